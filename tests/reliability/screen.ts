/** Watches what one client shows, and writes every change of it into the history. */
import type { Audience, Recorder, RenderedItem } from './history.js';

/** What the harness needs to know of a line on a screen; chat messages and thread items both have it. */
export interface ScreenLine extends RenderedItem {
  readonly isMine: boolean;
  readonly state: string | null;
  readonly errorCode: string | null;
}

export interface Screen {
  readonly client: string;
  readonly items: readonly ScreenLine[];
  /** Called with the new list after each change of the client's state. */
  show(lines: readonly ScreenLine[]): void;
  mark(name: string, value: number): void;
}

export interface ScreenOptions {
  readonly recorder: Recorder;
  readonly client: string;
  readonly audience: Audience;
  readonly tenant: string;
  /** null: the conversation is recognised by the first message in it. */
  readonly thread: string | null;
  /** A line of ours was accepted, or refused for good. Called once per line. */
  readonly handleSettled: (line: ScreenLine) => void;
}

/** Every body begins with its thread, so that a reader of any screen can tell where a message belongs. */
export function threadOf(body: string): string {
  return body.split('|')[0] ?? '';
}

export function createScreen(options: ScreenOptions): Screen {
  const { recorder, client, audience, tenant } = options;
  const settled = new Set<string>();
  const markers = new Map<string, number>();
  let shown: readonly ScreenLine[] = [];
  let isBorn = false;

  const beBorn = (thread: string): void => {
    if (!isBorn) recorder.add({ type: 'born', client, audience, tenant, thread });
    isBorn = true;
  };
  if (options.thread !== null) beBorn(options.thread);

  return {
    client,
    get items() {
      return shown;
    },
    show(lines) {
      const first = lines.find(({ kind }) => kind === 'message');
      if (first) beBorn(threadOf(first.body));
      let keep = 0;
      while (keep < shown.length && keep < lines.length && isSame(shown[keep]!, lines[keep]!)) keep += 1;
      if (keep < shown.length || keep < lines.length) {
        const items = lines.slice(keep).map(({ seq, kind, body }) => ({ seq, kind, body }));
        recorder.add({ type: 'render', client, keep, items });
      }
      shown = lines;
      for (const line of lines) {
        if (!line.isMine || settled.has(line.body)) continue;
        const isAccepted = line.seq !== null && line.state !== 'queued' && line.state !== 'sending';
        if (!isAccepted && line.state !== 'failed') continue;
        settled.add(line.body);
        if (line.state === 'failed') {
          recorder.add({ type: 'fail', client, body: line.body, code: line.errorCode ?? 'unknown' });
        } else if (line.seq !== null) {
          recorder.add({ type: 'ok', client, body: line.body, seq: line.seq });
        }
        options.handleSettled(line);
      }
    },
    mark(name, value) {
      if (markers.get(name) === value) return;
      markers.set(name, value);
      recorder.add({ type: 'marker', client, name, value });
    },
  };
}

function isSame(a: ScreenLine, b: ScreenLine): boolean {
  return a.seq === b.seq && a.body === b.body && a.kind === b.kind;
}

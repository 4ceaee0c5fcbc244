/**
 * What a run writes down: one line per happening, in the order of a monotonic clock, then the logs as the server has
 * them and the lists as the clients show them. The checker reads nothing else, so a stored history can be judged again.
 */
import { writeFileSync } from 'node:fs';

export type Audience = 'visitor' | 'staff';
export type ItemKind = 'message' | 'note' | 'event';

export interface RenderedItem {
  /** In the numbering of the reader: visitors count what they may see, staff count everything. null: not there yet. */
  readonly seq: number | null;
  readonly kind: ItemKind;
  readonly body: string;
}

interface Happenings {
  /** Somebody pressed send. `body` is unique in the run and so names the operation everywhere. */
  invoke: { client: string; sender: string; audience: Audience; tenant: string; thread: string; body: string };
  /** `send()` resolved: the text is on the visitor's disk and must reach the log. */
  kept: { client: string; body: string };
  /** The client showed the message as accepted by the server. */
  ok: { client: string; body: string; seq: number };
  /** A final no. */
  fail: { client: string; body: string; code: string };
  /** The writer is gone and nobody can say what became of the message. */
  info: { client: string; body: string };
  /** A client came to life (a tab was opened). */
  born: { client: string; audience: Audience; tenant: string; thread: string };
  /** The list on a client's screen changed: the first `keep` items stay, `items` follow them. */
  render: { client: string; keep: number; items: readonly RenderedItem[] };
  /** A cursor or marker as a client knows it. */
  marker: { client: string; name: string; value: number };
  /** The client's session was ended by the server's own answer. */
  revoked: { client: string };
  fault: { name: string; phase: 'start' | 'stop' };
  /** All faults are over. */
  quiesce: object;
  /** Every client showed the whole log. */
  converged: object;
  /** A crash, an unhandled rejection, an answer that does not exist in the contract. */
  incident: { what: string };
  usage: { phase: 'before' | 'after'; rssBytes: number; sockets: number };
}

/** A happening with its time. */
export type Stamped<Kinds> = {
  [Type in keyof Kinds]: { readonly t: number; readonly type: Type } & Readonly<Kinds[Type]>;
}[keyof Kinds];

export type HistoryRecord = Stamped<Happenings>;

export interface LogEntry {
  readonly seq: number;
  readonly visitorSeq: number;
  readonly kind: ItemKind;
  readonly body: string;
}

/** A conversation as the server answers it at the end. */
export interface FinalLog {
  readonly tenant: string;
  readonly conversation: string;
  readonly minSeq: number;
  readonly head: number;
  readonly entries: readonly LogEntry[];
}

/** What a living client shows at the end. */
export interface FinalDisplay {
  readonly client: string;
  readonly audience: Audience;
  readonly conversation: string | null;
  readonly items: readonly RenderedItem[];
}

export interface History {
  readonly records: readonly HistoryRecord[];
  readonly logs: readonly FinalLog[];
  readonly displays: readonly FinalDisplay[];
}

type Unstamped<Kinds> = { [Type in keyof Kinds]: { type: Type } & Kinds[Type] }[keyof Kinds];

export interface Recorder<Kinds = Happenings> {
  readonly records: readonly Stamped<Kinds>[];
  add(happening: Unstamped<Kinds>): void;
}

export function createRecorder<Kinds = Happenings>(now: () => number = () => performance.now()): Recorder<Kinds> {
  const records: Stamped<Kinds>[] = [];
  return {
    records,
    add: (happening) => void records.push({ t: now(), ...happening }),
  };
}

/** One JSON document per line, so that a long history can be searched with ordinary tools. */
export function writeLines(file: string, lines: readonly object[]): void {
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

export function writeHistory(file: string, history: History, header: object): void {
  writeLines(file, [
    { type: 'header', ...header },
    ...history.records,
    ...history.logs.map((log) => ({ type: 'log', ...log })),
    ...history.displays.map((display) => ({ type: 'display', ...display })),
  ]);
}

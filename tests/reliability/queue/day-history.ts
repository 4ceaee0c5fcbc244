/**
 * What a day of the queue writes down: every command with what became of it, every notice, every death of the server; then the log,
 * and the queue as the server shows it at the end. The checker reads nothing else.
 */
import type { LoggedEvent } from '@frontdesk/server/queue/index';
import type { NoticeKind } from '@frontdesk/server/queue/notices.texts';
import { writeLines, type Recorder, type Stamped } from '../history.js';

export type CommandName =
  | 'counter:open'
  | 'ticket:issue'
  | 'ticket:call-next'
  | 'ticket:call-held'
  | 'ticket:recall'
  | 'ticket:undo-call'
  | 'ticket:start'
  | 'ticket:complete'
  | 'ticket:mark-no-show'
  | 'ticket:transfer'
  | 'ticket:hold'
  | 'ticket:return'
  | 'ticket:cancel'
  | 'ticket:defer'
  | 'ticket:leave'
  | 'ticket:come-back';

/** Moments in which servers die. */
export const MOMENTS = ['any', 'command sent', 'command acknowledged', 'notice arrived', 'start'] as const;
export type Moment = (typeof MOMENTS)[number];

/** What an answer says: the revision that it knows, and the ticket that it is about. */
export interface Told {
  readonly rev: number | null;
  readonly ticketId: string | null;
  readonly label: string | null;
}

interface Happenings {
  /** Somebody pressed the button. `key` is the command's key as the log writes it; ids as far as the command names them. */
  invoke: { key: string; name: CommandName; ticketId: string | null; counterId: string | null };
  ok: { key: string } & Told;
  /** A final no. */
  refused: { key: string; code: string };
  /** Nobody waits for an answer any more. */
  abandoned: { key: string };
  /** The holder's address was acknowledged. */
  subscribed: { ticketId: string; endpoint: string };
  /** The push service took a notice; `kind` is null when it says nothing that holders are told. */
  notice: { ticketId: string; kind: NoticeKind | null; counterLabel: string | null };
  kill: { moment: Moment };
  /** Ready again, so long after the start of the process. */
  back: { tookMs: number };
  /** A crash, or a command that nobody answered. */
  incident: { what: string };
}

/** Times are epoch milliseconds, comparable with those of the log. */
export type DayRecord = Stamped<Happenings>;
export type DayRecorder = Recorder<Happenings>;
export type RecordOf<Type extends DayRecord['type']> = Extract<DayRecord, { type: Type }>;

/** A ticket as one of those who show it has it at the end. */
export interface ShownTicket {
  readonly ticketId: string;
  readonly label: string;
  readonly state: string;
  /** Revision of its last event. */
  readonly rev: number;
}

export interface DayHistory {
  readonly records: readonly DayRecord[];
  readonly log: readonly LoggedEvent[];
  /** What the holders' phones were answered when everything was over. */
  readonly phones: readonly ShownTicket[];
  readonly counters: readonly { readonly counterId: string; readonly ticketId: string | null; readonly rev: number }[];
  /** The look-up rows in the store, after the server has stopped. */
  readonly rows: readonly (ShownTicket & { readonly endpoint: string | null })[];
  readonly counterLabels: ReadonlyMap<string, string>;
}

export function writeDay(file: string, { records, log, phones, counters, rows }: DayHistory, header: object): void {
  const tag = (type: string, items: readonly object[]): object[] => items.map((item) => ({ type, ...item }));
  writeLines(file, [
    { type: 'header', ...header },
    ...records,
    ...tag('event', log),
    ...tag('phone', phones),
    ...tag('counter', counters),
    ...tag('row', rows),
  ]);
}

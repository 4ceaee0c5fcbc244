/** A good day in small, and the means to spoil it: what the checker's own tests are made of. */
import { createFloor } from '@frontdesk/domain/queue/apply-event';
import type { QueueChange } from '@frontdesk/domain/queue/events';
import type { CounterId, MembershipId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { LoggedEvent } from '@frontdesk/server/queue/index';
import type { CommandName, DayHistory, DayRecord, Told } from './day-history.js';

export interface DayDraft {
  records: DayRecord[];
  log: LoggedEvent[];
  phones: DayHistory['phones'][number][];
  counters: DayHistory['counters'][number][];
  rows: DayHistory['rows'][number][];
}

export type DayChange = (draft: DayDraft) => void;

export const SERVICE = 'service' as ServiceId;
export const [ONE, TWO] = ['counter-1', 'counter-2'] as [CounterId, CounterId];
export const [FIRST, SECOND, THIRD, FOURTH] = ['ticket-1', 'ticket-2', 'ticket-3', 'ticket-4'] as [
  TicketId,
  TicketId,
  TicketId,
  TicketId,
];
const [MEI, SITI] = ['mei', 'siti'];
const KIOSK = 'kiosk';
const NUMBERS: Readonly<Record<string, number>> = { [FIRST]: 1, [SECOND]: 2, [THIRD]: 3, [FOURTH]: 4 };
const ENDPOINT = 'https://push.example/1';

/** The event of a command stands between its beginning and its answer. */
const STEP_MS = 10;

export const issued = (ticketId: TicketId, number = NUMBERS[ticketId] ?? 0): QueueChange => ({
  type: 'ticket-issued',
  ticketId,
  serviceId: SERVICE,
  prefix: 'A',
  number,
  label: `A00${number}`,
  source: 'kiosk',
  presence: 'onsite',
  classKey: null,
  isClassConfirmed: false,
  language: 'en',
  queuedAtMs: 0,
  bookedForMs: null,
  isOffline: false,
});

export const called = (ticketId: TicketId, counterId: CounterId): QueueChange => ({
  type: 'ticket-called',
  ticketId,
  counterId,
  callSequence: 1,
  reason: { rule: 'longest-wait', classKey: null, waitedMs: 0, note: null },
  passedIds: [],
  statutoryRun: 0,
});

export const opened = (counterId: CounterId, memberId: string): QueueChange => ({
  type: 'counter-opened',
  counterId,
  memberId: memberId as MembershipId,
  memberName: memberId,
});

export const completed = (ticketId: TicketId): QueueChange => ({ type: 'ticket-completed', ticketId, outcome: null });
export const started = (ticketId: TicketId): QueueChange => ({ type: 'ticket-started', ticketId, isAutomatic: false });

const DAY: QueueChange = {
  type: 'day-began',
  serviceDay: '2026-03-02',
  timeZone: 'Etc/UTC',
  carried: { tickets: [], counters: [], callSequence: 0, closures: [], notice: null },
};

/** Writes an event at the end of the log; without a key it is the clock's. */
export function write(draft: DayDraft, key: string | null, ...changes: readonly QueueChange[]): void {
  const [kind = 'system', id = 'clock'] = key?.split(':') ?? [];
  const rev = draft.log.length + 1;
  const actor = { kind: kind as LoggedEvent['actor']['kind'], id, name: id };
  const atMs = rev * STEP_MS;
  draft.log.push({ rev, atMs, serviceDay: '2026-03-02', actor, changes, key, inputHash: key && 'hash' });
}

interface Pressed {
  readonly name: CommandName;
  readonly key: string;
  readonly ticketId?: TicketId;
  readonly counterId?: CounterId;
}

/** Somebody presses, it is written, and they are told. */
export function press(draft: DayDraft, { name, key, ticketId, counterId }: Pressed, ...changes: QueueChange[]): void {
  const t = (draft.log.length + 1) * STEP_MS;
  draft.records.push({
    t: t - 4,
    type: 'invoke',
    key,
    name,
    ticketId: ticketId ?? null,
    counterId: counterId ?? null,
  });
  write(draft, key, ...changes);
  const about = changes.find((change) => 'ticketId' in change);
  const subject = about && 'ticketId' in about ? about.ticketId : null;
  const told: Told = { rev: draft.log.length, ticketId: subject, label: subject && `A00${NUMBERS[subject]}` };
  draft.records.push({ t: t + 4, type: 'ok', key, ...told });
}

/** Two counters, two customers: both are called and told, one is served, one gives up. */
export function buildDay(change: DayChange = () => {}): DayHistory {
  const draft: DayDraft = { records: [], log: [], phones: [], counters: [], rows: [] };
  write(draft, null, DAY);
  press(draft, { name: 'counter:open', key: `staff:${MEI}:1`, counterId: ONE }, opened(ONE, MEI ?? ''));
  press(draft, { name: 'counter:open', key: `staff:${SITI}:1`, counterId: TWO }, opened(TWO, SITI ?? ''));
  press(draft, { name: 'ticket:issue', key: `device:${KIOSK}:1` }, issued(FIRST));
  press(draft, { name: 'ticket:issue', key: `device:${KIOSK}:2` }, issued(SECOND));
  draft.records.push({ t: 51, type: 'notice', ticketId: FIRST, kind: 'next', counterLabel: null });
  press(draft, { name: 'ticket:call-next', key: `staff:${MEI}:2`, counterId: ONE }, called(FIRST, ONE));
  draft.records.push({ t: 62, type: 'notice', ticketId: FIRST, kind: 'turn', counterLabel: 'Counter 1' });
  draft.records.push({ t: 63, type: 'kill', moment: 'notice arrived' }, { t: 66, type: 'back', tookMs: 3 });
  press(draft, { name: 'ticket:call-next', key: `staff:${SITI}:2`, counterId: TWO }, called(SECOND, TWO));
  press(draft, { name: 'ticket:start', key: `staff:${MEI}:3`, counterId: ONE, ticketId: FIRST }, started(FIRST));
  const leave = { name: 'ticket:leave', key: `ticket:${SECOND}:1`, ticketId: SECOND } as const;
  press(draft, leave, { type: 'ticket-cancelled', ticketId: SECOND, reason: null });
  press(draft, { name: 'ticket:complete', key: `staff:${MEI}:4`, counterId: ONE, ticketId: FIRST }, completed(FIRST));
  draft.records.push({ t: 45, type: 'subscribed', ticketId: FIRST, endpoint: ENDPOINT });
  showLog(draft);
  change(draft);
  const counterLabels = new Map<string, string>([
    [ONE, 'Counter 1'],
    [TWO, 'Counter 2'],
  ]);
  return { ...draft, records: draft.records.toSorted((a, b) => a.t - b.t), counterLabels };
}

/** Everybody shows what the log has, so that only the log's own fault remains. */
export function showLog(draft: DayDraft): void {
  const floor = createFloor();
  for (const event of draft.log) floor.apply(event);
  const shown = [...floor.tickets.values()].map(({ id, label, state, rev }) => ({ ticketId: id, label, state, rev }));
  draft.phones = shown;
  draft.rows = shown.map((ticket) => ({ ...ticket, endpoint: ticket.ticketId === FIRST ? ENDPOINT : null }));
  draft.counters = [ONE, TWO].map((counterId) => ({
    counterId,
    ticketId: floor.counters.get(counterId)?.ticketId ?? null,
    rev: floor.rev,
  }));
}

/** A third customer takes a number; who changes more shows the log afterwards. */
export function pressThird(draft: DayDraft): void {
  press(draft, { name: 'ticket:issue', key: `device:${KIOSK}:3` }, issued(THIRD));
}

/** A change of the log that everybody shows. */
export const shown =
  (change: DayChange): DayChange =>
  (draft) => {
    change(draft);
    showLog(draft);
  };

/** Takes events out of the log and closes its numbering; answers and screens follow. */
export function dropEvents(draft: DayDraft, matches: (event: LoggedEvent) => boolean): void {
  draft.log = draft.log.filter((event) => !matches(event)).map((event, index) => ({ ...event, rev: index + 1 }));
  showLog(draft);
}

export function dropRecords(draft: DayDraft, matches: (record: DayRecord) => boolean): void {
  draft.records = draft.records.filter((record) => !matches(record));
}

export function setRecord(draft: DayDraft, matches: (record: DayRecord) => boolean, change: object): void {
  draft.records = draft.records.map((record) => (matches(record) ? { ...record, ...change } : record));
}

export const hasKey =
  (key: string, type?: DayRecord['type']) =>
  (item: DayRecord | LoggedEvent): boolean =>
    'key' in item && item.key === key && (type === undefined || ('type' in item && item.type === type));

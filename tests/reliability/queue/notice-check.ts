/**
 * Q7: every notice goes out at most once. A notice does not carry its mark, but a mark is an instant (of a call, of a recall, of the
 * beginning of a leg), and nobody is told of it before: so the n-th notice of a kind comes after the n-th mark, and there are never
 * more notices than marks. "Your turn" names its counter, which tells most calls of one ticket apart.
 */
import type { QueueChange } from '@frontdesk/domain/queue/events';
import type { LoggedEvent } from '@frontdesk/server/queue/index';
import type { Report } from './day-checker.js';
import type { DayHistory, RecordOf } from './day-history.js';

/** Instants by what a notice of them says. */
type Marks = Map<string, number[]>;

export function checkNotices({ records, log, counterLabels }: DayHistory, report: Report): void {
  const marks = collectMarks(log, counterLabels);
  const told = new Map<string, number>();
  for (const record of records) {
    if (record.type !== 'notice') continue;
    const name = nameOf(record);
    const count = (told.get(name) ?? 0) + 1;
    told.set(name, count);
    const known = marks.get(name) ?? [];
    const mark = known[count - 1];
    if (mark === undefined) report('Q7', `${name} was sent ${count} times and had ${known.length} reasons`);
    else if (record.t < mark) report('Q7', `${name} was sent ${mark - record.t} ms before its reason`);
  }
}

function nameOf({ ticketId, kind, counterLabel }: RecordOf<'notice'>): string {
  return `${kind ?? 'a strange notice'} to ${ticketId}${counterLabel === null ? '' : ` at ${counterLabel}`}`;
}

function collectMarks(log: readonly LoggedEvent[], counterLabels: ReadonlyMap<string, string>): Marks {
  const marks: Marks = new Map();
  const counterOf = new Map<string, string>();
  const note = (
    ticketId: string,
    kind: RecordOf<'notice'>['kind'],
    counterLabel: string | null,
    atMs: number,
  ): void => {
    const name = nameOf({ t: 0, type: 'notice', ticketId, kind, counterLabel });
    marks.set(name, [...(marks.get(name) ?? []), atMs]);
  };
  const read = (change: QueueChange, atMs: number): void => {
    if (!('ticketId' in change)) return;
    const { type, ticketId } = change;
    if (type === 'ticket-called') counterOf.set(ticketId, counterLabels.get(change.counterId) ?? '');
    const counterLabel = counterOf.get(ticketId) ?? '';
    if (type === 'ticket-called') note(ticketId, 'turn', counterLabel, atMs);
    if (type === 'ticket-recalled') note(ticketId, 'recall', counterLabel, atMs);
    if (type !== 'ticket-issued' && type !== 'ticket-transferred') return;
    for (const kind of ['next', 'two-before'] as const) note(ticketId, kind, null, atMs);
  };
  for (const { changes, atMs } of log) for (const change of changes) read(change, atMs);
  return marks;
}

/** Walks through a log with no more knowledge than the table of queue.md 5.2, and says what could not have happened. */
import type { QueueChange } from '@frontdesk/domain/queue/events';
import type { Floor } from '@frontdesk/domain/queue/floor';
import { TRANSITIONS } from '@frontdesk/domain/queue/states';
import type { TicketState } from '@frontdesk/protocol/vocabulary';
import type { LoggedEvent } from '@frontdesk/server/queue/index';
import type { Report } from './day-checker.js';

interface Walk {
  readonly states: Map<string, TicketState>;
  /** The ticket that a counter has called or serves, and the other way round. */
  readonly ticketAt: Map<string, string>;
  readonly counterOf: Map<string, string>;
  readonly lastNumbers: Map<string, number>;
  readonly labels: Set<string>;
  readonly report: Report;
}

export function walkLog(log: readonly LoggedEvent[], floor: Floor, report: Report): void {
  const walk: Walk = {
    states: new Map(),
    ticketAt: new Map(),
    counterOf: new Map(),
    lastNumbers: new Map(),
    labels: new Set(),
    report,
  };
  for (const [index, event] of log.entries()) {
    if (event.rev !== index + 1) report('Q3', `the log has ${event.rev} where ${index + 1} belongs`);
    const beginsDay = event.changes.some(({ type }) => type === 'day-began');
    if (beginsDay !== (index === 0))
      report('Q3', `the day does not begin at the beginning of the log, but at ${event.rev}`);
    for (const change of event.changes) step(walk, change, event);
  }
  for (const [id, state] of walk.states) {
    const replayed = floor.tickets.get(id as never)?.state;
    if (replayed !== state) report('Q5', `${id} is ${state} by the table, and ${replayed ?? 'nowhere'} in the replay`);
  }
}

function step(walk: Walk, change: QueueChange, { rev, actor }: LoggedEvent): void {
  if (!('ticketId' in change)) return;
  const { type, ticketId } = change;
  const from = walk.states.get(ticketId) ?? null;
  const row = TRANSITIONS.find((transition) => transition.event === type && transition.from === from);
  if (!row) walk.report('Q5', `${ticketId} cannot have ${type} while it is ${from ?? 'not there'}, at ${rev}`);
  if (type === 'ticket-issued') checkNumber(walk, change, rev);
  if (type === 'ticket-called') checkCall(walk, change, rev);
  if (actor.kind === 'ticket' && actor.id !== ticketId) walk.report('Q5', `${actor.id} moved ${ticketId}, at ${rev}`);
  if (row) walk.states.set(ticketId, row.to);
  if (row?.to !== 'called' && row?.to !== 'serving') leaveCounter(walk, ticketId);
}

/** Q3: every series counts 1, 2, 3, and no number is given twice. */
function checkNumber(
  { lastNumbers, labels, report }: Walk,
  change: QueueChange & { type: 'ticket-issued' },
  rev: number,
) {
  const { prefix, number, label } = change;
  const expected = (lastNumbers.get(prefix) ?? 0) + 1;
  if (labels.has(label)) report('Q3', `${label} was given twice, at ${rev}`);
  if (number !== expected) report('Q3', `${prefix} has ${number} where ${expected} belongs, at ${rev}`);
  labels.add(label);
  lastNumbers.set(prefix, number);
}

/** Q4: one counter per ticket, one ticket per counter. */
function checkCall(
  { ticketAt, counterOf, report }: Walk,
  change: QueueChange & { type: 'ticket-called' },
  rev: number,
) {
  const { ticketId, counterId } = change;
  const [other, elsewhere] = [ticketAt.get(counterId), counterOf.get(ticketId)];
  if (other !== undefined) report('Q4', `counter ${counterId} called ${ticketId} while it had ${other}, at ${rev}`);
  if (elsewhere !== undefined)
    report('Q4', `${ticketId} was called by ${counterId} and was at ${elsewhere}, at ${rev}`);
  ticketAt.set(counterId, ticketId);
  counterOf.set(ticketId, counterId);
}

function leaveCounter({ ticketAt, counterOf }: Walk, ticketId: string): void {
  const counterId = counterOf.get(ticketId);
  counterOf.delete(ticketId);
  if (counterId !== undefined && ticketAt.get(counterId) === ticketId) ticketAt.delete(counterId);
}

/** Judges the history of a day (queue.md 5.10). Pure: the same history always gets the same verdict. */
import { createFloor } from '@frontdesk/domain/queue/apply-event';
import type { Floor } from '@frontdesk/domain/queue/floor';
import type { QueueChangeType } from '@frontdesk/domain/queue/events';
import type { CounterId, TicketId } from '@frontdesk/protocol/ids';
import type { LoggedEvent } from '@frontdesk/server/queue/index';
import type { CommandName, DayHistory, DayRecord, RecordOf, ShownTicket } from './day-history.js';
import { walkLog } from './log-walk.js';
import { checkNotices } from './notice-check.js';

export type DayCheckName = 'Q1' | 'Q2' | 'Q3' | 'Q4' | 'Q5' | 'Q6' | 'Q7' | 'Q8' | 'Q9';

export interface DayViolation {
  readonly check: DayCheckName;
  readonly message: string;
}

export type Report = (check: DayCheckName, message: string) => void;

/** From the start of the process until it answers (5.10), on a machine that has nothing else to do. */
const BACK_LIMIT_MS = 5_000;

/** What each command writes. */
const CHANGES: Readonly<Record<CommandName, QueueChangeType>> = {
  'counter:open': 'counter-opened',
  'ticket:issue': 'ticket-issued',
  'ticket:call-next': 'ticket-called',
  'ticket:call-held': 'ticket-called',
  'ticket:recall': 'ticket-recalled',
  'ticket:undo-call': 'call-undone',
  'ticket:start': 'ticket-started',
  'ticket:complete': 'ticket-completed',
  'ticket:mark-no-show': 'ticket-missed',
  'ticket:transfer': 'ticket-transferred',
  'ticket:hold': 'ticket-held',
  'ticket:return': 'ticket-returned',
  'ticket:cancel': 'ticket-cancelled',
  'ticket:defer': 'ticket-deferred',
  'ticket:leave': 'ticket-cancelled',
  'ticket:come-back': 'ticket-returned',
};

interface Operation {
  readonly invoke: RecordOf<'invoke'>;
  readonly answers: RecordOf<'ok'>[];
  isRefused: boolean;
  isAbandoned: boolean;
  /** Where the log has it. */
  readonly events: LoggedEvent[];
}

interface Case {
  readonly history: DayHistory;
  readonly operations: ReadonlyMap<string, Operation>;
  /** The log, replayed by the domain. */
  readonly floor: Floor;
  readonly report: Report;
}

export function checkDay(history: DayHistory, backLimitMs: number = BACK_LIMIT_MS): DayViolation[] {
  const violations: DayViolation[] = [];
  const report: Report = (check, message) => void violations.push({ check, message });
  const floor = createFloor();
  for (const event of history.log) floor.apply(event);
  const subject: Case = { history, floor, report, operations: collectOperations(history) };
  checkAcknowledged(subject);
  checkOrigins(subject);
  walkLog(history.log, floor, report);
  checkOrder(subject);
  checkNotices(history, report);
  checkEnd(subject);
  checkHealth(subject, backLimitMs);
  return violations;
}

export function select<Type extends DayRecord['type']>(history: DayHistory, type: Type): RecordOf<Type>[] {
  return history.records.filter((record): record is RecordOf<Type> => record.type === type);
}

function collectOperations(history: DayHistory): Map<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const invoke of select(history, 'invoke')) {
    operations.set(invoke.key, { invoke, answers: [], isRefused: false, isAbandoned: false, events: [] });
  }
  for (const record of select(history, 'ok')) operations.get(record.key)?.answers.push(record);
  for (const { key } of select(history, 'refused')) {
    const operation = operations.get(key);
    if (operation) operation.isRefused = true;
  }
  for (const { key } of select(history, 'abandoned')) {
    const operation = operations.get(key);
    if (operation) operation.isAbandoned = true;
  }
  for (const event of history.log) if (event.key !== null) operations.get(event.key)?.events.push(event);
  return operations;
}

function findChange({ changes }: LoggedEvent, type: QueueChangeType) {
  const change = changes.find((candidate) => candidate.type === type);
  return {
    isThere: change !== undefined,
    ticketId: change && 'ticketId' in change ? change.ticketId : null,
    counterId: change && 'counterId' in change ? change.counterId : null,
  };
}

/** Q1: what was acknowledged is in the log exactly once, and as it was acknowledged. */
function checkAcknowledged({ operations, floor, report }: Case): void {
  for (const [key, { invoke, answers, events }] of operations) {
    const [event] = events;
    if (answers.length === 0) continue;
    if (event === undefined || events.length > 1) {
      report('Q1', `${invoke.name} ${key} was acknowledged and is in the log ${events.length} times`);
      continue;
    }
    const { ticketId } = findChange(event, CHANGES[invoke.name]);
    for (const answer of answers) {
      if (answer.rev !== null && answer.rev < event.rev) {
        report('Q1', `${invoke.name} ${key} was answered at ${answer.rev} and stands at ${event.rev}`);
      }
      const isAnotherTicket = ticketId !== null && isAboutTicket(invoke.name) && answer.ticketId !== ticketId;
      // A called ticket may have been given up by its holder before the console was drawn.
      if (isAnotherTicket && (answer.ticketId !== null || invoke.name === 'ticket:issue')) {
        report('Q1', `${invoke.name} ${key} was answered with ${answer.ticketId} and is about ${ticketId}`);
      }
      const label = answer.ticketId === null ? null : floor.tickets.get(answer.ticketId as TicketId)?.label;
      if (label !== null && answer.label !== label) {
        report(
          'Q1',
          `${invoke.name} ${key} was answered with number ${answer.label} and the log has ${label ?? 'none'}`,
        );
      }
    }
  }
}

/** Whether the answer shows the ticket that the command was about, rather than whatever the counter has by then. */
function isAboutTicket(name: CommandName): boolean {
  return ['ticket:issue', 'ticket:call-next', 'ticket:call-held', 'ticket:start'].includes(name);
}

/** Q2: nothing comes from nowhere, nothing refused is there, nothing unknown is there twice, and each does what was asked. */
function checkOrigins({ history, operations, report }: Case): void {
  for (const { rev, key, actor, changes } of history.log) {
    if (key === null && actor.kind !== 'system') report('Q2', `event ${rev} of ${actor.kind} has no key`);
    if (key === null) continue;
    const operation = operations.get(key);
    if (!operation) {
      report('Q2', `event ${rev} was asked for by nobody: ${key} ${changes.map(({ type }) => type).join(' ')}`);
    } else if (!key.startsWith(`${actor.kind}:${actor.id}:`)) {
      report('Q2', `event ${rev} names ${actor.kind} ${actor.id}, and ${key} asked for it`);
    }
  }
  for (const [key, { invoke, answers, isRefused, events }] of operations) {
    // A refusal is not kept: pressed twice, a button may be refused at first and obeyed a moment later.
    if (isRefused && answers.length === 0 && events.length > 0) {
      report('Q2', `${invoke.name} ${key} was refused and is in the log`);
    }
    if (answers.length === 0 && events.length > 1) report('Q2', `${invoke.name} ${key} is in the log twice`);
    for (const event of events) {
      const { isThere, ticketId, counterId } = findChange(event, CHANGES[invoke.name]);
      const isOther = (asked: string | null, done: string | null) => asked !== null && done !== null && asked !== done;
      if (!isThere || isOther(invoke.ticketId, ticketId) || isOther(invoke.counterId, counterId)) {
        report('Q2', `${invoke.name} ${key} is in the log as something else, at ${event.rev}`);
      }
    }
  }
}

/** Q6: what was acknowledged before another command was begun stands before it. */
function checkOrder({ operations, report }: Case): void {
  const stored = [...operations.values()].filter(({ events }) => events.length === 1);
  const begun = stored.toSorted((a, b) => a.invoke.t - b.invoke.t);
  const settled = stored
    .flatMap(({ answers, events }) => answers.slice(0, 1).map(({ t }) => ({ t, rev: events[0]?.rev ?? 0 })))
    .sort((a, b) => a.t - b.t);
  let next = 0;
  let highest = 0;
  for (const { invoke, events } of begun) {
    for (; (settled[next]?.t ?? Infinity) < invoke.t; next += 1) highest = Math.max(highest, settled[next]?.rev ?? 0);
    const rev = events[0]?.rev ?? 0;
    if (rev < highest)
      report('Q6', `${invoke.name} ${invoke.key} stands at ${rev}, and ${highest} was acknowledged before`);
  }
}

/** Q8: whoever shows the queue at the end shows what a replay of the log gives. */
function checkEnd({ history, floor, report }: Case): void {
  const { phones, counters, rows } = history;
  for (const phone of phones) compare('phone', phone, floor, report);
  for (const row of rows) compare('row', row, floor, report);
  const rowsById = new Map(rows.map((row) => [row.ticketId, row]));
  for (const { id, label } of floor.tickets.values()) {
    if (!rowsById.has(id)) report('Q8', `${label} is in the log and has no row`);
  }
  for (const { counterId, ticketId, rev } of counters) {
    const expected = floor.counters.get(counterId as CounterId)?.ticketId ?? null;
    if (ticketId !== expected) report('Q8', `counter ${counterId} shows ${ticketId}, the log has ${expected}`);
    if (rev !== floor.rev) report('Q8', `counter ${counterId} is at ${rev}, the log ends at ${floor.rev}`);
  }
  const addresses = new Map(select(history, 'subscribed').map(({ ticketId, endpoint }) => [ticketId, endpoint]));
  for (const [ticketId, endpoint] of addresses) {
    if (rowsById.get(ticketId)?.endpoint !== endpoint) report('Q8', `the address of ${ticketId} was taken and is gone`);
  }
}

function compare(what: string, shown: ShownTicket, floor: Floor, report: Report): void {
  const ticket = floor.tickets.get(shown.ticketId as TicketId);
  const expected = ticket ? `${ticket.label} ${ticket.state} at ${ticket.rev}` : 'nothing';
  const found = `${shown.label} ${shown.state} at ${shown.rev}`;
  if (found !== expected) report('Q8', `the ${what} of ${shown.ticketId} says ${found}, the log ${expected}`);
}

/** Q9: nobody crashed, everybody was answered, and the server was back soon. */
function checkHealth({ history, operations, report }: Case, backLimitMs: number): void {
  for (const { what } of select(history, 'incident')) report('Q9', what);
  for (const { tookMs } of select(history, 'back')) {
    if (tookMs > backLimitMs) report('Q9', `the server was back after ${Math.round(tookMs)} ms`);
  }
  for (const [key, { invoke, answers, isRefused, isAbandoned }] of operations) {
    const isOver = answers.length > 0 || isRefused || isAbandoned;
    if (!isOver) report('Q9', `${invoke.name} ${key} was never answered`);
  }
}

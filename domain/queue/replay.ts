/**
 * A service day again under other rules (QA-5): the same people come, leave and take as long at the counter, the same counters are open,
 * and only who is called next is decided anew. What the replay leaves out is the moment between one customer and the next, so it is to
 * be compared with itself under the present rules and not with the clock.
 */
import type { CounterId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { TicketState } from '@frontdesk/protocol/vocabulary';
import { createFloor, type LiveFloor } from './apply-event.js';
import type { QueueActor, QueueChange } from './events.js';
import type { FloorTicket } from './floor.js';
import type { Ending, Happening, RecordedDay, Stay } from './recorded-day.js';
import { findPassed, select } from './select.js';
import type { QueuePolicy, QueueSetup } from './setup.js';
import { runAfter } from './turns.js';

const minuteMs = 60_000;
/** Between two pauses of a replay. */
const stepsPerSlice = 50;

export interface WaitFigures {
  readonly meanSeconds: number | null;
  readonly p95Seconds: number | null;
}

export interface ReplayOutcome {
  /** Tickets of a priority class, whatever the rules make of it, and all others. Whoever was not called waited to the end. */
  readonly priority: WaitFigures;
  readonly others: WaitFigures;
  /** Visits that somebody passed who had joined the same line later. */
  readonly overtaken: number;
}

const actor: QueueActor = { kind: 'system', id: 'replay', name: 'replay' };

/** No classes, no guard, nobody kept for a counter first. */
export function firstComeFirstServed(policy: QueuePolicy): QueuePolicy {
  return { ...policy, classes: [], maxWaitMinutes: null, isPinnedFirst: false };
}

interface Called {
  readonly isPriority: boolean;
  readonly serviceId: ServiceId;
  readonly queuedAtMs: number;
  readonly calledAtMs: number;
}

/** States in which what happened from outside can still happen to a ticket. */
const possible: Partial<Record<QueueChange['type'], readonly TicketState[]>> = {
  'ticket-checked-in': ['booked', 'waiting'],
  'ticket-cancelled': ['booked', 'waiting', 'no-show'],
  'ticket-deferred': ['waiting'],
  'ticket-returned': ['no-show'],
};

class Replay {
  readonly #day: RecordedDay;
  readonly #setup: QueueSetup;
  readonly #floor: LiveFloor = createFloor();
  readonly #agenda: readonly Happening[];
  readonly #busy = new Map<CounterId, { readonly untilMs: number; readonly changes: readonly QueueChange[] }>();
  readonly #queuedStays = new Map<CounterId, number[]>();
  readonly #used = new Map<TicketId, number>();
  readonly #calls: Called[] = [];
  #rev = 0;
  #nowMs = 0;

  constructor(day: RecordedDay, setup: QueueSetup) {
    this.#day = day;
    this.#setup = setup;
    this.#agenda = [...day.happenings, ...listWakes(day, setup)].sort((one, other) => one.atMs - other.atMs);
  }

  *run(): Generator<void, ReplayOutcome> {
    let next = 0;
    for (let step = 1; ; step += 1) {
      const happening = this.#agenda[next];
      const [counterId, stay] = this.#firstToEnd() ?? [];
      if (stay && counterId && stay.untilMs <= (happening?.atMs ?? Infinity)) {
        this.#nowMs = stay.untilMs;
        this.#busy.delete(counterId);
        this.#apply(stay.changes);
      } else if (happening) {
        next += 1;
        this.#nowMs = happening.atMs;
        this.#happen(happening);
      } else break;
      this.#seat();
      if (step % stepsPerSlice === 0) yield;
    }
    for (const id of this.#floor.waiting) this.#noteCall(this.#floor.tickets.get(id));
    return summarize(this.#calls);
  }

  #apply(changes: readonly QueueChange[]): void {
    this.#floor.apply({ rev: (this.#rev += 1), atMs: this.#nowMs, actor, changes });
  }

  #firstToEnd() {
    let first: [CounterId, { untilMs: number; changes: readonly QueueChange[] }] | undefined;
    for (const entry of this.#busy) if (!first || entry[1].untilMs < first[1].untilMs) first = entry;
    return first;
  }

  #happen({ changes, occupies }: Happening): void {
    const still = changes.filter((change) => {
      const states = possible[change.type];
      if (!states || !('ticketId' in change)) return true;
      const ticket = this.#floor.tickets.get(change.ticketId);
      return ticket !== undefined && states.includes(ticket.state);
    });
    if (still.length > 0) this.#apply(still);
    if (!occupies) return;
    const queued = this.#queuedStays.get(occupies.counterId) ?? [];
    this.#queuedStays.set(occupies.counterId, [...queued, occupies.durationMs]);
  }

  /** Every counter that is free takes who is next. */
  #seat(): void {
    for (const [counterId, queued] of this.#queuedStays) {
      const durationMs = this.#busy.has(counterId) ? undefined : queued.shift();
      if (durationMs !== undefined) this.#busy.set(counterId, { untilMs: this.#nowMs + durationMs, changes: [] });
    }
    for (const { id, status } of this.#floor.counters.values()) {
      if (this.#floor.waiting.size === 0) return;
      if (status === 'open' && !this.#busy.has(id)) this.#callNext(id);
    }
  }

  #callNext(counterId: CounterId): void {
    const [floor, setup, nowMs] = [this.#floor, this.#setup, this.#nowMs];
    const next = select(floor, setup, counterId, nowMs);
    if (!next) return;
    const { ticket, reason } = next;
    if (ticket.legs.at(-1)?.calledAtMs === null) this.#noteCall(ticket);
    const priority = setup.policy.classes.find(({ key }) => key === ticket.classKey);
    const ticketId = ticket.id;
    this.#apply([
      {
        type: 'ticket-called',
        ticketId,
        counterId,
        callSequence: floor.callSequence + 1,
        reason,
        passedIds: findPassed(floor, setup, { counterId, ticket, nowMs }),
        statutoryRun: runAfter({ priority }, floor.counters.get(counterId)?.statutoryRun ?? 0),
      },
    ]);
    const { durationMs, ending } = this.#nextStay(ticket);
    this.#busy.set(counterId, { untilMs: nowMs + durationMs, changes: endStay(ticketId, counterId, ending) });
  }

  #nextStay({ id, serviceId }: FloorTicket): Stay {
    const used = this.#used.get(id) ?? 0;
    this.#used.set(id, used + 1);
    const typicalMs = (this.#setup.services.get(serviceId)?.typicalMinutes ?? 5) * minuteMs;
    const durationMs = this.#day.meanStayMs.get(serviceId) ?? typicalMs;
    return this.#day.stays.get(id)?.[used] ?? { durationMs, ending: { kind: 'completed' } };
  }

  #noteCall(ticket: FloorTicket | undefined): void {
    const leg = ticket?.legs.at(-1);
    if (!ticket || !leg || leg.calledAtMs !== null) return;
    const { serviceId, queuedAtMs } = leg;
    const isPriority = ticket.classKey !== null;
    this.#calls.push({ isPriority, serviceId, queuedAtMs, calledAtMs: Math.max(this.#nowMs, queuedAtMs) });
  }
}

function endStay(ticketId: TicketId, counterId: CounterId, ending: Ending): readonly QueueChange[] {
  const started: QueueChange = { type: 'ticket-started', ticketId, isAutomatic: true };
  switch (ending.kind) {
    case 'missed':
      return [{ type: 'ticket-missed', ticketId, isAutomatic: false }];
    case 'held':
      return [started, { type: 'ticket-held', ticketId, scope: 'location', counterId, memberId: null, dueAtMs: null }];
    case 'completed':
      return [started, { type: 'ticket-completed', ticketId, outcome: null }];
    case 'transferred': {
      const { serviceId, mode, toCounterId } = ending;
      return [started, { type: 'ticket-transferred', ticketId, serviceId, mode, toCounterId }];
    }
  }
}

/** Appointments may be called from some moment on without anything happening then. */
function listWakes({ happenings }: RecordedDay, { policy }: QueueSetup): Happening[] {
  const leadMs = policy.appointment.leadMinutes * minuteMs;
  return happenings.flatMap(({ changes }) =>
    changes.flatMap((change) =>
      change.type === 'ticket-issued' && change.bookedForMs !== null
        ? { atMs: change.bookedForMs - leadMs, changes: [], occupies: null }
        : [],
    ),
  );
}

function describe(waits: readonly number[]): WaitFigures {
  if (waits.length === 0) return { meanSeconds: null, p95Seconds: null };
  const sorted = [...waits].sort((one, other) => one - other);
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
  return { meanSeconds: Math.round(mean / 1_000), p95Seconds: Math.round(p95 / 1_000) };
}

/** From the last who joined to the first: whoever is called after somebody who came later was passed. */
function countOvertaken(calls: readonly Called[]): number {
  const earliestMs = new Map<ServiceId, number>();
  let count = 0;
  for (const { serviceId, calledAtMs } of [...calls].sort((one, other) => other.queuedAtMs - one.queuedAtMs)) {
    const laterMs = earliestMs.get(serviceId) ?? Infinity;
    if (laterMs < calledAtMs) count += 1;
    earliestMs.set(serviceId, Math.min(laterMs, calledAtMs));
  }
  return count;
}

function summarize(calls: readonly Called[]): ReplayOutcome {
  const waitsOf = (isPriority: boolean) =>
    calls.filter((call) => call.isPriority === isPriority).map((call) => call.calledAtMs - call.queuedAtMs);
  return { priority: describe(waitsOf(true)), others: describe(waitsOf(false)), overtaken: countOvertaken(calls) };
}

/**
 * Plays the day under the policy of `setup`. Yields again and again, so that a server can let others have their turn. Cost: a call is
 * O(n log n) in those who wait at the moment.
 */
export function replayDay(day: RecordedDay, setup: QueueSetup): Generator<void, ReplayOutcome> {
  return new Replay(day, setup).run();
}

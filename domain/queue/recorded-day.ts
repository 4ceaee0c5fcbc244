/** What a replay needs of a service day, read from its log: who came when, how long they took, and which counters were there. */
import type { CounterId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { TicketState, TransferMode } from '@frontdesk/protocol/vocabulary';
import { createFloor } from './apply-event.js';
import type { QueueChange, QueueEvent } from './events.js';

export type Ending =
  | { readonly kind: 'completed' | 'missed' | 'held' }
  | {
      readonly kind: 'transferred';
      readonly serviceId: ServiceId;
      readonly mode: TransferMode;
      readonly toCounterId: CounterId | null;
    };

/** A stay at a counter. */
export interface Stay {
  readonly durationMs: number;
  readonly ending: Ending;
}

/** What does not depend on who is called next: arrivals, people who leave, counters; and stays of people who do not queue. */
export interface Happening {
  readonly atMs: number;
  readonly changes: readonly QueueChange[];
  readonly occupies: { readonly counterId: CounterId; readonly durationMs: number } | null;
}

export interface RecordedDay {
  readonly happenings: readonly Happening[];
  readonly stays: ReadonlyMap<TicketId, readonly Stay[]>;
  /** Mean stay by service, for people who left before they were called and who are called in time now. */
  readonly meanStayMs: ReadonlyMap<ServiceId, number>;
  /** Tickets that were issued. */
  readonly tickets: number;
}

const outside = new Set<QueueChange['type']>([
  'ticket-issued',
  'ticket-checked-in',
  'ticket-deferred',
  'ticket-class-set',
  'ticket-returned',
  'counter-opened',
  'counter-paused',
  'counter-resumed',
  'counter-closed',
]);

const endings: Partial<Record<QueueChange['type'], 'completed' | 'missed' | 'held'>> = {
  'ticket-completed': 'completed',
  'ticket-cancelled': 'completed',
  'ticket-missed': 'missed',
  'ticket-held': 'held',
};

interface OpenStay {
  readonly counterId: CounterId;
  readonly fromMs: number;
  /** Of somebody who did not come out of the line now: served without a ticket, set aside before, here since yesterday. */
  readonly isOutOfLine: boolean;
  readonly serviceId: ServiceId;
}

class Recorder implements DayRecorder {
  readonly #floor = createFloor();
  readonly #happenings: Happening[] = [];
  readonly #stays = new Map<TicketId, Stay[]>();
  readonly #open = new Map<TicketId, OpenStay>();
  readonly #sums = new Map<ServiceId, { ms: number; count: number }>();
  readonly #walkIns = new Set<TicketId>();
  #tickets = 0;
  /** Clocks of two processes differ a little; the order of the log counts. */
  #nowMs = -Infinity;

  observe(event: QueueEvent): void {
    const called = new Set(event.changes.flatMap((change) => (change.type === 'ticket-called' ? change.ticketId : [])));
    for (const change of event.changes) {
      if (change.type === 'ticket-issued') this.#tickets += 1;
      if (change.type === 'ticket-issued' && called.has(change.ticketId)) this.#walkIns.add(change.ticketId);
    }
    this.#nowMs = Math.max(this.#nowMs, event.atMs);
    const before = (id: TicketId): TicketState | undefined => this.#floor.tickets.get(id)?.state;
    const kept = event.changes.flatMap((change) => this.#sort(change, this.#nowMs, before));
    this.#floor.apply(event);
    if (kept.length > 0) this.#happenings.push({ atMs: this.#nowMs, changes: kept, occupies: null });
  }

  finish(): RecordedDay {
    const meanStayMs = new Map(Array.from(this.#sums, ([id, { ms, count }]) => [id, ms / count]));
    return { happenings: this.#happenings, stays: this.#stays, meanStayMs, tickets: this.#tickets };
  }

  /** Notes what belongs to a stay; answers what happened from outside. */
  #sort(change: QueueChange, atMs: number, stateOf: (id: TicketId) => TicketState | undefined): QueueChange[] {
    if (change.type === 'day-began') return this.#begin(change, atMs);
    if (!('ticketId' in change)) return outside.has(change.type) ? [change] : [];
    const { ticketId } = change;
    if (change.type === 'ticket-called') {
      const isOutOfLine = this.#walkIns.has(ticketId) || stateOf(ticketId) === 'held';
      const serviceId = this.#floor.tickets.get(ticketId)?.serviceId ?? ('' as ServiceId);
      this.#open.set(ticketId, { counterId: change.counterId, fromMs: atMs, isOutOfLine, serviceId });
      return [];
    }
    if (change.type === 'call-undone') this.#open.delete(ticketId);
    const ending = change.type === 'ticket-transferred' ? 'transferred' : endings[change.type];
    if (ending && this.#open.has(ticketId)) {
      this.#close(
        ticketId,
        atMs,
        change.type === 'ticket-transferred' ? toTransfer(change) : ({ kind: ending } as Ending),
      );
      return [];
    }
    if (this.#walkIns.has(ticketId)) return [];
    return change.type === 'ticket-cancelled' || outside.has(change.type) ? [change] : [];
  }

  /** Who is at a counter since the day before keeps it busy. */
  #begin(change: Extract<QueueChange, { type: 'day-began' }>, atMs: number): QueueChange[] {
    const counters = change.carried.counters.map((counter) => ({ ...counter, ticketId: null }));
    for (const { id, counterId, serviceId } of change.carried.tickets) {
      if (counterId) this.#open.set(id, { counterId, fromMs: atMs, isOutOfLine: true, serviceId });
    }
    return [{ ...change, carried: { ...change.carried, tickets: [], counters } }];
  }

  #close(ticketId: TicketId, atMs: number, ending: Ending): void {
    const stay = this.#open.get(ticketId);
    if (!stay) return;
    this.#open.delete(ticketId);
    const { counterId, fromMs, isOutOfLine, serviceId } = stay;
    const durationMs = atMs - fromMs;
    if (isOutOfLine) {
      const at = this.#happenings.findLastIndex((happening) => happening.atMs <= fromMs) + 1;
      this.#happenings.splice(at, 0, { atMs: fromMs, changes: [], occupies: { counterId, durationMs } });
      return;
    }
    this.#stays.set(ticketId, [...(this.#stays.get(ticketId) ?? []), { durationMs, ending }]);
    if (ending.kind === 'missed') return;
    const sum = this.#sums.get(serviceId) ?? { ms: 0, count: 0 };
    this.#sums.set(serviceId, { ms: sum.ms + durationMs, count: sum.count + 1 });
  }
}

function toTransfer({ serviceId, mode, toCounterId }: Extract<QueueChange, { type: 'ticket-transferred' }>): Ending {
  return { kind: 'transferred', serviceId, mode, toCounterId };
}

export interface DayRecorder {
  /** The next event of the day, from its first. */
  observe(event: QueueEvent): void;
  finish(): RecordedDay;
}

export function createDayRecorder(): DayRecorder {
  return new Recorder();
}

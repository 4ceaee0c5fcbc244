/**
 * The pulse of a pool of the live queue: reads the location's events, in order, and tells the line what they mean for it. It keeps
 * nothing that the log of the day does not say, so it can be thrown away and built again.
 */
import { openWindowsBetween } from '../hours/opening-hours.js';
import { serviceDayBounds } from '../hours/service-day.js';
import { getZone } from '../hours/zone.js';
import type { CounterId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { QueueChange, QueueEvent } from './events.js';
import { findCounter, type Floor, type FloorTicket } from './floor.js';
import type { PoolDay, PoolHistory } from './history.js';
import { createLinePulse, type DayFrame, type LinePulse } from './pulse.js';
import { compareRanked, createRanker } from './ranking.js';
import { servicesOfPool } from './select.js';
import type { QueueSetup } from './setup.js';

const minuteMs = 60_000;
/** A service that runs for longer than so many typical ones is no measure of anything (QC-14). */
const stuckFactor = 3;

export interface PoolPulse {
  readonly pool: string;
  readonly serviceDay: string;
  readonly line: LinePulse;
  /** Takes the next event; `floor` is the floor right after it. Events of other pools and earlier days change nothing. */
  observe(event: QueueEvent, floor: Floor): void;
  /** The day so far, to be stored and merged into the history of later days. */
  summarize(): PoolDay;
}

/** A frame from what the owner set up. */
export function createDayFrame(setup: QueueSetup, serviceDay: string): DayFrame {
  const zone = getZone(setup.timeZone);
  const { startMs, endMs } = serviceDayBounds(zone, setup.dayStart, serviceDay);
  const windows = openWindowsBetween(setup.hours, zone, startMs, endMs).filter(({ fromMs }) => fromMs >= startMs);
  const opensAtMs = windows[0]?.fromMs ?? null;
  const breaks = windows.slice(1).map(({ fromMs }, at) => ({ fromMs: windows[at]?.toMs ?? fromMs, toMs: fromMs }));
  const hourOf = (instantMs: number): number => new Date(instantMs + zone.offsetMsAt(instantMs)).getUTCHours();
  return { serviceDay, startMs: opensAtMs ?? startMs, opensAtMs, breaks, hourOf };
}

/** Counters that are open now and serve something of the pool; one that is stuck in a service is not capacity. */
export function countOpenCounters(floor: Floor, setup: QueueSetup, pool: string, nowMs: number): number {
  const services = servicesOfPool(setup, pool);
  let open = 0;
  for (const counter of setup.counters.values()) {
    if (counter.isArchived || !counter.serviceIds.some((id) => services.has(id))) continue;
    const { status, ticketId } = findCounter(floor, counter.id);
    if (status === 'open' && !isStuck(floor, setup, ticketId, nowMs)) open += 1;
  }
  return open;
}

function isStuck(floor: Floor, setup: QueueSetup, ticketId: TicketId | null, nowMs: number): boolean {
  const ticket = ticketId === null ? undefined : floor.tickets.get(ticketId);
  if (!ticket || ticket.startedAtMs === null) return false;
  const typicalMinutes = setup.services.get(ticket.serviceId)?.typicalMinutes ?? Infinity;
  return nowMs - ticket.startedAtMs > stuckFactor * typicalMinutes * minuteMs;
}

/** `setup` is read when a line is ordered, so a change of the owner's needs a new pulse (fed the events of the day again). */
export function createPoolPulse(setup: QueueSetup, pool: string, serviceDay: string, history: PoolHistory): PoolPulse {
  return new PoolPulseState(setup, pool, serviceDay, history);
}

class PoolPulseState implements PoolPulse {
  readonly pool: string;
  readonly serviceDay: string;
  readonly line: LinePulse;
  readonly #setup: QueueSetup;
  readonly #services: ReadonlySet<ServiceId>;
  readonly #waiting = new Set<TicketId>();
  /** Where each ticket was called last, and whom each counter called last. */
  readonly #calledAt = new Map<TicketId, CounterId>();
  readonly #lastCalled = new Map<CounterId, TicketId>();
  /** Tickets that a counter sent back into the line itself. */
  readonly #sentBackBy = new Map<TicketId, CounterId>();
  /** Those in the line whose rank is not their arrival alone; when the last of the others queued. */
  readonly #special = new Set<TicketId>();
  #lastPlainMs = -Infinity;

  constructor(setup: QueueSetup, pool: string, serviceDay: string, history: PoolHistory) {
    this.pool = pool;
    this.serviceDay = serviceDay;
    this.#setup = setup;
    this.#services = servicesOfPool(setup, pool);
    const typical = [...this.#services].map((id) => setup.services.get(id)?.typicalMinutes ?? 0);
    const typicalSeconds =
      typical.length === 0 ? null : (typical.reduce((sum, minutes) => sum + minutes) / typical.length) * 60;
    this.line = createLinePulse(createDayFrame(setup, serviceDay), history, { typicalSeconds, counters: 0 });
  }

  observe(event: QueueEvent, floor: Floor): void {
    if (floor.serviceDay !== this.serviceDay) return;
    for (const change of event.changes) {
      if ('ticketId' in change) this.#observeTicket(change, event, floor);
      else if (change.type === 'day-began') this.#begin(floor, event);
    }
    this.line.setCounters(countOpenCounters(floor, this.#setup, this.pool, event.atMs), event.atMs);
  }

  summarize(): PoolDay {
    return this.line.summarize();
  }

  /** Tickets that the day inherited in a line. */
  #begin(floor: Floor, event: QueueEvent): void {
    for (const id of floor.waiting) this.#enter(id, event, floor);
  }

  #observeTicket(change: Extract<QueueChange, { ticketId: TicketId }>, event: QueueEvent, floor: Floor): void {
    const { ticketId } = change;
    switch (change.type) {
      case 'ticket-issued':
      case 'ticket-checked-in':
      case 'ticket-returned':
      case 'call-undone':
        return this.#enter(ticketId, event, floor);
      case 'ticket-transferred': {
        this.#remove(ticketId, event, floor);
        const counterId = this.#calledAt.get(ticketId);
        if (counterId) this.#sentBackBy.set(ticketId, counterId);
        return this.#enter(ticketId, event, floor);
      }
      case 'ticket-called':
        return this.#call(ticketId, change.counterId, event, floor);
      case 'ticket-cancelled':
      case 'ticket-expired':
        return this.#remove(ticketId, event, floor);
      default:
    }
  }

  /** Into the line, unless the ticket waits for another pool, its holder is not here yet, or the same event calls it (a walk-up). */
  #enter(ticketId: TicketId, { atMs, changes }: QueueEvent, floor: Floor): void {
    const ticket = floor.tickets.get(ticketId);
    if (!ticket || !this.#services.has(ticket.serviceId) || this.#waiting.has(ticketId)) return;
    if (ticket.presence === 'remote') return;
    if (changes.some((change) => change.type === 'ticket-called' && change.ticketId === ticketId)) return;
    const ahead = this.#countAhead(ticket, floor, atMs);
    this.line.join(ticketId, atMs, ahead, this.#waiting.size - ahead);
    this.#waiting.add(ticketId);
    if (isPlain(ticket)) this.#lastPlainMs = Math.max(this.#lastPlainMs, ticket.queuedAtMs);
    else this.#special.add(ticketId);
  }

  #call(ticketId: TicketId, counterId: CounterId, { atMs }: QueueEvent, floor: Floor): void {
    const isOwn = this.#sentBackBy.get(ticketId) === counterId && this.#lastCalled.get(counterId) === ticketId;
    if (this.#forget(ticketId)) {
      // A counter that takes its own customer again goes on with a service; the line does not move.
      if (isOwn) this.line.leave(ticketId, atMs, false);
      else this.line.depart(ticketId, atMs);
    } else if (this.#services.has(floor.tickets.get(ticketId)?.serviceId ?? ('' as ServiceId))) this.line.bypass(atMs);
    this.#calledAt.set(ticketId, counterId);
    this.#lastCalled.set(counterId, ticketId);
    this.#sentBackBy.delete(ticketId);
  }

  #remove(ticketId: TicketId, { atMs }: QueueEvent, floor: Floor): void {
    if (!this.#forget(ticketId)) return;
    const ticket = floor.tickets.get(ticketId);
    this.line.leave(ticketId, atMs, ticket !== undefined && this.#isFirst(ticket, floor, atMs));
  }

  #forget(ticketId: TicketId): boolean {
    this.#special.delete(ticketId);
    return this.#waiting.delete(ticketId);
  }

  /**
   * By rank, without the rules of taking turns: what is learned from it is how many stood before, and a line of ten thousand must
   * not be sorted for each that joins. Who takes a number joins behind all others like them, so only the special ones are compared.
   */
  #countAhead(ticket: FloorTicket, floor: Floor, nowMs: number): number {
    const isLast = isPlain(ticket) && ticket.queuedAtMs >= this.#lastPlainMs;
    const compared = isLast ? this.#special : this.#waiting;
    const isBefore = this.#createComparer(ticket, floor, nowMs);
    let ahead = this.#waiting.size - compared.size;
    for (const id of compared) if (isBefore(id)) ahead += 1;
    return ahead;
  }

  #isFirst(ticket: FloorTicket, floor: Floor, nowMs: number): boolean {
    const isBefore = this.#createComparer(ticket, floor, nowMs);
    for (const id of this.#waiting) if (isBefore(id)) return false;
    return true;
  }

  /** Whether another ticket ranks before this one. */
  #createComparer(ticket: FloorTicket, floor: Floor, nowMs: number): (id: TicketId) => boolean {
    const query = { serviceIds: this.#services, nowMs, counterId: null, includesAbsent: true };
    const rank = createRanker(this.#setup, query, () => null);
    const own = rank(ticket);
    return (id) => {
      const other = floor.tickets.get(id);
      return other !== undefined && compareRanked(rank(other), own) < 0;
    };
  }
}

/** First come, first served. */
function isPlain({ classKey, bookedForMs, frontAtMs }: FloorTicket): boolean {
  return classKey === null && bookedForMs === null && frontAtMs === null;
}

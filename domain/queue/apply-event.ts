/**
 * Folds events into a floor. Mutable inside, because a floor holds ten thousand tickets and lives for a day; what readers see is
 * read-only, and a ticket is replaced as a whole, so a ticket that somebody holds never changes under them.
 */
import type { CounterId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import { changeTicket, createTicket, type ChangeOf, type TicketChange } from './change-ticket.js';
import type { QueueChange, QueueEvent } from './events.js';
import { findCounter, type Floor, type FloorCounter, type FloorTicket, type NumberBlock } from './floor.js';

export interface LiveFloor extends Floor {
  apply(event: QueueEvent): void;
  /** Another floor that says the same; what happens to one does not happen to the other. */
  copy(): LiveFloor;
}

/** A floor before its first event; every log begins with a day. */
export function createFloor(): LiveFloor {
  return new FloorState();
}

class FloorState implements LiveFloor {
  serviceDay = '';
  timeZone = 'UTC';
  rev = 0;
  readonly tickets = new Map<TicketId, FloorTicket>();
  readonly waiting = new Set<TicketId>();
  readonly counters = new Map<CounterId, FloorCounter>();
  readonly lastNumbers = new Map<string, number>();
  blocks: NumberBlock[] = [];
  readonly issuedCount = new Map<ServiceId, number>();
  callSequence = 0;
  readonly finishing = new Set<ServiceId>();
  readonly closures = new Map<ServiceId, { message: string; sinceMs: number }>();
  notice: string | null = null;
  #issueSequence = 0;

  apply(event: QueueEvent): void {
    if (event.rev <= this.rev) return;
    this.rev = event.rev;
    for (const change of event.changes) {
      if ('ticketId' in change) this.#applyToTicket(change, event);
      else this.#applyToLocation(change, event);
    }
  }

  copy(): FloorState {
    const other = new FloorState();
    other.serviceDay = this.serviceDay;
    other.timeZone = this.timeZone;
    other.rev = this.rev;
    for (const [id, ticket] of this.tickets) other.tickets.set(id, ticket);
    for (const id of this.waiting) other.waiting.add(id);
    for (const [id, counter] of this.counters) other.counters.set(id, counter);
    for (const [prefix, number] of this.lastNumbers) other.lastNumbers.set(prefix, number);
    other.blocks = this.blocks;
    for (const [id, count] of this.issuedCount) other.issuedCount.set(id, count);
    other.callSequence = this.callSequence;
    for (const id of this.finishing) other.finishing.add(id);
    for (const [id, closure] of this.closures) other.closures.set(id, closure);
    other.notice = this.notice;
    other.#issueSequence = this.#issueSequence;
    return other;
  }

  #applyToLocation(change: Exclude<QueueChange, TicketChange>, { atMs }: QueueEvent): void {
    switch (change.type) {
      case 'day-began':
        return this.#beginDay(change);
      case 'counter-opened':
        return this.#setCounter(change.counterId, {
          status: 'open',
          pauseReason: null,
          resumeAtMs: null,
          memberId: change.memberId,
          memberName: change.memberName,
        });
      case 'counter-paused':
        return this.#setCounter(change.counterId, {
          status: 'paused',
          pauseReason: change.reason,
          resumeAtMs: change.resumeAtMs,
        });
      case 'counter-resumed':
        return this.#setCounter(change.counterId, { status: 'open', pauseReason: null, resumeAtMs: null });
      case 'counter-closed':
        return this.#setCounter(change.counterId, {
          status: 'closed',
          pauseReason: null,
          resumeAtMs: null,
          memberId: null,
          memberName: null,
          statutoryRun: 0,
        });
      case 'block-reserved': {
        const { deviceId, serviceId, prefix, from, to } = change;
        this.blocks = [...this.blocks, { deviceId, serviceId, prefix, from, to }];
        return;
      }
      case 'line-finishing':
        for (const id of change.serviceIds) this.finishing[change.isFinishing ? 'add' : 'delete'](id);
        return;
      case 'service-closed':
        if (change.message === null) this.closures.delete(change.serviceId);
        else this.closures.set(change.serviceId, { message: change.message, sinceMs: atMs });
        return;
      case 'notice-set':
        this.notice = change.notice;
    }
  }

  /** Tickets that are being served stay until they are done; everything else of the day before is history. */
  #beginDay({ serviceDay, timeZone, carried }: ChangeOf<'day-began'>): void {
    this.serviceDay = serviceDay;
    this.timeZone = timeZone;
    for (const part of [this.tickets, this.waiting, this.counters, this.lastNumbers, this.issuedCount]) part.clear();
    for (const part of [this.finishing, this.closures]) part.clear();
    this.blocks = [];
    this.#issueSequence = 0;
    for (const ticket of carried.tickets) {
      this.#store(ticket);
      this.#issueSequence = Math.max(this.#issueSequence, ticket.issueSequence + 1);
    }
    for (const counter of carried.counters) this.counters.set(counter.id, counter);
    for (const { serviceId, message, sinceMs } of carried.closures) this.closures.set(serviceId, { message, sinceMs });
    this.callSequence = carried.callSequence;
    this.notice = carried.notice;
  }

  #applyToTicket(change: TicketChange, event: QueueEvent): void {
    if (change.type === 'ticket-issued') return this.#issue(change, event);
    const ticket = this.tickets.get(change.ticketId);
    // What happened to a ticket before the day that is read began is history.
    if (!ticket) return;
    const { rev, actor, atMs } = event;
    const next: FloorTicket = { ...ticket, ...changeTicket(ticket, change, atMs, this), rev, lastActor: actor };
    this.#store(next);
    this.#moveAtCounter(ticket, next);
    if (change.type === 'ticket-called') {
      this.#setCounter(change.counterId, { statutoryRun: change.statutoryRun });
      this.#owePlaces(change.passedIds, -1);
    }
    if (change.type === 'call-undone' && ticket.counterId && ticket.beforeCall) {
      this.#setCounter(ticket.counterId, { statutoryRun: ticket.beforeCall.statutoryRun });
      this.#owePlaces(ticket.beforeCall.passedIds, 1);
    }
    if ('callSequence' in change) this.callSequence = Math.max(this.callSequence, change.callSequence);
  }

  #issue(change: ChangeOf<'ticket-issued'>, event: QueueEvent): void {
    this.#store(createTicket(change, event, this.#issueSequence++));
    this.issuedCount.set(change.serviceId, (this.issuedCount.get(change.serviceId) ?? 0) + 1);
    // A kiosk's block counts by itself and must not push the numbers of the others on.
    if (!change.isOffline) this.lastNumbers.set(change.prefix, change.number);
  }

  #store(ticket: FloorTicket): void {
    this.tickets.set(ticket.id, ticket);
    this.waiting[ticket.state === 'waiting' ? 'add' : 'delete'](ticket.id);
  }

  #setCounter(id: CounterId, change: Partial<FloorCounter>): void {
    this.counters.set(id, { ...findCounter(this, id), ...change });
  }

  /** Keeps `counter.ticketId` the ticket that is called or served there. */
  #moveAtCounter(before: FloorTicket, now: FloorTicket): void {
    if (before.counterId === now.counterId) return;
    if (before.counterId) this.#setCounter(before.counterId, { ticketId: null });
    if (now.counterId) this.#setCounter(now.counterId, { ticketId: now.id });
  }

  #owePlaces(ids: readonly TicketId[], places: 1 | -1): void {
    for (const id of ids) {
      const ticket = this.tickets.get(id);
      if (ticket) this.tickets.set(id, { ...ticket, placesBehind: Math.max(0, ticket.placesBehind + places) });
    }
  }
}

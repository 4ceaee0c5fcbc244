/**
 * Folds events into a floor. Mutable inside, because a floor holds ten thousand tickets and lives for a day; what readers see is
 * read-only, and a ticket is replaced as a whole, so a ticket that somebody holds never changes under them.
 */
import type { CounterId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { TicketState } from '@frontdesk/protocol/vocabulary';
import type { QueueChange, QueueEvent } from './events.js';
import { findCounter, type Floor, type FloorCounter, type FloorTicket, type Leg, type NumberBlock } from './floor.js';

export interface LiveFloor extends Floor {
  apply(event: QueueEvent): void;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type ChangeOf<Type extends QueueChange['type']> = Extract<QueueChange, { readonly type: Type }>;
type TicketChange = Extract<QueueChange, { readonly ticketId: TicketId }>;

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
    for (const ticket of carried.tickets) this.#store(ticket);
    for (const counter of carried.counters) this.counters.set(counter.id, counter);
    for (const { serviceId, message, sinceMs } of carried.closures) this.closures.set(serviceId, { message, sinceMs });
    this.callSequence = carried.callSequence;
    this.notice = carried.notice;
  }

  #applyToTicket(change: TicketChange, event: QueueEvent): void {
    if (change.type === 'ticket-issued') return this.#issue(change, event);
    const ticket = this.tickets.get(change.ticketId);
    // A ticket that an older release knew and this one forgot is none to stumble over.
    if (!ticket) return;
    const { rev, actor, atMs } = event;
    const next: FloorTicket = { ...ticket, ...changeTicket(ticket, change, atMs, this), rev, lastActor: actor };
    this.#store(next);
    if ('callSequence' in change) this.callSequence = Math.max(this.callSequence, change.callSequence);
    this.#moveAtCounter(ticket, next, change);
    if (change.type === 'ticket-called') this.#letPass(next);
  }

  #issue(change: ChangeOf<'ticket-issued'>, { rev, atMs, actor }: QueueEvent): void {
    const isBooked = change.bookedForMs !== null && change.presence === 'remote';
    const ticket: FloorTicket = {
      id: change.ticketId,
      label: change.label,
      prefix: change.prefix,
      number: change.number,
      issueSequence: this.#issueSequence++,
      serviceId: change.serviceId,
      state: isBooked ? 'booked' : 'waiting',
      source: change.source,
      presence: change.presence,
      classKey: change.classKey,
      isClassConfirmed: change.isClassConfirmed,
      language: change.language,
      issuedAtMs: atMs,
      queuedAtMs: change.queuedAtMs,
      firstQueuedAtMs: change.queuedAtMs,
      bookedForMs: change.bookedForMs,
      arrivedAtMs: change.presence === 'onsite' ? change.queuedAtMs : null,
      frontAtMs: null,
      placesBehind: 0,
      pinnedCounterId: null,
      hold: null,
      counterId: null,
      callSequence: 0,
      calledAtMs: null,
      recalledAtMs: [],
      callReason: null,
      startedAtMs: null,
      endedAtMs: null,
      returnCount: 0,
      transferCount: 0,
      outcome: null,
      print: 'none',
      legs: [createLeg(change.serviceId, change.queuedAtMs)],
      rev,
      lastActor: actor,
    };
    this.#store(ticket);
    this.issuedCount.set(change.serviceId, (this.issuedCount.get(change.serviceId) ?? 0) + 1);
    // A kiosk's block counts by itself and must not push the numbers of the others on.
    if (!change.isOffline && change.number >= 0) this.lastNumbers.set(change.prefix, change.number);
  }

  #store(ticket: FloorTicket): void {
    this.tickets.set(ticket.id, ticket);
    this.waiting[ticket.state === 'waiting' ? 'add' : 'delete'](ticket.id);
  }

  #setCounter(id: CounterId, change: Partial<FloorCounter>): void {
    this.counters.set(id, { ...findCounter(this, id), ...change });
  }

  /** Keeps `counter.ticketId` the ticket that is called or served there. */
  #moveAtCounter(before: FloorTicket, now: FloorTicket, made: QueueChange): void {
    const isHere = now.state === 'called' || now.state === 'serving';
    const wasHere = before.state === 'called' || before.state === 'serving';
    if (wasHere && before.counterId && (!isHere || before.counterId !== now.counterId)) {
      this.#setCounter(before.counterId, { ticketId: null });
    }
    if (!isHere || !now.counterId) return;
    const change: Mutable<Partial<FloorCounter>> = { ticketId: now.id };
    if (made.type === 'ticket-called') {
      const isStatutory = made.reason.rule === 'statutory';
      change.statutoryRun = isStatutory ? findCounter(this, now.counterId).statutoryRun + 1 : 0;
    }
    this.#setCounter(now.counterId, change);
  }

  /** Each call of another ticket of the same service uses up one of the places that somebody let pass. */
  #letPass(called: FloorTicket): void {
    for (const id of this.waiting) {
      const ticket = this.tickets.get(id);
      if (!ticket || ticket.placesBehind === 0 || ticket.serviceId !== called.serviceId) continue;
      this.tickets.set(id, { ...ticket, placesBehind: ticket.placesBehind - 1 });
    }
  }
}

function createLeg(serviceId: ServiceId, queuedAtMs: number): Leg {
  return {
    serviceId,
    queuedAtMs,
    calledAtMs: null,
    startedAtMs: null,
    endedAtMs: null,
    counterId: null,
    memberId: null,
  };
}

function updateLeg(legs: readonly Leg[], change: Partial<Leg>): Leg[] {
  return legs.map((leg, index) => (index === legs.length - 1 ? { ...leg, ...change } : leg));
}

type LaterChange = Exclude<TicketChange, { readonly type: 'ticket-issued' }>;

/** What a change makes of its ticket. One case each, in the order in which a ticket lives. */
function changeTicket(ticket: FloorTicket, change: LaterChange, atMs: number, floor: Floor): Partial<FloorTicket> {
  switch (change.type) {
    case 'ticket-checked-in': {
      const queuedAtMs = change.isLate || ticket.bookedForMs === null ? ticket.queuedAtMs : ticket.bookedForMs;
      const base = { presence: 'onsite', arrivedAtMs: atMs, state: 'waiting' } as const;
      if (ticket.state !== 'booked') return base;
      const from = change.isLate ? atMs : Math.max(queuedAtMs, atMs);
      return {
        ...base,
        queuedAtMs: from,
        firstQueuedAtMs: from,
        bookedForMs: change.isLate ? null : ticket.bookedForMs,
      };
    }
    case 'ticket-called':
      return {
        state: 'called',
        counterId: change.counterId,
        callSequence: change.callSequence,
        calledAtMs: atMs,
        recalledAtMs: [],
        callReason: change.reason,
        startedAtMs: null,
        legs: updateLeg(ticket.legs, {
          calledAtMs: atMs,
          counterId: change.counterId,
          memberId: findCounter(floor, change.counterId).memberId,
        }),
      };
    case 'ticket-recalled':
      return { callSequence: change.callSequence, recalledAtMs: [...ticket.recalledAtMs, atMs] };
    case 'call-undone':
      return undoCall(ticket);
    case 'ticket-started':
      return { state: 'serving', startedAtMs: atMs, hold: null, legs: updateLeg(ticket.legs, { startedAtMs: atMs }) };
    case 'ticket-missed':
      return { state: 'no-show', counterId: null };
    case 'ticket-returned':
      return {
        state: 'waiting',
        counterId: null,
        calledAtMs: null,
        placesBehind: change.penaltyPlaces,
        returnCount: ticket.returnCount + 1,
      };
    case 'ticket-transferred':
      return transfer(ticket, change, atMs);
    case 'ticket-held': {
      const { scope, counterId, memberId, dueAtMs } = change;
      return { state: 'held', counterId: null, hold: { scope, counterId, memberId, dueAtMs, heldAtMs: atMs } };
    }
    case 'ticket-completed':
    case 'ticket-cancelled':
    case 'ticket-expired':
      return end(ticket, change, atMs);
    case 'ticket-deferred':
      return { placesBehind: ticket.placesBehind + change.places };
    case 'ticket-class-set':
      return { classKey: change.classKey, isClassConfirmed: true };
    case 'ticket-language-set':
      return { language: change.language };
    case 'ticket-printed':
      return { print: change.print };
  }
}

/** As if the call had not been; a ticket that was set aside before goes back to its hold. */
function undoCall(ticket: FloorTicket): Partial<FloorTicket> {
  return {
    state: ticket.hold ? 'held' : 'waiting',
    counterId: null,
    calledAtMs: null,
    callReason: null,
    legs: updateLeg(ticket.legs, { calledAtMs: null, counterId: null, memberId: null }),
  };
}

function transfer(
  ticket: FloorTicket,
  { serviceId, mode, toCounterId }: ChangeOf<'ticket-transferred'>,
  atMs: number,
): Partial<FloorTicket> {
  const queuedAtMs = mode === 'back' ? atMs : ticket.firstQueuedAtMs;
  return {
    state: 'waiting',
    serviceId,
    queuedAtMs,
    frontAtMs: mode === 'front' ? atMs : null,
    placesBehind: 0,
    pinnedCounterId: toCounterId,
    hold: null,
    counterId: null,
    calledAtMs: null,
    startedAtMs: null,
    transferCount: ticket.transferCount + 1,
    legs: [...updateLeg(ticket.legs, { endedAtMs: atMs }), createLeg(serviceId, atMs)],
  };
}

const endStates: Readonly<Record<'ticket-completed' | 'ticket-cancelled' | 'ticket-expired', TicketState>> = {
  'ticket-completed': 'completed',
  'ticket-cancelled': 'cancelled',
  'ticket-expired': 'expired',
};

function end(ticket: FloorTicket, change: ChangeOf<keyof typeof endStates>, atMs: number): Partial<FloorTicket> {
  return {
    state: endStates[change.type],
    counterId: null,
    hold: null,
    endedAtMs: atMs,
    outcome: change.type === 'ticket-completed' ? change.outcome : ticket.outcome,
    legs: updateLeg(ticket.legs, { endedAtMs: atMs }),
  };
}

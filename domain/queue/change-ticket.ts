/** What one change makes of its ticket; pure, and for any order of changes that the decisions allow. */
import type { ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { TicketState } from '@frontdesk/protocol/vocabulary';
import type { QueueChange, QueueEvent, TicketIssued } from './events.js';
import { findCounter, type Floor, type FloorTicket, type Leg } from './floor.js';

export type TicketChange = Extract<QueueChange, { readonly ticketId: TicketId }>;
export type ChangeOf<Type extends QueueChange['type']> = Extract<QueueChange, { readonly type: Type }>;
type LaterChange = Exclude<TicketChange, TicketIssued>;

/** An appointment waits as `booked` until it checks in. */
export function createTicket(change: TicketIssued, event: QueueEvent, issueSequence: number): FloorTicket {
  const isBooked = change.bookedForMs !== null;
  return {
    id: change.ticketId,
    label: change.label,
    prefix: change.prefix,
    number: change.number,
    issueSequence,
    serviceId: change.serviceId,
    state: isBooked ? 'booked' : 'waiting',
    source: change.source,
    presence: change.presence,
    classKey: change.classKey,
    isClassConfirmed: change.isClassConfirmed,
    language: change.language,
    issuedAtMs: event.atMs,
    queuedAtMs: change.queuedAtMs,
    firstQueuedAtMs: change.queuedAtMs,
    bookedForMs: change.bookedForMs,
    arrivedAtMs: change.presence === 'onsite' && !isBooked ? change.queuedAtMs : null,
    frontAtMs: null,
    placesBehind: 0,
    pinnedCounterId: null,
    hold: null,
    counterId: null,
    callSequence: 0,
    calledAtMs: null,
    recalledAtMs: [],
    callReason: null,
    beforeCall: null,
    startedAtMs: null,
    endedAtMs: null,
    returnCount: 0,
    transferCount: 0,
    outcome: null,
    print: 'none',
    legs: [createLeg(change.serviceId, change.queuedAtMs)],
    rev: event.rev,
    lastActor: event.actor,
  };
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

function updateLeg(legs: readonly Leg[], update: (leg: Leg) => Partial<Leg>): Leg[] {
  return legs.map((leg, index) => (index === legs.length - 1 ? { ...leg, ...update(leg) } : leg));
}

/** One case each, in the order in which a ticket lives. */
export function changeTicket(
  ticket: FloorTicket,
  change: LaterChange,
  atMs: number,
  floor: Floor,
): Partial<FloorTicket> {
  switch (change.type) {
    case 'ticket-checked-in':
      return checkIn(ticket, change.isLate, atMs);
    case 'ticket-called':
      return call(ticket, change, atMs, floor);
    case 'ticket-recalled':
      return { callSequence: change.callSequence, recalledAtMs: [...ticket.recalledAtMs, atMs] };
    case 'call-undone':
      return undoCall(ticket);
    case 'ticket-started':
      return start(ticket, change.isAutomatic ? (ticket.calledAtMs ?? atMs) : atMs, atMs);
    case 'ticket-missed':
      // A place at the front was for this call; the way back is the ordinary line.
      return { state: 'no-show', counterId: null, hold: null, frontAtMs: null, beforeCall: null };
    case 'ticket-returned':
      return {
        state: 'waiting',
        calledAtMs: null,
        callReason: null,
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

/** An appointment queues from its time or its arrival, whichever is later; a late one as a walk-in from now. */
function checkIn(ticket: FloorTicket, isLate: boolean, atMs: number): Partial<FloorTicket> {
  const arrived = { presence: 'onsite', arrivedAtMs: atMs } as const;
  if (ticket.state !== 'booked') return arrived;
  const queuedAtMs = isLate ? atMs : Math.max(ticket.bookedForMs ?? atMs, atMs);
  return {
    ...arrived,
    state: 'waiting',
    queuedAtMs,
    firstQueuedAtMs: queuedAtMs,
    bookedForMs: isLate ? null : ticket.bookedForMs,
    legs: updateLeg(ticket.legs, () => ({ queuedAtMs })),
  };
}

function call(
  ticket: FloorTicket,
  change: ChangeOf<'ticket-called'>,
  atMs: number,
  floor: Floor,
): Partial<FloorTicket> {
  const { counterId, callSequence, reason, passedIds } = change;
  const { memberId, statutoryRun } = findCounter(floor, counterId);
  const { state, hold, calledAtMs, recalledAtMs, callReason, startedAtMs, legs } = ticket;
  return {
    state: 'called',
    hold: null,
    counterId,
    callSequence,
    calledAtMs: atMs,
    recalledAtMs: [],
    callReason: reason,
    beforeCall: {
      state,
      hold,
      calledAtMs,
      recalledAtMs,
      callReason,
      startedAtMs,
      legs,
      passedIds,
      statutoryRun,
    },
    startedAtMs: null,
    legs: updateLeg(legs, (leg) => ({ calledAtMs: leg.calledAtMs ?? atMs, counterId, memberId })),
  };
}

/** As if the call had not been; what was changed meanwhile (language, class) stays. */
function undoCall({ beforeCall }: FloorTicket): Partial<FloorTicket> {
  if (!beforeCall) return {};
  const { passedIds: _, statutoryRun: __, ...before } = beforeCall;
  return { ...before, counterId: null, beforeCall: null };
}

/** Whoever is served is here, whatever their phone said. */
function start(ticket: FloorTicket, startedAtMs: number, atMs: number): Partial<FloorTicket> {
  return {
    state: 'serving',
    presence: 'onsite',
    arrivedAtMs: ticket.arrivedAtMs ?? atMs,
    startedAtMs,
    beforeCall: null,
    legs: updateLeg(ticket.legs, (leg) => ({ startedAtMs: leg.startedAtMs ?? startedAtMs })),
  };
}

/** The number stays. An appointment was with the service before; in the next line its first arrival counts. */
function transfer(
  ticket: FloorTicket,
  { serviceId, mode, toCounterId }: ChangeOf<'ticket-transferred'>,
  atMs: number,
): Partial<FloorTicket> {
  return {
    state: 'waiting',
    serviceId,
    presence: 'onsite',
    arrivedAtMs: ticket.arrivedAtMs ?? atMs,
    queuedAtMs: mode === 'back' ? atMs : ticket.firstQueuedAtMs,
    bookedForMs: null,
    frontAtMs: mode === 'front' ? atMs : null,
    placesBehind: 0,
    pinnedCounterId: toCounterId,
    counterId: null,
    calledAtMs: null,
    recalledAtMs: [],
    callReason: null,
    beforeCall: null,
    startedAtMs: null,
    transferCount: ticket.transferCount + 1,
    legs: [...updateLeg(ticket.legs, () => ({ endedAtMs: atMs })), createLeg(serviceId, atMs)],
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
    beforeCall: null,
    endedAtMs: atMs,
    outcome: change.type === 'ticket-completed' ? change.outcome : ticket.outcome,
    legs: updateLeg(ticket.legs, () => ({ endedAtMs: atMs })),
  };
}

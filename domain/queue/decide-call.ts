/** Calling: the next one, this very one, again, and taking a call back. */
import type { CounterId, MembershipId, TicketId } from '@frontdesk/protocol/ids';
import { allow, refuse, refuseCall, refuseState, ticketGone, type Decision, type Situation } from './decision.js';
import type { CallReason, QueueChange } from './events.js';
import { findCounter, type FloorTicket } from './floor.js';
import { findPassed, select } from './select.js';
import { runAfter } from './turns.js';

const minRecallMs = 5_000;
const maxRecalls = 5;
export const undoMs = 15_000;

/** A call out of the line: those that stood before it let it pass, and the counter's row of statutory tickets goes on or ends. */
function callFromLine(
  { floor, setup, nowMs }: Situation,
  counterId: CounterId,
  ticket: FloorTicket,
  reason: CallReason,
): QueueChange {
  const priority = setup.policy.classes.find(({ key }) => key === ticket.classKey);
  return {
    type: 'ticket-called',
    ticketId: ticket.id,
    counterId,
    callSequence: floor.callSequence + 1,
    reason,
    passedIds: findPassed(floor, setup, { counterId, ticket, nowMs }),
    statutoryRun: runAfter({ priority }, findCounter(floor, counterId).statutoryRun),
  };
}

/** QUEUE_EMPTY is true at the floor's revision; the event that would follow can only be written there. */
export function decideCallNext(situation: Situation, counterId: CounterId): Decision {
  const refused = refuseCall(situation, counterId);
  if (refused) return refused;
  const { floor, setup, nowMs } = situation;
  const next = select(floor, setup, counterId, nowMs);
  if (!next) return refuse('QUEUE_EMPTY', 'Nobody is waiting for what this counter serves.');
  return allow(callFromLine(situation, counterId, next.ticket, next.reason));
}

/** Past the policy, with a reason that stays in the log (QC-8); also somebody whose phone has not said yet that they are here. */
export function decideCall(
  situation: Situation,
  request: { readonly counterId: CounterId; readonly ticketId: TicketId; readonly note: string },
): Decision {
  const { floor, nowMs } = situation;
  const ticket = floor.tickets.get(request.ticketId);
  if (!ticket) return ticketGone;
  if (ticket.state !== 'waiting') return refuseState(ticket, 'This ticket is not waiting.');
  if (request.note.trim() === '') return refuse('VALIDATION', 'Say why this ticket is called before the others.');
  const refused = refuseCall(situation, request.counterId, ticket.serviceId);
  if (refused) return refused;
  const waitedMs = Math.max(0, nowMs - ticket.queuedAtMs);
  const reason: CallReason = { rule: 'chosen', classKey: ticket.classKey, waitedMs, note: request.note };
  return allow(callFromLine(situation, request.counterId, ticket, reason));
}

/** A ticket that was set aside is called by whom it was set aside for. */
export function decideCallHeld(
  situation: Situation,
  request: { readonly counterId: CounterId; readonly ticketId: TicketId; readonly memberId: MembershipId },
): Decision {
  const { floor, nowMs } = situation;
  const ticket = floor.tickets.get(request.ticketId);
  if (!ticket) return ticketGone;
  if (ticket.state !== 'held' || !ticket.hold) return refuseState(ticket, 'This ticket is not set aside.');
  const { hold } = ticket;
  const isTheirs =
    hold.scope === 'location' ||
    (hold.scope === 'counter' && hold.counterId === request.counterId) ||
    (hold.scope === 'staff' && hold.memberId === request.memberId);
  if (!isTheirs) return refuse('NOT_YOUR_TICKET', 'This ticket is set aside for somebody else.');
  const refused = refuseCall(situation, request.counterId);
  if (refused) return refused;
  const waitedMs = nowMs - hold.heldAtMs;
  return allow({
    type: 'ticket-called',
    ticketId: ticket.id,
    counterId: request.counterId,
    callSequence: floor.callSequence + 1,
    reason: { rule: 'held', classKey: ticket.classKey, waitedMs, note: null },
    passedIds: [],
    statutoryRun: findCounter(floor, request.counterId).statutoryRun,
  });
}

/** The ticket that this counter has called or serves; a decision that says why not otherwise. */
export function findAtCounter(
  { floor }: Situation,
  { counterId, ticketId }: { readonly counterId: CounterId; readonly ticketId: TicketId },
): FloorTicket | Decision {
  const ticket = floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  const isHere = findCounter(floor, counterId).ticketId === ticketId;
  return isHere ? ticket : refuseState(ticket, 'This ticket is not at this counter.');
}

export function isDecision(value: FloorTicket | Decision): value is Decision {
  return 'ok' in value;
}

/** The earliest moment of the next recall. */
export function recallFromMs(ticket: FloorTicket): number {
  return (ticket.recalledAtMs.at(-1) ?? ticket.calledAtMs ?? 0) + minRecallMs;
}

export function decideRecall(
  situation: Situation,
  request: { readonly counterId: CounterId; readonly ticketId: TicketId },
): Decision {
  const ticket = findAtCounter(situation, request);
  if (isDecision(ticket)) return ticket;
  if (ticket.state !== 'called') return refuseState(ticket, 'The customer is here already.');
  if (ticket.recalledAtMs.length >= maxRecalls) return refuseState(ticket, 'This ticket was called often enough.');
  const waitMs = recallFromMs(ticket) - situation.nowMs;
  if (waitMs > 0) return refuse('TOO_SOON', 'Give the customer a moment.', { retryAfterMs: waitMs });
  return allow({ type: 'ticket-recalled', ticketId: ticket.id, callSequence: situation.floor.callSequence + 1 });
}

export function decideUndoCall(
  situation: Situation,
  request: { readonly counterId: CounterId; readonly ticketId: TicketId },
): Decision {
  const ticket = findAtCounter(situation, request);
  if (isDecision(ticket)) return ticket;
  const isFresh = ticket.state === 'called' && situation.nowMs - (ticket.calledAtMs ?? 0) <= undoMs;
  return isFresh
    ? allow({ type: 'call-undone', ticketId: ticket.id })
    : refuseState(ticket, 'A call can be taken back for 15 seconds.');
}

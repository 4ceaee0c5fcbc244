/** What follows a call: serving, setting aside, sending on, finishing; and what staff do with tickets that nobody serves. */
import type { CounterId, MembershipId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { ClosedReason, HoldScope, TransferMode } from '@frontdesk/protocol/vocabulary';
import { readAvailability } from './availability.js';
import { findAtCounter, isDecision } from './decide-call.js';
import { decideIssue, findClass, refuseQuota, type IssueRequest } from './decide-issue.js';
import { allow, refuse, refuseCall, refuseState, ticketGone, type Decision, type Situation } from './decision.js';
import type { QueueChange } from './events.js';
import { findCounter, isOpenTicket } from './floor.js';
import { runAfter } from './turns.js';

const minuteMs = 60_000;

interface AtCounter {
  readonly counterId: CounterId;
  readonly ticketId: TicketId;
}

export function decideStart(situation: Situation, request: AtCounter): Decision {
  const ticket = findAtCounter(situation, request);
  if (isDecision(ticket)) return ticket;
  if (ticket.state !== 'called') return refuseState(ticket, 'This ticket is being served already.');
  return allow({ type: 'ticket-started', ticketId: ticket.id, isAutomatic: false });
}

/** A ticket that was only called counts as served from its call (5.2 has no way past `serving`). */
export function decideComplete(
  situation: Situation,
  request: AtCounter & { readonly outcome: string | null },
): Decision {
  const ticket = findAtCounter(situation, request);
  if (isDecision(ticket)) return ticket;
  const complete: QueueChange = { type: 'ticket-completed', ticketId: ticket.id, outcome: request.outcome };
  return ticket.state === 'called'
    ? allow({ type: 'ticket-started', ticketId: ticket.id, isAutomatic: true }, complete)
    : allow(complete);
}

export function decideNoShow(situation: Situation, request: AtCounter): Decision {
  const ticket = findAtCounter(situation, request);
  if (isDecision(ticket)) return ticket;
  if (ticket.state !== 'called') return refuseState(ticket, 'This customer is here.');
  const sinceMs = situation.nowMs - (ticket.calledAtMs ?? 0);
  const waitMs = situation.setup.policy.noShow.minCallSeconds * 1_000 - sinceMs;
  if (waitMs > 0) return refuse('TOO_SOON', 'Give the customer time to come.', { retryAfterMs: waitMs });
  return allow({ type: 'ticket-missed', ticketId: ticket.id, isAutomatic: false });
}

export function decideTransfer(
  situation: Situation,
  request: AtCounter & {
    readonly serviceId: ServiceId;
    readonly mode: TransferMode;
    readonly toCounterId: CounterId | null;
  },
): Decision {
  const { setup, floor } = situation;
  const ticket = findAtCounter(situation, request);
  if (isDecision(ticket)) return ticket;
  const service = setup.services.get(request.serviceId);
  if (!service || service.isArchived) return refuse('NOT_FOUND', 'There is no such service.');
  if (floor.closures.has(request.serviceId)) return refuse('QUEUE_CLOSED', 'That service is closed.');
  const { serviceId, mode, toCounterId } = request;
  if (toCounterId !== null) {
    const target = setup.counters.get(toCounterId);
    const canServe = target !== undefined && !target.isArchived && target.serviceIds.includes(serviceId);
    if (!canServe) return refuse('CONFLICT', 'That counter does not serve this.');
    if (findCounter(floor, toCounterId).status === 'closed') return refuse('CONFLICT', 'Nobody sits at that counter.');
  }
  return allow({ type: 'ticket-transferred', ticketId: ticket.id, serviceId, mode, toCounterId });
}

export function decideHold(
  situation: Situation,
  request: AtCounter & {
    readonly scope: HoldScope;
    readonly memberId: MembershipId;
    readonly minutes: number | null;
  },
): Decision {
  const ticket = findAtCounter(situation, request);
  if (isDecision(ticket)) return ticket;
  if (ticket.state !== 'serving') return refuseState(ticket, 'Start the service first.');
  return allow({
    type: 'ticket-held',
    ticketId: ticket.id,
    scope: request.scope,
    counterId: request.counterId,
    memberId: request.scope === 'staff' ? request.memberId : null,
    dueAtMs: request.minutes === null ? null : situation.nowMs + request.minutes * minuteMs,
  });
}

/** Reasons for which a line takes nobody back, however early they came. */
const endedReasons: readonly ClosedReason[] = ['closed', 'after-stop', 'emergency'];

/**
 * A no-show is back. The customer may come back by themselves `maxReturns` times and before the stop time (queue.md 3.1, 5.2). Staff take
 * them in whenever and however often they like, on purpose: the person stands before them, and they have seen why. Every return counts,
 * whoever made it, so whoever was taken in by staff has used up as many of their own.
 */
export function decideReturn({ floor, setup, nowMs }: Situation, ticketId: TicketId, isByStaff: boolean): Decision {
  const ticket = floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  if (ticket.state !== 'no-show') return refuseState(ticket, 'This ticket was not missed.');
  const { maxReturns, penaltyPlaces } = setup.policy.noShow;
  if (isByStaff) return allow({ type: 'ticket-returned', ticketId, penaltyPlaces });
  if (ticket.returnCount >= maxReturns) return refuseState(ticket, 'Please take a new ticket.');
  const state = readAvailability(floor, setup, ticket.serviceId, nowMs);
  const hasEnded = state.kind === 'closed' && endedReasons.includes(state.reason);
  return hasEnded
    ? refuse('QUEUE_CLOSED', 'This service is closed.')
    : allow({ type: 'ticket-returned', ticketId, penaltyPlaces });
}

export function decideCancel({ floor }: Situation, ticketId: TicketId, reason: string | null): Decision {
  const ticket = floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  const canCancel = isOpenTicket(ticket) && ticket.state !== 'serving';
  return canCancel
    ? allow({ type: 'ticket-cancelled', ticketId, reason })
    : refuseState(ticket, 'This ticket cannot be given up any more.');
}

/** Confirming the class that a ticket has takes nothing from its quota. */
export function decideSetClass({ floor, setup }: Situation, ticketId: TicketId, classKey: string | null): Decision {
  const ticket = floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  if (!isOpenTicket(ticket)) return refuseState(ticket, 'This ticket is closed.');
  if (classKey !== null && !findClass(setup, classKey)) return refuse('VALIDATION', 'There is no such class.');
  const refused = classKey === null || classKey === ticket.classKey ? undefined : refuseQuota(floor, setup, classKey);
  return refused ?? allow({ type: 'ticket-class-set', ticketId, classKey });
}

/** Somebody without a ticket is served at once; the ticket is made, called and started in one go (QC-15). */
export function decideWalkIn(situation: Situation, counterId: CounterId, request: IssueRequest): Decision {
  const refused = refuseCall(situation, counterId, request.serviceId);
  if (refused) return refused;
  const issued = decideIssue(situation, { ...request, overridesLimits: true });
  if (!issued.ok) return issued;
  const { ticketId, classKey } = request;
  const { floor, setup } = situation;
  const priority = findClass(setup, classKey);
  return allow(
    ...issued.changes,
    {
      type: 'ticket-called',
      ticketId,
      counterId,
      callSequence: floor.callSequence + 1,
      reason: { rule: 'chosen', classKey, waitedMs: 0, note: null },
      passedIds: [],
      statutoryRun: runAfter({ priority }, findCounter(floor, counterId).statutoryRun),
    },
    { type: 'ticket-started', ticketId, isAutomatic: false },
  );
}

/** More places than anybody needs; a holder who wants to be last may take a new ticket. */
const mostPlaces = 100;

/** What a holder does with their own ticket: let others pass. */
export function decideDefer({ floor }: Situation, ticketId: TicketId, places: number): Decision {
  const ticket = floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  if (ticket.state !== 'waiting') return refuseState(ticket, 'Only a waiting ticket can let others pass.');
  if (ticket.placesBehind + places > mostPlaces) return refuseState(ticket, 'This ticket lets enough others pass.');
  return allow({ type: 'ticket-deferred', ticketId, places });
}

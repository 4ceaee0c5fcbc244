/** What follows a call: serving, setting aside, sending on, finishing; and what staff do with tickets that nobody serves. */
import type { CounterId, MembershipId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { HoldScope, TransferMode } from '@frontdesk/protocol/vocabulary';
import { readAvailability } from './availability.js';
import { findAtCounter, isDecision } from './decide-call.js';
import { decideIssue, type IssueRequest } from './decide-issue.js';
import { allow, refuse, refuseCall, refuseState, ticketGone, type Decision, type Situation } from './decision.js';
import type { QueueChange } from './events.js';
import { isOpenTicket } from './floor.js';

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

/** A ticket that was only called counts as served from its call. */
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
  const target = request.toCounterId === null ? undefined : setup.counters.get(request.toCounterId);
  if (request.toCounterId !== null && !target?.serviceIds.includes(request.serviceId)) {
    return refuse('CONFLICT', 'That counter does not serve this.');
  }
  const { serviceId, mode, toCounterId } = request;
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

/** A no-show is back: staff may always take them in, the customer only as often as the policy says. */
export function decideReturn({ floor, setup }: Situation, ticketId: TicketId, isByStaff: boolean): Decision {
  const ticket = floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  if (ticket.state !== 'no-show') return refuseState(ticket, 'This ticket was not missed.');
  const { maxReturns, penaltyPlaces } = setup.policy.noShow;
  if (!isByStaff && ticket.returnCount >= maxReturns) return refuseState(ticket, 'Please take a new ticket.');
  if (!isByStaff && floor.closures.has(ticket.serviceId)) return refuse('QUEUE_CLOSED', 'This service is closed.');
  return allow({ type: 'ticket-returned', ticketId, penaltyPlaces });
}

export function decideCancel({ floor }: Situation, ticketId: TicketId, reason: string | null): Decision {
  const ticket = floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  const canCancel = isOpenTicket(ticket) && ticket.state !== 'serving';
  if (!canCancel && ticket.state !== 'no-show') return refuseState(ticket, 'This ticket cannot be given up any more.');
  return allow({ type: 'ticket-cancelled', ticketId, reason });
}

export function decideSetClass({ floor, setup }: Situation, ticketId: TicketId, classKey: string | null): Decision {
  const ticket = floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  if (!isOpenTicket(ticket)) return refuseState(ticket, 'This ticket is closed.');
  const isKnown = classKey === null || setup.policy.classes.some(({ key }) => key === classKey);
  if (!isKnown) return refuse('VALIDATION', 'There is no such class.');
  return allow({ type: 'ticket-class-set', ticketId, classKey });
}

/** Somebody without a ticket is served at once; the ticket is made, called and started in one go (QC-15). */
export function decideWalkIn(situation: Situation, counterId: CounterId, request: IssueRequest): Decision {
  const refused = refuseCall(situation, counterId, request.serviceId);
  if (refused) return refused;
  const issued = decideIssue(situation, { ...request, overridesLimits: true });
  if (!issued.ok) return issued;
  const { ticketId, classKey } = request;
  return allow(
    ...issued.changes,
    {
      type: 'ticket-called',
      ticketId,
      counterId,
      callSequence: situation.floor.callSequence + 1,
      reason: { rule: 'chosen', classKey, waitedMs: 0, note: null },
    },
    { type: 'ticket-started', ticketId, isAutomatic: false },
  );
}

/** What a holder does with their own ticket: let others pass. */
export function decideDefer({ floor }: Situation, ticketId: TicketId, places: number): Decision {
  const ticket = floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  if (ticket.state !== 'waiting') return refuseState(ticket, 'Only a waiting ticket can let others pass.');
  return allow({ type: 'ticket-deferred', ticketId, places });
}

/** True when the service of a ticket is closed for good today, so that its holder should hear of it. */
export function isStranded(situation: Situation, serviceId: ServiceId): boolean {
  const state = readAvailability(situation.floor, situation.setup, serviceId, situation.nowMs);
  return state.kind === 'closed' && state.reason === 'emergency';
}

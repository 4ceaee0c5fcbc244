/** A ticket as its holder sees it (an allow-list): nothing of anybody else's. */
import { decideDefer, decideReturn } from '@frontdesk/domain/queue/decide-serve';
import type { Floor, FloorTicket } from '@frontdesk/domain/queue/floor';
import type { HolderTicketDto } from '@frontdesk/protocol/queue-tickets';
import { toInstant } from './queue.presenter.js';
import type { FullSetup } from './queue.types.js';

/** How long a completed visit can be rated (QP-13); the link dies with it. */
export const FEEDBACK_MS = 24 * 60 * 60 * 1_000;

export interface HolderView {
  readonly ticket: FloorTicket;
  /** null when the ticket's day is over. */
  readonly floor: Floor | null;
  readonly setup: FullSetup;
  readonly businessName: string;
  readonly isRated: boolean;
  readonly nowMs: number;
}

/** A visit that went well or badly can be rated once, while the memory is fresh. */
export function canRate({ ticket, isRated, nowMs }: Pick<HolderView, 'ticket' | 'isRated' | 'nowMs'>): boolean {
  const { state, endedAtMs } = ticket;
  return state === 'completed' && !isRated && endedAtMs !== null && nowMs < endedAtMs + FEEDBACK_MS;
}

function readCounter({ ticket, setup }: HolderView): string | null {
  const isAtCounter = ticket.state === 'called' || ticket.state === 'serving';
  const counter = isAtCounter && ticket.counterId ? setup.countersById.get(ticket.counterId) : undefined;
  return counter?.label ?? null;
}

/** A closed service speaks before the house does (QA-16). */
function readNotice({ ticket, floor }: HolderView): string | null {
  return floor?.closures.get(ticket.serviceId)?.message ?? floor?.notice ?? null;
}

export function presentHolder(view: HolderView): HolderTicketDto {
  const { ticket, floor, setup, nowMs } = view;
  const situation = floor && { floor, setup, nowMs };
  return {
    label: ticket.label,
    state: ticket.state,
    presence: ticket.presence,
    language: ticket.language,
    businessName: view.businessName,
    locationName: setup.location.name,
    timeZone: setup.location.timeZone,
    serviceNames: setup.servicesById.get(ticket.serviceId)?.names ?? { en: '' },
    issuedAt: new Date(ticket.issuedAtMs).toISOString(),
    calledAt: toInstant(ticket.calledAtMs),
    endedAt: toInstant(ticket.endedAtMs),
    counterLabel: readCounter(view),
    callCount: ticket.calledAtMs === null ? 0 : 1 + ticket.recalledAtMs.length,
    canComeBack: situation !== null && decideReturn(situation, ticket.id, false).ok,
    canDefer: situation !== null && decideDefer(situation, ticket.id, 1).ok,
    canRate: canRate(view),
    rev: ticket.rev,
    notice: readNotice(view),
  };
}

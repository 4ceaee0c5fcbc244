/**
 * What a rule answers: the changes to write, or why not. Decisions are pure functions of the floor at revision n; they hold because
 * their events can only become n+1 (docs/decisions/0009).
 */
import type { CounterId, ServiceId } from '@frontdesk/protocol/ids';
import type { ErrorCode } from '@frontdesk/protocol/result';
import type { ClosedReason, TicketState } from '@frontdesk/protocol/vocabulary';
import type { QueueChange } from './events.js';
import { findCounter, type Floor, type FloorTicket } from './floor.js';
import type { QueueSetup } from './setup.js';

export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  /** Milliseconds until the same request may be right. */
  readonly retryAfterMs?: number;
  /** What is true instead. */
  readonly current?: { readonly state: TicketState; readonly rev: number } | { readonly reason: ClosedReason };
}

export type Decision =
  { readonly ok: true; readonly changes: readonly QueueChange[] } | { readonly ok: false; readonly refusal: Refusal };

/** Where and when a decision is made. */
export interface Situation {
  readonly floor: Floor;
  readonly setup: QueueSetup;
  readonly nowMs: number;
}

export function allow(...changes: readonly QueueChange[]): Decision {
  return { ok: true, changes };
}

export function refuse(code: ErrorCode, message: string, more: Omit<Refusal, 'code' | 'message'> = {}): Decision {
  return { ok: false, refusal: { code, message, ...more } };
}

export function refuseState(ticket: FloorTicket, message: string): Decision {
  return refuse('CONFLICT', message, { current: { state: ticket.state, rev: ticket.rev } });
}

export const ticketGone = refuse('NOT_FOUND', 'There is no such ticket today.');

/** undefined when this counter may call something now. */
export function refuseCall(
  { floor, setup }: Situation,
  counterId: CounterId,
  serviceId?: ServiceId,
): Decision | undefined {
  const known = setup.counters.get(counterId);
  if (!known || known.isArchived) return refuse('NOT_FOUND', 'There is no such counter.');
  const counter = findCounter(floor, counterId);
  if (counter.status !== 'open') return refuse('CONFLICT', 'Open the counter first.');
  if (counter.ticketId !== null) return refuse('COUNTER_BUSY', 'Finish the ticket at this counter first.');
  if (serviceId !== undefined && !known.serviceIds.includes(serviceId)) {
    return refuse('CONFLICT', 'This counter does not serve what the ticket waits for.');
  }
  return undefined;
}

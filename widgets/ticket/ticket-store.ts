/**
 * What a phone knows of its ticket, and what an answer or a message does to it. Pure. The phone keeps its own rank through the
 * order operations of the whole pool and computes its own range with the code that the server uses, so both say the same (QP-2).
 */
import {
  displayEstimate,
  estimatePlace,
  keepPromise,
  type ShownPromise,
  type WaitDisplay,
} from '@frontdesk/domain/queue/estimate';
import { applyOrderChange } from '@frontdesk/domain/queue/position';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import type { EstimateParameters, HolderTicketDto, Place } from '@frontdesk/protocol/queue-tickets';
import type { TicketFacts } from '@frontdesk/protocol/ticket';

export type OrderNews = TicketFacts['order:changed'];

/** A ticket that waits, as far as its place is known. */
export interface Line {
  readonly ahead: number;
  readonly orderRev: number;
  readonly parameters: EstimateParameters;
  readonly promise: ShownPromise;
}

export interface TicketModel {
  readonly ticket: HolderTicketDto;
  /** null for a ticket that does not wait. */
  readonly line: Line | null;
}

/** What to read aloud of a line. */
export interface LineView {
  readonly ahead: number;
  readonly wait: WaitDisplay;
}

/** What the server gives a reason for rose from well below; the reason stays until a good part of the rise is gone. */
const explainedRise = { factor: 1.5, seconds: 600 };

function readPromise({ ahead, estimate }: Place, before: ShownPromise | null): ShownPromise {
  if (estimate.kind !== 'range') return { ahead, estimate, lowestP80Seconds: before?.lowestP80Seconds ?? null };
  const { p80Seconds, reason } = estimate;
  // The server remembers promises that this page never saw; a reason says that there was a lower one.
  const { factor, seconds } = explainedRise;
  const atMost = reason ? Math.min(p80Seconds / factor, p80Seconds - seconds) : p80Seconds;
  return { ahead, estimate, lowestP80Seconds: Math.min(before?.lowestP80Seconds ?? Infinity, atMost) };
}

/** The ticket as the server has it now; what was overtaken on the way by a newer answer changes nothing. */
export function applyState(model: TicketModel | null, { ticket, place, parameters }: HolderState): TicketModel {
  if (model && ticket.rev < model.ticket.rev) return model;
  if (!place || !parameters) return { ticket, line: null };
  const { ahead, orderRev } = place;
  return { ticket, line: { ahead, orderRev, parameters, promise: readPromise(place, model?.line?.promise ?? null) } };
}

/**
 * Follows one message to the whole pool. `gap` means that a message before it is missing, or that this ticket left the line: only
 * asking tells.
 */
export function applyOrder(model: TicketModel, news: OrderNews): TicketModel | 'gap' {
  const { line } = model;
  if (!line || news.orderRev < line.orderRev) return model;
  const { change, orderRev, parameters } = news;
  if (!change || orderRev === line.orderRev) {
    return orderRev === line.orderRev ? { ...model, line: { ...line, parameters } } : 'gap';
  }
  if (change.fromRev !== line.orderRev) return 'gap';
  const ahead = applyOrderChange(line.ahead, change);
  return ahead === null ? 'gap' : { ...model, line: { ...line, ahead, orderRev, parameters } };
}

/** The promise as of `serverNowMs`: counts down between messages, and says why when it rises (QP-12). */
export function refreshPromise(model: TicketModel, serverNowMs: number): TicketModel {
  const { line } = model;
  if (!line) return model;
  const { ahead, parameters } = line;
  const ageSeconds = Math.max(0, serverNowMs - Date.parse(parameters.at)) / 1_000;
  const estimate = estimatePlace(parameters, ahead, ageSeconds);
  return { ...model, line: { ...line, promise: keepPromise(line.promise, { ahead, estimate }, parameters.reason) } };
}

export function viewLine({ line }: TicketModel): LineView | null {
  return line && { ahead: line.ahead, wait: displayEstimate(line.promise.estimate) };
}

/** Names a call or recall, so that each rings once; null while nobody calls. */
export function callOf({ state, calledAt, callCount }: HolderTicketDto): string | null {
  return state === 'called' ? `${calledAt ?? ''} ${callCount}` : null;
}

/** Nothing will happen to this ticket any more. */
export function isOver({ state, canRate, canComeBack }: HolderTicketDto): boolean {
  if (state === 'no-show') return !canComeBack;
  return state === 'cancelled' || state === 'expired' || (state === 'completed' && !canRate);
}

/**
 * Who is next. One function orders a line as calling again and again would serve it; "call next", the preview on the console, the
 * place on a phone and the sentence that says why all read the same order (queue.md 3.1). The layers stand in `ranking.ts`, the
 * rules of taking turns in `turns.ts`.
 */
import type { CounterId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { CallReason } from './events.js';
import { findCounter, type Floor, type FloorTicket } from './floor.js';
import { compareRanked, createRanker, isCallable, type LineQuery, type PinReader, type Ranked } from './ranking.js';
import type { QueueSetup } from './setup.js';
import { takeNaturalTurns, takeTurns, type Turn } from './turns.js';

export type { LineQuery };

export interface LineEntry {
  readonly ticket: FloorTicket;
  readonly reason: CallReason;
}

/** The line in the order in which it would be called. O(n log n). */
export function orderLine(floor: Floor, setup: QueueSetup, query: LineQuery): LineEntry[] {
  const turns = takeTurns(rankLine(floor, setup, query), runOf(floor, query.counterId));
  return Array.from(turns, (turn) => explain(turn, query.nowMs));
}

/** The ticket that this counter would call now, and why. */
export function select(floor: Floor, setup: QueueSetup, counterId: CounterId, nowMs: number): LineEntry | undefined {
  const query = queryOf(setup, counterId, nowMs);
  for (const turn of takeTurns(rankLine(floor, setup, query), runOf(floor, counterId))) return explain(turn, nowMs);
  return undefined;
}

/** Tickets that let this one pass when the counter calls it now: they stand before it and still owe places. */
export function findPassed(
  floor: Floor,
  setup: QueueSetup,
  request: { readonly counterId: CounterId; readonly ticket: FloorTicket; readonly nowMs: number },
): TicketId[] {
  const { counterId, ticket, nowMs } = request;
  const query = queryOf(setup, counterId, nowMs);
  const isInLine = createLineFilter(floor, setup, { ...query, includesAbsent: true });
  const owing = [...floor.waiting]
    .map((id) => floor.tickets.get(id))
    .filter((other): other is FloorTicket => other !== undefined && other.placesBehind > 0)
    .filter((other) => other.id !== ticket.id && isInLine(other));
  if (owing.length === 0) return [];
  const before = new Set<TicketId>();
  for (const { entry } of takeNaturalTurns(rankLine(floor, setup, query), runOf(floor, counterId))) {
    if (entry.ticket.id === ticket.id) break;
    before.add(entry.ticket.id);
  }
  const rank = createRanker(setup, query, createPinReader(floor, setup));
  const called = rank(ticket);
  // Turns are for those who can be called; whoever is not here yet compares by rank alone.
  const hasTurn = createLineFilter(floor, setup, query);
  const isCalledInTurn = hasTurn(ticket);
  return owing
    .filter((other) =>
      isCalledInTurn && hasTurn(other) ? before.has(other.id) : compareRanked(rank(other), called) < 0,
    )
    .map(({ id }) => id);
}

/** Services that are served by the counters of this pool together. */
export function servicesOfPool(setup: QueueSetup, pool: string): Set<ServiceId> {
  const ids = new Set<ServiceId>();
  for (const service of setup.services.values()) if (service.pool === pool) ids.add(service.id);
  return ids;
}

function queryOf(setup: QueueSetup, counterId: CounterId, nowMs: number): LineQuery {
  const serviceIds = new Set(setup.counters.get(counterId)?.serviceIds);
  return { serviceIds, nowMs, counterId, includesAbsent: false };
}

function runOf(floor: Floor, counterId: CounterId | null): number {
  return counterId === null ? 0 : findCounter(floor, counterId).statutoryRun;
}

/** Nobody waits for a counter where nobody sits, that is gone, or that serves something else by now. */
function createPinReader(floor: Floor, setup: QueueSetup): PinReader {
  return ({ pinnedCounterId, serviceId }) => {
    if (pinnedCounterId === null || findCounter(floor, pinnedCounterId).status === 'closed') return null;
    const counter = setup.counters.get(pinnedCounterId);
    return counter && !counter.isArchived && counter.serviceIds.includes(serviceId) ? pinnedCounterId : null;
  };
}

function createLineFilter(floor: Floor, setup: QueueSetup, query: LineQuery): (ticket: FloorTicket) => boolean {
  const { serviceIds, counterId, includesAbsent, nowMs } = query;
  const pinOf = createPinReader(floor, setup);
  return (ticket) => {
    if (!serviceIds.has(ticket.serviceId)) return false;
    const pin = counterId === null ? null : pinOf(ticket);
    return (pin === null || pin === counterId) && (includesAbsent || isCallable(ticket, setup, nowMs));
  };
}

function rankLine(floor: Floor, setup: QueueSetup, query: LineQuery): Ranked[] {
  const rank = createRanker(setup, query, createPinReader(floor, setup));
  const isInLine = createLineFilter(floor, setup, query);
  const ranked: Ranked[] = [];
  for (const id of floor.waiting) {
    const ticket = floor.tickets.get(id);
    if (ticket && isInLine(ticket)) ranked.push(rank(ticket));
  }
  return ranked.sort(compareRanked);
}

const rules: Readonly<Record<Ranked['layer'], CallReason['rule']>> = {
  front: 'pinned',
  statutory: 'statutory',
  appointment: 'appointment',
  guarded: 'longest-wait',
  credit: 'longest-wait',
  early: 'appointment',
};

function explain({ entry: { ticket, priority, layer }, isAlternation }: Turn, nowMs: number): LineEntry {
  const isFavoured = layer === 'credit' && priority !== undefined;
  const rule = isAlternation ? 'alternation' : isFavoured ? 'credit' : rules[layer];
  const waitedMs = Math.max(0, nowMs - ticket.queuedAtMs);
  return { ticket, reason: { rule, classKey: priority?.key ?? null, waitedMs, note: null } };
}

/**
 * Who is next. One function orders a line as calling again and again would serve it; "call next", the preview on the console, the
 * place on a phone and the sentence that says why all read the same order (queue.md 3.1).
 *
 * Layers, each before the next:
 * 1. tickets sent to the front, and tickets kept for this counter if the policy puts them first;
 * 2. statutory classes, by waiting time; after `maxConsecutive` of them in a row at a counter one of the others is called;
 * 3. appointments whose time has come, by the later of their time and their arrival;
 * 4. everybody else by credit = rate × waited + head start, ties by waiting time and number. Who has waited longer than
 *    `maxWaitMinutes` is served in order of waiting time before anybody who would pass them by a soft class.
 * Last, whoever asked for more time or pays for a missed call lets that many others pass.
 */
import type { CounterId, ServiceId } from '@frontdesk/protocol/ids';
import type { CallReason } from './events.js';
import { findCounter, type Floor, type FloorTicket } from './floor.js';
import type { PriorityClass, QueueSetup } from './setup.js';

const minuteMs = 60_000;

export interface LineQuery {
  readonly serviceIds: ReadonlySet<ServiceId>;
  readonly nowMs: number;
  /** The counter that would call; tickets kept for another one are left out. null: of the whole pool, for places in line. */
  readonly counterId: CounterId | null;
  /** Tickets whose holders are not here yet keep their place but cannot be called. */
  readonly includesAbsent: boolean;
}

export interface LineEntry {
  readonly ticket: FloorTicket;
  readonly reason: CallReason;
}

interface Ranked {
  readonly ticket: FloorTicket;
  readonly priority: PriorityClass | undefined;
  readonly layer: 'front' | 'statutory' | 'appointment' | 'guarded' | 'credit';
  /** Within a layer: the smallest first. */
  readonly score: number;
}

const layers: Readonly<Record<Ranked['layer'], number>> = {
  front: 0,
  statutory: 1,
  appointment: 2,
  guarded: 3,
  credit: 4,
};

/** The line in the order in which it would be called. O(n log n). */
export function orderLine(floor: Floor, setup: QueueSetup, query: LineQuery): LineEntry[] {
  const classes = new Map(setup.policy.classes.map((priority) => [priority.key, priority]));
  const ranked: Ranked[] = [];
  for (const id of floor.waiting) {
    const ticket = floor.tickets.get(id);
    if (!ticket || !isCandidate(ticket, setup, query)) continue;
    const priority = ticket.classKey === null ? undefined : classes.get(ticket.classKey);
    ranked.push(rank(ticket, priority, setup, query));
  }
  ranked.sort(compareRanked);
  const run = query.counterId === null ? 0 : findCounter(floor, query.counterId).statutoryRun;
  return letOthersPass(alternate(ranked, run, query.nowMs));
}

/** The ticket that this counter would call now, and why. */
export function select(floor: Floor, setup: QueueSetup, counterId: CounterId, nowMs: number): LineEntry | undefined {
  const counter = setup.counters.get(counterId);
  if (!counter) return undefined;
  const serviceIds = new Set(counter.serviceIds);
  return orderLine(floor, setup, { serviceIds, nowMs, counterId, includesAbsent: false })[0];
}

/** Services that are served by the counters of this pool together. */
export function servicesOfPool(setup: QueueSetup, pool: string): Set<ServiceId> {
  const ids = new Set<ServiceId>();
  for (const service of setup.services.values()) if (service.pool === pool) ids.add(service.id);
  return ids;
}

function isCandidate(ticket: FloorTicket, setup: QueueSetup, query: LineQuery): boolean {
  if (!query.serviceIds.has(ticket.serviceId)) return false;
  const { counterId, includesAbsent, nowMs } = query;
  if (counterId !== null && ticket.pinnedCounterId !== null && ticket.pinnedCounterId !== counterId) return false;
  if (includesAbsent) return true;
  if (ticket.presence === 'remote') return false;
  const leadMs = setup.policy.appointment.leadMinutes * minuteMs;
  return ticket.bookedForMs === null || nowMs >= ticket.bookedForMs - leadMs;
}

function rank(
  ticket: FloorTicket,
  priority: PriorityClass | undefined,
  { policy }: QueueSetup,
  { nowMs, counterId }: LineQuery,
): Ranked {
  const waitedMs = nowMs - ticket.queuedAtMs;
  const isKept = policy.isPinnedFirst && counterId !== null && ticket.pinnedCounterId === counterId;
  if (ticket.frontAtMs !== null) return { ticket, priority, layer: 'front', score: ticket.frontAtMs };
  if (isKept) return { ticket, priority, layer: 'front', score: ticket.queuedAtMs };
  if (priority?.kind === 'statutory') return { ticket, priority, layer: 'statutory', score: ticket.queuedAtMs };
  if (ticket.bookedForMs !== null) return { ticket, priority, layer: 'appointment', score: ticket.queuedAtMs };
  if (policy.maxWaitMinutes !== null && waitedMs > policy.maxWaitMinutes * minuteMs) {
    return { ticket, priority, layer: 'guarded', score: ticket.queuedAtMs };
  }
  const creditMs = (priority?.rate ?? 1) * waitedMs + (priority?.headStartMinutes ?? 0) * minuteMs;
  return { ticket, priority, layer: 'credit', score: -creditMs };
}

function compareRanked(one: Ranked, other: Ranked): number {
  return (
    layers[one.layer] - layers[other.layer] ||
    one.score - other.score ||
    one.ticket.queuedAtMs - other.ticket.queuedAtMs ||
    one.ticket.issueSequence - other.ticket.issueSequence
  );
}

const rules: Readonly<Record<Ranked['layer'], CallReason['rule']>> = {
  front: 'pinned',
  statutory: 'statutory',
  appointment: 'appointment',
  guarded: 'longest-wait',
  credit: 'longest-wait',
};

function explain({ ticket, priority, layer }: Ranked, nowMs: number, isAlternation: boolean): CallReason {
  const isFavoured = layer === 'credit' && priority !== undefined;
  const rule = isAlternation ? 'alternation' : isFavoured ? 'credit' : rules[layer];
  return { rule, classKey: priority?.key ?? null, waitedMs: Math.max(0, nowMs - ticket.queuedAtMs), note: null };
}

/** Where the law allows it, one of the others is called after so many statutory tickets in a row. */
function alternate(ranked: readonly Ranked[], runSoFar: number, nowMs: number): LineEntry[] {
  const front = ranked.filter(({ layer }) => layer === 'front');
  const statutory = ranked.filter(({ layer }) => layer === 'statutory');
  const others = ranked.filter(({ layer }) => layer !== 'front' && layer !== 'statutory');
  const line = front.map((entry) => ({ ticket: entry.ticket, reason: explain(entry, nowMs, false) }));
  let run = runSoFar;
  let taken = 0;
  for (const entry of statutory) {
    const most = entry.priority?.maxConsecutive ?? null;
    const other = others[taken];
    if (most !== null && run >= most && other) {
      line.push({ ticket: other.ticket, reason: explain(other, nowMs, true) });
      taken += 1;
      run = 0;
    }
    line.push({ ticket: entry.ticket, reason: explain(entry, nowMs, false) });
    run += 1;
  }
  for (const other of others.slice(taken)) line.push({ ticket: other.ticket, reason: explain(other, nowMs, false) });
  return line;
}

function letOthersPass(line: LineEntry[]): LineEntry[] {
  for (let at = line.length - 1; at >= 0; at -= 1) {
    const entry = line[at];
    if (!entry || entry.ticket.placesBehind === 0) continue;
    line.splice(at, 1);
    line.splice(at + entry.ticket.placesBehind, 0, entry);
  }
  return line;
}

/**
 * The natural order of a line (queue.md 3.1), before anybody lets others pass and before `maxConsecutive`. Layers, each before the
 * next:
 * 1. tickets sent to the front, and tickets kept for this counter if the policy puts them first;
 * 2. statutory classes, by waiting time;
 * 3. appointments whose time has come, by the later of their time and their arrival;
 * 4. who has waited longer than `maxWaitMinutes`, by waiting time, so that no soft class passes them;
 * 5. everybody else by credit = rate × waited + head start.
 * Ties go to who has waited longer, then to the smaller number. Appointments that may not be called yet stand at the end.
 */
import type { ServiceId, CounterId } from '@frontdesk/protocol/ids';
import type { FloorTicket } from './floor.js';
import type { PriorityClass, QueueSetup } from './setup.js';

const minuteMs = 60_000;

export interface LineQuery {
  readonly serviceIds: ReadonlySet<ServiceId>;
  readonly nowMs: number;
  /** The counter that would call; tickets kept for another one are left out. null: of the whole pool, for places in line. */
  readonly counterId: CounterId | null;
  /** Tickets that cannot be called yet are in the line too: holders who are not here keep their place. */
  readonly includesAbsent: boolean;
}

type Layer = 'front' | 'statutory' | 'appointment' | 'guarded' | 'credit' | 'early';

export interface Ranked {
  readonly ticket: FloorTicket;
  readonly priority: PriorityClass | undefined;
  readonly layer: Layer;
  /** Within a layer: the smallest first. */
  readonly score: number;
}

const layers: Readonly<Record<Layer, number>> = {
  front: 0,
  statutory: 1,
  appointment: 2,
  guarded: 3,
  credit: 4,
  early: 5,
};

/** A ticket is kept for a counter only as long as somebody sits there who may serve it. */
export type PinReader = (ticket: FloorTicket) => CounterId | null;

function isEarly({ bookedForMs }: FloorTicket, { policy }: QueueSetup, nowMs: number): boolean {
  return bookedForMs !== null && nowMs < bookedForMs - policy.appointment.leadMinutes * minuteMs;
}

/** Whether this counter (or the pool) could call the ticket now. */
export function isCallable(ticket: FloorTicket, setup: QueueSetup, nowMs: number): boolean {
  return ticket.presence === 'onsite' && !isEarly(ticket, setup, nowMs);
}

export function createRanker(setup: QueueSetup, { nowMs, counterId }: LineQuery, pinOf: PinReader) {
  const { policy } = setup;
  const classes = new Map(policy.classes.map((priority) => [priority.key, priority]));
  const guardMs = policy.maxWaitMinutes === null ? Infinity : policy.maxWaitMinutes * minuteMs;

  return function rank(ticket: FloorTicket): Ranked {
    const priority = ticket.classKey === null ? undefined : classes.get(ticket.classKey);
    const { queuedAtMs } = ticket;
    const at = (layer: Layer, score = queuedAtMs): Ranked => ({ ticket, priority, layer, score });
    if (isEarly(ticket, setup, nowMs)) return at('early', ticket.bookedForMs ?? queuedAtMs);
    if (ticket.frontAtMs !== null) return at('front', ticket.frontAtMs);
    if (policy.isPinnedFirst && counterId !== null && pinOf(ticket) === counterId) return at('front');
    if (priority?.kind === 'statutory') return at('statutory');
    if (ticket.bookedForMs !== null) return at('appointment');
    const waitedMs = nowMs - queuedAtMs;
    if (waitedMs > guardMs) return at('guarded');
    const creditMs = (priority?.rate ?? 1) * waitedMs + (priority?.headStartMinutes ?? 0) * minuteMs;
    return at('credit', -creditMs);
  };
}

export function compareRanked(one: Ranked, other: Ranked): number {
  return (
    layers[one.layer] - layers[other.layer] ||
    one.score - other.score ||
    one.ticket.queuedAtMs - other.ticket.queuedAtMs ||
    one.ticket.issueSequence - other.ticket.issueSequence
  );
}

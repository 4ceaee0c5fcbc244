/** What one location's lines look like at one revision, for its phones: floor, paces, and the order that was published last. */
import { createFloor, type LiveFloor } from '@frontdesk/domain/queue/apply-event';
import { buildParameters } from '@frontdesk/domain/queue/estimate-parameters';
import type { Floor } from '@frontdesk/domain/queue/floor';
import { createPoolHistory } from '@frontdesk/domain/queue/history';
import { createPoolPulse, type PoolPulse } from '@frontdesk/domain/queue/pulse-pool';
import { orderLine, servicesOfPool } from '@frontdesk/domain/queue/select';
import type { ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { EstimateParameters } from '@frontdesk/protocol/queue-tickets';
import type { Clock } from '../core/clock.js';
import type { PoolDays } from './day.service.js';
import type { FullSetup, LoggedEvent, QueueHandle } from './queue.types.js';

/** Waiting longer changes the order where credit grows at different rates; an order older than this is computed again. */
const ORDER_TTL_MS = 1_000;

/** An order as the phones of a pool were told it; `orderRev` names it, and no other order of any process. */
export interface Order {
  readonly orderRev: number;
  readonly ids: readonly TicketId[];
  /** How many would be called before; undefined for a ticket that is not in it. */
  aheadOf(id: TicketId): number | undefined;
}

/** What all phones of a pool know alike: read together, so that two phones of one ticket say the same (QP-2). */
export interface Published {
  readonly order: Order;
  readonly parameters: EstimateParameters;
  /** Revision of the queue that it was read at. */
  readonly rev: number;
  readonly atMs: number;
}

/** What one keeper knows, at the revision of its floor. */
export interface Keeper {
  readonly queue: QueueHandle;
  readonly floor: Floor;
  readonly setup: FullSetup;
  readonly pools: readonly string[];
  poolOf(serviceId: ServiceId): string;
  /** The line as it is now; O(n log n) when something happened since it was last asked for. */
  readLine(pool: string): readonly TicketId[];
  /** What was published last; every phone that hears of changes knows it. */
  published(pool: string): Published | undefined;
  /** Publishes the line as it is now. An order that did not change keeps its name. */
  publish(pool: string): Published;
  /** As of now; O(counters). */
  parameters(pool: string): EstimateParameters;
}

export interface KeeperDeps {
  readonly days: PoolDays;
  readonly clock: Clock;
}

interface FreshLine {
  readonly ids: readonly TicketId[];
  readonly rev: number;
  readonly atMs: number;
}

export class LineKeeper implements Keeper {
  readonly queue: QueueHandle;
  readonly setup: FullSetup;
  readonly floor: LiveFloor = createFloor();
  readonly #clock: Clock;
  readonly #days: PoolDays;
  readonly #pulses = new Map<string, PoolPulse>();
  readonly #fresh = new Map<string, FreshLine>();
  readonly #published: Map<string, Published>;

  constructor(queue: QueueHandle, setup: FullSetup, before: LineKeeper | undefined, deps: KeeperDeps) {
    this.queue = queue;
    this.setup = setup;
    this.#clock = deps.clock;
    this.#days = deps.days;
    this.#published = before ? before.#published : new Map<string, Published>();
  }

  get pools(): string[] {
    return [...new Set([...this.setup.services.values()].map(({ pool }) => pool))];
  }

  poolOf(serviceId: ServiceId): string {
    return this.setup.services.get(serviceId)?.pool ?? '';
  }

  /** A day that ends is written down before it is gone. */
  apply(event: LoggedEvent): void {
    if (event.changes.some(({ type }) => type === 'day-began')) this.save();
    this.floor.apply(event);
    for (const pool of this.pools) this.#pulseOf(pool).observe(event, this.floor);
  }

  save(): void {
    for (const pulse of this.#pulses.values()) {
      if (pulse.serviceDay !== '') this.#days.note(this.queue, pulse.pool, pulse.summarize(), this.floor.rev);
    }
  }

  readLine(pool: string): readonly TicketId[] {
    const nowMs = this.#clock.now();
    const known = this.#fresh.get(pool);
    if (known?.rev === this.floor.rev && nowMs - known.atMs < ORDER_TTL_MS) return known.ids;
    const serviceIds = servicesOfPool(this.setup, pool);
    const line = orderLine(this.floor, this.setup, { serviceIds, nowMs, counterId: null, includesAbsent: true });
    const ids = line.map(({ ticket }) => ticket.id);
    this.#fresh.set(pool, { ids, rev: this.floor.rev, atMs: nowMs });
    return ids;
  }

  published(pool: string): Published | undefined {
    return this.#published.get(pool);
  }

  publish(pool: string): Published {
    const atMs = this.#clock.now();
    const before = this.#published.get(pool)?.order;
    const ids = this.readLine(pool);
    // Counted from the clock, so that another process, or this one after a restart, never means another order by the same number.
    const order =
      before && isSameOrder(before.ids, ids) ? before : createOrder(ids, Math.max((before?.orderRev ?? 0) + 1, atMs));
    const published = { order, parameters: this.parameters(pool), rev: this.floor.rev, atMs };
    this.#published.set(pool, published);
    return published;
  }

  parameters(pool: string): EstimateParameters {
    return buildParameters(this.#pulseOf(pool), this.floor, this.setup, this.#clock.now());
  }

  #pulseOf(pool: string): PoolPulse {
    const known = this.#pulses.get(pool);
    const { serviceDay } = this.floor;
    if (known?.serviceDay === serviceDay) return known;
    const history = createPoolHistory(this.#days.list(this.queue, pool), serviceDay);
    const pulse = createPoolPulse(this.setup, pool, serviceDay, history);
    this.#pulses.set(pool, pulse);
    return pulse;
  }
}

function createOrder(ids: readonly TicketId[], orderRev: number): Order {
  const ranks = new Map(ids.map((id, rank) => [id, rank]));
  return { orderRev, ids, aheadOf: (id) => ranks.get(id) };
}

function isSameOrder(one: readonly TicketId[], other: readonly TicketId[]): boolean {
  return one.length === other.length && one.every((id, rank) => id === other[rank]);
}

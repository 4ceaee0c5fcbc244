/**
 * The lines of each queue as its phones follow them: one keeper per location with a floor of its own, which is exactly at the last
 * event that was told (the live one runs ahead within a batch), a pulse per pool, and the order that was last published.
 *
 * A keeper is built from the log of the day and then fed each event. It can be thrown away at any time; when the owner changes the
 * setup another one takes its place, and the published order goes on from where it was.
 */
import { createFloor, type LiveFloor } from '@frontdesk/domain/queue/apply-event';
import { buildParameters } from '@frontdesk/domain/queue/estimate-parameters';
import type { Floor } from '@frontdesk/domain/queue/floor';
import { createPoolHistory } from '@frontdesk/domain/queue/history';
import { createPoolPulse, type PoolPulse } from '@frontdesk/domain/queue/pulse-pool';
import { orderLine, servicesOfPool } from '@frontdesk/domain/queue/select';
import type { ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { EstimateParameters } from '@frontdesk/protocol/queue-tickets';
import type { EventBus } from '../core/bus.js';
import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import type { PoolDays } from './day.service.js';
import type { EventStore } from './event.store.js';
import type { QueueLog } from './queue-log.js';
import type { FullSetup, LoggedEvent, QueueHandle } from './queue.types.js';

/** Events that one turn of the event loop folds while a keeper is built. */
const SLICE_SIZE = 200;
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

/** Told after the keeper took an event, in order. */
export type LineListener = (keeper: Keeper, event: LoggedEvent) => void;

export interface PoolLines {
  /** The keeper of a queue, built if there is none. Throws NOT_FOUND for a location of another tenant. */
  load(queue: QueueHandle): Promise<Keeper>;
  peek(queue: QueueHandle): Keeper | undefined;
  subscribe(listener: LineListener): () => void;
  /** Told whenever a queue was read from its log. */
  onBuilt(listener: (keeper: Keeper) => void): void;
  start(): void;
  stop(): Promise<void>;
}

export interface PoolLinesDeps {
  readonly queueLog: QueueLog;
  readonly events: Pick<EventStore, 'readCurrentDay' | 'readAfter'>;
  readonly days: PoolDays;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly log: Logger;
}

interface FreshLine {
  readonly ids: readonly TicketId[];
  readonly rev: number;
  readonly atMs: number;
}

class LineKeeper implements Keeper {
  readonly queue: QueueHandle;
  readonly setup: FullSetup;
  readonly floor: LiveFloor = createFloor();
  readonly #clock: Clock;
  readonly #days: PoolDays;
  readonly #pulses = new Map<string, PoolPulse>();
  readonly #fresh = new Map<string, FreshLine>();
  readonly #published: Map<string, Published>;

  constructor(queue: QueueHandle, setup: FullSetup, before: LineKeeper | undefined, deps: PoolLinesDeps) {
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

/** What decides about lines; two readings of the same setup are two objects. */
function fingerprint({ services, counters, policy, hours, timeZone, dayStart }: FullSetup): string {
  return JSON.stringify([[...services], [...counters], policy, hours, timeZone, dayStart]);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

interface Slot {
  readonly queue: QueueHandle;
  keeper: LineKeeper | undefined;
  building: Promise<LineKeeper> | undefined;
  /** What was told while a keeper is built. */
  readonly buffer: LoggedEvent[];
  setup: FullSetup | undefined;
  fingerprint: string;
}

export function createPoolLines(deps: PoolLinesDeps): PoolLines {
  const { queueLog, events, log } = deps;
  const slots = new Map<string, Slot>();
  const listeners = new Set<LineListener>();
  const builtListeners = new Set<(keeper: Keeper) => void>();
  const stops: (() => void)[] = [];

  function openSlot({ tenantId, locationId }: QueueHandle): Slot {
    const key = `${tenantId}:${locationId}`;
    const slot: Slot = slots.get(key) ?? {
      queue: { tenantId, locationId },
      keeper: undefined,
      building: undefined,
      buffer: [],
      setup: undefined,
      fingerprint: '',
    };
    slots.set(key, slot);
    return slot;
  }

  /** From the log; then what was told meanwhile. Reading the queue first begins its day and makes sure that everything is told. */
  async function build(slot: Slot): Promise<LineKeeper> {
    const { queue } = slot;
    slot.buffer.length = 0;
    const { setup } = await queueLog.read(queue);
    await deps.days.load(queue, setup);
    const keeper = new LineKeeper(queue, setup, slot.keeper, deps);
    const logged = await events.readCurrentDay(queue, queue.locationId);
    for (let at = 0; at < logged.length; at += SLICE_SIZE) {
      for (const event of logged.slice(at, at + SLICE_SIZE)) keeper.apply(event);
      await nextTurn();
    }
    slot.setup = setup;
    slot.fingerprint = fingerprint(setup);
    const before = slot.keeper?.floor.rev ?? keeper.floor.rev;
    slot.keeper = keeper;
    for (const event of slot.buffer) feed(slot, event);
    slot.buffer.length = 0;
    // Events that only the new one knows (the old one had missed them) are told from here on.
    for (const event of logged) if (event.rev > before) tell(keeper, event);
    for (const listener of builtListeners) listener(keeper);
    return keeper;
  }

  function rebuild(slot: Slot): Promise<LineKeeper> {
    slot.building ??= build(slot).finally(() => {
      slot.building = undefined;
    });
    return slot.building;
  }

  function tell(keeper: LineKeeper, event: LoggedEvent): void {
    for (const listener of listeners) listener(keeper, event);
  }

  function feed(slot: Slot, event: LoggedEvent): void {
    const { keeper } = slot;
    if (!keeper || event.rev <= keeper.floor.rev) return;
    if (event.rev !== keeper.floor.rev + 1) {
      inBackground(rebuild(slot));
      return;
    }
    keeper.apply(event);
    tell(keeper, event);
  }

  function inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => log.warn({ err: error }, 'the lines of a queue could not be read'));
  }

  /** Another process may have changed the setup, of which no event of this one's bus tells. */
  function noticeSetup(slot: Slot, setup: FullSetup): void {
    if (slot.setup === setup || slot.setup === undefined) return;
    slot.setup = setup;
    if (fingerprint(setup) !== slot.fingerprint) inBackground(rebuild(slot));
  }

  return {
    async load(queue) {
      const slot = openSlot(queue);
      return slot.keeper ?? rebuild(slot);
    },
    peek: ({ tenantId, locationId }) => slots.get(`${tenantId}:${locationId}`)?.keeper,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onBuilt: (listener) => void builtListeners.add(listener),
    start() {
      stops.push(
        queueLog.subscribe((queue, event, { setup }) => {
          const slot = openSlot(queue);
          if (slot.building) slot.buffer.push(event);
          if (!slot.keeper) inBackground(rebuild(slot));
          feed(slot, event);
          noticeSetup(slot, setup);
        }),
        deps.bus.subscribe('queue:setup-changed', async (queue) => {
          const slot = openSlot(queue);
          // One that is being built may have read the setup before the change.
          if (slot.building) await slot.building.catch(() => undefined);
          if (slot.keeper) await rebuild(slot);
        }),
      );
    },
    async stop() {
      for (const stop of stops) stop();
      await Promise.allSettled([...slots.values()].flatMap(({ building }) => building ?? []));
      for (const { keeper } of slots.values()) keeper?.save();
      await deps.days.flush();
    },
  };
}

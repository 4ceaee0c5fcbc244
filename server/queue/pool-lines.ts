/**
 * The lines of each queue as its phones follow them: one keeper per location with a floor of its own, which is exactly at the last
 * event that was told (the live one runs ahead within a batch), a pulse per pool, and the order that was last published.
 *
 * A keeper is built from the log of the day and then fed each event. It can be thrown away at any time; when the owner changes the
 * setup another one takes its place, and the published order goes on from where it was.
 */
import type { EventBus } from '../core/bus.js';
import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import type { PoolDays } from './day.service.js';
import type { EventStore } from './event.store.js';
import { LineKeeper, type Keeper } from './line-keeper.js';
import { queueKey } from './queue-key.js';
import type { QueueLog } from './queue-log.js';
import type { FullSetup, LoggedEvent, QueueHandle } from './queue.types.js';

export type { Keeper, Order, Published } from './line-keeper.js';

/** Events that one turn of the event loop folds while a keeper is built. */
const SLICE_SIZE = 200;
/** Told after the keeper took an event, in order. */
export type LineListener = (keeper: Keeper, event: LoggedEvent) => void;

export interface PoolLines {
  /** The keeper of a queue, built if there is none. Throws NOT_FOUND for a location of another tenant. */
  load(queue: QueueHandle): Promise<Keeper>;
  peek(queue: QueueHandle): Keeper | undefined;
  /** Somebody follows these lines: they stay in memory. */
  keep(queue: QueueHandle): void;
  subscribe(listener: LineListener): () => void;
  /** Told of every queue whose lines have left the memory. */
  onLeft(listener: (queue: QueueHandle) => void): void;
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
    const key = queueKey({ tenantId, locationId });
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

  /** Without its queue a keeper would stand still and not know it. */
  function drop(queue: QueueHandle): void {
    const key = queueKey(queue);
    slots.get(key)?.keeper?.save();
    slots.delete(key);
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
      queueLog.keep(queue);
      return slot.keeper ?? rebuild(slot);
    },
    keep: queueLog.keep,
    onLeft: queueLog.onLeft,
    peek: (queue) => slots.get(queueKey(queue))?.keeper,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onBuilt: (listener) => void builtListeners.add(listener),
    start() {
      queueLog.onLeft(drop);
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

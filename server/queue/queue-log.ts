/**
 * The one way to change a queue (decision 0009). A lane per location lines up the commands of this process (`queue-lane.ts`); here
 * they are kept, compared with the log for what other processes wrote, and let go when nobody asks any more.
 */
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { EventStore } from './event.store.js';
import { clockActor, createQueueLane, type Committed, type QueueCommand, type QueueLane } from './queue-lane.js';
import { queueKey } from './queue-key.js';
import type { LiveSituation, LoggedEvent, QueueHandle, QueueListener, Setups } from './queue.types.js';

export type { Committed, QueueCommand } from './queue-lane.js';

/** A queue in memory is compared with the log this often. */
const TAIL_INTERVAL_MS = 1_000;
/** A queue that nobody asked for this long leaves the memory. */
const IDLE_MS = 30 * 60_000;

export interface QueueLog {
  /** Throws the refusal of the decision as an AppError, IDEMPOTENCY_MISMATCH, or BUSY. */
  run(queue: QueueHandle, command: QueueCommand): Promise<Committed>;
  /** The queue as it is now, with a service day that is today's. */
  read(queue: QueueHandle): Promise<LiveSituation>;
  /** As this process last knew it; undefined for a queue that nobody has asked for. */
  peek(queue: QueueHandle): LiveSituation | undefined;
  /** Every queue that this process has in memory. */
  listLoaded(): QueueHandle[];
  subscribe(listener: QueueListener): () => void;
  /** Somebody listens to this queue: it does not leave the memory. */
  keep(queue: QueueHandle): void;
  /** Told of every queue that has left the memory: nobody here hears what other processes write to it from then on. */
  onLeft(listener: (queue: QueueHandle) => void): void;
  start(): void;
  stop(): Promise<void>;
}

export interface QueueLogDeps {
  readonly store: EventStore;
  readonly setups: Setups;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Kept {
  readonly lane: QueueLane;
  usedAtMs: number;
}

/** Changes nothing. */
const look: QueueCommand = {
  actor: clockActor,
  key: null,
  inputHash: null,
  decide: () => ({ ok: true, changes: [] }),
};

export function createQueueLog({ store, setups, clock, log }: QueueLogDeps): QueueLog {
  const lanes = new Map<string, Kept>();
  const listeners = new Set<QueueListener>();
  const leftListeners = new Set<(queue: QueueHandle) => void>();
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;

  function tell(queue: QueueHandle, event: LoggedEvent, situation: LiveSituation): void {
    for (const listener of listeners) {
      try {
        listener(queue, event, situation);
      } catch (error) {
        log.error({ err: error }, 'a listener of the queue failed');
      }
    }
  }

  function openLane({ tenantId, locationId }: QueueHandle): QueueLane {
    const key = queueKey({ tenantId, locationId });
    const kept = lanes.get(key) ?? {
      lane: createQueueLane({ tenantId, locationId }, { store, setups, clock, tell }),
      usedAtMs: 0,
    };
    lanes.set(key, kept);
    kept.usedAtMs = clock.now();
    return kept.lane;
  }

  async function run(queue: QueueHandle, command: QueueCommand): Promise<Committed> {
    if (isStopped) throw new AppError('DRAINING', { retryAfterMs: 2_000 });
    return openLane(queue).enqueue(command);
  }

  function forgetIdle(): void {
    const limit = clock.now() - IDLE_MS;
    for (const [key, { lane, usedAtMs }] of lanes) {
      if (lane.isBusy() || usedAtMs >= limit) continue;
      lanes.delete(key);
      for (const listener of leftListeners) listener(lane);
    }
  }

  async function tail(): Promise<void> {
    forgetIdle();
    for (const { lane } of lanes.values()) {
      if (isStopped) return;
      await lane.catchUp().catch((error: unknown) => log.warn({ err: error }, 'the log of a queue could not be read'));
    }
  }

  function schedule(): void {
    timer = setTimeout(() => void tail().finally(() => !isStopped && schedule()), TAIL_INTERVAL_MS);
    timer.unref();
  }

  return {
    run,
    async read(queue) {
      return (await run(queue, look)).situation;
    },
    peek(queue) {
      const floor = lanes.get(queueKey(queue))?.lane.peek();
      const setup = floor && setups.peek(queue);
      return floor && setup ? { floor, setup, nowMs: clock.now() } : undefined;
    },
    listLoaded: () => [...lanes.values()].flatMap(({ lane }) => (lane.peek() ? lane : [])),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    keep(queue) {
      const kept = lanes.get(queueKey(queue));
      if (kept) kept.usedAtMs = clock.now();
    },
    onLeft: (listener) => void leftListeners.add(listener),
    start: schedule,
    async stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
      await Promise.all([...lanes.values()].map(({ lane }) => lane.settle()));
    },
  };
}

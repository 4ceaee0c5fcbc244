/**
 * The one way to change a queue (decision 0009): decide on the floor at revision n, insert n+1, apply it.
 *
 * A lane per location lines up the commands of this process, and takes several at a time: each is decided on what the ones
 * before it made, all are written by one ordered insert. When another process was faster, the unique index refuses; the lane reads
 * what it missed and decides again. A key that is in the log already brings the first answer.
 */
import type { Decision, Situation } from '@frontdesk/domain/queue/decision';
import { createFloor, type LiveFloor } from '@frontdesk/domain/queue/apply-event';
import { decideDay } from '@frontdesk/domain/queue/decide-location';
import type { QueueActor } from '@frontdesk/domain/queue/events';

import type { Clock } from '../core/clock.js';
import { AppError, duplicateKeyFields } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { EventStore } from './event.store.js';
import type { LiveSituation, LoggedEvent, QueueHandle, QueueListener, Setups } from './queue.types.js';

/** Commands that share an insert. More would make the first wait for the last. */
const BATCH_SIZE = 16;
/** More waiting commands than this at one location means that the store is not keeping up. */
const MAX_WAITING = 2_000;
const MAX_TRIES = 20;
const RETRY_BASE_MS = 2;
const RETRY_MAX_MS = 100;
/** A queue that somebody watches is compared with the log this often, for what other processes wrote. */
const TAIL_INTERVAL_MS = 1_000;
/** A queue that nobody asked for this long leaves the memory. */
const IDLE_MS = 30 * 60_000;

const clockActor: QueueActor = { kind: 'system', id: 'clock', name: 'clock' };

export interface QueueCommand {
  readonly actor: QueueActor;
  /** Idempotency key and hash of the input; null for what the clock does. */
  readonly key: string | null;
  readonly inputHash: string | null;
  /** Pure; may be asked again when somebody else was faster. */
  readonly decide: (situation: Situation) => Decision;
}

export interface Committed {
  /** The event of this command; null when there was nothing to change. */
  readonly event: LoggedEvent | null;
  /** True when an earlier try had written it. */
  readonly isRepeat: boolean;
  readonly situation: LiveSituation;
}

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
  /** Read the setup anew before the next decision. */
  forgetSetup(queue: QueueHandle): void;
  start(): void;
  stop(): Promise<void>;
}

interface Waiting {
  readonly command: QueueCommand;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane extends QueueHandle {
  floor: LiveFloor | null;
  /** Keys of the day that are in the log, so that a retry needs no look-up. */
  readonly keys: Map<string, LoggedEvent>;
  readonly waiting: Waiting[];
  running: Promise<void> | null;
  /** Last event that the listeners heard of; null before the first look at the log. */
  toldRev: number | null;
  usedAtMs: number;
}

export interface QueueLogDeps {
  readonly store: EventStore;
  readonly setups: Setups;
  readonly clock: Clock;
  readonly log: Logger;
}

function pause(attempt: number): Promise<void> {
  const delayMs = Math.random() * Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

function toError(decision: Extract<Decision, { readonly ok: false }>): AppError {
  const { code, message, retryAfterMs, current } = decision.refusal;
  return new AppError(code, {
    message,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(current !== undefined && { current }),
  });
}

export function createQueueLog(deps: QueueLogDeps): QueueLog {
  const { store, setups, clock } = deps;
  const lanes = new Map<string, Lane>();
  const listeners = new Set<QueueListener>();
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;

  function openLane({ tenantId, locationId }: QueueHandle): Lane {
    const id = `${tenantId}:${locationId}`;
    let lane = lanes.get(id);
    if (!lane) {
      lane = {
        tenantId,
        locationId,
        floor: null,
        keys: new Map(),
        waiting: [],
        running: null,
        toldRev: null,
        usedAtMs: 0,
      };
      lanes.set(id, lane);
    }
    lane.usedAtMs = clock.now();
    return lane;
  }

  function tell(lane: Lane, event: LoggedEvent, situation: LiveSituation): void {
    lane.toldRev = event.rev;
    for (const listener of listeners) {
      try {
        listener(lane, event, situation);
      } catch (error) {
        deps.log.error({ err: error }, 'a listener of the queue failed');
      }
    }
  }

  function note(lane: Lane, floor: LiveFloor, event: LoggedEvent): void {
    if (event.changes.some(({ type }) => type === 'day-began')) lane.keys.clear();
    floor.apply(event);
    if (event.key !== null) lane.keys.set(event.key, event);
  }

  /**
   * Brings the floor to the end of the log, from the beginning of the day when there is none. Listeners hear of what they
   * missed; at the first look there is nothing that they could have missed.
   */
  async function catchUp(lane: Lane): Promise<LiveFloor> {
    const floor = lane.floor ?? createFloor();
    const events = lane.floor
      ? await store.readAfter(lane, lane.locationId, floor.rev, Number.MAX_SAFE_INTEGER)
      : await store.readCurrentDay(lane, lane.locationId);
    if (!lane.floor) lane.keys.clear();
    const setup = await setups.read(lane, lane.locationId);
    const { toldRev } = lane;
    for (const event of events) {
      note(lane, floor, event);
      if (toldRev !== null && event.rev > toldRev) tell(lane, event, { floor, setup, nowMs: clock.now() });
    }
    lane.floor = floor;
    lane.toldRev = floor.rev;
    return floor;
  }

  async function findEarlier(lane: Lane, { key, inputHash }: QueueCommand): Promise<LoggedEvent | undefined> {
    if (key === null) return undefined;
    const earlier = lane.keys.get(key) ?? (await store.findByKey(lane, lane.locationId, key));
    if (earlier && earlier.inputHash !== inputHash) throw new AppError('IDEMPOTENCY_MISMATCH');
    return earlier;
  }

  interface Draft {
    readonly waiting: Waiting;
    readonly event: LoggedEvent | null;
  }

  /** Decides one after the other, each on the floor that the ones before it made. */
  function draft(lane: Lane, floor: LiveFloor, situation: LiveSituation, batch: readonly Waiting[]): Draft[] {
    const drafts: Draft[] = [];
    for (const waiting of batch) {
      const { command } = waiting;
      const known = command.key === null ? undefined : lane.keys.get(command.key);
      if (known) {
        settleRepeat(waiting, known, situation);
        continue;
      }
      const decision = command.decide(situation);
      if (!decision.ok) {
        waiting.reject(toError(decision));
        continue;
      }
      if (decision.changes.length === 0) {
        drafts.push({ waiting, event: null });
        continue;
      }
      const event = toEvent(floor, command, decision.changes, situation.nowMs);
      note(lane, floor, event);
      drafts.push({ waiting, event });
    }
    return drafts;
  }

  function toEvent(
    floor: LiveFloor,
    command: QueueCommand,
    changes: LoggedEvent['changes'],
    atMs: number,
  ): LoggedEvent {
    const { actor, key, inputHash } = command;
    const day = changes.find((change) => change.type === 'day-began');
    const serviceDay = day ? day.serviceDay : floor.serviceDay;
    return { rev: floor.rev + 1, atMs, serviceDay, actor, changes, key, inputHash };
  }

  function settleRepeat(waiting: Waiting, earlier: LoggedEvent, situation: LiveSituation): void {
    if (earlier.inputHash === waiting.command.inputHash) {
      waiting.resolve({ event: earlier, isRepeat: true, situation });
    } else {
      waiting.reject(new AppError('IDEMPOTENCY_MISMATCH'));
    }
  }

  async function readSituation(lane: Lane): Promise<LiveSituation & { readonly floor: LiveFloor }> {
    const floor = lane.floor ?? (await catchUp(lane));
    return { floor, setup: await setups.read(lane, lane.locationId), nowMs: clock.now() };
  }

  /** The event that begins today, as the first command of its batch. */
  function dayCommand(situation: Situation): Waiting[] {
    if (decideDay(situation).length === 0) return [];
    const command: QueueCommand = {
      actor: clockActor,
      key: null,
      inputHash: null,
      decide: (now) => ({ ok: true, changes: decideDay(now) }),
    };
    return [{ command, resolve: () => undefined, reject: () => undefined }];
  }

  async function commit(lane: Lane, batch: readonly Waiting[]): Promise<void> {
    let left = batch;
    for (let attempt = 0; attempt < MAX_TRIES && left.length > 0; attempt += 1) {
      const situation = await readSituation(lane);
      const drafts = draft(lane, situation.floor, situation, [...dayCommand(situation), ...left]);
      const events = drafts.flatMap(({ event }) => event ?? []);
      try {
        if (events.length > 0) await store.insert(lane, lane.locationId, events);
        settle(lane, drafts, situation);
        return;
      } catch (error) {
        // What this floor says was never written; it is read again from the log.
        lane.floor = null;
        left = drafts
          .map(({ waiting }) => waiting)
          .filter(({ resolve }) => batch.some((one) => one.resolve === resolve));
        const fields = duplicateKeyFields(error);
        if (!fields) throw error;
        left = fields.includes('key') ? await resolveRepeats(lane, left) : left;
        await pause(attempt);
      }
    }
    for (const { reject } of left) reject(new AppError('BUSY', { retryAfterMs: RETRY_MAX_MS }));
  }

  function settle(lane: Lane, drafts: readonly Draft[], situation: LiveSituation): void {
    for (const { waiting, event } of drafts) {
      if (event) tell(lane, event, situation);
      waiting.resolve({ event, isRepeat: false, situation });
    }
  }

  /** A key from before today: its event is older than the floor. */
  async function resolveRepeats(lane: Lane, batch: readonly Waiting[]): Promise<Waiting[]> {
    const left: Waiting[] = [];
    const situation = await readSituation(lane);
    for (const waiting of batch) {
      try {
        const earlier = await findEarlier(lane, waiting.command);
        if (earlier) waiting.resolve({ event: earlier, isRepeat: true, situation });
        else left.push(waiting);
      } catch (error) {
        waiting.reject(error);
      }
    }
    return left;
  }

  async function work(lane: Lane): Promise<void> {
    while (lane.waiting.length > 0) {
      const batch = lane.waiting.splice(0, BATCH_SIZE);
      try {
        await commit(lane, batch);
      } catch (error) {
        lane.floor = null;
        for (const { reject } of batch) reject(error);
      }
    }
  }

  function enqueue(lane: Lane, command: QueueCommand): Promise<Committed> {
    if (isStopped) throw new AppError('DRAINING', { retryAfterMs: 2_000 });
    if (lane.waiting.length >= MAX_WAITING) throw new AppError('BUSY', { retryAfterMs: 500 });
    return new Promise((resolve, reject) => {
      lane.waiting.push({ command, resolve, reject });
      wake(lane);
    });
  }

  function wake(lane: Lane): void {
    lane.running ??= work(lane).finally(() => {
      lane.running = null;
      if (lane.waiting.length > 0) wake(lane);
    });
  }

  /** QUEUE_EMPTY may only be said at the end of the log, not at the end of what this process knows of it. */
  async function runFresh(lane: Lane, command: QueueCommand, error: unknown): Promise<Committed> {
    const before = lane.floor?.rev;
    await exclusive(lane, () => catchUp(lane));
    if (lane.floor?.rev === before) throw error;
    return enqueue(lane, command);
  }

  /** Runs between two batches, so that nothing else touches the floor. */
  async function exclusive<T>(lane: Lane, action: () => Promise<T>): Promise<T> {
    while (lane.running) await lane.running.catch(() => undefined);
    const outcome = action();
    lane.running = outcome.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await outcome;
    } finally {
      lane.running = null;
      if (lane.waiting.length > 0) wake(lane);
    }
  }

  function forgetIdle(): void {
    const limit = clock.now() - IDLE_MS;
    for (const [id, lane] of lanes) if (!lane.running && lane.usedAtMs < limit) lanes.delete(id);
  }

  async function tail(): Promise<void> {
    forgetIdle();
    for (const lane of lanes.values()) {
      if (isStopped || !lane.floor || lane.running) continue;
      await exclusive(lane, () => catchUp(lane)).catch((error: unknown) => {
        deps.log.warn({ err: error }, 'the log of a queue could not be read');
      });
    }
  }

  function schedule(): void {
    timer = setTimeout(() => void tail().finally(() => !isStopped && schedule()), TAIL_INTERVAL_MS);
    timer.unref();
  }

  return {
    async run(queue, command) {
      const lane = openLane(queue);
      try {
        return await enqueue(lane, command);
      } catch (error) {
        if (error instanceof AppError && error.code === 'QUEUE_EMPTY') return runFresh(lane, command, error);
        throw error;
      }
    },
    async read(queue) {
      const { situation } = await this.run(queue, {
        actor: clockActor,
        key: null,
        inputHash: null,
        decide: () => ({ ok: true, changes: [] }),
      });
      return situation;
    },
    peek(queue) {
      const lane = lanes.get(`${queue.tenantId}:${queue.locationId}`);
      const setup = lane && setups.peek(lane);
      return lane?.floor && setup ? { floor: lane.floor, setup, nowMs: clock.now() } : undefined;
    },
    listLoaded: () => [...lanes.values()].filter(({ floor }) => floor !== null),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forgetSetup: (queue) => setups.forget(queue),
    start: schedule,
    async stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
      await Promise.allSettled([...lanes.values()].map(({ running }) => running));
    },
  };
}

/**
 * Tells consoles, displays and kiosks what a queue looks like now. Each gets the whole of what it shows, at most a few times a second;
 * who missed one is right again with the next.
 */
import type { FactPublisher } from '../core/facts.js';
import type { Logger } from '../core/logger.js';
import { rooms } from '../core/rooms.js';
import type { EventBus } from '../core/bus.js';
import type { Boards } from './boards.js';
import { createCoalescer } from '../core/coalescer.js';
import { hidePerson, type CounterViews } from './counter-view.js';
import { describeOpenings } from './offer.js';
import type { QueueLog } from './queue-log.js';
import { queueKey } from './queue-key.js';
import type { DevicePort, QueueHandle } from './queue.types.js';

const BOARD_INTERVAL_MS = 200;
const CONSOLE_INTERVAL_MS = 200;
const SLOW_INTERVAL_MS = 1_000;
/** Displays call themselves out of date when two of these are missing (QD-6). */
export const BEAT_INTERVAL_MS = 8_000;

export interface BroadcastDeps {
  readonly queueLog: QueueLog;
  readonly views: CounterViews;
  readonly facts: FactPublisher;
  readonly devices: DevicePort;
  readonly boards: Boards;
  readonly bus: EventBus;
  readonly log: Logger;
}

export interface Broadcast {
  start(): void;
  stop(): void;
}

export function createBroadcast(deps: BroadcastDeps): Broadcast {
  const { queueLog, facts, devices, log, bus } = deps;
  const warn = (error: unknown): void => log.warn({ err: error }, 'a queue could not be shown');
  /** What the devices of each queue were told last; of queues that have some. */
  const shownOpenings = new Map<string, string>();

  const coalesce = (intervalMs: number, run: (queue: QueueHandle) => void | Promise<void>) =>
    createCoalescer({ intervalMs, keyOf: queueKey, run, handleError: warn });

  const boards = coalesce(BOARD_INTERVAL_MS, async (queue) => {
    const displays = devices.listDisplays(queue);
    if (displays.length === 0) return;
    const boardFor = deps.boards(queue, queueLog.peek(queue) ?? (await queueLog.read(queue)));
    for (const display of displays) {
      const board = await boardFor(display);
      facts.toDevices(rooms.device(queue.tenantId, display.deviceId), 'board:changed', { board });
    }
  });

  const consoles = coalesce(CONSOLE_INTERVAL_MS, async (queue) => {
    const situation = queueLog.peek(queue);
    for (const counter of situation?.setup.countersById.values() ?? []) {
      const serving = rooms.counterConsoles(queue.tenantId, counter.id);
      const watching = rooms.counterWatchers(queue.tenantId, counter.id);
      if (!situation || !(facts.hasSockets(serving) || facts.hasSockets(watching))) continue;
      const view = await deps.views(queue, counter, situation);
      facts.toStaff(serving, 'counter:changed', { counterId: counter.id, view });
      facts.toStaff(watching, 'counter:changed', { counterId: counter.id, view: hidePerson(view) });
    }
  });

  const slow = coalesce(SLOW_INTERVAL_MS, (queue) => {
    const rev = queueLog.peek(queue)?.floor.rev;
    if (rev === undefined) return;
    const { tenantId, locationId } = queue;
    facts.toStaff(rooms.tenantStaff(tenantId), 'queue:changed', { locationId, rev }, { isEphemeral: true });
    facts.toDevices(rooms.locationDevices(tenantId, locationId), 'offer:changed', { rev });
  });

  function tell(queue: QueueHandle): void {
    boards.ask(queue);
    consoles.ask(queue);
    slow.ask(queue);
  }

  /** Reading also keeps the queue of a quiet branch in memory, and begins its day. */
  async function beat(queue: QueueHandle): Promise<void> {
    const situation = await queueLog.read(queue);
    const { tenantId, locationId } = queue;
    const fact = { rev: situation.floor.rev, serverTime: new Date(situation.nowMs).toISOString() };
    facts.toDevices(rooms.locationDevices(tenantId, locationId), 'queue:beat', fact);
    // Doors open and services stop by the clock, without an event.
    const openings = describeOpenings(situation);
    if (openings !== (shownOpenings.get(queueKey(queue)) ?? openings)) tell(queue);
    shownOpenings.set(queueKey(queue), openings);
  }

  function beatAll(): void {
    const queues = devices.listQueues();
    const followed = new Set(queues.map(queueKey));
    for (const key of shownOpenings.keys()) if (!followed.has(key)) shownOpenings.delete(key);
    for (const queue of queues) beat(queue).catch(warn);
  }

  let timer: NodeJS.Timeout | null = null;
  const stops: (() => void)[] = [];
  return {
    start() {
      stops.push(
        queueLog.subscribe(tell),
        // What the owner changed is read before it is shown.
        bus.subscribe('queue:setup-changed', async (queue) => {
          await queueLog.read(queue);
          tell(queue);
        }),
        bus.subscribe('queue:receipts-changed', (queue) => consoles.ask(queue)),
        bus.subscribe('displays:changed', (queue) => boards.ask(queue)),
      );
      timer = setInterval(beatAll, BEAT_INTERVAL_MS);
      timer.unref();
    },
    stop() {
      if (timer) clearInterval(timer);
      for (const part of [boards, consoles, slow]) part.stop();
      for (const stop of stops) stop();
    },
  };
}

declare module '../core/bus.js' {
  interface DomainEvents {
    'queue:receipts-changed': QueueHandle;
  }
}

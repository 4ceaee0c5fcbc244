/**
 * Tells consoles, displays and kiosks what a queue looks like now. Each gets the whole of what it shows, at most a few times a second;
 * who missed one is right again with the next.
 */
import type { TicketId } from '@frontdesk/protocol/ids';
import type { FactPublisher } from '../core/facts.js';
import type { Logger } from '../core/logger.js';
import { rooms } from '../core/rooms.js';
import type { EventBus } from '../core/bus.js';
import { buildBoard } from './board.js';
import { createCoalescer } from './coalescer.js';
import type { CounterViews } from './counter-view.js';
import type { QueueLog } from './queue-log.js';
import type { DevicePort, LiveSituation, QueueHandle, ShownBy } from './queue.types.js';

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
  readonly bus: EventBus;
  readonly log: Logger;
  maskNames(queue: QueueHandle, ids: readonly TicketId[]): Promise<Map<TicketId, string>>;
}

export interface Broadcast {
  start(): void;
  stop(): void;
}

export function createBroadcast(deps: BroadcastDeps): Broadcast {
  const { queueLog, facts, devices, log, bus } = deps;
  const warn = (error: unknown): void => log.warn({ err: error }, 'a queue could not be shown');
  /** One object per queue, so that it can be a key. */
  const known = new Map<string, QueueHandle>();
  const intern = ({ tenantId, locationId }: QueueHandle): QueueHandle => {
    const id = `${tenantId}:${locationId}`;
    const queue = known.get(id) ?? { tenantId, locationId };
    known.set(id, queue);
    return queue;
  };

  async function showBoard(queue: QueueHandle, situation: LiveSituation, display: ShownBy): Promise<void> {
    const called = [...situation.floor.tickets.values()].filter(({ calledAtMs }) => calledAtMs !== null);
    const maskedNames = display.showNames
      ? await deps.maskNames(
          queue,
          called.map(({ id }) => id),
        )
      : new Map<TicketId, string>();
    const board = buildBoard(situation, { ...display, maskedNames });
    facts.toDevices(rooms.device(queue.tenantId, display.deviceId), 'board:changed', { board });
  }

  const boards = createCoalescer<QueueHandle>(
    BOARD_INTERVAL_MS,
    async (queue) => {
      const situation = queueLog.peek(queue);
      if (situation)
        await Promise.all(devices.listDisplays(queue).map((display) => showBoard(queue, situation, display)));
    },
    warn,
  );

  const consoles = createCoalescer<QueueHandle>(
    CONSOLE_INTERVAL_MS,
    async (queue) => {
      const situation = queueLog.peek(queue);
      for (const counter of situation?.setup.countersById.values() ?? []) {
        const room = rooms.counterConsoles(queue.tenantId, counter.id);
        if (!situation || !facts.hasSockets(room)) continue;
        const view = await deps.views(queue, counter, situation);
        facts.toStaff(room, 'counter:changed', { counterId: counter.id, view });
      }
    },
    warn,
  );

  const slow = createCoalescer<QueueHandle>(
    SLOW_INTERVAL_MS,
    (queue) => {
      const rev = queueLog.peek(queue)?.floor.rev;
      if (rev === undefined) return;
      const { tenantId, locationId } = queue;
      facts.toStaff(rooms.tenantStaff(tenantId), 'queue:changed', { locationId, rev }, { isEphemeral: true });
      facts.toDevices(rooms.locationDevices(tenantId, locationId), 'offer:changed', { rev });
    },
    warn,
  );

  function tell(handle: QueueHandle): void {
    const queue = intern(handle);
    boards.ask(queue);
    consoles.ask(queue);
    slow.ask(queue);
  }

  function beat(): void {
    for (const { tenantId, locationId } of queueLog.listLoaded()) {
      const situation = queueLog.peek({ tenantId, locationId });
      if (!situation) continue;
      const fact = { rev: situation.floor.rev, serverTime: new Date(situation.nowMs).toISOString() };
      facts.toDevices(rooms.locationDevices(tenantId, locationId), 'queue:beat', fact);
    }
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
        bus.subscribe('queue:receipts-changed', (queue) => consoles.ask(intern(queue))),
      );
      timer = setInterval(beat, BEAT_INTERVAL_MS);
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

/** What the clock does at every loaded queue: missed calls, pauses that end, a new service day. */
import { decideDue } from '@frontdesk/domain/queue/decide-location';
import type { Logger } from '../core/logger.js';
import type { LocationDirectory } from '../locations/index.js';
import type { QueueLog } from './queue-log.js';
import type { QueueHandle } from './queue.types.js';

const INTERVAL_MS = 1_000;

export interface QueueClock {
  start(): void;
  /** One look at everything; for tests and the simulation, whose clock runs faster. */
  tick(): Promise<void>;
  stop(): void;
}

export function createQueueClock(deps: {
  readonly queueLog: QueueLog;
  readonly locations: Pick<LocationDirectory, 'applyNextTimeZone'>;
  readonly log: Logger;
}): QueueClock {
  const { queueLog } = deps;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;

  async function look(queue: QueueHandle): Promise<void> {
    const situation = queueLog.peek(queue);
    // Without a setup in memory nobody has asked for this queue lately; reading it also begins its day.
    if (!situation) {
      await queueLog.read(queue);
      return;
    }
    const { nextTimeZone } = situation.setup.location;
    // A zone that waited is the zone of the day that began with it, whoever was the first to need that day.
    if (nextTimeZone !== null && nextTimeZone === situation.floor.timeZone) {
      await deps.locations.applyNextTimeZone(queue, queue.locationId);
    }
    if (decideDue(situation).length === 0) return;
    await queueLog.run(queue, {
      actor: { kind: 'system', id: 'clock', name: 'clock' },
      key: null,
      inputHash: null,
      decide: (now) => ({ ok: true, changes: decideDue(now) }),
    });
  }

  async function lookAtAll(): Promise<void> {
    for (const { tenantId, locationId } of queueLog.listLoaded()) {
      await look({ tenantId, locationId }).catch((error: unknown) => {
        deps.log.warn({ err: error }, 'the clock of a queue stumbled');
      });
    }
  }

  function tick(): Promise<void> {
    running ??= lookAtAll().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    start() {
      timer = setInterval(() => void tick(), INTERVAL_MS);
      timer.unref();
    },
    tick,
    stop() {
      if (timer) clearInterval(timer);
    },
  };
}

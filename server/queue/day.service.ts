/**
 * History of the pools of each location: read once, completed from the log where a process died before it wrote a day down, and
 * written when a day ends and when the server stops.
 */
import { createFloor } from '@frontdesk/domain/queue/apply-event';
import { createPoolHistory, historyDays, type PoolDay } from '@frontdesk/domain/queue/history';
import { createPoolPulse, type PoolPulse } from '@frontdesk/domain/queue/pulse-pool';
import { serviceDayOf } from '@frontdesk/domain/hours/service-day';
import { addDays, getZone } from '@frontdesk/domain/hours/zone';
import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import type { DayStore, StoredDay } from './day.store.js';
import type { EventStore } from './event.store.js';
import { queueKey } from './queue-key.js';
import type { QueueLog } from './queue-log.js';
import type { FullSetup, LoggedEvent, QueueHandle } from './queue.types.js';

/** Events that one turn of the event loop folds. */
const SLICE_SIZE = 200;

export interface PoolDays {
  /** Reads the last four weeks once while the queue is in memory; resolves when {@link list} knows them. */
  load(queue: QueueHandle, setup: FullSetup): Promise<void>;
  list(queue: QueueHandle, pool: string): PoolDay[];
  /** Keeps a day in memory and writes it. */
  note(queue: QueueHandle, pool: string, day: PoolDay, rev: number): void;
  /** Share of the promises of the last weeks that were kept, in whole per cent; null while there are too few. */
  readHitRate(queue: QueueHandle): number | null;
  /** Counts the promises of a day that is over. */
  noteHits(
    queue: QueueHandle,
    serviceDay: string,
    pool: string,
    hits: { promised: number; kept: number },
  ): Promise<void>;
  /** Resolves when everything noted is written. */
  flush(): Promise<void>;
}

export interface PoolDaysDeps {
  readonly queueLog: Pick<QueueLog, 'onLeft'>;
  readonly store: DayStore;
  readonly events: Pick<EventStore, 'readDays' | 'listDays'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Fewer promises than this say nothing about the next one. */
const leastPromises = 50;

type DayRows = Map<string, StoredDay>;

const rowKey = (pool: string, serviceDay: string): string => `${serviceDay} ${pool}`;

/** What a whole day taught, from its log, given the days before it. */
async function replay(events: readonly LoggedEvent[], setup: FullSetup, known: readonly StoredDay[]) {
  const floor = createFloor();
  const pulses: PoolPulse[] = [];
  for (const [at, event] of events.entries()) {
    floor.apply(event);
    if (pulses.length === 0 && floor.serviceDay !== '') {
      for (const pool of new Set([...setup.services.values()].map((service) => service.pool))) {
        const days = known.filter((row) => row.pool === pool).map(({ day }) => day);
        pulses.push(createPoolPulse(setup, pool, floor.serviceDay, createPoolHistory(days, floor.serviceDay)));
      }
    }
    for (const pulse of pulses) pulse.observe(event, floor);
    if (at % SLICE_SIZE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return pulses.map((pulse) => ({ pool: pulse.pool, rev: floor.rev, day: pulse.summarize() }));
}

export function createPoolDays(deps: PoolDaysDeps): PoolDays {
  const { store, events, log } = deps;
  const loaded = new Map<string, DayRows>();
  const writing = new Set<Promise<void>>();
  deps.queueLog.onLeft((queue) => void loaded.delete(queueKey(queue)));
  const rowsOf = (queue: QueueHandle): StoredDay[] => [...(loaded.get(queueKey(queue))?.values() ?? [])];

  /** Days that are in the log and that nobody wrote down. */
  async function complete(queue: QueueHandle, setup: FullSetup, rows: DayRows, from: string, today: string) {
    const written = new Set([...rows.values()].map(({ day }) => day.serviceDay));
    const days = await events.listDays(queue, queue.locationId, from);
    const missing = days.filter((day) => day < today && !written.has(day)).sort();
    for (const day of missing) {
      const logged = await events.readDays(queue, queue.locationId, day, day);
      for (const row of await replay(logged, setup, [...rows.values()])) {
        rows.set(rowKey(row.pool, day), { ...row, promised: 0, kept: 0 });
        await store.put(queue, row);
      }
    }
  }

  return {
    async load(queue, setup) {
      if (loaded.has(queueKey(queue))) return;
      // What was noted before the queue was let go may just be on its way.
      await Promise.allSettled(writing);
      const today = serviceDayOf(getZone(setup.timeZone), setup.dayStart, deps.clock.now());
      const from = addDays(today, -historyDays);
      const rows: DayRows = new Map();
      for (const row of await store.list(queue, from)) rows.set(rowKey(row.pool, row.day.serviceDay), row);
      await complete(queue, setup, rows, from, today);
      loaded.set(queueKey(queue), rows);
    },
    list: (queue, pool) =>
      rowsOf(queue)
        .filter((row) => row.pool === pool)
        .map(({ day }) => day),
    note(queue, pool, day, rev) {
      const rows = loaded.get(queueKey(queue));
      const known = rows?.get(rowKey(pool, day.serviceDay));
      rows?.set(rowKey(pool, day.serviceDay), {
        pool,
        rev,
        day,
        promised: known?.promised ?? 0,
        kept: known?.kept ?? 0,
      });
      const write: Promise<void> = store
        .put(queue, { pool, rev, day })
        // The log still has the day; it is completed when the location is loaded again.
        .catch((error: unknown) => log.warn({ err: error }, 'a day of a queue could not be written down'))
        .finally(() => writing.delete(write));
      writing.add(write);
    },
    readHitRate(queue) {
      const rows = rowsOf(queue);
      const promised = rows.reduce((sum, row) => sum + row.promised, 0);
      const kept = rows.reduce((sum, row) => sum + row.kept, 0);
      return promised < leastPromises ? null : Math.round((kept / promised) * 100);
    },
    async noteHits(queue, serviceDay, pool, hits) {
      const rows = loaded.get(queueKey(queue));
      const row = rows?.get(rowKey(pool, serviceDay));
      if (row) rows?.set(rowKey(pool, serviceDay), { ...row, ...hits });
      // The row that they belong to may just be on its way.
      await Promise.allSettled(writing);
      await store.putHits(queue, serviceDay, pool, hits);
    },
    async flush() {
      await Promise.allSettled(writing);
    },
  };
}

/**
 * Keeps account of promises. Phones compute their range by themselves from what their pool is told, so what they show is noted here
 * as well; and when a day is over, how many of its promises were kept (the public hit rate, QA-10).
 */
import { estimatePlace } from '@frontdesk/domain/queue/estimate';
import type { QueueChange } from '@frontdesk/domain/queue/events';
import type { Clock } from '../core/clock.js';
import type { FactPublisher } from '../core/facts.js';
import type { Logger } from '../core/logger.js';
import { rooms } from '../core/rooms.js';
import type { PoolDays } from './day.service.js';
import type { Promises } from './holder.promises.js';
import type { HolderStore } from './holder.store.js';
import type { Phones } from './phone-broadcast.js';
import type { Keeper, PoolLines, Published } from './pool-lines.js';
import { queueKey } from './queue-key.js';
import type { QueueHandle, TicketRow } from './queue.types.js';

/** What is shown is published at most this often (queue.md 3.3). */
const INTERVAL_MS = 5_000;
/** Places that one turn of the event loop looks at. */
const SLICE_SIZE = 500;

/** After these nobody waits any more; who missed a call may come back. */
const ENDS: ReadonlySet<QueueChange['type']> = new Set(['ticket-completed', 'ticket-cancelled', 'ticket-expired']);

export interface PromiseWatchDeps {
  readonly lines: PoolLines;
  readonly phones: Pick<Phones, 'subscribe'>;
  readonly promises: Promises;
  readonly store: Pick<HolderStore, 'listPromised'>;
  readonly days: Pick<PoolDays, 'list' | 'noteHits'>;
  readonly flushRows: () => Promise<void>;
  readonly facts: FactPublisher;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Whether the holder was called within the P80 that was shown first; undefined for one who never was. */
function wasKept({ promises, ticket }: TicketRow): boolean | undefined {
  const first = promises[0];
  const calledAtMs = ticket?.legs[0]?.calledAtMs;
  if (!first || calledAtMs === null || calledAtMs === undefined) return undefined;
  return calledAtMs <= first.at.getTime() + first.p80Seconds * 1_000;
}

export function createPromiseWatch(deps: PromiseWatchDeps): { start(): void; stop(): Promise<void> } {
  const { lines, phones, promises, facts, clock, log } = deps;
  /** By queue and pool. */
  const lookedAtMs = new Map<string, Map<string, number>>();
  const stops: (() => void)[] = [];
  let counting: Promise<void> = Promise.resolve();

  function look(queue: QueueHandle, published: Published, from: number): void {
    const { order, parameters } = published;
    for (let ahead = from; ahead < Math.min(from + SLICE_SIZE, order.ids.length); ahead += 1) {
      const id = order.ids[ahead];
      if (id === undefined || !facts.hasSockets(rooms.ticket(queue.tenantId, id))) continue;
      promises.show(queue, id, { ahead, estimate: estimatePlace(parameters, ahead) }, parameters.reason);
    }
    if (from + SLICE_SIZE < order.ids.length) setImmediate(look, queue, published, from + SLICE_SIZE);
  }

  function handlePublished(keeper: Keeper, pool: string, published: Published): void {
    const key = queueKey(keeper.queue);
    const pools = lookedAtMs.get(key) ?? new Map<string, number>();
    lookedAtMs.set(key, pools);
    if (published.atMs - (pools.get(pool) ?? -Infinity) < INTERVAL_MS) return;
    pools.set(pool, clock.now());
    look(keeper.queue, published, 0);
  }

  /** The last day before this one on which the queue was used: a branch may have been closed since. */
  function findLastDay({ queue, floor, pools }: Keeper): string | undefined {
    const days = pools.flatMap((pool) => deps.days.list(queue, pool).map(({ serviceDay }) => serviceDay));
    return days
      .filter((day) => day < floor.serviceDay)
      .sort()
      .at(-1);
  }

  /** As its rows tell it. */
  async function count(keeper: Keeper): Promise<void> {
    const { queue } = keeper;
    const serviceDay = findLastDay(keeper);
    if (serviceDay === undefined) return;
    await deps.flushRows();
    await promises.flush();
    const hits = new Map<string, { promised: number; kept: number }>();
    for (const row of await deps.store.listPromised(queue, queue.locationId, serviceDay)) {
      const isKept = wasKept(row);
      const serviceId = row.ticket?.legs[0]?.serviceId;
      if (isKept === undefined || serviceId === undefined) continue;
      const pool = keeper.poolOf(serviceId);
      const sum = hits.get(pool) ?? { promised: 0, kept: 0 };
      hits.set(pool, { promised: sum.promised + 1, kept: sum.kept + (isKept ? 1 : 0) });
    }
    for (const [pool, sum] of hits) await deps.days.noteHits(queue, serviceDay, pool, sum);
  }

  function countSoon(keeper: Keeper): void {
    counting = counting
      .then(() => count(keeper))
      .catch((error: unknown) => log.warn({ err: error }, 'the promises of a day could not be counted'));
  }

  return {
    start() {
      lines.onBuilt(countSoon);
      lines.onLeft((queue) => void lookedAtMs.delete(queueKey(queue)));
      stops.push(
        phones.subscribe(handlePublished),
        lines.subscribe((keeper, { changes }) => {
          if (changes.some(({ type }) => type === 'day-began')) countSoon(keeper);
          for (const change of changes) {
            if (ENDS.has(change.type) && 'ticketId' in change) promises.forget(keeper.queue, change.ticketId);
          }
        }),
      );
    },
    async stop() {
      for (const stop of stops) stop();
      await counting;
    },
  };
}

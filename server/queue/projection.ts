/**
 * Keeps the look-up rows of tickets behind the log. Many events of a ticket make one write; what a process could not write before it
 * died is found with the first event of the queue that this one hears of.
 */
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import { isOpenTicket } from '@frontdesk/domain/queue/floor';
import type { TenantId } from '@frontdesk/protocol/ids';
import type { Logger } from '../core/logger.js';
import type { QueueLog } from './queue-log.js';
import { queueKey } from './queue-key.js';
import type { LiveSituation, LoggedEvent, QueueHandle } from './queue.types.js';
import type { TicketStore } from './ticket.store.js';

const FLUSH_INTERVAL_MS = 150;
const CONCURRENT_WRITES = 16;
const hourMs = 60 * 60 * 1_000;
/** A branch may never be asked again, and nobody ends its last day: longer than any ticket lives in a service day and the next. */
const FORGOTTEN_MS = 48 * hourMs;

interface Owed {
  readonly tenantId: TenantId;
  readonly ticket: FloorTicket;
  readonly serviceDay: string;
  readonly purgeAt: Date;
}

export interface Projection {
  start(): void;
  /** Resolves when everything that was noted before the call is written. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

export function createProjection(deps: {
  readonly queueLog: QueueLog;
  readonly tickets: Pick<TicketStore, 'project' | 'listRevs'>;
  readonly log: Logger;
}): Projection {
  const owed = new Map<string, Owed>();
  /** Queues whose rows were compared with the log, and those that are next. */
  const compared = new Set<string>();
  let toCompare: QueueHandle[] = [];
  let timer: NodeJS.Timeout | null = null;
  let flushing: Promise<void> | null = null;
  let unsubscribe = (): void => {};

  function toOwed({ tenantId }: QueueHandle, ticket: FloorTicket, { floor, setup }: LiveSituation): Owed {
    const isOver = !isOpenTicket(ticket) && ticket.state !== 'no-show';
    const purgeAtMs = isOver
      ? (ticket.endedAtMs ?? 0) + setup.policy.retentionHours * hourMs
      : Math.max(ticket.issuedAtMs, ticket.bookedForMs ?? 0) + FORGOTTEN_MS;
    return { tenantId, ticket, serviceDay: floor.serviceDay, purgeAt: new Date(purgeAtMs) };
  }

  function note(queue: QueueHandle, event: LoggedEvent, situation: LiveSituation): void {
    const key = queueKey(queue);
    if (!compared.has(key)) {
      compared.add(key);
      toCompare.push({ tenantId: queue.tenantId, locationId: queue.locationId });
    }
    for (const change of event.changes) {
      if (!('ticketId' in change)) continue;
      const ticket = situation.floor.tickets.get(change.ticketId);
      if (ticket) owed.set(`${queue.tenantId}:${ticket.id}`, toOwed(queue, ticket, situation));
    }
    timer ??= setTimeout(() => void flush(), FLUSH_INTERVAL_MS);
  }

  async function writeAll(rows: readonly Owed[]): Promise<void> {
    for (let from = 0; from < rows.length; from += CONCURRENT_WRITES) {
      const slice = rows.slice(from, from + CONCURRENT_WRITES);
      await Promise.all(slice.map((row) => deps.tickets.project(row, [row])));
    }
  }

  /** What the log of the day knows and the rows do not. */
  async function findOwed(queue: QueueHandle): Promise<void> {
    const situation = deps.queueLog.peek(queue);
    if (!situation) return;
    const revs = await deps.tickets.listRevs(queue, queue.locationId, situation.floor.serviceDay);
    for (const ticket of situation.floor.tickets.values()) {
      const key = `${queue.tenantId}:${ticket.id}`;
      if ((revs.get(ticket.id) ?? 0) < ticket.rev && !owed.has(key)) owed.set(key, toOwed(queue, ticket, situation));
    }
  }

  async function flush(): Promise<void> {
    while (flushing) await flushing;
    if (timer) clearTimeout(timer);
    timer = null;
    const queues = toCompare;
    toCompare = [];
    if (owed.size === 0 && queues.length === 0) return;
    let taken: [string, Owed][] = [];
    flushing = Promise.all(queues.map(findOwed))
      .then(() => {
        taken = [...owed];
        owed.clear();
        return writeAll(taken.map(([, row]) => row));
      })
      .catch((error: unknown) => {
        deps.log.warn({ err: error }, 'ticket rows could not be written yet');
        for (const [key, row] of taken) if (!owed.has(key)) owed.set(key, row);
        toCompare.push(...queues);
        timer ??= setTimeout(() => void flush(), FLUSH_INTERVAL_MS * 10);
      })
      .finally(() => {
        flushing = null;
      });
    await flushing;
  }

  return {
    start() {
      unsubscribe = deps.queueLog.subscribe(note);
      deps.queueLog.onLeft((queue) => void compared.delete(queueKey(queue)));
    },
    flush,
    async stop() {
      unsubscribe();
      await flush();
      if (timer) clearTimeout(timer);
    },
  };
}

/** What happened to tickets, as other systems may hear it: in the order of the log, without people and without what anybody wrote. */
import type { QueueChange } from '@frontdesk/domain/queue/events';
import { TICKET_EVENTS, type TicketEventType } from '@frontdesk/protocol/vocabulary';
import type { TicketChange } from '@frontdesk/protocol/webhooks';
import { sideKey, traceTickets } from './audit.trace.js';
import type { EventStore } from './event.store.js';
import type { QueueLog } from './queue-log.js';
import type { QueueHandle } from './queue.types.js';

export interface FeedItem {
  readonly rev: number;
  readonly atMs: number;
  /** Empty for an event that is about no ticket. */
  readonly changes: readonly TicketChange[];
}

export interface QueueFeed {
  /** Told after each event of a queue that this process knows. */
  subscribe(listener: (queue: QueueHandle) => void): () => void;
  /** Number of the last event. */
  readHead(queue: QueueHandle): Promise<number>;
  /** The events after this revision, at most `limit`, in order and without a gap. */
  readAfter(queue: QueueHandle, rev: number, limit: number): Promise<FeedItem[]>;
}

type Told = Extract<QueueChange, { readonly type: TicketEventType }>;

function isTold(change: QueueChange): change is Told {
  return (TICKET_EVENTS as readonly string[]).includes(change.type);
}

export function createQueueFeed(deps: {
  readonly queueLog: Pick<QueueLog, 'subscribe' | 'read'>;
  readonly events: Pick<EventStore, 'readAfter' | 'readTickets'>;
}): QueueFeed {
  const { queueLog, events } = deps;
  return {
    subscribe: (listener) => queueLog.subscribe((queue) => listener(queue)),
    async readHead(queue) {
      return (await queueLog.read(queue)).floor.rev;
    },
    async readAfter(queue, after, limit) {
      const page = await events.readAfter(queue, queue.locationId, after, limit);
      const sides = await traceTickets(events, queue, queue.locationId, page);
      return page.map(({ rev, atMs, changes }) => ({
        rev,
        atMs,
        changes: changes.flatMap((change, at): TicketChange[] => {
          if (!isTold(change)) return [];
          const side = sides.get(sideKey(rev, at));
          return [
            {
              type: change.type,
              ticketId: change.ticketId,
              label: side?.label ?? null,
              from: side?.from ?? null,
              to: side?.to ?? null,
              serviceId: 'serviceId' in change ? change.serviceId : null,
              counterId: 'counterId' in change ? change.counterId : null,
            },
          ];
        }),
      }));
    },
  };
}

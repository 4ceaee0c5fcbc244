/**
 * What each holder was told about the wait. A promise that rises says why (QP-12), so the lowest one is remembered; and each that
 * reads differently is kept on the ticket's row, because the estimate is judged by what was shown.
 */
import { displayEstimate, keepPromise, type PlaceEstimate, type ShownPromise } from '@frontdesk/domain/queue/estimate';
import { isOpenTicket } from '@frontdesk/domain/queue/floor';
import type { TicketId } from '@frontdesk/protocol/ids';
import type { DelayReason } from '@frontdesk/protocol/vocabulary';
import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { queueKey } from './queue-key.js';
import type { QueueLog } from './queue-log.js';
import type { QueueHandle, TicketRow } from './queue.types.js';
import type { HolderStore } from './holder.store.js';
import type { StoredPromise } from './ticket.store.js';

/** A promise of a ticket is written at most this often. */
const WRITE_INTERVAL_MS = 5_000;
const FLUSH_INTERVAL_MS = 1_000;
const CONCURRENT_WRITES = 16;

export interface Promises {
  /** Answers what to show of the next estimate, and remembers it. */
  show(
    queue: QueueHandle,
    ticketId: TicketId,
    next: { readonly ahead: number; readonly estimate: PlaceEstimate },
    reason: DelayReason | null,
  ): PlaceEstimate;
  /** What a process before this one showed, of a ticket that is not over. */
  restore(row: Pick<TicketRow, 'id' | 'tenantId' | 'locationId' | 'promises' | 'ticket'>): void;
  forget(queue: QueueHandle, ticketId: TicketId): void;
  flush(): Promise<void>;
}

interface Told {
  shown: ShownPromise | null;
  /** As the holder reads it; what reads the same is not written again. */
  text: string;
  writtenMs: number;
}

interface Owed {
  readonly queue: QueueHandle;
  readonly ticketId: TicketId;
  readonly promise: StoredPromise;
}

function readAs(estimate: PlaceEstimate): string {
  const display = displayEstimate(estimate);
  return display.kind === 'range' ? `${display.fromMinutes}-${display.toMinutes}` : display.kind;
}

function toShown(promises: TicketRow['promises']): ShownPromise | null {
  const last = promises.at(-1);
  if (!last) return null;
  const { ahead, p50Seconds, p80Seconds } = last;
  return {
    ahead,
    estimate: { kind: 'range', p50Seconds, p80Seconds, reason: null },
    lowestP80Seconds: Math.min(...promises.map((promise) => promise.p80Seconds)),
  };
}

export function createPromises(deps: {
  readonly queueLog: Pick<QueueLog, 'onLeft'>;
  readonly store: Pick<HolderStore, 'addPromise'>;
  readonly clock: Clock;
  readonly log: Logger;
}): Promises {
  const told = new Map<string, Map<TicketId, Told>>();
  let owed: Owed[] = [];
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  deps.queueLog.onLeft((queue) => void told.delete(queueKey(queue)));

  function openQueue(queue: QueueHandle): Map<TicketId, Told> {
    const key = queueKey(queue);
    const tickets = told.get(key) ?? new Map<TicketId, Told>();
    told.set(key, tickets);
    return tickets;
  }

  async function write(rows: readonly Owed[]): Promise<void> {
    for (let at = 0; at < rows.length; at += CONCURRENT_WRITES) {
      await Promise.all(
        rows
          .slice(at, at + CONCURRENT_WRITES)
          .map(({ queue, ticketId, promise }) => deps.store.addPromise(queue, ticketId, promise)),
      );
    }
  }

  function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    const rows = owed;
    owed = [];
    // A promise that could not be written is missing in a report, no more.
    writing = writing
      .then(() => write(rows))
      .catch((error: unknown) => deps.log.warn({ err: error }, 'promises could not be written'));
    return writing;
  }

  function note(queue: QueueHandle, ticketId: TicketId, state: Told, ahead: number, estimate: PlaceEstimate): void {
    const text = readAs(estimate);
    const nowMs = deps.clock.now();
    if (estimate.kind !== 'range' || text === state.text || nowMs - state.writtenMs < WRITE_INTERVAL_MS) return;
    state.text = text;
    state.writtenMs = nowMs;
    const { p50Seconds, p80Seconds } = estimate;
    owed.push({ queue, ticketId, promise: { at: new Date(nowMs), ahead, p50Seconds, p80Seconds } });
    timer ??= setTimeout(() => void flush(), FLUSH_INTERVAL_MS).unref();
  }

  return {
    show(queue, ticketId, next, reason) {
      const tickets = openQueue(queue);
      const state = tickets.get(ticketId) ?? { shown: null, text: '', writtenMs: -Infinity };
      tickets.set(ticketId, state);
      state.shown = keepPromise(state.shown, next, reason);
      note(queue, ticketId, state, next.ahead, state.shown.estimate);
      return state.shown.estimate;
    },
    restore({ id, promises, ticket, ...queue }) {
      const shown = toShown(promises);
      const isOver = ticket !== null && !isOpenTicket(ticket) && ticket.state !== 'no-show';
      if (!shown || isOver || told.get(queueKey(queue))?.has(id)) return;
      openQueue(queue).set(id, { shown, text: readAs(shown.estimate), writtenMs: promises.at(-1)?.at.getTime() ?? 0 });
    },
    forget: (queue, ticketId) => void told.get(queueKey(queue))?.delete(ticketId),
    flush,
  };
}

/**
 * Tells phones. A ticket's own phones hear at once what happened to it; all phones of a pool share one message a second, which says
 * how the order changed and what waits are computed from, and names nobody (queue.md 5.3).
 */
import { diffOrder } from '@frontdesk/domain/queue/position';
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import type { TicketId } from '@frontdesk/protocol/ids';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import type { Clock } from '../core/clock.js';
import type { FactPublisher } from '../core/facts.js';
import type { Logger } from '../core/logger.js';
import { rooms } from '../core/rooms.js';
import type { Keeper, PoolLines, Published } from './pool-lines.js';
import { queueKey } from './queue-key.js';
import type { LoggedEvent, QueueHandle } from './queue.types.js';

const INTERVAL_MS = 1_000;
/** What waits are computed from grows old although nothing happens: a call is overdue, a counter is stuck. */
const REFRESH_MS = 5_000;
/** States that one turn of the event loop computes and sends. */
const SLICE_SIZE = 100;
/** Phones that may read their ticket again in the same second. */
const READS_PER_SECOND = 500;

export interface Phones {
  /** What phones of the pool are told, the last event of this ticket included; waits for the next message where it is not. */
  current(keeper: Keeper, pool: string, ticket: Pick<FloorTicket, 'id' | 'rev'>): Promise<Published>;
  /** Tells every phone of a ticket how it stands. */
  tell(queue: QueueHandle, ticketId: TicketId): Promise<void>;
  /** Told of everything that is published, whether a phone listens or not. */
  subscribe(listener: PublishListener): () => void;
  start(): void;
  stop(): void;
}

export type PublishListener = (keeper: Keeper, pool: string, published: Published) => void;

export interface PhonesDeps {
  readonly lines: PoolLines;
  readonly facts: FactPublisher;
  readonly clock: Clock;
  readonly log: Logger;
  readonly stateOf: (queue: QueueHandle, ticketId: TicketId) => Promise<HolderState>;
}

interface PoolSlot {
  readonly queue: QueueHandle;
  readonly pool: string;
  /** Set while the pool rests after a message. */
  timer: NodeJS.Timeout | null;
  isAsked: boolean;
  waiting: (() => void)[];
}

function slotKey({ queue, pool }: Pick<PoolSlot, 'queue' | 'pool'>): string {
  return `${queueKey(queue)}:${pool}`;
}

export function createPhones(deps: PhonesDeps): Phones {
  const { lines, facts, clock, log } = deps;
  const slots = new Map<string, PoolSlot>();
  const listeners = new Set<PublishListener>();
  const stops: (() => void)[] = [];
  let isStopped = false;
  lines.onLeft(forget);

  const roomOf = ({ tenantId, locationId }: QueueHandle, pool: string): string =>
    rooms.poolPhones(tenantId, locationId, pool);

  function sendOrder(slot: PoolSlot, before: Published | undefined, now: Published): void {
    const room = roomOf(slot.queue, slot.pool);
    if (!before || !facts.hasSockets(room)) return;
    const { orderRev } = now.order;
    const operations = before.order === now.order ? null : diffOrder(before.order.ids, now.order.ids);
    if (operations === 'reset') {
      const spreadMs = Math.ceil((facts.countSockets(room) / READS_PER_SECOND) * 1_000);
      facts.toTickets(room, 'order:reset', { orderRev, spreadMs });
      return;
    }
    const change = operations && { fromRev: before.order.orderRev, toRev: orderRev, ...operations };
    facts.toTickets(room, 'order:changed', { change, orderRev, parameters: now.parameters });
  }

  /** Ordering a long line and sending to many are two pieces of work, with room for others between them. */
  function publish(slot: PoolSlot, keeper: Keeper): void {
    const before = keeper.published(slot.pool);
    const now = keeper.publish(slot.pool);
    for (const listener of listeners) listener(keeper, slot.pool, now);
    setImmediate(() => sendSafely(slot, before, now));
  }

  function sendSafely(slot: PoolSlot, before: Published | undefined, now: Published): void {
    try {
      sendOrder(slot, before, now);
    } catch (error) {
      log.error({ err: error }, 'an order could not be sent');
    }
  }

  function flush(slot: PoolSlot): void {
    slot.isAsked = false;
    slot.timer = setTimeout(() => rest(slot), INTERVAL_MS).unref();
    const waiting = slot.waiting;
    slot.waiting = [];
    const keeper = lines.peek(slot.queue);
    try {
      if (keeper) publish(slot, keeper);
    } catch (error) {
      log.error({ err: error }, 'an order could not be published');
    }
    for (const settle of waiting) settle();
  }

  function rest(slot: PoolSlot): void {
    slot.timer = null;
    if (slot.isAsked && !isStopped) flush(slot);
  }

  /** At once, and then at most once per interval; the last ask is never lost. */
  function ask(queue: QueueHandle, pool: string): PoolSlot {
    const key = slotKey({ queue, pool });
    const slot = slots.get(key) ?? { queue, pool, timer: null, isAsked: false, waiting: [] };
    slots.set(key, slot);
    if (slot.timer || slot.isAsked) {
      slot.isAsked = true;
      return slot;
    }
    slot.isAsked = true;
    // Events that were written together are told together, after what they were written for was answered.
    setImmediate(() => !slot.timer && !isStopped && flush(slot));
    return slot;
  }

  async function current(keeper: Keeper, pool: string, ticket: Pick<FloorTicket, 'id' | 'rev'>): Promise<Published> {
    const known = keeper.published(pool);
    const isFresh = known !== undefined && known.rev >= ticket.rev && clock.now() - known.atMs < REFRESH_MS;
    if (isFresh && known.order.aheadOf(ticket.id) !== undefined) return known;
    if (isStopped) return keeper.publish(pool);
    const slot = ask(keeper.queue, pool);
    await new Promise<void>((resolve) => slot.waiting.push(resolve));
    const latest = lines.peek(keeper.queue) ?? keeper;
    return latest.published(pool) ?? latest.publish(pool);
  }

  /** A phone hears of the pool in which its ticket waits, and of no other. */
  function moveRooms(keeper: Keeper, ticketId: TicketId): void {
    const { tenantId } = keeper.queue;
    const ticket = keeper.floor.tickets.get(ticketId);
    const pool = ticket?.state === 'waiting' ? keeper.poolOf(ticket.serviceId) : null;
    const room = rooms.ticket(tenantId, ticketId);
    for (const other of keeper.pools) if (other !== pool) facts.leaveRoom(room, roomOf(keeper.queue, other));
    if (pool !== null) facts.joinRoom(room, roomOf(keeper.queue, pool));
  }

  async function tell(queue: QueueHandle, ticketId: TicketId): Promise<void> {
    const room = rooms.ticket(queue.tenantId, ticketId);
    if (!facts.hasSockets(room)) return;
    try {
      facts.toTickets(room, 'ticket:changed', { state: await deps.stateOf(queue, ticketId) });
    } catch (error) {
      log.warn({ err: error }, 'a phone could not be told');
    }
  }

  async function tellAll(keeper: Keeper, ids: readonly TicketId[]): Promise<void> {
    for (let at = 0; at < ids.length; at += SLICE_SIZE) {
      await Promise.all(ids.slice(at, at + SLICE_SIZE).map((id) => tell(keeper.queue, id)));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Whose phones show something else after this event: those it names, and everybody when the house speaks to all. */
  function listConcerned(keeper: Keeper, event: LoggedEvent): TicketId[] {
    const ids = new Set<TicketId>();
    for (const change of event.changes) {
      if ('ticketId' in change) ids.add(change.ticketId);
      if (change.type !== 'notice-set' && change.type !== 'service-closed') continue;
      for (const ticket of keeper.floor.tickets.values()) {
        if (change.type === 'notice-set' || ticket.serviceId === change.serviceId) ids.add(ticket.id);
      }
    }
    return [...ids].filter((id) => facts.hasSockets(rooms.ticket(keeper.queue.tenantId, id)));
  }

  function handle(keeper: Keeper, event: LoggedEvent): void {
    const ids = listConcerned(keeper, event);
    for (const id of ids) moveRooms(keeper, id);
    void tellAll(keeper, ids);
    for (const pool of keeper.pools) ask(keeper.queue, pool);
  }

  function forget(queue: QueueHandle): void {
    for (const pool of slots.values()) if (queueKey(pool.queue) === queueKey(queue)) slots.delete(slotKey(pool));
  }

  function refresh(): void {
    for (const { queue, pool } of slots.values()) {
      const published = lines.peek(queue)?.published(pool);
      if (!published || !facts.hasSockets(roomOf(queue, pool))) continue;
      lines.keep(queue);
      if (clock.now() - published.atMs >= REFRESH_MS) ask(queue, pool);
    }
  }

  return {
    current,
    tell,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      stops.push(lines.subscribe(handle));
      const timer = setInterval(refresh, INTERVAL_MS).unref();
      stops.push(() => clearInterval(timer));
    },
    stop() {
      isStopped = true;
      for (const stop of stops) stop();
      for (const slot of slots.values()) {
        if (slot.timer) clearTimeout(slot.timer);
        for (const settle of slot.waiting) settle();
      }
    },
  };
}

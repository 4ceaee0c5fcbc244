/**
 * Notices to holders who look elsewhere: two before you, you are next, it is your turn, you are called again.
 *
 * Each is a job with a key that names it, and right before it is sent it is claimed on the ticket's row; so it is sent at most once,
 * by whichever process comes first and however often one dies. What should be said follows from how the queue stands, not from
 * having seen each event: a process that starts looks at every branch where somebody is to be told, one that takes a queue up again at
 * that one, and both say what is still true.
 */
import { randomUUID } from 'node:crypto';
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import type { LocationId, TicketId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { SystemContext } from '../core/context.js';
import type { JobQueue } from '../core/jobs.js';
import type { Logger } from '../core/logger.js';
import type { Notifications } from '../notifications/index.js';
import { writeNotice, type NoticeKind } from './notices.texts.js';
import type { Phones } from './phone-broadcast.js';
import type { Keeper, Order, PoolLines } from './pool-lines.js';
import { queueKey } from './queue-key.js';
import type { LoggedEvent, QueueHandle } from './queue.types.js';
import type { HolderStore, NoticeClaim } from './holder.store.js';
import type { TicketStore } from './ticket.store.js';

/** Places from which somebody is told; who jumps past a place is told of the nearer one. */
const NEAR = 2;
/** A recall within this time of the last "your turn" says nothing new (QP-9). */
const QUIET_MS = 60_000;
const TTL_SECONDS: Readonly<Record<NoticeKind, number>> = { 'two-before': 600, next: 600, turn: 180, recall: 120 };

interface NoticeJob {
  readonly locationId: LocationId;
  readonly ticketId: TicketId;
  readonly kind: NoticeKind;
  /** Tells one call from the next: the instant of the call or recall, or the number of the visit's leg. */
  readonly mark: number;
}

declare module '../core/jobs.js' {
  interface JobPayloads {
    'queue:notice': NoticeJob;
  }
}

export interface Notices {
  /** The holder gave an address, or took it back. */
  noteAddress(queue: QueueHandle, ticketId: TicketId, hasAddress: boolean): void;
  start(): void;
  stop(): void;
}

export interface NoticesDeps {
  readonly lines: PoolLines;
  readonly phones: Pick<Phones, 'subscribe'>;
  readonly tickets: Pick<TicketStore, 'findRow'>;
  readonly store: Pick<HolderStore, 'listPushed' | 'listQueuesWithPush' | 'claimNotice' | 'releaseNotice' | 'dropPush'>;
  readonly notifications: Notifications;
  readonly jobs: JobQueue;
  readonly clock: Clock;
  readonly log: Logger;
}

const keyOf = ({ kind, mark }: Pick<NoticeJob, 'kind' | 'mark'>): string => `${kind}:${mark}`;

/** What a call that is on must have said, whoever was there to see it begin. */
function listCalls(ticket: FloorTicket): Pick<NoticeJob, 'kind' | 'mark'>[] {
  if (ticket.state !== 'called' || ticket.calledAtMs === null) return [];
  const recalledAtMs = ticket.recalledAtMs.at(-1);
  const turn = { kind: 'turn', mark: ticket.calledAtMs } as const;
  return recalledAtMs === undefined ? [turn] : [turn, { kind: 'recall', mark: recalledAtMs }];
}

function nearKind(ahead: number | undefined): 'next' | 'two-before' | undefined {
  if (ahead === undefined || ahead > NEAR) return undefined;
  return ahead === 0 ? 'next' : 'two-before';
}

/** Whether it is still true; what was true a minute ago would only mislead. */
function isStillTrue(ticket: FloorTicket | undefined, order: Order | undefined, { kind, mark }: NoticeJob): boolean {
  if (!ticket) return false;
  if (kind === 'turn' || kind === 'recall')
    return listCalls(ticket).some((call) => keyOf(call) === keyOf({ kind, mark }));
  return ticket.state === 'waiting' && nearKind(order?.aheadOf(ticket.id)) === kind;
}

export function createNotices(deps: NoticesDeps): Notices {
  const { lines, tickets, store, jobs, clock, log } = deps;
  /**
   * By queue the tickets with an address, and of each what was asked for already, so that a line that stands still asks nothing. Absent
   * for a queue that was not read yet, or was let go.
   */
  const reachable = new Map<string, Map<TicketId, Set<string>>>();
  const stops: (() => void)[] = [];
  const instance = randomUUID();
  const warn = (error: unknown): void => log.warn({ err: error }, 'a notice could not be prepared');

  function reach(queue: QueueHandle, ticketId: TicketId): void {
    const known = reachable.get(queueKey(queue));
    if (!known?.has(ticketId)) known?.set(ticketId, new Set());
  }

  function ask(queue: QueueHandle, ticketId: TicketId, notice: Pick<NoticeJob, 'kind' | 'mark'>): void {
    const asked = reachable.get(queueKey(queue))?.get(ticketId);
    const key = keyOf(notice);
    if (!asked || asked.has(key)) return;
    asked.add(key);
    const payload = { locationId: queue.locationId, ticketId, ...notice };
    // Each process has a job of its own: one that died holds on to its job for a minute. The claim lets one of them send.
    jobs.enqueue(queue, 'queue:notice', { key: `${ticketId}:${key}:${instance}`, payload }).catch((error: unknown) => {
      asked.delete(key);
      warn(error);
    });
  }

  function lookAtCalls(keeper: Keeper, ids: Iterable<TicketId>): void {
    for (const id of ids) {
      const ticket = keeper.floor.tickets.get(id);
      for (const call of ticket ? listCalls(ticket) : []) ask(keeper.queue, id, call);
    }
  }

  function lookAtOrder(keeper: Keeper, order: Order): void {
    const known = reachable.get(queueKey(keeper.queue));
    if (!known || known.size === 0) return;
    for (const [ahead, id] of order.ids.slice(0, NEAR + 1).entries()) {
      const kind = nearKind(ahead);
      const ticket = known.has(id) ? keeper.floor.tickets.get(id) : undefined;
      if (kind && ticket) ask(keeper.queue, id, { kind, mark: ticket.legs.length });
    }
  }

  /** Who can be told at this branch, and what they should have been told by now. */
  async function read(keeper: Keeper): Promise<void> {
    const id = queueKey(keeper.queue);
    if (reachable.has(id)) return;
    reachable.set(id, new Map());
    const ids = await store.listPushed(keeper.queue, keeper.queue.locationId).catch((error: unknown) => {
      reachable.delete(id);
      throw error;
    });
    for (const ticketId of ids) reach(keeper.queue, ticketId);
    lookAtCalls(keeper, ids);
    for (const pool of keeper.pools) lookAtOrder(keeper, keeper.publish(pool).order);
  }

  /** Every branch where somebody is to be told; one that cannot be read must not keep the others waiting. */
  async function readAll(): Promise<void> {
    for (const queue of await store.listQueuesWithPush()) await lines.load(queue).then(read).catch(warn);
  }

  function handle(keeper: Keeper, event: LoggedEvent): void {
    const known = reachable.get(queueKey(keeper.queue));
    if (!known) {
      read(keeper).catch(warn);
      return;
    }
    for (const change of event.changes) {
      if (!('ticketId' in change) || !known.has(change.ticketId)) continue;
      const ticket = keeper.floor.tickets.get(change.ticketId);
      lookAtCalls(keeper, [change.ticketId]);
      if (ticket && ticket.endedAtMs === null) continue;
      known.delete(change.ticketId);
    }
  }

  function toClaim({ kind, mark }: NoticeJob): NoticeClaim {
    const key = keyOf({ kind, mark });
    if (kind !== 'turn' && kind !== 'recall') return { key };
    const nowMs = clock.now();
    const quietSince = kind === 'recall' ? new Date(nowMs - QUIET_MS) : null;
    return { key, turn: { now: new Date(nowMs), quietSince } };
  }

  function writeMessage(keeper: Keeper, ticket: FloorTicket, kind: NoticeKind) {
    const { setup } = keeper;
    const counterLabel = (ticket.counterId && setup.countersById.get(ticket.counterId)?.label) || setup.location.name;
    const facts = { label: ticket.label, locationName: setup.location.name, counterLabel };
    const { language } = ticket;
    const tag = `ticket-${ticket.label}`;
    return { ...writeNotice(kind, language, facts), language, tag, ttlSeconds: TTL_SECONDS[kind] };
  }

  async function deliver(context: SystemContext, job: NoticeJob): Promise<void> {
    const { ticketId, locationId, kind } = job;
    const queue = { tenantId: context.tenantId, locationId };
    const keeper = await lines.load(queue);
    const ticket = keeper.floor.tickets.get(ticketId);
    const order = ticket && keeper.published(keeper.poolOf(ticket.serviceId))?.order;
    if (!ticket || !isStillTrue(ticket, order, job)) {
      // It may become true again.
      reachable.get(queueKey(queue))?.get(ticketId)?.delete(keyOf(job));
      return;
    }
    const push = (await tickets.findRow(queue, ticketId))?.push;
    const claim = toClaim(job);
    if (!push || !(await store.claimNotice(queue, ticketId, claim))) return;
    try {
      const outcome = await deps.notifications.send({ channel: 'push', ...push }, writeMessage(keeper, ticket, kind));
      if (outcome === 'sent') return;
      await store.dropPush(queue, ticketId, push.endpoint);
      reachable.get(queueKey(queue))?.delete(ticketId);
    } catch (error) {
      await store.releaseNotice(queue, ticketId, claim.key);
      throw error;
    }
  }

  return {
    noteAddress(queue, ticketId, hasAddress) {
      const known = reachable.get(queueKey(queue));
      const keeper = lines.peek(queue);
      if (!hasAddress) known?.delete(ticketId);
      else if (known && keeper) {
        reach(queue, ticketId);
        lookAtCalls(keeper, [ticketId]);
        for (const pool of keeper.pools) {
          const published = keeper.published(pool);
          if (published) lookAtOrder(keeper, published.order);
        }
      } else if (keeper) read(keeper).catch(warn);
    },
    start() {
      jobs.handle('queue:notice', deliver);
      lines.onLeft((queue) => void reachable.delete(queueKey(queue)));
      // The event that brought a queue back into memory is told to nobody.
      lines.onBuilt((keeper) => void read(keeper).catch(warn));
      stops.push(
        lines.subscribe(handle),
        deps.phones.subscribe((keeper, _pool, { order }) => lookAtOrder(keeper, order)),
      );
      readAll().catch(warn);
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}

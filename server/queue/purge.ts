/**
 * What the queue forgets, and when (RE-19, IC-24): name, phone, note, push address and the words of a rating `retentionHours` after a
 * ticket ended; its token then too, except that a completed visit can be rated for a day (QP-13), and words that came later go with the
 * token. What stays says how long somebody waited and how many stars they gave, not who.
 *
 * A TTL empties `queue_persons` besides, so that nobody stays even when no server runs the sweep for a while.
 */
import type { TicketId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { FactPublisher } from '../core/facts.js';
import type { Logger } from '../core/logger.js';
import { rooms } from '../core/rooms.js';
import { FEEDBACK_MS } from './holder.presenter.js';
import type { Keeper, PoolLines } from './pool-lines.js';
import type { TicketRow } from './queue.types.js';
import type { HolderStore } from './holder.store.js';
import type { TicketStore } from './ticket.store.js';

const SWEEP_INTERVAL_MS = 60_000;
const PER_SWEEP = 500;
const hourMs = 60 * 60 * 1_000;

export interface Purge {
  start(): void;
  /** Ends what is due; for tests and the simulation, whose clock runs faster. Answers how many tickets that were. */
  sweep(): Promise<number>;
  stop(): Promise<void>;
}

export interface PurgeDeps {
  readonly lines: PoolLines;
  readonly tickets: Pick<TicketStore, 'erasePerson' | 'closeToken'>;
  readonly store: Pick<HolderStore, 'listDue' | 'postponePurge' | 'expireBefore'>;
  /** Resolves when the rows know everything that was acknowledged. */
  readonly flushRows: () => Promise<void>;
  readonly forgetToken: (id: TicketId) => void;
  readonly facts: FactPublisher;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A completed visit may still be rated then; null for one whose token goes with its person. */
function rateableUntilMs({ ticket }: TicketRow, nowMs: number): number | null {
  if (ticket?.state !== 'completed' || ticket.endedAtMs === null) return null;
  const untilMs = ticket.endedAtMs + FEEDBACK_MS;
  return nowMs < untilMs ? untilMs : null;
}

export function createPurge(deps: PurgeDeps): Purge {
  const { tickets, store, clock, log } = deps;
  let timer: NodeJS.Timeout | null = null;
  let unsubscribe = (): void => {};
  let working: Promise<unknown> = Promise.resolve();
  const warn = (error: unknown): void => log.warn({ err: error }, 'tickets could not be purged yet');

  async function purge(row: TicketRow): Promise<void> {
    await tickets.erasePerson(row, row.id);
    const untilMs = rateableUntilMs(row, clock.now());
    if (untilMs !== null) return store.postponePurge(row, row.id, new Date(untilMs));
    await tickets.closeToken(row, row.id);
    deps.forgetToken(row.id);
    deps.facts.closeRoom(rooms.ticket(row.tenantId, row.id), 'expired');
  }

  async function sweep(): Promise<number> {
    const due = await store.listDue(new Date(clock.now()), PER_SWEEP);
    for (const row of due) await purge(row);
    return due.length;
  }

  async function sweepAll(): Promise<void> {
    while ((await sweep()) === PER_SWEEP);
  }

  /** The floor forgets a day with its end; the rows of those who still waited say that it expired (QP-10). */
  async function expire({ queue, floor, setup }: Keeper): Promise<void> {
    const { serviceDay, rev } = floor;
    await deps.flushRows();
    const atMs = clock.now();
    const purgeAt = new Date(atMs + setup.policy.retentionHours * hourMs);
    await store.expireBefore(queue, queue.locationId, { serviceDay, rev, atMs, purgeAt });
  }

  return {
    start() {
      unsubscribe = deps.lines.subscribe((keeper, { changes }) => {
        if (changes.some(({ type }) => type === 'day-began')) working = working.then(() => expire(keeper)).catch(warn);
      });
      deps.lines.onBuilt((keeper) => {
        working = working.then(() => expire(keeper)).catch(warn);
      });
      timer = setInterval(() => {
        working = working.then(sweepAll).catch(warn);
      }, SWEEP_INTERVAL_MS);
      timer.unref();
    },
    async sweep() {
      await working;
      return sweep();
    },
    async stop() {
      unsubscribe();
      if (timer) clearInterval(timer);
      await working;
    },
  };
}

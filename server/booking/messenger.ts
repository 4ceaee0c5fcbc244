/**
 * Sends what bookings have to say. The queue is the bookings themselves: an entry is written with the change that it tells of and taken
 * out when it was sent, so a server that dies in between neither loses nor invents one, and a change that comes first takes it back.
 *
 * A worker that dies while it sends leaves open whether it did. News is then sent again, under the same message id; a reminder is not
 * (BK-23).
 */
import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { UnsentError, type CustomerMessage, type Notifications } from '../notifications/index.js';
import { writeBookingLetter } from './booking-letter.js';
import type { CollectFacts } from './composer.js';
import { isReminder, judge } from './outbox.js';
import type { LeasedMessage, OutboxStore } from './outbox.store.js';
import type { ComposeForSeat } from './seat-composer.js';
import { isSaidOnce, judgeForSeat } from './seat-outbox.js';

/** Longer than a mail server may keep us waiting in all. */
const LEASE_MS = 3 * 60_000;
const MAX_TRIES = 3;
const RETRY_MS = 60_000;
/** How long an idle worker waits before it asks the store again. */
const POLL_MS = 5_000;

/** A letter, and whom it goes to. */
export interface ReadyMessage {
  readonly address: string;
  readonly letter: CustomerMessage;
}

export interface Messenger {
  /** Something is to be said, after this long. */
  wake(delayMs?: number): void;
  start(): void;
  /** Waits for what is being sent. */
  stop(): Promise<void>;
  /** Resolves when nothing is due; for tests and the seed. */
  drain(): Promise<void>;
}

export function createMessenger(deps: {
  readonly outbox: OutboxStore;
  readonly collect: CollectFacts;
  readonly composeForSeat: ComposeForSeat;
  readonly notifications: Pick<Notifications, 'write'>;
  readonly clock: Clock;
  readonly log: Logger;
}): Messenger {
  const { outbox, collect, composeForSeat, notifications, clock, log } = deps;
  let running: Promise<void> | null = null;
  let isAsked = false;
  let isStopped = false;
  let poll: NodeJS.Timeout | null = null;
  const timers = new Set<NodeJS.Timeout>();

  async function prepare({ booking, entry }: LeasedMessage): Promise<ReadyMessage | undefined> {
    try {
      if ('seatId' in entry) return await composeForSeat(booking, entry);
      const address = booking.customer?.email;
      if (!address) return undefined;
      const facts = await collect(booking, { kind: entry.kind });
      return facts && { address, letter: writeBookingLetter(entry.kind, facts) };
    } catch (error) {
      throw new UnsentError('a message could not be written', { cause: error });
    }
  }

  async function send(message: LeasedMessage): Promise<void> {
    const { channel, kind } = message.entry;
    const ready = await prepare(message);
    if (ready) await notifications.write({ channel, address: ready.address }, ready.letter);
    await (ready && isSaidOnce(kind) ? outbox.keep(message) : outbox.settle(message));
  }

  async function fail(message: LeasedMessage, error: unknown): Promise<void> {
    const { entry } = message;
    const tries = entry.tries + 1;
    const isUnsent = error instanceof UnsentError;
    const isLast = tries >= MAX_TRIES || (!isUnsent && isReminder(entry.kind));
    log[isLast ? 'error' : 'warn']({ err: error, kind: entry.kind, tries, last: isLast }, 'a message was not sent');
    if (isLast) return outbox.settle(message);
    const dueAt = new Date(clock.now() + RETRY_MS * 4 ** entry.tries * (0.5 + Math.random()));
    return outbox.postpone(message, { dueAt, tries, isOpen: !isUnsent });
  }

  async function handle(message: LeasedMessage): Promise<void> {
    const { booking, entry } = message;
    const now = clock.now();
    const verdict = 'seatId' in entry ? judgeForSeat(booking, entry, now) : judge(booking, entry, now);
    if (verdict === 'drop' || entry.tries >= MAX_TRIES) return outbox.settle(message);
    if (verdict !== 'send') {
      return outbox.postpone(message, { dueAt: verdict, tries: entry.tries, isOpen: false });
    }
    return send(message).catch((error: unknown) => fail(message, error));
  }

  async function runDue(): Promise<void> {
    while (isAsked) {
      isAsked = false;
      while (!isStopped) {
        const now = clock.now();
        const message = await outbox.lease(new Date(now), new Date(now + LEASE_MS));
        if (!message) break;
        await handle(message);
      }
    }
  }

  function run(): Promise<void> {
    isAsked = true;
    running ??= runDue()
      .catch((error: unknown) => log.error({ err: error }, 'the messenger stumbled'))
      .finally(() => {
        running = null;
        // Asked between the last look and now: nobody else would look before the next poll.
        if (isAsked && !isStopped) void run();
      });
    return running;
  }

  return {
    wake(delayMs = 0) {
      if (isStopped) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        void run();
      }, delayMs).unref();
      timers.add(timer);
    },
    start() {
      void run();
      poll = setInterval(() => void run(), POLL_MS).unref();
    },
    async stop() {
      isStopped = true;
      if (poll) clearInterval(poll);
      for (const timer of timers) clearTimeout(timer);
      await running;
    },
    drain: run,
  };
}

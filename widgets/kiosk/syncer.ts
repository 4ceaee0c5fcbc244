/** Tells the server of tickets that were handed out without it, oldest first, and keeps enough labels for the next time. */
import { createIdempotencyKey, type ServiceId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/client/clock.js';
import { computeBackoffMs } from '../core/client/clock.js';
import { isRetryable } from '../core/client/outcome.js';
import type { DeviceLink } from './issuer.js';
import type { JournalKeeper } from './journal.js';
import { addBlock, countLabels, describeBatch, settleBatch, type Settled } from './offline-queue.js';
import type { Timeline } from './timeline.js';

/** Two hours at 50 tickets an hour. */
const BLOCK_LABELS = 100;
const BLOCK_LOW = 60;
/** Asked when the date changed and the service day may not have: labels of the old day are not wasted on the question. */
const PROBE_LABELS = 1;
const PROBE_INTERVAL_MS = 20 * 60_000;

export interface SyncerDeps {
  readonly link: DeviceLink;
  readonly journal: JournalKeeper;
  readonly timeline: Timeline;
  readonly clock: Clock;
  isOnline(): boolean;
  /** Today's date where the kiosk stands, `YYYY-MM-DD`. */
  readDate(): string;
  /** The list of waiting tickets changed; `refused` are those that the server would not take. */
  handleChange(refused: readonly string[]): void;
}

export interface Syncer {
  /** Sends what waits; one run at a time, and it ends when all is sent or the network is gone. */
  flush(): Promise<void>;
  /** Reserves labels where they run low. */
  restock(serviceIds: readonly ServiceId[]): Promise<void>;
}

export function createSyncer(deps: SyncerDeps): Syncer {
  const { link, journal, timeline, clock, isOnline } = deps;
  let flushing: Promise<void> | null = null;
  let restocking: Promise<void> | null = null;
  const probedAtMs = new Map<ServiceId, number>();

  const pause = (delayMs: number): Promise<void> => new Promise((resolve) => void clock.setTimeout(resolve, delayMs));

  /**
   * The number on paper and the server's differ when the server had made the ticket and its answer was lost for good. There is one ticket,
   * and the link on the paper opens it; staff are told to look for its holder as for anybody whose paper failed.
   */
  async function reconcile({ ticket, result }: Settled): Promise<void> {
    if (result.state === 'stored') {
      if (ticket.print === 'none') return;
      await link.request('ticket:report-print', { ticketId: result.ticketId, print: ticket.print });
      return;
    }
    if (!ticket.wasAsked || result.reason !== 'IDEMPOTENCY_MISMATCH') return;
    const known = await link.request('ticket:issue', ticket.request, { idempotencyKey: ticket.key });
    if (known.ok) await link.request('ticket:report-print', { ticketId: known.data.ticketId, print: 'failed' });
  }

  async function sendBatch(size: number | undefined): Promise<'settled' | 'later' | 'refused'> {
    const answer = await link.request('ticket:sync-issued', describeBatch(journal.get(), timeline.now(), size));
    if (!answer.ok) return isRetryable(answer.error) ? 'later' : 'refused';
    const { settled } = settleBatch(journal.get(), answer.data.results);
    await journal.update((now) => settleBatch(now, answer.data.results).journal);
    const refused = settled.filter(({ result }) => result.state === 'refused').map(({ ticket }) => ticket.label);
    deps.handleChange(refused);
    for (const one of settled) await reconcile(one);
    return settled.length > 0 ? 'settled' : 'refused';
  }

  async function run(): Promise<void> {
    let failures = 0;
    let size: number | undefined;
    while (journal.get().waiting.length > 0 && isOnline()) {
      const outcome = await sendBatch(size);
      if (outcome === 'settled') {
        failures = 0;
        continue;
      }
      if (outcome === 'later') {
        failures += 1;
        await pause(computeBackoffMs(failures, clock));
        continue;
      }
      // One ticket spoils the batch: they go one by one, and the one that cannot go alone is given up, so that the others can.
      if (size === 1) await giveUpOldest();
      size = 1;
    }
  }

  async function giveUpOldest(): Promise<void> {
    const [oldest] = journal.get().waiting;
    await journal.update((now) => ({ ...now, waiting: now.waiting.slice(1) }));
    if (oldest) deps.handleChange([oldest.label]);
  }

  async function reserve(serviceId: ServiceId, count: number): Promise<void> {
    const answer = await link.request(
      'ticket:reserve-block',
      { serviceId, count },
      { idempotencyKey: createIdempotencyKey() },
    );
    if (answer.ok) await journal.update((now) => addBlock(now, answer.data));
  }

  async function restockService(serviceId: ServiceId): Promise<void> {
    const known = journal.get().blocks[serviceId];
    const isOfToday = known === undefined || known.serviceDay === deps.readDate();
    if (!isOfToday && timeline.now() - (probedAtMs.get(serviceId) ?? -Infinity) > PROBE_INTERVAL_MS) {
      probedAtMs.set(serviceId, timeline.now());
      await reserve(serviceId, PROBE_LABELS);
    }
    if (countLabels(journal.get(), serviceId, null) < BLOCK_LOW) await reserve(serviceId, BLOCK_LABELS);
  }

  return {
    flush() {
      flushing ??= run().finally(() => {
        flushing = null;
      });
      return flushing;
    },
    restock(serviceIds) {
      const all = async (): Promise<void> => {
        for (const serviceId of serviceIds) if (isOnline()) await restockService(serviceId);
      };
      restocking ??= all().finally(() => {
        restocking = null;
      });
      return restocking;
    },
  };
}

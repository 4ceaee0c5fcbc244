/**
 * Tells webhooks what stands in the logs. Each has a cursor per location and is told in order: the next event is sent when the one before
 * was taken. A cursor is moved after the answer, so a message may come twice (with the same id) and none is left out. After a failure the
 * job queue tries again, ten times within three days; then the webhook is switched off, and goes on from its cursor when it is switched
 * on again.
 */
import type { LocationId, TenantId, WebhookId } from '@frontdesk/protocol/ids';
import type { WebhookMessage } from '@frontdesk/protocol/webhooks';
import type { Clock } from '../core/clock.js';
import type { JobQueue } from '../core/jobs.js';
import type { Logger } from '../core/logger.js';
import type { QueueFeed } from '../queue/index.js';
import { postPublicly, type WebhookTargets } from './public-request.js';
import { signMessage } from './signature.js';
import type { WebhookStore } from './webhooks.store.js';
import type { Cursor, Webhook } from './webhooks.types.js';

const PAGE_SIZE = 50;
/** Longer than a message may take. */
const LEASE_MS = 60_000;
/** What somebody else is telling is looked at again after this long, or sooner when their lease ends. */
const LOOK_AGAIN_MS = 5_000;
const AT_ONCE = 8;
const GONE = 410;
const [second, minute, hour] = [1_000, 60_000, 3_600_000];
/** After each failure in a row; about 75 hours together. */
export const RETRY_DELAYS_MS = [
  5 * second,
  30 * second,
  2 * minute,
  15 * minute,
  hour,
  4 * hour,
  10 * hour,
  12 * hour,
  24 * hour,
  24 * hour,
] as const;

interface Place {
  readonly tenantId: TenantId;
  readonly webhookId: WebhookId;
  readonly locationId: LocationId;
}

declare module '../core/jobs.js' {
  interface JobPayloads {
    'webhook:retry': { readonly webhookId: WebhookId; readonly locationId: LocationId };
  }
}

export interface Deliveries {
  /** Tells what is not told yet, soon. */
  ask(place: Place): void;
  /** Resolves when nobody is being told. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface DeliveryDeps {
  readonly store: WebhookStore;
  readonly feed: QueueFeed;
  readonly jobs: JobQueue;
  readonly clock: Clock;
  readonly log: Logger;
  readonly targets: WebhookTargets;
  readonly ownOrigin: string;
}

type Outcome = 'told' | 'failed' | 'lost';

export function createDeliveries({ store, feed, jobs, clock, log, targets, ownOrigin }: DeliveryDeps): Deliveries {
  const waiting = new Map<string, Place>();
  const running = new Map<string, Promise<void>>();
  const leased = new Map<string, NodeJS.Timeout>();
  let isStopped = false;

  const keyOf = ({ webhookId, locationId }: Place): string => `${webhookId}:${locationId}`;
  const inMs = (ms: number): Date => new Date(clock.now() + ms);

  async function post({ id, url, secrets }: Webhook, message: WebhookMessage): Promise<number | null> {
    const messageId = `msg_${message.locationId}_${message.rev}`;
    const timestamp = Math.floor(clock.now() / 1_000);
    const body = JSON.stringify(message);
    const headers = {
      'Content-Type': 'application/json',
      'User-Agent': 'Frontdesk-Webhooks',
      'webhook-id': messageId,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signMessage({ id: messageId, timestamp, body }, secrets),
    };
    return postPublicly({ url, headers, body }, targets, ownOrigin).catch((error: unknown) => {
      // Its name and no more: what the network says of a stranger's address is not for the tenant.
      log.info({ webhook: id, reason: error instanceof Error ? error.name : 'unknown' }, 'a webhook was not reached');
      return null;
    });
  }

  async function handleFailure(webhook: Webhook, cursor: Cursor, status: number | null): Promise<Outcome> {
    const failures = cursor.failures + 1;
    const delayMs = RETRY_DELAYS_MS[cursor.failures];
    const retryAt = inMs((delayMs ?? 0) * (0.9 + Math.random() * 0.2));
    const change = { failures, retryAt, lastStatus: status, lastTryAt: inMs(0) };
    if (!(await store.note(webhook, cursor, change))) return 'lost';
    if (status === GONE || delayMs === undefined) {
      await store.update(webhook, webhook.id, {
        isEnabled: false,
        disabledReason: status === GONE ? 'gone' : 'failing',
      });
      return 'failed';
    }
    const { webhookId, locationId, rev, fence } = cursor;
    const key = `${webhookId}:${locationId}:${rev}:${fence}`;
    await jobs.enqueue(webhook, 'webhook:retry', { key, payload: { webhookId, locationId }, runAt: retryAt });
    return 'failed';
  }

  /** Sends what stands after the cursor, a page at most. */
  async function tellPage(
    webhook: Webhook,
    cursor: Cursor,
  ): Promise<{ outcome: Outcome; cursor: Cursor; count: number }> {
    const { locationId } = cursor;
    const items = await feed.readAfter({ tenantId: webhook.tenantId, locationId }, cursor.rev, PAGE_SIZE);
    let now = cursor;
    for (const { rev, atMs, changes } of items) {
      const told = changes.filter(({ type }) => webhook.events.length === 0 || webhook.events.includes(type));
      const at = new Date(atMs).toISOString();
      const status =
        told.length === 0 ? 200 : await post(webhook, { type: 'queue.tickets', locationId, rev, at, changes: told });
      if (status === null || status < 200 || status > 299) {
        return { outcome: await handleFailure(webhook, now, status), cursor: now, count: 0 };
      }
      now = { ...now, rev, failures: 0 };
      const tried = told.length > 0 && { lastStatus: status, lastTryAt: inMs(0) };
      const isOurs = await store.note(webhook, now, { rev, failures: 0, leaseUntil: inMs(LEASE_MS), ...tried });
      if (!isOurs || isStopped) return { outcome: 'lost', cursor: now, count: 0 };
    }
    return { outcome: 'told', cursor: now, count: items.length };
  }

  /** Whoever has the cursor may have read the log before what we were asked to tell, or have died with it. */
  async function lookAgain(place: Place): Promise<void> {
    const untilMs = await store.readLease(place, place.webhookId, place.locationId);
    const waitMs = untilMs - clock.now();
    const key = keyOf(place);
    if (waitMs <= 0 || isStopped || leased.has(key)) return;
    const handle = (): void => {
      leased.delete(key);
      ask(place);
    };
    leased.set(key, setTimeout(handle, Math.min(waitMs, LOOK_AGAIN_MS)).unref());
  }

  async function tell(place: Place): Promise<void> {
    const { tenantId, webhookId, locationId } = place;
    const context = { tenantId };
    await store.addCursor(context, webhookId, locationId, 0);
    let cursor = await store.claim(context, webhookId, locationId, { now: inMs(0), until: inMs(LEASE_MS) });
    if (!cursor) return lookAgain(place);
    while (cursor) {
      // Read anew for each page: it may have been changed or switched off.
      const webhook = await store.find(context, webhookId);
      if (!webhook?.isEnabled) break;
      const page = await tellPage(webhook, cursor);
      cursor = page.cursor;
      if (page.outcome !== 'told' || page.count < PAGE_SIZE) break;
    }
    if (cursor) await store.release(context, cursor);
  }

  function begin(): void {
    for (const [key, place] of waiting) {
      if (isStopped || running.size >= AT_ONCE) return;
      if (running.has(key)) continue;
      waiting.delete(key);
      const work = tell(place)
        .catch((error: unknown) => log.warn({ err: error }, 'a webhook could not be told yet'))
        .finally(() => {
          running.delete(key);
          begin();
        });
      running.set(key, work);
    }
  }

  function ask(place: Place): void {
    waiting.set(keyOf(place), place);
    begin();
  }

  async function settle(): Promise<void> {
    while (running.size > 0) await Promise.all(running.values());
  }

  jobs.handle('webhook:retry', async ({ tenantId }, { webhookId, locationId }) => {
    // Not awaited: a slow receiver must not hold up mails and notices. The cursor remembers what is owed.
    ask({ tenantId, webhookId, locationId });
  });

  return {
    ask,
    settle,
    async stop() {
      isStopped = true;
      for (const timer of leased.values()) clearTimeout(timer);
      await settle();
    },
  };
}

/** Use cases of webhooks (QA-11). */
import type { LocationId, TenantId, WebhookId } from '@frontdesk/protocol/ids';
import type { WebhookDto } from '@frontdesk/protocol/webhooks';
import type { TicketEventType } from '@frontdesk/protocol/vocabulary';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { deriveId, deriveSecret, nameTry } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import { hashInput } from '../core/idempotency.js';
import type { LocationDirectory } from '../locations/index.js';
import type { QueueFeed } from '../queue/index.js';
import type { Deliveries } from './delivery.js';
import { findFault, type WebhookTargets } from './public-request.js';
import { toWebhookSecret } from './signature.js';
import type { WebhookPatch, WebhookStore } from './webhooks.store.js';
import type { Cursor, Webhook } from './webhooks.types.js';

const MOST_WEBHOOKS = 20;
/** The secret before the newest signs too, so that a receiver can change over without a gap (HOOK-07). */
const LIVE_SECRETS = 2;

export interface WebhooksServiceDeps {
  readonly store: WebhookStore;
  readonly deliveries: Deliveries;
  readonly feed: QueueFeed;
  readonly locations: Pick<LocationDirectory, 'find' | 'list'>;
  readonly clock: Clock;
  readonly secret: Buffer;
  readonly targets: WebhookTargets;
  readonly ownOrigin: string;
  /** Which webhooks there are, or which are on, is not what it was. */
  readonly handleChange: (tenantId: TenantId) => void;
}

export interface WebhookChange {
  readonly webhookId: WebhookId;
  readonly url?: string | undefined;
  readonly events?: readonly TicketEventType[] | undefined;
  readonly isEnabled?: boolean | undefined;
}

export type WebhooksService = ReturnType<typeof createWebhooksService>;

function present(webhook: Webhook, cursors: readonly Cursor[]): WebhookDto {
  const { id, url, events, isEnabled, disabledReason, createdAt } = webhook;
  return {
    id,
    url,
    events: [...events],
    isEnabled,
    disabledReason,
    createdAt: createdAt.toISOString(),
    progress: cursors
      .filter(({ webhookId }) => webhookId === id)
      .map(({ locationId, rev, failures, lastStatus, lastTryAt }) => ({
        locationId,
        rev,
        failures,
        lastStatus,
        lastTryAt: lastTryAt?.toISOString() ?? null,
      })),
  };
}

export function createWebhooksService(deps: WebhooksServiceDeps) {
  const { store, deliveries, feed, locations, clock } = deps;

  function checkUrl(url: string | undefined): void {
    const fault = url === undefined ? null : findFault(url, deps.targets, deps.ownOrigin);
    if (fault) throw new AppError('VALIDATION', { fields: { url: fault } });
  }

  async function find(context: StaffContext, id: WebhookId): Promise<Webhook> {
    const webhook = await store.find(context, id);
    if (!webhook) throw new AppError('NOT_FOUND');
    return webhook;
  }

  /** It is told what happens from now on; of branches that come later, everything. */
  async function beginHere(context: StaffContext, id: WebhookId): Promise<void> {
    const { tenantId } = context;
    for (const location of await locations.list(context)) {
      const rev = await feed.readHead({ tenantId, locationId: location.id });
      await store.addCursor(context, id, location.id, rev);
    }
  }

  async function askAll(context: StaffContext, webhookId: WebhookId): Promise<void> {
    const { tenantId } = context;
    for (const { id } of await locations.list(context)) deliveries.ask({ tenantId, webhookId, locationId: id });
  }

  return {
    async list(context: StaffContext) {
      const [webhooks, cursors] = await Promise.all([store.list(context), store.listCursors(context)]);
      return { webhooks: webhooks.map((webhook) => present(webhook, cursors)) };
    },
    async create(context: StaffContext, input: { url: string; events: readonly TicketEventType[] }) {
      checkUrl(input.url);
      const id = deriveId<WebhookId>(nameTry(context, 'webhook'));
      const secret = toWebhookSecret(deriveSecret(deps.secret, nameTry(context, 'webhook')));
      const inputHash = hashInput('webhook:create', input);
      const known = await store.find(context, id);
      if (known && known.inputHash !== inputHash) throw new AppError('IDEMPOTENCY_MISMATCH');
      if (!known && (await store.list(context)).length >= MOST_WEBHOOKS)
        throw new AppError('CAP_REACHED', { message: 'There are as many webhooks as there may be.' });
      const webhook: Webhook = known ?? {
        id,
        tenantId: context.tenantId,
        url: input.url,
        events: [...new Set(input.events)],
        isEnabled: true,
        disabledReason: null,
        secrets: [secret],
        inputHash,
        createdAt: new Date(clock.now()),
      };
      // The cursors first: whoever finds the webhook knows where it begins.
      await beginHere(context, id);
      await store.insert(context, webhook);
      deps.handleChange(context.tenantId);
      return { webhook: present(webhook, await store.listCursors(context)), secret };
    },
    async update(context: StaffContext, { webhookId, url, events, isEnabled }: WebhookChange) {
      await find(context, webhookId);
      checkUrl(url);
      const patch: WebhookPatch = {
        ...(url !== undefined && { url }),
        ...(events !== undefined && { events }),
        ...(isEnabled !== undefined && { isEnabled, disabledReason: null }),
      };
      const webhook = await store.update(context, webhookId, patch);
      if (!webhook) throw new AppError('NOT_FOUND');
      deps.handleChange(context.tenantId);
      if (webhook.isEnabled) {
        await store.hurry(context, webhookId);
        await askAll(context, webhookId);
      }
      return present(webhook, await store.listCursors(context));
    },
    async remove(context: StaffContext, id: WebhookId) {
      await find(context, id);
      await store.remove(context, id);
      deps.handleChange(context.tenantId);
      return {};
    },
    async rotateSecret(context: StaffContext, id: WebhookId) {
      const secret = toWebhookSecret(deriveSecret(deps.secret, nameTry(context, `webhook-secret ${id}`)));
      if (!(await store.pushSecret(context, id, secret, LIVE_SECRETS))) throw new AppError('NOT_FOUND');
      return { secret };
    },
    async replay(context: StaffContext, input: { webhookId: WebhookId; locationId: LocationId; fromRev: number }) {
      const { webhookId, locationId, fromRev } = input;
      const [, location] = await Promise.all([find(context, webhookId), locations.find(context, locationId)]);
      if (!location) throw new AppError('NOT_FOUND');
      await store.addCursor(context, webhookId, locationId, 0);
      await store.rewind(context, webhookId, locationId, fromRev - 1);
      deliveries.ask({ tenantId: context.tenantId, webhookId, locationId });
      return { fromRev };
    },
  };
}

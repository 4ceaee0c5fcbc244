/** How other systems take part: webhooks tell them what happens, API keys let them act. */
import type { LocationId, TenantId, WebhookId } from '@frontdesk/protocol/ids';
import type { Authenticators } from '../core/authenticators.js';
import type { BoundCommand } from '../core/command.js';
import type { CoreDeps } from '../core/deps.js';
import { readServerSecret } from '../core/derived.js';
import type { LocationDirectory } from '../locations/index.js';
import type { QueueFeed } from '../queue/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import { createApiKeysService } from './api-keys.service.js';
import { createApiKeyStore } from './api-keys.store.js';
import { createDeliveries } from './delivery.js';
import type { WebhookTargets } from './public-request.js';
import { bindWebhookCommands } from './webhooks.commands.js';
import { createWebhookModels } from './webhooks.model.js';
import { createWebhooksService } from './webhooks.service.js';
import { createWebhookStore } from './webhooks.store.js';

export type { WebhookTargets } from './public-request.js';
export type * from './webhooks.types.js';

/** Many events of a moment are told in one go. */
const GATHER_MS = 200;
/** Other processes see a new webhook after this long; most businesses have none, and their queues are busy. */
const CACHE_TTL_MS = 3_000;
const MAX_CACHED = 5_000;

export interface WebhooksDeps extends CoreDeps {
  readonly feed: QueueFeed;
  readonly locations: LocationDirectory;
  readonly directory: Pick<TenancyDirectory, 'findTenant'>;
  readonly targets: WebhookTargets;
}

export interface Webhooks {
  readonly commands: readonly BoundCommand[];
  readonly authenticateApiKey: Authenticators['apiKey'];
  start(): Promise<void>;
  /** Resolves when everything that can be told now is told; for tests. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export function createWebhooks(deps: WebhooksDeps): Webhooks {
  const { connection, clock, log, jobs, feed, locations, directory, targets, config } = deps;
  const models = createWebhookModels(connection);
  const store = createWebhookStore(models);
  const secret = readServerSecret(config);
  const common = { store, feed, clock, targets, ownOrigin: config.publicUrl };
  const deliveries = createDeliveries({ ...common, jobs, log });
  const cache = new Map<TenantId, { readonly ids: readonly WebhookId[]; readonly untilMs: number }>();
  const webhooks = createWebhooksService({
    ...common,
    deliveries,
    locations,
    secret,
    handleChange: (tenantId) => void cache.delete(tenantId),
  });
  const apiKeys = createApiKeysService({ store: createApiKeyStore(models.ApiKey), directory, clock, secret });
  const changed = new Map<string, { readonly tenantId: TenantId; readonly locationId: LocationId }>();
  const warn = (error: unknown): void => log.warn({ err: error }, 'webhooks could not be looked up');
  let timer: NodeJS.Timeout | null = null;
  let asking: Promise<void> = Promise.resolve();
  let unsubscribe = (): void => {};

  async function listEnabled(tenantId: TenantId): Promise<readonly WebhookId[]> {
    const known = cache.get(tenantId);
    if (known && known.untilMs > clock.now()) return known.ids;
    const ids = (await store.list({ tenantId })).flatMap(({ id, isEnabled }) => (isEnabled ? id : []));
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(tenantId, { ids, untilMs: clock.now() + CACHE_TTL_MS });
    return ids;
  }

  async function askChanged(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    const queues = [...changed.values()];
    changed.clear();
    for (const { tenantId, locationId } of queues) {
      for (const webhookId of await listEnabled(tenantId)) deliveries.ask({ tenantId, webhookId, locationId });
    }
  }

  function ask(): Promise<void> {
    asking = asking.then(askChanged).catch(warn);
    return asking;
  }

  return {
    commands: bindWebhookCommands(webhooks, apiKeys),
    authenticateApiKey: apiKeys.authenticate,
    async start() {
      unsubscribe = feed.subscribe(({ tenantId, locationId }) => {
        changed.set(`${tenantId}:${locationId}`, { tenantId, locationId });
        timer ??= setTimeout(() => void ask(), GATHER_MS).unref();
      });
      // What a process before this one owed.
      for (const { tenantId, id } of await store.listEnabled()) {
        for (const location of await locations.list({ tenantId })) {
          deliveries.ask({ tenantId, webhookId: id, locationId: location.id });
        }
      }
    },
    async settle() {
      await ask();
      await deliveries.settle();
    },
    async stop() {
      unsubscribe();
      if (timer) clearTimeout(timer);
      await asking;
      await deliveries.stop();
    },
  };
}

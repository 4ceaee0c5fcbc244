/** Use cases of websites and their inboxes, and the cached look-up by public key. */
import { SITE_KEY_PATTERN, type InboxId, type SiteId, type SiteKey, type TenantId } from '@frontdesk/protocol/ids';
import type { InboxDto, SiteDto, SiteTheme } from '@frontdesk/protocol/tenancy';
import type { StaffContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import { AppError } from '../core/errors.js';
import type { FactPublisher } from '../core/facts.js';
import { rooms } from '../core/rooms.js';
import { createBase62, createSecret } from '../core/secrets.js';
import { presentInbox, presentSite } from './tenancy.presenter.js';
import { createObjectId } from './object-ids.store.js';
import type { SitePatch } from './sites.store.js';
import type { TenancyStore } from './tenancy.store.js';
import type { Site } from './tenancy.types.js';

/** Every message and handshake asks for its site; other processes see a change after this long. */
const CACHE_TTL_MS = 3_000;
/** Unknown keys are cached too, so an attacker who invents keys must not fill the memory. */
const CACHE_MAX_ENTRIES = 5_000;
/** The secret before the newest stays valid, so that a website can rotate without a gap. */
const LIVE_IDENTITY_SECRETS = 2;

const DEFAULT_THEME: SiteTheme = { accent: '#2563eb', colorScheme: 'auto', launcherSide: 'end' };

export interface SiteSettings {
  readonly name: string;
  readonly allowedOrigins: readonly string[];
  readonly allowNullOrigin?: boolean;
  readonly theme?: SiteTheme;
  readonly greeting?: string;
  readonly requireIdentity?: boolean;
  readonly publicKey?: SiteKey;
}

type Scoped = { readonly tenantId: TenantId | null };

/** The cache in front of `findSiteByKey`. Invalidation also discards reads that were under way. */
function createSiteCache(deps: Pick<CoreDeps, 'clock'> & { load: (key: string) => Promise<Site | undefined> }) {
  const entries = new Map<string, { site: Site | undefined; expiresAtMs: number }>();
  let generation = 0;
  return {
    async find(key: string): Promise<Site | undefined> {
      if (!SITE_KEY_PATTERN.test(key)) return undefined;
      const known = entries.get(key);
      if (known && known.expiresAtMs > deps.clock.now()) return known.site;
      const seenGeneration = generation;
      const site = await deps.load(key);
      if (seenGeneration === generation) {
        entries.delete(key);
        if (entries.size >= CACHE_MAX_ENTRIES) entries.delete(entries.keys().next().value as string);
        entries.set(key, { site, expiresAtMs: deps.clock.now() + CACHE_TTL_MS });
      }
      return site;
    },
    clear(): void {
      generation += 1;
      entries.clear();
    },
  };
}

export type SitesService = ReturnType<typeof createSitesService>;

export function createSitesService(deps: CoreDeps & { store: TenancyStore; facts: FactPublisher }) {
  const { store, facts, clock } = deps;
  const cache = createSiteCache({
    clock,
    async load(key) {
      const site = await store.findSiteByKey(key);
      if (!site) return undefined;
      const tenant = await store.findTenant(site);
      return tenant && !tenant.suspended ? site : undefined;
    },
  });

  function announce(context: { readonly tenantId: TenantId }): void {
    cache.clear();
    facts.toStaff(rooms.tenantStaff(context.tenantId), 'workspace:changed', { what: 'sites' });
  }

  async function createSite(context: { readonly tenantId: TenantId }, settings: SiteSettings): Promise<Site> {
    const id = createObjectId<SiteId>();
    const inboxId = createObjectId<InboxId>();
    const now = new Date(clock.now());
    const { name } = settings;
    // The inbox first: a site without an inbox would lose messages, an inbox without a site is only empty.
    await store.insertInbox(context, { id: inboxId, kind: 'web', name, siteId: id, now });
    const site = await store.insertSite(context, {
      id,
      inboxId,
      now,
      name,
      publicKey: settings.publicKey ?? (`pk_${createBase62(24)}` as SiteKey),
      allowedOrigins: settings.allowedOrigins,
      allowNullOrigin: settings.allowNullOrigin ?? false,
      theme: settings.theme ?? DEFAULT_THEME,
      greeting: settings.greeting ?? '',
      requireIdentity: settings.requireIdentity ?? false,
    });
    announce(context);
    return site;
  }

  return {
    findSiteByKey: cache.find,
    clearCache: cache.clear,
    createSite,
    async listSites(context: Scoped): Promise<SiteDto[]> {
      return (await store.listSites(context)).map(presentSite);
    },
    async createSiteDto(context: StaffContext, settings: SiteSettings): Promise<SiteDto> {
      const { name, allowedOrigins } = settings;
      return presentSite(await createSite(context, { name, allowedOrigins }));
    },
    async updateSite(context: StaffContext, id: SiteId, patch: SitePatch): Promise<SiteDto> {
      const site = await store.updateSite(context, id, patch);
      if (!site) throw new AppError('NOT_FOUND');
      announce(context);
      return presentSite(site);
    },
    async rotateIdentitySecret(context: StaffContext, id: SiteId): Promise<{ keyId: string; secret: string }> {
      const fresh = { kid: createBase62(8), secret: createSecret() };
      const site = await store.pushIdentitySecret(context, id, fresh, LIVE_IDENTITY_SECRETS);
      if (!site) throw new AppError('NOT_FOUND');
      announce(context);
      context.log.info({ audit: 'identity-secret-rotated', actor: context.actor.membershipId, site: id }, 'rotated');
      return { keyId: fresh.kid, secret: fresh.secret };
    },
    async listInboxes(context: StaffContext): Promise<InboxDto[]> {
      const { inboxIds } = context.actor;
      const inboxes = await store.listInboxes(context);
      return inboxes.filter(({ id }) => inboxIds === null || inboxIds.includes(id)).map(presentInbox);
    },
  };
}

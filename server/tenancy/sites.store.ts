/** The repository of websites, inboxes and teams. */
import { Types } from 'mongoose';
import type { InboxId, SiteId, SiteKey, TeamId, TenantId } from '@frontdesk/protocol/ids';
import type { SiteTheme } from '@frontdesk/protocol/tenancy';
import type { Channel } from '@frontdesk/protocol/vocabulary';
import { duplicateKeyFields } from '../core/errors.js';
import { withoutUndefined } from '../core/patch.js';
import { scope } from '../core/store/scope.js';
import { toObjectId } from './object-ids.store.js';
import type { InboxRecord, SiteRecord, TeamRecord, TenancyModels } from './tenancy.model.js';
import { toInbox, toSite, toTeam } from './tenancy.records.js';
import type { Inbox, Site, Team } from './tenancy.types.js';

type Scoped = { readonly tenantId: TenantId | null };

export interface SitePatch {
  readonly name?: string | undefined;
  readonly allowedOrigins?: readonly string[] | undefined;
  readonly allowNullOrigin?: boolean | undefined;
  readonly theme?: SiteTheme | undefined;
  readonly greeting?: string | undefined;
  readonly requireIdentity?: boolean | undefined;
  readonly identitySecrets?: readonly { readonly kid: string; readonly secret: string }[] | undefined;
}

export function createSitesStore(models: TenancyModels) {
  return { ...createSiteStore(models), ...createInboxStore(models) };
}

function createSiteStore({ Site }: TenancyModels) {
  return {
    async findSite(context: Scoped, id: SiteId): Promise<Site | undefined> {
      const record = await Site.findOne({ ...scope(context), _id: toObjectId(id) }).lean<SiteRecord>();
      return record ? toSite(record) : undefined;
    },
    async findSiteByKey(publicKey: string): Promise<Site | undefined> {
      const record = await Site.findOne({ publicKey })
        .setOptions({ crossTenant: 'the public key names the site and its tenant' })
        .lean<SiteRecord>();
      return record ? toSite(record) : undefined;
    },
    async listSites(context: Scoped): Promise<Site[]> {
      const records = await Site.find(scope(context)).sort({ createdAt: 1, _id: 1 }).lean<SiteRecord[]>();
      return records.map(toSite);
    },
    async insertSite(
      context: Scoped,
      site: Omit<Site, 'tenantId' | 'identitySecrets' | 'publicKey'> & { publicKey: SiteKey; now: Date },
    ): Promise<Site> {
      const { id, inboxId, now, allowedOrigins, ...fields } = site;
      const record = {
        ...fields,
        _id: toObjectId(id),
        ...scope(context),
        allowedOrigins: [...allowedOrigins],
        inboxId: toObjectId(inboxId),
        identitySecrets: [],
        createdAt: now,
      };
      await Site.create(record);
      return toSite(record);
    },
    async updateSite(context: Scoped, id: SiteId, patch: SitePatch): Promise<Site | undefined> {
      const record = await Site.findOneAndUpdate(
        { ...scope(context), _id: toObjectId(id) },
        { $set: withoutUndefined(patch) },
        { returnDocument: 'after' },
      ).lean<SiteRecord>();
      return record ? toSite(record) : undefined;
    },
    /** Puts a new secret in front and keeps the one before it, in one write. */
    async pushIdentitySecret(
      context: Scoped,
      id: SiteId,
      secret: { kid: string; secret: string },
      keep: number,
    ): Promise<Site | undefined> {
      const record = await Site.findOneAndUpdate(
        { ...scope(context), _id: toObjectId(id) },
        { $push: { identitySecrets: { $each: [secret], $position: 0, $slice: keep } } },
        { returnDocument: 'after' },
      ).lean<SiteRecord>();
      return record ? toSite(record) : undefined;
    },
  };
}

function createInboxStore({ Inbox, Team }: TenancyModels) {
  return {
    async listInboxes(context: Scoped): Promise<Inbox[]> {
      const records = await Inbox.find(scope(context)).sort({ createdAt: 1, _id: 1 }).lean<InboxRecord[]>();
      return records.map(toInbox);
    },
    async insertInbox(
      context: Scoped,
      inbox: { id: InboxId; kind: Channel; name: string; siteId: SiteId | null; now: Date },
    ): Promise<Inbox> {
      const { id, kind, name, siteId, now } = inbox;
      const record = {
        _id: toObjectId(id),
        ...scope(context),
        kind,
        name,
        siteId: siteId === null ? null : toObjectId(siteId),
        createdAt: now,
      };
      await Inbox.create(record);
      return toInbox(record);
    },
    async findTeam(context: Scoped, id: TeamId): Promise<Team | undefined> {
      const record = await Team.findOne({ ...scope(context), _id: toObjectId(id) }).lean<TeamRecord>();
      return record ? toTeam(record) : undefined;
    },
    async listTeams(context: Scoped): Promise<Team[]> {
      const records = await Team.find(scope(context)).sort({ nameKey: 1 }).lean<TeamRecord[]>();
      return records.map(toTeam);
    },
    /** Undefined when a team of this name exists. */
    async insertTeam(context: Scoped, name: string): Promise<Team | undefined> {
      const record = { _id: new Types.ObjectId(), ...scope(context), name, nameKey: name.toLowerCase() };
      try {
        await Team.create(record);
        return toTeam(record);
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
        return undefined;
      }
    },
  };
}

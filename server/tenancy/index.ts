/** Tenants, members, invitations, sites, inboxes and teams. */
import type { InvitationId, MembershipId, SiteKey, TenantId, UserId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Role } from '@frontdesk/protocol/vocabulary';
import type { BoundCommand } from '../core/command.js';
import type { CoreDeps } from '../core/deps.js';
import type { FactPublisher } from '../core/facts.js';
import { rooms } from '../core/rooms.js';
import type { Mailer } from '../mail/index.js';
import { createSitesService, type SiteSettings } from './sites.service.js';
import { bindTenancyCommands } from './tenancy.commands.js';
import type { Invitation, MemberDetails } from './tenancy.records.js';
import { createTenancyService, offline, toStaffLocale } from './tenancy.service.js';
import { createObjectId } from './object-ids.store.js';
import { createTenancyStore, type NewMember, type TenancyStore } from './tenancy.store.js';
import type { AvailabilityOf, Member, Site, Team, TenancyDirectory, Tenant } from './tenancy.types.js';

export { isOriginAllowed } from './origins.js';
export { toStaffLocale };
export type * from './tenancy.types.js';
export type { SiteSettings } from './sites.service.js';
export type { Invitation, MemberDetails } from './tenancy.records.js';

export interface TenancyDeps extends CoreDeps {
  readonly facts: FactPublisher;
  readonly mailer: Mailer;
  /** Who is at the desk right now; absent, everybody is shown as offline. May be bound late. */
  readonly availabilityOf?: AvailabilityOf;
}

type Scoped = { readonly tenantId: TenantId | null };

/** A member who may act right now, with the tenant that he may act in. */
export interface Standing {
  readonly member: MemberDetails;
  readonly tenant: Tenant;
}

/** What the auth domain needs to know about memberships. */
export interface MembershipAccess {
  /** Undefined unless the member exists and is enabled, and the tenant is not suspended. */
  findStanding(context: Scoped, id: MembershipId): Promise<Standing | undefined>;
  /** Where this user may act, oldest first. */
  listStandings(userId: UserId): Promise<Standing[]>;
  findInvitation(tokenHash: string): Promise<(Invitation & { readonly businessName: string }) | undefined>;
  /** Uses the invitation up and makes the member; undefined when somebody was faster. */
  acceptInvitation(
    context: { readonly tenantId: TenantId },
    id: InvitationId,
    tokenHash: string,
    user: { id: UserId; name: string },
  ): Promise<Member | undefined>;
}

/** Makes things without a person asking over the wire: sign-up, the seed, tests. */
export interface TenancyProvision {
  /** Doing it twice with the same ids makes one tenant. */
  createTenant(input: {
    id?: TenantId;
    name: string;
    locale?: Locale;
    timeZone?: string;
    owner: { membershipId?: MembershipId; userId: UserId; name: string; email: string };
  }): Promise<{ tenant: Tenant; owner: Member }>;
  createSite(context: { readonly tenantId: TenantId }, settings: SiteSettings & { publicKey?: SiteKey }): Promise<Site>;
  createTeam(context: { readonly tenantId: TenantId }, name: string): Promise<Team | undefined>;
  addMember(
    context: { readonly tenantId: TenantId },
    member: { userId: UserId; role: Role; name: string; email: string },
  ): Promise<Member>;
  /** From now on the tenant's credentials and site keys open nothing, and its sockets close (SES-04). */
  setSuspended(context: { readonly tenantId: TenantId }, suspended: boolean): Promise<void>;
}

export interface Tenancy {
  readonly commands: BoundCommand[];
  readonly directory: TenancyDirectory;
  readonly access: MembershipAccess;
  readonly provision: TenancyProvision;
}

const DEFAULT_TIME_ZONE = 'UTC';

export function createTenancy(deps: TenancyDeps): Tenancy {
  const store = createTenancyStore(deps.connection);
  const service = createTenancyService({ ...deps, store, availabilityOf: deps.availabilityOf ?? offline });
  const sites = createSitesService({ ...deps, store });
  return {
    commands: bindTenancyCommands(service, sites),
    directory: {
      findTenant: store.findTenant,
      findSite: store.findSite,
      findSiteByKey: sites.findSiteByKey,
      listSites: store.listSites,
      findMember: store.findMember,
      listMembers: store.listMembers,
      findTeam: store.findTeam,
      listInboxes: store.listInboxes,
    },
    access: createMembershipAccess(store, deps),
    provision: createProvision(store, sites, deps),
  };
}

async function addMember(
  store: TenancyStore,
  context: { readonly tenantId: TenantId },
  member: NewMember,
  now: Date,
): Promise<MemberDetails> {
  const added = await store.insertMember(context, member, now);
  if (added.role === 'owner' && !added.disabled) await store.addOwner(context, added.id);
  return added;
}

function createMembershipAccess(store: TenancyStore, { clock, facts }: TenancyDeps): MembershipAccess {
  async function complete(member: MemberDetails | undefined): Promise<Standing | undefined> {
    if (!member || member.disabled) return undefined;
    const tenant = await store.findTenant(member);
    return tenant && !tenant.suspended ? { member, tenant } : undefined;
  }
  return {
    async findStanding(context, id) {
      return complete(await store.findMember(context, id));
    },
    async listStandings(userId) {
      const standings = await Promise.all((await store.listMembershipsOfUser(userId)).map(complete));
      return standings.filter((standing) => standing !== undefined);
    },
    async findInvitation(tokenHash) {
      const invitation = await store.findInvitationByToken(tokenHash, new Date(clock.now()));
      if (!invitation) return undefined;
      const tenant = await store.findTenant(invitation);
      return tenant && !tenant.suspended ? { ...invitation, businessName: tenant.name } : undefined;
    },
    async acceptInvitation(context, id, tokenHash, user) {
      const now = new Date(clock.now());
      const invitation = await store.takeInvitation(context, id, tokenHash, now);
      if (!invitation) return undefined;
      const { role, email } = invitation;
      const member = await addMember(store, context, { userId: user.id, name: user.name, role, email }, now);
      facts.toStaff(rooms.tenantStaff(context.tenantId), 'workspace:changed', { what: 'members' });
      return member;
    },
  };
}

function createProvision(
  store: TenancyStore,
  sites: ReturnType<typeof createSitesService>,
  { clock, bus, facts }: TenancyDeps,
): TenancyProvision {
  return {
    async createTenant({ id = createObjectId<TenantId>(), name, locale = 'en', timeZone = DEFAULT_TIME_ZONE, owner }) {
      const now = new Date(clock.now());
      const ownerId = owner.membershipId ?? createObjectId<MembershipId>();
      const context = { tenantId: id };
      await store.insertTenant({ id, ownerId, name, locale, timeZone, now });
      const { userId, email } = owner;
      const member = await store.insertMember(
        context,
        { id: ownerId, userId, email, name: owner.name, role: 'owner' },
        now,
      );
      const tenant = await store.findTenant(context);
      if (!tenant) throw new Error('a tenant vanished while it was made');
      return { tenant, owner: member };
    },
    createSite: sites.createSite,
    createTeam: store.insertTeam,
    addMember: (context, member) => addMember(store, context, member, new Date(clock.now())),
    async setSuspended(context, suspended) {
      await store.updateTenant(context, { suspended });
      sites.clearCache();
      if (!suspended) return;
      const { tenantId } = context;
      const room = rooms.tenantStaff(tenantId);
      bus.publish('session:ended', { tenantId, room, sessionIds: 'all-of-member', reason: 'disabled' });
      for (const site of await store.listSites(context))
        facts.closeRoom(rooms.siteVisitors(tenantId, site.id), 'disabled');
    },
  };
}

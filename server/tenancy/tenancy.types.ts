/** What other domains may ask the tenancy domain. Records are plain objects with string ids, safe to cache and log-free. */
import type { InboxId, MembershipId, SiteId, SiteKey, TeamId, TenantId, UserId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { SiteTheme } from '@frontdesk/protocol/tenancy';
import type { Availability, Channel, Role } from '@frontdesk/protocol/vocabulary';

export interface Tenant {
  readonly id: TenantId;
  readonly name: string;
  readonly locale: Locale;
  readonly timeZone: string;
  /** A suspended tenant's credentials and site keys open nothing. */
  readonly suspended: boolean;
}

export interface Site {
  readonly id: SiteId;
  readonly tenantId: TenantId;
  readonly publicKey: SiteKey;
  readonly name: string;
  readonly allowedOrigins: readonly string[];
  readonly allowNullOrigin: boolean;
  readonly theme: SiteTheme;
  readonly greeting: string;
  readonly requireIdentity: boolean;
  /** At most two live HS256 secrets, newest first. */
  readonly identitySecrets: readonly { readonly kid: string; readonly secret: string }[];
  /** The web inbox that this site's conversations land in. */
  readonly inboxId: InboxId;
}

export interface Member {
  readonly id: MembershipId;
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly role: Role;
  /** Name shown to colleagues. */
  readonly name: string;
  /** First word of the name, the only one that customers see. */
  readonly publicName: string;
  readonly disabled: boolean;
  /** null: every inbox. */
  readonly inboxIds: readonly InboxId[] | null;
}

export interface Inbox {
  readonly id: InboxId;
  readonly kind: Channel;
  readonly name: string;
  readonly siteId: SiteId | null;
}

export interface Team {
  readonly id: TeamId;
  readonly name: string;
}

type Scoped = { readonly tenantId: TenantId | null };

/** Reads of the tenancy domain for its neighbours. Every answer is undefined when it is another tenant's. */
export interface TenancyDirectory {
  findTenant(context: Scoped): Promise<Tenant | undefined>;
  findSite(context: Scoped, id: SiteId): Promise<Site | undefined>;
  /** The one look-up without a tenant: the key names it. Cached for seconds; undefined also when the tenant is suspended. */
  findSiteByKey(publicKey: string): Promise<Site | undefined>;
  /** Oldest first. */
  listSites(context: Scoped): Promise<Site[]>;
  findMember(context: Scoped, id: MembershipId): Promise<Member | undefined>;
  listMembers(context: Scoped): Promise<Member[]>;
  findTeam(context: Scoped, id: TeamId): Promise<Team | undefined>;
  listInboxes(context: Scoped): Promise<Inbox[]>;
}

/** Pure: may a page of this origin embed the site (WID-01)? */
export type IsOriginAllowed = (
  site: Pick<Site, 'allowedOrigins' | 'allowNullOrigin'>,
  origin: string | undefined,
) => boolean;

/** Presence of a member as this process knows it. */
export type AvailabilityOf = (tenantId: TenantId, memberId: MembershipId) => Availability;

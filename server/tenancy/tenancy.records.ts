/** Stored documents → plain objects with string ids; nothing of Mongoose leaves the store. */
import type {
  InboxId,
  InvitationId,
  MembershipId,
  SiteId,
  SiteKey,
  TeamId,
  TenantId,
  UserId,
} from '@frontdesk/protocol/ids';
import type { Role } from '@frontdesk/protocol/vocabulary';
import type {
  InboxRecord,
  InvitationRecord,
  MembershipRecord,
  SiteRecord,
  TeamRecord,
  TenantRecord,
} from './tenancy.model.js';
import type { Inbox, Member, Site, Team, Tenant } from './tenancy.types.js';

/** A member with what only managers and the auth domain may know. */
export interface MemberDetails extends Member {
  readonly email: string;
  /** Access tokens that carry another number are void. */
  readonly accessVersion: number;
  /** Sessions that began before are over. */
  readonly sessionsValidFrom: Date;
}

export interface TenantDetails extends Tenant {
  readonly ownerIds: readonly MembershipId[];
}

export interface Invitation {
  readonly id: InvitationId;
  readonly tenantId: TenantId;
  readonly email: string;
  readonly role: Role;
  readonly inviterName: string;
  readonly expiresAt: Date;
}

type Hex = { toHexString(): string };
const toId = <Id extends string>(value: Hex): Id => value.toHexString() as Id;

export function toTenant(record: TenantRecord): TenantDetails {
  const { name, locale, timeZone, suspended } = record;
  return {
    id: toId<TenantId>(record._id),
    name,
    locale,
    timeZone,
    suspended,
    ownerIds: record.ownerIds.map(toId<MembershipId>),
  };
}

export function toMember(record: MembershipRecord): MemberDetails {
  const { role, name, email, disabled, accessVersion, sessionsValidFrom } = record;
  return {
    id: toId<MembershipId>(record._id),
    tenantId: toId<TenantId>(record.tenantId),
    userId: toId<UserId>(record.userId),
    role,
    name,
    publicName: name.split(/\s+/)[0] ?? name,
    disabled,
    inboxIds: record.inboxIds === null ? null : record.inboxIds.map(toId<InboxId>),
    email,
    accessVersion,
    sessionsValidFrom,
  };
}

export function toInvitation(record: InvitationRecord): Invitation {
  const { email, role, inviterName, expiresAt } = record;
  const tenantId = toId<TenantId>(record.tenantId);
  return { id: toId<InvitationId>(record._id), tenantId, email, role, inviterName, expiresAt };
}

export function toSite(record: SiteRecord): Site {
  const { name, allowedOrigins, allowNullOrigin, theme, greeting, requireIdentity } = record;
  return {
    id: toId<SiteId>(record._id),
    tenantId: toId<TenantId>(record.tenantId),
    publicKey: record.publicKey as SiteKey,
    name,
    allowedOrigins,
    allowNullOrigin,
    theme: { accent: theme.accent, colorScheme: theme.colorScheme, launcherSide: theme.launcherSide },
    greeting,
    requireIdentity,
    identitySecrets: record.identitySecrets.map(({ kid, secret }) => ({ kid, secret })),
    inboxId: toId<InboxId>(record.inboxId),
  };
}

export function toInbox(record: InboxRecord): Inbox {
  return {
    id: toId<InboxId>(record._id),
    kind: record.kind,
    name: record.name,
    siteId: record.siteId === null ? null : toId<SiteId>(record.siteId),
  };
}

export function toTeam(record: TeamRecord): Team {
  return { id: toId<TeamId>(record._id), name: record.name };
}

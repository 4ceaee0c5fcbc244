/** Schemas of the tenancy domain. A tenant's own document carries its id as tenantId, so that one guard serves all. */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { Locale } from '@frontdesk/protocol/locales';
import type { SiteTheme } from '@frontdesk/protocol/tenancy';
import type { Channel, Role } from '@frontdesk/protocol/vocabulary';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface TenantRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  name: string;
  locale: Locale;
  timeZone: string;
  suspended: boolean;
  /**
   * Memberships that are owners and not disabled. Whoever demotes, disables or removes an owner first takes the owner out
   * of this list, in one write that demands another owner to be in it: two owners who demote each other cannot both win.
   */
  ownerIds: Types.ObjectId[];
  createdAt: Date;
}

export interface MembershipRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  userId: Types.ObjectId;
  role: Role;
  /** Copied from the identity when the member joined, so that lists need no other domain. */
  name: string;
  email: string;
  disabled: boolean;
  inboxIds: Types.ObjectId[] | null;
  /** Access tokens carry it; raising it makes all of them void at once. */
  accessVersion: number;
  /** Sessions that began earlier are over, even after the member is enabled again. */
  sessionsValidFrom: Date;
  createdAt: Date;
}

export interface InvitationRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  email: string;
  role: Role;
  inviterName: string;
  /** Absent until the mail is sent; the token itself is only in the mail. */
  tokenHash?: string;
  expiresAt: Date;
  createdAt: Date;
}

export interface SiteRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  publicKey: string;
  name: string;
  allowedOrigins: string[];
  allowNullOrigin: boolean;
  theme: SiteTheme;
  greeting: string;
  requireIdentity: boolean;
  identitySecrets: { kid: string; secret: string }[];
  inboxId: Types.ObjectId;
  createdAt: Date;
}

export interface InboxRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  kind: Channel;
  name: string;
  siteId: Types.ObjectId | null;
  createdAt: Date;
}

export interface TeamRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  name: string;
  /** Lower-cased name: two teams that read the same may not exist. */
  nameKey: string;
}

const strict = { strict: 'throw', versionKey: false, minimize: false } as const;
const text = { type: String, required: true } as const;
const instant = { type: Date, required: true } as const;
const reference = { type: Schema.Types.ObjectId, required: true } as const;
const DAY_SECONDS = 24 * 60 * 60;

const tenantSchema = new Schema<TenantRecord>(
  {
    name: text,
    locale: text,
    timeZone: text,
    suspended: { type: Boolean, required: true },
    ownerIds: { type: [Schema.Types.ObjectId], required: true },
    createdAt: instant,
  },
  { collection: 'tenants', ...strict },
);
tenantSchema.plugin(tenantScope);
tenantSchema.index({ tenantId: 1 }, { unique: true });

const membershipSchema = new Schema<MembershipRecord>(
  {
    userId: reference,
    role: text,
    name: text,
    email: text,
    disabled: { type: Boolean, required: true },
    inboxIds: { type: [Schema.Types.ObjectId], default: null },
    accessVersion: { type: Number, required: true },
    sessionsValidFrom: instant,
    createdAt: instant,
  },
  { collection: 'memberships', ...strict },
);
membershipSchema.plugin(tenantScope);
membershipSchema.index({ tenantId: 1, userId: 1 }, { unique: true });
membershipSchema.index({ tenantId: 1, email: 1 });
// Signing in asks in which tenants a user is a member, before there is a tenant.
membershipSchema.index({ userId: 1, createdAt: 1 });

const invitationSchema = new Schema<InvitationRecord>(
  {
    email: text,
    role: text,
    inviterName: text,
    tokenHash: { type: String },
    expiresAt: instant,
    createdAt: instant,
  },
  { collection: 'invitations', ...strict },
);
invitationSchema.plugin(tenantScope);
invitationSchema.index({ tenantId: 1, email: 1 }, { unique: true });
// The token from the mail names the invitation, before there is a tenant.
invitationSchema.index({ tokenHash: 1 }, { unique: true, sparse: true });
invitationSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 30 * DAY_SECONDS });

const siteSchema = new Schema<SiteRecord>(
  {
    publicKey: text,
    name: text,
    allowedOrigins: { type: [String], required: true },
    allowNullOrigin: { type: Boolean, required: true },
    theme: new Schema({ accent: text, colorScheme: text, launcherSide: text }, { _id: false, strict: 'throw' }),
    // An owner may leave the greeting empty, which `required` would refuse.
    greeting: { type: String, default: '' },
    requireIdentity: { type: Boolean, required: true },
    identitySecrets: { type: [new Schema({ kid: text, secret: text }, { _id: false, strict: 'throw' })], default: [] },
    inboxId: reference,
    createdAt: instant,
  },
  { collection: 'sites', ...strict },
);
siteSchema.plugin(tenantScope);
siteSchema.index({ tenantId: 1, createdAt: 1 });
// The public key names the tenant, so its look-up crosses tenants.
siteSchema.index({ publicKey: 1 }, { unique: true });

const inboxSchema = new Schema<InboxRecord>(
  { kind: text, name: text, siteId: { type: Schema.Types.ObjectId, default: null }, createdAt: instant },
  { collection: 'inboxes', ...strict },
);
inboxSchema.plugin(tenantScope);
inboxSchema.index({ tenantId: 1, createdAt: 1 });

const teamSchema = new Schema<TeamRecord>({ name: text, nameKey: text }, { collection: 'teams', ...strict });
teamSchema.plugin(tenantScope);
teamSchema.index({ tenantId: 1, nameKey: 1 }, { unique: true });

export interface TenancyModels {
  readonly Tenant: Model<TenantRecord>;
  readonly Membership: Model<MembershipRecord>;
  readonly Invitation: Model<InvitationRecord>;
  readonly Site: Model<SiteRecord>;
  readonly Inbox: Model<InboxRecord>;
  readonly Team: Model<TeamRecord>;
}

export function createTenancyModels(connection: Connection): TenancyModels {
  return {
    Tenant: connection.model<TenantRecord>('Tenant', tenantSchema),
    Membership: connection.model<MembershipRecord>('Membership', membershipSchema),
    Invitation: connection.model<InvitationRecord>('Invitation', invitationSchema),
    Site: connection.model<SiteRecord>('Site', siteSchema),
    Inbox: connection.model<InboxRecord>('Inbox', inboxSchema),
    Team: connection.model<TeamRecord>('Team', teamSchema),
  };
}

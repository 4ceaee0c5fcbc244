/** Stored documents of the auth domain as plain objects with string ids. */
import type { MembershipId, SessionId, TenantId, UserId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { MailTokenRecord, SessionRecord, UserRecord } from './auth.model.js';

export interface User {
  readonly id: UserId;
  readonly email: string;
  readonly name: string;
  readonly locale: Locale;
  readonly passwordHash: string | null;
  readonly googleSub: string | null;
  readonly credentialsVersion: number;
  readonly disabled: boolean;
  readonly lastTenantId: TenantId | null;
}

export interface Session {
  readonly id: SessionId;
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly membershipId: MembershipId;
  readonly tokenHash: string;
  readonly previousHash: string | null;
  readonly rotatedAt: Date;
  readonly rotationKey: string;
  readonly credentialsVersion: number;
  readonly device: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

export interface SignUp {
  readonly userId: UserId;
  readonly tenantId: TenantId;
  readonly membershipId: MembershipId;
  readonly passwordHash: string;
  readonly name: string;
  readonly businessName: string;
}

export interface MailToken {
  readonly id: string;
  readonly email: string;
  readonly locale: Locale;
  readonly signUp: SignUp | null;
}

type Hex = { toHexString(): string };
const toId = <Id extends string>(value: Hex): Id => value.toHexString() as Id;

export function toUser(record: UserRecord): User {
  const { email, name, locale, passwordHash, credentialsVersion, disabled } = record;
  return {
    id: toId<UserId>(record._id),
    email,
    name,
    locale,
    passwordHash,
    googleSub: record.googleSub ?? null,
    credentialsVersion,
    disabled,
    lastTenantId: record.lastTenantId === null ? null : toId<TenantId>(record.lastTenantId),
  };
}

export function toSession(record: SessionRecord): Session {
  const { _id, tenantId, userId, membershipId, ...rest } = record;
  return {
    id: toId<SessionId>(_id),
    tenantId: toId<TenantId>(tenantId),
    userId: toId<UserId>(userId),
    membershipId: toId<MembershipId>(membershipId),
    ...rest,
  };
}

export function toMailToken(record: MailTokenRecord): MailToken {
  const { email, locale, signUp } = record;
  return {
    id: record._id.toHexString(),
    email,
    locale,
    signUp: signUp && {
      userId: toId<UserId>(signUp.userId),
      tenantId: toId<TenantId>(signUp.tenantId),
      membershipId: toId<MembershipId>(signUp.membershipId),
      passwordHash: signUp.passwordHash,
      name: signUp.name,
      businessName: signUp.businessName,
    },
  };
}

/**
 * Schemas of the auth domain. Identities and mail tokens are global: a person exists before, and across, businesses.
 * Sessions belong to a tenant like everything else.
 */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { Locale } from '@frontdesk/protocol/locales';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface UserRecord {
  _id: Types.ObjectId;
  /** Lower case; confirmed by mail or by Google before the record exists. */
  email: string;
  name: string;
  locale: Locale;
  /** bcrypt; null for someone who only ever came through Google. */
  passwordHash: string | null;
  /** Google's `sub`; absent without Google, because the unique index is sparse. */
  googleSub?: string;
  /** Sessions carry the number they began with; raising it ends every session that does not carry the new one. */
  credentialsVersion: number;
  disabled: boolean;
  /** The business that the person worked in last; a sign-in goes there. */
  lastTenantId: Types.ObjectId | null;
  emailVerifiedAt: Date;
  createdAt: Date;
}

/** One signed-in browser: a family of refresh tokens of which only the newest is good. */
export interface SessionRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  userId: Types.ObjectId;
  membershipId: Types.ObjectId;
  tokenHash: string;
  /** The direct predecessor, good for seconds after the rotation, so that two tabs may refresh at once (SES-03). */
  previousHash: string | null;
  rotatedAt: Date;
  /** Derives each token's successor from the token, so that everyone who presents the same token gets the same answer. */
  rotationKey: string;
  credentialsVersion: number;
  device: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

export interface PendingSignUp {
  userId: Types.ObjectId;
  tenantId: Types.ObjectId;
  membershipId: Types.ObjectId;
  passwordHash: string;
  name: string;
  businessName: string;
}

/** A mail with a token that was asked for. Using it deletes it. */
export interface MailTokenRecord {
  _id: Types.ObjectId;
  purpose: 'sign-up' | 'reset';
  email: string;
  locale: Locale;
  /** Absent until the mail is written; the token itself is only in the mail. */
  tokenHash?: string;
  signUp: PendingSignUp | null;
  expiresAt: Date;
  createdAt: Date;
}

const strict = { strict: 'throw', versionKey: false, minimize: false } as const;
const text = { type: String, required: true } as const;
const instant = { type: Date, required: true } as const;
const reference = { type: Schema.Types.ObjectId, required: true } as const;

const userSchema = new Schema<UserRecord>(
  {
    email: text,
    name: text,
    locale: text,
    passwordHash: { type: String, default: null },
    googleSub: { type: String },
    credentialsVersion: { type: Number, required: true },
    disabled: { type: Boolean, required: true },
    lastTenantId: { type: Schema.Types.ObjectId, default: null },
    emailVerifiedAt: instant,
    createdAt: instant,
  },
  { collection: 'users', ...strict },
);
userSchema.index({ email: 1 }, { unique: true });
userSchema.index({ googleSub: 1 }, { unique: true, sparse: true });

const sessionSchema = new Schema<SessionRecord>(
  {
    userId: reference,
    membershipId: reference,
    tokenHash: text,
    previousHash: { type: String, default: null },
    rotatedAt: instant,
    rotationKey: text,
    credentialsVersion: { type: Number, required: true },
    device: text,
    createdAt: instant,
    lastUsedAt: instant,
    expiresAt: instant,
    revokedAt: { type: Date, default: null },
  },
  { collection: 'sessions', ...strict },
);
sessionSchema.plugin(tenantScope);
sessionSchema.index({ tenantId: 1, userId: 1, createdAt: 1 });
// A new password ends the person's sessions in every business.
sessionSchema.index({ userId: 1 });
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const pendingSignUpSchema = new Schema<PendingSignUp>(
  {
    userId: reference,
    tenantId: reference,
    membershipId: reference,
    passwordHash: text,
    name: text,
    businessName: text,
  },
  { _id: false, strict: 'throw' },
);

const mailTokenSchema = new Schema<MailTokenRecord>(
  {
    purpose: text,
    email: text,
    locale: text,
    tokenHash: { type: String },
    signUp: { type: pendingSignUpSchema, default: null },
    expiresAt: instant,
    createdAt: instant,
  },
  { collection: 'mail_tokens', ...strict },
);
mailTokenSchema.index({ tokenHash: 1 }, { unique: true, sparse: true });
mailTokenSchema.index({ email: 1, purpose: 1 });
mailTokenSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export interface AuthModels {
  readonly User: Model<UserRecord>;
  readonly Session: Model<SessionRecord>;
  readonly MailToken: Model<MailTokenRecord>;
}

export function createAuthModels(connection: Connection): AuthModels {
  return {
    User: connection.model<UserRecord>('User', userSchema),
    Session: connection.model<SessionRecord>('Session', sessionSchema),
    MailToken: connection.model<MailTokenRecord>('MailToken', mailTokenSchema),
  };
}

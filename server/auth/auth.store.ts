/** The auth repository: identities, sessions and mail tokens. Conditional writes, no policy. */
import { Types, trusted, type Connection } from 'mongoose';
import type { MembershipId, SessionId, TenantId, UserId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import {
  createAuthModels,
  type AuthModels,
  type MailTokenRecord,
  type SessionRecord,
  type UserRecord,
} from './auth.model.js';
import { toMailToken, toSession, toUser, type MailToken, type Session, type User } from './auth.records.js';

type Scoped = { readonly tenantId: TenantId | null };
type Purpose = MailTokenRecord['purpose'];

export interface NewUser {
  readonly id?: UserId | undefined;
  readonly email: string;
  readonly name: string;
  readonly locale: Locale;
  readonly passwordHash: string | null;
  readonly googleSub?: string | undefined;
}

export interface NewSession {
  readonly userId: UserId;
  readonly membershipId: MembershipId;
  readonly tokenHash: string;
  readonly rotationKey: string;
  readonly credentialsVersion: number;
  readonly device: string;
  readonly expiresAt: Date;
}

const toObjectId = (id: string): Types.ObjectId => new Types.ObjectId(id);

export type AuthStore = ReturnType<typeof createAuthStore>;

export function createAuthStore(connection: Connection) {
  const models = createAuthModels(connection);
  return { ...createUserStore(models), ...createSessionStore(models), ...createMailTokenStore(models) };
}

function createUserStore({ User }: AuthModels) {
  return {
    async findUser(id: UserId): Promise<User | undefined> {
      const record = await User.findOne({ _id: toObjectId(id) }).lean<UserRecord>();
      return record ? toUser(record) : undefined;
    },
    async findUserByEmail(email: string): Promise<User | undefined> {
      const record = await User.findOne({ email }).lean<UserRecord>();
      return record ? toUser(record) : undefined;
    },
    async findUserByGoogleSub(googleSub: string): Promise<User | undefined> {
      const record = await User.findOne({ googleSub }).lean<UserRecord>();
      return record ? toUser(record) : undefined;
    },
    /** Undefined when the address or the Google account belongs to someone else; the same id twice makes one user. */
    async insertUser(user: NewUser, now: Date): Promise<User | undefined> {
      const { id, email, name, locale, passwordHash, googleSub } = user;
      const record = {
        _id: id ? toObjectId(id) : new Types.ObjectId(),
        email,
        name,
        locale,
        passwordHash,
        ...(googleSub === undefined ? {} : { googleSub }),
        credentialsVersion: 1,
        disabled: false,
        lastTenantId: null,
        emailVerifiedAt: now,
        createdAt: now,
      };
      try {
        await User.create(record);
        return toUser(record);
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
        const known = await User.findOne({ _id: record._id }).lean<UserRecord>();
        return known ? toUser(known) : undefined;
      }
    },
    /** Stores the same password under a new cost; nothing ends. */
    async rehashPassword(id: UserId, oldHash: string, newHash: string): Promise<void> {
      await User.updateOne({ _id: toObjectId(id), passwordHash: oldHash }, { $set: { passwordHash: newHash } });
    },
    /** Sets another password and so ends sessions of older credentials; undefined when somebody was faster. */
    async replacePassword(seen: User, passwordHash: string): Promise<User | undefined> {
      const record = await User.findOneAndUpdate(
        { _id: toObjectId(seen.id), credentialsVersion: seen.credentialsVersion, disabled: false },
        { $set: { passwordHash }, $inc: { credentialsVersion: 1 } },
        { returnDocument: 'after' },
      ).lean<UserRecord>();
      return record ? toUser(record) : undefined;
    },
    /** False when the person has another Google account already, or the Google account another person. */
    async linkGoogle(id: UserId, googleSub: string): Promise<boolean> {
      try {
        const result = await User.updateOne(
          { _id: toObjectId(id), googleSub: trusted({ $exists: false }) },
          { $set: { googleSub } },
        );
        return result.matchedCount === 1;
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
        return false;
      }
    },
    async setLastTenant(id: UserId, tenantId: TenantId): Promise<void> {
      await User.updateOne({ _id: toObjectId(id) }, { $set: { lastTenantId: toObjectId(tenantId) } });
    },
    async setDisabled(id: UserId, disabled: boolean): Promise<void> {
      await User.updateOne({ _id: toObjectId(id) }, { $set: { disabled }, $inc: { credentialsVersion: 1 } });
    },
  };
}

function createSessionStore({ Session }: AuthModels) {
  return {
    async insertSession(context: Scoped, session: NewSession, now: Date): Promise<Session> {
      const { userId, membershipId, ...rest } = session;
      const record = {
        _id: new Types.ObjectId(),
        ...scope(context),
        userId: toObjectId(userId),
        membershipId: toObjectId(membershipId),
        ...rest,
        previousHash: null,
        rotatedAt: now,
        createdAt: now,
        lastUsedAt: now,
        revokedAt: null,
      };
      await Session.create(record);
      return toSession(record);
    },
    async findSession(context: Scoped, id: SessionId): Promise<Session | undefined> {
      const record = await Session.findOne({ ...scope(context), _id: toObjectId(id) }).lean<SessionRecord>();
      return record ? toSession(record) : undefined;
    },
    async listSessions(context: Scoped, userId: UserId, now: Date): Promise<Session[]> {
      const records = await Session.find({
        ...scope(context),
        userId: toObjectId(userId),
        revokedAt: null,
        expiresAt: trusted({ $gt: now }),
      })
        .sort({ createdAt: 1 })
        .lean<SessionRecord[]>();
      return records.map(toSession);
    },
    /** Only who presents the newest token moves the family on. */
    async rotateSession(
      context: Scoped,
      id: SessionId,
      rotation: { from: string; to: string; now: Date; expiresAt: Date },
    ): Promise<boolean> {
      const { from, to, now, expiresAt } = rotation;
      const result = await Session.updateOne(
        { ...scope(context), _id: toObjectId(id), tokenHash: from, revokedAt: null },
        { $set: { tokenHash: to, previousHash: from, rotatedAt: now, lastUsedAt: now, expiresAt } },
      );
      return result.modifiedCount === 1;
    },
    /** True for the one caller who ended it. */
    async revokeSession(context: Scoped, id: SessionId, now: Date): Promise<boolean> {
      const result = await Session.updateOne(
        { ...scope(context), _id: toObjectId(id), revokedAt: null },
        { $set: { revokedAt: now } },
      );
      return result.modifiedCount === 1;
    },
    async setSessionCredentials(context: Scoped, id: SessionId, credentialsVersion: number): Promise<void> {
      await Session.updateOne({ ...scope(context), _id: toObjectId(id) }, { $set: { credentialsVersion } });
    },
    /** Sessions of a person in every business. */
    async listSessionsEverywhere(userId: UserId): Promise<Session[]> {
      const records = await Session.find({ userId: toObjectId(userId), revokedAt: null })
        .setOptions({ crossTenant: 'a new password ends the sessions of a person in every business' })
        .lean<SessionRecord[]>();
      return records.map(toSession);
    },
  };
}

function createMailTokenStore({ MailToken }: AuthModels) {
  const isLive = (now: Date) => trusted({ $gt: now });
  return {
    async insertMailToken(
      token: { purpose: Purpose; email: string; locale: Locale; expiresAt: Date; now: Date },
      signUp: { passwordHash: string; name: string; businessName: string } | null,
    ): Promise<string> {
      const { now, ...fields } = token;
      const _id = new Types.ObjectId();
      // Ids are chosen here, so that a confirmation which is repeated after a crash makes the same user and business.
      const ids = () => ({
        userId: new Types.ObjectId(),
        tenantId: new Types.ObjectId(),
        membershipId: new Types.ObjectId(),
      });
      await MailToken.create({ _id, ...fields, signUp: signUp && { ...ids(), ...signUp }, createdAt: now });
      return _id.toHexString();
    },
    /** Gives the token its secret's hash when the mail is written. */
    async setMailTokenSecret(
      id: string,
      purpose: Purpose,
      secret: { hash: string; expiresAt: Date; now: Date },
    ): Promise<MailToken | undefined> {
      const record = await MailToken.findOneAndUpdate(
        { _id: toObjectId(id), purpose, expiresAt: isLive(secret.now) },
        { $set: { tokenHash: secret.hash, expiresAt: secret.expiresAt } },
        { returnDocument: 'after' },
      ).lean<MailTokenRecord>();
      return record ? toMailToken(record) : undefined;
    },
    async findMailTokenById(id: string, purpose: Purpose): Promise<MailToken | undefined> {
      const record = await MailToken.findOne({ _id: toObjectId(id), purpose }).lean<MailTokenRecord>();
      return record ? toMailToken(record) : undefined;
    },
    async findMailToken(purpose: Purpose, tokenHash: string, now: Date): Promise<MailToken | undefined> {
      const record = await MailToken.findOne({ tokenHash, purpose, expiresAt: isLive(now) }).lean<MailTokenRecord>();
      return record ? toMailToken(record) : undefined;
    },
    /** Uses a token up; exactly one caller gets true. */
    async takeMailToken(purpose: Purpose, tokenHash: string, now: Date): Promise<boolean> {
      const result = await MailToken.deleteOne({ tokenHash, purpose, expiresAt: isLive(now) });
      return result.deletedCount === 1;
    },
    async deleteMailTokens(purpose: Purpose, email: string): Promise<void> {
      await MailToken.deleteMany({ purpose, email });
    },
  };
}

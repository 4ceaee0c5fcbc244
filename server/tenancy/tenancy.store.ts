/** The repository of tenants, members and invitations: tenant first, conditional writes, no policy. */
import { Types, trusted, type Connection } from 'mongoose';
import type { InboxId, InvitationId, MembershipId, TenantId, UserId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { duplicateKeyFields } from '../core/errors.js';
import { withoutUndefined } from '../core/patch.js';
import { scope } from '../core/store/scope.js';
import { toObjectId } from './object-ids.store.js';
import { createSitesStore } from './sites.store.js';
import {
  createTenancyModels,
  type InvitationRecord,
  type MembershipRecord,
  type TenancyModels,
  type TenantRecord,
} from './tenancy.model.js';
import {
  toInvitation,
  toMember,
  toTenant,
  type Invitation,
  type MemberDetails,
  type TenantDetails,
} from './tenancy.records.js';

type Scoped = { readonly tenantId: TenantId | null };

export interface NewMember {
  readonly id?: MembershipId | undefined;
  readonly userId: UserId;
  readonly role: Role;
  readonly name: string;
  readonly email: string;
}

export interface MemberPatch {
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  readonly inboxIds?: readonly InboxId[] | null | undefined;
  /** Present when sessions must end for good, not only be refreshed. */
  readonly sessionsValidFrom?: Date | undefined;
}

export type TenancyStore = ReturnType<typeof createTenancyStore>;

export function createTenancyStore(connection: Connection) {
  const models = createTenancyModels(connection);
  return {
    ...createTenantStore(models),
    ...createMemberStore(models),
    ...createInvitationStore(models),
    ...createSitesStore(models),
  };
}

function createTenantStore({ Tenant }: TenancyModels) {
  return {
    async findTenant(context: Scoped): Promise<TenantDetails | undefined> {
      const record = await Tenant.findOne(scope(context)).lean<TenantRecord>();
      return record ? toTenant(record) : undefined;
    },
    /** Doing it twice with the same id makes one tenant. */
    async insertTenant(tenant: {
      id: TenantId;
      ownerId: MembershipId;
      name: string;
      locale: Locale;
      timeZone: string;
      now: Date;
    }): Promise<void> {
      const { id, ownerId, name, locale, timeZone, now } = tenant;
      const own = { _id: toObjectId(id), tenantId: toObjectId(id) };
      const ownerIds = [toObjectId(ownerId)];
      try {
        await Tenant.create({ ...own, name, locale, timeZone, suspended: false, ownerIds, createdAt: now });
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
      }
    },
    async updateTenant(
      context: Scoped,
      patch: {
        name?: string | undefined;
        locale?: Locale | undefined;
        timeZone?: string | undefined;
        suspended?: boolean;
      },
    ): Promise<TenantDetails | undefined> {
      const record = await Tenant.findOneAndUpdate(
        scope(context),
        { $set: withoutUndefined(patch) },
        { returnDocument: 'after' },
      ).lean<TenantRecord>();
      return record ? toTenant(record) : undefined;
    },
    /** Takes an owner off the list if one of `others` is still on it; the one write that protects the last owner. */
    async releaseOwner(context: Scoped, id: MembershipId, others: readonly MembershipId[]): Promise<boolean> {
      const result = await Tenant.updateOne(
        { ...scope(context), ownerIds: trusted({ $in: others.map(toObjectId) }) },
        { $pull: { ownerIds: toObjectId(id) } },
      );
      return result.matchedCount === 1;
    },
    async addOwner(context: Scoped, id: MembershipId): Promise<void> {
      await Tenant.updateOne(scope(context), { $addToSet: { ownerIds: toObjectId(id) } });
    },
  };
}

function createMemberStore({ Membership }: TenancyModels) {
  return {
    async findMember(context: Scoped, id: MembershipId): Promise<MemberDetails | undefined> {
      const record = await Membership.findOne({ ...scope(context), _id: toObjectId(id) }).lean<MembershipRecord>();
      return record ? toMember(record) : undefined;
    },
    async findMemberByEmail(context: Scoped, email: string): Promise<MemberDetails | undefined> {
      const record = await Membership.findOne({ ...scope(context), email }).lean<MembershipRecord>();
      return record ? toMember(record) : undefined;
    },
    async listMembers(context: Scoped): Promise<MemberDetails[]> {
      const records = await Membership.find(scope(context)).sort({ createdAt: 1, _id: 1 }).lean<MembershipRecord[]>();
      return records.map(toMember);
    },
    async listMembershipsOfUser(userId: UserId): Promise<MemberDetails[]> {
      const records = await Membership.find({ userId: toObjectId(userId) })
        .setOptions({ crossTenant: 'signing in asks where a user is a member' })
        .sort({ createdAt: 1, _id: 1 })
        .lean<MembershipRecord[]>();
      return records.map(toMember);
    },
    /** Returns the membership of this user, the new one or the one that was there. */
    async insertMember(context: Scoped, member: NewMember, now: Date): Promise<MemberDetails> {
      const { id, userId, role, name, email } = member;
      const record = {
        _id: id ? toObjectId(id) : new Types.ObjectId(),
        ...scope(context),
        userId: toObjectId(userId),
        role,
        name,
        email,
        disabled: false,
        inboxIds: null,
        accessVersion: 1,
        sessionsValidFrom: now,
        createdAt: now,
      };
      try {
        await Membership.create(record);
        return toMember(record);
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
        const known = await Membership.findOne({
          ...scope(context),
          userId: toObjectId(userId),
        }).lean<MembershipRecord>();
        if (!known) throw error;
        return toMember(known);
      }
    },
    /** Changes a member that still is what the caller saw; undefined when somebody was faster. */
    async updateMember(context: Scoped, seen: MemberDetails, patch: MemberPatch): Promise<MemberDetails | undefined> {
      const inboxIds = patch.inboxIds?.map(toObjectId) ?? patch.inboxIds;
      const record = await Membership.findOneAndUpdate(
        { ...scope(context), _id: toObjectId(seen.id), accessVersion: seen.accessVersion },
        { $set: withoutUndefined({ ...patch, inboxIds }), $inc: { accessVersion: 1 } },
        { returnDocument: 'after' },
      ).lean<MembershipRecord>();
      return record ? toMember(record) : undefined;
    },
    async deleteMember(context: Scoped, seen: MemberDetails): Promise<boolean> {
      const result = await Membership.deleteOne({
        ...scope(context),
        _id: toObjectId(seen.id),
        accessVersion: seen.accessVersion,
      });
      return result.deletedCount === 1;
    },
  };
}

function createInvitationStore({ Invitation }: TenancyModels) {
  return {
    async listInvitations(context: Scoped, now: Date): Promise<Invitation[]> {
      const records = await Invitation.find({ ...scope(context), expiresAt: trusted({ $gt: now }) })
        .sort({ createdAt: 1, _id: 1 })
        .lean<InvitationRecord[]>();
      return records.map(toInvitation);
    },
    /** One invitation per address: inviting again renews it. */
    async upsertInvitation(
      context: Scoped,
      invitation: { email: string; role: Role; inviterName: string; expiresAt: Date; now: Date },
    ): Promise<Invitation> {
      const { email, role, inviterName, expiresAt, now } = invitation;
      const write = () =>
        Invitation.findOneAndUpdate(
          { ...scope(context), email },
          { $set: { role, inviterName, expiresAt }, $setOnInsert: { createdAt: now } },
          { upsert: true, returnDocument: 'after' },
        ).lean<InvitationRecord>();
      // Two upserts at once can both insert; the loser finds the winner's row on its second try.
      const record = await write().catch((error: unknown) => {
        if (!duplicateKeyFields(error)) throw error;
        return write();
      });
      if (!record) throw new Error('an upsert returned nothing');
      return toInvitation(record);
    },
    /** Gives an invitation its token when the mail is written. */
    async setInvitationToken(
      context: Scoped,
      id: InvitationId,
      token: { hash: string; expiresAt: Date; now: Date },
    ): Promise<Invitation | undefined> {
      const record = await Invitation.findOneAndUpdate(
        { ...scope(context), _id: toObjectId(id), expiresAt: trusted({ $gt: token.now }) },
        { $set: { tokenHash: token.hash, expiresAt: token.expiresAt } },
        { returnDocument: 'after' },
      ).lean<InvitationRecord>();
      return record ? toInvitation(record) : undefined;
    },
    async findInvitationByToken(tokenHash: string, now: Date): Promise<Invitation | undefined> {
      const record = await Invitation.findOne({ tokenHash, expiresAt: trusted({ $gt: now }) })
        .setOptions({ crossTenant: 'the token from the mail names the invitation' })
        .lean<InvitationRecord>();
      return record ? toInvitation(record) : undefined;
    },
    /** Uses an invitation up; exactly one caller gets it. */
    async takeInvitation(
      context: Scoped,
      id: InvitationId,
      tokenHash: string,
      now: Date,
    ): Promise<Invitation | undefined> {
      const record = await Invitation.findOneAndDelete({
        ...scope(context),
        _id: toObjectId(id),
        tokenHash,
        expiresAt: trusted({ $gt: now }),
      }).lean<InvitationRecord>();
      return record ? toInvitation(record) : undefined;
    },
    async deleteInvitation(context: Scoped, id: InvitationId): Promise<boolean> {
      const result = await Invitation.deleteOne({ ...scope(context), _id: toObjectId(id) });
      return result.deletedCount === 1;
    },
  };
}

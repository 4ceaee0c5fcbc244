/** For how long a tenant keeps who its visits were with, and when that is next looked at; both stand with its revisions. */
import { trusted, type Model } from 'mongoose';
import { DEFAULT_KEEP_DAYS } from '@frontdesk/protocol/booking-privacy';
import type { TenantId } from '@frontdesk/protocol/ids';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import type { Scoped } from './booking.types.js';
import type { RevisionRecord } from './setup.model.js';

export interface RetentionStore {
  /** Days after the end of a visit; null is for ever. */
  read(context: Scoped): Promise<number | null>;
  /** It is looked at anew from `dueAt` on. */
  write(context: Scoped, keepDays: number | null, dueAt: Date): Promise<void>;
  /** A tenant whose visits are due to be looked at; nobody else gets it before `until`. */
  lease(now: Date, until: Date): Promise<TenantId | undefined>;
  /** Whoever holds the lease until that instant says when the next look is due; nothing when it has lost it. */
  settle(context: Scoped, until: Date, nextAt: Date): Promise<void>;
}

export function createRetentionStore(Revision: Model<RevisionRecord>): RetentionStore {
  async function put(context: Scoped, set: Pick<RevisionRecord, 'keepDays' | 'forgetDueAt'>): Promise<void> {
    const $setOnInsert = { resources: 0, setup: 0, agenda: 0 };
    await Revision.updateOne(scope(context), { $set: set, $setOnInsert }, { upsert: true });
  }

  return {
    async read(context) {
      const record = await Revision.findOne(scope(context)).lean<RevisionRecord>();
      return record?.keepDays === undefined ? DEFAULT_KEEP_DAYS : record.keepDays;
    },
    async write(context, keepDays, forgetDueAt) {
      try {
        await put(context, { keepDays, forgetDueAt });
      } catch (error) {
        // Somebody made the tenant's document at that moment.
        if (!duplicateKeyFields(error)) throw error;
        await put(context, { keepDays, forgetDueAt });
      }
    },
    async lease(now, until) {
      const isDue = [{ forgetDueAt: trusted({ $exists: false }) }, { forgetDueAt: trusted({ $lte: now }) }];
      const record = await Revision.findOneAndUpdate(
        { $or: isDue },
        { $set: { forgetDueAt: until } },
        { sort: { forgetDueAt: 1 } },
      )
        .setOptions({ crossTenant: 'what is too old is looked for at every tenant' })
        .lean<RevisionRecord>();
      return record ? (record.tenantId.toHexString() as TenantId) : undefined;
    },
    async settle(context, until, nextAt) {
      await Revision.updateOne({ ...scope(context), forgetDueAt: until }, { $set: { forgetDueAt: nextAt } });
    },
  };
}

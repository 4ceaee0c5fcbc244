/** Reads and conditional writes of codes that were sent. Each decision is one write, so that tries at once are counted one by one. */
import { trusted, type Connection } from 'mongoose';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import type { Scoped, Write } from './booking.types.js';
import { createVerificationModel, type VerificationRecord } from './verification.model.js';

export type Verification = Omit<VerificationRecord, '_id' | 'tenantId'>;
type NewVerification = Pick<
  Verification,
  'key' | 'channel' | 'address' | 'serviceId' | 'locale' | 'nonce' | 'askedBy' | 'resendAt' | 'expiresAt' | 'forgetAt'
>;

export type VerificationStore = ReturnType<typeof createVerificationStore>;

export function createVerificationStore(connection: Connection) {
  const Stored = createVerificationModel(connection);
  return {
    async find(context: Scoped, key: string): Promise<Verification | undefined> {
      return (await Stored.findOne({ ...scope(context), key }).lean<VerificationRecord>()) ?? undefined;
    },
    /** In place of the one before; false while that one is too young. */
    async replace(context: Scoped, { key, ...fresh }: NewVerification, now: Date): Promise<boolean> {
      const blank = { tries: 0, checks: [], verifiedUntil: null, usedBy: null, uses: 0 };
      try {
        await Stored.findOneAndUpdate(
          { ...scope(context), key, resendAt: trusted({ $lte: now }) },
          { $set: { ...fresh, ...blank } },
          { upsert: true },
        );
        return true;
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
        return false;
      }
    },
    /** Counts a try at this very code; undefined when it cannot be counted (any more), or was. */
    async count(
      context: Scoped,
      { key, nonce }: Pick<Verification, 'key' | 'nonce'>,
      check: Write & { readonly isRight: boolean; readonly verifiedUntil: Date; readonly maxTries: number },
      now: Date,
    ): Promise<Verification | undefined> {
      const { verifiedUntil, maxTries, isRight } = check;
      const record = await Stored.findOneAndUpdate(
        {
          ...scope(context),
          key,
          nonce,
          tries: trusted({ $lt: maxTries }),
          expiresAt: trusted({ $gt: now }),
          'checks.key': trusted({ $ne: check.key }),
        },
        {
          $inc: { tries: 1 },
          $push: { checks: { key: check.key, hash: check.hash, isRight } },
          ...(isRight && { $set: { verifiedUntil, forgetAt: verifiedUntil } }),
        },
        { returnDocument: 'after' },
      ).lean<VerificationRecord>();
      return record ?? undefined;
    },
    /** Uses up what was proved; false when nothing was, or another write used it. */
    async spend(context: Scoped, key: string, write: Write, now: Date): Promise<boolean> {
      const record = await Stored.findOneAndUpdate(
        {
          ...scope(context),
          key,
          verifiedUntil: trusted({ $gt: now }),
          usedBy: trusted({ $in: [null, write.key] }),
        },
        { $set: { usedBy: write.key }, $inc: { uses: 1 } },
      ).lean<VerificationRecord>();
      return record !== null;
    },
    /** This try of the write was refused; the last one of them gives back. */
    async giveBack(context: Scoped, key: string, write: Write): Promise<void> {
      const used = { ...scope(context), key, usedBy: write.key };
      await Stored.updateOne(used, { $inc: { uses: -1 } });
      await Stored.updateOne({ ...used, uses: trusted({ $lte: 0 }) }, { $set: { usedBy: null, uses: 0 } });
    },
    /** The code is on its way, and nobody needs the address any more. */
    async forgetAddress(context: Scoped, { key, nonce }: Pick<Verification, 'key' | 'nonce'>): Promise<void> {
      await Stored.updateOne({ ...scope(context), key, nonce }, { $set: { address: null } });
    },
  };
}

/**
 * Messages that are due, taken from the bookings that they are part of. Leasing one is a conditional write on the booking, and the booking
 * as it was at that very moment is what the message is written from: nobody can have cancelled or moved it in between.
 */
import { trusted, Types, type Model } from 'mongoose';
import { scope } from '../core/store/scope.js';
import type { AllocationRecord } from './allocation.model.js';
import { toAllocation } from './allocation.store.js';
import type { Allocation, OutboxEntry } from './booking.types.js';

export interface LeasedMessage {
  readonly booking: Allocation;
  /** As it was before it was leased. */
  readonly entry: OutboxEntry;
  readonly leasedUntil: Date;
}

export type OutboxStore = ReturnType<typeof createOutboxStore>;

export function createOutboxStore(Stored: Model<AllocationRecord>) {
  /** The booking, if it still has the entry as it was leased: the instant is the fence. */
  const fence = ({ booking, entry, leasedUntil }: LeasedMessage) => ({
    ...scope(booking),
    _id: new Types.ObjectId(booking.id),
    outbox: trusted({ $elemMatch: { kind: entry.kind, channel: entry.channel, dueAt: leasedUntil } }),
  });

  return {
    /** The message that has been due longest, of any tenant; it is nobody else's until then. */
    async lease(now: Date, leasedUntil: Date): Promise<LeasedMessage | undefined> {
      const record = await Stored.findOneAndUpdate(
        // A visit of a series that is not booked yet waits: nobody is told of what may not come about.
        { 'outbox.dueAt': trusted({ $lte: now }), state: trusted({ $ne: 'held' }) },
        { $set: { 'outbox.$.dueAt': leasedUntil, 'outbox.$.isOpen': true }, $inc: { 'outbox.$.tries': 1 } },
        { sort: { 'outbox.dueAt': 1 }, returnDocument: 'before' },
      )
        .setOptions({ crossTenant: 'one worker sends what is due in every tenant' })
        .lean<AllocationRecord>();
      const booking = record && toAllocation(record);
      // The first that is due, as the position in the update has it.
      const entry = booking?.outbox.find(({ dueAt }) => dueAt <= now);
      return booking && entry ? { booking, entry, leasedUntil } : undefined;
    },
    /** It is said, or not to be said any more. */
    async settle(message: LeasedMessage): Promise<void> {
      const { kind, channel } = message.entry;
      await Stored.updateOne(fence(message), {
        $pull: { outbox: { kind, channel, dueAt: message.leasedUntil } },
      });
    },
    /** Once more from then on. */
    async postpone(
      message: LeasedMessage,
      { dueAt, tries, isOpen }: Omit<OutboxEntry, 'kind' | 'channel' | 'plannedAt'>,
    ) {
      const set = { 'outbox.$.dueAt': dueAt, 'outbox.$.tries': tries, 'outbox.$.isOpen': isOpen };
      await Stored.updateOne(fence(message), { $set: set });
    },
  };
}

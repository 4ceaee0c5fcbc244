/**
 * Messages that are due, taken from the bookings that they are part of. Leasing one is a conditional write on the booking, and the booking
 * as it was at that very moment is what the message is written from: nobody can have cancelled or moved it in between.
 */
import { trusted, Types, type Model } from 'mongoose';
import { scope } from '../core/store/scope.js';
import type { AllocationRecord } from './allocation.model.js';
import { toAllocation } from './allocation.store.js';
import type { Allocation, OutboxTimes } from './booking.types.js';

export interface LeasedMessage {
  readonly booking: Allocation;
  /** As it was before it was leased. */
  readonly entry: Allocation['outbox'][number];
  readonly leasedUntil: Date;
}

/** Nobody is told of it again, and it is known that they were. */
const NEVER = new Date(8.64e15);

export type OutboxStore = ReturnType<typeof createOutboxStore>;

/** The entry as it stands in the store while it is leased. */
function leased({ entry, leasedUntil }: LeasedMessage) {
  const { kind, channel } = entry;
  return { kind, channel, dueAt: leasedUntil, ...('seatId' in entry && { seatId: entry.seatId }) };
}

export function createOutboxStore(Stored: Model<AllocationRecord>) {
  /** The booking, if it still has the entry as it was leased: the instant is the fence. */
  const fence = (message: LeasedMessage) => ({
    ...scope(message.booking),
    _id: new Types.ObjectId(message.booking.id),
    outbox: trusted({ $elemMatch: leased(message) }),
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
      await Stored.updateOne(fence(message), { $pull: { outbox: leased(message) } });
    },
    /** It is said, and stays there as the proof of it. */
    async keep(message: LeasedMessage): Promise<void> {
      await Stored.updateOne(fence(message), { $set: { 'outbox.$.dueAt': NEVER } });
    },
    /** Once more from then on. */
    async postpone(message: LeasedMessage, { dueAt, tries, isOpen }: Omit<OutboxTimes, 'channel' | 'plannedAt'>) {
      const set = { 'outbox.$.dueAt': dueAt, 'outbox.$.tries': tries, 'outbox.$.isOpen': isOpen };
      await Stored.updateOne(fence(message), { $set: set });
    },
  };
}

/** Repository of repeated visits: what is done to all bookings of one series at once. */
import { trusted, type Model } from 'mongoose';
import type { SeriesId } from '@frontdesk/protocol/ids';
import { scope } from '../core/store/scope.js';
import type { AllocationRecord } from './allocation.model.js';
import { toAllocation } from './allocation.store.js';
import type { Allocation, BookingChange, Scoped } from './booking.types.js';

export type SeriesStore = ReturnType<typeof createSeriesStore>;

export function createSeriesStore(Stored: Model<AllocationRecord>) {
  const ofSeries = (context: Scoped, seriesId: SeriesId) => ({ ...scope(context), seriesId });
  return {
    /** By their start; holds of a series that is not booked yet are nobody's business. */
    async list(context: Scoped, seriesId: SeriesId): Promise<Allocation[]> {
      const records = await Stored.find({ ...ofSeries(context, seriesId), state: trusted({ $ne: 'held' }) })
        .sort({ start: 1 })
        .lean<AllocationRecord[]>();
      return records.map(toAllocation);
    },
    /**
     * All that are held become bookings in one write, which a store that dies leaves half done: whoever asks again goes on from there.
     * Answers how many are booked then.
     */
    async confirm(context: Scoped, seriesId: SeriesId, history: BookingChange): Promise<number> {
      await Stored.updateMany(
        { ...ofSeries(context, seriesId), state: 'held', holdExpiresAt: trusted({ $gt: history.at }) },
        { $set: { state: 'confirmed' }, $unset: { holdExpiresAt: '' }, $inc: { version: 1 }, $push: { history } },
      );
      return Stored.countDocuments({ ...ofSeries(context, seriesId), state: 'confirmed' });
    },
    /** What is held still, though its time may have run out, is held until then: nobody else has its claims while it is there. */
    async renew(context: Scoped, seriesId: SeriesId, until: Date): Promise<void> {
      await Stored.updateMany({ ...ofSeries(context, seriesId), state: 'held' }, { $set: { holdExpiresAt: until } });
    },
    /** What was held of a series that did not come about. Bookings are never removed. */
    async discard(context: Scoped, seriesId: SeriesId): Promise<void> {
      await Stored.deleteMany({ ...ofSeries(context, seriesId), state: 'held' });
    },
  };
}

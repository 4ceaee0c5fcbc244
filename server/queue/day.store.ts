/** Repository of what service days taught. */
import { trusted, Types, type Model } from 'mongoose';
import type { PoolDay } from '@frontdesk/domain/queue/history';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import type { DayRecord } from './day.model.js';
import type { QueueHandle } from './queue.types.js';

export interface StoredDay {
  readonly pool: string;
  readonly rev: number;
  readonly day: PoolDay;
  readonly promised: number;
  readonly kept: number;
}

export interface DayStore {
  list(queue: QueueHandle, from: string): Promise<StoredDay[]>;
  /** Only forwards: a row that knows more of the log stays. */
  put(queue: QueueHandle, day: Omit<StoredDay, 'promised' | 'kept'>): Promise<void>;
  putHits(
    queue: QueueHandle,
    serviceDay: string,
    pool: string,
    hits: { promised: number; kept: number },
  ): Promise<void>;
}

export function createDayStore(Day: Model<DayRecord>): DayStore {
  const at = (queue: QueueHandle) => ({ ...scope(queue), locationId: new Types.ObjectId(queue.locationId) });
  return {
    async list(queue, from) {
      const records = await Day.find({ ...at(queue), serviceDay: trusted({ $gte: from }) })
        .sort({ serviceDay: 1 })
        .lean<DayRecord[]>();
      return records.map(({ pool, rev, day, promised, kept }) => ({ pool, rev, day, promised, kept }));
    },
    async put(queue, { pool, rev, day }) {
      const key = { ...at(queue), serviceDay: day.serviceDay, pool };
      const update = await Day.updateOne({ ...key, rev: trusted({ $lte: rev }) }, { $set: { rev, day } });
      if (update.matchedCount > 0) return;
      try {
        await Day.create({ ...key, rev, day });
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
      }
    },
    async putHits(queue, serviceDay, pool, hits) {
      await Day.updateOne({ ...at(queue), serviceDay, pool }, { $set: hits });
    },
  };
}

/** What each service day taught about a pool; the wait estimate reads the last four weeks. Counts and durations, nobody's ticket. */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { PoolDay } from '@frontdesk/domain/queue/history';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface DayRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  locationId: Types.ObjectId;
  pool: string;
  serviceDay: string;
  /** Revision of the log that it is known up to; a later one replaces it. */
  rev: number;
  day: PoolDay;
  /** Tickets that were promised a range and called, and those of them called within its P80. */
  promised: number;
  kept: number;
}

const text = { type: String, required: true } as const;
const count = { type: Number, default: 0 } as const;

const daySchema = new Schema<DayRecord>(
  {
    locationId: { type: Schema.Types.ObjectId, required: true },
    pool: text,
    serviceDay: text,
    rev: { type: Number, required: true },
    day: { type: Schema.Types.Mixed, required: true },
    promised: count,
    kept: count,
  },
  { collection: 'queue_days', strict: 'throw', versionKey: false, minimize: false },
);
daySchema.plugin(tenantScope);
daySchema.index({ tenantId: 1, locationId: 1, serviceDay: 1, pool: 1 }, { unique: true });

export function createDayModel(connection: Connection): Model<DayRecord> {
  return connection.model<DayRecord>('QueueDay', daySchema);
}

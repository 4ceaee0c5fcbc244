/** Proof of what booking forgot, on request or by age: how much and why, never whose (BK-33). Rows are added and never changed. */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface BookingErasureRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  at: Date;
  /** Membership that asked for it; `system` for what was too old. */
  memberId: string;
  reason: string;
  bookings: number;
}

const erasureSchema = new Schema<BookingErasureRecord>(
  {
    at: { type: Date, required: true },
    memberId: { type: String, required: true },
    reason: { type: String, required: true },
    bookings: { type: Number, required: true },
  },
  { collection: 'booking_erasures', strict: 'throw', versionKey: false },
);
erasureSchema.plugin(tenantScope);
erasureSchema.index({ tenantId: 1, at: 1 });

export function createBookingErasureModel(connection: Connection): Model<BookingErasureRecord> {
  return connection.model<BookingErasureRecord>('BookingErasure', erasureSchema);
}

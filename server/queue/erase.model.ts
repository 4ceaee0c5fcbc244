/** Proof of what was erased on request: how much and why, never whose (QA-12). Rows are added and never changed. */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface ErasureRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  at: Date;
  /** Membership that asked for it. */
  memberId: string;
  reason: string;
  /** People found, and tickets of theirs that nothing leads to any more. */
  persons: number;
  tickets: number;
}

const count = { type: Number, required: true } as const;

const erasureSchema = new Schema<ErasureRecord>(
  {
    at: { type: Date, required: true },
    memberId: { type: String, required: true },
    reason: { type: String, required: true },
    persons: count,
    tickets: count,
  },
  { collection: 'queue_erasures', strict: 'throw', versionKey: false },
);
erasureSchema.plugin(tenantScope);
erasureSchema.index({ tenantId: 1, at: 1 });

export function createErasureModel(connection: Connection): Model<ErasureRecord> {
  return connection.model<ErasureRecord>('QueueErasure', erasureSchema);
}

import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { tenantScope } from './store/tenant-scope.js';

/** A challenge that was used up; forgotten when it would no longer be taken anyway. */
export interface SpentProofRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  nonce: string;
  /** Idempotency key of the command that it was spent on, whose retries bring the same proof. */
  key: string;
  expiresAt: Date;
}

const spentProofSchema = new Schema<SpentProofRecord>(
  {
    nonce: { type: String, required: true },
    key: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'spent_proofs', strict: 'throw', versionKey: false },
);
spentProofSchema.plugin(tenantScope);
spentProofSchema.index({ tenantId: 1, nonce: 1 }, { unique: true });
spentProofSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function createSpentProofModel(connection: Connection): Model<SpentProofRecord> {
  return connection.model<SpentProofRecord>('SpentProof', spentProofSchema);
}

import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { tenantScope } from './store/tenant-scope.js';

/** First answer of a keyed command, kept so that a retry hears the same. */
export interface LedgerRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  /** `staff:<membershipId>` or `visitor:<tokenHash>`: a key means nothing to anyone else. */
  actor: string;
  key: string;
  command: string;
  /** HMAC-SHA-256 of command and input with the server's secret. */
  inputHash: string;
  state: 'running' | 'done';
  /** A `running` row older than this was left by a dead process and may be taken over. */
  leaseUntil: Date;
  answer: unknown;
  expiresAt: Date;
}

const ledgerSchema = new Schema<LedgerRecord>(
  {
    actor: { type: String, required: true },
    key: { type: String, required: true },
    command: { type: String, required: true },
    inputHash: { type: String, required: true },
    state: { type: String, required: true },
    leaseUntil: { type: Date, required: true },
    answer: { type: Schema.Types.Mixed, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'idempotency', strict: 'throw', versionKey: false, minimize: false },
);
ledgerSchema.plugin(tenantScope);
ledgerSchema.index({ tenantId: 1, actor: 1, key: 1 }, { unique: true });
ledgerSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function createLedgerModel(connection: Connection): Model<LedgerRecord> {
  return connection.model<LedgerRecord>('IdempotencyLedger', ledgerSchema);
}

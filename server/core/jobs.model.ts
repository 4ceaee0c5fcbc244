import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { tenantScope } from './store/tenant-scope.js';

export interface JobRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  kind: string;
  /** Unique per tenant and kind: enqueueing the same work twice makes one job. */
  key: string;
  payload: unknown;
  state: 'pending' | 'dead';
  attempts: number;
  runAt: Date;
  /** A worker owns the job until then; the attempt number fences a worker that woke up too late. */
  leaseUntil: Date;
  lastError: string | null;
  createdAt: Date;
}

const jobSchema = new Schema<JobRecord>(
  {
    kind: { type: String, required: true },
    key: { type: String, required: true },
    payload: { type: Schema.Types.Mixed, required: true },
    state: { type: String, required: true },
    attempts: { type: Number, required: true },
    runAt: { type: Date, required: true },
    leaseUntil: { type: Date, required: true },
    lastError: { type: String, default: null },
    createdAt: { type: Date, required: true },
  },
  { collection: 'jobs', strict: 'throw', versionKey: false, minimize: false },
);
jobSchema.plugin(tenantScope);
jobSchema.index({ tenantId: 1, kind: 1, key: 1 }, { unique: true });
// The worker asks across tenants for what is due, so this one index starts with the time.
jobSchema.index({ state: 1, runAt: 1 });

export function createJobModel(connection: Connection): Model<JobRecord> {
  return connection.model<JobRecord>('Job', jobSchema);
}

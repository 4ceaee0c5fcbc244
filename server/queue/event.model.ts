/** The log of each location's queue (decision 0009). Rows are added and never changed. */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { QueueActor, QueueChange } from '@frontdesk/domain/queue/events';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface EventRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  locationId: Types.ObjectId;
  rev: number;
  at: Date;
  serviceDay: string;
  /** True for the event that a day's log begins with; absent otherwise, so that a partial index finds it at once. */
  isDayStart?: true;
  actor: QueueActor;
  changes: QueueChange[];
  /** Tickets and counters that the changes name, for the audit. */
  ticketIds: string[];
  counterIds: string[];
  /** Idempotency key of the command, and what it asked; absent for what the clock did. */
  key?: string;
  inputHash?: string;
}

const text = { type: String, required: true } as const;

const eventSchema = new Schema<EventRecord>(
  {
    locationId: { type: Schema.Types.ObjectId, required: true },
    rev: { type: Number, required: true },
    at: { type: Date, required: true },
    serviceDay: text,
    isDayStart: { type: Boolean },
    actor: new Schema({ kind: text, id: text, name: { type: String, default: '' } }, { _id: false, strict: 'throw' }),
    changes: { type: [Schema.Types.Mixed], required: true } as never,
    ticketIds: { type: [String], required: true },
    counterIds: { type: [String], required: true },
    key: { type: String },
    inputHash: { type: String },
  },
  { collection: 'queue_events', strict: 'throw', versionKey: false, minimize: false },
);
eventSchema.plugin(tenantScope);
/** The place in the log: whoever writes it first has decided. */
eventSchema.index({ tenantId: 1, locationId: 1, rev: 1 }, { unique: true });
eventSchema.index(
  { tenantId: 1, locationId: 1, key: 1 },
  { unique: true, partialFilterExpression: { key: { $exists: true } } },
);
eventSchema.index(
  { tenantId: 1, locationId: 1, isDayStart: 1, rev: 1 },
  { partialFilterExpression: { isDayStart: { $exists: true } } },
);
eventSchema.index({ tenantId: 1, locationId: 1, serviceDay: 1, rev: 1 });
eventSchema.index({ tenantId: 1, locationId: 1, ticketIds: 1, rev: 1 });
eventSchema.index({ tenantId: 1, locationId: 1, counterIds: 1, rev: 1 });
eventSchema.index({ tenantId: 1, locationId: 1, 'actor.id': 1, rev: 1 });

export function createEventModel(connection: Connection): Model<EventRecord> {
  return connection.model<EventRecord>('QueueEvent', eventSchema);
}

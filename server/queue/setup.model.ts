/** Stored form of what the owner sets up: services, counters and the policy of a location. */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { QueuePolicy, Series } from '@frontdesk/protocol/queue-setup';
import type { AskRule } from '@frontdesk/protocol/vocabulary';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface ServiceRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  locationId: Types.ObjectId;
  names: LocalizedText;
  series: Series;
  pool: string;
  typicalMinutes: number;
  targetWaitMinutes: number;
  capPerDay: number | null;
  maxWaiting: number | null;
  stopAt: string | null;
  askName: AskRule;
  askPhone: AskRule;
  consentText: string;
  isRemoteJoinAllowed: boolean;
  isArchived: boolean;
  createdAt: Date;
}

export interface CounterRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  locationId: Types.ObjectId;
  label: string;
  group: string;
  serviceIds: Types.ObjectId[];
  isArchived: boolean;
  createdAt: Date;
}

export interface PolicyRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  locationId: Types.ObjectId;
  policy: QueuePolicy;
}

const strict = { strict: 'throw', versionKey: false, minimize: false } as const;
const text = { type: String, required: true } as const;
const optionalText = { type: String, default: '' } as const;
const flag = { type: Boolean, required: true } as const;
const number = { type: Number, required: true } as const;
const nullableNumber = { type: Number, default: null } as const;
const reference = { type: Schema.Types.ObjectId, required: true } as const;
// Checked by the contract; nothing looks into them by query.
const document = { type: Schema.Types.Mixed, required: true } as const;
const instant = { type: Date, required: true } as const;

const serviceSchema = new Schema<ServiceRecord>(
  {
    locationId: reference,
    names: document,
    series: new Schema({ prefix: optionalText, width: number, first: number, last: number }, { _id: false }),
    pool: text,
    typicalMinutes: number,
    targetWaitMinutes: number,
    capPerDay: nullableNumber,
    maxWaiting: nullableNumber,
    stopAt: { type: String, default: null },
    askName: text,
    askPhone: text,
    consentText: optionalText,
    isRemoteJoinAllowed: flag,
    isArchived: flag,
    createdAt: instant,
  },
  { collection: 'queue_services', ...strict },
);
serviceSchema.plugin(tenantScope);
serviceSchema.index({ tenantId: 1, locationId: 1, createdAt: 1 });
/** Two services that hand out the same labels would call two people at once. */
serviceSchema.index(
  { tenantId: 1, locationId: 1, 'series.prefix': 1 },
  { unique: true, partialFilterExpression: { isArchived: false } },
);

const counterSchema = new Schema<CounterRecord>(
  {
    locationId: reference,
    label: text,
    group: optionalText,
    serviceIds: { type: [Schema.Types.ObjectId], required: true },
    isArchived: flag,
    createdAt: instant,
  },
  { collection: 'queue_counters', ...strict },
);
counterSchema.plugin(tenantScope);
counterSchema.index({ tenantId: 1, locationId: 1, createdAt: 1 });

const policySchema = new Schema<PolicyRecord>(
  { locationId: reference, policy: document },
  { collection: 'queue_policies', ...strict },
);
policySchema.plugin(tenantScope);
policySchema.index({ tenantId: 1, locationId: 1 }, { unique: true });

export interface SetupModels {
  readonly Service: Model<ServiceRecord>;
  readonly Counter: Model<CounterRecord>;
  readonly Policy: Model<PolicyRecord>;
}

export function createSetupModels(connection: Connection): SetupModels {
  return {
    Service: connection.model<ServiceRecord>('QueueService', serviceSchema),
    Counter: connection.model<CounterRecord>('QueueCounter', counterSchema),
    Policy: connection.model<PolicyRecord>('QueuePolicy', policySchema),
  };
}

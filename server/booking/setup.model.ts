/** Stored form of what can be booked, when it cannot, and how often either changed. */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { BookingServiceDto, PoolDto, ResourceDto } from '@frontdesk/protocol/booking-fields';
import { tenantScope } from '../core/store/tenant-scope.js';

interface Stored {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  locationId: Types.ObjectId;
}

export type ServiceFields = Omit<BookingServiceDto, 'id' | 'locationId'>;
export interface ServiceRecord extends Stored {
  fields: ServiceFields;
  createdAt: Date;
}

export type ResourceFields = Omit<ResourceDto, 'id' | 'locationId'>;
export interface ResourceRecord extends Stored {
  rseq: number;
  fields: ResourceFields;
  createdAt: Date;
}

export type PoolFields = Omit<PoolDto, 'id' | 'locationId'>;
export interface PoolRecord extends Stored {
  fields: PoolFields;
  createdAt: Date;
}

export interface BlockRecord extends Stored {
  resourceId: Types.ObjectId;
  start: Date;
  end: Date;
  reason: string;
}

/** One per tenant. */
export interface RevisionRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  /** The last `rseq` that was given out. */
  resources: number;
  setup: number;
  agenda: number;
  /** How often what staff see of a location changed, by its id; without the holds that `agenda` counts. */
  places?: Record<string, number>;
  /** When visits are next compared with the rules of their zones; and the version of the rules that they were compared with. */
  zonesDueAt?: Date;
  zoneRules?: string;
  /** Days for which it is kept who a visit was with, null for ever; and when that is next looked at. */
  keepDays?: number | null;
  forgetDueAt?: Date;
}

const strict = { strict: 'throw', versionKey: false, minimize: false } as const;
const reference = { type: Schema.Types.ObjectId, required: true } as const;
const instant = { type: Date, required: true } as const;
const count = { type: Number, required: true } as const;
// Checked by the contract; nothing looks into it by query.
const fields = { type: Schema.Types.Mixed, required: true } as const;

const serviceSchema = new Schema<ServiceRecord>(
  { locationId: reference, fields, createdAt: instant },
  { collection: 'booking_services', ...strict },
);
serviceSchema.plugin(tenantScope);
serviceSchema.index({ tenantId: 1, createdAt: 1 });

const resourceSchema = new Schema<ResourceRecord>(
  { locationId: reference, rseq: count, fields, createdAt: instant },
  { collection: 'booking_resources', ...strict },
);
resourceSchema.plugin(tenantScope);
resourceSchema.index({ tenantId: 1, createdAt: 1 });
/** Two with one number would take each other's time. */
resourceSchema.index({ tenantId: 1, rseq: 1 }, { unique: true });

const poolSchema = new Schema<PoolRecord>(
  { locationId: reference, fields, createdAt: instant },
  { collection: 'booking_pools', ...strict },
);
poolSchema.plugin(tenantScope);
poolSchema.index({ tenantId: 1, createdAt: 1 });

const blockSchema = new Schema<BlockRecord>(
  { locationId: reference, resourceId: reference, start: instant, end: instant, reason: { type: String, default: '' } },
  { collection: 'booking_blocks', ...strict },
);
blockSchema.plugin(tenantScope);
blockSchema.index({ tenantId: 1, end: 1 });

const revisionSchema = new Schema<RevisionRecord>(
  {
    resources: count,
    setup: count,
    agenda: count,
    places: { type: Schema.Types.Mixed },
    zonesDueAt: { type: Date },
    zoneRules: { type: String },
    keepDays: { type: Number },
    forgetDueAt: { type: Date },
  },
  { collection: 'booking_revisions', ...strict },
);
revisionSchema.plugin(tenantScope);
revisionSchema.index({ tenantId: 1 }, { unique: true });

export interface SetupModels {
  readonly Service: Model<ServiceRecord>;
  readonly Resource: Model<ResourceRecord>;
  readonly Pool: Model<PoolRecord>;
  readonly Block: Model<BlockRecord>;
  readonly Revision: Model<RevisionRecord>;
}

export function createSetupModels(connection: Connection): SetupModels {
  return {
    Service: connection.model<ServiceRecord>('BookingService', serviceSchema),
    Resource: connection.model<ResourceRecord>('BookingResource', resourceSchema),
    Pool: connection.model<PoolRecord>('BookingPool', poolSchema),
    Block: connection.model<BlockRecord>('BookingBlock', blockSchema),
    Revision: connection.model<RevisionRecord>('BookingRevision', revisionSchema),
  };
}

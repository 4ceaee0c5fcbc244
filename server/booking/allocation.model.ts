/**
 * Stored form of holds and bookings. Who owns which time is decided by one unique index over `claims`: it holds between documents, and
 * an insert or update writes its index entries with the document or not at all (booking.md 5.4, ADR 0014).
 */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { tenantScope } from '../core/store/tenant-scope.js';
import type { Allocation } from './booking.types.js';

type Unstored = 'id' | 'tenantId' | 'locationId' | 'serviceId' | 'staffId';

/** As stored: ids that queries ask for are ObjectIds; those inside segments, spans and history are text. */
export interface AllocationRecord extends Omit<Allocation, Unstored> {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  locationId: Types.ObjectId;
  serviceId: Types.ObjectId;
  staffId: Types.ObjectId | null;
  /** Everybody and everything that it takes. */
  rids: Types.ObjectId[];
}

const reference = { type: Schema.Types.ObjectId, required: true } as const;
const text = { type: String, required: true } as const;
const optionalText = { type: String, default: null } as const;
const flag = { type: Boolean, required: true } as const;
const count = { type: Number, required: true } as const;
const instant = { type: Date, required: true } as const;
const document = { type: Schema.Types.Mixed, required: true } as const;
const list = { type: [Schema.Types.Mixed], required: true } as const;

const allocationSchema = new Schema<AllocationRecord>(
  {
    state: text,
    live: flag,
    locationId: reference,
    serviceId: reference,
    staffId: { type: Schema.Types.ObjectId, default: null },
    followedBy: list,
    rids: { type: [Schema.Types.ObjectId], required: true },
    /**
     * Whole numbers below 2^53, which a double holds exactly and every driver reads back as a number; an int64 would come back as an
     * object of the driver's own. MongoDB compares numbers by value, so that an int32 and a double of one value are one key.
     */
    claims: {
      type: [Number],
      required: true,
      // Two live documents without any would collide on the missing key, and neither would own its time.
      validate: (keys: unknown) => Array.isArray(keys) && keys.length > 0,
    },
    start: instant,
    end: instant,
    zone: text,
    wallStart: text,
    segments: list,
    spans: list,
    holder: optionalText,
    address: optionalText,
    holdExpiresAt: { type: Date },
    isExtended: flag,
    customer: { type: Schema.Types.Mixed, default: null },
    locale: optionalText,
    customerZone: optionalText,
    siteId: optionalText,
    answers: document,
    sealedAnswers: optionalText,
    consents: list,
    policy: document,
    code: text,
    version: count,
    reschedules: count,
    manageSalt: text,
    replacedSalt: optionalText,
    writes: list,
    history: list,
    outbox: list,
    createdAt: instant,
    /** Of a class: seats are decided by a write of this document, see class-seating.ts. */
    session: { type: Schema.Types.Mixed },
    seriesId: { type: String },
    zoneChange: { type: Schema.Types.Mixed },
  },
  { collection: 'allocations', strict: 'throw', versionKey: false, minimize: false },
);
allocationSchema.plugin(tenantScope);
/** Nobody is in two places. */
allocationSchema.index({ tenantId: 1, claims: 1 }, { unique: true, partialFilterExpression: { live: true } });
/** A command is carried out once, on one document. */
allocationSchema.index(
  { tenantId: 1, 'writes.key': 1 },
  { unique: true, partialFilterExpression: { 'writes.key': { $exists: true } } },
);
/** What is said on the phone names one booking. */
allocationSchema.index({ tenantId: 1, code: 1 }, { unique: true });
/** Free times: what takes these resources from when on. */
allocationSchema.index({ tenantId: 1, rids: 1, start: 1 }, { partialFilterExpression: { live: true } });
/** The agenda of a location, and how often a service is booked on a day. */
allocationSchema.index({ tenantId: 1, locationId: 1, start: 1 });
/** Holds of a visitor and of an address. */
allocationSchema.index({ tenantId: 1, holder: 1 }, { partialFilterExpression: { state: 'held' } });
allocationSchema.index({ tenantId: 1, address: 1 }, { partialFilterExpression: { state: 'held' } });
/** A link to seats, a request for seats that comes again, and what ends by itself in a class. */
allocationSchema.index(
  { tenantId: 1, 'session.entries.id': 1 },
  { partialFilterExpression: { 'session.entries.id': { $exists: true } } },
);
allocationSchema.index(
  { tenantId: 1, 'session.entries.writes.key': 1 },
  { unique: true, partialFilterExpression: { 'session.entries.writes.key': { $exists: true } } },
);
/** Dates of a course, and seats that were taken in several at once. */
allocationSchema.index(
  { tenantId: 1, 'session.courseId': 1, start: 1 },
  { partialFilterExpression: { 'session.courseId': { $exists: true } } },
);
allocationSchema.index(
  { tenantId: 1, 'session.entries.courseEntryId': 1 },
  { partialFilterExpression: { 'session.entries.courseEntryId': { $exists: true } } },
);
/** Seats that an address holds in classes; gone with the hold. */
allocationSchema.index(
  { tenantId: 1, 'session.entries.address': 1 },
  { partialFilterExpression: { 'session.entries.address': { $type: 'string' } } },
);
allocationSchema.index(
  { 'session.settleAt': 1 },
  { partialFilterExpression: { 'session.settleAt': { $exists: true } } },
);
/** Visits whose people are still known, by their end: what is forgotten has no writes any more, see privacy.store.ts. */
allocationSchema.index({ tenantId: 1, end: 1 }, { partialFilterExpression: { 'writes.key': { $exists: true } } });
/** Repeated visits. */
allocationSchema.index(
  { tenantId: 1, seriesId: 1, start: 1 },
  { partialFilterExpression: { seriesId: { $exists: true } } },
);
/** What lies ahead of a tenant, whose zones may get other rules. */
allocationSchema.index({ tenantId: 1, start: 1 }, { partialFilterExpression: { live: true } });
/** Requests that nobody decided in time, of all tenants. */
allocationSchema.index({ start: 1 }, { partialFilterExpression: { state: 'requested' } });
/** What is to be said next, whoever's customers they are: the one index that begins with the time. */
allocationSchema.index({ 'outbox.dueAt': 1 });
/** Sweeps what nobody wanted any more; only holds have the field, and nobody waits for the sweeper. */
allocationSchema.index({ holdExpiresAt: 1 }, { expireAfterSeconds: 0 });

export function createAllocationModel(connection: Connection): Model<AllocationRecord> {
  return connection.model<AllocationRecord>('BookingAllocation', allocationSchema);
}

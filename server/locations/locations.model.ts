/** Stored form of a branch. */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { OpeningHours } from '@frontdesk/protocol/hours';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Geofence } from '@frontdesk/protocol/locations';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface LocationRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  name: string;
  address: string;
  timeZone: string;
  nextTimeZone: string | null;
  dayStart: string;
  hours: OpeningHours;
  languages: Locale[];
  country: string;
  geofence: Geofence | null;
  /** Not there in branches of an older release. */
  phone?: string | null;
  isArchived: boolean;
  createdAt: Date;
}

const text = { type: String, required: true } as const;

const locationSchema = new Schema<LocationRecord>(
  {
    name: text,
    address: { type: String, default: '' },
    timeZone: text,
    nextTimeZone: { type: String, default: null },
    dayStart: text,
    // Checked by the contract; nothing looks into it by query.
    hours: { type: Schema.Types.Mixed, required: true },
    languages: { type: [String], required: true },
    country: text,
    geofence: { type: Schema.Types.Mixed, default: null },
    phone: { type: String, default: null },
    isArchived: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'locations', strict: 'throw', versionKey: false, minimize: false },
);
locationSchema.plugin(tenantScope);
locationSchema.index({ tenantId: 1, createdAt: 1 });

export function createLocationModel(connection: Connection): Model<LocationRecord> {
  return connection.model<LocationRecord>('Location', locationSchema);
}

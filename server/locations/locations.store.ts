/** Repository of branches. */
import { Types, type Model } from 'mongoose';
import type { LocationId, TenantId } from '@frontdesk/protocol/ids';
import { withoutUndefined } from '../core/patch.js';
import { scope } from '../core/store/scope.js';
import type { LocationRecord } from './locations.model.js';
import type { Location, Scoped } from './locations.types.js';

export type LocationFields = Omit<Location, 'id' | 'tenantId' | 'createdAt'>;
/** A field that is not there stays as it is. */
export type LocationPatch = { readonly [Name in keyof LocationFields]?: LocationFields[Name] | undefined };

export interface LocationStore {
  find(context: Scoped, id: LocationId): Promise<Location | undefined>;
  list(context: Scoped): Promise<Location[]>;
  insert(context: Scoped, fields: LocationFields, now: Date): Promise<Location>;
  update(context: Scoped, id: LocationId, patch: LocationPatch): Promise<Location | undefined>;
  /** Only if this zone is still the one that waits. */
  applyTimeZone(context: Scoped, id: LocationId, timeZone: string): Promise<Location | undefined>;
}

function toLocation({ _id, tenantId, phone = null, ...fields }: LocationRecord): Location {
  return { ...fields, phone, id: _id.toHexString() as LocationId, tenantId: tenantId.toHexString() as TenantId };
}

export function createLocationStore(Record: Model<LocationRecord>): LocationStore {
  const byId = (context: Scoped, id: LocationId) => ({ ...scope(context), _id: new Types.ObjectId(id) });
  return {
    async find(context, id) {
      const record = await Record.findOne(byId(context, id)).lean<LocationRecord>();
      return record ? toLocation(record) : undefined;
    },
    async list(context) {
      const records = await Record.find(scope(context)).sort({ createdAt: 1, _id: 1 }).lean<LocationRecord[]>();
      return records.map(toLocation);
    },
    async insert(context, fields, now) {
      const record = {
        ...fields,
        languages: [...fields.languages],
        _id: new Types.ObjectId(),
        ...scope(context),
        createdAt: now,
      };
      await Record.create(record);
      return toLocation(record);
    },
    async update(context, id, patch) {
      const record = await Record.findOneAndUpdate(
        byId(context, id),
        { $set: withoutUndefined(patch) },
        { returnDocument: 'after' },
      ).lean<LocationRecord>();
      return record ? toLocation(record) : undefined;
    },
    async applyTimeZone(context, id, timeZone) {
      const record = await Record.findOneAndUpdate(
        { ...byId(context, id), nextTimeZone: timeZone },
        { $set: { timeZone, nextTimeZone: null } },
        { returnDocument: 'after' },
      ).lean<LocationRecord>();
      return record ? toLocation(record) : undefined;
    },
  };
}

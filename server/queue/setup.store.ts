/** Repository of services, counters and policies. */
import { Types } from 'mongoose';
import type { CounterId, LocationId, ServiceId } from '@frontdesk/protocol/ids';
import type { QueuePolicy } from '@frontdesk/protocol/queue-setup';
import { duplicateKeyFields } from '../core/errors.js';
import { withoutUndefined } from '../core/patch.js';
import { scope } from '../core/store/scope.js';
import type { Counter, CounterFields, Scoped, Service, ServiceFields } from './queue.types.js';
import type { CounterRecord, PolicyRecord, ServiceRecord, SetupModels } from './setup.model.js';

export type Patch<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };

export interface SetupStore {
  listServices(context: Scoped, locationId: LocationId): Promise<Service[]>;
  findService(context: Scoped, id: ServiceId): Promise<Service | undefined>;
  /** `taken`: another service of the location has this prefix. */
  insertService(context: Scoped, locationId: LocationId, fields: ServiceFields, now: Date): Promise<Service | 'taken'>;
  updateService(context: Scoped, id: ServiceId, patch: Patch<ServiceFields>): Promise<Service | 'taken' | undefined>;
  listCounters(context: Scoped, locationId: LocationId): Promise<Counter[]>;
  findCounter(context: Scoped, id: CounterId): Promise<Counter | undefined>;
  insertCounter(context: Scoped, locationId: LocationId, fields: CounterFields, now: Date): Promise<Counter>;
  updateCounter(context: Scoped, id: CounterId, patch: Patch<CounterFields>): Promise<Counter | undefined>;
  findPolicy(context: Scoped, locationId: LocationId): Promise<QueuePolicy | undefined>;
  replacePolicy(context: Scoped, locationId: LocationId, policy: QueuePolicy): Promise<void>;
}

const objectId = (id: string): Types.ObjectId => new Types.ObjectId(id);
const hex = <Id extends string>(id: Types.ObjectId): Id => id.toHexString() as Id;

function toService({ _id, tenantId: _tenant, locationId, createdAt: _at, ...fields }: ServiceRecord): Service {
  return { ...fields, id: hex<ServiceId>(_id), locationId: hex<LocationId>(locationId) };
}

function toCounter({ _id, locationId, label, group, serviceIds, isArchived }: CounterRecord): Counter {
  return {
    id: hex<CounterId>(_id),
    locationId: hex<LocationId>(locationId),
    label,
    group,
    serviceIds: serviceIds.map((id) => hex<ServiceId>(id)),
    isArchived,
  };
}

async function unlessTaken<T>(write: () => Promise<T>): Promise<T | 'taken'> {
  try {
    return await write();
  } catch (error) {
    if (duplicateKeyFields(error)?.includes('series.prefix')) return 'taken';
    throw error;
  }
}

export function createSetupStore({ Service, Counter, Policy }: SetupModels): SetupStore {
  const at = (context: Scoped, locationId: LocationId) => ({ ...scope(context), locationId: objectId(locationId) });
  const byId = (context: Scoped, id: string) => ({ ...scope(context), _id: objectId(id) });
  return {
    async listServices(context, locationId) {
      const records = await Service.find(at(context, locationId))
        .sort({ createdAt: 1, _id: 1 })
        .lean<ServiceRecord[]>();
      return records.map(toService);
    },
    async findService(context, id) {
      const record = await Service.findOne(byId(context, id)).lean<ServiceRecord>();
      return record ? toService(record) : undefined;
    },
    insertService(context, locationId, fields, now) {
      const record: ServiceRecord = {
        ...fields,
        _id: new Types.ObjectId(),
        ...at(context, locationId),
        createdAt: now,
      };
      return unlessTaken(async () => {
        await Service.create(record);
        return toService(record);
      });
    },
    updateService(context, id, patch) {
      return unlessTaken(async () => {
        const record = await Service.findOneAndUpdate(
          byId(context, id),
          { $set: withoutUndefined(patch) },
          { returnDocument: 'after' },
        ).lean<ServiceRecord>();
        return record ? toService(record) : undefined;
      });
    },
    async listCounters(context, locationId) {
      const records = await Counter.find(at(context, locationId))
        .sort({ createdAt: 1, _id: 1 })
        .lean<CounterRecord[]>();
      return records.map(toCounter);
    },
    async findCounter(context, id) {
      const record = await Counter.findOne(byId(context, id)).lean<CounterRecord>();
      return record ? toCounter(record) : undefined;
    },
    async insertCounter(context, locationId, { serviceIds, ...fields }, now) {
      const record: CounterRecord = {
        ...fields,
        serviceIds: serviceIds.map(objectId),
        _id: new Types.ObjectId(),
        ...at(context, locationId),
        createdAt: now,
      };
      await Counter.create(record);
      return toCounter(record);
    },
    async updateCounter(context, id, { serviceIds, ...patch }) {
      const record = await Counter.findOneAndUpdate(
        byId(context, id),
        { $set: withoutUndefined({ ...patch, serviceIds: serviceIds?.map(objectId) }) },
        { returnDocument: 'after' },
      ).lean<CounterRecord>();
      return record ? toCounter(record) : undefined;
    },
    async findPolicy(context, locationId) {
      const record = await Policy.findOne(at(context, locationId)).lean<PolicyRecord>();
      return record?.policy;
    },
    async replacePolicy(context, locationId, policy) {
      await Policy.updateOne(at(context, locationId), { $set: { policy } }, { upsert: true });
    },
  };
}

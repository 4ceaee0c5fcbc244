/** Repository of paired devices. */
import { trusted, Types, type Model } from 'mongoose';
import type { DeviceHealth } from '@frontdesk/protocol/devices';
import type { DeviceId, LocationId, TenantId } from '@frontdesk/protocol/ids';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import type { DeviceRecord } from './devices.model.js';
import type { Device, Scoped } from './devices.types.js';

export type DevicePatch = Pick<Device, 'changedAt'> & Partial<Pick<Device, 'name' | 'display' | 'kiosk' | 'revokedAt'>>;

/** What a device said of itself since it was last written. */
export interface Sighting {
  readonly lastSeenAt: Date;
  readonly syncedAt?: Date;
  readonly health?: DeviceHealth;
}

export interface DeviceStore {
  /** `taken`: the token was paired before, here or by somebody else. */
  insert(device: Device): Promise<'inserted' | 'taken'>;
  /** Also one that was revoked. */
  find(context: Scoped, id: DeviceId): Promise<Device | undefined>;
  findByToken(tokenHash: string): Promise<Device | undefined>;
  /** Those that were not revoked, oldest first. */
  list(context: Scoped): Promise<Device[]>;
  /** undefined when it is not there or was revoked. */
  update(context: Scoped, id: DeviceId, patch: DevicePatch): Promise<Device | undefined>;
  /** Of every tenant. */
  listChangedSince(since: Date): Promise<Device[]>;
  noteSeen(context: Scoped, id: DeviceId, sighting: Sighting): Promise<void>;
}

function toDevice({ _id, tenantId, locationId, ...fields }: DeviceRecord): Device {
  return {
    ...fields,
    id: _id.toHexString() as DeviceId,
    tenantId: tenantId.toHexString() as TenantId,
    locationId: locationId.toHexString() as LocationId,
  };
}

export function createDeviceStore(Record: Model<DeviceRecord>): DeviceStore {
  const byId = (context: Scoped, id: DeviceId) => ({ ...scope(context), _id: new Types.ObjectId(id) });
  return {
    async insert({ id, tenantId, locationId, ...fields }) {
      try {
        await Record.create({ ...byId({ tenantId }, id), locationId: new Types.ObjectId(locationId), ...fields });
        return 'inserted';
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
        return 'taken';
      }
    },
    async find(context, id) {
      const record = await Record.findOne(byId(context, id)).lean<DeviceRecord>();
      return record ? toDevice(record) : undefined;
    },
    async findByToken(tokenHash) {
      const record = await Record.findOne({ tokenHash })
        .setOptions({ crossTenant: "the device's token names it and its tenant" })
        .lean<DeviceRecord>();
      return record ? toDevice(record) : undefined;
    },
    async list(context) {
      const records = await Record.find({ ...scope(context), revokedAt: null })
        .sort({ pairedAt: 1, _id: 1 })
        .lean<DeviceRecord[]>();
      return records.map(toDevice);
    },
    async update(context, id, patch) {
      const record = await Record.findOneAndUpdate(
        { ...byId(context, id), revokedAt: null },
        { $set: patch },
        { returnDocument: 'after' },
      ).lean<DeviceRecord>();
      return record ? toDevice(record) : undefined;
    },
    async listChangedSince(since) {
      const records = await Record.find({ changedAt: trusted({ $gte: since }) })
        .setOptions({ crossTenant: 'a device that another process put out must go from here too' })
        .lean<DeviceRecord[]>();
      return records.map(toDevice);
    },
    async noteSeen(context, id, sighting) {
      await Record.updateOne(byId(context, id), { $set: sighting });
    },
  };
}

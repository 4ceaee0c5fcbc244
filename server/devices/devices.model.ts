/** Stored form of devices, and of the codes of those that nobody has paired yet. */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { DeviceHealth, DisplaySettings, KioskSettings } from '@frontdesk/protocol/devices';
import type { DeviceKind } from '@frontdesk/protocol/vocabulary';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface DeviceRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  locationId: Types.ObjectId;
  kind: DeviceKind;
  name: string;
  tokenHash: string;
  display: DisplaySettings | null;
  kiosk: KioskSettings | null;
  pairedAt: Date;
  lastSeenAt: Date | null;
  syncedAt: Date;
  health: DeviceHealth | null;
  changedAt: Date;
  revokedAt: Date | null;
}

/** Belongs to no tenant: it is the device that asks, and nobody knows yet whose it is. */
export interface PairingRecord {
  _id: Types.ObjectId;
  tokenHash: string;
  kind: DeviceKind;
  code: string;
  expiresAt: Date;
}

const strict = { strict: 'throw', versionKey: false, minimize: false } as const;
const text = { type: String, required: true } as const;
const instant = { type: Date, required: true } as const;
// Checked by the contract; nothing looks into them by query.
const settings = { type: Schema.Types.Mixed, default: null } as const;

const deviceSchema = new Schema<DeviceRecord>(
  {
    locationId: { type: Schema.Types.ObjectId, required: true },
    kind: text,
    name: text,
    tokenHash: text,
    display: settings,
    kiosk: settings,
    pairedAt: instant,
    lastSeenAt: { type: Date, default: null },
    syncedAt: instant,
    health: settings,
    changedAt: instant,
    revokedAt: { type: Date, default: null },
  },
  { collection: 'devices', ...strict },
);
deviceSchema.plugin(tenantScope);
// The token names the device and its tenant, so its look-up crosses tenants; a token is paired once and never again.
deviceSchema.index({ tokenHash: 1 }, { unique: true });
deviceSchema.index({ tenantId: 1, pairedAt: 1 });
deviceSchema.index({ changedAt: 1 });

const pairingSchema = new Schema<PairingRecord>(
  { tokenHash: text, kind: text, code: text, expiresAt: instant },
  { collection: 'device_pairings', ...strict },
);
pairingSchema.index({ tokenHash: 1 }, { unique: true });
pairingSchema.index({ code: 1 }, { unique: true });
pairingSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export interface DeviceModels {
  readonly Device: Model<DeviceRecord>;
  readonly Pairing: Model<PairingRecord>;
}

export function createDeviceModels(connection: Connection): DeviceModels {
  return {
    Device: connection.model<DeviceRecord>('Device', deviceSchema),
    Pairing: connection.model<PairingRecord>('DevicePairing', pairingSchema),
  };
}

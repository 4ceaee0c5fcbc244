/** Records → what staff and the device itself see. Allow-lists. */
import type { DeviceDto, DeviceSelf, KioskSettings } from '@frontdesk/protocol/devices';
import type { Location } from '../locations/index.js';
import type { Tenant } from '../tenancy/index.js';
import type { Device } from './devices.types.js';

/** What this process knows better than the store. */
export type Liveliness = Pick<DeviceDto, 'isOnline' | 'lastSeenAt' | 'health'>;

/** The PIN is for those who may change it. */
export function presentDevice(device: Device, live: Liveliness, seesPin: boolean): DeviceDto {
  const { id, kind, name, locationId, display, kiosk, pairedAt } = device;
  return {
    id,
    kind,
    name,
    locationId,
    display,
    kiosk: kiosk && { ...kiosk, exitPin: seesPin ? kiosk.exitPin : null },
    pairedAt: pairedAt.toISOString(),
    ...live,
  };
}

function withoutPin({ exitPin: _exitPin, ...kiosk }: KioskSettings): NonNullable<DeviceSelf['kiosk']> {
  return kiosk;
}

export function presentSelf(device: Device, tenant: Tenant, location: Location): DeviceSelf {
  const { id, kind, name, display, kiosk } = device;
  return {
    id,
    kind,
    name,
    businessName: tenant.name,
    locationName: location.name,
    timeZone: location.timeZone,
    languages: [...location.languages],
    country: location.country,
    display,
    kiosk: kiosk && withoutPin(kiosk),
  };
}

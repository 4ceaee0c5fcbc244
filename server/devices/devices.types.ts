/** A paired kiosk or display as other domains know it. */
import type { DeviceHealth, DisplaySettings, KioskSettings } from '@frontdesk/protocol/devices';
import type { DeviceId, LocationId, ServiceId, TenantId } from '@frontdesk/protocol/ids';
import type { DeviceKind } from '@frontdesk/protocol/vocabulary';

export interface Scoped {
  readonly tenantId: TenantId | null;
}

export interface Device {
  readonly id: DeviceId;
  readonly tenantId: TenantId;
  readonly locationId: LocationId;
  readonly kind: DeviceKind;
  readonly name: string;
  /** SHA-256 of the token that the device made; stays when it is revoked, so that the token never comes back. */
  readonly tokenHash: string;
  /** Set for displays. */
  readonly display: DisplaySettings | null;
  /** Set for kiosks; the exit PIN in it is for staff who manage devices and for nobody else. */
  readonly kiosk: KioskSettings | null;
  readonly pairedAt: Date;
  readonly lastSeenAt: Date | null;
  /** When it last said that nothing it handed out offline is still to be synced. */
  readonly syncedAt: Date;
  readonly health: DeviceHealth | null;
  /** Grows with every change of name, settings or standing; other processes look for it. */
  readonly changedAt: Date;
  readonly revokedAt: Date | null;
}

/** Asks the queue whether all of these are services of the location. */
export type OwnsServices = (
  context: Scoped,
  locationId: LocationId,
  serviceIds: readonly ServiceId[],
) => Promise<boolean>;

export interface DeviceDirectory {
  /** Displays that are connected to this process. */
  listDisplays(at: { readonly tenantId: TenantId; readonly locationId: LocationId }): Device[];
  /** Locations with a device that is connected to this process. */
  listLocations(): { readonly tenantId: TenantId; readonly locationId: LocationId }[];
  /** Paired devices that nobody hears of, by location; those of locations without one are left out. */
  countOffline(context: Scoped): Promise<Map<LocationId, number>>;
  /** At most seconds old. Throws UNAUTHENTICATED for one that is not there any more. */
  find(context: Scoped, id: DeviceId): Promise<Device>;
  /** When it last said that it had nothing left to sync, epoch milliseconds; what it syncs later is not older (QK-11). */
  syncedAtMs(context: Scoped, id: DeviceId): Promise<number>;
}

declare module '../core/bus.js' {
  interface DomainEvents {
    /** A display of this location came, or shows something else now. */
    'displays:changed': { tenantId: TenantId; locationId: LocationId };
  }
}

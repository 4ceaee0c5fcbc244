/** A branch as other domains know it. */
import type { OpeningHours } from '@frontdesk/protocol/hours';
import type { LocationId, TenantId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Geofence } from '@frontdesk/protocol/locations';

export interface Scoped {
  readonly tenantId: TenantId | null;
}

export interface Location {
  readonly id: LocationId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly address: string;
  /** IANA zone of the service day that is on. */
  readonly timeZone: string;
  /** Zone that the next service day begins with; null when it stays (QA-1). */
  readonly nextTimeZone: string | null;
  readonly dayStart: string;
  readonly hours: OpeningHours;
  readonly languages: readonly Locale[];
  readonly country: string;
  readonly geofence: Geofence | null;
  /** E.164. */
  readonly phone: string | null;
  readonly isArchived: boolean;
  readonly createdAt: Date;
}

export interface LocationDirectory {
  /** undefined for an unknown or foreign id. Archived ones are found: their history is still read. */
  find(context: Scoped, id: LocationId): Promise<Location | undefined>;
  list(context: Scoped): Promise<Location[]>;
  /** The zone that was waiting is the zone from now on; called once a service day has begun with it. */
  applyNextTimeZone(context: Scoped, id: LocationId): Promise<void>;
}

declare module '../core/bus.js' {
  interface DomainEvents {
    'location:changed': { tenantId: TenantId; locationId: LocationId };
  }
}

/** Use cases of branches. */
import type { LocationId } from '@frontdesk/protocol/ids';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { StaffContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import { AppError } from '../core/errors.js';
import type { FactPublisher } from '../core/facts.js';
import { readPhoneNumber } from '../core/phone-numbers.js';
import { rooms } from '../core/rooms.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import type { LocationFields, LocationPatch, LocationStore } from './locations.store.js';
import type { Location, Scoped } from './locations.types.js';

const NO_HOURS: LocationFields['hours'] = { weekly: [[], [], [], [], [], [], []], specialDays: [], holidays: [] };
const DEFAULT_DAY_START = '04:00';
const DEFAULT_COUNTRY = 'MY';

type NewLocation = Omit<LocationPatch, 'name' | 'nextTimeZone' | 'isArchived'> & { readonly name: string };

export interface LocationsDeps extends CoreDeps {
  readonly facts: FactPublisher;
  readonly directory: Pick<TenancyDirectory, 'findTenant'>;
}

function presentLocation({ tenantId: _tenantId, createdAt, languages, ...fields }: Location): LocationDto {
  return { ...fields, languages: [...languages], createdAt: createdAt.toISOString() };
}

export type LocationsService = ReturnType<typeof createLocationsService>;

export function createLocationsService(deps: LocationsDeps & { readonly store: LocationStore }) {
  const { store, facts, bus, clock } = deps;

  function announce({ tenantId, id: locationId }: Location): void {
    bus.publish('location:changed', { tenantId, locationId });
    facts.toStaff(rooms.tenantStaff(tenantId), 'workspace:changed', { what: 'locations' });
  }

  async function create(context: Pick<StaffContext, 'tenantId'>, input: NewLocation): Promise<Location> {
    const tenant = await deps.directory.findTenant(context);
    if (!tenant) throw new AppError('NOT_FOUND');
    const location = await store.insert(
      context,
      {
        name: input.name,
        address: input.address ?? '',
        timeZone: input.timeZone ?? tenant.timeZone,
        nextTimeZone: null,
        dayStart: input.dayStart ?? DEFAULT_DAY_START,
        hours: input.hours ?? NO_HOURS,
        languages: input.languages ?? [tenant.locale],
        country: input.country ?? DEFAULT_COUNTRY,
        geofence: input.geofence ?? null,
        phone: readPhoneNumber(input.phone ?? null, input.country ?? DEFAULT_COUNTRY),
        isArchived: false,
      },
      new Date(clock.now()),
    );
    announce(location);
    return location;
  }

  return {
    create,
    async list(context: StaffContext): Promise<LocationDto[]> {
      return (await store.list(context)).map(presentLocation);
    },
    async createDto(context: StaffContext, input: NewLocation): Promise<LocationDto> {
      return presentLocation(await create(context, input));
    },
    async applyNextTimeZone(context: Scoped, id: LocationId): Promise<void> {
      const before = await store.find(context, id);
      if (!before?.nextTimeZone) return;
      const location = await store.applyTimeZone(context, id, before.nextTimeZone);
      if (location) announce(location);
    },
    /** A day keeps the zone that it began with, so another zone waits for the next one (QA-1). */
    async update(
      context: StaffContext,
      id: LocationId,
      { timeZone, ...patch }: Omit<LocationPatch, 'nextTimeZone'>,
    ): Promise<LocationDto> {
      const before = await store.find(context, id);
      if (!before) throw new AppError('NOT_FOUND');
      const nextTimeZone = timeZone === before.timeZone ? null : timeZone;
      const country = patch.country ?? before.country;
      const phone = patch.phone === undefined ? undefined : readPhoneNumber(patch.phone, country);
      const location = await store.update(context, id, { ...patch, phone, nextTimeZone });
      if (!location) throw new AppError('NOT_FOUND');
      announce(location);
      return presentLocation(location);
    },
  };
}

/** What customers see of the setup: services that somebody gives, without the rules behind them. */
import { visitMinutes } from '@frontdesk/domain/booking/fit';
import type { BookingCatalogue, OfferedService } from '@frontdesk/protocol/booking-visitor';
import type { BookableId, LocationId } from '@frontdesk/protocol/ids';
import type { Location } from '../locations/index.js';
import type { BookingService, Resource, Schedule } from './booking.types.js';

/** People who give it; rooms and things are nobody's choice. */
export function staffOf(schedule: Schedule, service: Pick<BookingService, 'id' | 'locationId'>): Resource[] {
  return [...schedule.resources.values()].filter(
    (resource) =>
      resource.kind === 'staff' &&
      !resource.isArchived &&
      resource.locationId === service.locationId &&
      resource.serviceIds.includes(service.id),
  );
}

function presentService(schedule: Schedule, service: BookingService): OfferedService {
  const { id, locationId, names, descriptions, priceText, confirmation, verification, isOnline, horizonDays } = service;
  return {
    id,
    locationId,
    names,
    descriptions,
    minutes: visitMinutes(service),
    priceText,
    confirmation,
    verification,
    isOnline,
    horizonDays,
    isClass: service.capacity !== null,
    questions: service.questions,
    consents: service.consents,
    staffIds: staffOf(schedule, service).map((resource) => resource.id),
  };
}

const presentLocation = ({ id, name, address, timeZone, nextTimeZone, phone }: Location) => ({
  id,
  name,
  address,
  timeZone: nextTimeZone ?? timeZone,
  phone,
});

export function presentCatalogue(
  schedule: Schedule,
  businessName: string,
  locationId: LocationId | null,
): BookingCatalogue {
  const isHere = (place: LocationId): boolean =>
    schedule.locations.get(place)?.isArchived === false && (locationId === null || place === locationId);
  const services = [...schedule.services.values()]
    .filter((service) => !service.isArchived && isHere(service.locationId))
    .map((service) => presentService(schedule, service));
  const staff = new Set<BookableId>(services.flatMap(({ staffIds }) => staffIds));
  const places = new Set(services.map((service) => service.locationId));
  return {
    businessName,
    locations: [...schedule.locations.values()].filter(({ id }) => places.has(id)).map(presentLocation),
    services,
    staff: [...schedule.resources.values()].filter(({ id }) => staff.has(id)).map(({ id, name }) => ({ id, name })),
  };
}

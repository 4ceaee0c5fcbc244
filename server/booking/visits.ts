/** A visit as it was asked for or booked: its services in order, each with whom, and the rules that hold for all of it (BK-9). */
import { countClaimKeys, MAX_CLAIM_KEYS } from '@frontdesk/domain/booking/claims';
import type { BookableId, BookingServiceId } from '@frontdesk/protocol/ids';
import type { FollowingService } from '@frontdesk/protocol/booking-fields';
import { AppError } from '../core/errors.js';
import { staffOf } from './booking.catalogue.js';
import type { Allocation, BookingService, Schedule } from './booking.types.js';

export interface VisitService {
  readonly service: BookingService;
  /** null is anybody. */
  readonly staffId: BookableId | null;
}

/** What is wished for first, and what belongs to the same visit. */
export interface Visit extends VisitService {
  readonly followedBy: readonly VisitService[];
}

export interface WantedVisit {
  readonly serviceId: BookingServiceId;
  readonly staffId: BookableId | null;
  readonly followedBy?: readonly FollowingService[] | undefined;
}

export const servicesOf = ({ service, followedBy }: Visit): BookingService[] => [
  service,
  ...followedBy.map((other) => other.service),
];

/** A service that can be booked, and by whom; anything else is as unknown as a random id. */
export function findOffered(
  schedule: Schedule,
  serviceId: BookingServiceId,
  staffId: BookableId | null,
): BookingService {
  const service = schedule.services.get(serviceId);
  const isOpen = service && !service.isArchived && schedule.locations.get(service.locationId)?.isArchived === false;
  if (!isOpen) throw new AppError('NOT_FOUND');
  if (staffId !== null && !staffOf(schedule, service).some(({ id }) => id === staffId)) throw new AppError('NOT_FOUND');
  return service;
}

/** Throws NOT_FOUND for what is not offered at one branch, and VALIDATION for more than can be claimed at once. */
export function readVisit(schedule: Schedule, { serviceId, staffId, followedBy = [] }: WantedVisit): Visit {
  const visit: Visit = {
    service: findOffered(schedule, serviceId, staffId),
    staffId,
    followedBy: followedBy.map((other) => ({
      service: findOffered(schedule, other.serviceId, other.staffId),
      staffId: other.staffId,
    })),
  };
  const services = servicesOf(visit);
  if (services.some(({ locationId }) => locationId !== visit.service.locationId)) throw new AppError('NOT_FOUND');
  const keys = services.reduce((sum, service) => sum + countClaimKeys(service), 0);
  if (keys <= MAX_CLAIM_KEYS) return visit;
  throw new AppError('VALIDATION', { fields: { followedBy: 'takes too much time of too many to be booked at once' } });
}

/** Customers choose the time of an appointment; a class takes place on its own dates. */
export function requireAppointments(visit: Visit): void {
  if (servicesOf(visit).some(({ capacity }) => capacity !== null)) throw new AppError('NOT_FOUND');
}

/** What was booked, by the services as they are now; undefined when one of them is gone. */
export function findVisit(schedule: Schedule, { serviceId, staffId, followedBy }: Allocation): Visit | undefined {
  const find = (id: BookingServiceId) => schedule.services.get(id);
  const service = find(serviceId);
  const others = followedBy.flatMap((other) => {
    const found = find(other.serviceId);
    return found ? [{ service: found, staffId: other.staffId }] : [];
  });
  return service && others.length === followedBy.length ? { service, staffId, followedBy: others } : undefined;
}

const byKey = <Item extends { readonly key: string }>(items: readonly Item[]): Item[] =>
  [...new Map(items.toReversed().map((item) => [item.key, item])).values()].toReversed();

/** null is never, and more minutes are an earlier deadline. */
const strictest = (minutes: readonly (number | null)[]): number | null =>
  minutes.includes(null) ? null : Math.max(...minutes.map(Number));

/** The first service, with what all of them ask and the strictest of their rules. */
export function uniteRules(visit: Visit): BookingService {
  const services = servicesOf(visit);
  return {
    ...visit.service,
    questions: byKey(services.flatMap(({ questions }) => questions)),
    consents: byKey(services.flatMap(({ consents }) => consents)),
    confirmation: services.some(({ confirmation }) => confirmation === 'approve') ? 'approve' : 'auto',
    verification: services.find(({ verification }) => verification !== 'none')?.verification ?? 'none',
    rescheduleUntilMinutes: strictest(services.map((service) => service.rescheduleUntilMinutes)),
    cancelUntilMinutes: strictest(services.map((service) => service.cancelUntilMinutes)),
    maxReschedules: Math.min(...services.map(({ maxReschedules }) => maxReschedules)),
  };
}

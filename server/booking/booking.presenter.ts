/** Records → what staff see, and what the holder of a booking's link sees. */
import { changeDeadlines } from '@frontdesk/domain/booking/change-rules';
import type {
  BookingDto,
  BookingSummary,
  FollowingPart,
  ResourceDto,
  TimeBlockDto,
  ZoneChangeDto,
} from '@frontdesk/protocol/booking-fields';
import type { BookedDto, HoldDto } from '@frontdesk/protocol/booking-visitor';
import type { BookableId, BookingServiceId, HoldId, SiteKey } from '@frontdesk/protocol/ids';
import type { Allocation, Resource, Schedule, TimeBlock } from './booking.types.js';
import type { ManageLinks } from './manage-links.js';

export function presentResource({ rseq: _rseq, ...resource }: Resource): ResourceDto {
  return resource;
}

export function presentBlock({ id, resourceId, start, end, reason }: TimeBlock): TimeBlockDto {
  return { id, resourceId, start: start.toISOString(), end: end.toISOString(), reason };
}

const iso = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString());

export function presentZoneChange({ zoneChange }: Pick<Allocation, 'zoneChange'>): { zoneChange?: ZoneChangeDto } {
  if (!zoneChange) return {};
  const { from, to, isMoved } = zoneChange;
  return { zoneChange: { from: from.toISOString(), to: to.toISOString(), isMoved } };
}

/** Sensitive answers are sealed apart and in no list (booking.md 5.7). */
export function presentBooking(booking: Allocation): BookingDto {
  const { id, code, version, state, locationId, start, end, zone, wallStart, customer, answers, reschedules } = booking;
  if (!customer) throw new Error('A hold is nobody’s booking.');
  return {
    id,
    code,
    version,
    state,
    locationId,
    start: start.toISOString(),
    end: end.toISOString(),
    timeZone: zone,
    wallStart,
    segments: booking.segments.map((segment) => ({
      ...segment,
      start: segment.start.toISOString(),
      end: segment.end.toISOString(),
      resourceIds: [...segment.resourceIds],
    })),
    customer,
    answers,
    consents: booking.consents.map(({ at, ...consent }) => ({ ...consent, at: at.toISOString() })),
    reschedules,
    seriesId: booking.seriesId ?? null,
    history: booking.history.map(({ at, ...change }) => ({ ...change, at: at.toISOString() })),
    ...presentZoneChange(booking),
  };
}

const nameOf = (schedule: Schedule, id: BookableId | null): string | null =>
  (id && schedule.resources.get(id)?.name) ?? null;

/**
 * When each service of a visit begins, the first one first. Segments are in its order; a service that is given twice in a row has as many
 * of them each time.
 */
function startsOf({ serviceId, followedBy, segments, start }: Allocation): Date[] {
  const ids = [serviceId, ...followedBy.map((other) => other.serviceId)];
  const countRun = (others: readonly BookingServiceId[], id: BookingServiceId): number => {
    const end = others.findIndex((other) => other !== id);
    return end === -1 ? others.length : end;
  };
  const ofSegments = segments.map((segment) => segment.serviceId);
  let next = 0;
  return ids.map((id, at) => {
    const begins = segments[next]?.start ?? start;
    next += countRun(ofSegments.slice(next), id) / countRun(ids.slice(at), id);
    return begins;
  });
}

function presentFollowing(schedule: Schedule, booking: Allocation): FollowingPart[] {
  const starts = startsOf(booking);
  return booking.followedBy.map((other, at) => ({
    ...other,
    serviceNames: schedule.services.get(other.serviceId)?.names ?? { en: '' },
    staffName: nameOf(schedule, other.staffId),
    start: (starts[at + 1] ?? booking.start).toISOString(),
  }));
}

/** Without the customer's own details: a link may be forwarded. */
export function presentSummary(schedule: Schedule, booking: Allocation): BookingSummary {
  const { code, version, state, serviceId, staffId, start, end, zone, reschedules, policy } = booking;
  const service = schedule.services.get(serviceId);
  const location = schedule.locations.get(booking.locationId);
  const deadlines = changeDeadlines({ state, startMs: start.getTime(), reschedules, policy });
  return {
    code,
    version,
    state,
    locationName: location?.name ?? '',
    address: location?.address ?? '',
    serviceId,
    serviceNames: service?.names ?? { en: '' },
    staffId,
    staffName: nameOf(schedule, staffId),
    followedBy: presentFollowing(schedule, booking),
    start: start.toISOString(),
    end: end.toISOString(),
    timeZone: zone,
    isOnline: service?.isOnline ?? false,
    rescheduleUntil: iso(deadlines.rescheduleUntilMs),
    cancelUntil: iso(deadlines.cancelUntilMs),
  };
}

export type PresentBooked = (schedule: Schedule, booking: Allocation, siteKey: SiteKey) => BookedDto;

/** What customers get of their booking: how it stands, and the keys to it. */
export function createBookedPresenter(links: Pick<ManageLinks, 'create'>, publicUrl: string): PresentBooked {
  return (schedule, booking, siteKey) => ({
    booking: presentSummary(schedule, booking),
    manageToken: links.create(booking),
    calendarUrl: `${publicUrl}/calendar/${siteKey}/${links.create(booking, 'calendar')}.ics`,
  });
}

export function presentHold(schedule: Schedule, hold: Allocation, expiresAt: Date): HoldDto {
  const { id, serviceId, staffId, start, end, isExtended } = hold;
  return {
    id: id as string as HoldId,
    serviceId,
    staffId,
    staffName: nameOf(schedule, staffId),
    start: start.toISOString(),
    end: end.toISOString(),
    ...(hold.followedBy.length > 0 && { followedBy: presentFollowing(schedule, hold) }),
    expiresAt: expiresAt.toISOString(),
    canExtend: !isExtended,
  };
}

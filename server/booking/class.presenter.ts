/** Sessions and seats as staff see them, and as the holder of a link to seats does. */
import { readAttendance, type MadeMark } from '@frontdesk/domain/booking/attendance';
import { countAhead, countTaken } from '@frontdesk/domain/booking/seating';
import type { SeatHold, SeatSummary } from '@frontdesk/protocol/booking-class';
import type { Attendance, ClassSessionDto, EnrolmentDto, RosterDto } from '@frontdesk/protocol/booking-class-staff';
import type { AttendanceMark, EnrolmentState } from '@frontdesk/protocol/vocabulary';
import { presentZoneChange } from './booking.presenter.js';
import type { Schedule } from './booking.types.js';
import type { Enrolment, Session } from './class.types.js';
import { sessionIdOf } from './enrolments.js';

const minuteMs = 60_000;
const iso = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString());

function presentMark(made: MadeMark | null): Attendance | null {
  if (!made?.mark) return null;
  return { mark: made.mark, markedBy: made.markedBy, markedAt: new Date(made.markedAtMs).toISOString() };
}

const ofState = (entries: readonly Enrolment[], state: EnrolmentState): Enrolment[] =>
  entries.filter((entry) => entry.state === state);

function countMarked(entries: readonly Enrolment[], ...wanted: readonly AttendanceMark[]): number {
  const marks = ofState(entries, 'enrolled').flatMap(({ marks: made, seats }) => readAttendance(made, seats));
  return marks.filter((made) => made?.mark && wanted.includes(made.mark)).length;
}

export function presentSession(one: Session): ClassSessionDto {
  const { session, segments } = one;
  const enrolled = countTaken(ofState(session.entries, 'enrolled'));
  return {
    id: sessionIdOf(one),
    courseId: session.courseId,
    version: session.edition,
    isCancelled: !one.live,
    locationId: one.locationId,
    serviceId: one.serviceId,
    staffId: one.staffId,
    resourceIds: [...new Set(segments.flatMap(({ resourceIds }) => resourceIds))],
    start: one.start.toISOString(),
    end: one.end.toISOString(),
    timeZone: one.zone,
    wallStart: one.wallStart,
    capacity: session.capacity,
    minimum: session.minimum,
    enrolled,
    kept: countTaken(session.entries) - enrolled,
    waiting: ofState(session.entries, 'waiting').reduce((sum, { seats }) => sum + seats, 0),
    present: countMarked(session.entries, 'present', 'late'),
    absent: countMarked(session.entries, 'absent', 'excused'),
    ...presentZoneChange(one),
  };
}

export function presentEnrolment(entry: Enrolment): EnrolmentDto[] {
  const { id, state, seats, customer, answers, marks, expiresAtMs, createdAt } = entry;
  // Who only types is nobody yet.
  if (!customer) return [];
  return [
    {
      id,
      state,
      seats,
      customer,
      answers,
      attendance: readAttendance(marks, seats).map(presentMark),
      offerUntil: state === 'offered' ? iso(expiresAtMs) : null,
      createdAt: createdAt.toISOString(),
    },
  ];
}

export function presentRoster(one: Session): RosterDto {
  return { session: presentSession(one), enrolments: one.session.entries.flatMap(presentEnrolment) };
}

export function presentSeatHold(one: Session, { id, seats, isExtended }: Enrolment, expiresAtMs: number): SeatHold {
  return {
    id,
    sessionId: sessionIdOf(one),
    serviceId: one.serviceId,
    start: one.start.toISOString(),
    end: one.end.toISOString(),
    seats,
    expiresAt: new Date(expiresAtMs).toISOString(),
    canExtend: !isExtended,
  };
}

/** Until when enrolled seats may be given up; null when never. */
export function cancelUntilMs({ start, policy }: Session): number | null {
  const { cancelUntilMinutes } = policy;
  return cancelUntilMinutes === null ? null : start.getTime() - cancelUntilMinutes * minuteMs;
}

/** Without the customer's own details: a link may be forwarded. */
export function presentSeat(schedule: Schedule, one: Session, entry: Enrolment): SeatSummary {
  const service = schedule.services.get(one.serviceId);
  const location = schedule.locations.get(one.locationId);
  const { state, seats, expiresAtMs } = entry;
  return {
    state,
    seats,
    ahead: countAhead(one.session.entries, entry.id),
    offerUntil: state === 'offered' ? iso(expiresAtMs) : null,
    locationName: location?.name ?? '',
    address: location?.address ?? '',
    serviceId: one.serviceId,
    serviceNames: service?.names ?? { en: '' },
    staffName: (one.staffId && schedule.resources.get(one.staffId)?.name) ?? null,
    start: one.start.toISOString(),
    end: one.end.toISOString(),
    timeZone: one.zone,
    isOnline: service?.isOnline ?? false,
    cancelUntil: state === 'enrolled' ? iso(cancelUntilMs(one)) : null,
    ...(entry.courseEntryId && { isInCourse: true }),
  };
}

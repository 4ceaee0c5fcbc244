/** Sessions that customers can join, and the seats that are left in them. */
import { createHash } from 'node:crypto';
import { bookableSpan } from '@frontdesk/domain/booking/change-rules';
import { countLeft, nextExpiryMs, settle } from '@frontdesk/domain/booking/seating';
import { addDays } from '@frontdesk/domain/hours/zone';
import type { OfferedSession, SessionList } from '@frontdesk/protocol/booking-class';
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import { rooms } from '../core/rooms.js';
import type { Availability } from './availability.js';
import type { BookingService, Schedule, Scoped } from './booking.types.js';
import type { CountedSession } from './class.types.js';
import { createListWatch, type ListWatch, type WatchDeps } from './list-watch.js';
import type { Schedules } from './schedules.js';
import type { SessionStore } from './session.store.js';
import { findOffered } from './visits.js';

const minuteMs = 60_000;

export interface SessionQuestion {
  readonly serviceId: BookingServiceId;
  /** Local date of the branch. */
  readonly from: string;
  readonly days: number;
}

export interface SessionView {
  readonly list: SessionList;
  /** When it may change by itself. */
  readonly untilMs: number;
}

/** A service that has sessions; one that people book by time is none of these. */
export function findClass(schedule: Schedule, serviceId: BookingServiceId): BookingService {
  const service = findOffered(schedule, serviceId, null);
  if (service.capacity === null) throw new AppError('NOT_FOUND');
  return service;
}

function presentOffered(schedule: Schedule, one: CountedSession, nowMs: number): OfferedSession {
  const { id, start, end, staffId, capacity, entries } = one;
  const rules = { capacity, startMs: start.getTime(), nowMs };
  const waiting = settle(entries, rules).filter(({ state }) => state === 'waiting');
  return {
    id,
    start: start.toISOString(),
    end: end.toISOString(),
    staffName: (staffId && schedule.resources.get(staffId)?.name) ?? null,
    seatsLeft: countLeft(entries, rules),
    waiting: waiting.reduce((sum, { seats }) => sum + seats, 0),
    courseId: one.courseId,
  };
}

/** Seats left of each; null when more than these changed. */
function seatsBetween(before: SessionList, after: SessionList): Record<string, number> | null {
  const strip = ({ sessions }: SessionList) => JSON.stringify(sessions.map((one) => ({ ...one, seatsLeft: 0 })));
  if (strip(before) !== strip(after)) return null;
  return Object.fromEntries(after.sessions.map(({ id, seatsLeft }) => [id, seatsLeft]));
}

export interface ClassListDeps extends WatchDeps {
  readonly sessions: Pick<SessionStore, 'listCounted'>;
  readonly schedules: Schedules;
  readonly availability: Pick<Availability, 'branchOf'>;
  readonly clock: Clock;
}

export type ClassListService = ReturnType<typeof createClassListService>;

export function createClassListService(deps: ClassListDeps) {
  const { sessions, schedules, availability, clock } = deps;

  async function read(context: Scoped, { serviceId, from, days }: SessionQuestion): Promise<SessionView> {
    const { schedule } = await schedules.read(context);
    const service = findClass(schedule, serviceId);
    const { zone } = availability.branchOf(schedule, service.locationId);
    const nowMs = clock.now();
    const bookable = bookableSpan(service, zone, nowMs);
    const firstMs = Math.max(zone.toInstant(from, 0), bookable.from * minuteMs);
    const endMs = Math.min(zone.toInstant(addDays(from, days), 0), bookable.to * minuteMs);
    const { locationId } = service;
    const span = { locationId, from: new Date(firstMs), to: new Date(Math.max(firstMs, endMs)) };
    const found = await sessions.listCounted(context, serviceId, span);
    const offered = found.filter(({ start }) => start >= span.from);
    const ends = offered.flatMap(({ entries }) => nextExpiryMs(entries) ?? []);
    const list = offered.map((one) => presentOffered(schedule, one, nowMs));
    const rev = createHash('sha256').update(JSON.stringify(list)).digest('base64url');
    const nextMinuteMs = (Math.floor(nowMs / minuteMs) + 1) * minuteMs;
    return { list: { rev, timeZone: zone.name, sessions: list }, untilMs: Math.min(nextMinuteMs, ...ends) };
  }

  const watch: ListWatch<SessionQuestion, SessionView> = createListWatch(deps, {
    roomOf: (tenantId, { serviceId, from, days }) =>
      rooms.sessionWatchers(tenantId, createHash('sha256').update(`${serviceId} ${from} ${days}`).digest('base64url')),
    read,
    tell(room, { list: before }, { list: after }) {
      if (before.rev === after.rev) return false;
      const seatsLeft = seatsBetween(before, after);
      deps.facts.toVisitors(room, 'class-sessions:changed', { prev: before.rev, rev: after.rev, seatsLeft });
      return true;
    },
  });

  return {
    watch,
    async list(context: VisitorContext, question: SessionQuestion): Promise<SessionList> {
      return (await read(context, question)).list;
    },
    async watchList(context: VisitorContext, question: SessionQuestion): Promise<SessionList> {
      return (await watch.watch(context, question)).list;
    },
    unwatchList(context: VisitorContext): { accepted: true } {
      watch.unwatch(context);
      return { accepted: true };
    },
  };
}

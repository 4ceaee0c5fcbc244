/** What dates of a class would be, before any of them is set or moved: each with what is in its way (BK-29). Takes nothing. */
import { listOccurrences, type Occurrence } from '@frontdesk/domain/booking/recurrence';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { SeriesVisit } from '@frontdesk/protocol/booking-series';
import type { BookableId, BookingId, BookingServiceId, ClassSessionId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { Schedule, Scoped } from './booking.types.js';
import type { Claims, Wish } from './claim.js';
import { findClass } from './class-list.service.js';
import type { Schedules } from './schedules.js';
import type { SessionStore } from './session.store.js';
import { findOffered } from './visits.js';

const minuteMs = 60_000;

export interface ClassPreviewDeps {
  readonly sessions: Pick<SessionStore, 'find'>;
  readonly schedules: Schedules;
  readonly claims: Pick<Claims, 'probe'>;
  readonly clock: Clock;
}

interface WishedDates {
  readonly serviceId: BookingServiceId;
  readonly staffId: BookableId | null;
  readonly date: string;
  readonly time: string;
  readonly weeks: number | null;
  readonly moving: ClassSessionId | null;
}

export type ClassPreviewService = ReturnType<typeof createClassPreviewService>;

export function createClassPreviewService({ sessions, schedules, claims, clock }: ClassPreviewDeps) {
  async function foresee(
    context: Scoped,
    schedule: Schedule,
    wish: Omit<Wish, 'start'>,
    { date, start }: Occurrence,
  ): Promise<SeriesVisit> {
    if (start === null) return { date, start, outlook: 'skipped', alternatives: [] };
    const known = { date, start: new Date(start * minuteMs).toISOString() };
    if (start * minuteMs <= clock.now()) return { ...known, outlook: 'past', alternatives: [] };
    return { ...known, ...(await claims.probe(context, schedule, { ...wish, start })) };
  }

  return {
    async preview(
      context: StaffContext,
      { serviceId, staffId, date, time, weeks, moving }: WishedDates,
    ): Promise<{ timeZone: string; dates: SeriesVisit[] }> {
      const { schedule } = await schedules.read(context);
      const service = findClass(schedule, serviceId);
      findOffered(schedule, serviceId, staffId);
      const location = schedule.locations.get(service.locationId);
      if (!location || (moving && !(await sessions.find(context, moving)))) throw new AppError('NOT_FOUND');
      const timeZone = getZone(location.nextTimeZone ?? location.timeZone).name;
      const wish = { service, staffId, by: 'staff', ...(moving && { moving: moving as string as BookingId }) } as const;
      const dates: SeriesVisit[] = [];
      // One after the other: a preview is no reason to ask the store sixty questions at once.
      for (const one of listOccurrences({ unit: 'week', every: 1, count: weeks ?? 1, date, time, timeZone }))
        dates.push(await foresee(context, schedule, wish, one));
      return { timeZone, dates };
    },
  };
}

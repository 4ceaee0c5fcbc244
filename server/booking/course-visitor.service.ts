/** A course as customers take it: all dates that are left, held while somebody types, taken at once, given up at once or one by one. */
import { refuseStart } from '@frontdesk/domain/booking/change-rules';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { CourseAnswer, CourseHold, CourseView } from '@frontdesk/protocol/booking-course';
import type { ClassSessionId, CourseId, EnrolmentId } from '@frontdesk/protocol/ids';
import type { VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { Toll } from './booking-guard.js';
import type { BookingService, Schedule, Scoped } from './booking.types.js';
import { findClass } from './class-list.service.js';
import type { ClassOwnService } from './class-own.service.js';
import type { ClassSeatsDeps, ClassSeatsService, SeatDetails } from './class-seats.service.js';
import type { CountedSession, Session } from './class.types.js';
import { findTogether, isWhole, presentCourseDate, type CourseSeats } from './course.service.js';
import type { Signed } from './confirm.service.js';
import { customerChange, findEntry, sessionIdOf } from './enrolments.js';
import { hasWritten, toWrite, writeFor } from './requests.js';
import type { SessionStore } from './session.store.js';

const minuteMs = 60_000;
const HOLD_MS = 5 * minuteMs;

export interface CourseVisitorDeps extends Omit<ClassSeatsDeps, 'sessions' | 'own'> {
  readonly sessions: Pick<
    SessionStore,
    'find' | 'findByEnrolment' | 'countHolds' | 'listCourseCounted' | 'listTogether'
  >;
  readonly course: CourseSeats;
  readonly seats: Pick<ClassSeatsService, 'readDetails' | 'settle' | 'requireWithinLimit'>;
  readonly own: Pick<ClassOwnService, 'answer' | 'open' | 'cancel'>;
}

interface OpenCourse {
  readonly schedule: Schedule;
  readonly service: BookingService;
  readonly dates: readonly CountedSession[];
}

export type CourseVisitorService = ReturnType<typeof createCourseVisitorService>;

export function createCourseVisitorService(deps: CourseVisitorDeps) {
  const { sessions, schedules, course, own, seats, clock } = deps;

  /** Notice binds every date, the horizon only the next one: who may come to the first may come to all. */
  async function open(context: Scoped, courseId: CourseId): Promise<OpenCourse> {
    const { schedule } = await schedules.read(context);
    const now = clock.now();
    const found = await sessions.listCourseCounted(context, courseId, new Date(now));
    const [first] = found;
    if (!first) throw new AppError('NOT_FOUND');
    const service = findClass(schedule, first.serviceId);
    const earliestMs = now + service.minNoticeMinutes * minuteMs;
    const dates = found.filter(({ start }) => start.getTime() >= earliestMs);
    const [next] = dates;
    const isTooFar = next && refuseStart(service, getZone(next.zone), next.start.getTime() / minuteMs, now) !== null;
    return { schedule, service, dates: isTooFar ? [] : dates };
  }

  async function presentHold(context: Scoped, schedule: Schedule, id: EnrolmentId): Promise<CourseHold> {
    const held = await sessions.listTogether(context, id);
    const entry = held.map((one) => findTogether(one, id)).find((one) => one?.id === id);
    const courseId = held[0]?.session.courseId;
    if (entry?.state !== 'held' || entry.expiresAtMs === null || !courseId || entry.expiresAtMs <= clock.now())
      throw new AppError('HOLD_EXPIRED');
    const expiresAt = new Date(entry.expiresAtMs).toISOString();
    const dates = held.map((one) =>
      presentCourseDate(schedule, { ...one, ...one.session, id: sessionIdOf(one) }, clock.now()),
    );
    return { id, courseId, seats: entry.seats, expiresAt, dates };
  }

  async function answer(context: Scoped, id: EnrolmentId): Promise<CourseAnswer> {
    const dates = [];
    for (const one of await sessions.listTogether(context, id)) {
      const entry = findTogether(one, id);
      if (entry) dates.push(await own.answer(context, deps.seating.settled(one), entry.id));
    }
    const last = dates.at(-1);
    if (!last) throw new AppError('NOT_FOUND');
    return { seatToken: last.seatToken, dates };
  }

  /** The seats behind a link, and what they were taken with. */
  async function openOwn(context: Scoped, seatToken: string): Promise<{ id: EnrolmentId; session: Session }> {
    const { session, entry } = await own.open(context, seatToken);
    return { id: entry.courseEntryId ?? entry.id, session };
  }

  async function answerOwn(context: Scoped, seatToken: string): Promise<CourseAnswer> {
    const { session, entry } = await own.open(context, seatToken);
    if (entry.courseEntryId) return answer(context, entry.courseEntryId);
    const alone = await own.answer(context, deps.seating.settled(session), entry.id);
    return { seatToken: alone.seatToken, dates: [alone] };
  }

  return {
    async read(context: VisitorContext, { courseId }: { readonly courseId: CourseId }): Promise<CourseView> {
      const { schedule, service, dates } = await open(context, courseId);
      const timeZone = getZone(dates[0]?.zone ?? 'UTC').name;
      const nowMs = clock.now();
      return {
        ...{ courseId, serviceId: service.id, timeZone },
        dates: dates.map((one) => presentCourseDate(schedule, one, nowMs)),
      };
    },
    async hold(
      context: VisitorContext,
      input: { readonly courseId: CourseId; readonly seats: number; readonly without: readonly ClassSessionId[] },
    ): Promise<CourseHold> {
      const { schedule, dates: left } = await open(context, input.courseId);
      const write = toWrite(context, 'course:hold', input);
      const holder = context.actor.tokenHash;
      const address = deps.nameAddress(context);
      const without = new Set<string>(input.without);
      const dates = left.map(({ id }) => id).filter((id) => !without.has(id));
      const wish = { courseId: input.courseId, dates, write, seats: input.seats, holder, address, holdMs: HOLD_MS };
      const id = course.nameSeats(wish);
      await course.hold(context, schedule, wish, id);
      if ((await sessions.countHolds(context, address, clock.now())) > deps.maxPerAddress) {
        await course.release(context, id, holder);
        throw new AppError('CAP_REACHED', { message: 'Too many seats are kept for you already.' });
      }
      return presentHold(context, schedule, id);
    },
    async release(context: VisitorContext, { enrolmentId }: { readonly enrolmentId: EnrolmentId }) {
      await course.release(context, enrolmentId, context.actor.tokenHash);
      return { accepted: true } as const;
    },
    async confirm(
      context: VisitorContext,
      { proof, website, prefill, ...input }: SeatDetails & Toll & Signed & { readonly enrolmentId: EnrolmentId },
    ): Promise<CourseAnswer> {
      const write = toWrite(context, 'course:confirm', input);
      const id = input.enrolmentId;
      const last = await sessions.findByEnrolment(context, id);
      const entry = last && findEntry(last, id);
      const isOwn = entry?.courseEntryId === id && entry.holder === context.actor.tokenHash;
      if (!last || !isOwn) throw new AppError('HOLD_EXPIRED');
      const isKnown = hasWritten(entry, writeFor(write, last.id));
      if (isKnown && isWhole(await sessions.listTogether(context, id), id)) return answer(context, id);
      if (!isKnown && entry.state !== 'held') throw new AppError('HOLD_EXPIRED');
      const { schedule } = await schedules.read(context);
      const service = findClass(schedule, last.serviceId);
      const { customer } = seats.readDetails(context, schedule, service, id, input);
      const take = async (): Promise<CourseAnswer> => {
        // They are shown with the date that names all of them.
        await deps.files.claim(context, service, input.answers, id);
        await course.enrol(context, id, {
          write,
          details: (one) => seats.readDetails(context, schedule, service, one.id, input),
          change: customerChange('enrolled', clock.now()),
        });
        await deps.files.keep(context, service, input.answers, id);
        return answer(context, id);
      };
      // Whoever paid already goes on where a server or the store stopped.
      if (isKnown) return take();
      return seats.settle(context, { schedule, service, customer }, { proof, website, prefill }, write, async () => {
        for (const one of await sessions.listTogether(context, id))
          await seats.requireWithinLimit(context, service, one, customer);
        return take();
      });
    },
    readOwn: (context: VisitorContext, { seatToken }: { readonly seatToken: string }) => answerOwn(context, seatToken),
    /** Date by date; whoever asks again under the key goes on where it stopped. */
    async cancelOwn(
      context: VisitorContext,
      input: { readonly seatToken: string; readonly reason: string },
    ): Promise<CourseAnswer> {
      const { id } = await openOwn(context, input.seatToken);
      const { dates } = await answerOwn(context, input.seatToken);
      const nowMs = clock.now();
      const mayGo = dates.filter(({ seat }) => {
        const isIn = seat.state === 'enrolled' && seat.cancelUntil !== null && Date.parse(seat.cancelUntil) >= nowMs;
        return isIn || seat.state === 'waiting' || seat.state === 'offered';
      });
      const isDone = dates.every(({ seat }) => seat.state === 'cancelled');
      if (mayGo.length === 0 && !isDone) {
        const write = toWrite(context, 'course:cancel-own', input);
        const known = (await sessions.listTogether(context, id)).some((one) => {
          const entry = findTogether(one, id);
          return entry && hasWritten(entry, writeFor(write, one.id));
        });
        if (!known) throw new AppError('TOO_LATE');
      }
      const told = mayGo.at(-1)?.seatToken;
      for (const { seatToken } of mayGo)
        await own.cancel(
          context,
          { seatToken, reason: input.reason },
          {
            command: 'course:cancel-own',
            input,
            isLast: seatToken === told,
          },
        );
      return answerOwn(context, input.seatToken);
    },
  };
}

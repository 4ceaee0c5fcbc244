/**
 * Seats in every date of a course at once (booking.md 5.1, ADR 0018). They are held date by date, always in the order of the dates, so that
 * of two who want the last ones one gets on; whoever meets a full date lets go of the others. Then one write makes seats of all holds. A
 * server that dies in between leaves holds that run out, and a second try under the same key goes on with them. The one write is not
 * atomic: of a store that dies inside it the second try takes the rest, or takes all back.
 */
import { countLeft, countTaken } from '@frontdesk/domain/booking/seating';
import type { CourseDate } from '@frontdesk/protocol/booking-course';
import type { ClassSessionId, CourseId, EnrolmentId } from '@frontdesk/protocol/ids';
import type { EventBus } from '../core/bus.js';
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import type { Announcer } from './announcer.js';
import type { Schedule, Scoped, Write } from './booking.types.js';
import type { Seating } from './class-seating.js';
import type { CountedSession, Enrolment, EnrolmentChange, Session } from './class.types.js';
import { createEnrolment, findWritten, replaceEntry, sessionIdOf } from './enrolments.js';
import type { Messenger } from './messenger.js';
import { hasWritten, writeFor } from './requests.js';
import { planCourseMessages } from './seat-outbox.js';
import type { SessionStore } from './session.store.js';
import { deriveId } from '../core/derived.js';

/** Longer than it takes to write sixty dates. */
const ENROL_MS = 60_000;

export interface CourseSeatsDeps {
  readonly sessions: Pick<SessionStore, 'listCourseCounted' | 'listTogether' | 'enrolTogether'>;
  readonly seating: Seating;
  readonly announcer: Announcer;
  readonly messenger: Pick<Messenger, 'wake'>;
  readonly bus: EventBus;
  readonly clock: Clock;
}

/** Whose seats they are to be, and for how long they are held. */
export interface CourseWish {
  readonly courseId: CourseId;
  /** In their order. */
  readonly dates: readonly ClassSessionId[];
  readonly write: Write;
  readonly seats: number;
  readonly holder: string | null;
  readonly address: string | null;
  readonly holdMs: number;
}

/** What the seats of one date are completed with before they are taken; it may seal what it is given for that entry alone. */
export type Complete = (entry: Enrolment) => Partial<Enrolment>;

const entryIdOf = (write: Write, sessionId: ClassSessionId): EnrolmentId =>
  deriveId(`course seats ${writeFor(write, sessionId).key}`);

/** The seats of the party in one of its dates. */
export const findTogether = ({ session }: Session, courseEntryId: EnrolmentId): Enrolment | undefined =>
  session.entries.find((entry) => entry.courseEntryId === courseEntryId);

/** Whether it has, or had, its seats in as many dates as were held at once. */
export function isWhole(together: readonly Session[], courseEntryId: EnrolmentId): boolean {
  const entries = together.flatMap((one) => findTogether(one, courseEntryId) ?? []);
  const wanted = Math.max(1, ...entries.map(({ courseDates = 0 }) => courseDates));
  return entries.length >= wanted && entries.every(({ state }) => state !== 'held');
}

export function presentCourseDate(
  schedule: Schedule,
  { id, start, end, staffId, capacity, entries }: Omit<CountedSession, 'courseId'>,
  nowMs: number,
): CourseDate {
  const rules = { capacity, startMs: start.getTime(), nowMs };
  return {
    sessionId: id,
    start: start.toISOString(),
    end: end.toISOString(),
    staffName: (staffId && schedule.resources.get(staffId)?.name) ?? null,
    seatsLeft: countLeft(entries, rules),
  };
}

export type CourseSeats = ReturnType<typeof createCourseSeats>;

export function createCourseSeats({ sessions, seating, announcer, messenger, bus, clock }: CourseSeatsDeps) {
  /** Seats that are held are nobody's again; those that were taken stay. */
  async function release(context: Scoped, courseEntryId: EnrolmentId, holder: string | null): Promise<void> {
    const isOwn = (entry: Enrolment): boolean =>
      entry.courseEntryId === courseEntryId && entry.state === 'held' && entry.holder === holder;
    for (const one of await sessions.listTogether(context, courseEntryId)) {
      await seating.change(context, sessionIdOf(one), ({ session: { entries } }) =>
        entries.some(isOwn) ? { entries: entries.filter((entry) => !isOwn(entry)) } : null,
      );
    }
  }

  /** Throws SLOT_TAKEN at the first date without enough seats, with those before it still held. */
  async function holdEach(context: Scoped, wish: CourseWish, courseEntryId: EnrolmentId): Promise<Session[]> {
    const { dates, seats, holder } = wish;
    const expiresAtMs = clock.now() + wish.holdMs;
    const held: Session[] = [];
    for (const sessionId of dates) {
      const write = writeFor(wish.write, sessionId);
      const id = entryIdOf(wish.write, sessionId);
      const address = id === courseEntryId ? wish.address : null;
      const after = await seating.change(context, sessionId, (now, nowMs) => {
        if (!now.live) throw new AppError('SLOT_CLOSED');
        if (findWritten(now, write)) return null;
        const others = now.session.entries.filter(
          (entry) => entry.state !== 'held' || holder === null || entry.holder !== holder,
        );
        if (seats > now.session.capacity - countTaken(others)) throw new AppError('SLOT_TAKEN');
        const entry = createEnrolment({ state: 'held', seats, expiresAtMs, holder, address, write, nowMs });
        return { entries: [...others, { ...entry, id, courseEntryId, courseDates: dates.length }] };
      });
      held.push(after);
    }
    return held;
  }

  async function complete(context: Scoped, courseEntryId: EnrolmentId, write: Write, details: Complete): Promise<void> {
    for (const one of await sessions.listTogether(context, courseEntryId)) {
      await seating.change(context, sessionIdOf(one), (now, nowMs) => {
        const entry = findTogether(now, courseEntryId);
        if (entry && entry.state !== 'held') return null;
        if (!entry) throw new AppError('HOLD_EXPIRED');
        if (!now.live) throw new AppError('SLOT_CLOSED');
        const own = writeFor(write, one.id);
        const writes = hasWritten(entry, own) ? entry.writes : [...entry.writes, own];
        const isFirst = writes !== entry.writes || entry.customer === null;
        const expiresAtMs = Math.max(entry.expiresAtMs ?? 0, nowMs + ENROL_MS);
        const full: Enrolment = { ...entry, ...details(entry), writes, expiresAtMs };
        return {
          entries: replaceEntry(now, entry.id, full),
          planned: isFirst ? planCourseMessages(now, full, nowMs) : [],
        };
      });
    }
  }

  /** Who is told that they have nothing has nothing, whatever a write that broke off has taken. */
  async function takeBack(context: Scoped, courseEntryId: EnrolmentId): Promise<void> {
    for (const one of await sessions.listTogether(context, courseEntryId)) {
      await seating.change(context, sessionIdOf(one), ({ session: { entries } }) => ({
        entries: entries.filter((entry) => entry.courseEntryId !== courseEntryId),
      }));
    }
  }

  async function tell(after: readonly Session[], courseEntryId: EnrolmentId): Promise<void> {
    for (const one of after) {
      const entry = findTogether(one, courseEntryId);
      await announcer.timeChanged(one, 'for-staff');
      const { tenantId, locationId } = one;
      if (entry)
        bus.publish('seat:changed', {
          ...{ tenantId, locationId, sessionId: sessionIdOf(one) },
          ...{ enrolmentId: entry.id, news: 'enrolled' },
        });
    }
    messenger.wake();
  }

  return {
    release,
    /** Names the seats in all dates: those of the last one, whose link is the last to end. */
    nameSeats({ dates, write }: Pick<CourseWish, 'dates' | 'write'>): EnrolmentId {
      const last = dates.at(-1);
      if (!last) throw new AppError('SLOT_CLOSED');
      return entryIdOf(write, last);
    },
    /** Seats in all of the dates or in none. Throws SLOT_TAKEN with the dates that are full. */
    async hold(context: Scoped, schedule: Schedule, wish: CourseWish, courseEntryId: EnrolmentId): Promise<Session[]> {
      try {
        return await holdEach(context, wish, courseEntryId);
      } catch (error) {
        // What is held under the key was wished for otherwise, and stays.
        if (error instanceof AppError && error.code === 'IDEMPOTENCY_MISMATCH') throw error;
        if (!(error instanceof AppError) || error.code !== 'SLOT_TAKEN') {
          await release(context, courseEntryId, wish.holder);
          throw error;
        }
        await takeBack(context, courseEntryId);
        const now = await sessions.listCourseCounted(context, wish.courseId, new Date(clock.now()));
        const full = now
          .filter(({ id }) => wish.dates.includes(id))
          .map((one) => presentCourseDate(schedule, one, clock.now()))
          .filter(({ seatsLeft }) => seatsLeft < wish.seats);
        throw new AppError('SLOT_TAKEN', { current: { full } });
      }
    },
    /**
     * Completes what is held and takes it. Throws HOLD_EXPIRED when a hold ran out or was let go, SLOT_CLOSED when a date was called off;
     * nothing is kept then. The same again changes nothing.
     */
    async enrol(
      context: Scoped,
      courseEntryId: EnrolmentId,
      {
        write,
        details,
        change,
      }: {
        readonly write: Write;
        readonly details: Complete;
        readonly change: EnrolmentChange;
      },
    ): Promise<Session[]> {
      try {
        await complete(context, courseEntryId, write, details);
        await sessions.enrolTogether(context, courseEntryId, change);
        const after = await sessions.listTogether(context, courseEntryId);
        // A date whose hold was let go is not among them.
        if (!isWhole(after, courseEntryId)) throw new AppError('HOLD_EXPIRED');
        await tell(after, courseEntryId);
        return after;
      } catch (error) {
        // What the store did not answer is asked for again, and goes on with what is held by then.
        const isRefused = error instanceof AppError && (error.code === 'HOLD_EXPIRED' || error.code === 'SLOT_CLOSED');
        if (isRefused) await takeBack(context, courseEntryId);
        throw error;
      }
    },
  };
}

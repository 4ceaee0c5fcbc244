/** What staff do with sessions of classes: set dates, move and cancel them, and say who is in them. */
import { listOccurrences, type Occurrence } from '@frontdesk/domain/booking/recurrence';
import { countTaken } from '@frontdesk/domain/booking/seating';
import { addDays, getZone } from '@frontdesk/domain/hours/zone';
import type { ClassSessionDto, RosterDto } from '@frontdesk/protocol/booking-class-staff';
import type {
  BookableId,
  BookingId,
  BookingServiceId,
  ClassSessionId,
  CourseId,
  LocationId,
} from '@frontdesk/protocol/ids';
import type { SessionProblem } from '@frontdesk/protocol/vocabulary';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { deriveId, nameTry } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import type { LocationDirectory } from '../locations/index.js';
import type { AllocationStore, Change } from './allocation.store.js';
import { toMinutes } from './availability.js';
import type { BookingChange, BookingService, Placement, Scoped, Write } from './booking.types.js';
import type { Claims } from './claim.js';
import { findClass } from './class-list.service.js';
import type { SeatChange, Seating, WriteSession } from './class-seating.js';
import { presentRoster, presentSession } from './class.presenter.js';
import type { ClassSession, Enrolment, Session } from './class.types.js';
import { createAllocation } from './holds.service.js';
import { hasWritten, toWrite } from './requests.js';
import type { Schedules } from './schedules.js';
import type { SessionStore } from './session.store.js';
import { findOffered } from './visits.js';

/** A code that somebody else has is drawn anew. */
const MAX_DRAWS = 8;

export interface ClassSessionsDeps {
  readonly allocations: Pick<AllocationStore, 'insert' | 'change'>;
  readonly sessions: SessionStore;
  readonly seating: Seating;
  readonly schedules: Schedules;
  readonly claims: Claims;
  readonly announcer: { timeChanged(place: Session, visibility: 'for-staff'): Promise<void> };
  readonly locations: Pick<LocationDirectory, 'find'>;
  readonly clock: Clock;
}

interface NewSessions {
  readonly serviceId: BookingServiceId;
  readonly staffId: BookableId | null;
  readonly date: string;
  readonly time: string;
  readonly weekly: {
    readonly weeks: number;
    readonly except: readonly string[];
    readonly isCourse?: boolean | undefined;
  } | null;
  readonly capacity: number | null;
}

interface SessionInput {
  readonly sessionId: ClassSessionId;
  readonly version: number;
}

interface Made {
  readonly sessions: ClassSessionDto[];
  readonly problems: { readonly date: string; readonly problem: SessionProblem }[];
}

/** Entries of a session that is called off. */
function callOff({ session }: Session, change: Enrolment['history'][number]): Enrolment[] {
  const isIn = ({ state }: Enrolment): boolean => state !== 'lapsed' && state !== 'cancelled';
  return session.entries.flatMap((entry) => {
    // Who only typed is nobody yet.
    if (entry.state === 'held') return [];
    const end = { state: 'cancelled', expiresAtMs: null, history: [...entry.history, change] } as const;
    return isIn(entry) ? { ...entry, ...end } : entry;
  });
}

const peopleIn = ({ session }: Session): Enrolment[] =>
  session.entries.filter(({ state }) => state === 'enrolled' || state === 'waiting' || state === 'offered');

export type ClassSessionsService = ReturnType<typeof createClassSessionsService>;

export function createClassSessionsService(deps: ClassSessionsDeps) {
  const { allocations, sessions, seating, schedules, claims, announcer, clock } = deps;
  const now = (): Date => new Date(clock.now());

  function toHistory(
    { actor }: StaffContext,
    from: BookingChange['from'],
    to: BookingChange['to'],
    reason = '',
  ): BookingChange {
    return { at: now(), by: 'staff', memberId: actor.membershipId, from, to, reason };
  }

  /** One date, or the one that an earlier try of the same request made. */
  async function createOne(
    context: StaffContext,
    service: BookingService,
    { input, start, id, session }: { input: NewSessions; start: number; id: ClassSessionId; session: ClassSession },
  ): Promise<Session | SessionProblem> {
    const wish = { service, staffId: input.staffId, start, by: 'staff' } as const;
    const write = { ...toWrite(context, 'class-session:create', input), key: `session ${id}` };
    for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
      const known = await sessions.find(context, id);
      if (known) return known;
      try {
        const claimed = await claims.claim(context, wish, (placement: Placement) =>
          allocations.insert(context, {
            ...createAllocation(service, placement, write, now()),
            id: id as string as BookingId,
            state: 'confirmed',
            session,
            outbox: [],
            history: [toHistory(context, null, 'confirmed')],
          }),
        );
        if (typeof claimed !== 'string') return claimed.allocation as Session;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (error.code === 'SLOT_TAKEN') return 'taken';
        if (error.code === 'SLOT_CLOSED') return 'closed';
        throw error;
      }
    }
    throw new AppError('CONFLICT');
  }

  /** Writes a session to another time or person, which it has to claim. */
  function moveTo(
    context: StaffContext,
    service: BookingService,
    input: { start: string; staffId: BookableId | null },
  ): WriteSession {
    return async (before, change) => {
      const wish = {
        service,
        staffId: input.staffId,
        start: toMinutes(input.start),
        by: 'staff',
        moving: before.id,
      } as const;
      const claimed = await claims.claim(context, wish, (placement) =>
        allocations.change(
          context,
          before.id,
          { version: before.version },
          { ...change, set: { ...change.set, ...placement } },
        ),
      );
      if (claimed === 'unmet') return undefined;
      if (typeof claimed === 'string') throw new AppError('IDEMPOTENCY_MISMATCH');
      return claimed.allocation as Session;
    };
  }

  /** A change by somebody who saw the session as it is. */
  async function change(
    context: StaffContext,
    { sessionId, version }: SessionInput,
    write: Write,
    act: (session: Session) => SeatChange,
    writeSession?: WriteSession,
  ): Promise<RosterDto> {
    const after = await seating.change(
      context,
      sessionId,
      (session) => {
        if (hasWritten(session, write)) return null;
        const isAsSeen = session.live && session.session.edition === version;
        if (!isAsSeen) throw new AppError('CONFLICT', { current: presentRoster(session) });
        const wanted = act(session);
        const edition = session.session.edition + 1;
        return { ...wanted, session: { ...wanted.session, edition }, change: { ...wanted.change, write } };
      },
      writeSession,
    );
    return presentRoster(after);
  }

  async function find(context: Scoped, id: ClassSessionId): Promise<Session> {
    const session = await sessions.find(context, id);
    if (!session) throw new AppError('NOT_FOUND');
    return session;
  }

  function listDates({ date, time, weekly }: NewSessions, timeZone: string): Occurrence[] {
    const except = new Set(weekly?.except);
    const count = weekly?.weeks ?? 1;
    return listOccurrences({ unit: 'week', every: 1, count, date, time, timeZone }).filter(
      (one) => !except.has(one.date),
    );
  }

  return {
    async create(context: StaffContext, input: NewSessions): Promise<Made> {
      const { schedule } = await schedules.read(context);
      const service = findClass(schedule, input.serviceId);
      findOffered(schedule, input.serviceId, input.staffId);
      const location = schedule.locations.get(service.locationId);
      if (!service.capacity || !location) throw new AppError('NOT_FOUND');
      const name = nameTry(context, 'session');
      const session: ClassSession = {
        courseId: input.weekly?.isCourse ? deriveId<CourseId>(`course ${name}`) : null,
        capacity: input.capacity ?? service.capacity.max,
        minimum: service.capacity.min,
        edition: 1,
        entries: [],
      };
      const made: Made = { sessions: [], problems: [] };
      for (const { date, start } of listDates(input, location.nextTimeZone ?? location.timeZone)) {
        const id = deriveId<ClassSessionId>(`${name} ${date}`);
        const one = start === null ? 'skipped' : await createOne(context, service, { input, start, id, session });
        if (typeof one === 'string') made.problems.push({ date, problem: one });
        else {
          made.sessions.push(presentSession(one));
          await announcer.timeChanged(one, 'for-staff');
        }
      }
      return made;
    },
    async agenda(
      context: StaffContext,
      { locationId, from, days }: { readonly locationId: LocationId; readonly from: string; readonly days: number },
    ): Promise<{ sessions: ClassSessionDto[] }> {
      const location = await deps.locations.find(context, locationId);
      if (!location) throw new AppError('NOT_FOUND');
      const zone = getZone(location.nextTimeZone ?? location.timeZone);
      const span = {
        locationId,
        from: new Date(zone.toInstant(from, 0)),
        to: new Date(zone.toInstant(addDays(from, days), 0)),
      };
      const found = await sessions.list(context, span);
      return { sessions: found.map((one) => presentSession(seating.settled(one))) };
    },
    async read(context: StaffContext, id: ClassSessionId): Promise<RosterDto> {
      return presentRoster(seating.settled(await find(context, id)));
    },
    async move(
      context: StaffContext,
      input: SessionInput & { readonly start: string; readonly staffId: BookableId | null },
    ): Promise<RosterDto> {
      const write = toWrite(context, 'class-session:move', input);
      const { serviceId } = await find(context, input.sessionId);
      const { schedule } = await schedules.read(context);
      const service = findOffered(schedule, serviceId, input.staffId);
      const act = (session: Session): SeatChange => ({
        // Whoever still types chose the time that it had.
        entries: session.session.entries.filter(
          ({ state }) => state !== 'held' || Date.parse(input.start) === session.start.getTime(),
        ),
        change: {
          // Offers end before the session begins, so the rules have to know when that is.
          set: { start: new Date(input.start) },
          write: null,
          history: toHistory(context, session.state, session.state),
        },
        news: peopleIn(session).map(({ id }) => ({ id, news: 'moved' })),
      });
      return change(context, input, write, act, moveTo(context, service, input));
    },
    async resize(context: StaffContext, input: SessionInput & { readonly capacity: number }): Promise<RosterDto> {
      return change(context, input, toWrite(context, 'class-session:resize', input), (session) => {
        const { entries } = session.session;
        if (countTaken(entries) > input.capacity) throw new AppError('CONFLICT', { current: presentRoster(session) });
        return { entries, session: { capacity: input.capacity } };
      });
    },
    async cancel(context: StaffContext, input: SessionInput & { readonly reason: string }): Promise<RosterDto> {
      return change(context, input, toWrite(context, 'class-session:cancel', input), (session) => {
        const to = 'cancelled-by-business' as const;
        const history = toHistory(context, session.state, to, input.reason);
        const change: Omit<Change, 'set'> & Pick<Partial<Change>, 'set'> = {
          set: { state: to, live: false },
          write: null,
          history,
        };
        return {
          entries: callOff(session, { ...history, to: 'cancelled' }),
          change,
          news: peopleIn(session).map(({ id }) => ({ id, news: 'called-off' })),
        };
      });
    },
  };
}

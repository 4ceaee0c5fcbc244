/** What the holder of a link to seats may do: read it, accept an offer, give seats or a place in the line up (BK-28). */
import type { SeatAnswer } from '@frontdesk/protocol/booking-class';
import type { BookingId, EnrolmentId } from '@frontdesk/protocol/ids';
import { SEAT_TOKEN_PREFIX } from '@frontdesk/protocol/vocabulary';
import type { Clock } from '../core/clock.js';
import type { VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { Scoped, Write } from './booking.types.js';
import type { Seating } from './class-seating.js';
import { cancelUntilMs, presentSeat } from './class.presenter.js';
import type { Enrolment, Session } from './class.types.js';
import { customerChange, findEntry, replaceEntry, sessionIdOf } from './enrolments.js';
import type { ManageLinks } from './manage-links.js';
import { hasWritten, toWrite, writeFor } from './requests.js';
import type { Schedules } from './schedules.js';
import { createSeatToken } from './seat-composer.js';
import type { SessionStore } from './session.store.js';

export interface ClassOwnDeps {
  readonly sessions: Pick<SessionStore, 'find' | 'findByEnrolment'>;
  readonly seating: Seating;
  readonly schedules: Schedules;
  readonly links: ManageLinks;
  readonly clock: Clock;
}

/** One of several dates that are given up at once; of all of them the last one tells. */
interface Together {
  readonly command: string;
  readonly input: unknown;
  readonly isLast: boolean;
}

interface Found {
  readonly session: Session;
  readonly entry: Enrolment;
}

export type ClassOwnService = ReturnType<typeof createClassOwnService>;

export function createClassOwnService(deps: ClassOwnDeps) {
  const { sessions, seating, schedules, links, clock } = deps;

  async function answer(context: Scoped, session: Session, id: EnrolmentId): Promise<SeatAnswer> {
    const { schedule } = await schedules.read(context);
    const entry = findEntry(session, id);
    if (!entry) throw new AppError('NOT_FOUND');
    return { seat: presentSeat(schedule, session, entry), seatToken: createSeatToken(links, session, entry) };
  }

  /** A link that was changed, of another purpose or tenant, or over is as unknown as a random one. */
  async function open(context: Scoped, seatToken: string): Promise<Found> {
    const token = seatToken.startsWith(SEAT_TOKEN_PREFIX) ? seatToken.slice(SEAT_TOKEN_PREFIX.length) : '';
    const id = links.peek(token) as string | undefined as EnrolmentId | undefined;
    const found = id && (await sessions.findByEnrolment(context, id));
    const entry = found && findEntry(found, id);
    if (!found || !entry) throw new AppError('NOT_FOUND');
    const linked = { id: id as string as BookingId, manageSalt: entry.salt, replacedSalt: null };
    const { tenantId, end } = found;
    if (links.check({ ...linked, tenantId, end }, token, clock.now(), 'seat') !== 'valid')
      throw new AppError('NOT_FOUND');
    return { session: found, entry };
  }

  /** Changes seats behind a link; `act` answers how they are afterwards. */
  async function changeOwn(
    context: VisitorContext,
    { session, entry: { id } }: Found,
    { write, isLast }: { readonly write: Write; readonly isLast?: boolean },
    act: (session: Session, entry: Enrolment, nowMs: number) => Partial<Enrolment>,
  ): Promise<SeatAnswer> {
    const written = await seating.change(context, sessionIdOf(session), (now, nowMs) => {
      const entry = findEntry(now, id);
      if (!entry) throw new AppError('NOT_FOUND');
      if (hasWritten(entry, write)) return null;
      const entries = replaceEntry(now, id, { ...act(now, entry, nowMs), writes: [...entry.writes, write] });
      if (isLast === undefined) return { entries };
      return { entries, isToldOtherwise: true, ...(isLast && { news: [{ id, news: 'course-cancelled' as const }] }) };
    });
    return answer(context, written, id);
  }

  async function conflict(context: Scoped, { session, entry }: Found): Promise<AppError> {
    return new AppError('CONFLICT', { current: (await answer(context, seating.settled(session), entry.id)).seat });
  }

  /** A refusal that says how the seats are now. */
  async function orCurrent(context: Scoped, found: Found, act: () => Promise<SeatAnswer>): Promise<SeatAnswer> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof AppError && error.code === 'CONFLICT') {
        const session = (await sessions.find(context, sessionIdOf(found.session))) ?? found.session;
        throw await conflict(context, { session, entry: found.entry });
      }
      throw error;
    }
  }

  return {
    /** With the link, which follows from the seats. */
    answer,
    open,
    async read(context: VisitorContext, { seatToken }: { readonly seatToken: string }): Promise<SeatAnswer> {
      const { session, entry } = await open(context, seatToken);
      return answer(context, seating.settled(session), entry.id);
    },
    async accept(context: VisitorContext, input: { readonly seatToken: string }): Promise<SeatAnswer> {
      const found = await open(context, input.seatToken);
      const write = toWrite(context, 'seat:accept-own', input);
      return orCurrent(context, found, () =>
        changeOwn(context, found, { write }, (now, entry, nowMs) => {
          if (!now.live || entry.state !== 'offered') throw new AppError('CONFLICT');
          const history = [...entry.history, customerChange('enrolled', nowMs)];
          return { state: 'enrolled', expiresAtMs: null, history };
        }),
      );
    },
    async cancel(
      context: VisitorContext,
      input: { readonly seatToken: string; readonly reason: string },
      together?: Together,
    ): Promise<SeatAnswer> {
      const found = await open(context, input.seatToken);
      const write = together
        ? writeFor(toWrite(context, together.command, together.input), found.session.id)
        : toWrite(context, 'seat:cancel-own', input);
      const isLast = together?.isLast ?? false;
      return orCurrent(context, found, () =>
        changeOwn(context, found, { write, ...(together && { isLast }) }, (now, entry, nowMs) => {
          const { state, history } = entry;
          const until = cancelUntilMs(now);
          if (state === 'enrolled' && (until === null || nowMs > until)) throw new AppError('TOO_LATE');
          if (!['enrolled', 'waiting', 'offered'].includes(state)) throw new AppError('CONFLICT');
          return {
            state: 'cancelled',
            expiresAtMs: null,
            history: [...history, customerChange('cancelled', nowMs, input.reason)],
          };
        }),
      );
    },
  };
}

/** Joining a class: which date, how many people, who they are. Pure; the form is the one of booking. */
import type { CourseAnswer, CourseHold, CourseView } from '@frontdesk/protocol/booking-course';
import type { OfferedSession, SeatAnswer, SeatHold, SessionList } from '@frontdesk/protocol/booking-class';
import type { ClassSessionId } from '@frontdesk/protocol/ids';
import type { ErrorCode } from '@frontdesk/protocol/result';
import type { VisitorFacts } from '@frontdesk/protocol/visitor';
import type { Draft, FieldErrors } from '../booking-form.js';
import type { Verification } from '../verify/verification.js';
import type { BookingNotice, BookingState } from '../start-store.js';

/** Dates of four weeks are shown at once. */
export const PAGE_DAYS = 28;
export const MAX_PARTY = 10;

export interface ClassState {
  readonly step: 'sessions' | 'details' | 'done';
  /** null until they arrive. */
  readonly list: SessionList | null;
  readonly isFailed: boolean;
  /** Pages of {@link PAGE_DAYS} from today. */
  readonly page: number;
  readonly seats: number;
  readonly session: OfferedSession | null;
  /** Joins the line instead of taking seats. */
  readonly isWaiting: boolean;
  readonly held: { readonly hold: SeatHold; readonly endsAtMs: number } | null;
  /** Courses of the dates that are listed. */
  readonly courses: readonly CourseView[];
  /** All dates that are taken together; null for one date. */
  readonly course: Pick<CourseHold, 'courseId' | 'dates'> | null;
  readonly together: CourseAnswer['dates'];
  readonly busy: BookingState['busy'];
  readonly notice: BookingNotice['kind'] | 'full' | 'course' | null;
  readonly draft: Draft;
  readonly errors: FieldErrors;
  readonly answer: SeatAnswer | null;
  /** The address is being proved. */
  readonly verification: Verification | null;
  /** The website's word, as long as it is believed. */
  readonly prefill: string | null;
  readonly nowMs: number;
}

export type ClassEvent =
  | { type: 'listed'; list: SessionList }
  | { type: 'list-failed' }
  | { type: 'seats-changed'; change: VisitorFacts['class-sessions:changed'] }
  | { type: 'page-shown'; page: number }
  | { type: 'party-chosen'; seats: number }
  | { type: 'started'; what: NonNullable<BookingState['busy']>; session?: OfferedSession }
  | { type: 'courses-read'; courses: readonly CourseView[] }
  | { type: 'held'; held: NonNullable<ClassState['held']>; course?: ClassState['course'] }
  | { type: 'course-chosen'; course: ClassState['course'] }
  /** Without keeping seats: to wait for some, or to take them when the form is sent. */
  | { type: 'session-chosen'; session: OfferedSession; isWaiting: boolean }
  | { type: 'gone-back' }
  | { type: 'hold-expired' }
  | { type: 'refused'; code: ErrorCode }
  | { type: 'typed'; draft: Draft }
  | { type: 'checked'; errors: FieldErrors }
  | { type: 'answered'; answer: SeatAnswer; together?: CourseAnswer['dates'] }
  | { type: 'verifying'; verification: Verification | null }
  | { type: 'ticked'; nowMs: number };

export function createClassState(nowMs: number, draft: Draft, prefill: string | null = null): ClassState {
  return {
    step: 'sessions',
    list: null,
    isFailed: false,
    page: 0,
    seats: 1,
    session: null,
    isWaiting: false,
    held: null,
    courses: [],
    course: null,
    together: [],
    busy: null,
    notice: null,
    draft,
    errors: {},
    answer: null,
    verification: null,
    prefill,
    nowMs,
  };
}

/** A session that this party can join at once. */
export const hasRoom = ({ seatsLeft }: OfferedSession, { seats }: Pick<ClassState, 'seats'>): boolean =>
  seatsLeft >= seats;

/** Days from today that a page begins after. */
export const pageStart = (page: number): number => page * PAGE_DAYS;

const REFUSALS: Partial<Record<ErrorCode, ClassState['notice']>> = {
  SLOT_TAKEN: 'full',
  SLOT_CLOSED: 'closed',
  NOT_FOUND: 'closed',
  HOLD_EXPIRED: 'expired',
  CAP_REACHED: 'limit',
  RATE_LIMITED: 'busy',
  PREFILL_REFUSED: 'prefill',
};

/** Back to the dates where the date cannot be had any more; in the form where it can be tried again. */
function refuse(state: ClassState, code: ErrorCode): ClassState {
  const usual = REFUSALS[code] ?? 'failed';
  const notice = usual === 'full' && state.course ? 'course' : usual;
  const isLost = notice === 'full' || notice === 'course' || notice === 'closed';
  const held = isLost || notice === 'expired' ? null : state.held;
  const prefill = notice === 'prefill' ? null : state.prefill;
  return { ...state, busy: null, notice, held, prefill, step: isLost ? 'sessions' : state.step };
}

function changeSeats(state: ClassState, { rev, seatsLeft }: VisitorFacts['class-sessions:changed']): ClassState {
  const { list } = state;
  if (!list || !seatsLeft) return state;
  const sessions = list.sessions.map((one) => ({ ...one, seatsLeft: seatsLeft[one.id] ?? one.seatsLeft }));
  return { ...state, list: { ...list, rev, sessions } };
}

export function reduceClass(state: ClassState, event: ClassEvent): ClassState {
  switch (event.type) {
    case 'listed':
      return { ...state, list: event.list, isFailed: false };
    case 'list-failed':
      return { ...state, isFailed: state.list === null };
    case 'seats-changed':
      return changeSeats(state, event.change);
    case 'page-shown':
      return { ...state, page: event.page, list: null, notice: null };
    case 'party-chosen':
      return { ...state, seats: event.seats, notice: null };
    case 'started':
      return { ...state, busy: event.what, notice: null, session: event.session ?? state.session };
    case 'held':
      return {
        ...state,
        ...{ step: 'details', held: event.held, course: event.course ?? null },
        ...{ isWaiting: false, busy: null, notice: null },
      };
    case 'courses-read':
      return { ...state, courses: event.courses };
    default:
      return reduceSeats(state, event);
  }
}

type SeatEvent = Extract<
  ClassEvent,
  {
    type:
      | 'course-chosen'
      | 'session-chosen'
      | 'gone-back'
      | 'hold-expired'
      | 'refused'
      | 'typed'
      | 'checked'
      | 'answered'
      | 'verifying'
      | 'ticked';
  }
>;

/** From the chosen date on. */
function reduceSeats(state: ClassState, event: SeatEvent): ClassState {
  switch (event.type) {
    case 'course-chosen':
      return { ...state, course: event.course };
    case 'session-chosen': {
      const { session, isWaiting } = event;
      return { ...state, step: 'details', session, course: null, isWaiting, held: null, notice: null };
    }
    case 'gone-back':
      return {
        ...state,
        step: 'sessions',
        session: null,
        course: null,
        held: null,
        busy: null,
        notice: null,
        errors: {},
        verification: null,
      };
    case 'hold-expired':
      return { ...state, held: null, notice: 'expired' };
    case 'refused':
      return refuse(state, event.code);
    case 'typed':
      return { ...state, draft: event.draft };
    case 'checked':
      return { ...state, errors: event.errors, busy: null };
    case 'answered':
      return {
        ...state,
        ...{ step: 'done', answer: event.answer, together: event.together ?? [] },
        ...{ held: null, busy: null, notice: null },
      };
    case 'verifying':
      return { ...state, verification: event.verification, busy: null };
    case 'ticked':
      return { ...state, nowMs: event.nowMs };
  }
}

/** What of a course this party can have, and what has too few places for it. */
export function splitCourse({ dates }: Pick<CourseView, 'dates'>, { seats }: Pick<ClassState, 'seats'>) {
  const free = dates.filter(({ seatsLeft }) => seatsLeft >= seats);
  return { free, full: dates.filter(({ seatsLeft }) => seatsLeft < seats) };
}

/** Of a list by its session's id. */
export const findSession = ({ list }: ClassState, id: ClassSessionId): OfferedSession | undefined =>
  list?.sessions.find((one) => one.id === id);

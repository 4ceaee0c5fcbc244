/** What a sheet about a class begins with, and what it asks for once it is filled in. Pure. */
import type { BookableId, BookingServiceId } from '@frontdesk/protocol/ids';
import type { SeriesVisit } from '@frontdesk/protocol/booking-series';
import { readAnswers, readInstant } from './agenda-answers.js';
import {
  classesOf,
  keyOfDates,
  seatsLeft,
  type ClassAct,
  type ClassSheet,
  type DatesQuestion,
} from './agenda-class.js';
import { findService, findSession, type AgendaState } from './agenda-store.js';
import { dateAt, getZone, toClock } from './agenda-time.js';
import type { AgendaWords } from './agenda-words.js';

export interface ClassDraft {
  readonly serviceId: BookingServiceId | null;
  readonly staffId: BookableId | null;
  readonly date: string;
  /** `HH:MM`; empty until somebody says. */
  readonly time: string;
  /** null is once. */
  readonly weeks: number | null;
  /** Dates that are left out though they could be. */
  readonly without: readonly string[];
  /** People of a party, and whether they wait where there are too few seats. */
  readonly seats: number;
  readonly orWaits: boolean;
  /** New dates belong together; somebody takes all that are left. */
  readonly isCourse: boolean;
  readonly isWhole: boolean;
}

export const EMPTY_DRAFT: ClassDraft = {
  serviceId: null,
  staffId: null,
  date: '',
  time: '',
  weeks: null,
  without: [],
  seats: 1,
  orWaits: true,
  isCourse: false,
  isWhole: false,
};

export type FieldErrors = Partial<Record<'time' | 'capacity' | 'seats' | 'phone' | 'email', string>>;

export interface ClassForm {
  readonly words: AgendaWords;
  readonly state: AgendaState;
  readonly timeZone: string;
  readonly draft: ClassDraft;
  readonly errors: FieldErrors;
  change(patch: Partial<ClassDraft>): void;
}

export function beginDraft(state: AgendaState, sheet: ClassSheet, timeZone: string): ClassDraft {
  if (sheet.kind === 'class-create') {
    const { date, staffId, time, weeks } = sheet;
    const offered = classesOf(state);
    const own = offered.find(({ id }) =>
      state.setup?.resources.find((one) => one.id === staffId)?.serviceIds.includes(id),
    );
    return {
      ...EMPTY_DRAFT,
      date,
      time,
      weeks,
      staffId: own ? staffId : null,
      serviceId: (own ?? offered[0])?.id ?? null,
    };
  }
  const session = findSession(state, sheet.sessionId);
  if (!session) return EMPTY_DRAFT;
  const zone = getZone(timeZone);
  const startMs = Date.parse(session.start);
  const time = toClock(zone.toWall(startMs).minutes);
  const { serviceId, staffId } = session;
  return { ...EMPTY_DRAFT, serviceId, staffId, date: dateAt(zone, startMs), time };
}

/** What has to be known before dates are set or moved; null while nobody could say. */
export function questionOf(state: AgendaState, sheet: ClassSheet, draft: ClassDraft): DatesQuestion | null {
  if (sheet.kind !== 'class-create' && sheet.kind !== 'class-move') return null;
  const { serviceId, staffId, date, time, weeks } = draft;
  if (serviceId === null || !/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}$/.test(time)) return null;
  if (sheet.kind === 'class-create') return { serviceId, staffId, date, time, weeks, moving: null };
  const session = findSession(state, sheet.sessionId);
  const isWhereItWas =
    session && readInstant(state, date, time) === new Date(session.start).toISOString() && staffId === session.staffId;
  return isWhereItWas ? null : { serviceId, staffId, date, time, weeks: null, moving: sheet.sessionId };
}

/** The answer to what the form asks now; undefined while there is none. */
export function datesOf({ state, draft }: Pick<ClassForm, 'state' | 'draft'>, sheet: ClassSheet) {
  const question = questionOf(state, sheet, draft);
  return question && state.dates?.key === keyOfDates(question) ? state.dates : undefined;
}

export const isInTheWay = ({ outlook }: SeriesVisit): boolean => outlook !== 'free';

const textOf = (data: FormData, name: string): string => String(data.get(name) ?? '').trim();
const textOrNull = (data: FormData, name: string): string | null => textOf(data, name) || null;

function readDates(state: AgendaState, sheet: ClassSheet, draft: ClassDraft, data: FormData): ClassAct | null {
  const { serviceId, staffId, date, time, weeks, without, isCourse } = draft;
  const foreseen = datesOf({ state, draft }, sheet)?.dates;
  if (serviceId === null || date === '' || time === '' || !foreseen) return null;
  const except = foreseen.filter((one) => isInTheWay(one) || without.includes(one.date)).map((one) => one.date);
  if (except.length === foreseen.length) return null;
  const capacity = textOrNull(data, 'capacity');
  const weekly = weeks === null ? null : { weeks, except, isCourse };
  const dates = { serviceId, staffId, date, time, weekly, capacity: capacity === null ? null : Number(capacity) };
  return { do: 'create', dates };
}

/** What a filled-in sheet asks for; null when it asks for nothing yet. */
export function readClassForm(
  state: AgendaState,
  sheet: ClassSheet,
  draft: ClassDraft,
  data: FormData,
): ClassAct | null {
  if (sheet.kind === 'class-create') return readDates(state, sheet, draft, data);
  const { sessionId } = sheet;
  switch (sheet.kind) {
    case 'class-move': {
      const start = readInstant(state, draft.date, draft.time);
      const target = start === null ? null : { start, staffId: draft.staffId };
      return target && { do: 'move', sessionId, target, isUndo: false };
    }
    case 'class-resize':
      return { do: 'resize', sessionId, capacity: Number(textOf(data, 'capacity')), isUndo: false };
    case 'class-cancel': {
      const reason = textOf(data, 'reason');
      return reason === '' ? null : { do: 'cancel', sessionId, reason };
    }
    case 'class-remove':
      return { do: 'remove', sessionId, enrolmentId: sheet.enrolmentId, reason: textOf(data, 'reason') };
    case 'class-enrol': {
      const name = textOf(data, 'name');
      const questions = findService(state, draft.serviceId ?? undefined)?.questions ?? [];
      const customer = { name, phone: textOrNull(data, 'phone'), email: textOrNull(data, 'email') };
      const { seats, orWaits } = draft;
      if (name === '') return null;
      const left = draft.isWhole ? courseOf(state, sheet) : null;
      if (left?.courseId) {
        const without = left.sessions.filter((one) => seatsLeft(one) < seats).map(({ id }) => id);
        const enrolment = { courseId: left.courseId, seats, without, customer, answers: readAnswers(questions, data) };
        return { do: 'enrol-in-course', sessionId, enrolment };
      }
      return { do: 'enrol', enrolment: { sessionId, seats, customer, answers: readAnswers(questions, data), orWaits } };
    }
  }
}

/** The course of the date that a sheet is about, once its dates were read; null where it is none. */
export function courseOf(state: AgendaState, sheet: ClassSheet) {
  const courseId = 'sessionId' in sheet ? findSession(state, sheet.sessionId)?.courseId : null;
  const sessions = state.course?.courseId === courseId ? state.course?.sessions : null;
  return courseId && sessions && sessions.length > 1 ? { courseId, sessions } : null;
}

const seatsIn = (current: unknown): number | null => {
  const isCount = typeof current === 'object' && current !== null && 'seatsLeft' in current;
  return isCount && typeof current.seatsLeft === 'number' ? current.seatsLeft : null;
};

/** Which field a refusal is about, and what is true instead. */
export function errorsOf(words: AgendaWords, { failure, roster }: AgendaState): FieldErrors {
  if (failure === null) return {};
  const { command, error, isChanged } = failure;
  switch (error.code) {
    case 'SLOT_TAKEN': {
      const left = seatsIn(error.current);
      if (left === 0) return { seats: words.t('agendaClassFull') };
      if (left !== null) return { seats: words.t('agendaClassNoSeats', { count: left }) };
      if (command === 'course:enrol') return { seats: words.t('agendaCourseTaken') };
      return command === 'class-session:move' ? { time: words.t('agendaClassTaken') } : {};
    }
    case 'SLOT_CLOSED':
      return command === 'class-session:move' ? { time: words.t('agendaClassClosed') } : {};
    case 'CONFLICT': {
      if (command !== 'class-session:resize' || isChanged || !roster) return {};
      const { enrolled, kept } = roster.session;
      return { capacity: words.t('agendaClassTooFew', { count: enrolled + kept }) };
    }
    case 'VALIDATION': {
      const wrong = Object.keys(error.fields ?? {});
      if (wrong.some((name) => name.endsWith('phone'))) return { phone: words.t('agendaErrorPhone') };
      return wrong.some((name) => name.endsWith('email')) ? { email: words.t('agendaErrorEmail') } : {};
    }
    default:
      return {};
  }
}

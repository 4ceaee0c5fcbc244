/** What staff do with dates of classes and the people in them: sheets, requests and what came of them. Pure. */
import type { ClassSessionDto, EnrolmentDto, RosterDto } from '@frontdesk/protocol/booking-class-staff';
import type { SeriesVisit } from '@frontdesk/protocol/booking-series';
import type { BookableId, ClassSessionId, EnrolmentId } from '@frontdesk/protocol/ids';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { StaffCommands } from '@frontdesk/protocol/staff';
import type { SessionProblem } from '@frontdesk/protocol/vocabulary';
import type { AgendaState, Sheet, Target, VisitSheet } from './agenda-store.js';
import { addDays } from './agenda-time.js';

/** A sheet about a class; it asks one thing. */
export type ClassSheet =
  | {
      readonly kind: 'class-create';
      readonly date: string;
      readonly staffId: BookableId | null;
      /** What it begins with: `HH:MM` or empty, and how many weeks; null is once. */
      readonly time: string;
      readonly weeks: number | null;
    }
  | {
      readonly kind: 'class-move' | 'class-resize' | 'class-cancel' | 'class-enrol';
      readonly sessionId: ClassSessionId;
    }
  | { readonly kind: 'class-remove'; readonly sessionId: ClassSessionId; readonly enrolmentId: EnrolmentId };

export type NewClassDates = StaffCommands['class-session:create']['input'];
export type NewEnrolment = StaffCommands['seat:enrol']['input'] & { readonly sessionId: ClassSessionId };
export type NewCourseEnrolment = StaffCommands['course:enrol']['input'];
export type DatesQuestion = StaffCommands['class-session:preview']['input'];

/** What dates would be, to the question that was asked last. */
export interface ClassDates {
  readonly key: string;
  /** null while they are asked for. */
  readonly dates: readonly SeriesVisit[] | null;
  readonly error: ErrorBody | null;
}

/** `isUndo`: what was done is taken back, and cannot be taken back again. */
export type ClassAct =
  | { readonly do: 'create'; readonly dates: NewClassDates }
  | { readonly do: 'move'; readonly sessionId: ClassSessionId; readonly target: Target; readonly isUndo: boolean }
  | { readonly do: 'resize'; readonly sessionId: ClassSessionId; readonly capacity: number; readonly isUndo: boolean }
  | { readonly do: 'cancel'; readonly sessionId: ClassSessionId; readonly reason: string }
  | { readonly do: 'enrol'; readonly enrolment: NewEnrolment }
  | { readonly do: 'enrol-in-course'; readonly sessionId: ClassSessionId; readonly enrolment: NewCourseEnrolment }
  | {
      readonly do: 'remove';
      readonly sessionId: ClassSessionId;
      readonly enrolmentId: EnrolmentId;
      readonly reason: string;
    };

/** What was done, to be said and perhaps undone. */
export type ClassNotice =
  | {
      readonly kind: 'classes-set';
      readonly sessions: readonly ClassSessionDto[];
      readonly problems: readonly { readonly date: string; readonly problem: SessionProblem }[];
    }
  | { readonly kind: 'class-moved'; readonly session: ClassSessionDto; readonly back: Target | null }
  | { readonly kind: 'class-resized'; readonly session: ClassSessionDto; readonly back: number | null }
  | { readonly kind: 'class-cancelled'; readonly session: ClassSessionDto }
  | { readonly kind: 'enrolled' | 'queued' | 'removed'; readonly name: string }
  | { readonly kind: 'enrolled-in-course'; readonly name: string; readonly count: number };

export function classSheetOf({ sheet }: Pick<AgendaState, 'sheet'>): ClassSheet | null {
  return sheet !== null && isClassSheet(sheet) ? sheet : null;
}

/** A sheet about anything else. */
export function visitSheetOf({ sheet }: Pick<AgendaState, 'sheet'>): VisitSheet | null {
  return sheet !== null && !isClassSheet(sheet) ? sheet : null;
}

function isClassSheet(sheet: Sheet): sheet is ClassSheet {
  return sheet.kind.startsWith('class-');
}

export const keyOfDates = (question: DatesQuestion): string => JSON.stringify(question);

export const MAX_WEEKS = 60;

/** How many weekly dates there are from the first one until a date, both counted. */
export function weeksUntil(first: string, until: string): number {
  const days = Math.floor((Date.parse(until) - Date.parse(first)) / 86_400_000);
  return Math.min(MAX_WEEKS, Math.max(2, Math.floor(days / 7) + 1));
}

export const lastOf = (first: string, weeks: number): string => addDays(first, (weeks - 1) * 7);

/** Only a class that is not over is changed. */
export function canChangeSession({ isCancelled, end }: ClassSessionDto, nowMs: number): boolean {
  return !isCancelled && Date.parse(end) > nowMs;
}

const isIn = ({ state }: EnrolmentDto): boolean => state === 'enrolled' || state === 'waiting' || state === 'offered';

/** Everybody whom it concerns when a class is called off, and how many of them have an address to write to. */
export function countConcerned({ enrolments }: RosterDto): { readonly people: number; readonly mails: number } {
  const concerned = enrolments.filter(isIn);
  return {
    people: concerned.reduce((sum, { seats }) => sum + seats, 0),
    mails: concerned.filter(({ customer }) => customer.email !== null).length,
  };
}

export const seatsLeft = ({ capacity, enrolled, kept }: ClassSessionDto): number =>
  Math.max(0, capacity - enrolled - kept);

export function findEnrolment(roster: RosterDto | null, id: EnrolmentId): EnrolmentDto | undefined {
  return roster?.enrolments.find((one) => one.id === id);
}

/** Services whose dates are set. */
export function classesOf(state: AgendaState) {
  return (state.setup?.services ?? []).filter(({ isArchived, capacity }) => !isArchived && capacity !== null);
}

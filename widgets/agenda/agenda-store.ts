/**
 * What the agenda knows, and how each thing that happens changes it. Pure: no element, socket or clock in here.
 *
 * A reading replaces the one before, except that no booking goes back to an older version: an answer to a command may overtake a reading
 * that was asked for before it.
 */
import { marksFor } from '@frontdesk/domain/booking/booking-states';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { GivenAnswers } from './agenda-files.js';
import { putMarks, type UnsentMark } from './agenda-attendance.js';
import { reduceClasses } from './agenda-class-store.js';
import type { ClassDates, ClassNotice, ClassSheet } from './agenda-class.js';
import type { BookingDto, TimeBlockDto } from '@frontdesk/protocol/booking-fields';
import type { ClassSessionDto, RosterDto } from '@frontdesk/protocol/booking-class-staff';
import type { Agenda, BookingSetup } from '@frontdesk/protocol/booking-staff';
import type {
  BookableId,
  BookingId,
  BookingServiceId,
  LocationId,
  ServiceId,
  TimeBlockId,
  ClassSessionId,
  CourseId,
} from '@frontdesk/protocol/ids';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { StaffCommandName } from '@frontdesk/protocol/staff';
import type { StaffMark } from '@frontdesk/protocol/vocabulary';

/** `live`: what is shown is of now and commands get through. Only then anything can be changed. */
export type Link = 'connecting' | 'live' | 'lost' | 'refused';
export const VIEWS = ['day', 'week', 'list'] as const;
export type View = (typeof VIEWS)[number];

/** Where and with whom a visit is wanted. */
export interface Target {
  readonly start: string;
  readonly staffId: BookableId | null;
}

export interface Starts {
  readonly key: string;
  /** Instants, in order; null while they are asked for. */
  readonly starts: readonly string[] | null;
  readonly error: ErrorBody | null;
}

/** A sheet over the agenda about a visit, or about somebody's time; it asks one thing. */
export type VisitSheet =
  | {
      readonly kind: 'book';
      readonly resourceId: BookableId | null;
      readonly date: string;
      readonly start: string | null;
    }
  | { readonly kind: 'move'; readonly bookingId: BookingId }
  | { readonly kind: 'reason'; readonly bookingId: BookingId; readonly mark: StaffMark }
  | { readonly kind: 'block'; readonly resourceId: BookableId | null; readonly date: string }
  | { readonly kind: 'show-block'; readonly blockId: TimeBlockId }
  /** Marks of attendance were not sent. */
  | { readonly kind: 'sign-out' }
  /** For what a visitor who has arrived waits; and the number that they got. */
  | { readonly kind: 'admit'; readonly bookingId: BookingId }
  | { readonly kind: 'number'; readonly bookingId: BookingId; readonly label: string; readonly url: string | null };

export type Sheet = VisitSheet | ClassSheet;

/** What visitors wait for in the queue of the branch. */
export interface QueueService {
  readonly id: ServiceId;
  readonly names: LocalizedText;
}

export interface Pending {
  readonly command: StaffCommandName;
  readonly bookingId: BookingId | null;
}

/** What was done, to be said and perhaps undone. */
export type Notice =
  | { readonly kind: 'moved'; readonly booking: BookingDto; readonly back: Target | null }
  | { readonly kind: 'booked' | 'marked'; readonly booking: BookingDto }
  | {
      readonly kind: 'blocked';
      readonly overlapping: readonly BookingDto[];
      readonly sessions: readonly ClassSessionDto[];
    }
  | { readonly kind: 'unblocked' }
  | ClassNotice;

/** Something that was refused or got no answer. */
export interface Failure {
  readonly command: StaffCommandName;
  readonly error: ErrorBody;
  readonly bookingId: BookingId | null;
  /** The date of a class, and whether somebody else changed it since it was seen. */
  readonly sessionId: ClassSessionId | null;
  readonly isChanged: boolean;
  /** Other starts, when a time was refused. */
  readonly alternatives: readonly string[];
  /** With whom it was wanted. */
  readonly staffId: BookableId | null;
}

export interface AgendaState {
  readonly link: Link;
  readonly locations: readonly LocationDto[] | null;
  readonly locationId: LocationId | null;
  readonly setup: BookingSetup | null;
  /** None where there is no queue. */
  readonly queueServices: readonly QueueService[];
  readonly loadError: ErrorBody | null;
  readonly view: View;
  /** Date of the branch that is shown, or whose week is; empty before a branch is chosen. */
  readonly date: string;
  /** In the week: one person or room; null is all. On a phone: the column that is shown. */
  readonly resourceId: BookableId | null;
  readonly showsEnded: boolean;
  readonly agenda: Agenda | null;
  /** Dates of classes. */
  readonly sessions: readonly ClassSessionDto[];
  /** The class whose people are shown; its roster once it was read. */
  readonly openSessionId: ClassSessionId | null;
  readonly roster: RosterDto | null;
  /** Marks of attendance that wait for the server. */
  readonly unsent: readonly UnsentMark[];
  /** Server clock minus the computer's. */
  readonly clockOffsetMs: number;
  readonly selectedId: BookingId | null;
  /** All answers of the selected booking, once they were asked for. */
  readonly answers: GivenAnswers | null;
  readonly sheet: Sheet | null;
  readonly starts: Starts | null;
  /** What dates of a class would be. */
  readonly dates: ClassDates | null;
  /** The dates that are left of the course that is asked about; null while they are asked for. */
  readonly course: { readonly courseId: CourseId; readonly sessions: readonly ClassSessionDto[] | null } | null;
  readonly pending: Pending | null;
  /** Shown where it was dropped until the server says. */
  readonly dropped: (Target & { readonly bookingId: BookingId }) | null;
  readonly droppedSession: (Target & { readonly sessionId: ClassSessionId }) | null;
  readonly failure: Failure | null;
  readonly notice: Notice | null;
}

export type AgendaAction =
  | { readonly type: 'link-changed'; readonly link: Link; readonly clockOffsetMs: number }
  | { readonly type: 'locations-loaded'; readonly locations: readonly LocationDto[] }
  | { readonly type: 'location-chosen'; readonly locationId: LocationId; readonly date: string }
  | { readonly type: 'setup-loaded'; readonly setup: BookingSetup }
  | { readonly type: 'queue-loaded'; readonly services: readonly QueueService[] }
  | { readonly type: 'load-failed'; readonly error: ErrorBody }
  | { readonly type: 'shown'; readonly view: View; readonly date: string; readonly isSameRange: boolean }
  | { readonly type: 'resource-chosen'; readonly resourceId: BookableId | null }
  | { readonly type: 'ended-switched'; readonly on: boolean }
  | { readonly type: 'agenda-loaded'; readonly agenda: Agenda }
  | { readonly type: 'sessions-loaded'; readonly sessions: readonly ClassSessionDto[] }
  | { readonly type: 'session-arrived'; readonly session: ClassSessionDto }
  | { readonly type: 'session-dropped'; readonly dropped: AgendaState['droppedSession'] }
  | { readonly type: 'dates-changed'; readonly dates: ClassDates | null }
  | { readonly type: 'course-listed'; readonly course: AgendaState['course'] }
  | { readonly type: 'session-opened'; readonly sessionId: ClassSessionId | null }
  | { readonly type: 'roster-arrived'; readonly roster: RosterDto }
  | { readonly type: 'people-marked'; readonly marks: readonly UnsentMark[] }
  | { readonly type: 'marks-sent'; readonly sent: readonly UnsentMark[] }
  | { readonly type: 'booking-arrived'; readonly booking: BookingDto }
  | { readonly type: 'block-arrived'; readonly block: TimeBlockDto }
  | { readonly type: 'block-gone'; readonly blockId: TimeBlockId }
  | { readonly type: 'selected'; readonly bookingId: BookingId | null }
  | ({ readonly type: 'answers-loaded' } & GivenAnswers)
  | { readonly type: 'sheet-shown'; readonly sheet: Sheet | null }
  | { readonly type: 'starts-changed'; readonly starts: Starts | null }
  | { readonly type: 'dropped'; readonly dropped: AgendaState['dropped'] }
  | { readonly type: 'command-started'; readonly pending: Pending }
  | { readonly type: 'command-ended'; readonly failure: Failure | null }
  /** Something besides the command under way. */
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'noticed'; readonly notice: Notice | null }
  | { readonly type: 'dismissed' }
  | { readonly type: 'signed-out' };

export const INITIAL_AGENDA: AgendaState = {
  link: 'connecting',
  locations: null,
  locationId: null,
  setup: null,
  queueServices: [],
  loadError: null,
  view: 'day',
  date: '',
  resourceId: null,
  showsEnded: false,
  agenda: null,
  sessions: [],
  openSessionId: null,
  roster: null,
  unsent: [],
  clockOffsetMs: 0,
  selectedId: null,
  answers: null,
  sheet: null,
  starts: null,
  dates: null,
  course: null,
  pending: null,
  dropped: null,
  droppedSession: null,
  failure: null,
  notice: null,
};

export function reduceAgenda(state: AgendaState, action: AgendaAction): AgendaState {
  switch (action.type) {
    case 'link-changed':
      return { ...state, link: action.link, clockOffsetMs: action.clockOffsetMs };
    case 'locations-loaded':
      return { ...state, locations: action.locations.filter(({ isArchived }) => !isArchived), loadError: null };
    case 'location-chosen':
      return { ...state, ...NOTHING_SHOWN, locationId: action.locationId, date: action.date };
    case 'setup-loaded':
      return { ...state, setup: action.setup, loadError: null };
    case 'queue-loaded':
      return { ...state, queueServices: action.services };
    case 'load-failed':
      return { ...state, loadError: action.error };
    case 'shown':
      return {
        ...state,
        view: action.view,
        date: action.date,
        agenda: action.isSameRange ? state.agenda : null,
        sessions: action.isSameRange ? state.sessions : [],
        ...NOTHING_OPEN,
        selectedId: null,
        answers: null,
      };
    case 'resource-chosen':
      return { ...state, resourceId: action.resourceId };
    case 'ended-switched':
      return { ...state, showsEnded: action.on };
    case 'selected':
      return { ...state, ...NOTHING_OPEN, selectedId: action.bookingId, answers: null };
    case 'session-opened':
      return { ...state, selectedId: null, answers: null, openSessionId: action.sessionId, roster: null };
    case 'sheet-shown':
      return {
        ...state,
        sheet: action.sheet,
        ...NOTHING_ASKED,
        ...(action.sheet && { failure: null }),
      };
    case 'starts-changed':
      return { ...state, starts: action.starts };
    case 'signed-out':
      return INITIAL_AGENDA;
    default:
      return reduceData(state, action);
  }
}

const NOTHING_ASKED = { starts: null, dates: null, course: null } as const;
const NOTHING_OPEN = { openSessionId: null, roster: null } as const;
const NOTHING_SHOWN = {
  ...NOTHING_OPEN,
  sessions: [],
  setup: null,
  queueServices: [],
  loadError: null,
  agenda: null,
  resourceId: null,
  selectedId: null,
  answers: null,
  sheet: null,
  ...NOTHING_ASKED,
  failure: null,
  notice: null,
} as const;

type DataAction = Extract<
  AgendaAction,
  {
    type:
      | 'agenda-loaded'
      | 'sessions-loaded'
      | 'session-arrived'
      | 'session-dropped'
      | 'roster-arrived'
      | 'dates-changed'
      | 'course-listed'
      | 'people-marked'
      | 'marks-sent'
      | 'booking-arrived'
      | 'block-arrived'
      | 'block-gone'
      | 'answers-loaded'
      | 'dropped'
      | 'command-started'
      | 'command-ended'
      | 'failed'
      | 'noticed'
      | 'dismissed';
  }
>;

function reduceData(state: AgendaState, action: DataAction): AgendaState {
  switch (action.type) {
    case 'agenda-loaded':
      return applyAgenda(state, action.agenda);
    case 'sessions-loaded':
    case 'session-arrived':
    case 'session-dropped':
    case 'roster-arrived':
    case 'dates-changed':
    case 'course-listed':
      return reduceClasses(state, action);
    case 'people-marked':
      return { ...state, unsent: putMarks(state.unsent, action.marks) };
    case 'marks-sent':
      return { ...state, unsent: state.unsent.filter((mark) => !action.sent.includes(mark)) };
    case 'booking-arrived':
      return state.agenda === null ? state : { ...state, agenda: putBooking(state.agenda, action.booking) };
    case 'block-arrived':
      return changeBlocks(state, (blocks) => [...blocks.filter(({ id }) => id !== action.block.id), action.block]);
    case 'block-gone':
      return changeBlocks(state, (blocks) => blocks.filter(({ id }) => id !== action.blockId));
    case 'answers-loaded':
      return action.bookingId === state.selectedId ? { ...state, answers: action } : state;
    case 'dropped':
      return { ...state, dropped: action.dropped };
    case 'command-started':
      return { ...state, pending: action.pending, failure: null, notice: null };
    case 'command-ended':
      return { ...state, pending: null, dropped: null, droppedSession: null, failure: action.failure };
    case 'failed':
      return { ...state, failure: action.failure };
    case 'noticed':
      return { ...state, notice: action.notice };
    case 'dismissed':
      return { ...state, failure: null, notice: null };
  }
}

function putBooking(agenda: Agenda, booking: BookingDto): Agenda {
  const known = agenda.bookings.find(({ id }) => id === booking.id);
  if (known && known.version > booking.version) return agenda;
  const others = agenda.bookings.filter(({ id }) => id !== booking.id);
  return { ...agenda, bookings: [...others, booking].sort((one, other) => one.start.localeCompare(other.start)) };
}

function applyAgenda(state: AgendaState, agenda: Agenda): AgendaState {
  const newer = (state.agenda?.bookings ?? []).filter(({ id, version }) =>
    agenda.bookings.some((booking) => booking.id === id && booking.version < version),
  );
  const next = newer.reduce(putBooking, agenda);
  const isGone = state.selectedId !== null && !next.bookings.some(({ id }) => id === state.selectedId);
  return { ...state, agenda: next, loadError: null, ...(isGone && { selectedId: null, answers: null }) };
}

function changeBlocks(state: AgendaState, change: (blocks: TimeBlockDto[]) => TimeBlockDto[]): AgendaState {
  return state.agenda === null ? state : { ...state, agenda: { ...state.agenda, blocks: change(state.agenda.blocks) } };
}

export function findBooking(state: AgendaState, id: BookingId | null): BookingDto | undefined {
  return state.agenda?.bookings.find((booking) => booking.id === id);
}

/** The date of a class as it was read last. */
export function findSession({ roster, sessions }: AgendaState, id: ClassSessionId): ClassSessionDto | undefined {
  return roster?.session.id === id ? roster.session : sessions.find((session) => session.id === id);
}

export function findService(state: AgendaState, id: BookingServiceId | undefined) {
  return state.setup?.services.find((service) => service.id === id);
}

export function findResource(state: AgendaState, id: BookableId | null | undefined) {
  return state.setup?.resources.find((resource) => resource.id === id);
}

/** Nothing may be changed while something is under way, or while nobody knows whether it would arrive. */
export function canChange({ link, pending }: Pick<AgendaState, 'link' | 'pending'>): boolean {
  return link === 'live' && pending === null;
}

/** Marks that are legal now (BK-31): those of the state, and nobody has failed to come before they should have. */
export function legalMarks({ state, start }: BookingDto, nowMs: number): readonly StaffMark[] {
  return marksFor(state).filter((mark) => mark !== 'no-show' || Date.parse(start) <= nowMs);
}

export const canMove = ({ state }: BookingDto): boolean => state === 'requested' || state === 'confirmed';

/** A queue lives for a day: whoever has arrived, or arrives now, for a visit of today may be sent into it. */
export function canAdmit({ queueServices }: Pick<AgendaState, 'queueServices'>, booking: BookingDto, nowMs: number) {
  const zone = getZone(booking.timeZone);
  const isToday = zone.toWall(Date.parse(booking.start)).date === zone.toWall(nowMs).date;
  return queueServices.length > 0 && isToday && (booking.state === 'confirmed' || booking.state === 'arrived');
}

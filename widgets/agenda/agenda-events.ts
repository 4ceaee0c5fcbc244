/** What the parts of the agenda ask for, and what the page around it hears. */
import type { Answers } from '@frontdesk/protocol/booking-fields';
import type {
  BookableId,
  BookingFileId,
  BookingId,
  BookingServiceId,
  LocationId,
  ServiceId,
  TimeBlockId,
  ClassSessionId,
  CourseId,
  EnrolmentId,
} from '@frontdesk/protocol/ids';
import type { AttendanceMark, BookingState, StaffMark } from '@frontdesk/protocol/vocabulary';
import { RequestEvent } from '../staff/staff-element.js';
import type { ClassAct, DatesQuestion } from './agenda-class.js';
import type { Sheet, Target, View } from './agenda-store.js';

/** A visit for somebody who calls, as the form gives it. */
export interface NewVisit {
  readonly serviceId: BookingServiceId;
  readonly staffId: BookableId | null;
  readonly start: string;
  readonly customer: { readonly name: string; readonly phone: string | null; readonly email: string | null };
  readonly answers: Answers;
}

export interface StartsQuestion {
  readonly serviceId: BookingServiceId;
  readonly staffId: BookableId | null;
  readonly date: string;
  readonly moving: BookingId | null;
}

export interface NewBlock {
  readonly resourceId: BookableId;
  readonly start: string;
  readonly end: string;
  readonly reason: string;
}

/** One person of a party that has seats. */
export interface PersonRef {
  readonly enrolmentId: EnrolmentId;
  readonly person: number;
}

export type AgendaRequest =
  | { readonly type: 'choose-location'; readonly locationId: LocationId }
  | { readonly type: 'reload' }
  | { readonly type: 'show'; readonly view: View; readonly date: string }
  | { readonly type: 'choose-resource'; readonly resourceId: BookableId | null }
  | { readonly type: 'show-ended'; readonly on: boolean }
  | { readonly type: 'select'; readonly bookingId: BookingId | null }
  | { readonly type: 'open-session'; readonly sessionId: ClassSessionId | null }
  /** null takes a mark away. */
  | { readonly type: 'attend'; readonly people: readonly PersonRef[]; readonly mark: AttendanceMark | null }
  | { readonly type: 'read-answers'; readonly bookingId: BookingId }
  | { readonly type: 'open-file'; readonly fileId: BookingFileId }
  | { readonly type: 'show-sheet'; readonly sheet: Sheet | null }
  | { readonly type: 'list-starts'; readonly question: StartsQuestion }
  | { readonly type: 'list-course'; readonly courseId: CourseId }
  | { readonly type: 'foresee-dates'; readonly question: DatesQuestion }
  | { readonly type: 'class'; readonly act: ClassAct }
  | { readonly type: 'book'; readonly visit: NewVisit }
  /** `isUndo`: what was done is taken back, and cannot be taken back again. */
  | { readonly type: 'move'; readonly bookingId: BookingId; readonly target: Target; readonly isUndo: boolean }
  | { readonly type: 'mark'; readonly bookingId: BookingId; readonly mark: StaffMark; readonly reason: string }
  | { readonly type: 'admit'; readonly bookingId: BookingId; readonly queueServiceId: ServiceId }
  | { readonly type: 'block'; readonly block: NewBlock }
  | { readonly type: 'unblock'; readonly blockId: TimeBlockId }
  | { readonly type: 'dismiss' }
  /** `isSure`: although marks were not sent. */
  | { readonly type: 'sign-out'; readonly isSure?: true };

export class AgendaRequestEvent extends RequestEvent<AgendaRequest> {
  static readonly type = 'frontdesk-agenda-request';

  constructor(request: AgendaRequest) {
    super(AgendaRequestEvent.type, request);
  }
}

/** Somebody opened a booking, or closed it; a back office may open the customer's file. */
export class FrontdeskAgendaBookingEvent extends Event {
  static readonly type = 'frontdesk-agenda-booking-opened';
  /** The code that is said on the phone; null when none is open. */
  readonly code: string | null;
  readonly state: BookingState | null;

  constructor(code: string | null, state: BookingState | null) {
    super(FrontdeskAgendaBookingEvent.type, { bubbles: true, composed: true });
    this.code = code;
    this.state = state;
  }
}

declare global {
  interface HTMLElementEventMap {
    'frontdesk-agenda-request': AgendaRequestEvent;
    'frontdesk-agenda-booking-opened': FrontdeskAgendaBookingEvent;
  }
}

/** Records of classes: a session is an allocation that has this in it. */
import type { MadeMark } from '@frontdesk/domain/booking/attendance';
import type { Seat } from '@frontdesk/domain/booking/seating';
import type { Answers, Customer } from '@frontdesk/protocol/booking-fields';
import type {
  ClassSessionId,
  CourseId,
  EnrolmentId,
  LocationId,
  MembershipId,
  SiteId,
  TenantId,
} from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { ChangeActor, EnrolmentState } from '@frontdesk/protocol/vocabulary';
import type { Allocation, MessageKind, OutboxTimes, Write } from './booking.types.js';

export interface EnrolmentChange {
  readonly at: Date;
  readonly by: ChangeActor;
  readonly memberId: MembershipId | null;
  readonly to: EnrolmentState;
  readonly reason: string;
}

/** Seats of a party, or its place in the line. Instants that the rules count with are epoch milliseconds. */
export interface Enrolment extends Seat {
  /** The visitor's token by its hash; null when staff enrolled them. */
  readonly holder: string | null;
  /** Digest of the address that a hold came from; gone with the hold. */
  readonly address: string | null;
  readonly isExtended: boolean;
  readonly customer: Customer | null;
  readonly locale: Locale | null;
  /** Where the customer's clock is; null when nobody said. */
  readonly customerZone: string | null;
  /** The website that they were taken on; null when staff enrolled them, absent in seats of an older release. */
  readonly siteId?: SiteId | null;
  readonly answers: Answers;
  readonly sealedAnswers: string | null;
  readonly consents: Allocation['consents'];
  /** Salt of the link. */
  readonly salt: string;
  /** Every mark that was made, in the order in which they arrived. */
  readonly marks: readonly MadeMark[];
  readonly history: readonly EnrolmentChange[];
  readonly writes: readonly Write[];
  readonly createdAt: Date;
  /** Seats in several dates of a course that were taken at once: the entry of the last one. Not there for a date alone. */
  readonly courseEntryId?: EnrolmentId;
  /** How many dates were held at once with it; there where `courseEntryId` is. */
  readonly courseDates?: number;
}

export interface ClassSession {
  readonly courseId: CourseId | null;
  readonly capacity: number;
  readonly minimum: number;
  /** How often staff changed it. */
  readonly edition: number;
  /** In the order in which they came. */
  readonly entries: readonly Enrolment[];
  /** When the first hold or offer ends; absent when none does. */
  readonly settleAt?: Date;
}

export type Session = Allocation & { readonly session: ClassSession };

export const isSession = (one: Allocation): one is Session => one.session !== undefined;

/** A session with no more of its entries than lists count. */
export interface CountedSession extends Pick<
  Allocation,
  'start' | 'end' | 'zone' | 'staffId' | 'serviceId' | 'locationId'
> {
  readonly id: ClassSessionId;
  readonly capacity: number;
  readonly courseId: CourseId | null;
  readonly entries: readonly Seat[];
}

/** What became of seats, for whoever writes to the people in them. */
export const SEAT_NEWS = [
  'enrolled',
  'waiting',
  'offered',
  'lapsed',
  'cancelled',
  'moved',
  'called-off',
  'absent',
  'course',
  'course-cancelled',
] as const;
export type SeatNews = (typeof SEAT_NEWS)[number];
export type SeatReminder = Extract<MessageKind, 'reminder-day' | 'reminder-hours'>;

/** Something that is still to be said to the people of one entry; what became of them since decides whether it is. */
export interface SeatOutboxEntry extends OutboxTimes {
  readonly kind: SeatNews | SeatReminder;
  readonly seatId: EnrolmentId;
  /** When the session was to begin when this was written. */
  readonly start: Date;
}

declare module '../core/bus.js' {
  interface DomainEvents {
    'seat:changed': {
      readonly tenantId: TenantId;
      readonly locationId: LocationId;
      readonly sessionId: ClassSessionId;
      readonly enrolmentId: EnrolmentId;
      readonly news: SeatNews;
    };
  }
}

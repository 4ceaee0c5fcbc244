/** Records of booking as plain objects with string ids. */
import type {
  Answers,
  BookingServiceDto,
  Customer,
  FollowingService,
  PoolDto,
  ResourceDto,
} from '@frontdesk/protocol/booking-fields';
import type {
  BookableId,
  BookingId,
  BookingServiceId,
  LocationId,
  MembershipId,
  ResourcePoolId,
  SeriesId,
  SiteId,
  TenantId,
  TimeBlockId,
} from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { BookingState, ChangeActor } from '@frontdesk/protocol/vocabulary';
import type { Location } from '../locations/index.js';
import type { ClassSession, SeatOutboxEntry } from './class.types.js';

export interface Scoped {
  readonly tenantId: TenantId | null;
}

export type BookingService = BookingServiceDto;
export type Pool = PoolDto;

export interface Resource extends ResourceDto {
  /** Its number in claim keys: small, unique within the tenant, never given to anybody else (booking.md 5.1). */
  readonly rseq: number;
}

export interface TimeBlock {
  readonly id: TimeBlockId;
  readonly locationId: LocationId;
  readonly resourceId: BookableId;
  readonly start: Date;
  readonly end: Date;
  readonly reason: string;
}

/** What a tenant's setup and agenda were changed how often; both only grow. */
export interface Revisions {
  readonly setup: number;
  readonly agenda: number;
}

/** Everything that says when a tenant can be booked, apart from what is booked. The same object while the setup stays as it is. */
export interface Schedule {
  readonly tenantId: TenantId;
  readonly locations: ReadonlyMap<LocationId, Location>;
  readonly services: ReadonlyMap<BookingServiceId, BookingService>;
  readonly resources: ReadonlyMap<BookableId, Resource>;
  readonly pools: ReadonlyMap<ResourcePoolId, Pool>;
  readonly blocks: ReadonlyMap<BookableId, readonly TimeBlock[]>;
}

/** A schedule, and the revisions that were read before it: it may be newer than they say, never older. */
export interface Situation {
  readonly schedule: Schedule;
  readonly revisions: Revisions;
}

/** From and until when a resource is taken, buffers included, in epoch minutes. */
export interface Span {
  readonly resourceId: BookableId;
  readonly from: number;
  readonly to: number;
}

export interface AllocatedSegment {
  readonly serviceId: BookingServiceId;
  readonly start: Date;
  readonly end: Date;
  readonly staffId: BookableId | null;
  readonly resourceIds: readonly BookableId[];
}

/** The rules that a booking was made under; what the business changes later binds those who book later. */
export interface PolicySnapshot {
  readonly rescheduleUntilMinutes: number | null;
  readonly cancelUntilMinutes: number | null;
  readonly maxReschedules: number;
}

export interface BookingChange {
  readonly at: Date;
  readonly by: ChangeActor;
  readonly memberId: MembershipId | null;
  readonly from: BookingState | null;
  readonly to: BookingState;
  readonly reason: string;
}

/** What changed rules of its zone did to a visit, for staff to look at (booking.md 5.2, rule 5). */
export interface ZoneChange {
  readonly at: Date;
  /** When it began by the rules under which it was booked. */
  readonly from: Date;
  /** When the clock on the wall shows its time by the rules as they are now. */
  readonly to: Date;
  /** False when somebody else has that time: it stays where it was until staff move it. */
  readonly isMoved: boolean;
}

/** A command that wrote to the document, so that its second try finds the first. */
export interface Write {
  /** Who asked, and their idempotency key. */
  readonly key: string;
  readonly hash: string;
}

/** What a customer is told: how it stands now, or that it comes soon. */
export type MessageKind =
  | 'requested'
  | 'confirmed'
  | 'moved'
  | 'zone-changed'
  | 'declined'
  | 'cancelled-by-customer'
  | 'cancelled-by-business'
  | 'reminder-day'
  | 'reminder-hours';

/**
 * Something that is still to be said. It is written with the change that it tells of, in one update, and a later change of time or state
 * puts others in its place; so what is here is true of the booking as it is here (booking.md 5.6).
 */
export interface OutboxEntry extends OutboxTimes {
  readonly kind: MessageKind;
}

export interface OutboxTimes {
  readonly channel: 'email';
  /** When it should be said. */
  readonly plannedAt: Date;
  /** Not before then: it is not time yet, somebody has it in hand, or the last try has just failed. */
  readonly dueAt: Date;
  readonly tries: number;
  /** Somebody began to send it and never said how that ended. */
  readonly isOpen: boolean;
}

/** When, where and with whom; a move replaces all of it at once. */
export interface Placement {
  readonly start: Date;
  readonly end: Date;
  readonly zone: string;
  readonly wallStart: string;
  readonly staffId: BookableId | null;
  /** Services of the same visit after the first, and who gives each. */
  readonly followedBy: readonly FollowingService[];
  readonly segments: readonly AllocatedSegment[];
  readonly spans: readonly Span[];
  /** The same spans as keys of the unique index; never empty while live. */
  readonly claims: readonly number[];
}

/** The one kind of document that owns time: a hold, which becomes a booking with the same id. */
export interface Allocation extends Placement {
  readonly id: BookingId;
  readonly tenantId: TenantId;
  readonly state: BookingState;
  readonly live: boolean;
  readonly locationId: LocationId;
  readonly serviceId: BookingServiceId;
  /** The visitor's token by its hash; null when staff booked. */
  readonly holder: string | null;
  /** Digest of the address that the hold came from; gone with the hold. */
  readonly address: string | null;
  /** There in `held` alone: the sweeper removes what has it. */
  readonly holdExpiresAt?: Date;
  readonly isExtended: boolean;
  readonly customer: Customer | null;
  readonly locale: Locale | null;
  /** Where the customer's clock is, by its IANA name; null when nobody said. */
  readonly customerZone: string | null;
  /** The website that it was booked on; null when staff booked. */
  readonly siteId: SiteId | null;
  readonly answers: Answers;
  /** The sensitive answers, sealed; see sealed-answers.ts. */
  readonly sealedAnswers: string | null;
  readonly consents: readonly { readonly key: string; readonly version: number; readonly at: Date }[];
  readonly policy: PolicySnapshot;
  readonly code: string;
  readonly version: number;
  readonly reschedules: number;
  readonly manageSalt: string;
  /** The link that the last move replaced, which still opens the answer to that very move. */
  readonly replacedSalt: string | null;
  readonly writes: readonly Write[];
  readonly history: readonly BookingChange[];
  /** Of a session of a class, what people in it are to be told, each for themselves. */
  readonly outbox: readonly (OutboxEntry | SeatOutboxEntry)[];
  readonly createdAt: Date;
  /** There in a session of a class alone, which is nobody's booking: its customers are in here. */
  readonly session?: ClassSession;
  /** Repeated visits that were booked together; not there for a visit alone. */
  readonly seriesId?: SeriesId;
  /** Not there once somebody moved it. */
  readonly zoneChange?: ZoneChange;
}

/** What a list of free times has to know of an allocation. */
export type Taken = Pick<
  Allocation,
  'id' | 'serviceId' | 'followedBy' | 'staffId' | 'start' | 'spans' | 'holdExpiresAt' | 'createdAt' | 'state'
>;

declare module '../core/bus.js' {
  interface DomainEvents {
    /** Somebody's time was taken or given back, or what can be booked changed. */
    'booking:changed': { tenantId: TenantId; locationId: LocationId };
  }
}

/** What the booking elements tell the page (no personal data in any of them), and what their inner elements ask of them. */
import type { BookableId, BookingServiceId } from '@frontdesk/protocol/ids';
import type { BookingState as BookingStatus } from '@frontdesk/protocol/vocabulary';
import type { Draft } from './booking-form.js';

class FrontdeskBookingEvent extends Event {
  constructor(type: string, isCancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable: isCancelable });
  }
}

/** The element knows what can be booked and can be used. */
export class FrontdeskBookingReadyEvent extends FrontdeskBookingEvent {
  static readonly type = 'frontdesk-booking-ready';
  constructor() {
    super(FrontdeskBookingReadyEvent.type);
  }
}

/** A service was chosen. */
export class FrontdeskBookingServiceSelectEvent extends FrontdeskBookingEvent {
  static readonly type = 'frontdesk-booking-service-select';
  readonly service: string;
  constructor(service: string) {
    super(FrontdeskBookingServiceSelectEvent.type);
    this.service = service;
  }
}

/** A time was chosen; it is not held yet. */
export class FrontdeskBookingSlotSelectEvent extends FrontdeskBookingEvent {
  static readonly type = 'frontdesk-booking-slot-select';
  readonly service: string;
  /** ISO instant. */
  readonly start: string;
  constructor(service: string, start: string) {
    super(FrontdeskBookingSlotSelectEvent.type);
    this.service = service;
    this.start = start;
  }
}

/** The time is kept for this visitor until `expiresAt`. */
export class FrontdeskBookingHoldEvent extends FrontdeskBookingEvent {
  static readonly type = 'frontdesk-booking-hold';
  readonly start: string;
  readonly expiresAt: string;
  constructor(start: string, expiresAt: string) {
    super(FrontdeskBookingHoldEvent.type);
    this.start = start;
    this.expiresAt = expiresAt;
  }
}

/** The time is no longer kept. */
export class FrontdeskBookingHoldExpiredEvent extends FrontdeskBookingEvent {
  static readonly type = 'frontdesk-booking-hold-expired';
  constructor() {
    super(FrontdeskBookingHoldExpiredEvent.type);
  }
}

/** The form is complete and about to be sent; `preventDefault()` keeps it here. */
export class FrontdeskBookingBeforeSubmitEvent extends FrontdeskBookingEvent {
  static readonly type = 'frontdesk-booking-before-submit';
  constructor() {
    super(FrontdeskBookingBeforeSubmitEvent.type, true);
  }
}

export interface BookedDetail {
  /** The booking's code; of seats in a class an id. */
  readonly ref: string;
  readonly service: string;
  /** ISO instant. */
  readonly start: string;
  readonly zone: string;
  /** `confirmed`, or `requested` where the business approves bookings. */
  readonly status: BookingStatus;
}

class FrontdeskBookingDetailEvent extends FrontdeskBookingEvent implements BookedDetail {
  readonly ref: string;
  readonly service: string;
  readonly start: string;
  readonly zone: string;
  readonly status: BookingStatus;
  constructor(type: string, { ref, service, start, zone, status }: BookedDetail) {
    super(type);
    this.ref = ref;
    this.service = service;
    this.start = start;
    this.zone = zone;
    this.status = status;
  }
}

/** Somebody booked; fires once for each booking. */
export class FrontdeskBookingBookedEvent extends FrontdeskBookingDetailEvent {
  static readonly type = 'frontdesk-booking-booked';
  constructor(detail: BookedDetail) {
    super(FrontdeskBookingBookedEvent.type, detail);
  }
}

/** Somebody joined the line of a class that is full; fires once for each. */
export class FrontdeskBookingWaitlistedEvent
  extends FrontdeskBookingEvent
  implements Omit<BookedDetail, 'ref' | 'status'>
{
  static readonly type = 'frontdesk-booking-waitlisted';
  readonly service: string;
  readonly start: string;
  readonly zone: string;
  constructor({ service, start, zone }: Omit<BookedDetail, 'ref' | 'status'>) {
    super(FrontdeskBookingWaitlistedEvent.type);
    this.service = service;
    this.start = start;
    this.zone = zone;
  }
}

/** A booking was moved to another time. */
export class FrontdeskBookingRescheduledEvent extends FrontdeskBookingDetailEvent {
  static readonly type = 'frontdesk-booking-rescheduled';
  constructor(detail: BookedDetail) {
    super(FrontdeskBookingRescheduledEvent.type, detail);
  }
}

/** A booking was given up. */
export class FrontdeskBookingCancelledEvent extends FrontdeskBookingDetailEvent {
  static readonly type = 'frontdesk-booking-cancelled';
  constructor(detail: BookedDetail) {
    super(FrontdeskBookingCancelledEvent.type, detail);
  }
}

/** Something did not work; `code` is one of the protocol. */
export class FrontdeskBookingErrorEvent extends FrontdeskBookingEvent {
  static readonly type = 'frontdesk-booking-error';
  readonly code: string;
  constructor(code: string) {
    super(FrontdeskBookingErrorEvent.type);
    this.code = code;
  }
}

declare global {
  interface HTMLElementEventMap {
    'frontdesk-booking-ready': FrontdeskBookingReadyEvent;
    'frontdesk-booking-service-select': FrontdeskBookingServiceSelectEvent;
    'frontdesk-booking-slot-select': FrontdeskBookingSlotSelectEvent;
    'frontdesk-booking-hold': FrontdeskBookingHoldEvent;
    'frontdesk-booking-hold-expired': FrontdeskBookingHoldExpiredEvent;
    'frontdesk-booking-before-submit': FrontdeskBookingBeforeSubmitEvent;
    'frontdesk-booking-booked': FrontdeskBookingBookedEvent;
    'frontdesk-booking-waitlisted': FrontdeskBookingWaitlistedEvent;
    'frontdesk-booking-rescheduled': FrontdeskBookingRescheduledEvent;
    'frontdesk-booking-cancelled': FrontdeskBookingCancelledEvent;
    'frontdesk-booking-error': FrontdeskBookingErrorEvent;
  }
}

export interface BookingRequests {
  service: { readonly serviceId: BookingServiceId };
  staff: { readonly staffId: BookableId | null };
  back: { readonly to: 'service' | 'staff' | 'time' };
  month: { readonly month: string };
  date: { readonly date: string | null };
  zone: { readonly timeZone: string };
  start: { readonly start: number };
  extend: null;
  typed: { readonly draft: Draft };
  submit: null;
  retry: null;
}
export type BookingRequestName = keyof BookingRequests;
export type BookingRequest = {
  [Name in BookingRequestName]: { readonly name: Name; readonly detail: BookingRequests[Name] };
}[BookingRequestName];

/** An inner element asks; the outer one decides. Never leaves it. */
export class BookingRequestEvent extends Event {
  static readonly type = 'frontdesk-booking-request';
  readonly request: BookingRequest;

  constructor(request: BookingRequest) {
    super(BookingRequestEvent.type, { bubbles: true, composed: true });
    this.request = request;
  }
}

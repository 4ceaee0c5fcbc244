/** What the booking elements tell the page from the calendar on. Fetched with it. */
import type { BookingState as BookingStatus } from '@frontdesk/protocol/vocabulary';
import { FrontdeskBookingEvent } from './booking-events.js';

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

export class FrontdeskBookingHoldExpiredEvent extends FrontdeskBookingEvent {
  static readonly type = 'frontdesk-booking-hold-expired';
  constructor() {
    super(FrontdeskBookingHoldExpiredEvent.type);
  }
}

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

export class FrontdeskBookingBookedEvent extends FrontdeskBookingDetailEvent {
  static readonly type = 'frontdesk-booking-booked';
  constructor(detail: BookedDetail) {
    super(FrontdeskBookingBookedEvent.type, detail);
  }
}

export class FrontdeskBookingRescheduledEvent extends FrontdeskBookingDetailEvent {
  static readonly type = 'frontdesk-booking-rescheduled';
  constructor(detail: BookedDetail) {
    super(FrontdeskBookingRescheduledEvent.type, detail);
  }
}

export class FrontdeskBookingCancelledEvent extends FrontdeskBookingDetailEvent {
  static readonly type = 'frontdesk-booking-cancelled';
  constructor(detail: BookedDetail) {
    super(FrontdeskBookingCancelledEvent.type, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'frontdesk-booking-slot-select': FrontdeskBookingSlotSelectEvent;
    'frontdesk-booking-hold': FrontdeskBookingHoldEvent;
    'frontdesk-booking-hold-expired': FrontdeskBookingHoldExpiredEvent;
    'frontdesk-booking-before-submit': FrontdeskBookingBeforeSubmitEvent;
    'frontdesk-booking-booked': FrontdeskBookingBookedEvent;
    'frontdesk-booking-rescheduled': FrontdeskBookingRescheduledEvent;
    'frontdesk-booking-cancelled': FrontdeskBookingCancelledEvent;
  }
}

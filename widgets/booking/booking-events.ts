/** What the booking elements tell the page (no personal data in any of them), and what their inner elements ask of them. */
import type { FollowingService } from '@frontdesk/protocol/booking-fields';
import type { BookableId, BookingServiceId } from '@frontdesk/protocol/ids';
import type { BookingClient } from '../core/client/booking-client.js';
import type { Draft } from './booking-form.js';

export class FrontdeskBookingEvent extends Event {
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
    'frontdesk-booking-error': FrontdeskBookingErrorEvent;
  }
}

export interface BookingRequests {
  service: { readonly serviceId: BookingServiceId };
  staff: { readonly staffId: BookableId | null };
  /** Which part of the visit: another person for it, or one more after the last. */
  part: { readonly at: number };
  /** What the visit consists of from now on. */
  parts: { readonly parts: readonly FollowingService[] };
  back: { readonly to: 'service' | 'staff' | 'time' };
  month: { readonly month: string };
  date: { readonly date: string | null };
  zone: { readonly timeZone: string };
  start: { readonly start: number };
  extend: null;
  typed: { readonly draft: Draft };
  submit: null;
  /** Back from the code to the form. */
  unverify: null;
  retry: null;
  /** Files are sent by the form's client. */
  files: { connect(client: BookingClient): void };
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

/** What joining a class tells the page beside what booking does; no personal data in it. */
import { FrontdeskBookingEvent } from '../booking-events.js';
import type { BookedDetail } from '../visit-events.js';

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

declare global {
  interface HTMLElementEventMap {
    'frontdesk-booking-waitlisted': FrontdeskBookingWaitlistedEvent;
  }
}

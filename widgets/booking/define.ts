import { defineElement } from '../core/define-element.js';
import { FrontdeskBookingCalendar } from './booking-calendar.js';
import { FrontdeskBookingView } from './booking-view.js';
import { FrontdeskBooking } from './booking.js';

defineElement('frontdesk-booking-calendar', FrontdeskBookingCalendar);
defineElement('frontdesk-booking-view', FrontdeskBookingView);
defineElement('frontdesk-booking', FrontdeskBooking);

import { defineElement } from '../../core/define-element.js';
import { FrontdeskBookingCalendar } from './booking-calendar.js';
import { FrontdeskBookingWhen } from './booking-when.js';

defineElement('frontdesk-booking-calendar', FrontdeskBookingCalendar);
defineElement('frontdesk-booking-when', FrontdeskBookingWhen);

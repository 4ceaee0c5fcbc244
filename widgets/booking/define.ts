import { defineElement } from '../core/define-element.js';
import { FrontdeskBookingView } from './booking-view.js';
import { FrontdeskBooking } from './booking.js';

defineElement('frontdesk-booking-view', FrontdeskBookingView);
defineElement('frontdesk-booking', FrontdeskBooking);

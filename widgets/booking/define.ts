import { defineElement } from '../core/define-element.js';
import { FrontdeskBooking } from './booking.js';

defineElement('frontdesk-booking', FrontdeskBooking);

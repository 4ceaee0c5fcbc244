import { defineElement } from '../../core/define-element.js';
import { FrontdeskBookingDetails } from './booking-details.js';

defineElement('frontdesk-booking-details', FrontdeskBookingDetails);

import { defineElement } from '../../core/define-element.js';
import { FrontdeskBookingAdd } from './booking-add.js';
import { FrontdeskBookingParts } from './booking-parts.js';

defineElement('frontdesk-booking-add', FrontdeskBookingAdd);
defineElement('frontdesk-booking-parts', FrontdeskBookingParts);

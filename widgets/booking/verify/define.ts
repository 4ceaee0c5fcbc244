import { defineElement } from '../../core/define-element.js';
import { FrontdeskBookingVerify } from './booking-verify.js';

defineElement('frontdesk-booking-verify', FrontdeskBookingVerify);

export { createVerification } from './verification.js';

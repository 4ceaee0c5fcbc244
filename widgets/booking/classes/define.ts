import { defineElement } from '../../core/define-element.js';
import '../details/define.js';
import { FrontdeskBookingClass } from './booking-class.js';

defineElement('frontdesk-booking-class', FrontdeskBookingClass);

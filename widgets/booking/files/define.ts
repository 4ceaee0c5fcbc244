import { defineElement } from '../../core/define-element.js';
import '../details/define.js';
import { FrontdeskBookingFiles } from './booking-files.js';

defineElement('frontdesk-booking-files', FrontdeskBookingFiles);

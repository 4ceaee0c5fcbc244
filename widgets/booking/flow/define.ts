import { defineElement } from '../../core/define-element.js';
import { FrontdeskBookingView } from '../booking-view.js';
import { FrontdeskBookingFlow } from './booking-flow.js';

defineElement('frontdesk-booking-view', FrontdeskBookingView);
defineElement('frontdesk-booking-flow', FrontdeskBookingFlow);

import { defineElement } from '../../core/define-element.js';
import { FrontdeskBookingCalendar } from '../booking-calendar.js';
import { FrontdeskManageBooking } from './manage-booking.js';
import { FrontdeskManageView } from './manage-view.js';

defineElement('frontdesk-booking-calendar', FrontdeskBookingCalendar);
defineElement('frontdesk-manage-booking-view', FrontdeskManageView);
defineElement('frontdesk-manage-booking', FrontdeskManageBooking);

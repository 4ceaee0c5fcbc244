import { defineElement } from '../../core/define-element.js';
import '../calendar/define.js';
import { FrontdeskManageBooking } from './manage-booking.js';
import { FrontdeskManageView } from './manage-view.js';

defineElement('frontdesk-manage-booking-view', FrontdeskManageView);
defineElement('frontdesk-manage-booking', FrontdeskManageBooking);

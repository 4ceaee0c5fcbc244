import { defineElement } from '../../core/define-element.js';
import { FrontdeskManageSeat } from './manage-seat.js';

defineElement('frontdesk-manage-seat', FrontdeskManageSeat);

import { defineElement } from '../../core/define-element.js';
import { FrontdeskTicketJoin } from './ticket-join.js';

defineElement('frontdesk-ticket-join', FrontdeskTicketJoin);

import { defineElement } from '../core/define-element.js';
import { FrontdeskTicketView } from './ticket-view.js';
import { FrontdeskTicket } from './ticket.js';

defineElement('frontdesk-ticket-view', FrontdeskTicketView);
defineElement('frontdesk-ticket', FrontdeskTicket);

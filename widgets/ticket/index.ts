export { FrontdeskTicket } from './ticket.js';
export { FrontdeskTicketCalledEvent, FrontdeskTicketJoinedEvent } from './ticket-events.js';

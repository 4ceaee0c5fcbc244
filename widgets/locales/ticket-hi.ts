import { ticketEn } from './ticket-en.js';
import type { TicketTable } from './ticket.js';

export const ticketHi: TicketTable = ticketEn;

import { ticketEn } from './ticket-en.js';
import type { TicketTable } from './ticket.js';

export const ticketMs: TicketTable = ticketEn;

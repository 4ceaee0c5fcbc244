/** What people read on their own phone while they wait, in six languages; each but English is one small file. */
import type { Catalogue, MessageTable } from '../core/locale.js';
import { ticketEn, type TicketKey } from './ticket-en.js';

export type { TicketKey } from './ticket-en.js';
export type TicketTable = MessageTable<TicketKey>;

export const ticketCatalogue: Catalogue<TicketKey> = {
  fallback: ticketEn,
  loaders: {
    ms: async () => (await import('./ticket-ms.js')).ticketMs,
    zh: async () => (await import('./ticket-zh.js')).ticketZh,
    ta: async () => (await import('./ticket-ta.js')).ticketTa,
    hi: async () => (await import('./ticket-hi.js')).ticketHi,
    ar: async () => (await import('./ticket-ar.js')).ticketAr,
  },
};

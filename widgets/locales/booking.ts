/**
 * What people read when they book and change a booking, in six languages and three parts: what a form begins with, what comes once a
 * service is chosen, and the page of a booking's link. A reader fetches one language of the parts that are shown; of the first, English
 * travels with the code.
 */
import type { Catalogue, MessageTable } from '../core/locale.js';
import { table, type BookingStartKey } from './booking-en.js';
import type { BookingManageKey } from './booking-manage-en.js';
import type { BookingVisitKey } from './booking-visit-en.js';

export type BookingKey = BookingStartKey | BookingVisitKey | BookingManageKey;
export type BookingStartTable = MessageTable<BookingStartKey>;
export type BookingVisitTable = MessageTable<BookingVisitKey>;
export type BookingManageTable = MessageTable<BookingManageKey>;

type Table = MessageTable<BookingKey>;

/** Enough for the questions before the calendar; whoever asks for more than that waits for {@link visitCatalogue}. */
export const startCatalogue: Catalogue<BookingKey> = {
  fallback: table as unknown as Table,
  loaders: {
    ms: async () => (await import('./booking-ms.js')).table as unknown as Table,
    zh: async () => (await import('./booking-zh.js')).table as unknown as Table,
    ta: async () => (await import('./booking-ta.js')).table as unknown as Table,
    hi: async () => (await import('./booking-hi.js')).table as unknown as Table,
    ar: async () => (await import('./booking-ar.js')).table as unknown as Table,
  },
};

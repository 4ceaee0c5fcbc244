/** What people read when they book and change a booking, in six languages; each but English is one small file. */
import type { Catalogue, MessageTable } from '../core/locale.js';
import { bookingEn, type BookingKey } from './booking-en.js';

export type { BookingKey } from './booking-en.js';
export type BookingTable = MessageTable<BookingKey>;

export const bookingCatalogue: Catalogue<BookingKey> = {
  fallback: bookingEn,
  loaders: {
    ms: async () => (await import('./booking-ms.js')).bookingMs,
    zh: async () => (await import('./booking-zh.js')).bookingZh,
    ta: async () => (await import('./booking-ta.js')).bookingTa,
    hi: async () => (await import('./booking-hi.js')).bookingHi,
    ar: async () => (await import('./booking-ar.js')).bookingAr,
  },
};

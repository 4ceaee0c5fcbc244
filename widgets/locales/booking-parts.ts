/** What people read when they book several services in one visit, in six languages; each but English is one small file. */
import type { Catalogue, MessageTable } from '../core/locale.js';
import { partsEn, type PartsKey } from './booking-parts-en.js';

export type { PartsKey } from './booking-parts-en.js';
export type PartsTable = MessageTable<PartsKey>;

export const partsCatalogue: Catalogue<PartsKey> = {
  fallback: partsEn,
  loaders: {
    ms: async () => (await import('./booking-parts-ms.js')).partsMs,
    zh: async () => (await import('./booking-parts-zh.js')).partsZh,
    ta: async () => (await import('./booking-parts-ta.js')).partsTa,
    hi: async () => (await import('./booking-parts-hi.js')).partsHi,
    ar: async () => (await import('./booking-parts-ar.js')).partsAr,
  },
};

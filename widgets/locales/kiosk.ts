/** What people read at a kiosk and on its paper, in six languages; each but English is one small file. */
import type { Catalogue, MessageTable } from '../core/locale.js';
import { kioskEn, type KioskKey } from './kiosk-en.js';

export type { KioskKey } from './kiosk-en.js';
export type KioskTable = MessageTable<KioskKey>;

export const kioskCatalogue: Catalogue<KioskKey> = {
  fallback: kioskEn,
  loaders: {
    ms: async () => (await import('./kiosk-ms.js')).kioskMs,
    zh: async () => (await import('./kiosk-zh.js')).kioskZh,
    ta: async () => (await import('./kiosk-ta.js')).kioskTa,
    hi: async () => (await import('./kiosk-hi.js')).kioskHi,
    ar: async () => (await import('./kiosk-ar.js')).kioskAr,
  },
};

/** Everything that a waiting-room display says in writing. Apart from the chat's words, because no visitor of a website reads them. */
import type { Catalogue, MessageTable } from '../core/locale.js';
import { displayEn, type DisplayKey } from './display-en.js';

export type { DisplayKey };
export type DisplayTable = MessageTable<DisplayKey>;

export const displayCatalogue: Catalogue<DisplayKey> = {
  fallback: displayEn,
  loaders: {
    ms: async () => (await import('./display-ms.js')).displayMs,
    zh: async () => (await import('./display-zh.js')).displayZh,
    ta: async () => (await import('./display-ta.js')).displayTa,
    hi: async () => (await import('./display-hi.js')).displayHi,
    ar: async () => (await import('./display-ar.js')).displayAr,
  },
};

/** The words of the contact card, in six languages; each but English is one small file. */
import type { Catalogue, MessageTable } from '../core/locale.js';
import { cardEn, type CardKey } from './card-en.js';

export type { CardKey } from './card-en.js';
export type CardTable = MessageTable<CardKey>;

export const cardCatalogue: Catalogue<CardKey> = {
  fallback: cardEn,
  loaders: {
    ms: async () => (await import('./card-ms.js')).cardMs,
    zh: async () => (await import('./card-zh.js')).cardZh,
    ta: async () => (await import('./card-ta.js')).cardTa,
    hi: async () => (await import('./card-hi.js')).cardHi,
    ar: async () => (await import('./card-ar.js')).cardAr,
  },
};

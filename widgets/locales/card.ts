/** The words of the contact card, in six languages; each is one small file, so that nobody fetches two. */
import type { Locale } from '@frontdesk/protocol/locales';
import type { CardKey } from './card-en.js';

export type { CardKey } from './card-en.js';
export type CardTable = Readonly<Record<CardKey, string>>;

/** Fetches the messages of each language. */
export type WordTables<Key extends string> = Readonly<
  Record<Locale, () => Promise<{ readonly table: Readonly<Record<Key, string>> }>>
>;

export const CARD_TABLES: WordTables<CardKey> = {
  en: () => import('./card-en.js'),
  ms: () => import('./card-ms.js'),
  zh: () => import('./card-zh.js'),
  ta: () => import('./card-ta.js'),
  hi: () => import('./card-hi.js'),
  ar: () => import('./card-ar.js'),
};

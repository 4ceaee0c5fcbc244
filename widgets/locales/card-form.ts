/** What the message form of a card says: fetched by whoever writes. */
import type { WordTables } from './card.js';
import type { FormKey } from './card-form-en.js';

export type { FormKey } from './card-form-en.js';
export type FormTable = Readonly<Record<FormKey, string>>;

export const FORM_TABLES: WordTables<FormKey> = {
  en: () => import('./card-form-en.js'),
  ms: () => import('./card-form-ms.js'),
  zh: () => import('./card-form-zh.js'),
  ta: () => import('./card-form-ta.js'),
  hi: () => import('./card-form-hi.js'),
  ar: () => import('./card-form-ar.js'),
};

/** Everything a customer reads, in six languages. English comes along; each other language is one small file. */
import type { Catalogue, MessageTable } from '../core/locale.js';
import { en, type CustomerKey } from './en.js';

export type CustomerTable = MessageTable<CustomerKey>;

export const customerCatalogue: Catalogue<CustomerKey> = {
  fallback: en,
  loaders: {
    ms: async () => (await import('./ms.js')).ms,
    zh: async () => (await import('./zh.js')).zh,
    ta: async () => (await import('./ta.js')).ta,
    hi: async () => (await import('./hi.js')).hi,
    ar: async () => (await import('./ar.js')).ar,
  },
};

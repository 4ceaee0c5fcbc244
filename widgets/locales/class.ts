/** What people read when they join a class, in six languages; each but English is one small file. */
import type { Catalogue, MessageTable } from '../core/locale.js';
import { classEn, type ClassKey } from './class-en.js';

export type { ClassKey } from './class-en.js';
export type ClassTable = MessageTable<ClassKey>;

export const classCatalogue: Catalogue<ClassKey> = {
  fallback: classEn,
  loaders: {
    ms: async () => (await import('./class-ms.js')).classMs,
    zh: async () => (await import('./class-zh.js')).classZh,
    ta: async () => (await import('./class-ta.js')).classTa,
    hi: async () => (await import('./class-hi.js')).classHi,
    ar: async () => (await import('./class-ar.js')).classAr,
  },
};

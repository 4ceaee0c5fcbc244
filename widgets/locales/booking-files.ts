/** What people read when they answer with a file, in six languages; each but English is one small file. */
import type { Catalogue, MessageTable } from '../core/locale.js';
import { filesEn, type FilesKey } from './booking-files-en.js';

export type FilesTable = MessageTable<FilesKey>;

export const filesCatalogue: Catalogue<FilesKey> = {
  fallback: filesEn,
  loaders: {
    ms: async () => (await import('./booking-files-ms.js')).filesMs,
    zh: async () => (await import('./booking-files-zh.js')).filesZh,
    ta: async () => (await import('./booking-files-ta.js')).filesTa,
    hi: async () => (await import('./booking-files-hi.js')).filesHi,
    ar: async () => (await import('./booking-files-ar.js')).filesAr,
  },
};

/** What people read who prove their address with a code, in six languages; each but English is one small file. */
import type { Catalogue, MessageTable } from '../core/locale.js';
import { verifyEn, type VerifyKey } from './verify-en.js';

export type { VerifyKey } from './verify-en.js';
export type VerifyTable = MessageTable<VerifyKey>;

export const verifyCatalogue: Catalogue<VerifyKey> = {
  fallback: verifyEn,
  loaders: {
    ms: async () => (await import('./verify-ms.js')).verifyMs,
    zh: async () => (await import('./verify-zh.js')).verifyZh,
    ta: async () => (await import('./verify-ta.js')).verifyTa,
    hi: async () => (await import('./verify-hi.js')).verifyHi,
    ar: async () => (await import('./verify-ar.js')).verifyAr,
  },
};

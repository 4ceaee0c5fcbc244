/** The pages of contact cards in words, beside those that all pages share on which a business is set up. */
import type { Catalogue } from '../../core/locale.js';
import { cardSettingsEn, type CardSettingsKey } from '../../locales/card-settings-en.js';
import { setupEnglish, type SetupMessageKey } from '../setup/setup-words.js';

export type CardMessageKey = SetupMessageKey | CardSettingsKey;

export const CARDS_CATALOGUE: Catalogue<CardMessageKey> = {
  fallback: { ...setupEnglish, ...cardSettingsEn },
  loaders: { ms: async () => (await import('../../locales/card-settings-ms.js')).cardSettingsStaffMs },
};

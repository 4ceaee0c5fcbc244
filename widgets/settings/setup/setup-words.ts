/** The words that all pages share on which a business is set up, beside those of all staff elements. */
import type { Locale } from '@frontdesk/protocol/locales';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { Translator } from '../../core/locale.js';
import { setupEn, type SetupKey } from '../../locales/setup-en.js';
import { staffEn, type StaffMessageKey } from '../../locales/staff-en.js';
import { describeError } from '../../staff/words.js';

export type SetupMessageKey = StaffMessageKey | SetupKey;
export type SetupWords = Translator<SetupMessageKey>;

export const setupEnglish = { ...staffEn, ...setupEn };

/** What the owner wrote, in the reader's language where it was written in it. */
export function nameIn(words: SetupWords, names: LocalizedText): string {
  return names[words.locale] ?? names.en;
}

/** An emptied name is left out, so that English stands in for it. */
export function withName(names: LocalizedText, locale: Locale, text: string): LocalizedText {
  if (locale === 'en') return { ...names, en: text };
  const { [locale]: _before, ...others } = names;
  return text.trim() === '' ? others : { ...others, [locale]: text };
}

/** A language in its own writing, as customers read it. */
export function languageName(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  return name.slice(0, 1).toLocaleUpperCase(locale) + name.slice(1);
}

/** What went wrong, and that what was typed is still there. */
export function describeRefusal(words: SetupWords, error: ErrorBody): string {
  return error.code === 'VALIDATION' || (error.code === 'CONFLICT' && error.fields !== undefined)
    ? words.t('formCheck')
    : describeError(words, error);
}

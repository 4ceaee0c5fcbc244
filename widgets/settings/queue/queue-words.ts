/** The pages of the queue in words, beside those that all staff elements share. */
import type { Locale } from '@frontdesk/protocol/locales';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import { Translator, type Catalogue } from '../../core/locale.js';
import { queueSettingsEn, type QueueSettingsKey } from '../../locales/queue-settings-en.js';
import { staffEn, type StaffMessageKey } from '../../locales/staff-en.js';
import { describeError } from '../../staff/words.js';

export type QueueMessageKey = StaffMessageKey | QueueSettingsKey;
export type QueueWords = Translator<QueueMessageKey>;

const english = { ...staffEn, ...queueSettingsEn };

export const QUEUE_CATALOGUE: Catalogue<QueueMessageKey> = {
  fallback: english,
  loaders: { ms: async () => (await import('../../locales/queue-settings-ms.js')).queueSettingsStaffMs },
};

export const QUEUE_ENGLISH: QueueWords = new Translator({ locale: 'en', tag: 'en' }, english, english);

/** What the owner wrote, in the reader's language where it was written in it. */
export function nameIn(words: QueueWords, names: LocalizedText): string {
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

/** `12 min`, `1 hr 5 min`; below ten minutes with seconds; a dash where nothing was measured. */
export function formatSeconds(words: QueueWords, seconds: number | null): string {
  if (seconds === null) return '–';
  const unit = (value: number, name: 'second' | 'minute' | 'hour'): string =>
    words.number(value, { style: 'unit', unit: name, unitDisplay: 'short' });
  const whole = Math.round(seconds);
  if (whole < 60) return unit(whole, 'second');
  if (whole < 600 && whole % 60 !== 0) return `${unit(Math.floor(whole / 60), 'minute')} ${unit(whole % 60, 'second')}`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return unit(minutes, 'minute');
  return minutes % 60 === 0
    ? unit(minutes / 60, 'hour')
    : `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`;
}

export function formatShare(words: QueueWords, share: number | null): string {
  return share === null ? '–' : words.number(share, { style: 'percent', maximumFractionDigits: 0 });
}

/** What went wrong, and that what was typed is still there. */
export function describeRefusal(words: QueueWords, error: ErrorBody): string {
  return error.code === 'VALIDATION' || (error.code === 'CONFLICT' && error.fields !== undefined)
    ? words.t('formCheck')
    : describeError(words, error);
}

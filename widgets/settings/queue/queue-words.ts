/** The pages of the queue in words, beside those that all staff elements share. */
import { Translator, type Catalogue } from '../../core/locale.js';
import { queueSettingsEn, type QueueSettingsKey } from '../../locales/queue-settings-en.js';
import { setupEnglish, type SetupMessageKey } from '../setup/setup-words.js';

export { describeRefusal, languageName, nameIn } from '../setup/setup-words.js';

export type QueueMessageKey = SetupMessageKey | QueueSettingsKey;
export type QueueWords = Translator<QueueMessageKey>;

const english = { ...setupEnglish, ...queueSettingsEn };

export const QUEUE_CATALOGUE: Catalogue<QueueMessageKey> = {
  fallback: english,
  loaders: { ms: async () => (await import('../../locales/queue-settings-ms.js')).queueSettingsStaffMs },
};

export const QUEUE_ENGLISH: QueueWords = new Translator({ locale: 'en', tag: 'en' }, english, english);

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

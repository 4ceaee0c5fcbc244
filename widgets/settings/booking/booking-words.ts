/** The pages of booking in words, beside those that all pages share on which a business is set up. */
import type { Catalogue, Translator } from '../../core/locale.js';
import { bookingSettingsEn, type BookingSettingsKey } from '../../locales/booking-settings-en.js';
import { setupEnglish, type SetupMessageKey } from '../setup/setup-words.js';

export type BookingMessageKey = SetupMessageKey | BookingSettingsKey;
export type BookingWords = Translator<BookingMessageKey>;

export const BOOKING_CATALOGUE: Catalogue<BookingMessageKey> = {
  fallback: { ...setupEnglish, ...bookingSettingsEn },
  loaders: { ms: async () => (await import('../../locales/booking-settings-ms.js')).bookingSettingsStaffMs },
};

const MINUTES_PER_HOUR = 60;

/** `45 min`, `1 hr 5 min`. */
export function formatMinutes(words: BookingWords, minutes: number): string {
  const unit = (value: number, name: 'minute' | 'hour'): string =>
    words.number(value, { style: 'unit', unit: name, unitDisplay: 'short' });
  const hours = Math.floor(minutes / MINUTES_PER_HOUR);
  const rest = minutes % MINUTES_PER_HOUR;
  return [...(hours === 0 ? [] : [unit(hours, 'hour')]), ...(rest === 0 ? [] : [unit(rest, 'minute')])].join(' ');
}

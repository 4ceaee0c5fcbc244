/** Names, lengths and instants as the reader of a booking writes them. What the calendar needs besides is in calendar-words.ts. */
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { Translator } from '../core/locale.js';
import type { BookingKey } from '../locales/booking.js';

export type BookingWords = Translator<BookingKey>;

const MINUTE_MS = 60_000;

export const readName = (words: BookingWords, names: LocalizedText): string => names[words.locale] ?? names.en;

export const writeTime = (words: BookingWords, start: number, timeZone: string): string =>
  words.date(start * MINUTE_MS, { hour: 'numeric', minute: '2-digit', timeZone });

export const writeFull = (words: BookingWords, start: number, timeZone: string): string =>
  words.date(start * MINUTE_MS, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  });

/** A price or a length stays together where a line is broken between several. */
export const keepTogether = (text: string): string => text.replaceAll(' ', '\u00a0');

/** `30 minutes`, `1 hr 15 min`. */
export function writeLength(words: BookingWords, minutes: number): string {
  const unit = (count: number, name: string, unitDisplay: 'long' | 'short'): string =>
    words.number(count, { style: 'unit', unit: name, unitDisplay });
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return unit(rest, 'minute', 'long');
  return rest === 0 ? unit(hours, 'hour', 'long') : `${unit(hours, 'hour', 'short')} ${unit(rest, 'minute', 'short')}`;
}

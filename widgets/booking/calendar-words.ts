/** Dates, times and zones of a calendar as its reader writes them. */
import { parseDate } from '@frontdesk/domain/hours/zone';
import { toMs } from './booking-time.js';
import type { BookingWords } from './booking-words.js';

/** A date of a calendar belongs to no zone. */
const UTC = { timeZone: 'UTC' } as const;
const DAY = { ...UTC, weekday: 'long', day: 'numeric', month: 'long' } as const;
const LONG_DATE = { ...DAY, year: 'numeric' } as const;
const MONTH = { ...UTC, month: 'long', year: 'numeric' } as const;
const WEEKDAY = { long: { ...UTC, weekday: 'long' }, short: { ...UTC, weekday: 'short' } } as const;

export const writeLongDate = (words: BookingWords, date: string): string => words.date(parseDate(date), LONG_DATE);
export const writeDay = (words: BookingWords, date: string): string => words.date(parseDate(date), DAY);
export const writeMonth = (words: BookingWords, month: string): string => words.date(parseDate(`${month}-01`), MONTH);
export const writeDayNumber = (words: BookingWords, date: string): string => words.number(Number(date.slice(8)));
export const writeWeekday = (words: BookingWords, date: string, weekday: 'long' | 'short'): string =>
  words.date(parseDate(date), WEEKDAY[weekday]);

/** With the zone, for an hour that the clock shows twice. */
export const writeTimeAndZone = (words: BookingWords, start: number, timeZone: string): string =>
  words.date(toMs(start), { hour: 'numeric', minute: '2-digit', timeZone, timeZoneName: 'short' });

export const writeDayAndTime = (words: BookingWords, start: number, timeZone: string): string =>
  words.date(toMs(start), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  });

const zoneFormats = new Map<string, Intl.DateTimeFormat>();

/** `Malaysia Time`, as it is called at that start. */
export function nameZone(words: BookingWords, start: number, timeZone: string): string {
  const key = words.tag + timeZone;
  const format = zoneFormats.get(key) ?? new Intl.DateTimeFormat(words.tag, { timeZone, timeZoneName: 'long' });
  zoneFormats.set(key, format);
  return format.formatToParts(toMs(start)).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

/** `4:05`, in the reader's digits. */
export function writeRemaining(words: BookingWords, milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  const rest = words.number(seconds % 60, { minimumIntegerDigits: 2 });
  return `${words.number(Math.floor(seconds / 60))}:${rest}`;
}

/** Names and dates of a booking as its customer reads them in mails and calendars. */
import { getZone } from '@frontdesk/domain/hours/zone';
import type { BookingSummary } from '@frontdesk/protocol/booking-fields';
import type { Locale } from '@frontdesk/protocol/locales';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { Allocation } from './booking.types.js';

const LONG = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
} as const satisfies Intl.DateTimeFormatOptions;
const SHORT = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
} as const satisfies Intl.DateTimeFormatOptions;

export const readName = (names: LocalizedText, locale: Locale): string => names[locale] ?? names.en;

/** Everything that is done in one visit, and everybody who does it, in that order. */
export function nameVisit(
  { serviceNames, staffName, followedBy }: Pick<BookingSummary, 'serviceNames' | 'staffName' | 'followedBy'>,
  locale: Locale,
): { readonly services: string; readonly staff: string } {
  const parts = [{ serviceNames, staffName }, ...followedBy];
  const staff = parts.flatMap((part) => part.staffName ?? []);
  return {
    services: parts.map((part) => readName(part.serviceNames, locale)).join(' + '),
    staff: [...new Set(staff)].join(', '),
  };
}

export interface WrittenTime {
  readonly long: string;
  readonly short: string;
}

/**
 * In person by the clock at the branch, online by the customer's own if it is known; with the zone's name where another clock shows
 * another hour, so that it is one instant for everybody (BK-17).
 */
export function writeStart(
  { start, zone, customerZone }: Pick<Allocation, 'start' | 'zone' | 'customerZone'>,
  { isOnline, locale, country }: { readonly isOnline: boolean; readonly locale: Locale; readonly country: string },
): WrittenTime {
  const timeZone = isOnline ? (customerZone ?? zone) : zone;
  const atMs = start.getTime();
  const isElsewhere =
    customerZone !== null && getZone(customerZone).offsetMsAt(atMs) !== getZone(zone).offsetMsAt(atMs);
  // The language as it is spoken there: an English date in Malaysia begins with the day.
  const tag = /^[A-Z]{2}$/.test(country) ? `${locale}-${country}` : locale;
  const write = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(tag, { ...options, timeZone }).format(start);
  const parts = new Intl.DateTimeFormat(tag, { timeZone, timeZoneName: 'long' }).formatToParts(start);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
  return { long: isOnline || isElsewhere ? `${write(LONG)} (${name})` : write(LONG), short: write(SHORT) };
}

/** Days and times of a card in a reader's language, by the clock on the wall of the location. */
import type { OpeningHours } from '@frontdesk/protocol/hours';
import { labelOfDate, openWindows, windowsOnDate } from '../hours/opening-hours.js';
import { addDays, parseDate, type Zone } from '../hours/zone.js';

const dayMs = 86_400_000;
const WEEK_DAYS = 7;
const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;

/** The time alone today, with the weekday within a week, with the date beyond. */
export function writeWhen(atMs: number, nowMs: number, zone: Zone, languageTag: string): string {
  const dayOf = (instantMs: number): number => parseDate(zone.toWall(instantMs).date);
  const days = Math.round((dayOf(atMs) - dayOf(nowMs)) / dayMs);
  const day: Intl.DateTimeFormatOptions =
    days === 0 ? {} : days < WEEK_DAYS ? { weekday: 'short' } : { weekday: 'short', day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(languageTag, { ...day, ...CLOCK, timeZone: zone.name }).format(atMs);
}

export interface CardDay {
  readonly date: string;
  /** `Monday` */
  readonly weekday: string;
  /** `9:00 AM – 5:00 PM`; none when it is closed. */
  readonly spans: readonly string[];
  readonly isAllDay: boolean;
  /** Why it differs from other weeks. */
  readonly label: string | null;
}

/** Today and the six days after it, special days as they are. */
export function describeDays(hours: OpeningHours, zone: Zone, nowMs: number, languageTag: string): CardDay[] {
  const today = zone.toWall(nowMs).date;
  const clock = new Intl.DateTimeFormat(languageTag, { ...CLOCK, timeZone: zone.name });
  const weekday = new Intl.DateTimeFormat(languageTag, { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: WEEK_DAYS }, (_, index) => {
    const date = addDays(today, index);
    const windows = windowsOnDate(hours, date).length === 0 ? [] : openWindows(hours, zone, date, date);
    const startMs = zone.toInstant(date, 0);
    const endMs = zone.toInstant(addDays(date, 1), 0);
    return {
      date,
      weekday: weekday.format(parseDate(date)),
      isAllDay: windows.some(({ fromMs, toMs }) => fromMs <= startMs && toMs >= endMs),
      spans: windows.map(({ fromMs, toMs }) => `${clock.format(fromMs)} – ${clock.format(toMs)}`),
      label: labelOfDate(hours, date),
    };
  });
}

/** Days and times of a card in a reader's language, by the clock on the wall of the location. */
import type { OpeningDay } from '@frontdesk/protocol/hours';
import { indexOfDay } from '../hours/opening.js';

const minuteMs = 60_000;
const WEEK_DAYS = 7;
const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;

/** When is now, where is it, and who reads. */
export interface CardTime {
  readonly days: readonly OpeningDay[];
  readonly nowMs: number;
  readonly timeZone: string;
  readonly languageTag: string;
}

/** The time alone today, with the weekday within a week, with the date beyond. */
export function writeWhen(atMs: number, { days, nowMs, timeZone, languageTag }: CardTime): string {
  const ahead = indexOfDay(days, atMs) - indexOfDay(days, nowMs);
  const day: Intl.DateTimeFormatOptions =
    ahead === 0 ? {} : ahead < WEEK_DAYS ? { weekday: 'short' } : { weekday: 'short', day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(languageTag, { ...day, ...CLOCK, timeZone }).format(atMs);
}

export interface CardDay {
  /** `Monday` */
  readonly weekday: string;
  /** `9:00 AM – 5:00 PM`; none when it is closed. */
  readonly spans: readonly string[];
  readonly isAllDay: boolean;
  /** Why it differs from other weeks. */
  readonly label: string | null;
}

/** Today and the six days after it, special days as they are. */
export function describeDays({ days, nowMs, timeZone, languageTag }: CardTime): CardDay[] {
  const clock = new Intl.DateTimeFormat(languageTag, { ...CLOCK, timeZone });
  const weekday = new Intl.DateTimeFormat(languageTag, { weekday: 'long', timeZone });
  const today = indexOfDay(days, nowMs);
  // By a clock that is wrong by weeks no day is today; the second was, when the days were listed.
  const first = today < 0 || !days[today + WEEK_DAYS] ? 1 : today;
  return days.slice(first, first + WEEK_DAYS).map(({ start, spans, label }, index) => ({
    weekday: weekday.format(start * minuteMs),
    isAllDay: spans.some(([from, to]) => from <= start && to >= (days[first + index + 1]?.start ?? Infinity)),
    spans: spans.map(([from, to]) => `${clock.format(from * minuteMs)} – ${clock.format(to * minuteMs)}`),
    label,
  }));
}

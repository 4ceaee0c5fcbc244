/** Dates and hours in words. */
import type { OpeningHours, TimeWindow } from '@frontdesk/protocol/hours';
import type { SetupWords } from './setup-words.js';

const DAY_MS = 86_400_000;
/** A Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1);

/** 0 is Monday (ISO 8601). */
export function weekdayName(words: SetupWords, day: number, style: 'long' | 'short' = 'long'): string {
  return words.date(MONDAY_MS + day * DAY_MS, { weekday: style, timeZone: 'UTC' });
}

/** `YYYY-MM-DD` in words; a date of the calendar, not an instant. */
export function formatDay(words: SetupWords, date: string): string {
  return words.date(Date.parse(`${date}T00:00:00Z`), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** `09:00` as the reader writes it. */
export function formatWallTime(words: SetupWords, time: string): string {
  const [hours = '0', minutes = '0'] = time.split(':');
  return words.date(Date.UTC(2024, 0, 1, Number(hours) % 24, Number(minutes)), {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  });
}

/** The date of now in a zone, shifted by days. */
export function dateIn(timeZone: string, shiftDays = 0, nowMs = Date.now()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    nowMs + shiftDays * DAY_MS,
  );
}

export interface HoursLine {
  readonly days: string;
  readonly times: string;
}

/** The week as customers read it: neighbours with the same hours share a line. */
export function describeWeek(words: SetupWords, { weekly }: Pick<OpeningHours, 'weekly'>): readonly HoursLine[] {
  const groups: { from: number; to: number; windows: readonly TimeWindow[] }[] = [];
  for (const [day, windows] of weekly.entries()) {
    const last = groups.at(-1);
    if (last !== undefined && JSON.stringify(last.windows) === JSON.stringify(windows)) last.to = day;
    else groups.push({ from: day, to: day, windows });
  }
  return groups.map(({ from, to, windows }) => ({
    days: from === to ? weekdayName(words, from) : `${weekdayName(words, from)} – ${weekdayName(words, to)}`,
    times:
      windows.length === 0
        ? words.t('hoursClosed')
        : words.list(windows.map((one) => `${formatWallTime(words, one.from)} – ${formatWallTime(words, one.to)}`)),
  }));
}

/** The plan of the day before a date. */
export function windowsBefore({ weekly, specialDays, holidays }: OpeningHours, date: string): readonly TimeWindow[] {
  const day = new Date(Date.parse(date) - DAY_MS);
  const before = day.toISOString().slice(0, 10);
  const special = specialDays.find((one) => one.date === before);
  if (special) return special.windows;
  return holidays.some((one) => one.date === before) ? [] : (weekly[(day.getUTCDay() + 6) % 7] ?? []);
}

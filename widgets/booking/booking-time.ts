/**
 * Dates and starts as a calendar shows them. Starts are epoch minutes, as the slot engine has them; dates are `YYYY-MM-DD` and months
 * `YYYY-MM` of the zone that is shown, which need not be the business's (booking.md 5.2, rule 4).
 */
import { decodeSlots } from '@frontdesk/domain/booking/slot-codec';
import { addDays, formatDate, getZone, parseDate, weekdayOf } from '@frontdesk/domain/hours/zone';
import type { SlotList } from '@frontdesk/protocol/booking-visitor';

const MINUTE_MS = 60_000;
const NOON = 12 * 60;
const EVENING = 17 * 60;

export type PartOfDay = 'morning' | 'afternoon' | 'evening';
export const PARTS_OF_DAY = ['morning', 'afternoon', 'evening'] as const satisfies readonly PartOfDay[];

export const toMs = (start: number): number => start * MINUTE_MS;
export const toInstant = (start: number): string => new Date(toMs(start)).toISOString();
export const toStart = (instant: string): number => Date.parse(instant) / MINUTE_MS;

export const dateOf = (start: number, timeZone: string): string => getZone(timeZone).toWall(toMs(start)).date;
export const monthOf = (date: string): string => date.slice(0, 7);
export const firstOf = (month: string): string => `${month}-01`;

export function addMonths(month: string, months: number): string {
  const first = new Date(parseDate(firstOf(month)));
  return monthOf(formatDate(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + months, 1)));
}

export const lastOf = (month: string): string => addDays(firstOf(addMonths(month, 1)), -1);

/** The same day of another month, or that month's last day. */
export function addMonthsToDate(date: string, months: number): string {
  const month = addMonths(monthOf(date), months);
  const last = lastOf(month);
  const same = `${month}-${date.slice(8)}`;
  return same < last ? same : last;
}

/** All starts in order. */
export const readStarts = (list: SlotList): number[] => decodeSlots(list).flat();

export type StartsByDate = ReadonlyMap<string, readonly number[]>;

const grouped = new WeakMap<readonly number[], { readonly timeZone: string; readonly groups: StartsByDate }>();

/** By dates of that zone. A list is grouped once, however often it is drawn. */
export function groupByDate(starts: readonly number[], timeZone: string): StartsByDate {
  const known = grouped.get(starts);
  if (known?.timeZone === timeZone) return known.groups;
  const zone = getZone(timeZone);
  const groups = new Map<string, number[]>();
  let group: number[] = [];
  let [from, to] = [0, 0];
  for (const start of starts) {
    // Zones are asked once for each day, not for each start.
    if (start < from || start >= to) {
      const { date } = zone.toWall(toMs(start));
      [from, to] = [date, addDays(date, 1)].map((day) => zone.toInstant(day, 0) / MINUTE_MS) as [number, number];
      group = groups.get(date) ?? [];
      groups.set(date, group);
    }
    group.push(start);
  }
  grouped.set(starts, { timeZone, groups });
  return groups;
}

export function partOfDay(start: number, timeZone: string): PartOfDay {
  const { minutes } = getZone(timeZone).toWall(toMs(start));
  if (minutes < NOON) return 'morning';
  return minutes < EVENING ? 'afternoon' : 'evening';
}

/** Rows of seven; null before the first and after the last day. `firstWeekday` is 1 for Monday to 7 for Sunday. */
export function layOutMonth(month: string, firstWeekday: number): (string | null)[][] {
  const first = firstOf(month);
  const last = lastOf(month);
  const blanks = (weekdayOf(first) - firstWeekday + 7) % 7;
  const weeks: (string | null)[][] = [];
  for (let start = addDays(first, -blanks); start <= last; start = addDays(start, 7)) {
    const week = Array.from({ length: 7 }, (_, index) => addDays(start, index));
    weeks.push(week.map((date) => (date < first || date > last ? null : date)));
  }
  return weeks;
}

/** Where no browser says it: Saturday for Arabic, Monday for Malay and Chinese, Sunday for the others we speak. */
const FIRST_WEEKDAYS: Readonly<Record<string, number>> = { ar: 6, ms: 1, zh: 1 };
const SUNDAY = 7;

interface WeekInfoLocale extends Intl.Locale {
  readonly weekInfo?: { readonly firstDay: number };
  getWeekInfo?(): { readonly firstDay: number };
}

const firstWeekdays = new Map<string, number>();

/** 1 is Monday, 7 is Sunday. */
export function firstWeekdayOf(tag: string): number {
  let first = firstWeekdays.get(tag);
  if (first === undefined) {
    const locale = new Intl.Locale(tag) as WeekInfoLocale;
    const info = locale.getWeekInfo?.() ?? locale.weekInfo;
    first = info?.firstDay ?? FIRST_WEEKDAYS[locale.language] ?? SUNDAY;
    firstWeekdays.set(tag, first);
  }
  return first;
}

/** Whether the clocks of two zones differ at this start. */
export function hasOtherClock(start: number, one: string, other: string): boolean {
  return getZone(one).offsetMsAt(toMs(start)) !== getZone(other).offsetMsAt(toMs(start));
}

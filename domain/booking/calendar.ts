/**
 * When a branch and its people are there, by date, as the slot engine reads it (booking.md 5.2, rule 1): an opening that the clock
 * skips is the gap's end and of two the earlier, a closing of two the later, and a day ends where the next one begins. A window past
 * midnight belongs to the date that it opens on.
 *
 * Dates are asked again and again, so each is worked out once per calendar; a calendar lives as long as the hours that it was made of.
 */
import type { OpeningHours, TimeWindow } from '@frontdesk/protocol/hours';
import { BOOKING_QUANTUM_MINUTES } from '@frontdesk/protocol/vocabulary';
import { closingMinutes, windowsOnDate } from '../hours/opening-hours.js';
import { createZoneTable, earliestInstant, latestInstant, wallMinuteOf, type ZoneTable } from '../hours/zone-table.js';
import { addDays, parseDate, parseWallTime, type Zone } from '../hours/zone.js';
import { unite, type Intervals } from './intervals.js';

const dayMinutes = 1_440;
const dayMs = 86_400_000;

/** One window of one date. */
export interface Window {
  /** Epoch minutes, half open. */
  readonly from: number;
  readonly to: number;
  /** The opening by the clock on the wall, in minutes since 1970 there: where a grid that follows the opening begins. */
  readonly anchor: number;
  readonly table: ZoneTable;
}

export interface Calendar {
  /** Windows that open on a date, in order. */
  windowsOn(date: string): readonly Window[];
}

function toWindow(window: TimeWindow, hours: OpeningHours, date: string, table: ZoneTable): Window {
  const midnight = wallMinuteOf(date);
  const opening = parseWallTime(window.from);
  const closing = closingMinutes(window, hours, date);
  // The midnight that ends a date is the start of the next one, even where the clock shows it twice.
  const toClosing = closing === dayMinutes ? earliestInstant : latestInstant;
  return {
    from: earliestInstant(table, midnight + opening),
    to: toClosing(table, midnight + closing),
    // Claims and lists count quanta, so a grid that opens at 09:02 starts at 09:05.
    anchor: midnight + Math.ceil(opening / BOOKING_QUANTUM_MINUTES) * BOOKING_QUANTUM_MINUTES,
    table,
  };
}

function buildDate(zone: Zone, hours: OpeningHours, date: string): readonly Window[] {
  const windows = windowsOnDate(hours, date);
  if (windows.length === 0) return [];
  const wallMs = parseDate(date);
  const table = createZoneTable(zone, wallMs - 2 * dayMs, wallMs + 4 * dayMs);
  const midnight = wallMinuteOf(date);
  // A date that the zone left out has no hours.
  if (earliestInstant(table, midnight) === earliestInstant(table, midnight + dayMinutes)) return [];
  return windows
    .map((window) => toWindow(window, hours, date, table))
    .filter(({ from, to }) => from < to)
    .sort((one, other) => one.from - other.from);
}

function rememberDates(build: (date: string) => readonly Window[]): Calendar {
  const dates = new Map<string, readonly Window[]>();
  return {
    windowsOn(date) {
      let windows = dates.get(date);
      if (!windows) {
        windows = build(date);
        dates.set(date, windows);
      }
      return windows;
    },
  };
}

export function createCalendar(zone: Zone, hours: OpeningHours): Calendar {
  return rememberDates((date) => buildDate(zone, hours, date));
}

/** When both are there; a window belongs to the date of `branch`, and its grid begins with whichever opens later. */
export function restrictCalendar(branch: Calendar, own: Calendar): Calendar {
  return rememberDates((date) => {
    const near = [addDays(date, -1), date, addDays(date, 1)].flatMap((day) => own.windowsOn(day));
    return branch.windowsOn(date).flatMap((window) =>
      near
        .map((other) => ({
          from: Math.max(window.from, other.from),
          to: Math.min(window.to, other.to),
          anchor: other.from > window.from ? other.anchor : window.anchor,
          table: window.table,
        }))
        .filter(({ from, to }) => from < to),
    );
  });
}

/** All windows of `days` dates from `from` on as one set of time; what touches is one. */
export function openTime(calendar: Calendar, from: string, days: number): Intervals {
  const windows: Window[] = [];
  for (let day = 0; day < days; day += 1) windows.push(...calendar.windowsOn(addDays(from, day)));
  return unite(windows.map((window) => [window.from, window.to] as const));
}

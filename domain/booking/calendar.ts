/**
 * When a branch and its people are there, by date, as the slot engine reads it. A window past midnight belongs to the date that
 * it opens on.
 *
 * Dates are asked again and again, so each is worked out once per calendar; a calendar lives as long as the hours that it was made of.
 */
import type { OpeningHours } from '@frontdesk/protocol/hours';
import { BOOKING_QUANTUM_MINUTES } from '@frontdesk/protocol/vocabulary';
import { spansOnDate, windowsOnDate } from '../hours/opening-hours.js';
import { createZoneTable, wallMinuteOf, type ZoneTable } from '../hours/zone-table.js';
import { formatDate, parseDate, parseWallTime, type Zone } from '../hours/zone.js';
import { createGrids, type Grids } from './grid.js';
import { unite, type Intervals } from './intervals.js';

const dayMs = 86_400_000;

/** One window of one date. */
export interface Window {
  /** Epoch minutes, half open. */
  readonly from: number;
  readonly to: number;
  /** By the clock on the wall, in minutes since 1970 there. */
  readonly opening: number;
  readonly table: ZoneTable;
  readonly grids: Grids;
}

function createWindow(table: ZoneTable, from: number, to: number, opening: number): Window {
  return { from, to, opening, table, grids: createGrids(table, from, to, opening) };
}

/** Dates as numbers, for loops: days since 1970-01-01. */
export function dayOf(date: string): number {
  return parseDate(date) / dayMs;
}

export function dateOf(day: number): string {
  return formatDate(day * dayMs);
}

export interface Calendar {
  /** Windows that open on a date ({@link dayOf}), in order. */
  windowsOn(day: number): readonly Window[];
}

function toWindow(
  { from, to, window }: ReturnType<typeof spansOnDate>[number],
  table: ZoneTable,
  date: string,
): Window {
  // Claims and lists count quanta, so a grid that opens at 09:02 starts at 09:05.
  const opening = Math.ceil(parseWallTime(window.from) / BOOKING_QUANTUM_MINUTES) * BOOKING_QUANTUM_MINUTES;
  return createWindow(table, from, to, wallMinuteOf(date) + opening);
}

function buildDay(zone: Zone, hours: OpeningHours, day: number): readonly Window[] {
  const date = dateOf(day);
  if (windowsOnDate(hours, date).length === 0) return [];
  const table = createZoneTable(zone, (day - 2) * dayMs, (day + 4) * dayMs);
  return spansOnDate(hours, date, table)
    .map((span) => toWindow(span, table, date))
    .sort((one, other) => one.from - other.from);
}

function rememberDays(build: (day: number) => readonly Window[]): Calendar {
  const days = new Map<number, readonly Window[]>();
  return {
    windowsOn(day) {
      let windows = days.get(day);
      if (!windows) {
        windows = build(day);
        days.set(day, windows);
      }
      return windows;
    },
  };
}

export function createCalendar(zone: Zone, hours: OpeningHours): Calendar {
  return rememberDays((day) => buildDay(zone, hours, day));
}

/** When both are there; a window belongs to the date of `branch`, and its grid begins with whichever opens later. */
export function restrictCalendar(branch: Calendar, own: Calendar): Calendar {
  return rememberDays((day) => {
    const near = [day - 1, day, day + 1].flatMap((other) => own.windowsOn(other));
    return branch.windowsOn(day).flatMap((window) =>
      near
        .filter((other) => other.from < window.to && window.from < other.to)
        .map((other) => {
          const later = other.from > window.from ? other : window;
          return createWindow(window.table, later.from, Math.min(window.to, other.to), later.opening);
        }),
    );
  });
}

interface OpenTime {
  readonly from: number;
  readonly days: number;
  readonly open: Intervals;
}

/** What each calendar was asked for last: a list is asked for by many and for the same dates. */
const openTimes = new WeakMap<Calendar, OpenTime>();

/** All windows of `days` dates from a day on as one set of time; what touches is one. */
export function openTime(calendar: Calendar, from: number, days: number): Intervals {
  const known = openTimes.get(calendar);
  if (known?.from === from && known.days === days) return known.open;
  const spans: (readonly [from: number, to: number])[] = [];
  for (let day = from; day < from + days; day += 1) {
    for (const window of calendar.windowsOn(day)) spans.push([window.from, window.to]);
  }
  const open = unite(spans);
  openTimes.set(calendar, { from, days, open });
  return open;
}

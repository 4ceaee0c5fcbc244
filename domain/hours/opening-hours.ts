/**
 * When a location is open. The weekly plan holds unless a special day replaces it; a holiday closes unless a special day on the
 * same date opens. A window whose end is at or before its start ends on the next day.
 *
 * Queue, booking and the contact card ask here, so that they never disagree. Windows are half open: `[fromMs, toMs)`.
 */
import type { OpeningHours, TimeWindow } from '@frontdesk/protocol/hours';
import { createZoneTable, earliestInstant, latestInstant, wallMinuteOf, type ZoneTable } from './zone-table.js';
import { addDays, parseDate, parseWallTime, weekdayOf, type Zone } from './zone.js';

export interface OpenWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A place that has no hour set within this many days is shown as closed without a next opening. */
const horizonDays = 60;
const dayMinutes = 1_440;
const minuteMs = 60_000;
/** Zones lie within a day of UTC, and a window may reach into the day after its date. */
const marginMs = 2 * dayMinutes * minuteMs;

/** The plan of one date, whichever rule it comes from. */
export function windowsOnDate(hours: OpeningHours, date: string): readonly TimeWindow[] {
  const special = hours.specialDays.find((day) => day.date === date);
  if (special) return special.windows;
  if (hours.holidays.some((holiday) => holiday.date === date)) return [];
  return hours.weekly[weekdayOf(date) - 1] ?? [];
}

/** Why this date differs from the weekly plan; null when it does not. */
export function labelOfDate(hours: OpeningHours, date: string): string | null {
  const special = hours.specialDays.find((day) => day.date === date);
  return (special ? special.label : hours.holidays.find((holiday) => holiday.date === date)?.label) ?? null;
}

/** Whether a night that began the day before `date` ends at midnight. */
export function cutsNightBefore(hours: OpeningHours, date: string): boolean {
  return hours.specialDays.some((day) => day.date === date && day.cutsNightBefore === true);
}

/** Minutes from the midnight that begins `date` to the end of a window of that date; above 1440 when it spills into the next. */
export function closingMinutes({ from, to }: TimeWindow, hours: OpeningHours, date: string): number {
  const end = parseWallTime(to);
  if (end > parseWallTime(from)) return end;
  return cutsNightBefore(hours, addDays(date, 1)) ? dayMinutes : dayMinutes + end;
}

/** Epoch minutes, half open. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What the plan of a date means in time (booking.md 5.2, rule 1), in the order of the plan: an opening that the clock skips is the gap's
 * end and of two the earlier, a closing of two the later. Without those that the change of the clock leaves nothing of. `table` reaches
 * two days beyond the date at both ends.
 */
export function spansOnDate(
  hours: OpeningHours,
  date: string,
  table: ZoneTable,
): (Span & { readonly window: TimeWindow })[] {
  const midnight = wallMinuteOf(date);
  // A date that the zone left out has no hours.
  if (earliestInstant(table, midnight) === earliestInstant(table, midnight + dayMinutes)) return [];
  return windowsOnDate(hours, date).flatMap((window) => {
    const closing = closingMinutes(window, hours, date);
    // The midnight that ends a date is the start of the next one, even where the clock shows it twice.
    const toClosing = closing === dayMinutes ? earliestInstant : latestInstant;
    const from = earliestInstant(table, midnight + parseWallTime(window.from));
    const to = toClosing(table, midnight + closing);
    return from < to ? [{ from, to, window }] : [];
  });
}

function merge(windows: OpenWindow[]): OpenWindow[] {
  const merged: OpenWindow[] = [];
  for (const window of windows.sort((one, other) => one.fromMs - other.fromMs)) {
    const last = merged.at(-1);
    if (last && window.fromMs <= last.toMs) {
      merged[merged.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, window.toMs) };
    } else {
      merged.push(window);
    }
  }
  return merged;
}

/** Windows that begin on the dates `from` to `to`, merged and in order; two that touch are one. */
export function openWindows(hours: OpeningHours, zone: Zone, from: string, to: string): OpenWindow[] {
  const table = createZoneTable(zone, parseDate(from) - marginMs, parseDate(to) + 2 * marginMs);
  const windows: OpenWindow[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    for (const span of spansOnDate(hours, date, table)) {
      windows.push({ fromMs: span.from * minuteMs, toMs: span.to * minuteMs });
    }
  }
  return merge(windows);
}

/** Windows that touch `[fromMs, toMs)`, one that began the evening before included. */
export function openWindowsBetween(hours: OpeningHours, zone: Zone, fromMs: number, toMs: number): OpenWindow[] {
  const first = addDays(zone.toWall(fromMs).date, -1);
  return openWindows(hours, zone, first, zone.toWall(toMs).date).filter(
    (window) => window.toMs > fromMs && window.fromMs < toMs,
  );
}

/** The window that is open now; undefined when closed. */
export function findOpenWindow(hours: OpeningHours, zone: Zone, nowMs: number): OpenWindow | undefined {
  return openWindowsBetween(hours, zone, nowMs, nowMs + 1).find(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs);
}

/** When it opens next; now when it is open; undefined when nothing is planned within two months. */
export function findNextOpening(hours: OpeningHours, zone: Zone, nowMs: number): number | undefined {
  const { date } = zone.toWall(nowMs);
  // Windows of a date begin before those of the next, so the first date that has any decides.
  for (let days = -1; days <= horizonDays; days += 1) {
    const on = addDays(date, days);
    const next = openWindows(hours, zone, on, on).find(({ toMs }) => toMs > nowMs);
    if (next) return Math.max(next.fromMs, nowMs);
  }
  return undefined;
}

/**
 * The last closing after `nowMs` and no later than `dayEndMs`; undefined when it stays closed until then, or is open beyond (a
 * place that never closes).
 */
export function findClosing(hours: OpeningHours, zone: Zone, nowMs: number, dayEndMs: number): number | undefined {
  return openWindowsBetween(hours, zone, nowMs, dayEndMs).findLast(({ toMs }) => toMs <= dayEndMs)?.toMs;
}

/** Milliseconds of `[fromMs, toMs)` in which the location is closed: breaks, nights. */
export function closedMsBetween(hours: OpeningHours, zone: Zone, fromMs: number, toMs: number): number {
  if (toMs <= fromMs) return 0;
  const openMs = openWindowsBetween(hours, zone, fromMs, toMs).reduce(
    (sum, window) => sum + Math.min(window.toMs, toMs) - Math.max(window.fromMs, fromMs),
    0,
  );
  return toMs - fromMs - openMs;
}

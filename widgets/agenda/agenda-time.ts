/**
 * Dates and minutes of the branch as the agenda draws them. Pure. Instants are epoch milliseconds; dates are `YYYY-MM-DD` of the branch's
 * zone, never of the reader's.
 */
import { openWindowsBetween } from '@frontdesk/domain/hours/opening-hours';
import { addDays, parseDate, weekdayOf, type Zone } from '@frontdesk/domain/hours/zone';
import type { OpeningHours } from '@frontdesk/protocol/hours';

export { addDays, getZone, type Zone } from '@frontdesk/domain/hours/zone';

export const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

export const dateAt = (zone: Zone, instantMs: number): string => zone.toWall(instantMs).date;
/** The Monday of a date's week. */
export const mondayOf = (date: string): string => addDays(date, 1 - weekdayOf(date));
export const daysFrom = (date: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => addDays(date, index));
/** For `Intl`, which formats instants: the date's noon, to be shown in UTC. */
export const noonOf = (date: string): number => parseDate(date) + 12 * HOUR * MINUTE_MS;

/** Part of a day, in minutes of its axis. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What is drawn from top to bottom. One day counts elapsed minutes since its midnight, so that an hour that comes twice is drawn twice;
 * several days side by side count minutes of the clock on the wall, because one scale stands for all of them.
 */
export interface Axis extends Span {
  readonly zone: Zone;
  readonly isElapsed: boolean;
}

export function minuteOf({ zone, isElapsed }: Pick<Axis, 'zone' | 'isElapsed'>, date: string, atMs: number): number {
  if (isElapsed) return (atMs - zone.toInstant(date, 0)) / MINUTE_MS;
  const wall = zone.toWall(atMs);
  return wall.minutes + (parseDate(wall.date) - parseDate(date)) / MINUTE_MS;
}

export function instantOf({ zone, isElapsed }: Pick<Axis, 'zone' | 'isElapsed'>, date: string, minute: number): number {
  return isElapsed ? zone.toInstant(date, 0) + minute * MINUTE_MS : zone.toInstant(date, minute);
}

/** The instants that a date lasts. */
export function dayOf(zone: Zone, date: string): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: zone.toInstant(date, 0), toMs: zone.toInstant(addDays(date, 1), 0) };
}

/** Shown of a day on which nothing is open and nothing is booked. */
const QUIET_DAY: Span = { from: 9 * HOUR, to: 17 * HOUR };

function unite(spans: readonly Span[]): Span[] {
  const united: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((one, other) => one.from - other.from)) {
    const last = united.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else united.push({ from, to });
  }
  return united;
}

function openSpans(axis: Pick<Axis, 'zone' | 'isElapsed'>, hours: OpeningHours, date: string): Span[] {
  const { fromMs, toMs } = dayOf(axis.zone, date);
  return openWindowsBetween(hours, axis.zone, fromMs, toMs).map((window) => ({
    from: minuteOf(axis, date, Math.max(fromMs, window.fromMs)),
    to: minuteOf(axis, date, Math.min(toMs, window.toMs)),
  }));
}

export interface AxisQuestion {
  readonly zone: Zone;
  readonly dates: readonly string[];
  readonly hours: OpeningHours;
  /** What must be seen besides the hours, by date. */
  readonly busy: readonly { readonly date: string; readonly fromMs: number; readonly toMs: number }[];
}

/** From the first hour in which somebody is there to the last. */
export function createAxis({ zone, dates, hours, busy }: AxisQuestion): Axis {
  const scale = { zone, isElapsed: dates.length === 1 };
  const spans = [
    ...dates.flatMap((date) => openSpans(scale, hours, date)),
    ...busy.map(({ date, fromMs, toMs }) => ({
      from: minuteOf(scale, date, Math.max(fromMs, dayOf(zone, date).fromMs)),
      to: minuteOf(scale, date, Math.min(toMs, dayOf(zone, date).toMs)),
    })),
  ];
  const shown = spans.length > 0 ? spans : [QUIET_DAY];
  const from = Math.floor(Math.min(...shown.map((span) => span.from)) / HOUR) * HOUR;
  const to = Math.ceil(Math.max(...shown.map((span) => span.to)) / HOUR) * HOUR;
  return { ...scale, from, to: Math.max(to, from + HOUR) };
}

/** The full hours of an axis, with the instant that each is on a date. */
export function listHours(axis: Axis, date: string): { readonly minute: number; readonly atMs: number }[] {
  const count = Math.floor((axis.to - axis.from) / HOUR);
  return Array.from({ length: count }, (_, index) => {
    const minute = axis.from + index * HOUR;
    return { minute, atMs: instantOf(axis, date, minute) };
  });
}

/** When somebody is not there: outside the branch's hours or their own. */
export function listClosed(axis: Axis, date: string, plans: readonly (OpeningHours | null)[]): Span[] {
  const closed = plans.flatMap((hours) => {
    if (hours === null) return [];
    const edges = [axis.from, ...openSpans(axis, hours, date).flatMap(({ from, to }) => [from, to]), axis.to];
    return Array.from({ length: edges.length / 2 }, (_, index) => ({
      from: Math.max(axis.from, edges[2 * index] ?? axis.from),
      to: Math.min(axis.to, edges[2 * index + 1] ?? axis.to),
    })).filter(({ from, to }) => from < to);
  });
  return unite(closed);
}

/** Minutes of a wall time as a field shows it, `HH:MM`. */
export function toClock(minutes: number): string {
  const inDay = ((minutes % DAY) + DAY) % DAY;
  return `${String(Math.floor(inDay / HOUR)).padStart(2, '0')}:${String(inDay % HOUR).padStart(2, '0')}`;
}

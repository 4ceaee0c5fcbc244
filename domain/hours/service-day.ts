/**
 * Service days: a place that is open past midnight keeps one day, which changes at `dayStart` by the clock on its wall. The zone is
 * the location's, never the server's and never a browser's.
 */
import { addDays, parseWallTime, type Zone } from './zone.js';

/**
 * The service day (`YYYY-MM-DD`) that an instant belongs to. Asked of the instants at which days begin, not of the clock: where it
 * is set back over `dayStart`, the day before must not come again.
 */
export function serviceDayOf(zone: Zone, dayStart: string, nowMs: number): string {
  const minutes = parseWallTime(dayStart);
  let day = zone.toWall(nowMs).date;
  while (nowMs < zone.toInstant(day, minutes)) day = addDays(day, -1);
  return day;
}

/** `[startMs, endMs)` of a service day; 23 or 25 hours where the clock changes, nothing for a date that a zone left out. */
export function serviceDayBounds(zone: Zone, dayStart: string, day: string): { startMs: number; endMs: number } {
  const minutes = parseWallTime(dayStart);
  return { startMs: zone.toInstant(day, minutes), endMs: zone.toInstant(addDays(day, 1), minutes) };
}

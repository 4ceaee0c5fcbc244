/**
 * Service days: a place that is open past midnight keeps one day, which changes at `dayStart` by the clock on its wall. The zone is
 * the location's, never the server's and never a browser's.
 */
import { addDays, parseWallTime, type Zone } from './zone.js';

/** The service day (`YYYY-MM-DD`) that an instant belongs to. */
export function serviceDayOf(zone: Zone, dayStart: string, nowMs: number): string {
  const { date, minutes } = zone.toWall(nowMs);
  return minutes >= parseWallTime(dayStart) ? date : addDays(date, -1);
}

/** `[startMs, endMs)` of a service day; 23 or 25 hours where the clock changes. */
export function serviceDayBounds(zone: Zone, dayStart: string, day: string): { startMs: number; endMs: number } {
  const minutes = parseWallTime(dayStart);
  return { startMs: zone.toInstant(day, minutes), endMs: zone.toInstant(addDays(day, 1), minutes) };
}

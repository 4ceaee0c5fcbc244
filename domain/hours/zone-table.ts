/**
 * A stretch of days in one zone as plain integers, for loops that must not ask dates. Everything is epoch minutes: of instants, and of
 * the wall (minutes since 1970-01-01T00:00 as the clock shows it). Zones have had whole minutes of offset since 1972.
 *
 * An opening and a closing that the clock skips or shows twice are read differently (booking.md 5.2, rule 1): the business is open
 * for as long as its plan can mean.
 */
import { parseDate, type Zone } from './zone.js';

const minuteMs = 60_000;

/** A stretch with one offset: `[from, to)` in epoch minutes, `offset` in minutes east of Greenwich. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** In order and without gaps, from minus to plus infinity; right between the two instants that it was made for. */
export type ZoneTable = readonly Stretch[];

/** Minutes on the wall at which a date begins. */
export function wallMinuteOf(date: string): number {
  return parseDate(date) / minuteMs;
}

export function createZoneTable(zone: Zone, fromMs: number, toMs: number): ZoneTable {
  const stretches: Stretch[] = [];
  let from = -Infinity;
  let offset = zone.offsetMsAt(fromMs) / minuteMs;
  for (const change of zone.transitionsBetween(fromMs, toMs)) {
    const to = change.atMs / minuteMs;
    stretches.push({ from, to, offset });
    from = to;
    offset = change.offsetMs / minuteMs;
  }
  stretches.push({ from, to: Infinity, offset });
  return stretches;
}

/** The instant of an opening, and of the start of a day: of two the earlier; in a gap the gap's end. */
export function earliestInstant(table: ZoneTable, wallMinute: number): number {
  for (const { from, to, offset } of table) {
    const instant = wallMinute - offset;
    if (instant < to) return Math.max(instant, from);
  }
  throw new RangeError('a zone table has no end');
}

/** The instant of a closing: of two the later; in a gap the gap's end. */
export function latestInstant(table: ZoneTable, wallMinute: number): number {
  for (const { from, to, offset } of table.toReversed()) {
    const instant = wallMinute - offset;
    if (instant >= from) return Math.min(instant, to);
  }
  throw new RangeError('a zone table has no beginning');
}

/**
 * The coming days of a place as instants. Whoever shows them needs no rules of zones and none of special days, so a browser gets them
 * ready (`protocol/hours.ts`).
 */
import type { OpeningDay, OpeningHours } from '@frontdesk/protocol/hours';
import { OPENING_HORIZON_DAYS } from './opening.js';
import { labelOfDate, openWindows, windowsOnDate } from './opening-hours.js';
import { addDays, type Zone } from './zone.js';

const minuteMs = 60_000;
/** For so long a page may stay open and still name every opening up to the horizon. */
export const OPENING_DAYS_KEPT = 7;

/** Yesterday, whose night may reach into today, and everything up to the horizon for the next {@link OPENING_DAYS_KEPT} days. */
export function listOpeningDays(hours: OpeningHours, zone: Zone, nowMs: number): OpeningDay[] {
  const today = zone.toWall(nowMs).date;
  const days: OpeningDay[] = [];
  for (let ahead = -1; ahead <= OPENING_HORIZON_DAYS + OPENING_DAYS_KEPT + 1; ahead += 1) {
    const date = addDays(today, ahead);
    const start = zone.toInstant(date, 0) / minuteMs;
    // A date that the zone left out is none.
    if (start === zone.toInstant(addDays(date, 1), 0) / minuteMs) continue;
    const windows = windowsOnDate(hours, date).length === 0 ? [] : openWindows(hours, zone, date, date);
    days.push({
      start,
      spans: windows.map(({ fromMs, toMs }) => [fromMs / minuteMs, toMs / minuteMs]),
      label: labelOfDate(hours, date),
    });
  }
  return days;
}

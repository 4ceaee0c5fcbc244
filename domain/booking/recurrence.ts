/**
 * Repeated visits by the clock on the wall (BK-29): a weekly lesson at 17:00 stays at 17:00 when the clock changes. A month without that
 * day and a year without 29 February are left out, not moved to another day, and so is a time that the clock skips; callers say so.
 */
import { addDays, formatDate, getZone, parseWallTime } from '../hours/zone.js';

const minuteMs = 60_000;

export interface RecurrenceRule {
  readonly unit: 'week' | 'month' | 'year';
  /** Every so many of them; at least 1. */
  readonly every: number;
  /** Visits, counting those that are left out. */
  readonly count: number;
  /** The first date and its wall time, `YYYY-MM-DD` and `HH:MM`. */
  readonly date: string;
  readonly time: string;
  readonly timeZone: string;
}

export interface Occurrence {
  /** For what is left out because there is no such day: the month, `YYYY-MM`. */
  readonly date: string;
  /** Epoch minutes; null is left out. Of two instants with this wall time the earlier. */
  readonly start: number | null;
}

/** The date of one visit; where its month has no such day, the month alone. */
function dateOf({ unit, every, date }: RecurrenceRule, index: number): { date: string; isReal: boolean } {
  if (unit === 'week') return { date: addDays(date, index * every * 7), isReal: true };
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = formatDate(Date.UTC(year, month - 1 + index * every * (unit === 'year' ? 12 : 1), 1));
  const same = addDays(first, day - 1);
  const isReal = same.slice(0, 7) === first.slice(0, 7);
  return { date: isReal ? same : first.slice(0, 7), isReal };
}

export function listOccurrences(rule: RecurrenceRule): Occurrence[] {
  const zone = getZone(rule.timeZone);
  const minutes = parseWallTime(rule.time);
  return Array.from({ length: rule.count }, (_, index) => {
    const { date, isReal } = dateOf(rule, index);
    const [instantMs] = isReal ? zone.toInstants(date, minutes) : [];
    return { date, start: instantMs === undefined ? null : instantMs / minuteMs };
  });
}

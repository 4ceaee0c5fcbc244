/**
 * The starts that a window offers: points of a grid on the clock on the wall (booking.md 5.2, rule 2). A point that the clock skips is
 * no point, and one that it shows twice is two. Nothing is rounded in UTC.
 */
import { BOOKING_QUANTUM_MINUTES, type GridAlignment } from '@frontdesk/protocol/vocabulary';
import type { ZoneTable } from '../hours/zone-table.js';
import { firstSpanAfter, type Intervals } from './intervals.js';

const dayMinutes = 1_440;

/**
 * A stretch of time in which the wall and the instants run side by side, so that the points of any grid are equally far apart:
 * `[from, to)` in epoch minutes, and the instant at which the grid would begin if the clock had never changed.
 */
export interface Series {
  readonly from: number;
  readonly to: number;
  readonly anchor: number;
}

/** Where points are noted: `marks[n]` belongs to the quantum n after `base`. */
export interface Marking {
  readonly marks: Uint8Array;
  readonly base: number;
  readonly mark: number;
}

export type Grids = Readonly<Record<GridAlignment, readonly Series[]>>;

/** The series of `[from, to)`. A grid that follows the opening counts from `opening`, one by the clock begins again at each midnight. */
export function createGrids(table: ZoneTable, from: number, to: number, opening: number): Grids {
  const grids: Record<GridAlignment, Series[]> = { open: [], clock: [] };
  for (const stretch of table) {
    const first = Math.max(from, stretch.from);
    const end = Math.min(to, stretch.to);
    if (first >= end) continue;
    grids.open.push({ from: first, to: end, anchor: opening - stretch.offset });
    let midnight = Math.floor((first + stretch.offset) / dayMinutes) * dayMinutes - stretch.offset;
    for (; midnight < end; midnight += dayMinutes) {
      grids.clock.push({ from: Math.max(first, midnight), to: Math.min(end, midnight + dayMinutes), anchor: midnight });
    }
  }
  return grids;
}

/** The first minute from `at` on that is a whole number of intervals away from `anchor`. */
function nextPoint(at: number, anchor: number, interval: number): number {
  const past = (at - anchor) % interval;
  if (past === 0) return at;
  return at + (past > 0 ? interval - past : -past);
}

/** Writes `mark` for each point of a series that lies in `[from, to)` and in one of the spans: into `marks`, one place per quantum. */
export function markPoints(
  series: Series,
  interval: number,
  spans: Intervals,
  { from, to }: { readonly from: number; readonly to: number },
  { marks, base, mark }: Marking,
): void {
  const first = Math.max(from, series.from);
  const end = Math.min(to, series.to);
  for (let at = firstSpanAfter(spans, first); at < spans.length && (spans[at] as number) < end; at += 2) {
    const until = Math.min(end, spans[at + 1] as number);
    let point = nextPoint(Math.max(first, spans[at] as number), series.anchor, interval);
    for (; point < until; point += interval) marks[(point - base) / BOOKING_QUANTUM_MINUTES] = mark;
  }
}

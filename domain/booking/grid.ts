/**
 * The starts that a window offers: points of a grid on the clock on the wall (booking.md 5.2, rule 2). A point that the clock skips is
 * no point, and one that it shows twice is two. Nothing is rounded in UTC.
 */
import type { GridAlignment } from '@frontdesk/protocol/vocabulary';
import type { Window } from './calendar.js';

const dayMinutes = 1_440;

export interface Grid {
  readonly intervalMinutes: number;
  /** `open` counts from the window's opening, `clock` from each midnight. */
  readonly alignment: GridAlignment;
}

/** The first minute from `at` on that is a whole number of intervals away from `anchor`. */
function nextPoint(at: number, anchor: number, interval: number): number {
  const past = (at - anchor) % interval;
  if (past === 0) return at;
  return at + (past > 0 ? interval - past : -past);
}

/**
 * Visits the grid points in `[from, to)` that lie in the window, in order, as epoch minutes. With one offset the wall and the instants
 * run side by side, so that all points of a stretch are one arithmetic series.
 */
export function visitGrid(window: Window, grid: Grid, from: number, to: number, visit: (start: number) => void): void {
  const end = Math.min(to, window.to);
  for (const stretch of window.table) {
    let at = Math.max(from, window.from, stretch.from);
    const until = Math.min(end, stretch.to);
    while (at < until) {
      const wall = at + stretch.offset;
      const midnight = wall - (((wall % dayMinutes) + dayMinutes) % dayMinutes);
      // Only a grid by the clock begins again at midnight, for intervals that do not divide a day.
      const isByClock = grid.alignment === 'clock';
      const pause = isByClock ? Math.min(until, midnight + dayMinutes - stretch.offset) : until;
      const anchor = (isByClock ? midnight : window.anchor) - stretch.offset;
      for (at = nextPoint(at, anchor, grid.intervalMinutes); at < pause; at += grid.intervalMinutes) visit(at);
      at = pause;
    }
  }
}

/**
 * Which rows of a long list are worth having in the document. All rows of one density have one height, so the answer
 * is arithmetic and ten thousand conversations cost as much as thirty.
 */
import type { Density } from './inbox-store.js';

export const ROW_HEIGHTS_PX: Readonly<Record<Density, number>> = { comfortable: 84, compact: 60 };

/** Rows kept beyond each edge, so that a quick flick does not show blank paper. */
const OVERSCAN_ROWS = 6;

export interface ListWindow {
  readonly start: number;
  /** One past the last row. */
  readonly end: number;
  readonly beforePx: number;
  readonly afterPx: number;
}

export interface ListViewport {
  readonly count: number;
  readonly rowHeightPx: number;
  readonly scrollTopPx: number;
  readonly heightPx: number;
}

export function computeWindow({ count, rowHeightPx, scrollTopPx, heightPx }: ListViewport): ListWindow {
  const first = Math.floor(Math.max(0, scrollTopPx) / rowHeightPx);
  const visible = Math.ceil(heightPx / rowHeightPx) + 1;
  const start = Math.max(0, Math.min(first - OVERSCAN_ROWS, count - visible));
  const end = Math.min(count, first + visible + OVERSCAN_ROWS);
  return { start, end, beforePx: start * rowHeightPx, afterPx: (count - end) * rowHeightPx };
}

/** Scroll offset that brings row `index` fully into view, or undefined when it is there already. */
export function scrollToReveal(index: number, viewport: ListViewport): number | undefined {
  const { rowHeightPx, scrollTopPx, heightPx } = viewport;
  const top = index * rowHeightPx;
  if (top < scrollTopPx) return top;
  if (top + rowHeightPx > scrollTopPx + heightPx) return top + rowHeightPx - heightPx;
  return undefined;
}

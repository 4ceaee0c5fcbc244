/**
 * Time that only goes forward. The wall clock of a kiosk may be hours wrong or be set while somebody stands at it, so the
 * order and the age of tickets come from the monotonic clock; the wall clock only bridges what the page did not live through (QK-11).
 */

/** A moment on both clocks, kept on disk: where the next page of this kiosk goes on. */
export interface TimelineMark {
  /** Milliseconds on the timeline. */
  readonly elapsedMs: number;
  readonly wallMs: number;
}

export interface Timeline {
  /** Milliseconds since the kiosk first started, as far as anybody can know. */
  now(): number;
  mark(): TimelineMark;
}

export interface TimelineClocks {
  /** `performance.now()`: of this page alone. */
  monotonicNow(): number;
  wallNow(): number;
}

/** A longer gap is a wrong clock; tickets from before it would be of another day anyway. */
const LONGEST_GAP_MS = 24 * 60 * 60 * 1_000;

export function createTimeline({ monotonicNow, wallNow }: TimelineClocks, last: TimelineMark | null): Timeline {
  const gapMs = last ? Math.min(Math.max(wallNow() - last.wallMs, 0), LONGEST_GAP_MS) : 0;
  const base = (last?.elapsedMs ?? 0) + gapMs - monotonicNow();
  const now = (): number => base + monotonicNow();
  return { now, mark: () => ({ elapsedMs: now(), wallMs: wallNow() }) };
}

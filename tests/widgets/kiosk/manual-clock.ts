/** Time that passes when the test says so; what waits for it runs in its order. */
import type { Clock } from '@frontdesk/widgets/core/client/clock';

export interface ManualClock extends Clock {
  /** Moves on; everything that is due runs, and what it promised is kept before the next. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock without any time passing. */
  setWall(ms: number): void;
  monotonicNow(): number;
}

/** Lets promises that wait for nothing settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 600; turn += 1) await Promise.resolve();
}

export function createManualClock(startMs: number): ManualClock {
  let elapsedMs = 0;
  let wallOffsetMs = startMs;
  let timers: { readonly id: number; readonly atMs: number; readonly run: () => void }[] = [];
  let nextId = 1;
  return {
    now: () => wallOffsetMs + elapsedMs,
    monotonicNow: () => elapsedMs,
    random: () => 0.5,
    setTimeout(run, delayMs) {
      const id = nextId;
      nextId += 1;
      timers.push({ id, atMs: elapsedMs + delayMs, run });
      return id;
    },
    clearTimeout(handle) {
      timers = timers.filter(({ id }) => id !== handle);
    },
    setWall(ms) {
      wallOffsetMs = ms - elapsedMs;
    },
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      await settle();
      for (;;) {
        const due = timers.filter(({ atMs }) => atMs <= untilMs).sort((one, other) => one.atMs - other.atMs)[0];
        if (!due) break;
        timers = timers.filter((timer) => timer !== due);
        elapsedMs = Math.max(elapsedMs, due.atMs);
        due.run();
        await settle();
      }
      elapsedMs = untilMs;
    },
  };
}

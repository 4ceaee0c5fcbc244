/** A wait that can be cut short. */
import type { Clock } from './clock.js';

export interface Pause {
  /** Resolves after the delay or at the next `wake()`. Without a delay only `wake()` ends it. */
  wait(delayMs?: number): Promise<void>;
  /** Ends the present wait; when nobody waits, nothing happens. */
  wake(): void;
}

export function createPause(clock: Clock): Pause {
  let wakeUp: (() => void) | null = null;
  return {
    wait: (delayMs) =>
      new Promise((resolve) => {
        const timer = delayMs === undefined ? undefined : clock.setTimeout(() => wakeUp?.(), delayMs);
        wakeUp = () => {
          wakeUp = null;
          if (delayMs !== undefined) clock.clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => wakeUp?.(),
  };
}

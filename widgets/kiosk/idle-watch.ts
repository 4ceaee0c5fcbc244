/** Asks whether somebody is still there, and ends the session when nobody answers (QK-9, WCAG 2.2.1). */
import { createNamedTimers, type Clock } from '../core/client/clock.js';

/** How long the question stands; 20 s is the least that the guideline allows. */
export const WARNING_SECONDS = 20;

export interface IdleWatch {
  /** Somebody did something; starts the watch when it rests. */
  touch(): void;
  /** The session is over, or an answer is awaited that nobody can hasten. */
  rest(): void;
}

export interface IdleHandlers {
  /** Each second of the question; null when it was answered. */
  readonly warn: (secondsLeft: number | null) => void;
  readonly end: () => void;
}

export function createIdleWatch(clock: Clock, readIdleMs: () => number, handlers: IdleHandlers): IdleWatch {
  const timers = createNamedTimers<'step'>(clock);
  let isWarning = false;

  function count(secondsLeft: number): void {
    if (secondsLeft === 0) {
      isWarning = false;
      handlers.end();
      return;
    }
    isWarning = true;
    handlers.warn(secondsLeft);
    timers.start('step', 1_000, () => count(secondsLeft - 1));
  }

  function answer(): void {
    timers.stopAll();
    if (isWarning) handlers.warn(null);
    isWarning = false;
  }

  return {
    touch() {
      answer();
      timers.start('step', readIdleMs(), () => count(WARNING_SECONDS));
    },
    rest: answer,
  };
}

/** Time and chance, injectable so that tests decide both. */
import { BACKOFF_MAX_MS, BACKOFF_MIN_MS } from '@frontdesk/protocol/limits';

/** Opaque: browsers hand out numbers, Node objects. */
export type TimerHandle = unknown;

export interface Clock {
  now(): number;
  /** At least 0, below 1. */
  random(): number;
  setTimeout(run: () => void, delayMs: number): TimerHandle;
  clearTimeout(handle: TimerHandle): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimeout: (run, delayMs) => setTimeout(run, delayMs),
  clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};

/**
 * Full jitter: anything from BACKOFF_MIN_MS up to a ceiling that doubles with each failed try, so that a thousand
 * clients that lost one server do not come back in one wave.
 */
export function computeBackoffMs(failedTries: number, clock: Pick<Clock, 'random'>): number {
  const ceilingMs = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** Math.min(Math.max(failedTries, 1), 16));
  return Math.round(BACKOFF_MIN_MS + clock.random() * (ceilingMs - BACKOFF_MIN_MS));
}

export interface Debounced {
  (): void;
  /** Runs now if a run is waiting. */
  flush(): void;
  cancel(): void;
}

/** Runs once, `delayMs` after the last call. */
export function createDebounced(clock: Clock, delayMs: number, run: () => void): Debounced {
  let handle: TimerHandle;
  let isWaiting = false;
  const cancel = (): void => {
    if (isWaiting) clock.clearTimeout(handle);
    isWaiting = false;
  };
  const fire = (): void => {
    isWaiting = false;
    run();
  };
  const debounced = (): void => {
    cancel();
    isWaiting = true;
    handle = clock.setTimeout(fire, delayMs);
  };
  return Object.assign(debounced, {
    cancel,
    flush: () => {
      if (!isWaiting) return;
      cancel();
      run();
    },
  });
}

/** Timers by name: starting one replaces the one of the same name. */
export interface NamedTimers<Name extends string> {
  start(name: Name, delayMs: number, run: () => void): void;
  stop(name: Name): void;
  stopAll(): void;
  has(name: Name): boolean;
}

export function createNamedTimers<Name extends string>(clock: Clock): NamedTimers<Name> {
  const handles = new Map<Name, TimerHandle>();
  const stop = (name: Name): void => {
    if (handles.has(name)) clock.clearTimeout(handles.get(name));
    handles.delete(name);
  };
  return {
    start(name, delayMs, run) {
      stop(name);
      const handle = clock.setTimeout(() => {
        handles.delete(name);
        run();
      }, delayMs);
      handles.set(name, handle);
    },
    stop,
    stopAll: () => [...handles.keys()].forEach(stop),
    has: (name) => handles.has(name),
  };
}

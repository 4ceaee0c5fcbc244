/**
 * Starts a display anew when it has stopped working without knowing it: no beat for two minutes, or one error after the other.
 * Each start that does not help doubles the time until the next (QD-17).
 */
import type { DeviceStorage } from '../core/client/storage-device.js';

export const SILENCE_MS = 120_000;
const MAX_SILENCE_MS = 30 * 60_000;
/** Restarts that are older do not count: the trouble of last week is over. */
const MEMORY_MS = 2 * 3_600_000;
const ERRORS = 5;
const ERROR_WINDOW_MS = 60_000;

export type RestartReason = 'silence' | 'errors' | 'new-day';

export interface Watchdog {
  /** Something came from the server and is on the screen. */
  feed(): void;
  noteError(): void;
  /** Every second or so; answers why a restart is due, once per due restart. */
  check(serverMs: number): RestartReason | null;
}

export interface WatchdogOptions {
  readonly now: () => number;
  readonly storage: Pick<DeviceStorage, 'readRestarts' | 'writeRestarts'>;
  /** The service day of an instant: changes once a day, when nobody waits. */
  readonly dayOf: (serverMs: number) => string;
}

export function createWatchdog({ now, storage, dayOf }: WatchdogOptions): Watchdog {
  let fedAt = now();
  let errors: number[] = [];
  let day: string | undefined;

  function listRestarts(): number[] {
    return storage.readRestarts().filter((at) => at <= now() && now() - at < MEMORY_MS);
  }
  function note(): void {
    storage.writeRestarts([...listRestarts(), now()].slice(-12));
    fedAt = now();
    errors = [];
  }
  /** How long from the last sign of life, or the last restart, until the next. */
  const patienceMs = (): number => Math.min(MAX_SILENCE_MS, SILENCE_MS * 2 ** listRestarts().length);

  return {
    feed() {
      fedAt = now();
    },
    noteError() {
      errors = [...errors.filter((at) => now() - at < ERROR_WINDOW_MS), now()];
    },
    check(serverMs) {
      const today = dayOf(serverMs);
      const isNewDay = day !== undefined && today !== day;
      day = today;
      if (now() < fedAt) fedAt = now(); // The clock was set back.
      const silenceMs = now() - fedAt;
      if (silenceMs >= SILENCE_MS && silenceMs >= patienceMs()) {
        note();
        return 'silence';
      }
      if (errors.length >= ERRORS && now() - (listRestarts().pop() ?? -Infinity) >= patienceMs() / 2) {
        note();
        return 'errors';
      }
      return isNewDay ? 'new-day' : null;
    },
  };
}

/**
 * What time it is at the server. Each message says when it was sent; the one that travelled fastest of the last few says it
 * best, so a message that was stuck in a network for a minute does not make the calls in it a minute younger (QD-5).
 */
const SAMPLES = 10;

export interface ServerClock {
  /** Epoch milliseconds; this device's own time until the server was heard. */
  now(): number;
  learn(serverTimeMs: number): void;
  /** The device slept or the connection is a new one: what was learned may be of another time. */
  forget(): void;
}

export function createServerClock(localNow: () => number): ServerClock {
  let offsets: number[] = [];
  return {
    now: () => localNow() + (offsets.length === 0 ? 0 : Math.max(...offsets)),
    learn(serverTimeMs) {
      if (Number.isFinite(serverTimeMs)) offsets = [...offsets, serverTimeMs - localNow()].slice(-SAMPLES);
    },
    forget() {
      offsets = [];
    },
  };
}

/** What a card needs of the world around it. It has no socket and keeps nothing, so the modules for those are not fetched with it. */
import { systemClock, type Clock } from '../core/client/clock.js';
import type { Unsubscribe } from '../core/client/store.js';

export interface CardEnvironment {
  readonly clock: Clock;
  /** Whoever may have missed something looks again: the page became visible, the network came back, the phone woke. */
  readonly lifecycle: { on(signal: 'wake', listener: () => void): Unsubscribe };
  readonly fetch: typeof globalThis.fetch;
}

/** The page's own. */
export const cardEnvironment: CardEnvironment = {
  clock: systemClock,
  lifecycle: {
    on(_signal, listener) {
      const stop = new AbortController();
      const wake = (): void => {
        if (!document.hidden) listener();
      };
      const options = { passive: true, signal: stop.signal };
      document.addEventListener('visibilitychange', wake, options);
      for (const type of ['online', 'focus', 'pageshow']) addEventListener(type, wake, options);
      return () => stop.abort();
    },
  },
  fetch: (input, init) => globalThis.fetch(input, init),
};

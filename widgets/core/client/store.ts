/** The smallest observable store: immutable state, listeners told after every change. */
import type { Clock } from './clock.js';

export type Unsubscribe = () => void;

export interface ReadableStore<State> {
  getState(): State;
  /** The listener is not called for the present state, only for what follows. */
  subscribe(listener: (state: State) => void): Unsubscribe;
}

export interface Store<State> extends ReadableStore<State> {
  /** Does nothing, and tells nobody, when no value differs. */
  patch(change: Partial<State>): void;
}

export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<(state: State) => void>();
  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    patch(change) {
      const keys = Object.keys(change) as (keyof State)[];
      if (keys.every((key) => Object.is(state[key], change[key]))) return;
      state = { ...state, ...change };
      for (const listener of [...listeners]) listener(state);
    },
  };
}

/** Resolves when the state satisfies the predicate, after `waitMs`, or when given up; whichever comes first. */
export function waitUntil<State>(
  store: ReadableStore<State>,
  isSatisfied: (state: State) => boolean,
  limit: { clock: Clock; waitMs: number; signal: AbortSignal | undefined },
): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      stop();
      limit.clock.clearTimeout(timer);
      limit.signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = limit.clock.setTimeout(finish, limit.waitMs);
    const stop = store.subscribe((state) => {
      if (isSatisfied(state)) finish();
    });
    limit.signal?.addEventListener('abort', finish, { once: true });
  });
}

/** Worlds for the client under test: a browser profile with several tabs, and time that runs faster. */
import { IDBFactory } from 'fake-indexeddb';
import { createEnvironment, type ClientEnvironment, type Locks } from '@frontdesk/widgets/core/client/environment';
import { systemClock, type Clock } from '@frontdesk/widgets/core/client/clock';
import { createManualLifecycle, type ManualLifecycle } from '@frontdesk/widgets/core/client/lifecycle';
import { createMemoryWebStorage, type StorageBackends } from '@frontdesk/widgets/core/client/storage';
import type { ReadableStore } from '@frontdesk/widgets/core/client/store';

/** Back-off and time-outs are seconds; the tests live through them `speed` times as fast. */
export function createFastClock(speed = 25): Clock {
  const startedAt = Date.now();
  return {
    now: () => startedAt + (Date.now() - startedAt) * speed,
    random: () => Math.random(),
    setTimeout: (run, delayMs) => systemClock.setTimeout(run, delayMs / speed),
    clearTimeout: (handle) => systemClock.clearTimeout(handle),
  };
}

export interface Profile {
  readonly storage: StorageBackends;
  /** Opens a page; every call is another tab, or the same one reloaded. */
  openTab(parts?: Partial<ClientEnvironment>): Tab;
  /** Closes all channels; call it after each test. */
  close(): void;
}

export interface Tab {
  readonly environment: ClientEnvironment;
  readonly lifecycle: ManualLifecycle;
  /** The process dies: nothing of this page runs any more and its locks are free. */
  kill(): void;
}

/** One browser profile: its tabs share storage, locks and channels. */
export function createProfile(overrides: Partial<StorageBackends> = {}): Profile {
  const storage: StorageBackends = {
    local: createMemoryWebStorage(),
    session: createMemoryWebStorage(),
    indexedDB: new IDBFactory(),
    ...overrides,
  };
  const locks = createLockTable();
  const channels = new Set<BroadcastChannel>();
  return {
    storage,
    openTab(parts = {}) {
      const lifecycle = createManualLifecycle();
      const death = new AbortController();
      const environment = createEnvironment({
        clock: createMortalClock(createFastClock(), death.signal),
        lifecycle,
        storage,
        locks: locks.forTab(death.signal),
        createChannel: (name) => {
          const channel = new BroadcastChannel(name);
          channels.add(channel);
          return channel;
        },
        ...parts,
      });
      return { environment, lifecycle, kill: () => death.abort() };
    },
    close() {
      for (const channel of channels) channel.close();
    },
  };
}

function createMortalClock(clock: Clock, death: AbortSignal): Clock {
  return {
    ...clock,
    setTimeout: (run, delayMs) =>
      clock.setTimeout(() => {
        if (!death.aborted) run();
      }, delayMs),
  };
}

/** Web Locks as the standard has them, for one exclusive mode; a dead tab's lock goes to the next in line. */
function createLockTable() {
  const tails = new Map<string, Promise<void>>();
  return {
    forTab(death: AbortSignal): Locks {
      return {
        async request(name, { signal }, run) {
          if (death.aborted) return new Promise(() => {});
          const before = tails.get(name) ?? Promise.resolve();
          let free = (): void => {};
          tails.set(
            name,
            before.then(() => new Promise<void>((resolve) => (free = resolve))),
          );
          const died = whenAborted(death);
          const turn = await Promise.race([before.then(() => 'granted' as const), whenAborted(signal), died]);
          try {
            if (turn === 'granted' && !signal.aborted) await Promise.race([run(), died]);
          } finally {
            void before.then(() => setTimeout(() => free(), 0));
          }
          // Nothing that a dead page awaited ever comes back to it.
          if (death.aborted) return new Promise(() => {});
          if (turn !== 'granted') throw new DOMException('Aborted', 'AbortError');
          return undefined;
        },
      };
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('aborted'), { once: true }));
}

/** Resolves with the first state that satisfies the predicate; rejects with the last one when none comes. */
export function waitFor<State>(
  store: ReadableStore<State>,
  isSatisfied: (state: State) => boolean,
  timeoutMs = 8_000,
): Promise<State> {
  if (isSatisfied(store.getState())) return Promise.resolve(store.getState());
  // Made here, so that its stack names the line that waits.
  const error = new Error();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      error.message = `The state did not come about: ${JSON.stringify(store.getState())}`;
      reject(error);
    }, timeoutMs);
    const stop = store.subscribe((state) => {
      if (!isSatisfied(state)) return;
      clearTimeout(timer);
      stop();
      resolve(state);
    });
  });
}

/**
 * A visitor's browser without a screen: what its tabs share (storage, locks, channels) and what dies with a tab. The
 * client library runs in it unchanged. Killing a tab is what a crashed process does: from one moment to the next nothing
 * of it acts, sends, stores or hears any more.
 */
import { IDBFactory as MemoryIDBFactory } from 'fake-indexeddb';
import { io } from 'socket.io-client';
import {
  createManualLifecycle,
  createMemoryWebStorage,
  systemClock,
  type Channel,
  type ClientEnvironment,
  type Clock,
  type Locks,
  type ManualLifecycle,
  type WebStorage,
} from '@frontdesk/widgets/core/client/index';
import type { Random } from './random.js';

export interface BrowserTab {
  readonly environment: ClientEnvironment;
  readonly lifecycle: ManualLifecycle;
  readonly isAlive: boolean;
  kill(): void;
}

export interface Browser {
  openTab(): BrowserTab;
  /** The clock of the whole machine jumps. */
  skewClock(offsetMs: number): void;
}

export interface BrowserOptions {
  readonly random: Random;
  /** Origin of the page; null for a program that is not a page. */
  readonly origin: string | null;
  /** The client's timers run this many times faster, so that back-offs of seconds fit into a test; 1 by default. */
  readonly haste?: number;
}

type LockWaiter = { readonly owner: object; readonly begin: () => void };

/** Web Locks of one origin: one holder per name, the others wait in line; a dead tab lets go of what it held. */
class LockTable {
  private readonly holders = new Map<string, object>();
  private readonly waiting = new Map<string, LockWaiter[]>();

  createFor(owner: Undertaker): Locks {
    return {
      request: (name, { signal }, run) =>
        new Promise<unknown>((resolve, reject) => {
          if (!owner.isAlive) return;
          const handleAbort = (): void => {
            this.waiting.set(
              name,
              this.lineOf(name).filter((other) => other !== waiter),
            );
            reject(new DOMException('The request was aborted.', 'AbortError'));
          };
          const begin = (): void => {
            signal.removeEventListener('abort', handleAbort);
            run()
              .then(resolve, reject)
              .finally(() => this.release(name, owner));
          };
          const waiter: LockWaiter = { owner, begin };
          if (signal.aborted) return reject(new DOMException('The request was aborted.', 'AbortError'));
          signal.addEventListener('abort', handleAbort, { once: true });
          this.waiting.set(name, [...this.lineOf(name), waiter]);
          this.grant(name);
        }),
    };
  }

  forget(owner: object): void {
    for (const [name, line] of this.waiting) {
      this.waiting.set(
        name,
        line.filter((waiter) => waiter.owner !== owner),
      );
    }
    for (const name of [...this.holders.keys()]) this.release(name, owner);
  }

  private lineOf(name: string): LockWaiter[] {
    return this.waiting.get(name) ?? [];
  }

  private release(name: string, owner: object): void {
    if (this.holders.get(name) !== owner) return;
    this.holders.delete(name);
    this.grant(name);
  }

  private grant(name: string): void {
    if (this.holders.has(name)) return;
    const [next, ...rest] = this.lineOf(name);
    if (!next) return;
    this.waiting.set(name, rest);
    this.holders.set(name, next.owner);
    // A browser grants asynchronously, too.
    queueMicrotask(next.begin);
  }
}

/** BroadcastChannel of one origin. Messages are copied and arrive later, as between real tabs. */
class ChannelHub {
  private readonly members = new Map<string, Set<Channel & { isOpen: boolean }>>();

  open(name: string): Channel & { isOpen: boolean } {
    const group = this.members.get(name) ?? new Set();
    this.members.set(name, group);
    const channel = {
      isOpen: true,
      onmessage: null as Channel['onmessage'],
      postMessage: (message: unknown) => {
        if (!channel.isOpen) return;
        const copy: unknown = structuredClone(message);
        for (const other of group) {
          if (other === channel) continue;
          setImmediate(() => {
            if (other.isOpen) other.onmessage?.({ data: copy } as MessageEvent);
          });
        }
      },
      close: () => {
        channel.isOpen = false;
        group.delete(channel);
      },
    };
    group.add(channel);
    return channel;
  }
}

/** A promise that nobody will ever hear from: what a dead tab's code waits for. */
function forever<T>(): Promise<T> {
  return new Promise<T>(() => {});
}

export function createBrowser(options: BrowserOptions): Browser {
  const { origin } = options;
  const disk = new MemoryIDBFactory();
  const local = createMemoryWebStorage();
  const locks = new LockTable();
  const channels = new ChannelHub();
  let offsetMs = 0;

  return {
    skewClock: (next) => {
      offsetMs = next;
    },
    openTab() {
      const lifecycle = createManualLifecycle();
      const undertaker = createUndertaker();
      const environment: ClientEnvironment = {
        clock: createMortalClock(undertaker, options, () => offsetMs),
        lifecycle,
        storage: {
          local: createMortalStorage(undertaker, local),
          session: createMemoryWebStorage(),
          indexedDB: createMortalDisk(undertaker, disk),
        },
        fetch: createMortalFetch(undertaker, origin),
        createChannel: (name) => {
          const channel = channels.open(name);
          undertaker.onDeath(() => channel.close());
          return channel;
        },
        locks: locks.createFor(undertaker),
        loadSocketIo: async () => ({ io: createMortalIo(undertaker, origin) }),
      };
      undertaker.onDeath(() => locks.forget(undertaker));
      return {
        environment,
        lifecycle,
        get isAlive() {
          return undertaker.isAlive;
        },
        kill: () => undertaker.kill(),
      };
    },
  };
}

interface Undertaker {
  readonly isAlive: boolean;
  onDeath(run: () => void): () => void;
  kill(): void;
}

function createUndertaker(): Undertaker {
  const last = new Set<() => void>();
  let isAlive = true;
  return {
    get isAlive() {
      return isAlive;
    },
    onDeath(run) {
      // Code that was already on its way when the tab died gets no further than here.
      if (!isAlive) run();
      else last.add(run);
      return () => void last.delete(run);
    },
    kill() {
      if (!isAlive) return;
      isAlive = false;
      for (const run of last) run();
      last.clear();
    },
  };
}

function createMortalClock(
  undertaker: Undertaker,
  { random, haste = 1 }: BrowserOptions,
  offsetMs: () => number,
): Clock {
  return {
    now: () => systemClock.now() + offsetMs(),
    random: () => random.next(),
    setTimeout(run, delayMs) {
      if (!undertaker.isAlive) return null;
      const handle = setTimeout(() => {
        forget();
        run();
      }, delayMs / haste);
      const forget = undertaker.onDeath(() => clearTimeout(handle));
      return { handle, forget };
    },
    clearTimeout(timer) {
      if (timer === null || timer === undefined) return;
      const { handle, forget } = timer as { handle: NodeJS.Timeout; forget: () => void };
      clearTimeout(handle);
      forget();
    },
  };
}

function createMortalStorage(undertaker: Undertaker, storage: WebStorage): WebStorage {
  return {
    get length() {
      return storage.length;
    },
    key: (index) => storage.key(index),
    getItem: (key) => storage.getItem(key),
    setItem: (key, value) => {
      if (undertaker.isAlive) storage.setItem(key, value);
    },
    removeItem: (key) => {
      if (undertaker.isAlive) storage.removeItem(key);
    },
  };
}

/** Only what the client calls. Open databases are closed at death: transactions that began still end, none begins. */
function createMortalDisk(undertaker: Undertaker, disk: IDBFactory): IDBFactory {
  const open = (name: string, version?: number): IDBOpenDBRequest => {
    if (!undertaker.isAlive) return {} as IDBOpenDBRequest;
    const request = disk.open(name, version);
    request.addEventListener('success', () => {
      if (undertaker.isAlive) undertaker.onDeath(() => request.result.close());
      else request.result.close();
    });
    return request;
  };
  return {
    open,
    deleteDatabase: (name: string) => disk.deleteDatabase(name),
    databases: () => disk.databases(),
    cmp: (first: unknown, second: unknown) => disk.cmp(first, second),
  };
}

function createMortalFetch(undertaker: Undertaker, origin: string | null): typeof globalThis.fetch {
  return async (input, init) => {
    if (!undertaker.isAlive) return forever();
    const abort = new AbortController();
    const forget = undertaker.onDeath(() => abort.abort());
    const signal = init?.signal ? AbortSignal.any([init.signal, abort.signal]) : abort.signal;
    const headers = new Headers(init?.headers);
    if (origin !== null) headers.set('Origin', origin);
    try {
      const response = await globalThis.fetch(input, { ...init, headers, signal });
      // The body is read here, so that a death between header and body is a death, too.
      const body = await response.arrayBuffer();
      if (!undertaker.isAlive) return await forever();
      return new Response(body.byteLength > 0 ? body : null, { status: response.status, headers: response.headers });
    } catch (error) {
      if (!undertaker.isAlive) return await forever();
      throw error;
    } finally {
      forget();
    }
  };
}

function createMortalIo(undertaker: Undertaker, origin: string | null): typeof io {
  const open = (url: string, options: Parameters<typeof io>[1]): ReturnType<typeof io> => {
    const socket = io(url, { ...options, ...(origin === null ? {} : { extraHeaders: { Origin: origin } }) });
    undertaker.onDeath(() => {
      socket.offAny();
      socket.off();
      const { engine } = socket.io as unknown as { engine?: { transport?: { ws?: { terminate?: () => void } } } };
      // A crashed process says no goodbye; its system only drops the connection.
      if (engine?.transport?.ws?.terminate) engine.transport.ws.terminate();
      socket.disconnect();
    });
    return socket;
  };
  return open as typeof io;
}

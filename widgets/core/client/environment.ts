/**
 * Everything the client needs from the world around it. In a page it is found by feature detection; the reliability
 * harness and the tests bring their own, several per process, and no module of the client reaches past it.
 */
import type { io } from 'socket.io-client';
import { systemClock, type Clock } from './clock.js';
import { createPageLifecycle, type PageLifecycle } from './lifecycle.js';
import { detectStorage, type StorageBackends } from './storage-base.js';

/** The part of BroadcastChannel that the client uses. */
export interface Channel {
  postMessage(message: unknown): void;
  close(): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** The part of `navigator.locks` that the client uses. */
export interface Locks {
  request(name: string, options: { signal: AbortSignal }, run: () => Promise<void>): Promise<unknown>;
}

export interface ClientEnvironment {
  readonly clock: Clock;
  readonly lifecycle: PageLifecycle;
  readonly storage: StorageBackends;
  readonly fetch: typeof globalThis.fetch;
  /** null: no other tab hears from this one. */
  readonly createChannel: ((name: string) => Channel) | null;
  /** null: every tab flushes; the server drops the doubles. */
  readonly locks: Locks | null;
  /** Socket.IO weighs more than everything else here together, so it is loaded when first needed. */
  readonly loadSocketIo: () => Promise<{ io: typeof io }>;
}

let shared: ClientEnvironment | undefined;

/** The page's own environment, made once. */
export function getEnvironment(): ClientEnvironment {
  shared ??= createEnvironment();
  return shared;
}

/** A detected environment with some parts replaced. */
export function createEnvironment(parts: Partial<ClientEnvironment> = {}): ClientEnvironment {
  return {
    clock: systemClock,
    lifecycle: parts.lifecycle ?? createPageLifecycle(),
    storage: parts.storage ?? detectStorage(),
    fetch: (input, init) => globalThis.fetch(input, init),
    createChannel: typeof document !== 'undefined' && typeof BroadcastChannel === 'function' ? openChannel : null,
    locks: typeof navigator === 'undefined' ? null : (navigator.locks ?? null),
    loadSocketIo: () => import('socket.io-client'),
    ...parts,
  };
}

function openChannel(name: string): Channel {
  return new BroadcastChannel(name);
}

/** A staff client for controllers: a connection that answers from a script, a clock that jumps. */
import type { ReactiveControllerHost } from 'lit';
import type { ErrorCode, Result } from '@frontdesk/protocol/result';
import type { ConnectionPhase, RequestOptions } from '@frontdesk/widgets/core/client/connection-types';
import { createEnvironment } from '@frontdesk/widgets/core/client/environment';
import { createManualLifecycle } from '@frontdesk/widgets/core/client/lifecycle';
import { createUnknownOutcome } from '@frontdesk/widgets/core/client/outcome';
import type { StaffClient } from '@frontdesk/widgets/core/client/staff-client';

export interface Sent {
  readonly name: string;
  readonly input: unknown;
  readonly key: string | undefined;
}
export type Answer = Result<unknown> | Promise<Result<unknown>>;

export const HOST: ReactiveControllerHost = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};

export const ok = (data: unknown): Result<unknown> => ({ ok: true, data });
export const refuse = (code: ErrorCode, more: object = {}): Result<unknown> => ({
  ok: false,
  error: { code, message: '', requestId: '7', ...more },
});

/** A clock that jumps to whatever is waited for as soon as everything else has settled. */
function createJumpingClock() {
  let nowMs = 1_000_000;
  let nextId = 0;
  const timers = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  return {
    now: () => nowMs,
    random: () => 0.5,
    setTimeout(run: () => void, delayMs: number) {
      nextId += 1;
      timers.set(nextId, { atMs: nowMs + delayMs, run });
      return nextId;
    },
    clearTimeout: (id: unknown) => void timers.delete(id as number),
    /** Lets time pass, with everything that falls into it. */
    async pass(ms: number): Promise<void> {
      const untilMs = nowMs + ms;
      for (;;) {
        await settle();
        const due = [...timers].filter(([, { atMs }]) => atMs <= untilMs).sort((a, b) => a[1].atMs - b[1].atMs)[0];
        if (!due) break;
        timers.delete(due[0]);
        nowMs = Math.max(nowMs, due[1].atMs);
        due[1].run();
      }
      nowMs = untilMs;
    },
  };
}

export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** A connection that answers from a script and writes down what it was asked. */
export function createStaffScript() {
  const clock = createJumpingClock();
  const lifecycle = createManualLifecycle();
  const sent: Sent[] = [];
  const script = new Map<string, () => Answer>();
  const listeners = new Map<string, Set<(fact: never) => void>>();
  const states = new Set<() => void>();
  let phase: ConnectionPhase = 'online';
  const connection = {
    getState: () => ({ phase, reason: null, revocation: null, instance: null, isReachable: false, clockOffsetMs: 0 }),
    subscribe: (listener: () => void) => {
      states.add(listener);
      return () => states.delete(listener);
    },
    acquire: () => () => undefined,
    probe: async () => false,
    on: (name: string, listener: (fact: never) => void) => {
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
      return () => listeners.get(name)?.delete(listener);
    },
    async request(name: string, input: unknown, options: RequestOptions = {}) {
      sent.push({ name, input, key: options.idempotencyKey });
      return script.get(name)?.() ?? createUnknownOutcome('nobody answers');
    },
  };
  const client = {
    serverUrl: '',
    environment: createEnvironment({ clock, lifecycle }),
    connection,
    watched: new Set(),
  } as unknown as StaffClient;
  return {
    clock,
    lifecycle,
    client,
    sent,
    answer: (name: string, run: () => Answer): void => void script.set(name, run),
    asked: (name: string) => sent.filter((each) => each.name === name),
    tell: (name: string, fact: unknown) => listeners.get(name)?.forEach((listener) => listener(fact as never)),
    setPhase(next: ConnectionPhase) {
      phase = next;
      for (const listener of states) listener();
    },
  };
}

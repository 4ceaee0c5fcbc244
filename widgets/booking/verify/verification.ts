/**
 * Proves that the customer can be reached at the address: has a code sent there, and tries what comes back (BK-34). The booking itself
 * goes on when the code was right; until then nothing of what was typed changes.
 */
import type { CodeChecked } from '@frontdesk/protocol/booking-verification';
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import { CODE_LENGTH } from '@frontdesk/protocol/limits';
import type { Locale } from '@frontdesk/protocol/locales';
import type { ErrorBody } from '@frontdesk/protocol/result';
import { createNamedTimers, type Clock } from '../../core/client/clock.js';
import { createStore, type ReadableStore } from '../../core/client/store.js';
import type { Submitter } from '../details/booking-submit.js';
import type { Requester } from '../requester.js';

const TICK_MS = 1_000;
const RESEND_MS = 60_000;

/** Why there is no proof yet. `unsent`: no code could be sent; `early`: not so soon after the last one. */
export type VerificationProblem = 'format' | 'wrong' | 'exhausted' | 'expired' | 'early' | 'unsent' | 'failed';

export interface VerificationState {
  readonly busy: 'sending' | 'checking' | null;
  /** Codes that were sent; each makes the one before worthless. */
  readonly sent: number;
  /** Digits as typed, without anything else. */
  readonly code: string;
  readonly triesLeft: number | null;
  readonly problem: VerificationProblem | null;
  /** By this device's clock. */
  readonly resendAtMs: number;
  readonly nowMs: number;
}

export interface Verification extends ReadableStore<VerificationState> {
  readonly address: string;
  /** Has the first code sent; goes on counting when it is called again. */
  start(): void;
  stop(): void;
  type(text: string): void;
  resend(): void;
  check(): void;
}

export interface VerificationOptions {
  readonly serviceId: BookingServiceId;
  readonly address: string;
  readonly locale: Locale;
  readonly clock: Clock;
  readonly requester: Pick<Requester, 'request'>;
  readonly submitter: Pick<Submitter, 'send'>;
  verified(): void;
}

/** Where the digits of Arabic, Persian, Devanagari and Tamil begin, and those of full width. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0xbe6, 0xff10];

/** The digits of what was typed or pasted, whichever keyboard they come from; a code is often copied with spaces. */
export function readDigits(text: string): string {
  const digits = [...text].flatMap((character) => {
    const point = character.codePointAt(0) ?? 0;
    const zero = ZEROS.find((one) => point >= one && point < one + 10);
    return zero === undefined ? [] : [point - zero];
  });
  return digits.slice(0, CODE_LENGTH).join('');
}

export const FRESH_VERIFICATION: VerificationState = {
  busy: null,
  sent: 0,
  code: '',
  triesLeft: null,
  problem: null,
  resendAtMs: 0,
  nowMs: 0,
};

export function createVerification(options: VerificationOptions): Verification {
  const { serviceId, address, clock, requester, submitter } = options;
  const store = createStore<VerificationState>({ ...FRESH_VERIFICATION, nowMs: clock.now() });
  const timers = createNamedTimers<'tick'>(clock);
  const proving = { serviceId, channel: 'email', address } as const;
  let isStopped = true;

  function tick(): void {
    const nowMs = clock.now();
    store.patch({ nowMs });
    if (!isStopped && store.getState().resendAtMs > nowMs) timers.start('tick', TICK_MS, tick);
  }

  function waitFor(delayMs: number): void {
    store.patch({ resendAtMs: clock.now() + delayMs });
    tick();
  }

  function refuse({ code, retryAfterMs }: ErrorBody): void {
    const isEarly = code === 'RATE_LIMITED';
    store.patch({ busy: null, problem: isEarly ? 'early' : 'unsent' });
    if (isEarly) waitFor(retryAfterMs ?? RESEND_MS);
  }

  async function send(): Promise<void> {
    const { busy, resendAtMs, sent } = store.getState();
    if (busy !== null || resendAtMs > clock.now()) return;
    store.patch({ busy: 'sending', problem: null });
    const result = await submitter.send('verification:request', { ...proving, locale: options.locale });
    if (!result.ok) return refuse(result.error);
    store.patch({ busy: null, sent: sent + 1, code: '', triesLeft: result.data.triesLeft });
    const leftMs = Date.parse(result.data.resendAt) - clock.now();
    // A device whose clock is wrong still waits as long as everybody.
    waitFor(leftMs > 0 && leftMs <= RESEND_MS ? leftMs : RESEND_MS);
  }

  function judge({ outcome, triesLeft }: CodeChecked): void {
    if (outcome === 'verified') return options.verified();
    const problem = outcome === 'wrong' && triesLeft === 0 ? 'exhausted' : outcome;
    store.patch({ busy: null, problem, triesLeft, code: '' });
  }

  async function check(): Promise<void> {
    const { busy, code } = store.getState();
    if (busy !== null) return;
    if (code.length !== CODE_LENGTH) return store.patch({ problem: 'format' });
    store.patch({ busy: 'checking', problem: null });
    const result = await requester.request('verification:check', { ...proving, code });
    if (isStopped) return store.patch({ busy: null });
    if (result.ok) judge(result.data);
    else store.patch({ busy: null, problem: 'failed' });
  }

  return {
    address,
    getState: store.getState,
    subscribe: store.subscribe,
    start() {
      isStopped = false;
      tick();
      if (store.getState().sent === 0) void send();
    },
    stop() {
      isStopped = true;
      timers.stopAll();
    },
    type: (text) => store.patch({ code: readDigits(text), problem: null }),
    resend: () => void send(),
    check: () => void check(),
  };
}

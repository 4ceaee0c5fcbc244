/**
 * Takes an unknown screen or kiosk into a business: it makes its own token, shows a six-digit code, and asks every few
 * seconds whether somebody has typed the code into the settings. The token never leaves the device in any other way.
 */
import { createDeviceToken, type DeviceToken } from '@frontdesk/protocol/ids';
import type { CommandTypes } from '@frontdesk/protocol/command';
import type { devicePublicCommands } from '@frontdesk/protocol/devices';
import type { Result } from '@frontdesk/protocol/result';
import type { DeviceKind } from '@frontdesk/protocol/vocabulary';
import { createNamedTimers } from '../core/client/clock.js';
import type { ClientEnvironment } from '../core/client/environment.js';
import { postCommand } from '../core/client/http-transport.js';
import { isUnknownOutcome } from '../core/client/outcome.js';
import type { DeviceStorage } from '../core/client/storage-device.js';
import { createStore, type ReadableStore } from '../core/client/store.js';

const ASK_INTERVAL_MS = 3_000;
const ASK_TIMEOUT_MS = 10_000;
/** A server that says no is asked less often. */
const REFUSED_INTERVAL_MS = 15_000;

/**
 * - `asking`: the first answer is on its way.
 * - `waiting`: `code` stands on the screen.
 * - `unreachable`: no answer, or none that makes sense; tries go on, and a code that is known stays on the screen.
 * - `paired`: the token opens the device's namespace.
 */
export interface PairingState {
  readonly phase: 'asking' | 'waiting' | 'unreachable' | 'paired';
  /** Six digits; null while none is known. */
  readonly code: string | null;
  readonly token: DeviceToken;
}

export interface Pairing extends ReadableStore<PairingState> {
  start(): void;
  stop(): void;
}

export interface PairingOptions {
  readonly serverUrl: string;
  readonly kind: DeviceKind;
  readonly storage: DeviceStorage;
  readonly environment: ClientEnvironment;
}

type Answer = CommandTypes<typeof devicePublicCommands>['device:request-pairing']['output'];

/** The token of this device; made and kept at the first call. */
export function readOrMakeToken(storage: DeviceStorage): DeviceToken {
  const known = storage.readToken();
  if (known !== null) return known;
  const token = createDeviceToken();
  storage.writeToken(token);
  return token;
}

export function createPairing({ serverUrl, kind, storage, environment }: PairingOptions): Pairing {
  const store = createStore<PairingState>({ phase: 'asking', code: null, token: readOrMakeToken(storage) });
  const timers = createNamedTimers<'ask'>(environment.clock);
  let run = 0;

  async function ask(current: number): Promise<void> {
    const result = (await postCommand(environment, {
      serverUrl,
      audience: 'public',
      name: 'device:request-pairing',
      input: { token: store.getState().token, kind },
      token: null,
      site: null,
      idempotencyKey: undefined,
      timeoutMs: ASK_TIMEOUT_MS,
      keepalive: false,
      signal: undefined,
    })) as Result<Answer>;
    if (current !== run) return;
    const isPutOut = !result.ok && result.error.code === 'UNAUTHENTICATED';
    if (isPutOut) {
      // A token that was put out never comes back; the device begins as a new one.
      storage.forget();
      store.patch({ phase: 'asking', code: null, token: readOrMakeToken(storage) });
    } else if (!result.ok) store.patch({ phase: 'unreachable' });
    else if (result.data.state === 'paired') return store.patch({ phase: 'paired', code: null });
    else store.patch({ phase: 'waiting', code: result.data.code });
    const isRefused = !isPutOut && !result.ok && !isUnknownOutcome(result.error);
    timers.start('ask', isRefused ? REFUSED_INTERVAL_MS : ASK_INTERVAL_MS, () => void ask(current));
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start() {
      run += 1;
      void ask(run);
    },
    stop() {
      run += 1;
      timers.stopAll();
    },
  };
}

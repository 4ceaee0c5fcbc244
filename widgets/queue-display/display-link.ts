/**
 * A display's wire: boards, beats and settings come in; receipts and health go out. What was missed is not repaired but read anew,
 * because a board is small.
 */
import type { DeviceHealth, DeviceSelf } from '@frontdesk/protocol/devices';
import type { DeviceToken } from '@frontdesk/protocol/ids';
import type { Board } from '@frontdesk/protocol/queue-device';
import type { DeviceCommands } from '@frontdesk/protocol/device';
import { createNamedTimers } from '../core/client/clock.js';
import { isRetryable } from '../core/client/outcome.js';
import { createDeviceClient, type DeviceClient, type DeviceClientOptions } from '../core/client/device-client.js';
import type { ClientEnvironment } from '../core/client/environment.js';
import type { ConnectionState } from '../core/client/connection-types.js';

/** Displays of one location do not all ask in the same moment. */
const CATCH_UP_SPREAD_MS = 2_000;
const MAX_RECEIPTS = 50;
/** Receipts that wait for a connection; what is older nobody waits for any more. */
const MAX_UNSENT = 100;

export type Receipt = DeviceCommands['call:shown']['input']['calls'][number];

export interface LinkHandlers {
  handleBoard(board: Board): void;
  handleBeat(beat: { readonly rev: number; readonly serverTimeMs: number }): void;
  handleDevice(device: DeviceSelf): void;
  /** The server was reached anew; what its clock says may have changed. */
  handleOnline(serverTimeMs: number): void;
  /** This device belongs to nobody any more. */
  handlePutOut(): void;
}

export interface DisplayLink {
  start(): void;
  stop(): void;
  report(health: DeviceHealth): Promise<void>;
  sendReceipts(receipts: readonly Receipt[]): void;
  /** Of the last report, milliseconds. */
  readonly latencyMs: number | null;
}

export interface LinkOptions {
  readonly serverUrl: string;
  readonly token: DeviceToken;
  readonly environment: ClientEnvironment;
  readonly createClient?: (options: DeviceClientOptions) => DeviceClient;
}

export function createDisplayLink(options: LinkOptions, handlers: LinkHandlers): DisplayLink {
  const { environment, createClient = createDeviceClient } = options;
  const { clock } = environment;
  const { connection } = createClient({ ...options, kind: 'display' });
  const timers = createNamedTimers<'catch-up'>(clock);
  const stops: (() => void)[] = [];
  let phase: ConnectionState['phase'] = 'idle';
  let rev = -1;
  let latencyMs: number | null = null;
  let unsent: Receipt[] = [];

  async function readSelf(): Promise<void> {
    const result = await connection.request('device:read', {});
    if (result.ok) handlers.handleDevice(result.data);
  }

  function handleState(state: ConnectionState): void {
    const before = phase;
    phase = state.phase;
    if (phase === 'online' && before !== 'online') {
      void sendUnsent();
      handlers.handleOnline(clock.now() + state.clockOffsetMs);
      void readSelf();
      void connection.probe();
    }
    if (phase === 'refused' && (state.reason?.code === 'UNAUTHENTICATED' || state.revocation === 'revoked')) {
      handlers.handlePutOut();
    }
  }

  /** What the server did not acknowledge is said again with the next connection. */
  async function sendUnsent(): Promise<void> {
    while (unsent.length > 0 && phase === 'online') {
      const calls = unsent.slice(0, MAX_RECEIPTS);
      unsent = unsent.slice(MAX_RECEIPTS);
      const result = await connection.request('call:shown', { calls }, { via: 'socket' });
      if (result.ok || !isRetryable(result.error)) continue;
      unsent = [...calls, ...unsent].slice(-MAX_UNSENT);
      return;
    }
  }

  function handleBoard(board: Board): void {
    rev = board.rev;
    timers.stop('catch-up');
    handlers.handleBoard(board);
  }

  /** The beat knows of something that no board has told; the board may be on its way. */
  function catchUp(): void {
    if (!timers.has('catch-up'))
      timers.start('catch-up', clock.random() * CATCH_UP_SPREAD_MS, () => void connection.probe());
  }

  return {
    get latencyMs() {
      return latencyMs;
    },
    start() {
      stops.push(
        connection.subscribe(handleState),
        connection.on('board:changed', ({ board }) => handleBoard(board)),
        connection.on('queue:beat', (beat) => {
          if (beat.rev > rev) catchUp();
          handlers.handleBeat({ rev: beat.rev, serverTimeMs: Date.parse(beat.serverTime) });
        }),
        connection.on('device:changed', ({ device }) => {
          handlers.handleDevice(device);
          catchUp();
        }),
        connection.acquire(),
      );
    },
    stop() {
      timers.stopAll();
      for (const stop of stops.splice(0)) stop();
      connection.close();
    },
    async report(health) {
      const begin = clock.now();
      const result = await connection.request('device:report', { health });
      if (result.ok) latencyMs = Math.min(600_000, Math.max(0, Math.round(clock.now() - begin)));
    },
    sendReceipts(receipts) {
      unsent = [...unsent, ...receipts].slice(-MAX_UNSENT);
      void sendUnsent();
    },
  };
}

/** How the kiosk is, for the staff's list of devices: every 30 seconds (QK-20). */
import type { DeviceHealth } from '@frontdesk/protocol/devices';
import type { Clock } from '../core/client/clock.js';
import type { DeviceLink } from './issuer.js';
import type { KioskAction, KioskState, PrinterCondition } from './kiosk-store.js';

/** What only the page knows. */
export interface HealthProbe {
  readonly appVersion: string;
  readWakeLock(): DeviceHealth['wakeLock'];
  readSound(): DeviceHealth['sound'];
  readVoice(): DeviceHealth['voice'];
}

export interface KioskHealth {
  report(): Promise<void>;
  noteTicket(): void;
}

export interface HealthDeps {
  readonly connection: DeviceLink;
  readonly environment: { readonly clock: Clock };
  readonly probe: HealthProbe;
  getState(): KioskState;
  dispatch(action: KioskAction): void;
  now(): number;
  checkPrinter(): Promise<PrinterCondition>;
}

export function createKioskHealth({
  connection,
  environment,
  probe,
  getState,
  dispatch,
  now,
  checkPrinter,
}: HealthDeps): KioskHealth {
  let lastTicketAt: string | null = null;
  let latencyMs: number | null = null;
  return {
    noteTicket() {
      lastTicketAt = new Date(now()).toISOString();
    },
    async report() {
      const printer = await checkPrinter();
      dispatch({ type: 'printer-checked', printer });
      const startedAtMs = environment.clock.now();
      const answer = await connection.request('device:report', {
        health: {
          appVersion: probe.appVersion,
          wakeLock: probe.readWakeLock(),
          sound: probe.readSound(),
          voice: probe.readVoice(),
          printer,
          latencyMs,
          waitingOffline: getState().heldBack,
          lastTicketAt,
        },
      });
      latencyMs = answer.ok ? Math.max(0, environment.clock.now() - startedAtMs) : null;
    },
  };
}

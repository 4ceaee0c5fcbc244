/**
 * How a device becomes one of a business. It makes its token itself and shows a code; whoever may manage devices types the code
 * in. A code is good for one device, once, for ten minutes; a token that was revoked is never paired again.
 */
import { randomInt } from 'node:crypto';
import type { DeviceDto, DisplaySettings, KioskSettings } from '@frontdesk/protocol/devices';
import type { DeviceId, DeviceToken, LocationId } from '@frontdesk/protocol/ids';
import type { DeviceKind } from '@frontdesk/protocol/vocabulary';
import type { Clock } from '../core/clock.js';
import type { PublicContext, StaffContext } from '../core/context.js';
import { deriveId, nameTry } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import type { Limits } from '../core/limits.js';
import { hashSecret } from '../core/secrets.js';
import type { LocationDirectory } from '../locations/index.js';
import type { DeviceStore } from './devices.store.js';
import type { Device } from './devices.types.js';
import type { Pairing, PairingStore } from './pairings.store.js';

const CODE_TTL_MS = 10 * 60_000;
/** A million codes and at most thousands that are shown: the first try is nearly always free. */
const CODE_TRIES = 20;

const DEFAULT_ACCENT = '#2563eb';
const DISPLAY_DEFAULTS: DisplaySettings = {
  serviceIds: [],
  counterGroups: [],
  accent: DEFAULT_ACCENT,
  scheme: 'auto',
  playlist: [],
  ticker: '',
  showNames: false,
  showJoinCode: true,
  isSoundOn: true,
  repeat: 1,
};
const KIOSK_DEFAULTS: Omit<KioskSettings, 'exitPin'> = {
  serviceIds: [],
  printer: 'none',
  paperMillimeters: 80,
  idleSeconds: 30,
  accent: DEFAULT_ACCENT,
  isCheckInOn: true,
};

function createDigits(length: number): string {
  return String(randomInt(10 ** length)).padStart(length, '0');
}

export interface PairingServiceDeps {
  readonly store: DeviceStore;
  readonly pairings: PairingStore;
  readonly locations: Pick<LocationDirectory, 'find'>;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly handlePaired: (context: StaffContext, device: Device) => DeviceDto;
}

export type PairingService = ReturnType<typeof createPairingService>;

export function createPairingService(deps: PairingServiceDeps) {
  const { store, pairings, clock } = deps;

  async function createCode(tokenHash: string, kind: DeviceKind): Promise<Pairing> {
    const now = new Date(clock.now());
    for (let tries = 0; tries < CODE_TRIES; tries += 1) {
      const code = createDigits(6);
      const pairing = { tokenHash, kind, code, expiresAt: new Date(now.getTime() + CODE_TTL_MS) };
      const outcome = await pairings.insert(pairing, now);
      if (outcome === 'inserted') return pairing;
      const known = outcome === 'token-taken' && (await pairings.findByToken(tokenHash, now));
      if (known) return known;
    }
    throw new AppError('BUSY', { retryAfterMs: 3_000 });
  }

  /** The same try makes the same device, so that one whose answer was lost can be repeated. */
  const deviceIdOf = (context: StaffContext): DeviceId => deriveId(nameTry(context, 'device'));

  function describe(context: StaffContext, pairing: Pairing, name: string, locationId: LocationId): Device {
    const now = new Date(clock.now());
    const isDisplay = pairing.kind === 'display';
    return {
      id: deviceIdOf(context),
      tenantId: context.tenantId,
      locationId,
      kind: pairing.kind,
      name,
      tokenHash: pairing.tokenHash,
      display: isDisplay ? DISPLAY_DEFAULTS : null,
      kiosk: isDisplay ? null : { ...KIOSK_DEFAULTS, exitPin: createDigits(6) },
      pairedAt: now,
      lastSeenAt: null,
      syncedAt: now,
      health: null,
      changedAt: now,
      revokedAt: null,
    };
  }

  return {
    async request(context: PublicContext, { token, kind }: { token: DeviceToken; kind: DeviceKind }) {
      const tokenHash = hashSecret(token);
      const device = await store.findByToken(tokenHash);
      if (device?.revokedAt)
        throw new AppError('UNAUTHENTICATED', { message: 'This token was revoked; make another.' });
      if (device) return { state: 'paired' as const };
      const known = await pairings.findByToken(tokenHash, new Date(clock.now()));
      // Asking again costs nothing; it is new codes that fill the six digits up.
      if (!known) await deps.limits.consume('device-code', context.ipPrefix);
      const { code, expiresAt } = known ?? (await createCode(tokenHash, kind));
      return { state: 'waiting' as const, code, expiresAt: expiresAt.toISOString() };
    },
    /** NOT_FOUND for a code that nobody shows, that has expired or that was used, all alike. */
    async pair(
      context: StaffContext,
      input: { code: string; name: string; locationId: LocationId },
    ): Promise<DeviceDto> {
      const location = await deps.locations.find(context, input.locationId);
      if (!location || location.isArchived) throw new AppError('NOT_FOUND');
      const before = await store.find(context, deviceIdOf(context));
      if (before && !before.revokedAt) return deps.handlePaired(context, before);
      const pairing = await pairings.findByCode(input.code, new Date(clock.now()));
      if (!pairing) throw new AppError('NOT_FOUND');
      const device = describe(context, pairing, input.name, location.id);
      // The unique index on the token decides between two members who type the same code.
      const isOurs = (await store.insert(device)) === 'inserted';
      await pairings.remove(pairing.tokenHash);
      if (!isOurs) throw new AppError('NOT_FOUND');
      return deps.handlePaired(context, device);
    },
  };
}

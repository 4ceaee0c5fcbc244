/**
 * What this process knows of devices: who may come in, who is connected, what they said of themselves. A revocation counts at once
 * here; other processes' changes are looked for every second, so that one put out anywhere is out everywhere within two (QA-7).
 */
import type { DeviceHealth, DeviceSelf } from '@frontdesk/protocol/devices';
import { TOKEN_PATTERN, type DeviceId, type LocationId, type TenantId } from '@frontdesk/protocol/ids';
import type { Authenticators } from '../core/authenticators.js';
import type { EventBus } from '../core/bus.js';
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import type { FactPublisher } from '../core/facts.js';
import type { Logger } from '../core/logger.js';
import { rooms } from '../core/rooms.js';
import { hashSecret } from '../core/secrets.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import type { Liveliness } from './devices.presenter.js';
import type { DeviceStore, Sighting } from './devices.store.js';
import type { Device, DeviceDirectory, Scoped } from './devices.types.js';

/** Backstop only: what changes is forgotten sooner. */
const CACHE_TTL_MS = 3_000;
const MAX_CACHED = 20_000;
const WATCH_INTERVAL_MS = 1_000;
/** Clocks of processes differ, and a write takes its time: what changed this long before the last look is looked at again. */
const WATCH_OVERLAP_MS = 15_000;
const WRITE_INTERVAL_MS = 5_000;
/** Devices report every 30 s, also those that have no socket. */
const SILENCE_MS = 45_000;

interface Cached {
  readonly device: Device | undefined;
  readonly untilMs: number;
}

interface Connected {
  readonly id: DeviceId;
  readonly tenantId: TenantId;
  readonly locationId: LocationId;
  sockets: number;
  /** null until it is read. */
  device: Device | null;
}

/** The latest word of a device to this process. */
interface Heard {
  readonly tenantId: TenantId;
  readonly lastSeenMs: number;
  readonly isGone: boolean;
  readonly syncedMs: number | null;
  readonly health: DeviceHealth | null;
}

export interface DeviceRegistryDeps {
  readonly store: DeviceStore;
  readonly directory: Pick<TenancyDirectory, 'findTenant'>;
  readonly facts: FactPublisher;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly log: Logger;
  readonly describeSelf: (device: Device) => Promise<DeviceSelf>;
}

export interface DeviceRegistry {
  readonly authenticate: Authenticators['device'];
  readonly directory: DeviceDirectory;
  readonly describe: (device: Device) => Liveliness;
  /** A device was written: sockets, displays and staff hear of it. */
  readonly heed: (device: Device) => void;
  readonly noteReport: (device: Pick<Device, 'id' | 'tenantId'>, health: DeviceHealth) => void;
  start(): void;
  stop(): Promise<void>;
}

/** What a member would want to see at once; a slower network or another ticket is not that. */
function hasNews(before: DeviceHealth | null, now: DeviceHealth): boolean {
  const seen = ({ appVersion, wakeLock, sound, voice, printer, waitingOffline }: DeviceHealth) =>
    [appVersion, wakeLock, sound, voice, printer, waitingOffline > 0].join('\n');
  return before === null || seen(before) !== seen(now);
}

export function createDeviceRegistry(deps: DeviceRegistryDeps): DeviceRegistry {
  const { store, facts, bus, clock, log } = deps;
  const cache = new Map<string, Cached>();
  const connected = new Map<DeviceId, Connected>();
  const heard = new Map<DeviceId, Heard>();
  const unwritten = new Set<DeviceId>();
  /** Counts forgets, so that a read which began before one does not bring the old answer back. */
  let generation = 0;
  let watchedMs = 0;
  const timers: NodeJS.Timeout[] = [];
  const warn = (error: unknown): void => log.warn({ err: error }, 'devices could not be looked after');

  function tellStaff(tenantId: TenantId): void {
    facts.toStaff(rooms.tenantStaff(tenantId), 'workspace:changed', { what: 'devices' });
  }

  async function readStanding(key: string, load: () => Promise<Device | undefined>): Promise<Device> {
    const known = cache.get(key);
    if (known && known.untilMs > clock.now()) return requireStanding(known.device);
    const before = generation;
    const found = await load();
    const tenant = found && (await deps.directory.findTenant(found));
    const device = tenant && !tenant.suspended && !found.revokedAt ? found : undefined;
    if (before === generation && device) {
      cache.delete(key);
      cache.set(key, { device, untilMs: clock.now() + CACHE_TTL_MS });
      const oldest = cache.keys().next();
      if (cache.size > MAX_CACHED && !oldest.done) cache.delete(oldest.value);
    }
    return requireStanding(device);
  }

  function requireStanding(device: Device | undefined): Device {
    if (!device) throw new AppError('UNAUTHENTICATED');
    return device;
  }

  async function find(context: Scoped, id: DeviceId): Promise<Device> {
    return readStanding(`${context.tenantId}:${id}`, () => store.find(context, id));
  }

  function forget({ tenantId, id, tokenHash }: Device): void {
    generation += 1;
    cache.delete(`${tenantId}:${id}`);
    cache.delete(tokenHash);
  }

  function hear(id: DeviceId, tenantId: TenantId, word: Partial<Omit<Heard, 'tenantId'>>): void {
    const known = heard.get(id) ?? { syncedMs: null, health: null, isGone: false };
    heard.set(id, { ...known, lastSeenMs: clock.now(), ...word, tenantId });
    unwritten.add(id);
  }

  async function show(entry: Connected): Promise<void> {
    const { tenantId, locationId } = entry;
    const found = await find(entry, entry.id);
    // It may have been changed while it was read.
    entry.device ??= found;
    if (entry.device.kind === 'display') bus.publish('displays:changed', { tenantId, locationId });
  }

  /** Settings that other processes wrote arrive here as well, so it must bear to hear the same twice. */
  function heed(device: Device): void {
    const { id, tenantId } = device;
    forget(device);
    const entry = connected.get(id);
    if (device.revokedAt) {
      connected.delete(id);
      heard.delete(id);
      facts.closeRoom(rooms.device(tenantId, id), 'revoked');
      return;
    }
    if (!entry || (entry.device && entry.device.changedAt >= device.changedAt)) return;
    entry.device = device;
    bus.publish('displays:changed', { tenantId, locationId: device.locationId });
    tellDevice(device).catch(warn);
  }

  async function tellDevice(device: Device): Promise<void> {
    const room = rooms.device(device.tenantId, device.id);
    if (facts.hasSockets(room)) facts.toDevices(room, 'device:changed', { device: await deps.describeSelf(device) });
  }

  async function watch(): Promise<void> {
    const lookedMs = clock.now();
    for (const device of await store.listChangedSince(new Date(watchedMs - WATCH_OVERLAP_MS))) heed(device);
    // Only now: a look that failed is made up for by the next one.
    watchedMs = lookedMs;
  }

  async function write(): Promise<void> {
    const ids = [...unwritten];
    unwritten.clear();
    for (const id of ids) {
      const word = heard.get(id);
      if (!word) continue;
      const sighting: Sighting = {
        lastSeenAt: new Date(word.lastSeenMs),
        ...(word.syncedMs !== null && { syncedAt: new Date(word.syncedMs) }),
        ...(word.health !== null && { health: word.health }),
      };
      await store.noteSeen(word, id, sighting).catch((error: unknown) => {
        unwritten.add(id);
        warn(error);
      });
    }
  }

  /** Once it is written, the store says the same of a device that has been silent for long. */
  function forgetSilent(): void {
    const limit = clock.now() - SILENCE_MS;
    for (const [id, { lastSeenMs }] of heard) {
      if (lastSeenMs < limit && !connected.has(id) && !unwritten.has(id)) heard.delete(id);
    }
  }

  function describe({ id, lastSeenAt, health }: Device): Liveliness {
    const word = heard.get(id);
    const lastSeenMs = Math.max(word?.lastSeenMs ?? 0, lastSeenAt?.getTime() ?? 0);
    // Another process may have heard of it after it left this one.
    const isKnownGone = word?.isGone === true && word.lastSeenMs >= lastSeenMs;
    return {
      isOnline: connected.has(id) || (!isKnownGone && lastSeenMs > clock.now() - SILENCE_MS),
      lastSeenAt: lastSeenMs === 0 ? null : new Date(lastSeenMs).toISOString(),
      health: word?.health ?? health,
    };
  }

  bus.subscribe('device-socket:opened', async ({ tenantId, deviceId: id, locationId }) => {
    hear(id, tenantId, { isGone: false });
    const entry = connected.get(id) ?? { id, tenantId, locationId, sockets: 0, device: null };
    connected.set(id, entry);
    entry.sockets += 1;
    if (entry.sockets > 1) return;
    tellStaff(tenantId);
    await show(entry).catch(warn);
  });
  bus.subscribe('device-socket:closed', ({ tenantId, deviceId: id }) => {
    const entry = connected.get(id);
    if (!entry) return;
    entry.sockets -= 1;
    if (entry.sockets > 0) return;
    connected.delete(id);
    hear(id, tenantId, { isGone: true });
    tellStaff(tenantId);
  });
  bus.subscribe('location:changed', ({ tenantId, locationId }) => {
    for (const { device } of connected.values()) {
      if (device?.tenantId === tenantId && device.locationId === locationId) tellDevice(device).catch(warn);
    }
  });

  return {
    async authenticate(token) {
      if (token === undefined || !TOKEN_PATTERN.test(token)) throw new AppError('UNAUTHENTICATED');
      const tokenHash = hashSecret(token);
      const { tenantId, id, kind, locationId } = await readStanding(tokenHash, () => store.findByToken(tokenHash));
      return { tenantId, actor: { kind: 'device', deviceId: id, deviceKind: kind, locationId } };
    },
    directory: {
      listDisplays: ({ tenantId, locationId }) =>
        [...connected.values()].flatMap(({ device }) =>
          device?.kind === 'display' && device.tenantId === tenantId && device.locationId === locationId ? device : [],
        ),
      listLocations() {
        const locations = new Map(
          [...connected.values()].map(({ tenantId, locationId }) => [locationId, { tenantId, locationId }]),
        );
        return [...locations.values()];
      },
      async countOffline(context) {
        const counts = new Map<LocationId, number>();
        for (const device of await store.list(context)) {
          if (describe(device).isOnline) continue;
          counts.set(device.locationId, (counts.get(device.locationId) ?? 0) + 1);
        }
        return counts;
      },
      find,
      async syncedAtMs(context, id) {
        return heard.get(id)?.syncedMs ?? (await find(context, id)).syncedAt.getTime();
      },
    },
    describe,
    heed,
    noteReport({ id, tenantId }, health) {
      const before = heard.get(id)?.health ?? null;
      const isSynced = health.waitingOffline === 0;
      hear(id, tenantId, { health, isGone: false, ...(isSynced && { syncedMs: clock.now() }) });
      if (hasNews(before, health)) tellStaff(tenantId);
    },
    start() {
      watchedMs = clock.now();
      timers.push(
        setInterval(() => void watch().catch(warn), WATCH_INTERVAL_MS),
        setInterval(() => void write().then(forgetSilent).catch(warn), WRITE_INTERVAL_MS),
      );
      for (const timer of timers) timer.unref();
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await write();
    },
  };
}

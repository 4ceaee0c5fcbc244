/** Use cases of devices that are paired: what staff do with them and what they say of themselves. */
import { timingSafeEqual } from 'node:crypto';
import type { DeviceDto, DeviceHealth, DeviceSelf, DisplaySettings, KioskSettings } from '@frontdesk/protocol/devices';
import type { DeviceId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { DeviceContext, StaffContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import { withoutUndefined } from '../core/patch.js';
import type { FactPublisher } from '../core/facts.js';
import { canRole } from '../core/permissions.js';
import { rooms } from '../core/rooms.js';
import type { LocationDirectory } from '../locations/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import type { DeviceRegistry } from './device-registry.js';
import { presentDevice, presentSelf } from './devices.presenter.js';
import type { DeviceStore } from './devices.store.js';
import type { Device, OwnsServices } from './devices.types.js';

export interface DevicesServiceDeps {
  readonly store: DeviceStore;
  readonly registry: DeviceRegistry;
  readonly facts: FactPublisher;
  readonly clock: Clock;
  readonly ownsServices: OwnsServices;
}

export interface DevicePatch {
  readonly name?: string | undefined;
  readonly display?: DisplaySettings | undefined;
  readonly kiosk?: KioskSettings | undefined;
}

/** Reads everything that a device is told of itself. */
export function createSelfReader(deps: {
  readonly directory: Pick<TenancyDirectory, 'findTenant'>;
  readonly locations: Pick<LocationDirectory, 'find'>;
}): (device: Device) => Promise<DeviceSelf> {
  return async (device) => {
    const [tenant, location] = await Promise.all([
      deps.directory.findTenant(device),
      deps.locations.find(device, device.locationId),
    ]);
    if (!tenant || !location) throw new AppError('NOT_FOUND');
    return presentSelf(device, tenant, location);
  };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export type DevicesService = ReturnType<typeof createDevicesService>;

export function createDevicesService(
  deps: DevicesServiceDeps & { readonly readSelf: (device: Device) => Promise<DeviceSelf> },
) {
  const { store, registry, facts, clock } = deps;

  function present(context: StaffContext, device: Device): DeviceDto {
    const seesPin = canRole(context.actor.role, 'device:manage');
    return presentDevice(device, registry.describe(device), seesPin);
  }

  /** A device was paired, changed or put out: it hears of it, and so does everybody who has the list open. */
  function announce(device: Device): void {
    registry.heed(device);
    facts.toStaff(rooms.tenantStaff(device.tenantId), 'workspace:changed', { what: 'devices' });
  }

  /** Later than the one before, also within a millisecond: who compares the two must see which is newer. */
  function nextChange({ changedAt }: Device): Date {
    return new Date(Math.max(clock.now(), changedAt.getTime() + 1));
  }

  async function checkPatch(context: StaffContext, device: Device, { display, kiosk }: DevicePatch): Promise<void> {
    const wrong = device.kind === 'display' ? kiosk && 'kiosk' : display && 'display';
    if (wrong) throw new AppError('VALIDATION', { fields: { [wrong]: `must not be set for a ${device.kind}` } });
    const serviceIds = (display ?? kiosk)?.serviceIds ?? [];
    if (serviceIds.length === 0) return;
    if (!(await deps.ownsServices(context, device.locationId, serviceIds))) throw new AppError('NOT_FOUND');
  }

  return {
    present,
    announce,
    async list(context: StaffContext): Promise<DeviceDto[]> {
      return (await store.list(context)).map((device) => present(context, device));
    },
    async update(context: StaffContext, id: DeviceId, patch: DevicePatch): Promise<DeviceDto> {
      const before = await store.find(context, id);
      if (!before || before.revokedAt) throw new AppError('NOT_FOUND');
      await checkPatch(context, before, patch);
      const device = await store.update(context, id, { ...withoutUndefined(patch), changedAt: nextChange(before) });
      if (!device) throw new AppError('NOT_FOUND');
      announce(device);
      return present(context, device);
    },
    /** One that is out already is out. */
    async revoke(context: StaffContext, id: DeviceId): Promise<void> {
      const before = await store.find(context, id);
      if (!before) throw new AppError('NOT_FOUND');
      const revokedAt = new Date(clock.now());
      const device = await store.update(context, id, { revokedAt, changedAt: nextChange(before) });
      announce(device ?? before);
    },
    async read({ tenantId, actor }: DeviceContext): Promise<DeviceSelf> {
      return deps.readSelf(await registry.directory.find({ tenantId }, actor.deviceId));
    },
    report({ tenantId, actor }: DeviceContext, health: DeviceHealth): string {
      registry.noteReport({ id: actor.deviceId, tenantId }, health);
      return new Date(clock.now()).toISOString();
    },
    async checkPin({ tenantId, actor }: DeviceContext, pin: string): Promise<boolean> {
      const { kiosk } = await registry.directory.find({ tenantId }, actor.deviceId);
      return kiosk !== null && isSame(pin, kiosk.exitPin);
    },
  };
}

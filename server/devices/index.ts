/** Kiosks and displays: pairing, standing, settings, health. */
import type { Authenticators } from '../core/authenticators.js';
import type { BoundCommand } from '../core/command.js';
import type { CoreDeps } from '../core/deps.js';
import type { FactPublisher } from '../core/facts.js';
import type { LocationDirectory } from '../locations/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import { createDeviceRegistry } from './device-registry.js';
import { bindDeviceCommands } from './devices.commands.js';
import { createDeviceModels } from './devices.model.js';
import { createDevicesService, createSelfReader } from './devices.service.js';
import { createDeviceStore } from './devices.store.js';
import type { DeviceDirectory, OwnsServices } from './devices.types.js';
import { createPairingService } from './pairing.service.js';
import { createPairingStore } from './pairings.store.js';

export type * from './devices.types.js';

export interface DevicesDeps extends CoreDeps {
  readonly facts: FactPublisher;
  readonly directory: Pick<TenancyDirectory, 'findTenant'>;
  readonly locations: Pick<LocationDirectory, 'find'>;
  /** May be bound late: the queue needs the devices too. */
  readonly ownsServices: OwnsServices;
}

export interface Devices {
  readonly commands: readonly BoundCommand[];
  readonly authenticateDevice: Authenticators['device'];
  readonly directory: DeviceDirectory;
  start(): void;
  /** Writes what devices said of themselves and is not written yet. */
  stop(): Promise<void>;
}

export function createDevices(deps: DevicesDeps): Devices {
  const { connection, facts, bus, clock, log, limits, directory, locations, ownsServices } = deps;
  const models = createDeviceModels(connection);
  const store = createDeviceStore(models.Device);
  const readSelf = createSelfReader({ directory, locations });
  const registry = createDeviceRegistry({ store, directory, facts, bus, clock, log, describeSelf: readSelf });
  const devices = createDevicesService({ store, registry, facts, clock, ownsServices, readSelf });
  const pairing = createPairingService({
    store,
    pairings: createPairingStore(models.Pairing),
    locations,
    limits,
    clock,
    handlePaired(context, device) {
      devices.announce(device);
      return devices.present(context, device);
    },
  });
  return {
    commands: bindDeviceCommands(devices, pairing),
    authenticateDevice: registry.authenticate,
    directory: registry.directory,
    start: registry.start,
    stop: registry.stop,
  };
}

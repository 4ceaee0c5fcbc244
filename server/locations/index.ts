/** Branches with their zone and opening hours; queue, booking and contact card read the same ones. */
import type { BoundCommand } from '../core/command.js';
import { bindLocationCommands } from './locations.commands.js';
import { createLocationModel } from './locations.model.js';
import { createLocationsService, type LocationsDeps, type LocationsService } from './locations.service.js';
import { createLocationStore } from './locations.store.js';
import type { LocationDirectory } from './locations.types.js';

export type * from './locations.types.js';

export interface Locations {
  readonly commands: BoundCommand[];
  readonly directory: LocationDirectory;
  /** Makes branches without a person asking over the wire: the seed, tests. */
  readonly provision: { readonly createLocation: LocationsService['create'] };
}

export function createLocations(deps: LocationsDeps): Locations {
  const store = createLocationStore(createLocationModel(deps.connection));
  const service = createLocationsService({ ...deps, store });
  return {
    commands: bindLocationCommands(service),
    directory: {
      find: store.find,
      list: store.list,
      applyNextTimeZone: service.applyNextTimeZone,
    },
    provision: { createLocation: service.create },
  };
}

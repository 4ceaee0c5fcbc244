/** The commands of branches: permission, limit and service call of each. */
import { locationStaffCommands } from '@frontdesk/protocol/locations';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { LocationsService } from './locations.service.js';

export function bindLocationCommands(locations: LocationsService): BoundCommand[] {
  return bindCommands(locationStaffCommands, {
    'location:list': {
      permission: 'location:read',
      limit: 'staff-read',
      handle: async (context) => ({ locations: await locations.list(context) }),
    },
    'location:create': {
      permission: 'location:manage',
      limit: 'staff-write',
      handle: (context, input) => locations.createDto(context, input),
    },
    'location:update': {
      permission: 'location:manage',
      limit: 'staff-write',
      handle: (context, { locationId, ...patch }) => locations.update(context, locationId, patch),
    },
  });
}

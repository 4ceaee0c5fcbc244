/** The commands of devices: permission, kinds, limit and service call of each. */
import { deviceCommands, devicePublicCommands, deviceStaffCommands } from '@frontdesk/protocol/devices';
import { DEVICE_KINDS } from '@frontdesk/protocol/vocabulary';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { DevicesService } from './devices.service.js';
import type { PairingService } from './pairing.service.js';

export function bindDeviceCommands(devices: DevicesService, pairing: PairingService): BoundCommand[] {
  return [
    ...bindCommands(devicePublicCommands, {
      'device:request-pairing': {
        limit: 'device-pairing',
        handle: (context, input) => pairing.request(context, input),
      },
    }),
    ...bindCommands(deviceCommands, {
      'device:read': { kinds: DEVICE_KINDS, limit: 'device-read', handle: (context) => devices.read(context) },
      'device:report': {
        kinds: DEVICE_KINDS,
        limit: 'device-write',
        handle: async (context, { health }) => ({ serverTime: devices.report(context, health) }),
      },
      'device:check-pin': {
        kinds: ['kiosk'],
        limit: 'device-pin',
        handle: async (context, { pin }) => ({ isRight: await devices.checkPin(context, pin) }),
      },
    }),
    ...bindCommands(deviceStaffCommands, {
      'device:list': {
        permission: 'device:read',
        limit: 'staff-read',
        handle: async (context) => ({ devices: await devices.list(context) }),
      },
      'device:pair': {
        permission: 'device:manage',
        limit: 'device-pair',
        handle: (context, input) => pairing.pair(context, input),
      },
      'device:update': {
        permission: 'device:manage',
        limit: 'staff-write',
        handle: (context, { deviceId, ...patch }) => devices.update(context, deviceId, patch),
      },
      'device:revoke': {
        permission: 'device:manage',
        limit: 'staff-write',
        handle: async (context, { deviceId }) => {
          await devices.revoke(context, deviceId);
          return { accepted: true as const };
        },
      },
    }),
  ];
}

/** The devices domain as the queue sees it: what a display shows and what a kiosk offers. */
import type { Device, DeviceDirectory } from '../devices/index.js';
import type { DevicePort, ShownBy } from './queue.types.js';

function toShownBy({ id, display }: Device): ShownBy {
  return {
    deviceId: id,
    serviceIds: display?.serviceIds ?? [],
    counterGroups: display?.counterGroups ?? [],
    showNames: display?.showNames ?? false,
    showJoinCode: display?.showJoinCode ?? true,
  };
}

export function createDevicePort(devices: DeviceDirectory): DevicePort {
  return {
    listDisplays: (queue) => devices.listDisplays(queue).map(toShownBy),
    listQueues: () => devices.listLocations(),
    async findDisplay(context, deviceId) {
      return toShownBy(await devices.find(context, deviceId));
    },
    async findKiosk(context, deviceId) {
      const { kiosk } = await devices.find(context, deviceId);
      return { serviceIds: kiosk?.serviceIds ?? [], isCheckInOn: kiosk?.isCheckInOn ?? false };
    },
    lastContactMs: (context, deviceId) => devices.syncedAtMs(context, deviceId),
  };
}

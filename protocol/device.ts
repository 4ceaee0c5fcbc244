/** Event map of the `/device` namespace: what a paired kiosk or display asks and hears. Types only. */
import type { z } from 'zod';
import type { CommandTypes } from './command.js';
import type { deviceCommands } from './devices.js';
import type { deviceFacts } from './facts.js';
import type { DeviceToken } from './ids.js';
import type { queueDeviceCommands } from './queue-device.js';
import type { bookingDeviceCommands } from './booking-kiosk.js';

export type DeviceCommands = CommandTypes<typeof deviceCommands> &
  CommandTypes<typeof queueDeviceCommands> &
  CommandTypes<typeof bookingDeviceCommands>;

/** `auth` of the handshake; the handshake URL says `audience=device`. HTTP twins send the token as `Authorization: Bearer`. */
export interface DeviceHandshake {
  readonly token: DeviceToken;
  readonly protocol: number;
}

export type DeviceFacts = { [Name in keyof typeof deviceFacts]: z.output<(typeof deviceFacts)[Name]> };
export type DeviceFactName = keyof DeviceFacts;

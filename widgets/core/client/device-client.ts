/** A paired kiosk's or display's side of the wire: a typed connection to `/device`. */
import type { DeviceCommands, DeviceFacts, DeviceHandshake } from '@frontdesk/protocol/device';
import type { DeviceToken } from '@frontdesk/protocol/ids';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { DeviceKind } from '@frontdesk/protocol/vocabulary';
import type { Connection } from './connection-types.js';
import { createConnection, type ConnectionCheck } from './connection.js';
import { getEnvironment, type ClientEnvironment } from './environment.js';

/** What a kiosk hears of itself when it asks what is on offer. */
export interface DeviceClientFacts extends DeviceFacts {
  'offer:read': { readonly offer: DeviceCommands['queue:offer']['output'] };
}

export type DeviceConnection = Connection<DeviceCommands, DeviceClientFacts>;

export interface DeviceClient {
  readonly serverUrl: string;
  readonly environment: ClientEnvironment;
  readonly connection: DeviceConnection;
}

export interface DeviceClientOptions {
  readonly serverUrl: string;
  readonly kind: DeviceKind;
  readonly token: DeviceToken;
  readonly environment?: ClientEnvironment;
}

const checks: Readonly<Record<DeviceKind, ConnectionCheck>> = {
  display: {
    name: 'board:read',
    buildInput: () => ({}),
    toFact: (board) => ({ name: 'board:changed', fact: { board } }),
  },
  kiosk: {
    name: 'queue:offer',
    buildInput: () => ({}),
    toFact: (offer) => ({ name: 'offer:read', fact: { offer } }),
  },
};

export function createDeviceClient(options: DeviceClientOptions): DeviceClient {
  const { serverUrl, token, environment = getEnvironment() } = options;
  const connection = createConnection<DeviceCommands, DeviceClientFacts>({
    environment,
    serverUrl,
    audience: 'device',
    site: null,
    // A device has one token for its life; when that is refused, somebody has to pair it again.
    credential: { getToken: () => token, refresh: () => Promise.resolve(false) },
    buildHandshake: (): DeviceHandshake => ({ token, protocol: PROTOCOL_VERSION }),
    check: checks[options.kind],
  });
  return { serverUrl, environment, connection };
}

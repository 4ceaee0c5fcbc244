/** The side of the wire of whoever holds a ticket's link: a typed connection to `/ticket`. */
import type { TicketToken } from '@frontdesk/protocol/ids';
import type { TicketCommands, TicketFacts, TicketHandshake } from '@frontdesk/protocol/ticket';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { Connection } from './connection-types.js';
import { createConnection } from './connection.js';
import { getEnvironment, type ClientEnvironment } from './environment.js';

export type TicketConnection = Connection<TicketCommands, TicketFacts>;

export interface TicketClient {
  readonly serverUrl: string;
  readonly environment: ClientEnvironment;
  readonly connection: TicketConnection;
}

export interface TicketClientOptions {
  readonly serverUrl: string;
  readonly token: TicketToken;
  readonly environment?: ClientEnvironment;
}

export function createTicketClient(options: TicketClientOptions): TicketClient {
  const { serverUrl, token, environment = getEnvironment() } = options;
  const connection = createConnection<TicketCommands, TicketFacts>({
    environment,
    serverUrl,
    audience: 'ticket',
    site: null,
    credential: { getToken: () => token, refresh: () => Promise.resolve(false) },
    buildHandshake: (): TicketHandshake => ({ token, protocol: PROTOCOL_VERSION }),
    check: {
      name: 'ticket:read',
      buildInput: () => ({}),
      toFact: (state) => ({ name: 'ticket:changed', fact: { state } }),
    },
  });
  return { serverUrl, environment, connection };
}

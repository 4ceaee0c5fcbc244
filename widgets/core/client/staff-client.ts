/** A signed-in member's side of the wire: a typed connection to `/staff`. */
import type { ConversationId } from '@frontdesk/protocol/ids';
import type { StaffCommands, StaffFacts, StaffHandshake } from '@frontdesk/protocol/staff';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { Connection } from './connection-types.js';
import { createConnection } from './connection.js';
import { createHeadsCheck } from './heads-check.js';
import { getEnvironment, type ClientEnvironment } from './environment.js';

export type StaffConnection = Connection<StaffCommands, StaffFacts>;

export interface StaffClient {
  readonly serverUrl: string;
  readonly environment: ClientEnvironment;
  readonly connection: StaffConnection;
  /** Conversations whose heads are asked for when the page wakes; open threads add themselves. */
  readonly watched: Set<ConversationId>;
}

export interface StaffClientOptions {
  readonly serverUrl: string;
  /** Access token in memory, or null when signed out. */
  getAccessToken(): string | null;
  /**
   * Gets a fresh access token, for example by `session:refresh`; false when the person has to sign in again. Rejects
   * when the question could not be asked: the client then tries later instead of giving up.
   */
  refreshAccessToken(): Promise<boolean>;
  readonly environment?: ClientEnvironment;
}

/** One per signed-in session; whoever creates it calls `connection.close()` at sign-out. */
export function createStaffClient(options: StaffClientOptions): StaffClient {
  const { serverUrl, environment = getEnvironment() } = options;
  const watched = new Set<ConversationId>();
  const connection = createConnection<StaffCommands, StaffFacts>({
    environment,
    serverUrl,
    audience: 'staff',
    site: null,
    credential: { getToken: () => options.getAccessToken(), refresh: () => options.refreshAccessToken() },
    buildHandshake(): StaffHandshake | null {
      const token = options.getAccessToken();
      return token === null ? null : { token, protocol: PROTOCOL_VERSION };
    },
    check: createHeadsCheck(() => ({ conversationIds: [...watched].slice(0, 100) })),
  });
  return { serverUrl, environment, connection, watched };
}

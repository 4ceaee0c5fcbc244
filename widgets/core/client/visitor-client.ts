/** A website visitor's side of the wire: who the visitor is, and a typed connection to `/visitor`. */
import { createVisitorToken, type SiteKey, type VisitorToken } from '@frontdesk/protocol/ids';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { VisitorCommands, VisitorFacts, VisitorHandshake } from '@frontdesk/protocol/visitor';
import type { Connection } from './connection-types.js';
import { createConnection } from './connection.js';
import { createHeadsCheck } from './heads-check.js';
import { getEnvironment, type ClientEnvironment } from './environment.js';
import { createSiteStorage, type SiteStorage } from './storage.js';

export type VisitorConnection = Connection<VisitorCommands, VisitorFacts>;

export interface VisitorClient {
  readonly serverUrl: string;
  readonly site: SiteKey;
  readonly environment: ClientEnvironment;
  readonly storage: SiteStorage;
  readonly connection: VisitorConnection;
  /** True when this browser wrote to the business before. */
  isKnown(): boolean;
  /** Keeps the visitor's token in this browser. Called at the first send, never before. */
  keepToken(): VisitorToken;
  /** Wipes what this browser stored and, unless the server began it, signs the visitor out there too. */
  forget(tellServer: boolean): Promise<void>;
}

export interface VisitorClientOptions {
  /** Origin of the server, without a path. */
  readonly serverUrl: string;
  readonly site: SiteKey;
  readonly environment?: ClientEnvironment;
}

export function createVisitorClient(options: VisitorClientOptions): VisitorClient {
  const { serverUrl, site, environment = getEnvironment() } = options;
  const storage = createSiteStorage(site, environment.storage);
  /**
   * Before the first send the token lives here only. A stored one, perhaps of another tab, always wins; and when the
   * browser's storage is emptied under an open page, the visitor stays who he is until the page ends.
   */
  let current: VisitorToken | null = null;
  /** What the live connection said it is. */
  let connectedAs: VisitorToken | null = null;

  const getToken = (): VisitorToken => {
    current = storage.readVisitorToken() ?? current ?? createVisitorToken();
    return current;
  };
  const connection = createConnection<VisitorCommands, VisitorFacts>({
    environment,
    serverUrl,
    audience: 'visitor',
    site,
    credential: { getToken, refresh: async () => false },
    buildHandshake(): VisitorHandshake {
      connectedAs = getToken();
      return { site, token: connectedAs, protocol: PROTOCOL_VERSION };
    },
    check: createHeadsCheck(() => ({})),
  });

  return {
    serverUrl,
    site,
    environment,
    storage,
    connection,
    isKnown: () => storage.readVisitorToken() !== null,
    keepToken() {
      const token = getToken();
      if (storage.readVisitorToken() !== token) storage.writeVisitorToken(token);
      // Another tab was first: its token is the visitor's, so the connection must speak for it too.
      if (connectedAs !== null && connectedAs !== token && connection.getState().phase !== 'idle') {
        connection.reconnect();
      }
      return token;
    },
    async forget(tellServer) {
      if (tellServer && storage.readVisitorToken() !== null) {
        await connection.request('visitor:forget', {}, { via: 'http' });
      }
      await storage.forget();
      current = null;
      connectedAs = null;
      connection.reconnect();
    },
  };
}

const clients = new Map<string, VisitorClient>();

/** The page's one client of this server and site; every element on the page shares it. */
export function getVisitorClient(options: VisitorClientOptions): VisitorClient {
  const key = `${options.serverUrl} ${options.site}`;
  const client = clients.get(key) ?? createVisitorClient(options);
  clients.set(key, client);
  return client;
}

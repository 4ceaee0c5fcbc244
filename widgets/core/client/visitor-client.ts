/** A website visitor's side of the wire: who the visitor is, and a typed connection to `/visitor`. */
import type { SiteKey, VisitorToken } from '@frontdesk/protocol/ids';
import type { VisitorCommands, VisitorFacts } from '@frontdesk/protocol/visitor';
import type { Connection } from './connection-types.js';
import type { ClientEnvironment } from './environment.js';
import type { SiteStorage } from './storage.js';

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
  /** Signs this browser out and wipes what it stored. */
  forget(): Promise<void>;
}

export interface VisitorClientOptions {
  /** Origin of the server, without a path. */
  readonly serverUrl: string;
  readonly site: SiteKey;
  readonly environment?: ClientEnvironment;
}

export function createVisitorClient(_options: VisitorClientOptions): VisitorClient {
  throw new Error('Not built yet.');
}
/** The page's one client of this server and site; every element on the page shares it. */
export function getVisitorClient(_options: VisitorClientOptions): VisitorClient {
  throw new Error('Not built yet.');
}

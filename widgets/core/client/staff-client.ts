/** A signed-in member's side of the wire: a typed connection to `/staff`. */
import type { StaffCommands, StaffFacts } from '@frontdesk/protocol/staff';
import type { Connection } from './connection-types.js';
import type { ClientEnvironment } from './environment.js';

export type StaffConnection = Connection<StaffCommands, StaffFacts>;

export interface StaffClient {
  readonly serverUrl: string;
  readonly environment: ClientEnvironment;
  readonly connection: StaffConnection;
}

export interface StaffClientOptions {
  readonly serverUrl: string;
  /** Access token in memory, or null when signed out. */
  getAccessToken(): string | null;
  /** Gets a fresh access token, for example by `session:refresh`; false when the person has to sign in again. */
  refreshAccessToken(): Promise<boolean>;
  readonly environment?: ClientEnvironment;
}

/** One per signed-in session; whoever creates it calls `connection.close()` at sign-out. */
export function createStaffClient(_options: StaffClientOptions): StaffClient {
  throw new Error('Not built yet.');
}

/**
 * Socket.IO: typed namespaces `/visitor` and `/staff`, one generic command handler, and the publisher of facts.
 *
 * Made in two steps, because domains push facts and sockets run the domains' commands: `createRealtime(core)` brings
 * `facts`, `attach(server, ports)` opens the doors.
 */
import type { Server as HttpServer } from 'node:http';
import type { Authenticators } from './core/authenticators.js';
import type { Chat } from './chat/index.js';
import type { Contacts } from './contacts/index.js';
import type { CoreDeps } from './core/deps.js';
import type { Executor } from './core/executor.js';
import type { FactPublisher } from './core/facts.js';
import type { TenancyDirectory } from './tenancy/tenancy.types.js';

export interface RealtimePorts {
  readonly authenticators: Authenticators;
  readonly executor: Executor;
  readonly directory: TenancyDirectory;
  readonly contacts: Pick<Contacts, 'refreshVisitor'>;
  readonly chat: Pick<Chat, 'listVisitorHeads' | 'listStaffHeads'>;
}

export interface Realtime {
  readonly facts: FactPublisher;
  attach(server: HttpServer, ports: RealtimePorts): void;
  /** Tells every socket when to come back, refuses new work, waits for running commands, closes in waves. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

export function createRealtime(_core: CoreDeps): Realtime {
  throw new Error('Realtime is being built.');
}

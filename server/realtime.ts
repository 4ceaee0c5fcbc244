/**
 * Socket.IO: typed namespaces for visitors, staff, devices and tickets, one generic command handler, and the publisher of facts.
 *
 * Made in two steps, because domains push facts and sockets run the domains' commands: `createRealtime(core)` brings
 * `facts`, `attach(server, ports)` opens the doors.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { FRAME_MAX_BYTES } from '@frontdesk/protocol/limits';
import type { Chat } from './chat/index.js';
import type { Contacts } from './contacts/index.js';
import type { Authenticators } from './core/authenticators.js';
import type { CoreDeps } from './core/deps.js';
import type { Executor } from './core/executor.js';
import type { FactPublisher } from './core/facts.js';
import {
  createArrivals,
  createCommandHandler,
  createFactHub,
  createHandshakes,
  createOriginGate,
  startSweeps,
  openNamespaces,
  type AnySocket,
  type Namespaces,
} from './realtime/index.js';
import type { TenancyDirectory } from './tenancy/index.js';

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

/** Where clients look for a Socket.IO server unless they are told otherwise. */
const SOCKET_PATH = '/socket.io';
const CONNECT_TIMEOUT_MS = 10_000;
const PING_INTERVAL_MS = 25_000;
const PING_TIMEOUT_MS = 20_000;
/** Clients of a restarting server come back spread over this time. */
const RETURN_SPREAD_MS = 10_000;
const SETTLE_TIMEOUT_MS = 10_000;
const WAVE_SIZE = 500;
const WAVE_PAUSE_MS = 50;

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** Waits for running commands, but not for ever. */
async function settle(executor: Executor): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, SETTLE_TIMEOUT_MS);
  });
  await Promise.race([executor.settle(), timeout]);
  clearTimeout(timer);
}

/**
 * Node takes its own listeners off a connection that asks to be upgraded, and until the WebSocket library has it nobody
 * listens to its errors: one reset in that moment would end the process. Where nobody upgrades it is closed at once.
 */
function guardUpgrades(server: HttpServer, path: string): void {
  server.prependListener('upgrade', (request, connection) => {
    connection.on('error', () => connection.destroy());
    if (!request.url?.startsWith(path)) connection.destroy();
  });
}

/** Settings of delivery-protocol section 4. Connection-state recovery stays off: it replays packets before authentication. */
function createSocketServer(server: HttpServer): Server {
  guardUpgrades(server, SOCKET_PATH);
  return new Server(server, {
    path: SOCKET_PATH,
    maxHttpBufferSize: FRAME_MAX_BYTES,
    connectTimeout: CONNECT_TIMEOUT_MS,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
    allowEIO3: false,
    transports: ['polling', 'websocket'],
  });
}

export function createRealtime(core: CoreDeps): Realtime {
  const { config, log, clock, bus, limits } = core;
  const hub = createFactHub({ log, isValidating: config.environment !== 'production' });
  let io: Server | null = null;
  let namespaces: Namespaces | null = null;
  let executor: Executor | null = null;
  let isDraining = false;
  let stopSweeps = (): void => {};

  function listAll(): AnySocket[] {
    return Object.values(namespaces ?? {}).flatMap((namespace) => [...namespace.sockets.values()]);
  }

  function attach(server: HttpServer, ports: RealtimePorts): void {
    const sockets = createSocketServer(server);
    io = sockets;
    executor = ports.executor;
    const gate = createOriginGate({
      config,
      log,
      isSiteOrigin: ports.authenticators.isSiteOrigin,
      isDraining: () => isDraining,
    });
    sockets.engine.use(gate.handle);
    sockets.engine.on('connection', (raw: { id: string; request: IncomingMessage; once: Server['once'] }) => {
      raw.once('close', gate.adopt(raw.id, raw.request));
    });
    // The default namespace exists in every Socket.IO server; ours has nothing for anybody there.
    sockets.use((_socket, next) => next(new Error('Invalid namespace')));

    const opened = openNamespaces(sockets);
    namespaces = opened;
    createHandshakes({ config, limits, log, authenticators: ports.authenticators }).guardAll(opened);

    const arrivals = createArrivals({ ...ports, bus, clock, log, instance: randomUUID() });
    const listen = createCommandHandler({ ...ports, clock, log });
    for (const namespace of Object.values(opened)) {
      namespace.on('connection', (socket) => {
        arrivals.welcome(socket);
        listen(socket);
        socket.on('disconnect', () => arrivals.handleGone(socket));
      });
    }
    hub.bind(opened);
    bus.subscribe('session:ended', ({ room, sessionIds, reason }) => {
      for (const socket of hub.socketsIn(room)) {
        const { actor } = socket.data.connection;
        if (actor.kind !== 'staff') continue;
        if (sessionIds === 'all-of-member' || sessionIds.includes(actor.sessionId)) hub.revoke(socket, reason);
      }
    });
    stopSweeps = startSweeps({ ...ports, arrivals, hub, clock, log }, opened);
  }

  return {
    facts: hub.publisher,
    attach,
    async drain() {
      isDraining = true;
      for (const socket of listAll()) {
        socket.emit('server:draining', { retryAfterMs: Math.floor(Math.random() * RETURN_SPREAD_MS) });
      }
      if (executor) await settle(executor);
      const open = listAll();
      for (let from = 0; from < open.length; from += WAVE_SIZE) {
        // A closed transport makes the client come back; a Socket.IO disconnect would tell it to stay away.
        for (const socket of open.slice(from, from + WAVE_SIZE)) socket.conn.close();
        await pause(WAVE_PAUSE_MS);
      }
    },
    async close() {
      stopSweeps();
      if (!io) return;
      for (const socket of listAll()) socket.conn.close(true);
      io.engine.close();
      for (const { adapter } of [io.of('/'), ...Object.values(namespaces ?? {})]) void adapter.close();
    },
  };
}

/** What happens to a socket that was let in: rooms first, then `session:ready`, then the heads (delivery-protocol 3.4). */
import { randomUUID } from 'node:crypto';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { EventBus } from '../core/bus.js';
import type { Clock } from '../core/clock.js';
import type {
  CredentialedActor,
  DeviceActor,
  StaffActor,
  StaffContext,
  TenantContext,
  TicketActor,
  VisitorActor,
  VisitorContext,
} from '../core/context.js';
import type { Logger } from '../core/logger.js';
import { canRole } from '../core/permissions.js';
import { isWatchRoom, rooms } from '../core/rooms.js';
import type { Chat, Head } from '../chat/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import {
  isDeviceConnection,
  isStaffConnection,
  isVisitorConnection,
  type AnySocket,
  type Connection,
} from './connection.js';

export interface ArrivalsDeps {
  readonly chat: Pick<Chat, 'listVisitorHeads' | 'listStaffHeads'>;
  readonly directory: TenancyDirectory;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly log: Logger;
  /** Names this server process; a change tells clients that it restarted. */
  readonly instance: string;
}

function createContext<Actor extends CredentialedActor>(
  socket: AnySocket,
  connection: Connection<Actor>,
  log: Logger,
): TenantContext<Actor> {
  const { tenantId, actor, ipPrefix, userAgent } = connection;
  return { requestId: randomUUID(), tenantId, actor, ipPrefix, userAgent, log, socketId: socket.id };
}

export function createArrivals(deps: ArrivalsDeps) {
  const { chat, directory, bus } = deps;

  function greet(socket: AnySocket, heads: readonly Head[]): void {
    if (socket.data.connection.isClosed) return;
    socket.emit('session:ready', {
      serverTime: new Date(deps.clock.now()).toISOString(),
      protocol: PROTOCOL_VERSION,
      instance: deps.instance,
    });
    if (heads.length > 0) socket.emit('heads:reported', { heads });
  }

  function visitorRooms(connection: Connection<VisitorActor>): string[] {
    const { tenantId, actor } = connection;
    return [rooms.visitorToken(tenantId, actor.tokenHash), rooms.siteVisitors(tenantId, actor.siteId)];
  }

  async function readHeads(socket: AnySocket, connection: Connection<VisitorActor>): Promise<Head[]> {
    const context: VisitorContext = createContext(socket, connection, deps.log);
    return chat.listVisitorHeads(context);
  }

  /** The conversations are listed after the token's room is joined: one that begins meanwhile arrives through it. */
  async function welcomeVisitor(socket: AnySocket, connection: Connection<VisitorActor>): Promise<void> {
    await socket.join(visitorRooms(connection));
    const heads = await readHeads(socket, connection);
    if (connection.isClosed) return;
    await socket.join(heads.map((head) => rooms.visitorConversation(connection.tenantId, head.conversationId)));
    greet(socket, heads);
  }

  /** Leaves what the visitor may no longer see and joins what they now may. */
  async function rejoinVisitor(socket: AnySocket, connection: Connection<VisitorActor>): Promise<void> {
    const heads = await readHeads(socket, connection);
    const wanted = new Set([
      socket.id,
      ...visitorRooms(connection),
      ...heads.map((head) => rooms.visitorConversation(connection.tenantId, head.conversationId)),
    ]);
    for (const room of socket.rooms) if (!wanted.has(room) && !isWatchRoom(room)) await socket.leave(room);
    if (!connection.isClosed) await socket.join([...wanted]);
  }

  async function staffRooms(connection: Connection<StaffActor>): Promise<string[]> {
    const { tenantId, actor } = connection;
    const inboxes = await directory.listInboxes({ tenantId });
    const seen = inboxes.filter(({ id }) => actor.inboxIds === null || actor.inboxIds.includes(id));
    return [
      rooms.tenantStaff(tenantId),
      rooms.member(tenantId, actor.membershipId),
      rooms.session(tenantId, actor.sessionId),
      ...seen.map(({ id }) => rooms.inboxStaff(tenantId, id)),
    ];
  }

  async function welcomeStaff(socket: AnySocket, connection: Connection<StaffActor>): Promise<void> {
    const { tenantId, actor } = connection;
    await socket.join(await staffRooms(connection));
    const context: StaffContext = createContext(socket, connection, deps.log);
    const heads = await chat.listStaffHeads(context);
    if (!socket.connected || connection.isClosed) return;
    greet(socket, heads);
    const canReply = canRole(actor.role, 'conversation:reply');
    bus.publish('staff-socket:opened', { tenantId, memberId: actor.membershipId, socketId: socket.id, canReply });
  }

  /** Inboxes come and go and memberships change while a socket is open. */
  async function rejoinStaff(socket: AnySocket, connection: Connection<StaffActor>): Promise<void> {
    const wanted = new Set([socket.id, ...(await staffRooms(connection))]);
    for (const room of socket.rooms) if (!wanted.has(room) && !isWatchRoom(room)) await socket.leave(room);
    if (!connection.isClosed) await socket.join([...wanted].filter((room) => !socket.rooms.has(room)));
  }

  async function welcomeDevice(socket: AnySocket, { tenantId, actor }: Connection<DeviceActor>): Promise<void> {
    const { deviceId, locationId } = actor;
    await socket.join([rooms.device(tenantId, deviceId), rooms.locationDevices(tenantId, locationId)]);
    greet(socket, []);
    bus.publish('device-socket:opened', { tenantId, deviceId, locationId });
  }

  async function welcomeTicket(socket: AnySocket, { tenantId, actor }: Connection<TicketActor>): Promise<void> {
    await socket.join(rooms.ticket(tenantId, actor.ticketId));
    greet(socket, []);
  }

  function handleGone(socket: AnySocket): void {
    const { connection } = socket.data;
    const { tenantId } = connection;
    if (isStaffConnection(connection)) {
      const memberId = connection.actor.membershipId;
      bus.publish('staff-socket:closed', { tenantId, memberId, socketId: socket.id });
    } else if (isDeviceConnection(connection)) {
      const { deviceId, locationId } = connection.actor;
      bus.publish('device-socket:closed', { tenantId, deviceId, locationId });
    } else if (isVisitorConnection(connection)) {
      bus.publish('visitor-socket:closed', { tenantId, socketId: socket.id });
    }
  }

  function admit(socket: AnySocket, connection: Connection): Promise<void> {
    if (isVisitorConnection(connection)) return welcomeVisitor(socket, connection);
    if (isStaffConnection(connection)) return welcomeStaff(socket, connection);
    if (isDeviceConnection(connection)) return welcomeDevice(socket, connection);
    return welcomeTicket(socket, connection as Connection<TicketActor>);
  }

  function welcome(socket: AnySocket): void {
    const { connection } = socket.data;
    // The handshake's request holds the whole exchange in memory; nothing needs it from here on.
    (socket.conn as unknown as { request: unknown }).request = null;
    connection.ready = admit(socket, connection).catch((error: unknown) => {
      // Without its rooms it would look connected and hear nothing; the client tries again.
      deps.log.warn({ err: error }, 'a socket could not be welcomed');
      socket.conn.close();
    });
  }

  return { welcome, handleGone, rejoinVisitor, rejoinStaff };
}

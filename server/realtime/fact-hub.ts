/**
 * Pushes facts to rooms. Live fan-out may lose: what a slow reader cannot take is dropped (ephemera) or its connection is
 * closed (everything else), and the client comes back by its cursor. Nobody waits for the slowest (P14).
 */
import type { z } from 'zod';
import { deviceFacts, staffFacts, ticketFacts, visitorFacts, type RevocationReason } from '@frontdesk/protocol/facts';
import type { FactPublisher, PushOptions } from '../core/facts.js';
import type { Logger } from '../core/logger.js';
import type { AnyNamespace, AnySocket, Namespaces } from './connection.js';

/** Sockets that one turn of the event loop sends to. */
const SLICE_SIZE = 500;
const DROP_EPHEMERA_ABOVE_BYTES = 256 * 1024;
const CLOSE_ABOVE_BYTES = 2 * 1024 * 1024;
/** Between the last fact of a revoked socket and its end: time for the acknowledgement that is on its way. */
const FAREWELL_MS = 100;

export interface FactHub {
  readonly publisher: FactPublisher;
  bind(namespaces: Namespaces): void;
  /** Ends one socket for good: out of every room at once, closed in a moment. */
  revoke(socket: AnySocket, reason: RevocationReason): void;
  socketsIn(room: string): AnySocket[];
}

interface Transport {
  readonly socket?: { readonly bufferedAmount?: number };
}

/** Bytes that wait for this reader, in Engine.IO and in its WebSocket. */
function readBacklog(socket: AnySocket): number {
  const { writeBuffer } = socket.conn as unknown as { writeBuffer: readonly { data?: unknown }[] };
  let bytes = (socket.conn.transport as unknown as Transport).socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) {
    if (typeof data === 'string' || Buffer.isBuffer(data)) bytes += data.length;
  }
  return bytes;
}

export function createFactHub(deps: { readonly log: Logger; readonly isValidating: boolean }): FactHub {
  let bound: Namespaces | null = null;

  /** Outside production a fact must fit the contract; a client would only find out much later. */
  function validate(schemas: Readonly<Record<string, z.ZodType>>, name: string, fact: unknown): void {
    if (!deps.isValidating) return;
    const parsed = schemas[name]?.safeParse(fact);
    if (!parsed?.success) throw new Error(`The fact ${name} is outside the contract: ${parsed?.error.message}`);
  }

  function isExcepted(socket: AnySocket, options: PushOptions): boolean {
    if (socket.id === options.exceptSocketId) return true;
    return options.exceptRoom !== undefined && socket.rooms.has(options.exceptRoom);
  }

  /** Ids of those in the room who can take the fact. Who cannot even take that is closed on the way. */
  function selectReaders(namespace: AnyNamespace, room: string, options: PushOptions): string[] {
    const readers: string[] = [];
    for (const id of namespace.adapter.rooms.get(room) ?? []) {
      const socket = namespace.sockets.get(id);
      if (!socket || isExcepted(socket, options)) continue;
      const backlog = readBacklog(socket);
      if (backlog > CLOSE_ABOVE_BYTES) {
        deps.log.warn({ code: 'SLOW_CONSUMER', backlog }, 'a connection reads too slowly and is closed');
        socket.conn.close(true);
      } else if (!options.isEphemeral || backlog <= DROP_EPHEMERA_ABOVE_BYTES) {
        readers.push(id);
      }
    }
    return readers;
  }

  function push(namespace: AnyNamespace, room: string, name: string, fact: unknown, options: PushOptions): void {
    const readers = selectReaders(namespace, room, options);
    const sendSlice = (from: number): void => {
      const slice = readers.slice(from, from + SLICE_SIZE);
      if (slice.length === 0) return;
      // A socket's id is a room of its own, so one emit encodes the packet once for the whole slice.
      const target = namespace.to(slice);
      (options.isEphemeral ? target.volatile : target).emit(name, fact);
      if (from + SLICE_SIZE < readers.length) setImmediate(sendSlice, from + SLICE_SIZE);
    };
    sendSlice(0);
  }

  const namespaces = (): AnyNamespace[] => (bound ? Object.values(bound) : []);

  function socketsIn(room: string): AnySocket[] {
    return namespaces().flatMap((namespace) =>
      [...(namespace.adapter.rooms.get(room) ?? [])].flatMap((id) => namespace.sockets.get(id) ?? []),
    );
  }

  function revoke(socket: AnySocket, reason: RevocationReason): void {
    const { connection } = socket.data;
    if (connection.isClosed) return;
    connection.isClosed = true;
    for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
    socket.emit('session:revoked', { reason });
    setTimeout(() => socket.disconnect(true), FAREWELL_MS);
  }

  return {
    bind(given) {
      bound = given;
    },
    revoke,
    socketsIn,
    publisher: {
      toVisitors(room, name, fact, options = {}) {
        validate(visitorFacts, name, fact);
        if (bound) push(bound.visitor, room, name, fact, options);
      },
      toStaff(room, name, fact, options = {}) {
        validate(staffFacts, name, fact);
        if (bound) push(bound.staff, room, name, fact, options);
      },
      toDevices(room, name, fact, options = {}) {
        validate(deviceFacts, name, fact);
        if (bound) push(bound.device, room, name, fact, options);
      },
      toTickets(room, name, fact, options = {}) {
        validate(ticketFacts, name, fact);
        if (bound) push(bound.ticket, room, name, fact, options);
      },
      joinRoom(memberRoom, room) {
        for (const socket of socketsIn(memberRoom)) void socket.join(room);
      },
      leaveRoom(memberRoom, room) {
        for (const socket of socketsIn(memberRoom)) void socket.leave(room);
      },
      closeRoom(room, reason) {
        for (const socket of socketsIn(room)) revoke(socket, reason);
      },
      countSockets: (room) =>
        namespaces().reduce((count, namespace) => count + (namespace.adapter.rooms.get(room)?.size ?? 0), 0),
      joinSocket(socketId, room) {
        for (const namespace of namespaces()) void namespace.sockets.get(socketId)?.join(room);
      },
      leaveSocket(socketId, room) {
        for (const namespace of namespaces()) void namespace.sockets.get(socketId)?.leave(room);
      },
      hasSockets: (room) => namespaces().some((namespace) => (namespace.adapter.rooms.get(room)?.size ?? 0) > 0),
    },
  };
}

/** What the server knows of one open socket, and the typed namespaces. */
import type { Namespace, Server, Socket } from 'socket.io';
import type { TenantId } from '@frontdesk/protocol/ids';
import type { CredentialedActor, DeviceActor, StaffActor, TicketActor, VisitorActor } from '../core/context.js';

export interface Connection<Actor extends CredentialedActor = CredentialedActor> {
  readonly tenantId: TenantId;
  /** As of the last check; a sweep or the next command brings it up to date. */
  actor: Actor;
  /** Of a member, device or ticket, for the sweep that asks whether it still opens anything; null for visitors. */
  accessToken: string | null;
  readonly ipPrefix: string;
  readonly userAgent: string;
  /** Resolves when the rooms are joined; commands wait for it, so that no answer outruns its facts. */
  ready: Promise<void>;
  unacknowledged: number;
  abuses: number;
  isExpiryAnnounced: boolean;
  /** Revoked: nothing is delivered or executed any more, the transport closes in a moment. */
  isClosed: boolean;
}

type NoEvents = Record<string, never>;

export interface SocketData {
  connection: Connection;
}

/** Both namespaces seen alike, where only rooms, ids and the connection matter. */
export type AnySocket = Socket<Record<string, never>, Record<string, (fact: unknown) => void>, NoEvents, SocketData>;
export type AnyNamespace = Namespace<
  Record<string, never>,
  Record<string, (fact: unknown) => void>,
  NoEvents,
  SocketData
>;

/** One namespace for each audience that holds a connection: `/visitor`, `/staff`, … */
export type ConnectedAudience = CredentialedActor['kind'];
export type Namespaces = Readonly<Record<ConnectedAudience, AnyNamespace>>;

export function openNamespaces(io: Server): Namespaces {
  const open = (audience: ConnectedAudience): AnyNamespace => io.of(`/${audience}`);
  return { visitor: open('visitor'), staff: open('staff'), device: open('device'), ticket: open('ticket') };
}

export function isStaffConnection(connection: Connection): connection is Connection<StaffActor> {
  return connection.actor.kind === 'staff';
}

export function isVisitorConnection(connection: Connection): connection is Connection<VisitorActor> {
  return connection.actor.kind === 'visitor';
}

export function isDeviceConnection(connection: Connection): connection is Connection<DeviceActor> {
  return connection.actor.kind === 'device';
}

export function isTicketConnection(connection: Connection): connection is Connection<TicketActor> {
  return connection.actor.kind === 'ticket';
}

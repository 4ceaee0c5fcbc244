/** What the server knows of one open socket, and the typed namespaces. */
import type { Namespace, Socket } from 'socket.io';
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

export const VISITOR_NAMESPACE = '/visitor';
export const STAFF_NAMESPACE = '/staff';
export const DEVICE_NAMESPACE = '/device';
export const TICKET_NAMESPACE = '/ticket';
export const NAMESPACES = [VISITOR_NAMESPACE, STAFF_NAMESPACE, DEVICE_NAMESPACE, TICKET_NAMESPACE] as const;

export interface Namespaces {
  readonly visitor: AnyNamespace;
  readonly staff: AnyNamespace;
  readonly device: AnyNamespace;
  readonly ticket: AnyNamespace;
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

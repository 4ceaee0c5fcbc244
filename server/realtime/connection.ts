/** What the server knows of one open socket, and the typed namespaces. */
import type { Namespace, Socket } from 'socket.io';
import type { TenantId } from '@frontdesk/protocol/ids';
import type { StaffActor, VisitorActor } from '../core/context.js';

export interface Connection<Actor extends StaffActor | VisitorActor = StaffActor | VisitorActor> {
  readonly tenantId: TenantId;
  /** As of the last check; a sweep or the next command brings it up to date. */
  actor: Actor;
  /** Access token of a member, for the sweep that asks whether its session still stands; null for visitors. */
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

export function isStaffConnection(connection: Connection): connection is Connection<StaffActor> {
  return connection.actor.kind === 'staff';
}

export function isVisitorConnection(connection: Connection): connection is Connection<VisitorActor> {
  return connection.actor.kind === 'visitor';
}

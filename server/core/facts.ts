/** How domains push facts to browsers without knowing Socket.IO. `realtime.ts` implements it. */
import type { DeviceId, LocationId, SessionId, TenantId } from '@frontdesk/protocol/ids';
import type { RevocationReason } from '@frontdesk/protocol/facts';
import type { DeviceFactName, DeviceFacts } from '@frontdesk/protocol/device';
import type { StaffFactName, StaffFacts } from '@frontdesk/protocol/staff';
import type { TicketFactName, TicketFacts } from '@frontdesk/protocol/ticket';
import type { VisitorFactName, VisitorFacts } from '@frontdesk/protocol/visitor';

export interface PushOptions {
  /** Do not send to this socket; it learns from its acknowledgement. */
  readonly exceptSocketId?: string;
  /** Do not send to the sockets of this room; they get a version of their own. */
  readonly exceptRoom?: string;
  /** May be dropped for a slow reader: typing, presence. */
  readonly isEphemeral?: boolean;
}

export interface FactPublisher {
  toVisitors<Name extends VisitorFactName>(
    room: string,
    name: Name,
    fact: VisitorFacts[Name],
    options?: PushOptions,
  ): void;
  toStaff<Name extends StaffFactName>(room: string, name: Name, fact: StaffFacts[Name], options?: PushOptions): void;
  toDevices<Name extends DeviceFactName>(
    room: string,
    name: Name,
    fact: DeviceFacts[Name],
    options?: PushOptions,
  ): void;
  toTickets<Name extends TicketFactName>(
    room: string,
    name: Name,
    fact: TicketFacts[Name],
    options?: PushOptions,
  ): void;
  /** Sockets of `memberRoom` (in any namespace) join `room`; used when a visitor's first message makes a conversation. */
  joinRoom(memberRoom: string, room: string): void;
  leaveRoom(memberRoom: string, room: string): void;
  /** Tells the sockets of a room why and closes them; nothing is delivered afterwards (P17). */
  closeRoom(room: string, reason: RevocationReason): void;
  /** True when a socket of this room is connected to this process. */
  hasSockets(room: string): boolean;
  /** How many sockets of this room are connected to this process. */
  countSockets(room: string): number;
  /** This one socket joins `room`, for instance a console the room of its counter. */
  joinSocket(socketId: string, room: string): void;
  leaveSocket(socketId: string, room: string): void;
}

declare module './bus.js' {
  interface DomainEvents {
    /** A session, or every session of a member, must end now: sockets close, tokens stop working. */
    'session:ended': {
      tenantId: TenantId;
      room: string;
      sessionIds: readonly SessionId[] | 'all-of-member';
      reason: RevocationReason;
    };
    'device-socket:opened': { tenantId: TenantId; deviceId: DeviceId; locationId: LocationId };
    'device-socket:closed': { tenantId: TenantId; deviceId: DeviceId; locationId: LocationId };
  }
}

/** Which members are here: counted by open sockets, with a flag for those who are here but away. */
import type { MembershipId, TenantId } from '@frontdesk/protocol/ids';
import type { Availability } from '@frontdesk/protocol/vocabulary';

/** A reload closes one socket and opens the next; nobody should see the member leave for that. */
export const OFFLINE_GRACE_MS = 3_000;

interface Desk {
  readonly sockets: Set<string>;
  /** A viewer at the desk answers nobody, so customers are not told that someone is here. */
  canReply: boolean;
  isAway: boolean;
  /** What colleagues were told last. */
  told: Availability;
  leaving: NodeJS.Timeout | null;
}

export interface AvailabilityBoard {
  of(tenantId: TenantId, memberId: MembershipId): Availability;
  /** True when somebody who may answer customers is here and not away. */
  isAnyoneOnline(tenantId: TenantId): boolean;
  open(tenantId: TenantId, memberId: MembershipId, socketId: string, canReply: boolean): void;
  close(tenantId: TenantId, memberId: MembershipId, socketId: string): void;
  setAway(tenantId: TenantId, memberId: MembershipId, isAway: boolean): void;
  stop(): void;
}

export type AvailabilityListener = (tenantId: TenantId, memberId: MembershipId, availability: Availability) => void;

export function createAvailabilityBoard(handleChange: AvailabilityListener): AvailabilityBoard {
  const tenants = new Map<TenantId, Map<MembershipId, Desk>>();

  function read(desk: Desk | undefined): Availability {
    if (!desk || (desk.sockets.size === 0 && !desk.leaving)) return 'offline';
    return desk.isAway ? 'away' : 'online';
  }

  function openDesk(tenantId: TenantId, memberId: MembershipId): Desk {
    const desks = tenants.get(tenantId) ?? new Map<MembershipId, Desk>();
    tenants.set(tenantId, desks);
    const desk: Desk = desks.get(memberId) ?? {
      sockets: new Set(),
      canReply: false,
      isAway: false,
      told: 'offline',
      leaving: null,
    };
    desks.set(memberId, desk);
    return desk;
  }

  function tell(tenantId: TenantId, memberId: MembershipId, desk: Desk): void {
    const now = read(desk);
    if (now === desk.told) return;
    desk.told = now;
    handleChange(tenantId, memberId, now);
  }

  function leave(tenantId: TenantId, memberId: MembershipId, desk: Desk): void {
    desk.leaving = null;
    if (desk.sockets.size > 0) return;
    const desks = tenants.get(tenantId);
    desks?.delete(memberId);
    if (desks?.size === 0) tenants.delete(tenantId);
    tell(tenantId, memberId, desk);
  }

  return {
    of: (tenantId, memberId) => read(tenants.get(tenantId)?.get(memberId)),
    isAnyoneOnline(tenantId) {
      return [...(tenants.get(tenantId)?.values() ?? [])].some((desk) => desk.canReply && read(desk) === 'online');
    },
    open(tenantId, memberId, socketId, canReply) {
      const desk = openDesk(tenantId, memberId);
      desk.canReply = canReply;
      if (desk.leaving) clearTimeout(desk.leaving);
      desk.leaving = null;
      desk.sockets.add(socketId);
      tell(tenantId, memberId, desk);
    },
    close(tenantId, memberId, socketId) {
      const desk = tenants.get(tenantId)?.get(memberId);
      if (!desk?.sockets.delete(socketId) || desk.sockets.size > 0) return;
      desk.leaving = setTimeout(() => leave(tenantId, memberId, desk), OFFLINE_GRACE_MS);
      desk.leaving.unref();
    },
    setAway(tenantId, memberId, isAway) {
      const desk = tenants.get(tenantId)?.get(memberId);
      // Without a socket there is nobody here whose flag would mean anything.
      if (!desk) return;
      desk.isAway = isAway;
      tell(tenantId, memberId, desk);
    },
    stop() {
      for (const desks of tenants.values()) {
        for (const desk of desks.values()) if (desk.leaving) clearTimeout(desk.leaving);
      }
      tenants.clear();
    },
  };
}

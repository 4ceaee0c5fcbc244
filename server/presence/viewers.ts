/** Who looks at which thread. A socket looks at one thread at most; without renewal it is forgotten (IN-7). */
import type { ViewerDto } from '@frontdesk/protocol/chat';
import type { ConversationId, InboxId, MembershipId, TenantId } from '@frontdesk/protocol/ids';
import { VIEWER_TTL_MS } from '@frontdesk/protocol/limits';
import type { Clock } from '../core/clock.js';

export interface Place {
  readonly id: ConversationId;
  readonly inboxId: InboxId;
}

interface Look {
  readonly tenantId: TenantId;
  readonly place: Place;
  readonly memberId: MembershipId;
  readonly name: string;
  expiresAtMs: number;
}

export interface ViewerBoard {
  of(tenantId: TenantId, id: ConversationId): ViewerDto[];
  look(
    tenantId: TenantId,
    socketId: string,
    viewer: { memberId: MembershipId; name: string },
    place: Place | null,
  ): void;
  leave(socketId: string): void;
  /** Forgets those who were not renewed in time. */
  expire(): void;
}

export function createViewerBoard(
  clock: Clock,
  handleChange: (tenantId: TenantId, place: Place, viewers: ViewerDto[]) => void,
): ViewerBoard {
  const looks = new Map<string, Look>();
  /** Conversation → sockets that look at it, so that reading viewers is not a walk over everybody. */
  const watchers = new Map<ConversationId, Set<string>>();

  function of(tenantId: TenantId, id: ConversationId): ViewerDto[] {
    const viewers = new Map<MembershipId, ViewerDto>();
    for (const socketId of watchers.get(id) ?? []) {
      const look = looks.get(socketId);
      if (look?.tenantId === tenantId) viewers.set(look.memberId, { memberId: look.memberId, name: look.name });
    }
    return [...viewers.values()];
  }

  function remove(socketId: string): Look | undefined {
    const look = looks.get(socketId);
    if (!look) return undefined;
    looks.delete(socketId);
    const sockets = watchers.get(look.place.id);
    sockets?.delete(socketId);
    if (sockets?.size === 0) watchers.delete(look.place.id);
    return look;
  }

  function announce(look: Look): void {
    handleChange(look.tenantId, look.place, of(look.tenantId, look.place.id));
  }

  function leave(socketId: string): void {
    const look = remove(socketId);
    if (look) announce(look);
  }

  return {
    of,
    leave,
    look(tenantId, socketId, viewer, place) {
      const known = looks.get(socketId);
      if (known && place && known.place.id === place.id) {
        known.expiresAtMs = clock.now() + VIEWER_TTL_MS;
        return;
      }
      leave(socketId);
      if (!place) return;
      const look = { tenantId, place, ...viewer, expiresAtMs: clock.now() + VIEWER_TTL_MS };
      looks.set(socketId, look);
      watchers.set(place.id, (watchers.get(place.id) ?? new Set()).add(socketId));
      announce(look);
    },
    expire() {
      for (const [socketId, look] of looks) if (look.expiresAtMs <= clock.now()) leave(socketId);
    },
  };
}

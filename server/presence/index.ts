/** Who is here now: viewers of a thread, typing signs, availability. In memory, per process, never stored. */
import type { ViewerDto } from '@frontdesk/protocol/chat';
import type { ConversationId, MembershipId, TenantId } from '@frontdesk/protocol/ids';
import type { Availability } from '@frontdesk/protocol/vocabulary';
import type { StaffContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import type { FactPublisher } from '../core/facts.js';
import { rooms } from '../core/rooms.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import { createAvailabilityBoard } from './availability.js';
import { createTypingRelay, type TypingSign } from './typing.js';
import { createViewerBoard, type Place } from './viewers.js';

export { OFFLINE_GRACE_MS } from './availability.js';
export type { TypingSign } from './typing.js';

/** Signs end within this time after their TTL. */
const EXPIRY_INTERVAL_MS = 1_000;

export interface PresenceDeps extends CoreDeps {
  readonly directory: TenancyDirectory;
  readonly facts: FactPublisher;
}

export interface Presence {
  availabilityOf(tenantId: TenantId, memberId: MembershipId): Availability;
  /** True when somebody who may answer customers has an open socket and is not away. */
  isAnyoneOnline(tenantId: TenantId): boolean;
  setAvailability(context: StaffContext, availability: 'online' | 'away'): void;
  viewersOf(tenantId: TenantId, id: ConversationId): ViewerDto[];
  /** The asking socket looks at this thread now, or at none. */
  view(context: StaffContext, place: Place | null): void;
  setTyping(sign: TypingSign, on: boolean): void;
  stop(): void;
}

declare module '../core/bus.js' {
  interface DomainEvents {
    /** A member's socket joined its rooms. */
    'staff-socket:opened': { tenantId: TenantId; memberId: MembershipId; socketId: string; canReply: boolean };
    'staff-socket:closed': { tenantId: TenantId; memberId: MembershipId; socketId: string };
    'visitor-socket:closed': { tenantId: TenantId; socketId: string };
  }
}

/** Tells a tenant's websites when the first member comes or the last one goes. */
function createOnlineTeller({ directory, facts, log }: PresenceDeps) {
  const told = new Map<TenantId, boolean>();
  return (tenantId: TenantId, online: boolean): void => {
    if ((told.get(tenantId) ?? false) === online) return;
    if (online) told.set(tenantId, true);
    else told.delete(tenantId);
    directory.listInboxes({ tenantId }).then(
      (inboxes) => {
        // Somebody came or left while the websites were looked up; then the later word is the right one.
        if ((told.get(tenantId) ?? false) !== online) return;
        for (const { siteId } of inboxes) {
          if (siteId) facts.toVisitors(rooms.siteVisitors(tenantId, siteId), 'presence:changed', { online });
        }
      },
      (error: unknown) => log.warn({ err: error }, 'websites could not be told who is online'),
    );
  };
}

export function createPresence(deps: PresenceDeps): Presence {
  const { clock, facts, bus } = deps;
  const tellSites = createOnlineTeller(deps);
  const typing = createTypingRelay(clock, facts);
  const viewers = createViewerBoard(clock, (tenantId, place, present) => {
    facts.toStaff(rooms.inboxStaff(tenantId, place.inboxId), 'viewers:changed', {
      conversationId: place.id,
      viewers: present,
    });
  });
  const availability = createAvailabilityBoard((tenantId, memberId, now) => {
    facts.toStaff(rooms.tenantStaff(tenantId), 'presence:changed', { memberId, availability: now });
    tellSites(tenantId, availability.isAnyoneOnline(tenantId));
  });

  const subscriptions = [
    bus.subscribe('staff-socket:opened', ({ tenantId, memberId, socketId, canReply }) => {
      availability.open(tenantId, memberId, socketId, canReply);
    }),
    bus.subscribe('staff-socket:closed', ({ tenantId, memberId, socketId }) => {
      viewers.leave(socketId);
      typing.leave(socketId);
      availability.close(tenantId, memberId, socketId);
    }),
    bus.subscribe('visitor-socket:closed', ({ socketId }) => typing.leave(socketId)),
  ];
  const timer = setInterval(() => {
    viewers.expire();
    typing.expire();
  }, EXPIRY_INTERVAL_MS);
  timer.unref();

  return {
    availabilityOf: availability.of,
    isAnyoneOnline: availability.isAnyoneOnline,
    setAvailability(context, wanted) {
      availability.setAway(context.tenantId, context.actor.membershipId, wanted === 'away');
    },
    viewersOf: viewers.of,
    view(context, place) {
      const { membershipId, name } = context.actor;
      // Only a socket can look: when it closes, the look ends.
      if (context.socketId) viewers.look(context.tenantId, context.socketId, { memberId: membershipId, name }, place);
    },
    setTyping: typing.set,
    stop() {
      clearInterval(timer);
      for (const unsubscribe of subscriptions) unsubscribe();
      availability.stop();
    },
  };
}

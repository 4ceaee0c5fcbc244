/** Tells who has to know: the revisions that every process reads, staff, and the lists that visitors watch. */
import type { LocationId, TenantId } from '@frontdesk/protocol/ids';
import type { EventBus } from '../core/bus.js';
import type { FactPublisher } from '../core/facts.js';
import { rooms } from '../core/rooms.js';
import type { AgendaWatch } from './agenda-watch.js';
import type { RevisionStore } from './revisions.store.js';

export interface Place {
  readonly tenantId: TenantId;
  readonly locationId: LocationId;
}

export interface Announcer {
  setupChanged(place: Place): Promise<void>;
  /** Time was taken or given back; staff see it unless it is only held. */
  timeChanged(place: Place, visibility: 'for-staff' | 'held'): Promise<void>;
}

export function createAnnouncer(deps: {
  readonly revisions: Pick<RevisionStore, 'bump'>;
  readonly watch: Pick<AgendaWatch, 'noteTold'>;
  readonly facts: FactPublisher;
  readonly bus: EventBus;
}): Announcer {
  const { revisions, watch, facts, bus } = deps;
  return {
    async setupChanged({ tenantId, locationId }) {
      watch.noteTold(tenantId, 'setup', await revisions.bump({ tenantId }, 'setup'));
      bus.publish('booking:changed', { tenantId, locationId });
      facts.toStaff(rooms.tenantStaff(tenantId), 'workspace:changed', { what: 'booking' });
    },
    async timeChanged({ tenantId, locationId }, visibility) {
      const isSeen = visibility === 'for-staff';
      const now = await revisions.bump({ tenantId }, 'agenda', isSeen ? locationId : null);
      if (isSeen) watch.noteTold(tenantId, locationId, now);
      bus.publish('booking:changed', { tenantId, locationId });
      if (isSeen) facts.toStaff(rooms.tenantStaff(tenantId), 'agenda:changed', { locationId });
    },
  };
}

/** All branches of a business at a glance (QA-14). */
import type { LocationOverview } from '@frontdesk/protocol/queue-reports';
import type { StaffContext } from '../core/context.js';
import type { DeviceDirectory } from '../devices/index.js';
import type { Location, LocationDirectory } from '../locations/index.js';
import type { QueueLog } from './queue-log.js';
import type { LiveSituation } from './queue.types.js';

/** Branches whose queues are brought up to date side by side. */
const AT_ONCE = 8;

export interface OverviewDeps {
  readonly queueLog: Pick<QueueLog, 'read'>;
  readonly locations: Pick<LocationDirectory, 'list'>;
  readonly devices: Pick<DeviceDirectory, 'countOffline'>;
}

export type OverviewService = ReturnType<typeof createOverviewService>;

function describe({ id, name }: Location, { floor, setup, nowMs }: LiveSituation, offlineDevices: number) {
  const since = Array.from(floor.waiting, (ticketId) => floor.tickets.get(ticketId)?.queuedAtMs ?? nowMs);
  const firstMs = since.reduce((one, other) => Math.min(one, other), nowMs);
  const open = [...floor.counters.values()].filter(({ status }) => status === 'open');
  return {
    locationId: id,
    name,
    waiting: floor.waiting.size,
    longestWaitSeconds: Math.round((nowMs - firstMs) / 1_000),
    openCounters: open.filter((counter) => setup.counters.get(counter.id)?.isArchived === false).length,
    offlineDevices,
  };
}

export function createOverviewService({ queueLog, locations, devices }: OverviewDeps) {
  return {
    async read(context: StaffContext): Promise<{ locations: LocationOverview[] }> {
      const { tenantId } = context;
      const all = (await locations.list(context)).filter(({ isArchived }) => !isArchived);
      const offline = await devices.countOffline(context);
      const rows: LocationOverview[] = [];
      for (let at = 0; at < all.length; at += AT_ONCE) {
        const described = all.slice(at, at + AT_ONCE).map(async (location) => {
          const situation = await queueLog.read({ tenantId, locationId: location.id });
          return describe(location, situation, offline.get(location.id) ?? 0);
        });
        rows.push(...(await Promise.all(described)));
      }
      return { locations: rows };
    },
  };
}

/**
 * When each tenant can be booked, put together once per revision of its setup. Every read asks the store for the revision, so a change
 * that another process made is seen by the next request here.
 */
import type { BookableId, TenantId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { LocationDirectory } from '../locations/index.js';
import type { Revisions, Schedule, Scoped, Situation, TimeBlock } from './booking.types.js';
import type { RevisionStore } from './revisions.store.js';
import type { SetupStore } from './setup.store.js';

/** Branches are not ours: another process may have changed one a moment before it counted that here. */
const TTL_MS = 30_000;
const MAX_CACHED = 1_000;
const dayMs = 24 * 60 * 60 * 1_000;

export interface Schedules {
  read(context: Scoped): Promise<Situation>;
  /** With what is known of the revisions already. */
  readAt(context: Scoped, revisions: Revisions): Promise<Situation>;
}

export interface SchedulesDeps {
  readonly store: SetupStore;
  readonly revisions: RevisionStore;
  readonly locations: Pick<LocationDirectory, 'list'>;
  readonly clock: Clock;
}

const byId = <Id, Item extends { readonly id: Id }>(items: readonly Item[]): Map<Id, Item> =>
  new Map(items.map((item) => [item.id, item]));

function groupBlocks(blocks: readonly TimeBlock[]): Map<BookableId, TimeBlock[]> {
  const groups = new Map<BookableId, TimeBlock[]>();
  for (const block of blocks) groups.set(block.resourceId, [...(groups.get(block.resourceId) ?? []), block]);
  return groups;
}

export function createSchedules({ store, revisions, locations, clock }: SchedulesDeps): Schedules {
  const cache = new Map<TenantId, { readonly schedule: Schedule; readonly setup: number; readonly untilMs: number }>();

  async function load(context: Scoped, tenantId: TenantId): Promise<Schedule> {
    const [places, services, resources, pools, blocks] = await Promise.all([
      locations.list(context),
      store.services.list(context),
      store.resources.list(context),
      store.pools.list(context),
      store.listBlocks(context, new Date(clock.now() - dayMs)),
    ]);
    return {
      tenantId,
      locations: byId(places),
      services: byId(services),
      resources: byId(resources),
      pools: byId(pools),
      blocks: groupBlocks(blocks),
    };
  }

  async function readAt(context: Scoped, at: Revisions): Promise<Situation> {
    const { tenantId } = context;
    if (!tenantId) throw new Error('A schedule belongs to a tenant.');
    const known = cache.get(tenantId);
    if (known && known.setup === at.setup && known.untilMs > clock.now()) {
      return { schedule: known.schedule, revisions: at };
    }
    const schedule = await load(context, tenantId);
    cache.delete(tenantId);
    cache.set(tenantId, { schedule, setup: at.setup, untilMs: clock.now() + TTL_MS });
    const oldest = cache.keys().next();
    if (cache.size > MAX_CACHED && !oldest.done) cache.delete(oldest.value);
    return { schedule, revisions: at };
  }

  return {
    readAt,
    read: async (context) => readAt(context, await revisions.read(context)),
  };
}

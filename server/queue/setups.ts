/** What the cores read of a location: its branch, services, counters and policy, put together once and kept until one changes. */
import type { CounterSetup, QueueSetup, ServiceSetup } from '@frontdesk/domain/queue/setup';
import type { LocationId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import type { Location, LocationDirectory } from '../locations/index.js';
import { DEFAULT_POLICY } from './default-policy.js';
import type { Counter, FullSetup, Scoped, Service, Setups } from './queue.types.js';
import type { SetupStore } from './setup.store.js';

/** Other processes see a change after this long. */
const CACHE_TTL_MS = 3_000;
const MAX_CACHED = 2_000;

export interface SetupsDeps {
  readonly store: SetupStore;
  readonly locations: Pick<LocationDirectory, 'find'>;
  readonly clock: Clock;
}

function buildSetup(
  location: Location,
  services: readonly Service[],
  counters: readonly Counter[],
  policy: QueueSetup['policy'],
): FullSetup {
  return {
    location,
    services: new Map<ServiceSetup['id'], ServiceSetup>(services.map((service) => [service.id, service])),
    counters: new Map<CounterSetup['id'], CounterSetup>(counters.map((counter) => [counter.id, counter])),
    servicesById: new Map(services.map((service) => [service.id, service])),
    countersById: new Map(counters.map((counter) => [counter.id, counter])),
    policy,
    hours: location.hours,
    timeZone: location.nextTimeZone ?? location.timeZone,
    dayStart: location.dayStart,
  };
}

export function createSetups({ store, locations, clock }: SetupsDeps): Setups {
  const cache = new Map<string, { readonly setup: FullSetup; readonly untilMs: number }>();
  /** Counts forgets, so that a look that began before one does not keep its old answer. */
  let generation = 0;
  const keyOf = (tenantId: string | null, locationId: LocationId): string => `${tenantId}:${locationId}`;

  async function load(context: Scoped, locationId: LocationId): Promise<FullSetup> {
    const location = await locations.find(context, locationId);
    if (!location) throw new AppError('NOT_FOUND');
    const [services, counters, policy] = await Promise.all([
      store.listServices(context, locationId),
      store.listCounters(context, locationId),
      store.findPolicy(context, locationId),
    ]);
    return buildSetup(location, services, counters, policy ?? DEFAULT_POLICY);
  }

  return {
    async read(context, locationId) {
      const key = keyOf(context.tenantId, locationId);
      const known = cache.get(key);
      if (known && known.untilMs > clock.now()) return known.setup;
      const before = generation;
      const setup = await load(context, locationId);
      if (before !== generation) return setup;
      cache.delete(key);
      cache.set(key, { setup, untilMs: clock.now() + CACHE_TTL_MS });
      const oldest = cache.keys().next();
      if (cache.size > MAX_CACHED && !oldest.done) cache.delete(oldest.value);
      return setup;
    },
    peek: ({ tenantId, locationId }) => cache.get(keyOf(tenantId, locationId))?.setup,
    forget({ tenantId, locationId }) {
      generation += 1;
      cache.delete(keyOf(tenantId, locationId));
    },
  };
}

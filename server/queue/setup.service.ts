/** Use cases of the owner: services, counters, policy; and what is switched during a day: finishing, closing, notices. */
import { decideCloseService, decideFinishLine, decideNotice } from '@frontdesk/domain/queue/decide-location';
import type { Decision, Situation } from '@frontdesk/domain/queue/decision';
import type { CounterId, LocationId, ServiceId, TenantId } from '@frontdesk/protocol/ids';
import type { CounterDto, QueuePolicy, ServiceDto } from '@frontdesk/protocol/queue-setup';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { EventBus } from '../core/bus.js';
import type { FactPublisher } from '../core/facts.js';
import { hashInput } from '../core/idempotency.js';
import { withoutUndefined } from '../core/patch.js';
import { rooms } from '../core/rooms.js';
import type { LocationDirectory } from '../locations/index.js';
import { keyOf, toQueueActor } from './actors.js';
import { DEFAULT_POLICY } from './default-policy.js';
import type { QueueLog } from './queue-log.js';
import { presentCounter, presentService } from './queue.presenter.js';
import type { Counter, CounterFields, QueueHandle, Scoped, Service, ServiceFields, Setups } from './queue.types.js';
import type { Patch, SetupStore } from './setup.store.js';

export interface SetupServiceDeps {
  readonly store: SetupStore;
  readonly setups: Setups;
  readonly queueLog: QueueLog;
  readonly locations: Pick<LocationDirectory, 'find'>;
  readonly facts: FactPublisher;
  readonly bus: EventBus;
  readonly clock: Clock;
}

export type NewService = Pick<ServiceFields, 'names' | 'series'> &
  Patch<Omit<ServiceFields, 'names' | 'series' | 'isArchived'>>;
export interface NewCounter {
  readonly label: string;
  readonly group?: string | undefined;
  readonly serviceIds: readonly ServiceId[];
}

const SERVICE_DEFAULTS: Omit<ServiceFields, 'names' | 'series' | 'pool'> = {
  typicalMinutes: 10,
  targetWaitMinutes: 20,
  capPerDay: null,
  maxWaiting: null,
  stopAt: null,
  askName: 'no',
  askPhone: 'no',
  consentText: '',
  isRemoteJoinAllowed: true,
  isArchived: false,
};

declare module '../core/bus.js' {
  interface DomainEvents {
    /** Services, counters, policy or branch changed: offers, boards and consoles look different now. */
    'queue:setup-changed': { tenantId: TenantId; locationId: LocationId };
  }
}

const prefixTaken = (): AppError =>
  new AppError('CONFLICT', { fields: { 'series.prefix': 'belongs to another service of this location' } });

export type SetupService = ReturnType<typeof createSetupService>;

export function createSetupService(deps: SetupServiceDeps) {
  const { store, setups, queueLog, facts, bus, clock } = deps;

  async function requireLocation(context: Scoped, id: LocationId): Promise<void> {
    if (!(await deps.locations.find(context, id))) throw new AppError('NOT_FOUND');
  }

  async function requireServices(context: Scoped, locationId: LocationId, ids: readonly ServiceId[]): Promise<void> {
    const known = new Set((await store.listServices(context, locationId)).map(({ id }) => id));
    if (!ids.every((id) => known.has(id))) throw new AppError('NOT_FOUND');
  }

  function announce(queue: QueueHandle): void {
    setups.forget(queue);
    bus.publish('queue:setup-changed', queue);
    facts.toStaff(rooms.tenantStaff(queue.tenantId), 'workspace:changed', { what: 'queue' });
  }

  const floorOf = (queue: QueueHandle) => queueLog.peek(queue)?.floor;
  const queueOf = ({ tenantId }: { readonly tenantId: TenantId }, locationId: LocationId): QueueHandle => ({
    tenantId,
    locationId,
  });

  async function addService(
    context: { readonly tenantId: TenantId },
    locationId: LocationId,
    input: NewService,
  ): Promise<Service> {
    await requireLocation(context, locationId);
    const pool = input.pool ?? (input.series.prefix.toLowerCase() || 'main');
    const fields: ServiceFields = { ...SERVICE_DEFAULTS, ...withoutUndefined(input), pool } as ServiceFields;
    const service = await store.insertService(context, locationId, fields, new Date(clock.now()));
    if (service === 'taken') throw prefixTaken();
    announce(queueOf(context, locationId));
    return service;
  }

  async function addCounter(
    context: { readonly tenantId: TenantId },
    locationId: LocationId,
    { label, group = '', serviceIds }: NewCounter,
  ): Promise<Counter> {
    await requireLocation(context, locationId);
    await requireServices(context, locationId, serviceIds);
    const fields: CounterFields = { label, group, serviceIds, isArchived: false };
    const counter = await store.insertCounter(context, locationId, fields, new Date(clock.now()));
    announce(queueOf(context, locationId));
    return counter;
  }

  async function putPolicy(
    context: { readonly tenantId: TenantId },
    locationId: LocationId,
    policy: QueuePolicy,
  ): Promise<void> {
    await requireLocation(context, locationId);
    await store.replacePolicy(context, locationId, policy);
    announce(queueOf(context, locationId));
  }

  /** What is switched during a day stands in the log, so that everybody knows it in the same order. */
  async function switchLive(
    context: StaffContext,
    locationId: LocationId,
    command: string,
    input: unknown,
    decide: (now: Situation) => Decision,
  ): Promise<void> {
    await requireLocation(context, locationId);
    const inputHash = hashInput(command, input);
    const actor = toQueueActor(context);
    await queueLog.run(queueOf(context, locationId), { actor, key: keyOf(context), inputHash, decide });
  }

  return {
    addService,
    addCounter,
    putPolicy,
    async read(context: StaffContext, locationId: LocationId) {
      await requireLocation(context, locationId);
      const [services, counters, policy] = await Promise.all([
        store.listServices(context, locationId),
        store.listCounters(context, locationId),
        store.findPolicy(context, locationId),
      ]);
      const { floor } = await queueLog.read(queueOf(context, locationId));
      return {
        services: services.map((service) => presentService(service, floor)),
        counters: counters.map((counter) => presentCounter(counter, floor)),
        policy: policy ?? DEFAULT_POLICY,
      };
    },
    async createService(context: StaffContext, locationId: LocationId, input: NewService): Promise<ServiceDto> {
      return presentService(await addService(context, locationId, input), floorOf(queueOf(context, locationId)));
    },
    async updateService(context: StaffContext, id: ServiceId, patch: Patch<ServiceFields>): Promise<ServiceDto> {
      const service = await store.updateService(context, id, patch);
      if (service === 'taken') throw prefixTaken();
      if (!service) throw new AppError('NOT_FOUND');
      const queue = queueOf(context, service.locationId);
      announce(queue);
      return presentService(service, floorOf(queue));
    },
    async createCounter(context: StaffContext, locationId: LocationId, input: NewCounter): Promise<CounterDto> {
      return presentCounter(await addCounter(context, locationId, input), floorOf(queueOf(context, locationId)));
    },
    async updateCounter(context: StaffContext, id: CounterId, patch: Patch<CounterFields>): Promise<CounterDto> {
      const before = await store.findCounter(context, id);
      if (!before) throw new AppError('NOT_FOUND');
      if (patch.serviceIds) await requireServices(context, before.locationId, patch.serviceIds);
      const queue = queueOf(context, before.locationId);
      if (patch.isArchived === true && floorOf(queue)?.counters.get(id)?.ticketId) {
        throw new AppError('CONFLICT', { message: 'Finish the ticket at this counter first.' });
      }
      const counter = await store.updateCounter(context, id, patch);
      if (!counter) throw new AppError('NOT_FOUND');
      announce(queue);
      return presentCounter(counter, floorOf(queue));
    },
    async updatePolicy(context: StaffContext, locationId: LocationId, policy: QueuePolicy) {
      await putPolicy(context, locationId, policy);
      return { policy };
    },
    async finishLine(
      context: StaffContext,
      input: { locationId: LocationId; serviceIds: readonly ServiceId[]; isFinishing: boolean },
    ) {
      const { locationId, serviceIds, isFinishing } = input;
      await switchLive(context, locationId, 'queue:finish-line', input, (now) =>
        decideFinishLine(now, serviceIds, isFinishing),
      );
      return { isFinishing };
    },
    async closeService(context: StaffContext, input: { serviceId: ServiceId; message: string | null }) {
      const service = await store.findService(context, input.serviceId);
      if (!service) throw new AppError('NOT_FOUND');
      await switchLive(context, service.locationId, 'service:close', input, (now) =>
        decideCloseService(now, service.id, input.message),
      );
      return { isClosed: input.message !== null };
    },
    async broadcast(context: StaffContext, input: { locationId: LocationId; notice: string | null }) {
      await switchLive(context, input.locationId, 'queue:broadcast', input, () => decideNotice(input.notice));
      return { notice: input.notice };
    },
  };
}

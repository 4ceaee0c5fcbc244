/** Use cases of setting booking up: services, people, rooms, pools and time off. */
import { isDeepStrictEqual } from 'node:util';
import { countClaimKeys, MAX_CLAIM_KEYS } from '@frontdesk/domain/booking/claims';
import type { BookingDto, ConsentText, PoolDto, ResourceDto, TimeBlockDto } from '@frontdesk/protocol/booking-fields';
import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import type { BookingSetup } from '@frontdesk/protocol/booking-staff';
import type {
  BookableId,
  BookingServiceId,
  LocationId,
  MembershipId,
  ResourcePoolId,
  TimeBlockId,
} from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { deriveId, nameTry } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import { withoutUndefined } from '../core/patch.js';
import type { LocationDirectory } from '../locations/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import type { AllocationStore } from './allocation.store.js';
import type { Announcer } from './announcer.js';
import { presentBlock, presentBooking, presentResource } from './booking.presenter.js';
import type { AllocatedSegment, Allocation, BookingService, Pool, Resource, Scoped } from './booking.types.js';
import { presentSession } from './class.presenter.js';
import type { RevisionStore } from './revisions.store.js';
import type { SessionStore } from './session.store.js';
import type { PoolFields, ResourceFields, ServiceFields } from './setup.model.js';
import type { Patch, SetupStore } from './setup.store.js';

type NewService = Patch<Omit<ServiceFields, 'isArchived'>> & Pick<BookingService, 'locationId' | 'names' | 'segments'>;
type NewResource = Patch<Omit<ResourceFields, 'isArchived'>> & Pick<Resource, 'locationId' | 'kind' | 'name'>;
interface NewBlock {
  readonly resourceId: BookableId;
  readonly start: string;
  readonly end: string;
  readonly reason: string;
}

/** What most small businesses want: on the quarter of an hour, two months ahead, the same day from an hour on. */
const SERVICE_DEFAULTS: Omit<ServiceFields, 'names' | 'segments'> = {
  descriptions: null,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  buffersMayLeaveHours: true,
  capacity: null,
  intervalMinutes: 15,
  alignment: 'open',
  packing: 'grid',
  minNoticeMinutes: 60,
  horizonDays: 60,
  maxPerDay: null,
  maxPerCustomerPerDay: null,
  priceText: '',
  confirmation: 'auto',
  verification: 'none',
  rescheduleUntilMinutes: 120,
  cancelUntilMinutes: 120,
  maxReschedules: 3,
  questions: [],
  consents: [],
  isOnline: false,
  isArchived: false,
};

const RESOURCE_DEFAULTS: Omit<ResourceFields, 'kind' | 'name'> = {
  memberId: null,
  serviceIds: [],
  hours: null,
  priority: 0,
  weight: 1,
  isArchived: false,
};

export interface SetupDeps {
  readonly store: SetupStore;
  readonly allocations: Pick<AllocationStore, 'listAgenda'>;
  readonly sessions: Pick<SessionStore, 'list'>;
  readonly revisions: Pick<RevisionStore, 'nextResource'>;
  readonly locations: Pick<LocationDirectory, 'find'>;
  readonly directory: Pick<TenancyDirectory, 'findMember'>;
  readonly announcer: Announcer;
  readonly clock: Clock;
}

function isIn(
  { staffId, resourceIds, start, end }: AllocatedSegment,
  resourceId: BookableId,
  span: { readonly start: Date; readonly end: Date },
): boolean {
  return (staffId === resourceId || resourceIds.includes(resourceId)) && start < span.end && end > span.start;
}

/** What takes nobody's time owns none, what takes too many cannot be claimed at once, and seats are taken or not. */
function checkService(service: BookingService): void {
  if (service.segments.every(({ needsStaff, poolIds }) => !needsStaff && poolIds.length === 0)) {
    throw new AppError('VALIDATION', { fields: { segments: 'must need somebody or something' } });
  }
  if (service.capacity !== null && service.confirmation === 'approve') {
    throw new AppError('VALIDATION', { fields: { confirmation: 'must be auto for a class' } });
  }
  if (countClaimKeys(service) <= MAX_CLAIM_KEYS) return;
  throw new AppError('VALIDATION', { fields: { segments: 'takes too much time of too many to be booked at once' } });
}

/** Who agreed to a text did not agree to another one: a changed wording is a version of its own, whatever the caller calls it (BK-33). */
function raiseVersions(before: readonly ConsentText[], after: readonly ConsentText[]): ConsentText[] {
  return after.map((consent) => {
    const stored = before.find(({ key }) => key === consent.key);
    if (!stored) return consent;
    const isSame = isDeepStrictEqual(stored.texts, consent.texts);
    return { ...consent, version: isSame ? stored.version : Math.max(stored.version + 1, consent.version) };
  });
}

export type SetupService = ReturnType<typeof createSetupService>;

export function createSetupService({
  store,
  allocations,
  sessions,
  revisions,
  locations,
  directory,
  announcer,
  clock,
}: SetupDeps) {
  const now = (): Date => new Date(clock.now());

  async function requireLocation(context: Scoped, id: LocationId): Promise<void> {
    if (!(await locations.find(context, id))) throw new AppError('NOT_FOUND');
  }

  async function requireMember(context: Scoped, id: MembershipId | null | undefined): Promise<void> {
    if (id && !(await directory.findMember(context, id))) throw new AppError('NOT_FOUND');
  }

  /** All of them, and of this location: a reference to another branch's room would never fit together. */
  async function requireParts<Id extends string>(
    part: { list(context: Scoped): Promise<{ readonly id: Id; readonly locationId: LocationId }[]> },
    context: Scoped,
    locationId: LocationId,
    ids: readonly Id[],
  ): Promise<void> {
    if (ids.length === 0) return;
    const known = new Set(
      (await part.list(context)).filter((one) => one.locationId === locationId).map(({ id }) => id),
    );
    if (!ids.every((id) => known.has(id))) throw new AppError('NOT_FOUND');
  }

  const poolsOf = (segments: BookingService['segments'] | undefined): ResourcePoolId[] =>
    (segments ?? []).flatMap(({ poolIds }) => poolIds);

  async function announce<Item extends { readonly locationId: LocationId }>(
    context: StaffContext,
    item: Item | undefined,
  ): Promise<Item> {
    if (!item) throw new AppError('NOT_FOUND');
    await announcer.setupChanged({ tenantId: context.tenantId, locationId: item.locationId });
    return item;
  }

  return {
    async readSetup(context: StaffContext, locationId: LocationId): Promise<BookingSetup> {
      await requireLocation(context, locationId);
      const [services, resources, pools] = await Promise.all([
        store.services.list(context),
        store.resources.list(context),
        store.pools.list(context),
      ]);
      const isHere = (part: { readonly locationId: LocationId }): boolean => part.locationId === locationId;
      return {
        services: services.filter(isHere),
        resources: resources.filter(isHere).map(presentResource),
        pools: pools.filter(isHere),
      };
    },
    async createService(context: StaffContext, input: NewService): Promise<BookingService> {
      await requireLocation(context, input.locationId);
      await requireParts(store.pools, context, input.locationId, poolsOf(input.segments));
      const id = deriveId<BookingServiceId>(nameTry(context, 'booking-service'));
      const service: BookingService = { ...SERVICE_DEFAULTS, ...withoutUndefined(input), id } as BookingService;
      checkService(service);
      return announce(context, await store.services.insert(context, service, now()));
    },
    async updateService(
      context: StaffContext,
      id: BookingServiceId,
      patch: Patch<ServiceFields>,
    ): Promise<BookingService> {
      const before = await store.services.find(context, id);
      if (!before) throw new AppError('NOT_FOUND');
      await requireParts(store.pools, context, before.locationId, poolsOf(patch.segments));
      checkService({ ...before, ...withoutUndefined(patch) });
      const consents = patch.consents && raiseVersions(before.consents, patch.consents);
      return announce(context, await store.services.update(context, id, { ...patch, consents }));
    },
    async createResource(context: StaffContext, input: NewResource): Promise<ResourceDto> {
      await requireLocation(context, input.locationId);
      await requireMember(context, input.memberId);
      await requireParts(store.services, context, input.locationId, input.serviceIds ?? []);
      const id = deriveId<BookableId>(nameTry(context, 'resource'));
      // A try that died here leaves a number unused, which is cheaper than one that is used twice.
      const rseq = await revisions.nextResource(context);
      const resource = { ...RESOURCE_DEFAULTS, ...withoutUndefined(input), id, rseq } as Resource;
      return presentResource(await announce(context, await store.resources.insert(context, resource, now())));
    },
    async updateResource(context: StaffContext, id: BookableId, patch: Patch<ResourceFields>): Promise<ResourceDto> {
      const before = await store.resources.find(context, id);
      if (!before) throw new AppError('NOT_FOUND');
      await requireMember(context, patch.memberId);
      await requireParts(store.services, context, before.locationId, patch.serviceIds ?? []);
      return presentResource(await announce(context, await store.resources.update(context, id, patch)));
    },
    async createPool(context: StaffContext, input: PoolFields & Pick<Pool, 'locationId'>): Promise<PoolDto> {
      await requireLocation(context, input.locationId);
      await requireParts(store.resources, context, input.locationId, input.resourceIds);
      const id = deriveId<ResourcePoolId>(nameTry(context, 'pool'));
      return announce(context, await store.pools.insert(context, { ...input, id }, now()));
    },
    async updatePool(context: StaffContext, id: ResourcePoolId, patch: Patch<PoolFields>): Promise<PoolDto> {
      const before = await store.pools.find(context, id);
      if (!before) throw new AppError('NOT_FOUND');
      await requireParts(store.resources, context, before.locationId, patch.resourceIds ?? []);
      return announce(context, await store.pools.update(context, id, patch));
    },
    /**
     * The block is written before bookings are read, a booking before blocks are: whoever comes second sees the other, so nobody is
     * booked into time off without either being told (5.4).
     */
    async createBlock(
      context: StaffContext,
      { resourceId, start, end, reason }: NewBlock,
    ): Promise<{ block: TimeBlockDto; overlapping: BookingDto[]; sessions: ClassSessionDto[] }> {
      const resource = await store.resources.find(context, resourceId);
      if (!resource) throw new AppError('NOT_FOUND');
      const { locationId } = resource;
      const id = deriveId<TimeBlockId>(nameTry(context, 'block'));
      const span = { start: new Date(start), end: new Date(end) };
      const wanted = { id, locationId, resourceId, ...span, reason };
      const block = await store.insertBlock(context, wanted);
      if (!isDeepStrictEqual(block, wanted)) throw new AppError('IDEMPOTENCY_MISMATCH');
      await announce(context, block);
      const [bookings, classes] = await Promise.all([
        allocations.listAgenda(context, locationId, span.start, span.end),
        sessions.list(context, { locationId, from: span.start, to: span.end }),
      ]);
      const isCovered = ({ live, segments }: Allocation): boolean =>
        live && segments.some((segment) => isIn(segment, resourceId, span));
      return {
        block: presentBlock(block),
        overlapping: bookings.filter(isCovered).map(presentBooking),
        sessions: classes.filter(isCovered).map(presentSession),
      };
    },
    async deleteBlock(context: StaffContext, id: TimeBlockId): Promise<{ accepted: true }> {
      await announce(context, await store.deleteBlock(context, id));
      return { accepted: true };
    },
  };
}

/** Holding a time while somebody types: create, extend once, release (booking.md 5.4, 5.5). */
import type { FollowingService } from '@frontdesk/protocol/booking-fields';
import type { HoldDto } from '@frontdesk/protocol/booking-visitor';
import type { BookableId, BookingId, BookingServiceId, HoldId } from '@frontdesk/protocol/ids';
import { HOLD_MINUTES, MAX_HOLDS } from '@frontdesk/protocol/limits';
import type { Clock } from '../core/clock.js';
import type { VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import { createSecret } from '../core/secrets.js';
import type { AllocationStore, NewAllocation } from './allocation.store.js';
import type { Announcer } from './announcer.js';
import { toMinutes } from './availability.js';
import { createBookingCode } from './booking-code.js';
import { presentHold } from './booking.presenter.js';
import type { Allocation, BookingService, Placement, Scoped, Write } from './booking.types.js';
import type { Claimed, Claims, Wish } from './claim.js';
import { hasWritten, toWrite } from './requests.js';
import type { Schedules } from './schedules.js';
import { readVisit, requireAppointments, servicesOf, uniteRules } from './visits.js';

const holdMs = HOLD_MINUTES * 60_000;
/** A code that is in use already is drawn again; of 30^8 that is rare once. */
const MAX_DRAWS = 5;

export interface HoldsDeps {
  readonly allocations: AllocationStore;
  readonly schedules: Schedules;
  readonly claims: Claims;
  readonly announcer: Announcer;
  readonly clock: Clock;
  /** Of one address; load tests raise it. */
  readonly maxPerAddress: number;
  /** What holds of one network address are counted by; says nothing to whoever reads the store. */
  readonly nameAddress: (context: Pick<VisitorContext, 'tenantId' | 'ipPrefix'>) => string;
}

interface NewHold {
  readonly serviceId: BookingServiceId;
  readonly staffId: BookableId | null;
  readonly start: string;
  readonly followedBy?: readonly FollowingService[] | undefined;
}

/** What every new allocation begins with, held or booked. */
export function createAllocation(
  service: BookingService,
  placement: Placement,
  write: Write,
  now: Date,
): Omit<NewAllocation, 'state' | 'history' | 'outbox'> {
  const { rescheduleUntilMinutes, cancelUntilMinutes, maxReschedules } = service;
  return {
    ...placement,
    live: true,
    locationId: service.locationId,
    serviceId: service.id,
    holder: null,
    address: null,
    isExtended: false,
    customer: null,
    locale: null,
    customerZone: null,
    siteId: null,
    answers: {},
    sealedAnswers: null,
    consents: [],
    policy: { rescheduleUntilMinutes, cancelUntilMinutes, maxReschedules },
    code: createBookingCode(),
    version: 1,
    reschedules: 0,
    manageSalt: createSecret(),
    replacedSalt: null,
    writes: [write],
    createdAt: now,
  };
}

/** Claims until the code is nobody else's; answers the first try's allocation when this is not the first. */
export async function claimNew(
  deps: Pick<HoldsDeps, 'allocations' | 'claims'>,
  context: Scoped,
  wish: Wish,
  { write, build }: { readonly write: Write; readonly build: (placement: Placement) => NewAllocation },
): Promise<Claimed | { readonly first: Allocation }> {
  const findFirst = async (): Promise<Allocation | undefined> => {
    const first = await deps.allocations.findByWrite(context, write.key);
    return first && hasWritten(first, write) ? first : undefined;
  };
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    try {
      const claimed = await deps.claims.claim(context, wish, (placement) =>
        deps.allocations.insert(context, build(placement)),
      );
      if (typeof claimed !== 'string') return claimed;
      if (claimed === 'code') continue;
    } catch (error) {
      // The time may be taken by the first try of this very request.
      const first = error instanceof AppError ? await findFirst() : undefined;
      if (first) return { first };
      throw error;
    }
    const first = await findFirst();
    if (first) return { first };
  }
  throw new AppError('CONFLICT');
}

export type HoldsService = ReturnType<typeof createHoldsService>;

export function createHoldsService(deps: HoldsDeps) {
  const { allocations, schedules, claims, announcer, clock } = deps;
  const idOf = (holdId: HoldId): BookingId => holdId as string as BookingId;

  async function release(context: VisitorContext, hold: Pick<Allocation, 'id' | 'tenantId' | 'locationId'>) {
    const isRemoved = await allocations.removeHold(context, hold.id, { holder: context.actor.tokenHash });
    if (isRemoved) await announcer.timeChanged(hold, 'held');
  }

  /**
   * After the claim, so that whoever comes second sees the first. Both of two that come at once may be refused; more than the limit
   * never stay.
   */
  async function keepWithinLimits(context: VisitorContext, hold: Allocation): Promise<void> {
    const now = new Date(clock.now());
    const own = await allocations.listHolds(context, context.actor.tokenHash, now);
    const replaced = own.filter(({ id, serviceId }) => serviceId === hold.serviceId && id < hold.id);
    for (const other of replaced) await release(context, other);
    const { maxPerAddress } = deps;
    const ofAddress = hold.address ? await allocations.countHolds(context, hold.address, now, maxPerAddress + 1) : 0;
    if (own.length - replaced.length <= MAX_HOLDS && ofAddress <= maxPerAddress) return;
    await release(context, hold);
    throw new AppError('CAP_REACHED', { message: 'Too many times are kept for you already.' });
  }

  async function validate(context: VisitorContext, wish: Wish, { allocation, situation }: Claimed): Promise<void> {
    const after = await schedules.read(context);
    const isLimited = servicesOf({ followedBy: [], ...wish }).some(({ maxPerDay }) => maxPerDay !== null);
    const isSame = after.revisions.setup === situation.revisions.setup && !isLimited;
    if (isSame || (await claims.isStillOpen(context, after.schedule, allocation, 'customer'))) return;
    await release(context, allocation);
    throw await claims.refuse(context, wish, 'SLOT_CLOSED');
  }

  function expiryOf({ holdExpiresAt }: Allocation): Date {
    if (!holdExpiresAt || holdExpiresAt.getTime() <= clock.now()) throw new AppError('HOLD_EXPIRED');
    return holdExpiresAt;
  }

  async function present(context: Scoped, hold: Allocation): Promise<HoldDto> {
    const { schedule } = await schedules.read(context);
    return presentHold(schedule, hold, expiryOf(hold));
  }

  /** Why a hold was not extended: a twin of this request did it, it was extended before, or it ran out. */
  async function explainExtend(context: VisitorContext, id: BookingId, write: Write): Promise<HoldDto> {
    const hold = await allocations.find(context, id);
    if (hold?.state !== 'held') throw new AppError('HOLD_EXPIRED');
    if (!hasWritten(hold, write) && hold.isExtended) throw new AppError('CONFLICT');
    return present(context, hold);
  }

  return {
    async create(context: VisitorContext, input: NewHold): Promise<HoldDto> {
      const { schedule } = await schedules.read(context);
      const visit = readVisit(schedule, input);
      requireAppointments(visit);
      const wish: Wish = { ...visit, start: toMinutes(input.start), by: 'customer' };
      const write = toWrite(context, 'hold:create', input);
      const build = (placement: Placement): NewAllocation => {
        const now = new Date(clock.now());
        return {
          ...createAllocation(uniteRules(visit), placement, write, now),
          state: 'held',
          history: [],
          outbox: [],
          holder: context.actor.tokenHash,
          siteId: context.actor.siteId,
          address: deps.nameAddress(context),
          holdExpiresAt: new Date(now.getTime() + holdMs),
        };
      };
      const claimed = await claimNew(deps, context, wish, { write, build });
      if ('first' in claimed) {
        // The first try may have died before it told anybody.
        await announcer.timeChanged(claimed.first, 'held');
        return present(context, claimed.first);
      }
      await validate(context, wish, claimed);
      await keepWithinLimits(context, claimed.allocation);
      await announcer.timeChanged(claimed.allocation, 'held');
      return presentHold(schedule, claimed.allocation, expiryOf(claimed.allocation));
    },
    async extend(context: VisitorContext, input: { readonly holdId: HoldId }): Promise<HoldDto> {
      const id = idOf(input.holdId);
      const write = toWrite(context, 'hold:extend', input);
      const holder = context.actor.tokenHash;
      const before = await allocations.find(context, id);
      // Of a hold that was swept nobody knows whose it was, so that one of somebody else looks the same.
      if (before?.holder !== holder || before.state !== 'held') throw new AppError('HOLD_EXPIRED');
      if (hasWritten(before, write)) return present(context, before);
      const until = new Date(expiryOf(before).getTime() + holdMs);
      const guard = { holder, unexpiredAt: new Date(clock.now()), isExtended: false } as const;
      const change = { set: { holdExpiresAt: until, isExtended: true }, write };
      const hold = await allocations.change(context, id, guard, change);
      if (hold === undefined || typeof hold === 'string') return explainExtend(context, id, write);
      await announcer.timeChanged(hold, 'held');
      return present(context, hold);
    },
    async release(context: VisitorContext, { holdId }: { readonly holdId: HoldId }): Promise<{ accepted: true }> {
      const hold = await allocations.find(context, idOf(holdId));
      if (hold) await release(context, hold);
      return { accepted: true };
    },
  };
}

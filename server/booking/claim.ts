/**
 * Taking time. What fits is computed from what was read; whether it was still free is decided by the unique index. Whoever is refused by
 * it reads again: somebody else's claim is in the store by then, so each turn knows of one more and the search ends (ADR 0014).
 */
import type { BusyTimes } from '@frontdesk/domain/booking/branch';
import { claimKeys } from '@frontdesk/domain/booking/claims';
import type { SlotSituation } from '@frontdesk/domain/booking/lanes';
import type { PlanRefusal, SlotPlan } from '@frontdesk/domain/booking/plan';
import { planVisit, type VisitPart, type VisitParts } from '@frontdesk/domain/booking/visit';
import type { BookableId, BookingId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import type { AllocationStore, Change, Refusal } from './allocation.store.js';
import type { Availability } from './availability.js';
import type { Allocation, BookingService, Placement, Schedule, Scoped, Situation } from './booking.types.js';
import type { Schedules } from './schedules.js';
import type { Slots } from './slots.service.js';
import { findVisit, servicesOf, type VisitService } from './visits.js';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
/** Work is shared out fairly over the days around a visit. */
const FAIR_DAYS = 3;
/** Each turn somebody else was faster; a branch has fewer people than this who could be asked for at once. */
const MAX_TURNS = 64;

export interface Wish {
  readonly service: BookingService;
  readonly staffId: BookableId | null;
  /** What belongs to the same visit. */
  readonly followedBy?: readonly VisitService[];
  /** Epoch minutes. */
  readonly start: number;
  readonly by: 'customer' | 'staff';
  /** A booking that moves is not in its own way. */
  readonly moving?: BookingId;
}

/** Writes what owns the time; undefined when its condition did not hold. */
export type WriteClaim = (placement: Placement) => Promise<Allocation | Refusal | undefined>;

export interface Claimed {
  readonly allocation: Allocation;
  /** As it was read before the write. */
  readonly situation: Situation;
}

export interface Claims {
  /**
   * Throws SLOT_TAKEN or SLOT_CLOSED with other starts; answers what else refused the write: its key, its code, its condition.
   */
  claim(context: Scoped, wish: Wish, write: WriteClaim): Promise<Claimed | Refusal | 'unmet'>;
  /** Claims a time that was decided on already, of nobody but holds that ran out; `claims` when somebody else has it. */
  place(context: Scoped, placement: Placement, write: WriteClaim): ReturnType<WriteClaim>;
  /** An ended booking owns its old time again; `claims` when somebody else has it. */
  revive(context: Scoped, booking: Allocation, change: Change): Promise<Allocation | Refusal | undefined>;
  /** Whether time that is owned may still be booked as the setup is now: hours, time off, the horizon (5.4, "validate after claim"). */
  isStillOpen(context: Scoped, schedule: Schedule, allocation: Allocation, by: Wish['by']): Promise<boolean>;
  /** What a claim would meet now, with other starts when it is not free; takes nothing. */
  probe(
    context: Scoped,
    schedule: Schedule,
    wish: Wish,
  ): Promise<{ readonly outlook: 'free' | 'taken' | 'closed'; readonly alternatives: string[] }>;
  /** SLOT_TAKEN or SLOT_CLOSED with other starts. */
  refuse(context: Scoped, wish: Wish, code: 'SLOT_TAKEN' | 'SLOT_CLOSED'): Promise<AppError>;
}

const toDate = (minutes: number): Date => new Date(minutes * minuteMs);

function toWallText(zone: { toWall(ms: number): { date: string; minutes: number } }, startMs: number): string {
  const { date, minutes } = zone.toWall(startMs);
  return `${date}T${new Date(minutes * minuteMs).toISOString().slice(11, 16)}`;
}

function toPlacement(
  plans: readonly [SlotPlan, ...SlotPlan[]],
  services: readonly BookingService[],
  zone: Parameters<typeof toWallText>[0] & { name: string },
): Placement {
  const [first] = plans;
  const parts = plans.flatMap((plan, at) => {
    const service = services[at];
    return service ? [{ plan, serviceId: service.id }] : [];
  });
  const claims = plans.flatMap((plan) => plan.claims);
  return {
    start: toDate(first.start),
    end: toDate(plans.at(-1)?.end ?? first.end),
    zone: zone.name,
    wallStart: toWallText(zone, first.start * minuteMs),
    staffId: first.staffId,
    followedBy: parts.slice(1).map(({ serviceId, plan: { staffId } }) => ({ serviceId, staffId })),
    segments: parts.flatMap(({ plan, serviceId }) =>
      plan.segments.map(({ from, to, staffId, resourceIds }) => ({
        serviceId,
        start: toDate(from),
        end: toDate(to),
        staffId,
        resourceIds,
      })),
    ),
    spans: claims.map(({ resourceId, from, to }) => ({ resourceId, from, to })),
    claims: claimKeys(claims),
  };
}

/** Of a pool the allocation has one member already; whether another is free is not the question. */
function withOnlyOwn({ branch, busy }: SlotSituation, { spans, start, end }: Allocation): BusyTimes {
  const own = new Set(spans.map(({ resourceId }) => resourceId));
  const wholeVisit = [(start.getTime() - dayMs) / minuteMs, (end.getTime() + dayMs) / minuteMs];
  const others = [...branch.pools.values()].flat().filter(({ id }) => !own.has(id));
  return new Map([...busy, ...others.map(({ id }) => [id, wholeVisit] as const)]);
}

const isFree = (reason: PlanRefusal): boolean => reason !== 'taken' && reason !== 'full';

export function createClaims(deps: {
  readonly allocations: AllocationStore;
  readonly schedules: Schedules;
  readonly availability: Availability;
  readonly slots: Slots;
  readonly clock: Clock;
}): Claims {
  const { allocations, schedules, availability, slots, clock } = deps;

  /** Each service of the visit with what is taken around it. */
  async function look(context: Scoped, schedule: Schedule, wish: Wish): Promise<VisitParts> {
    const { start, moving, followedBy = [] } = wish;
    const from = new Date(start * minuteMs - FAIR_DAYS * dayMs);
    const to = new Date(start * minuteMs + (FAIR_DAYS + 1) * dayMs);
    const read = async ({ service, staffId }: VisitService): Promise<VisitPart> => {
      const question = { service, staffId, from, to, ...(moving && { ignore: moving }) };
      return { staffId, ...(await availability.look(context, schedule, question)) };
    };
    const [first, ...rest] = await Promise.all([read(wish), ...followedBy.map(read)]);
    return [first, ...rest];
  }

  /** Removes holds in the way that ran out; false when somebody else is in the way too. */
  async function clearExpired(context: Scoped, claims: readonly number[]): Promise<boolean> {
    const now = new Date(clock.now());
    const blockers = await allocations.listBlockers(context, claims);
    if (blockers.some(({ holdExpiresAt }) => !holdExpiresAt || holdExpiresAt > now)) return false;
    await Promise.all(blockers.map(({ id }) => allocations.removeHold(context, id, { expiredBy: now })));
    return true;
  }

  /** One plan, once more if only holds that ran out were in its way. */
  async function tryPlan(context: Scoped, placement: Placement, write: WriteClaim): ReturnType<WriteClaim> {
    const first = await write(placement);
    if (first !== 'claims' || !(await clearExpired(context, placement.claims))) return first;
    return write(placement);
  }

  async function refuse(context: Scoped, wish: Wish, code: 'SLOT_TAKEN' | 'SLOT_CLOSED'): Promise<AppError> {
    return new AppError(code, { current: { alternatives: await slots.findAlternatives(context, wish) } });
  }

  return {
    refuse,
    async claim(context, wish, write) {
      const { service, start, by, followedBy = [] } = wish;
      const services = [service, ...followedBy.map((other) => other.service)];
      for (let turn = 0; turn < MAX_TURNS; turn += 1) {
        const situation = await schedules.read(context);
        const parts = await look(context, situation.schedule, wish);
        const answer = planVisit(parts, { start, by });
        if (!answer.ok) throw await refuse(context, wish, isFree(answer.reason) ? 'SLOT_CLOSED' : 'SLOT_TAKEN');
        const placement = toPlacement(answer.plans, services, parts[0].situation.branch.zone);
        const written = await tryPlan(context, placement, write);
        if (written === undefined) return 'unmet';
        if (typeof written !== 'string') return { allocation: written, situation };
        if (written !== 'claims') return written;
      }
      throw await refuse(context, wish, 'SLOT_TAKEN');
    },
    async probe(context, schedule, wish) {
      const answer = planVisit(await look(context, schedule, wish), wish);
      if (answer.ok) return { outlook: 'free', alternatives: [] };
      const alternatives = await slots.findAlternatives(context, wish);
      return { outlook: isFree(answer.reason) ? 'closed' : 'taken', alternatives };
    },
    place: tryPlan,
    revive(context, booking, change) {
      return tryPlan(context, booking, () => allocations.revive(context, booking.id, booking.version, change));
    },
    async isStillOpen(context, schedule, allocation, by) {
      const visit = findVisit(schedule, allocation);
      if (!visit || servicesOf(visit).some(({ isArchived }) => isArchived)) return false;
      const start = allocation.start.getTime() / minuteMs;
      const [first, ...rest] = await look(context, schedule, { ...visit, start, by, moving: allocation.id });
      // Notice was kept when the time was held; typing a name does not use it up.
      const nowMs = Math.min(first.situation.nowMs, allocation.createdAt.getTime());
      const narrow = ({ situation, ...part }: VisitPart): VisitPart => ({
        ...part,
        situation: { ...situation, nowMs, busy: withOnlyOwn(situation, allocation) },
      });
      return planVisit([narrow(first), ...rest.map(narrow)], { start, by }).ok;
    },
  };
}

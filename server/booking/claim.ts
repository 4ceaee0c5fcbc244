/**
 * Taking time. What fits is computed from what was read; whether it was still free is decided by the unique index. Whoever is refused by
 * it reads again: somebody else's claim is in the store by then, so each turn knows of one more and the search ends (ADR 0014).
 */
import type { BusyTimes } from '@frontdesk/domain/booking/branch';
import { claimKeys } from '@frontdesk/domain/booking/claims';
import type { SlotSituation } from '@frontdesk/domain/booking/lanes';
import { planSlot, type PlanRefusal, type SlotPlan } from '@frontdesk/domain/booking/plan';
import type { BookableId, BookingId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import type { AllocationStore, Change, Refusal } from './allocation.store.js';
import type { Availability } from './availability.js';
import type { Allocation, BookingService, Placement, Schedule, Scoped, Situation } from './booking.types.js';
import type { Schedules } from './schedules.js';
import type { Slots } from './slots.service.js';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
/** Work is shared out fairly over the days around a visit. */
const FAIR_DAYS = 3;
/** Each turn somebody else was faster; a branch has fewer people than this who could be asked for at once. */
const MAX_TURNS = 64;

export interface Wish {
  readonly service: BookingService;
  readonly staffId: BookableId | null;
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
  /** An ended booking owns its old time again; `claims` when somebody else has it. */
  revive(context: Scoped, booking: Allocation, change: Change): Promise<Allocation | Refusal | undefined>;
  /** Whether time that is owned may still be booked as the setup is now: hours, time off, the horizon (5.4, "validate after claim"). */
  isStillOpen(context: Scoped, schedule: Schedule, allocation: Allocation, by: Wish['by']): Promise<boolean>;
  /** SLOT_TAKEN or SLOT_CLOSED with other starts. */
  refuse(context: Scoped, wish: Wish, code: 'SLOT_TAKEN' | 'SLOT_CLOSED'): Promise<AppError>;
}

const toDate = (minutes: number): Date => new Date(minutes * minuteMs);

function toWallText(zone: { toWall(ms: number): { date: string; minutes: number } }, startMs: number): string {
  const { date, minutes } = zone.toWall(startMs);
  return `${date}T${new Date(minutes * minuteMs).toISOString().slice(11, 16)}`;
}

function toPlacement(
  plan: SlotPlan,
  service: BookingService,
  zone: Parameters<typeof toWallText>[0] & { name: string },
) {
  return {
    start: toDate(plan.start),
    end: toDate(plan.end),
    zone: zone.name,
    wallStart: toWallText(zone, plan.start * minuteMs),
    staffId: plan.staffId,
    segments: plan.segments.map(({ from, to, staffId, resourceIds }) => ({
      serviceId: service.id,
      start: toDate(from),
      end: toDate(to),
      staffId,
      resourceIds,
    })),
    spans: plan.claims.map(({ resourceId, from, to }) => ({ resourceId, from, to })),
    claims: claimKeys(plan.claims),
  } satisfies Placement;
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

  function look(context: Scoped, schedule: Schedule, { service, start, moving }: Wish) {
    const startMs = start * minuteMs;
    const from = new Date(startMs - FAIR_DAYS * dayMs);
    const to = new Date(startMs + (FAIR_DAYS + 1) * dayMs);
    return availability.look(context, schedule, { service, from, to, ...(moving && { ignore: moving }) });
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
      const { service, staffId, start, by } = wish;
      for (let turn = 0; turn < MAX_TURNS; turn += 1) {
        const situation = await schedules.read(context);
        const { situation: now, loads } = await look(context, situation.schedule, wish);
        const answer = planSlot(now, { start, staffId, by, loads });
        if (!answer.ok) throw await refuse(context, wish, isFree(answer.reason) ? 'SLOT_CLOSED' : 'SLOT_TAKEN');
        const [plan] = answer.plans;
        if (!plan) throw new Error('A plan was promised.');
        const written = await tryPlan(context, toPlacement(plan, service, now.branch.zone), write);
        if (written === undefined) return 'unmet';
        if (typeof written !== 'string') return { allocation: written, situation };
        if (written !== 'claims') return written;
      }
      throw await refuse(context, wish, 'SLOT_TAKEN');
    },
    revive(context, booking, change) {
      return tryPlan(context, booking, () => allocations.revive(context, booking.id, booking.version, change));
    },
    async isStillOpen(context, schedule, allocation, by) {
      const { id, serviceId, staffId, start } = allocation;
      const service = schedule.services.get(serviceId);
      if (!service || service.isArchived) return false;
      const wish = { service, staffId, start: start.getTime() / minuteMs, by, moving: id };
      const { situation, loads } = await look(context, schedule, wish);
      // Notice was kept when the time was held; typing a name does not use it up.
      const nowMs = Math.min(situation.nowMs, allocation.createdAt.getTime());
      const busy = withOnlyOwn(situation, allocation);
      return planSlot({ ...situation, nowMs, busy }, { start: wish.start, staffId, by, loads }).ok;
    },
  };
}

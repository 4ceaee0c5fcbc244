/** What the slot engine is asked with: a branch as it is set up, and what is taken of it, read with one indexed query. */
import { blockSpan, collectBusy, createBranch, type Branch, type BusySpan } from '@frontdesk/domain/booking/branch';
import type { SlotSituation } from '@frontdesk/domain/booking/lanes';
import type { Load } from '@frontdesk/domain/booking/plan';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { BookableId, BookingId, LocationId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import type { AllocationStore } from './allocation.store.js';
import { presentBlock } from './booking.presenter.js';
import { staffOf } from './booking.catalogue.js';
import type { BookingService, Schedule, Scoped, Taken } from './booking.types.js';

const minuteMs = 60_000;

export interface Look {
  readonly situation: SlotSituation;
  readonly loads: ReadonlyMap<BookableId, Load>;
  /** When the first hold in the way runs out; Infinity when none is. */
  readonly nextExpiryMs: number;
}

export interface LookQuestion {
  readonly service: BookingService;
  /** Who alone is asked for; null is anybody. */
  readonly staffId: BookableId | null;
  readonly from: Date;
  readonly to: Date;
  /** A booking that is about to be moved is not in its own way. */
  readonly ignore?: BookingId;
}

export interface Availability {
  branchOf(schedule: Schedule, locationId: LocationId): Branch;
  look(context: Scoped, schedule: Schedule, question: LookQuestion): Promise<Look>;
}

/** Whoever and whatever may be needed for a service; all who give it where a limit of the day is counted. */
function candidatesOf(schedule: Schedule, service: BookingService, staffId: BookableId | null): BookableId[] {
  const pooled = service.segments.flatMap(({ poolIds }) =>
    poolIds.flatMap((id) => schedule.pools.get(id)?.resourceIds ?? []),
  );
  const isOneEnough = staffId !== null && service.maxPerDay === null;
  const staff = isOneEnough ? [staffId] : staffOf(schedule, service).map(({ id }) => id);
  return [...new Set([...staff, ...pooled])];
}

function* busySpans(
  schedule: Schedule,
  resourceIds: readonly BookableId[],
  taken: readonly Taken[],
): Generator<BusySpan> {
  for (const { spans } of taken) yield* spans;
  for (const id of resourceIds) {
    for (const block of schedule.blocks.get(id) ?? []) yield blockSpan(presentBlock(block));
  }
}

/** Booked minutes and the last booking of each, over what was read. */
function sumLoads(taken: readonly Taken[]): Map<BookableId, Load> {
  const loads = new Map<BookableId, Load>();
  for (const { staffId, spans, createdAt } of taken) {
    if (!staffId) continue;
    const { minutes, lastBookedMs } = loads.get(staffId) ?? { minutes: 0, lastBookedMs: null };
    const own = spans.filter(({ resourceId }) => resourceId === staffId);
    loads.set(staffId, {
      minutes: minutes + own.reduce((sum, { from, to }) => sum + to - from, 0),
      lastBookedMs: Math.max(lastBookedMs ?? 0, createdAt.getTime()),
    });
  }
  return loads;
}

/** Dates on which the service was booked as often as it may be. */
function findFullDates(
  branch: Branch,
  { id, maxPerDay }: BookingService,
  taken: readonly Taken[],
): ReadonlySet<string> {
  if (maxPerDay === null) return new Set();
  const counts = new Map<string, number>();
  for (const { serviceId, followedBy, start } of taken) {
    if (serviceId !== id && !followedBy.some((other) => other.serviceId === id)) continue;
    const { date } = branch.zone.toWall(start.getTime());
    counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= maxPerDay).map(([date]) => date));
}

export function createAvailability(deps: {
  readonly allocations: Pick<AllocationStore, 'listTaken'>;
  readonly clock: Clock;
}): Availability {
  const branches = new WeakMap<Schedule, Map<LocationId, Branch>>();

  function buildBranch(schedule: Schedule, locationId: LocationId): Branch {
    const location = schedule.locations.get(locationId);
    if (!location) throw new AppError('NOT_FOUND');
    const isHere = (part: { readonly locationId: LocationId }): boolean => part.locationId === locationId;
    return createBranch({
      zone: getZone(location.nextTimeZone ?? location.timeZone),
      hours: location.hours,
      resources: [...schedule.resources.values()].filter(isHere),
      pools: [...schedule.pools.values()].filter(isHere),
    });
  }

  function branchOf(schedule: Schedule, locationId: LocationId): Branch {
    const known = branches.get(schedule) ?? new Map<LocationId, Branch>();
    branches.set(schedule, known);
    const branch = known.get(locationId) ?? buildBranch(schedule, locationId);
    known.set(locationId, branch);
    return branch;
  }

  return {
    branchOf,
    async look(context, schedule, { service, staffId, from, to, ignore }) {
      const nowMs = deps.clock.now();
      const branch = branchOf(schedule, service.locationId);
      const candidates = candidatesOf(schedule, service, staffId);
      const read = await deps.allocations.listTaken(context, candidates, from, to);
      // The sweeper is late by up to a minute; a hold that ran out is in nobody's way (5.4).
      const taken = read.filter(
        ({ id, holdExpiresAt }) => id !== ignore && !(holdExpiresAt && holdExpiresAt.getTime() <= nowMs),
      );
      return {
        situation: {
          branch,
          service,
          busy: collectBusy(busySpans(schedule, candidates, taken)),
          nowMs,
          fullDates: findFullDates(branch, service, taken),
        },
        loads: sumLoads(taken),
        nextExpiryMs: Math.min(Infinity, ...taken.flatMap(({ holdExpiresAt }) => holdExpiresAt?.getTime() ?? [])),
      };
    },
  };
}

/** Epoch minutes of an instant on the wire. */
export function toMinutes(instant: string): number {
  return Date.parse(instant) / minuteMs;
}

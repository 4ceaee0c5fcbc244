/**
 * Lanes: who could give a service, and the starts at which the whole visit fits in with them. A service that needs nobody has one lane
 * without a person, which follows the branch's hours.
 */
import type { BookingServiceDto } from '@frontdesk/protocol/booking-fields';
import type { BookableId } from '@frontdesk/protocol/ids';
import { BOOKING_QUANTUM_MINUTES } from '@frontdesk/protocol/vocabulary';
import { busyOf, type Bookable, type Branch, type BusyTimes } from './branch.js';
import { openTime, type Calendar, type Window } from './calendar.js';
import { poolUses, staffUses, startsOfUses, visitMinutes, type Use } from './fit.js';
import { markPoints, type Marking } from './grid.js';
import { contains, intersect, NOTHING, type Intervals } from './intervals.js';
import { startsOfPools, type MemberStarts } from './pools.js';

const dayMinutes = 1_440;

export interface SlotSituation {
  readonly branch: Branch;
  readonly service: BookingServiceDto;
  /**
   * From the day before the dates that are asked for until a visit that starts in the last of their nights is over. When a visit is
   * moved, without its own spans.
   */
  readonly busy: BusyTimes;
  readonly nowMs: number;
  /** Dates on which the service has reached its limit. */
  readonly fullDates?: ReadonlySet<string>;
  /** Starts at which what else belongs to the visit fits; absent: any. */
  readonly only?: Intervals;
}

export interface Lane {
  /** null where the service needs nobody. */
  readonly staff: Bookable | null;
  readonly calendar: Calendar;
  /** Starts at which the visit fits, on the grid or not. */
  readonly starts: Intervals;
  /** Starts right after something else, in order. */
  readonly tightStarts: readonly number[];
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  readonly members: MemberStarts;
  /** When a resource is there, without regard to what is taken. */
  openOf(resource: Bookable): Intervals;
}

function isEligible(
  { id, kind, serviceIds }: Bookable,
  service: BookingServiceDto,
  staffId: BookableId | null,
): boolean {
  return kind === 'staff' && serviceIds.includes(service.id) && (staffId === null || id === staffId);
}

/** The start of a visit whose first part begins as soon as `busyUntil` and the buffer before it are over. */
function startAfter(busyUntil: number, use: Use): number {
  const free = Math.ceil(busyUntil / BOOKING_QUANTUM_MINUTES) * BOOKING_QUANTUM_MINUTES;
  return free + use.before - use.from;
}

function tightStartsOf(busy: readonly Intervals[], use: Use | undefined, starts: Intervals): readonly number[] {
  if (!use) return [];
  const tight = new Set<number>();
  for (const intervals of busy) {
    for (let at = 1; at < intervals.length; at += 2) {
      const start = startAfter(intervals[at] as number, use);
      if (contains(starts, start)) tight.add(start);
    }
  }
  return [...tight].sort((one, other) => one - other);
}

/** Lanes for visits that start in windows of `days` dates from a day on; with `staffId` only that person's. */
export function createLanes(
  { branch, service, busy, only }: SlotSituation,
  staffId: BookableId | null,
  fromDay: number,
  days: number,
): Lanes {
  // A window reaches into the day after its date, and a visit that starts there as far as it is long.
  const dates = days + 3 + Math.ceil((visitMinutes(service) + service.bufferAfterMinutes) / dayMinutes);
  const openTimes = new Map<Calendar, Intervals>();
  const openOf = (resource: Bookable) => {
    const calendar = branch.calendarOf(resource);
    let open = openTimes.get(calendar);
    if (!open) {
      open = openTime(calendar, fromDay - 1, dates);
      openTimes.set(calendar, open);
    }
    return open;
  };
  const startsOf = (resource: Bookable, uses: readonly Use[]) =>
    startsOfUses(openOf(resource), busyOf(busy, resource), uses, service.buffersMayLeaveHours);
  const usesOfPools = poolUses(service);
  const members: MemberStarts = new Map(
    [...usesOfPools].map(([poolId, uses]) => [
      poolId,
      new Map((branch.pools.get(poolId) ?? []).map((member) => [member.id, startsOf(member, uses)])),
    ]),
  );
  const isTight = service.packing === 'tight';
  const restrict = (starts: Intervals): Intervals => (only ? intersect(starts, only) : starts);

  function createStaffLanes(uses: readonly Use[]): Lane[] {
    const ofPools = startsOfPools(members, null);
    const inPools = new Set([...members.values()].flatMap((ofMembers) => [...ofMembers.keys()]));
    const lanes: Lane[] = [];
    for (const staff of branch.resources.values()) {
      if (!isEligible(staff, service, staffId)) continue;
      const pools = inPools.has(staff.id) ? startsOfPools(members, staff.id) : ofPools;
      const own = startsOf(staff, uses);
      const starts = restrict(pools ? intersect(own, pools) : own);
      const tightStarts = isTight ? tightStartsOf([busyOf(busy, staff)], uses[0], starts) : [];
      lanes.push({ staff, calendar: branch.calendarOf(staff), starts, tightStarts });
    }
    return lanes;
  }

  function createPoolLane(): Lane {
    const starts = restrict(startsOfPools(members, null) ?? NOTHING);
    const ofPools = [...usesOfPools].map(([poolId, uses]) =>
      tightStartsOf(
        (branch.pools.get(poolId) ?? []).map((member) => busyOf(busy, member)),
        uses[0],
        starts,
      ),
    );
    const tightStarts = isTight ? [...new Set(ofPools.flat())].sort((one, other) => one - other) : [];
    return { staff: null, calendar: branch.calendar, starts, tightStarts };
  }

  const uses = staffUses(service);
  if (uses.length > 0) return { lanes: createStaffLanes(uses), members, openOf };
  // Whoever asks for a person asks in vain where nobody is needed.
  return { lanes: staffId === null ? [createPoolLane()] : [], members, openOf };
}

/** Marks what a lane offers in one window and in the span. */
export function markStarts(
  { starts, tightStarts }: Lane,
  window: Window,
  { alignment, intervalMinutes }: BookingServiceDto,
  span: { readonly from: number; readonly to: number },
  marking: Marking,
): void {
  for (const series of window.grids[alignment]) markPoints(series, intervalMinutes, starts, span, marking);
  for (const start of tightStarts) {
    const isInside = start >= window.from && start < window.to && start >= span.from && start < span.to;
    if (isInside) marking.marks[(start - marking.base) / BOOKING_QUANTUM_MINUTES] = marking.mark;
  }
}

/**
 * What can be booked at a branch, prepared for the slot engine. It changes when the setup does, so that it is made once per revision of
 * the setup; what is taken changes with every booking and comes apart ({@link BusyTimes}).
 */
import type { PoolDto, ResourceDto, TimeBlockDto } from '@frontdesk/protocol/booking-fields';
import type { OpeningHours } from '@frontdesk/protocol/hours';
import type { BookableId, ResourcePoolId } from '@frontdesk/protocol/ids';
import type { Zone } from '../hours/zone.js';
import { createCalendar, restrictCalendar, type Calendar } from './calendar.js';
import { NOTHING, unite, type Intervals } from './intervals.js';

const minuteMs = 60_000;

export interface Bookable extends ResourceDto {
  /** Its number in claims. */
  readonly rseq: number;
}

export interface Branch {
  readonly zone: Zone;
  readonly calendar: Calendar;
  /** Without the archived ones. */
  readonly resources: ReadonlyMap<BookableId, Bookable>;
  /** Members that can be booked, by pool. */
  readonly pools: ReadonlyMap<ResourcePoolId, readonly Bookable[]>;
  /** The hours of the resource inside those of the branch: nobody is booked where the door is closed. */
  calendarOf(resource: Bookable): Calendar;
}

export interface BranchSetup {
  readonly zone: Zone;
  readonly hours: OpeningHours;
  readonly resources: readonly Bookable[];
  readonly pools: readonly PoolDto[];
}

export function createBranch({ zone, hours, resources: all, pools }: BranchSetup): Branch {
  const resources = new Map(all.filter(({ isArchived }) => !isArchived).map((resource) => [resource.id, resource]));
  const calendar = createCalendar(zone, hours);
  const own = new Map<BookableId, Calendar>();
  for (const { id, hours: ownHours } of resources.values()) {
    if (ownHours) own.set(id, restrictCalendar(calendar, createCalendar(zone, ownHours)));
  }
  const membersOf = (pool: PoolDto) => [...new Set(pool.resourceIds)].flatMap((id) => resources.get(id) ?? []);
  return {
    zone,
    calendar,
    resources,
    pools: new Map(pools.map((pool) => [pool.id, membersOf(pool)])),
    calendarOf: ({ id }) => own.get(id) ?? calendar,
  };
}

/** What is taken, by resource, in epoch minutes: claimed spans (their buffers are in them) and time off. */
export type BusyTimes = ReadonlyMap<BookableId, Intervals>;

export interface BusySpan {
  readonly resourceId: BookableId;
  readonly from: number;
  readonly to: number;
}

export function collectBusy(spans: Iterable<BusySpan>): BusyTimes {
  const byResource = new Map<BookableId, (readonly [number, number])[]>();
  for (const { resourceId, from, to } of spans) {
    const known = byResource.get(resourceId);
    if (known) known.push([from, to]);
    else byResource.set(resourceId, [[from, to]]);
  }
  return new Map([...byResource].map(([id, list]) => [id, unite(list)]));
}

/** Time off as a span, rounded outwards to minutes. */
export function blockSpan({ resourceId, start, end }: TimeBlockDto): BusySpan {
  return {
    resourceId,
    from: Math.floor(Date.parse(start) / minuteMs),
    to: Math.ceil(Date.parse(end) / minuteMs),
  };
}

export function busyOf(busy: BusyTimes, { id }: Bookable): Intervals {
  return busy.get(id) ?? NOTHING;
}

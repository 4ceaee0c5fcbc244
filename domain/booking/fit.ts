/**
 * When something of a length fits: the starts at which a resource is there and free for its parts of a service.
 *
 * Durations and buffers are elapsed minutes. What was booked before holds its own buffers, so that the gap between neighbours is the
 * earlier one's after plus the later one's before. Where a window begins or ends nothing is next to the visit: there the buffer may
 * lie outside the hours, if the service allows it (booking.md 5.2, rule 3).
 */
import type { BookingServiceDto, ServiceSegment } from '@frontdesk/protocol/booking-fields';
import type { ResourcePoolId } from '@frontdesk/protocol/ids';
import { intersect, NOTHING, type Intervals } from './intervals.js';

/** Minutes after the start of the visit, half open, and the buffers that belong to this part of it. */
export interface Use {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

type Timed = Pick<
  BookingServiceDto,
  'segments' | 'bufferBeforeMinutes' | 'bufferAfterMinutes' | 'buffersMayLeaveHours'
>;

/**
 * The parts of a visit in which something is used; neighbouring segments are one part. Preparing and cleaning up belong to whoever is
 * in the first and in the last segment.
 */
function usesWhere(service: Timed, isUsed: (segment: ServiceSegment) => boolean): Use[] {
  const uses: Use[] = [];
  let from = 0;
  for (const [at, segment] of service.segments.entries()) {
    const to = from + segment.minutes;
    if (isUsed(segment)) {
      const before = at === 0 ? service.bufferBeforeMinutes : 0;
      const after = at === service.segments.length - 1 ? service.bufferAfterMinutes : 0;
      const last = uses.at(-1);
      if (last?.to === from) uses[uses.length - 1] = { ...last, to, after };
      else uses.push({ from, to, before, after });
    }
    from = to;
  }
  return uses;
}

/** The same person gives all segments that need somebody; in the others they are free for others. */
export function staffUses(service: Timed): readonly Use[] {
  return usesWhere(service, ({ needsStaff }) => needsStaff);
}

/** One member of a pool is taken for all segments that name it, whether or not somebody is at work there. */
export function poolUses(service: Timed): ReadonlyMap<ResourcePoolId, readonly Use[]> {
  const poolIds = new Set(service.segments.flatMap((segment) => segment.poolIds));
  return new Map([...poolIds].map((id) => [id, usesWhere(service, ({ poolIds: named }) => named.includes(id))]));
}

/** Minutes from the start to the end of the visit, buffers aside. */
export function visitMinutes({ segments }: Pick<BookingServiceDto, 'segments'>): number {
  return segments.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** Starts at which one part fits into what is open and not busy. */
function startsOfUse(open: Intervals, busy: Intervals, use: Use, buffersMayLeaveHours: boolean): Intervals {
  const before = buffersMayLeaveHours ? 0 : use.before;
  const after = buffersMayLeaveHours ? 0 : use.after;
  const starts: number[] = [];
  const add = (from: number, to: number) => {
    if (to - from >= use.to - use.from) starts.push(from - use.from, to - use.to + 1);
  };
  let next = 0;
  for (let at = 0; at < open.length; at += 2) {
    const close = open[at + 1] as number;
    let free = open[at] as number;
    let margin = before;
    while (next < busy.length && (busy[next + 1] as number) <= free) next += 2;
    while (next < busy.length && (busy[next] as number) < close) {
      add(free + margin, (busy[next] as number) - use.after);
      free = busy[next + 1] as number;
      margin = use.before;
      // What reaches over the closing is looked at again in the next window.
      if (free >= close) break;
      next += 2;
    }
    if (free < close) add(free + margin, close - after);
  }
  return starts;
}

/** Starts at which a resource can do all its parts of a visit. */
export function startsOfUses(
  open: Intervals,
  busy: Intervals,
  uses: readonly Use[],
  buffersMayLeaveHours: boolean,
): Intervals {
  let starts: Intervals | undefined;
  for (const use of uses) {
    const ofUse = startsOfUse(open, busy, use, buffersMayLeaveHours);
    starts = starts ? intersect(starts, ofUse) : ofUse;
  }
  return starts ?? NOTHING;
}

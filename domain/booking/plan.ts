/**
 * What a booking of one start takes: whom, which rooms and things, and the time that is claimed of each. Display says that something
 * fits; the plan says what, in the order in which it is tried, because somebody else may claim the first choice in between.
 */
import type { BookableId, ResourcePoolId } from '@frontdesk/protocol/ids';
import { BOOKING_QUANTUM_MINUTES } from '@frontdesk/protocol/vocabulary';
import type { Bookable } from './branch.js';
import { dateOf, dayOf } from './calendar.js';
import { refuseStart } from './change-rules.js';
import type { ClaimedSpan } from './claims.js';
import { poolUses, staffUses, visitMinutes, type Use } from './fit.js';
import { contains, findSpan, type Intervals } from './intervals.js';
import { createLanes, markStarts, type Lane, type Lanes, type SlotSituation } from './lanes.js';
import { chooseMembers } from './pools.js';

const minuteMs = 60_000;

/** How much somebody did lately: what "fair" is read from. */
export interface Load {
  /** Booked minutes in the period that is shared out. */
  readonly minutes: number;
  /** When the last booking was given to them; null is never. */
  readonly lastBookedMs: number | null;
}

export interface PlanQuestion {
  /** Epoch minutes. */
  readonly start: number;
  /** null is anybody. */
  readonly staffId: BookableId | null;
  /** Notice, horizon, limits and the grid bind customers; hours and what is taken bind staff too. */
  readonly by: 'customer' | 'staff';
  /** Who is not in it did nothing. */
  readonly loads: ReadonlyMap<BookableId, Load>;
}

export interface PlannedSegment {
  /** Epoch minutes, half open, buffers aside. */
  readonly from: number;
  readonly to: number;
  /** null in processing time. */
  readonly staffId: BookableId | null;
  readonly resourceIds: readonly BookableId[];
}

export interface PlannedClaim extends ClaimedSpan {
  readonly resourceId: BookableId;
}

export interface SlotPlan {
  readonly start: number;
  readonly end: number;
  readonly staffId: BookableId | null;
  readonly segments: readonly PlannedSegment[];
  /** With buffers; for `claimKeys`. */
  readonly claims: readonly PlannedClaim[];
}

export type PlanRefusal = 'too-soon' | 'too-far' | 'full' | 'taken' | 'closed';

export type PlanAnswer =
  | { readonly ok: true; /** At least one, the first choice first. */ readonly plans: readonly SlotPlan[] }
  | { readonly ok: false; readonly reason: PlanRefusal };

const idle: Load = { minutes: 0, lastBookedMs: null };

/**
 * Priority, then the lower load for its weight, then who was booked least recently, then the lower number (booking.md 5.3, step 6).
 * Loads are compared by cross multiplication, because a quotient would be rounded.
 */
export function compareForTrial(loads: PlanQuestion['loads']): (one: Bookable, other: Bookable) => number {
  return (one, other) => {
    const ofOne = loads.get(one.id) ?? idle;
    const ofOther = loads.get(other.id) ?? idle;
    return (
      other.priority - one.priority ||
      ofOne.minutes * other.weight - ofOther.minutes * one.weight ||
      (ofOne.lastBookedMs ?? 0) - (ofOther.lastBookedMs ?? 0) ||
      one.rseq - other.rseq
    );
  };
}

interface Offer {
  readonly lanes: Lanes;
  readonly offering: readonly Lane[];
}

/** Lanes that have this start. */
function findOffer(situation: SlotSituation, { start, staffId, by }: PlanQuestion): Offer {
  const { branch, service, fullDates } = situation;
  const day = dayOf(branch.zone.toWall(start * minuteMs).date);
  // What is after midnight may belong to the date before.
  const days = [day - 1, day].filter((one) => !fullDates?.has(dateOf(one)));
  const lanes = createLanes(situation, staffId, day - 1, 2);
  const isOffered = (lane: Lane) => {
    if (by === 'staff') return contains(lane.starts, start);
    const marking = { marks: new Uint8Array(1), base: start, mark: 1 };
    for (const one of days) {
      for (const window of lane.calendar.windowsOn(one)) {
        markStarts(lane, window, service, { from: start, to: start + 1 }, marking);
      }
    }
    return marking.marks[0] === 1;
  };
  const isPossible = start % BOOKING_QUANTUM_MINUTES === 0;
  return { lanes, offering: isPossible ? lanes.lanes.filter(isOffered) : [] };
}

/** Why nobody offers a start. */
function explain(situation: SlotSituation, question: PlanQuestion): PlanRefusal {
  const unlimited = { ...situation, fullDates: new Set<string>() };
  if (findOffer(unlimited, question).offering.length > 0) return 'full';
  return findOffer({ ...unlimited, busy: new Map() }, question).offering.length > 0 ? 'taken' : 'closed';
}

/** What is claimed for a part of a visit: its buffers too, as far as they lie within the hours. */
function claimUse(resource: Bookable, use: Use, start: number, open: Intervals): PlannedClaim {
  const [opens, closes] = findSpan(open, start + use.from) ?? [-Infinity, Infinity];
  return {
    resourceId: resource.id,
    rseq: resource.rseq,
    from: Math.max(opens, start + use.from - use.before),
    to: Math.min(closes, start + use.to + use.after),
  };
}

function planLane(
  { branch, service }: SlotSituation,
  { start, loads }: PlanQuestion,
  { members, openOf }: Lanes,
  { staff }: Lane,
): SlotPlan | null {
  const compare = compareForTrial(loads);
  const find = (id: BookableId) => branch.resources.get(id);
  const order = (one: BookableId, other: BookableId) => {
    const [left, right] = [find(one), find(other)];
    return left && right ? compare(left, right) : 0;
  };
  const chosen = chooseMembers(members, start, new Set(staff ? [staff.id] : []), order);
  if (!chosen) return null;
  const claimAll = (resource: Bookable, uses: readonly Use[]) =>
    uses.map((use) => claimUse(resource, use, start, openOf(resource)));
  const usesOf = poolUses(service);
  const claims = [
    ...(staff ? claimAll(staff, staffUses(service)) : []),
    ...[...chosen].flatMap(([poolId, id]) => {
      const resource = find(id);
      return resource ? claimAll(resource, usesOf.get(poolId) ?? []) : [];
    }),
  ];
  return {
    start,
    end: start + visitMinutes(service),
    staffId: staff?.id ?? null,
    segments: planSegments(service.segments, start, staff, chosen),
    claims,
  };
}

function planSegments(
  segments: SlotSituation['service']['segments'],
  start: number,
  staff: Bookable | null,
  chosen: ReadonlyMap<ResourcePoolId, BookableId>,
): PlannedSegment[] {
  let from = start;
  return segments.map(({ minutes, needsStaff, poolIds }) => {
    const begins = from;
    from += minutes;
    return {
      from: begins,
      to: from,
      staffId: needsStaff ? (staff?.id ?? null) : null,
      resourceIds: [...new Set(poolIds)].flatMap((id) => chosen.get(id) ?? []),
    };
  });
}

/** Plans for a start, or why there is none. */
export function planSlot(situation: SlotSituation, question: PlanQuestion): PlanAnswer {
  const { branch, service, nowMs } = situation;
  const early = question.by === 'customer' ? refuseStart(service, branch.zone, question.start, nowMs) : null;
  if (early) return { ok: false, reason: early };
  const { lanes, offering } = findOffer(situation, question);
  const compare = compareForTrial(question.loads);
  const inOrder = [...offering].sort((one, other) => (one.staff && other.staff ? compare(one.staff, other.staff) : 0));
  const plans = inOrder.flatMap((lane) => planLane(situation, question, lanes, lane) ?? []);
  return plans.length > 0 ? { ok: true, plans } : { ok: false, reason: explain(situation, question) };
}

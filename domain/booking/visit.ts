/**
 * A visit of several services, each right after the one before (BK-9). What fits is what every one of them allows at its own time: the
 * first is offered on its grid, at those starts that leave room for the rest. Buffers between parts of one visit take nobody's time
 * from the visit itself, because all its spans belong to one booking.
 */
import type { BookableId } from '@frontdesk/protocol/ids';
import { dayOf } from './calendar.js';
import { bookableSpan } from './change-rules.js';
import { visitMinutes } from './fit.js';
import { inAtLeast, intersect, unite, type Intervals } from './intervals.js';
import { createLanes, type SlotSituation } from './lanes.js';
import { planSlot, type PlanQuestion, type PlanRefusal, type SlotPlan } from './plan.js';
import { findSlots, type SlotDays, type SlotQuestion } from './slots.js';
import { addDays } from '../hours/zone.js';

const dayMinutes = 1_440;
const minuteMs = 60_000;

export interface VisitPart {
  /** All parts are of one branch. */
  readonly situation: SlotSituation;
  /** null is anybody. */
  readonly staffId: BookableId | null;
  readonly loads: PlanQuestion['loads'];
}
export type VisitParts = readonly [VisitPart, ...VisitPart[]];

type By = PlanQuestion['by'];
interface Period {
  readonly fromDay: number;
  readonly days: number;
}

/** Where dates that reached their limit leave room. */
function outsideFullDates({ branch: { zone }, fullDates = new Set() }: SlotSituation): Intervals {
  const full = unite(
    [...fullDates].map((date) => [zone.toInstant(date, 0) / minuteMs, zone.toInstant(addDays(date, 1), 0) / minuteMs]),
  );
  return [-Infinity, ...full, Infinity];
}

/** When somebody could give one service. */
function startsOfPart({ situation, staffId }: VisitPart, by: By, { fromDay, days }: Period): Intervals {
  const { lanes } = createLanes(situation, staffId, fromDay, days);
  const possible = inAtLeast(
    1,
    lanes.map(({ starts }) => starts),
  );
  if (by === 'staff') return possible;
  const { from, to } = bookableSpan(situation.service, situation.branch.zone, situation.nowMs);
  return intersect(intersect(possible, [from, to]), outsideFullDates(situation));
}

/** Starts of the visit at which everything after its first part fits; undefined where there is nothing after it. */
function startsOfRest(parts: VisitParts, by: By, { fromDay, days }: Period): Intervals | undefined {
  const [first, ...rest] = parts;
  let offset = visitMinutes(first.situation.service);
  let starts: Intervals | undefined;
  for (const part of rest) {
    const period = { fromDay, days: days + Math.ceil(offset / dayMinutes) + 1 };
    const shifted = startsOfPart(part, by, period).map((start) => start - offset);
    starts = starts ? intersect(starts, shifted) : shifted;
    offset += visitMinutes(part.situation.service);
  }
  return starts;
}

function restrict(parts: VisitParts, by: By, period: Period): SlotSituation {
  const only = startsOfRest(parts, by, period);
  return only ? { ...parts[0].situation, only } : parts[0].situation;
}

export function findVisitSlots(parts: VisitParts, { from, days }: Pick<SlotQuestion, 'from' | 'days'>): SlotDays {
  const situation = restrict(parts, 'customer', { fromDay: dayOf(from), days });
  return findSlots(situation, { staffId: parts[0].staffId, from, days });
}

export interface VisitQuestion {
  /** Epoch minutes. */
  readonly start: number;
  readonly by: By;
}

/** One plan for each part, the first choice. */
export type VisitAnswer =
  | { readonly ok: true; readonly plans: readonly [SlotPlan, ...SlotPlan[]] }
  | { readonly ok: false; readonly reason: PlanRefusal };

/** Whoever began goes on, where they can. */
function planRest(rest: readonly VisitPart[], first: SlotPlan): SlotPlan[] | undefined {
  const plans: SlotPlan[] = [];
  let { end: start, staffId } = first;
  for (const { situation, staffId: wanted, loads } of rest) {
    // Grid, notice and horizon were asked of the whole visit.
    const answer = planSlot(situation, { start, staffId: wanted, by: 'staff', loads });
    if (!answer.ok) return undefined;
    const plan = answer.plans.find((one) => one.staffId === staffId) ?? answer.plans[0];
    if (!plan) return undefined;
    plans.push(plan);
    ({ end: start, staffId } = plan);
  }
  return plans;
}

/** Why a visit does not fit: what is taken of a later part is taken, too. */
function explain(parts: VisitParts, question: VisitQuestion, reason: PlanRefusal, period: Period): PlanRefusal {
  const [first, ...rest] = parts;
  if (reason !== 'closed' || rest.length === 0) return reason;
  const free = rest.map((part) => {
    const { fullDates: _fullDates, ...situation } = part.situation;
    return { ...part, situation: { ...situation, busy: new Map() } };
  });
  const situation = restrict([first, ...free], question.by, period);
  const answer = planSlot(situation, { ...question, staffId: first.staffId, loads: first.loads });
  return answer.ok ? 'taken' : answer.reason;
}

export function planVisit(parts: VisitParts, question: VisitQuestion): VisitAnswer {
  const [first, ...rest] = parts;
  const { start, by } = question;
  const date = first.situation.branch.zone.toWall(start * minuteMs).date;
  const period = { fromDay: dayOf(date) - 1, days: 2 };
  const situation = restrict(parts, by, period);
  const answer = planSlot(situation, { start, by, staffId: first.staffId, loads: first.loads });
  if (!answer.ok) return { ok: false, reason: explain(parts, question, answer.reason, period) };
  for (const plan of answer.plans) {
    const others = planRest(rest, plan);
    if (others) return { ok: true, plans: [plan, ...others] };
  }
  return { ok: false, reason: 'taken' };
}

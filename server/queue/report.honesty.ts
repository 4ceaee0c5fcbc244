/** Was the wait that people were promised the wait that they had (QA-10)? Pure; by weeks that begin on Monday. */
import type { Leg } from '@frontdesk/domain/queue/floor';
import { addDays, weekdayOf } from '@frontdesk/domain/hours/zone';
import type { HonestyWeek } from '@frontdesk/protocol/queue-reports';
import type { TicketRow } from './queue.types.js';

/** Longer than this × what was shown and a minute is late (queue.md 3.3). */
const lateFactor = 1.25;
const lateSlackSeconds = 60;

type StoredPromise = TicketRow['promises'][number];

export interface PromisedTicket {
  readonly promises: readonly StoredPromise[];
  readonly legs: readonly Leg[];
}

export interface Judged {
  readonly promises: number;
  /** Waits that ended before the promised P80. */
  readonly kept: number;
  readonly late: number;
  readonly errorSeconds: number;
}

const nothing: Judged = { promises: 0, kept: 0, late: 0, errorSeconds: 0 };

function add(one: Judged, other: Judged): Judged {
  return {
    promises: one.promises + other.promises,
    kept: one.kept + other.kept,
    late: one.late + other.late,
    errorSeconds: one.errorSeconds + other.errorSeconds,
  };
}

/** null for a promise that nobody was called for: whoever left says nothing about the wait. */
function judgePromise({ at, p50Seconds, p80Seconds }: StoredPromise, legs: readonly Leg[]): Judged | null {
  const atMs = at.getTime();
  const leg = legs.findLast(({ queuedAtMs }) => queuedAtMs <= atMs);
  if (!leg || leg.calledAtMs === null || leg.calledAtMs < atMs) return null;
  const actualSeconds = (leg.calledAtMs - atMs) / 1_000;
  return {
    promises: 1,
    kept: actualSeconds <= p80Seconds ? 1 : 0,
    late: actualSeconds > lateFactor * p50Seconds + lateSlackSeconds ? 1 : 0,
    errorSeconds: Math.abs(actualSeconds - p50Seconds),
  };
}

/** `holds`: of which visits. */
export function judge(tickets: Iterable<PromisedTicket>, holds: (leg: Leg) => boolean = () => true): Judged {
  let sum = nothing;
  for (const { promises, legs } of tickets) {
    for (const promise of promises) {
      const judged = judgePromise(promise, legs.filter(holds));
      if (judged) sum = add(sum, judged);
    }
  }
  return sum;
}

export function createWeeks() {
  const weeks = new Map<string, Judged>();
  return {
    add(serviceDay: string, judged: Judged): void {
      const weekStart = addDays(serviceDay, 1 - weekdayOf(serviceDay));
      weeks.set(weekStart, add(weeks.get(weekStart) ?? nothing, judged));
    },
    /** Weeks without a promise are left out. */
    list(): HonestyWeek[] {
      return [...weeks]
        .filter(([, { promises }]) => promises > 0)
        .map(([weekStart, { promises, kept, late, errorSeconds }]) => ({
          weekStart,
          promises,
          coverage80: kept / promises,
          lateShare: late / promises,
          meanAbsoluteErrorSeconds: Math.round(errorSeconds / promises),
        }));
    },
  };
}

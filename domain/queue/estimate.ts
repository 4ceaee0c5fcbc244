/**
 * How long it takes until a ticket is called (queue.md 3.3): small enough for a phone, which gets one set of parameters for the whole
 * pool and computes its own range. Server and phone use this file, so they never disagree.
 *
 * Expected wait: opening + (ahead + 1) × mean gap − what has passed of the gap that runs, longer by breaks on the way and by those who
 * will overtake. The range is that, times how waits of the last weeks compared with what was expected then.
 */
import type { DelayReason } from '@frontdesk/protocol/vocabulary';
import type { EstimateParameters, Place } from '@frontdesk/protocol/queue-tickets';
import type { WaitRange } from '@frontdesk/protocol/queue-fields';

/** First number ahead of each bucket of the calibration: 0–3, 4–7, 8–11, 12 and more. */
const bucketStarts = [0, 4, 8, 12] as const;
/** Overtakers come while one waits, and lengthen the wait in which they come: two rounds are close enough. */
const overtakeRounds = 2;
/** A line that should have moved by now takes at least this share of a gap to move. */
const leastGapShare = 0.5;

const stepMinutes = 5;
const minuteSeconds = 60;
/** A promise may rise by this much without a reason. */
const unexplainedRise = { factor: 1.25, seconds: 5 * minuteSeconds };

export type PlaceEstimate = Place['estimate'];
/** The part of the parameters that waits are computed from. */
export type LineParameters = Omit<EstimateParameters, 'opensAt' | 'reason'>;

/** What a customer reads. `until` stands alone for "less than 5 min"; minutes are multiples of five. */
export type WaitDisplay =
  | { readonly kind: 'next' }
  | { readonly kind: 'position-only' }
  | { readonly kind: 'opens'; readonly at: string }
  | { readonly kind: 'less-than'; readonly minutes: number }
  | {
      readonly kind: 'range';
      readonly fromMinutes: number;
      readonly toMinutes: number;
      readonly reason: DelayReason | null;
    };

/** The last promise that was shown, as far as the next one depends on it. */
export interface ShownPromise {
  readonly ahead: number;
  readonly estimate: PlaceEstimate;
  /** The lowest P80 that was ever shown: rises are measured from there, so that many small ones do not pass unexplained. */
  readonly lowestP80Seconds: number | null;
}

export function bucketOf(ahead: number): number {
  return bucketStarts.findLastIndex((start) => ahead >= start);
}

/**
 * Seconds until the call of somebody with `ahead` before them, before calibration; null while nobody knows how fast the line moves.
 * `ageSeconds` is how long ago the parameters were computed.
 */
export function expectWait(parameters: LineParameters, ahead: number, ageSeconds = 0): number | null {
  const { meanGapSeconds: gap, openInSeconds, elapsedSeconds, overtakeRate, breaks } = parameters;
  if (gap === null) return null;
  const openIn = Math.max(0, openInSeconds - ageSeconds);
  const passed = Math.min(gap, elapsedSeconds + Math.max(0, ageSeconds - openInSeconds));
  let wait = 0;
  for (let round = 0; round <= overtakeRounds; round += 1) {
    const inLine = (ahead + overtakeRate * wait + 1) * gap - passed;
    wait = openIn + Math.max(inLine, gap * leastGapShare);
    for (const { startsInSeconds, lastsSeconds } of breaks) {
      const startsIn = startsInSeconds - ageSeconds;
      if (startsIn + lastsSeconds > 0 && wait > startsIn) wait += Math.min(lastsSeconds, startsIn + lastsSeconds);
    }
  }
  return wait;
}

/**
 * The range of a place in line: half of such waits end before P50, eight of ten before P80. Buckets are calibrated apart, so at their
 * borders one place further back could read less; there the range is midway between what both sides say, and never falls.
 */
export function estimateWait(parameters: LineParameters, ahead: number, ageSeconds = 0): WaitRange | null {
  const own = bucketOf(ahead);
  const expected: number[] = [];
  for (const [bucket, start] of bucketStarts.entries()) {
    const nearest = bucket > own ? start : bucket < own ? (bucketStarts[bucket + 1] ?? start) - 1 : ahead;
    const wait = expectWait(parameters, nearest, ageSeconds);
    if (wait === null) return null;
    expected.push(wait);
  }
  const read = (ratios: readonly number[]): number => {
    const waits = expected.map((wait, bucket) => wait * (ratios[bucket] ?? 1));
    return Math.round((Math.max(...waits.slice(0, own + 1)) + Math.min(...waits.slice(own))) / 2);
  };
  return { p50Seconds: read(parameters.q50), p80Seconds: read(parameters.q80) };
}

/** What may be said about a place, by the rules of queue.md 3.3. */
export function estimatePlace(parameters: EstimateParameters, ahead: number, ageSeconds = 0): PlaceEstimate {
  if (parameters.opensAt !== null) return { kind: 'opens', at: parameters.opensAt };
  if (ahead <= 1) return { kind: 'next' };
  const range = parameters.hasEnoughHistory ? estimateWait(parameters, ahead, ageSeconds) : null;
  return range ? { kind: 'range', ...range, reason: null } : { kind: 'position-only' };
}

/**
 * The promise to show after `shown`: it may fall freely; one that rises by more than a quarter and five minutes says why (QP-12).
 * `reason` is what is known of the pool; without it the place in line tells overtakers from slow services.
 */
export function keepPromise(
  shown: ShownPromise | null,
  next: { readonly ahead: number; readonly estimate: PlaceEstimate },
  reason: DelayReason | null,
): ShownPromise {
  const { ahead, estimate } = next;
  const lowest = shown?.lowestP80Seconds ?? null;
  if (estimate.kind !== 'range') return { ahead, estimate, lowestP80Seconds: lowest };
  const { p80Seconds } = estimate;
  const hasRisen =
    lowest !== null && p80Seconds > lowest * unexplainedRise.factor && p80Seconds - lowest > unexplainedRise.seconds;
  const lowestP80Seconds = Math.min(lowest ?? p80Seconds, p80Seconds);
  if (!hasRisen) return { ahead, estimate: { ...estimate, reason: null }, lowestP80Seconds };
  const said = shown?.estimate.kind === 'range' ? shown.estimate.reason : null;
  const guess = shown && ahead > shown.ahead ? 'priority-arrivals' : 'longer-services';
  return { ahead, estimate: { ...estimate, reason: reason ?? said ?? guess }, lowestP80Seconds };
}

/** Rounds outwards to five minutes: a range of honest numbers is wider, never narrower. */
export function displayEstimate(estimate: PlaceEstimate): WaitDisplay {
  if (estimate.kind !== 'range') return estimate;
  const { p50Seconds, p80Seconds, reason } = estimate;
  if (p80Seconds < stepMinutes * minuteSeconds) return { kind: 'less-than', minutes: stepMinutes };
  const step = stepMinutes * minuteSeconds;
  const fromMinutes = Math.floor(p50Seconds / step) * stepMinutes;
  const toMinutes = Math.max(Math.ceil(p80Seconds / step) * stepMinutes, fromMinutes + stepMinutes);
  return { kind: 'range', fromMinutes, toMinutes, reason };
}

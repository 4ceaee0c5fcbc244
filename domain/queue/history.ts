/**
 * What the last four weeks say about a pool: one plain document per service day, and what they are together. The estimate of a day
 * uses the days before it and what has happened on it so far, never more (QE-6).
 */
import { addDays, weekdayOf } from '../hours/zone.js';
import { countOf, meanBeyond, meanOf, mergeHistograms, quantileOf, type Histogram } from './calibration.js';

/** Days that history looks back. */
export const historyDays = 28;
const likeDays = 10;
/** A bucket with fewer waits than this is read together with the others. */
const leastPerBucket = 30;
const leastPerHour = 10;
const gapCapShare = 0.97;
/** Gaps from which the rest of a running one is read, and how many must have been longer than it is already. */
const leastGaps = 30;
const leastLonger = 5;
/** The rest of a gap is tabled for each tenth of a mean gap, up to this many. */
const restSteps = { perGap: 10, count: 50 } as const;
/** Actual ÷ expected while nothing is known: as computed, and well above. */
const coldRatios = { 0.5: 1, 0.8: 1.6, 0.9: 2 } as const;

export type RatioShare = keyof typeof coldRatios;

/** Before a day's first call the opening is what is uncertain, afterwards the pace: they are calibrated apart. */
export type Phase = 'before' | 'after';

export interface HourFigures {
  /** Counter-seconds and seconds between departures while somebody was waiting, and how many departures those were. */
  readonly workSeconds: number;
  readonly gapSeconds: number;
  readonly departures: number;
  /** How often somebody was overtaken by a later arrival, and how long all together waited. */
  readonly overtaken: number;
  readonly waitedSeconds: number;
}

/** A pool's service day. */
export interface PoolDay {
  /** `YYYY-MM-DD` */
  readonly serviceDay: string;
  /** By hour of the wall clock, `0` to `23`. */
  readonly hours: Readonly<Record<string, HourFigures>>;
  /** Counter-seconds between departures. */
  readonly gaps: Histogram;
  /** Seconds from the posted opening to the first call; null on a day without one. */
  readonly firstCallSeconds: number | null;
  /** Waits that ended with a call. */
  readonly waits: number;
  /** Actual wait ÷ expected, by bucket of people ahead; those who left are not in it. */
  readonly ratios: Readonly<Record<Phase, readonly Histogram[]>>;
}

export interface PoolHistory {
  /** Counter-seconds per departure around this hour; null without history. */
  readMeanWork(hour: number): number | null;
  /** Counters that were open on average; 1 without history. */
  readMeanCounters(hour: number): number;
  /** Longer gaps count as this. */
  readonly gapCapSeconds: number;
  /**
   * How much of a gap is to come when so much of it has passed, both in mean gaps: 1 − passed where every gap is alike, always 1 where
   * services are exponential or many counters take turns. null without history.
   */
  readRest(passed: number): number | null;
  /** Seconds from the posted opening to the first call, of the last like days, ascending. */
  readonly firstCallSeconds: readonly number[];
  /** Expected overtakers per second of waiting. */
  readOvertakeRate(hour: number): number;
  readRatio(phase: Phase, bucket: number, share: RatioShare): number;
  /** Waits that ended with a call. */
  readonly waits: number;
}

function isWeekend(serviceDay: string): boolean {
  return weekdayOf(serviceDay) > 5;
}

type HourSum = { -readonly [Key in keyof HourFigures]: number };

function sumHours(days: readonly PoolDay[], holds: (hour: number) => boolean): HourSum {
  const sum: HourSum = { workSeconds: 0, gapSeconds: 0, departures: 0, overtaken: 0, waitedSeconds: 0 };
  for (const day of days) {
    for (const [hour, figures] of Object.entries(day.hours)) {
      if (!holds(Number(hour))) continue;
      for (const key of Object.keys(sum) as (keyof HourSum)[]) sum[key] += figures[key];
    }
  }
  return sum;
}

function readFirstCalls(days: readonly PoolDay[], serviceDay: string): number[] {
  return days
    .filter((day) => day.firstCallSeconds !== null && isWeekend(day.serviceDay) === isWeekend(serviceDay))
    .sort((one, other) => (one.serviceDay < other.serviceDay ? -1 : 1))
    .slice(-likeDays)
    .map(({ firstCallSeconds }) => firstCallSeconds ?? 0)
    .sort((one, other) => one - other);
}

/** The days in any order; those of the service day itself, later ones and ones of more than four weeks ago are left out. */
export function createPoolHistory(allDays: readonly PoolDay[], serviceDay: string): PoolHistory {
  const first = addDays(serviceDay, -historyDays);
  const days = allDays.filter((day) => day.serviceDay < serviceDay && day.serviceDay >= first);
  const whole = sumHours(days, () => true);
  const byHour = Array.from({ length: 24 }, (_, hour) => sumHours(days, (other) => other === hour));
  const ratios = { before: mergeBuckets(days, 'before'), after: mergeBuckets(days, 'after') };
  const all = mergeHistograms([...ratios.before, ...ratios.after]);
  // Read at every change of the line, so they are looked up once.
  const quantiles = { before: readQuantiles(ratios.before, all), after: readQuantiles(ratios.after, all) };
  const gaps = mergeHistograms(days.map((day) => day.gaps));
  const gapCapSeconds = quantileOf(gaps, gapCapShare) ?? Infinity;
  const rests = tableRests(gaps, gapCapSeconds);
  const bandOf = (hour: number): HourSum => {
    const band = byHour[hour];
    return band && band.departures >= leastPerHour ? band : whole;
  };
  return {
    readMeanWork(hour) {
      const figures = bandOf(hour);
      return figures.departures === 0 ? null : figures.workSeconds / figures.departures;
    },
    readMeanCounters(hour) {
      const { workSeconds, gapSeconds } = bandOf(hour);
      return gapSeconds === 0 ? 1 : workSeconds / gapSeconds;
    },
    gapCapSeconds,
    readRest: (passed) => rests[Math.min(Math.round(passed * restSteps.perGap), rests.length - 1)] ?? null,
    firstCallSeconds: readFirstCalls(days, serviceDay),
    readOvertakeRate(hour) {
      const { overtaken, waitedSeconds } = bandOf(hour);
      return waitedSeconds === 0 ? 0 : overtaken / waitedSeconds;
    },
    readRatio: (phase, bucket, share) => quantiles[phase][bucket]?.[share] ?? coldRatios[share],
    waits: days.reduce((sum, day) => sum + day.waits, 0),
  };
}

/** Mean residual life of a gap, in mean gaps; empty where too few were seen. */
function tableRests(gaps: Histogram, cap: number): number[] {
  if (countOf(gaps) < leastGaps) return [];
  const mean = meanOf(gaps, cap);
  const rests: number[] = [];
  for (let step = 0; step <= restSteps.count; step += 1) {
    const beyond = meanBeyond(gaps, (step / restSteps.perGap) * mean, cap, leastLonger);
    if (beyond === undefined) break;
    rests.push(beyond / mean);
  }
  return rests;
}

function readQuantiles(buckets: readonly Histogram[], all: Histogram): Record<RatioShare, number>[] {
  const candidates = [mergeHistograms(buckets), all];
  return buckets.map((bucket) => {
    const enough = [bucket, ...candidates].find((histogram) => countOf(histogram) >= leastPerBucket);
    const read = (share: RatioShare): number => (enough && quantileOf(enough, share)) ?? coldRatios[share];
    return { 0.5: read(0.5), 0.8: read(0.8), 0.9: read(0.9) };
  });
}

function mergeBuckets(days: readonly PoolDay[], phase: Phase): Histogram[] {
  return [0, 1, 2, 3].map((bucket) => mergeHistograms(days.map((day) => day.ratios[phase][bucket] ?? {})));
}

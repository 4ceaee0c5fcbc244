/** The figures of an evaluation (queue.md 3.3). Seconds in, seconds out. */
import { baselineNames, type BaselineName } from './baselines.js';
import type { Estimated } from './replay.js';

const bucketNames = ['0–3', '4–7', '8–11', '12+'] as const;

export interface Point {
  readonly shown: number;
  readonly actual: number;
}

export interface PointFigures {
  readonly count: number;
  readonly mae: number;
  /** Mean of shown − actual. */
  readonly bias: number;
  /** Share of waits that were longer than 1.25 × shown + 1 min. */
  readonly late: number;
  /** Share of waits within a quarter or five minutes, whichever is more, of what was shown. */
  readonly near: number;
}

export interface RangeFigures {
  readonly count: number;
  readonly pinball50: number;
  readonly pinball80: number;
  readonly pinball90: number;
  readonly coverage50: number;
  readonly coverage80: number;
  readonly coverage90: number;
  /** Mean of P80 − P50. */
  readonly width: number;
}

export interface Group {
  readonly name: string;
  readonly point: PointFigures;
  readonly range: RangeFigures;
}

export interface BaselineRow {
  readonly name: BaselineName;
  readonly point: PointFigures;
  /** Mean absolute error of ours on the waits about which this one says something. */
  readonly oursThere: number;
}

export interface Evaluation {
  readonly groups: readonly Group[];
  readonly baselines: readonly BaselineRow[];
}

function average(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? Number.NaN : items.filter(holds).length / items.length;
}

/** The loss whose minimum is the quantile. */
export function pinball(quantile: number, actual: number, share: number): number {
  return actual >= quantile ? share * (actual - quantile) : (1 - share) * (quantile - actual);
}

export function measurePoints(points: readonly Point[]): PointFigures {
  return {
    count: points.length,
    mae: average(points.map(({ shown, actual }) => Math.abs(shown - actual))),
    bias: average(points.map(({ shown, actual }) => shown - actual)),
    late: shareOf(points, ({ shown, actual }) => actual > 1.25 * shown + 60),
    near: shareOf(points, ({ shown, actual }) => Math.abs(shown - actual) <= Math.max(0.25 * actual, 300)),
  };
}

interface Judged {
  readonly p50: number;
  readonly p80: number;
  readonly p90: number;
  readonly actual: number;
}

function measureRanges(ranges: readonly Judged[]): RangeFigures {
  return {
    count: ranges.length,
    pinball50: average(ranges.map(({ p50, actual }) => pinball(p50, actual, 0.5))),
    pinball80: average(ranges.map(({ p80, actual }) => pinball(p80, actual, 0.8))),
    pinball90: average(ranges.map(({ p90, actual }) => pinball(p90, actual, 0.9))),
    coverage50: shareOf(ranges, ({ p50, actual }) => actual <= p50),
    coverage80: shareOf(ranges, ({ p80, actual }) => actual <= p80),
    coverage90: shareOf(ranges, ({ p90, actual }) => actual <= p90),
    width: average(ranges.map(({ p50, p80 }) => p80 - p50)),
  };
}

function isJudged(estimated: Estimated): estimated is Estimated & Judged {
  const { p50, p80, p90, actual } = estimated;
  return p50 !== null && p80 !== null && p90 !== null && actual !== null;
}

function measureGroup(name: string, judged: readonly (Estimated & Judged)[]): Group {
  const points = judged.map(({ p50, actual }) => ({ shown: p50, actual }));
  return { name, point: measurePoints(points), range: measureRanges(judged) };
}

/** `warmUpDays`: days of the pool that are learned from and not judged. */
export function evaluate(
  estimates: readonly Estimated[],
  { warmUpDays = 5, leastWaitSeconds = 5 }: { warmUpDays?: number; leastWaitSeconds?: number } = {},
): Evaluation {
  const judged = estimates
    .filter(isJudged)
    .filter(({ daysBefore, actual }) => daysBefore >= warmUpDays && actual > leastWaitSeconds);
  const groups = [
    measureGroup('all', judged),
    measureGroup(
      'before first call',
      judged.filter(({ isBeforeFirstCall }) => isBeforeFirstCall),
    ),
    measureGroup(
      'after first call',
      judged.filter(({ isBeforeFirstCall }) => !isBeforeFirstCall),
    ),
    ...bucketNames.map((name, at) =>
      measureGroup(
        `${name} ahead`,
        judged.filter(({ bucket }) => bucket === at),
      ),
    ),
  ];
  const baselines = baselineNames.map((name) => {
    const spoken = judged.filter(({ guesses }) => guesses[name] !== null);
    return {
      name,
      point: measurePoints(spoken.map(({ guesses, actual }) => ({ shown: guesses[name] ?? 0, actual }))),
      oursThere: measurePoints(spoken.map(({ p50, actual }) => ({ shown: p50, actual }))).mae,
    };
  });
  return { groups, baselines };
}

/** What others show: six estimators of the literature and of the trade, each with what it may know at the moment of arrival. */
import type { Moment, Visit } from './visits.js';

export const baselineNames = [
  'ahead × fixed',
  '(ahead+1) × fixed',
  '(ahead+1) × service',
  'mean of 30 waits',
  'LES',
  'HOL',
] as const;
export type BaselineName = (typeof baselineNames)[number];

/** Seconds until the call; null where the estimator has nothing to say. */
export type Guesses = Readonly<Record<BaselineName, number | null>>;

export interface Baselines {
  beginDay(): void;
  /** `line`: who waits now, without the one who asks. */
  guess(atMs: number, line: Iterable<Visit>): Guesses;
  observe(moment: Moment): void;
}

const rollingWaits = 30;

/** `fixedSeconds`: what a service is said to take, by the first two. */
export function createBaselines(fixedSeconds: number): Baselines {
  let waits: number[] = [];
  let lastWaitMs: number | null = null;
  /** Visits in service, for ends that are not in the past yet. */
  let inService: Visit[] = [];
  let serviceMs = 0;
  let services = 0;

  function endServices(nowMs: number): void {
    const ended = inService.filter(({ endMs }) => endMs !== null && endMs <= nowMs);
    if (ended.length === 0) return;
    inService = inService.filter((visit) => !ended.includes(visit));
    for (const { startMs, endMs } of ended) {
      if (startMs === null || endMs === null || endMs < startMs) continue;
      serviceMs += endMs - startMs;
      services += 1;
    }
  }

  return {
    beginDay() {
      endServices(Infinity);
      waits = [];
      lastWaitMs = null;
      inService = [];
    },
    guess(atMs, line) {
      endServices(atMs);
      let ahead = 0;
      let headMs = Infinity;
      for (const visit of line) {
        ahead += 1;
        headMs = Math.min(headMs, visit.arriveMs);
      }
      const meanWait = waits.length === 0 ? null : waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
      const meanService = services === 0 ? null : serviceMs / services / Math.max(1, inService.length);
      return {
        'ahead × fixed': ahead * fixedSeconds,
        '(ahead+1) × fixed': (ahead + 1) * fixedSeconds,
        '(ahead+1) × service': meanService === null ? null : ((ahead + 1) * meanService) / 1_000,
        'mean of 30 waits': meanWait === null ? null : meanWait / 1_000,
        LES: lastWaitMs === null ? null : lastWaitMs / 1_000,
        HOL: ahead === 0 ? null : (atMs - headMs) / 1_000,
      };
    },
    observe({ kind, atMs, visit }) {
      if (kind !== 'call') return;
      endServices(atMs);
      lastWaitMs = atMs - visit.arriveMs;
      waits.push(lastWaitMs);
      if (waits.length > rollingWaits) waits.shift();
      inService.push(visit);
    },
  };
}

/** What a pool's phones are sent: the parameters of `estimate.ts`, from the pulse of the line and the counters on the floor. */
import { findNextOpening } from '../hours/opening-hours.js';
import { getZone } from '../hours/zone.js';
import type { EstimateParameters } from '@frontdesk/protocol/queue-tickets';
import type { DelayReason } from '@frontdesk/protocol/vocabulary';
import { findCounter, type Floor, type FloorCounter } from './floor.js';
import { countOpenCounters, type PoolPulse } from './pulse-pool.js';
import { servicesOfPool } from './select.js';
import type { QueueSetup } from './setup.js';

/** Overtakers of this last while are a reason that somebody waits longer. */
const recentMs = 15 * 60_000;
const slowFrom = 1.25;
/** A departure that is overdue by this many gaps is a long service. */
const overdueGaps = 2;

/** Changes nothing, and says the same for the same arguments. `floor` is the one that the pulse has observed; O(counters). */
export function buildParameters(pulse: PoolPulse, floor: Floor, setup: QueueSetup, nowMs: number): EstimateParameters {
  const counters = countersOf(floor, setup, pulse.pool);
  // A counter may have got stuck in a service since the last event.
  const parameters = pulse.line.read(nowMs, countOpenCounters(floor, setup, pulse.pool, nowMs));
  const opensAtMs = counters.some(({ status }) => status === 'open')
    ? null
    : findOpening(pulse, counters, setup, nowMs);
  return {
    ...parameters,
    openInSeconds: opensAtMs === null ? parameters.openInSeconds : Math.max(0, opensAtMs - nowMs) / 1_000,
    opensAt: opensAtMs === null ? null : new Date(opensAtMs).toISOString(),
    reason: findReason(pulse, counters, parameters, nowMs),
  };
}

function countersOf(floor: Floor, setup: QueueSetup, pool: string): FloorCounter[] {
  const services = servicesOfPool(setup, pool);
  return [...setup.counters.values()]
    .filter(({ isArchived, serviceIds }) => !isArchived && serviceIds.some((id) => services.has(id)))
    .map(({ id }) => findCounter(floor, id));
}

/** When the first counter is expected: the end of a pause, the usual first call, or the posted opening; null while nobody knows. */
function findOpening(
  pulse: PoolPulse,
  counters: readonly FloorCounter[],
  setup: QueueSetup,
  nowMs: number,
): number | null {
  const resumes = counters.map(({ resumeAtMs }) => resumeAtMs ?? Infinity).filter((atMs) => atMs > nowMs);
  const resumeMs = Math.min(...resumes);
  if (Number.isFinite(resumeMs)) return resumeMs;
  const usualMs = pulse.line.expectOpening(nowMs);
  if (usualMs !== null && usualMs > nowMs) return usualMs;
  const postedMs = findNextOpening(setup.hours, getZone(setup.timeZone), nowMs);
  return postedMs !== undefined && postedMs > nowMs ? postedMs : null;
}

function findReason(
  { line }: PoolPulse,
  counters: readonly FloorCounter[],
  { meanGapSeconds, elapsedSeconds }: Pick<EstimateParameters, 'meanGapSeconds' | 'elapsedSeconds'>,
  nowMs: number,
): DelayReason | null {
  if (counters.some(({ status }) => status === 'paused')) return 'counter-paused';
  const expected = line.read(nowMs).overtakeRate * (recentMs / 1_000);
  if (line.countOvertakers(nowMs - recentMs) > expected + 1) return 'priority-arrivals';
  const isOverdue = line.hasDeparted && meanGapSeconds !== null && elapsedSeconds > overdueGaps * meanGapSeconds;
  return isOverdue || (line.readSlowdown(nowMs) ?? 0) > slowFrom ? 'longer-services' : null;
}

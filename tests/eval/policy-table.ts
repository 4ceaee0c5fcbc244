/**
 * The table of policies of queue.md 3.1, through our own `select`: three counters, services of five minutes (lognormal, CV 1), eight
 * hours with a peak in the middle. Two hundred days of each policy take half a minute, so the tests play fewer:
 *
 *     node tests/dist/eval/policy-table.js [DAYS]
 */
import { fileURLToPath } from 'node:url';
import type { PriorityClass, QueuePolicy } from '@frontdesk/domain/queue/setup';
import { createRandom } from '../reliability/random.js';
import { exponential, lognormal } from './distributions.js';
import { createClass } from './order.js';
import { createSimulatedSetup, simulateDay, type SimulatedArrival } from './simulator.js';

const minuteMs = 60_000;
const counters = 3;
const serviceMinutes = 5;
const openMinutes = 480;
/** The source of the table says "peak" and no more; this one gives its means under FIFO. */
const peak = 0.22;
const startMs = Date.UTC(2026, 0, 5, 9);

type Policy = Pick<QueuePolicy, 'maxWaitMinutes'> & { readonly priority: PriorityClass };

function soft(rate: number, headStartMinutes: number): PriorityClass {
  return createClass('priority', 'soft', rate, headStartMinutes);
}

const strict = createClass('priority', 'statutory', 1, 0);

export const policies = {
  FIFO: { priority: soft(1, 0), maxWaitMinutes: null },
  strict: { priority: strict, maxWaitMinutes: null },
  'ratio 2:1': { priority: { ...strict, maxConsecutive: 2 }, maxWaitMinutes: null },
  'credit rate 3': { priority: soft(3, 0), maxWaitMinutes: null },
  'credit rate 2': { priority: soft(2, 0), maxWaitMinutes: null },
  'head start 15 min': { priority: soft(1, 15), maxWaitMinutes: null },
  'rate 3 + guard 45 min': { priority: soft(3, 0), maxWaitMinutes: 45 },
} as const satisfies Readonly<Record<string, Policy>>;
export type PolicyName = keyof typeof policies;

/** Minutes. */
export interface PolicyFigures {
  readonly priorityMean: number;
  readonly priorityP95: number;
  readonly othersMean: number;
  readonly othersP95: number;
}

export interface Demand {
  readonly days: number;
  readonly load: number;
  readonly priorityShare: number;
  readonly seed: number;
}

/** The same customers for every policy: only the order differs. */
function drawDays({ days, load, priorityShare, seed }: Demand): SimulatedArrival[][] {
  const random = createRandom(seed);
  const perMinute = (load * counters) / serviceMinutes;
  return Array.from({ length: days }, () => {
    const arrivals: SimulatedArrival[] = [];
    for (let minute = 0; ;) {
      // Thinning: as many as at the peak, of which the share of the moment stays.
      minute += exponential(random, 1 / (perMinute * (1 + peak)));
      if (minute > openMinutes) return arrivals;
      const rate = 1 - peak * Math.cos((2 * Math.PI * minute) / openMinutes);
      if (!random.chance(rate / (1 + peak))) continue;
      arrivals.push({
        atMs: Math.round(startMs + minute * minuteMs),
        serviceMs: Math.round(lognormal(random, serviceMinutes, 1) * minuteMs),
        classKey: random.chance(priorityShare) ? 'priority' : null,
      });
    }
  });
}

function summarize(waits: number[]): { mean: number; p95: number } {
  waits.sort((one, other) => one - other);
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  return { mean, p95: waits[Math.floor(waits.length * 0.95)] ?? Number.NaN };
}

export function measurePolicy(name: PolicyName, demand: Demand): PolicyFigures {
  const { priority, maxWaitMinutes } = policies[name];
  const setup = createSimulatedSetup(counters, serviceMinutes, { classes: [priority], maxWaitMinutes });
  const waits: Record<'priority' | 'others', number[]> = { priority: [], others: [] };
  for (const arrivals of drawDays(demand)) {
    const open = Array.from({ length: counters }, () => ({ opensMs: startMs, closesMs: Infinity }));
    const floor = simulateDay({ serviceDay: '2026-01-05', setup, arrivals, counters: open });
    for (const { classKey, queuedAtMs, legs } of floor.tickets.values()) {
      const calledAtMs = legs[0]?.calledAtMs ?? queuedAtMs;
      waits[classKey === null ? 'others' : 'priority'].push((calledAtMs - queuedAtMs) / minuteMs);
    }
  }
  const [first, rest] = [summarize(waits.priority), summarize(waits.others)];
  return { priorityMean: first.mean, priorityP95: first.p95, othersMean: rest.mean, othersP95: rest.p95 };
}

/** load, share: mean and P95 of the priority class, then of the others. */
function printTable(days: number): void {
  for (const [load, priorityShare] of [
    [0.9, 0.2],
    [0.95, 0.4],
  ] as const) {
    console.log(`load ${load}, ${priorityShare * 100} % priority, ${days} days, minutes`);
    const rows = (Object.keys(policies) as PolicyName[]).map((policy) => {
      const figures = measurePolicy(policy, { days, load, priorityShare, seed: 1 });
      const rounded = Object.entries(figures).map(([key, value]) => [key, Number(value.toFixed(1))]);
      return { policy, ...Object.fromEntries(rounded) };
    });
    console.table(rows);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printTable(Number(process.argv[2] ?? 200));

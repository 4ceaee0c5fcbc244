import { expect } from 'chai';
import type { EstimateParameters } from '@frontdesk/protocol/queue-tickets';
import { createRandom } from '../../reliability/random.js';
import { exponential, lognormal } from '../../eval/distributions.js';
import { promiseDays, type Promised } from '../../eval/honesty.js';
import { createSimulatedSetup, type SimulatedArrival } from '../../eval/simulator.js';

const hourMs = 3_600_000;
const serviceMs = 300_000;
const warmUpDays = 5;

/** Poisson arrivals. `load` is of so many counters. */
function draw(
  seed: { readonly random: ReturnType<typeof createRandom> },
  from: { readonly startMs: number; readonly endMs: number },
  { counters, load, service }: { counters: number; load: number; service: () => number },
): SimulatedArrival[] {
  const arrivals: SimulatedArrival[] = [];
  for (let atMs = from.startMs; ;) {
    atMs += exponential(seed.random, serviceMs / counters / load);
    if (atMs > from.endMs) return arrivals;
    arrivals.push({ atMs: Math.round(atMs), serviceMs: Math.round(service()), classKey: null });
  }
}

interface Waited extends Promised {
  readonly actual: number;
}

/** Those who had to wait and were called. */
function judge(promised: readonly Promised[]): Waited[] {
  return promised.filter((one): one is Waited => one.actual !== null && one.actual > 5);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const coverage = (waited: readonly Waited[], of: 'p50' | 'p80'): number =>
  mean(waited.map((one) => (one.actual <= one[of] ? 1 : 0)));

describe('the estimate in a place whose truth is known', function () {
  this.timeout(60_000);

  it('QE-4: M/M/c, 20,000 waits: bias within 5 %, P80 right for 77 to 83 of a hundred, the mean as theory has it', () => {
    const counters = 6;
    const random = createRandom(11);
    const setup = createSimulatedSetup(counters, 5);
    const promised = promiseDays(23, setup, (startMs) => ({
      arrivals: draw(
        { random },
        { startMs, endMs: startMs + 24 * hourMs },
        {
          counters,
          load: 0.93,
          service: () => exponential(random, serviceMs),
        },
      ),
      counters: Array.from({ length: counters }, () => ({ opensMs: startMs, closesMs: Infinity })),
    }));
    const waited = judge(promised).filter(({ day }) => day >= warmUpDays);
    expect(waited.length).to.be.at.least(20_000);
    const meanWait = mean(waited.map(({ actual }) => actual));
    expect(mean(waited.map(({ p50, actual }) => p50 - actual)) / meanWait).to.be.within(-0.05, 0.05);
    expect(coverage(waited, 'p80')).to.be.within(0.77, 0.83);
    expect(coverage(waited, 'p50')).to.be.within(0.46, 0.54);
    // E[W | n ahead, all busy] = (n + 1) × mean service ÷ c.
    const known = mean(waited.map(({ ahead }) => ((ahead + 1) * serviceMs) / 1_000 / counters));
    expect(meanWait / known).to.be.within(0.97, 1.03);
  });

  it('QE-4: services of every length (lognormal, CV 1.2): P80 is right for 77 to 83 of a hundred', () => {
    const counters = 3;
    const random = createRandom(4);
    const setup = createSimulatedSetup(counters, 5);
    const promised = promiseDays(20, setup, (startMs) => ({
      arrivals: draw(
        { random },
        { startMs, endMs: startMs + 24 * hourMs },
        {
          counters,
          load: 0.9,
          service: () => lognormal(random, serviceMs, 1.2),
        },
      ),
      counters: Array.from({ length: counters }, () => ({ opensMs: startMs, closesMs: Infinity })),
    }));
    expect(
      coverage(
        judge(promised).filter(({ day }) => day >= warmUpDays),
        'p80',
      ),
    ).to.be.within(0.77, 0.83);
  });

  it('QE-5: a counter closes at eleven: the pace follows within 5 s, and promises hold again within 15 customers', () => {
    const random = createRandom(2);
    // So long that no service counts as stuck, which would take a counter away before it closes.
    const setup = createSimulatedSetup(3, 60);
    const learningDays = 25;
    const days = learningDays + 60;
    const reactions: { atMs: number; closedMs: number; before: number; after: number }[] = [];
    let last: EstimateParameters | null = null;
    const promised = promiseDays(
      days,
      setup,
      (startMs, day) => {
        const opensMs = startMs + 8 * hourMs;
        const arrivals = draw(
          { random },
          { startMs: opensMs, endMs: startMs + 14 * hourMs },
          {
            counters: 3,
            load: 0.85,
            service: () => exponential(random, serviceMs),
          },
        );
        const closesMs = day >= learningDays ? startMs + 11 * hourMs : Infinity;
        return { arrivals, counters: [0, 1, 2].map((at) => ({ opensMs, closesMs: at === 2 ? closesMs : Infinity })) };
      },
      (event, parameters) => {
        const closed = event.changes.some(({ type }) => type === 'counter-closed');
        const before = last?.meanGapSeconds ?? 0;
        if (closed) {
          const after = parameters.meanGapSeconds ?? 0;
          reactions.push({ atMs: Date.parse(parameters.at), closedMs: event.atMs, before, after });
        }
        last = parameters;
      },
    );
    expect(reactions).to.have.length(days - learningDays);
    for (const { atMs, closedMs, before, after } of reactions) {
      expect(atMs - closedMs).to.be.at.most(5_000);
      expect(after / before).to.be.closeTo(1.5, 0.15);
    }
    const settled = [...Array(days).keys()].slice(learningDays).flatMap((day) => {
      const elevenMs = Date.parse('2026-01-05T11:00:00Z') + day * 24 * hourMs;
      return judge(promised.filter((one) => one.day === day && one.atMs > elevenMs)).slice(15);
    });
    expect(settled.length).to.be.at.least(1_500);
    expect(coverage(settled, 'p80')).to.be.within(0.75, 0.88);
  });

  it('QE-4: a burst of priority arrivals is expected where it comes every day', () => {
    const random = createRandom(7);
    const classes = [
      {
        key: 'elder',
        names: { en: 'Elder' },
        kind: 'statutory',
        rate: 1,
        headStartMinutes: 0,
        maxConsecutive: null,
        declaration: null,
        quota: null,
      } as const,
    ];
    const setup = createSimulatedSetup(2, 5, { classes });
    const promised = promiseDays(40, setup, (startMs) => {
      const endMs = startMs + 9 * hourMs;
      const arrivals = draw(
        { random },
        { startMs, endMs },
        {
          counters: 2,
          load: 0.85,
          service: () => exponential(random, serviceMs),
        },
      ).map((arrival) => {
        const hour = (arrival.atMs - startMs) / hourMs;
        return { ...arrival, classKey: random.chance(hour > 3 && hour < 5 ? 0.6 : 0.05) ? 'elder' : null };
      });
      return { arrivals, counters: [0, 1].map(() => ({ opensMs: startMs, closesMs: Infinity })) };
    });
    const waited = judge(promised).filter(({ day }) => day >= 15);
    expect(waited.length).to.be.at.least(3_000);
    expect(coverage(waited, 'p80')).to.be.within(0.75, 0.88);
  });
});

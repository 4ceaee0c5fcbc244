/** QA-5: a day again under other rules. */
import { expect } from 'chai';
import fc from 'fast-check';
import { decideCancel, decideTransfer, decideWalkIn } from '@frontdesk/domain/queue/decide-serve';
import { createDayRecorder } from '@frontdesk/domain/queue/recorded-day';
import { firstComeFirstServed, replayDay, type ReplayOutcome } from '@frontdesk/domain/queue/replay';
import type { QueueSetup } from '@frontdesk/domain/queue/setup';
import type { QueueEvent } from '@frontdesk/domain/queue/events';
import { createRandom } from '../../reliability/random.js';
import { exponential, lognormal } from '../../eval/distributions.js';
import { createClass } from '../../eval/order.js';
import { createSimulatedSetup, simulateDay, type SimulatedArrival } from '../../eval/simulator.js';
import { createSetup, doctor, minuteMs, one, openPlace, two } from '../support/place.js';
import { decide, step } from '../support/random-steps.js';

const startMs = Date.UTC(2026, 0, 5, 9);

function replay(log: readonly QueueEvent[], setup: QueueSetup): ReplayOutcome {
  const recorder = createDayRecorder();
  for (const event of log) recorder.observe(event);
  const run = replayDay(recorder.finish(), setup);
  for (let next = run.next(); ; next = run.next()) if (next.done) return next.value;
}

/** Three counters, four of ten customers with priority, under load. */
function drawArrivals(seed: number, minutes = 240): SimulatedArrival[] {
  const random = createRandom(seed);
  const arrivals: SimulatedArrival[] = [];
  for (let atMs = startMs; ;) {
    atMs += Math.round(exponential(random, 1.8 * minuteMs));
    if (atMs > startMs + minutes * minuteMs) return arrivals;
    const serviceMs = Math.round(lognormal(random, 5, 1) * minuteMs);
    arrivals.push({ atMs, serviceMs, classKey: random.chance(0.4) ? 'priority' : null });
  }
}

function play(setup: QueueSetup, arrivals: readonly SimulatedArrival[]): QueueEvent[] {
  const log: QueueEvent[] = [];
  const counters = Array.from({ length: 3 }, () => ({ opensMs: startMs, closesMs: Infinity }));
  simulateDay({ serviceDay: '2026-01-05', setup, arrivals, counters }, (event) => log.push(event));
  return log;
}

/** What the floor of the played day says, without any replay. */
function measure(setup: QueueSetup, arrivals: readonly SimulatedArrival[]): [priority: number, others: number] {
  const counters = Array.from({ length: 3 }, () => ({ opensMs: startMs, closesMs: Infinity }));
  const floor = simulateDay({ serviceDay: '2026-01-05', setup, arrivals, counters });
  const mean = (isPriority: boolean): number => {
    const tickets = [...floor.tickets.values()].filter(({ classKey }) => (classKey !== null) === isPriority);
    const waits = tickets.map(({ queuedAtMs, legs }) => (legs[0]?.calledAtMs ?? 0) - queuedAtMs);
    return Math.round(waits.reduce((sum, wait) => sum + wait, 0) / waits.length / 1_000);
  };
  return [mean(true), mean(false)];
}

const under = (kind: 'statutory' | 'soft', rate: number): QueueSetup =>
  createSimulatedSetup(3, 5, { classes: [createClass('priority', kind, rate, 0)], maxWaitMinutes: null });

describe('a day again under other rules', () => {
  it('QA-5: under the rules of the day the replay is the day', () => {
    for (const setup of [under('soft', 1), under('soft', 3), under('statutory', 1)]) {
      const arrivals = drawArrivals(7);
      const { priority, others } = replay(play(setup, arrivals), setup);
      expect([priority.meanSeconds, others.meanSeconds]).to.deep.equal(measure(setup, arrivals));
    }
  });

  it('QA-5: under other rules it is what the day would have been', () => {
    const arrivals = drawArrivals(11);
    const log = play(under('soft', 1), arrivals);
    const strict = replay(log, under('statutory', 1));
    expect([strict.priority.meanSeconds, strict.others.meanSeconds]).to.deep.equal(
      measure(under('statutory', 1), arrivals),
    );
    const fifo = replay(log, { ...under('statutory', 1), policy: firstComeFirstServed(under('statutory', 1).policy) });
    expect([fifo.priority.meanSeconds, fifo.others.meanSeconds]).to.deep.equal(measure(under('soft', 1), arrivals));
    expect(fifo.overtaken).to.equal(0);
    expect(strict.overtaken).to.be.greaterThan(10);
    expect(strict.priority.p95Seconds).to.be.lessThan(fifo.priority.p95Seconds ?? 0);
    expect(strict.others.p95Seconds).to.be.greaterThan(fifo.others.p95Seconds ?? Infinity);
  });

  it('QA-5: people without a ticket keep their counter busy, transfers queue again, and who left is called if in time', () => {
    const place = openPlace(one, two);
    const [first, , left] = place.issueMany(3);
    if (!first || !left) throw new Error('no tickets');
    place.must(decideWalkIn(place.situation, one, place.request({ source: 'staff' })));
    place.wait(10 * minuteMs);
    place.complete();
    place.callNext();
    place.start();
    place.wait(5 * minuteMs);
    const target = { serviceId: doctor, mode: 'sorted' as const, toCounterId: null };
    place.must(decideTransfer(place.situation, { counterId: one, ticketId: first, ...target }));
    place.must(decideCancel(place.situation, left, 'left'));
    place.wait(2 * minuteMs);
    place.callNext(two);
    place.wait(minuteMs);
    place.complete(two);
    place.callNext();
    place.complete();
    const outcome = replay(place.log, createSetup());
    // Nobody waits for a counter that has time: the first one is called at once, and again by the doctor. Whoever had no ticket takes
    // the counter for ten minutes after that, then the second one is called (14 min) and the third, who had left by then (13 min).
    expect(outcome).to.deep.equal({
      priority: { meanSeconds: null, p95Seconds: null },
      others: { meanSeconds: Math.round(((0 + 0 + 14 + 13) * 60) / 4), p95Seconds: 14 * 60 },
      overtaken: 0,
    });
  });

  it('QA-5: any day can be replayed under any rules, and it ends', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 40, maxLength: 150 }), (steps) => {
        const place = openPlace(one, two);
        for (const next of steps) {
          place.wait(next.waitSeconds * 1_000);
          const decision = decide(place, next);
          if (decision.ok) place.write(decision.changes);
        }
        for (const policy of [place.setup.policy, firstComeFirstServed(place.setup.policy)]) {
          const { priority, others } = replay(place.log, { ...place.setup, policy });
          for (const { meanSeconds, p95Seconds } of [priority, others]) {
            expect(meanSeconds === null || meanSeconds >= 0).to.equal(true);
            expect((p95Seconds === null) === (meanSeconds === null)).to.equal(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('QA-5: gives others their turn, at the latest after fifty steps', () => {
    const setup = under('soft', 2);
    const recorder = createDayRecorder();
    const log = play(setup, drawArrivals(3, 480));
    for (const event of log) recorder.observe(event);
    const day = recorder.finish();
    let slices = 0;
    const run = replayDay(day, setup);
    while (!run.next().done) slices += 1;
    expect(slices).to.be.at.least(Math.floor((2 * day.tickets) / 50));
  });
});

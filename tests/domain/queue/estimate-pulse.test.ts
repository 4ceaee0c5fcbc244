import { expect } from 'chai';
import { decideRecall } from '@frontdesk/domain/queue/decide-call';
import { decideCloseCounter, decidePauseCounter } from '@frontdesk/domain/queue/decide-location';
import { decideCancel, decideNoShow, decideTransfer, decideWalkIn } from '@frontdesk/domain/queue/decide-serve';
import { buildParameters } from '@frontdesk/domain/queue/estimate-parameters';
import { estimatePlace } from '@frontdesk/domain/queue/estimate';
import { createPoolHistory, type PoolDay } from '@frontdesk/domain/queue/history';
import { createPoolPulse, type PoolPulse } from '@frontdesk/domain/queue/pulse-pool';
import { createFloor } from '@frontdesk/domain/queue/apply-event';
import { orderLine, servicesOfPool } from '@frontdesk/domain/queue/select';
import type { QueueChange } from '@frontdesk/domain/queue/events';
import { estimateParameters, type EstimateParameters } from '@frontdesk/protocol/queue-tickets';
import { createSetup, minuteMs, one, payments, Place, two } from '../support/place.js';

const today = '2026-05-13';
const noHistory = createPoolHistory([], today);

/** A place whose front pool is listened to as the server does. */
class ListenedPlace extends Place {
  pulse?: PoolPulse;
  #heard = 0;

  override write(changes: readonly QueueChange[]): void {
    super.write(changes);
    if (!this.pulse) return;
    for (const event of this.log.slice(this.#heard)) this.pulse.observe(event, this.floor);
    this.#heard = this.log.length;
  }

  listen(history = noHistory): PoolPulse {
    this.pulse = createPoolPulse(this.setup, 'front', today, history);
    return this.pulse;
  }

  parameters(): EstimateParameters {
    if (!this.pulse) throw new Error('nobody listens');
    return estimateParameters.parse(buildParameters(this.pulse, this.floor, this.setup, this.nowMs));
  }

  /** Departures that became samples of the pace. */
  get samples(): number {
    const hours = Object.values(this.pulse?.summarize().hours ?? {});
    return hours.reduce((sum, { departures }) => sum + departures, 0);
  }

  /** Calls the next one at counter one and serves for so long. */
  serve(minutes: number): void {
    this.callNext(one);
    this.start(one);
    this.wait(minutes * minuteMs);
    this.complete(one);
  }
}

/** Ten wait, counter one is open and has served three, four minutes each. */
function busyPlace(setup = createSetup(), history = noHistory): ListenedPlace {
  const place = new ListenedPlace(setup);
  place.listen(history);
  place.open(one);
  for (let ticket = 0; ticket < 10; ticket += 1) place.issue();
  for (let served = 0; served < 3; served += 1) place.serve(4);
  return place;
}

/** A day of which all that matters is its pace and its first call. */
function dayOf(serviceDay: string, change: Partial<PoolDay> = {}): PoolDay {
  const empty = [{}, {}, {}, {}];
  return {
    serviceDay,
    hours: {
      9: { workSeconds: 12_000, gapSeconds: 6_000, departures: 20, overtaken: 0, waitedSeconds: 3_600 },
    },
    gaps: { 323: 20 },
    waits: 20,
    firstCallSeconds: 600,
    ratios: { before: empty, after: empty },
    ...change,
  };
}

describe('the pulse of a pool', () => {
  it('QE-4: takes calls of those who wait for departures, and the time between them for the pace', () => {
    const place = busyPlace();
    expect(place.samples).to.equal(2);
    // Five of the typical five minutes and two of four.
    expect(place.parameters().meanGapSeconds).to.be.closeTo((5 * 300 + 2 * 240) / 7, 0.001);
    expect(place.parameters().elapsedSeconds).to.equal(240);
  });

  it('QE-4: a recall, a customer whom the counter takes again, and a walk-in are no departures', () => {
    const place = busyPlace();
    place.callNext(one);
    place.wait(6_000);
    place.must(decideRecall(place.situation, { counterId: one, ticketId: place.at(one) }));
    expect(place.samples).to.equal(3);
    place.start(one);
    const again = {
      counterId: one,
      ticketId: place.at(one),
      serviceId: payments,
      mode: 'front',
      toCounterId: one,
    } as const;
    place.must(decideTransfer(place.situation, again));
    place.wait(1_000);
    expect(place.callNext(one)).to.equal(again.ticketId);
    expect(place.samples).to.equal(3);
    place.start(one);
    place.complete(one);
    place.must(decideWalkIn(place.situation, one, place.request({ source: 'staff' })));
    expect(place.samples).to.equal(3);
    place.wait(30 * minuteMs);
    place.complete(one);
    place.callNext(one);
    expect(place.samples).to.equal(4);
  });

  it('QE-4: the head that leaves moves the line; whoever else leaves does not', () => {
    const place = busyPlace();
    const order = (): ReturnType<typeof orderLine> =>
      orderLine(place.floor, place.setup, {
        serviceIds: servicesOfPool(place.setup, 'front'),
        nowMs: place.nowMs,
        counterId: null,
        includesAbsent: true,
      });
    const [head, second] = order();
    if (!head || !second) throw new Error('expected a line');
    place.must(decideCancel(place.situation, second.ticket.id, null));
    expect(place.samples).to.equal(2);
    place.must(decideCancel(place.situation, head.ticket.id, null));
    expect(place.samples).to.equal(3);
  });

  it('QE-4: a call that nobody answered was a departure once; a line that was empty gives no sample', () => {
    const place = busyPlace();
    place.callNext(one);
    place.wait(minuteMs);
    place.must(decideNoShow(place.situation, { counterId: one, ticketId: place.at(one) }));
    expect(place.samples).to.equal(3);
    for (let left = 0; left < 6; left += 1) place.serve(1);
    expect(place.samples).to.equal(9);
    place.wait(40 * minuteMs);
    place.issue();
    place.callNext(one);
    expect(place.samples).to.equal(9);
  });

  it('QE-5, QC-14: the pace follows the counters that are open, not paused, and not stuck in a service', () => {
    const place = busyPlace();
    const alone = place.parameters().meanGapSeconds ?? 0;
    place.open(two);
    expect(place.parameters().meanGapSeconds).to.be.closeTo(alone / 2, 0.001);
    place.issue({ serviceId: payments });
    place.callNext(two);
    place.start(two);
    place.wait(16 * minuteMs);
    expect(place.parameters().meanGapSeconds, 'stuck').to.be.greaterThan(alone * 0.9);
    place.complete(two);
    place.must(decidePauseCounter(place.situation, { counterId: two, reason: 'lunch', resumeAfterMinutes: null }));
    expect(place.parameters().reason).to.equal('counter-paused');
    place.must(decideCloseCounter(place.situation, two));
    expect(place.parameters().reason).to.not.equal('counter-paused');
  });

  it('QP-12: names what makes the wait longer: a priority arrival, or services that take longer', () => {
    const place = busyPlace();
    expect(place.parameters().reason).to.equal(null);
    place.issue({ classKey: 'elder' });
    place.issue({ classKey: 'elder' });
    expect(place.parameters().reason).to.equal('priority-arrivals');
    place.wait(20 * minuteMs);
    expect(place.parameters().reason).to.equal('longer-services');
  });

  it('QE-6: is what the log of the day says: built again from it, it is the same', () => {
    const place = busyPlace();
    place.issue({ classKey: 'elder' });
    place.serve(7);
    const rebuilt = createPoolPulse(place.setup, 'front', today, noHistory);
    const floor = createFloor();
    for (const event of place.log) {
      floor.apply(event);
      rebuilt.observe(event, floor);
    }
    expect(rebuilt.summarize()).to.deep.equal(place.pulse?.summarize());
    expect(rebuilt.line.read(place.nowMs)).to.deep.equal(place.pulse?.line.read(place.nowMs));
  });

  it('QE-4: a day is plain data, and feeds the days after it', () => {
    const place = busyPlace();
    const summary = place.pulse?.summarize();
    expect(JSON.parse(JSON.stringify(summary))).to.deep.equal(summary);
    expect(summary).to.include({ serviceDay: today, waits: 2, firstCallSeconds: 3_600 });
    if (!summary) return;
    expect(createPoolHistory([summary], '2026-05-14').waits).to.equal(2);
    expect(createPoolHistory([summary], today).waits, 'not its own').to.equal(0);
    expect(createPoolHistory([summary], '2026-06-20').waits, 'four weeks').to.equal(0);
  });

  it('QE-7: 500 waiting are ordered and estimated within 50 ms', () => {
    const place = new ListenedPlace();
    place.open(one);
    for (let ticket = 0; ticket < 500; ticket += 1) place.issue({ classKey: ticket % 9 === 0 ? 'elder' : null });
    const pulse = place.listen(createPoolHistory([dayOf('2026-05-12')], today));
    for (const event of place.log.slice(-20)) pulse.observe(event, place.floor);
    const query = {
      serviceIds: servicesOfPool(place.setup, 'front'),
      nowMs: place.nowMs,
      counterId: null,
      includesAbsent: true,
    };
    const estimateAll = (): number => {
      const startedMs = performance.now();
      const parameters = buildParameters(pulse, place.floor, place.setup, place.nowMs);
      const line = orderLine(place.floor, place.setup, query);
      for (const ahead of line.keys()) estimatePlace(parameters, ahead);
      expect(line).to.have.length(500);
      return performance.now() - startedMs;
    };
    // What else the machine does only adds to it.
    const times = Array.from({ length: 9 }, estimateAll);
    expect(Math.min(...times)).to.be.below(50);
  });
});

describe('before the first call of a day', () => {
  const history = createPoolHistory(
    [1, 2, 3, 4].map((days) =>
      dayOf(`2026-05-0${days + 3}`, { firstCallSeconds: [300, 600, 900, 5_400][days - 1] ?? 0 }),
    ),
    today,
  );
  const earlyMs = Date.UTC(2026, 4, 12, 23, 30);

  it('QE-1: the opening is expected when it usually is, and says so', () => {
    const place = new ListenedPlace(createSetup(), earlyMs);
    place.listen(history);
    place.write([{ type: 'notice-set', notice: null }]);
    const parameters = place.parameters();
    // Posted at 08:00; the days began 5, 10, 15 and 90 minutes later.
    expect(parameters.openInSeconds).to.equal(30 * 60 + 750);
    expect(parameters.opensAt).to.equal('2026-05-13T00:12:30.000Z');
    expect(estimatePlace(parameters, 6).kind).to.equal('opens');
    expect(parameters.meanGapSeconds, 'two counters, ten minutes').to.equal(300);
  });

  it('QE-1: when it is late, it is expected as on the days that were later', () => {
    const place = new ListenedPlace(createSetup(), Date.UTC(2026, 4, 13, 0, 20));
    place.listen(history);
    place.write([{ type: 'notice-set', notice: null }]);
    expect(place.parameters().opensAt).to.equal('2026-05-13T01:30:00.000Z');
  });

  it('QE-1: never before the posted hour, and at it where nobody knows better', () => {
    const place = new ListenedPlace(createSetup(), earlyMs);
    place.listen(createPoolHistory([dayOf('2026-05-12', { firstCallSeconds: -1_200 })], today));
    place.write([{ type: 'notice-set', notice: null }]);
    expect(place.parameters().opensAt).to.equal('2026-05-13T00:00:00.000Z');
    place.listen(noHistory);
    expect(place.parameters().opensAt).to.equal('2026-05-13T00:00:00.000Z');
  });

  it('QE-1: with a counter open the first is called when it usually is, and the line reads a range', () => {
    const place = new ListenedPlace(createSetup(), earlyMs);
    place.listen(history);
    place.open(one);
    const parameters = place.parameters();
    expect(parameters.opensAt).to.equal(null);
    expect(estimatePlace(parameters, 4)).to.include({ kind: 'range' });
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import {
  bucketOf,
  displayEstimate,
  estimatePlace,
  estimateWait,
  expectWait,
  keepPromise,
  type PlaceEstimate,
  type ShownPromise,
} from '@frontdesk/domain/queue/estimate';
import { estimateParameters, place, type EstimateParameters } from '@frontdesk/protocol/queue-tickets';

const minute = 60;

/** A line that moves every five minutes and has just moved. */
function parametersOf(change: Partial<EstimateParameters> = {}): EstimateParameters {
  return {
    at: '2026-05-13T01:00:00.000Z',
    meanGapSeconds: 5 * minute,
    openInSeconds: 0,
    elapsedSeconds: 0,
    breaks: [],
    overtakeRate: 0,
    q50: [1, 1, 1, 1],
    q80: [1.6, 1.6, 1.6, 1.6],
    hasEnoughHistory: true,
    opensAt: null,
    reason: null,
    ...change,
  };
}

const range = (p50Minutes: number, p80Minutes: number): PlaceEstimate => ({
  kind: 'range',
  p50Seconds: p50Minutes * minute,
  p80Seconds: p80Minutes * minute,
  reason: null,
});

describe('the expected wait', () => {
  const waits: [string, Partial<EstimateParameters>, number, number | null][] = [
    ['one gap for the head, one more for each ahead', {}, 3, 20],
    ['less what has passed since the last departure', { elapsedSeconds: 2 * minute }, 3, 18],
    ['but never more than one gap', { elapsedSeconds: 60 * minute }, 3, 15],
    ['and the head waits for a while yet', { elapsedSeconds: 60 * minute }, 0, 2.5],
    ['after the opening, when the first is called at once', { openInSeconds: 600, elapsedSeconds: 300 }, 3, 25],
    ['with those who overtake meanwhile, and meanwhile again', { overtakeRate: 1 / 1_200 }, 3, 26.25],
    ['longer by a break on the way', { breaks: [{ startsInSeconds: 600, lastsSeconds: 1_800 }] }, 3, 50],
    ['not by a break after it', { breaks: [{ startsInSeconds: 1_500, lastsSeconds: 1_800 }] }, 3, 20],
    ['by what is left of a break that runs', { breaks: [{ startsInSeconds: -600, lastsSeconds: 1_800 }] }, 3, 40],
    ['unknown while nobody knows the pace', { meanGapSeconds: null }, 3, null],
  ];
  for (const [title, change, ahead, minutes] of waits) {
    it(`QP-2: is ${title}`, () => {
      expect(expectWait(parametersOf(change), ahead)).to.equal(minutes === null ? null : minutes * minute);
    });
  }

  it('QP-2: runs down on a phone that hears nothing new, to the next departure and no further', () => {
    const parameters = parametersOf({ openInSeconds: 120, breaks: [{ startsInSeconds: 600, lastsSeconds: 300 }] });
    expect(expectWait(parameters, 3, 60)).to.equal((expectWait(parameters, 3) ?? 0) - 60);
    const later = parametersOf();
    expect([120, 300, 3_000].map((age) => expectWait(later, 3, age))).to.deep.equal([1_080, 900, 900]);
  });

  it('QP-2: never less for who is further back, and P80 never below P50', () => {
    const ratios = fc.array(fc.double({ min: 0.1, max: 4, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(ratios, ratios, fc.nat(40), fc.integer({ min: 0, max: 2_000 }), (q50, more, ahead, elapsed) => {
        const q80 = q50.map((ratio, bucket) => ratio + (more[bucket] ?? 0));
        const parameters = parametersOf({ q50, q80, elapsedSeconds: elapsed, overtakeRate: 1 / 2_000 });
        const [near, far] = [estimateWait(parameters, ahead), estimateWait(parameters, ahead + 1)];
        if (!near || !far) throw new Error('expected two ranges');
        expect(near.p80Seconds).to.be.at.least(near.p50Seconds);
        expect(far.p50Seconds).to.be.at.least(near.p50Seconds);
        expect(far.p80Seconds).to.be.at.least(near.p80Seconds);
      }),
    );
  });

  it('QE-4: is calibrated by the bucket of people ahead', () => {
    expect([0, 3, 4, 7, 8, 11, 12, 200].map(bucketOf)).to.deep.equal([0, 0, 1, 1, 2, 2, 3, 3]);
    const parameters = parametersOf({ q50: [0.8, 0.9, 1, 1.1], q80: [1.2, 1.3, 1.4, 1.5] });
    expect(estimateWait(parameters, 9)).to.deep.equal({ p50Seconds: 3_000, p80Seconds: 4_200 });
    const falling = parametersOf({ q50: [1, 1, 1, 1], q80: [2, 1.2, 1.2, 1.2] });
    expect([3, 4].map((ahead) => estimateWait(falling, ahead)?.p80Seconds)).to.deep.equal([2_100, 2_100]);
  });

  it('QE-7: takes a phone less than a millisecond, and five hundred places less than 50', () => {
    const parameters = parametersOf({ breaks: [{ startsInSeconds: 3_600, lastsSeconds: 1_800 }], overtakeRate: 1e-4 });
    for (let warm = 0; warm < 2_000; warm += 1) estimatePlace(parameters, warm % 500);
    const estimateAll = (): number => {
      const startedMs = performance.now();
      for (let ahead = 0; ahead < 500; ahead += 1) estimatePlace(parameters, ahead);
      return performance.now() - startedMs;
    };
    // What else the machine does only adds to it.
    expect(Math.min(...Array.from({ length: 5 }, estimateAll))).to.be.below(50);
  });
});

describe('what a place reads', () => {
  const rows: [string, Partial<EstimateParameters>, number, object][] = [
    ['the next one reads no minutes', {}, 0, { kind: 'next' }],
    ['nor the one after', {}, 1, { kind: 'next' }],
    ['rounded outwards to five minutes', {}, 2, { kind: 'range', fromMinutes: 15, toMinutes: 25, reason: null }],
    ['down and up', { meanGapSeconds: 280 }, 3, { kind: 'range', fromMinutes: 15, toMinutes: 30, reason: null }],
    ['less than five minutes', { meanGapSeconds: 40 }, 2, { kind: 'less-than', minutes: 5 }],
    [
      'no counter is open',
      { opensAt: '2026-05-13T00:00:00.000Z' },
      5,
      { kind: 'opens', at: '2026-05-13T00:00:00.000Z' },
    ],
    ['fewer than twenty waits ever', { hasEnoughHistory: false }, 5, { kind: 'position-only' }],
    ['nobody knows the pace', { meanGapSeconds: null }, 5, { kind: 'position-only' }],
  ];
  for (const [title, change, ahead, display] of rows) {
    it(`QP-2: ${title}`, () => {
      const parameters = estimateParameters.parse(parametersOf(change));
      const estimate = estimatePlace(parameters, ahead);
      place.parse({ ahead, orderRev: 1, estimate });
      expect(displayEstimate(estimate)).to.deep.equal(display);
    });
  }

  const ranges: [number, number, number, number][] = [
    [21, 34, 20, 35],
    [20, 35, 20, 35],
    [19.9, 35.1, 15, 40],
    [0.5, 5, 0, 5],
    [30, 30, 30, 35],
  ];
  for (const [p50, p80, fromMinutes, toMinutes] of ranges) {
    it(`QP-2: ${p50} to ${p80} minutes read ${fromMinutes}–${toMinutes}`, () => {
      expect(displayEstimate(range(p50, p80))).to.deep.equal({ kind: 'range', fromMinutes, toMinutes, reason: null });
    });
  }
});

describe('a promise that was shown', () => {
  function show(...steps: [ahead: number, p80Minutes: number][]): (string | null)[] {
    let shown: ShownPromise | null = null;
    return steps.map(([ahead, p80]) => {
      shown = keepPromise(shown, { ahead, estimate: range(p80 / 2, p80) }, null);
      return shown.estimate.kind === 'range' ? shown.estimate.reason : 'none';
    });
  }

  it('QP-12: falls freely and rises a little without a word', () => {
    expect(show([8, 40], [6, 22], [6, 26], [6, 27])).to.deep.equal([null, null, null, null]);
    expect(show([3, 8], [3, 12])).to.deep.equal([null, null]);
    expect(show([9, 60], [9, 75])).to.deep.equal([null, null]);
  });

  it('QP-12: a rise of more than a quarter and five minutes carries a reason', () => {
    expect(show([8, 40], [8, 51])).to.deep.equal([null, 'longer-services']);
    expect(show([8, 40], [11, 51])).to.deep.equal([null, 'priority-arrivals']);
  });

  it('QP-12: many small rises do not add up unexplained, and the reason stays as long as the rise', () => {
    expect(show([8, 20], [8, 24], [8, 29], [8, 29], [7, 24])).to.deep.equal([
      null,
      null,
      'longer-services',
      'longer-services',
      null,
    ]);
  });

  it('QP-12: what is known of the pool goes before what the place in line suggests', () => {
    const first = keepPromise(null, { ahead: 8, estimate: range(20, 40) }, 'counter-paused');
    expect(first.estimate).to.have.property('reason', null);
    const paused = keepPromise(first, { ahead: 11, estimate: range(30, 60) }, 'counter-paused');
    expect(paused.estimate).to.have.property('reason', 'counter-paused');
    const later = keepPromise(paused, { ahead: 11, estimate: range(30, 60) }, null);
    expect(later.estimate).to.have.property('reason', 'counter-paused');
  });

  it('QP-12: whatever the estimate does, no rise is without a reason', () => {
    const estimates = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 200 })), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(estimates, (steps) => {
        const reasons = show(...steps);
        for (const [index, [, p80]] of steps.entries()) {
          const lowest = Math.min(...steps.slice(0, index).map(([, earlier]) => earlier));
          const hasRisen = p80 > lowest * 1.25 && p80 - lowest > 5;
          expect(reasons[index] !== null, `step ${index}`).to.equal(hasRisen);
        }
      }),
    );
  });

  it('QP-12: a promise that was no range promises nothing', () => {
    const shown = keepPromise(null, { ahead: 1, estimate: { kind: 'next' } }, null);
    expect(keepPromise(shown, { ahead: 9, estimate: range(50, 90) }, null).estimate).to.deep.equal(range(50, 90));
  });
});

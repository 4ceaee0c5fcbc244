import { expect } from 'chai';
import fc from 'fast-check';
import { claimKeys, countClaimKeys, MAX_CLAIM_KEYS, readClaims } from '@frontdesk/domain/booking/claims';
import { buildService, poolId } from '../support/salon.js';

const noon = Date.UTC(2026, 4, 13, 4) / 60_000;

describe('claims', () => {
  it('BK-2: an hour and ten minutes of buffer are 14 keys, with a room 28', () => {
    expect(claimKeys([{ rseq: 7, from: noon, to: noon + 70 }])).to.have.length(14);
    const both = [7, 8].map((rseq) => ({ rseq, from: noon, to: noon + 70 }));
    expect(claimKeys(both)).to.have.length(28);
  });

  it('BK-2: whatever touches a quantum claims it, and what ends there does not', () => {
    const keysOf = (from: number, to: number) => claimKeys([{ rseq: 1, from: noon + from, to: noon + to }]);
    expect(keysOf(4, 6)).to.deep.equal(keysOf(0, 10));
    expect(keysOf(0, 5)).to.have.length(1);
    expect(keysOf(1, 2)).to.deep.equal(keysOf(0, 5));
  });

  it('BK-2: two spans share a key exactly when they overlap on a resource', () => {
    const quanta = fc.integer({ min: 0, max: 40 });
    const span = fc
      .record({ rseq: fc.integer({ min: 0, max: 2 }), first: quanta, length: fc.integer({ min: 1, max: 20 }) })
      .map(({ rseq, first, length }) => ({ rseq, from: noon + first * 5, to: noon + (first + length) * 5 }));
    fc.assert(
      fc.property(span, span, (one, other) => {
        const overlap = one.rseq === other.rseq && one.from < other.to && other.from < one.to;
        const keys = new Set(claimKeys([one]));
        expect(claimKeys([other]).some((key) => keys.has(key))).to.equal(overlap);
      }),
      { numRuns: 2_000 },
    );
  });

  it('BK-2: keys are whole numbers below 2^53, in order, each once, and say what they mean', () => {
    const rseqs = fc.integer({ min: 0, max: 2 ** 27 - 1 });
    const minutes = fc.integer({ min: 0, max: 2 ** 26 * 5 - 3_000 });
    fc.assert(
      fc.property(rseqs, minutes, fc.integer({ min: 1, max: 2_000 }), (rseq, from, length) => {
        const keys = claimKeys([
          { rseq, from, to: from + length },
          { rseq, from, to: from + 1 },
        ]);
        expect(keys.every((key) => Number.isSafeInteger(key))).to.equal(true);
        expect(keys).to.deep.equal([...new Set(keys)].toSorted((one, other) => one - other));
        const first = from - (from % 5);
        expect(readClaims(keys)).to.deep.equal([
          { rseq, from: first, to: from + length + ((5 - ((from + length) % 5)) % 5) },
        ]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('BK-2: keys read back are spans again, resource by resource', () => {
    const spans = [
      { rseq: 7, from: noon, to: noon + 70 },
      { rseq: 7, from: noon + 90, to: noon + 95 },
      { rseq: 8, from: noon + 95, to: noon + 100 },
    ];
    expect(readClaims(claimKeys(spans.toReversed()))).to.deep.equal(spans);
    expect(readClaims([])).to.deep.equal([]);
  });

  it('BK-2: a booking that would own no time, too much, or time nowhere is refused', () => {
    const bad = [
      [],
      [{ rseq: 1, from: noon, to: noon }],
      [{ rseq: 1, from: noon, to: Number.NaN }],
      [{ rseq: 1.5, from: noon, to: noon + 5 }],
      [{ rseq: 2 ** 27, from: noon, to: noon + 5 }],
      [{ rseq: -1, from: noon, to: noon + 5 }],
      [{ rseq: 1, from: -5, to: 5 }],
      [{ rseq: 1, from: noon, to: noon + (MAX_CLAIM_KEYS + 1) * 5 }],
      [1, 2].map((rseq) => ({ rseq, from: noon, to: noon + (MAX_CLAIM_KEYS / 2 + 1) * 5 })),
    ];
    for (const spans of bad) expect(() => claimKeys(spans), JSON.stringify(spans)).to.throw(RangeError);
    expect(claimKeys([{ rseq: 1, from: noon, to: noon + MAX_CLAIM_KEYS * 5 }])).to.have.length(MAX_CLAIM_KEYS);
  });

  it('BK-2: what a service can claim at most is known before anybody books it', () => {
    const chair = [poolId('chairs')];
    const service = buildService({
      bufferBeforeMinutes: 5,
      bufferAfterMinutes: 10,
      segments: [
        { minutes: 30, needsStaff: true, poolIds: chair },
        { minutes: 20, needsStaff: false, poolIds: chair },
        { minutes: 15, needsStaff: true, poolIds: chair },
      ],
    });
    expect(countClaimKeys(service)).to.equal(2 * 7 + 4 + 2 * 5);
  });
});

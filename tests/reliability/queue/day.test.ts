/**
 * A short day with kills, and whether it has teeth. `npm run reliability -- queue` plays the whole one; FRONTDESK_RELIABILITY_SEED
 * repeats a seed.
 */
import { expect } from 'chai';
import { playDay, type DayOptions } from './day.js';
import type { DayCheckName } from './day-checker.js';

const REPEATED = process.env['FRONTDESK_RELIABILITY_SEED'];
const SEED = REPEATED === undefined ? Date.now() % 1_000_000 : Number(REPEATED);

/** Another suite has the other core, and a server that is never back fails by itself. */
const BACK_LIMIT_MS = 20_000;

/** Each mutant with the moment in which its fault shows. */
const TRIALS: readonly (readonly [string, DayCheckName, Omit<DayOptions, 'seed' | 'mutant'>])[] = [
  ['queue acknowledges before it writes', 'Q1', { tickets: 30, kills: 2, moments: ['command acknowledged'] }],
  // Whoever is called is still on the way when the server is back, as in real life.
  [
    'notice before its claim',
    'Q7',
    { tickets: 6, kills: 2, moments: ['notice arrived'], pushShare: 1, walkMs: [8_000, 10_000] },
  ],
];

describe('a day of a queue', function () {
  this.timeout(120_000);

  it(`5.10 QP-8 QP-9 QK-4 QK-18: a day with kills loses nothing and repeats nothing, seed ${SEED}`, async () => {
    const { violations, historyFile, stats } = await playDay({
      seed: SEED,
      tickets: 150,
      kills: 4,
      backLimitMs: BACK_LIMIT_MS,
    });
    const story = violations.slice(0, 20).map(({ check, message }) => `${check}: ${message}`);
    expect(story, `seed ${SEED}, history in ${historyFile}`).to.deep.equal([]);
    expect(stats.kills).to.equal(4);
    expect(stats.acknowledged).to.be.greaterThan(400);
    expect(stats.notices).to.be.greaterThan(20);
  });

  for (const [mutant, check, options] of TRIALS) {
    it(`5.10 ${check} catches "${mutant}"`, async () => {
      const { violations } = await playDay({ seed: 1, ...options, mutant });
      expect(violations.map((violation) => violation.check)).to.include(check);
    });
  }
});

/**
 * The harness itself, for as long as a test run may take. `npm run reliability -- --seconds 3600` runs it for longer.
 * FRONTDESK_RELIABILITY_SEED repeats one; by default every run plays two seeds, one of them new each time.
 */
import { expect } from 'chai';
import { runOnce } from './run.js';

const SECONDS = Number(process.env['FRONTDESK_RELIABILITY_SECONDS'] ?? 15);
const REPEATED = process.env['FRONTDESK_RELIABILITY_SEED'];
/** 1 stays, so that a change of the product meets at least one schedule that it met before. */
const SEEDS = REPEATED === undefined ? [1, Date.now() % 1_000_000] : [Number(REPEATED)];

describe('reliability under faults', function () {
  this.timeout((SECONDS + 135) * 1_000);

  for (const seed of SEEDS) {
    it(`P1 P2 P3 P7 P16 P17 ${SECONDS} s of faults, seed ${seed}: every check holds`, async () => {
      const { violations, historyFile, stats } = await runOnce({ seed, seconds: SECONDS });
      const story = violations.slice(0, 20).map(({ check, message }) => `${check}: ${message}`);
      expect(story, `seed ${seed}, history in ${historyFile}`).to.deep.equal([]);
      expect(stats.acknowledged).to.be.greaterThan(SECONDS);
      expect(stats.faults).to.be.greaterThan(0);
    });
  }
});

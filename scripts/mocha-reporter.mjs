/** Mocha's readable report on the console, and the counts as JSON for `scripts/test.mjs`. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { Spec } = Mocha.reporters;

export default class CountingSpecReporter extends Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const file = process.env.FRONTDESK_TEST_COUNTS;
      if (!file) return;
      const { passes, failures, pending } = this.stats;
      const names = this.failures.map((test) => test.fullTitle());
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending, failures: names }));
    });
  }
}

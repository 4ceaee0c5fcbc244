/** Mocha's readable report on the console, and the counts as JSON for `scripts/test.mjs`. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { describeFailure } from './describe-failure.mjs';

const { Spec } = Mocha.reporters;

const GRACE_MS = 10_000;

/** A test that leaves a server or a browser behind keeps the process alive; it is named and fails, never hangs. */
function failOnLeaks() {
  const timer = setTimeout(() => {
    console.error(
      `Still open ${GRACE_MS / 1000} s after the last test: ${process.getActiveResourcesInfo().join(', ')}`,
    );
    process.exit(1);
  }, GRACE_MS);
  timer.unref();
  // Nothing is open any more. Leaving at once spares the teardown of native handles, in which Node has been seen to spin
  // for ever after a run that killed many servers.
  process.once('beforeExit', () => process.exit());
}

export default class CountingSpecReporter extends Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      failOnLeaks();
      const file = process.env.FRONTDESK_TEST_COUNTS;
      if (!file) return;
      const { passes, failures, pending } = this.stats;
      const names = this.failures.map((test) => describeFailure(test.fullTitle(), test.err));
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending, failures: names }));
    });
  }
}

/** Writes the counts of a Web Test Runner run as JSON, and names a run in which no test ran a failure. */
import { writeFileSync } from 'node:fs';
import { describeFailure } from './describe-failure.mjs';

function* walk(suite) {
  yield* suite.tests ?? [];
  for (const inner of suite.suites ?? []) yield* walk(inner);
}

/** A file that cannot be loaded, or a page that reports an error, fails once although no test of it did. */
function countSession(session, counts) {
  const tests = session.testResults ? [...walk(session.testResults)] : [];
  for (const test of tests) {
    if (test.skipped) counts.skipped += 1;
    else if (test.passed) counts.passed += 1;
    else {
      counts.failed += 1;
      counts.failures.push(describeFailure(test.name, test.error));
    }
  }
  if (!session.passed && !tests.some((test) => !test.passed && !test.skipped)) {
    counts.failed += 1;
    counts.failures.push(session.testFile);
  }
}

export function countReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
      for (const session of sessions) countSession(session, counts);
      const file = process.env.FRONTDESK_TEST_COUNTS;
      if (file) writeFileSync(file, JSON.stringify(counts));
      console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
      if (counts.passed + counts.failed === 0) process.exitCode = 1;
    },
  };
}

/**
 * Component tests in a real browser. The tests and the elements are compiled by `tsc -b` before this runs, so what
 * the browser loads is what is published, and no second compiler can disagree about decorators.
 */
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { resolveChromium } from './scripts/chromium.mjs';
import { countReporter } from './scripts/wtr-count-reporter.mjs';

const chromium = await resolveChromium();

export default {
  rootDir: '.',
  files: process.env.FRONTDESK_TEST_FILES ?? 'tests/dist/widgets/**/*.test.js',
  nodeResolve: { exportConditions: ['browser', 'development'] },
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: chromium.executablePath,
        headless: chromium.isShell ? 'shell' : true,
        args: chromium.args,
        env: chromium.env,
      },
    }),
  ],
  // A full Chrome throttles timers and animation frames of pages that are not in front.
  concurrency: chromium.isShell ? 2 : 1,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
  testFramework: { config: { ui: 'bdd', timeout: 10_000 } },
  filterBrowserLogs: ({ args }) =>
    !args.some((text) => typeof text === 'string' && text.includes('Lit is in dev mode')),
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: !process.env.CI }), countReporter()],
};

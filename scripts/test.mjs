/**
 * The whole test line: builds, runs every suite, and ends with `N passed, N failed` over all of them.
 *
 *   npm test                    build and all suites
 *   npm test -- node e2e        build and only these suites
 *   npm run verify              the checks first (format, lint, boundaries, documents, sizes), then all suites
 *
 * A suite without a single test is a failure, so that a wrong path or an empty build cannot look green.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECKS } from './checks.mjs';
import { removeStaleTests } from './stale-tests.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = process.execPath;
const bin = (name) => join(root, 'node_modules', name);

const mocha = (...args) => [
  node,
  bin('mocha/bin/mocha.js'),
  '--reporter',
  join(root, 'scripts/mocha-reporter.mjs'),
  ...args,
];
const browserTests = (...args) => mocha('--timeout', '45000', ...args);
const testsIn = (...folders) => folders.map((folder) => `tests/dist/${folder}/**/*.test.js`);
const apartFrom = (...folders) => folders.flatMap((folder) => ['--ignore', `tests/dist/${folder}/**`]);

/** Hashing passwords is slow on purpose, so everything that signs people in has a process of its own. */
const SLOW_FOLDERS = ['server/auth', 'server/mail', 'server/tenancy', 'demo'];
/** The store kills processes and disturbs frames for minutes; the queue plays whole days. */
const STORE_FOLDERS = ['embedded-mongodb'];
const QUEUE_FOLDERS = ['domain/queue', 'eval', 'server/queue', 'server/devices', 'server/webhooks'];
const BOOKING_FOLDERS = ['domain/hours', 'domain/booking', 'domain/cards', 'server/booking', 'server/cards'];
const OTHER_SUITES = ['widgets', 'e2e', 'reliability'];
const KNOWN_FOLDERS = [...SLOW_FOLDERS, ...STORE_FOLDERS, ...QUEUE_FOLDERS, ...BOOKING_FOLDERS, ...OTHER_SUITES];
/** Pages of the waiting room in a browser: screens, which live through outages, and what people work with and carry. */
const SCREEN_PAGES = 'tests/dist/e2e/{kiosk,queue-display}*.test.js';
const QUEUE_PAGES = 'tests/dist/e2e/{counter,settings-queue,ticket}*.test.js';
const LIMIT_MS = 900_000;

/**
 * The longest first. Two run at a time, and beside them, one after the other, those that `waits` marks: they sit out minutes without a
 * network and the starts of killed servers, and need little of a core. Who is done with those helps with the rest.
 */
const SUITES = [
  { name: 'queue', command: mocha(...testsIn(...QUEUE_FOLDERS)) },
  { name: 'e2e', command: browserTests('--ignore', SCREEN_PAGES, '--ignore', QUEUE_PAGES, ...testsIn('e2e')) },
  { name: 'e2e-screens', waits: true, command: browserTests(SCREEN_PAGES) },
  { name: 'reliability', waits: true, command: mocha('--timeout', '120000', ...testsIn('reliability')) },
  { name: 'e2e-queue', command: browserTests(QUEUE_PAGES) },
  { name: 'booking', command: mocha(...testsIn(...BOOKING_FOLDERS)) },
  { name: 'store', command: mocha(...testsIn(...STORE_FOLDERS)) },
  { name: 'browser', command: [node, bin('@web/test-runner/dist/bin.js')] },
  { name: 'node', command: mocha(...apartFrom(...KNOWN_FOLDERS), 'tests/dist/**/*.test.js') },
  { name: 'accounts', command: mocha(...testsIn(...SLOW_FOLDERS)) },
];
const BUSY_WORKERS = 2;

/** A suite that has reported and does not end left something running; a busy loop would not even hear a timer of its own. */
const GRACE_MS = 20_000;
const WATCH_INTERVAL_MS = 1_000;

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const pid of running) process.kill(-pid, 'SIGKILL');
    process.exit(1);
  });
}

/** Runs a command in its own process group, so that a hung one can be ended with everything that it started. */
function run(command, { env = {}, limitMs, quiet = false, reportFile }) {
  return new Promise((resolve) => {
    const [file, ...args] = command;
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(file, args, { cwd: root, env: { ...process.env, ...env }, stdio, detached: true });
    const output = [];
    running.add(child.pid);
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    const end = (why) => {
      console.error(`\nEnded: ${why}.`);
      process.kill(-child.pid, 'SIGKILL');
    };
    const timer = setTimeout(() => end(`it took more than ${limitMs / 1000} s`), limitMs);
    let reportedForMs = 0;
    const watch = setInterval(() => {
      if (reportFile && existsSync(reportFile)) reportedForMs += WATCH_INTERVAL_MS;
      if (reportedForMs > GRACE_MS) end(`it was done, and still ran ${GRACE_MS / 1000} s later`);
    }, WATCH_INTERVAL_MS);
    child.once('error', (error) => output.push(Buffer.from(String(error))));
    child.once('close', (code) => {
      clearTimeout(timer);
      clearInterval(watch);
      running.delete(child.pid);
      resolve({ ok: code === 0, output: Buffer.concat(output).toString() });
    });
  });
}

async function readCounts(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0, failures: ['the suite ended before it could report'] };
  }
}

async function runSuite(suite, folder, sideBySide) {
  const startedAt = Date.now();
  const file = join(folder, `${suite.name}.json`);
  const env = { FRONTDESK_TEST_COUNTS: file, NODE_ENV: 'test' };
  if (!sideBySide) console.log(`\n== ${suite.name} ==`);
  const result = await run(suite.command, { env, limitMs: LIMIT_MS, quiet: sideBySide, reportFile: file });
  if (sideBySide) console.log(`\n== ${suite.name} ==\n${result.output}`);
  const counts = await readCounts(file);
  if (counts.passed + counts.failed === 0) counts.failures = ['no test ran'];
  // A non-zero exit without a failed test is a crash or an empty suite, and must not be lost in the sum.
  if (!result.ok && counts.failed === 0) counts.failed = 1;
  if (result.ok && counts.passed === 0) counts.failed = Math.max(counts.failed, 1);
  return { name: suite.name, ...counts, seconds: (Date.now() - startedAt) / 1000 };
}

/** Workers take suites from their list until it is empty; rows come back in the order of all. */
async function runSuites(suites, folder) {
  const rows = [];
  const work = async (list) => {
    for (let next = list.shift(); next; next = list.shift()) {
      const [index, suite] = next;
      rows[index] = await runSuite(suite, folder, suites.length > 1);
    }
  };
  const entries = [...suites.entries()];
  const waiting = entries.filter(([, suite]) => suite.waits);
  const busy = entries.filter(([, suite]) => !suite.waits);
  await Promise.all([work(waiting).then(() => work(busy)), ...Array.from({ length: BUSY_WORKERS }, () => work(busy))]);
  return rows;
}

async function runChecks(checks) {
  const startedAt = Date.now();
  const row = { name: 'checks', passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const { name, command } of checks) {
    const result = await run(command, { limitMs: 180_000, quiet: true });
    console.log(`${result.ok ? 'ok  ' : 'FAIL'} ${name}`);
    if (result.ok) row.passed += 1;
    else {
      row.failed += 1;
      row.failures.push(name);
      console.log(result.output);
    }
  }
  return { ...row, seconds: (Date.now() - startedAt) / 1000 };
}

async function build() {
  const built = await run([node, join(root, 'scripts/build.mjs')], { limitMs: 180_000 });
  return built.ok ? undefined : { name: 'build', passed: 0, failed: 1, skipped: 0, failures: ['build'], seconds: 0 };
}

function report(rows) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  console.log('\nsuite          passed  failed  skipped   time');
  for (const row of rows) {
    const numbers = [row.passed, row.failed, row.skipped].map((count) => String(count).padStart(8)).join('');
    console.log(`${row.name.padEnd(13)}${numbers} ${`${row.seconds.toFixed(1)} s`.padStart(10)}`);
  }
  for (const row of rows) for (const name of row.failures) console.log(`failed: ${row.name}: ${name}`);
  if (sum('failed') > 0) process.exitCode = 1;
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
}

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const withChecks = process.argv.includes('--checks');
const folder = await mkdtemp(join(tmpdir(), 'frontdesk-tests-'));
const rows = [];
try {
  if (withChecks) rows.push(await runChecks(CHECKS.filter((check) => !check.needsBuild)));
  await removeStaleTests(root);
  const broken = await build();
  if (broken) rows.push(broken);
  else {
    if (withChecks)
      rows.push({ ...(await runChecks(CHECKS.filter((check) => check.needsBuild))), name: 'built checks' });
    const suites = SUITES.filter((suite) => wanted.length === 0 || wanted.includes(suite.name));
    rows.push(...(await runSuites(suites, folder)));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
report(rows);

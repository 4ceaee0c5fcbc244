/**
 * One queue, ten thousand phones, one process (queue.md 5.10):
 *
 *     npm run bench:queue [-- --phones 10000 --calls 40]
 *
 * Measures from a call to the phones, the event loop, memory, and how fast everybody is back after the server was started again.
 * Prints a table with the goals and, as the last line, JSON.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import { callHttp, dataOf, findFreePort } from '../../support/server.js';
import type { BranchReady, CrowdAnswer, CrowdQuestion, SubjectAnswer, SubjectQuestion } from './port.js';

const { values } = parseArgs({
  options: { phones: { type: 'string', default: '10000' }, calls: { type: 'string', default: '40' } },
});
const PHONES = Number(values.phones);
const CALLS = Number(values.calls);
const CROWDS = 2;
/** Longer than the pool rests after a message, so that each call is told by a message of its own. */
const PAUSE_MS = 1_300;
/** A burst of ten thousand requests leaves garbage, which the runtime gives back to the machine within seconds. */
const SETTLE_MS = 10_000;

const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-bench-queue-'));
process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
const secret = randomBytes(48).toString('base64url');
const port = await findFreePort();
const url = `http://localhost:${port}`;

function ask<Answer>(child: ChildProcess, question: SubjectQuestion | CrowdQuestion): Promise<Answer> {
  return new Promise((resolve, reject) => {
    child.once('message', (answer) => resolve(answer as Answer));
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)));
    child.send(question);
  });
}

function startSubject(): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'subject.js'), [dataDir, String(port), secret], {
    execArgv: ['--expose-gc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.disconnect();
  await ended;
}

const figuresOf = (child: ChildProcess) => ask<Extract<SubjectAnswer, { kind: 'figures' }>>(child, { ask: 'figures' });

function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Everybody opens their ticket; answers how long that took. */
async function openAll(crowds: readonly ChildProcess[], tokens: readonly string[]): Promise<number> {
  const beganMs = Date.now();
  const answers = await Promise.all(
    crowds.map((crowd, at) =>
      ask<Extract<CrowdAnswer, { kind: 'opened' }>>(crowd, {
        ask: 'open',
        url,
        tokens: tokens.filter((_, index) => index % crowds.length === at),
        spreadMs: 0,
      }),
    ),
  );
  const failures = answers.flatMap((answer) => answer.failures);
  const opened = answers.reduce((sum, { count }) => sum + count, 0);
  if (failures.length > 0 || opened < tokens.length)
    throw new Error(`${tokens.length - opened} phones failed: ${failures.join('; ')}`);
  return Date.now() - beganMs;
}

async function callNext({ accessToken, counterId }: BranchReady): Promise<{ label: string; atMs: number }> {
  const atMs = Date.now();
  const act = async (name: string, input: object) =>
    dataOf(await callHttp<CounterView>(url, name, input, { audience: 'staff', token: accessToken }));
  const { current } = await act('ticket:call-next', { counterId });
  if (!current) throw new Error('nobody was called');
  await act('ticket:complete', { counterId, ticketId: current.ticket.id, outcome: null });
  return { label: current.ticket.label, atMs };
}

let subject = await startSubject();
const building = Date.now();
const branch = await ask<BranchReady>(subject, { ask: 'build', phones: PHONES });
const issuedPerSecond = PHONES / ((Date.now() - building) / 1_000);
await figuresOf(subject);
await sleep(SETTLE_MS);
const empty = await figuresOf(subject);

const crowds = Array.from({ length: CROWDS }, () => fork(join(import.meta.dirname, 'crowd.js')));
const openMs = await openAll(crowds, branch.tokens);
await figuresOf(subject);
await sleep(SETTLE_MS);
const full = await figuresOf(subject);
for (const crowd of crowds) await ask(crowd, { ask: 'listen' });

const called: { label: string; atMs: number }[] = [];
for (let at = 0; at < CALLS; at += 1) {
  called.push(await callNext(branch));
  await sleep(PAUSE_MS);
}
await sleep(1_500);
const busy = await figuresOf(subject);
const reports = await Promise.all(
  crowds.map((crowd) => ask<Extract<CrowdAnswer, { kind: 'report' }>>(crowd, { ask: 'report' })),
);
const ownMs = called.flatMap(({ label, atMs }) =>
  reports.flatMap(({ calls }) => calls.filter((call) => call.label === label).map((call) => call.atMs - atMs)),
);
const orderMs = reports.flatMap(({ orders }) =>
  Object.values(orders).flatMap((times) =>
    times.map((atMs) => atMs - (called.findLast((call) => call.atMs <= atMs)?.atMs ?? Number.NaN)),
  ),
);
const rereads = reports.reduce((sum, report) => sum + report.rereads, 0);
const places = reports.flatMap((report) => Object.values(report.places)).filter((ahead) => ahead !== null);
const isExact = new Set(places).size === PHONES - CALLS && Math.max(...places) === PHONES - CALLS - 1;

// Everybody loses the server at once, and is back as soon as there is one.
for (const crowd of crowds) await ask(crowd, { ask: 'close' });
await stop(subject);
subject = await startSubject();
// The first phone brings the queue into memory; what a queue in memory reads each second, it reads for nobody in particular.
await openAll(crowds.slice(0, 1), branch.tokens.slice(CALLS, CALLS + 1));
await figuresOf(subject);
await sleep(5_000);
const quiet = await figuresOf(subject);
await sleep(500);
const stormMs = await openAll(crowds, branch.tokens.slice(CALLS + 1));
const storm = await figuresOf(subject);
await sleep(SETTLE_MS);
const settled = await figuresOf(subject);
const extraReads = Math.max(0, storm.reads - (quiet.reads / 5) * (stormMs / 1_000)) / (stormMs / 1_000);

for (const crowd of crowds) await stop(crowd);
await stop(subject);

const megabytes = (bytes: number): number => bytes / 1_048_576;
const rows: readonly (readonly [string, number, number | null])[] = [
  ['tickets issued per second', issuedPerSecond, null],
  ['all phones open, s', openMs / 1_000, null],
  ['memory with all phones, MB', megabytes(full.rssBytes), 400],
  ['  heap in use, MB', megabytes(full.heapBytes), null],
  ['  before the phones came, MB', megabytes(empty.rssBytes), null],
  ['  per phone, kB', (full.rssBytes - empty.rssBytes) / PHONES / 1_024, null],
  ['call → own phone p50, ms', percentile(ownMs, 0.5), null],
  ['call → own phone p99, ms', percentile(ownMs, 0.99), 2_000],
  ['call → every place p50, ms', percentile(orderMs, 0.5), null],
  ['call → every place p99, ms', percentile(orderMs, 0.99), 2_000],
  ['longest block of the loop, ms', busy.longestBlockMs, 100],
  ['phones that had to read again', rereads, 0],
  ['all phones back after a restart, s', stormMs / 1_000, 30],
  ['  memory then, MB', megabytes(storm.rssBytes), null],
  ['  memory ten seconds later, MB', megabytes(settled.rssBytes), 400],
  ['  longest block of the loop, ms', storm.longestBlockMs, 100],
  ['  reads of the store for them, per s', extraReads, 1],
  ['  (reads without them, per s)', quiet.reads / 5, null],
];
console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}), ${PHONES} phones, ${CALLS} calls`);
console.table(
  rows.map(([what, measured, goal]) => ({
    what,
    measured: measured.toFixed(1),
    goal: goal ?? '',
    ratio: goal === null || goal === 0 ? '' : (measured / goal).toFixed(2),
  })),
);
console.log(isExact ? 'every phone shows its exact place' : 'PLACES DIFFER from the line');
console.log(JSON.stringify({ phones: PHONES, calls: CALLS, isExact, rows: Object.fromEntries(rows) }));

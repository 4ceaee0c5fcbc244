/**
 * Frontdesk against a bare Socket.IO relay, and its durable messages against raw lmdb, in one run:
 *
 *     npm run bench:chat [-- --rounds 3 --seconds 15]
 *
 * Absolute numbers move with the machine; the ratios are what to compare. Prints a table and, as the last line, JSON.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureLatency, measureThroughput, openCrowd } from './load.js';
import type { MemoryAnswer, Ready } from './subject-port.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '15' } },
});
const ROUNDS = Number(values.rounds);
const SECONDS = Number(values.seconds);
const SOCKETS = 2_000;
const GROUPS = 20;
const PER_SECOND = 500;
const IN_FLIGHT = 64;
const RECORD_BYTES = 600;

interface Subject {
  readonly ready: Ready;
  readonly child: ChildProcess;
}

function startSubject(name: 'frontdesk' | 'relay'): Promise<Subject> {
  const child = fork(join(import.meta.dirname, `${name}-subject.js`), [String(GROUPS)], { execArgv: ['--expose-gc'] });
  return new Promise((resolve, reject) => {
    child.once('message', (ready) => resolve({ ready: ready as Ready, child }));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}

function readMemory({ child }: Subject): Promise<number> {
  return new Promise((resolve) => {
    child.once('message', (answer) => resolve((answer as MemoryAnswer).rssBytes));
    child.send('memory');
  });
}

async function stopSubject({ child }: Subject): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.disconnect();
  await ended;
}

function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** Bytes per socket of `SOCKETS` visitors who only look. */
async function measureIdle(name: 'frontdesk' | 'relay'): Promise<number> {
  const subject = await startSubject(name);
  const before = await readMemory(subject);
  const crowd = await openCrowd(subject.ready, { groups: GROUPS, sockets: SOCKETS, idle: true });
  const after = await readMemory(subject);
  crowd.close();
  await stopSubject(subject);
  return (after - before) / SOCKETS;
}

/** Puts of the size of a stored message, each awaited until it is flushed, as many in flight as the chat has. */
async function measureLmdb(seconds: number): Promise<number> {
  const lmdb = createRequire(import.meta.url)('lmdb') as typeof import('lmdb');
  const dir = mkdtempSync(join(tmpdir(), 'frontdesk-lmdb-'));
  const db = lmdb.open<Buffer, number>({ path: dir, encoding: 'binary' });
  const value = Buffer.alloc(RECORD_BYTES, 'x');
  const endAt = performance.now() + seconds * 1_000;
  let written = 0;
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      while (performance.now() < endAt) {
        const key = (written += 1);
        await db.put(key, value);
        await db.flushed;
      }
    }),
  );
  await db.close();
  rmSync(dir, { recursive: true });
  return written / seconds;
}

const frontdesk = await startSubject('frontdesk');
const relay = await startSubject('relay');
const crowds = {
  frontdesk: await openCrowd(frontdesk.ready, { groups: GROUPS, sockets: SOCKETS, idle: false }),
  relay: await openCrowd(relay.ready, { groups: GROUPS, sockets: SOCKETS, idle: false }),
};
// Warm: the first seconds measure the compiler.
for (const crowd of Object.values(crowds)) await measureLatency(crowd, { perSecond: PER_SECOND, seconds: 4 });

const rounds: Record<'frontdesk' | 'relay', Record<'ackP50' | 'ackP99' | 'peerP50' | 'peerP99', number>[]> = {
  frontdesk: [],
  relay: [],
};
const throughput: number[] = [];
const lmdbThroughput: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  for (const name of ['frontdesk', 'relay'] as const) {
    const { ackMs, peerMs } = await measureLatency(crowds[name], { perSecond: PER_SECOND, seconds: SECONDS });
    rounds[name].push({
      ackP50: percentile(ackMs, 0.5),
      ackP99: percentile(ackMs, 0.99),
      peerP50: percentile(peerMs, 0.5),
      peerP99: percentile(peerMs, 0.99),
    });
  }
  throughput.push(await measureThroughput(crowds.frontdesk, { inFlight: IN_FLIGHT, seconds: SECONDS / 2 }));
  lmdbThroughput.push(await measureLmdb(SECONDS / 2));
}
for (const crowd of Object.values(crowds)) crowd.close();
await stopSubject(frontdesk);
await stopSubject(relay);
const idle = { frontdesk: await measureIdle('frontdesk'), relay: await measureIdle('relay') };

const pick = (name: 'frontdesk' | 'relay', key: 'ackP50' | 'ackP99' | 'peerP50' | 'peerP99'): number =>
  median(rounds[name].map((round) => round[key]));
const rows = [
  ['send→ack p50, ms', pick('frontdesk', 'ackP50'), pick('relay', 'ackP50')],
  ['send→ack p99, ms', pick('frontdesk', 'ackP99'), pick('relay', 'ackP99')],
  ['send→peer p50, ms', pick('frontdesk', 'peerP50'), pick('relay', 'peerP50')],
  ['send→peer p99, ms', pick('frontdesk', 'peerP99'), pick('relay', 'peerP99')],
  [`durable messages/s, ${IN_FLIGHT} in flight (right: raw lmdb puts/s)`, median(throughput), median(lmdbThroughput)],
  ['memory per idle socket, kB', idle.frontdesk / 1_024, idle.relay / 1_024],
] as const;

console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}), ${SOCKETS} sockets, ${PER_SECOND} messages/s, ${ROUNDS} rounds of ${SECONDS} s`,
);
console.table(
  rows.map(([what, ours, bare]) => ({
    what,
    frontdesk: ours.toFixed(2),
    bare: bare.toFixed(2),
    ratio: (ours / bare).toFixed(2),
  })),
);
console.log(JSON.stringify({ rounds, throughput, lmdbThroughput, idle }));

/**
 * The embedded store through Mongoose with 10,000 and with 200,000 documents, beside raw lmdb, in one run:
 *
 *     npm run bench:store [-- --rounds 10]
 *
 * They take turns, so that noise hits all of them. Prints a table and ends with code 1 when a goal is missed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { inFlight, Measurement, median } from './measures.js';
import { createRawSubject, createStoreSubject, type StoreSubject, type Subject } from './subjects.js';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '10' } } });
const rounds = Number(values.rounds);
const small = 10_000;
const large = 200_000;
const megabyte = 1024 * 1024;

interface Scan {
  readonly scanMs: number;
  /** The longest time the process that started the store was kept from its work while the store read everything. */
  readonly stallMs: number;
  /** The same for as long a time in which nothing happened: what the machine does to any process just now. */
  readonly quietStallMs: number;
}

async function measureScan(store: StoreSubject): Promise<Scan> {
  await store.ask('watch');
  const began = performance.now();
  await store.scan();
  const scanMs = performance.now() - began;
  const stallMs = await store.ask('stall');
  await store.ask('watch');
  await setTimeout(scanMs);
  return { scanMs, stallMs, quietStallMs: await store.ask('stall') };
}

async function measureStart(dir: string): Promise<number> {
  const store = await createStoreSubject(dir, 1);
  await store.close();
  return store.startMs;
}

interface Results {
  readonly small: Measurement['medians'];
  readonly large: Measurement['medians'];
  readonly raw: Measurement['medians'];
  readonly scan: Scan;
  readonly growthBytes: number;
}

async function measureAll(dir: string, open: Subject[]): Promise<Results> {
  const keep = <T extends Subject>(subject: T): T => {
    open.push(subject);
    return subject;
  };
  const smallStore = keep(await createStoreSubject(join(dir, 'small'), inFlight));
  const largeStore = keep(await createStoreSubject(join(dir, 'large'), inFlight));
  const raw = keep(createRawSubject(join(dir, 'raw.mdb')));
  const idleBytes = await largeStore.ask('memory');
  await smallStore.fill(small);
  await largeStore.fill(large);
  await raw.fill(large);
  const measured = {
    small: new Measurement(smallStore, small),
    large: new Measurement(largeStore, large),
    raw: new Measurement(raw, large),
  };
  const scans: Scan[] = [];
  const memory: number[] = [];
  for (let round = -1; round < rounds; round++) {
    for (const measurement of Object.values(measured)) await measurement.read();
    for (const measurement of Object.values(measured)) await measurement.insertConcurrently();
    for (const measurement of Object.values(measured)) await measurement.insertOneByOne();
    if (round < 0) for (const measurement of Object.values(measured)) measurement.forget();
    scans.push(await measureScan(largeStore));
    memory.push(await largeStore.ask('memory'));
  }
  return {
    small: measured.small.medians,
    large: measured.large.medians,
    raw: measured.raw.medians,
    scan: {
      scanMs: median(scans.map(({ scanMs }) => scanMs)),
      stallMs: median(scans.map(({ stallMs }) => stallMs)),
      quietStallMs: median(scans.map(({ quietStallMs }) => quietStallMs)),
    },
    growthBytes: median(memory) - idleBytes,
  };
}

interface Goal {
  readonly what: string;
  readonly value: number;
  readonly isMet: boolean;
  readonly text: string;
}

const atMost = (what: string, value: number, limit: number): Goal => ({
  what,
  value,
  isMet: value <= limit,
  text: `at most ${limit}`,
});
const atLeast = (what: string, value: number, limit: number): Goal => ({
  what,
  value,
  isMet: value >= limit,
  text: `at least ${limit}`,
});

function report(results: Results, startMs: number): boolean {
  const { raw } = results;
  const row = (what: string, key: keyof Measurement['medians'], digits: number): Record<string, string> => ({
    what,
    [`${small} documents`]: results.small[key].toFixed(digits),
    [`${large} documents`]: results.large[key].toFixed(digits),
    'raw lmdb': raw[key].toFixed(digits),
  });
  console.table([
    row('indexed findOne, ms', 'readMs', 3),
    row(`durable inserts/s, ${inFlight} in flight`, 'insertsPerSecond', 0),
    row('durable insert one by one, ms', 'insertMs', 2),
  ]);
  const { scanMs, stallMs, quietStallMs } = results.scan;
  console.log(
    `A start takes ${startMs.toFixed(0)} ms. A scan of everything takes ${scanMs.toFixed(0)} ms and stalls the main thread ` +
      `${stallMs.toFixed(1)} ms; without a scan the machine stalls it ${quietStallMs.toFixed(1)} ms.`,
  );
  const goals = [
    atMost('findOne, large to small', results.large.readMs / results.small.readMs, 1.25),
    atLeast(`inserts/s, small`, results.small.insertsPerSecond, 2_000),
    atLeast(`inserts/s, large`, results.large.insertsPerSecond, 2_000),
    atMost('stall of the main thread that a scan adds, ms', Math.max(0, stallMs - quietStallMs), 20),
    atMost('memory over idle, MB', results.growthBytes / megabyte, 40),
  ];
  console.table(
    goals.map(({ what, value, isMet, text }) => ({
      goal: what,
      measured: value.toFixed(2),
      wanted: text,
      met: isMet ? 'yes' : 'NO',
    })),
  );
  return goals.every(({ isMet }) => isMet);
}

const dir = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'));
const open: Subject[] = [];
try {
  const starts: number[] = [];
  for (let n = 0; n < 5; n++) starts.push(await measureStart(join(dir, `start-${n}`)));
  const results = await measureAll(dir, open);
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? process.arch}), ${process.platform}`;
  console.log(`Documents of about 300 bytes, ${rounds} rounds, Node ${process.versions.node}, ${machine}`);
  if (!report(results, median(starts))) process.exitCode = 1;
} finally {
  for (const subject of open) await subject.close();
  rmSync(dir, { recursive: true, force: true });
}

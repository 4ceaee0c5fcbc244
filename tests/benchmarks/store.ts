/**
 * Measures the embedded store through Mongoose against raw lmdb in the same run: same value sizes, same flush to disk.
 *     node tests/dist/benchmarks/store.js [documents]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { BSON } from 'bson';
import mongoose from 'mongoose';

const lmdb = createRequire(import.meta.url)('lmdb') as typeof import('lmdb');

const documents = Number(process.argv[2] ?? 10_000);
const reads = 5_000;
const concurrentWrites = 6_000;
const sequentialWrites = 600;
const writers = 32;
/** Makes a stored document about 300 bytes, like a chat message. */
const text = 'Good morning, do you have a free appointment this afternoon? '.repeat(3);

interface Subject {
  readonly name: string;
  fill(count: number): Promise<void>;
  read(key: number): Promise<void>;
  insert(key: number): Promise<void>;
  close(): Promise<void>;
}

const keyOf = (key: number): string => `key-${String(key).padStart(9, '0')}`;

async function createStoreSubject(dir: string): Promise<Subject> {
  const store = await startEmbeddedMongo({ dir });
  const connection = await mongoose.createConnection(store.uri, { maxPoolSize: writers }).asPromise();
  const schema = new mongoose.Schema(
    { key: { type: String, unique: true }, seq: Number, text: String },
    { versionKey: false },
  );
  const Message = connection.model('Message', schema);
  await Message.init();
  return {
    name: 'store through Mongoose',
    fill: async (count) => {
      for (let from = 0; from < count; from += 1000) {
        await Message.insertMany(
          Array.from({ length: Math.min(1000, count - from) }, (_, at) => ({
            key: keyOf(from + at),
            seq: from + at,
            text,
          })),
        );
      }
    },
    read: async (key) => {
      const found = await Message.findOne({ key: keyOf(key) }).lean();
      if (found?.seq !== key) throw new Error(`read ${String(found?.seq)} instead of ${key}`);
    },
    insert: async (key) => void (await Message.create({ key: keyOf(key), seq: key, text })),
    close: async () => {
      await connection.close();
      await store.close();
    },
  };
}

/** One record and one index entry per document, each write acknowledged after its flush. */
function createRawSubject(dir: string): Subject {
  const database = lmdb.open<Buffer, Buffer>({
    path: join(dir, 'raw.mdb'),
    noSubdir: true,
    keyEncoding: 'binary',
    encoding: 'binary',
    overlappingSync: false,
  });
  const record = (key: number): Buffer =>
    Buffer.from(BSON.serialize({ _id: new mongoose.Types.ObjectId(), key: keyOf(key), seq: key, text }));
  const recordKey = (key: number): Buffer => Buffer.from(`r${keyOf(key)}`);
  const put = (key: number): Promise<unknown> =>
    database.transaction(() => {
      void database.put(recordKey(key), record(key));
      void database.put(Buffer.from(`i${keyOf(key)}`), recordKey(key));
    });
  return {
    name: 'raw lmdb',
    fill: async (count) => void (await Promise.all(Array.from({ length: count }, (_, key) => put(key)))),
    read: (key) => {
      const found = database.getBinary(database.getBinary(Buffer.from(`i${keyOf(key)}`)) ?? Buffer.alloc(1));
      if (!found || BSON.deserialize(found).seq !== key) throw new Error(`read the wrong record for ${key}`);
      return Promise.resolve();
    },
    insert: async (key) => void (await put(key)),
    close: () => database.close(),
  };
}

interface Measures {
  readonly readMs: number;
  readonly concurrentPerSecond: number;
  readonly sequentialMs: number;
}

async function timed(action: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

async function measure(subject: Subject): Promise<Measures> {
  await subject.fill(documents);
  const readAll = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) await subject.read((n * 7919) % documents);
  };
  let next = documents;
  const insertWith = (workers: number, count: number): Promise<void> => {
    const end = next + count;
    const work = async (): Promise<void> => {
      while (next < end) await subject.insert(next++);
    };
    return Promise.all(Array.from({ length: workers }, work)).then(() => undefined);
  };
  // A short run of each first, so that compilation is not measured.
  await readAll(reads / 5);
  await insertWith(writers, concurrentWrites / 6);
  return {
    readMs: (await timed(() => readAll(reads))) / reads,
    concurrentPerSecond: concurrentWrites / ((await timed(() => insertWith(writers, concurrentWrites))) / 1000),
    sequentialMs: (await timed(() => insertWith(1, sequentialWrites))) / sequentialWrites,
  };
}

const dir = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'));
try {
  const results: Measures[] = [];
  for (const subject of [await createStoreSubject(join(dir, 'store')), createRawSubject(dir)]) {
    results.push(await measure(subject));
    await subject.close();
  }
  const [store, raw] = results as [Measures, Measures];
  const row = (what: string, a: number, b: number, digits: number, ratio: number): Record<string, string> => ({
    what,
    'store through Mongoose': a.toFixed(digits),
    'raw lmdb': b.toFixed(digits),
    ratio: ratio.toFixed(1),
  });
  console.log(
    `${documents} documents of about 300 bytes, ${process.platform} ${process.arch}, Node ${process.versions.node}`,
  );
  console.table([
    row('indexed findOne, ms', store.readMs, raw.readMs, 4, store.readMs / raw.readMs),
    row(
      `durable inserts/s, ${writers} in flight`,
      store.concurrentPerSecond,
      raw.concurrentPerSecond,
      0,
      raw.concurrentPerSecond / store.concurrentPerSecond,
    ),
    row(
      'durable insert one by one, ms',
      store.sequentialMs,
      raw.sequentialMs,
      3,
      store.sequentialMs / raw.sequentialMs,
    ),
  ]);
} finally {
  rmSync(dir, { recursive: true, force: true });
}

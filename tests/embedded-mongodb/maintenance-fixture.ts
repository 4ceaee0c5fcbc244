/** What the tests of the maintenance commands share: the command itself in a process of its own, and data of every kind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, type Document } from 'bson';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';

const program = fileURLToPath(new URL('../../../scripts/store.mjs', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly error: string;
}

export function spawnStoreCommand(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const [[code], output, error] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
  ]);
  return { code, output, error };
}

/** Runs `npm run store -- <args>` to its end. */
export function runStore(...args: readonly string[]): Promise<Outcome> {
  return outcomeOf(spawnStoreCommand(...args));
}

/** The same in a shell that lets no file grow beyond the limit, which to the process is a full disk. */
export function runStoreWithFullDisk(limitKilobytes: number, ...args: readonly string[]): Promise<Outcome> {
  const script = `ulimit -f ${limitKilobytes}; exec "$0" "$@"`;
  return outcomeOf(
    spawn('bash', ['-c', script, process.execPath, program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }),
  );
}

export async function withConnection<T>(uri: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await mongoose.createConnection(uri, { maxPoolSize: 20 }).asPromise();
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

/** Opens the store of a folder for as long as `use` takes. */
export async function withStore<T>(dir: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const store = await startEmbeddedMongo({ dir });
  try {
    return await withConnection(store.uri, use);
  } finally {
    await store.close();
  }
}

/** One document of each type, whose numbers would change their type if they were read as JavaScript numbers. */
const everyType: readonly Document[] = [
  { kind: 'double', value: new Double(5) },
  { kind: 'int', value: new Int32(5) },
  { kind: 'long', value: Long.fromNumber(5) },
  { kind: 'long beyond doubles', value: Long.fromString('9007199254740993') },
  { kind: 'decimal', value: Decimal128.fromString('12.3400') },
  { kind: 'nothing', value: null },
  { kind: 'date', value: new Date(-1) },
  { kind: 'binary', value: new Binary(Buffer.from([0, 255, 7]), 4) },
  { kind: 'regex', value: /^a.b/i },
  { kind: 'timestamp', value: new Timestamp({ t: 7, i: 2 }) },
  { kind: 'keys', value: [new MinKey(), new MaxKey()] },
  { kind: 'order', value: { b: 1, a: new Double(-0), nested: [{ z: [], y: {} }, 'ÄÖ\0Ü'] } },
];

/** Three collections in two databases, with every kind of index. */
export async function fill(connection: Connection, documents = 2_500): Promise<void> {
  const visits = connection.collection('visits');
  await visits.createIndexes([
    { key: { code: 1 }, unique: true },
    { key: { tags: 1, at: -1 }, name: 'by_tag' },
    { key: { state: 1 }, partialFilterExpression: { state: { $gt: 'b' }, count: { $gte: new Double(1) } } },
    { key: { rare: 1 }, sparse: true, hidden: true },
    { key: { at: 1 }, expireAfterSeconds: 3_600 },
  ]);
  const padding = 'x'.repeat(400);
  const rows = Array.from({ length: documents }, (_, n) => ({
    _id: n % 2 === 0 ? n : new ObjectId(),
    code: `c${n}`,
    tags: [`t${n % 7}`, n % 3],
    at: new Date(Date.UTC(2020, 0, 1) + n * 1_000),
    state: 'abc'[n % 3],
    count: Long.fromNumber(n),
    ...(n % 50 === 0 ? { rare: n } : {}),
    padding,
  }));
  await visits.insertMany(rows as Document[]);
  await connection.collection('types').insertMany(everyType.map((document) => ({ ...document })));
  await connection.useDb('second').createCollection('empty');
}

export interface Contents {
  /** By collection: each document as BSON, in hexadecimal, sorted. */
  readonly documents: Readonly<Record<string, readonly string[]>>;
  readonly indexes: Readonly<Record<string, readonly Document[]>>;
}

/** Everything a server holds, read through the driver without decoding. */
export async function readContents(connection: Connection, databases: readonly string[]): Promise<Contents> {
  const documents: Record<string, string[]> = {};
  const indexes: Record<string, Document[]> = {};
  for (const name of databases) {
    const database = connection.useDb(name).getClient().db(name);
    for (const { name: collection } of await database.listCollections({}, { nameOnly: true }).toArray()) {
      const raw = await database.collection(collection).find({}, { raw: true }).toArray();
      const key = `${name}.${collection}`;
      documents[key] = raw.map((bytes) => Buffer.from(bytes as unknown as Uint8Array).toString('hex')).sort();
      const found = await database.collection(collection).listIndexes().toArray();
      indexes[key] = found.map((index) => index as Document).sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
    }
  }
  return { documents, indexes };
}

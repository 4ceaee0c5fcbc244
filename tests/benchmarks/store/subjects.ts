/** What is measured: the store through Mongoose, and raw lmdb with the same values, indexes and flushes. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { BSON } from 'bson';
import mongoose from 'mongoose';
import type { Question, Started } from './store-process.js';

const lmdb = createRequire(import.meta.url)('lmdb') as typeof import('lmdb');

/** Makes a stored document about 300 bytes, like a chat message. */
const text = 'Good morning, do you have a free appointment this afternoon? '.repeat(3);

interface Row {
  readonly key: string;
  readonly seq: number;
  readonly text: string;
}

const keyOf = (seq: number): string => `key-${String(seq).padStart(9, '0')}`;
const rowOf = (seq: number): Row => ({ key: keyOf(seq), seq, text });

export interface Subject {
  fill(count: number): Promise<void>;
  /** By the indexed key; checks that the right document came. */
  read(seq: number): Promise<void>;
  /** Resolves when the document is on disk. */
  insert(seq: number): Promise<void>;
  close(): Promise<void>;
}

export interface StoreSubject extends Subject {
  readonly startMs: number;
  /** Reads every document and finds none. */
  scan(): Promise<void>;
  ask(question: Question): Promise<number>;
}

async function startProcess(dir: string): Promise<{ child: ChildProcess; started: Started }> {
  const child = fork(join(import.meta.dirname, 'store-process.js'), [dir]);
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the store's process ended: ${code}`)));
  const [started] = (await Promise.race([once(child, 'message'), ended])) as [Started];
  ended.catch(() => undefined);
  return { child, started };
}

export async function createStoreSubject(dir: string, poolSize: number): Promise<StoreSubject> {
  const { child, started } = await startProcess(dir);
  const connection = await mongoose.createConnection(started.uri, { maxPoolSize: poolSize }).asPromise();
  const schema = new mongoose.Schema<Row>(
    { key: { type: String, unique: true }, seq: Number, text: String },
    { versionKey: false },
  );
  const Message = connection.model('Message', schema);
  await Message.init();
  const rowsPerBatch = 1_000;
  return {
    startMs: started.startMs,
    fill: async (count) => {
      for (let from = 0; from < count; from += rowsPerBatch) {
        const length = Math.min(rowsPerBatch, count - from);
        await Message.collection.insertMany(Array.from({ length }, (_, at) => rowOf(from + at)));
      }
    },
    read: async (seq) => {
      const found = await Message.findOne({ key: keyOf(seq) }).lean();
      if (found?.seq !== seq) throw new Error(`read ${String(found?.seq)} instead of ${seq}`);
    },
    insert: async (seq) => void (await Message.create(rowOf(seq))),
    scan: async () => {
      const found = await Message.findOne({ text: 'nobody wrote this' }).lean();
      if (found) throw new Error('found what nobody wrote');
    },
    ask: async (question) => {
      const answer = once(child, 'message') as Promise<[number]>;
      child.send(question);
      return (await answer)[0];
    },
    close: async () => {
      await connection.close();
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** One record and one index entry per document, each write acknowledged after its flush. */
export function createRawSubject(file: string): Subject {
  const database = lmdb.open<Buffer, Buffer>({
    path: file,
    noSubdir: true,
    keyEncoding: 'binary',
    encoding: 'binary',
    overlappingSync: false,
  });
  const recordKey = (seq: number): Buffer => Buffer.from(`r${keyOf(seq)}`);
  const indexKey = (seq: number): Buffer => Buffer.from(`i${keyOf(seq)}`);
  const put = (seq: number): Promise<unknown> =>
    database.transaction(() => {
      void database.put(recordKey(seq), Buffer.from(BSON.serialize(rowOf(seq))));
      void database.put(indexKey(seq), recordKey(seq));
    });
  return {
    fill: async (count) => void (await Promise.all(Array.from({ length: count }, (_, seq) => put(seq)))),
    read: (seq) => {
      const found = database.getBinary(database.getBinary(indexKey(seq)) ?? Buffer.alloc(1));
      if (!found || BSON.deserialize(found).seq !== seq) throw new Error(`read the wrong record for ${seq}`);
      return Promise.resolve();
    },
    insert: async (seq) => void (await put(seq)),
    close: () => database.close(),
  };
}

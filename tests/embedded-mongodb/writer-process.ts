/**
 * A process that other tests start, limit and kill. `hold` opens a store and waits; `write` writes as fast as it can;
 * `fill` writes until it is refused, and tries what still works then. Each acknowledged write is reported on the standard
 * output, synchronously, so that what was reported was acknowledged.
 */
import { writeSync } from 'node:fs';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';
import mongoose from 'mongoose';

const [, , mode, dir = '', run = '0'] = process.argv;
const report = (line: string): void => void writeSync(1, `${line}\n`);
const writers = 16;
// A file that may not grow is an error of the write then, as a full disk is, instead of the end of the process.
process.on('SIGXFSZ', () => undefined);

try {
  const store = await startEmbeddedMongo({
    dir,
    onLog: (level, message) => {
      if (level === 'error') report(`log ${message}`);
    },
  });
  report(`ready ${store.uri}`);
  if (mode === 'write') await write(store.uri);
  if (mode === 'fill') await fill(store);
} catch (error) {
  report(`refused ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function write(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri, { maxPoolSize: writers }).asPromise();
  const items = connection.collection<{ _id: string; n: number; tags?: string[]; padding?: string }>('items');
  await items.createIndex({ n: 1 }, { unique: true, partialFilterExpression: { n: { $gt: -1 } } });
  await items.createIndex({ tags: 1, n: -1 });
  await Promise.all(Array.from({ length: writers }, (_, writer) => writeForever(writer)));

  async function writeForever(writer: number): Promise<void> {
    for (let round = 0; ; round++) {
      const id = `${run}-${writer}-${round}`;
      const n = Number(run) * 1e9 + writer * 1e6 + round;
      await items.insertOne({ _id: id, n, tags: [`w${writer}`, `r${round % 7}`], padding: 'x'.repeat(round % 400) });
      report(`inserted ${id}`);
      if (round % 3 === 0) {
        await items.updateOne({ _id: id }, { $set: { tags: ['changed', `w${writer}`], n } });
        report(`changed ${id}`);
      }
      if (round % 5 === 0) {
        await items.deleteOne({ _id: id });
        report(`deleted ${id}`);
      }
      const counter = await items.findOneAndUpdate(
        { _id: `counter-${writer}` },
        { $inc: { n: -1 } },
        { upsert: true, returnDocument: 'after' },
      );
      report(`counted ${writer} ${-(counter?.n ?? 0)}`);
    }
  }
}

async function fill(store: EmbeddedMongo): Promise<void> {
  const connection = await mongoose.createConnection(store.uri, { maxPoolSize: writers }).asPromise();
  const items = connection.collection<{ _id: string; padding: string }>('items');
  const failures = await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let round = 0; ; round++) {
        const id = `${run}-${writer}-${round}`;
        try {
          // One of them makes a collection each time, so that the commit that fails makes one, too.
          if (writer === 0) {
            await connection.collection(`made-${run}-${round}`).insertOne({ n: 1 });
            report(`made ${run}-${round}`);
          }
          await items.insertOne({ _id: id, padding: 'x'.repeat(3000) });
        } catch (error) {
          return error as { code: number; message: string };
        }
        report(`inserted ${id}`);
      }
    }),
  );
  for (const { code, message } of failures) report(`full ${code} ${message}`);
  await connection
    .collection('others')
    .insertOne({ a: 1 })
    .catch(({ code, message }: { code: number; message: string }) => report(`still ${code} ${message}`));
  const names = (await connection.listCollections()).map(({ name }) => name);
  report(`collections ${names.length}`);
  report(`counted ${await items.countDocuments({})}`);
  await connection.close();
  await store.close();
}

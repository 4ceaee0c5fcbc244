/**
 * A process that other tests start and kill. `hold` opens a store and waits; `write` writes as fast as it can and reports
 * each acknowledged write on its standard output, synchronously, so that what was reported was acknowledged.
 */
import { writeSync } from 'node:fs';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';
import mongoose from 'mongoose';

const [, , mode, dir = '', run = '0'] = process.argv;
const report = (line: string): void => void writeSync(1, `${line}\n`);
const writers = 16;

try {
  const store = await startEmbeddedMongo({ dir });
  report(`ready ${store.uri}`);
  if (mode === 'write') await write(store.uri);
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

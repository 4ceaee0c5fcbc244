/** In which order documents come when nothing else says so, and what a folder of another format meets. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { Engine } from '@frontdesk/embedded-mongodb/engine';
import { formatVersion } from '@frontdesk/embedded-mongodb/storage/format';
import { failureOf } from './store-inspection.js';
import { createRandom } from './values.js';

interface Item {
  _id: number;
  group: number;
}

describe('embedded store: order of documents', () => {
  let dir: string;
  let store: EmbeddedMongo;
  let connection: Connection;

  const open = async (): Promise<void> => {
    store = await startEmbeddedMongo({ dir });
    connection = await mongoose.createConnection(store.uri).asPromise();
  };
  const close = async (): Promise<void> => {
    await connection.close();
    await store.close();
  };

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'frontdesk-order-'));
    await open();
  });

  afterEach(async () => {
    await close();
    rmSync(dir, { recursive: true, force: true });
  });

  const items = () => connection.collection<Item>('items');
  const random = createRandom(3);
  const shuffled = Array.from({ length: 200 }, (_, n) => n).sort(() => random.next() - 0.5);
  const idsOf = (found: readonly Item[]): number[] => found.map(({ _id }) => _id);
  const fill = async (): Promise<void> => {
    await items().insertMany(shuffled.map((_id) => ({ _id, group: _id % 4 })));
  };

  it('ES-7: without a sort documents come as they were inserted, also backwards, in batches and after a restart', async () => {
    await fill();
    expect(idsOf(await items().find().toArray())).to.deep.equal(shuffled);
    expect(idsOf(await items().find().batchSize(7).toArray())).to.deep.equal(shuffled);
    expect(idsOf(await items().find().skip(20).limit(50).toArray())).to.deep.equal(shuffled.slice(20, 70));
    const backwards = [...shuffled].reverse();
    expect(idsOf(await items().find().sort({ $natural: -1 }).toArray())).to.deep.equal(backwards);
    expect(idsOf(await items().find().hint({ $natural: -1 }).toArray())).to.deep.equal(backwards);
    await close();
    await open();
    await items().insertOne({ _id: -1, group: 0 });
    expect(idsOf(await items().find().toArray())).to.deep.equal([...shuffled, -1]);
  });

  it('ES-7: a change keeps a document where it is, removing and inserting puts it at the end', async () => {
    await fill();
    const [first = 0, second = 0, ...rest] = shuffled;
    await items().updateOne({ _id: first }, { $set: { group: 9, text: 'x'.repeat(10_000) } });
    await items().deleteOne({ _id: second });
    await items().insertOne({ _id: second, group: 1 });
    expect(idsOf(await items().find().toArray())).to.deep.equal([first, ...rest, second]);
    expect((await items().findOne())?._id).to.equal(first);
  });

  it('ES-7: equal keys of a sort and of an index come in the order of insertion', async () => {
    await fill();
    const grouped = [0, 1, 2, 3].flatMap((group) => shuffled.filter((_id) => _id % 4 === group));
    expect(idsOf(await items().find().sort({ group: 1 }).toArray())).to.deep.equal(grouped);
    expect(idsOf(await items().find().sort({ group: -1 }).limit(10).toArray())).to.deep.equal(
      shuffled.filter((_id) => _id % 4 === 3).slice(0, 10),
    );
    await items().createIndex({ group: 1 });
    expect(idsOf(await items().find().sort({ group: 1 }).toArray())).to.deep.equal(grouped);
    expect(idsOf(await items().find({ group: 2 }).toArray())).to.deep.equal(grouped.slice(100, 150));
  });

  it('ES-8: one document by its _id is found by its key, a sort by _id reads the index, and _id stays unique', async () => {
    await fill();
    const stageOf = async (cursor: mongoose.mongo.FindCursor): Promise<unknown> =>
      ((await cursor.explain()) as { queryPlanner: { winningPlan: unknown } }).queryPlanner.winningPlan;
    expect(await stageOf(items().find({ _id: 3 }))).to.deep.equal({ stage: 'IDHACK' });
    expect(await stageOf(items().find())).to.deep.equal({ stage: 'COLLSCAN', direction: 'forward' });
    expect(await stageOf(items().find().sort({ _id: -1 }))).to.have.nested.include({
      'inputStage.indexName': '_id_',
      'inputStage.direction': 'backward',
    });
    expect(idsOf(await items().find().sort({ _id: 1 }).toArray())).to.deep.equal([...shuffled].sort((a, b) => a - b));
    expect(await failureOf(items().insertOne({ _id: 3, group: 0 })))
      .to.contain('E11000')
      .and.to.contain('_id_');
  });

  it('ES-9: a cursor that waits never meets a later document under the number of a removed one', async () => {
    await fill();
    const cursor = items().find().batchSize(10);
    await cursor.next();
    await items().deleteMany({});
    await items().insertMany([{ _id: 1000, group: 0 }]);
    const rest = idsOf(await cursor.toArray());
    // What was read ahead before the removal, then the new document once.
    expect(rest).to.deep.equal([...shuffled.slice(1, rest.length), 1000]);
    expect(rest.length).to.be.lessThan(100);
  });

  it('ES-2: a folder of another format is refused with both versions and what to do', async () => {
    const mark = Buffer.of(0);
    const cases: [Buffer | undefined, string, string][] = [
      [Buffer.of(formatVersion + 1), `has format ${formatVersion + 1}`, 'A newer release wrote it'],
      [undefined, 'has format 1', 'Export the data with the release that wrote them'],
    ];
    for (const [value, found, remedy] of cases) {
      const other = join(dir, found.replaceAll(' ', '-'));
      const engine = new Engine({ dir: other, durable: true, ttlSweepMs: 3_600_000, log: () => undefined });
      await engine.environment.write(() => {
        engine.ensureCollection('frontdesk.items').insert({ _id: 1 });
        if (value) engine.environment.put(mark, value);
        else engine.environment.remove(mark);
      });
      await engine.close();
      const message = await failureOf(startEmbeddedMongo({ dir: other }));
      expect(message).to.contain(other).and.to.contain(found).and.to.contain(remedy);
      expect(message).to.contain(`this release reads format ${formatVersion}`);
    }
  });
});

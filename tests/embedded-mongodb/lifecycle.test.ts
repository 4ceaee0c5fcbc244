/** What happens at the edges: closing under load, indexes that come and go while queries run, several stores at once. */
import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { startTestDatabase, type TestDatabase } from '../support/database.js';

describe('embedded store: lifecycle', () => {
  it('ES-9: closing under load ends every command and never the process; a second close is the same close', async function () {
    this.timeout(30_000);
    for (let round = 0; round < 3; round++) {
      const store = await startEmbeddedMongo({ ephemeral: true });
      const connection = await mongoose
        .createConnection(store.uri, { maxPoolSize: 20, serverSelectionTimeoutMS: 500 })
        .asPromise();
      const items = connection.collection('items');
      await items.insertMany(Array.from({ length: 1000 }, (_, n) => ({ n })));
      let isClosing = false;
      const busy = Array.from({ length: 10 }, async (_, worker) => {
        while (!isClosing) {
          if (worker % 2 === 0) await items.updateMany({ n: { $gte: 0 } }, { $inc: { hits: 1 } });
          else await items.find({ text: 'none' }).toArray();
        }
      });
      const ended = Promise.allSettled(busy);
      await items.findOne();
      isClosing = true;
      await Promise.all([store.close(), store.close()]);
      await ended;
      await connection.close();
    }
  });

  it('several stores in one process keep their data apart', async () => {
    const stores: EmbeddedMongo[] = await Promise.all([1, 2, 3].map(() => startEmbeddedMongo({ ephemeral: true })));
    expect(new Set(stores.map(({ uri }) => uri)).size).to.equal(3);
    for (const [n, { uri }] of stores.entries()) {
      const connection = await mongoose.createConnection(uri).asPromise();
      await connection.collection('things').insertOne({ n });
      expect((await connection.collection('things').find().toArray()).map((thing) => thing.n as number)).to.deep.equal([
        n,
      ]);
      await connection.close();
    }
    await Promise.all(stores.map((store) => store.close()));
  });

  describe('with a database', () => {
    let database: TestDatabase;
    let connection: Connection;

    before(async () => {
      database = await startTestDatabase();
      connection = await mongoose.createConnection(database.uri, { maxPoolSize: 10 }).asPromise();
    });

    after(async () => {
      await connection.close();
      await database.close();
    });

    it('ES-8: queries give the same while an index is built, dropped and built again', async function () {
      this.timeout(20_000);
      const items = connection.collection<{ a: number; b: number }>('indexed');
      await items.insertMany(Array.from({ length: 2000 }, (_, n) => ({ a: n % 10, b: n })));
      let isRunning = true;
      const counts = new Set<number>();
      const readers = Array.from({ length: 6 }, async () => {
        while (isRunning) {
          const found = await items
            .find({ a: 3 })
            .toArray()
            .catch((error: { code: number }) => error.code);
          // A query whose index is dropped below it is refused with 175, never answered in part.
          counts.add(typeof found === 'number' ? found : found.length);
        }
      });
      for (let round = 0; round < 8; round++) {
        await items.createIndex({ a: 1, b: -1 });
        await items.dropIndex('a_1_b_-1');
      }
      isRunning = false;
      await Promise.all(readers);
      counts.delete(175);
      expect([...counts]).to.deep.equal([200]);
    });

    it('ES-9: a cursor whose index or collection is dropped is refused with 175, never ended as if complete', async () => {
      for (const drop of ['index', 'collection'] as const) {
        const items = connection.collection<{ a: number }>(`dropped_${drop}`);
        await items.createIndex({ a: 1 });
        await items.insertMany(Array.from({ length: 300 }, (_, a) => ({ a })));
        const cursor = items.find({ a: { $gte: 0 } }).batchSize(10);
        await cursor.next();
        await (drop === 'index' ? items.dropIndex('a_1') : items.drop());
        const code = await cursor.toArray().then(
          (rest) => rest.length,
          (error: { code: number }) => error.code,
        );
        expect(code, drop).to.equal(175);
      }
    });

    it('ES-4: a unique index is not built over duplicates, and leaves no trace of the attempt', async () => {
      const items = connection.collection('duplicates');
      await items.insertMany([{ a: 1 }, { a: 2 }, { a: 1 }]);
      const code = await items.createIndex({ a: 1 }, { unique: true }).then(
        () => 0,
        (error: { code: number }) => error.code,
      );
      expect(code).to.equal(11000);
      expect((await items.indexes()).map(({ name }) => name)).to.deep.equal(['_id_']);
      await items.insertOne({ a: 1 });
      expect(await items.countDocuments({ a: 1 })).to.equal(3);
    });

    it('ES-4: of indexes that are asked for together all are built, or none', async () => {
      const items = connection.collection('together');
      await items.insertMany([
        { a: 1, b: 1 },
        { a: 2, b: 1 },
      ]);
      const code = await items.createIndexes([{ key: { a: 1 } }, { key: { b: 1 }, unique: true }]).then(
        () => 0,
        (error: { code: number }) => error.code,
      );
      expect(code).to.equal(11000);
      expect((await items.indexes()).map(({ name }) => name)).to.deep.equal(['_id_']);
      await items.createIndex({ a: 1 });
      const { queryPlanner } = (await items.find({ a: 1 }).explain()) as { queryPlanner: { winningPlan: unknown } };
      expect(JSON.stringify(queryPlanner.winningPlan)).to.contain('a_1');
    });

    it('ES-4: an unordered batch stores what it can and names each duplicate, an ordered one stops', async () => {
      const items = connection.collection<{ _id: number }>('batches');
      const batch = [1, 2, 2, 3, 1, 4].map((_id) => ({ _id }));
      const unordered = await items
        .insertMany(batch, { ordered: false })
        .catch((error: unknown) => error as mongoose.mongo.MongoBulkWriteError);
      expect((unordered as mongoose.mongo.MongoBulkWriteError).writeErrors).to.have.length(2);
      expect(await items.countDocuments()).to.equal(4);
      await items.deleteMany({});
      await items.insertMany(batch).catch(() => undefined);
      expect(await items.countDocuments()).to.equal(2);
    });

    it('ES-5: an error of one writer leaves the writers beside it alone', async () => {
      const items = connection.collection<{ _id: number; key?: string }>('neighbours');
      await items.createIndex({ key: 1 }, { unique: true, sparse: true });
      await items.insertOne({ _id: 0, key: 'taken' });
      const results = await Promise.allSettled(
        Array.from({ length: 60 }, (_, at) =>
          at % 2 === 0
            ? items.findOneAndUpdate({ _id: at + 1 }, { $set: { key: 'taken' } }, { upsert: true })
            : items.findOneAndUpdate({ _id: at + 1 }, { $set: { key: `key ${at}` } }, { upsert: true }),
        ),
      );
      expect(results.map(({ status }) => status)).to.deep.equal(
        results.map((_, at) => (at % 2 === 0 ? 'rejected' : 'fulfilled')),
      );
      expect(await items.countDocuments()).to.equal(31);
    });

    it('ES-7: distinct takes the elements of arrays, and arrays inside them whole', async () => {
      const items = connection.collection('distinct');
      await items.insertMany([{ a: 1 }, { a: [1, 2, [3]] }, { a: null }, { b: 1 }]);
      expect(await items.distinct('a')).to.deep.equal([null, 1, 2, [3]]);
    });
  });
});

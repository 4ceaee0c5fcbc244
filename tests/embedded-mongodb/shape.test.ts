import { EJSON, type Document } from 'bson';
import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { ascending, computedCases, projectionCases, sortCases } from './shape-cases.js';

describe('embedded store: projection and sort', () => {
  let database: TestDatabase;
  let connection: Connection;

  before(async () => {
    database = await startTestDatabase();
    connection = await mongoose.createConnection(database.uri).asPromise();
  });

  after(async () => {
    await connection.close();
    await database.close();
  });

  const total = projectionCases.length + computedCases.length + sortCases.length;

  const cases = [...projectionCases, ...computedCases];

  const readers = {
    find: (filter: Document, projection: Document) =>
      connection.collection<Document>('projections').findOne(filter, { projection }),
    findAndModify: (filter: Document, projection: Document) =>
      connection.collection<Document>('projections').findOneAndUpdate(filter, { $set: { later: 1 } }, { projection }),
  };

  for (const [command, read] of Object.entries(readers)) {
    it(`ES-7 ${cases.length} projections by ${command}, of at least 40 cases with the sorts`, async () => {
      expect(total).to.be.at.least(40);
      const collection = connection.collection<Document>('projections');
      const wrong: string[] = [];
      for (const [document, projection, expected, filter] of cases) {
        await collection.deleteMany({});
        await collection.insertOne({ ...document });
        const actual = await read(filter ?? {}, projection).then(
          (found) => EJSON.stringify(found),
          (error: { code?: number }) => error.code,
        );
        const wanted = typeof expected === 'number' ? expected : EJSON.stringify(expected);
        if (actual !== wanted) wrong.push(`${EJSON.stringify(projection)}: ${String(actual)}, expected ${wanted}`);
      }
      expect(wrong).to.deep.equal([]);
    });
  }

  for (const withIndex of [false, true]) {
    it(`ES-7 values of all types sort in BSON order, both ways, ${withIndex ? 'by an index' : 'in memory'}`, async () => {
      const collection = connection.collection<Document>(`order_${withIndex ? 'indexed' : 'plain'}`);
      if (withIndex) await collection.createIndex({ v: 1 });
      const shuffled = ascending
        .map((v, at) => ({ v, at }))
        .sort((a, b) => ((a.at * 7919) % 101) - ((b.at * 7919) % 101));
      await collection.insertMany(shuffled);
      const up = await collection.find().sort({ v: 1 }).toArray();
      expect(up.map((document) => document.at as number)).to.deep.equal(ascending.map((_, at) => at));
      const down = await collection.find().sort({ v: -1 }).toArray();
      expect(down.map((document) => document.at as number)).to.deep.equal(ascending.map((_, at) => at).reverse());
    });

    it(`ES-7 ${sortCases.length} sorts ${withIndex ? 'with' : 'without'} an index`, async () => {
      const wrong: string[] = [];
      for (const [at, [documents, sort, expected]] of sortCases.entries()) {
        const collection = connection.collection<Document>(`sorts_${at}_${withIndex ? 'indexed' : 'plain'}`);
        if (withIndex && !('_id' in sort)) await collection.createIndex(sort);
        await collection.insertMany(documents.map((document) => ({ ...document }) as never));
        const actual = (
          await collection
            .find()
            .sort(sort as never)
            .toArray()
        ).map((document) => Number(document._id));
        if (actual.join() !== expected.join())
          wrong.push(
            `${EJSON.stringify(documents)} by ${EJSON.stringify(sort)}: ${actual.join()}, expected ${expected.join()}`,
          );
      }
      expect(wrong).to.deep.equal([]);
    });
  }

  it('ES-7 skip, limit, negative limit and batches return the documents once and in order', async () => {
    const collection = connection.collection<{ _id: number }>('pages');
    await collection.insertMany(Array.from({ length: 500 }, (_, _id) => ({ _id })));
    const ids = async (cursor: { toArray(): Promise<{ _id: number }[]> }): Promise<number[]> =>
      (await cursor.toArray()).map(({ _id }) => _id);
    expect(await ids(collection.find().sort({ _id: 1 }).skip(10).limit(3))).to.deep.equal([10, 11, 12]);
    expect(await ids(collection.find().sort({ _id: -1 }).skip(498))).to.deep.equal([1, 0]);
    expect(await ids(collection.find().sort({ _id: 1 }).limit(-2))).to.deep.equal([0, 1]);
    expect(await ids(collection.find().sort({ _id: 1 }).batchSize(7))).to.deep.equal(
      Array.from({ length: 500 }, (_, at) => at),
    );
    expect(await ids(collection.find().sort({ missing: 1, _id: -1 }).batchSize(7).limit(20))).to.deep.equal(
      Array.from({ length: 20 }, (_, at) => 499 - at),
    );
  });
});

import { expect } from 'chai';
import type { Document } from 'bson';
import mongoose, { type Connection } from 'mongoose';
import { startTestDatabase, type TestDatabase } from '../support/database.js';

describe('embedded store: _id and names with dollars in updates', () => {
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

  const codeOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 0,
      (error: { code?: number }) => error.code,
    );

  const updates: readonly Document[] = [
    { $set: { '_id.a': 'z' } },
    { $set: { '_id.new': 1 } },
    { $set: { _id: { a: 'z' } } },
    { $set: { _id: { b: 'b', a: 'a', c: 5, list: [1] } } },
    { $unset: { '_id.b': 1 } },
    { $unset: { _id: 1 } },
    { $inc: { '_id.c': 1 } },
    { $mul: { '_id.c': 2 } },
    { $push: { '_id.list': 1 } },
    { $set: { '_id.list.0': 2 } },
    { $pull: { '_id.list': 1 } },
    { $min: { '_id.c': 0 } },
    { $currentDate: { '_id.d': true } },
    { $rename: { '_id.b': 'q' } },
    { $rename: { f: '_id.f' } },
  ];

  for (const method of ['updateOne', 'updateMany', 'findOneAndUpdate'] as const) {
    it(`ES-7 ${method} changes no part of an _id that is a document`, async () => {
      const collection = connection.collection<Document>(`identity_${method}`);
      const stored = { _id: { a: 'a', b: 'b', c: 5, list: [1] } as never, f: 1 };
      await collection.insertOne(stored);
      for (const update of updates) {
        expect(await codeOf(collection[method]({}, update)), JSON.stringify(update)).to.equal(66);
        expect(await collection.findOne({ _id: stored._id }), JSON.stringify(update)).to.deep.equal(stored);
      }
      expect(await codeOf(collection[method]({}, { $set: { '_id.a': 'a', _f: 1 } }))).to.equal(0);
      expect(await codeOf(collection[method]({}, { $set: { _id: stored._id } }))).to.equal(0);
    });
  }

  it('ES-7 an upsert takes parts of an _id from its filter, and its update changes none of them', async () => {
    const collection = connection.collection<Document>('upserted_identity');
    for (const update of [{ $setOnInsert: { '_id.b': 1 } }, { $setOnInsert: { _id: { a: 4, b: 1 } } }])
      expect(await codeOf(collection.updateOne({ '_id.a': 4 }, update, { upsert: true }))).to.equal(66);
    expect(await codeOf(collection.replaceOne({ '_id.a': 4 }, { b: 1 }, { upsert: true }))).to.equal(111);
    expect(await collection.countDocuments({})).to.equal(0);
    await collection.updateOne({ '_id.x': 1, '_id.y': 2 }, { $set: { a: 1 } }, { upsert: true });
    expect(await collection.findOne({})).to.deep.equal({ _id: { x: 1, y: 2 }, a: 1 });
  });

  it('ES-7 an upsert inserts names with dollars, and the same update of a document that exists is refused', async () => {
    const collection = connection.collection<Document>('dollars');
    const hotel = (price: number): Promise<unknown> =>
      collection.updateOne({ day: 1 }, { $set: { phone: 25, $hotel: price } }, { upsert: true });
    const replace = (): Promise<unknown> =>
      collection.replaceOne({ _id: 2 as never }, { a: 1, $b: 2 }, { upsert: true });
    expect([await codeOf(hotel(320)), await codeOf(replace())]).to.deep.equal([0, 0]);
    expect(await collection.findOne({ day: 1 }, { projection: { _id: 0 } })).to.deep.equal({
      day: 1,
      $hotel: 320,
      phone: 25,
    });
    await collection.updateOne({ day: 1 }, { $set: { phone: 1 } });
    expect([await codeOf(hotel(99)), await codeOf(replace())]).to.deep.equal([52, 52]);
    expect(await collection.findOne({ _id: 2 as never })).to.deep.equal({ _id: 2, a: 1, $b: 2 });
  });
});

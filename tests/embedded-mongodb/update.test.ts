import { BSON, EJSON, type Document } from 'bson';
import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { arrayUpdateCases } from './update-array-cases.js';
import { fieldUpdateCases, type UpdateCase } from './update-cases.js';

/** With types, so that int 1 and double 1 differ. */
const exact = (document: Document): string => EJSON.stringify(document, { relaxed: false });

describe('embedded store: updates', () => {
  let database: TestDatabase;
  let connection: Connection;
  let next = 0;

  before(async () => {
    database = await startTestDatabase();
    connection = await mongoose.createConnection(database.uri).asPromise();
  });

  after(async () => {
    await connection.close();
    await database.close();
  });

  /** The driver checks updates before it sends them, so the command goes out as it is written. */
  async function run([document, update, , options]: UpdateCase): Promise<string | number> {
    const _id = next++;
    const db = connection.db;
    if (!db) throw new Error('not connected');
    const collection = db.collection('cases', { promoteValues: false, ignoreUndefined: false });
    await collection.insertOne({ _id: _id as never, ...document });
    const statement = {
      q: { _id, ...options?.filter },
      u: update,
      ...(options?.arrayFilters ? { arrayFilters: options.arrayFilters } : {}),
      ...(options?.constants ? { c: options.constants } : {}),
    };
    const variables = options?.variables ? { let: options.variables } : {};
    const reply: Document = await db.command({ update: 'cases', updates: [statement], ...variables });
    const refused = (reply.writeErrors as Document[] | undefined)?.[0];
    const { _id: _ignored, ...stored } = (await collection.findOne({ _id: _id as never })) ?? {};
    if (refused) {
      expect(exact(stored), 'a refused update changes nothing').to.equal(exact(document));
      return Number(refused.code);
    }
    return exact(stored);
  }

  const updateCases = { ...fieldUpdateCases, ...arrayUpdateCases };
  const total = Object.values(updateCases).flat().length;

  it('ES-7 the update table has at least 120 cases', () => {
    expect(total).to.be.at.least(120);
  });

  for (const [group, cases] of Object.entries(updateCases)) {
    it(`ES-7 ${group}: ${cases.length} updates`, async () => {
      const wrong: string[] = [];
      for (const one of cases) {
        const wanted =
          typeof one[2] === 'number'
            ? one[2]
            : exact(BSON.deserialize(BSON.serialize(one[2]), { promoteValues: false }));
        const actual = await run(one);
        if (actual !== wanted)
          wrong.push(`${EJSON.stringify(one[0])} with ${EJSON.stringify(one[1])}: ${actual}, expected ${wanted}`);
      }
      expect(wrong).to.deep.equal([]);
    });
  }

  it('ES-7 $currentDate sets a date or a timestamp', async () => {
    const collection = connection.collection<Document>('dates');
    await collection.insertOne({ _id: 1 as never });
    const before = Date.now();
    await collection.updateOne(
      {},
      { $currentDate: { a: true, b: { $type: 'date' }, c: { $type: 'timestamp' } } as never },
    );
    const stored: Document = (await collection.findOne({})) ?? {};
    expect((stored.a as Date).getTime()).to.be.within(before - 1000, Date.now() + 1000);
    expect(stored.b).to.be.instanceOf(Date);
    expect((stored.c as { _bsontype: string })._bsontype).to.equal('Timestamp');
  });

  it('ES-7 an upsert takes the equalities of its filter, then the update', async () => {
    const collection = connection.collection<Document>('upserts');
    const cases: readonly (readonly [Document, Document, Document])[] = [
      [{ a: 1, b: { $gt: 5 } }, { $set: { c: 1 } }, { a: 1, c: 1 }],
      [{ a: { $eq: 1 } }, { $inc: { n: 2 } }, { a: 1, n: 2 }],
      [{ 'a.b': 1 }, { $set: { 'a.c': 2 } }, { a: { b: 1, c: 2 } }],
      [{ $and: [{ a: 1 }, { b: 2 }] }, { $set: { c: 3 } }, { a: 1, b: 2, c: 3 }],
      [{ $or: [{ a: 1 }] }, { $set: { c: 3 } }, { a: 1, c: 3 }],
      [{ $or: [{ a: 1 }, { b: 2 }] }, { $set: { c: 3 } }, { c: 3 }],
      [{ a: { $lt: 1 } }, { $setOnInsert: { c: 3 } }, { c: 3 }],
      [{ a: 7 }, { $set: { a: 8 } }, { a: 8 }],
      [{ a: 1 }, { $push: { l: 1 } }, { a: 1, l: [1] }],
      [{ z: 1, a: 1 }, { $set: { m: 1 } }, { a: 1, z: 1, m: 1 }],
      [{ 'a.b.c': 1, 'a.b.d': 2 }, { $set: { x: 1 } }, { a: { b: { c: 1, d: 2 } }, x: 1 }],
      [{ a: { $in: [1] } }, { $set: { x: 1 } }, { a: 1, x: 1 }],
      [{ a: { $all: [1] } }, { $set: { x: 1 } }, { a: 1, x: 1 }],
      [{ a: { $in: [1, 2] } }, { $set: { x: 1 } }, { x: 1 }],
      [{ a: null }, { $set: { x: 1 } }, { a: null, x: 1 }],
      [{ l: [1, 2] }, { $set: { 'l.$[]': 0 } }, { l: [0, 0] }],
      [{ a: { b: 1 } }, { $set: { 'a.c': 2 } }, { a: { b: 1, c: 2 } }],
      [
        { a: 1, n: { $ne: 2 } },
        { $inc: { a: 1 }, $setOnInsert: { 's.t': 1 } },
        { a: 2, s: { t: 1 } },
      ],
    ];
    for (const [filter, update, expected] of cases) {
      await collection.deleteMany({});
      const result = await collection.updateOne(filter, update, { upsert: true });
      const { _id, ...stored } = (await collection.findOne({})) ?? {};
      expect(EJSON.stringify(stored), EJSON.stringify(filter)).to.equal(EJSON.stringify(expected));
      expect(result.upsertedId).to.deep.equal(_id);
    }
  });

  it('ES-7 an upsert that its filter contradicts is refused, and inserts nothing', async () => {
    const collection = connection.collection<Document>('contradictions');
    const cases: readonly (readonly [Document, Document, number])[] = [
      [{ a: 1, 'a.b': 2 }, { $set: { x: 1 } }, 54],
      [{ $and: [{ a: 1 }, { a: 2 }] }, { $set: { x: 1 } }, 54],
      [{ a: 1 }, { $set: { 'a.b': 1 } }, 28],
      [{ _id: 1 }, { $set: { _id: 2 } }, 66],
      [{ a: 1 }, { $set: { 'l.$': 1 } }, 2],
      [{ a: 1 }, { $set: { x: 1 }, $setOnInsert: { x: 2 } }, 40],
      [{ $expr: { $eq: ['$a', 1] } }, { $set: { x: 1 } }, 224],
    ];
    for (const [filter, update, expected] of cases) {
      const code = await collection.updateOne(filter, update, { upsert: true }).then(
        () => 0,
        (error: { code: number }) => error.code,
      );
      expect(code, EJSON.stringify([filter, update])).to.equal(expected);
    }
    expect(
      await collection
        .replaceOne({ '_id.a': 1 }, { b: 1 }, { upsert: true })
        .catch((error: { code: number }) => error.code),
    ).to.equal(111);
    expect(await collection.countDocuments({})).to.equal(0);
  });

  it('ES-7 a pipeline updates many, upserts, and works in findOneAndUpdate and bulkWrite', async () => {
    const collection = connection.collection<Document>('pipelines');
    await collection.insertMany([{ _id: 1, n: 1 } as never, { _id: 2, n: 2 } as never, { _id: 3, n: 4 } as never]);
    const double = [{ $set: { n: { $add: ['$n', '$n'] } } }];
    expect(await collection.updateMany({ n: { $gt: 1 } }, double)).to.include({ matchedCount: 2, modifiedCount: 2 });
    const after = await collection.findOneAndUpdate({ _id: 3 as never }, [{ $set: { was: '$n', n: '$$by' } }], {
      returnDocument: 'after',
      let: { by: 5 },
    });
    expect(after).to.deep.equal({ _id: 3, n: 5, was: 8 });
    await collection.updateOne({ _id: 4 as never, b: 2 }, [{ $set: { c: { $add: ['$b', 1] } } }], { upsert: true });
    expect(await collection.findOne({ _id: 4 as never })).to.deep.equal({ _id: 4, b: 2, c: 3 });
    await collection.bulkWrite([
      { updateOne: { filter: { _id: 1 as never }, update: [{ $replaceWith: { only: '$n' } }] } },
    ]);
    expect(await collection.findOne({ _id: 1 as never })).to.deep.equal({ _id: 1, only: 1 });
  });

  it('ES-7 replacing keeps _id, refuses another one, and an upserted replacement takes the _id of the filter', async () => {
    const collection = connection.collection<{ _id: number; a?: number; b?: number }>('replacements');
    await collection.insertOne({ _id: 1, a: 1 });
    await collection.replaceOne({ _id: 1 }, { b: 2 });
    expect(await collection.findOne({ _id: 1 })).to.deep.equal({ _id: 1, b: 2 });
    const code = await collection.replaceOne({ _id: 1 }, { _id: 2, b: 3 } as never).then(
      () => 0,
      (error: { code: number }) => error.code,
    );
    expect(code).to.equal(66);
    await collection.replaceOne({ _id: 5 }, { b: 2 }, { upsert: true });
    expect(await collection.findOne({ _id: 5 })).to.deep.equal({ _id: 5, b: 2 });
  });

  it('ES-7 an update that makes a document longer than 16 MB is refused', async () => {
    const collection = connection.collection<Document>('long');
    const half = 'x'.repeat(9 * 1024 * 1024);
    await collection.insertOne({ _id: 1 as never, half });
    for (const update of [[{ $set: { other: '$half' } }], { $set: { other: half } }]) {
      const code = await collection.updateOne({}, update).catch((error: { code: number }) => error.code);
      expect(code).to.equal(17419);
    }
    expect(await collection.countDocuments({ other: { $exists: true } })).to.equal(0);
  });

  it('ES-7 counts say what matched and what changed', async () => {
    const collection = connection.collection<{ _id: number; a: number }>('counts');
    await collection.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
      { _id: 3, a: 2 },
    ]);
    expect(await collection.updateMany({}, { $set: { a: 1 } })).to.include({ matchedCount: 3, modifiedCount: 1 });
    expect(await collection.updateOne({ a: 9 }, { $set: { a: 1 } })).to.include({ matchedCount: 0, modifiedCount: 0 });
    expect(await collection.deleteMany({ _id: { $gt: 1 } })).to.include({ deletedCount: 2 });
  });

  it('ES-7 int, long and double stay what they were when another field changes', async () => {
    const collection = connection.collection<Document>('types', { promoteValues: false });
    await collection.insertOne(
      BSON.deserialize(BSON.serialize({ _id: 1, i: 5, d: new BSON.Double(5), l: BSON.Long.fromNumber(5) }), {
        promoteValues: false,
      }),
    );
    await collection.updateOne({ _id: 1 as never }, { $set: { x: 1 } });
    const types: unknown[] = [];
    for (const [field, type] of Object.entries({ i: 'int', d: 'double', l: 'long' })) {
      types.push(await collection.countDocuments({ [field]: { $type: type } }));
    }
    expect(types.map(Number)).to.deep.equal([1, 1, 1]);
  });
});

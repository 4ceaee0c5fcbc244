/** `bulkWrite` as the driver sends it (`MongoClient.bulkWrite`), and by hand where the driver would not. */
import type { Document } from 'bson';
import { expect } from 'chai';
import mongoose, { type Connection, type mongo } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';

/** The driver's types know one schema for all collections; these rows have several. */
type Models = readonly Document[];

describe('embedded store: bulkWrite', () => {
  let store: EmbeddedMongo;
  let connection: Connection;
  let client: mongo.MongoClient;

  before(async () => {
    store = await startEmbeddedMongo({ ephemeral: true });
    connection = await mongoose.createConnection(store.uri).asPromise();
    client = connection.getClient();
  });

  beforeEach(async () => {
    await connection.dropDatabase();
    await connection
      .collection<Document>('rows')
      .insertMany([1, 2, 3].map((n) => ({ _id: n as never, n, list: [n, n + 1] })));
  });

  after(async () => {
    await connection.close();
    await store.close();
  });

  const rows = 'frontdesk.rows';
  const stored = (name = 'rows'): Promise<Document[]> =>
    connection.collection(name).find().sort({ _id: 1 }).project({ list: 0 }).toArray();
  const command = (body: Document): Promise<Document> => client.db('admin').command(body);
  const codeOf = (error: { code?: unknown }): unknown => error.code;

  const everything: Models = [
    { name: 'insertOne', namespace: rows, document: { _id: 4, n: 4 } },
    { name: 'insertOne', namespace: 'frontdesk.others', document: { _id: 'x' } },
    { name: 'updateOne', namespace: rows, filter: { n: 1 }, update: { $inc: { n: 10 } } },
    { name: 'updateMany', namespace: rows, filter: { n: { $gte: 3 } }, update: { $set: { big: true } } },
    { name: 'replaceOne', namespace: rows, filter: { _id: 2 }, replacement: { n: 22 } },
    { name: 'updateOne', namespace: rows, filter: { _id: 9 }, update: { $set: { n: 9 } }, upsert: true },
    { name: 'deleteOne', namespace: rows, filter: { n: 4 } },
    { name: 'deleteMany', namespace: rows, filter: { big: true, _id: { $lt: 3 } } },
  ];

  it('ES-7 runs every kind of write on several collections, and reports each when asked to', async () => {
    const result = await client.bulkWrite(everything as never, { verboseResults: true });
    expect(result).to.include({
      acknowledged: true,
      insertedCount: 2,
      upsertedCount: 1,
      matchedCount: 5,
      modifiedCount: 5,
      deletedCount: 2,
    });
    expect([...(result.insertResults ?? [])]).to.deep.equal([
      [0, { insertedId: 4 }],
      [1, { insertedId: 'x' }],
    ]);
    expect([...(result.updateResults ?? [])]).to.deep.equal([
      [2, { matchedCount: 1, modifiedCount: 1, didUpsert: false }],
      [3, { matchedCount: 3, modifiedCount: 3, didUpsert: false }],
      [4, { matchedCount: 1, modifiedCount: 1, didUpsert: false }],
      [5, { matchedCount: 1, modifiedCount: 0, didUpsert: true, upsertedId: 9 }],
    ]);
    expect([...(result.deleteResults ?? [])]).to.deep.equal([
      [6, { deletedCount: 1 }],
      [7, { deletedCount: 1 }],
    ]);
    expect(await stored()).to.deep.equal([
      { _id: 2, n: 22 },
      { _id: 3, n: 3, big: true },
      { _id: 9, n: 9 },
    ]);
    expect(await stored('others')).to.deep.equal([{ _id: 'x' }]);
  });

  it('ES-7 gives counts alone when no results are asked for, and nothing without acknowledgement', async () => {
    const result = await client.bulkWrite(everything as never);
    expect(result).to.include({ insertedCount: 2, matchedCount: 5, deletedCount: 2 });
    expect(result.insertResults).to.equal(undefined);
    const quiet = await client.bulkWrite(
      [{ name: 'insertOne', namespace: 'frontdesk.quiet', document: { _id: 1 as never } }],
      { ordered: false, writeConcern: { w: 0 } },
    );
    expect(quiet.acknowledged).to.equal(false);
    while ((await stored('quiet')).length === 0) await new Promise((resolve) => setImmediate(resolve));
  });

  const withDuplicates: Models = [
    { name: 'insertOne', namespace: rows, document: { _id: 10 } },
    { name: 'insertOne', namespace: rows, document: { _id: 1 } },
    { name: 'updateOne', namespace: rows, filter: { _id: 2 }, update: { $inc: { list: 1 } } },
    { name: 'insertOne', namespace: rows, document: { _id: 11 } },
  ];

  async function failure(models: Models, options: mongo.ClientBulkWriteOptions): Promise<Document> {
    return client.bulkWrite(models as never, options).then(
      () => expect.fail('the bulk write went through'),
      (error: Document) => error,
    );
  }

  it('ES-7 an ordered one stops at the first failure, which names its place and code', async () => {
    const error = await failure(withDuplicates, { verboseResults: true });
    const errors = [...(error.writeErrors as Map<number, { code: number; message: string }>)];
    expect(errors.map(([index, { code }]) => [index, code])).to.deep.equal([[1, 11000]]);
    expect(errors[0]?.[1].message).to.contain('dup key: { _id: 1 }');
    expect(error.partialResult).to.include({ insertedCount: 1 });
    expect((await stored()).map(({ _id }) => _id as number)).to.deep.equal([1, 2, 3, 10]);
  });

  it('ES-7 a failing update of many is reported with no document, whatever it had changed before', async () => {
    const ops = [{ update: 0, filter: {}, updateMods: { $set: { n: 5 } }, multi: true }];
    await connection.collection('rows').createIndex({ n: 1 }, { unique: true });
    const reply = await command({ bulkWrite: 1, ops, nsInfo: [{ ns: rows }] });
    expect(reply).to.include({ nErrors: 1, nMatched: 0, nModified: 0 });
    expect((reply.cursor as { firstBatch: Document[] }).firstBatch[0]).to.include({ ok: 0, code: 11000, n: 0 });
  });

  it('ES-7 an upsert with $expr in its filter is refused with 224, whatever kind of update it is', async () => {
    const filter = { $and: [{ q: 1 }, { $expr: { $eq: ['$q', 2] } }] };
    const wanted = '$expr is not allowed in the query predicate for an upsert';
    for (const update of [{ $set: { z: 1 } }, [{ $set: { z: 1 } }]]) {
      const model = { name: 'updateOne', namespace: rows, filter, update, upsert: true };
      const error = await failure([model], {});
      const [own] = [...(error.writeErrors as Map<number, { code: number; message: string }>).values()];
      expect([own?.code, own?.message]).to.deep.equal([224, wanted]);
      for (const method of ['updateOne', 'updateMany', 'findOneAndUpdate'] as const) {
        const target = connection.collection<Document>('rows');
        const refused = await target[method](filter, update, { upsert: true }).catch((reason: Document) => reason);
        expect(refused).to.include({ code: 224, message: wanted });
      }
    }
    expect(await connection.collection('rows').countDocuments({})).to.equal(3);
  });

  it('ES-7 an unordered one goes on after failures', async () => {
    const error = await failure(withDuplicates, { ordered: false, verboseResults: true });
    const errors = [...(error.writeErrors as Map<number, { code: number }>)];
    expect(errors.map(([index, { code }]) => [index, code])).to.deep.equal([
      [1, 11000],
      [2, 14],
    ]);
    expect(error.partialResult).to.include({ insertedCount: 2 });
    expect((await stored()).map(({ _id }) => _id as number)).to.deep.equal([1, 2, 3, 10, 11]);
  });

  it('ES-7 array filters, hints, sorts, collations and variables of each operation are followed', async () => {
    const collection = connection.collection<Document>('rows');
    await collection.createIndex({ n: 1 });
    await collection.insertOne({ _id: 'Text' as never, n: 0 });
    const result = await client.bulkWrite(
      [
        {
          name: 'updateMany',
          namespace: rows,
          filter: { list: { $exists: true } },
          update: { $set: { 'list.$[few]': 0 } },
          arrayFilters: [{ few: { $lt: 3 } }],
        },
        { name: 'updateOne', namespace: rows, filter: { n: 1 }, update: { $set: { hinted: 1 } }, hint: 'n_1' },
        { name: 'updateOne', namespace: rows, filter: {}, update: { $set: { last: true } }, sort: { n: -1 } },
        {
          name: 'updateOne',
          namespace: rows,
          filter: { _id: 'TEXT' },
          update: { $set: { found: 1 } },
          collation: { locale: 'en', strength: 2 },
        },
        { name: 'deleteOne', namespace: rows, filter: { $expr: { $eq: ['$n', '$$two'] } } },
      ] as never,
      { let: { two: 2 }, comment: 'together', bypassDocumentValidation: true },
    );
    expect(result).to.include({ matchedCount: 6, modifiedCount: 5, deletedCount: 1 });
    expect(await collection.find().sort({ n: 1 }).toArray()).to.deep.equal([
      { _id: 'Text', n: 0, found: 1 },
      { _id: 1, n: 1, list: [0, 0], hinted: 1 },
      { _id: 3, n: 3, list: [3, 4], last: true },
    ]);
  });

  it('ES-7 a batch above the limits is split by the driver, and its results come in several batches', async function () {
    this.timeout(60_000);
    const many = 100_500;
    const result = await client.bulkWrite(
      Array.from({ length: many }, (_, n) => ({
        name: 'insertOne' as const,
        namespace: 'frontdesk.many',
        document: { _id: n as never },
      })),
      { verboseResults: true },
    );
    expect(result.insertedCount).to.equal(many);
    expect(result.insertResults?.size).to.equal(many);
    expect(result.insertResults?.get(many - 1)).to.deep.equal({ insertedId: many - 1 });
    expect(await connection.collection('many').estimatedDocumentCount()).to.equal(many);
  });

  it('ES-7 the reply is a server’s: summary, results, and a cursor that goes on', async () => {
    const reply = await command({
      bulkWrite: 1,
      ops: [
        { insert: 0, document: { _id: 4 } },
        { insert: 0, document: { _id: 4 } },
        { update: 0, filter: { _id: 5 }, updateMods: { $set: { a: 1 } }, upsert: true },
        { update: 0, filter: { _id: 1 }, updateMods: { $frobnicate: 1 } },
        { delete: 0, filter: {}, multi: true },
      ],
      nsInfo: [{ ns: rows }],
      ordered: false,
      cursor: { batchSize: 2 },
    });
    expect(reply).to.include({
      nErrors: 2,
      nInserted: 1,
      nMatched: 0,
      nModified: 0,
      nUpserted: 1,
      nDeleted: 5,
    });
    const cursor = reply.cursor as { id: mongo.Long; ns: string; firstBatch: Document[] };
    expect(cursor.ns).to.equal('admin.$cmd.bulkWrite');
    expect(cursor.firstBatch[0]).to.deep.equal({ ok: 1, idx: 0, n: 1 });
    expect(cursor.firstBatch[1]).to.deep.include({
      ok: 0,
      idx: 1,
      code: 11000,
      n: 0,
      keyPattern: { _id: 1 },
      keyValue: { _id: 4 },
    });
    const rest = await command({ getMore: cursor.id, collection: '$cmd.bulkWrite' });
    const items = (rest.cursor as { nextBatch: Document[] }).nextBatch;
    expect(items[0]).to.deep.equal({ ok: 1, idx: 2, n: 1, nModified: 0, upserted: { _id: 5 } });
    expect(items[1]).to.include({ ok: 0, idx: 3, code: 9, n: 0, nModified: 0 });
    expect(items[2]).to.deep.equal({ ok: 1, idx: 4, n: 5 });
  });

  it('ES-7 errors alone are reported when no more is asked for', async () => {
    const ops = [
      { insert: 0, document: { _id: 7 } },
      { insert: 0, document: { _id: 7 } },
    ];
    const reply = await command({ bulkWrite: 1, ops, nsInfo: [{ ns: rows }], errorsOnly: true });
    const { firstBatch } = reply.cursor as { firstBatch: Document[] };
    expect(firstBatch.map(({ idx }) => idx as number)).to.deep.equal([1]);
  });

  const valid = { bulkWrite: 1, ops: [{ insert: 0, document: { _id: 8 } }], nsInfo: [{ ns: rows }] };
  const refused: readonly (readonly [string, Document, number])[] = [
    ['no operation', { ...valid, ops: [] }, 16],
    ['no list of operations', { bulkWrite: 1, nsInfo: valid.nsInfo }, 40414],
    ['no namespaces', { bulkWrite: 1, ops: valid.ops }, 40414],
    ['a namespace that is not listed', { ...valid, ops: [{ insert: 1, document: {} }] }, 2],
    ['a negative place', { ...valid, ops: [{ insert: -1, document: {} }] }, 51024],
    ['a place that is no number', { ...valid, ops: [{ insert: 'rows', document: {} }] }, 14],
    ['a namespace without a collection', { ...valid, nsInfo: [{ ns: 'frontdesk' }] }, 73],
    ['an invalid namespace', { ...valid, nsInfo: [{ ns: 'frontdesk.a$b' }] }, 73],
    ['an unknown operation', { ...valid, ops: [{ upsert: 0, document: {} }] }, 40415],
    ['an unknown part of an operation', { ...valid, ops: [{ insert: 0, document: {}, nonsense: 1 }] }, 40415],
    ['an unknown part of a namespace', { ...valid, nsInfo: [{ ns: rows, nonsense: 1 }] }, 40415],
    ['an unknown argument', { ...valid, nonsense: 1 }, 40415],
    ['an unknown part of the cursor', { ...valid, cursor: { nonsense: 1 } }, 40415],
    ['an insert without a document', { ...valid, ops: [{ insert: 0 }] }, 40414],
    ['an update without a filter', { ...valid, ops: [{ update: 0, updateMods: { $set: { a: 1 } } }] }, 40414],
    ['an update without a change', { ...valid, ops: [{ update: 0, filter: {} }] }, 40414],
    ['a deletion without a filter', { ...valid, ops: [{ delete: 0 }] }, 40414],
    ['a retryable one', { ...valid, txnNumber: mongoose.mongo.Long.ONE }, 20],
  ];
  for (const [what, body, code] of refused) {
    it(`ES-10 ${what} is refused with ${code} and nothing is written`, async () => {
      expect(await command(body).catch(codeOf)).to.equal(code);
      expect(await stored()).to.have.length(3);
    });
  }

  it('ES-10 another database than admin is refused with 13', async () => {
    expect(await connection.db?.command(valid).catch(codeOf)).to.equal(13);
  });
});

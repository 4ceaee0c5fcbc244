import { expect } from 'chai';
import { Long, type Document } from 'bson';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';

const find = (extra: Document): Document => ({ find: 'things', ...extra });
const filter = (value: Document): Document => find({ filter: value });
const update = (u: unknown, extra: Document = {}): Document => ({
  update: 'things',
  updates: [{ q: { _id: 1 }, u, ...extra }],
});
const index = (key: Document, extra: Document = {}): Document => ({
  createIndexes: 'things',
  indexes: [{ key, name: 'refused', ...extra }],
});
const aggregate = (...pipeline: Document[]): Document => ({ aggregate: 'things', pipeline, cursor: {} });

/** What is asked, the command, and the code of the refusal. */
const refusals: readonly (readonly [string, Document, number])[] = [
  ['an unknown command', { frobnicate: 1 }, 59],
  ['a change stream', aggregate({ $changeStream: {} }), 40573],
  ['mapReduce', { mapReduce: 'things', map: 'x', reduce: 'y', out: 'z' }, 238],
  [
    'a transaction',
    { insert: 'things', documents: [{}], txnNumber: Long.ONE, startTransaction: true, autocommit: false },
    20,
  ],
  ['a retryable write', { insert: 'things', documents: [{}], txnNumber: Long.ONE }, 20],
  ['commitTransaction', { commitTransaction: 1 }, 20],
  ['an unknown argument of find', find({ nonsense: 1 }), 40415],
  ['an unknown argument of insert', { insert: 'things', documents: [{}], nonsense: 1 }, 40415],
  ['an unknown argument of an update statement', update({ $set: { a: 1 } }, { nonsense: 1 }), 40415],
  ['an unknown argument of aggregate', { aggregate: 'things', pipeline: [], cursor: {}, nonsense: 1 }, 40415],
  ['a tailable cursor', find({ tailable: true }), 238],
  ['a snapshot read', find({ readConcern: { level: 'snapshot' } }), 72],
  ['an unknown read concern', find({ readConcern: { level: 'psychic' } }), 9],
  ['a write concern of two nodes', { insert: 'things', documents: [{}], writeConcern: { w: 2 } }, 2],
  ['a named write concern', { insert: 'things', documents: [{}], writeConcern: { w: 'everywhere' } }, 79],
  ['an unknown query operator', filter({ a: { $near: [1, 2] } }), 2],
  ['an unknown top-level operator', filter({ $nonsense: [] }), 2],
  ['$where', filter({ $where: 'true' }), 238],
  ['$text', filter({ $text: { $search: 'x' } }), 238],
  ['$jsonSchema', filter({ $jsonSchema: {} }), 238],
  ['an invalid regular expression', filter({ a: { $regex: '(' } }), 51091],
  ['an invalid regex option', filter({ a: { $regex: 'a', $options: 'q' } }), 51108],
  ['a hint without an index', find({ hint: 'no_such_index' }), 2],
  ['a computed projection', find({ projection: { a: '$b' } }), 238],
  ['a mixed projection', find({ projection: { a: 1, b: 0 } }), 31254],
  ['a sort by text score', find({ sort: { a: { $meta: 'textScore' } } }), 238],
  ['a sort direction that is none', find({ sort: { a: 2 } }), 15975],
  ['a negative skip', find({ skip: -1 }), 51024],
  ['an unknown update operator', update({ $frobnicate: { a: 1 } }), 9],
  ['$bit', update({ $bit: { a: { and: 1 } } }), 9],
  ['an update of _id', update({ $set: { _id: 2 } }), 66],
  ['a path with __proto__', update({ $set: { '__proto__.polluted': true } }), 2],
  ['a rename to __proto__', update({ $rename: { a: '__proto__.polluted' } }), 2],
  ['two operators on one path', update({ $set: { a: 1 }, $inc: { a: 1 } }), 40],
  ['a path without its array filter', update({ $set: { 'list.$[x]': 1 } }), 2],
  ['a replacement of many', update({ a: 1 }, { multi: true }), 9],
  ['an unknown stage', aggregate({ $frobnicate: {} }), 40324],
  ['a stage outside the scope', aggregate({ $geoNear: {} }), 238],
  ['two stages in one object', aggregate({ $match: {}, $limit: 1 }), 40323],
  ['an unknown expression', aggregate({ $project: { a: { $function: {} } } }), 168],
  ['an unknown accumulator', aggregate({ $group: { _id: null, a: { $frobnicate: 1 } } }), 15952],
  ['a group without _id', aggregate({ $group: { n: { $sum: 1 } } }), 15955],
  ['a limit of zero', aggregate({ $limit: 0 }), 15958],
  ['aggregate without a cursor', { aggregate: 'things', pipeline: [] }, 9],
  ['a text index', index({ a: 'text' }), 67],
  ['a geo index', index({ a: '2dsphere' }), 67],
  ['a hashed index', index({ a: 'hashed' }), 67],
  ['a wildcard index', index({ '$**': 1 }), 67],
  ['an unknown index option', index({ a: 1 }, { nonsense: true }), 197],
  ['a collation on an index', index({ a: 1 }, { collation: { locale: 'en' } }), 67],
  ['an empty index key', index({}), 67],
  ['an index direction of zero', index({ a: 0 }), 67],
  ['a sparse partial index', index({ a: 1 }, { sparse: true, partialFilterExpression: { a: 1 } }), 67],
  ['a partial index with $ne', index({ a: 1 }, { partialFilterExpression: { a: { $ne: 1 } } }), 67],
  ['a compound TTL index', index({ a: 1, b: 1 }, { expireAfterSeconds: 1 }), 67],
  ['an index of a name that means another', index({ z: 1 }, { name: 'a_1' }), 86],
  ['an index that exists under another name', index({ a: 1 }, { name: 'other' }), 85],
  ['dropping an index that does not exist', { dropIndexes: 'things', index: 'nope' }, 27],
  ['dropping the _id index', { dropIndexes: 'things', index: '_id_' }, 72],
  ['indexes of a collection that does not exist', { listIndexes: 'nowhere' }, 26],
  ['a capped collection', { create: 'capped', capped: true, size: 1000 }, 72],
  ['a time series', { create: 'series', timeseries: { timeField: 't' } }, 72],
  ['a view', { create: 'view', viewOn: 'things', pipeline: [] }, 72],
  ['a validator', { create: 'validated', validator: { a: 1 } }, 72],
  ['a collection that exists', { create: 'things' }, 48],
  ['an invalid collection name', { create: 'a$b' }, 73],
  ['a system collection', { insert: 'system.users', documents: [{}] }, 73],
  ['an empty batch', { insert: 'things', documents: [] }, 16],
  ['an array as _id', { insert: 'things', documents: [{ _id: [1] }] }, 53],
  ['a field that begins with $', { insert: 'things', documents: [{ $a: 1 }] }, 52],
  ['a key that is too long', { insert: 'things', documents: [{ _id: 2, a: 'x'.repeat(3000) }] }, 17280],
  ['a time limit that is none', find({ maxTimeMS: -1 }), 2],
];

describe('embedded store: refusals', () => {
  let store: EmbeddedMongo;
  let connection: Connection;

  before(async () => {
    store = await startEmbeddedMongo({ ephemeral: true });
    connection = await mongoose.createConnection(store.uri).asPromise();
    const things = connection.collection<{ _id: number; a: number; list: number[] }>('things');
    await things.createIndex({ a: 1 });
    await things.insertOne({ _id: 1, a: 1, list: [1, 2] });
  });

  after(async () => {
    await connection.close();
    await store.close();
  });

  for (const [what, command, code] of refusals) {
    it(`ES-10 ${what} is refused with ${code}`, async () => {
      const before = await connection.collection('things').find({}).toArray();
      const reply: Document = await (
        connection.db?.command(command) ?? Promise.reject(new Error('not connected'))
      ).catch((error: Document) => error);
      const writeError = (reply.writeErrors as Document[] | undefined)?.[0];
      expect(writeError?.code ?? reply.code, String(reply.message ?? JSON.stringify(reply))).to.equal(code);
      expect(await connection.collection('things').find({}).toArray()).to.deep.equal(before);
      expect(({} as Document).polluted).to.equal(undefined);
    });
  }

  it('ES-10 maxTimeMS ends a scan with 50', async function () {
    this.timeout(20_000);
    const many = connection.collection('many');
    for (let part = 0; part < 15; part++)
      await many.insertMany(Array.from({ length: 2000 }, (_, n) => ({ n, text: 'abc'.repeat(30) })));
    const code = await many
      .find({ text: /nothing$/ }, { maxTimeMS: 5 })
      .toArray()
      .catch((error: { code: number }) => error.code);
    expect(code).to.equal(50);
  });

  it('ES-10 the concerns a standalone can honour are accepted', async () => {
    const accepted: Document[] = [
      find({ readConcern: { level: 'majority' } }),
      find({ readConcern: { level: 'local' } }),
      { insert: 'accepted', documents: [{}], writeConcern: { w: 'majority', j: true, wtimeout: 1000 } },
      { insert: 'accepted', documents: [{}], writeConcern: { w: 1 } },
      find({ collation: { locale: 'simple' } }),
    ];
    for (const command of accepted) expect((await connection.db?.command(command))?.ok).to.equal(1);
  });
});

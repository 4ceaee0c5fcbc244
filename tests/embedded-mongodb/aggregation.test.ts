import { BSON, EJSON, Long, type Document } from 'bson';
import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { stageCases, type AggregationCase } from './aggregation-cases.js';
import { joinCases, mergeCases, type MergeCase } from './aggregation-join-cases.js';

/** With types, so that int 1 and double 1 differ. */
const exact = (documents: readonly Document[]): string[] =>
  documents.map((document) => EJSON.stringify(document, { relaxed: false }));
const asStored = (documents: readonly Document[]): Document[] =>
  documents.map((document) => BSON.deserialize(BSON.serialize(document), { promoteValues: false, bsonRegExp: true }));

const codeOf = (error: unknown): number => Number((error as { code?: number }).code);

describe('embedded store: aggregation', () => {
  let database: TestDatabase;
  let connection: Connection;
  let db: NonNullable<Connection['db']>;

  before(async () => {
    database = await startTestDatabase();
    connection = await mongoose.createConnection(database.uri).asPromise();
    if (!connection.db) throw new Error('not connected');
    db = connection.db;
  });

  after(async () => {
    await connection.close();
    await database.close();
  });

  async function fill(collections: Readonly<Record<string, readonly Document[]>>): Promise<void> {
    await connection.dropDatabase();
    for (const [name, documents] of Object.entries(collections)) {
      if (documents.length > 0) await db.collection(name).insertMany(documents.map((document) => ({ ...document })));
    }
  }

  async function aggregate(name: string, pipeline: readonly Document[], options: Document = {}): Promise<Document[]> {
    const typed = { promoteValues: false, bsonRegExp: true, ...options };
    return await db
      .collection(name)
      .aggregate([...pipeline], typed)
      .toArray();
  }

  async function run([documents, pipeline, , others]: AggregationCase): Promise<string[] | number> {
    await fill({ first: documents, ...others });
    return await aggregate('first', pipeline).then(exact, codeOf);
  }

  const aggregationCases = { ...stageCases, ...joinCases };
  const total = Object.values(aggregationCases).flat().length + mergeCases.length;

  it('ES-7 the aggregation tables have at least 80 cases', () => {
    expect(total).to.be.at.least(80);
  });

  for (const [group, cases] of Object.entries(aggregationCases)) {
    it(`ES-7 ${group}: ${cases.length} pipelines`, async function () {
      this.timeout(30_000);
      const wrong: string[] = [];
      for (const one of cases) {
        const [, pipeline, expected] = one;
        const actual = await run(one);
        const isUnordered = typeof expected !== 'number' && 'unordered' in expected;
        const wanted =
          typeof expected === 'number' ? expected : exact(asStored(isUnordered ? expected.unordered : expected));
        const got = isUnordered && Array.isArray(actual) ? actual.sort() : actual;
        if (String(got) !== String(wanted))
          wrong.push(`${EJSON.stringify(pipeline)}: ${String(actual)}, expected ${String(wanted)}`);
      }
      expect(wrong).to.deep.equal([]);
    });
  }

  const mergeSource: readonly Document[] = [
    { _id: 1, b: 'new', n: { z: 1 } },
    { _id: 2, a: 2 },
  ];

  async function merge([before, stage, , options]: MergeCase): Promise<string[] | number> {
    await fill({ first: options?.source ?? mergeSource, target: before });
    if (options?.uniqueIndex) await db.collection('target').createIndex(options.uniqueIndex, { unique: true });
    const variables = options?.variables ? { let: options.variables } : {};
    return await aggregate('first', [{ $merge: { into: 'target', ...stage } }], variables).then(async (results) => {
      expect(results).to.deep.equal([]);
      return exact(await db.collection('target').find({}, { promoteValues: false }).sort({ _id: 1 }).toArray());
    }, codeOf);
  }

  it(`ES-7 $merge: ${mergeCases.length} cases`, async function () {
    this.timeout(30_000);
    const wrong: string[] = [];
    for (const one of mergeCases) {
      const wanted = typeof one[2] === 'number' ? one[2] : exact(asStored(one[2]));
      const actual = await merge(one);
      if (String(actual) !== String(wanted))
        wrong.push(`${EJSON.stringify(one[1])}: ${String(actual)}, expected ${String(wanted)}`);
    }
    expect(wrong).to.deep.equal([]);
  });

  it('ES-7 $merge writes to another database, to the collection it reads, and into one that does not exist', async () => {
    await fill({ first: [{ _id: 1, a: 1 }] });
    const elsewhere = connection.useDb(`${db.databaseName}_elsewhere`);
    await aggregate('first', [{ $merge: { into: { db: elsewhere.name, coll: 'made' } } }]);
    expect(await elsewhere.collection<Document>('made').findOne({})).to.deep.equal({ _id: 1, a: 1 });
    await elsewhere.dropDatabase();
    await aggregate('first', [{ $set: { a: { $add: ['$a', 1] } } }, { $merge: 'first' }]);
    expect(await db.collection('first').findOne({})).to.deep.equal({ _id: 1, a: 2 });
    await aggregate('first', [{ $match: { a: 99 } }, { $merge: 'untouched' }]);
    expect((await db.listCollections().toArray()).map(({ name }) => name)).to.deep.equal(['first']);
  });

  it('ES-7 let gives a pipeline constants, which may not come from a document', async () => {
    await fill({
      first: [
        { _id: 1, a: 1 },
        { _id: 2, a: 5 },
      ],
    });
    const pipeline = [{ $match: { $expr: { $gt: ['$a', '$$least'] } } }, { $set: { least: '$$least' } }];
    expect(await aggregate('first', pipeline, { let: { least: { $add: [1, 1] } }, promoteValues: true })).to.deep.equal(
      [{ _id: 2, a: 5, least: 2 }],
    );
    const inner = [
      { $lookup: { from: 'first', pipeline: [{ $match: { $expr: { $eq: ['$a', '$$wanted'] } } }], as: 'l' } },
    ];
    const [joined] = await aggregate('first', inner, { let: { wanted: 5 }, promoteValues: true });
    expect(joined?.l).to.deep.equal([{ _id: 2, a: 5 }]);
  });

  it('ES-7 a collation decides what matches, groups and sorts', async () => {
    await fill({
      first: [
        { _id: 1, s: 'a' },
        { _id: 2, s: 'B' },
        { _id: 3, s: 'A' },
      ],
    });
    const collation = { locale: 'en', strength: 2 };
    const ids = async (pipeline: Document[]): Promise<unknown[]> =>
      (await aggregate('first', pipeline, { collation, promoteValues: true })).map(({ _id }) => _id as unknown);
    expect(await ids([{ $match: { s: 'a' } }])).to.deep.equal([1, 3]);
    expect(await ids([{ $set: { t: 1 } }, { $match: { s: 'A' } }])).to.deep.equal([1, 3]);
    expect(await ids([{ $set: { t: 1 } }, { $sort: { s: 1, _id: 1 } }])).to.deep.equal([1, 3, 2]);
    expect(await ids([{ $group: { _id: '$s', n: { $sum: 1 } } }, { $match: { n: 2 } }])).to.deep.equal(['a']);
  });

  it('ES-7 a join uses the index of the other collection, and explain shows the query a pipeline begins with', async () => {
    await fill({ first: [{ _id: 1, a: 1 }] });
    await db.collection('first').createIndex({ a: 1 });
    const pipeline = [{ $match: { a: 1 } }, { $group: { _id: '$a' } }];
    const explained = await db.collection('first').aggregate(pipeline).explain('queryPlanner');
    expect(JSON.stringify(explained)).to.contain('"indexName":"a_1"').and.to.contain('$group');
    const alone: Document = await db.command({ aggregate: 'first', pipeline: [{ $match: { a: 1 } }], explain: true });
    expect(JSON.stringify(alone.queryPlanner)).to.contain('"indexName":"a_1"');
    const stats = await db.collection('first').aggregate(pipeline).explain('executionStats');
    expect(JSON.stringify(stats)).to.contain('"totalDocsExamined":1');
  });

  it('ES-7 options that change nothing are taken, and a hint names the index', async () => {
    await fill({ first: [{ _id: 1, a: 1 }] });
    await db.collection('first').createIndex({ a: 1 });
    const options = {
      allowDiskUse: true,
      bypassDocumentValidation: true,
      comment: 'why',
      maxTimeMS: 1000,
      hint: 'a_1',
    };
    expect(await aggregate('first', [{ $match: {} }], options)).to.have.length(1);
    expect(await aggregate('first', [], { hint: 'nothing' }).catch(codeOf)).to.equal(2);
    expect(
      await db
        .aggregate([{ $match: {} }])
        .toArray()
        .catch(codeOf),
    ).to.equal(73);
  });

  it('ES-7 a field called __proto__ is a field like any other', async () => {
    await fill({ first: [{ _id: 1, l: ['x'] }] });
    const stages: Document[] = [
      { $addFields: { '__proto__.polluted': true } },
      { $lookup: { from: 'first', pipeline: [], as: '__proto__.polluted' } },
      { $unwind: { path: '$l', includeArrayIndex: '__proto__' } },
      { $unwind: { path: '$l', includeArrayIndex: '__proto__.polluted' } },
      { $project: { '__proto__.polluted': 'yes' } },
      { $group: { _id: null, ['__proto__']: { $sum: 1 } } },
      { $facet: { ['__proto__']: [] } },
      { $replaceWith: { $literal: JSON.parse('{"__proto__": {"polluted": true}}') as Document } },
    ];
    for (const stage of stages) {
      const [result] = await aggregate('first', [stage]);
      expect(Object.hasOwn(result ?? {}, '__proto__'), JSON.stringify(stage)).to.equal(true);
    }
    const proto = { $replaceWith: { _id: 1, ['__proto__']: { polluted: true } } };
    await aggregate('first', [proto, { $merge: 'first' }]).catch(codeOf);
    await aggregate('first', [proto, { $merge: { into: 'first', whenMatched: 'replace' } }]).catch(codeOf);
    const [fresh] = await aggregate('first', [{ $replaceWith: { a: 1 } }, { $project: { polluted: 1 } }]);
    expect(fresh).to.deep.equal({});
    expect(({} as Document).polluted).to.equal(undefined);
  });

  describe('in large collections', () => {
    const count = 20_000;

    before(async function () {
      this.timeout(60_000);
      await connection.dropDatabase();
      for (let from = 0; from < count; from += 5000)
        await db
          .collection('large')
          .insertMany(Array.from({ length: 5000 }, (_, at) => ({ _id: (from + at) as never, n: (from + at) % 100 })));
    });

    it('ES-7 results come in batches, once each and in order', async () => {
      const pipeline = [{ $set: { x: 1 } }];
      const seen: number[] = [];
      for await (const { _id } of db.collection('large').aggregate(pipeline, { batchSize: 777 }))
        seen.push(Number(_id));
      expect(seen).to.deep.equal(Array.from({ length: count }, (_, at) => at));
      expect(
        await db
          .collection('large')
          .aggregate([...pipeline, { $sort: { n: -1, _id: 1 } }])
          .toArray(),
      ).to.have.length(count);
    });

    it('ES-7 a batch of none opens the cursor, and a killed cursor is gone', async () => {
      const reply: Document = await db.command({
        aggregate: 'large',
        pipeline: [{ $set: { x: 1 } }],
        cursor: { batchSize: 0 },
      });
      const cursor = reply.cursor as { id: Long; firstBatch: Document[] };
      expect(cursor.firstBatch).to.deep.equal([]);
      const getMore = { getMore: Long.fromString(String(cursor.id)), collection: 'large', batchSize: 3 };
      const next: Document = await db.command(getMore);
      expect((next.cursor as { nextBatch: Document[] }).nextBatch).to.have.length(3);
      await db.command({ killCursors: 'large', cursors: [getMore.getMore] });
      expect(await db.command(getMore).catch(codeOf)).to.equal(43);
    });

    it('ES-7 a limit after other stages ends the reading early', async () => {
      const start = performance.now();
      await aggregate('large', [{ $set: { x: 1 } }, { $limit: 1 }]);
      const limited = performance.now() - start;
      const again = performance.now();
      await aggregate('large', [{ $set: { x: 1 } }, { $count: 'n' }]);
      expect(limited).to.be.below((performance.now() - again) / 2);
    });

    it('ES-7 results beyond one message stream, and a result beyond 16 MB is refused', async function () {
      this.timeout(60_000);
      const wide = { $set: { text: { $literal: 'x'.repeat(10_000) } } };
      let bytes = 0;
      for await (const { text } of db.collection('large').aggregate([{ $limit: 4000 }, wide]))
        bytes += String(text).length;
      expect(bytes).to.equal(40_000_000);
      const huge = [{ $limit: 4000 }, wide, { $group: { _id: null, all: { $push: '$text' } } }];
      expect(await aggregate('large', huge).catch(codeOf)).to.equal(10334);
    });

    it('ES-7 a stage that would hold more than 100 MB is refused', async function () {
      this.timeout(60_000);
      const wide = { $set: { text: { $literal: 'x'.repeat(10_000) } } };
      expect(await aggregate('large', [wide, { $sort: { n: 1 } }]).catch(codeOf)).to.equal(292);
      expect(
        await aggregate('large', [wide, { $group: { _id: null, all: { $push: '$text' } } }]).catch(codeOf),
      ).to.equal(292);
      expect(
        await aggregate('large', [wide, { $sort: { n: 1, _id: 1 } }, { $limit: 2 }, { $project: { n: 1 } }], {
          promoteValues: true,
        }),
      ).to.deep.equal([
        { _id: 0, n: 0 },
        { _id: 100, n: 0 },
      ]);
    });

    it('ES-7 what a set holds counts once, however often it comes', async function () {
      this.timeout(60_000);
      const wide = { $set: { text: { $literal: 'x'.repeat(10_000) } } };
      const sets = { $group: { _id: null, all: { $addToSet: '$text' }, merged: { $mergeObjects: { text: '$text' } } } };
      expect(await aggregate('large', [wide, sets, { $project: { n: { $size: '$all' } } }])).to.have.length(1);
    });

    it('ES-7 a join looks its documents up by an index', async () => {
      const join = { from: 'large', localField: 'n', foreignField: '_id', as: 'same' };
      const byVariable = { $expr: { $and: [{ $eq: ['$$wanted', '$_id'] }, { $gte: ['$n', 0] }] } };
      const correlated = { from: 'large', let: { wanted: '$n' }, pipeline: [{ $match: byVariable }], as: 'same' };
      const matched = { $match: { 'same.n': { $exists: true } } };
      const piped = { ...join, let: { n: '$n' }, pipeline: [{ $match: { $expr: { $eq: ['$n', '$$n'] } } }] };
      for (const stage of [{ $lookup: join }, { $lookup: piped }, { $lookup: correlated }]) {
        // Without the index each of these documents would cost a scan of all.
        const pipeline = [{ $limit: 2000 }, stage, matched, { $count: 'n' }];
        expect(await aggregate('large', pipeline, { maxTimeMS: 8000, promoteValues: true })).to.deep.equal([
          { n: 2000 },
        ]);
      }
    });

    it('ES-7 no reply is longer than a document may be', async () => {
      const pipeline = [{ $limit: 3000 }, { $set: { text: { $literal: 'x'.repeat(10_000) } } }];
      const opened: Document = await db.command({ aggregate: 'large', pipeline, cursor: { batchSize: 0 } });
      const getMore = Long.fromString(String((opened.cursor as Document).id));
      const reply: Document = await db.command({ getMore, collection: 'large' });
      const { nextBatch } = reply.cursor as { nextBatch: Document[] };
      expect(nextBatch.length * 10_000).to.be.within(15_000_000, 16 * 1024 * 1024);
      await db.command({ killCursors: 'large', cursors: [getMore] });
    });

    const spread = [{ $set: { l: { $range: [0, 5000] } } }, { $unwind: '$l' }];
    const endless: Readonly<Record<string, Document[]>> = {
      'that joins': [{ $lookup: { from: 'large', localField: 'n', foreignField: 'n', as: 'same' } }, { $count: 'n' }],
      'that groups': [...spread, { $group: { _id: '$n', sum: { $sum: '$l' } } }],
      'that sorts': [...spread, { $project: { l: 1 } }, { $sort: { l: -1 } }, { $limit: 100_000 }, { $count: 'n' }],
      'that branches': [...spread, { $facet: { a: [{ $count: 'n' }], b: [{ $match: { l: -1 } }] } }],
    };

    for (const [what, pipeline] of Object.entries(endless)) {
      it(`ES-7 a pipeline ${what} gives way to other commands, and ends when its time is over`, async function () {
        this.timeout(60_000);
        const slow = aggregate('large', pipeline, { maxTimeMS: 600 }).catch(codeOf);
        let answered = 0;
        let isOver = false;
        void slow.then(() => (isOver = true));
        for (; !isOver; answered++) await db.command({ ping: 1 });
        expect(await slow).to.equal(50);
        // One that keeps the store to itself lets a question before it and one after it through.
        expect(answered).to.be.above(5);
      });
    }
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Double, EJSON, type Document } from 'bson';
import { expect } from 'chai';
import mongoose, { Schema, type Connection } from 'mongoose';
import { createScope } from '@frontdesk/embedded-mongodb/aggregation/expressions/scope';
import { createCollation, holdsText } from '@frontdesk/embedded-mongodb/bson/collation';
import { compare } from '@frontdesk/embedded-mongodb/bson/compare';
import { Engine } from '@frontdesk/embedded-mongodb/engine';
import { Query, type QueryOptions } from '@frontdesk/embedded-mongodb/planner/query';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { collationCases, insensitive } from './collation-cases.js';
import { refusedCollations, refusedPlaces } from './collation-refusals.js';
import { createRandom, ladder, type Random } from './values.js';

const codeOf = (error: { code?: number; message: string }): unknown => error.code ?? error.message;

describe('embedded store: collation', () => {
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

  async function fill(documents: readonly Document[], isIndexed: boolean): Promise<void> {
    const things = connection.collection<Document>('things');
    await things.drop().catch(() => undefined);
    if (isIndexed) await things.createIndexes([{ key: { a: 1 } }, { key: { 'a.b': 1 } }, { key: { category: -1 } }]);
    await things.insertMany(documents.map((document) => ({ ...document })));
  }

  async function answer(command: Document): Promise<unknown> {
    const reply: Document = (await connection.db?.command(command)) ?? {};
    if (reply.writeErrors) return (reply.writeErrors as Document[])[0]?.code;
    if (command.find !== undefined && command.projection === undefined)
      return (reply.cursor as { firstBatch: Document[] }).firstBatch.map(({ _id }) => _id as unknown);
    if (reply.cursor) return (reply.cursor as { firstBatch: Document[] }).firstBatch;
    if (command.count !== undefined) return reply.n;
    if (command.findAndModify !== undefined) return reply.value;
    if (command.distinct !== undefined) return (reply.values as unknown[]).sort(compare);
    return connection.collection('things').find().toArray();
  }

  for (const [group, cases] of Object.entries(collationCases)) {
    for (const isIndexed of [false, true]) {
      it(`ES-7 ${group}: ${cases.length} commands ${isIndexed ? 'with' : 'without'} indexes`, async () => {
        const wrong: string[] = [];
        for (const [documents, command, expected] of cases) {
          await fill(documents, isIndexed);
          const actual = await answer(command).catch(codeOf);
          if (EJSON.stringify(actual) !== EJSON.stringify(expected))
            wrong.push(
              `${EJSON.stringify(documents)} ${EJSON.stringify(command)}: ${EJSON.stringify(actual)}, expected ${EJSON.stringify(expected)}`,
            );
        }
        expect(wrong).to.deep.equal([]);
      });
    }
  }

  /** Every command that takes a collation, with this one. */
  const collated = (collation: unknown): Document[] => [
    { find: 'things', filter: { a: 'A' }, collation },
    { count: 'things', query: { a: 'A' }, collation },
    { distinct: 'things', key: 'a', collation },
    { aggregate: 'things', pipeline: [], cursor: {}, collation },
    { findAndModify: 'things', query: { a: 'A' }, remove: true, collation },
    { delete: 'things', deletes: [{ q: { a: 'A' }, limit: 0, collation }] },
    { update: 'things', updates: [{ q: { a: 'A' }, u: { $set: { b: 1 } }, collation }] },
    { explain: { find: 'things', collation } },
  ];

  it(`ES-10 ${refusedCollations.length} collations are refused by every command that takes one`, async () => {
    await fill([{ _id: 1, a: 'a' }], false);
    for (const [collation, code] of refusedCollations)
      for (const command of collated(collation))
        expect(await answer(command).catch(codeOf), EJSON.stringify(command)).to.equal(code);
    for (const [command, code] of refusedPlaces)
      expect(await answer(command).catch(codeOf), EJSON.stringify(command)).to.equal(code);
    expect(await connection.collection('things').find().toArray()).to.deep.equal([{ _id: 1, a: 'a' }]);
  });

  it('ES-10 options that say what holds anyway are accepted', async () => {
    await fill([{ _id: 1, a: 'a' }], false);
    const accepted = [
      {
        locale: 'en',
        strength: 2,
        normalization: true,
        maxVariable: 'punct',
        backwards: false,
        alternate: 'non-ignorable',
      },
      { locale: 'en', strength: new Double(2), caseLevel: false, numericOrdering: false, caseFirst: 'off' },
      { locale: 'simple', strength: 4 },
      {},
    ];
    for (const collation of accepted)
      expect(await answer({ count: 'things', query: { a: 'a' }, collation }), EJSON.stringify(collation)).to.equal(1);
  });

  it('ES-8 an index bounds numbers under a collation, but not text, and gives no order', async () => {
    await fill([{ _id: 1, a: 'A' }], true);
    const things = connection.collection('things');
    const planOf = async (filter: Document, sort: Document = {}): Promise<string> =>
      JSON.stringify((await things.find(filter, { collation: insensitive }).sort(sort).explain()).queryPlanner);
    expect(await planOf({ a: 5 })).to.contain('"a_1"');
    expect(await planOf({ a: { $in: [5, null] } })).to.contain('"a_1"');
    expect(await planOf({ a: { b: 5 } })).to.contain('"a_1"');
    for (const operand of ['a', { $in: [5, 'a'] }, { $gt: 'a' }, { b: 'a' }])
      expect(await planOf({ a: operand }), JSON.stringify(operand)).to.contain('COLLSCAN');
    expect(await planOf({ _id: 'a' })).to.contain('COLLSCAN');
    expect(await planOf({ _id: 5 })).to.not.contain('COLLSCAN');
    expect(await planOf({ a: 5 }, { a: 1 })).to.contain('"SORT"');
  });

  it('ES-8 equality of text under a collation does not prove that a partial index holds the matches', async () => {
    await fill([{ _id: 0 }], false);
    const things = connection.collection<Document>('things');
    await things.createIndex({ n: 1 }, { partialFilterExpression: { kind: 'x' } });
    await things.insertMany([
      { _id: 1 as never, n: 1, kind: 'x' },
      { _id: 2 as never, n: 1, kind: 'X' },
    ]);
    const found = await things.find({ n: 1, kind: 'x' }, { collation: insensitive }).toArray();
    expect(found.map(({ _id }) => _id as unknown)).to.deep.equal([1, 2]);
    expect(await things.countDocuments({ n: 1, kind: 'x' })).to.equal(1);
  });

  it('ES-7 each operation of bulkWrite has its own collation', async () => {
    await fill(
      [
        { _id: 1, a: 'A' },
        { _id: 2, a: 'b' },
        { _id: 3, a: 'C' },
      ],
      false,
    );
    const reply = await connection
      .getClient()
      .db('admin')
      .command({
        bulkWrite: 1,
        ops: [
          { update: 0, filter: { a: 'a' }, updateMods: { $set: { b: 1 } }, collation: insensitive },
          { update: 0, filter: { a: 'B' }, updateMods: { $set: { b: 1 } } },
          { delete: 0, filter: { a: 'c' }, multi: true, collation: insensitive },
        ],
        nsInfo: [{ ns: `${connection.name}.things` }],
      });
    expect(reply).to.include({ nMatched: 1, nModified: 1, nDeleted: 1 });
  });

  it('ES-7 a Mongoose query and an aggregate with a collation ignore case', async () => {
    const Customer = connection.model('Collated', new Schema({ name: { type: String, index: true } }));
    await Customer.init();
    await Customer.create([{ name: 'ann' }, { name: 'Bob' }, { name: 'ANN' }, { name: 'carl' }]);
    expect(await Customer.find({ name: 'Ann' }).collation(insensitive)).to.have.length(2);
    expect(await Customer.countDocuments({ name: 'BOB' }).collation(insensitive)).to.equal(1);
    const names = (await Customer.find().sort({ name: 1, _id: 1 }).collation(insensitive)).map(({ name }) => name);
    expect(names).to.deep.equal(['ann', 'ANN', 'Bob', 'carl']);
    const groups = await Customer.aggregate([{ $group: { _id: '$name', n: { $sum: 1 } } }]).collation(insensitive);
    expect(groups).to.deep.include({ _id: 'ann', n: 2 });
    await Customer.updateMany({ name: 'ann' }, { $set: { name: 'Anna' } }).collation(insensitive);
    expect(await Customer.countDocuments({ name: 'Anna' })).to.equal(2);
    expect(
      (await Customer.bulkWrite([{ deleteMany: { filter: { name: 'ANNA' }, collation: insensitive } }])).deletedCount,
    ).to.equal(2);
  });
});

describe('embedded store: plans under a collation', () => {
  const dir = mkdtempSync(join(tmpdir(), 'frontdesk-collation-'));
  const engine = new Engine({ dir, durable: false, ttlSweepMs: 3_600_000, log: () => undefined });
  const seed = Number(process.env.ES_SEED ?? Math.floor(Math.random() * 1e9));

  after(async () => {
    await engine.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const texts = ['a', 'A', 'á', 'b', 'B', 'ab', 'aB', 'ss', 'ß', '10', '2', ''];
  const scalar = (random: Random): unknown => (random.chance(0.7) ? random.pick(texts) : random.integer(4));
  const value = (random: Random): unknown => {
    if (random.chance(0.2)) return Array.from({ length: random.integer(3) }, () => scalar(random));
    return random.chance(0.1) ? { x: scalar(random) } : scalar(random);
  };

  function condition(random: Random): unknown {
    switch (random.integer(5)) {
      case 0:
        return { [random.pick(['$gt', '$gte', '$lt', '$lte', '$ne'])]: value(random) };
      case 1:
        return { $in: [scalar(random), scalar(random)] };
      case 2:
        return { $gte: scalar(random), $lt: scalar(random) };
      default:
        return value(random);
    }
  }

  it(`ES-8 4,000 random queries under collations give the same through indexes as through a collection scan (ES_SEED=${seed})`, async function () {
    this.timeout(60_000);
    const random = createRandom(seed);
    const collection = await engine.environment.write(() => engine.ensureCollection('fuzz.collated'));
    await engine.environment.write(() => {
      for (let id = 0; id < 120; id++)
        collection.insert({
          _id: random.chance(0.5) ? id : `${random.pick(texts)}${id}`,
          a: value(random),
          b: value(random),
          c: scalar(random),
        });
    });
    await addIndexes(engine);
    let indexed = 0;
    for (let count = 0; count < 4000; count++) {
      const collator = new Intl.Collator(random.pick(['en', 'de', 'tr']), {
        sensitivity: random.pick(['base', 'accent', 'variant']),
        numeric: random.chance(0.5),
      });
      const { compare: byCollation, identify } = createCollation(collator.compare);
      const options: QueryOptions = {
        filter: { a: condition(random), ...(random.chance(0.5) ? { b: condition(random) } : {}) },
        sort: random.chance(0.3) ? { [random.pick(['b', 'c'])]: random.pick([1, -1]), _id: 1 } : undefined,
        scope: createScope(undefined, { order: { compare: byCollation, identify } }),
      };
      const label = `seed ${seed}, query ${count}: ${EJSON.stringify(options.filter)} ${EJSON.stringify(collator.resolvedOptions())}`;
      const planned = new Query(engine.environment, collection, options);
      if (planned.plan.kind === 'union' || planned.plan.constrainedFields > 0) indexed++;
      const scanned = new Query(engine.environment, collection, { ...options, hint: { $natural: 1 } });
      const [found, expected] = [planned, scanned].map((query) =>
        query.takeNow(1000, () => undefined).map(({ document }) => EJSON.stringify(document._id)),
      );
      if (options.sort === undefined) expect(found, label).to.have.members(expected ?? []);
      else expect(found, label).to.deep.equal(expected);
    }
    expect(indexed, 'queries that used an index').to.be.greaterThan(400);
  });
});

async function addIndexes(engine: Engine): Promise<void> {
  const { createIndexesCommand } = await import('@frontdesk/embedded-mongodb/commands/indexes');
  const body = {
    createIndexes: 'collated',
    indexes: [
      { key: { a: 1 }, name: 'a_1' },
      { key: { b: -1 }, name: 'b_-1' },
      { key: { c: 1, _id: 1 }, name: 'c_1__id_1' },
    ],
  };
  await createIndexesCommand.handle({
    engine,
    database: 'fuzz',
    name: 'createIndexes',
    body,
    interrupt: () => undefined,
    connectionId: 1,
  });
}

describe('embedded store: order under a collation', () => {
  const order = createCollation(new Intl.Collator('en', { sensitivity: 'base' }).compare);
  const all = [...ladder.flat(), 'A', 'á', { a: 'X' }, { a: 'x' }, ['á'], ['A', 'b'], ['a', 'B', 1]];

  it('ES-6 what holds no text compares with everything as in the binary order', () => {
    for (const a of all.filter((value) => !holdsText(value)))
      for (const b of all)
        expect(Math.sign(order.compare(a, b)), EJSON.stringify([a, b])).to.equal(Math.sign(compare(a, b)));
  });

  it('ES-6 values are identified as equal exactly when they compare as equal, in whatever order they come', () => {
    for (const values of [all, all.toReversed()]) {
      const { identify } = createCollation(new Intl.Collator('en', { sensitivity: 'base' }).compare);
      const identities = values.map(identify);
      for (const [at, a] of values.entries())
        for (const [other, b] of values.entries())
          expect(identities[at] === identities[other], EJSON.stringify([a, b])).to.equal(order.compare(a, b) === 0);
    }
  });

  it('ES-6 it is a total order', () => {
    for (const a of all)
      for (const b of all) expect(Math.sign(order.compare(a, b))).to.equal(-Math.sign(order.compare(b, a)) + 0);
    const sorted = [...all].sort(order.compare);
    for (const [at, a] of sorted.entries())
      for (const b of sorted.slice(at)) expect(order.compare(a, b), EJSON.stringify([a, b])).to.be.at.most(0);
  });
});

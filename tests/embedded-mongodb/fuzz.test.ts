import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Double, EJSON, Int32, Long, type Document } from 'bson';
import { expect } from 'chai';
import { encodeForStorage, decode } from '@frontdesk/embedded-mongodb/bson/codec';
import { encodeKey } from '@frontdesk/embedded-mongodb/bson/key-encoding';
import { Engine } from '@frontdesk/embedded-mongodb/engine';
import { Query, type QueryOptions } from '@frontdesk/embedded-mongodb/planner/query';
import { compileSort, sortKeyOf } from '@frontdesk/embedded-mongodb/planner/sort';
import { buildIndexEntry } from '@frontdesk/embedded-mongodb/storage/catalogue';
import type { Collection } from '@frontdesk/embedded-mongodb/storage/collection';
import { verifyCollection } from '@frontdesk/embedded-mongodb/storage/verify';
import { createRandom, type Random } from './values.js';

const fields = ['a', 'b', 'c', 'd', 'o.x', 'o.y', 'list', 'rows.k', 'rows.v'];
const scalars: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  2,
  3,
  5,
  8,
  -1,
  new Double(1),
  new Double(2.5),
  Long.fromNumber(3),
  Number.NaN,
  '',
  'a',
  'ab',
  'abc',
  'b',
  'ba',
  'a\u0000',
  new Date(0),
  new Date(1000),
  new Date(-5),
];

const compact = (entries: readonly (readonly [string, unknown])[]): Document =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined));

function buildField(random: Random): unknown {
  if (random.chance(0.15)) return undefined;
  if (random.chance(0.12)) return Array.from({ length: random.integer(4) }, () => random.pick(scalars));
  if (random.chance(0.05)) return { x: random.pick(scalars) };
  if (random.chance(0.03)) return [[random.pick(scalars)], random.pick(scalars)];
  return random.pick(scalars);
}

function buildRow(random: Random): unknown {
  if (random.chance(0.1)) return random.pick(scalars);
  return compact([
    ['k', random.chance(0.8) ? random.pick(scalars) : undefined],
    ['v', random.chance(0.8) ? random.pick(scalars) : undefined],
  ]);
}

function buildDocument(random: Random, id: unknown): Document {
  return compact([
    ['_id', id],
    ...['a', 'b', 'c', 'd'].map((name) => [name, buildField(random)] as const),
    [
      'o',
      random.chance(0.7)
        ? compact([
            ['x', buildField(random)],
            ['y', random.pick(scalars)],
          ])
        : buildField(random),
    ],
    [
      'list',
      random.chance(0.8) ? Array.from({ length: random.integer(4) }, () => random.pick(scalars)) : buildField(random),
    ],
    [
      'rows',
      random.chance(0.8) ? Array.from({ length: random.integer(4) }, () => buildRow(random)) : buildField(random),
    ],
  ]);
}

function buildCondition(random: Random, depth = 0): unknown {
  const value = (): unknown => random.pick(scalars);
  switch (random.integer(depth > 0 ? 15 : 17)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return value();
    case 4:
      return { [random.pick(['$gt', '$gte', '$lt', '$lte'])]: value() };
    case 5:
      return { $gte: value(), $lt: value() };
    case 6:
      return { $in: Array.from({ length: random.integer(4) }, value) };
    case 7:
      return { [random.pick(['$ne', '$eq'])]: value() };
    case 8:
      return { $nin: [value(), value()] };
    case 9:
      return { $exists: random.chance(0.6) };
    case 10:
      return {
        $regex: random.pick(['^a', '^ab', 'b', '^a?b', '^', '^a|b', '^b.*a$']),
        $options: random.pick(['', '', 'i', 's']),
      };
    case 11:
      return { $type: random.pick(['number', 'string', 'array', 'date', 'null', 'object', 'bool', 'int']) };
    case 12:
      return { $size: random.integer(4) };
    case 13:
      return { $all: Array.from({ length: random.integer(3) }, value) };
    case 14:
      return { $mod: [2, random.integer(2)] };
    case 15:
      return {
        $elemMatch: random.chance(0.5)
          ? { [random.pick(['$gte', '$lt', '$eq', '$in'])]: [value()].at(0) }
          : { k: buildCondition(random, 1) },
      };
    default:
      return { $not: { [random.pick(['$gt', '$eq', '$lte'])]: value() } };
  }
}

function repair(condition: unknown): unknown {
  // `$in` and its like want arrays, whatever the generator chose as an operand.
  const inner = (condition as Document | null)?.$elemMatch as Document | undefined;
  if (inner && '$in' in inner && !Array.isArray(inner.$in)) return { $elemMatch: { $in: [inner.$in] } };
  return condition;
}

function buildFilter(random: Random, leading: readonly string[], depth = 0): Document {
  const filter: Document = {};
  // Most questions a program asks begin with what an index begins with.
  if (random.chance(0.6)) {
    for (const path of leading) {
      filter[path] = random.chance(0.6) ? random.pick(scalars) : repair(buildCondition(random));
      if (random.chance(0.4)) break;
    }
    if (random.chance(0.6)) return filter;
  }
  for (let count = 1 + random.integer(3); count > 0; count--)
    filter[random.pick(fields)] = repair(buildCondition(random));
  if (random.chance(0.15)) filter._id = random.chance(0.5) ? random.integer(80) : { $gte: random.integer(80) };
  if (depth < 2 && random.chance(0.25)) {
    filter[random.pick(['$or', '$and', '$or', '$nor'])] = Array.from({ length: 1 + random.integer(2) }, () =>
      buildFilter(random, leading, depth + 1),
    );
  }
  return filter;
}

const direction = (random: Random): number => random.pick([1, -1]);

function buildSort(random: Random): Document {
  const sort: Document = {};
  for (let count = random.integer(3); count > 0; count--)
    sort[random.pick(['a', 'b', 'c', 'd', 'o.x', '_id'])] = direction(random);
  return sort;
}

function buildIndexSpecs(random: Random): { key: Document; options: Document }[] {
  return Array.from({ length: 1 + random.integer(4) }, () => {
    const key: Document = {};
    for (let count = 1 + random.integer(3); count > 0; count--)
      key[random.pick(['a', 'b', 'c', 'd', 'o.x', 'o.y'])] = direction(random);
    if (random.chance(0.3)) key[random.pick(['list', 'rows.k'])] = direction(random);
    if (random.chance(0.15)) return { key: { 'rows.k': direction(random), 'rows.v': direction(random) }, options: {} };
    const options: Document = {};
    if (random.chance(0.2)) options.sparse = true;
    else if (random.chance(0.3)) {
      options.partialFilterExpression = random.pick<Document>([
        { a: { $gt: 1 } },
        { b: { $exists: true } },
        { c: 'a' },
        { d: { $type: 'number' } },
        { a: { $gte: 0 }, b: 1 },
        { $or: [{ a: 1 }, { c: { $in: ['a', 'b'] } }] },
      ]);
    }
    return { key, options };
  });
}

interface Subject {
  readonly engine: Engine;
  readonly collection: Collection;
}

async function buildSubject(engine: Engine, random: Random, name: string): Promise<Subject> {
  const collection = await engine.environment.write(() => engine.ensureCollection(`fuzz.${name}`));
  const indexes = buildIndexSpecs(random);
  await engine.environment.write(() => {
    for (const [at, { key, options }] of indexes.entries()) {
      const multikey = Object.keys(key).map(() => false);
      collection.entry.indexes.push(
        buildIndexEntry({ id: engine.catalogue.allocateId(), name: `index_${at}`, key, options, multikey }),
      );
    }
    engine.catalogue.save(collection.entry);
    for (let id = 0; id < 60; id++)
      tolerateParallelArrays(() => collection.insert(stored(buildDocument(random, new Int32(id)))));
  });
  return { engine, collection };
}

const stored = (document: Document): Document => decode(encodeForStorage(document));

/** Documents with two arrays under one compound index are refused, which is right. */
function tolerateParallelArrays(action: () => unknown): void {
  try {
    action();
  } catch (error) {
    if ((error as { codeName?: string }).codeName !== 'CannotIndexParallelArrays') throw error;
  }
}

async function disturb({ engine, collection }: Subject, random: Random): Promise<void> {
  await engine.environment.write(() => {
    for (let count = 15; count > 0; count--) {
      const id = new Int32(random.integer(80));
      const recordId = collection.recordIdOf(encodeKey(id));
      const bytes = recordId && collection.read(recordId);
      tolerateParallelArrays(() => {
        const next = stored(buildDocument(random, id));
        if (!recordId || !bytes) collection.insert(next);
        else if (random.chance(0.3)) collection.remove(recordId, decode(bytes));
        else collection.replaceIfChanged({ recordId, bytes, document: decode(bytes) }, next);
      });
    }
  });
}

const sorted = (ids: readonly number[]): string => [...ids].sort((a, b) => a - b).join();

interface Outcome {
  readonly ids: readonly number[];
  readonly keys: readonly string[];
  readonly error: string | undefined;
}

function run({ engine, collection }: Subject, options: QueryOptions): Outcome {
  try {
    const fieldsOfSort = compileSort(options.sort);
    const matches = new Query(engine.environment, collection, options).takeNow(
      Number.MAX_SAFE_INTEGER,
      () => undefined,
    );
    return {
      ids: matches.map(({ document }) => (document._id as Int32).value),
      keys: matches.map(({ document }) =>
        fieldsOfSort.length > 0 ? sortKeyOf(document, fieldsOfSort).toString('hex') : '',
      ),
      error: undefined,
    };
  } catch (error) {
    return { ids: [], keys: [], error: error instanceof Error ? error.message : String(error) };
  }
}

describe('embedded store: plans', () => {
  const dir = mkdtempSync(join(tmpdir(), 'frontdesk-fuzz-'));
  const engine = new Engine({ dir, durable: false, ttlSweepMs: 3_600_000, log: () => undefined });
  const seed = Number(process.env.ES_SEED ?? Math.floor(Math.random() * 1e9));
  const rounds = Number(process.env.ES_FUZZ_ROUNDS ?? 200);
  const queriesPerRound = 105;

  after(async () => {
    await engine.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it(`ES-8 21,000 random queries give the same through indexes as through a collection scan (ES_SEED=${seed})`, async function () {
    this.timeout(180_000);
    const random = createRandom(seed);
    let indexed = 0;
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const subject = await buildSubject(engine, random, `c${round}`);
      for (let count = 0; count < queriesPerRound; count++) {
        if (count % 35 === 34) await disturb(subject, random);
        const filter = stored({
          filter: buildFilter(random, Object.keys(random.pick(subject.collection.entry.indexes).key)),
        }).filter as Document;
        const sort = buildSort(random);
        const [skip, limit] = random.chance(0.3) ? [random.integer(4), random.integer(8)] : [0, 0];
        const options = { filter, sort, skip, limit };
        const label = () =>
          `seed ${seed}, round ${round}, query ${EJSON.stringify(options)}, indexes ${EJSON.stringify(subject.collection.entry.indexes.map(({ key, sparse, partialFilter }) => ({ key, sparse, partialFilter })))}`;
        const scanned = run(subject, { ...options, hint: { $natural: 1 } });
        const planned = run(subject, options);
        if (scanned.error !== undefined) {
          refused++;
          continue;
        }
        const query = new Query(engine.environment, subject.collection, options);
        if (query.plan.kind === 'union' || query.plan.index) indexed++;
        if (planned.error !== undefined || planned.keys.join() !== scanned.keys.join())
          expect(planned, label()).to.deep.equal(scanned);
        if (limit === 0 && skip === 0 && sorted(planned.ids) !== sorted(scanned.ids)) {
          expect(planned.ids, label()).to.have.members([...scanned.ids]);
        }
      }
      expect(verifyCollection(engine.environment, subject.collection), `seed ${seed}, round ${round}`).to.deep.equal(
        [],
      );
      await engine.environment.write(() => engine.catalogue.drop(subject.collection.entry));
    }
    expect(indexed, 'queries that used an index').to.be.greaterThan((rounds * queriesPerRound) / 3);
    expect(refused, 'queries that were refused').to.be.lessThan((rounds * queriesPerRound) / 50);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EJSON, Int32, type Document } from 'bson';
import { expect } from 'chai';
import { encodeForStorage, decode } from '@frontdesk/embedded-mongodb/bson/codec';
import { encodeKey } from '@frontdesk/embedded-mongodb/bson/key-encoding';
import { Engine } from '@frontdesk/embedded-mongodb/engine';
import type { Plan } from '@frontdesk/embedded-mongodb/planner/plan';
import { Query, type QueryOptions } from '@frontdesk/embedded-mongodb/planner/query';
import { compileFilter } from '@frontdesk/embedded-mongodb/query/matcher';
import { buildIndexEntry } from '@frontdesk/embedded-mongodb/storage/catalogue';
import type { Collection } from '@frontdesk/embedded-mongodb/storage/collection';
import { verifyCollection } from '@frontdesk/embedded-mongodb/storage/verify';
import { buildDocument, buildFilter, buildIndexSpecs, buildSort } from './fuzz-questions.js';
import { referenceSort } from './reference-order.js';
import { createRandom, type Random } from './values.js';

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
      tolerateRefusal(() => collection.insert(stored(buildDocument(random, new Int32(id)))));
  });
  return { engine, collection };
}

const stored = (document: Document): Document => decode(encodeForStorage(document));

/** Two arrays under one compound index and a second of a unique key are refused, which is right. */
function tolerateRefusal(action: () => unknown): void {
  try {
    action();
  } catch (error) {
    const { codeName = '' } = error as { codeName?: string };
    if (!['CannotIndexParallelArrays', 'DuplicateKey'].includes(codeName)) throw error;
  }
}

async function disturb({ engine, collection }: Subject, random: Random): Promise<void> {
  await engine.environment.write(() => {
    for (let count = 15; count > 0; count--) {
      const id = new Int32(random.integer(80));
      const recordId = collection.recordIdOf(encodeKey(id));
      const bytes = recordId && collection.read(recordId);
      tolerateRefusal(() => {
        const next = stored(buildDocument(random, id));
        if (!recordId || !bytes) collection.insert(next);
        else if (random.chance(0.3)) collection.remove(recordId, decode(bytes));
        else collection.replaceIfChanged({ recordId, bytes, document: decode(bytes) }, next);
      });
    }
  });
}

const idOf = (document: Document): number => (document._id as Int32).value;
const inOrder = (ids: readonly number[]): string => [...ids].sort((a, b) => a - b).join();

/** What the query gives, or the code name of its refusal. */
function run({ engine, collection }: Subject, options: QueryOptions): Document[] | string {
  try {
    const query = new Query(engine.environment, collection, options);
    return query.takeNow(Number.MAX_SAFE_INTEGER, () => undefined).map(({ document }) => document);
  } catch (error) {
    return (error as { codeName?: string }).codeName ?? String(error);
  }
}

const readAll = ({ collection }: Subject): Document[] => [...collection.records()].map(({ bytes }) => decode(bytes));

interface Question extends QueryOptions {
  readonly sort: Record<string, number>;
  readonly skip: number;
  readonly limit: number;
}

/** All documents, which are in the order of insertion, filtered, then sorted by a comparison that shares nothing with the store. */
function expectedOf(all: readonly Document[], { filter, sort, skip, limit }: Question): Document[] {
  const found = all.filter(compileFilter(filter).matches);
  if (sort.$natural === -1) found.reverse();
  else if (sort.$natural === undefined) found.sort(referenceSort(sort));
  return found.slice(skip, limit > 0 ? skip + limit : undefined);
}

/** An index gives equal keys and unsorted documents in its own order; everything else is in the order of insertion. */
function isSame(plan: Plan, question: Question, found: readonly Document[], expected: readonly Document[]): boolean {
  if (found.length !== expected.length) return false;
  const isSorted = Object.keys(question.sort).length > 0;
  const isExact = (plan.kind === 'scan' && !plan.index) || (isSorted && !plan.coversSort);
  if (isExact) return found.every((document, at) => idOf(document) === idOf(expected[at] as Document));
  const compare = referenceSort(question.sort);
  if (isSorted && found.some((document, at) => compare(document, expected[at] as Document) !== 0)) return false;
  const isWhole = question.skip === 0 && question.limit === 0;
  return !isWhole || inOrder(found.map(idOf)) === inOrder(expected.map(idOf));
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

  it(`ES-8: 21,000 random queries give the same through indexes as through a collection scan (ES_SEED=${seed})`, async function () {
    this.timeout(180_000);
    const random = createRandom(seed);
    let indexed = 0;
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const subject = await buildSubject(engine, random, `c${round}`);
      let all = readAll(subject);
      for (let count = 0; count < queriesPerRound; count++) {
        if (count % 35 === 34) {
          await disturb(subject, random);
          all = readAll(subject);
        }
        const filter = stored({
          filter: buildFilter(random, Object.keys(random.pick(subject.collection.entry.indexes).key)),
        }).filter as Document;
        const [skip, limit] = random.chance(0.3) ? [random.integer(4), random.integer(8)] : [0, 0];
        const question: Question = { filter, sort: buildSort(random), skip, limit };
        const found = run(subject, question);
        // Sorts by two arrays are refused, unless an index or an empty result spares the comparison.
        if (typeof found === 'string' || typeof run(subject, { ...question, hint: { $natural: 1 } }) === 'string') {
          refused++;
          continue;
        }
        const { plan } = new Query(engine.environment, subject.collection, question);
        if (plan.kind === 'union' || plan.index) indexed++;
        const expected = expectedOf(all, question);
        if (!isSame(plan, question, found, expected)) {
          const indexes = subject.collection.entry.indexes.map(({ key, unique, sparse, partialFilter }) => ({
            key,
            unique,
            sparse,
            partialFilter,
          }));
          const label = `seed ${seed}, round ${round}, query ${EJSON.stringify(question)}, indexes ${EJSON.stringify(indexes)}`;
          expect(found.map(idOf), label).to.deep.equal(expected.map(idOf));
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

import { expect } from 'chai';
import { EJSON, type Document } from 'bson';
import mongoose, { type Connection } from 'mongoose';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { accumulatorCases } from './accumulator-cases.js';
import { expressionCases, missing, Refusal } from './expression-cases.js';
import { dateCases } from './expression-date-cases.js';
import { valueCases } from './expression-value-cases.js';

const allCases = { ...expressionCases, ...valueCases, ...dateCases };
const total = Object.values(allCases).flat().length;
/** With the type of every number. */
const spell = (value: unknown): string => EJSON.stringify({ value }, { relaxed: false });

describe('embedded store: expressions', () => {
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

  async function evaluate(documents: readonly Document[], stage: Document): Promise<string> {
    const collection = connection.collection<Document>('expressions');
    await collection.deleteMany({});
    await collection.insertMany(documents.map((document) => ({ ...document })));
    const pipeline = [stage];
    const [found] = await collection
      .aggregate(pipeline, { promoteValues: false, promoteLongs: false, bsonRegExp: true })
      .toArray();
    return found && Object.hasOwn(found, 'value') ? spell(found.value) : 'missing';
  }

  async function compare(documents: readonly Document[], stage: Document, expected: unknown): Promise<string[]> {
    const actual = await evaluate(documents, stage).catch(
      (error: { code?: number; message: string }) => `error ${error.code ?? error.message}`,
    );
    const wanted =
      expected instanceof Refusal ? `error ${expected.code}` : expected === missing ? 'missing' : spell(expected);
    if (actual === wanted) return [];
    return [`${EJSON.stringify(stage)} on ${EJSON.stringify(documents)}: ${actual}, expected ${wanted}`];
  }

  it('ES-7 the expression table has at least 120 cases', () => {
    expect(total).to.be.at.least(120);
  });

  for (const [group, cases] of Object.entries(allCases)) {
    it(`ES-7 ${group}: ${cases.length} expressions`, async () => {
      const wrong: string[] = [];
      for (const [document, value, expected] of cases)
        wrong.push(...(await compare([document], { $replaceRoot: { newRoot: { value } } }, expected)));
      expect(wrong).to.deep.equal([]);
      expect(({} as Document).polluted).to.equal(undefined);
    });
  }

  it(`ES-7 ${accumulatorCases.length} accumulators`, async () => {
    const wrong: string[] = [];
    for (const [values, accumulator, expected] of accumulatorCases) {
      const documents = values.map((v) => (v === missing ? {} : { v }));
      wrong.push(...(await compare(documents, { $group: { _id: null, value: accumulator } }, expected)));
    }
    expect(wrong).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import { EJSON, type Document } from 'bson';
import mongoose, { type Connection } from 'mongoose';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { matcherCases } from './matcher-cases.js';
import { moreMatcherCases } from './matcher-more-cases.js';

const groups = [...Object.entries(matcherCases), ...Object.entries(moreMatcherCases)];

describe('embedded store: filters', () => {
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

  const total = groups.flatMap(([, cases]) => cases).length;

  it('ES-7 the matcher table has at least 150 cases', () => {
    expect(total).to.be.at.least(150);
  });

  for (const [group, cases] of groups) {
    it(`ES-7 ${group}: ${cases.length} filters`, async () => {
      const collection = connection.collection<Document>('cases');
      const wrong: string[] = [];
      for (const [document, filter, expected] of cases) {
        const _id = next++;
        await collection.insertOne({ _id: _id as never, ...document });
        const actual = await collection.findOne({ $and: [{ _id: _id as never }, filter] }).then(
          (found) => found !== null,
          (error: { code?: number; message: string }) => error.code ?? error.message,
        );
        if (actual !== expected)
          wrong.push(
            `${EJSON.stringify(document)} by ${EJSON.stringify(filter)}: ${String(actual)}, expected ${String(expected)}`,
          );
      }
      expect(wrong).to.deep.equal([]);
    });
  }
});

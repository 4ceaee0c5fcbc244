import { expect } from 'chai';
import type { Document } from 'bson';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';
import {
  commandRefusals,
  commands,
  filterRefusals,
  stageRefusals,
  updateRefusals,
  type Refusal,
} from './refusal-cases.js';
import { collectionRefusals, indexRefusals } from './refusal-catalogue-cases.js';

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

  const run = (command: Document, database = 'frontdesk'): Promise<Document> =>
    connection.getClient().db(database).command(command);

  /** All documents, indexes and collections there are. */
  async function everything(): Promise<unknown> {
    const list = (await run({ listCollections: 1 })).cursor as { firstBatch: Document[] };
    return Promise.all(
      list.firstBatch.map(async ({ name }) => [
        name as string,
        await connection
          .collection(name as string)
          .find()
          .toArray(),
        await connection.collection(name as string).indexes(),
      ]),
    );
  }

  async function expectRefusal(command: Document, code: number, database?: string): Promise<void> {
    const before = await everything();
    const reply: Document = await run(command, database).catch((error: Document) => error);
    const writeError = (reply.writeErrors as Document[] | undefined)?.[0];
    expect(writeError?.code ?? reply.code, String(reply.message ?? JSON.stringify(reply))).to.equal(code);
    expect(await everything(), 'nothing has changed').to.deep.equal(before);
    expect(({} as Document).polluted).to.equal(undefined);
  }

  for (const [name, [body, database]] of Object.entries(commands)) {
    it(`ES-10 an argument of ${name} that nobody knows is refused with 40415`, () =>
      expectRefusal({ ...body, nonsense: 1 }, 40415, database));
  }

  const tables: Readonly<Record<string, readonly Refusal[]>> = {
    commands: commandRefusals,
    filters: filterRefusals,
    updates: updateRefusals,
    stages: stageRefusals,
    indexes: indexRefusals,
    collections: collectionRefusals,
  };
  for (const [table, refusals] of Object.entries(tables)) {
    describe(table, () => {
      for (const [what, command, code] of refusals)
        it(`ES-10 ${what} is refused with ${code}`, () => expectRefusal(command, code));
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
    await many.drop();
    expect(code).to.equal(50);
  });

  it('ES-10 what a standalone can honour, or need not, is accepted', async () => {
    const accepted: Document[] = [
      { find: 'things', readConcern: { level: 'majority' } },
      { find: 'things', readConcern: { level: 'local' } },
      { find: 'things', readConcern: { level: 'available' } },
      { find: 'things', readConcern: {} },
      { insert: 'accepted', documents: [{}], writeConcern: { w: 'majority', j: true, wtimeout: 1000 } },
      { insert: 'accepted', documents: [{}], writeConcern: { w: 1 } },
      { insert: 'accepted', documents: [{}], bypassDocumentValidation: true, comment: 'why' },
      { find: 'things', collation: { locale: 'simple' } },
      { find: 'things', allowDiskUse: true, allowPartialResults: true, noCursorTimeout: true, batchSize: 1 },
      { find: 'things', returnKey: false, showRecordId: false, tailable: false, awaitData: false },
      { find: 'things', apiVersion: '1', comment: { any: 'thing' } },
    ];
    for (const command of accepted) expect((await run(command)).ok).to.equal(1);
  });
});

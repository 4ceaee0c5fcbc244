/** What is dropped stays dropped, and takes nothing with it that came later: also over a restart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { inspectStore } from './store-inspection.js';

describe('embedded store: dropping', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'frontdesk-drop-'));
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const withStore = async (use: (connection: Connection) => Promise<void>): Promise<void> => {
    const store = await startEmbeddedMongo({ dir });
    const connection = await mongoose.createConnection(store.uri).asPromise();
    try {
      await use(connection);
    } finally {
      await connection.close();
      await store.close();
    }
  };

  it('ES-1: an update that is under way does not bring a dropped collection back in the place of a new one', async function () {
    this.timeout(30_000);
    await withStore(async (connection) => {
      const items = connection.collection<{ _id: number; a: unknown; isChanged?: boolean }>('items');
      const count = 20_000;
      await items.createIndex({ a: 1 });
      await items.insertMany(Array.from({ length: count }, (_, _id) => ({ _id, a: 1 })));
      // The last document makes the index one of arrays, which is noted in the catalogue.
      const a = { $cond: [{ $lt: ['$_id', count - 1] }, 2, [1, 2]] };
      const update = items.updateMany({}, [{ $set: { a, isChanged: true } }]).then(
        () => 0,
        (error: { code: number }) => error.code,
      );
      while (!(await items.findOne({ _id: 0 }))?.isChanged);
      await items.drop();
      await items.insertOne({ _id: -1, a: 'new' });
      expect(await update).to.equal(175);
    });
    const { stored, problems } = await inspectStore(dir, 'frontdesk.items');
    expect([...stored.keys()]).to.deep.equal(['-1']);
    expect(problems).to.deep.equal([]);
  });

  it('ES-1: what is still to be removed after a restart, however much it is, is not taken for new data', async function () {
    this.timeout(30_000);
    await withStore(async (connection) => {
      for (let at = 0; at < 24; at++) {
        const items = connection.collection(`items${at}`);
        await items.insertOne({ at });
        await items.createIndexes(Array.from({ length: 50 }, (_, field) => ({ key: { [`f${field}`]: 1 } })));
      }
      await connection.dropDatabase();
    });
    await withStore(async (connection) => {
      const items = connection.collection<{ _id: number; a: number }>('fresh');
      await items.createIndex({ a: 1 });
      await items.insertMany(Array.from({ length: 50 }, (_, a) => ({ _id: a, a })));
    });
    const { stored, problems } = await inspectStore(dir, 'frontdesk.fresh');
    expect(stored.size).to.equal(50);
    expect(problems).to.deep.equal([]);
  });
});

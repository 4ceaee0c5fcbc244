/** Commands about databases, collections and indexes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Document } from 'bson';
import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';

describe('embedded store: catalogue', () => {
  let store: EmbeddedMongo;
  let connection: Connection;

  before(async () => {
    store = await startEmbeddedMongo({ ephemeral: true, ttlSweepMs: 20 });
    connection = await mongoose.createConnection(store.uri).asPromise();
  });

  beforeEach(() => connection.dropDatabase());

  after(async () => {
    await connection.close();
    await store.close();
  });

  const run = (command: Document, database = 'frontdesk'): Promise<Document> =>
    connection.getClient().db(database).command(command);
  const codeOf = (error: { code?: unknown }): unknown => error.code;
  const batch = (reply: Document): Document[] => (reply.cursor as { firstBatch: Document[] }).firstBatch;
  const createIndex = (key: Document, extra: Document = {}): Promise<Document> =>
    run({ createIndexes: 'rows', indexes: [{ key, name: 'index', ...extra }] });

  describe('indexes', () => {
    it('ES-7 an index that exists is made again without a change, and says so', async () => {
      const made = await createIndex({ a: 1 }, { unique: true });
      expect(made).to.include({ numIndexesBefore: 1, numIndexesAfter: 2, createdCollectionAutomatically: true });
      const again = await createIndex({ a: 1 }, { unique: true });
      expect(again).to.include({ numIndexesBefore: 2, numIndexesAfter: 2, note: 'all indexes already exist' });
    });

    const conflicts: readonly (readonly [string, Document, Document, number | undefined])[] = [
      ['another key under the name', { b: 1 }, {}, 86],
      ['unique under the name', { a: 1 }, { unique: true }, 86],
      ['another time to live under the name', { a: 1 }, { expireAfterSeconds: 5 }, 85],
      ['the same under another name', { a: 1 }, { name: 'other' }, 85],
      ['unique under another name', { a: 1 }, { name: 'other', unique: true }, undefined],
      ['sparse under another name', { a: 1 }, { name: 'other', sparse: true }, undefined],
      ['partial under another name', { a: 1 }, { name: 'other', partialFilterExpression: { b: 1 } }, undefined],
      ['the other direction under another name', { a: -1 }, { name: 'other' }, undefined],
    ];
    for (const [what, key, extra, code] of conflicts) {
      it(`ES-7 beside an index on a, ${what} is ${code ? `refused with ${code}` : 'another index'}`, async () => {
        await createIndex({ a: 1 });
        const outcome = await createIndex(key, extra).then(() => undefined, codeOf);
        expect(outcome).to.equal(code);
        const names = batch(await run({ listIndexes: 'rows' })).map(({ name }) => name as string);
        expect(names).to.deep.equal(['_id_', 'index', ...(code ? [] : ['other'])]);
      });
    }

    it('ES-7 indexes are listed with their options, in batches too', async () => {
      await createIndex({ a: 1, b: -1 }, { unique: true, sparse: true });
      const wanted = { v: 2, key: { a: 1, b: -1 }, name: 'index', unique: true, sparse: true };
      expect(batch(await run({ listIndexes: 'rows' }))[1]).to.deep.equal(wanted);
      const { id, firstBatch, ns } = (await run({ listIndexes: 'rows', cursor: { batchSize: 1 } })).cursor as Document;
      expect(firstBatch).to.have.length(1);
      const next = await run({ getMore: id as unknown, collection: String(ns).slice('frontdesk.'.length) });
      expect((next.cursor as Document).nextBatch).to.deep.equal([wanted]);
    });

    it('ES-10 a collection has 64 indexes and no more', async () => {
      const indexes = Array.from({ length: 63 }, (_, n) => ({ key: { [`f${n}`]: 1 }, name: `f${n}` }));
      expect(await run({ createIndexes: 'rows', indexes })).to.include({ numIndexesAfter: 64 });
      expect(await createIndex({ more: 1 }).catch(codeOf)).to.equal(67);
    });

    it('ES-7 all indexes but that on _id are dropped at once', async () => {
      await createIndex({ a: 1 });
      expect(await run({ dropIndexes: 'rows', index: '*' })).to.include({ nIndexesWas: 2 });
      expect(batch(await run({ listIndexes: 'rows' }))).to.have.length(1);
    });
  });

  describe('collMod', () => {
    const collMod = (index: Document): Promise<Document> => run({ collMod: 'rows', index });

    it('ES-7 changes when documents expire, by name or by key', async () => {
      await createIndex({ at: 1 }, { expireAfterSeconds: 100 });
      await run({ insert: 'rows', documents: [{ at: new Date(Date.now() - 60_000) }] });
      expect(await collMod({ keyPattern: { at: 1 }, expireAfterSeconds: 70 })).to.deep.equal({
        expireAfterSeconds_old: 100,
        expireAfterSeconds_new: 70,
        ok: 1,
      });
      expect(batch(await run({ listIndexes: 'rows' }))[1]).to.include({ expireAfterSeconds: 70 });
      expect((await run({ count: 'rows' })).n).to.equal(1);
      await collMod({ name: 'index', expireAfterSeconds: 50 });
      while ((await run({ count: 'rows' })).n !== 0) await new Promise((resolve) => setImmediate(resolve));
    });

    it('ES-7 lets documents expire by an index that was made without', async () => {
      await createIndex({ at: 1 });
      expect(await collMod({ name: 'index', expireAfterSeconds: 5 })).to.deep.equal({
        expireAfterSeconds_new: 5,
        ok: 1,
      });
    });

    it('ES-7 hides an index from queries and shows it again; it stays unique meanwhile', async () => {
      await createIndex({ a: 1 }, { unique: true });
      await run({ insert: 'rows', documents: [{ a: 1 }] });
      const plan = async (): Promise<string> =>
        JSON.stringify(
          (await run({ explain: { find: 'rows', filter: { a: 1 } }, verbosity: 'queryPlanner' })).queryPlanner,
        );
      expect(await collMod({ name: 'index', hidden: true })).to.include({ hidden_old: false, hidden_new: true });
      expect(await plan()).to.contain('COLLSCAN');
      expect(await run({ find: 'rows', hint: 'index' }).catch(codeOf), 'a hidden hint').to.equal(2);
      const again = await run({ insert: 'rows', documents: [{ a: 1 }] });
      expect((again.writeErrors as Document[])[0]?.code).to.equal(11000);
      expect(await collMod({ name: 'index', hidden: true })).to.deep.equal({ ok: 1 });
      expect(await collMod({ name: 'index', hidden: false })).to.include({ hidden_old: true, hidden_new: false });
      expect(await plan()).to.contain('IXSCAN');
    });

    it('ES-7 what it changed is still so after a restart', async () => {
      const dir = await mkdtemp(join(tmpdir(), 'store-'));
      try {
        for (const expected of [undefined, 7]) {
          const own = await startEmbeddedMongo({ dir });
          const client = await mongoose.createConnection(own.uri).asPromise();
          const rows = client.collection('rows');
          if (expected === undefined) {
            await rows.createIndex({ at: 1 }, { expireAfterSeconds: 5, name: 'index' });
            await client.db?.command({
              collMod: 'rows',
              index: { name: 'index', expireAfterSeconds: 7, hidden: true },
            });
          } else {
            expect((await rows.indexes())[1]).to.include({ expireAfterSeconds: expected, hidden: true });
          }
          await client.close();
          await own.close();
        }
      } finally {
        await rm(dir, { recursive: true });
      }
    });

    const refused: readonly (readonly [string, Document, number])[] = [
      ['a collection that does not exist', { collMod: 'nowhere', index: { name: 'index', hidden: true } }, 26],
      ['an index that does not exist', { index: { name: 'nope', hidden: true } }, 27],
      ['a key that does not exist', { index: { keyPattern: { z: 1 }, hidden: true } }, 27],
      ['a key of two indexes', { index: { keyPattern: { twice: 1 }, hidden: true } }, 181],
      ['a name and a key', { index: { name: 'index', keyPattern: { a: 1 }, hidden: true } }, 72],
      ['neither name nor key', { index: { hidden: true } }, 72],
      ['no change', { index: { name: 'index' } }, 72],
      ['hiding the index on _id', { index: { name: '_id_', hidden: true } }, 2],
      ['expiry by _id', { index: { name: '_id_', expireAfterSeconds: 1 } }, 72],
      ['expiry before the present', { index: { name: 'index', expireAfterSeconds: -1 } }, 72],
      ['expiry that is no number', { index: { name: 'index', expireAfterSeconds: 'soon' } }, 14],
      ['expiry by two fields', { index: { name: 'two', expireAfterSeconds: 1 } }, 72],
      ['unique', { index: { name: 'index', unique: true } }, 40415],
      ['an unknown part', { index: { name: 'index', nonsense: 1 } }, 40415],
      ['a validator', { validator: { a: 1 } }, 72],
      ['a view', { viewOn: 'things', pipeline: [] }, 72],
      ['a limit of size', { cappedSize: 5 }, 72],
      ['images of changes', { changeStreamPreAndPostImages: { enabled: true } }, 72],
      ['an unknown option', { nonsense: 1 }, 40415],
    ];
    for (const [what, command, code] of refused) {
      it(`ES-10 ${what} is refused with ${code}`, async () => {
        await createIndex({ a: 1 });
        await createIndex({ b: 1, c: 1 }, { name: 'two' });
        await createIndex({ twice: 1 }, { name: 'twice' });
        await createIndex({ twice: 1 }, { name: 'again', unique: true });
        const before = batch(await run({ listIndexes: 'rows' }));
        expect(await run({ collMod: 'rows', ...command }).catch(codeOf)).to.equal(code);
        expect(batch(await run({ listIndexes: 'rows' }))).to.deep.equal(before);
      });
    }
  });

  describe('collections and databases', () => {
    it('ES-7 a collection is made once, and again without a change', async () => {
      await run({ create: 'rows' });
      await run({ insert: 'rows', documents: [{}] });
      await run({
        create: 'rows',
        capped: false,
        validator: {},
        validationLevel: 'strict',
        collation: { locale: 'simple' },
      });
      expect((await run({ count: 'rows' })).n).to.equal(1);
    });

    it('ES-7 collections are filtered by all there is to know of them, and listed by name alone', async () => {
      for (const name of ['a', 'b', 'c']) await run({ create: name });
      const list = async (extra: Document): Promise<Document[]> => batch(await run({ listCollections: 1, ...extra }));
      const [all] = await list({ filter: { name: 'b', type: 'collection', 'info.readOnly': false } });
      expect(all).to.deep.include({ name: 'b', options: {}, idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } });
      expect(await list({ filter: { 'info.readOnly': false, name: { $gt: 'a' } }, nameOnly: true })).to.deep.equal([
        { name: 'b', type: 'collection' },
        { name: 'c', type: 'collection' },
      ]);
      expect(await list({ cursor: { batchSize: 2 }, nameOnly: true, authorizedCollections: true })).to.have.length(2);
      expect(await list({ filter: { type: 'view' } })).to.deep.equal([]);
    });

    it('ES-7 databases are listed on admin, with a filter, by name alone', async () => {
      await run({ create: 'rows' });
      await run({ create: 'rows' }, 'second');
      const list = async (extra: Document): Promise<unknown> =>
        (await run({ listDatabases: 1, ...extra }, 'admin')).databases;
      expect(await list({ nameOnly: true, filter: { name: /^[fs]/ } })).to.deep.equal([
        { name: 'frontdesk' },
        { name: 'second' },
      ]);
      expect(((await list({ filter: { name: 'second' } })) as Document[])[0]).to.include({ empty: false });
      expect(await run({ listDatabases: 1 }).catch(codeOf)).to.equal(13);
      await run({ dropDatabase: 1 }, 'second');
      expect(await list({ nameOnly: true, filter: { name: 'second' } })).to.deep.equal([]);
    });

    it('ES-7 dbStats counts what a database holds, in the scale asked for', async () => {
      await createIndex({ a: 1 });
      await run({ insert: 'rows', documents: Array.from({ length: 1300 }, (_, a) => ({ a, text: 'x'.repeat(100) })) });
      const stats = (await connection.db?.stats()) ?? {};
      expect(stats).to.include({
        db: 'frontdesk',
        collections: 1,
        views: 0,
        objects: 1300,
        indexes: 2,
        scaleFactor: 1,
      });
      expect(stats.avgObjSize).to.be.within(130, 200);
      expect(stats.totalSize).to.equal(Number(stats.dataSize) + Number(stats.indexSize));
      const scaled = await run({ dbStats: 1, scale: 1024 });
      expect(scaled.dataSize).to.equal(Number(stats.dataSize) / 1024);
      expect(await run({ dbStats: 1 }, 'empty')).to.include({ collections: 0, objects: 0, avgObjSize: 0 });
      expect(await run({ dbStats: 1, scale: 0 }).catch(codeOf)).to.equal(51024);
    });
  });
});

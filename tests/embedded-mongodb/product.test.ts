/** What the product asks of its database, through Mongoose and through the rate limiter's own store. */
import { expect } from 'chai';
import mongoose, { Schema, type Connection } from 'mongoose';
import { RateLimiterMongo } from 'rate-limiter-flexible';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { startTestDatabase, type TestDatabase } from '../support/database.js';

describe('embedded store: what the product needs', () => {
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

  it('ES-8 the newest entry of a conversation is found by reading one key', async () => {
    const entries = connection.collection<{ tenantId: string; conversationId: string; seq: number }>('entries');
    await entries.createIndex({ tenantId: 1, conversationId: 1, seq: 1 }, { unique: true });
    await entries.insertMany(
      Array.from({ length: 900 }, (_, at) => ({ tenantId: 't', conversationId: `c${at % 3}`, seq: at })),
    );
    const plan = await entries
      .find({ tenantId: 't', conversationId: 'c1' })
      .sort({ seq: -1 })
      .limit(1)
      .explain('executionStats');
    expect(plan.executionStats).to.include({ nReturned: 1, totalKeysExamined: 1, totalDocsExamined: 1 });
    expect(JSON.stringify(plan.queryPlanner)).to.contain('tenantId_1_conversationId_1_seq_1').and.not.contain('"SORT"');
    const page = await entries
      .find({ tenantId: 't', conversationId: 'c1', seq: { $gt: 100 } })
      .sort({ seq: 1 })
      .limit(5)
      .explain('executionStats');
    expect(page.executionStats).to.include({ nReturned: 5, totalKeysExamined: 5 });
  });

  it('ES-8 explain names the collection scan, the _id lookup, and the union of an $or', async () => {
    const things = connection.collection<{ a: number; b: number; c: number }>('explained');
    await things.createIndexes([{ key: { a: 1 } }, { key: { b: 1 } }]);
    await things.insertMany(Array.from({ length: 50 }, (_, n) => ({ a: n, b: -n, c: n })));
    const stagesOf = async (filter: object): Promise<string> =>
      JSON.stringify((await things.find(filter).explain()).queryPlanner.winningPlan);
    expect(await stagesOf({ c: 1 })).to.contain('COLLSCAN');
    expect(await stagesOf({ a: 1 }))
      .to.contain('IXSCAN')
      .and.contain('"a_1"');
    expect(await stagesOf({ _id: new mongoose.Types.ObjectId() })).to.match(/IDHACK|EXPRESS_IXSCAN/);
    expect(await stagesOf({ $or: [{ a: 1 }, { b: -2 }] }))
      .to.contain('"a_1"')
      .and.contain('"b_1"');
    expect(await stagesOf({ $or: [{ a: 1 }, { c: 2 }] })).to.contain('COLLSCAN');
  });

  it('ES-7 a Mongoose model is created, found, counted, changed, aggregated and removed', async () => {
    const schema = new Schema(
      { name: { type: String, unique: true }, visits: { type: Number, default: 0 }, tags: [String] },
      { timestamps: true },
    );
    const Customer = connection.model('Customer', schema);
    await Customer.init();
    await Customer.create([{ name: 'a', tags: ['x'] }, { name: 'b', tags: ['x', 'y'] }, { name: 'c' }]);
    const duplicate = await Customer.create({ name: 'a' }).catch((error: { code: number }) => error.code);
    expect(duplicate).to.equal(11000);
    const changed = await Customer.findOneAndUpdate(
      { name: 'b' },
      { $inc: { visits: 2 }, $push: { tags: 'z' } },
      { returnDocument: 'after' },
    );
    expect(changed?.visits).to.equal(2);
    expect([...(changed?.tags ?? [])]).to.deep.equal(['x', 'y', 'z']);
    expect(await Customer.countDocuments({ tags: 'x' })).to.equal(2);
    expect(await Customer.estimatedDocumentCount()).to.equal(3);
    expect((await Customer.distinct('tags')).sort()).to.deep.equal(['x', 'y', 'z']);
    const loaded = await Customer.findOne({ name: 'c' });
    if (!loaded) throw new Error('the customer is missing');
    loaded.visits = 7;
    await loaded.save();
    const groups = await Customer.aggregate([
      { $match: { visits: { $gt: 0 } } },
      {
        $group: {
          _id: null,
          total: { $sum: '$visits' },
          names: { $push: '$name' },
          most: { $max: '$visits' },
          mean: { $avg: '$visits' },
        },
      },
    ]);
    expect(groups).to.have.length(1);
    expect(groups[0]).to.deep.include({ total: 9, most: 7, mean: 4.5 });
    expect(
      (await Customer.find().sort('-visits name').select('name -_id').lean()).map(({ name }) => name),
    ).to.deep.equal(['c', 'b', 'a']);
    const bulk = await Customer.bulkWrite([
      { updateOne: { filter: { name: 'a' }, update: { $set: { visits: 1 } } } },
      { insertOne: { document: { name: 'd' } } },
      { deleteOne: { filter: { name: 'b' } } },
    ]);
    expect(bulk).to.include({ modifiedCount: 1, insertedCount: 1, deletedCount: 1 });
    expect(await Customer.deleteMany({})).to.include({ deletedCount: 3 });
  });

  it('ES-7 the rate limiter counts, blocks and resets, also with 40 requests at once', async () => {
    const limiter = new RateLimiterMongo({
      storeClient: connection,
      dbName: connection.name,
      tableName: 'limits',
      points: 5,
      duration: 60,
      disableIndexesCreation: true,
    });
    await limiter.createIndexes();
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => limiter.consume('visitor')));
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(5);
    expect((await limiter.get('visitor'))?.consumedPoints).to.equal(40);
    await limiter.delete('visitor');
    expect((await limiter.consume('visitor')).remainingPoints).to.equal(4);
    await limiter.block('other', 30);
    expect(
      await limiter.consume('other').then(
        () => 'passed',
        () => 'blocked',
      ),
    ).to.equal('blocked');
  });

  it('ES-7 a TTL index removes what is due and keeps the rest', async () => {
    const store = await startEmbeddedMongo({ ephemeral: true, ttlSweepMs: 20 });
    const own = await mongoose.createConnection(store.uri).asPromise();
    try {
      const sessions = own.collection<{ name: string; expire?: Date | Date[] | string }>('sessions');
      await sessions.createIndex({ expire: -1 }, { expireAfterSeconds: 0 });
      const past = new Date(Date.now() - 1000);
      const future = new Date(Date.now() + 60_000);
      await sessions.insertMany([
        { name: 'due', expire: past },
        { name: 'due in a list', expire: [future, past] },
        { name: 'later', expire: future },
        { name: 'text', expire: 'never' },
        { name: 'none' },
      ]);
      while ((await sessions.countDocuments()) > 3) await new Promise((resolve) => setImmediate(resolve));
      expect((await sessions.distinct('name')).sort()).to.deep.equal(['later', 'none', 'text']);
    } finally {
      await own.close();
      await store.close();
    }
  });

  it('ES-7 dropping a collection, an index and the database leaves nothing behind', async () => {
    const gone = connection.collection('gone');
    await gone.createIndex({ a: 1 });
    await gone.insertMany(Array.from({ length: 1200 }, (_, a) => ({ a })));
    await gone.dropIndex('a_1');
    expect((await gone.indexes()).map(({ name }) => name)).to.deep.equal(['_id_']);
    expect(await gone.find({ a: 5 }).toArray()).to.have.length(1);
    await gone.drop();
    expect(await gone.countDocuments()).to.equal(0);
    await gone.insertOne({ a: 1 });
    expect(await gone.find().toArray()).to.have.length(1);
    expect((await connection.db?.listCollections().toArray())?.map(({ name }) => name)).to.include('gone');
    await connection.db?.dropDatabase();
    expect(await connection.db?.listCollections().toArray()).to.deep.equal([]);
  });
});

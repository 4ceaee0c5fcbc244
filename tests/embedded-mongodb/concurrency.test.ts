import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startTestDatabase, type TestDatabase } from '../support/database.js';

const contenders = 200;

interface DuplicateKeyError {
  readonly code: number;
  readonly keyPattern: unknown;
  readonly keyValue: unknown;
  readonly message: string;
}

/** Runs all at once and tells the winners from the errors. */
async function race<T>(
  attempt: (contender: number) => Promise<T>,
): Promise<{ wins: T[]; errors: DuplicateKeyError[] }> {
  const results = await Promise.allSettled(Array.from({ length: contenders }, (_, contender) => attempt(contender)));
  const wins = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const errors = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as DuplicateKeyError] : [],
  );
  return { wins, errors };
}

describe('embedded store: contention', () => {
  let database: TestDatabase;
  let connection: Connection;

  before(async () => {
    database = await startTestDatabase();
    connection = await mongoose.createConnection(database.uri, { maxPoolSize: 50 }).asPromise();
  });

  after(async () => {
    await connection.close();
    await database.close();
  });

  it('ES-4: a unique index lets exactly one of 200 inserts win, the others get 11000 with keyPattern and keyValue', async () => {
    const people = connection.collection('people');
    await people.createIndex({ tenantId: 1, email: 1 }, { unique: true });
    const { wins, errors } = await race((contender) =>
      people.insertOne({ tenantId: 't1', email: 'a@example.org', contender }),
    );
    expect(wins).to.have.length(1);
    expect(errors).to.have.length(contenders - 1);
    for (const error of errors) {
      expect(error.code).to.equal(11000);
      expect(error.keyPattern).to.deep.equal({ tenantId: 1, email: 1 });
      expect(error.keyValue).to.deep.equal({ tenantId: 't1', email: 'a@example.org' });
      expect(error.message).to.match(
        /^E11000 duplicate key error collection: \S+\.people index: tenantId_1_email_1 dup key: \{ tenantId: "t1", email: "a@example\.org" \}$/,
      );
    }
    expect(await people.countDocuments({ tenantId: 't1' })).to.equal(1);
  });

  it('ES-4: a partial unique multikey index lets one of 200 overlapping claims win, and frees the claim with the booking', async () => {
    const bookings = connection.collection<{ contender: number; status: string; claims: string[] }>('bookings');
    await bookings.createIndex({ claims: 1 }, { unique: true, partialFilterExpression: { status: 'held' } });
    const { wins, errors } = await race((contender) =>
      bookings.insertOne({
        contender,
        status: 'held',
        claims: [`r${contender}@10:00`, 'r0@10:15', `r${contender}@10:30`],
      }),
    );
    expect(wins).to.have.length(1);
    for (const error of errors) {
      expect(error.code).to.equal(11000);
      expect(error.keyPattern).to.deep.equal({ claims: 1 });
      expect(error.keyValue).to.deep.equal({ claims: 'r0@10:15' });
    }
    await bookings.insertOne({ contender: -1, status: 'cancelled', claims: ['r0@10:15'] });
    await bookings.updateOne({ status: 'held' }, { $set: { status: 'cancelled' } });
    await bookings.insertOne({ contender: -2, status: 'held', claims: ['r0@10:15'] });
    const refused = await bookings
      .updateMany({ contender: -1 }, { $set: { status: 'held' } })
      .catch((error: DuplicateKeyError) => error.code);
    expect(refused).to.equal(11000);
  });

  it('ES-4: 200 upserts on one unique key make one document', async () => {
    const settings = connection.collection<{ key: string; n: number }>('settings');
    await settings.createIndex({ key: 1 }, { unique: true });
    const { wins, errors } = await race(() =>
      settings.updateOne({ key: 'theme' }, { $inc: { n: 1 } }, { upsert: true }),
    );
    expect(errors.every((error) => error.code === 11000)).to.equal(true);
    expect(wins.filter((win) => win.upsertedCount === 1)).to.have.length(1);
    const stored = await settings.find({}).toArray();
    expect(stored).to.have.length(1);
    expect(stored[0]?.n).to.equal(wins.length);
  });

  it('ES-5: 200 concurrent findOneAndUpdate increments give 200 different values up to 200', async () => {
    const counters = connection.collection<{ _id: string; seq: number }>('counters');
    await counters.insertOne({ _id: 'c', seq: 0 });
    const { wins, errors } = await race(() =>
      counters.findOneAndUpdate({ _id: 'c' }, { $inc: { seq: 1 } }, { returnDocument: 'after' }),
    );
    expect(errors).to.deep.equal([]);
    expect(wins.map((win) => win?.seq).sort((a, b) => Number(a) - Number(b))).to.deep.equal(
      Array.from({ length: contenders }, (_, at) => at + 1),
    );
    expect((await counters.findOne({ _id: 'c' }))?.seq).to.equal(contenders);
  });

  it('ES-5: 200 counters calling the next of 150 tickets never call one twice, and call them in order', async () => {
    const queue = connection.collection<{ number: number; status: string; by?: number }>('queue');
    await queue.createIndex({ status: 1, number: 1 });
    await queue.insertMany(Array.from({ length: 150 }, (_, number) => ({ number, status: 'waiting' })));
    const { wins, errors } = await race((by) =>
      queue.findOneAndUpdate(
        { status: 'waiting' },
        { $set: { status: 'called', by } },
        { sort: { number: 1 }, returnDocument: 'after' },
      ),
    );
    expect(errors).to.deep.equal([]);
    const called = wins.flatMap((win) => (win ? [win.number] : []));
    expect(called.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 150 }, (_, at) => at));
    expect(await queue.countDocuments({ status: 'waiting' })).to.equal(0);
  });

  it('ES-5: a conditional findOneAndUpdate is won once', async () => {
    const tickets = connection.collection<{ _id: number; status: string; by?: number }>('tickets');
    await tickets.insertOne({ _id: 1, status: 'waiting' });
    const { wins } = await race((contender) =>
      tickets.findOneAndUpdate(
        { _id: 1, status: 'waiting' },
        { $set: { status: 'called', by: contender } },
        { returnDocument: 'after' },
      ),
    );
    const winners = wins.filter((win) => win !== null);
    expect(winners).to.have.length(1);
    expect((await tickets.findOne({ _id: 1 }))?.by).to.equal(winners[0]?.by);
  });
});

/** Commands as the documentation describes them, sent as they are written and not as the driver would make them. */
import { BSON, EJSON, Long, Timestamp, type Document } from 'bson';
import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { deleteCases, findCases, insertCases, type CommandCase } from './command-cases.js';
import { modifyCases, updateCases } from './command-update-cases.js';

/** With types and in order, so that int 1 and double 1 differ, and `{a, b}` and `{b, a}`. */
const exact = (value: unknown): string =>
  EJSON.stringify(BSON.deserialize(BSON.serialize({ value }), { promoteValues: false }).value, { relaxed: false });

describe('embedded store: commands', () => {
  let store: EmbeddedMongo;
  let connection: Connection;

  before(async () => {
    store = await startEmbeddedMongo({ ephemeral: true });
    connection = await mongoose.createConnection(store.uri).asPromise();
  });

  beforeEach(() => connection.dropDatabase());

  after(async () => {
    await connection.close();
    await store.close();
  });

  const run = (command: Document, database = 'frontdesk'): Promise<Document> =>
    connection.getClient().db(database).command(command, { promoteValues: false });
  const codeOf = (error: { code?: unknown }): number => Number(error.code);
  const stored = async (): Promise<Document[]> =>
    ((await run({ find: 'rows' })).cursor as { firstBatch: Document[] }).firstBatch;

  async function check({ before = [], command, reply, after = before }: CommandCase): Promise<void> {
    if (before.length > 0) await run({ insert: 'rows', documents: before });
    const answer = await run(command).catch((error: Document) => error);
    if (typeof reply === 'number') {
      const code: unknown = (answer.writeErrors as Document[] | undefined)?.[0]?.code ?? answer.code;
      expect(Number(code), String(answer.message ?? EJSON.stringify(answer))).to.equal(reply);
    } else {
      for (const [field, value] of Object.entries(reply)) expect(exact(answer[field]), field).to.equal(exact(value));
    }
    expect(exact(await stored())).to.equal(exact(after));
  }

  const groups = {
    insert: insertCases,
    update: updateCases,
    delete: deleteCases,
    findAndModify: modifyCases,
    find: findCases,
  };
  for (const [group, cases] of Object.entries(groups)) {
    for (const one of cases) it(`ES-7 ${group} ${one.what}`, () => check(one));
  }

  it('ES-7 insert tells of every failure, of later ones without the message and the key when they get too long', async () => {
    const documents = Array.from({ length: 8000 }, (_, n) => ({ _id: String(n).padStart(1900, 'k') }));
    await run({ insert: 'rows', documents });
    const { n, writeErrors } = await run({ insert: 'rows', documents, ordered: false });
    const errors = writeErrors as Document[];
    expect(errors.map(({ index }) => Number(index))).to.deep.equal(documents.map((_, index) => index));
    expect(errors.every(({ code }) => Number(code) === 11000)).to.equal(true);
    expect(Number(n)).to.equal(0);
    expect(errors[0]?.errmsg).to.contain('dup key');
    expect(errors[1000]).to.include({ errmsg: '' }).and.to.have.property('keyValue');
    expect(errors.at(-1)).to.have.all.keys('index', 'code', 'errmsg');
  });

  it('ES-7 insert makes an _id, as the first field, and fills empty timestamps at the top', async () => {
    const empty = new Timestamp(Long.UZERO);
    await run({
      insert: 'rows',
      documents: [
        { a: empty, b: { c: empty } },
        { _id: 1, a: empty },
      ],
    });
    const [made, given] = (await stored()) as [Document, Document];
    expect(Object.keys(made)).to.deep.equal(['_id', 'a', 'b']);
    expect((made._id as { _bsontype: string })._bsontype).to.equal('ObjectId');
    const seconds = Math.floor(Date.now() / 1000);
    expect((made.a as Timestamp).t).to.be.within(seconds - 5, seconds);
    expect((given.a as Timestamp).compare(made.a as Timestamp)).to.equal(1);
    expect((made.b as { c: Timestamp }).c.isZero()).to.equal(true);
  });

  it('ES-7 more statements than a batch may have are refused with 16', async () => {
    const documents = Array.from({ length: 100_001 }, () => ({}));
    expect(await run({ insert: 'rows', documents }).catch(codeOf)).to.equal(16);
    expect(await stored()).to.deep.equal([]);
  }).timeout(20_000);

  it('ES-7 the server presents itself as 8.0', async () => {
    expect(exact(await run({ buildInfo: 1 }))).to.contain('"version":"8.0.0"');
    const hello = await run({ hello: 1 });
    expect(Number(hello.maxWireVersion)).to.equal(25);
    expect(Number(hello.minWireVersion)).to.equal(0);
    expect(hello).to.not.have.any.keys('setName', 'msg', 'topologyVersion');
  });

  describe('cursors', () => {
    interface Batch {
      id: Long;
      firstBatch: Document[];
      nextBatch: Document[];
    }
    const open = async (batchSize: number): Promise<Batch> => {
      await run({ insert: 'rows', documents: [1, 2, 3].map((_id) => ({ _id })) });
      return (await run({ find: 'rows', batchSize })).cursor as Batch;
    };
    const more = async (id: unknown, extra: Document = {}): Promise<Batch> =>
      (await run({ getMore: id, collection: 'rows', ...extra })).cursor as Batch;

    it('ES-7 an empty first batch opens the cursor only', async () => {
      const { id, firstBatch } = await open(0);
      expect(firstBatch).to.deep.equal([]);
      const { nextBatch, id: next } = await more(id, { batchSize: 2 });
      expect(nextBatch).to.have.length(2);
      const last = await more(next);
      expect(last.nextBatch).to.have.length(1);
      expect(last.id.toString()).to.equal('0');
      expect(await more(id).catch(codeOf), 'an exhausted cursor').to.equal(43);
    });

    const refusals: readonly (readonly [string, Document, number])[] = [
      ['of another collection', { collection: 'others' }, 13],
      ['of no collection', { collection: '' }, 73],
      ['of a collection that is no text', { collection: 1 }, 14],
      ['in negative batches', { batchSize: -1 }, 51024],
      ['with a time of its own', { maxTimeMS: 100 }, 2],
      ['with an unknown argument', { nonsense: 1 }, 40415],
    ];
    for (const [what, extra, code] of refusals) {
      it(`ES-10 a cursor ${what} is refused with ${code}, and goes on afterwards`, async () => {
        const { id } = await open(1);
        expect(await more(id, extra).catch(codeOf)).to.equal(code);
        expect((await more(id)).nextBatch).to.have.length(2);
      });
    }

    it('ES-10 a cursor number that is none is refused with 14, one that nobody has with 43', async () => {
      expect(await more('first').catch(codeOf)).to.equal(14);
      expect(await more(Long.fromNumber(4711)).catch(codeOf)).to.equal(43);
      expect(await run({ killCursors: 'rows', cursors: ['first'] }).catch(codeOf)).to.equal(14);
      expect(await run({ killCursors: 'rows' }).catch(codeOf)).to.equal(40414);
    });
  });

  describe('explain', () => {
    const explain = (command: Document, verbosity = 'queryPlanner'): Promise<Document> =>
      run({ explain: command, verbosity });

    beforeEach(async () => {
      await run({ insert: 'rows', documents: Array.from({ length: 20 }, (_, _id) => ({ _id, a: _id, b: 0 })) });
      await run({ createIndexes: 'rows', indexes: [{ key: { a: 1 }, name: 'a_1' }] });
    });

    const filter = { a: 7 };
    const explained: Readonly<Record<string, readonly [Document, string | undefined]>> = {
      find: [{ find: 'rows', filter }, undefined],
      aggregate: [{ aggregate: 'rows', pipeline: [{ $match: filter }], cursor: {} }, undefined],
      count: [{ count: 'rows', query: filter }, 'COUNT'],
      distinct: [{ distinct: 'rows', key: 'b', query: filter }, undefined],
      update: [{ update: 'rows', updates: [{ q: filter, u: { $set: { b: 1 } } }] }, 'UPDATE'],
      delete: [{ delete: 'rows', deletes: [{ q: filter, limit: 0 }] }, 'DELETE'],
      findAndModify: [{ findAndModify: 'rows', query: filter, update: { $set: { b: 1 } } }, 'UPDATE'],
      'findAndModify that removes': [{ findAndModify: 'rows', query: filter, remove: true }, 'DELETE'],
    };
    for (const [what, [command, stage]] of Object.entries(explained)) {
      it(`ES-8 explain of ${what} names the index, and changes nothing`, async () => {
        const before = exact(await stored());
        const { queryPlanner, executionStats } = (await explain(command, 'executionStats')) as {
          queryPlanner: { winningPlan: Document };
          executionStats: Document;
        };
        expect(JSON.stringify(queryPlanner.winningPlan)).to.contain('"a_1"').and.contain('IXSCAN');
        if (stage) expect(queryPlanner.winningPlan.stage).to.equal(stage);
        expect(Number(executionStats.totalDocsExamined)).to.equal(1);
        expect(exact(await stored())).to.equal(before);
      });
    }

    it('ES-8 explain shows what follows the part of a pipeline that a query answers', async () => {
      const pipeline = [{ $match: filter }, { $group: { _id: '$b' } }];
      const { stages } = await explain({ aggregate: 'rows', pipeline, cursor: {} });
      expect(Object.keys((stages as Document[])[0] ?? {})).to.deep.equal(['$cursor']);
      expect(exact((stages as Document[])[1])).to.equal(exact(pipeline[1]));
      expect(exact(await run({ aggregate: 'rows', pipeline, explain: true }))).to.contain('"a_1"');
    });

    const refusals: readonly (readonly [string, Document, number])[] = [
      ['an unknown command', { explain: { frobnicate: 1 } }, 59],
      ['a command without a plan', { explain: { ping: 1 } }, 59],
      ['no command', { explain: 1 }, 14],
      ['an unknown detail', { explain: { find: 'rows' }, verbosity: 'everything' }, 2],
      ['an unknown argument', { explain: { find: 'rows', nonsense: 1 } }, 40415],
      ['an unknown hint', { explain: { find: 'rows', hint: 'nope' } }, 2],
      [
        'two statements',
        {
          explain: {
            delete: 'rows',
            deletes: [
              { q: {}, limit: 0 },
              { q: {}, limit: 0 },
            ],
          },
        },
        16,
      ],
    ];
    for (const [what, command, code] of refusals) {
      it(`ES-10 explain of ${what} is refused with ${code}`, async () => {
        expect(await run(command).catch(codeOf)).to.equal(code);
      });
    }
  });
});

import { BSON, Long, type Document } from 'bson';
import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';
import {
  buildFrame,
  buildMessage,
  buildSequences,
  openClient,
  opMessage,
  ping,
  type RawClient,
} from './wire-client.js';

describe('embedded store: wire', () => {
  let store: EmbeddedMongo;
  let connection: Connection;
  const clients: RawClient[] = [];

  async function open(): Promise<RawClient> {
    const client = await openClient(store.uri);
    clients.push(client);
    return client;
  }

  async function expectAlive(): Promise<void> {
    const client = await open();
    client.socket.write(ping);
    expect(await client.answer()).to.deep.equal({ ok: 1 });
  }

  before(async () => {
    store = await startEmbeddedMongo({ ephemeral: true });
    connection = await mongoose.createConnection(store.uri).asPromise();
  });

  afterEach(() => {
    for (const { socket } of clients.splice(0)) socket.destroy();
  });

  after(async () => {
    await connection.close();
    await store.close();
  });

  const closing: readonly (readonly [string, Buffer])[] = [
    ['a frame shorter than its header', buildFrame(opMessage, Buffer.alloc(0), 15)],
    ['a negative length', buildFrame(opMessage, Buffer.alloc(0), -1)],
    ['a frame longer than 48,000,000 bytes', buildFrame(opMessage, Buffer.alloc(0), 48_000_001)],
    ['an unknown operation code', buildFrame(1234, Buffer.alloc(40))],
    ['a compressed message', buildFrame(2012, Buffer.alloc(40))],
    ['an unknown section kind', buildFrame(opMessage, Buffer.from([0, 0, 0, 0, 9, 5, 0, 0, 0, 0]))],
    ['a message without a body', buildFrame(opMessage, Buffer.alloc(4))],
    ['an unknown required flag', buildMessage({ ping: 1, $db: 'admin' }, 8)],
    ['a document longer than its frame', buildFrame(opMessage, Buffer.from([0, 0, 0, 0, 0, 200, 0, 0, 0, 0]))],
    ['a sequence longer than its frame', buildFrame(opMessage, Buffer.from([0, 0, 0, 0, 1, 200, 0, 0, 0, 0]))],
    ['a sequence without a name', buildFrame(opMessage, Buffer.from([0, 0, 0, 0, 1, 8, 0, 0, 0, 65, 65, 65, 65]))],
    ['a query without an end', buildFrame(2004, Buffer.alloc(30, 65))],
  ];
  for (const [what, frame] of closing) {
    it(`ES-9 ${what} gets an error or a closed socket`, async () => {
      const client = await open();
      client.socket.write(frame);
      const answer = await client.answer();
      if (answer) expect(answer.ok).to.equal(0);
      expect(await client.answer(), 'the connection is closed afterwards').to.equal(undefined);
      await expectAlive();
    });
  }

  it('ES-9 invalid BSON in a sound frame is answered and the connection stays usable', async () => {
    const client = await open();
    const broken = BSON.serialize({ ping: 'text', $db: 'admin' });
    broken[4] = 0x55;
    client.socket.write(buildFrame(opMessage, Buffer.concat([Buffer.alloc(5), broken])));
    expect((await client.answer())?.ok).to.equal(0);
    client.socket.write(ping);
    expect(await client.answer()).to.deep.equal({ ok: 1 });
  });

  it('ES-9 a frame cut off at any byte leaves the store serving', async () => {
    for (let length = 1; length < ping.length; length++) {
      const client = await open();
      client.socket.end(ping.subarray(0, length));
      expect(await client.answer()).to.equal(undefined);
    }
    await expectAlive();
  });

  it('ES-9 a message that arrives byte by byte, and several in one packet, are all answered in order', async () => {
    const client = await open();
    for (const byte of ping) client.socket.write(Buffer.of(byte));
    client.socket.write(Buffer.concat([ping, buildMessage({ nonsense: 1, $db: 'admin' }), ping]));
    expect(await client.answer()).to.deep.equal({ ok: 1 });
    expect(await client.answer()).to.deep.equal({ ok: 1 });
    expect((await client.answer())?.code).to.equal(59);
    expect(await client.answer()).to.deep.equal({ ok: 1 });
  });

  it('ES-9 an unknown command is refused with 59, an empty one and one without a database too', async () => {
    const client = await open();
    for (const body of [
      { noSuchCommand: 1, $db: 'admin' },
      { $db: 'admin' },
      { constructor: 1, $db: 'admin' },
      { __proto__x: 1, $db: 'x' },
    ]) {
      client.socket.write(buildMessage(body));
      expect(await client.answer()).to.include({ ok: 0, code: 59, codeName: 'CommandNotFound' });
    }
    client.socket.write(buildMessage({ find: 'things' }));
    expect(await client.answer()).to.include({ ok: 0 });
  });

  it('ES-9 a write without acknowledgement gets no answer', async () => {
    const client = await open();
    client.socket.write(
      buildMessage({ insert: 'quiet', documents: [{ _id: 1 }], writeConcern: { w: 0 }, $db: 'frontdesk' }, 2),
    );
    client.socket.write(ping);
    expect(await client.answer()).to.deep.equal({ ok: 1 });
    expect(await connection.collection('quiet').countDocuments()).to.equal(1);
  });

  it('ES-9 the greeting is answered as OP_QUERY and as OP_MSG', async () => {
    const client = await open();
    const query = Buffer.concat([
      Buffer.alloc(4),
      Buffer.from('admin.$cmd\0'),
      Buffer.alloc(8),
      BSON.serialize({ ismaster: 1, helloOk: true }),
    ]);
    client.socket.write(buildFrame(2004, query));
    expect(await client.answer()).to.include({ ismaster: true, helloOk: true, minWireVersion: 0 });
    client.socket.write(buildMessage({ hello: 1, $db: 'admin' }));
    expect(await client.answer()).to.include({
      isWritablePrimary: true,
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
    });
  });

  it('ES-9 anything but the greeting as OP_QUERY is refused with 352, and the connection stays usable', async () => {
    const client = await open();
    for (const [collection, body] of [
      ['frontdesk.rows', { a: 1 }],
      ['frontdesk.$cmd', { find: 'rows' }],
    ] as const) {
      const query = [Buffer.alloc(4), Buffer.from(`${collection}\0`), Buffer.alloc(8), BSON.serialize(body)];
      client.socket.write(buildFrame(2004, Buffer.concat(query)));
      expect(await client.answer()).to.include({ ok: 0, code: 352, codeName: 'UnsupportedOpQueryCommand' });
    }
    client.socket.write(ping);
    expect(await client.answer()).to.deep.equal({ ok: 1 });
  });

  it('ES-9 a document of 16 MB is stored and read back, one byte more is refused by every way to write or to read it', async function () {
    this.timeout(60_000);
    const maxBytes = 16 * 1024 * 1024;
    const fill = (document: Document, excess = 0): Document => ({
      ...document,
      text: 'x'.repeat(maxBytes + excess - BSON.calculateObjectSize({ ...document, text: '' })),
    });
    const big = connection.collection<Document>('big');
    await big.insertOne(fill({ _id: 1 }));
    expect(BSON.calculateObjectSize((await big.findOne({ _id: 1 as never })) ?? {})).to.equal(maxBytes);
    const client = await open();
    const refused: readonly (readonly [Document, number])[] = [
      [{ insert: 'big', documents: [fill({ _id: 2 }, 1)] }, 10334],
      [{ update: 'big', updates: [{ q: { _id: 1 }, u: { $set: { a: 1 } } }] }, 17419],
      [{ update: 'big', updates: [{ q: { _id: 3 }, u: fill({ _id: 3 }, 1), upsert: true }] }, 17420],
      [{ findAndModify: 'big', query: { _id: 1 }, update: { $set: { a: 1 } } }, 17419],
      [{ find: 'big', projection: { text: 1, again: '$text' } }, 10334],
      [{ findAndModify: 'big', update: { $set: { _id: 1 } }, fields: { text: 1, again: '$text' } }, 10334],
    ];
    for (const [command, code] of refused) {
      client.socket.write(buildMessage({ ...command, $db: 'frontdesk' }));
      const answer = (await client.answer()) ?? {};
      expect((answer.writeErrors as Document[] | undefined)?.[0]?.code ?? answer.code).to.equal(code);
    }
    expect(await big.countDocuments()).to.equal(1);
    await big.drop();
  });

  it('ES-9 documents in sections of their own are written, with no list beside them and not twice', async () => {
    const client = await open();
    const body = { insert: 'sections', $db: 'frontdesk' };
    client.socket.write(buildSequences(body, { documents: [{ _id: 1 }, { _id: 2 }] }));
    expect(await client.answer()).to.deep.equal({ n: 2, ok: 1 });
    client.socket.write(
      buildSequences(
        { bulkWrite: 1, $db: 'admin' },
        { ops: [{ delete: 0, filter: { _id: 1 } }], nsInfo: [{ ns: 'frontdesk.sections' }] },
      ),
    );
    expect(await client.answer()).to.include({ nDeleted: 1, nErrors: 0, ok: 1 });
    client.socket.write(buildSequences({ ...body, documents: [{ _id: 3 }] }, { documents: [{ _id: 4 }] }));
    expect((await client.answer())?.ok).to.equal(0);
    expect(await connection.collection('sections').countDocuments()).to.equal(1);
  });

  it('ES-9 a message of nearly 48 MB is accepted', async function () {
    this.timeout(20_000);
    const bulk = connection.collection('bulk');
    await bulk.insertMany([1, 2, 3].map((_id) => ({ _id: _id as never, text: 'y'.repeat(15_900_000) })));
    expect(await bulk.countDocuments()).to.equal(3);
    await bulk.drop();
  });

  it('ES-9 a killed, an exhausted and a foreign cursor are refused with 43', async () => {
    const rows = connection.collection('rows');
    await rows.insertMany(Array.from({ length: 10 }, (_, n) => ({ n })));
    const db = connection.db;
    const first = await db?.command({ find: 'rows', batchSize: 2 });
    const { id } = (first ?? {}).cursor as { id: Long };
    expect(await db?.command({ killCursors: 'rows', cursors: [id, Long.fromNumber(12345)] })).to.deep.include({
      cursorsKilled: [id],
    });
    for (const cursorId of [id, Long.fromNumber(12345)]) {
      const code = await db
        ?.command({ getMore: cursorId, collection: 'rows' })
        .catch((error: { code: number }) => error.code);
      expect(code).to.equal(43);
    }
    const all = await rows.find().batchSize(3).toArray();
    expect(all).to.have.length(10);
  });

  it('ES-9 a cursor that is killed while it is read ends with 237, and the store goes on', async function () {
    this.timeout(20_000);
    const rows = connection.collection('killed');
    for (let part = 0; part < 10; part++)
      await rows.insertMany(Array.from({ length: 2000 }, (_, n) => ({ n, text: 'abc'.repeat(20) })));
    const reader = await open();
    const filter = { $or: [{ n: 0 }, { text: { $regex: 'nothing$' } }] };
    reader.socket.write(buildMessage({ find: 'killed', filter, batchSize: 1, $db: 'frontdesk' }));
    const { id } = ((await reader.answer()) ?? {}).cursor as { id: Long };
    reader.socket.write(buildMessage({ getMore: Long.fromValue(id), collection: 'killed', $db: 'frontdesk' }));
    const killer = await open();
    killer.socket.write(buildMessage({ killCursors: 'killed', cursors: [Long.fromValue(id)], $db: 'frontdesk' }));
    expect(((await killer.answer()) ?? {}).cursorsKilled).to.have.length(1);
    expect(await reader.answer()).to.include({ ok: 0, code: 237, codeName: 'CursorKilled' });
    await expectAlive();
    await rows.drop();
  });

  it('ES-9 a client that vanishes during a long scan ends the scan', async function () {
    this.timeout(20_000);
    const many = connection.collection('many');
    for (let part = 0; part < 10; part++)
      await many.insertMany(Array.from({ length: 2000 }, (_, n) => ({ n, text: 'abc'.repeat(20) })));
    const client = await open();
    client.socket.write(buildMessage({ find: 'many', filter: { text: { $regex: 'nothing$' } }, $db: 'frontdesk' }));
    client.socket.destroy();
    await expectAlive();
  });
});

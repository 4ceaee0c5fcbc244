import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { BSON, Long, type Document } from 'bson';
import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { createRandom } from './values.js';

const opMessage = 2013;

function buildFrame(opCode: number, payload: Buffer, length = payload.length + 16): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, payload]);
}

function buildMessage(body: Document, flags = 0): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32LE(flags, 0);
  return buildFrame(opMessage, Buffer.concat([prefix, BSON.serialize(body)]));
}

const ping = buildMessage({ ping: 1, $db: 'admin' });

/** A client that speaks bytes. */
class RawClient {
  readonly socket: Socket;
  #received = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => (this.#received = Buffer.concat([this.#received, chunk])));
    socket.on('error', () => undefined);
  }

  /** More bytes, or the end; a broken pipe is an end like any other. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.socket.off('data', done).off('close', done);
        resolve();
      };
      this.socket.on('data', done).on('close', done);
    });
  }

  /** The next answer, or undefined when the server closes the connection. */
  async answer(): Promise<Document | undefined> {
    for (;;) {
      if (this.#received.length >= 4 && this.#received.length >= this.#received.readInt32LE(0)) {
        const frame = this.#received.subarray(0, this.#received.readInt32LE(0));
        this.#received = this.#received.subarray(frame.length);
        return BSON.deserialize(frame.subarray(frame.readInt32LE(12) === 1 ? 36 : 21));
      }
      if (this.socket.closed || this.socket.readableEnded) return undefined;
      await this.#change();
    }
  }
}

describe('embedded store: wire', () => {
  let store: EmbeddedMongo;
  let connection: Connection;
  const clients: RawClient[] = [];

  async function open(): Promise<RawClient> {
    const path = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(store.uri)?.[1] ?? '');
    const socket = path.startsWith('/') ? connect(path) : connect(Number(path.split(':')[1]), '127.0.0.1');
    await once(socket, 'connect');
    const client = new RawClient(socket);
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
    [
      'a query that is not a command',
      buildFrame(
        2004,
        Buffer.concat([Buffer.alloc(4), Buffer.from('db.things\0'), Buffer.alloc(8), BSON.serialize({})]),
      ),
    ],
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

  it('ES-9 a document of nearly 16 MB is stored and read back, a larger one is refused', async function () {
    this.timeout(20_000);
    const big = connection.collection<{ _id: number; text: string }>('big');
    const text = 'x'.repeat(16 * 1024 * 1024 - 100);
    await big.insertOne({ _id: 1, text });
    expect((await big.findOne({ _id: 1 }))?.text.length).to.equal(text.length);
    const code = await connection.db
      ?.command({ insert: 'big', documents: [{ _id: 2, text: `${text}${'x'.repeat(200)}` }] })
      .then(
        (reply) => (reply.writeErrors as Document[] | undefined)?.[0]?.code as unknown,
        (error: { code: number }) => error.code,
      );
    expect(code).to.equal(10334);
    expect(await big.countDocuments()).to.equal(1);
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

  const randomMs = Number(process.env.ES_RANDOM_BYTES_MS ?? 5_000);
  it(`ES-9 random bytes for ${randomMs / 1000} s neither crash nor stall the store`, async function () {
    this.timeout(randomMs + 20_000);
    const seed = Number(process.env.ES_SEED ?? Math.floor(Math.random() * 1e9));
    const random = createRandom(seed);
    const until = Date.now() + randomMs;
    let sent = 0;
    while (Date.now() < until) {
      const client = await open();
      for (let part = random.integer(5) + 1; part > 0; part--) client.socket.write(mutate());
      client.socket.end();
      await client.answer();
      client.socket.destroy();
      clients.splice(0);
      if (++sent % 100 === 0) await expectAlive();
    }
    await expectAlive();
    expect(sent, `seed ${seed}`).to.be.greaterThan(100);

    /** Pure noise, noise behind a sound header, or a sound message with some bytes changed. */
    function mutate(): Buffer {
      const noise = Buffer.from(Array.from({ length: random.integer(300) }, () => random.integer(256)));
      if (random.chance(0.2)) return noise;
      if (random.chance(0.4)) return buildFrame(random.pick([opMessage, 2004]), noise);
      const message = buildMessage(
        random.pick<Document>([
          { find: 'rows', filter: { n: { $gt: 3 } }, sort: { n: -1 }, $db: 'noise' },
          { insert: 'rows', documents: [{ a: [1, { b: 2 }] }], $db: 'noise' },
          { update: 'rows', updates: [{ q: { a: 1 }, u: { $set: { 'a.b': 1 } }, upsert: true }], $db: 'noise' },
          { aggregate: 'rows', pipeline: [{ $group: { _id: '$a', n: { $sum: 1 } } }], cursor: {}, $db: 'noise' },
        ]),
      );
      for (let count = random.integer(4); count > 0; count--)
        message[4 + random.integer(message.length - 4)] = random.integer(256);
      return message;
    }
  });
});

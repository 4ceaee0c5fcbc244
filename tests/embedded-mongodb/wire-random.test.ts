import type { Document } from 'bson';
import { expect } from 'chai';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { commands } from './refusal-cases.js';
import { createRandom, type Random } from './values.js';
import { buildFrame, buildMessage, buildSequences, openClient, opMessage, ping } from './wire-client.js';

/** Messages of every command, with their documents in the body and in sections of their own. */
const soundMessages: readonly Buffer[] = [
  ...Object.values(commands).map(([body, database]) => buildMessage({ ...body, $db: database ?? 'noise' })),
  ...[
    { find: 'rows', filter: { n: { $gt: 3, $in: [4, 5] } }, sort: { n: -1 }, projection: { n: 1 } },
    { insert: 'rows', documents: [{ a: [1, { b: 2 }], when: new Date(0), text: 'x' }] },
    {
      update: 'rows',
      updates: [{ q: { a: 1 }, u: { $set: { 'a.b': 1 }, $push: { c: { $each: [1] } } }, upsert: true }],
    },
    { findAndModify: 'rows', query: { a: 1 }, update: [{ $set: { b: { $add: ['$a', 1] } } }], upsert: true, new: true },
    { aggregate: 'rows', pipeline: [{ $group: { _id: '$a', n: { $sum: 1 } } }, { $sort: { n: 1 } }], cursor: {} },
    { createIndexes: 'rows', indexes: [{ key: { a: 1, b: -1 }, name: 'index', sparse: true }] },
  ].map((body: Document) => buildMessage({ ...body, $db: 'noise' })),
  buildSequences({ insert: 'rows', $db: 'noise' }, { documents: [{ n: 1 }, { n: 2 }, { n: 3 }] }),
  buildSequences(
    { bulkWrite: 1, $db: 'admin' },
    {
      ops: [
        { insert: 0, document: { n: 4 } },
        { delete: 0, filter: { n: 4 } },
      ],
      nsInfo: [{ ns: 'noise.rows' }],
    },
  ),
];

/** Noise; noise behind a sound header; or a sound message with bytes changed, left out, doubled or cut off. */
function disturb(random: Random): Buffer {
  const noise = (): Buffer => Buffer.from(Array.from({ length: random.integer(300) }, () => random.integer(256)));
  if (random.chance(0.15)) return noise();
  if (random.chance(0.2)) return buildFrame(random.pick([opMessage, opMessage, 2004, 2012]), noise());
  const message = Buffer.from(random.pick(soundMessages));
  for (let count = random.integer(4); count > 0; count--)
    message[4 + random.integer(message.length - 4)] = random.integer(256);
  const at = 16 + random.integer(message.length - 16);
  const until = at + random.integer(message.length - at);
  const parts: Buffer[] = random.chance(0.3)
    ? random.pick([
        [message.subarray(0, at), message.subarray(until)],
        [message.subarray(0, until), message.subarray(at)],
        [message.subarray(0, until)],
      ])
    : [message];
  const changed = Buffer.concat(parts);
  // Mostly with the length it has now, so that what lies behind the header is read at all.
  if (random.chance(0.9)) changed.writeInt32LE(changed.length, 0);
  return changed;
}

describe('embedded store: random bytes', () => {
  const randomMs = Number(process.env.ES_RANDOM_BYTES_MS ?? 30_000);
  /** Nobody waits longer for an answer, whatever others send. */
  const patienceMs = 5_000;

  it(`ES-9 random bytes and disturbed messages for ${randomMs / 1000} s neither crash nor stall the store`, async function () {
    this.timeout(randomMs + 30_000);
    const seed = Number(process.env.ES_SEED ?? Math.floor(Math.random() * 1e9));
    const random = createRandom(seed);
    const failures: string[] = [];
    const store: EmbeddedMongo = await startEmbeddedMongo({
      ephemeral: true,
      onLog: (level, message) => level === 'error' && failures.push(message),
    });
    const until = Date.now() + randomMs;
    try {
      let sent = 0;
      const slowest = watch(store, until);
      while (Date.now() < until) {
        const client = await openClient(store.uri);
        for (let part = random.integer(5) + 1; part > 0; part--) client.socket.write(disturb(random));
        client.socket.end();
        while (await client.answer());
        client.socket.destroy();
        sent++;
      }
      expect(await slowest, `seed ${seed}`).to.be.lessThan(patienceMs);
      expect(failures, `seed ${seed}`).to.deep.equal([]);
      expect(sent, `seed ${seed}`).to.be.greaterThan(100);
      await watch(store, 0);
    } finally {
      await store.close();
    }
  });

  /** A steady client that asks one thing after the other; the longest it waited. */
  async function watch(store: EmbeddedMongo, until: number): Promise<number> {
    const client = await openClient(store.uri);
    let longest = 0;
    do {
      const asked = performance.now();
      client.socket.write(ping);
      expect(await client.answer()).to.deep.equal({ ok: 1 });
      longest = Math.max(longest, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 50));
    } while (Date.now() < until);
    client.socket.destroy();
    return longest;
  }
});

/** Copies that are taken while the store is in use. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { failureOf, inspectStore } from './store-inspection.js';

describe('embedded store: backup', () => {
  let folder: string;
  let store: EmbeddedMongo;
  let connection: Connection;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'frontdesk-backup-'));
    store = await startEmbeddedMongo({ dir: join(folder, 'data') });
    connection = await mongoose.createConnection(store.uri).asPromise();
  });

  afterEach(async () => {
    await connection.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The command with which another process asks for a copy; it needs a folder that exists. */
  const copyTo = async (target: string): Promise<void> => {
    mkdirSync(target, { recursive: true });
    await connection
      .getClient()
      .db('admin')
      .command({ frontdeskBackup: 1, to: join(target, 'data.mdb') });
  };

  it('ES-13: a copy taken under load holds all of one moment, with every index, and opens as a store', async function () {
    this.timeout(20_000);
    const items = connection.collection<{ _id: number; text: string }>('items');
    await items.createIndex({ text: 1 });
    let isRunning = true;
    let acknowledged = -1;
    const writer = (async () => {
      for (let _id = 0; isRunning; _id++) {
        await items.insertOne({ _id, text: 'x'.repeat(_id % 3000) });
        acknowledged = _id;
      }
    })();
    while (acknowledged < 100) await new Promise((resolve) => setImmediate(resolve));
    for (let round = 0; round < 5; round++) {
      const before = acknowledged;
      const target = join(folder, `copy-${round}`);
      await copyTo(target);
      expect(readdirSync(target)).to.deep.equal(['data.mdb']);
      const { stored, problems } = await inspectStore(target, 'frontdesk.items');
      expect(problems).to.deep.equal([]);
      // Written one after another: a copy of one moment has no gap, and all that was acknowledged before it began.
      expect([...stored.keys()].map(Number).sort((a, b) => a - b)).to.deep.equal([...stored.keys()].map((_, n) => n));
      expect(stored.size).to.be.greaterThan(before);
    }
    isRunning = false;
    await writer;
  });

  it('ES-13: a copy never replaces a file that exists, and a refused copy leaves nothing behind', async () => {
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    writeFileSync(join(taken, 'data.mdb'), 'precious');
    expect(await failureOf(copyTo(taken)))
      .to.contain(join(taken, 'data.mdb'))
      .and.to.contain('exists already');
    expect(readFileSync(join(taken, 'data.mdb'), 'utf8')).to.equal('precious');
    expect(readdirSync(taken)).to.deep.equal(['data.mdb']);
    expect(await failureOf(copyTo(join(folder, 'data')))).to.contain('exists already');

    const once = join(folder, 'once');
    const outcomes = await Promise.all([copyTo(once), copyTo(once)].map((copy) => failureOf(copy)));
    expect(outcomes.filter((outcome) => outcome === undefined)).to.have.length(1);
    expect(readdirSync(once)).to.deep.equal(['data.mdb']);
  });
});

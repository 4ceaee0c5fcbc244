/** What the operator's commands refuse, what they say, and how `verify` tells a damaged store from a sound one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type mongoose from 'mongoose';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { Engine } from '@frontdesk/embedded-mongodb/engine';
import { acquireLock } from '@frontdesk/embedded-mongodb/lock-file';
import type { Collection } from '@frontdesk/embedded-mongodb/storage/collection';
import { runStore, withConnection, withStore } from './maintenance-fixture.js';
import { failureOf } from './store-inspection.js';

const writerProcess = fileURLToPath(new URL('./writer-process.js', import.meta.url));

async function startHolder(dir: string): Promise<ChildProcess> {
  const holder = spawn(process.execPath, [writerProcess, 'hold', dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(holder.stdout, 'data')) as [Buffer];
  expect(line.toString()).to.match(/^ready/);
  return holder;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('embedded store: what maintenance refuses', function () {
  this.timeout(60_000);
  let folder: string;
  let dir: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'frontdesk-refusals-'));
    dir = join(folder, 'store');
    await withStore(dir, async (connection) => {
      const items = connection.collection<{ _id: number; tags: string[] }>('items');
      await items.createIndex({ tags: 1 });
      await items.insertMany([1, 2, 3].map((_id) => ({ _id, tags: ['a', `t${_id}`] })));
    });
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('ES-13: a command that is not understood is answered with what is wrong, the usage and exit code 2', async () => {
    const cases: readonly [args: readonly string[], sentence: string][] = [
      [[], 'Name a command.'],
      [['copy'], 'There is no command copy.'],
      [['constructor'], 'There is no command constructor.'],
      [['backup', '--dir', dir], 'backup needs --to.'],
      [['restore', '--dir', dir], 'restore needs --from.'],
      [['verify', '--dir', ''], 'verify needs --dir.'],
      [['verify', '--dir', dir, '--fast'], "Unknown option '--fast'"],
      [['verify', dir], 'Unexpected argument'],
      [['export', '--dir', dir, '--to', 'postgres://host/x'], '--to must begin with mongodb://'],
    ];
    for (const [args, sentence] of cases) {
      const { code, output, error } = await runStore(...args);
      expect(code, args.join(' ')).to.equal(2);
      expect(output, args.join(' ')).to.equal('');
      expect(error, args.join(' ')).to.contain(sentence).and.to.contain('Usage: npm run store');
    }
    expect(await runStore('--help')).to.include({ code: 0, error: '' });
  });

  it('ES-13: what cannot be done is one sentence that names the folder or the server, and exit code 1', async () => {
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    writeFileSync(join(taken, 'photo.jpg'), 'precious');
    const none = join(folder, 'none');
    const noise = join(folder, 'noise');
    mkdirSync(noise);
    writeFileSync(join(noise, 'data.mdb'), 'noise '.repeat(3_000));
    const cases: readonly [args: readonly string[], sentence: string][] = [
      [['verify', '--dir', none], `The folder ${none} does not exist.`],
      [['verify', '--dir', taken], `The folder ${taken} holds no store.`],
      [['verify', '--dir', noise], `${join(noise, 'data.mdb')} is damaged`],
      [['backup', '--dir', folder, '--to', none], `Did you mean ${dir}?`],
      [['backup', '--dir', dir, '--to', taken], `The folder ${taken} is not empty`],
      [['restore', '--from', taken, '--dir', none], `${taken} is not a backup`],
      [['export', '--dir', dir, '--to', 'mongodb://127.0.0.1:1/x'], 'The target cannot be reached'],
    ];
    for (const [args, sentence] of cases) {
      const { code, output, error } = await runStore(...args);
      expect({ code, output }, args.join(' ')).to.deep.equal({ code: 1, output: '' });
      expect(error, args.join(' ')).to.contain(sentence);
      expect(error.trim().split('\n'), args.join(' ')).to.have.length(1);
    }
    expect(readFileSync(join(taken, 'photo.jpg'), 'utf8')).to.equal('precious');
    expect(readdirSync(folder).sort()).to.deep.equal(['noise', 'store', 'taken']);
  });

  it('ES-13: a restore into a folder that holds a store is refused and changes nothing', async () => {
    const backup = join(folder, 'backup');
    expect((await runStore('backup', '--dir', dir, '--to', backup)).code).to.equal(0);
    const before = readFileSync(join(dir, 'data.mdb'));
    const { code, error } = await runStore('restore', '--from', backup, '--dir', dir);
    expect(code).to.equal(1);
    expect(error).to.contain('is not empty');
    expect(readFileSync(join(dir, 'data.mdb')).equals(before)).to.equal(true);
  });

  it('ES-13: a process that holds the store and does not answer is named, and the command ends', async () => {
    const holder = await startHolder(dir);
    try {
      holder.kill('SIGSTOP');
      const { code, error } = await runStore('backup', '--dir', dir, '--to', join(folder, 'backup'));
      expect(code).to.equal(1);
      expect(error).to.contain(`in use by process ${holder.pid}`).and.to.contain('does not answer');
      expect(readdirSync(folder)).to.deep.equal(['store']);
    } finally {
      await kill(holder);
    }
    // The lock it left behind is stale now.
    expect((await runStore('backup', '--dir', dir, '--to', join(folder, 'backup'))).code).to.equal(0);
  });

  it('ES-13: a process that holds the store and serves nobody is named', async () => {
    const lock = acquireLock(dir);
    try {
      const { code, error } = await runStore('verify', '--dir', dir);
      expect(code).to.equal(1);
      expect(error).to.contain(`in use by process ${process.pid}`).and.to.contain('cannot be asked for a copy');
    } finally {
      lock.release();
    }
  });

  it('ES-13: verify passes a store in use, and tells each kind of damage with its collection', async () => {
    const holder = await startHolder(dir);
    const sound = await runStore('verify', '--dir', dir).finally(() => kill(holder));
    expect(sound).to.include({ code: 0, error: '' });
    expect(sound.output).to.contain('1 collection with 3 documents');
    expect(readdirSync(folder)).to.deep.equal(['store']);

    await damage(dir, (engine, collection) => {
      const [first, second] = [...collection.records()];
      const index = collection.entry.indexes[0];
      if (!first || !second || !index) throw new Error('nothing to damage');
      const [{ key, value } = { key: index.prefix, value: index.prefix }] = engine.environment.slice(
        { low: index.prefix, high: Buffer.concat([index.prefix, Buffer.alloc(1, 0xff)]) },
        1,
      );
      engine.environment.remove(key);
      engine.environment.put(Buffer.concat([key, Buffer.of(7)]), value);
      const sealed = engine.environment.get(collection.recordKey(second.recordId)) ?? Buffer.alloc(0);
      const broken = Buffer.from(sealed);
      broken[sealed.length - 3] = (broken[sealed.length - 3] ?? 0) ^ 1;
      engine.environment.put(collection.recordKey(second.recordId), broken);
    });
    const { code, output, error } = await runStore('verify', '--dir', dir);
    expect({ code, output }).to.deep.equal({ code: 1, output: '' });
    expect(error).to.match(/frontdesk\.items: tags_1: entry \w+ is missing/);
    expect(error).to.match(/frontdesk\.items: tags_1: entry \w+ has no record/);
    expect(error).to.match(/frontdesk\.items: record \w+: .*damaged/);
    expect(error).to.contain('Restore it from a backup.');
    const refused = await runStore('backup', '--dir', dir, '--to', join(folder, 'backup'));
    expect(refused.code).to.equal(1);
    expect(refused.error).to.contain('is damaged, so no backup was made');
    expect(readdirSync(folder)).to.deep.equal(['store']);
  });

  it('ES-13: the command between the two processes is for the admin database, absolute paths and new files', async () => {
    const store = await startEmbeddedMongo({ dir });
    try {
      await withConnection(store.uri, async (connection) => {
        const run = (database: string, to: unknown): Promise<unknown> =>
          connection.getClient().db(database).command({ frontdeskBackup: 1, to });
        const codeOf = (attempt: Promise<unknown>): Promise<number> =>
          attempt.then(
            () => 0,
            (error: mongoose.mongo.MongoServerError) => Number(error.code),
          );
        expect(await codeOf(run('frontdesk', join(folder, 'copy.mdb')))).to.equal(13);
        expect(await codeOf(run('admin', 'copy.mdb'))).to.equal(2);
        expect(await codeOf(run('admin', 7))).to.equal(14);
        expect(await codeOf(run('admin', join(dir, 'data.mdb')))).to.equal(39);
        expect(await failureOf(run('admin', join(dir, 'data.mdb')))).to.contain('exists already');
        expect(await codeOf(run('admin', join(folder, 'copy.mdb')))).to.equal(0);
      });
    } finally {
      await store.close();
    }
    expect(readdirSync(folder).sort()).to.deep.equal(['copy.mdb', 'store']);
  });
});

async function damage(dir: string, change: (engine: Engine, collection: Collection) => void): Promise<void> {
  const engine = new Engine({ dir, durable: true, ttlSweepMs: 3_600_000, log: () => undefined });
  try {
    const collection = engine.collection('frontdesk.items');
    if (!collection) throw new Error('nothing to damage');
    await engine.environment.write(() => change(engine, collection));
  } finally {
    await engine.close();
  }
}

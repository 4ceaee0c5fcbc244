/** The operator's commands: backup, restore, export, verify. Each runs as the operator runs it, in a process of its own. */
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';
import {
  fill,
  readContents,
  runStore,
  runStoreWithFullDisk,
  spawnStoreCommand,
  withConnection,
  withStore,
} from './maintenance-fixture.js';

const databases = ['frontdesk', 'second'];

describe('embedded store: maintenance commands', function () {
  this.timeout(60_000);
  let folder: string;
  let dir: string;
  let backup: string;
  const open: EmbeddedMongo[] = [];

  /** Closed after the test, whatever becomes of it. */
  async function start(data: string): Promise<EmbeddedMongo> {
    const store = await startEmbeddedMongo({ dir: data });
    open.push(store);
    return store;
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'frontdesk-maintenance-'));
    dir = join(folder, 'data');
    backup = join(folder, 'backup');
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  it('ES-13: a backup under running writers is one moment: all that was acknowledged before, nothing by halves', async () => {
    const store = await start(dir);
    await withConnection(store.uri, async (connection) => {
      const first = connection.collection<{ _id: string; n: number }>('first');
      const second = connection.collection<{ _id: string; n: number }>('second');
      const counters = connection.collection<{ _id: number; pairs: number }>('counters');
      await first.createIndex({ n: 1 });
      const acknowledged: string[] = [];
      let isRunning = true;
      const write = async (writer: number): Promise<void> => {
        for (let n = 0; isRunning; n++) {
          const pair = { _id: `${writer}-${n}`, n };
          await first.insertOne({ ...pair });
          await second.insertOne({ ...pair });
          await counters.updateOne({ _id: writer }, { $inc: { pairs: 1 } }, { upsert: true });
          acknowledged.push(pair._id);
        }
      };
      const writers = Array.from({ length: 8 }, (_, writer) => write(writer));
      while (acknowledged.length < 500) await first.findOne();
      const before = [...acknowledged];
      const { code, output, error } = await runStore('backup', '--dir', dir, '--to', backup);
      const written = acknowledged.length - before.length;
      isRunning = false;
      await Promise.all(writers);
      expect({ code, error }).to.deep.equal({ code: 0, error: '' });
      expect(output).to.contain('Backed up 3 collections');
      expect(written).to.be.greaterThan(0);
      expect(readdirSync(backup).sort()).to.deep.equal(['data.mdb', 'manifest.json']);
      // What visitors wrote is for nobody else's eyes.
      for (const name of readdirSync(backup)) expect(statSync(join(backup, name)).mode & 0o077, name).to.equal(0);

      await runStore('restore', '--from', backup, '--dir', join(folder, 'restored'));
      await withStore(join(folder, 'restored'), async (restored) => {
        const idsOf = async (name: string): Promise<Set<string>> =>
          new Set((await restored.collection<{ _id: string }>(name).find().toArray()).map(({ _id }) => _id));
        const [one, two] = [await idsOf('first'), await idsOf('second')];
        expect(before.filter((id) => !one.has(id) || !two.has(id))).to.deep.equal([]);
        // Written first, second, counter: in a moment of the store none is ahead of the one before it.
        expect([...two].filter((id) => !one.has(id))).to.deep.equal([]);
        const counts = await restored.collection<{ _id: number; pairs: number }>('counters').find().toArray();
        for (const { _id: writer, pairs } of counts) {
          const pairsThere = [...two].filter((id) => id.startsWith(`${writer}-`)).length;
          expect(pairsThere - pairs, `writer ${writer}`).to.be.oneOf([0, 1]);
        }
      });
    });
  });

  it('ES-13: a store restored into an empty folder has equal documents and indexes, and verifies', async () => {
    const original = await withStore(dir, async (connection) => {
      await fill(connection);
      return readContents(connection, databases);
    });
    expect((await runStore('backup', '--dir', dir, '--to', backup)).code).to.equal(0);
    const restored = join(folder, 'restored');
    mkdirSync(restored);
    const { code, output } = await runStore('restore', '--from', backup, '--dir', restored);
    expect(code).to.equal(0);
    expect(output).to.contain('Restored 3 collections with 2,512 documents');
    expect(readdirSync(restored)).to.deep.equal(['data.mdb']);
    expect((await runStore('verify', '--dir', restored)).output).to.contain('every index agrees');
    expect(await withStore(restored, (connection) => readContents(connection, databases))).to.deep.equal(original);
    // A backup is taken from and never changed, so the same one can be restored again.
    expect((await runStore('restore', '--from', backup, '--dir', join(folder, 'again'))).code).to.equal(0);
  });

  it('ES-13: a restore that is killed leaves nothing that looks finished, and can be repeated', async () => {
    await withStore(dir, (connection) => fill(connection, 20_000));
    expect((await runStore('backup', '--dir', dir, '--to', backup)).code).to.equal(0);
    const target = join(folder, 'restored');
    const watcher = watch(folder);
    const appeared = once(watcher, 'change');
    const child = spawnStoreCommand('restore', '--from', backup, '--dir', target);
    await appeared;
    child.kill('SIGKILL');
    await once(child, 'close');
    watcher.close();
    expect(existsSync(target)).to.equal(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('restored.partial-'))).to.have.length(1);
    expect((await runStore('restore', '--from', backup, '--dir', target)).code).to.equal(0);
  });

  it('ES-13: a backup that is damaged anywhere is refused, and no store is made of it', async () => {
    await withStore(dir, (connection) => fill(connection));
    expect((await runStore('backup', '--dir', dir, '--to', backup)).code).to.equal(0);
    const file = join(backup, 'data.mdb');
    const manifestFile = join(backup, 'manifest.json');
    const data = readFileSync(file);
    const manifest = readFileSync(manifestFile, 'utf8');
    const changed = Buffer.from(data);
    changed[data.length >> 1] = (changed[data.length >> 1] ?? 0) ^ 1;
    const damages: readonly [what: string, bytes: Buffer, manifest: string, sentence: string][] = [
      ['one bit', changed, manifest, 'is not what was backed up'],
      ['the end is missing', data.subarray(0, data.length - 4096), manifest, 'is not what was backed up'],
      [
        'a document more is claimed',
        data,
        manifest.replace('"count": 2500', '"count": 2501'),
        '2500 documents instead of 2501',
      ],
      ['another hash is claimed', data, manifest.replace(/"hash": "./, '"hash": "g'), 'differ'],
      ['another index is claimed', data, manifest.replace('by_tag', 'by_tags'), 'the indexes of frontdesk.visits'],
      ['the manifest is cut short', data, manifest.slice(0, 100), 'manifest.json cannot be read'],
      ['a later format', data, manifest.replace('"format": 1', '"format": 2'), 'reads format 1'],
    ];
    for (const [what, bytes, text, sentence] of damages) {
      writeFileSync(file, bytes);
      writeFileSync(manifestFile, text);
      const { code, error } = await runStore('restore', '--from', backup, '--dir', join(folder, 'restored'));
      expect(code, what).to.equal(1);
      expect(error, what).to.contain(sentence);
      expect(readdirSync(folder).sort(), what).to.deep.equal(['backup', 'data']);
    }
  });

  it('ES-13: export gives a server the same documents, types, indexes and hashes', async () => {
    const original = await withStore(dir, async (connection) => {
      await fill(connection);
      return readContents(connection, databases);
    });
    const target = await start(join(folder, 'target'));
    const uri = target.uri.replace('/frontdesk?', '/?');
    const { code, output, error } = await runStore('export', '--dir', dir, '--to', uri);
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    expect(output).to.contain('Copied 3 collections with 2,512 documents to the database frontdesk, second');
    expect(output).to.contain('MONGODB_URI');
    expect(await withConnection(target.uri, (connection) => readContents(connection, databases))).to.deep.equal(
      original,
    );
  });

  it('ES-13: export takes the name of the database from the URI, copies a store in use, and says what that means', async () => {
    const store = await start(dir);
    await withConnection(store.uri, async (connection) => {
      await connection.collection('visits').insertMany([{ n: 1 }, { n: 2 }]);
    });
    const target = await start(join(folder, 'target'));
    const uri = target.uri.replace('/frontdesk?', '/shop?');
    const { code, output } = await runStore('export', '--dir', dir, '--to', uri);
    expect(code).to.equal(0);
    expect(output).to.contain('to the database shop').and.to.contain('The product is running');
    const contents = await withConnection(target.uri, (connection) => readContents(connection, ['shop', 'frontdesk']));
    expect(Object.entries(contents.documents).map(([name, found]) => [name, found.length])).to.deep.equal([
      ['shop.visits', 2],
    ]);
    expect(readdirSync(folder).sort()).to.deep.equal(['data', 'target']);
  });

  it('ES-13: export writes nothing to a server that has documents in a collection of the same name', async () => {
    await withStore(dir, (connection) => fill(connection));
    const target = await start(join(folder, 'target'));
    await withConnection(target.uri, async (connection) => {
      await connection.createCollection('types');
      await connection.collection('visits').insertOne({ mine: true });
      const refused = await runStore('export', '--dir', dir, '--to', target.uri.replace('/frontdesk?', '/?'));
      expect(refused.code).to.equal(1);
      expect(refused.error).to.contain('frontdesk.visits that is not empty');
      expect(await connection.collection('types').countDocuments()).to.equal(0);
      await connection.collection('visits').deleteMany({});
      const accepted = await runStore('export', '--dir', dir, '--to', target.uri.replace('/frontdesk?', '/?'));
      expect(accepted).to.include({ code: 0, error: '' });
      expect(await connection.collection('visits').countDocuments()).to.equal(2_500);
    });
  });

  it('ES-13: a full disk under a backup or a restore is one sentence, and nothing is left', async () => {
    await withStore(dir, (connection) => fill(connection));
    expect((await runStore('backup', '--dir', dir, '--to', backup)).code).to.equal(0);
    const attempts = [
      ['backup', '--dir', dir, '--to', join(folder, 'target')],
      ['restore', '--from', backup, '--dir', join(folder, 'target')],
    ];
    for (const args of attempts) {
      const { code, error } = await runStoreWithFullDisk(512, ...args);
      expect(code, args[0]).to.equal(1);
      expect(error, args[0])
        .to.contain(join(folder, 'target'))
        .and.to.match(/too large|EFBIG/i);
      expect(error.trim().split('\n'), args[0]).to.have.length(1);
      expect(readdirSync(folder).sort(), args[0]).to.deep.equal(['backup', 'data']);
    }
  });
});

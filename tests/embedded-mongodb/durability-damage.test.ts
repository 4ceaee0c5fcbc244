import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { decode } from '@frontdesk/embedded-mongodb/bson/codec';
import { Engine } from '@frontdesk/embedded-mongodb/engine';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { checkFile } from '@frontdesk/embedded-mongodb/storage/file-check';
import { verifyCollection } from '@frontdesk/embedded-mongodb/storage/verify';
import { failureOf } from './store-inspection.js';
import { createRandom, type Random } from './values.js';

const pageBytes = 4096;
const namespace = 'frontdesk.items';
const seed = Number(process.env.ES_SEED ?? Math.floor(Math.random() * 1e9));

const openEngine = (dir: string): Engine =>
  new Engine({ dir, durable: false, ttlSweepMs: 3_600_000, log: () => undefined });

/** A store with several levels of pages, values with pages of their own, and pages that are free again. */
async function buildSound(dir: string): Promise<Buffer> {
  const engine = openEngine(dir);
  const random = createRandom(7);
  let id = 0;
  for (let round = 0; round < 25; round++) {
    await engine.environment.write(() => {
      const collection = engine.ensureCollection(namespace);
      for (let count = 0; count < 80; count++)
        collection.insert({
          _id: id++,
          text: 'x'.repeat(random.chance(0.1) ? random.integer(9000) : random.integer(300)),
        });
      for (const { recordId, bytes } of collection.records())
        if (random.chance(0.2)) collection.remove(recordId, decode(bytes));
    });
  }
  await engine.close();
  return readFileSync(join(dir, 'data.mdb'));
}

/** Opens, reads everything and writes: returns what became of it. Anything but these ends is a crash of this process. */
async function use(dir: string): Promise<'sound' | 'wrong' | 'refused at start' | 'refused at use'> {
  let engine: Engine;
  try {
    engine = openEngine(dir);
  } catch (error) {
    expect((error as Error).message).to.contain(join(dir, 'data.mdb'));
    return 'refused at start';
  }
  try {
    const collection = engine.collection(namespace);
    if (!collection) return 'wrong';
    const documents = [...collection.records()].map(({ bytes }) => decode(bytes));
    if (documents.length === 0 || verifyCollection(engine.environment, collection).length > 0) return 'wrong';
    await engine.environment.write(() => void collection.insert({ _id: 'new', text: 'y'.repeat(5000) }));
    return 'sound';
  } catch (error) {
    expect((error as Error).message).to.contain(join(dir, 'data.mdb'));
    return 'refused at use';
  } finally {
    await engine.close();
  }
}

type Harm = (file: string, size: number, random: Random) => void;

function overwrite(file: string, at: number, bytes: Buffer): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, at);
  closeSync(descriptor);
}

const noise = (random: Random, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => random.integer(256)));

const harms: Readonly<Record<string, Harm>> = {
  'a page of noise': (file, size, random) =>
    overwrite(file, random.integer(size / pageBytes) * pageBytes, noise(random, pageBytes)),
  'a page of zeros': (file, size, random) =>
    overwrite(file, random.integer(size / pageBytes) * pageBytes, Buffer.alloc(pageBytes)),
  'an older page in the place of a newer': (file, size, random) => {
    const content = readFileSync(file);
    const from = random.integer(size / pageBytes) * pageBytes;
    overwrite(file, random.integer(size / pageBytes) * pageBytes, content.subarray(from, from + pageBytes));
  },
  'a changed head of a page': (file, size, random) =>
    overwrite(file, random.integer(size / pageBytes) * pageBytes + random.integer(60), noise(random, 2)),
  'changed bytes in the first two pages': (file, _size, random) =>
    overwrite(file, random.integer(2) * pageBytes + random.integer(160), noise(random, 8)),
  'a cut end': (file, size, random) => truncateSync(file, random.integer(size)),
};

describe('embedded store: damage', () => {
  let dir: string;
  let sound: Buffer;

  before(async () => {
    const source = mkdtempSync(join(tmpdir(), 'frontdesk-sound-'));
    sound = await buildSound(source);
    rmSync(source, { recursive: true, force: true });
  });

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'frontdesk-damage-'));
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('ES-2: a sound file passes the check', async () => {
    const file = join(dir, 'data.mdb');
    writeFileSync(file, sound);
    checkFile(file);
    expect(await use(dir)).to.equal('sound');
    checkFile(file);
  });

  for (const [name, harm] of Object.entries(harms)) {
    it(`ES-2: ${name}, 40 times: noticed or harmless, never a crash (ES_SEED=${seed})`, async function () {
      this.timeout(30_000);
      const random = createRandom(seed + name.length);
      const ends = new Map<string, number>();
      for (let round = 0; round < 40; round++) {
        const own = join(dir, String(round));
        mkdirSync(own);
        const file = join(own, 'data.mdb');
        writeFileSync(file, sound);
        harm(file, sound.length, random);
        const end = await use(own);
        ends.set(end, (ends.get(end) ?? 0) + 1);
        rmSync(own, { recursive: true });
      }
      // Pages that are free, and fields that nothing reads, can hold anything.
      expect(ends.get('wrong') ?? 0).to.equal(0);
      expect(ends.get('sound') ?? 0).to.be.lessThan(38);
    });
  }

  it('ES-2: what is no data file at all is refused in a sentence that names it', async () => {
    const file = join(dir, 'data.mdb');
    const refusals: [string, () => void, string][] = [
      ['empty', () => writeFileSync(file, ''), 'is empty. Restore the folder from a backup'],
      ['text', () => writeFileSync(file, 'hello '.repeat(5000)), 'is damaged (it does not begin like a data file)'],
      ['short', () => writeFileSync(file, sound.subarray(0, 5000)), 'is damaged (it ends after 5000 bytes'],
      ['a folder', () => mkdirSync(file), 'is not a file'],
    ];
    for (const [name, make, expected] of refusals) {
      make();
      const message = await failureOf(startEmbeddedMongo({ dir }));
      expect(message, name).to.contain(file).and.to.contain(expected);
      rmSync(file, { recursive: true });
    }
    const store = await startEmbeddedMongo({ dir });
    await store.close();
  });

  it('ES-2: once damage was noticed, reading goes on and every write is refused until the store is started anew', async () => {
    const file = join(dir, 'data.mdb');
    const lines: string[] = [];
    const build = openEngine(dir);
    await build.environment.write(() => {
      const collection = build.ensureCollection(namespace);
      for (let _id = 0; _id < 3; _id++) collection.insert({ _id, text: `the text of ${_id}` });
    });
    await build.close();
    const content = readFileSync(file);
    for (let at = content.indexOf('the text of 1'); at >= 0; at = content.indexOf('the text of 1', at + 1))
      overwrite(file, at, Buffer.from('X'));

    const engine = new Engine({ dir, durable: true, ttlSweepMs: 3_600_000, log: (_level, line) => lines.push(line) });
    try {
      const collection = engine.collection(namespace);
      if (!collection) throw new Error('the collection is gone');
      const find = (_id: number): number =>
        engine.query(collection, { filter: { _id } }).takeNow(1, () => undefined).length;
      const insert = (): Promise<unknown> => engine.environment.write(() => collection.insert({ _id: 'more' }));
      expect(find(0)).to.equal(1);
      expect(() => find(1)).to.throw(`${file} is damaged`);
      expect(find(2)).to.equal(1);
      expect(await failureOf(insert()))
        .to.contain(file)
        .and.to.contain('nothing is written to it any more');
      expect(await failureOf(insert())).to.contain(file);
      expect(lines).to.have.length(1);
      expect(lines[0]).to.contain('restore the folder from a backup');
    } finally {
      await engine.close();
    }
  });
});

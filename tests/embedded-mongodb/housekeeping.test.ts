import { statSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';

describe('embedded store: operation', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'frontdesk-operation-'));
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('a scan of 30,000 documents names the missing index and leaves the main thread free', async function () {
    this.timeout(30_000);
    const lines: string[] = [];
    const store = await startEmbeddedMongo({ ephemeral: true, onLog: (_level, message) => lines.push(message) });
    const connection = await mongoose.createConnection(store.uri).asPromise();
    try {
      const visits = connection.collection('visits');
      for (let part = 0; part < 15; part++) {
        await visits.insertMany(
          Array.from({ length: 2000 }, (_, n) => ({ tenantId: 't', page: `p${n}`, text: 'abc'.repeat(60) })),
        );
      }
      const other = connection.collection('other');
      await other.insertOne({ a: 1 });
      const scan = visits.find({ tenantId: 't', page: 'none' }).toArray();
      let answered = 0;
      let longestStallMs = 0;
      let isScanning = true;
      void scan.finally(() => (isScanning = false));
      while (isScanning) {
        const start = performance.now();
        await new Promise((resolve) => setImmediate(resolve));
        longestStallMs = Math.max(longestStallMs, performance.now() - start);
        await other.findOne({ a: 1 });
        answered++;
      }
      expect(await scan).to.deep.equal([]);
      expect(answered, 'queries that were answered during the scan').to.be.greaterThan(3);
      expect(longestStallMs).to.be.lessThan(100);
      expect(lines.join('\n')).to.match(
        /slow scan of frontdesk\.visits: \d+ documents in \d+ ms so far; an index that begins with tenantId, page would avoid it/,
      );
    } finally {
      await connection.close();
      await store.close();
    }
  });

  it('ES-2: (in part) a changed byte in a stored document is reported with the file, never returned', async () => {
    const first = await startEmbeddedMongo({ dir });
    const writer = await mongoose.createConnection(first.uri).asPromise();
    const marker = 'the marker that will be damaged';
    await writer.collection<{ _id: number; text: string }>('things').insertMany([
      { _id: 1, text: marker },
      { _id: 2, text: 'sound' },
    ]);
    await writer.close();
    await first.close();

    const file = join(dir, 'data.mdb');
    const content = readFileSync(file);
    const descriptor = openSync(file, 'r+');
    for (let at = content.indexOf(marker); at >= 0; at = content.indexOf(marker, at + 1))
      writeSync(descriptor, 'X', at);
    closeSync(descriptor);

    const second = await startEmbeddedMongo({ dir });
    const reader = await mongoose.createConnection(second.uri).asPromise();
    try {
      const things = reader.collection<{ _id: number; text: string }>('things');
      expect((await things.findOne({ _id: 2 }))?.text).to.equal('sound');
      const message = await things.findOne({ _id: 1 }).then(
        () => 'was returned',
        (error: Error) => error.message,
      );
      expect(message).to.contain(file);
    } finally {
      await reader.close();
      await second.close();
    }
  });

  it('ES-9: the socket can be used by its owner only', async function () {
    if (process.platform === 'win32') return;
    const store = await startEmbeddedMongo({ dir });
    try {
      const path = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(store.uri)?.[1] ?? '');
      expect(statSync(path).mode & 0o777).to.equal(0o600);
      expect(statSync(join(path, '..')).mode & 0o777).to.equal(0o700);
      expect(store.uri).to.contain('directConnection=true').and.contain('retryWrites=false');
    } finally {
      await store.close();
    }
  });
});

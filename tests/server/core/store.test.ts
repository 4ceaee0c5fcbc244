import { expect } from 'chai';
import { Schema } from 'mongoose';
import { createLogger } from '@frontdesk/server/core/logger';
import { buildIndexes, openStore } from '@frontdesk/server/core/store/connect';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestDatabase } from '../../support/database.js';

const log = createLogger({ level: 'silent' });

describe('store', () => {
  it('ES-11 without a URI the embedded store opens, and keeps its data over a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-store-'));
    try {
      for (const expected of [0, 1]) {
        const store = await openStore({ uri: null, dataDir, log });
        expect(store.kind).to.equal('embedded');
        const Thing = store.connection.model('Thing', new Schema({ name: String }));
        await buildIndexes(store.connection);
        expect(await Thing.countDocuments()).to.equal(expected);
        await Thing.create({ name: 'kept' });
        await store.close();
      }
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });

  it('ES-11 MONGODB_URI sends tests and server to that MongoDB instead', async () => {
    const other = await startTestDatabase();
    const before = process.env['MONGODB_URI'];
    process.env['MONGODB_URI'] = other.uri;
    try {
      const database = await startTestDatabase();
      expect(database.kind).to.equal('mongodb');
      const store = await openStore({ uri: database.uri, dataDir: '/nowhere', log });
      expect(store.kind).to.equal('mongodb');
      const Thing = store.connection.model('Thing', new Schema({ name: String }));
      await Thing.create({ name: 'there' });
      expect(await Thing.countDocuments()).to.equal(1);
      await store.close();
      await database.close();
    } finally {
      if (before === undefined) delete process.env['MONGODB_URI'];
      else process.env['MONGODB_URI'] = before;
      await other.close();
    }
  });
});

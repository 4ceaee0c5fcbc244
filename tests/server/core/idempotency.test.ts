import { expect } from 'chai';
import { createIdempotencyKey, type TenantId } from '@frontdesk/protocol/ids';
import { createSystemContext } from '@frontdesk/server/core/context';
import { AppError } from '@frontdesk/server/core/errors';
import { createIdempotencyLedger } from '@frontdesk/server/core/idempotency';
import { createLogger } from '@frontdesk/server/core/logger';
import { buildIndexes, openStore, type Store } from '@frontdesk/server/core/store/connect';
import { startTestDatabase } from '../../support/database.js';

const LEASE_MS = 30_000;

describe('idempotency ledger', () => {
  const log = createLogger({ level: 'silent' });
  const context = createSystemContext('a'.repeat(24) as TenantId, 'test', log);
  let database: Awaited<ReturnType<typeof startTestDatabase>>;
  let store: Store;

  before(async () => {
    database = await startTestDatabase();
    store = await openStore({ uri: database.uri, dataDir: '', log });
  });
  after(async () => {
    await store.close();
    await database.close();
  });

  it('P2 a try that outlived its lease neither frees nor rewrites the answer of its successor', async () => {
    let nowMs = Date.parse('2026-01-01T00:00:00Z');
    const ledger = createIdempotencyLedger({ connection: store.connection, clock: { now: () => nowMs } });
    await buildIndexes(store.connection);
    for (const end of ['refused', 'done'] as const) {
      const call = { command: 'thing:make', key: createIdempotencyKey(), input: { name: end } };
      let finish = (): void => {};
      let begin = (): void => {};
      const begun = new Promise<void>((resolve) => (begin = resolve));
      const slow = ledger.run(context, {
        ...call,
        act: async () => {
          begin();
          await new Promise<void>((resolve) => (finish = resolve));
          if (end === 'refused') throw new AppError('CONFLICT');
          return 'slow';
        },
      });
      await begun;
      nowMs += LEASE_MS;
      expect(await ledger.run(context, { ...call, act: async () => 'successor' })).to.equal('successor');
      finish();
      await slow.catch(() => undefined);
      expect(await ledger.run(context, { ...call, act: async () => 'again' })).to.equal('successor');
    }
  });
});

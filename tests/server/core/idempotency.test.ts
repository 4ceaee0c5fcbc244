import { expect } from 'chai';
import { createIdempotencyKey, type TenantId } from '@frontdesk/protocol/ids';
import { systemClock, type Clock } from '@frontdesk/server/core/clock';
import { createSystemContext } from '@frontdesk/server/core/context';
import { AppError } from '@frontdesk/server/core/errors';
import { createIdempotencyLedger, hashInput, type IdempotencyLedger } from '@frontdesk/server/core/idempotency';
import { createLogger } from '@frontdesk/server/core/logger';
import { buildIndexes, openStore, type Store } from '@frontdesk/server/core/store/connect';
import { startTestDatabase } from '../../support/database.js';

const LEASE_MS = 30_000;

describe('idempotency ledger', () => {
  const log = createLogger({ level: 'silent' });
  const context = createSystemContext('a'.repeat(24) as TenantId, 'test', log);
  let database: Awaited<ReturnType<typeof startTestDatabase>>;
  const stores: Store[] = [];

  before(async () => {
    database = await startTestDatabase();
  });
  after(async () => {
    for (const store of stores) await store.close();
    await database.close();
  });

  /** A process with these secrets, the newest first. */
  async function openLedger(names: readonly string[], clock: Clock = systemClock): Promise<IdempotencyLedger> {
    const store = await openStore({ uri: database.uri, dataDir: '', log });
    stores.push(store);
    const jwtSecrets = names.map((kid) => ({ kid, secret: Buffer.from(kid.padEnd(32, '-')) }));
    const ledger = createIdempotencyLedger({ connection: store.connection, clock, config: { jwtSecrets } });
    await buildIndexes(store.connection);
    return ledger;
  }

  it('QA-12 IC-24 what was asked cannot be found in the ledger by trying phone numbers', async () => {
    const call = { command: 'person:erase', key: createIdempotencyKey(), input: { phone: '+60123456789' } };
    const ledger = await openLedger(['one']);
    await ledger.run(context, { ...call, act: async () => 'done' });
    const row = await stores.at(-1)?.connection.collection('idempotency').findOne({ key: call.key });
    expect(row).to.have.property('inputHash').that.is.a('string').with.length(43);
    expect(row?.['inputHash']).not.to.equal(hashInput(call.command, call.input));
  });

  it('P2 a try of before the secret was rotated is still recognised, and so is another input with its key', async () => {
    const call = { command: 'thing:make', key: createIdempotencyKey(), input: { name: 'rotated' } };
    const before = await openLedger(['old']);
    await before.run(context, { ...call, act: async () => 'first' });
    const rotated = await openLedger(['new', 'old']);
    expect(await rotated.run(context, { ...call, act: async () => 'second' })).to.equal('first');
    const other = rotated.run(context, { ...call, input: { name: 'other' }, act: async () => 'second' });
    expect(await other.catch(({ code }: AppError) => code)).to.equal('IDEMPOTENCY_MISMATCH');
  });

  it('P2 a try that outlived its lease neither frees nor rewrites the answer of its successor', async () => {
    let nowMs = Date.parse('2026-01-01T00:00:00Z');
    const ledger = await openLedger(['one'], { now: () => nowMs });
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

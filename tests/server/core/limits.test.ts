import { expect } from 'chai';
import { AppError } from '@frontdesk/server/core/errors';
import { createLimits, LIMITS } from '@frontdesk/server/core/limits';
import { createLogger } from '@frontdesk/server/core/logger';
import { openStore, type Store } from '@frontdesk/server/core/store/connect';
import { startTestDatabase } from '../../support/database.js';

const log = createLogger({ level: 'silent' });

describe('rate limits', () => {
  let database: Awaited<ReturnType<typeof startTestDatabase>>;
  let store: Store;

  beforeEach(async () => {
    database = await startTestDatabase();
    store = await openStore({ uri: database.uri, dataDir: '', log });
  });
  afterEach(async () => {
    await store.close();
    await database.close();
  });

  async function failureOf(act: () => Promise<void>): Promise<AppError | undefined> {
    try {
      await act();
      return undefined;
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  }

  it('says RATE_LIMITED with a time to come back, per key', async () => {
    const limits = createLimits({ multiplier: 1 });
    const { points } = LIMITS['visitor-message'];
    for (let i = 0; i < points; i += 1) await limits.consume('visitor-message', 'a');
    const failure = await failureOf(() => limits.consume('visitor-message', 'a'));
    expect(failure).to.have.property('code', 'RATE_LIMITED');
    expect(failure!.details.retryAfterMs).to.be.within(1, 10_000);
    expect(await failureOf(() => limits.consume('visitor-message', 'b'))).to.equal(undefined);
  });

  it('keeps sign-in failures over a restart', async () => {
    const before = createLimits({ multiplier: 1, connection: store.connection });
    await before.prepare();
    for (let i = 0; i < 5; i += 1) await before.consume('sign-in-per-account-and-ip', 'k');
    const after = createLimits({ multiplier: 1, connection: store.connection });
    expect(await failureOf(() => after.consume('sign-in-per-account-and-ip', 'k'))).to.have.property(
      'code',
      'RATE_LIMITED',
    );
    expect(await failureOf(() => after.check('sign-in-per-account-and-ip', 'k'))).to.have.property(
      'code',
      'RATE_LIMITED',
    );
    await after.reset('sign-in-per-account-and-ip', 'k');
    expect(await failureOf(() => after.check('sign-in-per-account-and-ip', 'k'))).to.equal(undefined);
  });

  it('LIM-01 still counts in memory when the store is down: it never fails open', async () => {
    const limits = createLimits({ multiplier: 1, connection: store.connection });
    await limits.consume('sign-in-per-account-and-ip', 'warm');
    await store.connection.close();
    const failures: (AppError | undefined)[] = [];
    for (let i = 0; i < 7; i += 1)
      failures.push(await failureOf(() => limits.consume('sign-in-per-account-and-ip', 'k')));
    expect(failures.slice(0, 5)).to.deep.equal([undefined, undefined, undefined, undefined, undefined]);
    expect(failures[5]).to.have.property('code', 'RATE_LIMITED');
    expect(failures[6]).to.have.property('code', 'RATE_LIMITED');
  });
});

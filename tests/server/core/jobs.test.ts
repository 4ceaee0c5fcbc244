import { expect } from 'chai';
import type { TenantId } from '@frontdesk/protocol/ids';
import { createJobQueue, PermanentJobError, type JobQueue } from '@frontdesk/server/core/jobs';
import { createLogger } from '@frontdesk/server/core/logger';
import { buildIndexes, openStore, type Store } from '@frontdesk/server/core/store/connect';
import { startTestDatabase } from '../../support/database.js';

declare module '@frontdesk/server/core/jobs' {
  interface JobPayloads {
    'test:work': { value: number };
  }
}

const log = createLogger({ level: 'silent' });
const ours = { tenantId: 'a'.repeat(24) as TenantId };
const theirs = { tenantId: 'b'.repeat(24) as TenantId };

describe('job queue', () => {
  let database: Awaited<ReturnType<typeof startTestDatabase>>;
  let stores: Store[];
  let nowMs: number;
  let done: { tenant: string; value: number }[];
  let failWith: Error | undefined;
  const clock = { now: () => nowMs };

  beforeEach(async () => {
    database = await startTestDatabase();
    stores = [];
    nowMs = Date.parse('2026-01-01T00:00:00Z');
    done = [];
    failWith = undefined;
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await database.close();
  });

  /** Each queue has a connection of its own, as each process would. */
  async function buildQueue(): Promise<JobQueue> {
    const store = await openStore({ uri: database.uri, dataDir: '', log });
    stores.push(store);
    const queue = createJobQueue({ connection: store.connection, clock, log });
    queue.handle('test:work', async (context, payload) => {
      if (failWith) throw failWith;
      done.push({ tenant: context.tenantId, value: payload.value });
    });
    await buildIndexes(store.connection);
    return queue;
  }

  it('runs a job once, however often it was enqueued', async () => {
    const queue = await buildQueue();
    for (let i = 0; i < 5; i += 1) await queue.enqueue(ours, 'test:work', { key: 'k', payload: { value: 1 } });
    await queue.drain();
    expect(done).to.deep.equal([{ tenant: ours.tenantId, value: 1 }]);
  });

  it('waits until a job is due', async () => {
    const queue = await buildQueue();
    await queue.enqueue(ours, 'test:work', { key: 'k', payload: { value: 1 }, runAt: new Date(nowMs + 60_000) });
    await queue.drain();
    expect(done).to.deep.equal([]);
    nowMs += 60_000;
    await queue.drain();
    expect(done).to.have.length(1);
  });

  it('tries again later, and a job that fails every time becomes a dead letter that can be replayed', async () => {
    const queue = await buildQueue();
    failWith = new Error('the mail server is away');
    await queue.enqueue(ours, 'test:work', { key: 'k', payload: { value: 7 } });
    await queue.drain();
    expect(await queue.listDead(ours)).to.deep.equal([]);
    for (let tries = 0; tries < 10; tries += 1) {
      nowMs += 60 * 60_000;
      await queue.drain();
    }
    const [dead] = await queue.listDead(ours);
    expect(dead).to.include({ kind: 'test:work', lastError: 'Error' });
    expect(await queue.listDead(theirs)).to.deep.equal([]);
    expect(await queue.replay(theirs, dead!.id)).to.equal(false);
    failWith = undefined;
    expect(await queue.replay(ours, dead!.id)).to.equal(true);
    await queue.drain();
    expect(done).to.deep.equal([{ tenant: ours.tenantId, value: 7 }]);
  });

  it('does not retry what cannot succeed', async () => {
    const queue = await buildQueue();
    failWith = new PermanentJobError('no such address');
    await queue.enqueue(ours, 'test:work', { key: 'k', payload: { value: 7 } });
    await queue.drain();
    expect(await queue.listDead(ours)).to.have.length(1);
  });

  it('two workers share the work, and nothing runs twice', async () => {
    const [first, second] = [await buildQueue(), await buildQueue()];
    for (let value = 0; value < 40; value += 1)
      await first.enqueue(ours, 'test:work', { key: `k${value}`, payload: { value } });
    await Promise.all([first.drain(), second.drain()]);
    expect(done.map((job) => job.value).sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 40 }, (_, i) => i));
  });

  it('P13 stops after the job that runs, and leaves the rest to the next start', async () => {
    const queue = await buildQueue();
    let stopped: Promise<void> | undefined;
    let runs = 0;
    queue.handle('test:work', async () => {
      runs += 1;
      stopped ??= queue.stop();
    });
    for (let value = 0; value < 3; value += 1) {
      await queue.enqueue(ours, 'test:work', { key: `k${value}`, payload: { value } });
    }
    await queue.drain();
    await stopped;
    expect(runs).to.equal(1);
    const next = await buildQueue();
    await next.drain();
    expect(done).to.have.length(2);
  });

  it('takes over a job whose worker died, after its lease', async () => {
    const dying = await buildQueue();
    let hang!: () => void;
    const started = new Promise<void>((resolve) => {
      dying.handle('test:work', () => {
        resolve();
        return new Promise<void>((end) => (hang = end));
      });
    });
    await dying.enqueue(ours, 'test:work', { key: 'k', payload: { value: 3 } });
    const stuck = dying.drain();
    await started;
    const successor = await buildQueue();
    await successor.drain();
    expect(done).to.deep.equal([]);
    nowMs += 61_000;
    await successor.drain();
    expect(done).to.have.length(1);
    hang();
    await stuck;
    expect(done).to.have.length(1);
  });
});

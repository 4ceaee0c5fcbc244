import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { endChildren, startChild, type ChildStore } from './child-store.js';
import { failureOf } from './store-inspection.js';

describe('embedded store: one process per folder', () => {
  let dir: string;
  const children: ChildStore[] = [];
  const hold = (): ChildStore => {
    const child = startChild({ mode: 'hold', dir });
    children.push(child);
    return child;
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'frontdesk-lock-'));
  });

  afterEach(async () => {
    await endChildren(children);
    rmSync(dir, { recursive: true, force: true });
  });

  const writeLock = (holder: object): void => writeFileSync(join(dir, 'store.lock'), JSON.stringify(holder));
  const readLock = (): Record<string, unknown> =>
    JSON.parse(readFileSync(join(dir, 'store.lock'), 'utf8')) as Record<string, unknown>;

  async function expectStart(): Promise<void> {
    const store = await startEmbeddedMongo({ dir });
    expect(readLock()).to.include({ pid: process.pid, host: hostname() });
    await store.close();
    expect(readdirSync(dir).sort()).to.deep.equal(['data.mdb', 'data.mdb-lock']);
  }

  it('ES-3: a second process is refused with a sentence that names the holder; after kill -9 the lock is taken over', async function () {
    this.timeout(20_000);
    const holder = hold();
    await holder.line('ready');
    const message = await failureOf(startEmbeddedMongo({ dir }));
    expect(message).to.contain(`in use by process ${holder.process.pid} on ${hostname()}`).and.to.contain(dir);
    expect(await hold().line('refused')).to.contain(`in use by process ${holder.process.pid}`);
    await holder.kill();
    expect(existsSync(join(dir, 'store.lock'))).to.equal(true);
    await expectStart();
  });

  it('ES-3: of six processes that start at the same moment over a dead holder exactly one wins', async function () {
    this.timeout(60_000);
    for (let round = 0; round < 3; round++) {
      const dead = hold();
      await dead.line('ready');
      await dead.kill();
      const contenders = Array.from({ length: 6 }, hold);
      const outcomes = await Promise.all(contenders.map((child) => child.line('')));
      expect(outcomes.filter((line) => line.startsWith('ready'))).to.have.length(1);
      for (const line of outcomes.filter((outcome) => outcome.startsWith('refused')))
        expect(line).to.match(/is in use by process \d+ on|is being opened by another process/);
      await endChildren(children);
    }
  });

  it('ES-3: the same process cannot open a folder twice, and can open it again after closing', async () => {
    const store = await startEmbeddedMongo({ dir });
    expect(await failureOf(startEmbeddedMongo({ dir }))).to.contain('in use by this process');
    await store.close();
    await expectStart();
  });

  it('ES-3: a lock whose number another process has now, or that nobody could have written, is taken over', async () => {
    const lock = { host: hostname(), since: '2026-01-01T00:00:00.000Z', token: 'other' };
    // Numbers of processes are given again: this one lives, but began at another time than the holder.
    if (process.platform === 'linux') {
      writeLock({ ...lock, pid: process.ppid, processStart: '1' });
      await expectStart();
    }
    // A number no system gives.
    writeLock({ ...lock, pid: 2 ** 30, processStart: '1' });
    await expectStart();
  });

  it('ES-3: a holder on another machine is believed as long as its lock is fresh', async () => {
    writeLock({ pid: 1, processStart: '1', host: 'elsewhere', since: '2026-01-01T00:00:00.000Z', token: 'other' });
    expect(await failureOf(startEmbeddedMongo({ dir }))).to.contain('in use by process 1 on elsewhere');
  });
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Document } from 'bson';
import { expect } from 'chai';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { failureOf, inspectStore } from './store-inspection.js';

const program = fileURLToPath(new URL('./writer-process.js', import.meta.url));

interface Child {
  readonly process: ChildProcess;
  readonly lines: string[];
  /** Resolves with the first line that begins so. */
  line(prefix: string, count?: number): Promise<string>;
  kill(): Promise<void>;
}

function startChild(mode: 'hold' | 'write', dir: string, run = 0): Child {
  const child = spawn(process.execPath, [program, mode, dir, String(run)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]);
  reader.on('line', (line) => lines.push(line));
  return {
    process: child,
    lines,
    line: async (prefix, count = 1) => {
      for (;;) {
        const found = lines.filter((line) => line.startsWith(prefix));
        if (found.length >= count) return found[count - 1] as string;
        const refused = lines.find((line) => line.startsWith('refused'));
        if (refused !== undefined && prefix !== 'refused') throw new Error(refused);
        await Promise.race([
          once(reader, 'line'),
          ended.then(() => Promise.reject(new Error(`the child ended before: ${prefix}`))),
        ]);
      }
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** What the store must hold, from the reports of all runs. */
class Expectation {
  readonly present = new Set<string>();
  readonly changed = new Set<string>();
  readonly deleted = new Set<string>();
  readonly counts = new Map<string, number>();

  note(lines: readonly string[]): void {
    for (const line of lines) {
      const [event, subject = '', count = ''] = line.split(' ');
      if (event === 'inserted') this.present.add(subject);
      if (event === 'changed') this.changed.add(subject);
      if (event === 'deleted') this.deleted.add(subject);
      if (event === 'counted') this.counts.set(subject, Math.max(Number(count), this.counts.get(subject) ?? 0));
    }
  }

  /** Every fifth insert of a writer is deleted next; the last one may have been deleted without a report. */
  problems(stored: ReadonlyMap<string, Document>): string[] {
    const found: string[] = [];
    for (const id of this.present) {
      if (this.deleted.has(id)) {
        if (stored.has(id)) found.push(`${id} came back`);
        continue;
      }
      const round = Number(id.split('-')[2]);
      const document = stored.get(id);
      if (!document && round % 5 !== 0) found.push(`${id} is lost`);
      if (document && this.changed.has(id) && (document.tags as string[])[0] !== 'changed')
        found.push(`the change of ${id} is lost`);
    }
    for (const [writer, count] of this.counts) {
      const value = -Number(stored.get(`counter-${writer}`)?.n ?? 0);
      if (value < count) found.push(`counter ${writer} is ${value}, ${count} was acknowledged`);
    }
    return found;
  }
}

describe('embedded store: durability', () => {
  let dir: string;
  const children: Child[] = [];
  const start = (...args: Parameters<typeof startChild>): Child => {
    const child = startChild(...args);
    children.push(child);
    return child;
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'frontdesk-durability-'));
  });

  afterEach(async () => {
    for (const child of children.splice(0))
      if (child.process.exitCode === null && child.process.signalCode === null) await child.kill();
    rmSync(dir, { recursive: true, force: true });
  });

  it('ES-1 twenty kill -9 under load lose no acknowledged write, and records and index entries agree', async function () {
    this.timeout(120_000);
    const runs = Number(process.env.ES_KILLS ?? 20);
    const expectation = new Expectation();
    for (let run = 1; run <= runs; run++) {
      const child = start('write', dir, run);
      // A different moment each time, counted in acknowledged writes.
      await child.line('inserted', 40 + run * 17);
      await child.kill();
      expectation.note(child.lines);
      const { stored, problems } = await inspectStore(dir, 'frontdesk.items');
      expect(problems, `run ${run}`).to.deep.equal([]);
      expect(expectation.problems(stored), `run ${run}`).to.deep.equal([]);
    }
    expect(expectation.present.size).to.be.greaterThan(runs * 50);
  });

  it('ES-1 data written before a clean close are there after it', async () => {
    const child = start('write', dir, 1);
    await child.line('inserted', 20);
    await child.kill();
    const first = await startEmbeddedMongo({ dir });
    await first.close();
    const { stored } = await inspectStore(dir, 'frontdesk.items');
    const expectation = new Expectation();
    expectation.note(child.lines);
    expect(expectation.problems(stored)).to.deep.equal([]);
  });

  it('ES-3 a second process is refused with a sentence that names the holder; after kill -9 the lock is taken over', async function () {
    this.timeout(20_000);
    const holder = start('hold', dir);
    await holder.line('ready');
    const message = await failureOf(startEmbeddedMongo({ dir }));
    expect(message).to.contain(`in use by process ${holder.process.pid}`).and.to.contain(dir);
    const second = start('hold', dir);
    expect(await second.line('refused')).to.contain(`in use by process ${holder.process.pid}`);
    await holder.kill();
    const store = await startEmbeddedMongo({ dir });
    await store.close();
  });

  it('ES-3 the same process cannot open a folder twice, and can open it again after closing', async () => {
    const store = await startEmbeddedMongo({ dir });
    const message = await failureOf(startEmbeddedMongo({ dir }));
    expect(message).to.contain('in use by this process');
    await store.close();
    const again = await startEmbeddedMongo({ dir });
    await again.close();
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Document } from 'bson';
import { expect } from 'chai';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { endChildren, startChild, type ChildOptions, type ChildStore } from './child-store.js';
import { inspectStore } from './store-inspection.js';

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
  const children: ChildStore[] = [];
  const start = (options: Omit<ChildOptions, 'dir'>): ChildStore => {
    const child = startChild({ dir, ...options });
    children.push(child);
    return child;
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'frontdesk-durability-'));
  });

  afterEach(async () => {
    await endChildren(children);
    rmSync(dir, { recursive: true, force: true });
  });

  it('ES-1: twenty kill -9 under load lose no acknowledged write, and records and index entries agree', async function () {
    this.timeout(120_000);
    const runs = Number(process.env.ES_KILLS ?? 20);
    const expectation = new Expectation();
    for (let run = 1; run <= runs; run++) {
      const child = start({ mode: 'write', run });
      // A different moment each time, counted in acknowledged writes.
      await child.line('inserted', 30 + run * 9);
      await child.kill();
      expectation.note(child.lines);
      const { stored, problems } = await inspectStore(dir, 'frontdesk.items');
      expect(problems, `run ${run}`).to.deep.equal([]);
      expect(expectation.problems(stored), `run ${run}`).to.deep.equal([]);
    }
    expect(expectation.present.size).to.be.greaterThan(runs * 40);
  });

  it('ES-1: data written before a clean close are there after it', async () => {
    const child = start({ mode: 'write', run: 1 });
    await child.line('inserted', 20);
    await child.kill();
    const first = await startEmbeddedMongo({ dir });
    await first.close();
    const { stored } = await inspectStore(dir, 'frontdesk.items');
    const expectation = new Expectation();
    expectation.note(child.lines);
    expect(expectation.problems(stored)).to.deep.equal([]);
  });
});

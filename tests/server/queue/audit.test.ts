/** The audit: what it shows, and that nobody can change what it shows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { AuditRow } from '@frontdesk/protocol/queue-reports';
import type { EventStore } from '@frontdesk/server/queue/event.store';
import { createEventStore } from '@frontdesk/server/queue/event.store';
import { startWorkday, type Workday } from '../../support/workday.js';

const SERVER = join(import.meta.dirname, '../../../../server');

interface Page {
  readonly rows: AuditRow[];
  readonly hasMore: boolean;
}

function listSources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return ['dist', 'node_modules', 'data'].includes(entry.name) ? [] : listSources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

describe('audit of the queue', function audit() {
  this.timeout(60_000);
  let day: Workday;
  before(async () => {
    day = await startWorkday('2026-03-02T01:00:00Z');
  });
  after(() => day.close());

  const read = (more: object = {}) => day.must<Page>('queue:audit', { locationId: day.branch.locationId, ...more });

  it('QA-13: who did what to a ticket, newest first, with the states before and after', async () => {
    const { id, label } = await day.issue();
    day.wait(1);
    await day.serve(2);
    const { rows, hasMore } = await read({ ticketId: id });
    expect(hasMore).to.equal(false);
    expect(rows.map(({ type, from, to }) => [type, from, to])).to.deep.equal([
      ['ticket-completed', 'serving', 'completed'],
      ['ticket-started', 'called', 'serving'],
      ['ticket-called', 'waiting', 'called'],
      ['ticket-issued', null, 'waiting'],
    ]);
    for (const row of rows) expect(row).to.include({ ticketId: id, label, actor: 'Olga Owner' });
    expect(rows[2]).to.include({ counterLabel: 'Counter 1', reason: 'longest-wait' });
    expect(rows[0]?.at).to.equal(new Date(day.nowMs()).toISOString());
  });

  it('QA-13: filters by counter and by member; pages without a gap and without a repetition', async () => {
    for (let at = 0; at < 30; at += 1) {
      await day.issue();
      await day.serve(0);
    }
    const all: AuditRow[] = [];
    for (let page = await read(); ; page = await read({ before: all.at(-1)?.rev })) {
      all.push(...page.rows);
      if (!page.hasMore) break;
    }
    const revs = all.map(({ rev }) => rev);
    expect(revs).to.deep.equal([...revs].sort((one, other) => other - one));
    const last = await day.collection('queue_events').countDocuments({});
    expect(new Set(revs).size).to.equal(last);
    const atCounter = await read({ counterId: day.branch.counter.id });
    expect(atCounter.hasMore).to.equal(false);
    expect(new Set(atCounter.rows.map(({ type }) => type))).to.deep.equal(new Set(['ticket-called', 'counter-opened']));
    const nobody = await read({ memberId: 'f'.repeat(24) });
    expect(nobody.rows).to.deep.equal([]);
    const owner = await read({ memberId: day.branch.shop.owner.id });
    expect(new Set(owner.rows.map(({ actor }) => actor))).to.deep.equal(new Set(['Olga Owner']));
    expect(owner.rows.length).to.be.greaterThan(40);
  });

  it('QA-13: no source of the server changes or removes a row of the log', () => {
    const users = listSources(SERVER).filter((path) =>
      /QueueEvent'|queue_events|createEventModel/.test(readFileSync(path, 'utf8')),
    );
    expect(users.map((path) => path.slice(SERVER.length + 1)).sort()).to.deep.equal([
      'queue/event.model.ts',
      'queue/index.ts',
    ]);
    const store = readFileSync(join(SERVER, 'queue/event.store.ts'), 'utf8');
    expect(store.match(/Event\.\w+/g)).to.satisfy((calls: string[]) =>
      calls.every((call) => ['Event.insertMany', 'Event.find', 'Event.findOne'].includes(call)),
    );
    expect(store).not.to.match(/update|delete|replace|remove\w*\(|bulkWrite|\$set/i);
    expect(readFileSync(join(SERVER, 'queue/event.model.ts'), 'utf8')).not.to.match(/expireAfterSeconds/);
  });

  it('QA-13: the store of the log can add and read, and nothing else', async () => {
    const model = day.test.server.core.connection.models['QueueEvent'];
    const names: readonly (keyof EventStore)[] = [
      'audit',
      'findByKey',
      'insert',
      'listDays',
      'readAfter',
      'readCurrentDay',
      'readDays',
      'readTickets',
    ];
    const store = createEventStore(model as never);
    expect(Object.keys(store).sort()).to.deep.equal(names);
    const queue = { tenantId: day.branch.shop.site.tenantId };
    const [first] = await store.readAfter(queue, day.branch.locationId, 0, 1);
    if (!first) throw new Error('no event');
    const forged = { ...first, actor: { ...first.actor, name: 'Nobody' } };
    const refusal = await store.insert(queue, day.branch.locationId, [forged]).catch((error: unknown) => error);
    expect(refusal).to.have.property('code', 11_000);
    expect(await store.readAfter(queue, day.branch.locationId, 0, 1)).to.deep.equal([first]);
  });
});

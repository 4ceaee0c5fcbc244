import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import type { FrontdeskServer } from '@frontdesk/server/compose';
import { waitFor } from './await.js';
import { provisionTenants } from './provision.js';
import { buildOnlineVisitor, inWorld, isAccepted, isShown, judge } from './scenarios.js';
import type { World } from './world.js';

const MISSED_ENTRIES = 10_000;
const DISCONNECTS = 500;

/** Counts as it goes, so that asking often costs nothing. */
function countAcknowledged({ recorder }: World): () => number {
  let seen = 0;
  let count = 0;
  return () => {
    for (; seen < recorder.records.length; seen += 1) if (recorder.records[seen]?.type === 'ok') count += 1;
    return count;
  };
}

/** Copies the newest entry of the only conversation, as if the business had written that often meanwhile. */
async function appendEntries(server: FrontdeskServer, count: number): Promise<void> {
  const { Entry } = server.core.connection.models;
  const crossTenant = { crossTenant: 'a test writes into the only conversation there is' };
  const last = await Entry!.findOne({}).setOptions(crossTenant).sort({ seq: -1 }).lean<Record<string, unknown>>();
  const { _id: _omitted, ...row } = last as Record<string, unknown> & { seq: number; visitorSeq: number; body: string };
  const rows = Array.from({ length: count }, (_unused, index) => ({
    ...row,
    author: { kind: 'system', id: 'system', name: null },
    seq: row.seq + 1 + index,
    visitorSeq: row.visitorSeq + 1 + index,
    key: createIdempotencyKey(),
    body: `${row.body}, ${index + 1} missed`,
  }));
  for (let at = 0; at < count; at += 1_000) await Entry!.insertMany(rows.slice(at, at + 1_000), { lean: true });
}

describe('delivery promises, one by one', function () {
  this.timeout(60_000);

  it('P4 10,000 missed entries are on the screen within 5 s of coming back', () =>
    inWorld({ seed: 4, tenants: ['A'] }, async (world) => {
      const { tab } = await buildOnlineVisitor(world);
      const before = tab.screen.items.length;
      await world.server.kill();
      await provisionTenants(world.dataDir, [], (server) => appendEntries(server, MISSED_ENTRIES));
      await world.server.start();
      tab.browserTab.lifecycle.emit('wake');
      const limitMs = 5_000;
      const wanted = before + MISSED_ENTRIES;
      const tookMs = await waitFor('the last entry', () => tab.screen.items.length === wanted, limitMs);
      expect(tookMs).to.be.lessThan(limitMs);
      expect(tab.screen.items.map(({ seq }) => seq)).to.deep.equal(
        Array.from({ length: wanted }, (_unused, index) => index + 1),
      );
    }));

  it('P5 a lost last message is noticed within 2 s after focus', () =>
    inWorld({ seed: 5, tenants: ['A'] }, async (world) => {
      const { tab } = await buildOnlineVisitor(world);
      const { agent } = await world.addAgent(world.businesses[0]!);
      await waitFor('the agent’s thread', () => agent.openThreadCount === 1, 5_000);
      world.proxies.visitors.setDownFilter(() => true);
      await waitFor('the reply', () => agent.write('reply'), 5_000);
      await waitFor('the acknowledgement', () => agent.countPending() === 0, 5_000);
      // Everything that announces the reply, however often, is gone by then; the connection itself is alive.
      await sleep(600);
      world.proxies.visitors.setDownFilter(null);
      const reply = agent.display()[0]!.items.findLast(({ kind }) => kind === 'message')!.body;
      expect(isShown(tab, reply)).to.equal(false);
      expect(tab.session.getState().connection.phase).to.equal('online');
      tab.browserTab.lifecycle.emit('wake');
      const tookMs = await waitFor('the reply on the screen', () => isShown(tab, reply), 2_000);
      expect(tookMs).to.be.lessThan(2_000);
    }));

  it('P6 what was kept survives the end of the page and is sent within 5 s of opening it again', () =>
    inWorld({ seed: 6, tenants: ['A'] }, async (world) => {
      const { visitor, tab } = await buildOnlineVisitor(world);
      world.proxies.visitors.resetAll();
      world.proxies.visitors.setFaults({ refuse: true });
      const bodies = [await visitor.send(tab), await visitor.send(tab), await visitor.send(tab)];
      visitor.killTab(tab);
      world.proxies.visitors.clearFaults();
      const reopened = visitor.openTab();
      const areSent = (): boolean => bodies.every((body) => isAccepted(reopened, body));
      expect(await waitFor('all three messages', areSent, 5_000)).to.be.lessThan(5_000);
      expect(await judge(world)).to.deep.equal([]);
    }));

  it('P6 a first message survives the end of the page, too', () =>
    inWorld({ seed: 7, tenants: ['A'] }, async (world) => {
      world.proxies.visitors.setFaults({ refuse: true });
      const visitor = world.addVisitor(world.businesses[0]!);
      const tab = visitor.openTab();
      const bodies = [await visitor.send(tab), await visitor.send(tab)];
      visitor.killTab(tab);
      world.proxies.visitors.clearFaults();
      const reopened = visitor.openTab();
      const areSent = (): boolean => bodies.every((body) => isAccepted(reopened, body));
      expect(await waitFor('both messages', areSent, 5_000)).to.be.lessThan(5_000);
      expect(await judge(world)).to.deep.equal([]);
    }));

  it('CH-10 P2 P3 500 disconnects during 1,000 messages leave both sides identical and without doubles', () =>
    inWorld({ seed: 10, tenants: ['A'], haste: 20 }, async (world) => {
      const { visitor, tab } = await buildOnlineVisitor(world);
      const { agent } = await world.addAgent(world.businesses[0]!);
      await waitFor('the agent’s thread', () => agent.openThreadCount === 1, 5_000);
      const { random, proxies } = world;
      let cut = 0;
      let isOver = false;
      const acknowledged = countAcknowledged(world);
      const cutting = (async () => {
        while (cut < DISCONNECTS && !isOver) {
          // One for every second message, at any moment of its way; a clock would be unfair on a busy machine.
          await waitFor('progress', () => acknowledged() >= 2 * cut || isOver, 30_000);
          await sleep(random.int(0, 30));
          const proxy = random.pick([proxies.visitors, proxies.staff]);
          if (proxy.openCount === 0) continue;
          if (random.chance(0.3)) proxy.cutAfterDownBytes(random.int(1, 300));
          else proxy.resetAll();
          cut += 1;
        }
      })();
      const writing = (async () => {
        for (let count = 0; count < 499; count += 1) {
          await visitor.send(tab);
          await sleep(random.int(0, 30));
        }
      })();
      for (let count = 0; count < 500; count += 1) await waitFor('a reply', () => agent.write('reply'), 20_000);
      await writing;
      await cutting;
      isOver = true;
      proxies.visitors.clearFaults();
      proxies.staff.clearFaults();
      expect(await judge(world)).to.deep.equal([]);
      const [log] = await world.collectLogs();
      expect(log!.entries.filter(({ kind }) => kind === 'message')).to.have.lengthOf(1_000);
      expect(cut).to.equal(DISCONNECTS);
    }));
});

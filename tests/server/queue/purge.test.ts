/** What the queue forgets, and when. */
import { expect } from 'chai';
import { Types } from 'mongoose';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import { openBranch, type Branch, type Issued } from '../../support/phones.js';
import { startPushService, type PushService } from '../../support/push-service.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

const hourMs = 60 * 60 * 1_000;

describe('forgetting who waited', function purge() {
  this.timeout(40_000);
  let push: PushService;
  let test: TestServer;
  let branch: Branch;
  let nowMs = Date.now();

  before(async () => {
    push = await startPushService();
    test = await startTestServer({ env: { ...push.env }, pushAgent: push.agent, clock: { now: () => nowMs } });
  });
  after(async () => {
    await test.close();
    await push.close();
  });
  beforeEach(async () => {
    branch = await openBranch(test);
  });

  const rowOf = ({ id }: Issued) =>
    test.server.core.connection.collection('queue_tickets').findOne({ _id: new Types.ObjectId(id) });
  const personOf = ({ id }: Issued) =>
    test.server.core.connection.collection('queue_persons').findOne({ _id: new Types.ObjectId(id) });
  const status = async ({ token }: Issued) => (await branch.ask(token, 'ticket:read')).status;

  async function takeTicket(): Promise<Issued & { readonly serviceId: string }> {
    const context = { tenantId: branch.shop.site.tenantId };
    const service = await test.server.queue.provision.addService(context, branch.locationId, {
      names: { en: 'With names' },
      series: { prefix: `P${String.fromCharCode(65 + Math.floor(Math.random() * 26))}`, width: 3, first: 1, last: 99 },
      askName: 'optional',
      askPhone: 'optional',
    });
    const mine = await branch.issue({ serviceId: service.id, name: 'Siti Aminah', phone: '+60123456789' });
    const { subscription } = push.subscribe();
    dataOf(await branch.ask(mine.token, 'ticket:subscribe-push', { subscription }));
    return { ...mine, serviceId: service.id };
  }

  it('RE-19, IC-24: name, phone and push address go with the time that the business set; what stays names nobody', async () => {
    const mine = await takeTicket();
    expect(await personOf(mine)).to.include({ name: 'Siti Aminah', phone: '+60123456789' });
    dataOf(await branch.ask<HolderState>(mine.token, 'ticket:leave'));
    await test.server.queue.flush();
    nowMs += 1.9 * hourMs;
    await test.server.queue.purge.sweep();
    expect(await personOf(mine)).not.to.equal(null);
    expect(await status(mine)).to.equal(200);
    nowMs += 0.2 * hourMs;
    // Closed by the clock, whether the sweep has come by or not.
    expect(await status(mine)).to.equal(404);
    await test.server.queue.purge.sweep();
    expect(await personOf(mine)).to.equal(null);
    const row = await rowOf(mine);
    expect(row).to.include({ push: null });
    expect(row).not.to.have.property('tokenHash');
    expect(row).to.have.nested.property('ticket.state', 'cancelled');
    expect(JSON.stringify(row)).not.to.match(/Siti|60123456789/);
    expect(await status(mine)).to.equal(404);
  });

  it('QP-11: a purged token gets the answer of one that never was, and its phone is told goodbye', async () => {
    const mine = await takeTicket();
    const phone = await branch.phone(mine.token);
    await phone.read();
    dataOf(await branch.ask<HolderState>(mine.token, 'ticket:leave'));
    await test.server.queue.flush();
    nowMs += 3 * hourMs;
    await test.server.queue.purge.sweep();
    await phone.fact<{ reason: string }>('session:revoked', ({ reason }) => reason === 'expired');
    const purged = await branch.ask(mine.token, 'ticket:read');
    const unknown = await branch.ask('A'.repeat(43), 'ticket:read');
    const bare = ({ result }: typeof purged) => JSON.stringify(result).replace(/"requestId":"[^"]*"/, '');
    expect([purged.status, bare(purged)]).to.deep.equal([unknown.status, bare(unknown)]);
  });

  it('RE-19: who still waited when the day ended is forgotten as well', async () => {
    const mine = await takeTicket();
    await test.server.queue.flush();
    nowMs += 24 * hourMs;
    await test.server.queue.clock.tick();
    await test.server.queue.purge.sweep();
    expect(await rowOf(mine)).to.have.nested.property('ticket.state', 'expired');
    expect((await branch.ask<HolderState>(mine.token, 'ticket:read')).status).to.equal(200);
    nowMs += 3 * hourMs;
    await test.server.queue.purge.sweep();
    expect(await personOf(mine)).to.equal(null);
    expect(await status(mine)).to.equal(404);
  });

  it('RE-19: who was called at a branch that nobody ever opened again is forgotten in two days', async () => {
    const mine = await takeTicket();
    dataOf(await branch.staff('counter:update', { counterId: branch.counter.id, serviceIds: [mine.serviceId] }));
    await branch.callNext();
    await test.server.queue.flush();
    nowMs += 47 * hourMs;
    await test.server.queue.purge.sweep();
    expect(await rowOf(mine)).to.have.property('tokenHash');
    nowMs += 2 * hourMs;
    await test.server.queue.purge.sweep();
    expect(await personOf(mine)).to.equal(null);
    const row = await rowOf(mine);
    expect(row).to.include({ push: null });
    expect(row).not.to.have.property('tokenHash');
  });

  async function completeVisit(): Promise<Issued> {
    const mine = await takeTicket();
    dataOf(await branch.staff('counter:update', { counterId: branch.counter.id, serviceIds: [mine.serviceId] }));
    await branch.callNext();
    const input = { counterId: branch.counter.id, ticketId: mine.id, outcome: null };
    dataOf(await branch.staff('ticket:complete', input));
    await test.server.queue.flush();
    return mine;
  }
  const rate = async ({ token }: Issued, text: string) =>
    dataOf(await branch.ask<object>(token, 'ticket:rate', { stars: 4, text }));

  it('QP-13, RE-19: what a holder wrote about the visit goes with their name; the stars stay', async () => {
    const mine = await completeVisit();
    await rate(mine, 'Call Siti on 60123456789');
    nowMs += 1.9 * hourMs;
    await test.server.queue.purge.sweep();
    expect(await rowOf(mine)).to.have.nested.property('rating.text', 'Call Siti on 60123456789');
    nowMs += 0.2 * hourMs;
    await test.server.queue.purge.sweep();
    expect((await rowOf(mine))?.['rating']).to.include({ stars: 4, text: '' });
    expect(JSON.stringify(await rowOf(mine))).not.to.match(/Siti|60123456789/);
  });

  it('QP-13, RE-19: what they wrote after their name was gone goes with the link, at the latest a day after the visit', async () => {
    const mine = await completeVisit();
    nowMs += 3 * hourMs;
    await test.server.queue.purge.sweep();
    await rate(mine, 'It was me, Siti');
    nowMs += 21.1 * hourMs;
    await test.server.queue.purge.sweep();
    const row = await rowOf(mine);
    expect(row?.['rating']).to.include({ stars: 4, text: '' });
    expect(row).not.to.have.property('tokenHash');
  });

  it('QP-13, RE-19: a completed visit keeps its link for a day, and nothing else', async () => {
    const mine = await completeVisit();
    nowMs += 3 * hourMs;
    await test.server.queue.purge.sweep();
    expect(await personOf(mine)).to.equal(null);
    expect(await rowOf(mine)).to.include({ push: null });
    expect(await status(mine)).to.equal(200);
    nowMs += 22 * hourMs;
    await test.server.queue.purge.sweep();
    expect(await rowOf(mine)).not.to.have.property('tokenHash');
  });
});

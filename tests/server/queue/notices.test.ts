/** Notices to holders who look elsewhere: each once per call, whatever happens to the server. */
import { expect } from 'chai';
import { openBranch, type Branch, type Issued } from '../../support/phones.js';
import { startPushService, type PushService, type Subscriber } from '../../support/push-service.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

describe('notices of the queue', function notices() {
  this.timeout(40_000);
  let push: PushService;
  let test: TestServer;
  let branch: Branch;
  let nowMs = Date.now();
  const clock = { now: () => nowMs };

  before(async () => {
    push = await startPushService();
    test = await startTestServer({ env: { ...push.env }, pushAgent: push.agent, clock });
  });
  after(async () => {
    await test.close();
    await push.close();
  });
  beforeEach(async () => {
    branch = await openBranch(test);
  });

  async function subscribe({ token }: Issued): Promise<Subscriber> {
    const subscriber = push.subscribe();
    const { subscription } = subscriber;
    dataOf(await branch.ask<{ isSubscribed: boolean }>(token, 'ticket:subscribe-push', { subscription }));
    return subscriber;
  }

  const finish = async (ticketId: string) =>
    dataOf(await branch.staff('ticket:complete', { counterId: branch.counter.id, ticketId, outcome: null }));
  const settle = () => test.server.core.jobs.drain();
  const titles = ({ notices }: Subscriber): string[] => notices.map(({ title }) => title);

  async function callThrough(count: number): Promise<void> {
    for (let at = 0; at < count; at += 1) {
      const { current } = await branch.callNext();
      await finish(current?.ticket.id ?? '');
    }
  }

  it('QP-8: two before you and next, exactly once each, in the language of the ticket', async () => {
    for (let at = 0; at < 3; at += 1) await branch.issue();
    const mine = await branch.issue({ language: 'ms' });
    const phone = await subscribe(mine);
    await callThrough(1);
    await phone.received(1);
    // Whatever happens in the line meanwhile says it no second time.
    await branch.issue();
    await callThrough(1);
    await callThrough(1);
    await phone.received(2);
    await branch.issue();
    await settle();
    expect(titles(phone)).to.deep.equal([
      `${mine.label}: dua orang lagi sebelum anda`,
      `${mine.label}: anda seterusnya`,
    ]);
    expect(phone.notices[0]).to.deep.include({ language: 'ms', tag: `ticket-${mine.label}` });
  });

  it('QP-9: your turn exactly once per call; a recall again at most once per minute', async () => {
    const mine = await branch.issue();
    const phone = await subscribe(mine);
    await phone.received(1);
    await branch.callNext();
    await phone.received(2);
    const recall = () => branch.staff('ticket:recall', { counterId: branch.counter.id, ticketId: mine.id });
    nowMs += 30_000;
    dataOf(await recall());
    await settle();
    expect(titles(phone)).to.have.length(2);
    nowMs += 31_000;
    dataOf(await recall());
    await phone.received(3);
    nowMs += 10_000;
    dataOf(await recall());
    await settle();
    expect(titles(phone)).to.deep.equal([
      `${mine.label}: you are next`,
      `${mine.label}: it is your turn`,
      `${mine.label}: you are called again`,
    ]);
    expect(phone.notices[1]?.body).to.equal('Please go to Counter 1.');
    expect(Number(phone.requests[1]?.ttl)).to.be.within(30, 600);
  });

  it('IC-24: a notice carries no name and no phone number, and its sender keeps to the services it knows', async () => {
    const mine = await branch.issue({ name: 'Siti Aminah', phone: '+60123456789' });
    const phone = await subscribe(mine);
    await phone.received(1);
    await branch.callNext();
    await phone.received(2);
    for (const { text } of phone.requests) expect(text).not.to.match(/Siti|60123456789/);
    const { keys } = phone.subscription;
    for (const endpoint of [
      'https://169.254.169.254/latest/meta-data',
      `https://user@${push.host}/push/x`,
      `https://${push.host}.evil.example/push/x`,
      `https://localhost:1/push/x`,
      'https://fcm.googleapis.com.evil.example/x',
    ]) {
      const answer = await branch.ask(mine.token, 'ticket:subscribe-push', { subscription: { endpoint, keys } });
      expect(answer.result, endpoint).to.have.nested.property('error.code', 'VALIDATION');
    }
  });

  it('QP-9: an address that is gone is forgotten; a service that stumbles is asked again', async () => {
    const gone = await subscribe(await branch.issue());
    gone.status = 410;
    await branch.callNext();
    await settle();
    const asked = gone.requests.length;
    expect(asked).to.be.greaterThan(0);
    gone.status = 201;
    nowMs += 61_000;
    const view = await branch.staff<{ current: { ticket: { id: string } } }>('counter:read', {
      counterId: branch.counter.id,
    });
    const ticketId = dataOf(view).current.ticket.id;
    dataOf(await branch.staff('ticket:recall', { counterId: branch.counter.id, ticketId }));
    await settle();
    expect(gone.requests.length).to.equal(asked);

    await finish(ticketId);
    const mine = await branch.issue();
    const flaky = await subscribe(mine);
    flaky.status = 503;
    await branch.callNext();
    await settle();
    expect(flaky.notices).to.have.length(0);
    flaky.status = 201;
    nowMs += 60_000;
    await settle();
    expect(titles(flaky)).to.deep.equal([`${mine.label}: it is your turn`]);
  });
});

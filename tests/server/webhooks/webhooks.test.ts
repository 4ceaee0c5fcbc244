/** Webhooks from a real server to a real receiver: signed, in order, again and again, and never to where they must not go. */
import { expect } from 'chai';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import type { WebhookDto } from '@frontdesk/protocol/webhooks';
import { isSignedWith, startReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';
import { startWorkday, type Workday } from '../../support/workday.js';

interface Created {
  readonly webhook: WebhookDto;
  readonly secret: string;
}

describe('webhooks', function webhooks() {
  this.timeout(60_000);
  let day: Workday;
  let receiver: WebhookReceiver;
  let elsewhere: WebhookReceiver;
  beforeEach(async () => {
    day = await startWorkday(new Date().toISOString(), {}, { webhookTargets: 'any' });
    [receiver, elsewhere] = await Promise.all([startReceiver(), startReceiver()]);
  });
  afterEach(async () => {
    await Promise.all([receiver.close(), elsewhere.close()]);
    await day.close();
  });

  const create = (events: readonly string[] = [], url = receiver.url) =>
    day.must<Created>('webhook:create', { url, events });
  const settle = () => day.test.server.webhooks.settle();
  const readOne = async (): Promise<WebhookDto> => {
    const { webhooks: all } = await day.must<{ webhooks: WebhookDto[] }>('webhook:list', {});
    if (!all[0]) throw new Error('no webhook');
    return all[0];
  };
  /** Lets the clock pass the next try and runs it. */
  async function retryAfter(minutes: number): Promise<void> {
    day.wait(minutes);
    await day.test.server.core.jobs.drain();
    await settle();
  }

  it('QA-11 HOOK-07: tells what happens to tickets, signed and with its time, and nothing of people', async () => {
    await day.issue({ name: 'Siti' });
    const { secret } = await create();
    await day.issue({ name: 'Siti Aminah', phone: '+60123456789' });
    await day.serve(1);
    await settle();
    const types = receiver.deliveries.map(({ message }) => message.changes.map(({ type }) => type));
    expect(types).to.deep.equal([['ticket-issued'], ['ticket-called'], ['ticket-started'], ['ticket-completed']]);
    for (const delivery of receiver.deliveries) {
      expect(isSignedWith(delivery, secret)).to.equal(true);
      expect(isSignedWith({ ...delivery, timestamp: delivery.timestamp + 1 }, secret)).to.equal(false);
      expect(isSignedWith({ ...delivery, body: `${delivery.body} ` }, secret)).to.equal(false);
      expect(delivery.body).not.to.match(/Siti|60123456789|Olga/);
      expect(delivery.headers).not.to.have.any.keys('cookie', 'authorization');
    }
    expect(receiver.deliveries[1]?.message.changes[0]).to.include({ label: 'A001', from: 'waiting', to: 'called' });
    expect((await readOne()).progress[0]).to.include({ failures: 0, lastStatus: 200 });
  });

  it('QA-11: in the order of the log, every revision once, however many things happen at once', async () => {
    await create();
    await Promise.all(Array.from({ length: 40 }, () => day.issue()));
    await settle();
    const revs = receiver.deliveries.map(({ message }) => message.rev);
    expect(revs).to.have.length(40);
    expect(revs).to.deep.equal([...new Set(revs)].sort((one, other) => one - other));
  });

  it('QA-11 P20: what came while somebody else had the cursor is told when their lease ends, without anything else happening', async () => {
    await create();
    const leaseUntil = new Date(Date.now() + 1_500);
    await day.collection('webhook_cursors').updateMany({}, { $set: { leaseUntil } });
    const { id } = await day.issue();
    await settle();
    expect(receiver.deliveries).to.have.length(0);
    day.wait(1);
    const told = await receiver.next();
    expect(told.message.changes[0]?.ticketId).to.equal(id);
  });

  it('QA-11: only the events that were asked for', async () => {
    await create(['ticket-called']);
    await day.issue();
    await day.serve(1);
    await settle();
    expect(receiver.deliveries.map(({ message }) => message.changes[0]?.type)).to.deep.equal(['ticket-called']);
  });

  it('QA-11 P20: a failure holds back what follows, is tried again later, and comes with the same id', async () => {
    await create();
    receiver.status = 500;
    const [first, second] = [await day.issue(), await day.issue()];
    await settle();
    await settle();
    expect(receiver.deliveries).to.have.length(1);
    expect((await readOne()).progress[0]).to.include({ failures: 1, lastStatus: 500 });
    receiver.status = 204;
    await retryAfter(1);
    const told = receiver.deliveries.map(({ message }) => message.changes[0]?.ticketId);
    expect(told).to.deep.equal([first.id, first.id, second.id]);
    expect(receiver.deliveries[0]?.id).to.equal(receiver.deliveries[1]?.id);
    expect(receiver.deliveries[1]?.id).not.to.equal(receiver.deliveries[2]?.id);
    expect((await readOne()).progress[0]).to.include({ failures: 0, lastStatus: 204 });
  });

  it('QA-11: after ten more tries within some three days it is switched off, and goes on where it stopped', async () => {
    await create();
    receiver.status = 503;
    const ticket = await day.issue();
    await settle();
    const startMs = day.nowMs();
    for (const minutes of [1, 1, 3, 17, 67, 270, 670, 800, 1_600, 1_600]) await retryAfter(minutes);
    expect(receiver.deliveries).to.have.length(11);
    expect(day.nowMs() - startMs).to.be.within(72 * 3_600_000, 90 * 3_600_000);
    const stopped = await readOne();
    expect(stopped).to.include({ isEnabled: false, disabledReason: 'failing' });
    await day.issue();
    await settle();
    expect(receiver.deliveries).to.have.length(11);
    receiver.status = 200;
    await day.must('webhook:update', { webhookId: stopped.id, isEnabled: true });
    await settle();
    expect(receiver.deliveries[11]?.message.changes[0]?.ticketId).to.equal(ticket.id);
    expect(receiver.deliveries.length).to.be.greaterThan(12);
  });

  it('QA-11 P20: whoever answers 410 is told nothing any more', async () => {
    await create();
    receiver.status = 410;
    await day.issue();
    await settle();
    expect(await readOne()).to.include({ isEnabled: false, disabledReason: 'gone' });
  });

  it('SSRF-02: a redirect is a failure, and nobody goes after it', async () => {
    await create();
    receiver.status = 307;
    receiver.location = elsewhere.url;
    await day.issue();
    await settle();
    expect(receiver.deliveries).to.have.length(1);
    expect(elsewhere.deliveries).to.deep.equal([]);
    expect((await readOne()).progress[0]).to.include({ failures: 1, lastStatus: 307 });
  });

  it('QA-11: everything again from a revision on, with the same ids', async () => {
    const { webhook } = await create();
    await day.issue();
    await day.issue();
    await settle();
    const before = receiver.deliveries.splice(0);
    const replay = { webhookId: webhook.id, locationId: day.branch.locationId, fromRev: before[1]?.message.rev ?? 0 };
    await day.must('webhook:replay', replay);
    await settle();
    expect(receiver.deliveries.map(({ id }) => id)).to.deep.equal([before[1]?.id]);
    receiver.deliveries.splice(0);
    await day.must('webhook:replay', { ...replay, fromRev: 1 });
    await settle();
    expect(receiver.deliveries.map(({ id }) => id)).to.deep.equal(before.map(({ id }) => id));
  });

  it('HOOK-07: after a change of secret both sign, after another one the first does not', async () => {
    const { webhook, secret } = await create();
    const rotate = () => day.must<{ secret: string }>('webhook:rotate-secret', { webhookId: webhook.id });
    const { secret: next } = await rotate();
    await day.issue();
    await settle();
    const isSigned = (by: string) => receiver.deliveries.map((delivery) => isSignedWith(delivery, by));
    expect([isSigned(secret), isSigned(next)]).to.deep.equal([[true], [true]]);
    const { secret: last } = await rotate();
    await day.issue();
    await settle();
    expect([isSigned(secret), isSigned(next), isSigned(last)]).to.deep.equal([
      [true, false],
      [true, true],
      [false, true],
    ]);
  });

  it('QA-11: an answer that was lost is given again, with the same secret, which is listed nowhere', async () => {
    const key = createIdempotencyKey();
    const ask = () => day.ask<Created>('webhook:create', { url: receiver.url, events: [] }, key);
    const [one, other] = [await ask(), await ask()];
    expect(one.result).to.deep.equal(other.result);
    const { webhooks: all } = await day.must<{ webhooks: WebhookDto[] }>('webhook:list', {});
    expect(all).to.have.length(1);
    expect(JSON.stringify(all)).not.to.include('whsec_');
    const changed = await day.ask('webhook:create', { url: `${receiver.url}2`, events: [] }, key);
    expect(changed.result).to.have.nested.property('error.code', 'IDEMPOTENCY_MISMATCH');
    const rows = await day.collection('idempotency').find({}).toArray();
    expect(JSON.stringify(rows)).not.to.include('whsec_');
  });

  it('QA-15: agents and viewers neither see nor change webhooks', async () => {
    for (const role of ['agent', 'viewer'] as const) {
      for (const name of ['webhook:list', 'api-key:list']) {
        expect((await day.askAs(role, name, {})).result).to.have.nested.property('error.code', 'FORBIDDEN');
      }
    }
    expect((await day.askAs('admin', 'webhook:list', {})).status).to.equal(200);
  });
});

/** What the holder of a ticket sees and does with a phone. */
import { expect } from 'chai';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import { createTicketToken, openBranch, type Branch, type Issued } from '../../support/phones.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

const hourMs = 60 * 60 * 1_000;

interface OrderFact {
  readonly change: { readonly fromRev: number; readonly out: number[]; readonly in: number[] } | null;
}

/** Half a day from now by the clock in Kuala Lumpur: no service day ends while a test runs. */
const dayStart = `${new Date(Date.now() + (8 + 12) * hourMs).toISOString().slice(11, 13)}:00`;

describe('the phone of a ticket', function phones() {
  this.timeout(40_000);
  let test: TestServer;
  let branch: Branch;
  let nowMs = Date.now();
  const clock = { now: () => nowMs };

  before(async () => {
    test = await startTestServer({ clock });
  });
  after(() => test.close());
  beforeEach(async () => {
    branch = await openBranch(test, { location: { dayStart } });
  });

  const read = async ({ token }: Issued): Promise<HolderState> =>
    dataOf(await branch.ask<HolderState>(token, 'ticket:read'));
  const atCounter = (ticketId: string, more: object = {}) => ({ counterId: branch.counter.id, ticketId, ...more });
  const complete = async ({ id }: Issued) =>
    dataOf(await branch.staff('ticket:complete', atCounter(id, { outcome: null })));

  async function serveNext(ticket: Issued): Promise<void> {
    await branch.callNext();
    await complete(ticket);
  }

  it('QP-2: shows the place that calling again and again gives, and follows it without asking', async () => {
    const [first, , third] = [await branch.issue(), await branch.issue(), await branch.issue()];
    const phone = await branch.phone(third.token);
    const state = await phone.read();
    expect(state.ticket).to.include({ label: third.label, state: 'waiting', locationName: 'Main branch' });
    expect(state.place).to.include({ ahead: 2 });
    const called = await branch.callNext();
    expect(called.current?.ticket.label).to.equal(first.label);
    const { change } = await phone.fact<OrderFact>(
      'order:changed',
      (fact) => fact.change?.fromRev === state.place?.orderRev,
    );
    expect(change).to.deep.include({ out: [0], in: [], move: [] });
    expect((await phone.read()).place).to.include({ ahead: 1 });
    phone.close();
  });

  it('QP-2: two devices of one ticket say the same, also after it let others pass', async () => {
    const mine = await branch.issue();
    await branch.issue();
    await branch.issue();
    const [one, other] = [await branch.phone(mine.token), await branch.phone(mine.token)];
    expect((await one.read()).place).to.deep.equal((await other.read()).place);
    await one.call('ticket:defer', { places: 2 });
    await other.fact<{ state: HolderState }>('ticket:changed', ({ state }) => state.place?.ahead === 2);
    expect((await other.read()).place).to.deep.equal((await one.read()).place);
    one.close();
    other.close();
  });

  it('QP-3: a call is on the phone at once, with the counter, over the socket and over HTTP', async () => {
    const mine = await branch.issue();
    const phone = await branch.phone(mine.token);
    await phone.read();
    await branch.callNext();
    const { state } = await phone.fact<{ state: HolderState }>(
      'ticket:changed',
      (fact) => fact.state.ticket.state === 'called',
    );
    expect(state.ticket).to.include({ counterLabel: 'Counter 1', callCount: 1 });
    expect(state.place).to.equal(null);
    expect((await read(mine)).ticket).to.deep.include({ state: 'called', counterLabel: 'Counter 1' });
    nowMs += 6_000;
    dataOf(await branch.staff('ticket:recall', atCounter(mine.id)));
    await phone.fact<{ state: HolderState }>('ticket:changed', (fact) => fact.state.ticket.callCount === 2);
    phone.close();
  });

  it('QP-4: a phone that was away finds its ticket as it is', async () => {
    const mine = await branch.issue();
    const before = await branch.phone(mine.token);
    await before.read();
    before.close();
    // As long as the member at the counter stays signed in.
    nowMs += 9 * 60_000;
    await branch.callNext();
    const after = await branch.phone(mine.token);
    expect((await after.read()).ticket.state).to.equal('called');
    after.close();
  });

  it('QC-17: a ticket that is sent on follows the line of its new service, and no other', async () => {
    const context = { tenantId: branch.shop.site.tenantId };
    const { provision } = test.server.queue;
    const xray = await provision.addService(context, branch.locationId, {
      names: { en: 'X-ray' },
      series: { prefix: 'X', width: 3, first: 1, last: 999 },
      pool: 'x-ray',
    });
    const serviceIds = [xray.id];
    const second = await provision.addCounter(context, branch.locationId, { label: 'Counter 2', serviceIds });
    dataOf(await branch.staff('counter:open', { counterId: second.id }));
    dataOf(await branch.staff('counter:open', { counterId: branch.counter.id }));
    const waiting = await branch.issue({ serviceId: xray.id });
    const mine = await branch.issue();
    const phone = await branch.phone(mine.token);
    await phone.read();
    await branch.callNext();
    const input = { serviceId: xray.id, mode: 'back', toCounterId: null, note: null };
    dataOf(await branch.staff('ticket:transfer', atCounter(mine.id, input)));
    const { state } = await phone.fact<{ state: HolderState }>(
      'ticket:changed',
      (fact) => fact.state.ticket.serviceNames.en === 'X-ray',
    );
    expect(state.ticket).to.include({ label: mine.label, state: 'waiting' });
    expect(state.place).to.include({ ahead: 1 });
    dataOf(await branch.staff('ticket:cancel', { ...atCounter(waiting.id), reason: 'Left' }));
    await phone.fact<OrderFact>('order:changed', ({ change }) => change?.fromRev === state.place?.orderRev);
    expect((await phone.read()).place).to.include({ ahead: 0 });
    phone.close();
  });

  describe('QP-5: what a holder does is done once, however often it is sent', () => {
    it('QP-5: "I need more time" lets as many pass as it says', async () => {
      const mine = await branch.issue();
      for (let at = 0; at < 4; at += 1) await branch.issue();
      const key = createIdempotencyKey();
      const defer = (places: number) => branch.ask<HolderState>(mine.token, 'ticket:defer', { places }, key);
      expect(dataOf(await defer(2)).place?.ahead).to.equal(2);
      expect(dataOf(await defer(2)).place?.ahead).to.equal(2);
      expect((await defer(3)).result).to.have.nested.property('error.code', 'IDEMPOTENCY_MISMATCH');
      expect((await read(mine)).place?.ahead).to.equal(2);
    });

    it('QP-5: "I am here", twice and again', async () => {
      const mine = await branch.issue({ bookedFor: new Date(nowMs + 5 * 60_000).toISOString() });
      expect((await read(mine)).ticket).to.include({ state: 'booked', presence: 'remote' });
      const key = createIdempotencyKey();
      for (const again of [key, key, createIdempotencyKey()]) {
        const { ticket } = dataOf(await branch.ask<HolderState>(mine.token, 'ticket:arrive', {}, again));
        expect(ticket).to.include({ state: 'waiting', presence: 'onsite' });
      }
    });

    it('QP-5: giving up, with a lost acknowledgement; afterwards nothing else is possible', async () => {
      const mine = await branch.issue();
      const key = createIdempotencyKey();
      for (let at = 0; at < 2; at += 1) {
        const { ticket } = dataOf(await branch.ask<HolderState>(mine.token, 'ticket:leave', {}, key));
        expect(ticket).to.include({ state: 'cancelled', canDefer: false, canComeBack: false });
      }
      for (const [name, input] of [
        ['ticket:leave', {}],
        ['ticket:defer', { places: 1 }],
        ['ticket:come-back', {}],
        ['ticket:arrive', {}],
      ] as const) {
        const answer = await branch.ask(mine.token, name, input);
        expect(answer.result, name).to.have.nested.property('error.code', 'CONFLICT');
      }
    });

    it('QP-5: coming back after a missed call, once, and only as often as the policy allows', async () => {
      branch = await openBranch(test, {
        policy: { noShow: { minCallSeconds: 0, autoAfterSeconds: null, penaltyPlaces: 1, maxReturns: 1 } },
      });
      const mine = await branch.issue();
      for (let at = 0; at < 2; at += 1) await branch.issue();
      await branch.callNext();
      dataOf(await branch.staff('ticket:mark-no-show', atCounter(mine.id)));
      expect((await read(mine)).ticket).to.include({ state: 'no-show', canComeBack: true });
      const key = createIdempotencyKey();
      for (let at = 0; at < 2; at += 1) {
        const { ticket, place } = dataOf(await branch.ask<HolderState>(mine.token, 'ticket:come-back', {}, key));
        expect([ticket.state, place?.ahead]).to.deep.equal(['waiting', 1]);
      }
      dataOf(await branch.staff('ticket:call', atCounter(mine.id, { reason: 'Here again' })));
      dataOf(await branch.staff('ticket:mark-no-show', atCounter(mine.id)));
      const again = await branch.ask(mine.token, 'ticket:come-back');
      expect(again.result).to.have.nested.property('error.code', 'CONFLICT');
      expect((await read(mine)).ticket.canComeBack).to.equal(false);
    });
  });

  it('QP-10: a closed service and a broadcast say so to everybody who holds a ticket', async () => {
    const mine = await branch.issue();
    const phone = await branch.phone(mine.token);
    await phone.read();
    dataOf(await branch.staff('queue:broadcast', { locationId: branch.locationId, notice: 'Lift out of order' }));
    const heard = (notice: string | null) =>
      phone.fact<{ state: HolderState }>('ticket:changed', ({ state }) => state.ticket.notice === notice);
    await heard('Lift out of order');
    dataOf(await branch.staff('service:close', { serviceId: branch.service.id, message: 'The doctor left' }));
    await heard('The doctor left');
    phone.close();
  });

  it('QP-10: when the day is over the phone says that the ticket has expired', async () => {
    const mine = await branch.issue();
    const phone = await branch.phone(mine.token);
    await phone.read();
    nowMs += 24 * hourMs;
    await test.server.queue.clock.tick();
    const { state } = await phone.fact<{ state: HolderState }>(
      'ticket:changed',
      (fact) => fact.state.ticket.state === 'expired',
    );
    expect(state.place).to.equal(null);
    expect((await read(mine)).ticket).to.include({ state: 'expired', canComeBack: false, canDefer: false });
    const late = await branch.ask(mine.token, 'ticket:come-back');
    expect(late.result).to.have.nested.property('error.code', 'CONFLICT');
    phone.close();
  });

  it('QP-11: a wrong, a malformed and a missing token get the same neutral answer, on both transports', async () => {
    const wrong = await branch.ask(createTicketToken(), 'ticket:read');
    const malformed = await branch.ask('not-a-token', 'ticket:read');
    for (const { status, result } of [wrong, malformed]) {
      expect(status).to.equal(404);
      expect(result).to.have.nested.property('error.code', 'NOT_FOUND');
      expect(result).to.have.nested.property('error.message', 'Not found.');
    }
    const phone = branch.connect(createTicketToken());
    expect(await phone.refused()).to.include({ code: 'NOT_FOUND' });
    phone.close();
  });

  it('QP-11, IC-22: no answer of a ticket speaks of another one, and none of another business', async () => {
    const neighbour = await openBranch(test);
    const theirs = await neighbour.issue({ name: 'Siti Aminah', phone: '+60123456789' });
    const other = await branch.issue({ name: 'Tan Wei', phone: '+60129876543' });
    const mine = await branch.issue();
    const phone = await branch.phone(mine.token);
    await phone.read();
    await serveNext(other);
    await phone.fact<OrderFact>('order:changed', ({ change }) => (change?.out.length ?? 0) > 0);
    const told = JSON.stringify([phone.heard, await read(mine)]);
    for (const secret of [other.id, other.token, 'Tan Wei', '129876543', theirs.id, theirs.token, 'Siti']) {
      expect(told).not.to.include(secret);
    }
    const asNeighbour = await neighbour.staff('ticket:cancel', {
      counterId: neighbour.counter.id,
      ticketId: mine.id,
      reason: 'Not ours',
    });
    expect(asNeighbour.result).to.have.nested.property('error.code', 'NOT_FOUND');
    phone.close();
  });

  it('QP-13: a completed visit is rated once, within a day, by whoever holds the link', async () => {
    const mine = await branch.issue();
    const early = await branch.ask(mine.token, 'ticket:rate', { stars: 5, text: '' });
    expect(early.result).to.have.nested.property('error.code', 'CONFLICT');
    await serveNext(mine);
    await test.server.queue.flush();
    expect((await read(mine)).ticket).to.include({ state: 'completed', canRate: true });
    nowMs += 23 * hourMs;
    await test.server.queue.purge.sweep();
    const key = createIdempotencyKey();
    const rate = (again = key) => branch.ask(mine.token, 'ticket:rate', { stars: 4, text: 'Quick' }, again);
    dataOf(await rate());
    dataOf(await rate());
    expect((await rate(createIdempotencyKey())).result).to.have.nested.property('error.code', 'CONFLICT');
    expect((await read(mine)).ticket.canRate).to.equal(false);
    nowMs += 2 * hourMs;
    expect((await branch.ask(mine.token, 'ticket:read')).status).to.equal(404);
  });

  it('QP-13: an unrated visit cannot be rated after a day', async () => {
    const mine = await branch.issue();
    await serveNext(mine);
    nowMs += 24 * hourMs;
    const late = await branch.ask(mine.token, 'ticket:rate', { stars: 1, text: '' });
    expect(late.result).to.have.nested.property('error.code', 'NOT_FOUND');
  });

  it('QP-14: another language is kept, and one that nobody wrote is refused', async () => {
    const mine = await branch.issue();
    const { ticket } = dataOf(await branch.ask<HolderState>(mine.token, 'ticket:set-language', { language: 'ta' }));
    expect(ticket.language).to.equal('ta');
    dataOf(await branch.ask<HolderState>(mine.token, 'ticket:set-language', { language: 'ta' }));
    const wrong = await branch.ask(mine.token, 'ticket:set-language', { language: 'xx' });
    expect(wrong.result).to.have.nested.property('error.code', 'VALIDATION');
  });
});

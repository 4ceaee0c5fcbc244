/** What the holder of a ticket sees and does with a phone. */
import { expect } from 'chai';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import { createTicketToken, openBranch, type Branch } from '../../support/phones.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

describe('the phone of a ticket', function phones() {
  this.timeout(30_000);
  let test: TestServer;
  let branch: Branch;

  before(async () => {
    test = await startTestServer();
    branch = await openBranch(test);
  });
  after(() => test.close());

  it('QP-2: shows the place that calling again and again gives, and follows it without asking', async () => {
    const [first, second, third] = [await branch.issue(), await branch.issue(), await branch.issue()];
    const phone = await branch.phone(third.token);
    const state = await phone.read();
    expect(state.ticket).to.include({ label: third.label, state: 'waiting', locationName: 'Main branch' });
    expect(state.place).to.include({ ahead: 2 });
    const called = await branch.callNext();
    expect(called.current?.ticket.label).to.equal(first.label);
    const fact = await phone.fact<{ change: { out: number[]; fromRev: number } | null }>(
      'order:changed',
      ({ change }) => change?.fromRev === state.place?.orderRev,
    );
    expect(fact.change).to.deep.include({ out: [0], in: [], move: [] });
    expect((await phone.read()).place).to.include({ ahead: 1 });
    phone.close();
    void second;
  });

  it('QP-11: a wrong, a malformed and a missing token get the same neutral answer', async () => {
    const wrong = await branch.ask(createTicketToken(), 'ticket:read');
    const malformed = await branch.ask('not-a-token', 'ticket:read');
    for (const answer of [wrong, malformed]) {
      expect(answer.status).to.equal(404);
      expect(answer.result).to.have.nested.property('error.code', 'NOT_FOUND');
      expect(answer.result).to.have.nested.property('error.message', 'Not found.');
    }
  });

  it('QP-5: letting others pass, giving up: the same key twice is once', async () => {
    const mine = await branch.issue();
    await branch.issue();
    await branch.issue();
    const key = createIdempotencyKey();
    const before = dataOf(await branch.ask<HolderState>(mine.token, 'ticket:read')).place?.ahead ?? -1;
    const defer = () => branch.ask<HolderState>(mine.token, 'ticket:defer', { places: 1 }, key);
    expect(dataOf(await defer()).ticket.state).to.equal('waiting');
    expect(dataOf(await defer()).ticket.state).to.equal('waiting');
    const phone = await branch.phone(mine.token);
    expect((await phone.read()).place?.ahead).to.equal(before + 1);
    phone.close();
  });
});

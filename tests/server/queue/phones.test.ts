/** Many phones on one queue: the small version of `npm run bench:queue`. */
import { expect } from 'chai';
import { openBranch, type Issued } from '../../support/phones.js';
import { callHttp, startTestServer, type TestServer } from '../../support/server.js';
import { openPhone, type Phone } from '../../benchmarks/queue-phones/phone.js';

const PHONES = 500;
const CALLS = 3;
const GOAL_MS = 2_000;

describe('many phones on one queue', function crowd() {
  this.timeout(120_000);
  let test: TestServer;

  before(async () => {
    test = await startTestServer();
  });
  after(() => test.close());

  it('QP-3: a call is on its phone, and in the place of every other, within two seconds; nobody has to ask', async () => {
    const series = { prefix: 'A', width: 4, first: 1, last: 9_999 };
    const branch = await openBranch(test, { service: { series } });
    const tickets: Issued[] = [];
    const issueAll = async (): Promise<void> => {
      while (tickets.length < PHONES) {
        const at = tickets.push(null as never) - 1;
        tickets[at] = await branch.issue();
      }
    };
    await Promise.all(Array.from({ length: 16 }, issueAll));

    const calledAtMs = new Map<string, number>();
    let lastMs = 0;
    const phones: Phone[] = [];
    const listeners = {
      handleOrder: () => void (lastMs = Date.now()),
      handleChanged: (_phone: Phone, { ticket }: Phone['state']) => {
        if (ticket.state === 'called') calledAtMs.set(ticket.label, Date.now());
      },
    };
    for (let from = 0; from < PHONES; from += 50) {
      const slice = tickets.slice(from, from + 50);
      phones.push(...(await Promise.all(slice.map(({ token }) => openPhone(test.url, token, listeners)))));
    }
    const places = () => phones.map(({ ahead }) => ahead).filter((ahead) => ahead !== null);
    expect(new Set(places()).size).to.equal(PHONES);

    // Whoever came while others were still joining may have read twice; from here on a message is enough.
    const readAgain = () => phones.reduce((sum, { rereads }) => sum + rereads, 0);
    const haveSettled = () => new Set(phones.map(({ orderRev }) => orderRev)).size === 1;
    while (!haveSettled()) await new Promise((resolve) => setTimeout(resolve, 10));
    const beforeCalls = readAgain();
    for (let call = 1; call <= CALLS; call += 1) {
      const beganMs = Date.now();
      const { current } = await branch.callNext();
      const ticket = current?.ticket;
      const isTold = () => Math.max(...places()) === PHONES - 1 - call && calledAtMs.has(ticket?.label ?? '');
      while (!isTold() && Date.now() - beganMs < 2 * GOAL_MS) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(isTold(), 'who was called heard it, and everybody else moved up').to.equal(true);
      expect((calledAtMs.get(ticket?.label ?? '') ?? Infinity) - beganMs).to.be.below(GOAL_MS);
      expect(lastMs - beganMs).to.be.below(GOAL_MS);
      expect([...places()].sort((one, other) => one - other)).to.deep.equal(
        Array.from({ length: PHONES - call }, (_, ahead) => ahead),
      );
      const input = { counterId: branch.counter.id, ticketId: ticket?.id, outcome: null };
      expect((await branch.staff('ticket:complete', input)).status).to.equal(200);
    }
    expect(readAgain() - beforeCalls).to.equal(0);
    for (const phone of phones) phone.close();
  });

  it('5.10: a branch whose phones come back one by one is read once, not once for each', async () => {
    const branch = await openBranch(test, {});
    const tokens: string[] = [];
    while (tokens.length < 40) tokens.push((await branch.issue()).token);
    const { connection } = test.server.core;
    let reads = 0;
    connection.set('debug', (collection: string, method: string) => {
      if (collection === 'queue_tickets' && method === 'find') reads += 1;
    });
    for (const token of tokens) {
      const answer = await callHttp(test.url, 'ticket:read', {}, { audience: 'ticket', token });
      expect(answer.status).to.equal(200);
    }
    connection.set('debug', false);
    expect(reads).to.be.at.most(20);
  });
});

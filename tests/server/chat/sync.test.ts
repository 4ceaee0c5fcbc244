import { expect } from 'chai';
import type { Result } from '@frontdesk/protocol/result';
import { rooms } from '@frontdesk/server/core/rooms';
import {
  addBusiness,
  codeOf,
  dataOf,
  startConversation,
  startTestChat,
  type Business,
  type StartedConversation,
  type TestChat,
} from '../../support/chat.js';

describe('sync and markers', () => {
  let test: TestChat;
  let business: Business;
  let started: StartedConversation;

  before(async () => {
    test = await startTestChat();
    business = await addBusiness(test);
  });
  beforeEach(async () => {
    started = await startConversation(test, business.site, 'm 1');
    for (let index = 2; index <= 10; index += 1) {
      const conversationId = started.id;
      dataOf(await test.asStaff(test.staff(business.owner), 'note:add', { conversationId, body: `n ${index}` }));
      dataOf(await test.asVisitor(started.visitor, 'message:send', { conversationId, body: `m ${index}` }));
    }
  });
  after(() => test.close());

  const staff = () => test.staff(business.owner);
  const syncVisitor = (input: object) =>
    test.asVisitor(started.visitor, 'conversation:sync', {
      conversationId: started.id,
      epoch: null,
      after: 0,
      ...input,
    });
  const syncStaff = (input: object) =>
    test.asStaff(staff(), 'conversation:sync', { conversationId: started.id, epoch: null, after: 0, ...input });
  const read = async () =>
    dataOf(await test.asStaff(staff(), 'conversation:read', { conversationId: started.id })).conversation;

  it('pages through a log by cursor, for both audiences', async () => {
    for (const [sync, total] of [
      [syncVisitor, 10],
      [syncStaff, 19],
    ] as const) {
      const seqs: number[] = [];
      for (let more = true; more;) {
        const result: Result<{ entries: { seq: number }[]; head: number; more: boolean }> = await sync({
          after: seqs.at(-1) ?? 0,
          limit: 4,
        });
        const page = dataOf(result);
        expect(page.entries.length).to.be.at.most(4);
        expect(page.head).to.equal(total);
        seqs.push(...page.entries.map((entry) => entry.seq));
        more = page.more;
      }
      expect(seqs).to.deep.equal(Array.from({ length: total }, (_, index) => index + 1));
    }
  });

  it('starts at the newest page when asked to', async () => {
    const page = dataOf(await syncVisitor({ tail: true, limit: 3 }));
    expect(page.entries.map((entry) => [entry.seq, entry.body])).to.deep.equal([
      [8, 'm 8'],
      [9, 'm 9'],
      [10, 'm 10'],
    ]);
    expect([page.head, page.more]).to.deep.equal([10, false]);
  });

  it('asks for a reset when the cursor lies past the head or in another epoch', async () => {
    expect(codeOf(await syncVisitor({ after: 11 }))).to.equal('RESET_REQUIRED');
    expect(codeOf(await syncStaff({ after: 20 }))).to.equal('RESET_REQUIRED');
    expect(codeOf(await syncVisitor({ epoch: 'another-epoch' }))).to.equal('RESET_REQUIRED');
    expect(codeOf(await syncVisitor({ epoch: started.epoch, after: 10 }))).to.equal('OK');
    expect(dataOf(await syncVisitor({ epoch: started.epoch, after: 10 })).entries).to.have.length(0);
  });

  it('reports heads in the numbering of the one who asks', async () => {
    const own = dataOf(await test.asVisitor(started.visitor, 'conversation:check', {}));
    expect(own.heads).to.deep.equal([{ conversationId: started.id, epoch: started.epoch, seq: 10 }]);
    const all = dataOf(await test.asStaff(staff(), 'conversation:check', { conversationIds: [started.id] }));
    expect(all.heads).to.deep.equal([{ conversationId: started.id, epoch: started.epoch, seq: 19 }]);
  });

  it('MSG-05 markers are clamped to the head and never move backwards', async () => {
    const mark = (input: object) =>
      test.asVisitor(started.visitor, 'conversation:mark', { conversationId: started.id, ...input });
    const marks = async () => {
      const { visitorReadUpTo, visitorDeliveredUpTo } = await read();
      return [visitorReadUpTo, visitorDeliveredUpTo];
    };
    dataOf(await mark({ deliveredUpTo: 7 }));
    expect(await marks()).to.deep.equal([0, 7]);
    dataOf(await mark({ readUpTo: 5 }));
    expect(await marks()).to.deep.equal([5, 7]);
    dataOf(await mark({ readUpTo: 2, deliveredUpTo: 3 }));
    expect(await marks()).to.deep.equal([5, 7]);
    dataOf(await mark({ readUpTo: 4_000 }));
    expect(await marks()).to.deep.equal([10, 10]);
  });

  it('MSG-05 negative, fractional, not-a-number and unsafe markers are refused', async () => {
    for (const readUpTo of [-1, 1.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY, '5', { $gt: 0 }, null]) {
      const input = { conversationId: started.id, readUpTo: readUpTo as number };
      expect(codeOf(await test.asVisitor(started.visitor, 'conversation:mark', input))).to.equal('VALIDATION');
      expect(codeOf(await test.asStaff(staff(), 'conversation:mark', input))).to.equal('VALIDATION');
    }
    expect((await read()).visitorReadUpTo).to.equal(0);
  });

  it("tells the customer how far the team has read, in the customer's numbering", async () => {
    test.pushed.length = 0;
    dataOf(
      await test.asStaff(staff(), 'conversation:mark', { conversationId: started.id, readUpTo: 6, deliveredUpTo: 19 }),
    );
    const own = dataOf(await test.asVisitor(started.visitor, 'conversation:list', {})).conversations[0];
    // Entries: m1 n2 m2 n3 m3 n4 …; up to the sixth stand three messages.
    expect([own?.staffReadUpTo, own?.staffDeliveredUpTo]).to.deep.equal([3, 10]);
    const fact = test.pushed.find(({ name }) => name === 'conversation:marked');
    expect(fact?.room).to.equal(rooms.visitorConversation(business.tenantId, started.id));
    expect(fact?.fact).to.include({ party: 'staff', readUpTo: 3, deliveredUpTo: 10 });
    test.pushed.length = 0;
    dataOf(await test.asStaff(staff(), 'conversation:mark', { conversationId: started.id, readUpTo: 2 }));
    expect(test.pushed.filter(({ name }) => name === 'conversation:marked')).to.have.length(0);
  });
});

import { expect } from 'chai';
import { createIdempotencyKey, createVisitorToken } from '@frontdesk/protocol/ids';
import { rooms } from '@frontdesk/server/core/rooms';
import { hashSecret } from '@frontdesk/server/core/secrets';
import { addBusiness, codeOf, dataOf, startTestChat, type Business, type TestChat } from '../../support/chat.js';

describe('conversation:start', () => {
  let test: TestChat;
  let business: Business;

  before(async () => {
    test = await startTestChat();
    business = await addBusiness(test);
  });
  after(() => test.close());

  async function countDocuments(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const name of ['Contact', 'VisitorSession', 'Conversation', 'Entry']) {
      counts[name] = await test.core.connection.model(name).countDocuments({ tenantId: business.tenantId });
    }
    return counts;
  }

  it('CH-7 1,000 page views write nothing', async () => {
    const before = await countDocuments();
    for (let view = 0; view < 1_000; view += 1) {
      const visitor = await test.visitor(business.site);
      if (view % 50 > 0) continue;
      dataOf(await test.asVisitor(visitor, 'site:describe', {}));
      expect(dataOf(await test.asVisitor(visitor, 'conversation:list', {})).conversations).to.deep.equal([]);
      expect(dataOf(await test.asVisitor(visitor, 'conversation:check', {})).heads).to.deep.equal([]);
      dataOf(await test.asVisitor(visitor, 'visitor:forget', {}));
    }
    expect(await countDocuments()).to.deep.equal(before);
  });

  it('CH-8 a first message sent ten times at once, and again later, is one conversation with one entry', async () => {
    const token = createVisitorToken();
    const visitor = await test.visitor(business.site, token);
    const key = createIdempotencyKey();
    const before = await countDocuments();
    const start = () => test.asVisitor(visitor, 'conversation:start', { body: 'Hello?' }, key);
    const answers = (await Promise.all(Array.from({ length: 10 }, start))).map(dataOf);
    answers.push(dataOf(await start()));
    answers.push(
      dataOf(
        await test.asVisitor(await test.visitor(business.site, token), 'conversation:start', { body: 'Hello?' }, key),
      ),
    );
    expect(new Set(answers.map((answer) => answer.conversation.id)).size).to.equal(1);
    expect(new Set(answers.map((answer) => answer.entry.at)).size).to.equal(1);
    expect(answers.filter((answer) => !answer.duplicate)).to.have.length(1);
    const after = await countDocuments();
    for (const [name, count] of Object.entries(after)) expect(count - before[name]!, name).to.equal(1);
  });

  /** Where a process may die between the first write and the acknowledgement. */
  const cuts: [title: string, remove: string[]][] = [
    ['after the contact', ['VisitorSession', 'Conversation', 'Entry']],
    ['after the visitor session', ['Conversation', 'Entry']],
    ['after the conversation', ['Entry']],
    ['after the entry', []],
  ];
  for (const [title, lost] of cuts) {
    it(`CH-8 first message cut ${title} and retried in another process appears exactly once`, async () => {
      const token = createVisitorToken();
      const key = createIdempotencyKey();
      const before = await countDocuments();
      const input = { body: 'Is anyone there?', name: 'Amina' };
      dataOf(await test.asVisitor(await test.visitor(business.site, token), 'conversation:start', input, key));
      await test.chat.stop();
      // What a dead process did not get to is what the newest document of each kind would have been.
      for (const name of lost) {
        const model = test.core.connection.model(name);
        const newest = await model.findOne({ tenantId: business.tenantId }).sort({ _id: -1 });
        await model.deleteOne({ tenantId: business.tenantId, _id: newest._id });
      }
      const other = await test.startNode();
      const answer = dataOf(
        await other.asVisitor(await other.visitor(business.site, token), 'conversation:start', input, key),
      );
      expect(answer.duplicate).to.equal(lost.length === 0);
      const after = await countDocuments();
      for (const [name, count] of Object.entries(after)) expect(count - before[name]!, name).to.equal(1);
      const visitor = await other.visitor(business.site, token);
      const { entries } = dataOf(
        await other.asVisitor(visitor, 'conversation:sync', {
          conversationId: answer.conversation.id,
          epoch: null,
          after: 0,
        }),
      );
      expect(entries.map((entry) => [entry.seq, entry.body, entry.key])).to.deep.equal([[1, input.body, key]]);
      const list = dataOf(await other.asStaff(other.staff(business.owner), 'conversation:list', { view: 'all-open' }));
      const row = list.conversations.find(({ id }) => id === answer.conversation.id);
      expect(row?.lastMessage?.preview).to.equal(input.body);
      expect(row?.contact.name).to.equal('Amina');
    });
  }

  it('refuses the same key with another first message', async () => {
    const visitor = await test.visitor(business.site);
    const key = createIdempotencyKey();
    expect(codeOf(await test.asVisitor(visitor, 'conversation:start', { body: 'a' }, key))).to.equal('OK');
    expect(codeOf(await test.asVisitor(visitor, 'conversation:start', { body: 'b' }, key))).to.equal(
      'IDEMPOTENCY_MISMATCH',
    );
  });

  it("lets the visitor's open sockets into the conversation before its first entry is pushed", async () => {
    const token = createVisitorToken();
    const visitor = await test.visitor(business.site, token);
    test.joined.length = 0;
    const { conversation } = dataOf(await test.asVisitor(visitor, 'conversation:start', { body: 'Hi' }));
    expect(test.joined).to.deep.equal([
      {
        memberRoom: rooms.visitorToken(business.tenantId, hashSecret(token)),
        room: rooms.visitorConversation(business.tenantId, conversation.id),
      },
    ]);
  });

  it('a strict site refuses a first message from nobody in particular', async () => {
    const strict = await addBusiness(test, { requireIdentity: true });
    const visitor = await test.visitor(strict.site);
    expect(codeOf(await test.asVisitor(visitor, 'conversation:start', { body: 'Hi' }))).to.equal('UNAUTHENTICATED');
  });

  it('brings list rows up to date that a dead process did not write', async () => {
    const token = createVisitorToken();
    const visitor = await test.visitor(business.site, token);
    const { conversation } = dataOf(await test.asVisitor(visitor, 'conversation:start', { body: 'first' }));
    const Conversation = test.core.connection.model('Conversation');
    const filter = { tenantId: business.tenantId, _id: conversation.id };
    await Conversation.updateOne(filter, { $set: { head: 0, visitorHead: 0, lastMessage: null, lastContactSeq: 0 } });
    const other = await test.startNode();
    await other.chat.start();
    const row = await Conversation.findOne(filter).lean<Record<string, unknown>>();
    expect(row).to.include({ head: 1, visitorHead: 1, lastContactSeq: 1 });
    expect(row?.['lastMessage']).to.include({ preview: 'first', seq: 1 });
  });
});

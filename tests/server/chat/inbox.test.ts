import { expect } from 'chai';
import { createIdempotencyKey, type TeamId } from '@frontdesk/protocol/ids';
import type { StaffConversationDto, StaffEntryDto } from '@frontdesk/protocol/chat';
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

const MISSING = 'f'.repeat(24);

describe('inbox', () => {
  let test: TestChat;
  let business: Business;
  let started: StartedConversation;

  before(async () => {
    test = await startTestChat();
    business = await addBusiness(test);
  });
  beforeEach(async () => {
    started = await startConversation(test, business.site, 'Can you help?');
  });
  after(() => test.close());

  const owner = () => test.staff(business.owner);
  const read = async (): Promise<StaffConversationDto> =>
    dataOf(await test.asStaff(owner(), 'conversation:read', { conversationId: started.id })).conversation;
  const readLog = async (): Promise<StaffEntryDto[]> =>
    dataOf(await test.asStaff(owner(), 'conversation:sync', { conversationId: started.id, epoch: null, after: 0 }))
      .entries;
  const say = (body: string) => test.asVisitor(started.visitor, 'message:send', { conversationId: started.id, body });

  it('IN-6 a reply over something unseen is refused with what was missed, and goes through with force', async () => {
    dataOf(await say('One more thing'));
    const key = createIdempotencyKey();
    const reply = { conversationId: started.id, body: 'Sure', seenSeq: 1 };
    const refused = await test.asStaff(owner(), 'message:send', reply, key);
    expect(codeOf(refused)).to.equal('THREAD_MOVED');
    const current = (refused.ok ? undefined : refused.error.current) as { head: number; entries: StaffEntryDto[] };
    expect(current.head).to.equal(2);
    expect(current.entries.map((entry) => [entry.seq, entry.body])).to.deep.equal([[2, 'One more thing']]);
    expect((await read()).handler).to.equal('none');
    expect(codeOf(await test.asStaff(owner(), 'message:send', { ...reply, force: true }, key))).to.equal('OK');
    expect((await readLog()).filter((entry) => entry.body === 'Sure')).to.have.length(1);
  });

  it("IN-6 own entries do not count as unseen, and a stored reply's retry gets its first answer", async () => {
    const key = createIdempotencyKey();
    const reply = { conversationId: started.id, body: 'Yes', seenSeq: 1 };
    const first = dataOf(await test.asStaff(owner(), 'message:send', reply, key));
    expect(codeOf(await test.asStaff(owner(), 'message:send', { ...reply, body: 'And more' }))).to.equal('OK');
    dataOf(await say('Thanks'));
    const again = dataOf(await test.asStaff(owner(), 'message:send', reply, key));
    expect(again).to.deep.equal({ ...first, duplicate: true });
    expect(codeOf(await test.asStaff(owner(), 'message:send', { ...reply, body: 'Bye' }))).to.equal('THREAD_MOVED');
  });

  it('IN-6 of two colleagues who reply at once without seeing each other, one is warned', async () => {
    const colleague = test.staff(await business.addMember('agent', 'Bea Agent'));
    const other = await test.startNode();
    dataOf(await test.asStaff(owner(), 'message:send', { conversationId: started.id, body: 'a', seenSeq: 1 }));
    const { head } = await read();
    const codes = await Promise.all([
      test.asStaff(owner(), 'message:send', { conversationId: started.id, body: 'b', seenSeq: head }),
      other.asStaff(colleague, 'message:send', { conversationId: started.id, body: 'c', seenSeq: head }),
    ]).then((results) => results.map(codeOf).sort());
    expect(codes).to.deep.equal(['OK', 'THREAD_MOVED']);
  });

  it('IN-8 twenty concurrent changes of one revision: one wins, the others get what won', async () => {
    const { rev } = await read();
    const priorities = ['low', 'normal', 'high', 'urgent'] as const;
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        test.asStaff(owner(), 'conversation:update', {
          conversationId: started.id,
          ifRev: rev,
          set: { priority: priorities[index % 4]! },
        }),
      ),
    );
    expect(results.filter((result) => result.ok)).to.have.length(1);
    const final = await read();
    expect(final.rev).to.equal(rev + 1);
    for (const result of results) {
      if (result.ok) continue;
      expect(result.error.code).to.equal('CONFLICT');
      const current = (result.error.current as StaffConversationDto) ?? {};
      expect([current.id, current.rev, current.priority]).to.deep.equal([started.id, final.rev, final.priority]);
    }
    expect((await readLog()).filter((entry) => entry.kind === 'event')).to.have.length(1);
  });

  it('IN-9 status, handler, assignee, team, labels and priority are each logged with who did it', async () => {
    const agent = await business.addMember('agent', 'Ali Agent');
    const team = await test.tenancy.provision.createTeam({ tenantId: business.tenantId }, `Repairs ${started.id}`);
    const { rev } = await read();
    const set = {
      status: 'resolved',
      handler: 'human',
      assigneeId: agent.id,
      teamId: team!.id,
      labels: ['vip', 'Refund', 'vip'],
      priority: 'high',
    } as const;
    const { conversation } = dataOf(
      await test.asStaff(owner(), 'conversation:update', {
        conversationId: started.id,
        ifRev: rev,
        set: { ...set, labels: [...set.labels] },
      }),
    );
    expect(conversation).to.include({ status: 'resolved', assigneeId: agent.id, priority: 'high', head: 7 });
    const events = (await readLog()).filter((entry) => entry.kind === 'event');
    expect(events.map((entry) => [entry.event?.type, entry.event?.from, entry.event?.to])).to.have.deep.members([
      ['status', 'open', 'resolved'],
      ['handler', 'none', 'human'],
      ['assignee', null, 'Ali Agent'],
      ['team', null, `Repairs ${started.id}`],
      ['labels', null, 'Refund, vip'],
      ['priority', 'none', 'high'],
    ]);
    for (const event of events) {
      expect(event.author).to.deep.equal({ kind: 'staff', id: business.owner.id, name: 'Olga Owner' });
      expect(event.key).to.equal(null);
    }
  });

  it('IN-9 a change whose events were not logged before the process died is logged when somebody looks', async () => {
    const { rev } = await read();
    dataOf(
      await test.asStaff(owner(), 'conversation:update', {
        conversationId: started.id,
        ifRev: rev,
        set: { priority: 'low' },
      }),
    );
    const filter = { tenantId: business.tenantId, _id: started.id };
    const pending = {
      key: 'k:status',
      type: 'status',
      from: 'open',
      to: 'spam',
      author: { kind: 'staff', id: 'x', name: 'X' },
    };
    await test.core.connection.model('Conversation').updateOne(filter, { $push: { pendingEvents: pending } });
    await read();
    await read();
    const events = (await readLog()).filter((entry) => entry.kind === 'event');
    expect(events.map((entry) => entry.event?.type)).to.deep.equal(['priority', 'status']);
  });

  it('a retry of a change that won answers the state, not a conflict', async () => {
    const { rev } = await read();
    const key = createIdempotencyKey();
    const input = { conversationId: started.id, ifRev: rev, set: { priority: 'urgent' as const } };
    dataOf(await test.asStaff(owner(), 'conversation:update', input, key));
    // Without the ledger's row the command runs again, as it does when its process died before it was finished.
    await test.core.connection.model('IdempotencyLedger').deleteMany({ tenantId: business.tenantId });
    const again = await test.asStaff(owner(), 'conversation:update', input, key);
    expect(codeOf(again)).to.equal('OK');
    expect((await readLog()).filter((entry) => entry.kind === 'event')).to.have.length(1);
  });

  it('TEN-05 foreign and disabled colleagues and foreign teams are not found, and nothing is written', async () => {
    const stranger = await addBusiness(test);
    const foreignTeam = await test.tenancy.provision.createTeam({ tenantId: stranger.tenantId }, 'Theirs');
    const { rev } = await read();
    const update = (set: Record<string, unknown>) =>
      test.asStaff(owner(), 'conversation:update', { conversationId: started.id, ifRev: rev, set });
    const random = await update({ assigneeId: MISSING });
    expect(codeOf(random)).to.equal('NOT_FOUND');
    for (const set of [
      { assigneeId: stranger.owner.id },
      { teamId: foreignTeam!.id },
      { teamId: MISSING as TeamId },
      { priority: 'high', assigneeId: stranger.owner.id },
    ]) {
      const refused = await update(set);
      expect({ ...(refused as object) }).to.deep.equal({ ...(random as object) });
    }
    const after = await read();
    expect([after.rev, after.priority, after.assigneeId]).to.deep.equal([rev, 'none', null]);
    expect(await readLog()).to.have.length(1);
  });

  it('TEN-02 conversations of another business do not exist, for every command', async () => {
    const stranger = await addBusiness(test);
    const spy = test.staff(stranger.owner);
    const conversationId = started.id;
    const calls = [
      test.asStaff(spy, 'conversation:read', { conversationId }),
      test.asStaff(spy, 'conversation:sync', { conversationId, epoch: null, after: 0 }),
      test.asStaff(spy, 'conversation:mark', { conversationId, readUpTo: 1 }),
      test.asStaff(spy, 'conversation:update', { conversationId, ifRev: 0, set: { status: 'spam' } }),
      test.asStaff(spy, 'message:send', { conversationId, body: 'x', seenSeq: 1 }),
      test.asStaff(spy, 'note:add', { conversationId, body: 'x' }),
      test.asStaff(spy, 'typing:set', { conversationId, on: true, mode: 'reply' }),
      test.asStaff(spy, 'conversation:view', { conversationId }),
    ];
    for (const result of await Promise.all(calls)) expect(codeOf(result)).to.equal('NOT_FOUND');
    expect(
      dataOf(await test.asStaff(spy, 'conversation:check', { conversationIds: [conversationId] })).heads,
    ).to.have.length(0);
    expect(dataOf(await test.asStaff(spy, 'conversation:list', { view: 'all-open' })).conversations).to.have.length(0);
    expect((await readLog()).map((entry) => entry.kind)).to.deep.equal(['message']);
  });

  it('IN-2 a member who is limited to other inboxes sees and does nothing here', async () => {
    const agent = await business.addMember('agent', 'Ina Elsewhere');
    const limited = test.staff({ ...agent, inboxIds: [] });
    const conversationId = started.id;
    const calls = [
      test.asStaff(limited, 'conversation:read', { conversationId }),
      test.asStaff(limited, 'conversation:sync', { conversationId, epoch: null, after: 0 }),
      test.asStaff(limited, 'message:send', { conversationId, body: 'x', seenSeq: 9 }),
      test.asStaff(limited, 'conversation:mark', { conversationId, readUpTo: 1 }),
    ];
    for (const result of await Promise.all(calls)) expect(codeOf(result)).to.equal('NOT_FOUND');
    const list = dataOf(await test.asStaff(limited, 'conversation:list', { view: 'all-open' }));
    expect(list.conversations).to.have.length(0);
    expect(list.counts['all-open']).to.equal(0);
  });

  it('TEN-09 a viewer reads but neither replies nor changes nor marks', async () => {
    const viewer = test.staff(await business.addMember('viewer', 'Vera Viewer'));
    const conversationId = started.id;
    expect(codeOf(await test.asStaff(viewer, 'conversation:read', { conversationId }))).to.equal('OK');
    const refused = await Promise.all([
      test.asStaff(viewer, 'message:send', { conversationId, body: 'x', seenSeq: 1 }),
      test.asStaff(viewer, 'note:add', { conversationId, body: 'x' }),
      test.asStaff(viewer, 'conversation:update', { conversationId, ifRev: 0, set: { status: 'spam' } }),
      test.asStaff(viewer, 'conversation:mark', { conversationId, readUpTo: 1 }),
    ]);
    for (const result of refused) expect(codeOf(result)).to.equal('FORBIDDEN');
  });

  it('IN-11 a customer who writes opens a resolved conversation again, once and logged', async () => {
    const { rev } = await read();
    const resolve = { conversationId: started.id, ifRev: rev, set: { status: 'resolved' as const } };
    dataOf(await test.asStaff(owner(), 'conversation:update', resolve));
    const key = createIdempotencyKey();
    const message = { conversationId: started.id, body: 'Wait!' };
    dataOf(await test.asVisitor(started.visitor, 'message:send', message, key));
    const reopened = await read();
    expect(reopened.status).to.equal('open');
    dataOf(await test.asStaff(owner(), 'conversation:update', { ...resolve, ifRev: reopened.rev }));
    const again = dataOf(await test.asVisitor(started.visitor, 'message:send', message, key));
    expect(again.duplicate).to.equal(true);
    expect((await read()).status).to.equal('resolved');
    const events = (await readLog()).filter((entry) => entry.event?.to === 'open');
    expect(events.map((entry) => entry.author.kind)).to.deep.equal(['contact']);
  });

  it('a reply makes a person the handler', async () => {
    dataOf(await test.asStaff(owner(), 'message:send', { conversationId: started.id, body: 'Hi', seenSeq: 1 }));
    expect((await read()).handler).to.equal('human');
    const kinds = (await readLog()).map((entry) => entry.event?.type ?? entry.kind);
    expect(kinds).to.deep.equal(['message', 'handler', 'message']);
  });

  it('lists page by page without a gap or a repeat, and refuses a made-up or foreign cursor', async () => {
    const large = await addBusiness(test);
    await Promise.all(Array.from({ length: 120 }, (_, index) => startConversation(test, large.site, `c ${index}`)));
    const staff = test.staff(large.owner);
    const seen: string[] = [];
    let cursor: string | null = null;
    let first: string | null = null;
    do {
      const page: { conversations: StaffConversationDto[]; cursor: string | null; counts: Record<string, number> } =
        dataOf(await test.asStaff(staff, 'conversation:list', { view: 'all-open', ...(cursor ? { cursor } : {}) }));
      seen.push(...page.conversations.map(({ id }) => id));
      expect(page.counts).to.include({ 'all-open': 120, unassigned: 120, mine: 0, resolved: 0 });
      cursor = page.cursor;
      first ??= cursor;
    } while (cursor);
    expect(seen).to.have.length(120);
    expect(new Set(seen).size).to.equal(120);
    for (const [who, view, value] of [
      [staff, 'all-open', 'nonsense'],
      [staff, 'resolved', first],
      [owner(), 'all-open', first],
    ] as const) {
      expect(codeOf(await test.asStaff(who, 'conversation:list', { view, cursor: value! }))).to.equal('VALIDATION');
    }
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import type { VisitorEntryDto } from '@frontdesk/protocol/chat';
import { rooms } from '@frontdesk/server/core/rooms';
import { canVisitorSee } from '@frontdesk/server/chat/chat.policy';
import { presentVisitorEntry } from '@frontdesk/server/chat/chat.presenter';
import type { Entry } from '@frontdesk/server/chat/chat.types';
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

const SECRET = 'PRIVATE-NOTE-';

/** Every path to a leaf, with array positions left out. */
function keysOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => keysOf(item, `${path}[]`)))].sort();
  if (typeof value !== 'object' || value === null) return [path];
  return [
    ...new Set(Object.entries(value).flatMap(([key, inner]) => keysOf(inner, path === '' ? key : `${path}.${key}`))),
  ].sort();
}

describe('audiences', () => {
  let test: TestChat;
  let business: Business;

  before(async () => {
    test = await startTestChat();
    business = await addBusiness(test);
  });
  after(() => test.close());

  type Step = 'visitor' | 'reply' | 'note' | 'priority' | 'mark';

  async function take(step: Step, index: number, { id, visitor }: StartedConversation): Promise<void> {
    const staff = test.staff(business.owner);
    const conversationId = id;
    const { conversation } = dataOf(await test.asStaff(staff, 'conversation:read', { conversationId }));
    if (step === 'visitor')
      dataOf(await test.asVisitor(visitor, 'message:send', { conversationId, body: `v${index}` }));
    if (step === 'note') dataOf(await test.asStaff(staff, 'note:add', { conversationId, body: `${SECRET}${index}` }));
    if (step === 'mark') dataOf(await test.asStaff(staff, 'conversation:mark', { conversationId, readUpTo: 1_000 }));
    if (step === 'reply') {
      const reply = { conversationId, body: `s${index}`, seenSeq: 0, force: true };
      dataOf(await test.asStaff(staff, 'message:send', reply));
    }
    if (step === 'priority') {
      const priority = conversation.priority === 'high' ? ('low' as const) : ('high' as const);
      const set = { priority, labels: [`${SECRET}label`] };
      dataOf(await test.asStaff(staff, 'conversation:update', { conversationId, ifRev: conversation.rev, set }));
    }
  }

  it('IN-12 no answer and no fact for a visitor ever contains a note, or a hole where one stands', async function () {
    this.timeout(60_000);
    const steps = fc.array(fc.constantFrom<Step>('visitor', 'reply', 'note', 'note', 'priority', 'mark'), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const started = await startConversation(test, business.site);
        test.pushed.length = 0;
        for (const [index, step] of plan.entries()) await take(step, index, started);
        const conversationId = started.id;
        const { visitor } = started;
        const sync = dataOf(
          await test.asVisitor(visitor, 'conversation:sync', { conversationId, epoch: null, after: 0 }),
        );
        const answers = [
          sync,
          await test.asVisitor(visitor, 'conversation:sync', { conversationId, epoch: null, after: 0, tail: true }),
          await test.asVisitor(visitor, 'conversation:list', {}),
          await test.asVisitor(visitor, 'conversation:check', {}),
          test.pushed.filter(({ room }) => room === rooms.visitorConversation(business.tenantId, conversationId)),
        ];
        expect(JSON.stringify(answers)).to.not.contain(SECRET);
        expect(sync.entries.map((entry) => entry.seq)).to.deep.equal(sync.entries.map((_, index) => index + 1));
        expect(sync.head).to.equal(sync.entries.length);
        const visible = plan.filter((step) => step === 'visitor' || step === 'reply').length;
        expect(sync.entries).to.have.length(visible + 1);
        const pushed = test.pushed.filter(
          ({ room, name }) =>
            name === 'entry:appended' && room === rooms.visitorConversation(business.tenantId, conversationId),
        );
        const heard = pushed.map(({ fact }) => (fact as { entry: VisitorEntryDto }).entry.seq);
        expect(heard).to.deep.equal(Array.from({ length: visible }, (_, index) => index + 2));
      }),
      { numRuns: 15 },
    );
  });

  it('IN-12 the visitor presenter refuses notes and events outright', () => {
    const entry = { kind: 'note', author: { kind: 'staff', id: 'x', name: 'X' }, body: SECRET } as unknown as Entry;
    expect(() => presentVisitorEntry(entry)).to.throw();
    expect(() => presentVisitorEntry({ ...entry, kind: 'event' })).to.throw();
  });

  it('TEN-07 each audience gets exactly its list of fields', async () => {
    const started = await startConversation(test, business.site);
    const staff = test.staff(business.owner);
    const conversationId = started.id;
    dataOf(await test.asStaff(staff, 'message:send', { conversationId, body: 'Hi', seenSeq: 1 }));
    const page = { conversationId, epoch: null, after: 0 };
    expect(keysOf(dataOf(await test.asVisitor(started.visitor, 'conversation:sync', page)))).to.deep.equal([
      'entries[].at',
      'entries[].author.kind',
      'entries[].author.name',
      'entries[].body',
      'entries[].key',
      'entries[].kind',
      'entries[].seq',
      'epoch',
      'head',
      'minSeq',
      'more',
    ]);
    expect(keysOf(dataOf(await test.asVisitor(started.visitor, 'conversation:list', {})))).to.deep.equal(
      [
        'assigneeName',
        'createdAt',
        'epoch',
        'head',
        'id',
        'minSeq',
        'readUpTo',
        'staffDeliveredUpTo',
        'staffReadUpTo',
        'status',
      ].map((key) => `conversations[].${key}`),
    );
    expect(keysOf(dataOf(await test.asVisitor(started.visitor, 'site:describe', {})))).to.deep.equal([
      'greeting',
      'locale',
      'name',
      'online',
      'requireIdentity',
      'theme.accent',
      'theme.colorScheme',
      'theme.launcherSide',
    ]);
    const { conversation } = dataOf(await test.asStaff(staff, 'conversation:read', { conversationId }));
    expect(JSON.stringify(conversation)).to.not.contain(started.visitor.actor.tokenHash);
  });

  it('TEN-07 a visitor reads the first name of who answers, and nothing else about them', async () => {
    const started = await startConversation(test, business.site);
    const agent = await business.addMember('agent', 'Priya Raman');
    const conversationId = started.id;
    const staff = test.staff(agent);
    dataOf(await test.asStaff(staff, 'message:send', { conversationId, body: 'Hi', seenSeq: 1 }));
    const { entries } = dataOf(
      await test.asVisitor(started.visitor, 'conversation:sync', { conversationId, epoch: null, after: 1 }),
    );
    expect(entries.map((entry) => entry.author)).to.deep.equal([{ kind: 'staff', name: 'Priya' }]);
    const everything = JSON.stringify([entries, test.pushed.filter(({ room }) => room.includes(':visitor:'))]);
    expect(everything).to.not.contain('Raman');
    expect(everything).to.not.contain(agent.id);
  });

  it("TEN-02 another visitor's conversation does not exist", async () => {
    const started = await startConversation(test, business.site);
    const others = [
      (await startConversation(test, business.site)).visitor,
      await test.visitor(business.site),
      (await startConversation(test, (await addBusiness(test)).site)).visitor,
    ];
    const conversationId = started.id;
    for (const other of others) {
      const results = await Promise.all([
        test.asVisitor(other, 'conversation:sync', { conversationId, epoch: null, after: 0 }),
        test.asVisitor(other, 'message:send', { conversationId, body: 'x' }),
        test.asVisitor(other, 'conversation:mark', { conversationId, readUpTo: 1 }),
        test.asVisitor(other, 'typing:set', { conversationId, on: true }),
      ]);
      for (const result of results) expect(codeOf(result)).to.equal('NOT_FOUND');
    }
  });

  it('a member of staff gets the keys of their own messages only', async () => {
    const started = await startConversation(test, business.site);
    const colleague = test.staff(await business.addMember('agent', 'Carl Colleague'));
    const conversationId = started.id;
    test.pushed.length = 0;
    dataOf(await test.asStaff(colleague, 'message:send', { conversationId, body: 'Hi', seenSeq: 1 }));
    const read = async (who: typeof colleague) =>
      dataOf(await test.asStaff(who, 'conversation:sync', { conversationId, epoch: null, after: 0 })).entries;
    const keys = async (who: typeof colleague) => (await read(who)).filter(({ key }) => key !== null).length;
    expect(await keys(colleague)).to.equal(1);
    expect(await keys(test.staff(business.owner))).to.equal(0);
    const keyed = test.pushed.filter(
      ({ name, fact }) => name === 'entry:appended' && (fact as { entry: { key: string | null } }).entry.key !== null,
    );
    expect(keyed.map(({ room }) => room)).to.deep.equal([
      rooms.member(business.tenantId, colleague.actor.membershipId),
    ]);
  });

  it('WID-06 an unverified token sees only what it began itself, whoever its contact is', () => {
    const actor = { siteId: 's', contactId: 'c', tokenHash: 'mine', verified: false, requireIdentity: false } as never;
    const place = (tokenHash: string) => ({ siteId: 's', contactId: 'c', tokenHash }) as never;
    expect(canVisitorSee(actor, place('mine'))).to.equal(true);
    expect(canVisitorSee(actor, place('other device'))).to.equal(false);
    expect(canVisitorSee({ ...(actor as object), verified: true } as never, place('other device'))).to.equal(true);
    expect(canVisitorSee({ ...(actor as object), requireIdentity: true } as never, place('mine'))).to.equal(false);
  });
});

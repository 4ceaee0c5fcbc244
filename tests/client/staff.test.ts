import { expect } from 'chai';
import type { StaffConversationDto, StaffEntryDto } from '@frontdesk/protocol/chat';
import type { ContactId, ConversationId, InboxId, MembershipId } from '@frontdesk/protocol/ids';
import { createStaffClient, type StaffClient } from '@frontdesk/widgets/core/client/staff-client';
import { createStaffList } from '@frontdesk/widgets/core/client/staff-list';
import { createStaffThread } from '@frontdesk/widgets/core/client/staff-thread';
import type { StaffList, StaffThread } from '@frontdesk/widgets/core/client/staff-types';
import { compareActivity, isInView, mergeStaffConversation } from '@frontdesk/widgets/core/client/staff-view';
import { LIST_VIEWS, type ListView } from '@frontdesk/protocol/vocabulary';
import * as fc from 'fast-check';
import { createProfile, waitFor, type Profile, type Tab } from './support/environment.js';
import { fail, startProtocolServer, succeed, sync, type Call, type ProtocolServer } from './support/protocol-server.js';

const ME = 'aaaaaaaaaaaaaaaaaaaaaaaa' as MembershipId;

function buildId(number: number): ConversationId {
  return String(number).padStart(24, '0') as ConversationId;
}

function buildConversation(number: number, overrides: Partial<StaffConversationDto> = {}): StaffConversationDto {
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString();
  return {
    id: buildId(number),
    epoch: 'epoch-a',
    inboxId: buildId(900) as string as InboxId,
    channel: 'web',
    status: 'open',
    handler: 'none',
    assigneeId: null,
    teamId: null,
    labels: [],
    priority: 'none',
    contact: {
      id: buildId(901) as string as ContactId,
      name: null,
      email: null,
      phone: null,
      locale: 'en',
      verified: false,
      page: { url: null, title: null },
    },
    head: 0,
    minSeq: 1,
    rev: 1,
    lastMessage: null,
    lastContactSeq: 0,
    lastActivityAt: at,
    staffReadUpTo: 0,
    staffDeliveredUpTo: 0,
    visitorReadUpTo: 0,
    visitorDeliveredUpTo: 0,
    createdAt: at,
    ...overrides,
  };
}

function buildEntry(seq: number, overrides: Partial<StaffEntryDto> = {}): StaffEntryDto {
  return {
    seq,
    visitorSeq: seq,
    kind: 'message',
    author: { kind: 'contact', id: 'c1', name: 'Visitor' },
    key: null,
    body: `text ${seq}`,
    event: null,
    at: '2026-01-01T00:00:00.000Z',
    ...overrides,
  };
}

/** The staff half of the server: one table of conversations and one log. */
class Desk {
  readonly conversations = new Map<string, StaffConversationDto>();
  readonly log = { epoch: 'epoch-a', entries: [] as StaffEntryDto[] };
  readonly pageSize = 50;

  handle = (call: Call) => {
    const { input } = call;
    switch (call.name) {
      case 'conversation:list':
        return this.list(input['view'] as ListView, input['cursor'] as string | undefined);
      case 'conversation:read': {
        const conversation = this.conversations.get(String(input['conversationId']));
        return conversation ? succeed({ conversation, viewers: [] }) : fail('NOT_FOUND');
      }
      case 'conversation:sync':
        return sync(this.log, input);
      case 'message:send':
      case 'note:add':
        return this.send(call);
      case 'conversation:check':
        return succeed({ heads: [{ conversationId: buildId(1), epoch: 'epoch-a', seq: this.log.entries.length }] });
      default:
        return succeed({ accepted: true });
    }
  };

  private send({ name, input, idempotencyKey }: Call) {
    const known = this.log.entries.find(({ key }) => key === idempotencyKey);
    const head = this.log.entries.length;
    if (known === undefined && name === 'message:send' && Number(input['seenSeq']) < head && input['force'] !== true) {
      return fail('THREAD_MOVED', { current: { head } });
    }
    const entry =
      known ??
      buildEntry(head + 1, {
        kind: name === 'note:add' ? 'note' : 'message',
        author: { kind: 'staff', id: ME, name: 'Me' },
        key: idempotencyKey ?? null,
        body: String(input['body']),
      });
    if (known === undefined) this.log.entries.push(entry);
    return succeed({ seq: entry.seq, epoch: this.log.epoch, at: entry.at, duplicate: known !== undefined });
  }

  private list(view: ListView, cursor: string | undefined) {
    const all = [...this.conversations.values()];
    const rows = all.filter((row) => isInView(row, view, ME)).sort(compareActivity);
    const from = Number(cursor ?? 0);
    const counts = Object.fromEntries(
      LIST_VIEWS.map((name) => [name, all.filter((row) => isInView(row, name, ME)).length]),
    );
    const next = from + this.pageSize;
    return succeed({ conversations: rows.slice(from, next), cursor: next < rows.length ? String(next) : null, counts });
  }
}

function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

describe('staff side', () => {
  let server: ProtocolServer;
  let profile: Profile;
  let tab: Tab;
  let client: StaffClient;
  let desk: Desk;

  beforeEach(async () => {
    server = await startProtocolServer();
    profile = createProfile();
    tab = profile.openTab();
    desk = new Desk();
    server.handle = desk.handle;
    client = createStaffClient({
      serverUrl: server.url,
      environment: tab.environment,
      getAccessToken: () => 'token',
      refreshAccessToken: async () => false,
    });
  });

  afterEach(async () => {
    client.connection.close();
    profile.close();
    await server.close();
  });

  function change(conversation: StaffConversationDto): void {
    desk.conversations.set(conversation.id, conversation);
    server.pushToStaff('conversation:changed', { conversation });
  }

  describe('thread', () => {
    let thread: StaffThread;

    beforeEach(async () => {
      desk.conversations.set(buildId(1), buildConversation(1, { head: 2, lastContactSeq: 2 }));
      desk.log.entries.push(buildEntry(1), buildEntry(2));
      thread = createStaffThread({ client, memberId: ME, conversationId: buildId(1) });
      thread.start();
      await waitFor(thread, ({ phase, conversation }) => phase === 'ready' && conversation !== null);
      await waitFor(client.connection, ({ phase }) => phase === 'online');
      // What follows the connection must not fetch what a test appends afterwards.
      while (server.calls.filter(({ name }) => name === 'conversation:sync').length < 2) await tick();
      await tick();
    });

    afterEach(() => thread.stop());

    function appendFromContact(body: string): void {
      const entry = buildEntry(desk.log.entries.length + 1, { body });
      desk.log.entries.push(entry);
    }

    it('shows the log, a reply on its way, and the reply in the log as the same item', async () => {
      const ids = new Set<string>();
      thread.subscribe(({ items }) => ids.add(items.at(-1)?.id ?? ''));
      await thread.send('Hello', 'reply');
      await waitFor(thread, ({ items }) => items.length === 3 && items[2]?.authorName === 'Me');
      ids.delete('seq:2');
      expect([...ids]).to.deep.equal([desk.log.entries[2]?.key]);
    });

    it('IN-6 a reply to a thread that moved shows what is new and waits for a second press', async () => {
      appendFromContact('wait, one more thing');
      await thread.send('Hello', 'reply');
      const { moved, items } = await waitFor(thread, (state) => state.moved !== null);
      expect([moved?.body, moved?.entries.map(({ body }) => body)]).to.deep.equal(['Hello', ['wait, one more thing']]);
      expect(items.map(({ body }) => body)).to.deep.equal(['text 1', 'text 2', 'wait, one more thing']);
      expect(desk.log.entries).to.have.length(3);

      await thread.sendAnyway();
      await waitFor(thread, ({ moved: held, items: shown }) => held === null && shown[3]?.authorName === 'Me');
      expect(desk.log.entries.map(({ body }) => body).at(-1)).to.equal('Hello');
    });

    it('IN-6 the held-back reply can be taken back into the composer', async () => {
      appendFromContact('never mind');
      await thread.send('Hello', 'reply');
      await waitFor(thread, (state) => state.moved !== null);
      expect(await thread.takeBackMoved()).to.equal('Hello');
      expect(thread.getState().moved).to.equal(null);
      expect(desk.log.entries).to.have.length(3);
    });

    it('IN-12 a note goes by its own command, whether the thread moved or not', async () => {
      appendFromContact('unseen');
      await thread.send('private', 'note');
      await waitFor(thread, ({ items }) => items.some(({ kind, seq }) => kind === 'note' && seq !== null));
      expect(server.calls.filter(({ name }) => name === 'message:send')).to.deep.equal([]);
    });

    it('P2 a reply whose answer is lost is stored once', async () => {
      let isLost = false;
      server.fault = ({ name }) => (name === 'message:send' && !isLost ? ((isLost = true), 'lost-answer') : null);
      await thread.send('Hello', 'reply');
      await waitFor(
        thread,
        ({ items }) => items.length === 3 && items[2]?.state === 'sent' && items[2].authorName === 'Me',
        12_000,
      );
      // The log has shown it already; the second try must come and change nothing.
      while (thread.listUnsent().length > 0) await tick();
      expect(server.calls.filter(({ name }) => name === 'message:send')).to.have.length(2);
      expect(desk.log.entries).to.have.length(3);
    });

    it('IN-5 what happened during a disconnect is there after the reconnect', async () => {
      server.cutAll();
      for (let index = 0; index < 300; index += 1) appendFromContact(`missed ${index}`);
      desk.conversations.set(buildId(1), buildConversation(1, { rev: 5, status: 'snoozed', head: 302 }));
      const state = await waitFor(thread, ({ items, conversation }) => items.length === 302 && conversation?.rev === 5);
      expect(state.conversation?.status).to.equal('snoozed');
    });

    it('IN-7 viewers and typing of others are shown, my own are not, and typing vanishes', async () => {
      const conversationId = buildId(1);
      const other = 'bbbbbbbbbbbbbbbbbbbbbbbb' as MembershipId;
      const viewers = [
        { memberId: ME, name: 'Me' },
        { memberId: other, name: 'Siti' },
      ];
      server.pushToStaff('viewers:changed', { conversationId, viewers });
      for (const id of [ME, other]) {
        server.pushToStaff('typing:changed', {
          conversationId,
          on: true,
          mode: 'note',
          author: { kind: 'staff', id, name: id },
        });
      }
      const state = await waitFor(thread, ({ typing }) => typing.length > 0);
      expect(state.viewers.map(({ name }) => name)).to.deep.equal(['Siti']);
      expect(state.typing.map(({ id, mode }) => [id, mode])).to.deep.equal([[other, 'note']]);
      await waitFor(thread, ({ typing }) => typing.length === 0);
    });

    it('IN-8 a change that came too late shows what won', async () => {
      desk.conversations.set(buildId(1), buildConversation(1, { rev: 2, status: 'resolved' }));
      const handle = desk.handle;
      server.handle = (call) => (call.name === 'conversation:update' ? fail('CONFLICT') : handle(call));
      const result = await thread.update({ status: 'spam' });
      expect(!result.ok && result.error.code).to.equal('CONFLICT');
      expect(thread.getState().conversation?.status).to.equal('resolved');
      expect(server.calls.find(({ name }) => name === 'conversation:update')?.input['ifRev']).to.equal(1);
    });

    it('renews its view while it is open and takes it back', async () => {
      const views = (): unknown[] =>
        server.calls.filter(({ name }) => name === 'conversation:view').map(({ input }) => input['conversationId']);
      while (views().length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
      thread.stop();
      while (views().at(-1) !== null) await new Promise((resolve) => setTimeout(resolve, 10));
    });
  });

  describe('list', () => {
    let list: StaffList;

    function start(count: number): void {
      for (let index = 1; index <= count; index += 1) desk.conversations.set(buildId(index), buildConversation(index));
      list = createStaffList({ client, memberId: ME });
      list.start();
    }

    afterEach(() => list.stop());

    async function whenLive(): Promise<void> {
      await waitFor(list, ({ phase }) => phase === 'ready');
      await waitFor(client.connection, ({ phase }) => phase === 'online');
      // The refresh that follows the connection must not hide what a live patch does.
      await list.refresh();
    }

    it('loads pages, newest activity first, with the counts of every view', async () => {
      start(120);
      const { conversations, hasMore, counts } = await waitFor(list, ({ phase }) => phase === 'ready');
      expect([conversations.length, conversations[0]?.id, hasMore, counts['unassigned']]).to.deep.equal([
        50,
        buildId(120),
        true,
        120,
      ]);
      await whenLive();
      await list.loadMore();
      await list.loadMore();
      expect([list.getState().conversations.length, list.getState().hasMore]).to.deep.equal([120, false]);
    });

    it('IN-4 moves a conversation with news to the top', async () => {
      start(3);
      await whenLive();
      change(buildConversation(1, { head: 4, lastActivityAt: '2026-02-01T00:00:00.000Z' }));
      const state = await waitFor(list, ({ conversations }) => conversations[0]?.id === buildId(1));
      expect(state.conversations).to.have.length(3);
    });

    it('takes a conversation out of the view it left, and counts it where it went', async () => {
      start(3);
      await whenLive();
      change(buildConversation(2, { status: 'resolved', rev: 2 }));
      const { conversations, counts } = await waitFor(list, (state) => state.conversations.length === 2);
      await waitFor(list, (state) => state.counts['resolved'] === 1);
      expect(conversations.map(({ id }) => id)).to.deep.equal([buildId(3), buildId(1)]);
      expect([list.getState().counts['all-open'], counts['spam']]).to.deep.equal([2, 0]);
    });

    it('shows a new conversation at once and has it counted', async () => {
      start(2);
      await whenLive();
      change(buildConversation(9));
      await waitFor(list, ({ conversations }) => conversations[0]?.id === buildId(9));
      await waitFor(list, ({ counts }) => counts['all-open'] === 3);
    });

    it('IN-5 is right after a reconnect, although 300 changes were missed', async () => {
      start(100);
      await whenLive();
      server.cutAll();
      for (let index = 1; index <= 300; index += 1) {
        const status = index % 3 === 0 ? 'resolved' : 'open';
        desk.conversations.set(buildId(index), buildConversation(index, { rev: 2, status }));
      }
      await waitFor(list, ({ counts }) => counts['all-open'] === 200);
      await waitFor(list, ({ conversations }) => conversations[0]?.id === buildId(299));
      expect(list.getState().conversations.every(({ status }) => status === 'open')).to.equal(true);
    });

    it('shows another view without a trace of the first', async () => {
      start(3);
      desk.conversations.set(buildId(7), buildConversation(7, { assigneeId: ME }));
      await whenLive();
      list.setView('mine');
      expect(list.getState().conversations).to.deep.equal([]);
      const { conversations } = await waitFor(list, ({ phase }) => phase === 'ready');
      expect(conversations.map(({ id }) => id)).to.deep.equal([buildId(7)]);
    });
  });

  it('news about a conversation lead to the same result in whichever order they come', () => {
    const version = fc.record({
      rev: fc.nat(3),
      head: fc.nat(3),
      staffReadUpTo: fc.nat(5),
      visitorReadUpTo: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.array(version, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), (versions, order) => {
        const views = versions.map((view) =>
          buildConversation(1, {
            ...view,
            labels: [`rev ${view.rev}`],
            lastActivityAt: `2026-01-0${view.head + 1}T00:00:00.000Z`,
          }),
        );
        const shuffled = views.map((view) => ({ view, at: order.next().value as number })).sort((a, b) => a.at - b.at);
        const merge = (list: StaffConversationDto[]): StaffConversationDto => list.reduce(mergeStaffConversation);
        expect(merge(shuffled.map(({ view }) => view))).to.deep.equal(merge(views));
      }),
    );
  });
});

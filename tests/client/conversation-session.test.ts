/** Longer than 400 lines because every story of the visitor's session starts from the same page and server. */
import { expect } from 'chai';
import type { ChatState } from '@frontdesk/widgets/core/client/conversation-session';
import type { ClientEnvironment } from '@frontdesk/widgets/core/client/environment';
import { createProfile, waitFor, type Profile } from './support/environment.js';
import {
  buildError,
  startProtocolServer,
  type Call,
  type Fault,
  type ProtocolServer,
} from './support/protocol-server.js';
import { openVisitorPage, type VisitorPage } from './support/visitor-page.js';

describe('conversation session', () => {
  let server: ProtocolServer;
  let profile: Profile;
  const pages: VisitorPage[] = [];

  beforeEach(async () => {
    server = await startProtocolServer();
    profile = createProfile();
  });

  afterEach(async () => {
    for (const page of pages.splice(0)) page.kill();
    profile.close();
    await server.close();
  });

  function openPage(parts: Partial<ClientEnvironment> = {}): VisitorPage {
    const page = openVisitorPage(profile.openTab(parts), server.url);
    pages.push(page);
    return page;
  }

  const bodiesOf = (state: ChatState): string[] => state.messages.map(({ body }) => body);
  const isSettled = (state: ChatState): boolean =>
    state.messages.length > 0 && state.messages.every((message) => message.seq !== null);

  function onlyLog() {
    const [log] = server.logs.values();
    if (log === undefined || server.logs.size !== 1)
      throw new Error(`${server.logs.size} conversations instead of one`);
    return log;
  }

  function countStored(area: Profile['storage']['local']): number {
    return area?.length ?? 0;
  }

  it('CH-7 nothing is stored here or written there until the visitor sends', async () => {
    const { session, client } = openPage();
    session.open();
    await waitFor(session, ({ site }) => site !== null);
    // Looking costs no live connection either; it comes with the first typed letter.
    expect(client.connection.getState().phase).to.equal('idle');
    expect([countStored(profile.storage.local), await profile.storage.indexedDB?.databases()]).to.deep.equal([0, []]);
    expect(server.calls.map(({ name }) => name)).to.not.include('conversation:start');
    expect(session.getState().isStaffOnline).to.equal(true);
    session.setDraft('H');
    await waitFor(client.connection, ({ phase }) => phase === 'online');
  });

  it('the first message starts a conversation, and the page is live from then on', async () => {
    const { session } = openPage();
    expect(await session.send('  ')).to.equal(false);
    await session.send('Hello');
    expect(session.getState().messages.map(({ body, state }) => [body, state])).to.deep.equal([['Hello', 'queued']]);
    await waitFor(session, isSettled);
    server.replyAsStaff(onlyLog().id, 'Hi, this is Aida');
    const state = await waitFor(session, ({ messages }) => messages.length === 2);
    expect(state.messages.map(({ body, isMine, authorName }) => [body, isMine, authorName])).to.deep.equal([
      ['Hello', true, null],
      ['Hi, this is Aida', false, 'Aida'],
    ]);
    expect(state.unreadCount).to.equal(1);
  });

  it('keeps the id of a message from pressing send to the log, and never shows it twice', async () => {
    const { session } = openPage();
    const ids = new Set<string>();
    let most = 0;
    session.subscribe(({ messages }) => {
      most = Math.max(most, messages.length);
      for (const message of messages) ids.add(message.id);
    });
    await session.send('Hello');
    await waitFor(session, ({ phase, messages }) => phase === 'ready' && messages[0]?.state === 'sent');
    expect([most, ids.size]).to.deep.equal([1, 1]);
  });

  it('CH-13 a message goes from sent to read when the business’s side read it', async () => {
    const { session } = openPage();
    await session.send('Hello');
    await waitFor(session, ({ phase, messages }) => phase === 'ready' && messages[0]?.state === 'sent');
    server.markAsStaff(onlyLog().id, 1);
    await waitFor(session, ({ messages }) => messages[0]?.state === 'read');
  });

  describe('CH-8 the first message with the network cut', () => {
    const starts = ({ name }: Call): boolean => name === 'conversation:start' || name === 'message:send';
    const once = (fault: Fault): ((call: Call) => Fault) => {
      let isDone = false;
      return (call) => {
        if (isDone || !starts(call)) return null;
        isDone = true;
        return fault;
      };
    };
    const cuts: [string, () => void][] = [
      ['before send', () => (server.fault = once('cut-before'))],
      ['in flight', () => (server.fault = once('lost-request'))],
      ['before ack', () => (server.fault = once('cut-after'))],
      [
        'before ack, with the fact lost too',
        () => {
          server.fault = once('lost-answer');
          server.isFactLost = (name) => name === 'entry:appended';
        },
      ],
    ];
    for (const [point, cut] of cuts) {
      it(`CH-8 ${point}, appears exactly once on both sides`, async () => {
        cut();
        const { session } = openPage();
        await session.send('Hello');
        await waitFor(
          session,
          ({ phase, messages }) => phase === 'ready' && messages.every(({ state }) => state === 'sent'),
          15_000,
        );
        expect(bodiesOf(session.getState())).to.deep.equal(['Hello']);
        expect(onlyLog().entries.map(({ body }) => body)).to.deep.equal(['Hello']);
      });
    }

    it('CH-8 after ack and before paint, on reload, appears exactly once on both sides', async () => {
      const page = openPage();
      await page.session.send('Hello');
      while (server.logs.size === 0) await new Promise((resolve) => setImmediate(resolve));
      page.kill();
      const { session } = openPage();
      await waitFor(
        session,
        ({ phase, messages }) =>
          phase === 'ready' && messages.length > 0 && messages.every(({ state }) => state === 'sent'),
      );
      expect(bodiesOf(session.getState())).to.deep.equal(['Hello']);
      expect(onlyLog().entries).to.have.length(1);
    });
  });

  it('CH-9 P6 five messages typed without a network arrive once, in order, after a reload', async () => {
    server.fault = () => 'cut-before';
    server.areSocketsBlocked = true;
    const page = openPage();
    const bodies = ['one', 'two', 'three', 'four', 'five'];
    for (const body of bodies) await page.session.send(body);
    page.kill();

    const { session } = openPage();
    await waitFor(session, ({ messages }) => messages.length === 5);
    expect(bodiesOf(session.getState()), 'shown while still offline').to.deep.equal(bodies);
    server.fault = () => null;
    server.areSocketsBlocked = false;
    await waitFor(session, (state) => state.messages.length === 5 && isSettled(state), 15_000);
    expect(bodiesOf(session.getState())).to.deep.equal(bodies);
    expect(onlyLog().entries.map(({ body }) => body)).to.deep.equal(bodies);
  }).timeout(20_000);

  it('P6 a page that dies right after send, before anything was tried, is continued by the next one', async () => {
    const page = openPage({ locks: { request: () => new Promise(() => {}) } });
    await page.session.send('Hello');
    page.kill();
    const { session } = openPage();
    await waitFor(session, isSettled);
    expect(onlyLog().entries.map(({ body }) => body)).to.deep.equal(['Hello']);
  });

  it('P5 an own message whose fact is lost is fetched soon after its acknowledgement', async () => {
    const { session } = openPage();
    await session.send('Hello');
    await waitFor(session, ({ phase }) => phase === 'ready');
    server.isFactLost = (name) => name === 'entry:appended';
    await session.send('Again');
    const isFetched = ({ name, input }: Call): boolean => name === 'conversation:sync' && input['after'] === 1;
    while (!server.calls.some(isFetched)) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('P2 P3 CH-10 random disconnects, lost answers and lost facts in a two-way chat: both sides end identical', async () => {
    const { session } = openPage();
    await session.send('start');
    await waitFor(session, ({ conversation }) => conversation !== null);
    const { id } = onlyLog();
    let dice = 1;
    const roll = (): number => (dice = (dice * 48_271) % 2_147_483_647) / 2_147_483_647;
    server.isFactLost = (name) => name === 'entry:appended' && roll() < 0.3;
    server.fault = ({ name }) => {
      if (name === 'conversation:check' || roll() > 0.12) return null;
      return (['cut-before', 'cut-after', buildError('BUSY')] as const)[Math.floor(roll() * 3)] ?? null;
    };
    const cursors: number[] = [];
    session.subscribe(({ messages }) =>
      cursors.push(messages.findLast(({ isMine, seq }) => !isMine && seq !== null)?.seq ?? 0),
    );
    for (let round = 0; round < 60; round += 1) {
      await session.send(`visitor ${round}`);
      server.replyAsStaff(id, `staff ${round}`);
      if (roll() < 0.15) server.cutAll();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    server.fault = () => null;
    server.isFactLost = () => false;
    await waitFor(
      session,
      ({ messages }) => messages.length === 121 && messages.every(({ seq }) => seq !== null),
      20_000,
    );
    expect(bodiesOf(session.getState())).to.deep.equal(onlyLog().entries.map(({ body }) => body));
    const mine = onlyLog()
      .entries.filter(({ key }) => key !== null)
      .map(({ body }) => body);
    expect(mine).to.deep.equal(['start', ...Array.from({ length: 60 }, (_, round) => `visitor ${round}`)]);
    expect(cursors).to.deep.equal([...cursors].sort((a, b) => a - b));
  }).timeout(30_000);

  it('P5 a lost last message is noticed when the page wakes', async () => {
    const { session, tab } = openPage();
    await session.send('Hello');
    await waitFor(session, ({ phase }) => phase === 'ready');
    server.isFactLost = (name) => name === 'entry:appended';
    server.replyAsStaff(onlyLog().id, 'Are you there?');
    tab.lifecycle.emit('wake');
    await waitFor(session, ({ messages }) => messages.length === 2);
  });

  it('P5 a lost last message is noticed when the server reports heads', async () => {
    const { session, client } = openPage();
    await session.send('Hello');
    await waitFor(session, ({ phase }) => phase === 'ready');
    await waitFor(client.connection, ({ phase }) => phase === 'online');
    server.isFactLost = (name) => name === 'entry:appended';
    const log = onlyLog();
    server.replyAsStaff(log.id, 'Are you there?');
    server.io.of('/visitor').emit('heads:reported', { heads: [{ conversationId: log.id, epoch: log.epoch, seq: 2 }] });
    await waitFor(session, ({ messages }) => messages.length === 2);
  });

  it('P25 a restored log replaces what is shown; what was not sent stays', async () => {
    const { session } = openPage();
    await session.send('Hello');
    await waitFor(session, ({ phase }) => phase === 'ready');
    const log = onlyLog();
    server.replyAsStaff(log.id, 'lost in the restore');
    await waitFor(session, ({ messages }) => messages.length === 2);
    server.fault = ({ name }) => (name === 'message:send' ? buildError('BUSY') : null);
    await session.send('still to be sent');
    log.entries.length = 1;
    log.epoch = 'epoch-restored';
    server.cutAll();
    await waitFor(session, (state) => bodiesOf(state).join() === 'Hello,still to be sent');
    server.fault = () => null;
    await waitFor(session, (state) => state.messages.length === 2 && isSettled(state));
    expect(log.entries.map(({ body }) => body)).to.deep.equal(['Hello', 'still to be sent']);
  });

  it('CH-12 a refused message stays with its reason, and retry sends it', async () => {
    const { session } = openPage();
    await session.send('Hello');
    await waitFor(session, ({ phase }) => phase === 'ready');
    server.fault = ({ name }) => (name === 'message:send' ? buildError('FORBIDDEN') : null);
    await session.send('Again');
    const { messages } = await waitFor(session, (state) => state.messages.some(({ state: it }) => it === 'failed'));
    const failed = messages.find(({ state }) => state === 'failed');
    expect([failed?.body, failed?.error?.code]).to.deep.equal(['Again', 'FORBIDDEN']);
    server.fault = () => null;
    if (failed?.key) await session.retryMessage(failed.key);
    await waitFor(session, (state) => isSettled(state));
    expect(onlyLog().entries.map(({ body }) => body)).to.deep.equal(['Hello', 'Again']);
  });

  it('CH-12 a draft survives a reload, also offline, and is gone after it was sent', async () => {
    const page = openPage();
    page.session.setDraft('half a sen');
    page.tab.lifecycle.emit('hide');
    page.kill();
    server.areSocketsBlocked = true;
    server.fault = () => 'cut-before';
    const { session } = openPage();
    expect(session.getState().draft).to.equal('half a sen');
    await session.send('half a sentence');
    expect(openPage().session.getState().draft).to.equal('');
  });

  it('CH-15 a returning visitor sees the history', async () => {
    const page = openPage();
    await page.session.send('Hello');
    await waitFor(page.session, isSettled);
    server.replyAsStaff(onlyLog().id, 'Hi');
    page.kill();
    const { session } = openPage();
    const state = await waitFor(session, ({ phase }) => phase === 'ready');
    expect(bodiesOf(state)).to.deep.equal(['Hello', 'Hi']);
    expect(state.unreadCount).to.equal(1);
  });

  it('CH-14 counts what others wrote after the read marker, and forgets it when it was read', async () => {
    const { session } = openPage();
    await session.send('Hello');
    await waitFor(session, ({ phase }) => phase === 'ready');
    for (const body of ['one', 'two']) server.replyAsStaff(onlyLog().id, body);
    await waitFor(session, ({ unreadCount }) => unreadCount === 2);
    session.markRead();
    expect(session.getState().unreadCount).to.equal(0);
    while (onlyLog().readUpTo < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(onlyLog().deliveredUpTo).to.equal(3);
  });

  it('P2 a second tab continues the conversation that the first one began, as the same visitor', async () => {
    const a = openPage();
    const b = openPage();
    await a.session.send('from a');
    await b.session.send('from b');
    for (const { session } of [a, b]) {
      await waitFor(session, (state) => state.messages.length === 2 && isSettled(state) && state.phase === 'ready');
      expect(bodiesOf(session.getState())).to.deep.equal(['from a', 'from b']);
    }
    expect(onlyLog().entries).to.have.length(2);
  });

  it('loads earlier messages on demand', async () => {
    const page = openPage();
    await page.session.send('Hello');
    await waitFor(page.session, isSettled);
    for (let index = 0; index < 250; index += 1) server.replyAsStaff(onlyLog().id, `text ${index}`);
    page.kill();
    const { session } = openPage();
    const state = await waitFor(session, ({ phase }) => phase === 'ready');
    expect([state.messages.length, state.hasOlder]).to.deep.equal([200, true]);
    await session.loadOlder();
    expect([session.getState().messages.length, session.getState().hasOlder]).to.deep.equal([251, false]);
  });

  it('shows who is typing for as long as the sign is renewed', async () => {
    const { session, client } = openPage();
    await session.send('Hello');
    await waitFor(session, ({ phase }) => phase === 'ready');
    await waitFor(client.connection, ({ phase }) => phase === 'online');
    server.io.of('/visitor').emit('typing:changed', { conversationId: onlyLog().id, on: true, name: 'Aida' });
    await waitFor(session, ({ typingName }) => typingName === 'Aida');
    await waitFor(session, ({ typingName }) => typingName === null);
  });

  it('sends typing at most every three seconds, and its end once', async () => {
    const { session, client } = openPage();
    await session.send('Hello');
    await waitFor(session, ({ phase }) => phase === 'ready');
    await waitFor(client.connection, ({ phase }) => phase === 'online');
    for (let count = 0; count < 10; count += 1) session.setTyping(true);
    session.setTyping(false);
    session.setTyping(false);
    await client.connection.probe();
    const signs = server.calls.filter(({ name }) => name === 'typing:set').map(({ input }) => input['on']);
    expect(signs).to.deep.equal([true, false]);
  });

  it('CH-17 forgetting wipes the browser and begins anew as somebody else', async () => {
    const { session } = openPage();
    await session.send('Hello');
    await waitFor(session, isSettled);
    const { token } = onlyLog();
    await session.forget();
    expect([session.getState().messages, session.getState().conversation, session.getState().phase]).to.deep.equal([
      [],
      null,
      'idle',
    ]);
    expect([countStored(profile.storage.local), await profile.storage.indexedDB?.databases()]).to.deep.equal([0, []]);
    await session.send('Hello again');
    await waitFor(session, isSettled);
    expect(server.logs.size).to.equal(2);
    expect([...server.logs.values()][1]?.token).to.not.equal(token);
  });

  it('WA-51 works with every storage blocked, and says that nothing is kept', async () => {
    profile = createProfile({ local: null, session: null, indexedDB: null });
    const { session } = openPage();
    await session.send('Hello');
    await waitFor(session, isSettled);
    expect(session.getState().isPersistent).to.equal(false);
  });

  it('works with sockets blocked', async () => {
    server.areSocketsBlocked = true;
    const { session } = openPage();
    await session.send('Hello');
    await waitFor(session, isSettled);
    server.replyAsStaff(onlyLog().id, 'Hi');
    await waitFor(session, ({ messages }) => messages.length === 2);
    expect(server.calls.every(({ via }) => via === 'http')).to.equal(true);
  });
});

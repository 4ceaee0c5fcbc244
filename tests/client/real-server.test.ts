/** The client against the product's own server: both sides of one conversation, with cuts in between. */
import { expect } from 'chai';
import { io, type Socket } from 'socket.io-client';
import type { SessionDto } from '@frontdesk/protocol/auth';
import { systemClock } from '@frontdesk/widgets/core/client/clock';
import { createConversationSession } from '@frontdesk/widgets/core/client/conversation-session';
import type { ClientEnvironment } from '@frontdesk/widgets/core/client/environment';
import { createStaffClient } from '@frontdesk/widgets/core/client/staff-client';
import { createStaffList } from '@frontdesk/widgets/core/client/staff-list';
import { createStaffThread } from '@frontdesk/widgets/core/client/staff-thread';
import { createVisitorClient } from '@frontdesk/widgets/core/client/visitor-client';
import type { SiteKey } from '@frontdesk/protocol/ids';
import { callHttp, dataOf, startTestServer, type TestServer } from '../support/server.js';
import { createProfile, waitFor, type Profile } from './support/environment.js';

const ORIGIN = 'https://clinic.example';
const PASSWORD = 'correct horse battery';
const EMAIL = 'owner@clinic.test';

/** Severs each live connection of the clients, without a word to either side. */
const cuts = new Set<() => void>();

/** What a page on the customer's website adds by itself: its origin, on every request. */
function buildPageParts(origin: string): Partial<ClientEnvironment> {
  const openSocket = (url: string, options: object): Socket => {
    const socket = io(url, { ...options, extraHeaders: { Origin: origin } });
    cuts.add(() => socket.io.engine?.close());
    return socket;
  };
  return {
    clock: systemClock,
    fetch: (input, init) => fetch(input, { ...init, headers: { ...(init?.headers as object), Origin: origin } }),
    loadSocketIo: async () => ({ io: openSocket as typeof io }),
  };
}

describe('client and server', () => {
  let testServer: TestServer;
  let profile: Profile;
  let site: SiteKey;
  let session: SessionDto;
  const closers: (() => void)[] = [];

  before(async () => {
    testServer = await startTestServer();
    const { auth, tenancy } = testServer.server;
    const owner = await auth.provision.createUser({ email: EMAIL, name: 'Olivia Owner', password: PASSWORD });
    const { tenant } = await tenancy.provision.createTenant({
      name: 'Clinic',
      owner: { userId: owner.id, name: 'Olivia Owner', email: EMAIL },
    });
    const created = await tenancy.provision.createSite(
      { tenantId: tenant.id },
      { name: 'Website', allowedOrigins: [ORIGIN] },
    );
    site = created.publicKey;
    const input = { email: EMAIL, password: PASSWORD };
    session = dataOf(
      await callHttp<SessionDto>(testServer.url, 'session:sign-in', input, {
        audience: 'public',
        origin: testServer.url,
      }),
    );
  });

  after(() => testServer.close());

  beforeEach(() => {
    profile = createProfile();
  });

  afterEach(() => {
    for (const close of closers.splice(0)) close();
    profile.close();
  });

  function openVisitor(origin = ORIGIN) {
    const { environment, lifecycle } = profile.openTab(buildPageParts(origin));
    const client = createVisitorClient({ serverUrl: testServer.url, site, environment });
    const chat = createConversationSession(client);
    closers.push(() => client.connection.close());
    chat.start();
    return { client, chat, lifecycle };
  }

  function openDesk() {
    const { environment, lifecycle } = profile.openTab(buildPageParts(testServer.url));
    const client = createStaffClient({
      serverUrl: testServer.url,
      environment,
      getAccessToken: () => session.accessToken,
      refreshAccessToken: async () => false,
    });
    closers.push(() => client.connection.close());
    return { client, lifecycle, memberId: session.membership.id };
  }

  it('a visitor and a member of staff talk, see each other type and read, and end with the same log', async () => {
    const { chat, client } = openVisitor();
    const desk = openDesk();
    const list = createStaffList(desk);
    list.start();
    await waitFor(desk.client.connection, ({ phase }) => phase === 'online');
    await chat.send('Hello, are you open today?');
    const row = (await waitFor(list, ({ conversations }) => conversations.length > 0)).conversations[0];
    if (row === undefined) throw new Error('The conversation is not in the list.');

    const thread = createStaffThread({ ...desk, conversationId: row.id });
    thread.start();
    await waitFor(thread, ({ phase, conversation }) => phase === 'ready' && conversation !== null);
    thread.setTyping(true, 'reply');
    await waitFor(chat, ({ typingName }) => typingName !== null);
    expect(await thread.send('Yes, until six.', 'reply')).to.equal(true);
    await waitFor(chat, ({ messages }) => messages.length === 2);
    expect(chat.getState().unreadCount).to.equal(1);
    thread.markRead();
    await waitFor(chat, ({ messages }) => messages[0]?.state === 'read');
    chat.markRead();
    await waitFor(thread, ({ items }) => items.some(({ kind, state }) => kind === 'message' && state === 'read'));

    await thread.send('new customer', 'note');
    const updated = await thread.update({ status: 'resolved' });
    expect(updated.ok).to.equal(true);
    await waitFor(list, ({ conversations, counts }) => conversations.length === 0 && counts['resolved'] === 1);
    await chat.send('Great, see you.');
    await waitFor(list, ({ conversations }) => conversations[0]?.id === row.id);
    await waitFor(chat, ({ messages }) => messages.length === 3 && messages.every(({ seq }) => seq !== null));
    const bodies = chat.getState().messages.map(({ body }) => body);
    expect(bodies).to.deep.equal(['Hello, are you open today?', 'Yes, until six.', 'Great, see you.']);
    await waitFor(thread, ({ items }) => items.filter(({ kind }) => kind === 'message').length === 3);
    const spoken = thread.getState().items.filter(({ kind }) => kind === 'message');
    expect(spoken.map(({ body }) => body)).to.deep.equal(bodies);
    expect(client.connection.getState().phase).to.equal('online');
    thread.stop();
    list.stop();
  });

  it('P2 P3 CH-10 both sides end identical although every connection is cut again and again', async () => {
    const { chat } = openVisitor();
    await chat.send('start');
    const { conversation } = await waitFor(chat, (state) => state.conversation !== null && state.phase === 'ready');
    if (conversation === null) throw new Error('There is no conversation.');
    const desk = openDesk();
    const thread = createStaffThread({ ...desk, conversationId: conversation.id });
    thread.start();
    await waitFor(thread, ({ phase, conversation: loaded }) => phase === 'ready' && loaded !== null);
    for (let round = 0; round < 40; round += 1) {
      await chat.send(`visitor ${round}`);
      await thread.send(`note ${round}`, 'note');
      if (round % 8 === 7) for (const cut of cuts) cut();
    }
    const visitorBodies = ['start', ...Array.from({ length: 40 }, (_, round) => `visitor ${round}`)];
    await waitFor(chat, ({ messages }) => messages.length === 41 && messages.every(({ seq }) => seq !== null), 25_000);
    expect(chat.getState().messages.map(({ body }) => body)).to.deep.equal(visitorBodies);
    const isComplete = (kind: string, count: number) => () =>
      thread.getState().items.filter((item) => item.kind === kind && item.seq !== null).length === count;
    await waitFor(thread, isComplete('note', 40), 25_000);
    await waitFor(thread, isComplete('message', 41), 25_000);
    const bodiesOf = (kind: string): string[] =>
      thread
        .getState()
        .items.filter((item) => item.kind === kind)
        .map(({ body }) => body);
    expect(bodiesOf('message')).to.deep.equal(visitorBodies);
    expect(bodiesOf('note')).to.deep.equal(Array.from({ length: 40 }, (_, round) => `note ${round}`));
    thread.stop();
  }).timeout(60_000);

  it('CH-17 forgetting signs every tab out and begins anew', async () => {
    const first = openVisitor();
    await first.chat.send('Hello');
    await waitFor(first.chat, ({ phase }) => phase === 'ready');
    const second = openVisitor();
    await waitFor(second.chat, ({ phase }) => phase === 'ready');
    await waitFor(second.client.connection, ({ phase }) => phase === 'online');
    await first.chat.forget();
    await waitFor(second.chat, ({ messages, phase }) => messages.length === 0 && phase === 'idle');
    expect(profile.storage.local?.length).to.equal(0);
    await second.chat.send('Somebody else');
    await waitFor(second.chat, ({ messages }) => messages.length === 1 && messages[0]?.seq === 1);
  });

  it('CH-18 a foreign page is told so, and what was typed there is kept', async () => {
    const { chat } = openVisitor('https://elsewhere.example');
    await chat.send('Hello');
    const { messages } = await waitFor(chat, (state) => state.messages[0]?.state === 'failed', 15_000);
    expect(messages[0]?.error?.code).to.equal('ORIGIN_NOT_ALLOWED');
  });
});

import { expect } from 'chai';
import WebSocket from 'ws';
import { createIdempotencyKey, createVisitorToken } from '@frontdesk/protocol/ids';
import type { StaffEntryDto, VisitorEntryDto } from '@frontdesk/protocol/chat';
import { codeOf, dataOf } from '../../support/chat.js';
import { startTestServer, type TestServer } from '../../support/server.js';
import {
  openShop,
  SHOP_ORIGIN,
  type Shop,
  type StaffSocket,
  type TestSocket,
  type VisitorSocket,
} from '../../support/sockets.js';

describe('sockets', () => {
  let test: TestServer;
  let shop: Shop;
  const open: TestSocket[] = [];
  const rawSockets: WebSocket[] = [];

  before(async () => {
    test = await startTestServer();
    shop = await openShop(test);
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.close();
    for (const socket of rawSockets.splice(0)) socket.terminate();
  });
  after(() => test.close());

  const keep = <T extends TestSocket>(socket: T): T => {
    open.push(socket);
    return socket;
  };
  async function visitor(options: Parameters<Shop['visitor']>[0] = {}): Promise<VisitorSocket> {
    const socket = keep(shop.visitor(options));
    await socket.ready();
    return socket;
  }
  async function staff(email = shop.ownerEmail): Promise<StaffSocket> {
    const socket = keep(shop.staff(await shop.signIn(email)));
    await socket.ready();
    return socket;
  }
  const isAlive = async (): Promise<void> => {
    expect(codeOf(await (await visitor()).call('site:describe', {}))).to.equal('OK');
  };

  /** A WebSocket without a client library, to send what no client would. */
  async function openRaw(): Promise<{ socket: WebSocket; received: string[]; closed: Promise<void> }> {
    const url = `${test.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket&site=${shop.site.publicKey}`;
    const socket = new WebSocket(url, { headers: { Origin: SHOP_ORIGIN } });
    rawSockets.push(socket);
    const received: string[] = [];
    socket.on('message', (data: Buffer) => received.push(data.toString()));
    socket.on('error', () => {});
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    await new Promise((resolve) => socket.once('message', resolve));
    return { socket, received, closed };
  }

  for (const transports of [['websocket'], ['polling']] as const) {
    it(`a conversation goes both ways over ${transports[0]}`, async () => {
      const customer = await visitor({ transports: [...transports] });
      const agent = await staff();
      const started = dataOf(await customer.call('conversation:start', { body: 'Hello' }));
      const conversationId = started.conversation.id;
      const heard = await agent.fact<{ conversationId: string; head: number; entry: StaffEntryDto }>(
        'entry:appended',
        (fact) => fact.conversationId === conversationId,
      );
      expect([heard.head, heard.entry.body]).to.deep.equal([1, 'Hello']);
      dataOf(await agent.call('note:add', { conversationId, body: 'a note' }));
      dataOf(await agent.call('message:send', { conversationId, body: 'Hi there', seenSeq: 2 }));
      const reply = await customer.fact<{ head: number; entry: VisitorEntryDto }>(
        'entry:appended',
        (fact) => fact.entry.body === 'Hi there',
      );
      expect([reply.head, reply.entry.seq, reply.entry.author.name]).to.deep.equal([2, 2, 'Olga']);
      expect(JSON.stringify(customer.heard)).to.not.contain('a note');
    });
  }

  it('P17 the rooms are joined before session:ready, and heads follow it', async () => {
    const token = createVisitorToken();
    const first = await visitor({ token });
    const { conversation } = dataOf(await first.call('conversation:start', { body: 'Hello' }));
    const second = await visitor({ token });
    const heads = await second.fact<{ heads: object[] }>('heads:reported');
    expect(second.heard.map(({ name }) => name).slice(0, 2)).to.deep.equal(['session:ready', 'heads:reported']);
    expect(heads.heads).to.deep.equal([{ conversationId: conversation.id, epoch: conversation.epoch, seq: 1 }]);
    dataOf(await first.call('message:send', { conversationId: conversation.id, body: 'more' }));
    await second.fact('entry:appended');
  });

  it('SOC-02 a failed handshake leaves no principal, and whatever follows on it closes the connection', async () => {
    const { socket, received, closed } = await openRaw();
    const auth = { site: shop.site.publicKey, token: 'short', protocol: 1 };
    socket.send(`40/visitor,${JSON.stringify(auth)}`);
    while (!received.some((frame) => frame.startsWith('44/visitor'))) {
      await new Promise((resolve) => socket.once('message', resolve));
    }
    socket.send('42/visitor,1["conversation:list",{"input":{}}]');
    await closed;
    expect(received.some((frame) => frame.startsWith('43'))).to.equal(false);
    expect(received.some((frame) => frame.includes('session:ready'))).to.equal(false);
  });

  it('SOC-02 INJ-01 no malformed credential opens a socket', async () => {
    const site = shop.site.publicKey;
    const token = createVisitorToken();
    const other = await openShop(test);
    const refused: [object, string][] = [
      [{}, 'INCOMPATIBLE_PROTOCOL'],
      [{ site, token }, 'INCOMPATIBLE_PROTOCOL'],
      [{ site, token, protocol: 99 }, 'INCOMPATIBLE_PROTOCOL'],
      [{ site, token, protocol: '1' }, 'INCOMPATIBLE_PROTOCOL'],
      [{ site, token: '', protocol: 1 }, 'UNAUTHENTICATED'],
      [{ site, token: { $gt: '' }, protocol: 1 }, 'UNAUTHENTICATED'],
      [{ site: { $ne: null }, token, protocol: 1 }, 'UNAUTHENTICATED'],
      [{ site, token, protocol: 1, tenantId: 'x' }, 'UNAUTHENTICATED'],
      [{ site: other.site.publicKey, token, protocol: 1 }, 'UNAUTHENTICATED'],
    ];
    for (const [auth, code] of refused) {
      const socket = keep(shop.visitor({ auth }));
      expect((await socket.refused()).code, JSON.stringify(auth)).to.equal(code);
    }
    for (const accessToken of ['x', 'a.b.c', token]) {
      expect((await keep(shop.staff({ accessToken })).refused()).code).to.equal('UNAUTHENTICATED');
    }
  });

  it('SOC-03 an unknown namespace, the default one and the wrong one for the URL are refused', async () => {
    const { socket, received } = await openRaw();
    for (const namespace of ['/', '/admin', '/staff']) socket.send(`40${namespace},{"token":"x","protocol":1}`);
    while (received.filter((frame) => frame.startsWith('44')).length < 3) {
      await new Promise((resolve) => socket.once('message', resolve));
    }
    expect(received.some((frame) => frame.startsWith('40'))).to.equal(false);
  });

  it('SOC-03 odd arguments with an acknowledgement are answered VALIDATION', async () => {
    const polluted = JSON.parse('{"input":{"__proto__":{"polluted":true}}}') as unknown;
    const odd: [string, unknown[]][] = [
      ['no argument', []],
      ['twenty arguments', Array.from({ length: 20 }, () => ({}))],
      ['a string', ['x']],
      ['null', [null]],
      ['an unknown key', [{ input: {}, tenantId: 'x' }]],
      ['an own __proto__', [polluted]],
      ['binary', [Buffer.from('x')]],
      ['binary inside', [{ input: { conversationId: Buffer.from('x') } }]],
      ['an operator', [{ input: { conversationId: { $ne: null }, body: 'x' } }]],
    ];
    for (const [title, args] of odd) {
      const socket = await visitor();
      expect(codeOf(await socket.raw('message:send', ...args)), title).to.equal('VALIDATION');
    }
    for (const name of ['error', 'no:such', 'session:read', 'toString', '__proto__', 'constructor']) {
      const socket = await visitor();
      expect(codeOf(await socket.raw(name, { input: {} })), name).to.equal('VALIDATION');
    }
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    await isAlive();
  });

  it('SOC-03 events without an acknowledgement are ignored and, repeated, close the connection', async () => {
    const socket = await visitor();
    for (let index = 0; index < 10; index += 1) socket.socket.emit('message:send', { input: {} });
    await socket.closed();
    await isAlive();
  });

  it('SOC-03 reserved names and broken packets close the connection and nothing else', async () => {
    const packets = [
      '42/visitor,1["disconnect"]',
      '42/visitor,1["newListener",{}]',
      '42/visitor,1[',
      '4x',
      '49',
      '451-["x"]',
    ];
    for (const packet of packets) {
      const { socket, closed } = await openRaw();
      socket.send(
        `40/visitor,${JSON.stringify({ site: shop.site.publicKey, token: createVisitorToken(), protocol: 1 })}`,
      );
      await new Promise((resolve) => socket.once('message', resolve));
      socket.send(packet);
      if (packet === '451-["x"]') socket.send(packet);
      await closed;
    }
    await isAlive();
  });

  it('SOC-03 ten thousand nested levels are one bad request', async () => {
    const { socket, received } = await openRaw();
    const auth = { site: shop.site.publicKey, token: createVisitorToken(), protocol: 1 };
    socket.send(`40/visitor,${JSON.stringify(auth)}`);
    await new Promise((resolve) => socket.once('message', resolve));
    socket.send(`42/visitor,7["message:send",{"input":${'['.repeat(10_000)}${']'.repeat(10_000)}}]`);
    socket.send(`42/visitor,8["message:send",{"input":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}]`);
    while (received.filter((frame) => /^43\/visitor,[78]/.test(frame)).length < 2) {
      await new Promise((resolve) => socket.once('message', resolve));
    }
    for (const frame of received.filter((text) => text.startsWith('43'))) expect(frame).to.contain('VALIDATION');
    await isAlive();
  });

  it('SOC-05 a frame above 64 kB closes the connection', async () => {
    const socket = await visitor();
    socket.socket.emit('message:send', { input: { body: 'x'.repeat(70_000) } }, () => {});
    await socket.closed();
    const polling = await visitor({ transports: ['polling'] });
    polling.socket.emit('message:send', { input: { body: 'x'.repeat(70_000) } }, () => {});
    await polling.closed();
    await isAlive();
  });

  it('SOC-05 eleven attachments are refused', async () => {
    const socket = await visitor();
    const input = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [index, Buffer.from('x')]));
    socket.socket.emit('message:send', { input }, () => {});
    await socket.closed();
    await isAlive();
  });

  it('SOC-07 nobody resumes another connection by its pid and offset', async () => {
    const token = createVisitorToken();
    const victim = await visitor({ token });
    dataOf(await victim.call('conversation:start', { body: 'private' }));
    const auth = { site: shop.site.publicKey, token: 'x', protocol: 1, pid: victim.socket.id, offset: '0' };
    const thief = keep(shop.visitor({ auth }));
    expect((await thief.refused()).code).to.equal('UNAUTHENTICATED');
    expect(thief.heard).to.deep.equal([]);
    expect((victim.socket as unknown as { _pid?: string })._pid).to.equal(undefined);
  });

  it('SOC-08 more than 20 unanswered requests are answered BUSY', async () => {
    const socket = await visitor();
    const { conversation } = dataOf(await socket.call('conversation:start', { body: 'Hi' }));
    const input = { conversationId: conversation.id };
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => socket.call('message:send', { ...input, body: `m ${index}` })),
    );
    const codes = answers.map(codeOf);
    expect(codes.filter((code) => code === 'OK')).to.have.length.of.at.least(20);
    expect(codes.filter((code) => code === 'BUSY').length + codes.filter((code) => code === 'OK').length).to.equal(60);
    expect(codes).to.include('BUSY');
  });

  it('SOC-08 a sixth socket of one visitor is refused for now', async () => {
    const token = createVisitorToken();
    for (let index = 0; index < 5; index += 1) await visitor({ token });
    expect((await keep(shop.visitor({ token })).refused()).code).to.equal('RATE_LIMITED');
  });

  it('the same command over a socket and over HTTP is one command', async () => {
    const socket = await visitor();
    const key = createIdempotencyKey();
    const first = dataOf(await socket.call('conversation:start', { body: 'Hi' }, key));
    const second = dataOf(await socket.call('conversation:start', { body: 'Hi' }, key));
    expect(second).to.deep.include({ duplicate: true, entry: first.entry });
    expect(
      codeOf(await socket.raw('message:send', { input: { conversationId: first.conversation.id, body: 'x' } })),
    ).to.equal('VALIDATION');
  });

  it('IN-7 viewers and typing are seen at once; notes are typed unseen by the customer', async () => {
    const customer = await visitor();
    const { conversation } = dataOf(await customer.call('conversation:start', { body: 'Hi' }));
    const conversationId = conversation.id;
    const { email } = await shop.addMember('agent', 'Ali Agent');
    const [owner, agent] = [await staff(), await staff(email)];
    dataOf(await agent.call('conversation:view', { conversationId }));
    const seen = await owner.fact<{ viewers: { name: string }[] }>('viewers:changed');
    expect(seen.viewers.map(({ name }) => name)).to.deep.equal(['Ali Agent']);
    dataOf(await agent.call('typing:set', { conversationId, on: true, mode: 'note' }));
    await owner.fact('typing:changed', (fact: { mode: string }) => fact.mode === 'note');
    dataOf(await agent.call('typing:set', { conversationId, on: true, mode: 'reply' }));
    const typing = await customer.fact<{ on: boolean; name: string }>('typing:changed');
    expect([typing.on, typing.name]).to.deep.equal([true, 'Ali']);
    expect(customer.heard.filter(({ name }) => name === 'typing:changed')).to.have.length(1);
    agent.close();
    await owner.fact('viewers:changed', (fact: { viewers: object[] }) => fact.viewers.length === 0);
    await customer.fact('typing:changed', (fact: { on: boolean }) => !fact.on);
    expect(agent.heard.filter(({ name }) => name === 'typing:changed')).to.have.length(0);
  });

  it('a website knows whether anybody is there', async () => {
    const quiet = await openShop(test);
    const customer = keep(quiet.visitor());
    await customer.ready();
    expect(dataOf(await customer.call('site:describe', {})).online).to.equal(false);
    const owner = keep(quiet.staff(await quiet.signIn(quiet.ownerEmail)));
    await owner.ready();
    await customer.fact('presence:changed', (fact: { online: boolean }) => fact.online);
    expect(dataOf(await customer.call('site:describe', {})).online).to.equal(true);
    dataOf(await owner.call('presence:set', { availability: 'away' }));
    await customer.fact('presence:changed', (fact: { online: boolean }) => !fact.online);
    expect(dataOf(await customer.call('site:describe', {})).online).to.equal(false);
  });

  it('TEN-10 a member hears the inboxes of their own business only', async () => {
    const neighbour = await openShop(test);
    const spy = keep(neighbour.staff(await neighbour.signIn(neighbour.ownerEmail)));
    await spy.ready();
    const agent = await staff();
    const customer = await visitor();
    dataOf(await customer.call('conversation:start', { body: 'Hi' }));
    await agent.fact('entry:appended');
    expect(spy.heard.filter(({ name }) => name.startsWith('entry') || name.startsWith('conv'))).to.have.length(0);
  });
});

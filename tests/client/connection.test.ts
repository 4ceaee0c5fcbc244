import { expect } from 'chai';
import { createIdempotencyKey, type ConversationId, type SiteKey } from '@frontdesk/protocol/ids';
import { isUnknownOutcome } from '@frontdesk/widgets/core/client/outcome';
import { createStaffClient, type StaffClient } from '@frontdesk/widgets/core/client/staff-client';
import { createVisitorClient, type VisitorClient } from '@frontdesk/widgets/core/client/visitor-client';
import { createFastClock, createProfile, waitFor, type Profile, type Tab } from './support/environment.js';
import { buildError, startProtocolServer, type ProtocolServer } from './support/protocol-server.js';

const SITE = 'pk_000000000000000000000000' as SiteKey;

describe('connection', () => {
  let server: ProtocolServer;
  let profile: Profile;
  let tab: Tab;
  let loads: number;
  const clients: (VisitorClient | StaffClient)[] = [];

  beforeEach(async () => {
    server = await startProtocolServer();
    profile = createProfile();
    loads = 0;
    tab = profile.openTab({
      loadSocketIo: () => {
        loads += 1;
        return import('socket.io-client');
      },
    });
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.connection.close();
    profile.close();
    await server.close();
  });

  function openVisitor(): VisitorClient {
    const client = createVisitorClient({ serverUrl: server.url, site: SITE, environment: tab.environment });
    clients.push(client);
    return client;
  }

  function openStaff(tokens: (string | null)[]): { client: StaffClient; refreshes: () => number } {
    let index = 0;
    const client = createStaffClient({
      serverUrl: server.url,
      environment: tab.environment,
      getAccessToken: () => tokens[index] ?? null,
      refreshAccessToken: async () => {
        index += 1;
        return tokens[index] !== undefined;
      },
    });
    clients.push(client);
    return { client, refreshes: () => index };
  }

  async function goOnline(client: VisitorClient): Promise<() => void> {
    const release = client.connection.acquire();
    await waitFor(client.connection, ({ phase }) => phase === 'online');
    return release;
  }

  it('CH-2 answers over HTTP and does not load Socket.IO while nobody wants a live connection', async () => {
    const { connection } = openVisitor();
    const result = await connection.request('site:describe', {});
    expect(result.ok && result.data.name).to.equal('Clinic');
    expect([loads, server.calls.map(({ via }) => via), connection.getState().phase]).to.deep.equal([
      0,
      ['http'],
      'idle',
    ]);
  });

  it('is online only after session:ready, answers over the socket, and sends the key along', async () => {
    const { connection } = openVisitor();
    await goOnline({ connection } as VisitorClient);
    expect(connection.getState().instance).to.equal('one');
    const idempotencyKey = createIdempotencyKey();
    const result = await connection.request('conversation:start', { body: 'hi' }, { idempotencyKey });
    expect(result.ok).to.equal(true);
    expect(server.calls.map(({ via, idempotencyKey: key }) => [via, key])).to.deep.equal([['socket', idempotencyKey]]);
  });

  it('is shared: it closes with the last user, and survives a user who leaves and returns at once', async () => {
    const { connection } = openVisitor();
    const first = await goOnline({ connection } as VisitorClient);
    const second = connection.acquire();
    first();
    first();
    second();
    const third = connection.acquire();
    expect(connection.getState().phase).to.equal('online');
    expect(server.connectedCount()).to.equal(1);
    third();
    await waitFor(connection, ({ phase }) => phase === 'idle');
    expect(loads).to.equal(1);
  });

  it('tells a lost answer from a refusal', async () => {
    const { connection } = openVisitor();
    await goOnline({ connection } as VisitorClient);
    server.fault = ({ name }) => (name === 'conversation:list' ? 'lost-answer' : buildError('FORBIDDEN'));
    const lost = await connection.request('conversation:list', {}, { timeoutMs: 500 });
    const refused = await connection.request('visitor:forget', {});
    expect(!lost.ok && isUnknownOutcome(lost.error)).to.equal(true);
    expect(!refused.ok && [refused.error.code, isUnknownOutcome(refused.error)]).to.deep.equal(['FORBIDDEN', false]);
  });

  it('a request that is cut off is answered as unknown at once, and the connection comes back', async () => {
    const { connection } = openVisitor();
    await goOnline({ connection } as VisitorClient);
    server.fault = () => 'cut-after';
    const result = await connection.request('conversation:list', {});
    expect(!result.ok && isUnknownOutcome(result.error)).to.equal(true);
    server.fault = () => null;
    await waitFor(connection, ({ phase }) => phase === 'online');
    expect((await connection.request('conversation:list', {})).ok).to.equal(true);
  });

  it('works with sockets blocked: after the fallback time requests go over HTTP, and news is polled', async () => {
    server.areSocketsBlocked = true;
    const { connection } = openVisitor();
    connection.acquire();
    const startedAt = tab.environment.clock.now();
    const result = await connection.request('conversation:list', {});
    expect([result.ok, server.calls[0]?.via]).to.deep.equal([true, 'http']);
    expect(tab.environment.clock.now() - startedAt).to.be.at.least(2_900);
    const secondAt = tab.environment.clock.now();
    await connection.request('conversation:list', {});
    expect(tab.environment.clock.now() - secondAt, 'the second does not wait again').to.be.below(2_000);
    const heads = await new Promise((resolve) => connection.on('heads:reported', resolve));
    expect(heads).to.deep.equal({ heads: [] });
  });

  it('P5 CH-11 a page that becomes visible on a dead socket rebuilds it after an unanswered ping', async () => {
    const { connection } = openVisitor();
    await goOnline({ connection } as VisitorClient);
    server.fault = ({ name, via }) => (name === 'conversation:check' && via === 'socket' ? 'lost-request' : null);
    const wokenAt = tab.environment.clock.now();
    tab.lifecycle.emit('wake');
    await waitFor(connection, ({ phase }) => phase === 'offline');
    expect(tab.environment.clock.now() - wokenAt).to.be.within(2_900, 6_000);
    await waitFor(connection, ({ phase }) => phase === 'online');
    expect(loads).to.equal(2);
  });

  it('several wake signals in a row ask once', async () => {
    const { connection } = openVisitor();
    await goOnline({ connection } as VisitorClient);
    for (let count = 0; count < 5; count += 1) tab.lifecycle.emit('wake');
    await connection.probe();
    expect(server.calls.filter(({ name }) => name === 'conversation:check')).to.have.length(1);
  });

  it('closes when the page is left and reopens when it returns from the back/forward cache', async () => {
    const { connection } = openVisitor();
    await goOnline({ connection } as VisitorClient);
    tab.lifecycle.emit('suspend');
    expect(connection.getState().phase).to.equal('idle');
    while (server.connectedCount() > 0) await new Promise((resolve) => setImmediate(resolve));
    tab.lifecycle.emit('resume');
    await waitFor(connection, ({ phase }) => phase === 'online');
  });

  it('P13 comes back when a draining server told it to, not before', async () => {
    const { connection } = openVisitor();
    await goOnline({ connection } as VisitorClient);
    server.io.of('/visitor').emit('server:draining', { retryAfterMs: 5_000 });
    await new Promise((resolve) => connection.on('server:draining', resolve));
    const drainedAt = tab.environment.clock.now();
    server.cutAll();
    await waitFor(connection, ({ phase }) => phase === 'offline');
    tab.lifecycle.emit('wake');
    await waitFor(connection, ({ phase }) => phase === 'online');
    expect(tab.environment.clock.now() - drainedAt).to.be.at.least(4_900);
  });

  it('P13 a clock that is set back by an hour stretches no wait', async () => {
    const clock = createFastClock();
    let offsetMs = 0;
    tab = profile.openTab({ clock: { ...clock, now: () => clock.now() + offsetMs } });
    const { connection } = openVisitor();
    await goOnline({ connection } as VisitorClient);
    server.io.of('/visitor').emit('server:draining', { retryAfterMs: 5_000 });
    await new Promise((resolve) => connection.on('server:draining', resolve));
    offsetMs = -3_600_000;
    server.cutAll();
    await waitFor(connection, ({ phase }) => phase === 'offline');
    await waitFor(connection, ({ phase }) => phase === 'online');
  });

  it('P5 a page that wakes right after a failed try does not sit out the back-off', async () => {
    server.refuse = () => buildError('RATE_LIMITED', { retryAfterMs: 120_000 });
    const { connection } = openVisitor();
    connection.acquire();
    await waitFor(connection, ({ phase }) => phase === 'offline');
    server.refuse = () => null;
    const wokenAt = tab.environment.clock.now();
    tab.lifecycle.emit('wake');
    await waitFor(connection, ({ phase }) => phase === 'online');
    expect(tab.environment.clock.now() - wokenAt).to.be.below(60_000);
  });

  it('gives up on a refusal that time does not heal, says why, and tries again when told to', async () => {
    server.refuse = () => buildError('ORIGIN_NOT_ALLOWED');
    const { connection } = openVisitor();
    connection.acquire();
    const { reason } = await waitFor(connection, ({ phase }) => phase === 'refused');
    expect(reason?.code).to.equal('ORIGIN_NOT_ALLOWED');
    tab.lifecycle.emit('wake');
    expect(loads).to.equal(1);
    server.refuse = () => null;
    connection.reconnect();
    await waitFor(connection, ({ phase }) => phase === 'online');
  });

  it('waits and tries again when the refusal is for now only', async () => {
    let refusals = 0;
    server.refuse = () => (refusals++ < 3 ? buildError('RATE_LIMITED', { retryAfterMs: 100 }) : null);
    const { connection } = openVisitor();
    connection.acquire();
    await waitFor(connection, ({ phase }) => phase === 'online');
    expect(refusals).to.equal(4);
  });

  describe('of a member', () => {
    it('refreshes an expired token once and connects with the new one', async () => {
      server.refuse = ({ token }) => (token === 'old' ? buildError('TOKEN_EXPIRED') : null);
      const { client, refreshes } = openStaff(['old', 'new']);
      client.connection.acquire();
      await waitFor(client.connection, ({ phase }) => phase === 'online');
      expect(refreshes()).to.equal(1);
    });

    it('is refused when the refreshed token is no better', async () => {
      server.refuse = () => buildError('UNAUTHENTICATED');
      const { client, refreshes } = openStaff(['old', 'new', 'newer']);
      client.connection.acquire();
      const { reason } = await waitFor(client.connection, ({ phase }) => phase === 'refused');
      expect([reason?.code, refreshes()]).to.deep.equal(['UNAUTHENTICATED', 1]);
    });

    it('is refused without asking when nobody is signed in', async () => {
      const { client } = openStaff([null]);
      client.connection.acquire();
      await waitFor(client.connection, ({ phase }) => phase === 'refused');
      expect(loads).to.equal(0);
    });

    it('renews an expiring session on the open socket', async () => {
      const { client } = openStaff(['old', 'new']);
      client.connection.acquire();
      await waitFor(client.connection, ({ phase }) => phase === 'online');
      const renewed = new Promise<unknown>((resolve) => {
        server.handle = ({ name, input }) => {
          if (name === 'session:renew') resolve(input);
          return undefined;
        };
      });
      server.pushToStaff('session:expiring', { expiresAt: new Date().toISOString() });
      expect(await renewed).to.deep.equal({ accessToken: 'new' });
      expect(loads).to.equal(1);
    });

    it('repeats a request over HTTP with a refreshed token', async () => {
      server.fault = ({ token }) => (token === 'old' ? buildError('TOKEN_EXPIRED') : null);
      const { client } = openStaff(['old', 'new']);
      expect((await client.connection.request('presence:set', { availability: 'away' })).ok).to.equal(true);
    });

    it('P17 is refused with the reason when the session is revoked', async () => {
      const { client } = openStaff(['old']);
      client.connection.acquire();
      await waitFor(client.connection, ({ phase }) => phase === 'online');
      for (const socket of server.io.of('/staff').sockets.values()) {
        socket.emit('session:revoked', { reason: 'disabled' });
        socket.disconnect(true);
      }
      const { revocation } = await waitFor(client.connection, ({ phase }) => phase === 'refused');
      expect(revocation).to.equal('disabled');
    });

    it('asks for the heads of open threads when the page wakes', async () => {
      const { client } = openStaff(['old']);
      const id = '000000000000000000000009' as ConversationId;
      client.watched.add(id);
      client.connection.acquire();
      await waitFor(client.connection, ({ phase }) => phase === 'online');
      await client.connection.probe();
      expect(server.calls.at(-1)?.input).to.deep.equal({ conversationIds: [id] });
    });
  });
});

import { expect } from 'chai';
import { createVisitorToken } from '@frontdesk/protocol/ids';
import type { SessionDto } from '@frontdesk/protocol/auth';
import { codeOf, dataOf } from '../../support/chat.js';
import { callHttp, startTestServer, type TestServer } from '../../support/server.js';
import { openShop, SHOP_ORIGIN, type Shop, type StaffSocket, type TestSocket } from '../../support/sockets.js';

const MINUTE_MS = 60_000;

describe('sessions of open sockets', () => {
  let test: TestServer;
  let shop: Shop;
  let offsetMs = 0;
  const open: TestSocket[] = [];

  before(async () => {
    test = await startTestServer({ clock: { now: () => Date.now() + offsetMs } });
    shop = await openShop(test);
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.close();
  });
  after(() => test.close());

  const keep = <T extends TestSocket>(socket: T): T => {
    open.push(socket);
    return socket;
  };
  async function connect(session: SessionDto): Promise<StaffSocket> {
    const socket = keep(shop.staff(session));
    await socket.ready();
    return socket;
  }

  it('SOC-06 an expiring token is announced, refused when over, and renewed only with one of the same session', async () => {
    const session = await shop.signIn(shop.ownerEmail);
    const socket = await connect(session);
    offsetMs += new Date(session.expiresAt).getTime() - (Date.now() + offsetMs) - 30_000;
    await socket.fact('session:expiring');
    expect(codeOf(await socket.call('team:list', {}))).to.equal('OK');
    offsetMs += 31_000;
    expect(codeOf(await socket.call('team:list', {}))).to.equal('TOKEN_EXPIRED');
    const other = await shop.signIn(shop.ownerEmail);
    expect(codeOf(await socket.call('session:renew', { accessToken: other.accessToken }))).to.equal('UNAUTHENTICATED');
    expect(codeOf(await socket.call('session:renew', { accessToken: 'nonsense' }))).to.equal('UNAUTHENTICATED');
    expect(codeOf(await socket.call('team:list', {}))).to.equal('TOKEN_EXPIRED');
    expect(socket.isClosed).to.equal(false);
  });

  it('SOC-06 who does not renew within 30 s is told why and closed', async () => {
    const session = await shop.signIn(shop.ownerEmail);
    const socket = await connect(session);
    offsetMs += 11 * MINUTE_MS;
    const fact = await socket.fact('session:revoked');
    expect(fact).to.deep.equal({ reason: 'expired' });
    await socket.closed();
  });

  it('SES-04 P17 signing one browser out closes its sockets and no others, and nothing arrives afterwards', async () => {
    const { email } = await shop.addMember('agent', 'Ali Agent');
    const [one, two] = [await shop.signIn(email), await shop.signIn(email)];
    const [first, second] = [await connect(one), await connect(two)];
    dataOf(await second.call('session:revoke', { sessionId: one.sessionId }));
    await first.fact('session:revoked');
    const customer = keep(shop.visitor());
    await customer.ready();
    dataOf(await customer.call('conversation:start', { body: 'Hello' }));
    await second.fact('entry:appended');
    await first.closed(5_000);
    expect(first.heard.some(({ name }) => name === 'entry:appended')).to.equal(false);
    expect(second.isClosed).to.equal(false);
    expect((await keep(shop.staff(one)).refused()).code).to.equal('UNAUTHENTICATED');
  });

  it('SES-04 P17 a session that ended in another process loses its sockets within 5 s', async () => {
    const { email } = await shop.addMember('agent', 'Sam Swept');
    const session = await shop.signIn(email);
    const socket = await connect(session);
    // Another process writes to the same store and its bus does not reach this one.
    const Session = test.server.core.connection.models['Session'] ?? test.server.core.connection.models['StaffSession'];
    await Session!.deleteOne({ tenantId: session.tenant.id, _id: session.sessionId });
    await socket.closed(6_000);
    expect(socket.heard.some(({ name }) => name === 'session:revoked')).to.equal(true);
  });

  it('SES-04 a changed role ends the sockets that had the old one', async () => {
    const { email, member } = await shop.addMember('agent', 'Rita Role');
    const socket = await connect(await shop.signIn(email));
    const owner = await shop.signIn(shop.ownerEmail);
    const answer = await callHttp(
      test.url,
      'member:update',
      { memberId: member.id, role: 'viewer' },
      { audience: 'staff', token: owner.accessToken },
    );
    expect(answer.status).to.equal(200);
    await socket.closed(6_000);
  });

  it('a suspended business has no open sockets', async () => {
    const doomed = await openShop(test);
    const session = await doomed.signIn(doomed.ownerEmail);
    const socket = keep(doomed.staff(session));
    const customer = keep(doomed.visitor());
    await Promise.all([socket.ready(), customer.ready()]);
    await test.server.tenancy.provision.setSuspended({ tenantId: session.tenant.id }, true);
    await Promise.all([socket.closed(6_000), customer.closed(6_000)]);
  });

  it('WID-06 a visitor who signs out hears why, and the token opens nothing any more', async () => {
    const token = createVisitorToken();
    const [first, second] = [keep(shop.visitor({ token })), keep(shop.visitor({ token }))];
    await Promise.all([first.ready(), second.ready()]);
    dataOf(await first.call('conversation:start', { body: 'Hi' }));
    expect(codeOf(await first.call('visitor:forget', {}))).to.equal('OK');
    for (const socket of [first, second]) {
      expect(await socket.fact('session:revoked')).to.deep.equal({ reason: 'forgotten' });
      await socket.closed();
    }
    expect((await keep(shop.visitor({ token })).refused()).code).to.equal('UNAUTHENTICATED');
    const twin = await callHttp(
      test.url,
      'conversation:list',
      {},
      {
        audience: 'visitor',
        site: shop.site.publicKey,
        origin: SHOP_ORIGIN,
        token,
      },
    );
    expect(twin.status).to.equal(401);
  });
});

describe('drain', () => {
  it('P13 tells every socket when to come back, answers what is running and closes transports', async () => {
    const test = await startTestServer();
    const shop = await openShop(test);
    const sockets = Array.from({ length: 5 }, () => shop.visitor());
    await Promise.all(sockets.map((socket) => socket.ready()));
    const running = sockets.map((socket, index) => socket.call('conversation:start', { body: `m ${index}` }));
    await sockets[0]!.until('an acknowledgement', () => true);
    const answers = Promise.allSettled(running);
    await test.close();
    for (const socket of sockets) {
      const fact = await socket.fact<{ retryAfterMs: number }>('server:draining');
      expect(fact.retryAfterMs).to.be.within(0, 10_000);
      await socket.closed();
    }
    for (const answer of await answers) {
      if (answer.status === 'fulfilled') expect(codeOf(answer.value)).to.be.oneOf(['OK', 'DRAINING']);
    }
  });
});

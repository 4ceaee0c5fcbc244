import { expect } from 'chai';
import type { SessionDto } from '@frontdesk/protocol/auth';
import { REFRESH_COOKIE } from '@frontdesk/server/auth/index';
import {
  HASHING_TIMEOUT_MS,
  PASSWORD,
  TestJar,
  accessCode,
  addBusiness,
  addPerson,
  codeOf,
  dataOf,
  signIn,
  startTestCore,
  type SignedIn,
  type TestCore,
} from '../../support/core.js';

const GRACE_MS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;

describe('sessions', function () {
  this.timeout(HASHING_TIMEOUT_MS);

  let test: TestCore;
  let person: SignedIn;
  let email: string;

  before(async () => {
    test = await startTestCore();
  });

  after(() => test.close());

  beforeEach(async () => {
    const { owner } = await addBusiness(test);
    email = owner.email;
    person = await signIn(test, email);
    test.ended.length = 0;
    test.logged.length = 0;
  });

  const refresh = (jar: TestJar) => test.run<SessionDto>('session:refresh', test.anonymous({ jar }));

  it('SES-02 an access token lives ten minutes and then says so', async () => {
    const lifeMs = Date.parse(person.session.expiresAt) - test.clock.now();
    expect(lifeMs).to.be.within(9 * 60_000, 10 * 60_000);
    expect(await accessCode(test, person.session.accessToken)).to.equal('OK');
    test.clock.advance(10 * 60_000);
    expect(await accessCode(test, person.session.accessToken)).to.equal('TOKEN_EXPIRED');
    const renewed = dataOf(await refresh(person.jar));
    expect(await accessCode(test, renewed.accessToken)).to.equal('OK');
  });

  it('SES-02 every refresh changes the cookie, and the family lives thirty days after each use', async () => {
    const seen = new Set([person.jar.read(REFRESH_COOKIE)]);
    for (let times = 0; times < 4; times += 1) {
      test.clock.advance(29 * DAY_MS);
      dataOf(await refresh(person.jar));
      seen.add(person.jar.read(REFRESH_COOKIE));
    }
    expect(seen.size).to.equal(5);
    test.clock.advance(30 * DAY_MS + 1);
    expect(codeOf(await refresh(person.jar))).to.equal('UNAUTHENTICATED');
    expect(person.jar.read(REFRESH_COOKIE)).to.equal(undefined);
  });

  function expectRevoked(): void {
    const { tenantId } = person.context;
    const room = `t:${tenantId}:session:${person.sessionId}`;
    expect(test.ended).to.deep.equal([{ tenantId, room, sessionIds: [person.sessionId], reason: 'revoked' }]);
    const log = test.logged.join('');
    expect(log).to.contain('"audit":"refresh-reuse"').and.to.contain(person.sessionId);
  }

  it('SES-02 the predecessor after its grace revokes the family and its sockets', async () => {
    const stolen = person.jar.copy();
    const renewed = dataOf(await refresh(person.jar));
    test.clock.advance(GRACE_MS + 1);
    expect(codeOf(await refresh(stolen))).to.equal('UNAUTHENTICATED');
    expectRevoked();
    expect(await accessCode(test, renewed.accessToken)).to.equal('UNAUTHENTICATED');
    expect(codeOf(await refresh(person.jar))).to.equal('UNAUTHENTICATED');
  });

  it('SES-03 the grandparent revokes the family even within the grace', async () => {
    const stolen = person.jar.copy();
    dataOf(await refresh(person.jar));
    dataOf(await refresh(person.jar));
    expect(codeOf(await refresh(stolen))).to.equal('UNAUTHENTICATED');
    expectRevoked();
    expect(codeOf(await refresh(person.jar))).to.equal('UNAUTHENTICATED');
  });

  it('SES-03 eight refreshes at once with one token end with one token that works', async () => {
    const jars = Array.from({ length: 8 }, () => person.jar.copy());
    const results = await Promise.all(jars.map((jar) => refresh(jar)));
    expect(results.map(codeOf)).to.deep.equal(Array<string>(8).fill('OK'));
    const cookies = new Set(jars.map((jar) => jar.read(REFRESH_COOKIE)));
    expect(cookies.size).to.equal(1);
    expect(cookies.has(person.jar.read(REFRESH_COOKIE))).to.equal(false);
    test.clock.advance(60_000);
    expect(codeOf(await refresh(jars[0]!))).to.equal('OK');
    expect(test.ended).to.deep.equal([]);
  });

  it('SES-03 a browser whose answer was lost gets the same token again within the grace', async () => {
    const lost = person.jar.copy();
    dataOf(await refresh(lost));
    test.clock.advance(GRACE_MS);
    dataOf(await refresh(person.jar));
    expect(person.jar.read(REFRESH_COOKIE)).to.equal(lost.read(REFRESH_COOKIE));
  });

  it('stores neither refresh tokens nor what would derive one', async () => {
    const secret = person.jar.read(REFRESH_COOKIE)!.split('.')[2]!;
    const stored = await test.core.connection.models['Session']!.findOne({ tenantId: person.context.tenantId }).lean();
    expect(JSON.stringify(stored)).not.to.contain(secret);
  });

  it('refuses malformed cookies without looking anything up', async () => {
    const good = person.jar.read(REFRESH_COOKIE)!;
    for (const value of ['', 'x', '..', `${good}.x`, good.toUpperCase(), good.replace('.', ''), '{"$ne":null}']) {
      const jar = new TestJar();
      jar.write(REFRESH_COOKIE, value);
      expect(codeOf(await refresh(jar)), value).to.equal('UNAUTHENTICATED');
    }
    expect(codeOf(await refresh(new TestJar()))).to.equal('UNAUTHENTICATED');
    expect(codeOf(await refresh(person.jar))).to.equal('OK');
  });

  it('TEN-04 a cookie that names another business finds nothing', async () => {
    const other = await addBusiness(test, 'Other');
    const jar = new TestJar();
    jar.write(REFRESH_COOKIE, person.jar.read(REFRESH_COOKIE)!.replace(person.context.tenantId, other.tenantId));
    expect(codeOf(await refresh(jar))).to.equal('UNAUTHENTICATED');
    expect(codeOf(await refresh(person.jar))).to.equal('OK');
  });

  it('SES-04 sign-out reaches HTTP at once and names the session for its sockets', async () => {
    dataOf(await test.run('session:sign-out', test.anonymous({ jar: person.jar })));
    expect(await accessCode(test, person.session.accessToken)).to.equal('UNAUTHENTICATED');
    expect(person.jar.read(REFRESH_COOKIE)).to.equal(undefined);
    expect(test.ended.map(({ reason }) => reason)).to.deep.equal(['signed-out']);
    // Without a session it is still an answer, not an error.
    dataOf(await test.run('session:sign-out', test.anonymous({ jar: person.jar })));
  });

  it('SES-04 revoking one browser from another', async () => {
    const other = await signIn(test, email);
    dataOf(await test.run('session:revoke', person.context, { sessionId: other.sessionId }));
    expect(await accessCode(test, other.session.accessToken)).to.equal('UNAUTHENTICATED');
    expect(codeOf(await refresh(other.jar))).to.equal('UNAUTHENTICATED');
    expect(await accessCode(test, person.session.accessToken)).to.equal('OK');
    expect(test.ended.map(({ sessionIds }) => sessionIds)).to.deep.equal([[other.sessionId]]);
  });

  it('SES-04 nobody revokes a colleague’s browser', async () => {
    const { tenantId } = person.context;
    const colleague = await signIn(test, (await addPerson(test, tenantId, 'agent')).email);
    const result = await test.run('session:revoke', colleague.context, { sessionId: person.sessionId });
    expect(codeOf(result)).to.equal('NOT_FOUND');
    expect(await accessCode(test, person.session.accessToken)).to.equal('OK');
  });

  it('SES-04 a changed role voids access tokens at once; a refresh brings the new role', async () => {
    const { tenantId } = person.context;
    const colleague = await signIn(test, (await addPerson(test, tenantId, 'agent')).email);
    const memberId = colleague.context.actor.membershipId;
    dataOf(await test.run('member:update', person.context, { memberId, role: 'viewer' }));
    expect(await accessCode(test, colleague.session.accessToken)).to.equal('UNAUTHENTICATED');
    const room = `t:${tenantId}:member:${memberId}`;
    expect(test.ended).to.deep.equal([{ tenantId, room, sessionIds: 'all-of-member', reason: 'role-changed' }]);
    const renewed = dataOf(await refresh(colleague.jar));
    expect(renewed.membership.role).to.equal('viewer');
    expect((await test.staff(renewed.accessToken)).actor.role).to.equal('viewer');
  });

  it('SES-04 a suspended business refuses tokens, refreshes and sign-ins', async () => {
    const context = { tenantId: person.context.tenantId };
    await test.tenancy.provision.setSuspended(context, true);
    expect(await accessCode(test, person.session.accessToken)).to.equal('UNAUTHENTICATED');
    expect(codeOf(await refresh(person.jar))).to.equal('UNAUTHENTICATED');
    const again = await test.run('session:sign-in', test.anonymous(), { email, password: PASSWORD });
    expect(codeOf(again)).to.equal('UNAUTHENTICATED');
  });

  it('SES-05 a changed password ends every other session, in every business, and keeps the asking one', async () => {
    const other = await signIn(test, email);
    const second = await addBusiness(test, 'Second');
    const userId = person.context.actor.userId;
    await test.tenancy.provision.addMember(second, { userId, role: 'agent', name: 'Guest', email });
    const newPassword = 'another horse battery';
    dataOf(await test.run('password:change', person.context, { currentPassword: PASSWORD, newPassword }));
    expect(await accessCode(test, other.session.accessToken)).to.equal('UNAUTHENTICATED');
    expect(codeOf(await refresh(other.jar))).to.equal('UNAUTHENTICATED');
    expect(await accessCode(test, person.session.accessToken)).to.equal('OK');
    expect(codeOf(await refresh(person.jar))).to.equal('OK');
    expect(test.ended.map(({ sessionIds, reason }) => ({ sessionIds, reason }))).to.deep.equal([
      { sessionIds: [other.sessionId], reason: 'password-changed' },
    ]);
    expect(codeOf(await test.run('session:sign-in', test.anonymous(), { email, password: PASSWORD }))).to.equal(
      'UNAUTHENTICATED',
    );
    await signIn(test, email, newPassword);
  });

  it('SES-05 a session that began with the old password while it was being changed is void', async () => {
    // What a sign-in leaves that compared with the old hash and stored its session after the others were ended.
    const users = test.core.connection.models['User']!;
    await users.updateOne({ email }, { $inc: { credentialsVersion: 1 } });
    expect(await accessCode(test, person.session.accessToken)).to.equal('UNAUTHENTICATED');
    expect(codeOf(await refresh(person.jar))).to.equal('UNAUTHENTICATED');
  });

  it('SES-05 a wrong current password changes nothing', async () => {
    const input = { currentPassword: 'wrong horse battery', newPassword: 'another horse battery' };
    expect(codeOf(await test.run('password:change', person.context, input))).to.equal('REAUTH_REQUIRED');
    await signIn(test, email);
  });

  it('lists my browsers by a readable name and never by the header', async () => {
    const userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
    const context = test.anonymous({ userAgent });
    dataOf(await test.run('session:sign-in', context, { email, password: PASSWORD }));
    const { sessions } = dataOf(
      await test.run<{ sessions: { current: boolean; device: string }[] }>('session:list', person.context),
    );
    expect(sessions.map(({ current, device }) => ({ current, device }))).to.deep.equal([
      { current: true, device: 'Unknown browser' },
      { current: false, device: 'Chrome on Windows' },
    ]);
  });

  it('renews a socket only with a token of its own session', async () => {
    const renewed = dataOf(await refresh(person.jar));
    const { expiresAt } = dataOf(
      await test.run<{ expiresAt: string }>('session:renew', person.context, { accessToken: renewed.accessToken }),
    );
    expect(expiresAt).to.equal(renewed.expiresAt);
    const other = await signIn(test, email);
    const foreign = await test.run('session:renew', person.context, { accessToken: other.session.accessToken });
    expect(codeOf(foreign)).to.equal('UNAUTHENTICATED');
  });

  it('says who I am', async () => {
    const identity = dataOf(await test.run<Omit<SessionDto, 'accessToken'>>('session:read', person.context));
    expect(identity.user).to.include({ email, hasPassword: true, hasGoogle: false });
    expect(identity.membership.role).to.equal('owner');
  });
});

import { expect } from 'chai';
import { createLimits } from '@frontdesk/server/core/limits';
import { createPasswordThrottle } from '@frontdesk/server/auth/throttle';
import {
  HASHING_TIMEOUT_MS,
  PASSWORD,
  accessCode,
  addBusiness,
  addPerson,
  codeOf,
  dataOf,
  measureCpuMs,
  medianOf,
  signIn,
  startTestCore,
  type TestCore,
} from '../../support/core.js';

const WRONG = 'wrong horse battery';

describe('sign-in', function () {
  this.timeout(HASHING_TIMEOUT_MS);

  describe('throttle', () => {
    let test: TestCore;

    before(async () => {
      test = await startTestCore({ limitMultiplier: 1 });
    });

    after(() => test.close());

    const tryPassword = (email: string, password: string, ip = '127.0.0.1') =>
      test.run('session:sign-in', test.anonymous({ ip }), { email, password });

    it('AUTH-02 the sixth try after five failures is refused before anything is hashed', async () => {
      const { owner } = await addBusiness(test);
      for (let tries = 0; tries < 5; tries += 1) {
        expect(codeOf(await tryPassword(owner.email, WRONG))).to.equal('UNAUTHENTICATED');
      }
      const results: Awaited<ReturnType<typeof tryPassword>>[] = [];
      const cpuMs = await measureCpuMs(async () => {
        for (let tries = 0; tries < 20; tries += 1) results.push(await tryPassword(owner.email, PASSWORD));
      });
      for (const result of results) {
        expect(codeOf(result)).to.equal('RATE_LIMITED');
        const retryAfterMs = result.ok ? 0 : (result.error.retryAfterMs ?? 0);
        expect(retryAfterMs).to.be.within(1, 15 * 60_000);
      }
      // One comparison takes about 160 ms of CPU; twenty would take three seconds.
      expect(cpuMs).to.be.lessThan(1_000);
    });

    it('AUTH-02 another address is not affected, and a success forgives earlier slips', async () => {
      const { owner } = await addBusiness(test);
      for (let tries = 0; tries < 4; tries += 1) await tryPassword(owner.email, WRONG, '10.0.0.1');
      expect(codeOf(await tryPassword(owner.email, PASSWORD, '10.0.0.1'))).to.equal('OK');
      for (let tries = 0; tries < 5; tries += 1) await tryPassword(owner.email, WRONG, '10.0.0.1');
      expect(codeOf(await tryPassword(owner.email, PASSWORD, '10.0.0.1'))).to.equal('RATE_LIMITED');
      expect(codeOf(await tryPassword(owner.email, PASSWORD, '10.0.0.2'))).to.equal('OK');
    });

    it('AUTH-02 an unknown address is throttled like a known one', async () => {
      const codes = [];
      for (let tries = 0; tries < 6; tries += 1) codes.push(codeOf(await tryPassword('nobody@people.test', WRONG)));
      expect(codes).to.deep.equal([...Array<string>(5).fill('UNAUTHENTICATED'), 'RATE_LIMITED']);
    });

    it('AUTH-02 thirty guesses at once are five guesses', async () => {
      const { owner } = await addBusiness(test);
      const results = await Promise.all(Array.from({ length: 30 }, () => tryPassword(owner.email, WRONG)));
      expect(results.filter((result) => codeOf(result) === 'UNAUTHENTICATED')).to.have.length(5);
    });

    it('AUTH-02 fifty failures from many addresses stop every address', async () => {
      const throttle = createPasswordThrottle(test.core.limits);
      const fail = (ipPrefix: string) => throttle.guard({ ipPrefix }, 'spread@people.test', async () => undefined);
      for (let tries = 0; tries < 50; tries += 1) await fail(`10.1.0.${tries}`);
      const failure = await fail('10.2.0.1').then(
        () => undefined,
        (error: { code?: string }) => error.code,
      );
      expect(failure).to.equal('RATE_LIMITED');
    });

    it('AUTH-02 the password proof of a signed-in person is throttled too', async () => {
      const { owner } = await addBusiness(test);
      const { context } = await signIn(test, owner.email, PASSWORD, '10.3.0.1');
      const input = { currentPassword: WRONG, newPassword: 'a new long password' };
      const codes = [];
      for (let tries = 0; tries < 6; tries += 1) codes.push(codeOf(await test.run('password:change', context, input)));
      expect(codes).to.deep.equal([...Array<string>(5).fill('REAUTH_REQUIRED'), 'RATE_LIMITED']);
    });
  });

  it('LIM-01 with the store down, failures are still counted and nothing opens', async () => {
    const test = await startTestCore({ limitMultiplier: 1 });
    const limits = createLimits({ multiplier: 1, connection: test.core.connection });
    const throttle = createPasswordThrottle(limits);
    const fail = () =>
      throttle
        .guard({ ipPrefix: '127.0.0.1' }, 'down@people.test', async () => undefined)
        .then(
          () => 'proved false',
          (error: { code?: string }) => error.code,
        );
    expect(await fail()).to.equal('proved false');
    await test.core.connection.close();
    const outcomes = [];
    for (let tries = 0; tries < 7; tries += 1) outcomes.push(await fail());
    expect(outcomes).to.deep.equal([...Array<string>(5).fill('proved false'), 'RATE_LIMITED', 'RATE_LIMITED']);
    await test.close();
  });

  describe('answers', () => {
    let test: TestCore;

    before(async () => {
      test = await startTestCore();
    });

    after(() => test.close());

    async function buildSubjects() {
      const { tenantId, owner } = await addBusiness(test);
      const disabled = await addPerson(test, tenantId, 'agent');
      const googleOnly = await addPerson(test, tenantId, 'agent');
      await test.auth.provision.setUserDisabled(disabled.userId, true);
      await test.core.connection.models['User']!.updateOne(
        { email: googleOnly.email },
        { $set: { passwordHash: null, googleSub: `sub-${googleOnly.email}` } },
      );
      return {
        'wrong password': owner.email,
        'unknown address': 'unknown@people.test',
        'disabled account': disabled.email,
        'Google-only account': googleOnly.email,
      };
    }

    it('AUTH-03 unknown, wrong, disabled and Google-only: one answer in one time', async () => {
      const subjects = Object.entries(await buildSubjects());
      const times = new Map<string, number[]>(subjects.map(([title]) => [title, []]));
      const bodies = new Set<string>();
      // Interleaved, so that whatever else the machine does hits every case alike; the first round warms up.
      for (let round = 0; round < 13; round += 1) {
        for (const [title, email] of subjects) {
          // The disabled person types the right password: that must not show either.
          const password = title === 'disabled account' ? PASSWORD : WRONG;
          const cpuMs = await measureCpuMs(async () => {
            const result = await test.run('session:sign-in', test.anonymous(), { email, password });
            bodies.add(JSON.stringify(result.ok ? 'OK' : { ...result.error, requestId: '' }));
          });
          if (round > 0) times.get(title)!.push(cpuMs);
        }
      }
      expect(bodies.size).to.equal(1);
      expect([...bodies][0]).to.contain('UNAUTHENTICATED');
      const medians = [...times.values()].map(medianOf);
      expect(Math.max(...medians) / Math.min(...medians), `medians ${medians.join(', ')} ms`).to.be.lessThan(1.15);
    });

    it('AUTH-05 a disabled person is refused at every entry', async () => {
      const { tenantId, owner } = await addBusiness(test);
      const person = await addPerson(test, tenantId, 'admin');
      const { session, jar } = await signIn(test, person.email);
      dataOf(await test.run('password:forgot', test.anonymous(), { email: person.email }));
      const resetToken = (await test.mails()).at(-1)!.text.match(/#reset=([\w-]{43})/)![1]!;
      const second = await addBusiness(test, 'Second');
      const { context } = await signIn(test, second.owner.email);
      dataOf(await test.run('invitation:create', context, { email: person.email, role: 'agent' }));
      const inviteToken = (await test.mails()).at(-1)!.text.match(/#invite=([\w-]{43})/)![1]!;

      await test.auth.provision.setUserDisabled(person.userId, true);

      const anonymous = (options = {}) => test.anonymous(options);
      const entries: [string, Promise<string>][] = [
        ['access token', accessCode(test, session.accessToken)],
        ['refresh', test.run('session:refresh', anonymous({ jar })).then(codeOf)],
        ['sign-in', test.run('session:sign-in', anonymous(), { email: person.email, password: PASSWORD }).then(codeOf)],
        ['reset', test.run('password:reset', anonymous(), { token: resetToken, password: PASSWORD }).then(codeOf)],
        [
          'invitation',
          test.run('invitation:accept', anonymous(), { token: inviteToken, password: PASSWORD }).then(codeOf),
        ],
      ];
      for (const [entry, code] of entries) expect(await code, entry).to.equal('UNAUTHENTICATED');
      expect(test.ended.at(-1)).to.include({ tenantId, reason: 'disabled' });
      expect(await test.tenancy.directory.listMembers(second)).to.have.length(1);
      expect(await accessCode(test, (await signIn(test, owner.email)).session.accessToken)).to.equal('OK');
    });

    it('AUTH-05 a removed or disabled member is refused at once, and old sessions stay dead after enabling', async () => {
      const { tenantId, owner } = await addBusiness(test);
      const { context } = await signIn(test, owner.email);
      const person = await addPerson(test, tenantId, 'agent');
      const { session, jar, context: own } = await signIn(test, person.email);
      const { membershipId: memberId } = own.actor;
      dataOf(await test.run('member:update', context, { memberId, disabled: true }));
      expect(await accessCode(test, session.accessToken)).to.equal('UNAUTHENTICATED');
      expect(
        codeOf(await test.run('session:sign-in', test.anonymous(), { email: person.email, password: PASSWORD })),
      ).to.equal('UNAUTHENTICATED');
      test.clock.advance(1_000);
      dataOf(await test.run('member:update', context, { memberId, disabled: false }));
      expect(codeOf(await test.run('session:refresh', test.anonymous({ jar })))).to.equal('UNAUTHENTICATED');
      const again = await signIn(test, person.email);
      dataOf(await test.run('member:remove', context, { memberId }));
      expect(await accessCode(test, again.session.accessToken)).to.equal('UNAUTHENTICATED');
      expect(codeOf(await test.run('session:refresh', test.anonymous({ jar: again.jar })))).to.equal('UNAUTHENTICATED');
    });

    it('AUD-01 AUD-03 every sign-in leaves a line, none of them a password, token or address', async () => {
      const { owner } = await addBusiness(test);
      test.logged.length = 0;
      const { session, jar } = await signIn(test, owner.email);
      await test.run('session:sign-in', test.anonymous(), { email: owner.email, password: WRONG });
      const log = test.logged.join('');
      expect(log).to.contain('"audit":"signed-in"').and.to.contain('"audit":"sign-in-failed"');
      for (const secret of [PASSWORD, WRONG, owner.email, session.accessToken, ...jar.cookies.values()]) {
        expect(log).not.to.contain(secret);
      }
    });
  });
});

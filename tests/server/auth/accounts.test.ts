import { expect } from 'chai';
import type { SessionDto } from '@frontdesk/protocol/auth';
import { REFRESH_COOKIE } from '@frontdesk/server/auth/index';
import {
  HASHING_TIMEOUT_MS,
  PASSWORD,
  TestJar,
  accessCode,
  addBusiness,
  codeOf,
  dataOf,
  measureCpuMs,
  medianOf,
  signIn,
  startTestCore,
  tokenOf,
  type TestCore,
} from '../../support/core.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let addresses = 0;
const newAddress = () => `person-${(addresses += 1)}@people.test`;

function buildSignUp(email: string, businessName = 'Corner Clinic') {
  return { email, password: PASSWORD, name: 'Aisha Rahman', businessName };
}

describe('accounts', function () {
  this.timeout(HASHING_TIMEOUT_MS);

  let test: TestCore;

  before(async () => {
    test = await startTestCore();
  });

  after(() => test.close());

  const countUsers = (email: string) => test.core.connection.models['User']!.countDocuments({ email });

  async function signUp(email: string): Promise<string> {
    dataOf(await test.run('account:sign-up', test.anonymous(), buildSignUp(email)));
    return tokenOf((await test.mails()).at(-1));
  }

  const verify = (token: string, jar = new TestJar()) =>
    test.run<SessionDto>('account:verify-email', test.anonymous({ jar }), { token });

  describe('sign-up', () => {
    it('makes nothing before the address is confirmed, and then user, business, owner and session', async () => {
      const email = newAddress();
      const token = await signUp(email);
      expect(await countUsers(email)).to.equal(0);
      const jar = new TestJar();
      const session = dataOf(await verify(token, jar));
      expect(session.user).to.include({ email, name: 'Aisha Rahman', hasPassword: true });
      expect(session.tenant.name).to.equal('Corner Clinic');
      expect(session.membership.role).to.equal('owner');
      expect(await accessCode(test, session.accessToken)).to.equal('OK');
      expect(jar.read(REFRESH_COOKIE)).not.to.equal(undefined);
      await signIn(test, email);
    });

    it('AUTH-07 a confirmation works once; of two clicks at once exactly one signs in', async () => {
      const token = await signUp(newAddress());
      const results = await Promise.all([verify(token), verify(token)]);
      expect(results.map(codeOf).sort()).to.deep.equal(['OK', 'RESET_REQUIRED']);
      expect(codeOf(await verify(token))).to.equal('RESET_REQUIRED');
      const opened = results.find((result) => result.ok)!;
      const { tenantId } = await test.staff(dataOf(opened).accessToken);
      expect(await test.tenancy.directory.listMembers({ tenantId })).to.have.length(1);
    });

    it('AUTH-07 a confirmation expires after an hour', async () => {
      const email = newAddress();
      const token = await signUp(email);
      test.clock.advance(HOUR_MS);
      expect(codeOf(await verify(token))).to.equal('RESET_REQUIRED');
      expect(await countUsers(email)).to.equal(0);
    });

    it('AUTH-04 a known address gets the same answer and another mail', async () => {
      const { owner } = await addBusiness(test);
      const known = await test.run('account:sign-up', test.anonymous(), buildSignUp(owner.email));
      const mail = (await test.mails()).at(-1)!;
      const unknown = await test.run('account:sign-up', test.anonymous(), buildSignUp(newAddress()));
      expect(known).to.deep.equal(unknown);
      expect(mail.to).to.contain(owner.email);
      expect(mail.subject).to.equal('You already have an account');
      expect(mail.text).not.to.match(/#\w+=/);
      await test.mails();
    });

    it('AUTH-04 known and unknown addresses take the same time', async () => {
      const times = { known: [] as number[], unknown: [] as number[] };
      for (let round = 0; round < 9; round += 1) {
        const { owner } = await addBusiness(test);
        for (const [kind, email] of [
          ['known', owner.email],
          ['unknown', newAddress()],
        ] as const) {
          const cpuMs = await measureCpuMs(async () => {
            dataOf(await test.run('account:sign-up', test.anonymous(), buildSignUp(email)));
          });
          if (round > 0) times[kind].push(cpuMs);
        }
      }
      const ratio = medianOf(times.known) / medianOf(times.unknown);
      expect(ratio).to.be.within(0.85, 1.15);
    });

    it('keeps what it must not know: the password is stored as a hash only, the token not at all', async () => {
      const email = newAddress();
      const token = await signUp(email);
      const stored = JSON.stringify(await test.core.connection.models['MailToken']!.find({ email }).lean());
      expect(stored).to.contain('$2b$12$');
      expect(stored).not.to.contain(PASSWORD).and.not.to.contain(token);
    });
  });

  describe('one mail per address', () => {
    let limited: TestCore;

    before(async () => {
      limited = await startTestCore({ limitMultiplier: 1 });
    });

    after(() => limited.close());

    it('AUTH-04 one mail in a quarter of an hour, whatever is asked, and the same answer each time', async () => {
      const { owner } = await addBusiness(limited);
      const answers = new Set<string>();
      for (let times = 0; times < 3; times += 1) {
        const context = limited.anonymous();
        answers.add(JSON.stringify(await limited.run('password:forgot', context, { email: owner.email })));
        answers.add(JSON.stringify(await limited.run('account:sign-up', context, buildSignUp(owner.email))));
      }
      expect([...answers]).to.deep.equal(['{"ok":true,"data":{"accepted":true}}']);
      expect((await limited.mails()).filter(({ to }) => to.includes(owner.email))).to.have.length(1);
    });

    it('AUTH-04 an invitation that must wait its turn is sent later, not lost', async () => {
      const { owner } = await addBusiness(limited);
      const { context } = await signIn(limited, owner.email);
      const email = newAddress();
      dataOf(await limited.run('account:sign-up', limited.anonymous(), buildSignUp(email)));
      dataOf(await limited.run('invitation:create', context, { email, role: 'agent' }));
      const toPerson = async () => (await limited.mails()).filter(({ to }) => to.includes(email));
      expect(await toPerson()).to.have.length(1);
      limited.clock.advance(15 * MINUTE_MS);
      const mails = await toPerson();
      expect(mails).to.have.length(2);
      expect(mails[1]!.text).to.contain('#invite=');
    });
  });

  describe('a new password', () => {
    async function forgot(email: string): Promise<string> {
      dataOf(await test.run('password:forgot', test.anonymous(), { email }));
      return tokenOf((await test.mails()).at(-1));
    }

    const reset = (token: string, password: string) =>
      test.run<SessionDto>('password:reset', test.anonymous(), { token, password });

    it('AUTH-04 an unknown address gets the same answer and no mail', async () => {
      const { owner } = await addBusiness(test);
      const before = (await test.mails()).length;
      const unknown = await test.run('password:forgot', test.anonymous(), { email: newAddress() });
      expect((await test.mails()).length).to.equal(before);
      const known = await test.run('password:forgot', test.anonymous(), { email: owner.email });
      expect((await test.mails()).length).to.equal(before + 1);
      expect(known).to.deep.equal(unknown);
    });

    it('SES-05 AUTH-07 a reset ends every session, signs in, and works once', async () => {
      const { owner } = await addBusiness(test);
      const before = await signIn(test, owner.email);
      const token = await forgot(owner.email);
      const session = dataOf(await reset(token, 'another horse battery'));
      expect(await accessCode(test, session.accessToken)).to.equal('OK');
      expect(await accessCode(test, before.session.accessToken)).to.equal('UNAUTHENTICATED');
      expect(codeOf(await test.run('session:refresh', test.anonymous({ jar: before.jar })))).to.equal(
        'UNAUTHENTICATED',
      );
      expect(codeOf(await reset(token, 'third horse battery'))).to.equal('RESET_REQUIRED');
      await signIn(test, owner.email, 'another horse battery');
    });

    it('AUTH-07 two resets at once: exactly one password is set', async () => {
      const { owner } = await addBusiness(test);
      const token = await forgot(owner.email);
      const results = await Promise.all([reset(token, 'first new password'), reset(token, 'second new password')]);
      expect(results.map(codeOf).sort()).to.deep.equal(['OK', 'RESET_REQUIRED']);
    });

    it('AUTH-07 a reset expires after an hour, and is no confirmation or invitation', async () => {
      const { owner } = await addBusiness(test);
      const token = await forgot(owner.email);
      expect(codeOf(await verify(token))).to.equal('RESET_REQUIRED');
      const accept = { token, password: PASSWORD, name: 'N' };
      expect(codeOf(await test.run('invitation:accept', test.anonymous(), accept))).to.equal('RESET_REQUIRED');
      test.clock.advance(HOUR_MS);
      expect(codeOf(await reset(token, 'another horse battery'))).to.equal('RESET_REQUIRED');
      await signIn(test, owner.email);
    });

    it('AUTH-07 a newer reset replaces nothing until used; using one voids the others', async () => {
      const { owner } = await addBusiness(test);
      const first = await forgot(owner.email);
      const second = await forgot(owner.email);
      expect(first).not.to.equal(second);
      dataOf(await reset(second, 'another horse battery'));
      expect(codeOf(await reset(first, 'third horse battery'))).to.equal('RESET_REQUIRED');
    });
  });

  describe('invitations', () => {
    async function invite(email: string, role = 'agent') {
      const { owner, tenantId } = await addBusiness(test, 'Corner Clinic');
      const { context } = await signIn(test, owner.email);
      dataOf(await test.run('invitation:create', context, { email, role }));
      return { tenantId, context, token: tokenOf((await test.mails()).at(-1)) };
    }

    const accept = (token: string, password: string, name?: string) =>
      test.run<SessionDto>('invitation:accept', test.anonymous(), { token, password, ...(name ? { name } : {}) });

    it('brings a new person in with the role that was offered', async () => {
      const email = newAddress();
      const { token, tenantId } = await invite(email, 'viewer');
      const description = dataOf(await test.run('invitation:describe', test.anonymous(), { token }));
      expect(description).to.deep.equal({ businessName: 'Corner Clinic', email, role: 'viewer', hasAccount: false });
      expect(codeOf(await accept(token, PASSWORD))).to.equal('VALIDATION');
      const session = dataOf(await accept(token, PASSWORD, 'Wei Ling'));
      expect(session.tenant.id).to.equal(tenantId);
      expect(session.membership.role).to.equal('viewer');
      expect(session.user.name).to.equal('Wei Ling');
    });

    it('AUTH-07 an invitation lives seven days and works once', async () => {
      const { token } = await invite(newAddress());
      test.clock.advance(7 * 24 * HOUR_MS - 1);
      dataOf(await accept(token, PASSWORD, 'Wei Ling'));
      expect(codeOf(await accept(token, PASSWORD, 'Wei Ling'))).to.equal('RESET_REQUIRED');
      const late = await invite(newAddress());
      test.clock.advance(7 * 24 * HOUR_MS);
      expect(codeOf(await accept(late.token, PASSWORD, 'Wei Ling'))).to.equal('RESET_REQUIRED');
    });

    it('an account that exists joins only with its own password', async () => {
      const { owner } = await addBusiness(test, 'First');
      const { token, tenantId } = await invite(owner.email);
      const description = dataOf(
        await test.run<{ hasAccount: boolean }>('invitation:describe', test.anonymous(), { token }),
      );
      expect(description.hasAccount).to.equal(true);
      expect(codeOf(await accept(token, 'a password of the thief', 'Thief'))).to.equal('UNAUTHENTICATED');
      await signIn(test, owner.email);
      const session = dataOf(await accept(token, PASSWORD, 'Ignored'));
      expect(session.tenant.id).to.equal(tenantId);
      expect(session.user.name).not.to.equal('Ignored');
      // The next sign-in goes to the business that the person worked in last.
      expect((await signIn(test, owner.email)).context.tenantId).to.equal(tenantId);
    });

    it('a revoked invitation opens nothing', async () => {
      const { token, context } = await invite(newAddress());
      const { invitations } = dataOf(await test.run<{ invitations: { id: string }[] }>('invitation:list', context));
      dataOf(await test.run('invitation:revoke', context, { invitationId: invitations[0]!.id }));
      expect(codeOf(await accept(token, PASSWORD, 'Wei Ling'))).to.equal('RESET_REQUIRED');
    });

    it('AUTH-04 inviting a member, a known and an unknown address is one answer', async () => {
      const { owner } = await addBusiness(test);
      const { context } = await signIn(test, owner.email);
      const other = await addBusiness(test, 'Other');
      const answers = [];
      for (const email of [owner.email, other.owner.email, newAddress()]) {
        answers.push(JSON.stringify(await test.run('invitation:create', context, { email, role: 'agent' })));
      }
      expect(new Set(answers).size).to.equal(1);
    });

    it('inviting twice renews the offer; the older mail opens nothing', async () => {
      const email = newAddress();
      const { token, context } = await invite(email, 'agent');
      dataOf(await test.run('invitation:create', context, { email, role: 'admin' }));
      const newer = tokenOf((await test.mails()).at(-1));
      expect(codeOf(await accept(token, PASSWORD, 'Wei Ling'))).to.equal('RESET_REQUIRED');
      expect(dataOf(await accept(newer, PASSWORD, 'Wei Ling')).membership.role).to.equal('admin');
    });
  });

  it('AUTH-07 links name the configured address and carry 256 bits in the fragment', async () => {
    await signUp(newAddress());
    const { text } = (await test.mails()).at(-1)!;
    const link = /https?:\/\/\S+/.exec(text)![0];
    expect(link).to.match(/^http:\/\/localhost:4400\/desk#verify=[\w-]{43}$/);
  });

  it('AUD-03 neither jobs nor logs hold a token, a password or an address', async () => {
    const email = newAddress();
    test.logged.length = 0;
    dataOf(await test.run('account:sign-up', test.anonymous(), buildSignUp(email)));
    const jobs = JSON.stringify(
      await test.core.connection.models['Job']!.find({}).setOptions({ crossTenant: 'test' }).lean(),
    );
    expect(jobs).to.contain('mail:send').and.not.to.contain(email);
    const token = tokenOf((await test.mails()).at(-1));
    dataOf(await verify(token));
    const log = test.logged.join('');
    expect(log).to.contain('account-created');
    for (const secret of [email, token, PASSWORD]) expect(log).not.to.contain(secret);
  });
});

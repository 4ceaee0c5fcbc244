import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect } from 'chai';
import { SignJWT, type JWTPayload } from 'jose';
import type { SessionDto } from '@frontdesk/protocol/auth';
import {
  HASHING_TIMEOUT_MS,
  PASSWORD,
  TestJar,
  addBusiness,
  codeOf,
  dataOf,
  signIn,
  startTestCore,
  tokenOf,
  type TestCore,
} from '../../support/core.js';

const CLIENT_ID = 'frontdesk-test.apps.googleusercontent.com';
const google = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

let people = 0;

interface Forgery {
  readonly claims?: JWTPayload;
  readonly key?: KeyObject;
  readonly kid?: string;
  readonly without?: string;
}

describe('Google accounts', function () {
  this.timeout(HASHING_TIMEOUT_MS);

  let test: TestCore;

  before(async () => {
    test = await startTestCore({
      env: { GOOGLE_CLIENT_ID: CLIENT_ID },
      googleCertificates: async () => ({
        current: google.publicKey.export({ type: 'spki', format: 'pem' }) as string,
      }),
    });
  });

  after(() => test.close());

  function buildPerson(): { sub: string; email: string } {
    people += 1;
    return { sub: `10000000000000000${people}`, email: `google-${people}@people.test` };
  }

  async function start(jar: TestJar): Promise<string> {
    const { clientId, nonce } = dataOf(
      await test.run<{ clientId: string; nonce: string }>('session:start-google', test.anonymous({ jar })),
    );
    expect(clientId).to.equal(CLIENT_ID);
    return nonce;
  }

  function sign(person: { sub: string; email: string }, nonce: string, forgery: Forgery = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims: JWTPayload = {
      iss: 'https://accounts.google.com',
      aud: CLIENT_ID,
      email_verified: true,
      name: 'Nurul Huda',
      iat: now - 10,
      exp: now + 3_600,
      nonce,
      ...person,
      ...forgery.claims,
    };
    if (forgery.without) delete claims[forgery.without];
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: forgery.kid ?? 'current' })
      .sign(forgery.key ?? google.privateKey);
  }

  async function signInGoogle(
    person: { sub: string; email: string },
    options: { businessName?: string; forgery?: Forgery; jar?: TestJar } = {},
  ) {
    const jar = options.jar ?? new TestJar();
    const credential = await sign(person, await start(jar), options.forgery);
    const { businessName } = options;
    const input = { credential, ...(businessName ? { businessName } : {}) };
    return test.run<SessionDto>('session:sign-in-google', test.anonymous({ jar }), input);
  }

  it('makes an owner and a business for a new person, and signs the same person in again', async () => {
    const person = buildPerson();
    const missing = await signInGoogle(person);
    expect(missing.ok ? {} : missing.error.fields).to.have.property('businessName');
    const first = dataOf(await signInGoogle(person, { businessName: 'Salon' }));
    expect(first.user).to.include({ email: person.email, name: 'Nurul Huda', hasPassword: false, hasGoogle: true });
    expect(first.membership.role).to.equal('owner');
    const second = dataOf(await signInGoogle(person));
    expect(second.user.id).to.equal(first.user.id);
    expect(second.tenant.id).to.equal(first.tenant.id);
    const third = dataOf(await signInGoogle(person, { businessName: 'Another' }));
    expect(third.tenant.id).to.equal(first.tenant.id);
  });

  const now = Math.floor(Date.now() / 1000);
  const forgeries: [title: string, forgery: Forgery][] = [
    ['another audience', { claims: { aud: 'other.apps.googleusercontent.com' } }],
    ['another issuer', { claims: { iss: 'https://evil.example' } }],
    ['an expired token', { claims: { iat: now - 7_200, exp: now - 3_600 } }],
    ['a token that ended a minute ago', { claims: { iat: now - 3_660, exp: now - 60 } }],
    ['a foreign key', { key: stranger.privateKey }],
    ['a foreign key under another kid', { key: stranger.privateKey, kid: 'stranger' }],
    ['a kid from the prototype', { kid: 'constructor' }],
    ['another nonce', { claims: { nonce: 'x'.repeat(43) } }],
    ['no nonce', { without: 'nonce' }],
    ['no sub', { without: 'sub' }],
    ['no exp', { without: 'exp' }],
    ['no aud', { without: 'aud' }],
    ['a start in the future', { claims: { iat: now + 3_600, exp: now + 7_200 } }],
  ];
  for (const [title, forgery] of forgeries) {
    it(`GOO-01 ${title} is refused`, async () => {
      const person = buildPerson();
      dataOf(await signInGoogle(person, { businessName: 'Salon' }));
      expect(codeOf(await signInGoogle(person, { forgery }))).to.equal('UNAUTHENTICATED');
    });
  }

  it('GOO-01 a changed payload, a missing signature and a shared-secret signature are refused', async () => {
    const person = buildPerson();
    const jar = new TestJar();
    const credential = await sign(person, await start(jar));
    const [head, body, tail] = credential.split('.') as [string, string, string];
    const changed = Buffer.from(body, 'base64url').toString().replace(person.sub, '1'.repeat(18));
    const pem = google.publicKey.export({ type: 'spki', format: 'pem' }) as string;
    const shared = await new SignJWT(JSON.parse(Buffer.from(body, 'base64url').toString()) as JWTPayload)
      .setProtectedHeader({ alg: 'HS256', kid: 'current' })
      .sign(Buffer.from(pem));
    const candidates = [`${head}.${Buffer.from(changed).toString('base64url')}.${tail}`, `${head}.${body}.`, shared];
    for (const candidate of candidates) {
      const input = { credential: candidate, businessName: 'Salon' };
      expect(codeOf(await test.run('session:sign-in-google', test.anonymous({ jar }), input))).to.equal(
        'UNAUTHENTICATED',
      );
    }
    const input = { credential, businessName: 'Salon' };
    expect(codeOf(await test.run('session:sign-in-google', test.anonymous({ jar }), input))).to.equal('OK');
  });

  it('GOO-01 a token is good in the browser that asked for it, and there once', async () => {
    const person = buildPerson();
    const jar = new TestJar();
    const credential = await sign(person, await start(jar));
    const input = { credential, businessName: 'Salon' };
    const elsewhere = new TestJar();
    await start(elsewhere);
    for (const other of [new TestJar(), elsewhere]) {
      const result = await test.run('session:sign-in-google', test.anonymous({ jar: other }), input);
      expect(codeOf(result)).to.equal('UNAUTHENTICATED');
    }
    dataOf(await test.run('session:sign-in-google', test.anonymous({ jar }), input));
    expect(codeOf(await test.run('session:sign-in-google', test.anonymous({ jar }), input))).to.equal(
      'UNAUTHENTICATED',
    );
  });

  it('GOO-02 the same address with another sub does not sign in, with or without a business name', async () => {
    const person = buildPerson();
    dataOf(await signInGoogle(person, { businessName: 'Salon' }));
    const impostor = { ...person, sub: '999' };
    expect(codeOf(await signInGoogle(impostor))).to.equal('CONFLICT');
    expect(codeOf(await signInGoogle(impostor, { businessName: 'Mine' }))).to.equal('CONFLICT');
  });

  it('GOO-02 an account with a password is not opened by its address', async () => {
    const { owner } = await addBusiness(test);
    const result = await signInGoogle({ sub: '888', email: owner.email }, { businessName: 'Mine' });
    expect(codeOf(result)).to.equal('CONFLICT');
  });

  it('GOO-02 the same sub with a new address is the same person', async () => {
    const person = buildPerson();
    const first = dataOf(await signInGoogle(person, { businessName: 'Salon' }));
    const moved = dataOf(await signInGoogle({ ...person, email: 'moved@people.test' }));
    expect(moved.user).to.deep.equal(first.user);
  });

  it('GOO-03 an unconfirmed address neither creates nor links', async () => {
    const forgery = { claims: { email_verified: false } };
    const person = buildPerson();
    expect(codeOf(await signInGoogle(person, { businessName: 'Salon', forgery }))).to.equal('FORBIDDEN');
    expect(
      codeOf(await signInGoogle(person, { businessName: 'Salon', forgery: { without: 'email_verified' } })),
    ).to.equal('FORBIDDEN');
    const { owner } = await addBusiness(test);
    const { context, jar } = await signIn(test, owner.email);
    const credential = await sign(person, await start(jar), forgery);
    const link = await test.run('google:link', context, { credential, currentPassword: PASSWORD });
    expect(codeOf(link)).to.equal('FORBIDDEN');
    expect(codeOf(await signInGoogle(person))).to.equal('VALIDATION');
  });

  it('links only with the password, and then opens the account', async () => {
    const person = buildPerson();
    const { owner } = await addBusiness(test);
    const { context, jar, session } = await signIn(test, owner.email);
    const credential = await sign(person, await start(jar));
    const wrong = { credential, currentPassword: 'wrong horse battery' };
    expect(codeOf(await test.run('google:link', context, wrong))).to.equal('REAUTH_REQUIRED');
    dataOf(await test.run('google:link', context, { credential, currentPassword: PASSWORD }));
    const opened = dataOf(await signInGoogle(person));
    expect(opened.user).to.include({ id: session.user.id, email: owner.email, hasGoogle: true });
  });

  it('GOO-02 a Google account opens one account only', async () => {
    const person = buildPerson();
    dataOf(await signInGoogle(person, { businessName: 'Salon' }));
    const { owner } = await addBusiness(test);
    const { context, jar } = await signIn(test, owner.email);
    const credential = await sign(person, await start(jar));
    const result = await test.run('google:link', context, { credential, currentPassword: PASSWORD });
    expect(codeOf(result)).to.equal('CONFLICT');
  });

  it('GOO-04 a sign-up that somebody else began for the address is void, and so is its password', async () => {
    const person = buildPerson();
    const input = { email: person.email, password: 'password of the attacker', name: 'A', businessName: 'B' };
    dataOf(await test.run('account:sign-up', test.anonymous(), input));
    const token = tokenOf((await test.mails()).at(-1));
    dataOf(await signInGoogle(person, { businessName: 'Salon' }));
    expect(codeOf(await test.run('account:verify-email', test.anonymous(), { token }))).to.equal('RESET_REQUIRED');
    const attempt = { email: person.email, password: input.password };
    expect(codeOf(await test.run('session:sign-in', test.anonymous(), attempt))).to.equal('UNAUTHENTICATED');
  });

  it('GOO-05 identity claims in the body are refused', async () => {
    const person = buildPerson();
    const jar = new TestJar();
    const credential = await sign(person, await start(jar));
    for (const extra of [
      { email: 'a@b.test' },
      { sub: '1' },
      { role: 'owner' },
      { tenantId: 'a'.repeat(24) },
      { email_verified: true },
    ]) {
      const result = await test.run('session:sign-in-google', test.anonymous({ jar }), { credential, ...extra });
      expect(codeOf(result), JSON.stringify(extra)).to.equal('VALIDATION');
    }
  });

  it('AUTH-05 a disabled person does not come in through Google', async () => {
    const person = buildPerson();
    const { user } = dataOf(await signInGoogle(person, { businessName: 'Salon' }));
    await test.auth.provision.setUserDisabled(user.id, true);
    expect(codeOf(await signInGoogle(person))).to.equal('UNAUTHENTICATED');
  });

  it('AUD-03 no log line quotes a token', async () => {
    test.logged.length = 0;
    const jar = new TestJar();
    const credential = await sign(buildPerson(), await start(jar), { key: stranger.privateKey });
    await test.run('session:sign-in-google', test.anonymous({ jar }), { credential });
    expect(test.logged.join('')).not.to.contain(credential.split('.')[1]);
  });

  it('refuses everybody while Google sign-in is off', async () => {
    const off = await startTestCore();
    const jar = new TestJar();
    const { clientId, nonce } = dataOf(
      await off.run<{ clientId: string | null; nonce: string }>('session:start-google', off.anonymous({ jar })),
    );
    expect(clientId).to.equal(null);
    const credential = await sign(buildPerson(), nonce);
    const result = await off.run('session:sign-in-google', off.anonymous({ jar }), { credential });
    expect(codeOf(result)).to.equal('UNAUTHENTICATED');
    await off.close();
  });
});

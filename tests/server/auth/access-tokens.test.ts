import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { SignJWT, decodeJwt, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { REFRESH_COOKIE } from '@frontdesk/server/auth/index';
import {
  accessCode,
  addBusiness,
  addPerson,
  signIn,
  startTestCore,
  type SignedIn,
  type TestCore,
} from '../../support/core.js';

describe('access tokens', () => {
  let test: TestCore;
  let person: SignedIn;
  let claims: JWTPayload;

  before(async () => {
    test = await startTestCore();
    const { owner } = await addBusiness(test);
    person = await signIn(test, owner.email);
    claims = decodeJwt(person.session.accessToken);
  });

  after(() => test.close());

  const secret = () => test.core.config.jwtSecrets[0]!;
  const header = (): JWTHeaderParameters => ({ alg: 'HS256', typ: 'at+jwt', kid: secret().kid });

  function sign(payload: JWTPayload, change: Partial<JWTHeaderParameters> = {}, key: Uint8Array = secret().secret) {
    const merged = { ...header(), ...change };
    const clean = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
    return new SignJWT(payload).setProtectedHeader(clean as JWTHeaderParameters).sign(key);
  }

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('SES-01 a token signed like ours is accepted, so the refusals below mean something', async () => {
    expect(await accessCode(test, await sign(claims))).to.equal('OK');
  });

  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
  const seconds = () => Math.floor(test.clock.now() / 1000);

  const forgeries: [title: string, build: () => Promise<string> | string | undefined][] = [
    ['nothing', () => undefined],
    ['an empty string', () => ''],
    ['no JWT at all', () => 'abc'],
    ['alg none', () => `${encode({ ...header(), alg: 'none' })}.${encode(claims)}.`],
    ['alg None', () => `${encode({ ...header(), alg: 'None' })}.${encode(claims)}.`],
    ['our header without a signature', () => `${encode(header())}.${encode(claims)}.`],
    ['another algorithm of the family', () => sign(claims, { alg: 'HS512' })],
    [
      'a changed payload',
      () => {
        const [head, , tail] = person.session.accessToken.split('.');
        return `${head}.${encode({ ...claims, role: 'owner' })}.${tail}`;
      },
    ],
    ['another key', () => sign(claims, {}, Buffer.alloc(32, 7))],
    ['an unknown kid', () => sign(claims, { kid: 'other' })],
    ['a kid from the prototype', () => sign(claims, { kid: '__proto__' })],
    ['no kid', () => sign(claims, { kid: undefined })],
    ['typ JWT', () => sign(claims, { typ: 'JWT' })],
    ['no typ', () => sign(claims, { typ: undefined })],
    ['another issuer', () => sign({ ...claims, iss: 'https://evil.example' })],
    ['another audience', () => sign({ ...claims, aud: 'frontdesk-visitor' })],
    ['a list of audiences', () => sign({ ...claims, aud: ['frontdesk-staff', 'other'] })],
    ...['iss', 'aud', 'exp', 'nbf', 'iat', 'sub', 'tid', 'mid', 'sid', 'ver'].map(
      (name): [string, () => Promise<string>] => [`no ${name}`, () => sign(without(name))],
    ),
    ['a start in the future', () => sign({ ...claims, nbf: seconds() + 60 })],
    ['an issue time in the future', () => sign({ ...claims, iat: seconds() + 60, exp: seconds() + 120 })],
    ['a life longer than ten minutes', () => sign({ ...claims, exp: Number(claims.iat) + 601 })],
    ['another business', () => sign({ ...claims, tid: 'a'.repeat(24) })],
    ['another person', () => sign({ ...claims, sub: 'a'.repeat(24) })],
    ['another session', () => sign({ ...claims, sid: 'a'.repeat(24) })],
    ['another membership', () => sign({ ...claims, mid: 'a'.repeat(24) })],
    ['an older membership', () => sign({ ...claims, ver: 0 })],
    ['an operator as tenant', () => sign({ ...claims, tid: { $ne: null } })],
    ['the refresh token', () => person.jar.read(REFRESH_COOKIE)],
    ['the secret of the refresh token', () => person.jar.read(REFRESH_COOKIE)!.split('.')[2]],
    ['a megabyte', () => 'a'.repeat(1_000_000)],
  ];
  for (const [title, build] of forgeries) {
    it(`SES-01 ${title} is refused`, async () => {
      expect(await accessCode(test, await build())).to.equal('UNAUTHENTICATED');
    });
  }

  it('SES-01 a session opens for its own member and person only, not for a colleague', async () => {
    const { tenantId } = person.context;
    const colleague = await signIn(test, (await addPerson(test, tenantId, 'agent')).email);
    const { mid, sub, ver } = decodeJwt(colleague.session.accessToken);
    for (const change of [{ mid, ver }, { sub }, { mid, ver, sub }]) {
      expect(await accessCode(test, await sign({ ...claims, ...change }))).to.equal('UNAUTHENTICATED');
    }
  });

  it('SES-01 a public key used as a shared secret is refused', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
    const signed = await new SignJWT(claims).setProtectedHeader({ ...header(), alg: 'RS256' }).sign(privateKey);
    expect(await accessCode(test, signed)).to.equal('UNAUTHENTICATED');
    expect(await accessCode(test, await sign(claims, {}, Buffer.from(pem)))).to.equal('UNAUTHENTICATED');
  });

  it('SES-01 the role in a token is nothing: the store says what somebody may do', async () => {
    const { actor } = await test.staff(await sign({ ...claims, role: 'viewer', inboxIds: [] }));
    expect(actor.role).to.equal('owner');
    expect(actor.inboxIds).to.equal(null);
  });

  it('SES-01 a retired key still opens until its tokens are over, an unlisted one does not', async () => {
    const other = { kid: 'older', secret: Buffer.alloc(48, 3) };
    const rotated = await startTestCore({
      env: { JWT_SECRETS: `newer:${'n'.repeat(20)}${'m'.repeat(30)},older:${'o'.repeat(20)}${'p'.repeat(30)}` },
    });
    const { owner } = await addBusiness(rotated);
    const own = await signIn(rotated, owner.email);
    const payload = decodeJwt(own.session.accessToken);
    const older = rotated.core.config.jwtSecrets[1]!;
    const build = (key: Uint8Array) =>
      new SignJWT(payload).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'older' }).sign(key);
    expect(await accessCode(rotated, await build(older.secret))).to.equal('OK');
    expect(await accessCode(rotated, await build(other.secret))).to.equal('UNAUTHENTICATED');
    await rotated.close();
  });
});

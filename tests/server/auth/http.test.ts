import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect } from 'chai';
import { SignJWT } from 'jose';
import type { SessionDto } from '@frontdesk/protocol/auth';
import { HEADERS, commandPath } from '@frontdesk/protocol/command';
import { HASHING_TIMEOUT_MS, PASSWORD } from '../../support/core.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';
import { cookieOf, signIn } from '../../support/workspace.js';

const CLIENT_ID = 'frontdesk-test.apps.googleusercontent.com';
const google = generateKeyPairSync('rsa', { modulusLength: 2048 });
const OWNER = 'owner@salon.test';

describe('auth over HTTP', function () {
  this.timeout(HASHING_TIMEOUT_MS);
  let test: TestServer;

  before(async () => {
    test = await startTestServer({
      env: { GOOGLE_CLIENT_ID: CLIENT_ID },
      googleCertificates: async () => ({
        current: google.publicKey.export({ type: 'spki', format: 'pem' }) as string,
      }),
    });
    const { auth, tenancy } = test.server;
    const { id: userId } = await auth.provision.createUser({ email: OWNER, name: 'Owner', password: PASSWORD });
    await tenancy.provision.createTenant({ name: 'Salon', owner: { userId, name: 'Owner', email: OWNER } });
  });

  after(() => test.close());

  function refresh(headers: Readonly<Record<string, string>>): Promise<Response> {
    const path = commandPath({ audience: 'public', name: 'session:refresh' });
    const json = { 'Content-Type': 'application/json' };
    return fetch(`${test.url}${path}`, { method: 'POST', headers: { ...json, ...headers }, body: '{}' });
  }

  it('SES-06 the refresh cookie is __Host-, Secure, HttpOnly and SameSite', async () => {
    const answer = await callHttp(
      test.url,
      'session:sign-in',
      { email: OWNER, password: PASSWORD },
      { audience: 'public' },
    );
    const [cookie] = answer.headers.getSetCookie();
    const [pair, ...attributes] = cookie!.split('; ');
    expect(pair).to.match(/^__Host-frontdesk-refresh=[0-9a-f]{24}\.[0-9a-f]{24}\.[\w-]{43}$/);
    expect(attributes).to.include.members(['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax']);
    expect(cookie).not.to.match(/domain=/i);
  });

  it('SES-06 without our header or from another origin the cookie is worth nothing, and stays good', async () => {
    const { cookie } = await signIn(test.url, OWNER);
    const refusals: Readonly<Record<string, string>>[] = [
      { Cookie: cookie },
      { Cookie: cookie, [HEADERS.csrf]: '1', Origin: 'https://evil.example' },
      { Cookie: cookie, [HEADERS.csrf]: '1', Origin: 'null' },
    ];
    for (const headers of refusals) {
      const answer = await refresh(headers);
      expect(answer.status).to.equal(403);
      expect(answer.headers.getSetCookie()).to.deep.equal([]);
    }
    expect((await refresh({ Cookie: cookie, [HEADERS.csrf]: '1', Origin: test.url })).status).to.equal(200);
  });

  it('SES-04 a signed-out cookie and its access token are refused by the very next request', async () => {
    const { session, cookie } = await signIn(test.url, OWNER);
    dataOf(await callHttp(test.url, 'session:sign-out', {}, { audience: 'public', cookie }));
    expect((await refresh({ Cookie: cookie, [HEADERS.csrf]: '1' })).status).to.equal(401);
    const read = await callHttp(test.url, 'session:read', {}, { audience: 'staff', token: session.accessToken });
    expect(read.status).to.equal(401);
  });

  it('AUTH-02 a refused sign-in says when to come back', async () => {
    const limited = await startTestServer({ env: { RATE_LIMIT_MULTIPLIER: '1' } });
    const attempt = () =>
      callHttp(limited.url, 'session:sign-in', { email: OWNER, password: 'wrong password' }, { audience: 'public' });
    const statuses = [];
    for (let tries = 0; tries < 5; tries += 1) statuses.push((await attempt()).status);
    const last = await attempt();
    await limited.close();
    expect(statuses).to.deep.equal([401, 401, 401, 401, 401]);
    expect(last.status).to.equal(429);
    expect(Number(last.headers.get('Retry-After'))).to.be.within(1, 900);
  });

  it('LIM-01 a forged X-Forwarded-For does not make new guesses', async () => {
    const limited = await startTestServer({ env: { RATE_LIMIT_MULTIPLIER: '1' } });
    const statuses = [];
    for (let tries = 0; tries < 6; tries += 1) {
      const headers = { 'X-Forwarded-For': `203.0.113.${tries}`, Forwarded: `for=203.0.113.${tries}` };
      const input = { email: 'nobody@salon.test', password: 'wrong password' };
      const answer = await callHttp(limited.url, 'session:sign-in', input, { audience: 'public', headers });
      statuses.push(answer.status);
    }
    await limited.close();
    expect(statuses).to.deep.equal([401, 401, 401, 401, 401, 429]);
  });

  it('AUTH-07 a forged Host header does not reach a mailed link', async () => {
    // fetch sets Host itself, so this request is made one layer below.
    const status = await new Promise((resolve, reject) => {
      const path = commandPath({ audience: 'public', name: 'password:forgot' });
      const headers = {
        Host: 'evil.example',
        'X-Forwarded-Host': 'evil.example',
        'Content-Type': 'application/json',
        [HEADERS.csrf]: '1',
      };
      const call = request(`${test.url}${path}`, { method: 'POST', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      call.on('error', reject);
      call.end(JSON.stringify({ email: OWNER }));
    });
    expect(status).to.equal(202);
    await test.server.core.jobs.drain();
    const texts = readdirSync(test.mailDir).map((name) => readFileSync(join(test.mailDir, name), 'utf8'));
    expect(texts.some((text) => text.includes(`${test.url}/desk#reset=`))).to.equal(true);
    expect(texts.join('')).not.to.contain('evil.example');
  });

  it('links a Google account in the browser that asked for the nonce', async () => {
    const { session, cookie } = await signIn(test.url, OWNER);
    const started = await callHttp<{ nonce: string }>(test.url, 'session:start-google', {}, { audience: 'public' });
    const now = Math.floor(Date.now() / 1000);
    const credential = await new SignJWT({
      iss: 'https://accounts.google.com',
      aud: CLIENT_ID,
      sub: '42',
      email: 'owner@gmail.test',
      email_verified: true,
      nonce: dataOf(started).nonce,
      iat: now,
      exp: now + 600,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'current' })
      .sign(google.privateKey);
    const input = { credential, currentPassword: PASSWORD };
    const token = session.accessToken;
    const without = await callHttp(test.url, 'google:link', input, { audience: 'staff', token, cookie });
    expect(without.status).to.equal(401);
    const nonceCookie = cookieOf(started.headers);
    dataOf(await callHttp(test.url, 'google:link', input, { audience: 'staff', token, cookie: nonceCookie }));
    const read = await callHttp<Pick<SessionDto, 'user'>>(test.url, 'session:read', {}, { audience: 'staff', token });
    expect(dataOf(read).user.hasGoogle).to.equal(true);
  });
});

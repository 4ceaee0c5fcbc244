/**
 * WID-01..03, WID-09, SES-06, OPS-01, INJ-01, INJ-03, INJ-04, INJ-06, LIM-01 over HTTP, against a whole server. Longer than
 * 400 lines because it is one list of requests and the answers that each must get.
 */
import { request as httpRequest } from 'node:http';
import { expect } from 'chai';
import { listCommands } from '@frontdesk/protocol/catalogue';
import { HEADERS, type Audience } from '@frontdesk/protocol/command';
import { callHttp, startTestServer, type CallOptions, type TestServer } from '../support/server.js';
import { buildTenant, cookieOf, PASSWORD, type TenantFixture } from '../support/workspace.js';
import { buildInput, idsOf } from './inputs.js';

const overHttp = listCommands().filter((command) => command.transports.includes('http'));

describe('HTTP surface', function httpSurface() {
  this.timeout(60_000);
  let app: TestServer;
  let tenant: TenantFixture;

  before(async () => {
    app = await startTestServer();
    tenant = await buildTenant(app, 'shop');
  });
  after(() => app.close());

  function optionsFor(audience: Audience): CallOptions {
    if (audience === 'staff') return { audience, token: tenant.members.owner.accessToken };
    if (audience === 'visitor') {
      return { audience, token: tenant.visitor.token, site: tenant.site.publicKey, origin: tenant.site.origin };
    }
    if (audience === 'device') return { audience, token: tenant.kiosk.token };
    if (audience === 'ticket') return { audience, token: tenant.ticketToken };
    return { audience };
  }

  describe('origins', () => {
    const foreign: Record<string, (origin: string) => string | undefined> = {
      'another site': () => 'https://evil.example',
      null: () => 'null',
      missing: () => undefined,
      'a sub-domain': (origin) => origin.replace('https://', 'https://sub.'),
      'a suffix trick': (origin) => `${origin}.evil.example`,
      'a prefix trick': (origin) => origin.replace('https://', 'https://evil-'),
      'another port': (origin) => `${origin}:8443`,
      'another scheme': (origin) => origin.replace('https:', 'http:'),
      'a trailing dot': (origin) => `${origin}.`,
      'a look-alike letter': (origin) => origin.replace('shop', 'shоp').replace('о', 'xn--'),
      userinfo: (origin) => origin.replace('https://', 'https://user@'),
      'two origins': (origin) => `${origin}, https://evil.example`,
    };
    for (const [name, make] of Object.entries(foreign)) {
      it(`WID-01 CH-18 refuses ${name}`, async () => {
        const origin = make(tenant.site.origin);
        const { origin: _own, ...rest } = optionsFor('visitor');
        const answer = await callHttp(
          app.url,
          'site:describe',
          {},
          { ...rest, ...(origin === undefined ? {} : { origin }) },
        );
        expect(answer.status).to.equal(403);
        expect(answer.result).to.have.nested.property('error.code', 'ORIGIN_NOT_ALLOWED');
        expect(answer.headers.get('access-control-allow-origin')).to.equal(null);
      });
    }

    it('WID-01 an upper-case or default-port spelling of the same origin is the same origin', async () => {
      const answer = await callHttp(app.url, 'site:describe', {}, optionsFor('visitor'));
      expect(answer.status).to.equal(200);
    });

    it('WID-02 answers the visitor API with the exact origin, Vary, and no credentials', async () => {
      const answer = await callHttp(app.url, 'site:describe', {}, optionsFor('visitor'));
      expect(answer.headers.get('access-control-allow-origin')).to.equal(tenant.site.origin);
      expect(answer.headers.get('vary')).to.match(/\bOrigin\b/);
      expect(answer.headers.get('access-control-allow-credentials')).to.equal(null);
    });

    it('WID-02 answers a preflight only for an allowed origin', async () => {
      const preflight = (origin: string) =>
        fetch(`${app.url}/v1/visitor/message:send?site=${tenant.site.publicKey}`, {
          method: 'OPTIONS',
          headers: {
            Origin: origin,
            'Access-Control-Request-Method': 'POST',
            'Access-Control-Request-Headers': 'authorization,idempotency-key',
          },
        });
      const allowed = await preflight(tenant.site.origin);
      expect(allowed.status).to.equal(204);
      expect(allowed.headers.get('access-control-allow-origin')).to.equal(tenant.site.origin);
      expect(allowed.headers.get('access-control-allow-headers')).to.include(HEADERS.idempotencyKey);
      const refused = await preflight('https://evil.example');
      expect(refused.status).to.equal(403);
      expect(refused.headers.get('access-control-allow-origin')).to.equal(null);
    });

    it('WID-02 the staff and public API answer no other origin, with no wildcard', async () => {
      for (const audience of ['staff', 'public'] as const) {
        const name = audience === 'staff' ? 'tenant:read' : 'session:refresh';
        const foreignOrigin = await callHttp(
          app.url,
          name,
          {},
          { ...optionsFor(audience), origin: tenant.site.origin },
        );
        expect(foreignOrigin.status).to.equal(403);
        expect(foreignOrigin.headers.get('access-control-allow-origin')).to.equal(null);
        const own = await callHttp(app.url, name, {}, { ...optionsFor(audience), origin: app.url });
        expect(own.status).to.not.equal(403);
        expect(own.headers.get('access-control-allow-origin')).to.equal(null);
      }
    });
  });

  describe('public key', () => {
    it('WID-03 the site key alone opens no list, no other visitor and no secret', async () => {
      const options = { ...optionsFor('visitor'), token: 'A'.repeat(43) };
      const list = await callHttp<{ conversations: unknown[] }>(app.url, 'conversation:list', {}, options);
      expect(list.result).to.deep.equal({ ok: true, data: { conversations: [] } });
      const log = await callHttp(
        app.url,
        'conversation:sync',
        { conversationId: tenant.conversation.id, epoch: null, after: 0 },
        options,
      );
      expect(log.result).to.have.nested.property('error.code', 'NOT_FOUND');
      const described = await callHttp<object>(app.url, 'site:describe', {}, options);
      expect(Object.keys((described.result as { data: object }).data).sort()).to.deep.equal([
        'greeting',
        'locale',
        'name',
        'online',
        'requireIdentity',
        'theme',
      ]);
    });

    for (const command of overHttp.filter(({ audience }) => audience === 'staff')) {
      it(`WID-03 the site key is no credential for ${command.name}`, async () => {
        const answer = await callHttp(app.url, command.name, buildInput(command, idsOf(tenant)), {
          audience: 'staff',
          token: tenant.site.publicKey,
          site: tenant.site.publicKey,
        });
        expect(answer.status).to.equal(401);
      });
    }
  });

  describe('cookies', () => {
    it('SES-06 the refresh cookie is __Host-, Secure, HttpOnly and SameSite', async () => {
      const answer = await callHttp(
        app.url,
        'session:sign-in',
        { email: tenant.members.owner.email, password: PASSWORD },
        { audience: 'public' },
      );
      const [cookie] = answer.headers.getSetCookie();
      expect(cookie).to.match(/^__Host-/);
      for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).to.include(attribute);
      expect(cookie).not.to.match(/Domain/i);
    });

    it('SES-06 cookie endpoints refuse a request without the custom header or from another origin', async () => {
      const signedIn = await callHttp(
        app.url,
        'session:sign-in',
        { email: tenant.members.owner.email, password: PASSWORD },
        { audience: 'public' },
      );
      const cookie = cookieOf(signedIn.headers);
      const bare = await fetch(`${app.url}/v1/public/session:refresh`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Cookie: cookie },
        body: '{}',
      });
      expect(bare.status).to.equal(403);
      const crossSite = await callHttp(
        app.url,
        'session:refresh',
        {},
        { audience: 'public', cookie, origin: 'https://evil.example' },
      );
      expect(crossSite.status).to.equal(403);
      const own = await callHttp(app.url, 'session:refresh', {}, { audience: 'public', cookie, origin: app.url });
      expect(own.status).to.equal(200);
    });
  });

  describe('headers', () => {
    const paths = [
      '/desk',
      '/desk/agenda',
      '/desk/counter',
      '/desk/settings',
      '/display',
      '/t',
      '/join',
      '/booking',
      '/health',
      '/ready',
      '/nothing-here',
      '/v1/staff/tenant:read',
      '/v1/visitor/site:describe',
      '/widgets/none.js',
      '/openapi.json',
    ];
    for (const path of paths) {
      it(`WID-09 ${path} carries the whole set, errors included`, async () => {
        const { headers } = await fetch(`${app.url}${path}`);
        const policy = headers.get('content-security-policy')!;
        expect(policy)
          .to.include("default-src 'none'")
          .and.include("frame-ancestors 'none'")
          .and.include("require-trusted-types-for 'script'");
        expect(policy).not.to.match(/unsafe-|\*/);
        expect(headers.get('x-content-type-options')).to.equal('nosniff');
        expect(headers.get('referrer-policy')).to.equal('no-referrer');
        expect(headers.get('cross-origin-opener-policy')).to.equal('same-origin');
        expect(headers.get('permissions-policy')).to.include('camera=()');
        expect(headers.get('x-powered-by')).to.equal(null);
      });
    }

    it('WID-09 HSTS is sent where the public URL is https', async () => {
      const secure = await startTestServer({ env: { PUBLIC_URL: 'https://desk.example' } });
      try {
        const { headers } = await fetch(
          `http://localhost:${(secure.server.http.address() as { port: number }).port}/health`,
        );
        expect(headers.get('strict-transport-security')).to.match(/max-age=31536000/);
      } finally {
        await secure.close();
      }
    });
  });

  describe('errors', () => {
    const LEAKS =
      /node_modules|at \w+ \(|\.js:\d|\.ts:\d|mongo|mongoose|express|socket\.io|\/(?:home|usr|var|tmp)\/|Error:|E11000|stack/i;

    async function send(path: string, init: RequestInit): Promise<{ status: number; text: string }> {
      const response = await fetch(`${app.url}${path}`, init);
      return { status: response.status, text: await response.text() };
    }
    const json = { 'Content-Type': 'application/json', [HEADERS.csrf]: '1' };
    const bad: Record<string, [string, RequestInit, number]> = {
      'an unknown path': ['/wp-login.php', {}, 404],
      'an unknown command': ['/v1/public/session:steal', { method: 'POST', headers: json, body: '{}' }, 404],
      'an unknown audience': ['/v1/root/session:sign-in', { method: 'POST', headers: json, body: '{}' }, 404],
      'a prototype name as command': ['/v1/public/constructor', { method: 'POST', headers: json, body: '{}' }, 404],
      'a prototype name as audience': ['/v1/__proto__/x', { method: 'POST', headers: json, body: '{}' }, 404],
      'broken JSON': ['/v1/public/session:sign-in', { method: 'POST', headers: json, body: '{"email":' }, 400],
      'a JSON string': ['/v1/public/session:sign-in', { method: 'POST', headers: json, body: '"x"' }, 400],
      'another type': [
        '/v1/public/session:sign-in',
        { method: 'POST', headers: { ...json, 'Content-Type': 'text/plain' }, body: 'x' },
        415,
      ],
      'a form': [
        '/v1/public/session:sign-in',
        { method: 'POST', headers: { ...json, 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'email=x' },
        415,
      ],
      'another charset': [
        '/v1/public/session:sign-in',
        { method: 'POST', headers: { ...json, 'Content-Type': 'application/json; charset=koi8-r' }, body: '{}' },
        415,
      ],
      'a body of 200 kB': [
        '/v1/public/session:sign-in',
        { method: 'POST', headers: json, body: JSON.stringify({ email: 'x'.repeat(200_000) }) },
        413,
      ],
      'the wrong method': ['/v1/public/session:sign-in', { method: 'PUT', headers: json, body: '{}' }, 405],
      'a malformed percent code': ['/v1/public/%E0%A4%A', { method: 'POST', headers: json, body: '{}' }, 400],
      'a path that climbs': ['/widgets/..%2f..%2fpackage.json', {}, 404],
    };
    for (const [name, [path, init, status]] of Object.entries(bad)) {
      it(`OPS-01 answers ${name} with ${status} and nothing of its inside`, async () => {
        const answer = await send(path, init);
        expect(answer.status).to.equal(status);
        expect(answer.text).not.to.match(LEAKS);
        expect(JSON.parse(answer.text)).to.have.nested.property('error.requestId').that.is.a('string');
      });
    }

    it('OPS-01 TRACE, metrics and health details are not to be had', async () => {
      const traced = await new Promise<number>((resolve, reject) => {
        const request = httpRequest(`${app.url}/health`, { method: 'TRACE' }, (response) => {
          response.resume();
          resolve(response.statusCode!);
        });
        request.on('error', reject);
        request.end();
      });
      expect(traced).to.be.oneOf([404, 405]);
      expect((await send('/metrics', {})).status).to.equal(404);
      expect((await send('/health', {})).text).to.equal('{"ok":true}');
    });

    it('OPS-01 production publishes no documents unless the operator says so', async () => {
      const production = await startTestServer({
        env: { NODE_ENV: 'production', PUBLIC_URL: 'https://desk.example', JWT_SECRETS: `k1:${'q9Zx'.repeat(12)}` },
      });
      try {
        const { port } = production.server.http.address() as { port: number };
        expect((await fetch(`http://localhost:${port}/openapi.json`)).status).to.equal(404);
      } finally {
        await production.close();
      }
    });
  });

  describe('injection', () => {
    const OPERATORS: unknown[] = [
      { $gt: '' },
      { $ne: null },
      { $regex: '^' },
      { $nor: [{}] },
      { $where: '1' },
      ['x'],
      [],
      null,
      true,
      7,
    ];

    /** Every path to a string in the input, arrays and objects included. */
    function stringPaths(value: unknown, path: readonly string[] = []): string[][] {
      if (typeof value === 'string') return [[...path]];
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([key, inner]) => stringPaths(inner, [...path, key]));
    }

    function withValueAt(
      input: Record<string, unknown>,
      path: readonly string[],
      value: unknown,
    ): Record<string, unknown> {
      const copy = structuredClone(input);
      let target: Record<string, unknown> = copy;
      for (const step of path.slice(0, -1)) target = target[step] as Record<string, unknown>;
      target[path.at(-1)!] = value;
      return copy;
    }

    for (const command of overHttp) {
      for (const path of stringPaths(buildInput(command, idsOfNobody()))) {
        it(`INJ-01 ${command.audience} ${command.name}: no operator passes as ${path.join('.')}`, async () => {
          const input = buildInput(command, idsOf(tenant));
          for (const operator of OPERATORS) {
            // null is a legitimate value of a few nullable fields; it reaches no query as an operator.
            const answer = await callHttp(
              app.url,
              command.name,
              withValueAt(input, path, operator),
              optionsFor(command.audience),
            );
            if (operator === null && answer.status !== 400) continue;
            expect([400, 401], `${JSON.stringify(operator)} → ${JSON.stringify(answer.result)}`).to.include(
              answer.status,
            );
          }
        });
      }

      it(`INJ-03 ${command.audience} ${command.name}: prototype keys, dotted keys and $-keys are refused`, async () => {
        const input = JSON.stringify(buildInput(command, idsOf(tenant)));
        for (const extra of [
          '"__proto__":{"x":1}',
          '"constructor":{"prototype":{"x":1}}',
          '"a.b":1',
          '"$set":{"x":1}',
        ]) {
          const body = input === '{}' ? `{${extra}}` : `${input.slice(0, -1)},${extra}}`;
          const answer = await sendRaw(command.name, body, optionsFor(command.audience));
          // JSON.parse makes an own `__proto__` key, which strict schemas refuse as unknown or drop; either way nothing is polluted.
          expect([400, 401], extra).to.include(answer);
        }
        expect(({} as { x?: unknown }).x).to.equal(undefined);
      });

      it(`INJ-04 INJ-06 ${command.audience} ${command.name}: nobody sets what is not theirs to set`, async () => {
        const extras = {
          populate: 'user',
          sort: '-at',
          select: '+passwordHash',
          fields: 'x',
          role2: 'owner',
          seq: 1,
          at: 'now',
          verified: true,
          state: 'done',
          price: 0,
          _id: 'x',
        };
        for (const [field, value] of Object.entries(extras)) {
          const input = { ...buildInput(command, idsOf(tenant)), [field]: value };
          const answer = await callHttp(app.url, command.name, input, optionsFor(command.audience));
          expect(answer.result, field).to.have.nested.property('error.code', 'VALIDATION');
        }
      });
    }

    async function sendRaw(name: string, body: string, options: CallOptions): Promise<number> {
      const query = options.site ? `?site=${options.site}` : '';
      const response = await fetch(`${app.url}/v1/${options.audience}/${name}${query}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          [HEADERS.csrf]: '1',
          ...(options.token ? { Authorization: `Bearer ${options.token}` } : {}),
          ...(options.origin ? { Origin: options.origin } : {}),
        },
        body,
      });
      await response.arrayBuffer();
      return response.status;
    }
  });

  describe('limits', () => {
    it('LIM-01 a forged X-Forwarded-For does not make a new address', async () => {
      const strict = await startTestServer({ env: { RATE_LIMIT_MULTIPLIER: '0.2' } });
      try {
        const statuses: number[] = [];
        for (let tries = 0; tries < 20; tries += 1) {
          const answer = await callHttp(
            strict.url,
            'session:refresh',
            {},
            { audience: 'public', headers: { 'X-Forwarded-For': `198.51.100.${tries}` } },
          );
          statuses.push(answer.status);
          if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).to.be.greaterThan(0);
        }
        expect(statuses).to.include(429);
      } finally {
        await strict.close();
      }
    });
  });
});

/** Titles are made before the tenant exists; only the shape of the input matters for them. */
function idsOfNobody() {
  const id = '0'.repeat(24);
  return {
    memberId: id,
    sessionId: id,
    siteId: id,
    invitationId: id,
    teamId: id,
    conversationId: id,
    locationId: id,
    serviceId: id,
    bookingServiceId: id,
    resourceId: id,
    poolId: id,
    blockId: id,
    bookingId: id,
    classSessionId: id,
    classEnrolmentId: id,
    counterId: id,
    ticketId: id,
    deviceId: id,
    webhookId: id,
    apiKeyId: id,
    cardId: id,
    epoch: null,
  };
}

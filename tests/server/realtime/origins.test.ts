import { request } from 'node:http';
import { expect } from 'chai';
import { startTestServer, type TestServer } from '../../support/server.js';
import { openShop, SHOP_ORIGIN, type Shop } from '../../support/sockets.js';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

describe('socket origins', () => {
  let test: TestServer;
  let shop: Shop;

  before(async () => {
    test = await startTestServer();
    shop = await openShop(test);
  });
  after(() => test.close());

  function ask(path: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request(new URL(path, test.url), { method, headers, agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      asked.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve({ status: 101, headers: response.headers, body: '' });
      });
      asked.on('error', reject);
      asked.end();
    });
  }

  const poll = (query: string, headers: Record<string, string>, method = 'GET') =>
    ask(`/socket.io/?EIO=4&transport=polling${query}`, headers, method);
  const upgrade = (query: string, headers: Record<string, string>) =>
    ask(`/socket.io/?EIO=4&transport=websocket${query}`, {
      ...headers,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    });
  const site = () => `&site=${shop.site.publicKey}`;

  const foreign: [string, string | undefined][] = [
    ['another host', 'https://evil.example'],
    ['a sub-domain', 'https://a.shop.example'],
    ['a look-alike', 'https://shop.example.evil.example'],
    ['another port', 'https://shop.example:8443'],
    ['another scheme', 'http://shop.example'],
    ['a trailing dot', 'https://shop.example.'],
    ['an international look-alike', 'https://shоp.example'],
    ['null', 'null'],
    ['no Origin at all', undefined],
  ];
  for (const [title, origin] of foreign) {
    it(`WID-01 CH-18 refuses ${title} over polling and over WebSocket`, async () => {
      const headers: Record<string, string> =
        origin === undefined ? {} : { Origin: Buffer.from(origin).toString('latin1') };
      for (const answer of [await poll(site(), headers), await upgrade(site(), headers)]) {
        expect(answer.status).to.equal(403);
        expect(JSON.parse(answer.body)).to.have.nested.property('error.code', 'ORIGIN_NOT_ALLOWED');
        expect(answer.headers['access-control-allow-origin']).to.equal(undefined);
      }
    });
  }

  it('WID-01 the allowed origin gets in both ways; case of the host does not matter to a browser', async () => {
    expect((await poll(site(), { Origin: SHOP_ORIGIN })).status).to.equal(200);
    expect((await upgrade(site(), { Origin: SHOP_ORIGIN })).status).to.equal(101);
  });

  it('WID-02 the answer echoes exactly the origin, varies by it and never allows credentials', async () => {
    const answer = await poll(site(), { Origin: SHOP_ORIGIN });
    expect(answer.headers['access-control-allow-origin']).to.equal(SHOP_ORIGIN);
    expect(answer.headers['vary']).to.equal('Origin');
    expect(answer.headers['access-control-allow-credentials']).to.equal(undefined);
    const preflight = await poll(site(), { Origin: SHOP_ORIGIN, 'Access-Control-Request-Method': 'POST' }, 'OPTIONS');
    expect(preflight.status).to.equal(204);
    expect(preflight.headers['access-control-allow-origin']).to.equal(SHOP_ORIGIN);
    const refused = await poll(site(), { Origin: 'https://evil.example' }, 'OPTIONS');
    expect(refused.status).to.equal(403);
  });

  it('WID-01 an unknown site, two sites, no purpose and a mixture are refused', async () => {
    const unknown = `&site=pk_${'A'.repeat(24)}`;
    for (const query of [unknown, `${site()}${site()}`, '', `${site()}&audience=staff`, '&audience=admin']) {
      expect((await poll(query, { Origin: SHOP_ORIGIN })).status, query).to.equal(403);
      expect((await upgrade(query, { Origin: SHOP_ORIGIN })).status, query).to.equal(403);
    }
  });

  it('WID-01 staff sockets open on our own origin only', async () => {
    for (const headers of [{ Origin: SHOP_ORIGIN }, { Origin: 'null' }, {}] as Record<string, string>[]) {
      expect((await poll('&audience=staff', headers)).status).to.equal(403);
      expect((await upgrade('&audience=staff', headers)).status).to.equal(403);
    }
    expect((await upgrade('&audience=staff', { Origin: test.url })).status).to.equal(101);
    const own = await poll('&audience=staff', { Origin: test.url });
    expect(own.status).to.equal(200);
    expect(own.headers['access-control-allow-origin']).to.equal(undefined);
  });

  it('SOC-05 a polling session answers only to where its handshake came from', async () => {
    const opened = await poll(site(), { Origin: SHOP_ORIGIN });
    const { sid } = JSON.parse(opened.body.slice(1)) as { sid: string };
    const other = await openShop(test);
    const thief = `&sid=${sid}&site=${other.site.publicKey}`;
    expect((await poll(thief, { Origin: SHOP_ORIGIN }, 'POST')).status).to.equal(403);
    expect((await poll(`&sid=${sid}&audience=staff`, { Origin: test.url })).status).to.equal(403);
    expect((await poll(`&sid=${sid}${site()}`, { Origin: 'https://evil.example' })).status).to.equal(403);
    expect((await poll(`&sid=unknown${site()}`, { Origin: SHOP_ORIGIN })).status).to.equal(400);
  });

  it('SOC-05 the old Engine.IO protocol is refused', async () => {
    const old = await ask(`/socket.io/?EIO=3&transport=polling${site()}`, { Origin: SHOP_ORIGIN });
    expect(old.status).to.equal(400);
  });

  it('serves no client bundle', async () => {
    expect((await ask('/socket.io/socket.io.js', { Origin: SHOP_ORIGIN })).status).to.be.oneOf([400, 403, 404]);
  });
});

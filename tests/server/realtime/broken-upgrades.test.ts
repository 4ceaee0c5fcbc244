import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { startTestServer, type TestServer } from '../../support/server.js';
import { openShop, SHOP_ORIGIN, type Shop } from '../../support/sockets.js';

describe('upgrades that break', () => {
  let test: TestServer;
  let shop: Shop;

  before(async () => {
    test = await startTestServer();
    shop = await openShop(test);
  });
  after(() => test.close());

  /** Sends an upgrade request; answers both ends of its connection, and the end of the server's. */
  async function upgrade(path: string): Promise<{ mine: Socket; closed: Promise<void> }> {
    const received = once(test.server.http, 'upgrade');
    const mine = connect({ port: Number(new URL(test.url).port), host: '127.0.0.1', allowHalfOpen: true });
    mine.on('error', () => {});
    mine.write(
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: ${SHOP_ORIGIN}\r\nConnection: Upgrade\r\n` +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const [, theirs] = (await received) as [unknown, Socket];
    // Not `once` of node:events: it listens to 'error' too, which is what these tests must leave to the server.
    return { mine, closed: new Promise((resolve) => theirs.once('close', () => resolve())) };
  }

  async function upgradeAndReset(path: string): Promise<void> {
    const { mine, closed } = await upgrade(path);
    mine.resetAndDestroy();
    await closed;
  }

  // An 'error' that nobody listens to ends the process; mocha reports it as a failure of the test that runs.
  it('SOC-05 a connection that is reset while its origin is being checked hurts nobody', async () => {
    const engine = `/socket.io/?EIO=4&transport=websocket&site=`;
    for (let round = 0; round < 10; round += 1) {
      await upgradeAndReset(`${engine}${shop.site.publicKey}`);
      await upgradeAndReset(`${engine}pk_${'Z'.repeat(24)}`);
      await upgradeAndReset(engine);
    }
    expect((await fetch(`${test.url}/health`)).status).to.equal(200);
  });

  it('SOC-05 who is refused and never closes their side holds no connection', async () => {
    for (const path of ['/socket.io/?EIO=4&transport=websocket', '/nowhere']) {
      const { mine, closed } = await upgrade(path);
      await closed;
      mine.destroy();
    }
  });

  it('SOC-05 a connection that is reset where nobody upgrades hurts nobody', async () => {
    await upgradeAndReset('/nowhere');
    expect((await fetch(`${test.url}/health`)).status).to.equal(200);
  });
});

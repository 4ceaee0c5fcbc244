import type { Socket } from 'node:net';
import { expect } from 'chai';
import WebSocket from 'ws';
import { createVisitorToken } from '@frontdesk/protocol/ids';
import { dataOf } from '../../support/chat.js';
import { startTestServer, type TestServer } from '../../support/server.js';
import { openShop, SHOP_ORIGIN, type Shop } from '../../support/sockets.js';

/** Sixteen kilobytes on the wire. */
const LARGE_BODY = '🙂'.repeat(4_000);
const MESSAGES = 800;

describe('a reader who does not read', () => {
  let test: TestServer;
  let shop: Shop;

  before(async () => {
    test = await startTestServer();
    shop = await openShop(test);
  });
  after(() => test.close());

  it('P14 is closed as SLOW_CONSUMER while others hear everything', async function () {
    this.timeout(60_000);
    const token = createVisitorToken();
    const writer = shop.visitor({ token });
    await writer.ready();
    const { conversation } = dataOf(await writer.call('conversation:start', { body: 'Hi' }));
    const url = `${test.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket&site=${shop.site.publicKey}`;
    const stalled = new WebSocket(url, { headers: { Origin: SHOP_ORIGIN } });
    const closed = new Promise<void>((resolve) => stalled.once('close', () => resolve()));
    const received: string[] = [];
    stalled.on('error', () => {});
    stalled.on('message', (data: Buffer) => received.push(data.toString().slice(0, 60)));
    await new Promise((resolve) => stalled.once('open', resolve));
    stalled.send(`40/visitor,${JSON.stringify({ site: shop.site.publicKey, token, protocol: 1 })}`);
    while (!received.some((frame) => frame.includes('session:ready'))) {
      await new Promise((resolve) => stalled.once('message', resolve));
    }
    const transport = (stalled as unknown as { _socket: Socket })._socket;
    transport.pause();
    for (let sent = 0; sent < MESSAGES; sent += 10) {
      const batch = Array.from({ length: 10 }, () =>
        writer.call('message:send', { conversationId: conversation.id, body: LARGE_BODY }),
      );
      for (const result of await Promise.all(batch)) dataOf(result);
    }
    await writer.until(
      'all messages',
      () => writer.heard.filter(({ name }) => name === 'entry:appended').length >= MESSAGES,
    );
    transport.resume();
    await closed;
    expect(received.filter((frame) => frame.includes('entry:appended')).length).to.be.lessThan(MESSAGES);
    writer.close();
  });
});

/** The ticket on a phone, against a whole server: opening, following, ringing, and a network that goes away. */
import { request } from 'node:http';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { closeBrowser, watchComplaints } from '../support/browser.js';
import { labelOf, openTicket, openWaitingRoom, placeOf, type WaitingRoom } from './support/waiting.js';

const OPENS_WITHIN_MS = 1_500;
const MAX_BYTES = 60_000;
/** "Slow 4G" as Lighthouse has it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW_4G);
}

/** Bytes of a body as it travels. */
function weigh(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { 'Accept-Encoding': 'gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (piece: Buffer) => (bytes += piece.length));
      response.on('end', () => resolve(bytes));
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('a ticket on a phone', function phone() {
  this.timeout(45_000);
  let room: WaitingRoom;

  before(async () => {
    room = await openWaitingRoom();
  });
  after(async () => {
    await room.close();
    await closeBrowser();
  });

  it('QP-1 opens from its code in at most 1.5 s on slow 4G, with at most 60 kB', async () => {
    const ticket = await room.branch.issue();
    const urls = new Set<string>();
    const { context, page } = await openTicket(room, ticket.token, {}, async (fresh) => {
      fresh.on('request', (asked) => asked.method() === 'GET' && urls.add(asked.url()));
      await slowDown(fresh);
      await fresh.addInitScript(() => performance.mark('start'));
    });
    await labelOf(page).waitFor();
    const shownMs = await page.evaluate(() => performance.now());
    expect(await labelOf(page).innerText()).to.equal(ticket.label);
    expect(shownMs).to.be.at.most(OPENS_WITHIN_MS);
    await page.waitForLoadState('networkidle');
    const files = [...urls].filter((url) => url.startsWith('http'));
    const sizes = await Promise.all(files.map(weigh));
    console.log(
      shownMs,
      files.length,
      sizes.reduce((sum, size) => sum + size, 0),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.at.most(MAX_BYTES);
    await context.close();
  });

  it('QP-2 shows the place of the dry run and follows it', async () => {
    const [first, mine] = [await room.branch.issue(), await room.branch.issue()];
    const { context, page } = await openTicket(room, mine.token);
    const complaints = watchComplaints(page);
    await placeOf(page).waitFor();
    console.log(await placeOf(page).innerText(), first.label);
    expect(complaints).to.deep.equal([]);
    await context.close();
  });
});

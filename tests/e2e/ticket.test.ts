/** The ticket on a phone, against a whole server: opening, following, ringing, and a network that goes away. */
import { request } from 'node:http';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { createTicketToken } from '@frontdesk/protocol/ids';
import { closeBrowser, watchComplaints } from '../support/browser.js';
import { until } from './support/stage.js';
import {
  buttonOf,
  callOf,
  goneOf,
  labelOf,
  openTicket,
  openWaitingRoom,
  placeOf,
  staleOf,
  type WaitingRoom,
} from './support/ticket-phones.js';

const OPENS_WITHIN_MS = 1_500;
const MAX_BYTES = 60_000;
const FOLLOWS_WITHIN_MS = 2_000;
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

/** Counts what a phone would feel and hear. */
async function listenForAlarms(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const felt = { vibrations: 0, tones: 0 };
    Object.assign(globalThis, { felt });
    navigator.vibrate = (pattern) => {
      if (pattern !== 0) felt.vibrations += 1;
      return true;
    };
    const create = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function count() {
      felt.tones += 1;
      return create.call(this);
    };
  });
}

const readAlarms = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { felt: { vibrations: number; tones: number } }).felt);

/** A phone whose screen the test turns off and on, with its clock. */
async function addLock(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let isHidden = false;
    let asleepMs = 0;
    const now = Date.now.bind(Date);
    Date.now = () => now() + asleepMs;
    Object.defineProperty(document, 'hidden', { get: () => isHidden });
    Object.defineProperty(document, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') });
    const turn = (hidden: boolean, ms: number): void => {
      isHidden = hidden;
      asleepMs += ms;
      document.dispatchEvent(new Event('visibilitychange'));
    };
    Object.assign(globalThis, { lock: () => turn(true, 0), unlock: (ms: number) => turn(false, ms) });
  });
}

describe('a ticket on a phone', function phone() {
  this.timeout(45_000);
  let room: WaitingRoom;

  beforeEach(async () => {
    room = await openWaitingRoom();
  });
  afterEach(() => room.close());
  after(closeBrowser);

  it('QP-1: opens from its code in at most 1.5 s on slow 4G, with at most 60 kB', async () => {
    const ticket = await room.branch.issue();
    const urls = new Set<string>();
    const { context, page } = await openTicket(room, ticket, {}, async (fresh) => {
      fresh.on('request', (asked) => asked.method() === 'GET' && urls.add(asked.url()));
      await slowDown(fresh);
      // When the number is painted, by the page's own clock.
      await fresh.addInitScript(() => {
        const look = (): void => {
          const view = document.querySelector('frontdesk-ticket')?.shadowRoot?.querySelector('frontdesk-ticket-view');
          if (view?.shadowRoot?.querySelector('.label')) performance.mark('shown');
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
    });
    await labelOf(page).waitFor();
    expect(await labelOf(page).innerText()).to.equal(ticket.label);
    const [shownMs] = await until(
      () => page.evaluate(() => performance.getEntriesByName('shown').map(({ startTime }) => startTime)),
      (marks) => marks.length > 0,
    );
    expect(shownMs).to.be.at.most(OPENS_WITHIN_MS);
    await page.waitForLoadState('networkidle');
    const files = [...urls].filter((url) => url.startsWith(room.stage.url));
    const sizes = await Promise.all(files.map(weigh));
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.at.most(MAX_BYTES);
    expect(await context.cookies()).to.deep.equal([]);
    await context.close();
  });

  it('QP-2: two phones of one ticket follow the line together, as the server would say it', async () => {
    const before = [await room.branch.issue(), await room.branch.issue(), await room.branch.issue()];
    const mine = await room.branch.issue();
    const phones = [await openTicket(room, mine), await openTicket(room, mine, { locale: 'ms' })];
    const complaints = phones.flatMap(({ page }) => watchComplaints(page));
    const readPlaces = () =>
      Promise.all(phones.map(async ({ page }) => (await placeOf(page).innerText()).match(/\d+/)?.[0]));
    await until(readPlaces, (places) => places.every((place) => place === '3'));
    const asked: string[] = [];
    for (const { page } of phones) page.on('request', (one) => asked.push(one.url()));
    for (const [index, ticket] of before.slice(0, 2).entries()) {
      await room.call(ticket);
      const expected = String(2 - index);
      await until(readPlaces, (places) => places.every((place) => place === expected), FOLLOWS_WITHIN_MS);
      expect((await room.read(mine)).place?.ahead).to.equal(2 - index);
      await room.serve('ticket:start', ticket);
      await room.serve('ticket:complete', ticket);
    }
    // Nobody asked: one message told both.
    expect(asked.filter((url) => url.includes('ticket:read'))).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
    for (const { context } of phones) await context.close();
  });

  it('QP-3: a call fills the screen, rings and shakes; a recall does it again', async () => {
    const mine = await room.branch.issue();
    const { context, page } = await openTicket(room, mine, {}, listenForAlarms);
    await placeOf(page).waitFor();
    await buttonOf(page, 'Ring me when it is my turn').click();
    const armed = await readAlarms(page);
    expect(armed.tones).to.be.above(0);
    await room.call(mine);
    await callOf(page).waitFor({ timeout: FOLLOWS_WITHIN_MS });
    expect(await callOf(page).locator('.call__counter').innerText()).to.equal('Counter 1');
    const box = await callOf(page).boundingBox();
    expect([box?.width, box?.height]).to.deep.equal([390, 844]);
    expect(await page.title()).to.equal(`${mine.label}: your turn`);
    const rung = await until(
      () => readAlarms(page),
      ({ tones, vibrations }) => tones > armed.tones && vibrations > 0,
    );
    await buttonOf(page, 'I am coming').click();
    await callOf(page).waitFor({ state: 'detached' });
    await room.skip(6_000);
    await room.serve('ticket:recall', mine);
    await callOf(page).waitFor({ timeout: FOLLOWS_WITHIN_MS });
    await until(
      () => readAlarms(page),
      ({ tones, vibrations }) => tones > rung.tones && vibrations > rung.vibrations,
    );
    await room.serve('ticket:start', mine);
    await callOf(page).waitFor({ state: 'detached', timeout: FOLLOWS_WITHIN_MS });
    await context.close();
  });

  it('QP-3: the page of a business gets the call and its title back', async () => {
    const mine = await room.branch.issue();
    const { host, url } = room.stage;
    const html = `<!doctype html><html lang="en"><title>Our clinic</title><script type="module" src="${url}/widgets/frontdesk.js"></script>
      <frontdesk-ticket token="${mine.token}"></frontdesk-ticket></html>`;
    host.setPage('/ticket', { html });
    const { context, page } = await openTicket(room, mine);
    await page.goto(`${host.origin}/ticket`);
    await labelOf(page).waitFor();
    expect(await page.title()).to.equal('Our clinic');
    await page.evaluate(() =>
      addEventListener('frontdesk-ticket-called', (event) => {
        document.body.dataset['called'] = (event as Event & { counter: string }).counter;
      }),
    );
    await room.call(mine);
    await callOf(page).waitFor();
    expect(await page.evaluate(() => document.body.dataset['called'])).to.equal('Counter 1');
    expect(await page.title()).to.equal(`${mine.label}: your turn`);
    await room.serve('ticket:start', mine);
    await until(
      () => page.title(),
      (title) => title === 'Our clinic',
    );
    await context.close();
  });

  it('QP-4: locked for ten minutes behind a dead network, then unlocked: the right state within two seconds', async () => {
    const mine = await room.branch.issue();
    const { context, page } = await openTicket(room, mine, {}, addLock);
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    await placeOf(page).waitFor();
    await page.evaluate(() => (globalThis as unknown as { lock: () => void }).lock());
    const session = await context.newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    // The socket stays open for the phone, and nothing comes through it any more.
    room.stage.proxy.setFaults({ drop: ['up', 'down'] });
    await room.skip(600_000);
    await room.call(mine);
    room.stage.proxy.clearFaults();
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    const unlockedAt = Date.now();
    await page.evaluate(() => (globalThis as unknown as { unlock: (ms: number) => void }).unlock(600_000));
    await callOf(page).waitFor({ timeout: FOLLOWS_WITHIN_MS });
    expect(Date.now() - unlockedAt).to.be.at.most(FOLLOWS_WITHIN_MS);
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('QP-4: a network that goes leaves the ticket on the screen with its time, and comes back by itself', async () => {
    const mine = await room.branch.issue();
    const { context, page } = await openTicket(room, mine);
    await placeOf(page).waitFor();
    room.stage.proxy.setFaults({ refuse: true });
    room.stage.proxy.resetAll();
    await staleOf(page).waitFor();
    expect(await staleOf(page).innerText()).to.match(/^No connection\. As of \d/);
    expect(await labelOf(page).innerText()).to.equal(mine.label);
    room.stage.proxy.clearFaults();
    await staleOf(page).waitFor({ state: 'detached', timeout: 20_000 });
    await room.call(mine);
    // Read again over HTTP, perhaps, and the live connection is still on its way.
    await callOf(page).waitFor({ timeout: 20_000 });
    await context.close();
  });

  it('QP-4: a page that its phone threw away shows its last state at once, and opens without its link', async () => {
    const mine = await room.branch.issue();
    const { context, page } = await openTicket(room, mine);
    await placeOf(page).waitFor();
    const other = await context.newPage();
    await other.goto(`${room.stage.url}/t`);
    await labelOf(other).waitFor();
    expect(await labelOf(other).innerText()).to.equal(mine.label);
    await context.close();
  });

  it('QP-11: wrong, malformed, missing and purged tokens lead to the same neutral page', async () => {
    const mine = await room.branch.issue();
    const texts: string[] = [];
    for (const path of [`#${createTicketToken()}`, '#nonsense', '']) {
      const { context, page } = await openTicket(room, { token: path.slice(1) });
      await goneOf(page).waitFor();
      texts.push(await goneOf(page).innerText());
      await context.close();
    }
    const { context, page } = await openTicket(room, mine);
    await placeOf(page).waitFor();
    await buttonOf(page, 'Give up my place').click();
    await buttonOf(page, 'Yes, give it up').click();
    await page.locator('frontdesk-ticket-view .outcome').waitFor();
    await room.skip(25 * 3_600_000);
    await page.reload();
    await goneOf(page).waitFor();
    texts.push(await goneOf(page).innerText());
    expect(new Set(texts).size, texts.join('\n')).to.equal(1);
    expect(await page.evaluate(() => Object.keys(localStorage))).to.deep.equal([]);
    await context.close();
  });
});

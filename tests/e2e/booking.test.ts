/** Booking on somebody else's website, against a whole server: two origins, the strictest policy, sockets that are blocked. */
import { expect } from 'chai';
import type { BrowserContext, Page, WebSocket } from 'playwright-core';
import { at, openClinic, type Clinic } from '../support/booking.js';
import { closeBrowser, createContext, watchComplaints, type ContextChoices } from '../support/browser.js';
import { allowHost, openBackDoor, setStrictPage } from './support/booking-page.js';
import { startStage, until, type Stage } from './support/stage.js';

const GOES_WITHIN_MS = 2_000;
const DAY_IN_MS = 24 * 3_600_000;

/** Resolves once the server has answered that it tells this page of changes. */
function watchSlots(page: Page): Promise<void> {
  return new Promise((resolve) => {
    page.on('websocket', (socket) => {
      let isAsked = false;
      socket.on('framesent', ({ payload }) => (isAsked ||= String(payload).includes('slot:watch')));
      socket.on('framereceived', () => isAsked && resolve());
    });
  });
}

describe('booking on a website', function booking() {
  this.timeout(60_000);
  let stage: Stage;
  let clinic: Clinic;
  let siteKey: string;

  before(async () => {
    stage = await startStage();
    clinic = await openClinic(openBackDoor(stage), {
      staff: 2,
      service: { rescheduleUntilMinutes: 0, cancelUntilMinutes: 0 },
    });
    siteKey = await allowHost(stage, clinic.shop.owner.tenantId);
    const place = (path: string, element: string): void => setStrictPage(stage, path, element);
    place('/book', `<frontdesk-booking site="${siteKey}"><a href="tel:+60355500123">Call us</a></frontdesk-booking>`);
    place('/two', `<frontdesk-booking site="${siteKey}"></frontdesk-booking>`.repeat(2));
    place(
      '/known',
      `<frontdesk-booking site="${siteKey}" name="Mei Tan" phone="012-345 6789" staff="${clinic.staff[1]?.id}"></frontdesk-booking>`,
    );
  });
  beforeEach(() => stage.proxy.clearFaults());
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  async function open(path = '/book', choices: ContextChoices = {}): Promise<{ context: BrowserContext; page: Page }> {
    const context = await createContext(choices);
    const page = await context.newPage();
    await page.goto(`${stage.host.origin}${path}`);
    return { context, page };
  }

  const anyone = (page: Page) => page.getByRole('button', { name: 'Anyone' }).click();
  const slotOf = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  async function chooseDay(page: Page, days: number): Promise<void> {
    const date = new Date(Date.parse(at(0, { days })) + DAY_IN_MS / 3).toISOString().slice(0, 10);
    const cell = page.locator(`[data-date="${date}"]`);
    await page.locator('[role=grid][aria-busy=false]').waitFor();
    if ((await cell.count()) === 0) await page.getByRole('button', { name: 'Next month' }).first().click();
    await page.locator(`[data-date="${date}"].free`).click();
  }

  async function fill(page: Page): Promise<void> {
    await page.getByLabel('Name').fill('Mei Tan');
    await page.getByLabel('Phone number').fill('012-345 6789');
    await page.getByRole('button', { name: 'Book', exact: true }).click();
    await page.getByRole('heading', { name: 'You are booked' }).waitFor({ timeout: 8_000 });
  }

  async function book(page: Page, days: number, time: string): Promise<string> {
    await anyone(page);
    await chooseDay(page, days);
    await slotOf(page, time).click();
    await fill(page);
    return (await page.getByRole('link', { name: 'Change or cancel' }).getAttribute('href')) ?? '';
  }

  it('BK-39: a customer books under the strictest policy, and the browser keeps nothing afterwards', async () => {
    const context = await createContext({ viewport: 'mobile' });
    const page = await context.newPage();
    const complaints = watchComplaints(page);
    await page.goto(`${stage.host.origin}/book`);
    await page.evaluate(() => {
      const said: unknown[] = [];
      Object.assign(globalThis, { said });
      for (const name of ['ready', 'slot-select', 'hold', 'before-submit', 'booked', 'error']) {
        addEventListener(`frontdesk-booking-${name}`, (event) => said.push([name, { ...event }]));
      }
    });
    await anyone(page);
    await chooseDay(page, 2);
    await slotOf(page, '9:00 AM').click();
    await page.getByRole('timer').waitFor();
    await page.reload();
    await page.getByRole('timer').waitFor();
    await fill(page);
    expect(await context.cookies()).to.deep.equal([]);
    const stored = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    expect(stored).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
    expect(await clinic.starts(at(0, { days: 2 }).slice(0, 10))).to.be.an('array');
    await context.close();
  });

  it('BK-18: a time that somebody else holds vanishes, and comes back when it is let go', async () => {
    const context = await createContext();
    const page = await context.newPage();
    const live = watchSlots(page);
    await page.goto(`${stage.host.origin}/book`);
    await anyone(page);
    await chooseDay(page, 3);
    await slotOf(page, '10:00 AM').waitFor();
    // What follows must come without a question.
    await live;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const start = at(10, { days: 3 });
    const others = [clinic.customer(), clinic.customer()];
    const holds = [];
    for (const customer of others) holds.push(await clinic.hold(start, { customer }));
    await slotOf(page, '10:00 AM').waitFor({ state: 'detached', timeout: GOES_WITHIN_MS });
    await others[0]?.call('hold:release', { holdId: holds[0]?.id as never });
    await slotOf(page, '10:00 AM').waitFor({ timeout: GOES_WITHIN_MS });
    expect(asked.filter((url) => url.includes('slot'))).to.deep.equal([]);
    await context.close();
  });

  it('BK-20: with sockets blocked the whole flow works over HTTP', async () => {
    const context = await createContext();
    const page = await context.newPage();
    await page.routeWebSocket(/.*/, (socket) => socket.close());
    await page.route(/socket\.io/, (route) => route.abort());
    await page.goto(`${stage.host.origin}/book`);
    await book(page, 4, '9:30 AM');
    await context.close();
  });

  it('BK-20: with the server down the page’s own link is shown, and the form once it is back', async () => {
    const context = await createContext();
    const page = await context.newPage();
    await page.route(/booking:browse/, (route) => route.abort());
    await page.goto(`${stage.host.origin}/book`);
    await page.getByRole('link', { name: 'Call us' }).waitFor();
    await page.unroute(/booking:browse/);
    await page.getByRole('button', { name: 'Anyone' }).waitFor({ timeout: 20_000 });
    expect(await page.getByRole('link', { name: 'Call us' }).isVisible()).to.equal(false);
    await context.close();
  });

  it('BK-21: the link moves and cancels the booking; the old link ends with the move', async () => {
    const { context, page } = await open('/book');
    const link = await book(page, 5, '11:00 AM');
    expect(link).to.match(new RegExp(`^${stage.url}/booking\\?site=${siteKey}#`));
    await page.goto(link);
    await page.getByRole('button', { name: 'Choose another time' }).click();
    await chooseDay(page, 6);
    await slotOf(page, '2:00 PM').click();
    await page.getByRole('button', { name: 'Move it here' }).click();
    await page.getByText('Your booking was moved.').first().waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Cancel the booking' }).click();
    await page.getByRole('textbox').fill('I am well again');
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await page.getByText('Your booking was cancelled.').first().waitFor();
    const other = await context.newPage();
    await other.goto(link);
    await other.getByText('We did not find this booking').waitFor();
    await context.close();
  });

  it('a booking is found by its code and the end of the phone number', async () => {
    const booked = await clinic.book(at(15, { days: 5 }));
    const { context, page } = await open('/book');
    await page.goto(`${stage.url}/booking?site=${siteKey}`);
    await page.getByLabel('Your code').fill(booked.booking.code.toLowerCase());
    await page.getByLabel('Last four digits').fill('6789');
    await page.getByRole('button', { name: 'Show my booking' }).click();
    await page.getByText(booked.booking.code).waitFor();
    expect(page.url()).to.include(`#`);
    await context.close();
  });

  it('BK-35: keyboard alone: from the first question to the booking', async () => {
    const { context, page } = await open('/book');
    await page.getByRole('button', { name: 'Anyone' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[role=grid][aria-busy=false]').waitFor();
    const cell = page.locator('td[tabindex="0"]');
    await cell.focus();
    for (let days = 0; days < 7; days += 1) await page.keyboard.press('ArrowRight');
    await page.locator('[role=grid][aria-busy=false] td[tabindex="0"].free').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('timer').waitFor();
    for (let presses = 0; presses < 8; presses += 1) {
      await page.keyboard.press('Tab');
      if (
        await page.getByLabel('Name').evaluate((input) => (input.getRootNode() as ShadowRoot).activeElement === input)
      )
        break;
    }
    await page.keyboard.type('Mei Tan');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0123456789');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You are booked' }).waitFor({ timeout: 8_000 });
    await context.close();
  });

  it('BK-38: what the page knows is filled in, and the person it chose is not asked for', async () => {
    const { context, page } = await open('/known');
    await chooseDay(page, 8);
    await slotOf(page, '3:00 PM').click();
    expect(await page.getByLabel('Name').inputValue()).to.equal('Mei Tan');
    expect(await page.getByLabel('Phone number').inputValue()).to.equal('012-345 6789');
    await context.close();
  });

  it('BK-37: two on a page hold two times; once they are gone nothing is asked any more', async () => {
    const context = await createContext();
    const page = await context.newPage();
    const sockets: WebSocket[] = [];
    page.on('websocket', (socket) => sockets.push(socket));
    await page.goto(`${stage.host.origin}/two`);
    const [first, second] = [page.locator('frontdesk-booking').nth(0), page.locator('frontdesk-booking').nth(1)];
    for (const element of [first, second]) await element.getByRole('button', { name: 'Anyone' }).click();
    for (const element of [first, second]) {
      const date = new Date(Date.parse(at(0, { days: 9 })) + DAY_IN_MS / 3).toISOString().slice(0, 10);
      await element.locator('[role=grid][aria-busy=false]').waitFor();
      if ((await element.locator(`[data-date="${date}"]`).count()) === 0) {
        await element.getByRole('button', { name: 'Next month' }).first().click();
      }
      await element.locator(`[data-date="${date}"].free`).click();
    }
    await first.getByRole('button', { name: '9:00 AM', exact: true }).click();
    await second.getByRole('button', { name: '10:00 AM', exact: true }).click();
    for (const element of [first, second]) await element.getByRole('timer').waitFor();
    await page.evaluate(() => document.querySelectorAll('frontdesk-booking').forEach((element) => element.remove()));
    await until(
      async () => sockets.filter((socket) => !socket.isClosed()).length,
      (count) => count === 0 && sockets.length > 0,
    );
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.waitForTimeout(2_000);
    expect(asked).to.deep.equal([]);
    await context.close();
  });
});

/**
 * Booking for everybody: with the keyboard alone and read aloud, behind a button, with what the page decided, in other zones, and in
 * browsers that keep nothing or let only some connections through.
 */
import { expect } from 'chai';
import type { BrowserContext, Page, WebSocket } from 'playwright-core';
import { at, openClinic, type Clinic } from '../support/booking.js';
import { closeBrowser, createContext, watchComplaints, type ContextChoices } from '../support/browser.js';
import { allowHost, openBackDoor, setStrictPage } from './support/booking-page.js';
import { findViolations, focusIsOn, readAloud, readFocus, tabTo } from './support/read-page.js';
import { startStage, until, type Stage } from './support/stage.js';

const DAY_IN_MS = 24 * 3_600_000;

const dateIn = (days: number): string =>
  new Date(Date.parse(at(0, { days })) + DAY_IN_MS / 3).toISOString().slice(0, 10);

async function chooseDay(page: Page, days: number): Promise<void> {
  const cell = page.locator(`[data-date="${dateIn(days)}"]`);
  await page.locator('[role=grid][aria-busy=false]').waitFor();
  if ((await cell.count()) === 0) await page.getByRole('button', { name: 'Next month' }).first().click();
  await page.locator(`[data-date="${dateIn(days)}"].free`).click();
}

describe('booking for everybody', function everybody() {
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
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  async function open(attributes: string, choices: ContextChoices = {}, prepare?: (page: Page) => Promise<unknown>) {
    const element = `<main><h1>Clinic</h1><frontdesk-booking site="${siteKey}" ${attributes}></frontdesk-booking></main>`;
    setStrictPage(stage, '/everybody', element);
    const context: BrowserContext = await createContext(choices);
    const page = await context.newPage();
    const complaints = watchComplaints(page);
    await prepare?.(page);
    await page.goto(`${stage.host.origin}/everybody`);
    return { context, page, complaints };
  }

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  async function fillAndBook(page: Page): Promise<void> {
    await page.getByLabel('Name').fill('Mei Tan');
    await page.getByLabel('Phone number').fill('012-345 6789');
    await press(page, 'Book');
    await page.getByRole('heading', { name: 'You are booked' }).waitFor({ timeout: 8_000 });
  }

  it('BK-35 BK-37: keyboard alone, from the closed button to the cancelled booking; each step passes axe and says what it is', async () => {
    const { context, page } = await open(`view="popup" service="${clinic.service.id}"`);
    await page.locator('frontdesk-booking button').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await tabTo(page, 'Book an appointment');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Anyone' }).waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    const opened = await readAloud(page);
    expect(opened).to.include('dialog: Book an appointment').and.include('heading: Who would you like to see?');
    await tabTo(page, 'Anyone');
    await page.keyboard.press('Enter');
    await focusIsOn(page, 'When would you like to come?');
    await page.locator('[role=grid][aria-busy=false]').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    const year = dateIn(3).slice(0, 4);
    await tabTo(page, /times? available$/);
    for (let days = 0; days < 3; days += 1) await page.keyboard.press('ArrowRight');
    await page.locator('[role=grid][aria-busy=false] td[tabindex="0"].free').waitFor();
    expect(await readFocus(page)).to.match(new RegExp(`^\\w+day, \\w+ \\d+, ${year}, \\d+ times? available$`));
    expect((await readAloud(page)).filter((line) => /gridcell: .* times? available/.test(line)).length).to.be.at.least(
      2,
    );
    await page.keyboard.press('Enter');
    await page.locator('[data-focus="day"]').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await tabTo(page, '9:00');
    await page.keyboard.press('Enter');
    await focusIsOn(page, 'Who is it for?');
    const held = await readAloud(page);
    expect(held.some((line) => line.startsWith('timer: Time left'))).to.equal(true);
    expect(held.join('\n')).to.match(/This time is kept for you until \d+:\d\d/);
    expect(await findViolations(page)).to.deep.equal([]);
    await tabTo(page, 'Name');
    await page.keyboard.press('Enter');
    await until(
      () => readAloud(page),
      (lines) => lines.some((line) => /^textbox: Name .*Please fill this in\./.test(line)),
    );
    expect((await readAloud(page)).join('\n')).to.include('Please give a phone number or an e-mail address.');
    expect(await readFocus(page)).to.equal('Name');
    expect(await findViolations(page)).to.deep.equal([]);
    await page.keyboard.type('Mei Tan');
    await tabTo(page, 'Phone number');
    await page.keyboard.type('012-345 6789');
    await page.keyboard.press('Enter');
    await focusIsOn(page, 'You are booked');
    expect(await findViolations(page)).to.deep.equal([]);
    await tabTo(page, 'Change or cancel');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Cancel the booking' }).waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await tabTo(page, 'Cancel the booking');
    await page.keyboard.press('Enter');
    await focusIsOn(page, 'Cancel this booking?');
    expect(await findViolations(page)).to.deep.equal([]);
    await tabTo(page, 'Yes, cancel it');
    await page.keyboard.press('Enter');
    await page.getByText('Your booking was cancelled.').first().waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    expect((await readAloud(page)).join('\n')).to.include('Your booking was cancelled.');
    await context.close();
  });

  it('BK-37: a popup tells the page once, watches while it is open, and leaves nothing when it is removed', async () => {
    const sockets: WebSocket[] = [];
    const { context, page } = await open(`view="popup" service="${clinic.service.id}"`, {}, async (opened) => {
      opened.on('websocket', (socket) => sockets.push(socket));
    });
    await page.getByRole('button', { name: 'Book an appointment' }).waitFor();
    const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    const parts = fetched
      .filter((name) => name.includes('/widgets/'))
      .map((name) => /([a-z]+)[^/]*\.js$/.exec(name)?.[1]);
    expect(parts).to.have.members(['base', 'booking', 'frontdesk']);
    const openSockets = async (): Promise<number> => sockets.filter((socket) => !socket.isClosed()).length;
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      for (const name of ['ready', 'slot-select', 'hold', 'before-submit', 'booked', 'error']) {
        addEventListener(`frontdesk-booking-${name}`, () => said.push(name));
      }
    });
    await press(page, 'Book an appointment');
    await press(page, 'Anyone Most free times');
    await chooseDay(page, 4);
    await until(openSockets, (count) => count === 1);
    await page.keyboard.press('Escape');
    await until(openSockets, (count) => count === 0);
    await press(page, 'Book an appointment');
    await until(openSockets, (count) => count === 1);
    await press(page, '10:00 AM');
    await page.getByRole('timer').waitFor();
    await fillAndBook(page);
    const said = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
    expect(said).to.deep.equal(['ready', 'slot-select', 'hold', 'before-submit', 'booked']);
    await page.evaluate(() => document.querySelector('frontdesk-booking')?.remove());
    await until(openSockets, (count) => count === 0);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.waitForTimeout(1_500);
    expect(asked).to.deep.equal([]);
    await context.close();
  });

  it('BK-38: what the page locked cannot be changed, and is what gets booked', async () => {
    const [, doctor] = clinic.staff;
    const { context, page } = await open(
      `service="${clinic.service.id}" staff="${doctor?.id}" name="Mei Tan" email="mei@people.test" locked="staff name phone"`,
    );
    await chooseDay(page, 5);
    expect(await page.getByRole('button', { name: 'Change the person' }).count()).to.equal(0);
    await press(page, '10:00 AM');
    const name = page.getByLabel('Name');
    await name.press('End');
    await page.keyboard.type(' and somebody else');
    expect(await name.inputValue()).to.equal('Mei Tan');
    await page.getByLabel('E-mail address').fill('tan@people.test');
    // It was locked without a value, and somebody has to be able to give one.
    await page.getByLabel('Phone number').fill('012-345 6789');
    await press(page, 'Book');
    await page.getByRole('heading', { name: 'You are booked' }).waitFor({ timeout: 8_000 });
    const agenda = await clinic.test.server.core.connection.collection('allocations').find({}).toArray();
    expect(JSON.stringify(agenda)).not.to.include('somebody else');
    await context.close();
  });

  it('BK-17: in person the business’s clock is shown and named; online the visitor’s, with a switch; all name one instant', async () => {
    const online = await clinic.addService({ names: { en: 'Video call' }, isOnline: true });
    for (const person of clinic.staff) {
      const { id: _id, locationId: _locationId, kind: _kind, ...fields } = person;
      const serviceIds = [...person.serviceIds, online.id];
      await clinic.must('resource:update', { ...fields, resourceId: person.id, serviceIds });
    }
    const london = { timeZone: 'Europe/London' } as const;
    const inPerson = await open(`service="${clinic.service.id}"`, london);
    await press(inPerson.page, 'Anyone Most free times');
    await chooseDay(inPerson.page, 6);
    await inPerson.page.getByText('Malaysia Time').first().waitFor();
    expect(await inPerson.page.getByRole('button', { name: /^Show/ }).count()).to.equal(0);
    await inPerson.page.getByRole('button', { name: '9:00 AM', exact: true }).waitFor();
    await inPerson.context.close();

    const mine = await open(`service="${online.id}"`, london);
    await mine.page.evaluate(() => {
      const starts: string[] = [];
      Object.assign(globalThis, { starts });
      addEventListener('frontdesk-booking-booked', (event) =>
        starts.push((event as unknown as { start: string }).start),
      );
    });
    await press(mine.page, 'Anyone Most free times');
    await chooseDay(mine.page, 6);
    const first = mine.page.locator('.slot').first();
    expect(await first.textContent()).to.match(/^\s*(1|2):00 AM/);
    await press(mine.page, 'Show Malaysia Time');
    await chooseDay(mine.page, 6);
    await press(mine.page, '9:00 AM');
    await fillAndBook(mine.page);
    const start = at(9, { days: 6 });
    expect(await mine.page.evaluate(() => (globalThis as unknown as { starts: string[] }).starts)).to.deep.equal([
      start,
    ]);
    const url = await mine.page.getByRole('link', { name: 'Add to calendar' }).getAttribute('href');
    const file = await (await fetch(url ?? '')).text();
    expect(file).to.match(
      new RegExp(
        `DTSTART(?:;TZID=Asia/Kuala_Lumpur:${start.slice(0, 10).replaceAll('-', '')}T090000|:${start.slice(0, 19).replaceAll(/[-:]/g, '')}Z)`,
      ),
    );
    await mine.context.close();

    const asked = await open(`service="${clinic.service.id}" zone-mode="visitor"`, london);
    await press(asked.page, 'Anyone Most free times');
    await chooseDay(asked.page, 6);
    await asked.page.getByRole('button', { name: 'Show Malaysia Time' }).waitFor();
    await asked.context.close();
  });

  it('BK-36: beside a phone’s notch the button and the chat keep clear of it, also from right to left', async () => {
    const { context, page } = await open(`view="floating" locale="ar"`, { viewport: 'desktop' }, async (opened) => {
      const session = await opened.context().newCDPSession(opened);
      const insets = { left: 90, leftMax: 90, right: 60, rightMax: 60 };
      await session.send('Emulation.setSafeAreaInsetsOverride', { insets });
    });
    await page.evaluate((site) => {
      const chat = Object.assign(document.createElement('frontdesk-chat'), { lang: 'ar' });
      chat.setAttribute('site', site);
      document.body.append(chat);
    }, siteKey);
    const chat = page.locator('frontdesk-chat button').first();
    const button = page.locator('frontdesk-booking button').first();
    for (const [side, isRight] of [
      ['end', false],
      ['start', true],
    ] as const) {
      await page.evaluate((to) => {
        for (const element of document.querySelectorAll('frontdesk-chat, frontdesk-booking')) {
          element.setAttribute('side', to);
        }
      }, side);
      for (const corner of [button, chat]) {
        const gap = async (): Promise<number> => {
          const { x = 0, width = 0 } = (await corner.boundingBox()) ?? {};
          return isRight ? (page.viewportSize()?.width ?? 0) - x - width : x;
        };
        await until(gap, (left) => Math.round(left) === (isRight ? 60 : 90));
      }
    }
    await chat.click();
    const panel = page.locator('frontdesk-chat .panel');
    await panel.waitFor();
    const { x = 0, width = 0 } = (await panel.boundingBox()) ?? {};
    expect(Math.round((page.viewportSize()?.width ?? 0) - x - width)).to.equal(60);
    await context.close();
  });

  it('BK-39: in a browser that throws at every storage and takes no cookies the flow works', async () => {
    const { context, page, complaints } = await open(`service="${clinic.service.id}"`, {}, (opened) =>
      opened.addInitScript(() => {
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
          Object.defineProperty(globalThis, name, {
            get() {
              throw new DOMException('The operation is insecure.', 'SecurityError');
            },
          });
        }
        Object.defineProperty(Document.prototype, 'cookie', {
          get() {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          },
        });
      }),
    );
    await press(page, 'Anyone Most free times');
    await chooseDay(page, 7);
    await press(page, '11:00 AM');
    await page.getByRole('timer').waitFor();
    await fillAndBook(page);
    expect(complaints).to.deep.equal([]);
    expect(await context.cookies()).to.deep.equal([]);
    await context.close();
  });

  it('BK-20: where only WebSockets are blocked, a time that somebody else takes vanishes all the same', async () => {
    const { context, page } = await open(`service="${clinic.service.id}"`, {}, (opened) =>
      opened.addInitScript(() => {
        // As behind a proxy that refuses the upgrade: an error, and then nothing.
        class RefusedWebSocket {
          onerror: ((event: Event) => void) | null = null;
          constructor() {
            setTimeout(() => this.onerror?.(new Event('error')));
          }
          close(): void {}
        }
        Object.assign(globalThis, { WebSocket: RefusedWebSocket });
      }),
    );
    await press(page, 'Anyone Most free times');
    const polled = page.waitForResponse(
      async (response) => response.url().includes('transport=polling') && (await response.text()).includes('"rev"'),
    );
    await chooseDay(page, 8);
    await page.getByRole('button', { name: '2:00 PM', exact: true }).waitFor();
    await polled;
    for (let person = 0; person < 2; person += 1) await clinic.hold(at(14, { days: 8 }));
    await page.getByRole('button', { name: '2:00 PM', exact: true }).waitFor({ state: 'detached', timeout: 5_000 });
    await context.close();
  });
});

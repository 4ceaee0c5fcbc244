/** The agenda of staff on its own page, against a whole server: moved by hand, two people at once, a connection that goes. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { BookingDto } from '@frontdesk/protocol/booking-fields';
import { at, dateOf, openClinic, type Clinic } from '../support/booking.js';
import { closeBrowser, createContext, type ContextChoices } from '../support/browser.js';
import { PASSWORD } from '../support/workspace.js';
import { openBackDoor } from './support/booking-page.js';
import { signInOnPage, startStage, until, type Stage } from './support/stage.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const HOUR_PX = 84;
/** A member of staff sees what a colleague did within this. */
const SEEN_WITHIN_MS = 2_000;

interface Axe {
  readonly axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
}

async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as Axe).axe.run({
      // The page around it is only there to carry it.
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

describe('the agenda at the desk', function agenda() {
  this.timeout(60_000);
  let stage: Stage;
  let clinic: Clinic;

  before(async () => {
    stage = await startStage();
    clinic = await openClinic(openBackDoor(stage), { staff: 2 });
  });
  afterEach(() => stage.proxy.clearFaults());
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  const book = (hour: number, name: string, staff = 0): Promise<BookingDto> =>
    clinic.must('booking:create', {
      serviceId: clinic.service.id,
      staffId: clinic.staff[staff]?.id ?? null,
      start: at(hour),
      customer: { name, phone: null, email: null },
      answers: {},
    });
  async function read(id: string): Promise<BookingDto> {
    const input = { locationId: clinic.locationId, from: dateOf(at(9)), days: 1 };
    const booking = (await clinic.must('agenda:read', input)).bookings.find((one) => one.id === id);
    if (!booking) throw new Error('No such booking.');
    return booking;
  }

  async function open(choices: ContextChoices = {}): Promise<{ context: BrowserContext; page: Page }> {
    const context = await createContext(choices);
    const page = await context.newPage();
    await page.goto(`${stage.url}/desk/agenda`);
    await signInOnPage(page, clinic.shop.ownerEmail, PASSWORD);
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('button', { name: 'Later' }).click();
    return { context, page };
  }

  const cardOf = (page: Page, name: string): Locator => page.locator('.card', { hasText: name }).first();
  async function centreOf(card: Locator): Promise<{ x: number; y: number }> {
    await card.scrollIntoViewIfNeeded();
    const box = await card.boundingBox();
    if (!box) throw new Error('Not drawn.');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  async function drag(page: Page, name: string, hours: number, columns = 0): Promise<void> {
    const { x, y } = await centreOf(cardOf(page, name));
    const width = (await page.locator('.column').first().boundingBox())?.width ?? 0;
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + (columns * width) / 2, y + (hours * HOUR_PX) / 2);
    await page.mouse.move(x + columns * width, y + hours * HOUR_PX);
    await page.mouse.up();
  }

  it('BK-22: a visit is dragged to a colleague at another hour, taken back, and its history says who', async () => {
    const { id } = await book(9, 'Mei Tan');
    const { context, page } = await open();
    await drag(page, 'Mei Tan', 1, 1);
    await page.getByText('Mei Tan is now on').first().waitFor();
    const moved = await read(id);
    expect([moved.start, moved.segments[0]?.staffId]).to.deep.equal([at(10), clinic.staff[1]?.id]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(
      () => read(id),
      ({ start, segments }) => start === at(9) && segments[0]?.staffId === clinic.staff[0]?.id,
    );
    const { history } = await read(id);
    expect(history.filter(({ by, memberId }) => by === 'staff' && memberId !== null)).to.have.length(3);
    await context.close();
  });

  it('BK-8: onto taken time it goes back, says why and offers other times; one of them is a press away', async () => {
    await book(9, 'In the way', 1);
    const { id } = await book(11, 'Ravi Kumar');
    const { context, page } = await open();
    await drag(page, 'Ravi Kumar', -2, 1);
    await page.getByText('That time is taken').first().waitFor();
    expect((await read(id)).start).to.equal(at(11));
    const before = await cardOf(page, 'Ravi Kumar').textContent();
    expect(before).to.include('11:00');
    const other = page.locator('frontdesk-agenda-strips .others button').first();
    await other.click();
    await page.getByText('Ravi Kumar is now on').first().waitFor();
    expect((await read(id)).segments[0]?.staffId).to.equal(clinic.staff[1]?.id);
    await context.close();
  });

  it('BK-22: of two who change one visit the second is shown what is there now', async () => {
    const { id, version } = await book(13, 'Siti Aminah');
    const { context, page } = await open();
    await cardOf(page, 'Siti Aminah').waitFor();
    // The colleague is first, and the news has not come yet.
    stage.proxy.setFaults({ latencyMs: 1_500 });
    await clinic.must('booking:move', { bookingId: id, version, start: at(14), staffId: clinic.staff[0]?.id ?? null });
    await drag(page, 'Siti Aminah', 2);
    await page.getByText('Somebody else changed this first').first().waitFor();
    stage.proxy.clearFaults();
    expect((await read(id)).start).to.equal(at(14));
    await until(
      async () => (await cardOf(page, 'Siti Aminah').textContent()) ?? '',
      (text) => text.includes('2:00'),
    );
    await context.close();
  });

  it('BK-18: what a colleague books stands there by itself', async () => {
    const { context, page } = await open();
    await page.locator('.column').first().waitFor();
    await book(15, 'Just booked');
    await cardOf(page, 'Just booked').waitFor({ timeout: SEEN_WITHIN_MS });
    await context.close();
  });

  it('BK-20: offline nothing can be changed and it says so; back, it shows what happened meanwhile', async () => {
    await book(16, 'Before it went');
    const { context, page } = await open();
    await cardOf(page, 'Before it went').waitFor();
    await context.setOffline(true);
    await page.getByText('No connection').first().waitFor();
    await drag(page, 'Before it went', -1);
    expect(await page.locator('.ghost').count()).to.equal(0);
    await book(12, 'While it was gone');
    await context.setOffline(false);
    await cardOf(page, 'While it was gone').waitFor();
    await page.getByText('No connection').first().waitFor({ state: 'detached' });
    await context.close();
  });

  it('BK-35: with the keyboard alone a visit is moved, and a caller is booked', async () => {
    const { id } = await book(12, 'By keyboard', 1);
    const { context, page } = await open();
    await cardOf(page, 'By keyboard').focus();
    await page.keyboard.press('m');
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('radio', { name: '4:30' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText('By keyboard is now on').first().waitFor();
    expect((await read(id)).start).to.equal(at(16.5));
    await page.getByRole('button', { name: 'Book', exact: true }).click();
    await sheet.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    await sheet.getByLabel('Name').fill('A caller');
    await sheet.getByLabel('Phone').fill('012-345 6789');
    await page.keyboard.press('Enter');
    await page.getByText('A caller is booked for').first().waitFor();
    await context.close();
  });

  it('BK-31: who has arrived is marked at a press, and cancelling asks for a reason', async () => {
    const { id } = await book(17 - 1.5, 'To be marked', 1);
    const { context, page } = await open();
    await cardOf(page, 'To be marked').click();
    const panel = page.locator('frontdesk-agenda-panel');
    await panel.getByRole('button', { name: 'Has arrived' }).click();
    await until(
      () => read(id),
      ({ state }) => state === 'arrived',
    );
    expect(await panel.getByRole('button', { name: 'Did not come' }).count()).to.equal(0);
    await panel.getByRole('button', { name: 'Cancel booking' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('The doctor is ill');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel booking' }).click();
    await until(
      () => read(id),
      ({ state, history }) => state === 'cancelled-by-business' && history.at(-1)?.reason === 'The doctor is ill',
    );
    await context.close();
  });

  it('BK-28, BK-29, BK-30, BK-35: dates of a class are set, moved, filled and called off, by keyboard too, and the page passes axe', async () => {
    const { id: serviceId } = await clinic.addService({
      names: { en: 'Back class' },
      segments: [{ minutes: 60, needsStaff: true, poolIds: [] }],
      capacity: { min: 1, max: 2 },
    });
    const teacher = await clinic.addStaff('Teacher', { serviceIds: [serviceId] });
    const week = 7 * 86_400_000;
    await clinic.must('block:create', {
      ...{ resourceId: teacher.id, reason: 'Fair' },
      start: new Date(Date.parse(at(9)) + week).toISOString(),
      end: new Date(Date.parse(at(17)) + week).toISOString(),
    });
    const { context, page } = await open();
    const sheet = page.getByRole('dialog');
    const card = cardOf(page, 'Back class');
    const sessionsOn = async () =>
      (await clinic.must('class-session:agenda', { locationId: clinic.locationId, from: dateOf(at(9)), days: 15 }))
        .sessions;
    const check = async (step: string) => expect(await findViolations(page), step).to.deep.equal([]);
    await page.getByRole('button', { name: 'Agenda and account' }).click();
    await page.getByText('Dates for a class').click();
    await sheet.getByLabel('Time').fill('10:00');
    await sheet.getByLabel('How often').selectOption('weekly');
    await sheet.getByLabel('How many times').fill('3');
    await sheet.getByLabel('How many times').press('Tab');
    await sheet.getByText('2 of 3 dates').waitFor();
    await sheet.getByText('Its teacher or room is not free').waitFor();
    await check('new dates');
    await sheet.getByRole('button', { name: 'Set the dates' }).click();
    await page.getByText('2 dates of the class are set').first().waitFor();
    expect((await sessionsOn()).map(({ start }) => Date.parse(start) - Date.parse(at(10)))).to.deep.equal([
      0,
      2 * week,
    ]);

    await drag(page, 'Back class', 1);
    await page.getByText('The class is now on').first().waitFor();
    expect((await sessionsOn())[0]?.start).to.equal(at(11));
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(sessionsOn, ([first]) => first?.start === at(10));
    await card.focus();
    await page.keyboard.press('m');
    await sheet.getByLabel('Time').fill('14:00');
    await sheet.getByLabel('Time').press('Tab');
    await sheet.getByText('Free', { exact: true }).waitFor();
    await sheet.getByRole('button', { name: 'Move it' }).press('Enter');
    await until(sessionsOn, ([first]) => first?.start === at(14));

    await card.click();
    const roster = page.locator('frontdesk-agenda-roster');
    const enrol = async (name: string, seats: string, action: string) => {
      await roster.getByRole('button', { name: 'Enrol somebody' }).click();
      await sheet.getByLabel('Name').fill(name);
      await sheet.getByLabel('How many come').fill(seats);
      await sheet.getByLabel('How many come').press('Tab');
      await sheet.getByRole('button', { name: action, exact: true }).click();
    };
    await enrol('Mei Tan', '2', 'Enrol');
    await page.getByText('Mei Tan is enrolled').first().waitFor();
    await check('a class with people');
    await enrol('Ravi Kumar', '1', 'Put in line');
    await page.getByText('Ravi Kumar is in line').first().waitFor();
    await roster.getByRole('button', { name: 'Seats' }).click();
    await sheet.getByLabel('Seats').fill('1');
    await sheet.getByRole('button', { name: 'Change the seats' }).click();
    await sheet.getByText('2 seats are taken already').waitFor();
    await check('a refusal at its field');
    // A colleague is faster: nothing of theirs is overwritten, and it is said what is there.
    stage.proxy.setFaults({ latencyMs: 1_500 });
    const [seen] = await sessionsOn();
    await clinic.must('class-session:resize', { sessionId: seen!.id, version: seen!.version, capacity: 9 });
    await sheet.getByLabel('Seats').fill('5');
    await sheet.getByRole('button', { name: 'Change the seats' }).click();
    await sheet.getByText('Somebody else changed this class first').waitFor();
    stage.proxy.clearFaults();
    expect((await sessionsOn())[0]?.capacity).to.equal(9);
    await sheet.getByRole('button', { name: 'Cancel' }).click();
    await roster.getByRole('button', { name: 'Take Mei Tan out' }).click();
    await sheet.getByRole('button', { name: 'Take out' }).click();
    await page.getByText('Mei Tan is out').first().waitFor();
    await roster.getByRole('button', { name: 'Call off' }).click();
    await sheet.getByText('1 person is in it or in line').waitFor();
    await sheet.getByLabel('Reason').fill('The teacher is ill');
    await check('calling off');
    await sheet.getByRole('button', { name: 'Call off' }).click();
    await until(sessionsOn, ([first]) => first?.isCancelled === true);
    await roster.getByText('Called off').waitFor();
    await context.close();
  });

  it('BK-36: on a phone there is one column at a time, and a list', async () => {
    await book(14, 'On a phone', 1);
    const { context, page } = await open({ viewport: 'mobile' });
    await page.getByLabel('Whose agenda').selectOption({ label: 'Doctor 2' });
    await cardOf(page, 'On a phone').waitFor();
    expect(await page.locator('.column').count()).to.equal(1);
    await page.getByRole('button', { name: 'List' }).click();
    await page.locator('.row', { hasText: 'On a phone' }).click();
    await page.locator('frontdesk-agenda-panel').getByRole('heading', { name: 'On a phone' }).waitFor();
    await context.close();
  });
});

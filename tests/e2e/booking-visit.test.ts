/** Several services in one visit, on somebody else's website: put together, booked, moved and cancelled in a real browser. */
import { expect } from 'chai';
import type { BrowserContext, Page, WebSocket } from 'playwright-core';
import type { BookingServiceDto } from '@frontdesk/protocol/booking-fields';
import { at, dateOf, openClinic, type Clinic } from '../support/booking.js';
import { closeBrowser, createContext, watchComplaints } from '../support/browser.js';
import { allowHost, openBackDoor, setStrictPage } from './support/booking-page.js';
import { findViolations, focusIsOn, readAloud, tabTo } from './support/read-page.js';
import { startStage, until, type Stage } from './support/stage.js';

describe('several services in one visit', function severalServices() {
  this.timeout(60_000);
  let stage: Stage;
  let clinic: Clinic;
  let siteKey: string;
  let cut: BookingServiceDto;
  let colour: BookingServiceDto;

  before(async () => {
    stage = await startStage();
    const open = { rescheduleUntilMinutes: 0, cancelUntilMinutes: 0 };
    clinic = await openClinic(openBackDoor(stage), { staff: 0, service: { ...open, priceText: 'RM 20' } });
    const segments = [{ minutes: 60, needsStaff: true, poolIds: [] }];
    cut = await clinic.addService({ ...open, names: { en: 'Cut' }, priceText: 'RM 40' });
    colour = await clinic.addService({ ...open, names: { en: 'Colour' }, segments });
    await clinic.addStaff('Ann', { serviceIds: [clinic.service.id, cut.id] });
    await clinic.addStaff('Ben', { serviceIds: [cut.id, colour.id], priority: 0 });
    siteKey = await allowHost(stage, clinic.shop.owner.tenantId);
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  async function open(attributes: string): Promise<{ context: BrowserContext; page: Page; complaints: unknown }> {
    const element = `<main><h1>Salon</h1><frontdesk-booking site="${siteKey}" ${attributes}></frontdesk-booking></main>`;
    setStrictPage(stage, '/visit', element);
    const context = await createContext({ viewport: 'mobile' });
    const page = await context.newPage();
    const complaints = watchComplaints(page);
    await page.goto(`${stage.host.origin}/visit`);
    return { context, page, complaints };
  }

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  async function chooseDay(page: Page, days: number): Promise<void> {
    const date = dateOf(at(0, { days }));
    const cell = page.locator(`[data-date="${date}"]`);
    await page.locator('[role=grid][aria-busy=false]').waitFor();
    if ((await cell.count()) === 0) await press(page, 'Next month');
    await page.locator(`[data-date="${date}"].free`).click();
  }

  const readBooking = async () => {
    const { locationId } = clinic;
    const { bookings } = await clinic.must('agenda:read', { locationId, from: dateOf(at(0)), days: 7 });
    return bookings.filter(({ state }) => state === 'confirmed').map(({ segments }) => segments.length);
  };

  it('BK-9 BK-35 BK-37: with the keyboard three services become one visit, which is booked, moved and cancelled whole', async () => {
    const { context, page, complaints } = await open('');
    const sockets: WebSocket[] = [];
    page.on('websocket', (socket) => sockets.push(socket));
    const openSockets = async (): Promise<number> => sockets.filter((socket) => !socket.isClosed()).length;
    await page.getByRole('button', { name: /^Consultation/ }).waitFor();
    await tabTo(page, 'Consultation');
    await page.keyboard.press('Enter');
    await focusIsOn(page, 'When would you like to come?');
    await tabTo(page, 'Add another service');
    await page.keyboard.press('Enter');
    await focusIsOn(page, 'What else would you like?');
    expect(await findViolations(page)).to.deep.equal([]);
    await tabTo(page, 'Cut');
    await page.keyboard.press('Enter');
    await focusIsOn(page, 'Cut: who would you like to see?');
    expect(await findViolations(page)).to.deep.equal([]);
    await tabTo(page, /Ben$/);
    await page.keyboard.press('Enter');
    await focusIsOn(page, 'When would you like to come?');
    await press(page, 'Add another service');
    await page.getByRole('button', { name: /^Colour/ }).click();
    await page.getByText('2 hr in all').or(page.getByText('2 hours in all')).first().waitFor();
    const said = (await readAloud(page)).join('\n').replaceAll('\u00a0', ' ');
    expect(said).to.include('list: Your visit').and.include('button: Remove Cut');
    expect(said).to.include('RM 20 + RM 40').and.include('button: Change the person for Cut');
    expect(await findViolations(page)).to.deep.equal([]);
    await chooseDay(page, 2);
    await press(page, '9:00 AM');
    await page.getByRole('timer').waitFor();
    await page.reload();
    // Nobody tells of those of a page that is gone.
    sockets.length = 0;
    await page.getByRole('timer').waitFor();
    await until(openSockets, (count) => count === 1);
    expect(await page.locator('.part').allTextContents()).to.have.length(3);
    expect(await findViolations(page)).to.deep.equal([]);
    await page.getByLabel('Name').fill('Mei Tan');
    await page.getByLabel('Phone number').fill('012-345 6789');
    await press(page, 'Book');
    await page.getByRole('heading', { name: 'You are booked' }).waitFor({ timeout: 8_000 });
    expect(await findViolations(page)).to.deep.equal([]);
    expect(await readBooking()).to.deep.equal([3]);
    const parts = async () =>
      (await page.locator('.receipt__parts li').allTextContents()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
    expect(await parts()).to.deep.equal(['9:00 AM ConsultationAnn', '9:30 AM CutBen', '10:00 AM ColourBen']);
    const link = (await page.getByRole('link', { name: 'Change or cancel' }).getAttribute('href')) ?? '';
    await page.evaluate(() => document.querySelector('frontdesk-booking')?.remove());
    await until(openSockets, (count) => count === 0);
    expect(complaints).to.deep.equal([]);

    await page.goto(link);
    await press(page, 'Choose another time');
    await chooseDay(page, 3);
    // Ben is still busy with the last service when the branch closes.
    expect(await page.getByRole('button', { name: '3:30 PM', exact: true }).count()).to.equal(0);
    await press(page, '10:00 AM');
    await press(page, 'Move it here');
    await page.getByText('Your booking was moved.').first().waitFor();
    expect(await parts()).to.deep.equal(['10:00 AM ConsultationAnn', '10:30 AM CutBen', '11:00 AM ColourBen']);
    await press(page, 'Cancel the booking');
    await press(page, 'Yes, cancel it');
    await page.getByText('Your booking was cancelled.').first().waitFor();
    expect(await readBooking()).to.deep.equal([]);
    await context.close();
  });

  it('BK-9 BK-38: a page that names two services has their visit at once, and offers no more where it says so', async () => {
    const { context, page } = await open(`service="${cut.id} ${colour.id}" add-services="off"`);
    await page.getByRole('list', { name: 'Your visit' }).waitFor();
    expect(await page.getByRole('button', { name: 'Add another service' }).count()).to.equal(0);
    await press(page, 'Remove Colour');
    await page.getByRole('button', { name: 'Change the service' }).waitFor();
    await focusIsOn(page, 'When would you like to come?');
    await context.close();
  });
});

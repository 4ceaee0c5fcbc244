/** BK-12, BK-13, BK-40: an owner sets booking up in a real browser, and customers see exactly that. */
import { expect } from 'chai';
import type { BookingSetup } from '@frontdesk/protocol/booking-staff';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { dateOf, at, HOURS, ZONE } from '../support/booking.js';
import { closeBrowser, createContext, watchComplaints } from '../support/browser.js';
import { allowHost } from './support/booking-page.js';
import { buildHtml, signInOnPage, startStage, until, type Stage } from './support/stage.js';
import { ask } from './support/waiting-room.js';

/** A date of the branch so many days from today. */
const dateIn = (days: number): string => dateOf(at(0, { days }));

describe('settings of booking', function settingsOfBooking() {
  this.timeout(90_000);
  let stage: Stage;
  let locationId: string;

  const asOwner = <Answer>(name: Parameters<typeof ask>[2], input: object) =>
    ask<Answer>(stage, stage.tenant.members.owner.accessToken, name, input);

  before(async () => {
    stage = await startStage();
    // One branch, so that pages and customers go to it by themselves.
    await asOwner('location:update', { locationId: stage.tenant.locationId, isArchived: true });
    const branch = { name: 'Bangsar', timeZone: ZONE, hours: HOURS };
    ({ id: locationId } = await asOwner<{ id: string }>('location:create', branch));
    const siteKey = await allowHost(stage, stage.tenant.tenantId);
    stage.host.setPage('/book', {
      html: buildHtml(
        `<script type="module" src="${stage.url}/widgets/frontdesk.js"></script><frontdesk-booking site="${siteKey}"></frontdesk-booking>`,
      ),
    });
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  async function openSettings(role: 'owner' | 'agent' = 'owner'): Promise<{ context: BrowserContext; page: Page }> {
    const context = await createContext();
    const page = await context.newPage();
    await page.goto(`${stage.url}/desk/settings`);
    await signInOnPage(page, stage.tenant.members[role].email);
    await linkOf(page, 'Branches').waitFor();
    return { context, page };
  }

  const linkOf = (page: Page, words: string): Locator =>
    page.locator('frontdesk-settings-desk nav button', { hasText: words });
  const fieldOf = (page: Page, id: string): Locator => page.locator(`frontdesk-settings-desk #${id}`);
  const buttonOf = (page: Page, words: string): Locator =>
    page.locator('frontdesk-settings-desk').getByRole('button', { name: words, exact: true });
  const labelled = (page: Page, words: string): Locator => page.getByLabel(words, { exact: true });

  async function openPage(page: Page, words: string): Promise<void> {
    await linkOf(page, words).click();
    await page.locator('h1', { hasText: words }).waitFor();
  }

  /** Opens the row of a list. */
  const openRow = (page: Page, words: string): Promise<void> =>
    page.locator('frontdesk-settings-desk .open', { hasText: words }).click();

  async function save(page: Page, words: 'Save' | 'Create'): Promise<void> {
    await buttonOf(page, words).click();
    await page.locator('frontdesk-settings-desk .status--saved').waitFor();
  }

  const readSetup = () => asOwner<BookingSetup>('booking:read-setup', { locationId });

  /** What the booking element offers on a date, as it stands on the page; null where the day cannot be chosen. */
  async function offeredOn(page: Page, date: string): Promise<readonly string[] | null> {
    await page.locator('[role=grid][aria-busy=false]').waitFor();
    if ((await page.locator(`[data-date="${date}"]`).count()) === 0) {
      await page.getByRole('button', { name: 'Next month' }).first().click();
      await page.locator('[role=grid][aria-busy=false]').waitFor();
    }
    const day = page.locator(`[data-date="${date}"]`);
    if (!(await day.evaluate((cell) => cell.classList.contains('free')))) return null;
    await day.click();
    await page.locator(`[data-date="${date}"][aria-selected=true]`).waitFor();
    await page.locator('.slot').first().waitFor();
    const times = await page.locator('.slot').allInnerTexts();
    return times.map((time) => time.replaceAll(/\s+/g, ' ').trim());
  }

  async function setSpecialDay(page: Page, at: number, date: string, windows: readonly (readonly [string, string])[]) {
    const section = page.locator('frontdesk-setup-hours section').first();
    await section.getByRole('button', { name: 'Add a date' }).click();
    const row = section.locator('li').nth(at);
    await row.locator('input[type=date]').fill(date);
    if (windows.length === 0) await row.getByRole('button', { name: `Remove these hours: ${date}` }).click();
    for (const [from, to] of windows) {
      await row.getByLabel(`${date}: from`).fill(from);
      await row.getByLabel(`${date}: until`).fill(to);
    }
    return row;
  }

  it('BK-12: a service and a person are set up, and stand there after a reload', async () => {
    const { page, context } = await openSettings();
    const complaints = watchComplaints(page);
    await openPage(page, 'Appointments');
    await buttonOf(page, 'Add a service').click();
    await fieldOf(page, 'names-en').fill('Massage');
    await fieldOf(page, 'segments-0-minutes').fill('60');
    await fieldOf(page, 'intervalMinutes').fill('60');
    await save(page, 'Create');
    await page.locator('.notice', { hasText: 'Nobody gives this service yet' }).waitFor();
    await openPage(page, 'People');
    await buttonOf(page, 'Add a person').click();
    await fieldOf(page, 'name').fill('Siti');
    await save(page, 'Create');
    await page.reload();
    await openPage(page, 'People');
    await page.locator('.open', { hasText: 'Massage' }).waitFor();
    const { services, resources } = await readSetup();
    expect(services[0]).to.deep.include({ names: { en: 'Massage' }, intervalMinutes: 60 });
    expect(resources[0]).to.deep.include({ name: 'Siti', kind: 'staff', serviceIds: [services[0]?.id] });
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('BK-12 BK-13: what staff set as hours is what customers see: half day, closed day, a night, and one that is cut', async () => {
    const { page, context } = await openSettings();
    await openPage(page, 'Branches');
    await openRow(page, 'Bangsar');
    await labelled(page, 'Monday: from').fill('10:00');
    await labelled(page, 'Monday: until').fill('12:00');
    await buttonOf(page, 'Copy the hours of Monday to other days').click();
    await buttonOf(page, 'To all days').click();
    await setSpecialDay(page, 0, dateIn(2), [['09:00', '10:00']]);
    await setSpecialDay(page, 1, dateIn(3), []);
    await setSpecialDay(page, 2, dateIn(4), [['22:00', '02:00']]);
    await setSpecialDay(page, 3, dateIn(6), [['22:00', '02:00']]);
    const cut = await setSpecialDay(page, 4, dateIn(7), []);
    await cut.getByLabel('The night before ends at midnight').check();
    await save(page, 'Save');

    const visitor = await context.newPage();
    await visitor.goto(`${stage.host.origin}/book`);
    // With one service and one person nothing else is asked.
    expect(await offeredOn(visitor, dateIn(1))).to.deep.equal(['10:00 AM', '11:00 AM']);
    expect(await offeredOn(visitor, dateIn(2)), 'half day').to.deep.equal(['9:00 AM']);
    expect(await offeredOn(visitor, dateIn(3)), 'closed').to.equal(null);
    expect(await offeredOn(visitor, dateIn(4)), 'an evening').to.deep.equal(['10:00 PM', '11:00 PM']);
    // Days are those of the calendar, so the night's other half stands on the date on which it is.
    const morning = ['12:00 AM', '1:00 AM', '10:00 AM', '11:00 AM'];
    expect(await offeredOn(visitor, dateIn(5)), 'its night, and the morning after').to.deep.equal(morning);
    expect(await offeredOn(visitor, dateIn(6)), 'an evening').to.deep.equal(['10:00 PM', '11:00 PM']);
    expect(await offeredOn(visitor, dateIn(7)), 'its night is cut').to.equal(null);
    await context.close();
  });

  it('BK-12: two owners change different fields at once, and both changes stand', async () => {
    const one = await openSettings();
    const other = await openSettings();
    for (const { page } of [one, other]) {
      await openPage(page, 'Appointments');
      await openRow(page, 'Massage');
    }
    await fieldOf(other.page, 'horizonDays').fill('30');
    await fieldOf(one.page, 'priceText').fill('RM 150');
    await save(one.page, 'Save');
    await until(
      () => fieldOf(other.page, 'priceText').inputValue(),
      (price) => price === 'RM 150',
    );
    await save(other.page, 'Save');
    const { services } = await readSetup();
    expect(services[0]).to.deep.include({ priceText: 'RM 150', horizonDays: 30 });
    await one.context.close();
    await other.context.close();
  });

  it('BK-12: what only the server can refuse is said at its field, and what was typed stays', async () => {
    const { page, context } = await openSettings();
    await openPage(page, 'Appointments');
    await openRow(page, 'Massage');
    await buttonOf(page, 'Add a part').click();
    for (const at of [0, 1]) await fieldOf(page, `segments-${at}-minutes`).fill('1440');
    await buttonOf(page, 'Save').click();
    await page.locator('#segments-problem', { hasText: 'not accepted' }).waitFor();
    expect(await fieldOf(page, 'segments-1-minutes').inputValue()).to.equal('1440');
    expect((await readSetup()).services[0]?.segments).to.have.length(1);
    await context.close();
  });

  it('BK-40: an agent looks at what can be booked and is offered no change', async () => {
    const { page, context } = await openSettings('agent');
    await openPage(page, 'Appointments');
    await page.locator('.lead', { hasText: 'You can look at this' }).waitFor();
    expect(await buttonOf(page, 'Add a service').count()).to.equal(0);
    await openRow(page, 'Massage');
    await fieldOf(page, 'names-en').waitFor();
    expect(await fieldOf(page, 'names-en').isDisabled()).to.equal(true);
    expect(await page.locator('frontdesk-settings-desk button[type=submit]').count()).to.equal(0);
    await context.close();
  });

  it('CC-1 CC-16: a card that is made here stands under its address at once, with the hours of the branch', async () => {
    const { page, context } = await openSettings();
    const complaints = watchComplaints(page);
    await openPage(page, 'Contact cards');
    await buttonOf(page, 'Add a contact card').click();
    await fieldOf(page, 'subject').selectOption('staff');
    await fieldOf(page, 'name').fill('Dr Aisha Rahman');
    await fieldOf(page, 'phone-number').fill('+60 3-5550 0123');
    await fieldOf(page, 'photo').setInputFiles({
      name: 'face.png',
      mimeType: 'image/png',
      buffer: await page.screenshot(),
    });
    await page.locator('frontdesk-settings-desk form img.photo').waitFor();
    await page.locator('frontdesk-card-preview', { hasText: 'Dr Aisha Rahman' }).waitFor();
    // A long form scrolls in its place; the page around it stays as it is.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).to.equal(0);
    await save(page, 'Create');
    const address = await page.locator('frontdesk-setup-copy', { hasText: 'Its own page' }).locator('pre').innerText();
    const visitor = await context.newPage();
    await visitor.goto(address);
    await visitor.getByRole('heading', { name: 'Dr Aisha Rahman' }).waitFor();
    expect(await visitor.locator('a[href="tel:+60355500123"]').count()).to.be.above(0);
    expect(await visitor.locator('img[src^="data:image/jpeg;base64,"]').count()).to.equal(1);
    // Those of the branch, as the test of the hours left them.
    expect(await visitor.locator('body').innerText()).to.match(/10:00.{1,8}AM.{1,4}12:00.{1,8}PM/su);
    expect(complaints).to.deep.equal([]);
    await context.close();
  });
});

/** Booking where the business asks for a proof: a code by mail, or the word of the website's own server. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { SignJWT } from 'jose';
import type { BrowserContext, Page } from 'playwright-core';
import { at, openClinic, type Clinic } from '../support/booking.js';
import { closeBrowser, createContext, watchComplaints, type ContextChoices } from '../support/browser.js';
import { allowHost, openBackDoor, setStrictPage } from './support/booking-page.js';
import { readMailedCode } from './support/mails.js';
import { startStage, type Stage } from './support/stage.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const DAY_IN_MS = 24 * 3_600_000;
const dateOf = (days: number): string =>
  new Date(Date.parse(at(0, { days })) + DAY_IN_MS / 3).toISOString().slice(0, 10);

describe('proving who books on a website', function proving() {
  this.timeout(60_000);
  let stage: Stage;
  let clinic: Clinic;
  let siteKey: string;

  before(async () => {
    stage = await startStage();
    clinic = await openClinic(openBackDoor(stage), { service: { verification: 'email' } });
    siteKey = await allowHost(stage, clinic.shop.owner.tenantId);
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  async function open(more: string, choices: ContextChoices = {}): Promise<{ context: BrowserContext; page: Page }> {
    setStrictPage(stage, '/book', `<frontdesk-booking site="${siteKey}" ${more}></frontdesk-booking>`);
    const context = await createContext(choices);
    const page = await context.newPage();
    await page.goto(`${stage.host.origin}/book`);
    return { context, page };
  }

  async function choose(page: Page, time: string): Promise<void> {
    await page.locator('[role=grid][aria-busy=false]').waitFor();
    const date = dateOf(2);
    if ((await page.locator(`[data-date="${date}"]`).count()) === 0) {
      await page.getByRole('button', { name: 'Next month' }).first().click();
    }
    await page.locator(`[data-date="${date}"].free`).click();
    await page.getByRole('button', { name: time, exact: true }).click();
    await page.getByRole('timer').waitFor();
  }

  async function findViolations(page: Page): Promise<string[]> {
    await page.evaluate(axeSource);
    return page.evaluate(async (runOnly) => {
      type Axe = { run(options: object): Promise<{ violations: { id: string }[] }> };
      const { axe } = globalThis as unknown as { axe: Axe };
      return (await axe.run({ runOnly })).violations.map(({ id }) => id);
    }, RULES);
  }

  const booked = (page: Page) => page.getByRole('heading', { name: 'You are booked' }).waitFor({ timeout: 10_000 });
  const field = (page: Page) => page.getByLabel('Code from the e-mail');

  it('BK-34: a code comes by mail, a wrong one is counted, the right one books what was typed', async () => {
    const email = 'mei.otp@example.test';
    const { context, page } = await open('', { viewport: 'mobile' });
    const complaints = watchComplaints(page);
    await choose(page, '9:00 AM');
    await page.getByLabel('Name').fill('Mei Tan');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Book', exact: true }).click();
    await field(page).waitFor();
    await page.getByText(`We sent a code to ${email}`).first().waitFor();
    const code = await readMailedCode(stage.app, email);
    expect(await page.evaluate(() => document.activeElement?.localName)).to.equal('frontdesk-booking');
    await page.keyboard.type(String((Number(code) + 1) % 1_000_000).padStart(6, '0'));
    await page.keyboard.press('Enter');
    await page.getByText('You can try 4 more times').first().waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await page.getByRole('button', { name: /^Another code in/ }).waitFor();
    // The time was kept longer by itself: there is nothing more to ask for.
    expect(await page.getByRole('button', { name: 'Keep it longer' }).count()).to.equal(0);
    await field(page).fill(` ${code.slice(0, 3)} ${code.slice(3)}`);
    await page.keyboard.press('Enter');
    await booked(page);
    // The browser tells of the refusal that the form answers with the field for the code; of nothing else.
    expect(complaints.filter((line) => !/status of 403/.test(line))).to.deep.equal([]);
    await context.close();
  });

  it('BK-38: what the website signed is locked and needs no code; what it did not sign is said and costs nothing typed', async () => {
    const site = await stage.app.server.tenancy.directory.findSiteByKey(siteKey);
    const { keyId, secret } = await clinic.must('site:rotate-identity-secret', { siteId: site!.id });
    const sign = (by: string): Promise<string> =>
      new SignJWT({ name: 'Mei Tan', email: 'mei.signed@example.test', aud: siteKey })
        .setProtectedHeader({ alg: 'HS256', kid: keyId })
        .setExpirationTime('10m')
        .sign(new TextEncoder().encode(by));
    const forged = await open(`prefill="${await sign('somebody else’s secret')}"`);
    await choose(forged.page, '10:00 AM');
    await forged.page.getByRole('button', { name: 'Book', exact: true }).click();
    await forged.page.getByText('could not be confirmed').first().waitFor();
    expect(await forged.page.getByLabel('Name').inputValue()).to.equal('Mei Tan');
    expect(await forged.page.getByLabel('Name').isEditable()).to.equal(true);
    await forged.page.getByRole('button', { name: 'Book', exact: true }).click();
    await field(forged.page).waitFor();
    await forged.context.close();

    const { context, page } = await open(`prefill="${await sign(secret)}"`);
    await choose(page, '11:00 AM');
    expect(await page.getByLabel('E-mail address').inputValue()).to.equal('mei.signed@example.test');
    expect(await page.getByLabel('E-mail address').isEditable()).to.equal(false);
    await page.getByRole('button', { name: 'Book', exact: true }).click();
    await booked(page);
    await context.close();
  });
});

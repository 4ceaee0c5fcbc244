/** A contact card on somebody else's website: under the strictest policy, offline and online, without script, in any zone. */
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import type { CardDto } from '@frontdesk/protocol/cards';
import type { StaffConversationDto } from '@frontdesk/protocol/chat';
import { closeBrowser, createContext, watchComplaints, type ContextChoices } from '../support/browser.js';
import { callHttp, dataOf } from '../support/server.js';
import { buildHtml, startStage, until, type Stage } from './support/stage.js';

const DAY_MS = 86_400_000;
/** The first Friday, 10:42 in Kuala Lumpur, from today on: the server tells of the coming days by its own clock. */
const FRIDAY = Date.parse('2026-11-20T02:42:00.000Z');
const NOW = FRIDAY + Math.ceil((Date.now() - FRIDAY) / (7 * DAY_MS)) * 7 * DAY_MS;
const DAY = [{ from: '08:30', to: '12:15' }];

describe('contact card', function contactCard() {
  this.timeout(45_000);
  let stage: Stage;
  let card: CardDto;
  let key: string;

  before(async () => {
    stage = await startStage();
    const asOwner = { audience: 'staff', token: stage.tenant.members.owner.accessToken } as const;
    const ask = <T>(name: string, input: object) => callHttp<T>(stage.app.url, name, input, asOwner);
    const weekly = [DAY, DAY, DAY, DAY, DAY, [], []];
    const { id: locationId } = dataOf(
      await ask<{ id: string }>('location:create', {
        name: 'Bangsar',
        address: '12 Jalan Kenanga',
        timeZone: 'Asia/Kuala_Lumpur',
        hours: { weekly, specialDays: [], holidays: [] },
      }),
    );
    const phone = { number: '+60355500123', extension: null };
    card = dataOf(
      await ask<CardDto>('card:create', {
        locationId,
        subject: 'location',
        name: 'Klinik Mawar',
        phone,
        hidesContactData: false,
      }),
    );
    key = /site="(pk_\w+)"/.exec(stage.snippet)?.[1] ?? '';
    const element = `<script type="module" src="${stage.url}/widgets/frontdesk.js"></script>
      <frontdesk-contact-card site="${key}" card="${card.id}"><a href="${stage.url}/cards/${card.id}.html">Contact</a></frontdesk-contact-card>`;
    const policy = `default-src 'none'; script-src ${stage.url}; connect-src ${stage.url}; img-src data:; require-trusted-types-for 'script'; trusted-types lit-html`;
    stage.host.setPage('/card', { html: buildHtml(element), headers: { 'Content-Security-Policy': policy } });
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  async function openPage(choices: ContextChoices = {}, at = NOW): Promise<{ context: BrowserContext; page: Page }> {
    const context = await createContext(choices);
    const page = await context.newPage();
    await page.clock.install({ time: at });
    await page.goto(`${stage.host.origin}/card`);
    await page.locator('frontdesk-card-view .card').waitFor();
    return { context, page };
  }

  const stateOf = (page: Page): Promise<string> => page.locator('frontdesk-card-view .state').innerText();

  it('CC-2 CC-3: says the same to visitors in five zones, and turns by itself at the closing', async () => {
    for (const timeZone of ['Asia/Kuala_Lumpur', 'Asia/Kolkata', 'America/New_York', 'Pacific/Chatham', 'UTC']) {
      const { context, page } = await openPage({ timeZone });
      expect(await stateOf(page), timeZone).to.match(/^Open now until 12:15\sPM$/);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.clock.fastForward(93 * 60_000);
      await until(
        () => stateOf(page),
        (text) => /^Closed now opens Mon,? 8:30\sAM$/.test(text),
      );
      expect(asked, timeZone).to.deep.equal([]);
      await context.close();
    }
  });

  it('CC-13: puts its data into the head under Trusted Types, and the page has nothing to complain about', async () => {
    const context = await createContext();
    const page = await context.newPage();
    const complaints = watchComplaints(page);
    await page.goto(`${stage.host.origin}/card`);
    await page.locator('frontdesk-card-view .card').waitFor();
    const texts = await page.locator('head script[type="application/ld+json"]').allTextContents();
    expect(texts.map((text) => (JSON.parse(text) as { name: string }).name)).to.deep.equal(['Klinik Mawar']);
    await page.getByRole('button', { name: 'QR code' }).click();
    await page.locator('frontdesk-card-view .qr').waitFor();
    expect(complaints).to.deep.equal([]);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).to.equal(0);
    await context.close();
  });

  it('CC-11 CC-15: code and form that cannot be fetched leave no empty place and no error on the page', async () => {
    const context = await createContext();
    const page = await context.newPage();
    await page.goto(`${stage.host.origin}/card`);
    const form = page.getByRole('button', { name: 'Write us a message' });
    const code = page.getByRole('button', { name: 'QR code' });
    await form.waitFor();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.route('**/*.js', (route) => route.abort());
    for (const button of [form, code]) {
      const refused = page.waitForEvent('requestfailed');
      await button.click();
      await refused;
      await until(
        () => button.getAttribute('aria-expanded'),
        (expanded) => expanded === 'false',
      );
    }
    expect(await page.locator('frontdesk-card-form').count()).to.equal(0);
    expect(await page.locator('frontdesk-card-view .qr').count()).to.equal(0);
    expect(errors).to.deep.equal([]);
    await context.close();
  });

  it('CC-15: a message that is written offline arrives once when the network is back', async () => {
    const context = await createContext({ viewport: 'mobile' });
    const page = await context.newPage();
    await page.goto(`${stage.host.origin}/card`);
    await page.getByRole('button', { name: 'Write us a message' }).click();
    await page.getByLabel('Your name').fill('Siti');
    await page.getByLabel('E-mail', { exact: true }).fill('siti@example.com');
    await page.getByLabel('Your message').fill('Do you see children on Saturdays?');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('No connection. It is sent as soon as there is one').waitFor();
    await context.setOffline(false);
    await page.getByText('Sent. Thank you!').waitFor();
    const inbox = await callHttp<{ conversations: StaffConversationDto[] }>(
      stage.app.url,
      'conversation:list',
      { view: 'all-open' },
      { audience: 'staff', token: stage.tenant.members.agent.accessToken },
    );
    const mine = dataOf(inbox).conversations.filter(({ contact }) => contact.email === 'siti@example.com');
    expect(mine.map(({ lastMessage, head }) => [lastMessage?.preview, head])).to.deep.equal([
      ['Do you see children on Saturdays?', 1],
    ]);
    await context.close();
  });

  it('CC-6 CC-9: without script every way is there, and the vCard is downloaded under a safe name', async () => {
    const context = await createContext();
    const page = await context.newPage();
    const complaints = watchComplaints(page);
    await page.route('**/*.js', (route) => route.abort());
    await page.goto(`${stage.host.origin}/card`);
    await page.getByRole('link', { name: 'Contact', exact: true }).click();
    await page.getByRole('heading', { name: 'Klinik Mawar' }).waitFor();
    expect(await page.getByRole('link', { name: /^Call/ }).getAttribute('href')).to.equal('tel:+60355500123');
    const started = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save contact' }).click();
    expect((await started).suggestedFilename()).to.equal('Klinik Mawar.vcf');
    expect(complaints.filter((text) => !text.includes('ERR_FAILED'))).to.deep.equal([]);
    await context.close();
  });
});

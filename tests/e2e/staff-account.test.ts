/** AUTH-02, AUTH-04, AUTH-07, SES-02, SES-04, SES-05, TEN-09: the life of an account, in browsers and in the mail folder. */
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { closeBrowser, createContext } from '../support/browser.js';
import { callHttp } from '../support/server.js';
import { PASSWORD } from '../support/workspace.js';
import { readMailedLink } from './support/mails.js';
import {
  buildHtml,
  composerOf,
  launcherOf,
  openInbox,
  readThread,
  say,
  signInOnPage,
  startStage,
  until,
  type Stage,
} from './support/stage.js';

const NEW_PASSWORD = 'pasar malam biru dua';
/** A revoked session reaches its sockets within this time (SES-04). */
const OUT_WITHIN_MS = 5_000;
const TOKEN_LIFE_MS = 10 * 60_000;

describe('staff account', function staffAccount() {
  this.timeout(60_000);
  let stage: Stage;
  /** How far the server's clock is ahead. */
  let aheadMs = 0;

  before(async () => {
    stage = await startStage({ clock: { now: () => Date.now() + aheadMs } });
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  const listOf = (page: Page) => page.locator('frontdesk-inbox-list').first();
  const doorOf = (page: Page) => page.locator('frontdesk-staff-access');
  const draftOf = (page: Page) => page.locator('frontdesk-inbox-composer textarea');
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

  async function openDesk(path = '/desk'): Promise<{ context: BrowserContext; page: Page }> {
    const context = await createContext();
    const page = await context.newPage();
    await page.goto(`${stage.url}${path}`);
    return { context, page };
  }

  /** The settings in another tab of the same browser. */
  async function openSettings(context: BrowserContext, pageName: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${stage.url}/desk/settings`);
    await button(page, pageName).click();
    return page;
  }

  async function openThread(page: Page): Promise<void> {
    await page.locator('frontdesk-inbox-row').first().click();
    await draftOf(page).waitFor();
  }

  async function expectDeadLink(link: string): Promise<void> {
    const { context, page } = await openDesk(link.slice(stage.url.length));
    if (link.includes('#reset')) {
      await page.getByLabel('New password').fill(NEW_PASSWORD);
      await button(page, 'Save and sign in').click();
    }
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    expect(await page.locator('input').count()).to.equal(0);
    await context.close();
  }

  async function askToSignUp(page: Page, email: string): Promise<string> {
    await page.getByRole('button', { name: 'New here?' }).click();
    await page.getByLabel('Name of your business').fill('Klinik Ampang');
    await page.getByLabel('Your name').fill('Siti Nurhaliza');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await button(page, 'Create the account').click();
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
    return (await doorOf(page).locator('.sent').textContent())!.replace(email, '…').replace(/\s+/g, ' ');
  }

  it('AUTH-04 signing up says the same for a known address as for a new one', async () => {
    const { context, page } = await openDesk();
    const known = await askToSignUp(page, stage.tenant.members.owner.email);
    await button(page, 'Back to sign in').click();
    expect(await askToSignUp(page, 'nobody@ampang.test')).to.equal(known);
    await context.close();
  });

  it('the desk speaks the language of its reader, English or Malay', async () => {
    for (const [locale, title, heading] of [
      ['ms-MY', 'Peti masuk · Frontdesk', 'Log masuk'],
      ['fr-FR', 'Inbox · Frontdesk', 'Sign in'],
    ] as const) {
      const context = await createContext({ locale });
      const page = await context.newPage();
      await page.goto(`${stage.url}/desk`);
      await page.getByRole('heading', { name: heading }).waitFor();
      expect(await page.title()).to.equal(title);
      await context.close();
    }
  });

  it('AUTH-07 from sign-up to the first answer: mail, link, website, snippet, chat', async () => {
    const { context, page } = await openDesk();
    await askToSignUp(page, 'siti@ampang.test');
    const link = await readMailedLink(stage.app, 'siti@ampang.test', 'verify');
    // Pasted into the tab that waits: only the fragment changes, so no page is loaded.
    await page.goto(link);
    await page.getByRole('link', { name: 'Add a website' }).waitFor();
    expect(page.url()).to.equal(`${stage.url}/desk`);
    await expectDeadLink(link);

    await page.getByRole('link', { name: 'Add a website' }).click();
    await button(page, 'Add a website').first().click();
    await page.getByLabel('Name', { exact: true }).fill('Ampang');
    await page.getByPlaceholder('https://example.com').fill(stage.host.origin);
    await button(page, 'Create').click();
    const snippet = (await page.locator('frontdesk-settings-snippet code').textContent())!;
    expect(await page.locator('[aria-invalid="true"]').count()).to.equal(0);
    await button(page, 'Save').click();
    await page.getByText('Saved').waitFor();

    stage.host.setPage('/ampang', { html: buildHtml(snippet) });
    const visitor = await createContext();
    const shop = await visitor.newPage();
    await shop.goto(`${stage.host.origin}/ampang`);
    await launcherOf(shop).click();
    await say(shop, 'Are you open on Sunday?');
    await page.getByRole('link', { name: 'Inbox' }).click();
    await openThread(page);
    await draftOf(page).fill('Until noon.');
    await draftOf(page).press('Enter');
    await until(
      () => readThread(shop),
      (thread) => thread.some(({ body }) => body === 'Until noon.'),
    );
    await composerOf(shop).waitFor();
    await visitor.close();
    await context.close();
  });

  it('TEN-09 AUTH-07 an invited colleague joins once, and sees what the role allows', async () => {
    const owner = await openInbox(stage, stage.tenant.members.owner);
    const team = await openSettings(owner.context, 'Team');
    await team.getByLabel('E-mail').fill('lim@ampang.test');
    await button(team, 'Send the invitation').click();
    const link = await readMailedLink(stage.app, 'lim@ampang.test', 'invite');
    const colleague = await openDesk(link.slice(stage.url.length));
    await colleague.page.getByText('You were invited as Agent, with lim@ampang.test.').waitFor();
    await colleague.page.getByLabel('Your name').fill('Lim Wei');
    await colleague.page.getByLabel('New password').fill(NEW_PASSWORD);
    await button(colleague.page, 'Join').click();
    await listOf(colleague.page).waitFor();
    await expectDeadLink(link);
    await team.getByText('Lim Wei', { exact: true }).waitFor();

    const settings = await openSettings(colleague.context, 'Team');
    await settings.getByText('You can look at this.').waitFor();
    expect(await settings.getByRole('button', { name: 'Websites' }).count()).to.equal(0);
    expect(await settings.getByRole('button', { name: /Role of|Actions for/ }).count()).to.equal(0);
    expect(await settings.locator('input').count()).to.equal(0);
    await colleague.context.close();
    await owner.context.close();
  });

  it('AUTH-07 SES-05 a forgotten password: the link works once, and every other browser is out', async () => {
    const { email } = stage.tenant.members.admin;
    const elsewhere = await openInbox(stage, stage.tenant.members.admin);
    const { context, page } = await openDesk();
    await page.getByRole('button', { name: 'Forgot your password?' }).click();
    await page.getByLabel('E-mail').fill(email);
    await button(page, 'Send the link').click();
    const link = await readMailedLink(stage.app, email, 'reset');
    await page.goto(link);
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await button(page, 'Save and sign in').click();
    await listOf(page).waitFor();
    await doorOf(elsewhere.page).waitFor({ timeout: OUT_WITHIN_MS });
    await expectDeadLink(link);
    await signInOnPage(elsewhere.page, email, PASSWORD);
    await elsewhere.page.getByText('E-mail and password do not match.').waitFor();
    await signInOnPage(elsewhere.page, email, NEW_PASSWORD);
    await listOf(elsewhere.page).waitFor();
    await elsewhere.context.close();
    await context.close();
  });

  it('AUTH-02 the sixth wrong password waits, kindly and with a time', async () => {
    const strict = await startStage({ env: { RATE_LIMIT_MULTIPLIER: '1' } });
    try {
      const context = await createContext();
      const page = await context.newPage();
      await page.goto(`${strict.url}/desk`);
      for (let failures = 0; failures < 6; failures += 1) {
        const answered = page.waitForResponse(/session:sign-in/);
        await signInOnPage(page, strict.tenant.members.viewer.email, 'not my password');
        await answered;
      }
      await page.getByText(/try again in 15 minutes/).waitFor();
      await context.close();
    } finally {
      await strict.close();
    }
  });

  it('SES-04 signing out reaches the other tabs of the browser', async () => {
    const { context, page } = await openInbox(stage, stage.tenant.members.agent);
    const other = await context.newPage();
    await other.goto(`${stage.url}/desk`);
    await listOf(other).waitFor();
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await doorOf(page).waitFor();
    await doorOf(other).waitFor({ timeout: OUT_WITHIN_MS });
    await other.reload();
    await doorOf(other).waitFor();
    await context.close();
  });

  it('SES-04 a browser that is signed out from another one is out within 5 s, and keeps its draft', async () => {
    const { agent } = stage.tenant.members;
    const here = await openInbox(stage, agent);
    const lost = await openInbox(stage, agent);
    await openThread(lost.page);
    await draftOf(lost.page).fill('half a sentence');
    const account = await openSettings(here.context, 'My account');
    const others = account.getByRole('button', { name: /^Sign out: Safari|^Sign out: Chrom/ });
    await others.first().click();
    await lost.page.getByText('what you typed is still here').waitFor({ timeout: OUT_WITHIN_MS });
    await signInOnPage(lost.page, agent.email);
    await draftOf(lost.page).waitFor();
    expect(await draftOf(lost.page).inputValue()).to.equal('half a sentence');
    await lost.context.close();
    await here.context.close();
  });

  it('SES-04 TEN-09 a changed role holds at once, without a new sign-in and without losing draft or place', async () => {
    const { agent, owner } = stage.tenant.members;
    const { context, page } = await openInbox(stage, agent);
    await openThread(page);
    await draftOf(page).fill('half a sentence');
    const setRole = (role: string) =>
      callHttp(
        stage.app.url,
        'member:update',
        { memberId: agent.membershipId, role },
        { audience: 'staff', token: owner.accessToken },
      );
    await setRole('viewer');
    await page.getByText('Your role lets you read conversations, not answer them.').waitFor({ timeout: OUT_WITHIN_MS });
    await setRole('agent');
    await draftOf(page).waitFor({ timeout: OUT_WITHIN_MS });
    expect(await draftOf(page).inputValue()).to.equal('half a sentence');
    await context.close();
  });

  it('SES-02 the access token is renewed while somebody works, the cookie rotates, and an old cookie ends it all', async () => {
    const { context, page } = await openInbox(stage, stage.tenant.members.agent);
    const readCookie = async (): Promise<string> =>
      (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const first = await readCookie();
    // The last half minute of the token: the server says so on the socket, and the page renews in place.
    aheadMs = TOKEN_LIFE_MS - 30_000;
    const second = await until(readCookie, (cookie) => cookie !== first);
    // Half an hour of sleep: the token is long dead when the page is heard again.
    aheadMs += 3 * TOKEN_LIFE_MS;
    await until(readCookie, (cookie) => cookie !== second);
    await openThread(page);
    await page.locator('frontdesk-inbox-entry').first().waitFor();
    expect(await doorOf(page).count()).to.equal(0);

    const reuse = await callHttp(stage.app.url, 'session:refresh', {}, { audience: 'public', cookie: first });
    expect(reuse.status).to.equal(401);
    await doorOf(page).waitFor({ timeout: OUT_WITHIN_MS });
    await context.close();
  });
});

/** QA-1, QA-2, QA-4, QA-7, QA-8, QA-16: an owner sets a queue up in a real browser against a real server. */
import { expect } from 'chai';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { closeBrowser, createContext, watchComplaints } from '../support/browser.js';
import { issue } from './support/console.js';
import { signInOnPage, startStage, until, type Stage } from './support/stage.js';
import { ask, boardOf } from './support/waiting-room.js';

const EFFECT_MS = 2_000;

async function openSettings(stage: Stage): Promise<{ context: BrowserContext; page: Page }> {
  const context = await createContext();
  const page = await context.newPage();
  await page.goto(`${stage.url}/desk/settings`);
  await signInOnPage(page, stage.tenant.members.owner.email);
  await linkOf(page, 'Branches').waitFor();
  return { context, page };
}

const linkOf = (page: Page, words: string): Locator =>
  page.locator('frontdesk-settings-desk nav button', { hasText: words });
const fieldOf = (page: Page, id: string): Locator => page.locator(`frontdesk-settings-queue #${id}`);
const buttonOf = (page: Page, words: string): Locator =>
  page.locator('frontdesk-settings-queue').getByRole('button', { name: words, exact: true });
const savedOf = (page: Page): Locator => page.locator('frontdesk-settings-queue .status--saved');

async function openPage(page: Page, words: string): Promise<void> {
  await linkOf(page, words).click();
  await page.locator('frontdesk-settings-queue h1', { hasText: words }).waitFor();
}

/** The code that a screen shows. */
async function showCode(stage: Stage): Promise<{ context: BrowserContext; page: Page; code: string }> {
  const context = await createContext();
  const page = await context.newPage();
  await page.goto(`${stage.url}/display`);
  const code = page.locator('frontdesk-device-pairing .code:not(.code--unknown)');
  await code.waitFor();
  return { context, page, code: (await code.innerText()).replace(/\D/g, '') };
}

async function pair(page: Page, code: string, name: string): Promise<void> {
  await openPage(page, 'Screens and kiosks');
  await fieldOf(page, 'code').fill(code);
  await fieldOf(page, 'name').fill(name);
  await buttonOf(page, 'Pair').click();
  await page.locator('frontdesk-queue-devices .row', { hasText: name }).waitFor();
}

describe('settings of the queue', function settingsOfTheQueue() {
  this.timeout(90_000);
  let stage: Stage;

  before(async () => {
    stage = await startStage();
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  it('QA-1 QA-2 QA-4 an owner adds a branch, a service and a counter, and everything stands there after a reload', async () => {
    const { page, context } = await openSettings(stage);
    const complaints = watchComplaints(page);
    await openPage(page, 'Branches');
    await buttonOf(page, 'Add a branch').click();
    await fieldOf(page, 'name').fill('Ampang');
    await fieldOf(page, 'timeZone').selectOption('Asia/Kuala_Lumpur');
    await buttonOf(page, 'Create').click();
    await savedOf(page).waitFor();
    await openPage(page, 'Services');
    await page.locator('frontdesk-settings-queue #place').selectOption({ label: 'Ampang' });
    await buttonOf(page, 'Add a service').click();
    await fieldOf(page, 'names-en').fill('Dental');
    await fieldOf(page, 'series-prefix').fill('d');
    await buttonOf(page, 'Create').click();
    await savedOf(page).waitFor();
    await openPage(page, 'Counters');
    await buttonOf(page, 'Add a counter').click();
    await fieldOf(page, 'label').fill('Room 7');
    await buttonOf(page, 'Create').click();
    await savedOf(page).waitFor();

    const { locations } = await ask<{ locations: { id: string; name: string; timeZone: string }[] }>(
      stage,
      stage.tenant.members.owner.accessToken,
      'location:list',
      {},
    );
    const ampang = locations.find(({ name }) => name === 'Ampang');
    expect(ampang?.timeZone).to.equal('Asia/Kuala_Lumpur');
    const setup = await ask<{ services: { series: { prefix: string } }[]; counters: { label: string }[] }>(
      stage,
      stage.tenant.members.owner.accessToken,
      'queue:read-setup',
      { locationId: ampang?.id },
    );
    expect(setup.services.map(({ series }) => series.prefix)).to.deep.equal(['D']);
    expect(setup.counters.map(({ label }) => label)).to.deep.equal(['Room 7']);
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('QA-1 another zone waits for the next service day, and the page says so', async () => {
    const { page, context } = await openSettings(stage);
    await openPage(page, 'Branches');
    await page.locator('frontdesk-queue-locations .open').first().click();
    await fieldOf(page, 'timeZone').selectOption('Asia/Tokyo');
    await buttonOf(page, 'Save').click();
    await page
      .locator('frontdesk-queue-location .notice', { hasText: 'From the next service day: Asia/Tokyo' })
      .waitFor();
    await context.close();
  });

  it('QA-2 a prefix that another service has is refused at its field, and what was typed stays', async () => {
    const { page, context } = await openSettings(stage);
    await openPage(page, 'Services');
    await buttonOf(page, 'Add a service').click();
    await fieldOf(page, 'names-en').fill('Second');
    await fieldOf(page, 'series-prefix').fill('A');
    await buttonOf(page, 'Create').click();
    await page.locator('#series-prefix-problem', { hasText: 'Another one uses this already' }).waitFor();
    expect(await fieldOf(page, 'names-en').inputValue()).to.equal('Second');
    await context.close();
  });

  it('QA-4 a counter that staff open is shown as open without a reload', async () => {
    const { page, context } = await openSettings(stage);
    await openPage(page, 'Counters');
    const row = page.locator('frontdesk-queue-counters .open', { hasText: 'Counter 1' });
    await row.locator('[data-status=closed]').waitFor();
    const { counterId, members } = stage.tenant;
    await ask(stage, members.agent.accessToken, 'counter:open', { counterId });
    await row.locator('[data-status=open]').waitFor({ timeout: EFFECT_MS });
    await context.close();
  });

  it('QA-7 a screen is paired by the code it shows, renamed, and dark within two seconds of being put out', async () => {
    const { page, context } = await openSettings(stage);
    const screen = await showCode(stage);
    await openPage(page, 'Screens and kiosks');
    await fieldOf(page, 'code').fill('000000');
    await fieldOf(page, 'name').fill('Hall');
    await buttonOf(page, 'Pair').click();
    await page.locator('#code-problem', { hasText: 'No screen shows this code' }).waitFor();
    await pair(page, screen.code, 'Hall');
    await boardOf(screen.page).waitFor();
    await page
      .locator('frontdesk-queue-devices .row', { hasText: 'Hall' })
      .locator('.tag--good', { hasText: 'Online' })
      .waitFor();
    await buttonOf(page, 'Put out: Hall').click();
    await page.locator('frontdesk-queue-devices dialog').getByRole('button', { name: 'Put out' }).click();
    const startedAt = Date.now();
    await boardOf(screen.page).waitFor({ state: 'detached', timeout: EFFECT_MS });
    expect(Date.now() - startedAt).to.be.below(EFFECT_MS);
    await screen.context.close();
    await context.close();
  });

  it('QA-8 what the designer previews is what the screen shows once it is saved', async () => {
    const { page, context } = await openSettings(stage);
    const screen = await showCode(stage);
    await pair(page, screen.code, 'Lobby');
    await boardOf(screen.page).waitFor();
    await buttonOf(page, 'Set up: Lobby').click();
    const emphasisOf = (board: Locator): Promise<string> =>
      board
        .locator('[part=base]')
        .first()
        .evaluate((base) => getComputedStyle(base).getPropertyValue('--display-emphasis').trim());
    const before = await emphasisOf(boardOf(screen.page));
    await fieldOf(page, 'accent').fill('#7a1fa2');
    const preview = page.locator('frontdesk-queue-preview frontdesk-queue-board');
    const previewed = await until(
      () => emphasisOf(preview),
      (color) => color !== before,
    );
    expect(await emphasisOf(boardOf(screen.page)), 'nothing is shown before it is saved').to.equal(before);
    await buttonOf(page, 'Save').click();
    await until(
      () => emphasisOf(boardOf(screen.page)),
      (color) => color === previewed,
    );
    await screen.context.close();
    await context.close();
  });

  it('QA-16 a notice reaches the screens; a closed service takes no tickets and says why until it opens again', async () => {
    const { page, context } = await openSettings(stage);
    const screen = await showCode(stage);
    await pair(page, screen.code, 'Ward');
    await boardOf(screen.page).waitFor();
    await issue(stage, {});
    await openPage(page, 'Today');
    await fieldOf(page, 'notice').fill('Fire drill at noon');
    await buttonOf(page, 'Show').click();
    await boardOf(screen.page).locator('.notice', { hasText: 'Fire drill at noon' }).waitFor({ timeout: 5_000 });
    await buttonOf(page, 'Take down').click();
    await boardOf(screen.page).locator('.notice').waitFor({ state: 'detached', timeout: 5_000 });

    await page.locator('frontdesk-queue-today .row button').first().click();
    await fieldOf(page, 'message').fill('The power is out');
    await page.locator('frontdesk-queue-today form .button--danger').click();
    await page.locator('frontdesk-queue-today .row', { hasText: 'The power is out' }).waitFor();
    const owner = stage.tenant.members.owner.accessToken;
    const { locationId, serviceId } = stage.tenant;
    const read = async () => {
      const setup = await ask<{ services: { id: string; closure: { message: string } | null }[] }>(
        stage,
        owner,
        'queue:read-setup',
        { locationId },
      );
      return setup.services.find(({ id }) => id === serviceId)?.closure?.message ?? null;
    };
    expect(await read()).to.equal('The power is out');
    await page
      .locator('frontdesk-queue-today')
      .getByRole('button', { name: /^Open again/ })
      .click();
    await until(read, (message) => message === null);
    await screen.context.close();
    await context.close();
  });
});

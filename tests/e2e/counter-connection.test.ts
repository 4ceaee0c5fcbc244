/** QC-12, QC-13, QC-19: what the console says about screens and about its own connection, and where it stands. */
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { NO_FAULTS } from '../reliability/proxy.js';
import { closeBrowser, createContext, watchComplaints } from '../support/browser.js';
import { callHttp } from '../support/server.js';
import { buttonOf, headlineOf, issue, labelOf, openConsole, press, readView } from './support/console.js';
import { buildHtml, signInOnPage, startStage, until, type Stage } from './support/stage.js';
import { openScreen } from './support/waiting-room.js';

const NOTICED_MS = 5_000;
/** What stands before a screen's answer is called missing, and the second in which it is drawn. */
const WARNED_MS = 3_000 + 1_500;

describe('counter console: connection, screens, frame', function counterConnection() {
  this.timeout(60_000);
  let stage: Stage;

  beforeEach(async () => {
    stage = await startStage();
  });
  afterEach(async () => {
    await stage.close();
  });
  after(closeBrowser);

  const isOff = async (page: Page): Promise<boolean> =>
    (await buttonOf(page, 'Call next').getAttribute('aria-disabled')) === 'true';

  async function timeUntilOff(page: Page, wanted: boolean): Promise<number> {
    const startedAt = Date.now();
    await until(
      () => isOff(page),
      (is) => is === wanted,
      20_000,
    );
    return Date.now() - startedAt;
  }

  it('QC-13 a connection that falls silent is noticed within 5 s, nothing is called later, and it recovers by itself', async () => {
    await issue(stage, {});
    const { page, context } = await openConsole(stage);
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    stage.proxy.setFaults({ drop: ['up', 'down'], swallow: true });
    expect(await timeUntilOff(page, true)).to.be.below(NOTICED_MS);
    await page.getByText('nothing can be called until we are back').waitFor();
    expect(await headlineOf(page).innerText(), 'the last state stays').to.equal('2 people are waiting');
    await page.keyboard.press('n');
    await buttonOf(page, 'Call next').click({ force: true });
    stage.proxy.setFaults(NO_FAULTS);
    stage.proxy.resetAll();
    await timeUntilOff(page, false);
    const { current, line } = await readView(stage);
    expect({ current, waiting: line.length }, 'no blind call').to.deep.equal({ current: null, waiting: 2 });
    await press(page, 'Call next');
    await labelOf(page).filter({ hasText: 'A001' }).waitFor();
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).to.equal(true);
    await context.close();
  });

  it('QC-13 a press whose answer is lost is repeated with its key and calls one ticket', async () => {
    await issue(stage, {}, {});
    const { page, context } = await openConsole(stage);
    await page.waitForTimeout(600);
    let isCut = false;
    stage.proxy.setDownFilter((piece) => {
      // The acknowledgement of the call is the first thing that names the ticket as called.
      if (isCut || !piece.includes('"state":"called"')) return false;
      isCut = true;
      queueMicrotask(() => stage.proxy.resetAll());
      return true;
    });
    await buttonOf(page, 'Call next').click();
    await labelOf(page).filter({ hasText: 'A001' }).waitFor();
    stage.proxy.setDownFilter(null);
    expect(isCut).to.equal(true);
    const { line } = await readView(stage);
    expect(line, 'one call, not two').to.have.length(2);
    await context.close();
  });

  it('QC-13 what colleagues did meanwhile is there after the return, without a reload', async () => {
    await issue(stage, {}, {});
    const { page, context } = await openConsole(stage);
    stage.proxy.setFaults({ refuse: true });
    stage.proxy.resetAll();
    await timeUntilOff(page, true);
    const { port } = stage.app.server.http.address() as AddressInfo;
    const { counterId, members } = stage.tenant;
    const token = members.agent.accessToken;
    // The colleague's network is another one.
    await callHttp(`http://localhost:${port}`, 'ticket:call-next', { counterId }, { audience: 'staff', token });
    stage.proxy.setFaults(NO_FAULTS);
    await labelOf(page).filter({ hasText: 'A001' }).waitFor();
    await context.close();
  });

  it('QC-12 a tick when the screens show it, and a warning three seconds after a call that none shows', async () => {
    await issue(stage, {}, {});
    const screen = await openScreen(stage);
    const { page, context } = await openConsole(stage);
    await press(page, 'Call next');
    await page.locator('frontdesk-counter-ticket .receipt--shown').waitFor();
    await press(page, 'Complete');
    // A screen that hangs is connected and shows nothing new.
    screen.page.evaluate('for (;;);').catch(() => undefined);
    await press(page, 'Call next');
    const calledAt = Date.now();
    await page.locator('frontdesk-counter-ticket .receipt--missing').waitFor();
    expect(Date.now() - calledAt).to.be.within(2_000, WARNED_MS);
    await page.getByText('Call out the number').waitFor();
    await context.close();
    await screen.context.close();
  });

  it('QC-19 stands 320 px wide inside another back office, with everything in reach and no sideways scrolling', async () => {
    await issue(stage, {}, {});
    const { page, context, complaints } = await openOffice(stage);
    expect((await page.locator('frontdesk-counter').boundingBox())?.width).to.equal(320);
    const hidden = await page.locator('frontdesk-counter-desk').evaluate((element) => {
      const columns = element.shadowRoot?.querySelector('.columns');
      return (columns?.scrollWidth ?? 0) - (columns?.clientWidth ?? 0);
    });
    expect(hidden).to.equal(0);
    await press(page, 'Call next');
    await labelOf(page).waitFor();
    const start = await buttonOf(page, 'Start').boundingBox();
    expect((start?.y ?? 0) + (start?.height ?? 0), 'Start is in sight').to.be.at.most(640);
    // The office hears of the ticket, and its own keys stay its own.
    expect(await page.locator('#file').innerText()).to.equal('A001 called');
    await page.locator('#notes').fill('');
    await page.locator('#notes').press('s');
    expect(await page.locator('#notes').inputValue()).to.equal('s');
    expect((await readView(stage)).current?.ticket.state).to.equal('called');
    expect(complaints).to.deep.equal([]);
    await context.close();
  });
});

/** A back office that shows the customer's file beside a narrow console. */
async function openOffice(stage: Stage) {
  const context = await createContext();
  const page = await context.newPage();
  const body = `<style>* { letter-spacing: 3px } button { all: unset }</style><p id="file"></p><textarea id="notes"></textarea>
<aside style="position:fixed;inset:0 0 auto auto;width:320px;height:640px"><frontdesk-counter compact style="--frontdesk-counter-height:640px"></frontdesk-counter></aside>
<script>addEventListener('frontdesk-counter-ticket-changed', ({ label, state }) => { document.querySelector('#file').textContent = label + ' ' + state })</script>`;
  const snippet = `<script type="module" src="${stage.url}/widgets/frontdesk.js" async></script>`;
  await page.route(`${stage.url}/office`, (route) =>
    route.fulfill({ contentType: 'text/html', body: buildHtml(snippet, { body }) }),
  );
  await page.goto(`${stage.url}/office`);
  await signInOnPage(page, stage.tenant.members.agent.email);
  await page.locator('frontdesk-counter-picker .seat').first().click();
  await buttonOf(page, 'Call next').waitFor();
  return { context, page, complaints: watchComplaints(page) };
}

/** QC-1, QC-3 … QC-9, QC-15 … QC-18: staff at their counters, in real browsers against a real server. */
import { expect } from 'chai';
import { closeBrowser, watchComplaints } from '../support/browser.js';
import { ALWAYS_OPEN } from '../support/phones.js';
import {
  askOwner,
  buttonOf,
  changePolicy,
  headlineOf,
  issue,
  labelOf,
  moveAs,
  openConsole,
  openDesk,
  phaseOf,
  press,
  pressKey,
  readView,
  rowOf,
  tryToIssue,
  seatOf,
  sheetOf,
  tabOf,
} from './support/console.js';
import { startStage, until, type Stage } from './support/stage.js';

const MIRROR_MS = 1_000;

describe('counter console', function counterConsole() {
  this.timeout(60_000);
  let stage: Stage;

  beforeEach(async () => {
    stage = await startStage();
  });
  afterEach(async () => {
    await stage.close();
  });
  after(closeBrowser);

  it('QC-1 one key calls, serves and calls the next; a key held down or pressed twice calls once', async () => {
    await issue(stage, {}, {});
    const { page, context } = await openConsole(stage);
    const complaints = watchComplaints(page);
    await page.waitForTimeout(550);
    await page.evaluate(() => {
      const down = (repeat: boolean): boolean =>
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true, repeat }));
      down(false);
      down(false);
      for (let held = 0; held < 20; held += 1) down(true);
    });
    await labelOf(page).waitFor();
    expect(await labelOf(page).innerText()).to.equal('A001');
    await pressKey(page, 's');
    await phaseOf(page).filter({ hasText: 'Serving' }).waitFor();
    await pressKey(page, 'n');
    await labelOf(page).filter({ hasText: 'A002' }).waitFor();
    expect((await readView(stage)).line, 'A003 still waits').to.have.length(1);
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('QC-3 the other tab mirrors within a second, and its stale press is told what is true', async () => {
    await issue(stage, {}, {});
    const first = await openConsole(stage, 'agent');
    // The admin takes the idle counter over, and both see it.
    const second = await openConsole(stage, 'admin');
    await first.page.locator('frontdesk-counter-desk .strip', { hasText: 'sits here now' }).waitFor();
    const startedAt = Date.now();
    await press(first.page, 'Call next');
    await labelOf(second.page).filter({ hasText: 'A001' }).waitFor();
    const mirroredMs = Date.now() - startedAt - 550;
    expect(mirroredMs).to.be.below(MIRROR_MS);
    await press(second.page, 'Start');
    await phaseOf(first.page).filter({ hasText: 'Serving' }).waitFor({ timeout: MIRROR_MS });
    // Two calls at once end as one ticket at the counter.
    const view = await readView(stage);
    expect(view.current?.ticket.label).to.equal('A001');
    expect(view.line).to.have.length(2);
    await first.context.close();
    await second.context.close();
  });

  it('QC-4 QC-17 QC-7 calls again, takes back, starts, sets aside, sends on and completes; too early is refused with when', async () => {
    const [second] = await issue(stage, {});
    const context = { tenantId: stage.tenant.tenantId };
    const { provision } = stage.app.server.queue;
    const service = await provision.addService(context, stage.tenant.locationId, {
      names: { en: 'Payments' },
      series: { prefix: 'P', width: 3, first: 1, last: 99 },
    });
    const { page, context: tab } = await openConsole(stage);
    await press(page, 'Call next');
    await labelOf(page).filter({ hasText: 'A001' }).waitFor();
    await press(page, 'Take back');
    await headlineOf(page).filter({ hasText: '2 people are waiting' }).waitFor();
    expect(await rowOf(page, 'A001').count(), 'it stands where it stood').to.equal(1);
    await press(page, 'Call next');
    await labelOf(page).filter({ hasText: 'A001' }).waitFor();
    const again = buttonOf(page, 'Call again');
    expect(await again.getAttribute('aria-disabled')).to.equal('true');
    expect(await buttonOf(page, 'Not here').getAttribute('aria-disabled')).to.equal('true');
    await until(
      () => again.getAttribute('aria-disabled'),
      (isDisabled) => isDisabled === 'false',
    );
    await press(page, 'Call again');
    await page.getByText('Called again once').waitFor();
    await press(page, 'Start');
    await phaseOf(page).filter({ hasText: 'Serving' }).waitFor();
    await press(page, 'Set aside');
    await sheetOf(page).getByText('Only me').click();
    await sheetOf(page).getByRole('button', { name: 'Set aside' }).click();
    await headlineOf(page).waitFor();
    await tabOf(page, 'Set aside').click();
    expect(await rowOf(page, 'A001').innerText()).to.include('for you');
    await rowOf(page, 'A001').getByRole('button', { name: 'Call A001' }).click();
    await labelOf(page).filter({ hasText: 'A001' }).waitFor();
    await press(page, 'Start');
    await press(page, 'Send on');
    await sheetOf(page).locator('select[name=serviceId]').selectOption(service.id);
    await sheetOf(page).getByText('At the front').click();
    await sheetOf(page).getByRole('button', { name: 'Send on' }).click();
    await headlineOf(page).waitFor();
    expect((await readView(stage)).line.map(({ label }) => label)).to.deep.equal([second]);
    await press(page, 'Call next');
    await labelOf(page)
      .filter({ hasText: second ?? '' })
      .waitFor();
    await press(page, 'Complete');
    await headlineOf(page).filter({ hasText: 'Nobody is waiting' }).waitFor();
    await tab.close();
  });

  it('QC-6 counts down to “not here”, moves there by itself, and one tap brings a person back', async () => {
    await changePolicy(stage, ({ noShow }) => ({ noShow: { ...noShow, minCallSeconds: 5, autoAfterSeconds: 20 } }));
    const { page, context } = await openConsole(stage);
    await press(page, 'Call next');
    await page.getByText('Moves to “Not here” by itself in').waitFor();
    await until(
      () => buttonOf(page, 'Not here').getAttribute('aria-disabled'),
      (isDisabled) => isDisabled === 'false',
    );
    await press(page, 'Not here');
    await headlineOf(page).waitFor();
    await tabOf(page, 'Not here').click();
    await rowOf(page, 'A001').getByRole('button', { name: 'Came back A001' }).click();
    await headlineOf(page).filter({ hasText: '1 person is waiting' }).waitFor();
    await press(page, 'Call next');
    await labelOf(page).filter({ hasText: 'A001' }).waitFor();
    await page.getByText('came back once').waitFor();
    // Nobody touches it: the clock does.
    await headlineOf(page).waitFor({ timeout: 25_000 });
    await rowOf(page, 'A001').waitFor();
    await context.close();
  });

  it('QC-8 a ticket out of its turn is called with a reason, and whom it passes is said before', async () => {
    await issue(stage, {}, {});
    const { page, context } = await openConsole(stage);
    await rowOf(page, 'A003').getByRole('button', { name: 'Call A003' }).click();
    await sheetOf(page).getByText('2 people who stand before will wait longer.').waitFor();
    await sheetOf(page).getByRole('button', { name: 'Call', exact: true }).click();
    expect(await sheetOf(page).evaluate((dialog) => (dialog as HTMLDialogElement).open), 'no reason, no call').to.equal(
      true,
    );
    await sheetOf(page).locator('input[name=reason]').fill('Feels faint');
    await page.keyboard.press('Enter');
    await labelOf(page).filter({ hasText: 'A003' }).waitFor();
    await page.getByText('“Feels faint”').waitFor();
    const { current } = await readView(stage);
    expect(current?.reason).to.include({ rule: 'chosen', note: 'Feels faint' });
    await context.close();
  });

  it('QC-9 pauses with a reason, says when it goes on by itself, and goes on', async () => {
    const { page, context } = await openConsole(stage);
    await pressKey(page, 'p');
    await sheetOf(page).getByText('Lunch', { exact: true }).click();
    await sheetOf(page).getByText('After 5 min').click();
    await sheetOf(page).getByRole('button', { name: 'Pause', exact: true }).click();
    await headlineOf(page).filter({ hasText: 'Paused: Lunch' }).waitFor();
    await page.getByText(/Goes on by itself at .*, in [45] min/).waitFor();
    const { counter } = await readView(stage);
    expect(counter).to.include({ status: 'paused', pauseReason: 'Lunch' });
    expect(Date.parse(counter.resumeAt ?? '')).to.be.closeTo(Date.now() + 5 * 60_000, 10_000);
    await pressKey(page, 'p');
    await buttonOf(page, 'Call next').waitFor();
    await context.close();
  });

  it('QC-10 name and note stand at the counter while the ticket is there, and nowhere after', async () => {
    await askOwner(stage, 'service:update', { serviceId: stage.tenant.serviceId, askName: 'optional' });
    const { page, context } = await openConsole(stage);
    await press(page, 'Call next');
    await press(page, 'Complete');
    await issue(stage, { name: 'Siti Nurhaliza', note: 'Uses a wheelchair' });
    await headlineOf(page).filter({ hasText: '1 person' }).waitFor();
    expect(await page.getByText('Siti Nurhaliza').count()).to.equal(0);
    await press(page, 'Call next');
    await page.getByText('Siti Nurhaliza').waitFor();
    await page.getByText('Uses a wheelchair').waitFor();
    await press(page, 'Start');
    await press(page, 'Complete');
    await headlineOf(page).waitFor();
    expect(await page.getByText('Siti Nurhaliza').count()).to.equal(0);
    await context.close();
  });

  it('QC-15 somebody without a ticket is served in two clicks, and counted', async () => {
    const context = { tenantId: stage.tenant.tenantId };
    const { provision } = stage.app.server.queue;
    const service = await provision.addService(context, stage.tenant.locationId, {
      names: { en: 'Payments' },
      series: { prefix: 'P', width: 3, first: 1, last: 99 },
    });
    await provision.addCounter(context, stage.tenant.locationId, {
      label: 'Two things',
      serviceIds: [stage.tenant.serviceId, service.id],
    });
    const { page, context: tab } = await openConsole(stage, 'agent', { label: 'Two things' });
    await press(page, 'Serve without ticket');
    await sheetOf(page).getByRole('button', { name: 'Payments' }).click();
    await phaseOf(page).filter({ hasText: 'Serving' }).waitFor();
    expect(await labelOf(page).innerText(), 'it has a number like every other').to.equal('P001');
    await tab.close();
  });

  it('QC-16 shows who sits where, follows a change of counter, finds the seat again, and acts in the person’s name', async () => {
    const context = { tenantId: stage.tenant.tenantId };
    const { provision } = stage.app.server.queue;
    const other = await provision.addCounter(context, stage.tenant.locationId, {
      label: 'Counter 2',
      serviceIds: [stage.tenant.serviceId],
    });
    await moveAs(stage, 'admin', 'counter:open', { counterId: other.id });
    const { page, context: tab } = await openDesk(stage, 'agent');
    expect(await seatOf(page, 'Counter 2').innerText()).to.include('admin clinic');
    await moveAs(stage, 'admin', 'counter:close', { counterId: other.id });
    await seatOf(page, 'Counter 2').filter({ hasText: 'Free' }).waitFor();
    await seatOf(page, 'Counter 1').click();
    await buttonOf(page, 'Call next').waitFor();
    await page.reload();
    await buttonOf(page, 'Call next').waitFor();
    expect(await page.locator('frontdesk-counter-desk h1').innerText()).to.equal('Counter 1');
    await page.locator('frontdesk-counter-desk .bar frontdesk-staff-menu').click();
    await page.getByRole('menuitem', { name: 'Change counter' }).click();
    await seatOf(page, 'Counter 2').click();
    await buttonOf(page, 'Call next').waitFor();
    expect((await readView(stage)).counter).to.include({ status: 'closed' });
    expect((await readView(stage, other.id)).counter.staff?.id).to.equal(stage.tenant.members.agent.membershipId);
    await tab.close();
  });

  it('QC-18 finishing the line takes no new tickets, and says how many are left', async () => {
    await askOwner(stage, 'location:update', { locationId: stage.tenant.locationId, hours: ALWAYS_OPEN });
    const { page, context } = await openConsole(stage);
    await page.locator('frontdesk-counter-desk .bar frontdesk-staff-menu').click();
    await page.getByRole('menuitem', { name: 'Finish the line' }).click();
    await page.getByText('no new tickets, 1 person to go').waitFor();
    expect(await tryToIssue(stage)).to.deep.equal({ reason: 'finishing' });
    await press(page, 'Call next');
    await press(page, 'Complete');
    await page.getByText('everybody has been served').waitFor();
    expect(await tryToIssue(stage), 'empty is not open again').to.deep.equal({ reason: 'finishing' });
    expect((await readView(stage)).line).to.deep.equal([]);
    await context.close();
  });
});

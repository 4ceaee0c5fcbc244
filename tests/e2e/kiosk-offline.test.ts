/** A kiosk whose server is killed, and whose own power is cut. */
import { expect } from 'chai';
import { closeBrowser } from '../support/browser.js';
import {
  choiceOf,
  numberOf,
  openAllDay,
  openKiosk,
  readLine,
  stageOf,
  startKillableBranch,
  takeNumber,
  type Branch,
} from './support/kiosk.js';
import { until } from './support/stage.js';

const OFFLINE_TICKETS = 12;
const SYNCED_MS = 10_000;

describe('kiosk without its server', function kioskOffline() {
  this.timeout(90_000);
  let killable: Awaited<ReturnType<typeof startKillableBranch>>;
  let branch: Branch;

  beforeEach(async () => {
    killable = await startKillableBranch();
    ({ branch } = killable);
    await openAllDay(branch);
  });
  afterEach(() => killable.close());
  after(closeBrowser);

  it('QK-10 the server is killed: tickets go on, and join the line in their order within 10 s of its return', async () => {
    const { page, context } = await openKiosk(branch);
    const first = await takeNumber(page);
    await killable.server.kill();
    await stageOf(page).getByText('No connection.').waitFor();
    const labels: string[] = [];
    for (let index = 0; index < OFFLINE_TICKETS; index += 1) labels.push(await takeNumber(page));
    expect(new Set(labels)).to.have.length(OFFLINE_TICKETS);
    expect(labels).not.to.include(first);
    await killable.server.start();
    const startedAt = Date.now();
    const line = await until(
      () => readLine(branch),
      (all) => all.length === OFFLINE_TICKETS + 1,
      40_000,
    );
    expect(line).to.deep.equal([first, ...labels]);
    expect(Date.now() - startedAt).to.be.at.most(SYNCED_MS);
    await stageOf(page).getByText('No connection.').waitFor({ state: 'detached' });
    expect(await takeNumber(page), 'and online again').to.match(/^A\d{3}$/);
    await context.close();
  });

  it('QK-10 QK-18 a kiosk that is started anew without a server goes on with the next number', async () => {
    const { page, context } = await openKiosk(branch);
    await takeNumber(page);
    await killable.server.kill();
    const one = await takeNumber(page);
    // The page itself comes from the network in this test; what it knows must come from the disk.
    await page.evaluate(() => {
      const kiosk = document.querySelector('frontdesk-kiosk');
      kiosk?.remove();
      document.body.append(Object.assign(document.createElement('frontdesk-kiosk'), { locked: true }));
    });
    await stageOf(page).getByText('No connection.').waitFor();
    const two = await takeNumber(page);
    expect(two).not.to.equal(one);
    await killable.server.start();
    const line = await until(
      () => readLine(branch),
      (all) => all.length === 3,
      40_000,
    );
    expect(line.slice(1)).to.deep.equal([one, two]);
    await context.close();
  });

  it('QK-18 the power is cut in the middle: after the reboot the same wish is one ticket', async () => {
    let noteSent = (): void => {};
    const sent = new Promise<void>((resolve) => {
      noteSent = resolve;
    });
    const { page, context } = await openKiosk(branch, {}, async (fresh) => {
      fresh.on('websocket', (socket) =>
        socket.on('framesent', ({ payload }) => {
          if (String(payload).includes('"ticket:issue"')) noteSent();
        }),
      );
    });
    await choiceOf(page, 'Get a ticket').waitFor();
    killable.server.pause();
    await choiceOf(page, 'Get a ticket').click();
    // Once it is on its way it is on disk; before, there is nothing to replay and nothing that was asked for.
    await sent;
    await page.close({ runBeforeUnload: false });
    killable.server.resume();
    const rebooted = await context.newPage();
    await rebooted.goto(`${branch.url}/kiosk`);
    await numberOf(rebooted).waitFor();
    const label = await numberOf(rebooted).innerText();
    await until(
      () => readLine(branch),
      (line) => line.length === 1,
    );
    expect(await readLine(branch)).to.deep.equal([label]);
    await rebooted.reload();
    await choiceOf(rebooted, 'Get a ticket').waitFor();
    expect(await readLine(branch), 'and not again').to.deep.equal([label]);
    await context.close();
  });
});

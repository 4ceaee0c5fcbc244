/** A kiosk at the door of a real branch. */
import { expect } from 'chai';
import { closeBrowser, watchComplaints } from '../support/browser.js';
import {
  askStaff,
  branchOf,
  choiceOf,
  configureKiosk,
  findDevice,
  KIOSK_PIN,
  numberOf,
  openAllDay,
  openKiosk,
  readLine,
  setHours,
  stageOf,
  takeNumber,
  type Branch,
} from './support/kiosk.js';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import { startStage, until, type Stage } from './support/stage.js';

const NUMBER_SHOWN_P95_MS = 800;
const TICKETS = 20;

/** A printer at a serial port that answers what `window.paper` says; stands in for hardware, in the page. */
function plugInPrinter(): void {
  const answers = { fine: [0x12, 0x12], out: [0x32, 0x72] } as const;
  const page = window as unknown as { paper: keyof typeof answers; printedBytes: number };
  page.paper = 'out';
  page.printedBytes = 0;
  let answer: ReadableStreamDefaultController<Uint8Array> | undefined;
  const port = {
    writable: null as WritableStream<Uint8Array> | null,
    get readable() {
      return new ReadableStream<Uint8Array>({
        start(controller) {
          answer = controller;
        },
      });
    },
    open() {
      port.writable = new WritableStream<Uint8Array>({
        write(bytes) {
          if (bytes[0] !== 0x10) page.printedBytes += bytes.length;
          else answer?.enqueue(Uint8Array.of(answers[page.paper][bytes[2] === 4 ? 1 : 0]));
        },
      });
      return Promise.resolve();
    },
    close() {
      port.writable = null;
      return Promise.resolve();
    },
  };
  const serial = { getPorts: () => Promise.resolve([port]), requestPort: () => Promise.resolve(port) };
  Object.defineProperty(navigator, 'serial', { value: serial });
}

describe('kiosk', function kiosk() {
  this.timeout(60_000);
  let stage: Stage;
  let branch: Branch;

  beforeEach(async () => {
    stage = await startStage();
    branch = branchOf(stage);
    await openAllDay(branch);
  });
  afterEach(() => stage.close());
  after(closeBrowser);

  it('QK-1 is paired by its code, and one touch later the number stands on the screen, p95 ≤ 800 ms', async () => {
    const { page, context } = await openKiosk(branch);
    const complaints = watchComplaints(page);
    const times: number[] = [];
    for (let index = 0; index < TICKETS; index += 1) {
      await choiceOf(page, 'Get a ticket').waitFor();
      // Measured where the finger is: from the press to the frame with the number.
      const timeMs = await page.evaluate(async () => {
        const root = document.querySelector('frontdesk-kiosk')?.shadowRoot?.querySelector('frontdesk-kiosk-stage')
          ?.shadowRoot as ShadowRoot;
        const startedAt = performance.now();
        root.querySelector<HTMLElement>('.choice--primary')?.click();
        while (!root.querySelector('.number')) await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        return performance.now() - startedAt;
      });
      times.push(timeMs);
      await choiceOf(page, 'Done').click();
    }
    times.sort((one, other) => one - other);
    expect(times[Math.ceil(TICKETS * 0.95) - 1]).to.be.at.most(NUMBER_SHOWN_P95_MS);
    expect(await readLine(branch)).to.have.length(TICKETS + 1);
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('QK-1 QK-3 another language and a chosen service are three touches; the next customer begins in the first language', async () => {
    const series = { prefix: 'B', width: 3, first: 1, last: 999 };
    await stage.app.server.queue.provision.addService({ tenantId: stage.tenant.tenantId }, branch.locationId, {
      names: { en: 'Pharmacy', ms: 'Farmasi' },
      series,
    });
    const { page, context } = await openKiosk(branch);
    await stageOf(page).locator('.chip', { hasText: 'Bahasa Melayu' }).click();
    await choiceOf(page, 'Ambil nombor').click();
    await choiceOf(page, 'Farmasi').click();
    expect(await numberOf(page).innerText()).to.equal('B001');
    await choiceOf(page, 'Selesai').click();
    await choiceOf(page, 'Get a ticket').waitFor();
    await context.close();
  });

  it('QK-4 hasty fingers, the back button and lost answers: one ticket', async () => {
    const { page, context } = await openKiosk(branch);
    await choiceOf(page, 'Get a ticket').click({ clickCount: 4, delay: 20 });
    await page.goBack({ waitUntil: 'commit', timeout: 1_000 }).catch(() => null);
    await numberOf(page).waitFor();
    expect(await readLine(branch)).to.deep.equal(['A001', 'A002']);
    await choiceOf(page, 'Done').click();
    let lost = 0;
    // The server acts, and its first two answers are lost on the way.
    stage.proxy.setDownFilter((piece) => {
      const isAnswer = lost < 2 && piece.toString('latin1').includes('"label":"A003"');
      if (isAnswer) lost += 1;
      return isAnswer;
    });
    await choiceOf(page, 'Get a ticket').click();
    await numberOf(page).waitFor();
    expect(await numberOf(page).innerText()).to.equal('A003');
    stage.proxy.setDownFilter(null);
    expect(lost).to.equal(2);
    expect(await readLine(branch)).to.deep.equal(['A001', 'A002', 'A003']);
    await context.close();
  });

  it('QK-6 paper out: number and code on the screen, the counter is told, and a reprint keeps the number', async () => {
    const { page, context, deviceId } = await openKiosk(branch, {}, async (fresh) => {
      await fresh.addInitScript(plugInPrinter);
    });
    await configureKiosk(branch, deviceId, { printer: 'escpos', paperMillimeters: 80 });
    await until(
      () => page.evaluate(() => 'serial' in navigator),
      (isThere) => isThere,
    );
    await until(
      async () => (await findDevice(branch, deviceId)).kiosk?.printer,
      (printer) => printer === 'escpos',
    );
    await choiceOf(page, 'Get a ticket').click();
    const label = await numberOf(page).innerText();
    await stageOf(page).locator('.paper--failed').waitFor();
    expect(await stageOf(page).locator('.qr').count()).to.equal(1);
    const readFailures = () => askStaff<CounterView>(branch, 'counter:read', { counterId: branch.counterId });
    const { printFailures } = await until(readFailures, (view) => view.printFailures.length > 0);
    expect(printFailures.map((ticket) => ticket.label)).to.deep.equal([label]);
    const ticketId = printFailures[0]?.id;
    const reprinted = await askStaff<{ ticket: { label: string } }>(branch, 'ticket:reprint', { ticketId });
    expect(reprinted.ticket.label).to.equal(label);
    await choiceOf(page, 'Done').click();
    await page.evaluate(() => Object.assign(window, { paper: 'fine' }));
    await choiceOf(page, 'Get a ticket').click();
    await stageOf(page).getByText('Please take your ticket').waitFor();
    expect(await page.evaluate(() => (window as unknown as { printedBytes: number }).printedBytes)).to.be.above(1_000);
    await context.close();
  });

  it('QK-12 a closed branch says when it opens, gives no ticket, and opens by itself', async () => {
    await setHours(branch, null);
    const { page, context } = await openKiosk(branch);
    await stageOf(page).getByText('Closed now').waitFor();
    expect(await choiceOf(page, 'Get a ticket').count()).to.equal(0);
    const hour = new Date(Date.now() + 8 * 60 * 60_000).getUTCHours();
    // Before hours, unless the day is nearly over where the branch is.
    if (hour < 22) {
      await setHours(branch, { from: '23:00', to: '23:30' });
      await stageOf(page)
        .getByText(/Opens .*11:00/)
        .waitFor();
    }
    await setHours(branch, { from: '00:00', to: '24:00' });
    expect(await takeNumber(page)).to.match(/^A\d{3}$/);
    await context.close();
  });

  it('QK-17 the lock opens with the PIN and with nothing else', async () => {
    const { page, context, deviceId } = await openKiosk(branch);
    await configureKiosk(branch, deviceId, {});
    const here = page.url();
    await page.evaluate(() => history.back());
    await stageOf(page).waitFor();
    expect(page.url()).to.equal(here);
    const left = page.evaluate(
      () => new Promise((resolve) => document.addEventListener('frontdesk-kiosk-exit', () => resolve('left'))),
    );
    await stageOf(page).locator('.staff').click();
    await page.keyboard.type('0000');
    await page.keyboard.press('Enter');
    await stageOf(page).getByText('This PIN is wrong.').waitFor();
    await page.keyboard.type(KIOSK_PIN);
    await page.keyboard.press('Enter');
    await choiceOf(page, 'Leave the locked screen').click();
    expect(await left).to.equal('left');
    await context.close();
  });

  it('QK-20 the list of devices knows how the kiosk is', async () => {
    const { page, context, deviceId } = await openKiosk(branch);
    await takeNumber(page);
    const { health } = await until(
      () => findDevice(branch, deviceId),
      (device) => typeof device.health?.lastTicketAt === 'string',
      40_000,
    );
    expect(health).to.include({ printer: 'none', waitingOffline: 0 });
    expect(health?.appVersion).to.match(/^\d+\.\d+\.\d+$/);
    await context.close();
  });
});

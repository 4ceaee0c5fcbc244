/** Tickets that a kiosk hands out while the network is away: QK-10, QK-11. */
import { expect } from 'chai';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { okOf, openBranch, type Branch, type BranchOptions, type PairedDevice } from '../../support/devices.js';
import { startTestServer, type TestServer } from '../../support/server.js';

const MINUTE_MS = 60_000;
/** A Monday, ten o'clock in Kuala Lumpur. */
const MONDAY_TEN = Date.parse('2026-11-23T02:00:00Z');

describe('kiosks without a network', function offline() {
  this.timeout(40_000);
  let app: TestServer;
  let branch: Branch;
  let kiosk: PairedDevice;
  let nowMs = MONDAY_TEN;
  const clock = { now: () => nowMs };

  before(async () => {
    app = await startTestServer({ clock });
  });
  after(() => app.close());
  beforeEach(() => {
    nowMs = MONDAY_TEN;
  });

  async function open(options: BranchOptions = {}): Promise<void> {
    branch = await openBranch(app, options);
    kiosk = await branch.pair('kiosk');
  }

  const take = () => kiosk.ask('ticket:issue', branch.request());
  const report = (waitingOffline: number) =>
    kiosk.ask('device:report', {
      health: {
        appVersion: '1',
        wakeLock: 'held',
        sound: 'on',
        voice: 'clips',
        printer: 'ready',
        latencyMs: 10,
        waitingOffline,
        lastTicketAt: null,
      },
    });
  const countWaiting = async (): Promise<number> => okOf(await kiosk.ask('queue:offer', {})).services[0]!.waiting;

  async function reserve(
    count: number,
    device: PairedDevice = kiosk,
  ): Promise<{ labels: string[]; serviceDay: string }> {
    return okOf(await device.ask('ticket:reserve-block', { serviceId: branch.services[0]!.id, count }));
  }
  const handOut = (label: string, serviceDay: string, ageSeconds: number) => ({
    ...branch.request(),
    idempotencyKey: createIdempotencyKey(),
    label,
    serviceDay,
    ageSeconds,
  });
  const line = async (): Promise<{ label: string; queuedAt: string }[]> =>
    okOf(await branch.staff('counter:read', { counterId: branch.counters[0]!.id })).line;

  it('QK-10 a hundred tickets of a block are stored in their order within ten seconds, each once', async () => {
    await open();
    okOf(await report(0));
    const { labels, serviceDay } = await reserve(100);
    expect(new Set(labels).size).to.equal(100);
    nowMs += 120 * MINUTE_MS;
    okOf(await take());
    const tickets = labels.map((label, at) => handOut(label, serviceDay, 7_000 - at * 60));
    const beganMs = performance.now();
    for (const part of [tickets.slice(0, 50), tickets.slice(50)]) {
      const { results } = okOf(await kiosk.ask('ticket:sync-issued', { tickets: part }));
      expect(results.map(({ state }) => state)).to.deep.equal(part.map(() => 'stored'));
    }
    expect(performance.now() - beganMs).to.be.below(10_000);
    // The answer of the first part was lost: what is known is answered again.
    const again = okOf(await kiosk.ask('ticket:sync-issued', { tickets: tickets.slice(0, 50) }));
    expect(again.results.every(({ state }) => state === 'stored')).to.equal(true);
    expect((await line()).map(({ label }) => label)).to.deep.equal([...labels, 'A001']);
  });

  it('QK-10 blocks of two kiosks, what is issued online, and the next block of one all read differently', async () => {
    await open();
    const other = await branch.pair('kiosk');
    const parts = [await reserve(20), await reserve(20, other), await reserve(20)];
    const labels = parts.flatMap((part) => part.labels);
    for (let count = 0; count < 20; count += 1) labels.push(okOf(await take()).label);
    expect(new Set(labels).size).to.equal(80);
  });

  it('QK-10 a retry of the reservation reserves nothing more', async () => {
    await open();
    const key = createIdempotencyKey();
    const input = { serviceId: branch.services[0]!.id, count: 5 };
    const first = okOf(await kiosk.ask('ticket:reserve-block', input, key));
    expect(okOf(await kiosk.ask('ticket:reserve-block', input, key))).to.deep.equal(first);
  });

  it('QK-10 what cannot be stored is refused by itself; the others are stored', async () => {
    await open();
    const other = await branch.pair('kiosk');
    const mine = await reserve(3);
    const theirs = await reserve(1, other);
    const { serviceDay } = mine;
    const tickets = [
      handOut(mine.labels[0]!, serviceDay, 300),
      handOut(theirs.labels[0]!, serviceDay, 240),
      handOut(mine.labels[0]!, serviceDay, 180),
      handOut(mine.labels[1]!, '2026-11-22', 120),
      handOut(mine.labels[2]!, serviceDay, 60),
    ];
    const { results } = okOf(await kiosk.ask('ticket:sync-issued', { tickets }));
    expect(results.map((one) => (one.state === 'stored' ? 'stored' : one.reason))).to.deep.equal([
      'stored',
      'VALIDATION',
      'CONFLICT',
      'CONFLICT',
      'stored',
    ]);
    expect(await countWaiting()).to.equal(2);
  });

  it('QK-10 paper is valid though the service closed meanwhile, and a bad phone number is left out', async () => {
    await open({ service: { askPhone: 'required' } });
    const { labels, serviceDay } = await reserve(1);
    okOf(await branch.staff('service:close', { serviceId: branch.services[0]!.id, message: 'Power cut' }));
    const ticket = { ...handOut(labels[0]!, serviceDay, 60), phone: '12', hasConsented: true };
    const { results } = okOf(await kiosk.ask('ticket:sync-issued', { tickets: [ticket] }));
    expect(results[0]).to.include({ state: 'stored' });
  });

  it('QK-11 a ticket queues from when it was handed out, but not from before the kiosk was last heard of', async () => {
    await open();
    const { labels, serviceDay } = await reserve(3);
    nowMs += 30 * MINUTE_MS;
    okOf(await report(0));
    const heardMs = nowMs;
    nowMs += 20 * MINUTE_MS;
    // It is back and says that something waits; that bounds nothing.
    okOf(await report(2));
    const tickets = [handOut(labels[0]!, serviceDay, 170_000), handOut(labels[1]!, serviceDay, 600)];
    okOf(await kiosk.ask('ticket:sync-issued', { tickets }));
    const queuedAt = (await line()).map((ticket) => Date.parse(ticket.queuedAt));
    expect(queuedAt).to.deep.equal([heardMs, nowMs - 600_000]);
  });
});

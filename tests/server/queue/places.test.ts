/** Places, promises and the stop rule of the live queue. */
import { expect } from 'chai';
import { Types } from 'mongoose';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { QueueOffer } from '@frontdesk/protocol/queue-device';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import { createTicketToken, createVisitorToken } from '@frontdesk/protocol/ids';
import { openBranch, type Branch, type BranchOptions, type Issued } from '../../support/phones.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';

const minuteMs = 60_000;
/** A Monday, ten o'clock in Kuala Lumpur. */
const MONDAY_MS = Date.parse('2026-03-02T02:00:00Z');
const geofence = { latitude: 3.139, longitude: 101.6869, radiusMeters: 300 };
const near = { kind: 'position', latitude: 3.139, longitude: 101.6869, accuracyMeters: 10 };

function opensUntil(to: string): LocationDto['hours'] {
  return { weekly: Array.from({ length: 7 }, () => [{ from: '08:00', to }]), specialDays: [], holidays: [] };
}

describe('places of the live queue', function places() {
  this.timeout(60_000);
  let test: TestServer;
  let nowMs = MONDAY_MS;

  before(async () => {
    test = await startTestServer({ clock: { now: () => nowMs } });
  });
  after(() => test.close());

  const read = async (branch: Branch, { token }: Issued): Promise<HolderState> =>
    dataOf(await branch.ask<HolderState>(token, 'ticket:read'));

  /** Enough visits of five minutes that minutes may be promised: 25 who waited. */
  async function openWithHistory(options: BranchOptions = {}): Promise<Branch> {
    nowMs += 7 * 24 * 60 * minuteMs - ((nowMs - MONDAY_MS) % (24 * 60 * minuteMs));
    const branch = await openBranch(test, {
      ...options,
      service: { typicalMinutes: 5, isRemoteJoinAllowed: true, ...options.service },
    });
    const waiting: Issued[] = [];
    for (let at = 0; at < 32; at += 1) waiting.push(await branch.issue());
    for (const { id } of waiting) {
      nowMs += 10_000;
      await branch.callNext();
      nowMs += 10_000;
      const input = { counterId: branch.counter.id, ticketId: id, outcome: null };
      dataOf(await branch.staff<object>('ticket:complete', input));
    }
    return branch;
  }

  it('QP-2: a range is promised once there is history, and every device reads the same one', async () => {
    const branch = await openWithHistory();
    for (let at = 0; at < 4; at += 1) await branch.issue();
    const mine = await branch.issue();
    const { place, parameters } = await read(branch, mine);
    expect(place?.ahead).to.equal(4);
    expect(place?.estimate.kind).to.equal('range');
    expect(parameters?.hasEnoughHistory).to.equal(true);
    expect((await read(branch, mine)).place).to.deep.equal(place);
    await test.server.queue.flush();
    const rows = test.server.core.connection.collection('queue_tickets');
    let row = await rows.findOne({ _id: new Types.ObjectId(mine.id) });
    for (let at = 0; at < 100 && row?.['promises'].length === 0; at += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      row = await rows.findOne({ _id: new Types.ObjectId(mine.id) });
    }
    expect(row?.['promises'][0]).to.include({ ahead: 4 });
    expect(row?.['promises']).to.have.length(1);
  });

  it('QP-12: a promise that rises by a quarter and five minutes says why', async () => {
    const branch = await openWithHistory();
    for (let at = 0; at < 12; at += 1) await branch.issue();
    const mine = await branch.issue();
    const before = (await read(branch, mine)).place?.estimate;
    expect(before).to.include({ kind: 'range', reason: null });
    for (let at = 0; at < 6; at += 1) {
      const { current } = await branch.callNext();
      nowMs += 15 * minuteMs;
      const input = { counterId: branch.counter.id, ticketId: current?.ticket.id, outcome: null };
      dataOf(await branch.staff<object>('ticket:complete', input));
    }
    const after = (await read(branch, mine)).place?.estimate;
    if (before?.kind !== 'range' || after?.kind !== 'range') throw new Error('no range');
    expect(after.p80Seconds - before.p80Seconds).to.be.greaterThan(5 * 60);
    expect(after.reason).to.equal('longer-services');
  });

  describe('QK-13: who would not be served before closing', () => {
    const visitor = (branch: Branch) =>
      ({
        audience: 'visitor',
        token: createVisitorToken(),
        site: branch.shop.site.publicKey,
        origin: SHOP_ORIGIN,
      }) as const;
    const join = (branch: Branch) =>
      callHttp<{ warnsOfClosing: boolean }>(
        test.url,
        'ticket:join',
        {
          locationId: branch.locationId,
          serviceId: branch.service.id,
          token: createTicketToken(),
          language: 'en',
          classKey: null,
          name: null,
          phone: null,
          hasConsented: false,
          proof: near,
        },
        visitor(branch),
      );
    const offer = async (branch: Branch) =>
      dataOf(await callHttp<QueueOffer>(test.url, 'queue:browse', { locationId: branch.locationId }, visitor(branch)))
        .services[0]?.state;

    for (const stopRule of ['warn', 'refuse', 'off'] as const) {
      it(`QK-13: the rule "${stopRule}" is kept by the offer and by the ticket`, async () => {
        const options = { policy: { stopRule, graceMinutes: 0 }, location: { geofence, hours: opensUntil('10:12') } };
        const branch = await openWithHistory(options);
        for (let at = 0; at < 12; at += 1) await branch.issue();
        expect(await offer(branch)).to.include({ kind: 'open', warnsOfClosing: stopRule === 'warn' });
        const answer = await join(branch);
        if (stopRule === 'refuse') {
          expect(answer.result).to.have.nested.property('error.code', 'QUEUE_CLOSED');
          expect(answer.result).to.have.nested.property('error.current.reason', 'after-stop');
        } else expect(dataOf(answer).warnsOfClosing).to.equal(stopRule === 'warn');
      });
    }
  });
});

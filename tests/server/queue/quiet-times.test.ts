/** What must be right although nobody asked for a while: nights, days off, and processes that heard nothing for half an hour. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { Types } from 'mongoose';
import { createVisitorToken } from '@frontdesk/protocol/ids';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { QueueOffer } from '@frontdesk/protocol/queue-device';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import { createServer, type FrontdeskServer } from '@frontdesk/server/compose';
import { DEFAULT_POLICY } from '@frontdesk/server/queue/default-policy';
import { callHttp, dataOf } from '../../support/server.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';
import { startWorkday, type Workday } from '../../support/workday.js';

const dayMinutes = 24 * 60;
/** The log is looked at each second, and what is idle is let go then; nothing tells of it. */
const LOOKED_AT_MS = 2_500;

describe('a queue in quiet times', function quietTimes() {
  this.timeout(60_000);
  let day: Workday;
  let other: FrontdeskServer | undefined;
  beforeEach(async () => {
    day = await startWorkday('2026-03-02T02:00:00Z');
  });
  afterEach(async () => {
    await other?.close();
    other = undefined;
    await day.close();
  });

  const readSetup = () => day.must('queue:read-setup', { locationId: day.branch.locationId });

  /** What the house says, said through another process. */
  async function broadcastElsewhere(notice: string): Promise<void> {
    const { branch, test } = day;
    other = await createServer({ ...test.server.core.config, port: 0 }, { clock: { now: day.nowMs } });
    const url = `http://127.0.0.1:${await other.listen()}`;
    const { accessToken: token } = await branch.shop.signIn(branch.shop.ownerEmail);
    dataOf(
      await callHttp(url, 'queue:broadcast', { locationId: branch.locationId, notice }, { audience: 'staff', token }),
    );
  }

  it('QA-1: a zone that waited is the zone of the branch from the next day on, whoever was the first to need that day', async () => {
    const { locationId } = day.branch;
    await readSetup();
    await day.must('location:update', { locationId, timeZone: 'Asia/Tokyo' });
    await readSetup();
    day.wait(dayMinutes);
    // Begins the day before the clock looks.
    await day.test.server.queue.feed.readHead({ tenantId: day.branch.shop.site.tenantId, locationId });
    await day.test.server.queue.clock.tick();
    const { locations } = await day.must<{ locations: LocationDto[] }>('location:list', {});
    expect(locations[0]).to.include({ timeZone: 'Asia/Tokyo', nextTimeZone: null });
  });

  it('QA-10: the promises of the last day are counted although the branch was closed since', async () => {
    const { id } = await day.issue();
    const at = new Date(day.nowMs());
    day.wait(1);
    await day.serve(1);
    await day.settle();
    const promises = [{ at, ahead: 0, p50Seconds: 120, p80Seconds: 300 }];
    await day.collection('queue_tickets').updateOne({ _id: new Types.ObjectId(id) }, { $set: { promises } });
    day.wait(2 * dayMinutes);
    await readSetup();
    const count = () => day.collection('queue_days').findOne({ serviceDay: '2026-03-02' });
    for (let tries = 0; tries < 200 && !(await count())?.['promised']; tries += 1) await pause(50);
    expect(await count()).to.include({ promised: 1, kept: 1 });
  });

  it('QA-10: how many promises were kept is told to customers from fifty on, and only where the business wants it', async () => {
    const { branch } = day;
    const at = new Date(day.nowMs());
    const rows = day.collection('queue_tickets');
    const issued: string[] = [];
    for (let count = 0; count < 50; count += 1) issued.push((await day.issue()).id);
    day.wait(1);
    for (const _ of issued) await day.serve(0);
    await day.settle();
    for (const [count, id] of issued.entries()) {
      const promises = [{ at, ahead: 0, p50Seconds: 10, p80Seconds: count < 40 ? 300 : 30 }];
      await rows.updateOne({ _id: new Types.ObjectId(id) }, { $set: { promises } });
    }
    day.wait(dayMinutes);
    await readSetup();
    const visitor = {
      audience: 'visitor',
      token: createVisitorToken(),
      site: branch.shop.site.publicKey,
      origin: SHOP_ORIGIN,
    } as const;
    const browse = async () =>
      dataOf(await callHttp<QueueOffer>(day.test.url, 'queue:browse', { locationId: branch.locationId }, visitor))
        .hitRatePercent;
    const setPublic = (isHitRatePublic: boolean) =>
      day.must('queue:update-policy', {
        locationId: branch.locationId,
        policy: { ...DEFAULT_POLICY, isHitRatePublic },
      });
    await setPublic(true);
    for (let tries = 0; tries < 200 && (await browse()) === null; tries += 1) await pause(50);
    expect(await browse()).to.equal(80);
    await setPublic(false);
    expect(await browse()).to.equal(null);
  });

  it('QP-4: a process that let a quiet queue go shows a phone what others wrote meanwhile', async () => {
    const mine = await day.branch.issue();
    const read = async () => dataOf(await day.branch.ask<HolderState>(mine.token, 'ticket:read'));
    await read();
    day.wait(31);
    await pause(LOOKED_AT_MS);
    await broadcastElsewhere('Lift out of order');
    expect((await read()).ticket.notice).to.equal('Lift out of order');
  });

  it('QP-4: a queue that a phone listens to is not let go, however quiet it is', async () => {
    const mine = await day.branch.issue();
    const phone = await day.branch.phone(mine.token);
    await phone.read();
    day.wait(31);
    await pause(LOOKED_AT_MS);
    await broadcastElsewhere('Lift out of order');
    await phone.fact<{ state: HolderState }>(
      'ticket:changed',
      ({ state }) => state.ticket.notice === 'Lift out of order',
    );
    phone.close();
  });
});

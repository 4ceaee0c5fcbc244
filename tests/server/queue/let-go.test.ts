/** What a process keeps of a queue besides the queue itself goes when the queue leaves its memory, and no sooner. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { Types } from 'mongoose';
import type { DeviceId } from '@frontdesk/protocol/ids';
import type { QueueOffer } from '@frontdesk/protocol/queue-device';
import { createLogger } from '@frontdesk/server/core/logger';
import { createCoalescer } from '@frontdesk/server/core/coalescer';
import { queueKey } from '@frontdesk/server/queue/queue-key';
import { createPromises } from '@frontdesk/server/queue/holder.promises';
import type { QueueHandle } from '@frontdesk/server/queue/index';
import { createReceipts } from '@frontdesk/server/queue/receipts';
import { startPushService } from '../../support/push-service.js';
import { callNext, issue, nextTicketId, openCounter, startTestQueue } from '../../support/queue-log.js';
import type { QueueNode, TestQueue } from '../../support/queue-log.js';
import { callHttp, createVisitorToken, dataOf } from '../../support/server.js';
import { startWorkday, type Workday } from '../../support/workday.js';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
/** Longer than a queue stays that nobody asks for. */
const IDLE_MINUTES = 31;
/** What is idle is let go within a second, and from outside nothing tells of it. */
const LOOKED_AT_MS = 2_500;

describe('what is kept of a queue', function letGo() {
  this.timeout(60_000);

  describe('beside its log', () => {
    let test: TestQueue;
    let node: QueueNode;
    beforeEach(async () => {
      test = await startTestQueue(1);
      node = await test.startNode();
      node.queueLog.start();
    });
    afterEach(() => test.close());

    async function leave(): Promise<void> {
      const left = new Promise<QueueHandle>((resolve) => node.queueLog.onLeft(resolve));
      test.clock.advance(IDLE_MINUTES * minuteMs);
      expect((await left).locationId).to.equal(test.queue.locationId);
    }

    it('QC-12: receipts are kept of calls that are on, and of a queue that was let go none', async () => {
      const display = 'd'.repeat(24) as DeviceId;
      const shownBy = { deviceId: display, serviceIds: [], counterGroups: [] };
      const receipts = createReceipts({ listDisplays: () => [shownBy as never] }, node.queueLog);
      const [counterId] = test.counterIds;
      await node.run(openCounter(counterId!));
      await node.run(issue(test.serviceId));
      await node.run(issue(test.serviceId));
      await node.run(callNext(counterId!));
      const read = async () => {
        const { floor, setup } = await node.queueLog.read(test.queue);
        const ticket = [...floor.tickets.values()].find(({ state }) => state === 'called');
        return { floor, read: () => receipts.read(test.queue, ticket!, setup.countersById.get(counterId!)!), ticket };
      };
      const one = await read();
      expect(receipts.note(test.queue, one.floor, display, [1])).to.equal(true);
      expect(receipts.note(test.queue, one.floor, display, [1])).to.equal(false);
      expect(one.read()).to.deep.equal({ expected: 1, shown: 1 });
      const ticketId = one.ticket!.id;
      await node.run({
        decide: () => ({ ok: true, changes: [{ type: 'ticket-completed', ticketId, outcome: null }] }),
      });
      await node.run(callNext(counterId!));
      const two = await read();
      expect(receipts.note(test.queue, two.floor, display, [1])).to.equal(false);
      expect(receipts.note(test.queue, two.floor, display, [1, 2])).to.equal(true);
      expect(one.read().shown).to.equal(0);
      await leave();
      const three = await read();
      expect(three.read()).to.deep.equal({ expected: 1, shown: 0 });
      expect(receipts.note(test.queue, three.floor, display, [2])).to.equal(true);
    });

    it('QP-12: what holders were told is kept while the queue is; then their rows remember it', async () => {
      const log = createLogger({ level: 'silent' });
      const store = { addPromise: async () => undefined };
      const promises = createPromises({ queueLog: node.queueLog, store, clock: test.clock, log });
      const ticketId = nextTicketId();
      const show = (p80Seconds: number) =>
        promises.show(
          test.queue,
          ticketId,
          { ahead: 4, estimate: { kind: 'range', p50Seconds: 300, p80Seconds, reason: null } },
          'counter-paused',
        );
      await node.queueLog.read(test.queue);
      show(600);
      expect(show(3_000)).to.include({ reason: 'counter-paused' });
      await leave();
      expect(show(3_000)).to.include({ reason: null });
    });

    it('5.10: two handles of one queue are one queue to whoever tells of it', async () => {
      let runs = 0;
      const coalescer = createCoalescer({
        intervalMs: minuteMs,
        keyOf: queueKey,
        run: () => void (runs += 1),
        handleError: () => undefined,
      });
      coalescer.ask({ ...test.queue });
      coalescer.ask({ ...test.queue });
      await new Promise((resolve) => setImmediate(resolve));
      coalescer.stop();
      expect(runs).to.equal(1);
    });
  });

  describe('in a server', () => {
    let day: Workday;
    afterEach(() => day.close());

    async function leave(): Promise<void> {
      await day.settle();
      day.wait(IDLE_MINUTES);
      await pause(LOOKED_AT_MS);
    }
    const broadcast = (notice: string) => day.must('queue:broadcast', { locationId: day.branch.locationId, notice });

    it('5.10: rows that fell behind the log meanwhile are written with the first event after the queue was let go', async () => {
      day = await startWorkday('2026-03-02T02:00:00Z');
      const { id } = await day.issue();
      await leave();
      const row = { _id: new Types.ObjectId(id) };
      await day.collection('queue_tickets').updateOne(row, { $set: { rev: 0, ticket: null, serviceDay: null } });
      await broadcast('Lift out of order');
      await day.settle();
      expect(await day.collection('queue_tickets').findOne(row)).to.have.nested.property('ticket.state', 'waiting');
    });

    it('QA-10: the promises of a day that another process counted are known after the queue was let go', async () => {
      day = await startWorkday('2026-03-02T02:00:00Z', {
        policy: { isHitRatePublic: true },
        service: { isRemoteJoinAllowed: true },
      });
      const { locationId, shop } = day.branch;
      const as = {
        audience: 'visitor',
        site: shop.site.publicKey,
        token: createVisitorToken(),
        origin: day.test.url,
      } as const;
      const readRate = async () =>
        dataOf(await callHttp<QueueOffer>(day.test.url, 'queue:browse', { locationId }, as)).hitRatePercent;
      await day.issue();
      await day.serve(5);
      day.wait(dayMinutes);
      await broadcast('Good morning');
      expect(await readRate()).to.equal(null);
      await leave();
      const days = day.collection('queue_days');
      for (let tries = 0; tries < 100 && !(await days.findOne({ serviceDay: '2026-03-02' })); tries += 1)
        await pause(50);
      await days.updateOne({ serviceDay: '2026-03-02' }, { $set: { promised: 100, kept: 80 } });
      expect(await readRate()).to.equal(80);
    });

    it('QP-9: who gave an address at another process while the queue was let go here is told here that it is their turn', async () => {
      const push = await startPushService();
      try {
        const serverOptions = { env: { ...push.env }, pushAgent: push.agent };
        day = await startWorkday('2026-03-02T02:00:00Z', {}, serverOptions);
        const mine = await day.branch.issue();
        await leave();
        const phone = push.subscribe();
        const row = { _id: new Types.ObjectId(mine.id) };
        await day.collection('queue_tickets').updateOne(row, { $set: { push: phone.subscription } });
        await day.must('ticket:call-next', { counterId: day.branch.counter.id });
        const [notice] = await phone.received(1);
        expect(notice?.title).to.equal(`${mine.label}: it is your turn`);
      } finally {
        await push.close();
      }
    });
  });
});

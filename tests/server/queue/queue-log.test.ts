/** The log of a queue: one true order, however many processes write it, and whatever happens to them while they do (5.10, 0009). */
import { expect } from 'chai';
import type { TicketId } from '@frontdesk/protocol/ids';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { AppError } from '@frontdesk/server/core/errors';
import type { EventStore } from '@frontdesk/server/queue/event.store';
import type { LoggedEvent } from '@frontdesk/server/queue/queue.types';
import {
  callNext,
  issue,
  nextTicketId,
  openCounter,
  startTestQueue,
  type QueueNode,
  type QueueStep,
  type TestQueue,
} from '../../support/queue-log.js';

const HOUR_MS = 60 * 60_000;

const codeOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'OK',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

function changesOf<Type extends string>(events: readonly LoggedEvent[], type: Type) {
  return events.flatMap(({ changes }) =>
    changes.filter((change): change is Extract<typeof change, { type: Type }> => change.type === type),
  );
}

describe('queue log', function queueLog() {
  this.timeout(60_000);
  let test: TestQueue;
  let one: QueueNode;
  let other: QueueNode;

  beforeEach(async () => {
    test = await startTestQueue();
    one = await test.startNode();
    other = await test.startNode();
  });
  afterEach(() => test.close());

  it('QC-2 two processes with 25 counters each call 300 tickets: none twice, none lost, no false "empty", calls in order', async () => {
    const { serviceId, counterIds } = test;
    await Promise.all(Array.from({ length: 300 }, () => one.run(issue(serviceId))));
    await Promise.all(counterIds.map((id, at) => (at % 2 ? one : other).run(openCounter(id))));
    const complete = (ticketId: TicketId): QueueStep => ({
      decide: () => ({ ok: true, changes: [{ type: 'ticket-completed', ticketId, outcome: null }] }),
    });
    let called = 0;
    let falseEmpty = 0;
    const serve = async (node: QueueNode, at: number): Promise<void> => {
      for (;;) {
        const counterId = counterIds[at]!;
        const answer = await node.run(callNext(counterId)).catch((error: unknown) => error);
        if (answer instanceof AppError) {
          expect(answer.code).to.equal('QUEUE_EMPTY');
          if (called < 300) falseEmpty += 1;
          return;
        }
        called += 1;
        const [call] = changesOf([(answer as { event: LoggedEvent }).event], 'ticket-called');
        await node.run(complete(call!.ticketId));
      }
    };
    await Promise.all(counterIds.map((_, at) => serve(at % 2 ? one : other, at)));
    const log = await test.readLog();
    const calls = changesOf(log, 'ticket-called');
    expect(calls.map(({ ticketId }) => ticketId)).to.have.length(300);
    expect(new Set(calls.map(({ ticketId }) => ticketId)).size).to.equal(300);
    expect(calls.map(({ callSequence }) => callSequence)).to.deep.equal(calls.map((_, at) => at + 1));
    const order = changesOf(log, 'ticket-issued').map(({ ticketId }) => ticketId);
    expect(calls.map(({ ticketId }) => ticketId)).to.deep.equal(order);
    expect(falseEmpty).to.equal(0);
    expect(log.map(({ rev }) => rev)).to.deep.equal(log.map((_, at) => at + 1));
  });

  it('5.10 200 issues at once from two processes: no gap, no number twice', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, at) => (at % 2 ? one : other).run(issue(test.serviceId))));
    const numbers = changesOf(await test.readLog(), 'ticket-issued').map(({ number }) => number);
    expect(numbers).to.deep.equal(numbers.map((_, at) => at + 1));
  });

  it('QC-2 "empty" is said at the end of the log: what another process wrote a moment ago counts', async () => {
    const [counterId] = test.counterIds;
    await one.run(openCounter(counterId!));
    await one.queueLog.read(test.queue);
    await other.run(issue(test.serviceId));
    expect(await codeOf(one.run(callNext(counterId!)))).to.equal('OK');
  });

  it('QC-3 a refusal is said at the end of the log: a counter that another process freed is free', async () => {
    const [counterId] = test.counterIds;
    await one.run(openCounter(counterId!));
    await one.run(issue(test.serviceId));
    await one.run(issue(test.serviceId));
    const called = await one.run(callNext(counterId!));
    await other.queueLog.read(test.queue);
    const { ticketId } = changesOf([called.event!], 'ticket-called')[0]!;
    await other.run({ decide: () => ({ ok: true, changes: [{ type: 'ticket-completed', ticketId, outcome: null }] }) });
    expect(await codeOf(one.run(callNext(counterId!)))).to.equal('OK');
  });

  it('QK-18 killed between insert and answer: the next process answers the same key with the first ticket', async () => {
    const key = createIdempotencyKey();
    const dying = await test.startNode((store) => ({
      ...store,
      async insert(...args: Parameters<EventStore['insert']>) {
        await store.insert(...args);
        throw Object.assign(new Error('the connection is gone'), { name: 'MongoNetworkError' });
      },
    }));
    const step = issue(test.serviceId);
    expect(await codeOf(dying.run({ ...step, key }))).to.include('connection is gone');
    const fresh = await test.startNode();
    const answer = await fresh.run({ ...step, key });
    expect(answer.isRepeat).to.equal(true);
    expect(changesOf(await test.readLog(), 'ticket-issued')).to.have.length(1);
  });

  it('QK-18 a process that lost its answer finds what it had written, and tells it once', async () => {
    let isBroken = true;
    const shaky = await test.startNode((store) => ({
      ...store,
      async insert(...args: Parameters<EventStore['insert']>) {
        await store.insert(...args);
        if (isBroken) throw new Error('no answer');
      },
    }));
    await shaky.queueLog.read(test.queue).catch(() => undefined);
    isBroken = false;
    await shaky.queueLog.read(test.queue);
    isBroken = true;
    const key = createIdempotencyKey();
    const step = issue(test.serviceId);
    await codeOf(shaky.run({ ...step, key }));
    isBroken = false;
    expect((await shaky.run({ ...step, key })).isRepeat).to.equal(true);
    expect(changesOf(shaky.told, 'ticket-issued')).to.have.length(1);
  });

  it('QK-4 the same key at once, at two processes and again: one ticket, one answer', async () => {
    const key = createIdempotencyKey();
    const step = issue(test.serviceId);
    const answers = await Promise.all(
      [one, one, other, other, one].map((node) => node.run({ ...step, key }).then(({ event }) => event!.rev)),
    );
    expect(new Set(answers).size).to.equal(1);
    expect(changesOf(await test.readLog(), 'ticket-issued')).to.have.length(1);
  });

  it('MSG-01 the same key for something else is IDEMPOTENCY_MISMATCH, at the same process and at another', async () => {
    const key = createIdempotencyKey();
    await one.run({ ...issue(test.serviceId), key, hash: 'this' });
    for (const node of [one, other]) {
      expect(await codeOf(node.run({ ...issue(test.serviceId), key, hash: 'that' }))).to.equal('IDEMPOTENCY_MISMATCH');
    }
  });

  it('QK-4 a key of yesterday is answered with what it wrote yesterday, and its neighbours in the batch are written', async () => {
    const key = createIdempotencyKey();
    const step = issue(test.serviceId);
    const before = await one.run({ ...step, key });
    test.clock.advance(24 * HOUR_MS);
    const [first, again, last] = await Promise.all([
      one.run(issue(test.serviceId)),
      one.run({ ...issue(test.serviceId, nextTicketId()), key }),
      one.run(issue(test.serviceId)),
    ]);
    expect(again.event!.rev).to.equal(before.event!.rev);
    expect(again.isRepeat).to.equal(true);
    expect(changesOf([first.event!, last.event!], 'ticket-issued').map(({ number }) => number)).to.deep.equal([1, 2]);
  });

  it('QD-8 nobody sees what is not in the log yet: a batch that loses the race leaves no trace', async () => {
    let release = (): void => {};
    const isHeld = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isSlow = false;
    const slow = await test.startNode((store) => ({
      ...store,
      async insert(...args: Parameters<EventStore['insert']>) {
        if (isSlow) await isHeld;
        await store.insert(...args);
      },
    }));
    const [counterId] = test.counterIds;
    await slow.run(openCounter(counterId!));
    await slow.run(issue(test.serviceId));
    isSlow = true;
    const calling = slow.run(callNext(counterId!));
    await new Promise((resolve) => setImmediate(resolve));
    const seen = slow.queueLog.peek(test.queue)!.floor;
    expect(seen.callSequence).to.equal(0);
    await other.run(issue(test.serviceId));
    release();
    const { event, situation } = await calling;
    expect(seen.callSequence).to.equal(0);
    expect(situation.floor.callSequence).to.equal(1);
    expect(slow.told.map(({ rev }) => rev)).to.deep.equal([...new Set(slow.told.map(({ rev }) => rev))]);
    expect(slow.told.at(-1)!.rev).to.equal(event!.rev);
  });

  it('QD-5 listeners of each process hear every event of both, once and in order', async () => {
    await one.queueLog.read(test.queue);
    await other.queueLog.read(test.queue);
    const first = one.told.length;
    await Promise.all(Array.from({ length: 60 }, (_, at) => (at % 2 ? one : other).run(issue(test.serviceId))));
    await one.run(issue(test.serviceId));
    await other.run(issue(test.serviceId));
    await one.run(issue(test.serviceId));
    const log = await test.readLog();
    expect(one.told.slice(first).map(({ rev }) => rev)).to.deep.equal(log.slice(1).map(({ rev }) => rev));
    const heard = other.told.map(({ rev }) => rev);
    expect(heard).to.deep.equal(heard.map((_, at) => heard[0]! + at));
  });
});

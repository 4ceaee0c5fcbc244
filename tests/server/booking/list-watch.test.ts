/** BK-18: nothing that happens while a list is read for the first time is lost; nor is a message that is asked for as the last one ends. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createVisitorToken, type LocationId, type TenantId } from '@frontdesk/protocol/ids';
import { createListWatch } from '@frontdesk/server/booking/list-watch';
import { createMessenger } from '@frontdesk/server/booking/messenger';
import { createEventBus } from '@frontdesk/server/core/bus';
import { createLogger } from '@frontdesk/server/core/logger';

const log = createLogger({ level: 'silent' });
const tenantId = 'a'.repeat(24) as TenantId;
const locationId = 'b'.repeat(24) as LocationId;

describe('watching a list', () => {
  it('BK-18: a change that comes between the first read and its answer is told', async () => {
    const bus = createEventBus(log);
    /** What is in the store. */
    let now = 1;
    let readFirst = (): void => {};
    const isRead = new Promise<void>((resolve) => (readFirst = resolve));
    let letGo = (): void => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const told: unknown[] = [];
    const facts = { toVisitors() {}, joinSocket() {}, leaveSocket() {}, countSockets: () => 1 };
    const watch = createListWatch<string, { value: number; untilMs: number }>(
      { revisions: { readAll: async () => new Map() }, facts: facts as never, bus, clock: { now: Date.now }, log },
      {
        roomOf: () => 'room',
        async read() {
          const value = now;
          readFirst();
          await gate;
          return { value, untilMs: Infinity };
        },
        tell(_room, before, after) {
          if (before.value !== after.value) told.push([before.value, after.value]);
          return before.value !== after.value;
        },
      },
    );
    watch.start();
    const context = { tenantId, socketId: 'one', actor: { tokenHash: createVisitorToken() } };
    const first = watch.watch(context as never, 'q');
    await isRead;
    now = 2;
    bus.publish('booking:changed', { tenantId, locationId });
    await sleep(0);
    letGo();
    const { value } = await first;
    await sleep(0);
    await watch.stop();
    expect([value, ...told.flat()].at(-1), 'the socket ends with what is there').to.equal(2);
  });

  it('BK-18: who asks while the first reading fails gets the list, and hears what changes in it', async () => {
    const bus = createEventBus(log);
    let now = 1;
    let isDown = true;
    let hear = (_told: number): void => {};
    const heard = new Promise<number>((resolve) => (hear = resolve));
    const facts = { toVisitors() {}, joinSocket() {}, leaveSocket() {}, countSockets: () => 1 };
    const watch = createListWatch<string, { value: number; untilMs: number }>(
      { revisions: { readAll: async () => new Map() }, facts: facts as never, bus, clock: { now: Date.now }, log },
      {
        roomOf: () => 'room',
        async read() {
          if (!isDown) return { value: now, untilMs: Infinity };
          isDown = false;
          throw new Error('the store does not answer');
        },
        tell(_room, before, after) {
          if (before.value !== after.value) hear(after.value);
          return before.value !== after.value;
        },
      },
    );
    watch.start();
    const actor = { tokenHash: createVisitorToken() };
    const ask = (socketId: string) => watch.watch({ tenantId, socketId, actor } as never, 'q');
    const [first, second] = await Promise.allSettled([ask('one'), ask('two')]);
    expect([first.status, second.status]).to.deep.equal(['rejected', 'fulfilled']);
    now = 2;
    bus.publish('booking:changed', { tenantId, locationId });
    expect(await heard).to.equal(2);
    await watch.stop();
  });

  it('BK-23: whoever wakes the messenger at any moment of its last look is heard', async () => {
    for (let depth = 0; depth < 16; depth += 1) {
      let looks = 0;
      const messenger = createMessenger({
        outbox: {
          async lease() {
            looks += 1;
            return undefined;
          },
        } as never,
        ...({ collect: null, composeForSeat: null, notifications: null } as never as object),
        clock: { now: Date.now },
        log,
      } as never);
      const first = messenger.drain();
      for (let step = 0; step < depth; step += 1) await Promise.resolve();
      void messenger.drain();
      await first;
      await sleep(0);
      expect(looks, `asked after ${depth} steps`).to.equal(2);
      await messenger.stop();
    }
  });
});

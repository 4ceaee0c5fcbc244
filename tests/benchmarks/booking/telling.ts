/** Telling viewers: how soon five hundred hear that a time was taken, and what the news weighs beside the list. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createIdempotencyKey, createVisitorToken } from '@frontdesk/protocol/ids';
import { at, dateOf, type Clinic } from '../../support/booking.js';
import { SHOP_ORIGIN, TestSocket } from '../../support/sockets.js';
import { percentile, type Goal } from '../goals.js';
import { askAsVisitor, type Desk } from './desk.js';

const VIEWERS = 500;
const CHANGES = 12;
const BATCH = 50;
/** People book now and then; what comes at once is told at once, at most four times a second. */
const PAUSE_MS = 400;

async function openViewers({ subject }: Desk, clinic: Clinic, question: object) {
  const site = clinic.shop.site.publicKey;
  const viewers: TestSocket[] = [];
  let list = '';
  while (viewers.length < VIEWERS) {
    const batch = Array.from({ length: BATCH }, () => {
      const auth = { site, token: createVisitorToken(), protocol: 1 };
      return new TestSocket(subject.url, '/visitor', { query: { site }, extraHeaders: { Origin: SHOP_ORIGIN }, auth });
    });
    await Promise.all(
      batch.map(async (viewer) => {
        await viewer.ready();
        const watching = { input: question, idempotencyKey: createIdempotencyKey() };
        const { data } = (await viewer.socket.timeout(30_000).emitWithAck('slot:watch', watching)) as { data: object };
        list = JSON.stringify(data);
      }),
    );
    viewers.push(...batch);
  }
  return { viewers, list };
}

export async function measureTelling(desk: Desk, clinic: Clinic): Promise<Goal[]> {
  const question = {
    serviceId: clinic.service.id,
    staffId: clinic.staff[0]?.id ?? null,
    from: dateOf(at(9)),
    days: 30,
  };
  const { viewers, list } = await openViewers(desk, clinic, question);
  const heard: number[] = [];
  let bytes = 0;
  for (let turn = 0; turn < CHANGES; turn += 1) {
    const start = at(10 + turn / 2, { days: 2 });
    const arrivals = viewers.map(
      ({ socket }) =>
        new Promise<number>((resolve) => {
          socket.once('slots:changed', (fact: unknown) => {
            bytes = Math.max(bytes, JSON.stringify(fact).length);
            resolve(performance.now());
          });
        }),
    );
    const { serviceId, staffId } = question;
    const { status, body } = await askAsVisitor(desk.subject.url, clinic, 'hold:create', { serviceId, staffId, start });
    if (status >= 300) throw new Error(body);
    const acknowledgedMs = performance.now();
    for (const atMs of await Promise.all(arrivals)) heard.push(Math.max(0, atMs - acknowledgedMs));
    await sleep(PAUSE_MS);
  }
  for (const { socket } of viewers) socket.close();
  return [
    { what: 'news of a taken time at 500 viewers, p95', measured: percentile(heard, 0.95), most: 300, unit: 'ms' },
    { what: 'bytes of the news to the list', measured: bytes / list.length, most: 1 / 10 },
  ];
}

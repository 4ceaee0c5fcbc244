/** Reading lists: how long they take beside an empty request, what they weigh, and what is saved while they stay the same. */
import { gzipSync } from 'node:zlib';
import { decodeSlots } from '@frontdesk/domain/booking/slot-codec';
import type { SlotList } from '@frontdesk/protocol/booking-visitor';
import { at, dateOf, type Clinic } from '../../support/booking.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';
import { median, percentile, type Goal } from '../goals.js';
import { askAsVisitor, exchange, runAtOnce, type Answer, type Desk } from './desk.js';

const AT_ONCE = 50;
const REQUESTS = 500;
const ROUNDS = 5;
const CHANGES = 25;

function readSlots({ subject }: Desk, clinic: Clinic, etag?: string): Promise<Answer> {
  const query = `service=${clinic.service.id}&from=${dateOf(at(9))}&days=30`;
  const headers = { Origin: SHOP_ORIGIN, ...(etag && { 'If-None-Match': etag }) };
  return exchange(`${subject.url}/v1/${clinic.shop.site.publicKey}/slots?${query}`, { method: 'GET', headers });
}

function mustBe(answers: readonly Answer[], status: number): number[] {
  const wrong = answers.find((answer) => answer.status !== status);
  if (wrong) throw new Error(`${wrong.status} instead of ${status}: ${wrong.body.slice(0, 200)}`);
  return answers.map(({ ms }) => ms);
}

/** In turns with requests that are authenticated, counted and checked like any other, and then do nothing in the store. */
async function measureReading(desk: Desk, clinic: Clinic): Promise<Goal> {
  const empty = () => askAsVisitor(desk.subject.url, clinic, 'proof:request', { purpose: 'booking' });
  const slots = () => readSlots(desk, clinic);
  const round = async (task: () => Promise<Answer>) =>
    percentile(
      mustBe(
        await runAtOnce(
          Array.from({ length: REQUESTS }, () => task),
          AT_ONCE,
        ),
        200,
      ),
      0.95,
    );
  await round(empty);
  await round(slots);
  const ratios: number[] = [];
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const emptyMs = await round(empty);
    ratios.push((await round(slots)) / emptyMs);
  }
  return {
    what: 'list of slots to an empty request, p95, 50 at once, 2,400 bookings',
    measured: median(ratios),
    most: 4,
  };
}

/** Somebody elsewhere took a time, as every process learns it. */
async function change({ app }: Desk, clinic: Clinic): Promise<void> {
  const { connection } = app.server.core;
  const locations = await connection.collection('locations').find({}).toArray();
  const tenantId: unknown = locations.find(({ _id }) => String(_id) === clinic.locationId)?.['tenantId'];
  await connection.collection('booking_revisions').updateOne({ tenantId: tenantId as never }, { $inc: { agenda: 1 } });
}

/** A list that is sent is one that changed; one at a time, so that the time is the server's. */
async function measureUnchanged(desk: Desk, clinic: Clinic): Promise<Goal> {
  const full: number[] = [];
  const unchanged: number[] = [];
  let { etag } = await readSlots(desk, clinic);
  for (let turn = 0; turn < CHANGES; turn += 1) {
    await change(desk, clinic);
    const fresh = await readSlots(desk, clinic, etag);
    full.push(...mustBe([fresh], 200));
    ({ etag } = fresh);
    unchanged.push(...mustBe([await readSlots(desk, clinic, etag)], 304));
  }
  return {
    what: '304 to a list that changed, time of one request',
    measured: median(unchanged) / median(full),
    most: 1 / 3,
  };
}

function weigh(body: string): Goal[] {
  const { data } = JSON.parse(body) as { data: SlotList };
  const list = JSON.stringify(data);
  const objects = JSON.stringify(
    decodeSlots(data)
      .flat()
      .map((start) => ({ start: new Date(start * 60_000).toISOString() })),
  );
  const zipped = (text: string) => gzipSync(text).length;
  return [
    { what: 'bytes of a list to ISO objects', measured: list.length / objects.length, most: 1 / 15 },
    { what: 'bytes of a list to ISO objects, both zipped', measured: zipped(list) / zipped(objects), most: 1 / 4 },
  ];
}

export async function measureReads(desk: Desk, clinic: Clinic): Promise<Goal[]> {
  const { body } = await readSlots(desk, clinic);
  return [await measureReading(desk, clinic), ...weigh(body), await measureUnchanged(desk, clinic)];
}

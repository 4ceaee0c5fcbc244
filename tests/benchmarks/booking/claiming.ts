/** Taking time: a thousand who want one slot beside a thousand who want one each, and what 28 claims cost a document. */
import { randomBytes } from 'node:crypto';
import { Types } from 'mongoose';
import type { BookableId } from '@frontdesk/protocol/ids';
import { at, openClinic, type Clinic } from '../../support/booking.js';
import { median, type Goal } from '../goals.js';
import { askAsVisitor, runAtOnce, type Desk } from './desk.js';

const ATTEMPTS = 1_000;
const AT_ONCE = 100;
const PEOPLE = 10;
const INSERTS = 300;
const KEYS = 28;

interface Wish {
  readonly staffId: BookableId | null;
  readonly start: string;
}

async function timeAll({ subject }: Desk, clinic: Clinic, wishes: readonly Wish[], booked: number): Promise<number> {
  const serviceId = clinic.service.id;
  const startedMs = performance.now();
  const tasks = wishes.map((wish) => () => askAsVisitor(subject.url, clinic, 'hold:create', { serviceId, ...wish }));
  const answers = await runAtOnce(tasks, AT_ONCE);
  const totalMs = performance.now() - startedMs;
  const held = answers.filter(({ status }) => status === 200 || status === 201).length;
  if (held !== booked) throw new Error(`${held} holds instead of ${booked}`);
  return totalMs;
}

/** In a fresh business, so that nothing is taken before. */
async function measureRush(desk: Desk): Promise<Goal> {
  const clinic = await openClinic(desk.app, { staff: PEOPLE });
  const own = Array.from({ length: ATTEMPTS }, (_, index): Wish => {
    const slot = Math.floor(index / PEOPLE);
    const start = at(9 + (slot % 16) / 2, { days: 4 + Math.floor(slot / 16) });
    return { staffId: clinic.staff[index % PEOPLE]?.id ?? null, start };
  });
  const ownMs = await timeAll(desk, clinic, own, ATTEMPTS);
  const wish: Wish = { staffId: clinic.staff[0]?.id ?? null, start: at(9) };
  const oneMs = await timeAll(
    desk,
    clinic,
    Array.from({ length: ATTEMPTS }, () => wish),
    1,
  );
  return { what: '1,000 attempts on one slot to 1,000 on as many', measured: oneMs / ownMs, most: 1.5 };
}

/** Documents as bookings are, with the indexes of bookings, and without the one over claims. */
async function measureClaims({ app }: Desk): Promise<Goal> {
  const { connection } = app.server.core;
  const source = connection.collection('allocations');
  const [indexes, template] = await Promise.all([source.indexes(), source.findOne({ live: true })]);
  const open = async (name: string, hasClaims: boolean) => {
    const collection = connection.collection(name);
    for (const { key, v: _version, name: _name, ns: _space, ...options } of indexes) {
      const isOfClaims = 'claims' in (key as object);
      if ('_id' in (key as object) || (isOfClaims && !hasClaims)) continue;
      await collection.createIndex(key, options);
    }
    return collection;
  };
  const [claiming, plain] = [await open('bench_claiming', true), await open('bench_plain', false)];
  let next = 0;
  const build = () => {
    const first = (next += KEYS);
    const claims = Array.from({ length: KEYS }, (_, index) => first + index);
    return { ...template, _id: new Types.ObjectId(), code: randomBytes(6).toString('hex'), writes: [], claims };
  };
  const time = async (collection: typeof plain) => {
    const row = build();
    const startedMs = performance.now();
    await collection.insertOne(row as never);
    return performance.now() - startedMs;
  };
  const [claimMs, plainMs]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < INSERTS; turn += 1) {
    plainMs.push(await time(plain));
    claimMs.push(await time(claiming));
  }
  return {
    what: 'insert with 28 claims to one without their index',
    measured: median(claimMs) / median(plainMs),
    most: 3,
  };
}

export async function measureClaiming(desk: Desk): Promise<Goal[]> {
  return [await measureRush(desk), await measureClaims(desk)];
}

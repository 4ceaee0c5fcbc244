/** Repeated visits of one customer (BK-29): listed with what is in the way, booked all or none, cancelled one by one or from a day on. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { addDays, getZone } from '@frontdesk/domain/hours/zone';
import { createIdempotencyKey, type IdempotencyKey } from '@frontdesk/protocol/ids';
import type { SeriesConflicts } from '@frontdesk/protocol/booking-series';
import type { StaffCommands } from '@frontdesk/protocol/staff';
import { attachedFile, readCalendar, type ReadCalendar } from '../../support/calendar-reader.js';
import type { ReceivedMail } from '../../support/mail-server.js';
import { codeOf, MEI, openClinic, readLive, type Clinic } from '../../support/booking.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';

type NewSeries = StaffCommands['series:create']['input'];
const ZONE = 'America/New_York';
const zone = getZone(ZONE);
/** A week from now there. */
const FIRST = addDays(new Date().toISOString().slice(0, 10), 7);
const startOf = (week: number, time = 17): string =>
  new Date(zone.toInstant(addDays(FIRST, week * 7), time * 60)).toISOString();

describe('repeated visits', function repeated() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;
  /** How far the server's clock goes ahead. */
  let aheadMs = 0;

  before(async () => {
    test = await startTestServer({ clock: { now: () => Date.now() + aheadMs } });
  });
  after(() => test.close());
  beforeEach(async () => {
    aheadMs = 0;
    const weekly = Array.from({ length: 7 }, () => [{ from: '09:00', to: '19:00' }]);
    const location = { timeZone: ZONE, hours: { weekly, specialDays: [], holidays: [] } };
    clinic = await openClinic(test, { location });
  });

  const rule = (change: object = {}) => ({
    serviceId: clinic.service.id,
    staffId: null,
    date: FIRST,
    time: '17:00',
    unit: 'week' as const,
    every: 1,
    count: 6,
    ...change,
  });
  const lesson = (change: object = {}): NewSeries => ({
    ...rule(),
    without: [],
    customer: MEI,
    answers: {},
    ...change,
  });
  const take = (week: number) =>
    clinic.must('booking:create', {
      serviceId: clinic.service.id,
      staffId: null,
      start: startOf(week),
      customer: { ...MEI, name: 'Somebody else' },
      answers: {},
    });
  const countLive = async () => (await readLive(test)).length;
  const conflictsOf = ({ result }: Awaited<ReturnType<Clinic['ask']>>): string[] =>
    result.ok ? [] : (result.error.current as SeriesConflicts).conflicts.map(({ date }) => date);

  it('BK-29: a year of weekly lessons keeps the time on the wall when the clock changes', async () => {
    const { seriesId, visits } = await clinic.must('series:create', lesson({ count: 52 }));
    const { bookings } = await clinic.must('series:read', { seriesId });
    expect(bookings.map(({ start }) => start)).to.deep.equal(visits.map(({ start }) => start));
    expect(new Set(bookings.map(({ wallStart }) => wallStart.slice(11)))).to.deep.equal(new Set(['17:00']));
    expect(new Set(bookings.map(({ start }) => start.slice(11, 16)))).to.deep.equal(new Set(['21:00', '22:00']));
    expect(bookings.every((one) => one.state === 'confirmed' && one.seriesId === seriesId)).to.equal(true);
    const day = { locationId: clinic.locationId, from: addDays(FIRST, 70), days: 1 };
    expect((await clinic.must('agenda:read', day)).bookings).to.have.length(1);
  });

  it('BK-29: conflicts are listed before anything is booked, with other times; then nothing or all but those', async () => {
    await take(2);
    await clinic.must('block:create', {
      resourceId: clinic.staff[0]?.id as never,
      start: startOf(4, 9),
      end: startOf(4, 19),
      reason: 'Away',
    });
    const { timeZone, visits } = await clinic.must('series:preview', rule());
    expect(timeZone).to.equal(ZONE);
    expect(visits.map(({ outlook }) => outlook)).to.deep.equal(['free', 'free', 'taken', 'free', 'taken', 'free']);
    expect(visits[2]?.alternatives).to.include(startOf(2, 16.5)).and.not.include(startOf(2));
    const before = await countLive();
    const refused = await clinic.ask('series:create', lesson());
    expect(codeOf(refused)).to.equal('SLOT_TAKEN');
    const inTheWay = [addDays(FIRST, 14), addDays(FIRST, 28)];
    expect(conflictsOf(refused)).to.deep.equal(inTheWay);
    expect(await countLive()).to.equal(before);
    const booked = await clinic.must('series:create', lesson({ without: inTheWay }));
    expect(booked.visits.map(({ start }) => start)).to.deep.equal([0, 1, 3, 5].map((week) => startOf(week)));
    expect(await countLive()).to.equal(before + 4);
    const closed = await clinic.ask('series:create', lesson({ time: '20:00', count: 1 }));
    expect(codeOf(closed)).to.equal('SLOT_CLOSED');
  });

  it('BK-29: months without the day are said and left out', async () => {
    const date = `${new Date().getUTCFullYear() + 1}-01-31`;
    const { visits } = await clinic.must('series:preview', rule({ unit: 'month', date, count: 3 }));
    expect(visits.map(({ outlook }) => outlook)).to.deep.equal(['free', 'skipped', 'free']);
    const booked = await clinic.must('series:create', lesson({ unit: 'month', date, count: 3 }));
    expect(booked.visits.map((visit) => visit.date)).to.deep.equal([date, date.replace('-01-', '-03-')]);
  });

  it('BK-29: of two series that want the same time one is booked whole, and of the other nothing stays', async () => {
    const before = await countLive();
    const wishes = [lesson(), lesson({ date: addDays(FIRST, 21), count: 6 })];
    const answers = await Promise.all(wishes.map((wish) => clinic.ask('series:create', wish)));
    const codes = answers.map(codeOf).toSorted().join(' ');
    expect(codes).to.be.oneOf(['OK SLOT_TAKEN', 'SLOT_TAKEN SLOT_TAKEN']);
    expect(await countLive()).to.equal(before + (codes.includes('OK') ? 6 : 0));
  });

  it('BK-29: one visit is cancelled alone, the rest from a day on; who came stays as it was', async () => {
    const { seriesId } = await clinic.must('series:create', lesson());
    const { bookings } = await clinic.must('series:read', { seriesId });
    const [first, second] = bookings;
    if (!first || !second) throw new Error('There are six.');
    await clinic.must('booking:mark', { bookingId: second.id, version: second.version, mark: 'cancel', reason: 'Ill' });
    const rest = { seriesId, from: startOf(3), reason: 'Moved away' };
    const key = createIdempotencyKey();
    expect(dataOf(await clinic.ask('series:cancel', rest, key))).to.deep.equal({ cancelled: 3 });
    expect(dataOf(await clinic.ask('series:cancel', rest, key))).to.deep.equal({ cancelled: 3 });
    expect(await clinic.must('series:cancel', rest)).to.deep.equal({ cancelled: 0 });
    const after = (await clinic.must('series:read', { seriesId })).bookings;
    const gone = 'cancelled-by-business';
    expect(after.map(({ state }) => state)).to.deep.equal(['confirmed', gone, 'confirmed', gone, gone, gone]);
    expect(after.at(-1)?.history.at(-1)).to.include({ by: 'staff', reason: 'Moved away' });
    await take(4);
  });

  it('BK-29: twins and lost answers book one series; another wish under the key is refused', async () => {
    const before = await countLive();
    const key = createIdempotencyKey();
    const twins = await Promise.all([1, 2].map(() => clinic.ask('series:create', lesson(), key)));
    expect(twins.map(codeOf)).to.include('OK');
    const first = dataOf(await clinic.ask('series:create', lesson(), key));
    await clinic.must('series:cancel', { seriesId: first.seriesId, from: startOf(5), reason: '' });
    await test.server.core.connection.collection('idempotency').deleteMany({});
    expect(dataOf(await clinic.ask('series:create', lesson(), key))).to.deep.equal(first);
    expect(await countLive()).to.equal(before + 5);
    expect(codeOf(await clinic.ask('series:create', lesson({ time: '10:00' }), key))).to.equal('IDEMPOTENCY_MISMATCH');
  });

  it('BK-29: what a server that died had held is in nobody’s way after ten minutes, and was never a booking', async () => {
    const allocations = test.server.core.connection.collection('allocations');
    const { seriesId } = await clinic.must('series:create', lesson());
    await allocations.updateMany({ seriesId }, { $set: { state: 'held', holdExpiresAt: new Date(Date.now() - 1) } });
    expect(codeOf(await clinic.ask('series:read', { seriesId }))).to.equal('NOT_FOUND');
    const again = await clinic.must('series:create', lesson());
    expect(again.visits).to.have.length(6);
    expect(again.seriesId).to.not.equal(seriesId);
  });

  /** Of the write that books all, the store carries out the first documents and dies. */
  async function createAndDie(input: NewSeries, key: IdempotencyKey, done: number): Promise<void> {
    const { collection } = test.server.core.connection.model('BookingAllocation');
    const whole = collection.updateMany;
    collection.updateMany = async (filter, update) => {
      if (!JSON.stringify(update).includes('confirmed')) return whole.call(collection, filter, update);
      const rows = await collection.find(filter).sort({ start: 1 }).limit(done).toArray();
      await whole.call(collection, { _id: { $in: rows.map(({ _id }) => _id) } }, update);
      throw new Error('the connection is gone');
    };
    try {
      expect(codeOf(await clinic.ask('series:create', input, key))).to.not.equal('OK');
    } finally {
      collection.updateMany = whole;
    }
    // The try that died holds its key for a while.
    await test.server.core.connection.collection('idempotency').deleteMany({});
  }
  async function findVisit(week: number): Promise<{ _id: never; state: string }> {
    const allocations = test.server.core.connection.collection('allocations');
    const rows = await allocations.find({ seriesId: { $exists: true }, start: new Date(startOf(week)) }).toArray();
    const own = rows.find(({ locationId }) => String(locationId) === clinic.locationId);
    if (!own) throw new Error('The visit is not there.');
    return own as never;
  }

  it('BK-29: a store that dies inside the write that books all: the next try books the rest, also what ran out', async () => {
    const allocations = test.server.core.connection.collection('allocations');
    const before = await countLive();
    const key = createIdempotencyKey();
    await createAndDie(lesson(), key, 3);
    expect(await countLive()).to.equal(before + 6);
    // One ran out, another was swept.
    await allocations.updateOne({ _id: (await findVisit(4))._id }, { $set: { holdExpiresAt: new Date(0) } });
    await allocations.deleteOne({ _id: (await findVisit(5))._id });
    const { seriesId } = dataOf(await clinic.ask('series:create', lesson(), key));
    const { bookings } = await clinic.must('series:read', { seriesId });
    expect(bookings.map(({ state, history }) => `${state} ${history.length}`)).to.deep.equal(
      bookings.map(() => 'confirmed 1'),
    );
    expect(bookings).to.have.length(6);
    expect(dataOf(await clinic.ask('series:create', lesson(), key)).seriesId).to.equal(seriesId);
  });

  it('BK-29: when somebody else took a date meanwhile, the next try says so, and nothing of the series stays', async () => {
    const allocations = test.server.core.connection.collection('allocations');
    const key = createIdempotencyKey();
    const before = await countLive();
    await createAndDie(lesson(), key, 3);
    await allocations.deleteOne({ _id: (await findVisit(4))._id });
    await take(4);
    const heard: string[] = [];
    const end = test.server.core.bus.subscribe('booking:changed', ({ locationId }) => void heard.push(locationId));
    const refused = await clinic.ask('series:create', lesson(), key);
    end();
    expect(codeOf(refused)).to.equal('SLOT_TAKEN');
    expect(conflictsOf(refused)).to.deep.equal([addDays(FIRST, 28)]);
    expect(await countLive(), 'one is somebody else’s').to.equal(before + 1);
    expect(heard, 'lists learn that the times are free again').to.include(clinic.locationId);
    // What was booked is history that staff can read, never gone without a trace.
    expect((await findVisit(0)).state).to.equal('cancelled-by-business');
    expect(codeOf(await clinic.ask('series:create', lesson({ without: [addDays(FIRST, 28)] })))).to.equal('OK');
  });

  /** Something happens at the store before or after each write that cancels a visit. */
  async function duringCancel<T>(
    hooks: { readonly before?: (filter: object) => Promise<unknown>; readonly after?: () => Promise<unknown> },
    act: () => Promise<T>,
  ): Promise<T> {
    const { collection } = test.server.core.connection.model('BookingAllocation');
    const whole = collection.findOneAndUpdate;
    collection.findOneAndUpdate = (async (...args: Parameters<typeof whole>) => {
      const isCancel = JSON.stringify(args[1]).includes('"state":"cancelled-by-business"');
      if (isCancel) await hooks.before?.(args[0]);
      const written = await whole.apply(collection, args);
      if (isCancel) await hooks.after?.();
      return written;
    }) as typeof whole;
    try {
      return await act();
    } finally {
      collection.findOneAndUpdate = whole;
    }
  }
  /** Calendars that this address got about visits that are off, the oldest first. */
  const cancellationsFor = (email: string): ReadCalendar[] =>
    readdirSync(test.mailDir)
      .filter((name) => name.endsWith('.eml'))
      .toSorted()
      .map((name) => readFileSync(join(test.mailDir, name), 'utf8'))
      .filter((text) => text.includes(`To: ${email}`))
      .map((source) => readCalendar(attachedFile({ source } as ReceivedMail)))
      .filter(({ events }) => events.some(({ status }) => status === 'CANCELLED'));
  async function drainLater(): Promise<void> {
    aheadMs += 5_000;
    await test.server.booking.drainMessages();
  }

  it('BK-29: whoever sends mails while a series is cancelled tells of all visits at once', async () => {
    const email = 'all-at-once@example.test';
    const { seriesId } = await clinic.must('series:create', lesson({ customer: { ...MEI, email } }));
    const cancel = () => clinic.must('series:cancel', { seriesId, from: startOf(0), reason: '' });
    const drain = () => test.server.booking.drainMessages();
    expect(await duringCancel({ after: drain }, cancel)).to.deep.equal({ cancelled: 6 });
    await drainLater();
    const [off, ...more] = cancellationsFor(email);
    expect(more).to.deep.equal([]);
    expect(off?.events.map(({ start }) => start.toISOString())).to.deep.equal(
      [0, 1, 2, 3, 4, 5].map((week) => startOf(week)),
    );
    expect(off?.method, 'calendars take them out again').to.equal('CANCEL');
    expect(off?.events.map(({ attendees }) => attendees)).to.deep.equal(off?.events.map(() => [`mailto:${email}`]));
  });

  it('BK-29: when a server dies amid the visits that it cancels, all of them are told of after the next try', async () => {
    const email = 'half-way@example.test';
    const { seriesId } = await clinic.must('series:create', lesson({ customer: { ...MEI, email } }));
    const key = createIdempotencyKey();
    const cancel = () => clinic.ask('series:cancel', { seriesId, from: startOf(0), reason: '' }, key);
    let left = 3;
    const before = async (): Promise<void> => {
      left -= 1;
      if (left < 0) throw new Error('the connection is gone');
    };
    expect(codeOf(await duringCancel({ before }, cancel))).to.not.equal('OK');
    await test.server.core.connection.collection('idempotency').deleteMany({});
    aheadMs += 1;
    expect(dataOf(await cancel())).to.deep.equal({ cancelled: 3 });
    await drainLater();
    const told = cancellationsFor(email).flatMap(({ events }) => events.map(({ start }) => start.toISOString()));
    expect(told.toSorted()).to.deep.equal([0, 1, 2, 3, 4, 5].map((week) => startOf(week)));
  });

  it('BK-29: a visit that somebody changes at that moment is cancelled with the others', async () => {
    const { seriesId } = await clinic.must('series:create', lesson());
    const { collection } = test.server.core.connection.model('BookingAllocation');
    const changed = new Set<string>();
    const before = async (filter: object): Promise<void> => {
      const { _id } = filter as { _id: never };
      if (changed.has(String(_id))) return;
      changed.add(String(_id));
      await collection.updateOne({ _id }, { $inc: { version: 1 } });
    };
    const cancel = () => clinic.must('series:cancel', { seriesId, from: startOf(2), reason: '' });
    expect(await duringCancel({ before }, cancel)).to.deep.equal({ cancelled: 4 });
    const { bookings } = await clinic.must('series:read', { seriesId });
    const gone = 'cancelled-by-business';
    expect(bookings.map(({ state }) => state)).to.deep.equal(['confirmed', 'confirmed', gone, gone, gone, gone]);
  });

  it('BK-29: one mail says that the lessons are booked, and nothing is said of what is only held', async () => {
    const outboxes = async (seriesId: string) => {
      const rows = await test.server.core.connection.collection('allocations').find({ seriesId }).toArray();
      return rows
        .toSorted((one, other) => one['start'] - other['start'])
        .map((row) => row['outbox'] as { kind: string }[]);
    };
    const email = 'lessons@example.test';
    const { seriesId } = await clinic.must('series:create', lesson({ customer: { ...MEI, email } }));
    await test.server.booking.drainMessages();
    const kinds = (await outboxes(seriesId)).map((outbox) => outbox.map(({ kind }) => kind));
    expect(kinds).to.deep.equal(kinds.map(() => ['reminder-day', 'reminder-hours']));
    const mails = readdirSync(test.mailDir)
      .filter((name) => name.endsWith('.txt'))
      .map((name) => readFileSync(join(test.mailDir, name), 'utf8'))
      .filter((text) => text.startsWith(`To: ${email}`));
    expect(mails).to.have.length(1);
    expect(mails[0]).to.contain('Subject: Booked: Consultation');
    const { bookings } = await clinic.must('series:read', { seriesId });
    for (const { code } of bookings) expect(mails[0], 'every visit stands in it').to.contain(code);
    const newest = (): ReadCalendar => {
      const files = readdirSync(test.mailDir).filter((name) => name.endsWith('.eml'));
      const sources = files.toSorted().map((name) => readFileSync(join(test.mailDir, name), 'utf8'));
      const mine = sources.filter((text) => text.includes(`To: ${email}`)).at(-1);
      return readCalendar(attachedFile({ source: mine ?? '' } as ReceivedMail));
    };
    const booked = newest();
    expect(booked.events.map(({ start }) => start.toISOString())).to.deep.equal(bookings.map(({ start }) => start));
    expect(new Set(booked.events.map(({ uid }) => uid)).size).to.equal(6);
    await clinic.must('series:cancel', { seriesId, from: startOf(4), reason: '' });
    await drainLater();
    const gone = newest();
    expect(gone.events.map(({ uid, status }) => `${uid} ${status}`)).to.deep.equal(
      booked.events.slice(4).map(({ uid }) => `${uid} CANCELLED`),
    );
    expect(gone.events[0]?.sequence).to.be.greaterThan(booked.events[4]?.sequence ?? 99);
    const asHeld = { state: 'held', holdExpiresAt: new Date(Date.now() + 60_000), 'outbox.$[].dueAt': new Date(0) };
    await test.server.core.connection.collection('allocations').updateMany({ seriesId }, { $set: asHeld });
    await test.server.booking.drainMessages();
    expect((await outboxes(seriesId)).flat(), 'of the four that are left').to.have.length(8);
  });

  it('MC-12: who may, and what is refused', async () => {
    const { seriesId } = await clinic.must('series:create', lesson());
    const viewer = await clinic.as('viewer');
    expect(codeOf(await viewer('series:preview', rule()))).to.equal('OK');
    expect(codeOf(await viewer('series:read', { seriesId }))).to.equal('OK');
    expect(codeOf(await viewer('series:create', lesson()))).to.equal('FORBIDDEN');
    const rest = { seriesId, from: startOf(0), reason: '' };
    expect(codeOf(await viewer('series:cancel', rest))).to.equal('FORBIDDEN');
    const other = await openClinic(test);
    expect(codeOf(await other.ask('series:read', { seriesId }))).to.equal('NOT_FOUND');
    expect(codeOf(await other.ask('series:cancel', rest))).to.equal('NOT_FOUND');
    expect(codeOf(await other.ask('series:create', lesson()))).to.equal('NOT_FOUND');
    expect(codeOf(await other.ask('series:preview', rule()))).to.equal('NOT_FOUND');
    for (const wrong of [{ count: 105 }, { every: 0 }, { time: '25:00' }, { date: '2027-02-30' }, { unit: 'day' }]) {
      expect(codeOf(await clinic.ask('series:create', lesson(wrong))), JSON.stringify(wrong)).to.equal('VALIDATION');
    }
    expect(codeOf(await clinic.ask('series:create', lesson({ date: '2020-01-01', count: 1 })))).to.equal('VALIDATION');
    const all = Array.from({ length: 6 }, (_, week) => addDays(FIRST, week * 7));
    expect(codeOf(await clinic.ask('series:create', lesson({ without: all })))).to.equal('VALIDATION');
    for (const [name, input] of [
      ['series:read', { seriesId }],
      ['series:create', lesson()],
    ] as const) {
      const answer = await callHttp(test.url, name, input, { audience: 'staff', key: createIdempotencyKey() });
      expect(codeOf(answer)).to.equal('UNAUTHENTICATED');
    }
  });

  it('BK-29: a class has dates of its own, and nobody has it alone week by week', async () => {
    const { id: serviceId } = await clinic.addService({ capacity: { min: 1, max: 6 } });
    await clinic.addStaff('Teacher', { serviceIds: [serviceId] });
    expect(codeOf(await clinic.ask('series:preview', rule({ serviceId })))).to.equal('NOT_FOUND');
    expect(codeOf(await clinic.ask('series:create', lesson({ serviceId })))).to.equal('NOT_FOUND');
  });
});

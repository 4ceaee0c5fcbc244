/** BK-4, BK-28: whole courses. Seats in every date that is left or in none, one mail, given up at once or one by one. */
import { expect } from 'chai';
import type { CourseAnswer, CourseFull, CourseHold } from '@frontdesk/protocol/booking-course';
import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import { createIdempotencyKey, type ClassSessionId, type IdempotencyKey } from '@frontdesk/protocol/ids';
import { at, codeOf, dateOf } from '../../support/booking.js';
import { calendarOf } from '../../support/calendar-reader.js';
import { openClassroom, type Classroom, type Pupil } from '../../support/classroom.js';
import { startMailServer, type MailServer } from '../../support/mail-server.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';

const minuteMs = 60_000;
const WEEKS = 4;

describe('whole courses', function courses() {
  this.timeout(60_000);
  let test: TestServer;
  let mail: MailServer;
  let room: Classroom;
  let dates: readonly ClassSessionDto[];
  let aheadMs = 0;
  let made = 0;

  before(async () => {
    mail = await startMailServer();
    test = await startTestServer({ env: mail.env, clock: { now: () => Date.now() + aheadMs } });
  });
  after(async () => {
    await test.close();
    await mail.close();
  });
  beforeEach(async () => {
    aheadMs = 0;
    made += 1;
    room = await openClassroom(test);
    dates = await setDates();
  });

  async function setDates(capacity = 4, isCourse = true, time = '10:00'): Promise<readonly ClassSessionDto[]> {
    const weekly = { weeks: WEEKS, except: [], isCourse };
    const when = { date: dateOf(at(10)), time };
    const input = { serviceId: room.course.id, staffId: null, ...when, weekly, capacity };
    return (await room.must('class-session:create', input)).sessions;
  }
  const courseId = () => dates[0]!.courseId!;
  const pupil = (name: string): Pupil => room.pupil(`${name} ${made}`);
  const hold = (who: Pupil, seats = 1, without: ClassSessionId[] = [], key?: string) =>
    who.call('course:hold', { courseId: courseId(), seats, without }, key);
  const confirm = (who: Pupil, { id }: Pick<CourseHold, 'id'>, key?: string) =>
    who.call('course:confirm', { enrolmentId: id, ...room.details(who) }, key);
  const take = async (who: Pupil, seats = 1): Promise<CourseAnswer> =>
    dataOf(await confirm(who, dataOf(await hold(who, seats))));
  const caller = (name: string) => ({ name, phone: null, email: `${name.toLowerCase()}.${made}@example.test` });
  /** Taken seats of each date. */
  async function count(): Promise<string[]> {
    const span = { locationId: room.locationId, from: dateOf(at(10)), days: 40 };
    const { sessions } = await room.must('class-session:agenda', span);
    return sessions
      .filter((one) => one.courseId === courseId() && !one.isCancelled)
      .map(({ enrolled, kept }) => `${enrolled}+${kept}`);
  }
  const all = (text: string): string[] => Array.from({ length: WEEKS }, () => text);

  it('BK-4: seats in all dates are held while somebody types, taken at once, and shown with a link for each', async () => {
    const mei = pupil('Mei');
    const { dates: offered } = dataOf(await mei.call('course:read', { courseId: courseId() }));
    expect(offered.map(({ start, seatsLeft }) => [start, seatsLeft])).to.deep.equal(
      dates.map(({ start }) => [start, 4]),
    );
    const held = dataOf(await hold(mei, 2));
    expect([held.seats, held.dates.length]).to.deep.equal([2, WEEKS]);
    expect(await count()).to.deep.equal(all('0+2'));
    const taken = dataOf(await confirm(mei, held));
    expect(await count()).to.deep.equal(all('2+0'));
    expect(taken.dates.map(({ seat }) => [seat.start, seat.state, seat.seats])).to.deep.equal(
      dates.map(({ start }) => [start, 'enrolled', 2]),
    );
    expect(new Set(taken.dates.map(({ seatToken }) => seatToken)).size).to.equal(WEEKS);
    const seen = dataOf(await room.customer().call('course:read-own', { seatToken: taken.dates[1]!.seatToken }));
    expect(seen).to.deep.equal(taken);
  });

  it('BK-33: whoever looks at a course or is refused has seats counted, and nobody in them is read', async () => {
    await take(pupil('Mei'), 4);
    const { collection } = test.server.core.connection.model('BookingAllocation');
    const whole = collection.find;
    const read: unknown[] = [];
    const spy = (filter: object, options?: { projection?: Record<string, unknown> }) => {
      if ('session.courseId' in filter) read.push(options?.projection?.['session.entries.seats']);
      return whole.call(collection, filter, options);
    };
    collection.find = spy as typeof whole;
    try {
      const { dates: seen } = dataOf(await pupil('Ravi').call('course:read', { courseId: courseId() }));
      expect(seen.map(({ seatsLeft }) => seatsLeft)).to.deep.equal(dates.map(() => 0));
      expect(codeOf(await hold(pupil('Ravi')))).to.equal('SLOT_TAKEN');
    } finally {
      collection.find = whole;
    }
    expect(read).to.deep.equal([1, 1, 1]);
  });

  it('BK-4: one full date refuses all and is named, nothing stays held, and the party may go without it', async () => {
    const [, second] = dates;
    await room.must('class-session:resize', { sessionId: second!.id, version: 1, capacity: 1 });
    const mei = pupil('Mei');
    const refused = await hold(mei, 2);
    expect(codeOf(refused)).to.equal('SLOT_TAKEN');
    if (refused.result.ok) throw new Error('Nothing was refused.');
    const { full } = refused.result.error.current as CourseFull;
    expect(full.map(({ sessionId, seatsLeft }) => [sessionId, seatsLeft])).to.deep.equal([[second!.id, 1]]);
    expect(await count()).to.deep.equal(all('0+0'));
    const held = dataOf(await hold(mei, 2, [second!.id]));
    expect(held.dates).to.have.length(WEEKS - 1);
    dataOf(await confirm(mei, held));
    expect(await count()).to.deep.equal(['2+0', '0+0', '2+0', '2+0']);
  });

  it('BK-4: of ten who want the last seats of a course at once one gets all of them, and nobody half of them', async () => {
    for (const { id, version } of dates)
      await room.must('class-session:resize', { sessionId: id, version, capacity: 1 });
    const many = Array.from({ length: 10 }, (_, index) => pupil(`Pupil ${index}`));
    const held = await Promise.all(many.map((who) => hold(who)));
    const codes = held.map(codeOf);
    expect(codes.filter((code) => code === 'OK')).to.have.length(1);
    expect(codes.filter((code) => code === 'SLOT_TAKEN')).to.have.length(9);
    const winner = codes.indexOf('OK');
    dataOf(await confirm(many[winner]!, dataOf(held[winner]!)));
    expect(await count()).to.deep.equal(all('1+0'));
  });

  it('BK-7: twins and lost answers take the seats once; another wish under the key is refused', async () => {
    const mei = pupil('Mei');
    const holdKey = createIdempotencyKey();
    const holds = await Promise.all([1, 2, 3].map(() => hold(mei, 1, [], holdKey)));
    for (const one of holds) expect(dataOf(one).id).to.equal(dataOf(holds[0]!).id);
    expect(codeOf(await hold(mei, 2, [], holdKey))).to.equal('IDEMPOTENCY_MISMATCH');
    const key = createIdempotencyKey();
    const answers = await Promise.all([1, 2, 3, 4].map(() => confirm(mei, dataOf(holds[0]!), key)));
    for (const one of answers) expect(dataOf(one)).to.deep.equal(dataOf(answers[0]!));
    expect(dataOf(await confirm(mei, dataOf(holds[0]!), key))).to.deep.equal(dataOf(answers[0]!));
    expect(await count()).to.deep.equal(all('1+0'));
    const staffKey = createIdempotencyKey();
    const input = { courseId: courseId(), seats: 1, without: [], customer: caller('Ravi'), answers: {} };
    const twins = await Promise.all([1, 2, 3].map(() => room.ask('course:enrol', input, staffKey)));
    for (const one of twins) expect(dataOf(one).enrolmentId).to.equal(dataOf(twins[0]!).enrolmentId);
    expect(dataOf(await room.ask('course:enrol', input, staffKey)).sessions).to.have.length(WEEKS);
    expect(await count()).to.deep.equal(all('2+0'));
    expect(codeOf(await room.ask('course:enrol', { ...input, seats: 2 }, staffKey))).to.equal('IDEMPOTENCY_MISMATCH');
  });

  it('BK-6: seats that nobody took in time are free again in every date, and cannot be taken any more', async () => {
    const mei = pupil('Mei');
    const held = dataOf(await hold(mei));
    expect(codeOf(await confirm(pupil('Somebody else'), held))).to.equal('HOLD_EXPIRED');
    aheadMs = 6 * minuteMs;
    expect(await count()).to.deep.equal(all('0+0'));
    expect(codeOf(await confirm(mei, held))).to.equal('HOLD_EXPIRED');
    expect(await count()).to.deep.equal(all('0+0'));
    const again = dataOf(await hold(mei));
    dataOf(await mei.call('course:release', { enrolmentId: again.id }));
    expect(await count()).to.deep.equal(all('0+0'));
  });

  it('BK-4: who let go of one date, by asking for other seats, does not get the rest of the course as the whole', async () => {
    const mei = pupil('Mei');
    const held = dataOf(await hold(mei));
    await room.holdSeats(mei, dates[1]!.id, 2);
    expect(codeOf(await confirm(mei, held))).to.equal('HOLD_EXPIRED');
    expect(await count()).to.deep.equal(['0+0', '0+2', '0+0', '0+0']);
  });

  /** Of the write that takes all, the store carries out the last two documents and dies. */
  async function dieTaking(ask: () => Promise<Parameters<typeof codeOf>[0]>): Promise<void> {
    const { collection } = test.server.core.connection.model('BookingAllocation');
    const whole = collection.updateMany;
    collection.updateMany = async (filter, update, options) => {
      if (!JSON.stringify(update).includes('enrolled')) return whole.call(collection, filter, update, options);
      const rows = await collection.find(filter).sort({ start: -1 }).limit(2).toArray();
      await whole.call(collection, { _id: { $in: rows.map(({ _id }) => _id) } }, update, options);
      throw new Error('the connection is gone');
    };
    try {
      expect(codeOf(await ask())).to.not.equal('OK');
    } finally {
      collection.updateMany = whole;
    }
    expect(await count()).to.deep.equal(['0+1', '0+1', '1+0', '1+0']);
    // The try that died holds its key for a while.
    await test.server.core.connection.collection('idempotency').deleteMany({});
  }

  it('BK-7: a store that dies inside the write that takes all: the next try takes the rest, or nothing stays', async () => {
    const mei = pupil('Mei');
    const key = createIdempotencyKey();
    const held = dataOf(await hold(mei));
    await dieTaking(() => confirm(mei, held, key));
    expect(dataOf(await confirm(mei, held, key)).dates.map(({ seat }) => seat.state)).to.deep.equal(all('enrolled'));
    expect(await count()).to.deep.equal(all('1+0'));
    dataOf(
      await mei.call('course:cancel-own', { seatToken: dataOf(await confirm(mei, held, key)).seatToken, reason: '' }),
    );
    const late = createIdempotencyKey();
    const again = dataOf(await hold(mei));
    await dieTaking(() => confirm(mei, again, late));
    aheadMs = 6 * minuteMs;
    expect(codeOf(await confirm(mei, again, late))).to.equal('HOLD_EXPIRED');
    expect(await count()).to.deep.equal(all('0+0'));
  });

  it('BK-7: staff try again after the store died: what ran out is taken anew, or nothing stays', async () => {
    const enrol = (name: string, key: IdempotencyKey) => {
      const input = { courseId: courseId(), seats: 1, without: [], customer: caller(name), answers: {} };
      return room.ask('course:enrol', input, key);
    };
    const key = createIdempotencyKey();
    const late = createIdempotencyKey();
    await dieTaking(() => enrol('Ravi', late));
    aheadMs = 2 * minuteMs;
    await room.enrol(pupil('Mei'), dates[1]!.id, 4);
    expect(codeOf(await enrol('Ravi', late))).to.equal('SLOT_TAKEN');
    expect(await count()).to.deep.equal(['0+0', '4+0', '0+0', '0+0']);
    dates = await setDates(4, true, '12:00');
    await dieTaking(() => enrol('Aina', key));
    aheadMs = 4 * minuteMs;
    expect(dataOf(await enrol('Aina', key)).sessions).to.have.length(WEEKS);
    expect(await count()).to.deep.equal(all('1+0'));
  });

  it('BK-28: a course is given up at once or one date at a time, within the deadline, and who waits is asked', async () => {
    const mei = pupil('Mei');
    const taken = await take(mei, 4);
    const waiting = await room.wait(pupil('Aina'), dates[2]!.id, 1);
    dataOf(await mei.call('seat:cancel-own', { seatToken: taken.dates[1]!.seatToken, reason: '' }));
    expect(await count()).to.deep.equal(['4+0', '0+0', '4+0', '4+0']);
    aheadMs = Date.parse(dates[0]!.start) - 30 * minuteMs - Date.now();
    const key = createIdempotencyKey();
    const cancel = (withKey: string) =>
      mei.call('course:cancel-own', { seatToken: taken.seatToken, reason: 'Moving away' }, withKey);
    const left = dataOf(await cancel(key));
    expect(left.dates.map(({ seat }) => seat.state)).to.deep.equal(['enrolled', 'cancelled', 'cancelled', 'cancelled']);
    expect((await room.readOwn(waiting)).state).to.equal('offered');
    expect(dataOf(await cancel(key)).dates.map(({ seat }) => seat.state)).to.deep.equal(
      left.dates.map(({ seat }) => seat.state),
    );
    expect(codeOf(await cancel(createIdempotencyKey()))).to.equal('TOO_LATE');
  });

  it('BK-25: one mail lists all dates with all of them for the calendar, and one says that they were given up', async () => {
    const mei = pupil('Mei');
    const taken = await take(mei);
    await test.server.booking.drainMessages();
    const address = room.details(mei).customer.email;
    const [first, ...more] = mail.to(address);
    expect(more).to.deep.equal([]);
    expect(first?.subject).to.match(/^You have your seats: Mathematics, from/);
    const { method, events } = calendarOf(first);
    expect(method).to.equal('PUBLISH');
    expect(events.map(({ start }) => start.toISOString())).to.deep.equal(dates.map(({ start }) => start));
    dataOf(await mei.call('course:cancel-own', { seatToken: taken.seatToken, reason: '' }));
    await test.server.booking.drainMessages();
    const [, gone, ...others] = mail.to(address);
    expect(others).to.deep.equal([]);
    expect(gone?.subject).to.match(/^Course given up/);
    expect(calendarOf(gone).method).to.equal('CANCEL');
    expect(calendarOf(gone).events.map(({ uid }) => uid)).to.deep.equal(events.map(({ uid }) => uid));
  });

  it('BK-16: notice binds each date, what has begun is left out, and dates that are no course are taken one by one', async () => {
    const loose = await setDates(4, false, '14:00');
    expect(loose.map((one) => one.courseId)).to.deep.equal(all('').map(() => null));
    aheadMs = Date.parse(dates[0]!.start) - Date.now() + minuteMs;
    const { dates: left } = dataOf(await pupil('Mei').call('course:read', { courseId: courseId() }));
    expect(left.map(({ sessionId }) => sessionId)).to.deep.equal(dates.slice(1).map(({ id }) => id));
    expect((await room.must('course:list', { courseId: courseId() })).sessions).to.have.length(WEEKS - 1);
  });

  it('MC-12: courses are open to their roles, to nobody who is not signed in, and unknown at another business', async () => {
    const taken = await take(pupil('Mei'));
    const input = { courseId: courseId(), seats: 1, without: [], customer: caller('Ravi'), answers: {} };
    const viewer = await room.as('viewer');
    expect(codeOf(await viewer('course:enrol', input))).to.equal('FORBIDDEN');
    expect(codeOf(await viewer('course:list', { courseId: courseId() }))).to.equal('OK');
    expect(codeOf(await (await room.as('agent'))('course:enrol', input))).to.equal('OK');
    const nobody = { audience: 'staff', key: createIdempotencyKey() } as const;
    expect(codeOf(await callHttp(test.url, 'course:enrol', input, nobody))).to.equal('UNAUTHENTICATED');
    const stranger = await openClassroom(test);
    expect(codeOf(await stranger.ask('course:enrol', input))).to.equal('NOT_FOUND');
    expect(codeOf(await stranger.ask('course:list', { courseId: courseId() }))).to.equal('NOT_FOUND');
    const other = stranger.pupil('Somebody');
    expect(codeOf(await other.call('course:read', { courseId: courseId() }))).to.equal('NOT_FOUND');
    expect(codeOf(await other.call('course:hold', { courseId: courseId(), seats: 1, without: [] }))).to.equal(
      'NOT_FOUND',
    );
    const link = { seatToken: taken.seatToken };
    expect(codeOf(await other.call('course:read-own', link))).to.equal('NOT_FOUND');
    expect(codeOf(await other.call('course:cancel-own', { ...link, reason: '' }))).to.equal('NOT_FOUND');
    expect(codeOf(await room.ask('course:enrol', { ...input, seats: 0 }))).to.equal('VALIDATION');
    expect(codeOf(await room.ask('course:enrol', { ...input, customer: { ...caller('X'), phone: '12' } }))).to.equal(
      'VALIDATION',
    );
    const without = dates.map(({ id }) => id);
    expect(codeOf(await room.ask('course:enrol', { ...input, without }))).to.equal('SLOT_CLOSED');
    expect(await count()).to.deep.equal(all('2+0'));
  });
});

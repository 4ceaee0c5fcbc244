/** What staff do with classes: dates, moving, calling off, the roster, and who came. One class, all its commands: longer than 400 lines. */
import { expect } from 'chai';
import { Types } from 'mongoose';
import { listCommands } from '@frontdesk/protocol/catalogue';
import { classStaffCommands, type AttendanceEntry, type RosterDto } from '@frontdesk/protocol/booking-class-staff';
import { createIdempotencyKey, type ClassSessionId } from '@frontdesk/protocol/ids';
import type { StaffCommandName } from '@frontdesk/protocol/staff';
import { ROLES, type AttendanceMark, type Role } from '@frontdesk/protocol/vocabulary';
import { buildInput, randomIds } from '../../security/inputs.js';
import { at, codeOf, dateOf, findOverlaps } from '../../support/booking.js';
import { openClassroom, type Classroom } from '../../support/classroom.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';

const minuteMs = 60_000;
/** Written out on purpose and not read from the permission table, which it checks. */
const LEAST: Readonly<Record<keyof typeof classStaffCommands, Role>> = {
  'class-session:preview': 'admin',
  'class-session:create': 'admin',
  'class-session:agenda': 'viewer',
  'class-session:read': 'viewer',
  'class-session:move': 'admin',
  'class-session:resize': 'admin',
  'class-session:cancel': 'admin',
  'seat:enrol': 'agent',
  'seat:remove': 'agent',
  'seat:read-answers': 'agent',
  'attendance:mark': 'agent',
};
const RANK: readonly Role[] = ['viewer', 'agent', 'admin', 'owner'];

describe('sessions of a class', function sessions() {
  this.timeout(60_000);
  let test: TestServer;
  let room: Classroom;
  let aheadMs = 0;
  const news: string[] = [];

  before(async () => {
    test = await startTestServer({ clock: { now: () => Date.now() + aheadMs } });
    test.server.core.bus.subscribe('seat:changed', (event) => void news.push(event.news));
  });
  after(() => test.close());
  beforeEach(async () => {
    aheadMs = 0;
    news.length = 0;
    room = await openClassroom(test, { staff: 1 });
  });

  const read = (sessionId: ClassSessionId): Promise<RosterDto> => room.must('class-session:read', { sessionId });
  const readStored = (sessionId: ClassSessionId) =>
    test.server.core.connection.collection('allocations').findOne({ _id: new Types.ObjectId(sessionId) });
  const weekly = (weeks: number, more: object = {}) => ({
    serviceId: room.course.id,
    staffId: null,
    date: dateOf(at(10)),
    time: '10:00',
    weekly: { weeks, except: [] },
    capacity: null,
    ...more,
  });

  it('MC-12: each staff command of classes is open to its roles, and to no other, and to nobody who is not signed in', async () => {
    const definitions = listCommands().filter(
      ({ audience, name }) => audience === 'staff' && name in classStaffCommands,
    );
    expect(definitions.map(({ name }) => name).sort()).to.deep.equal(Object.keys(LEAST).sort());
    for (const role of ROLES) {
      const ask = role === 'owner' ? room.ask : await room.as(role);
      for (const definition of definitions) {
        const name = definition.name as keyof typeof LEAST & StaffCommandName;
        const code = codeOf(await ask(name, buildInput(definition, randomIds()) as never));
        const isOpen = RANK.indexOf(role) >= RANK.indexOf(LEAST[name]);
        expect(code, `${name} as ${role}`).to.equal(isOpen ? 'NOT_FOUND' : 'FORBIDDEN');
      }
    }
    for (const { name, ...definition } of definitions) {
      const input = buildInput({ name, ...definition }, randomIds()) as object;
      const answer = await callHttp(test.url, name, input, { audience: 'staff', key: createIdempotencyKey() });
      expect(codeOf(answer), name).to.equal('UNAUTHENTICATED');
    }
  });

  it('MC-12: sessions and seats of one business are unknown at another', async () => {
    const { id: sessionId } = await room.addSession(10);
    const { enrolments } = await room.must('seat:enrol', { sessionId, seats: 1, ...guest('Mei') });
    const stranger = await openClassroom(test);
    const ids = { ...randomIds(), classSessionId: sessionId, classEnrolmentId: enrolments[0]!.id };
    for (const definition of Object.values(classStaffCommands)) {
      if (!JSON.stringify(buildInput(definition, ids)).includes(sessionId)) continue;
      const name = definition.name as StaffCommandName;
      expect(codeOf(await stranger.ask(name, buildInput(definition, ids))), name).to.equal('NOT_FOUND');
    }
    const hold = await stranger.customer().call('seat:hold', { sessionId, seats: 1 });
    expect(codeOf(hold)).to.equal('NOT_FOUND');
    expect((await read(sessionId)).session).to.include({ enrolled: 1, version: 1, isCancelled: false });
  });

  const guest = (name: string) => ({
    customer: { name, phone: null, email: `${name.toLowerCase()}@example.test` },
    answers: {},
  });

  it('MC-12: what makes no class is refused', async () => {
    const make = async (more: object) =>
      codeOf(
        await room.ask('booking-service:create', {
          locationId: room.locationId,
          names: { en: 'Odd' },
          segments: [{ minutes: 60, needsStaff: true, poolIds: [] }],
          capacity: { min: 1, max: 5 },
          ...more,
        }),
      );
    expect(await make({})).to.equal('OK');
    expect(await make({ capacity: { min: 6, max: 5 } })).to.equal('VALIDATION');
    expect(await make({ capacity: { min: 0, max: 5 } })).to.equal('VALIDATION');
    expect(await make({ confirmation: 'approve' })).to.equal('VALIDATION');
    expect(codeOf(await room.ask('class-session:create', weekly(3, { serviceId: room.service.id })))).to.equal(
      'NOT_FOUND',
    );
    expect(codeOf(await room.ask('class-session:create', weekly(3, { time: '25:00' })))).to.equal('VALIDATION');
    expect(codeOf(await room.ask('class-session:create', weekly(1)))).to.equal('VALIDATION');
  });

  it('BK-29: a weekly class keeps its wall time over a change of the clock, leaves dates out, and names those that cannot be', async () => {
    const { id: locationId } = await room.must('location:create', {
      name: 'New York',
      timeZone: 'America/New_York',
      hours: {
        weekly: Array.from({ length: 7 }, () => [{ from: '08:00', to: '20:00' }]),
        specialDays: [],
        holidays: [{ date: '2027-03-20', label: 'Closed' }],
      },
    });
    const { id: serviceId } = await room.must('booking-service:create', {
      locationId,
      names: { en: 'Piano' },
      segments: [{ minutes: 60, needsStaff: true, poolIds: [] }],
      capacity: { min: 1, max: 4 },
      horizonDays: 400,
    });
    await room.must('resource:create', { locationId, kind: 'staff', name: 'Ada', serviceIds: [serviceId] });
    // The clock goes forward on 14 March 2027.
    const input = weekly(5, {
      serviceId,
      date: '2027-03-06',
      time: '17:00',
      weekly: { weeks: 5, except: ['2027-03-27'], isCourse: true },
    });
    const key = createIdempotencyKey();
    const made = dataOf(await room.ask('class-session:create', input, key));
    expect(made.sessions.map(({ wallStart }) => wallStart)).to.deep.equal([
      '2027-03-06T17:00',
      '2027-03-13T17:00',
      '2027-04-03T17:00',
    ]);
    expect(made.sessions.map(({ start }) => start.slice(11, 16))).to.deep.equal(['22:00', '22:00', '21:00']);
    expect(made.problems).to.deep.equal([{ date: '2027-03-20', problem: 'closed' }]);
    expect(new Set(made.sessions.map(({ courseId }) => courseId)).size).to.equal(1);
    expect(dataOf(await room.ask('class-session:create', input, key))).to.deep.equal(made);
    expect(codeOf(await room.ask('class-session:create', { ...input, time: '18:00' }, key))).to.equal(
      'IDEMPOTENCY_MISMATCH',
    );
    // Once more under another key: everything is taken by then.
    const again = await room.must('class-session:create', input);
    expect(again.sessions).to.deep.equal([]);
    expect(again.problems.map(({ problem }) => problem)).to.deep.equal(['taken', 'taken', 'closed', 'taken']);
    const { sessions: listed } = await room.must('class-session:agenda', { locationId, from: '2027-03-01', days: 30 });
    expect(listed.map(({ id }) => id)).to.deep.equal(made.sessions.slice(0, 2).map(({ id }) => id));
  });

  it('BK-29: what is in the way of each date is named before any is set, with other times; a date that moves is not in its own way', async () => {
    const week = 7 * 1_440 * minuteMs;
    const startOf = (index: number): string => new Date(Date.parse(at(10)) + index * week).toISOString();
    const [teacher] = room.staff;
    await room.must('booking:create', {
      ...{ serviceId: room.service.id, staffId: teacher!.id, start: startOf(1), answers: {} },
      customer: { name: 'In the way', phone: null, email: null },
    });
    await room.must('block:create', {
      ...{ resourceId: teacher!.id, start: startOf(2), end: new Date(Date.parse(startOf(2)) + week / 2).toISOString() },
      reason: '',
    });
    const { serviceId, staffId, date, time } = weekly(4);
    const question = { serviceId, staffId, date, time, weeks: 4, moving: null };
    const { dates } = await room.must('class-session:preview', question);
    expect(dates.map(({ outlook }) => outlook)).to.deep.equal(['free', 'taken', 'taken', 'free']);
    expect(dates[1]?.alternatives).to.not.deep.equal([]);
    expect(dates[0]).to.deep.include({ date, start: startOf(0) });
    // Nothing was set by looking.
    const span = { locationId: room.locationId, from: date, days: 30 };
    expect((await room.must('class-session:agenda', span)).sessions).to.deep.equal([]);
    const { sessions, problems } = await room.must('class-session:create', weekly(4));
    expect([sessions.length, problems.map(({ problem }) => problem)]).to.deep.equal([2, ['taken', 'taken']]);
    const late = { ...question, weeks: null, time: '10:05' };
    const outlookOf = async (moving: ClassSessionId | null) =>
      (await room.must('class-session:preview', { ...late, moving })).dates[0]?.outlook;
    expect([await outlookOf(null), await outlookOf(sessions[0]!.id)]).to.deep.equal(['taken', 'free']);
    expect(codeOf(await room.ask('class-session:preview', { ...question, time: '25:00' }))).to.equal('VALIDATION');
    expect(codeOf(await room.ask('class-session:preview', { ...question, weeks: 61 }))).to.equal('VALIDATION');
    const other = { ...question, serviceId: room.service.id };
    expect(codeOf(await room.ask('class-session:preview', other))).to.equal('NOT_FOUND');
  });

  it('BK-28: time off names the dates of classes that it covers, and no other', async () => {
    const [teacher] = room.staff;
    const { id } = await room.addSession(10);
    await room.addSession(14);
    const called = await room.addSession(12);
    await room.must('class-session:cancel', { sessionId: called.id, version: 1, reason: 'Ill' });
    const span = { resourceId: teacher!.id, start: at(9), end: at(13), reason: 'Training' };
    const key = createIdempotencyKey();
    const answer = dataOf(await room.ask('block:create', span, key));
    expect(answer.overlapping).to.deep.equal([]);
    expect(answer.sessions.map((session) => session.id)).to.deep.equal([id]);
    expect(dataOf(await room.ask('block:create', span, key)).sessions).to.deep.equal(answer.sessions);
  });

  it('BK-4: a number that staff type for somebody who calls is read in the country of the branch, and refused when it is none', async () => {
    const { id: sessionId } = await room.addSession(10);
    const enrol = (phone: string) =>
      room.ask('seat:enrol', { sessionId, seats: 1, customer: { name: 'Mei', phone, email: null }, answers: {} });
    const { enrolments } = dataOf(await enrol('012-345 6789'));
    expect(enrolments[0]?.customer.phone).to.equal('+60123456789');
    const refused = await enrol('12');
    expect(codeOf(refused)).to.equal('VALIDATION');
    expect((await read(sessionId)).session.enrolled).to.equal(1);
  });

  it('BK-11: two sessions of one teacher keep the buffers between them', async () => {
    await room.must('booking-service:update', { serviceId: room.course.id, bufferAfterMinutes: 15 });
    await room.addSession(10);
    const next = await room.must('class-session:create', { ...weekly(2), weekly: null, time: '11:00' });
    expect(next.problems).to.have.length(1);
    const later = await room.must('class-session:create', { ...weekly(2), weekly: null, time: '11:15' });
    expect(later.sessions).to.have.length(1);
    // The first of the day has nothing before it.
    const first = await room.must('class-session:create', { ...weekly(2), weekly: null, time: '08:55' });
    expect(first.problems[0]?.problem).to.equal('closed');
    expect(await findOverlaps(test)).to.deep.equal([]);
  });

  it('BK-10: a class takes its room, and gives the teacher back where it does not need them', async () => {
    const hall = await room.addPool('Hall', 1);
    const segments = [
      { minutes: 30, needsStaff: true, poolIds: [hall.id] },
      { minutes: 60, needsStaff: false, poolIds: [hall.id] },
    ];
    await room.must('booking-service:update', { serviceId: room.course.id, segments });
    await room.addSession(10);
    const starts = await room.starts(dateOf(at(10)));
    expect(starts).to.include('10:30').and.not.include('10:00');
    const second = await room.must('class-session:create', { ...weekly(2), weekly: null, time: '11:00' });
    expect(second.problems[0]?.problem).to.equal('taken');
  });

  it('BK-8: a session moves with everybody in it, by a quantum over its own time, not onto a taken one, and once per key', async () => {
    const { id: sessionId, version } = await room.addSession(10);
    const { seatToken } = await room.enrol(room.pupil('Mei'), sessionId, 2);
    const moveTo = (start: string, seen: number, key?: string) =>
      room.ask('class-session:move', { sessionId, version: seen, start, staffId: null }, key);
    const start = new Date(Date.parse(at(10)) + 5 * minuteMs).toISOString();
    const key = createIdempotencyKey();
    const moves = await Promise.all([1, 2, 3].map(() => moveTo(start, version, key)));
    for (const move of moves) expect(dataOf(move)).to.deep.equal(dataOf(moves[0]!));
    expect(news.filter((one) => one === 'moved')).to.have.length(1);
    expect(await room.readOwn({ seatToken } as never)).to.include({ start, state: 'enrolled' });
    await room.hold(at(14));
    expect(codeOf(await moveTo(at(14), version + 1))).to.equal('SLOT_TAKEN');
    expect(codeOf(await moveTo(at(3), version + 1))).to.equal('SLOT_CLOSED');
    expect(codeOf(await moveTo(at(12), version))).to.equal('CONFLICT');
    expect((await read(sessionId)).session).to.include({ start, version: version + 1, enrolled: 2 });
    expect(await findOverlaps(test)).to.deep.equal([]);
  });

  it('BK-28: a session gets more seats, never fewer than are taken, and who waits is asked', async () => {
    const { id: sessionId } = await room.addSession(10, { capacity: 2 });
    await room.enrol(room.pupil('Mei'), sessionId, 2);
    const waiting = await room.wait(room.pupil('Aina'), sessionId, 2);
    const resize = (version: number, capacity: number) =>
      room.ask('class-session:resize', { sessionId, version, capacity });
    expect(codeOf(await resize(1, 1))).to.equal('CONFLICT');
    expect(dataOf(await resize(1, 4)).session).to.include({ capacity: 4, kept: 2, waiting: 0, version: 2 });
    expect((await room.readOwn(waiting)).state).to.equal('offered');
  });

  it('BK-22: a session that is called off gives its time back and ends everybody’s seats, with who and why', async () => {
    const { id: sessionId, version } = await room.addSession(10);
    const taken = await room.enrol(room.pupil('Mei'), sessionId, 2);
    const typing = room.pupil('Ravi');
    const { id: enrolmentId } = await room.holdSeats(typing, sessionId);
    const input = { sessionId, version, reason: 'The teacher is ill.' };
    const key = createIdempotencyKey();
    const answers = await Promise.all([1, 2].map(() => room.ask('class-session:cancel', input, key)));
    expect(dataOf(answers[0]!).session).to.include({ isCancelled: true, enrolled: 0 });
    expect(dataOf(answers[1]!)).to.deep.equal(dataOf(answers[0]!));
    expect(codeOf(await room.ask('class-session:cancel', { ...input, version: 2 }))).to.equal('CONFLICT');
    expect((await room.readOwn(taken)).state).to.equal('cancelled');
    const late = await typing.call('seat:confirm', { enrolmentId, ...room.details(typing) });
    expect(codeOf(late)).to.be.oneOf(['HOLD_EXPIRED', 'SLOT_CLOSED']);
    expect(news).to.include('called-off');
    expect(await room.starts(dateOf(at(10)))).to.include('10:00');
    const row = await readStored(sessionId);
    expect((row as { history?: { reason: string }[] } | null)?.history?.at(-1)?.reason).to.equal('The teacher is ill.');
  });

  it('BK-22: staff enrol and take out, with an answer for the twin; a full class refuses, and the next in line is asked', async () => {
    const { id: sessionId } = await room.addSession(10, { capacity: 2 });
    const key = createIdempotencyKey();
    const enrol = () => room.ask('seat:enrol', { sessionId, seats: 2, ...guest('Mei') }, key);
    const twins = await Promise.all([enrol(), enrol(), enrol()]);
    for (const twin of twins) expect(dataOf(twin)).to.deep.equal(dataOf(twins[0]));
    expect(codeOf(await room.ask('seat:enrol', { sessionId, seats: 1, ...guest('Ravi') }))).to.equal('SLOT_TAKEN');
    const waiting = await room.wait(room.pupil('Aina'), sessionId);
    const later = await room.must('seat:enrol', { sessionId, seats: 1, ...guest('Ravi'), orWaits: true });
    expect(later.enrolments.map(({ state }) => state)).to.deep.equal(['enrolled', 'waiting', 'waiting']);
    const { id: enrolmentId } = dataOf(twins[0]).enrolments[0]!;
    const after = await room.must('seat:remove', { sessionId, enrolmentId, reason: 'Moved away' });
    expect(after.session).to.include({ enrolled: 0, kept: 2 });
    expect((await room.readOwn(waiting)).state).to.equal('offered');
    expect(codeOf(await room.ask('seat:remove', { sessionId, enrolmentId, reason: '' }))).to.equal('CONFLICT');
  });

  it('BK-30: who still types when a session is moved is not enrolled at a time that they did not choose', async () => {
    const { id: sessionId, version, start } = await room.addSession(10);
    const mei = room.pupil('Mei');
    const { id: enrolmentId } = await room.holdSeats(mei, sessionId);
    const move = { sessionId, staffId: null };
    const kept = await room.must('class-session:move', { ...move, version, start });
    expect(kept.session.kept).to.equal(1);
    await room.must('class-session:move', { ...move, version: kept.session.version, start: at(12) });
    expect(codeOf(await mei.call('seat:confirm', { enrolmentId, ...room.details(mei) }))).to.equal('HOLD_EXPIRED');
    expect((await read(sessionId)).session).to.include({ kept: 0, enrolled: 0 });
  });

  describe('who came', () => {
    let sessionId: ClassSessionId;
    let roster: RosterDto;

    beforeEach(async () => {
      ({ id: sessionId } = await room.addSession(10));
      await room.must('seat:enrol', { sessionId, seats: 2, ...guest('Mei') });
      roster = await room.must('seat:enrol', { sessionId, seats: 1, ...guest('Ravi') });
    });
    const begin = (): void => {
      aheadMs = Date.parse(at(10)) - Date.now() + 20 * minuteMs;
    };
    /** Minutes after the session began. */
    const made = (name: string, person: number, mark: AttendanceMark | null, minutes: number): AttendanceEntry => ({
      enrolmentId: roster.enrolments.find(({ customer }) => customer.name === name)!.id,
      person,
      mark,
      at: new Date(Date.parse(roster.session.start) + minutes * minuteMs).toISOString(),
    });
    const marksOf = ({ enrolments }: RosterDto) =>
      enrolments.map(({ attendance }) => attendance.map((one) => one?.mark ?? null));

    it('BK-30: everybody is present at once, then one was late; each mark says who made it and when', async () => {
      const early = await room.ask('attendance:mark', { sessionId, marks: [made('Mei', 0, 'present', 0)] });
      expect(codeOf(early)).to.equal('TOO_SOON');
      begin();
      const all = [made('Mei', 0, 'present', 1), made('Mei', 1, 'present', 1), made('Ravi', 0, 'present', 1)];
      const agent = await room.as('agent');
      const first = dataOf(await agent('attendance:mark', { sessionId, marks: all }));
      expect(marksOf(first.roster)).to.deep.equal([['present', 'present'], ['present']]);
      expect(first.roster.session).to.include({ present: 3, absent: 0 });
      const late = await room.must('attendance:mark', { sessionId, marks: [made('Mei', 1, 'late', 12)] });
      expect(marksOf(late.roster)).to.deep.equal([['present', 'late'], ['present']]);
      const [mei] = late.roster.enrolments;
      expect(mei?.attendance[1]).to.deep.equal({
        mark: 'late',
        markedBy: room.shop.owner.id,
        markedAt: made('Mei', 1, 'late', 12).at,
      });
      expect(mei?.attendance[0]?.markedBy).to.not.equal(room.shop.owner.id);
    });

    it('BK-30: marks that were made offline merge later: for each person the one that was made last wins, in whatever order they arrive', async () => {
      begin();
      const mark = async (...marks: AttendanceEntry[]) =>
        marksOf((await room.must('attendance:mark', { sessionId, marks })).roster);
      expect(await mark(made('Ravi', 0, 'late', 10))).to.deep.equal([[null, null], ['late']]);
      expect(await mark(made('Ravi', 0, 'absent', 2), made('Mei', 0, 'present', 3))).to.deep.equal([
        ['present', null],
        ['late'],
      ]);
      expect(await mark(made('Ravi', 0, null, 11))).to.deep.equal([['present', null], [null]]);
      // A clock that is ahead does not win for ever.
      expect(await mark(made('Mei', 0, 'excused', 600))).to.deep.equal([['excused', null], [null]]);
      aheadMs += minuteMs;
      expect(await mark(made('Mei', 0, 'present', 600))).to.deep.equal([['present', null], [null]]);
    });

    it('BK-30: the same marks twice count once; of people who are not enrolled they are answered and the others count', async () => {
      begin();
      const marks = [made('Ravi', 0, 'present', 1)];
      const key = createIdempotencyKey();
      const first = dataOf(await room.ask('attendance:mark', { sessionId, marks }, key));
      expect(dataOf(await room.ask('attendance:mark', { sessionId, marks }, key))).to.deep.equal(first);
      await room.must('attendance:mark', { sessionId, marks });
      const row = await readStored(sessionId);
      const entries = (row as unknown as { session: { entries: { marks: unknown[] }[] } }).session.entries;
      expect(entries.map((entry) => entry.marks.length)).to.deep.equal([0, 1]);
      const { id: enrolmentId } = roster.enrolments[0]!;
      await room.must('seat:remove', { sessionId, enrolmentId, reason: '' });
      const mixed = [made('Mei', 0, 'present', 2), made('Ravi', 0, 'late', 2), made('Ravi', 4, 'late', 2)];
      const answer = await room.must('attendance:mark', { sessionId, marks: mixed });
      expect(answer.ignored).to.deep.equal([
        { enrolmentId, person: 0 },
        { enrolmentId: roster.enrolments[1]!.id, person: 4 },
      ]);
      expect(marksOf(answer.roster)[1]).to.deep.equal(['late']);
    });

    it('BK-33: nobody who was marked is remembered besides in the class, where they can be forgotten', async () => {
      begin();
      await room.must('attendance:mark', { sessionId, marks: [made('Ravi', 0, 'present', 1)] });
      const rows = await test.server.core.connection.collection('idempotency').find({}).toArray();
      expect(rows.length).to.be.greaterThan(0);
      expect(JSON.stringify(rows)).to.not.include('Ravi');
    });

    it('BK-30: an absence is told once, not again when it is marked again', async () => {
      begin();
      const absences = () => news.filter((one) => one === 'absent').length;
      await room.must('attendance:mark', {
        sessionId,
        marks: [made('Ravi', 0, 'absent', 1), made('Mei', 0, 'present', 1)],
      });
      expect(absences()).to.equal(1);
      await room.must('attendance:mark', { sessionId, marks: [made('Ravi', 0, 'absent', 2)] });
      expect(absences()).to.equal(1);
      await room.must('attendance:mark', { sessionId, marks: [made('Mei', 1, 'excused', 2)] });
      expect(absences()).to.equal(1);
    });

    it('BK-31: nobody is marked in a session that was called off', async () => {
      await room.must('class-session:cancel', { sessionId, version: 1, reason: '' });
      begin();
      expect(codeOf(await room.ask('attendance:mark', { sessionId, marks: [made('Ravi', 0, 'present', 1)] }))).to.equal(
        'CONFLICT',
      );
    });
  });
});

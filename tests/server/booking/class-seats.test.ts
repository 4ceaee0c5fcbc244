/** BK-4, BK-28: seats of a class, and the line for them. */
import { expect } from 'chai';
import { Types } from 'mongoose';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { OFFER_MINUTES } from '@frontdesk/domain/booking/seating';
import { at, codeOf, dateOf, findOverlaps } from '../../support/booking.js';
import { openClassroom, type Classroom } from '../../support/classroom.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

const minuteMs = 60_000;

describe('seats of a class', function seats() {
  this.timeout(60_000);
  let test: TestServer;
  let room: Classroom;
  let aheadMs = 0;

  before(async () => {
    test = await startTestServer({ clock: { now: () => Date.now() + aheadMs } });
  });
  after(() => test.close());
  beforeEach(async () => {
    aheadMs = 0;
    room = await openClassroom(test, { staff: 2 });
  });

  const listSeats = async (): Promise<number[]> => {
    const question = { serviceId: room.course.id, from: dateOf(at(9)), days: 7 };
    const { sessions } = dataOf(await room.customer().call('class-session:list', question));
    return sessions.map(({ seatsLeft }) => seatsLeft);
  };

  it('BK-4: seats are held while somebody types, taken by party, and free again when the hold runs out', async () => {
    const { id } = await room.addSession(10);
    const mei = room.pupil('Mei');
    const hold = await room.holdSeats(mei, id, 2);
    expect(await listSeats()).to.deep.equal([4]);
    expect(hold).to.include({ sessionId: id, seats: 2, canExtend: true });
    const extended = dataOf(await mei.call('seat:extend', { enrolmentId: hold.id }));
    expect(Date.parse(extended.expiresAt) - Date.parse(hold.expiresAt)).to.equal(5 * minuteMs);
    expect(codeOf(await mei.call('seat:extend', { enrolmentId: hold.id }))).to.equal('CONFLICT');
    aheadMs = 10 * minuteMs;
    expect(await listSeats()).to.deep.equal([6]);
    const late = await mei.call('seat:confirm', { enrolmentId: hold.id, ...room.details(mei) });
    expect(codeOf(late)).to.equal('HOLD_EXPIRED');
    const { seat } = await room.enrol(mei, id, 3);
    expect(seat).to.include({ state: 'enrolled', seats: 3, ahead: null, offerUntil: null });
    expect(await listSeats()).to.deep.equal([3]);
  });

  it('BK-4: a new hold replaces the own one, another visitor cannot touch it, and a release gives the seats back', async () => {
    const { id } = await room.addSession(10);
    const mei = room.pupil('Mei');
    await room.holdSeats(mei, id, 5);
    const hold = await room.holdSeats(mei, id, 6);
    expect(await listSeats()).to.deep.equal([0]);
    const ravi = room.pupil('Ravi');
    const full = await ravi.call('seat:hold', { sessionId: id, seats: 1 });
    expect(codeOf(full)).to.equal('SLOT_TAKEN');
    expect(full.result).to.have.nested.property('error.current.seatsLeft', 0);
    await ravi.call('seat:release', { enrolmentId: hold.id });
    expect(codeOf(await ravi.call('seat:extend', { enrolmentId: hold.id }))).to.equal('HOLD_EXPIRED');
    const stolen = await ravi.call('seat:confirm', { enrolmentId: hold.id, ...room.details(ravi) });
    expect(codeOf(stolen)).to.equal('HOLD_EXPIRED');
    expect(await listSeats()).to.deep.equal([0]);
    await mei.call('seat:release', { enrolmentId: hold.id });
    expect(await listSeats()).to.deep.equal([6]);
  });

  it('BK-4: the same key gives the same seats, twenty times at once and after the answer was lost; another body is refused', async () => {
    const { id } = await room.addSession(10);
    const mei = room.pupil('Mei');
    const [holdKey, takeKey] = [createIdempotencyKey(), createIdempotencyKey()];
    const hold = { sessionId: id, seats: 2 };
    const holds = await Promise.all(Array.from({ length: 20 }, () => mei.call('seat:hold', hold, holdKey)));
    for (const one of holds) expect(dataOf(one)).to.deep.equal(dataOf(holds[0]!));
    expect(await listSeats()).to.deep.equal([4]);
    const take = { enrolmentId: dataOf(holds[0]!).id, ...room.details(mei) };
    const takes = await Promise.all(Array.from({ length: 20 }, () => mei.call('seat:confirm', take, takeKey)));
    for (const one of takes) expect(dataOf(one)).to.deep.equal(dataOf(takes[0]!));
    expect(codeOf(await mei.call('seat:hold', { ...hold, seats: 3 }, holdKey))).to.equal('IDEMPOTENCY_MISMATCH');
    const other = await room.addSession(12);
    expect(codeOf(await mei.call('seat:hold', { ...hold, sessionId: other.id }, holdKey))).to.equal(
      'IDEMPOTENCY_MISMATCH',
    );
    const waitKey = createIdempotencyKey();
    const wait = { sessionId: id, seats: 6, ...room.details(mei) };
    const waits = await Promise.all(Array.from({ length: 5 }, () => mei.call('seat:wait', wait, waitKey)));
    for (const one of waits) expect(dataOf(one)).to.deep.equal(dataOf(waits[0]!));
    expect((await room.must('class-session:read', { sessionId: id })).session).to.include({ enrolled: 2, waiting: 6 });
  });

  it('BK-28: who gives seats up makes room for the first in line whose party fits, alone, for a limited time, then for the next', async () => {
    const { id } = await room.addSession(10, { capacity: 3 });
    const taken = await room.enrol(room.pupil('Mei'), id, 2);
    await room.enrol(room.pupil('Ravi'), id, 1);
    const big = await room.wait(room.pupil('Big family'), id, 3);
    const first = await room.wait(room.pupil('Aina'), id, 2);
    const second = await room.wait(room.pupil('Omar'), id, 1);
    expect([big, first, second].map(({ seat }) => seat.ahead)).to.deep.equal([0, 1, 2]);
    const gone = dataOf(await room.customer().call('seat:cancel-own', { seatToken: taken.seatToken, reason: 'Ill' }));
    expect(gone.seat.state).to.equal('cancelled');
    expect((await room.readOwn(first)).state).to.equal('offered');
    expect(await room.readOwn(second)).to.include({ state: 'waiting', ahead: 1 });
    expect(await room.readOwn(big)).to.include({ state: 'waiting', ahead: 0 });
    // The offer holds the seats.
    expect(await listSeats()).to.deep.equal([0]);
    expect(codeOf(await room.pupil('Zed').call('seat:hold', { sessionId: id, seats: 1 }))).to.equal('SLOT_TAKEN');
    aheadMs = (OFFER_MINUTES - 1) * minuteMs;
    expect((await room.readOwn(first)).state).to.equal('offered');
    aheadMs = OFFER_MINUTES * minuteMs + 1_000;
    expect((await room.readOwn(first)).state).to.equal('lapsed');
    expect((await room.readOwn(second)).state).to.equal('offered');
    const late = await room.customer().call('seat:accept-own', { seatToken: first.seatToken });
    expect(codeOf(late)).to.equal('CONFLICT');
    expect(late.result).to.have.nested.property('error.current.state', 'lapsed');
    const key = createIdempotencyKey();
    const omar = room.customer();
    const accepted = dataOf(await omar.call('seat:accept-own', { seatToken: second.seatToken }, key));
    expect(accepted.seat).to.include({ state: 'enrolled', offerUntil: null });
    expect(dataOf(await omar.call('seat:accept-own', { seatToken: second.seatToken }, key))).to.deep.equal(accepted);
    expect((await room.must('class-session:read', { sessionId: id })).session).to.include({
      enrolled: 2,
      kept: 0,
      waiting: 3,
    });
  });

  it('BK-28: an offer that runs out is the next one’s without anybody asking, and who declines is not asked again', async () => {
    const { id } = await room.addSession(10, { capacity: 1 });
    const taken = await room.enrol(room.pupil('Mei'), id);
    const first = await room.wait(room.pupil('Aina'), id);
    const second = await room.wait(room.pupil('Omar'), id);
    const third = await room.wait(room.pupil('Lee'), id);
    await room.customer().call('seat:cancel-own', { seatToken: taken.seatToken, reason: '' });
    const declined = await room.customer().call('seat:cancel-own', { seatToken: first.seatToken, reason: '' });
    expect(dataOf(declined).seat.state).to.equal('cancelled');
    expect((await room.readOwn(second)).state).to.equal('offered');
    const heard = new Promise<string>((resolve) => {
      const end = test.server.core.bus.subscribe('seat:changed', ({ news, enrolmentId }) => {
        if (news !== 'offered') return;
        end();
        resolve(enrolmentId);
      });
    });
    aheadMs = OFFER_MINUTES * minuteMs + 1_000;
    const roster = await room.must('class-session:read', { sessionId: id });
    const named = roster.enrolments.find(({ customer }) => customer.name === 'Lee');
    expect(await heard).to.equal(named?.id);
    expect((await room.readOwn(third)).state).to.equal('offered');
  });

  it('BK-28: a session that cannot be settled keeps no offer of another from running out', async () => {
    const broken = { _id: new Types.ObjectId((await room.addSession(9)).id) };
    const { id } = await room.addSession(10, { capacity: 1 });
    const taken = await room.enrol(room.pupil('Mei'), id);
    await room.wait(room.pupil('Aina'), id);
    await room.customer().call('seat:cancel-own', { seatToken: taken.seatToken, reason: '' });
    const allocations = test.server.core.connection.collection('allocations');
    await allocations.updateOne(broken, { $set: { 'session.entries': 7, 'session.settleAt': new Date(0) } });
    const lapsed = new Promise<void>((resolve) => {
      const end = test.server.core.bus.subscribe('seat:changed', ({ sessionId, news }) => {
        if (sessionId !== id || news !== 'lapsed') return;
        end();
        resolve();
      });
    });
    aheadMs = OFFER_MINUTES * minuteMs + 1_000;
    await lapsed;
    await allocations.deleteOne(broken);
  });

  it('BK-28: where there is room, and not begun yet, whoever waits has an offer at once', async () => {
    const { id, start } = await room.addSession(10, { capacity: 2 });
    const { seat } = await room.wait(room.pupil('Aina'), id, 2);
    expect(seat.state).to.equal('offered');
    expect(Date.parse(seat.offerUntil ?? '')).to.be.at.most(Date.parse(start));
    const waiting = await room.wait(room.pupil('Omar'), id, 1);
    aheadMs = Date.parse(start) - Date.now() + 1_000;
    expect((await room.readOwn(waiting)).state).to.equal('waiting');
    expect(codeOf(await room.pupil('Zed').call('seat:hold', { sessionId: id, seats: 1 }))).to.equal('SLOT_CLOSED');
  });

  it('BK-22: seats are given up until the deadline, a place in the line until the end', async () => {
    const { id, start } = await room.addSession(10, { capacity: 1 });
    const taken = await room.enrol(room.pupil('Mei'), id);
    const waiting = await room.wait(room.pupil('Aina'), id);
    expect(taken.seat.cancelUntil).to.equal(new Date(Date.parse(start) - 120 * minuteMs).toISOString());
    aheadMs = Date.parse(start) - 119 * minuteMs - Date.now();
    const cancel = (seatToken: string) => room.customer().call('seat:cancel-own', { seatToken, reason: '' });
    expect(codeOf(await cancel(taken.seatToken))).to.equal('TOO_LATE');
    expect(codeOf(await cancel(waiting.seatToken))).to.equal('OK');
    expect(codeOf(await cancel(waiting.seatToken))).to.equal('CONFLICT');
  });

  it('BK-21: a link to seats with a changed character, of a booking, or of another tenant opens nothing', async () => {
    const { id } = await room.addSession(10);
    const { seatToken } = await room.enrol(room.pupil('Mei'), id);
    const read = async (token: string, where: Classroom = room) =>
      codeOf(await where.customer().call('seat:read-own', { seatToken: token }));
    for (let index = 0; index < seatToken.length; index += 1) {
      const other = seatToken[index] === 'A' ? 'B' : 'A';
      expect(await read(seatToken.slice(0, index) + other + seatToken.slice(index + 1)), String(index)).to.equal(
        'NOT_FOUND',
      );
    }
    expect(await read(seatToken.slice('seat.'.length))).to.equal('NOT_FOUND');
    const manage = await room.customer().call('booking:read-own', { manageToken: seatToken.slice('seat.'.length) });
    expect(codeOf(manage)).to.equal('NOT_FOUND');
    expect(await read(seatToken, await openClassroom(test))).to.equal('NOT_FOUND');
    expect(await read(seatToken)).to.equal('OK');
  });

  it('BK-1: a class and an appointment cannot have the same teacher at one time, whichever comes first', async () => {
    await room.must('resource:update', { resourceId: room.staff[1]!.id, isArchived: true });
    await room.addSession(10);
    expect(await room.starts(dateOf(at(10))))
      .to.not.include('10:00')
      .and.not.include('10:30');
    const held = await room
      .customer()
      .call('hold:create', { serviceId: room.service.id, staffId: null, start: at(10) });
    expect(codeOf(held)).to.equal('SLOT_TAKEN');
    await room.hold(at(12));
    const date = {
      serviceId: room.course.id,
      staffId: null,
      date: dateOf(at(12)),
      time: '11:30',
      weekly: null,
      capacity: null,
    };
    const { sessions, problems } = await room.must('class-session:create', date);
    expect(sessions).to.deep.equal([]);
    expect(problems).to.deep.equal([{ date: dateOf(at(12)), problem: 'taken' }]);
    expect(await findOverlaps(test)).to.deep.equal([]);
  });

  it('BK-16: notice and horizon bind those who want seats, and a class has no free times of its own', async () => {
    const { id } = await room.addSession(10);
    const soon = (minutes: number) =>
      room.must('booking-service:update', { serviceId: room.course.id, minNoticeMinutes: minutes });
    await soon(90 * 24 * 60);
    expect(await listSeats()).to.deep.equal([]);
    expect(codeOf(await room.pupil('Mei').call('seat:hold', { sessionId: id, seats: 1 }))).to.equal('SLOT_CLOSED');
    await soon(0);
    expect(await listSeats()).to.deep.equal([6]);
    const { id: serviceId } = room.course;
    const slots = await room.customer().call('slot:list', { serviceId, staffId: null, from: dateOf(at(9)), days: 1 });
    expect(codeOf(slots)).to.equal('NOT_FOUND');
    const hold = await room.customer().call('hold:create', { serviceId, staffId: null, start: at(14) });
    expect(codeOf(hold)).to.equal('NOT_FOUND');
  });
});

/** What binds customers of classes as it binds those of appointments, and what staff write once. */
import { expect } from 'chai';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { at, codeOf, MEI } from '../../support/booking.js';
import { readCalendar } from '../../support/calendar-reader.js';
import { openClassroom, type Classroom } from '../../support/classroom.js';
import { startMailServer, type MailServer } from '../../support/mail-server.js';
import { askProof } from '../../support/proof.js';
import { callHttp, createVisitorToken, dataOf, startTestServer, type TestServer } from '../../support/server.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';

describe('limits of classes', function limits() {
  this.timeout(60_000);
  let mail: MailServer;
  let test: TestServer;
  let room: Classroom;

  before(async () => {
    mail = await startMailServer();
    test = await startTestServer({ env: { ...mail.env, RATE_LIMIT_MULTIPLIER: '1' } });
  });
  beforeEach(async () => {
    room = await openClassroom(test, { staff: 2 });
  });
  after(async () => {
    await test.close();
    await mail.close();
  });
  const update = (patch: object) => room.must('booking-service:update', { serviceId: room.course.id, ...patch });

  it('BK-16: seats are confirmed by the notice as it is then, counted from when they were held', async () => {
    const { id } = await room.addSession(10);
    const [early, late] = [room.pupil('Early'), room.pupil('Late')];
    const holds = [await room.holdSeats(early, id), await room.holdSeats(late, id)];
    dataOf(await early.call('seat:confirm', { enrolmentId: holds[0]!.id, ...room.details(early) }));
    await update({ minNoticeMinutes: 7 * 1_440 });
    const refused = await late.call('seat:confirm', { enrolmentId: holds[1]!.id, ...room.details(late) });
    await update({ minNoticeMinutes: 60 });
    expect(codeOf(refused)).to.equal('SLOT_CLOSED');
    expect(codeOf(await late.call('seat:confirm', { enrolmentId: holds[1]!.id, ...room.details(late) }))).to.equal(
      'OK',
    );
  });

  it('BK-34: a person comes as often a day as the service says, whoever types and wherever they wait', async () => {
    await update({ maxPerCustomerPerDay: 1 });
    const [morning, noon] = [await room.addSession(9, { days: 3 }), await room.addSession(13, { days: 3 })];
    const next = await room.addSession(9, { days: 4 });
    await room.enrol(room.pupil('Ann'), morning.id);
    const again = room.pupil('Ann');
    const { id: enrolmentId } = await room.holdSeats(again, noon.id);
    expect(codeOf(await again.call('seat:confirm', { enrolmentId, ...room.details(again) }))).to.equal('CAP_REACHED');
    const wish = { sessionId: noon.id, seats: 1, ...room.details(again) };
    expect(codeOf(await again.call('seat:wait', wish))).to.equal('CAP_REACHED');
    await room.enrol(room.pupil('Bea'), noon.id);
    await room.enrol(room.pupil('Ann'), next.id);
    await update({ maxPerCustomerPerDay: null });
  });

  it('BK-34: holds of one address are counted in all classes, and those that ran out or became seats are not', async () => {
    const sessions = [];
    for (const hour of [9, 11, 13]) sessions.push(await room.addSession(hour, { days: 5 }));
    const [first, second, third] = sessions;
    await room.enrol(room.pupil('Cat'), first!.id);
    for (const [name, id] of [
      ['Dan', first!.id],
      ['Eve', first!.id],
      ['Fay', second!.id],
    ] as const)
      await room.holdSeats(room.pupil(name), id);
    await room.holdSeats(room.pupil('Gus'), second!.id);
    const fifth = room.pupil('Hal');
    expect(codeOf(await fifth.call('seat:hold', { sessionId: third!.id, seats: 1 }))).to.equal('CAP_REACHED');
    const allocations = test.server.core.connection.collection('allocations');
    const gone = { $set: { 'session.entries.$[one].expiresAtMs': 1 } };
    await allocations.updateMany({ session: { $exists: true } }, gone, { arrayFilters: [{ 'one.state': 'held' }] });
    expect(codeOf(await fifth.call('seat:hold', { sessionId: third!.id, seats: 1 }))).to.equal('OK');
  });

  it('BK-28: mails about seats lead to the website on which they were taken', async () => {
    const other = await room.must('site:create', { name: 'Second site', allowedOrigins: [SHOP_ORIGIN] });
    const { id: sessionId } = await room.addSession(15, { days: 6 });
    const visitor = {
      audience: 'visitor',
      token: createVisitorToken(),
      site: other.publicKey,
      origin: SHOP_ORIGIN,
    } as const;
    const held = await callHttp<{ id: string }>(test.url, 'seat:hold', { sessionId, seats: 1 }, visitor);
    const proof = await askProof(test.url, visitor, 'booking');
    const input = { enrolmentId: dataOf(held).id, ...room.details({ name: 'Ivy' }), proof, website: '' };
    dataOf(await callHttp(test.url, 'seat:confirm', input, visitor));
    await test.server.booking.drainMessages();
    expect(mail.to('ivy@example.test')[0]?.text).to.contain(`/booking?site=${other.publicKey}#`);
  });

  it('BK-40: who is booked in time off is told again under the same key, and no ledger keeps their names', async () => {
    const resourceId = room.staff[0]!.id;
    const name = 'Only Here';
    const customer = { ...MEI, name };
    const booked = {
      serviceId: room.service.id,
      staffId: resourceId,
      start: at(12, { days: 8 }),
      customer,
      answers: {},
    };
    await room.must('booking:create', booked);
    const block = { resourceId, start: at(9, { days: 8 }), end: at(17, { days: 8 }), reason: '' };
    const key = createIdempotencyKey();
    const first = dataOf(await room.ask('block:create', block, key));
    expect(first.overlapping.map((one) => one.customer.name)).to.deep.equal([name]);
    expect(dataOf(await room.ask('block:create', block, key))).to.deep.equal(first);
    expect(codeOf(await room.ask('block:create', { ...block, reason: 'Other' }, key))).to.equal('IDEMPOTENCY_MISMATCH');
    const kept = await test.server.core.connection.collection('idempotency').find({}).toArray();
    expect(JSON.stringify(kept)).to.not.include(name);
  });

  it('BK-26: a feed that is read in pages has each visit once, those over the edge of a page too', async () => {
    const day = [{ from: '00:00', to: '24:00' }];
    const hours = { weekly: Array.from({ length: 7 }, () => day), specialDays: [], holidays: [] };
    await room.must('location:update', { locationId: room.locationId, hours });
    const { id: serviceId } = await room.addService({ segments: [{ minutes: 60, needsStaff: true, poolIds: [] }] });
    const { id: resourceId } = await room.addStaff('Doctor', { serviceIds: [serviceId] });
    // Pages begin at midnight in Greenwich, which is eight in the morning there.
    const starts = [2, 30, 31, 32, 61, 62, 63, 200].map((days) => at(7.5, { days }));
    for (const start of starts) {
      await room.must('booking:create', { serviceId, staffId: resourceId, start, customer: MEI, answers: {} });
    }
    const { url } = await room.must('feed:rotate', { resourceId });
    const { events } = readCalendar(await (await fetch(url)).text());
    expect(events.map(({ start }) => start.toISOString())).to.deep.equal(starts);
  });
});

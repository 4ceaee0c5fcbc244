/** BK-33: what is kept of a customer is handed out and forgotten on request; times stay counted. */
import { expect } from 'chai';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { at, codeOf, dateOf, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { openClassroom } from '../../support/classroom.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';

const ASKED = { isRequired: false, options: [], onlyIf: null } as const;

describe('privacy of booking', function privacy() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;
  const person = { phone: MEI.phone, email: null };

  before(async () => {
    test = await startTestServer();
  });
  after(() => test.close());

  beforeEach(async () => {
    clinic = await openClinic(test, {
      service: {
        questions: [
          { ...ASKED, key: 'note', type: 'text', labels: { en: 'Note' }, isSensitive: false },
          { ...ASKED, key: 'illness', type: 'text', labels: { en: 'Illness' }, isSensitive: true },
        ],
        consents: [{ key: 'treatment', version: 4, texts: { en: 'I agree.' }, isRequired: true }],
      },
    });
  });

  const consents = [{ key: 'treatment', version: 4 }];
  const book = (hour: number, customer: object = {}) =>
    clinic.book(at(hour), {
      more: { customer: { ...MEI, ...customer }, answers: { note: 'Ring twice', illness: 'Gout 77' }, consents },
    });
  const readAgenda = () => clinic.must('agenda:read', { locationId: clinic.locationId, from: dateOf(at(9)), days: 1 });

  it('BK-33: everything kept of a person is handed out, consents with version and time and secret answers included', async () => {
    const mine = await book(9);
    await book(10, { phone: null, email: 'MEI@Example.test' });
    await book(11, { phone: '+60198887777', email: 'other@example.test' });
    const { bookings } = await clinic.must('booking:export-person', person);
    expect(bookings.map(({ booking }) => booking.code)).to.deep.equal([mine.booking.code]);
    expect(bookings[0]).to.deep.include({ answers: { note: 'Ring twice', illness: 'Gout 77' }, locale: 'en' });
    expect(bookings[0]?.booking.consents[0]).to.include({ key: 'treatment', version: 4 });
    expect(Date.parse(bookings[0]?.booking.consents[0]?.at ?? '')).to.be.closeTo(Date.now(), 60_000);
    const both = await clinic.must('booking:export-person', { ...person, email: 'mei@example.test' });
    expect(both.bookings).to.have.length(2);
    expect(
      (await clinic.must('booking:export-person', { phone: null, email: 'm.i@example.test' })).bookings,
    ).to.deep.equal([]);
  });

  it('BK-33: a person who is erased is in no document any more; their times stay taken and counted', async () => {
    const { manageToken, booking } = await book(9);
    const stays = await book(11, { phone: '+60198887777', email: 'other@example.test' });
    const moved = await clinic
      .customer()
      .call('booking:cancel-own', { manageToken: (await book(14)).manageToken, version: 2, reason: 'Mei is ill' });
    expect(codeOf(moved)).to.equal('OK');
    const erase = { ...person, reason: 'Asked by mail' };
    expect(await clinic.must('booking:erase-person', erase)).to.deep.equal({ erased: 2 });
    const allocations = await test.server.core.connection.collection('allocations').find({}).toArray();
    const rows = allocations.filter(({ locationId }) => String(locationId) === clinic.locationId);
    const all = JSON.stringify(rows);
    for (const trace of ['Mei is ill', MEI.phone]) expect(all).to.not.include(trace);
    const row = rows.find(({ code }) => code === booking.code);
    expect(row).to.deep.include({ customer: { name: '—', phone: null, email: null }, answers: {}, consents: [] });
    expect(row).to.deep.include({ sealedAnswers: null, writes: [], outbox: [], live: true });
    expect(await clinic.starts(dateOf(at(9)))).to.not.include('09:00');
    const { bookings } = await readAgenda();
    expect(bookings.map(({ customer, state }) => [customer.name, state])).to.deep.equal([
      ['—', 'confirmed'],
      ['Mei Tan', 'confirmed'],
      ['—', 'cancelled-by-customer'],
    ]);
    expect(codeOf(await clinic.customer().call('booking:read-own', { manageToken }))).to.equal('NOT_FOUND');
    const theirs = await clinic.customer().call('booking:read-own', { manageToken: stays.manageToken });
    expect(codeOf(theirs)).to.equal('OK');
    expect((await clinic.must('booking:export-person', person)).bookings).to.deep.equal([]);
    expect(await clinic.must('booking:erase-person', erase)).to.deep.equal({ erased: 0 });
    const proofs = await test.server.core.connection.collection('booking_erasures').find({}).toArray();
    expect(proofs.map(({ bookings: count, reason }) => [count, reason])).to.deep.include([2, 'Asked by mail']);
    expect(JSON.stringify(proofs)).to.not.include(MEI.phone);
  });

  it('BK-33: seats in classes are handed out and forgotten as well, and stay taken', async () => {
    const room = await openClassroom(test, { staff: 1 });
    const [mei, ravi] = [room.pupil('Mei'), room.pupil('Ravi')];
    const { id: sessionId } = await room.addSession(10);
    await room.enrol(mei, sessionId, 2);
    await room.enrol(ravi, sessionId, 1);
    const read = () => room.must('class-session:read', { sessionId });
    const before = await read();
    const [theirs, others] = before.enrolments;
    if (!theirs || !others) throw new Error('Both are enrolled.');
    const asked = { phone: theirs.customer.phone, email: theirs.customer.email };
    const { seats, bookings } = await room.must('booking:export-person', asked);
    expect(bookings).to.deep.equal([]);
    expect(seats.map(({ enrolment }) => enrolment.id)).to.deep.equal([theirs.id]);
    expect(await room.must('booking:erase-person', { ...asked, reason: 'Asked' })).to.deep.equal({ erased: 1 });
    const after = await read();
    expect(after.session.enrolled).to.equal(before.session.enrolled);
    expect(after.enrolments.map(({ customer }) => customer.name)).to.deep.equal(['—', others.customer.name]);
    expect((await room.must('booking:export-person', asked)).seats).to.deep.equal([]);
    await room.enrol(room.pupil('Siti'), sessionId, 1);
  });

  it('BK-33: owners and admins alone, of their own business, with a reason that names nobody', async () => {
    await book(9);
    const erase = { ...person, reason: 'Asked by mail' };
    for (const role of ['viewer', 'agent'] as const) {
      const ask = await clinic.as(role);
      expect(codeOf(await ask('booking:export-person', person)), role).to.equal('FORBIDDEN');
      expect(codeOf(await ask('booking:erase-person', erase)), role).to.equal('FORBIDDEN');
    }
    const other = await openClinic(test);
    expect((await other.must('booking:export-person', person)).bookings).to.deep.equal([]);
    expect(await other.must('booking:erase-person', erase)).to.deep.equal({ erased: 0 });
    const anonymous = { audience: 'staff', key: createIdempotencyKey() } as const;
    expect(codeOf(await callHttp(test.url, 'booking:erase-person', erase, anonymous))).to.equal('UNAUTHENTICATED');
    const nobody = { phone: null, email: null };
    expect(codeOf(await clinic.ask('booking:export-person', nobody))).to.equal('VALIDATION');
    expect(codeOf(await clinic.ask('booking:erase-person', { ...nobody, reason: 'x' }))).to.equal('VALIDATION');
    const reason = `Number 012-345 6789 called`;
    expect(codeOf(await clinic.ask('booking:erase-person', { ...erase, reason }))).to.equal('VALIDATION');
    expect((await clinic.must('booking:export-person', person)).bookings).to.have.length(1);
    const asAdmin = await clinic.as('admin');
    const twins = await Promise.all([1, 2].map(() => asAdmin('booking:erase-person', erase)));
    expect(twins.map((twin) => dataOf(twin).erased)).to.include(1);
  });

  it('BK-33: a person is forgotten in each of the classes that they share with others', async () => {
    const room = await openClassroom(test, { staff: 1 });
    const pupils = [room.pupil('Mei'), room.pupil('Ravi')];
    const dates = [await room.addSession(10), await room.addSession(12)];
    for (const { id } of dates) for (const who of pupils) await room.enrol(who, id);
    const mei = { phone: null, email: 'mei@example.test' };
    expect(await room.must('booking:erase-person', { ...mei, reason: 'Asked' })).to.deep.equal({ erased: 2 });
    for (const { id: sessionId } of dates) {
      const { enrolments } = await room.must('class-session:read', { sessionId });
      expect(enrolments.map(({ customer }) => customer.name)).to.deep.equal(['—', 'Ravi']);
    }
  });
});

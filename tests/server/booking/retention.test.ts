/** BK-33: who a visit was with is forgotten when the visit is older than its business keeps it; times stay counted. */
import { expect } from 'chai';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { at, codeOf, confirmation, dateOf, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { openClassroom } from '../../support/classroom.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';

const ASKED = { isRequired: false, options: [], onlyIf: null, isSensitive: true } as const;
const dayMs = 24 * 60 * 60_000;
const PDF = Buffer.from('%PDF-1.7 a letter from a doctor');

describe('visits that are too old', function retention() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;
  let neighbour: Clinic;
  /** Stands while something is looked at, so that a slow machine does not move it over a boundary. */
  let stoppedMs: number | null = null;

  before(async () => {
    test = await startTestServer({ clock: { now: () => stoppedMs ?? Date.now() } });
    clinic = await openAsking();
    neighbour = await openAsking();
  });
  after(() => test.close());
  afterEach(() => {
    stoppedMs = null;
  });

  const collection = (name: string) => test.server.core.connection.collection(name);
  const sweep = () => test.server.booking.retention.sweep();
  async function sweepAt(instantMs: number): Promise<void> {
    stoppedMs = instantMs;
    await sweep();
    stoppedMs = null;
  }
  const openAsking = (): Promise<Clinic> =>
    openClinic(test, {
      staff: 1,
      service: {
        questions: [
          { ...ASKED, key: 'illness', type: 'text', labels: { en: 'Illness' } },
          { ...ASKED, key: 'letter', type: 'file', labels: { en: 'Letter' } },
        ],
        consents: [{ key: 'treatment', version: 1, texts: { en: 'I agree.' }, isRequired: true }],
      },
    });
  const rowsOf = async (clinic: Pick<Clinic, 'locationId'>) =>
    (await collection('allocations').find({}).sort({ start: 1 }).toArray()).filter(
      ({ locationId }) => String(locationId) === clinic.locationId,
    );
  const namesOf = async (clinic: Clinic, hour: number) => {
    const { bookings } = await clinic.must('agenda:read', {
      locationId: clinic.locationId,
      from: dateOf(at(hour)),
      days: 1,
    });
    return bookings.map(({ customer, state }) => [customer.name, state]);
  };
  const book = (clinic: Clinic, hour: number, more: object = {}) =>
    clinic.book(at(hour), {
      more: { answers: { illness: 'Gout 77' }, consents: [{ key: 'treatment', version: 1 }], ...more },
    });

  async function bookWithFile(clinic: Clinic, hour: number) {
    const who = clinic.customer();
    const asked = { serviceIds: [clinic.service.id], questionKey: 'letter', name: 'letter.pdf', size: PDF.length };
    const { fileId, partsUrl } = dataOf(await who.call('file:begin', asked));
    const headers = {
      Authorization: `Bearer ${who.token}`,
      Origin: SHOP_ORIGIN,
      'Content-Type': 'application/octet-stream',
    };
    await fetch(`${partsUrl}/0`, { method: 'PUT', headers, body: new Uint8Array(PDF) });
    dataOf(await who.call('file:finish', { fileId }));
    const { id: holdId } = await clinic.hold(at(hour), { customer: who });
    const answers = { illness: 'Gout 77', letter: [fileId] };
    const consents = [{ key: 'treatment', version: 1 }];
    const booked = dataOf(await who.call('booking:confirm', { ...confirmation(holdId), answers, consents }));
    return { ...booked, fileId };
  }

  it('BK-33: at the boundary of its age, to the second, a visit goes on without its person, answers, files and mails', async () => {
    await clinic.must('booking:update-retention', { keepDays: 30 });
    const old = await bookWithFile(clinic, 9);
    await book(clinic, 11);
    await book(neighbour, 9);
    const endMs = Date.parse(at(9.5));
    await sweepAt(endMs + 30 * dayMs - 1_000);
    expect(await namesOf(clinic, 9)).to.deep.equal([
      ['Mei Tan', 'confirmed'],
      ['Mei Tan', 'confirmed'],
    ]);
    await clinic.must('booking:update-retention', { keepDays: 30 });
    await sweepAt(endMs + 30 * dayMs + 1_000);
    expect(await namesOf(clinic, 9)).to.deep.equal([
      ['—', 'confirmed'],
      ['Mei Tan', 'confirmed'],
    ]);
    expect(await namesOf(neighbour, 9)).to.deep.equal([['Mei Tan', 'confirmed']]);
    const [row] = await rowsOf(clinic);
    expect(row).to.deep.include({ customer: { name: '—', phone: null, email: null }, answers: {}, consents: [] });
    expect(row).to.deep.include({ sealedAnswers: null, writes: [], outbox: [], holder: null, locale: null });
    expect(row).to.deep.include({ state: 'confirmed', live: true, start: new Date(at(9)) });
    expect(await collection('booking_file_parts').countDocuments({})).to.equal(0);
    const files = await collection('booking_files').find({}).toArray();
    expect(files.map(({ _id }) => String(_id))).to.not.include(old.fileId);
    expect(codeOf(await clinic.customer().call('booking:read-own', { manageToken: old.manageToken }))).to.equal(
      'NOT_FOUND',
    );
    const { bookings } = await clinic.must('booking:export-person', { phone: MEI.phone, email: null });
    expect(bookings.map(({ booking }) => booking.start)).to.deep.equal([at(11)]);
    const proofs = await collection('booking_erasures').find({ memberId: 'system' }).toArray();
    expect(proofs.map(({ bookings: count, reason }) => [count, reason])).to.deep.equal([
      [1, 'Ended more than 30 days ago'],
    ]);
  });

  it('BK-33: seats of a class that is too old are nobody’s any more and stay counted', async () => {
    const room = await openClassroom(test, { staff: 1 });
    await room.must('booking:update-retention', { keepDays: 10 });
    const { id: sessionId } = await room.addSession(10);
    const later = await room.addSession(12, { days: 9 });
    for (const who of [room.pupil('Mei'), room.pupil('Ravi')]) await room.enrol(who, sessionId, 2);
    await room.enrol(room.pupil('Siti'), later.id, 1);
    await sweepAt(Date.parse(at(12)) + 10 * dayMs);
    const { session, enrolments } = await room.must('class-session:read', { sessionId });
    expect(session.enrolled).to.equal(4);
    expect(enrolments.map(({ customer }) => customer.name)).to.deep.equal(['—', '—']);
    const kept = await room.must('class-session:read', { sessionId: later.id });
    expect(kept.enrolments.map(({ customer }) => customer.name)).to.deep.equal(['Siti']);
    const [row] = await rowsOf(room);
    expect(JSON.stringify(row)).to.not.include('@example.test');
    expect(row).to.deep.include({ writes: [], outbox: [] });
  });

  it('BK-33: nobody is enrolled in a class that is over, which would keep them for ever', async () => {
    const room = await openClassroom(test, { staff: 1 });
    const { id: sessionId, end } = await room.addSession(10);
    const enrol = (name: string) =>
      room.ask('seat:enrol', { sessionId, seats: 1, customer: { ...MEI, name }, answers: {} });
    // Who comes late is still written down.
    stoppedMs = Date.parse(end) - 1_000;
    expect(codeOf(await enrol('Late'))).to.equal('OK');
    stoppedMs = Date.parse(end);
    expect(codeOf(await enrol('Too late'))).to.equal('SLOT_CLOSED');
  });

  it('BK-33: whoever comes into a class while it is forgotten is forgotten at the next look', async () => {
    const room = await openClassroom(test, { staff: 1 });
    await room.must('booking:update-retention', { keepDays: 10 });
    const { id: sessionId } = await room.addSession(10);
    await room.enrol(room.pupil('Mei'), sessionId, 1);
    const [row] = await rowsOf(room);
    const [entry]: { readonly id: string }[] = row?.['session'].entries ?? [];
    const late = { ...entry, id: 'f'.repeat(24), writes: [{ key: `late ${sessionId}`, hash: '' }] };
    const { collection: stored } = test.server.core.connection.model('BookingAllocation');
    const whole = stored.updateOne;
    stored.updateOne = async (...args: Parameters<typeof whole>) => {
      const written = await whole.apply(stored, args);
      if (!JSON.stringify(args[1]).includes(`forgotten ${entry?.id}`)) return written;
      stored.updateOne = whole;
      const enrolled = { $push: { 'session.entries': late }, $inc: { version: 1 } };
      await collection('allocations').updateOne({ _id: row?._id }, enrolled as never);
      return written;
    };
    const tooOldMs = Date.parse(at(12)) + 10 * dayMs;
    await sweepAt(tooOldMs);
    stored.updateOne = whole;
    const names = async () =>
      (await room.must('class-session:read', { sessionId })).enrolments.map(({ customer }) => customer.name);
    expect(await names()).to.deep.equal(['—', 'Mei']);
    await sweepAt(tooOldMs + 2 * 60 * 60_000);
    expect(await names()).to.deep.equal(['—', '—']);
    expect((await rowsOf(room))[0]).to.deep.include({ writes: [], outbox: [] });
  });

  it('BK-33: two years unless the owner says otherwise, and for ever where they say so', async () => {
    expect(await neighbour.must('booking:read-retention', {})).to.deep.equal({ keepDays: 730 });
    await sweepAt(Date.parse(at(9)) + 729 * dayMs);
    expect(await namesOf(neighbour, 9)).to.deep.equal([['Mei Tan', 'confirmed']]);
    await neighbour.must('booking:update-retention', { keepDays: null });
    await sweepAt(Date.parse(at(9)) + 3_000 * dayMs);
    expect(await namesOf(neighbour, 9)).to.deep.equal([['Mei Tan', 'confirmed']]);
    await neighbour.must('booking:update-retention', { keepDays: 730 });
    await sweepAt(Date.parse(at(9)) + 3_000 * dayMs);
    expect(await namesOf(neighbour, 9)).to.deep.equal([['—', 'confirmed']]);
  });

  it('BK-33: several servers forget once, and what a server that died left half done is finished when its lease ends', async () => {
    // Among those that are there already, which are forgotten or become so with them.
    const before = (await namesOf(clinic, 9)).filter(([name]) => name !== '—').length;
    const { fileId } = await bookWithFile(clinic, 13);
    await book(clinic, 14);
    await clinic.must('booking:update-retention', { keepDays: 5 });
    const nowMs = Date.parse(at(17)) + 5 * dayMs;
    // As a server leaves it that died with the file gone and the booking not yet written.
    const tenant = { tenantId: (await rowsOf(clinic))[0]?.['tenantId'] };
    const leased = { $set: { forgetDueAt: new Date(nowMs + 10 * 60_000) } };
    expect((await collection('booking_revisions').updateOne(tenant, leased)).matchedCount).to.equal(1);
    await collection('booking_file_parts').deleteMany(tenant);
    await sweepAt(nowMs);
    expect((await namesOf(clinic, 9)).filter(([name]) => name === 'Mei Tan')).to.have.length(before + 2);
    stoppedMs = nowMs + 11 * 60_000;
    await Promise.all([sweep(), sweep(), sweep(), sweep()]);
    stoppedMs = null;
    expect((await namesOf(clinic, 9)).filter(([name]) => name !== '—')).to.deep.equal([]);
    const files = await collection('booking_files').find({}).toArray();
    expect(files.map(({ _id }) => String(_id))).to.not.include(fileId);
    const proofs = await collection('booking_erasures')
      .find({ ...tenant, reason: /5 days/ })
      .toArray();
    expect(proofs.map(({ bookings }) => bookings as number)).to.deep.equal([before + 2]);
  });

  it('BK-33: owners and admins alone say for how long, for their own business', async () => {
    for (const role of ['viewer', 'agent'] as const) {
      const ask = await clinic.as(role);
      expect(codeOf(await ask('booking:read-retention', {})), role).to.equal('FORBIDDEN');
      expect(codeOf(await ask('booking:update-retention', { keepDays: 1 })), role).to.equal('FORBIDDEN');
    }
    const anonymous = { audience: 'staff', key: createIdempotencyKey() } as const;
    const unsigned = await callHttp(test.url, 'booking:update-retention', { keepDays: 1 }, anonymous);
    expect(codeOf(unsigned)).to.equal('UNAUTHENTICATED');
    for (const keepDays of [0, 3_651, 1.5, '30']) {
      expect(codeOf(await clinic.ask('booking:update-retention', { keepDays: keepDays as number }))).to.equal(
        'VALIDATION',
      );
    }
    const asAdmin = await clinic.as('admin');
    const key = createIdempotencyKey();
    const twins = await Promise.all([1, 2, 3].map(() => asAdmin('booking:update-retention', { keepDays: 90 }, key)));
    expect(twins.map(codeOf)).to.deep.equal(['OK', 'OK', 'OK']);
    expect(await neighbour.must('booking:read-retention', {})).to.deep.equal({ keepDays: 730 });
    expect(await clinic.must('booking:read-retention', {})).to.deep.equal({ keepDays: 90 });
  });
});

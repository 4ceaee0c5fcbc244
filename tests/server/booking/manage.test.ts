/** Changing what is booked: by the customer's link, and by staff. */
import { expect } from 'chai';
import type { BookedDto } from '@frontdesk/protocol/booking-visitor';
import type { BookingDto } from '@frontdesk/protocol/booking-fields';
import { createIdempotencyKey, type BookingId } from '@frontdesk/protocol/ids';
import { STAFF_MARKS, type StaffMark } from '@frontdesk/protocol/vocabulary';
import { createManageLinks } from '@frontdesk/server/booking/manage-links';
import { at, codeOf, dateOf, findOverlaps, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe('changing a booking', function managing() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;
  let aheadMs = 0;

  before(async () => {
    test = await startTestServer({ clock: { now: () => Date.now() + aheadMs } });
  });
  after(() => test.close());
  beforeEach(async () => {
    aheadMs = 0;
    clinic = await openClinic(test);
  });

  const moveTo = ({ manageToken, booking }: BookedDto, start: string, key?: string) =>
    clinic.customer().call('booking:reschedule-own', { manageToken, version: booking.version, start }, key);
  const cancel = ({ manageToken, booking }: BookedDto, reason = '', key?: string) =>
    clinic.customer().call('booking:cancel-own', { manageToken, version: booking.version, reason }, key);
  const readAgenda = async (): Promise<BookingDto[]> =>
    (await clinic.must('agenda:read', { locationId: clinic.locationId, from: dateOf(at(9)), days: 3 })).bookings;
  async function onlyBooking(): Promise<BookingDto> {
    const [booking] = await readAgenda();
    if (!booking) throw new Error('The agenda is empty.');
    return booking;
  }

  it('BK-8: a booking moves by one quantum over its own time', async () => {
    const fine = await clinic.addService({ intervalMinutes: 5 });
    await clinic.must('resource:update', { resourceId: clinic.staff[0]!.id, serviceIds: [fine.id] });
    const who = clinic.customer();
    const { id: holdId } = await clinic.hold(at(10), { customer: who, serviceId: fine.id });
    const details = { customer: MEI, answers: {}, consents: [], locale: 'en' as const };
    const booked = dataOf(await who.call('booking:confirm', { holdId, ...details }));
    const start = new Date(Date.parse(at(10)) + 5 * minuteMs).toISOString();
    const moved = dataOf(await moveTo(booked, start));
    expect(moved.booking.start).to.equal(start);
    expect(await clinic.starts(dateOf(start), { serviceId: fine.id }))
      .to.include('10:35')
      .and.not.include('10:30');
  });

  it('BK-8: onto a taken time it does not move, and is as it was', async () => {
    const booked = await clinic.book(at(10));
    await clinic.hold(at(11));
    expect(codeOf(await moveTo(booked, at(11)))).to.equal('SLOT_TAKEN');
    expect(codeOf(await moveTo(booked, at(3)))).to.equal('SLOT_CLOSED');
    const { manageToken } = booked;
    expect(dataOf(await clinic.customer().call('booking:read-own', { manageToken }))).to.deep.equal(booked);
  });

  it('BK-8: of two moves at once one happens, and the booking is in one place', async () => {
    const booked = await clinic.book(at(10));
    const answers = await Promise.all([11, 12, 13, 14].map((hour) => moveTo(booked, at(hour))));
    expect(answers.map(codeOf).filter((code) => code === 'OK')).to.have.length(1);
    expect(answers.map(codeOf).filter((code) => code !== 'OK')).to.satisfy((codes: string[]) =>
      codes.every((code) => code === 'CONFLICT' || code === 'NOT_FOUND'),
    );
    expect(await findOverlaps(test)).to.deep.equal([]);
    expect(await readAgenda()).to.have.length(1);
  });

  it('BK-21: after a move the old link opens nothing, except the lost answer to that very move', async () => {
    const booked = await clinic.book(at(10));
    const key = createIdempotencyKey();
    const customer = clinic.customer();
    const input = { manageToken: booked.manageToken, version: booked.booking.version, start: at(11) };
    const first = dataOf(await customer.call('booking:reschedule-own', input, key));
    expect(first.manageToken).to.not.equal(booked.manageToken);
    expect(dataOf(await customer.call('booking:reschedule-own', input, key))).to.deep.equal(first);
    expect(codeOf(await customer.call('booking:reschedule-own', { ...input, start: at(12) }, key))).to.equal(
      'IDEMPOTENCY_MISMATCH',
    );
    expect(codeOf(await clinic.customer().call('booking:reschedule-own', input, key))).to.equal('NOT_FOUND');
    expect(codeOf(await customer.call('booking:reschedule-own', input))).to.equal('NOT_FOUND');
    expect(codeOf(await customer.call('booking:read-own', { manageToken: booked.manageToken }))).to.equal('NOT_FOUND');
    expect(codeOf(await cancel(booked))).to.equal('NOT_FOUND');
    expect(codeOf(await cancel(first))).to.equal('OK');
  });

  it('BK-21: a link with a changed character, of another purpose, tenant or secret, or after the visit is refused', async () => {
    const booked = await clinic.book(at(10));
    const read = async (manageToken: string, at_ = clinic) =>
      codeOf(await at_.customer().call('booking:read-own', { manageToken }));
    const { manageToken } = booked;
    for (let index = 0; index < manageToken.length; index += 1) {
      const other = manageToken[index] === 'A' ? 'B' : 'A';
      expect(await read(manageToken.slice(0, index) + other + manageToken.slice(index + 1)), String(index)).to.equal(
        'NOT_FOUND',
      );
    }
    for (const token of [`${manageToken}A`, manageToken.slice(0, -1), `${manageToken.slice(0, -1)}=`, 'A'.repeat(64)]) {
      expect(await read(token)).to.equal('NOT_FOUND');
    }
    const row = await test.server.core.connection.collection('allocations').findOne({ code: booked.booking.code });
    const linked = {
      id: String(row?._id) as BookingId,
      tenantId: clinic.shop.owner.tenantId,
      manageSalt: String(row?.['manageSalt']),
      replacedSalt: null,
      end: row?.['end'] as Date,
    };
    const { config } = test.server.core;
    expect(createManageLinks(config).create(linked)).to.equal(manageToken);
    expect(await read(createManageLinks(config).create(linked, 'calendar'))).to.equal('NOT_FOUND');
    const strangers = createManageLinks({ jwtSecrets: [{ kid: 'x', secret: Buffer.alloc(32) }] });
    expect(await read(strangers.create(linked))).to.equal('NOT_FOUND');
    expect(await read(manageToken, await openClinic(test))).to.equal('NOT_FOUND');
    expect(await read(manageToken)).to.equal('OK');
    aheadMs = Date.parse(booked.booking.end) - Date.now() + 24 * hourMs;
    expect(await read(manageToken)).to.equal('NOT_FOUND');
  });

  it('BK-21: a scanner that fetches links changes nothing', async () => {
    const { manageToken } = await clinic.book(at(10));
    const before = await onlyBooking();
    for (const command of ['booking:read-own', 'booking:cancel-own', 'booking:reschedule-own']) {
      const address = `${test.url}/v1/visitor/${command}?site=${clinic.shop.site.publicKey}&manageToken=${manageToken}`;
      for (const method of ['GET', 'HEAD']) {
        expect((await fetch(address, { method, headers: { Origin: 'https://shop.example' } })).status).to.equal(405);
      }
    }
    expect(await onlyBooking()).to.deep.equal(before);
  });

  it('BK-22: until the deadline customers move and cancel themselves, and after it staff do', async () => {
    const booked = await clinic.book(at(10));
    const deadlineMs = Date.parse(at(10)) - 2 * hourMs;
    expect(booked.booking.cancelUntil).to.equal(new Date(deadlineMs).toISOString());
    aheadMs = deadlineMs - Date.now() + 1_000;
    expect(codeOf(await cancel(booked))).to.equal('TOO_LATE');
    expect(codeOf(await moveTo(booked, at(15)))).to.equal('TOO_LATE');
    const { id: bookingId, version } = await onlyBooking();
    const moved = await clinic.must('booking:move', { bookingId, version, start: at(15), staffId: null });
    const gone = await clinic.must('booking:mark', {
      bookingId,
      version: moved.version,
      mark: 'cancel',
      reason: 'Ill',
    });
    expect(gone.state).to.equal('cancelled-by-business');
    expect(gone.history.map(({ by, from, to, reason }) => ({ by, from, to, reason }))).to.deep.equal([
      { by: 'customer', from: 'held', to: 'confirmed', reason: '' },
      { by: 'staff', from: 'confirmed', to: 'confirmed', reason: '' },
      { by: 'staff', from: 'confirmed', to: 'cancelled-by-business', reason: 'Ill' },
    ]);
    expect(gone.history.at(-1)?.memberId).to.equal(clinic.shop.owner.id);
  });

  it('BK-22: a booking is moved as often as the service allowed when it was booked', async () => {
    await clinic.must('booking-service:update', { serviceId: clinic.service.id, maxReschedules: 1 });
    const booked = await clinic.book(at(10));
    await clinic.must('booking-service:update', { serviceId: clinic.service.id, maxReschedules: 20 });
    const moved = dataOf(await moveTo(booked, at(11)));
    expect(moved.booking.rescheduleUntil).to.equal(null);
    expect(codeOf(await moveTo(moved, at(12)))).to.equal('CAP_REACHED');
  });

  it('BK-22: staff who saw an older version are told, with the booking as it is', async () => {
    const booked = await clinic.book(at(10));
    const before = await onlyBooking();
    dataOf(await moveTo(booked, at(11)));
    const { id: bookingId, version } = before;
    const answer = await clinic.ask('booking:move', { bookingId, version, start: at(12), staffId: null });
    expect(codeOf(answer)).to.equal('CONFLICT');
    expect(answer.result).to.have.nested.property('error.current.start', at(11));
  });

  it('BK-22: the answer to a cancellation that was lost is given again, to a move and a mark as well', async () => {
    const booked = await clinic.book(at(10));
    const who = clinic.customer();
    const { manageToken } = booked;
    const input = { manageToken, version: booked.booking.version, reason: 'Busy' };
    const key = createIdempotencyKey();
    const answers = await Promise.all(Array.from({ length: 5 }, () => who.call('booking:cancel-own', input, key)));
    for (const answer of answers) expect(dataOf(answer)).to.deep.equal(dataOf(answers[0]!));
    const { id: bookingId, version } = await clinic.must('booking:create', {
      serviceId: clinic.service.id,
      staffId: null,
      start: at(12),
      customer: MEI,
      answers: {},
    });
    const move = { bookingId, version, start: at(13), staffId: null };
    const moveKey = createIdempotencyKey();
    const moves = await Promise.all([1, 2, 3].map(() => clinic.ask('booking:move', move, moveKey)));
    for (const answer of moves) expect(dataOf(answer)).to.deep.equal(dataOf(moves[0]!));
  });

  it('BK-31: marks only in legal states, and undone only while nobody else has the time', async () => {
    await clinic.book(at(10));
    let booking = await onlyBooking();
    const mark = async (what: StaffMark, reason = ''): Promise<string> => {
      const answer = await clinic.ask('booking:mark', {
        bookingId: booking.id,
        version: booking.version,
        mark: what,
        reason,
      });
      if (answer.result.ok) booking = answer.result.data;
      return codeOf(answer);
    };
    const refused = async (...allowed: StaffMark[]): Promise<void> => {
      for (const what of STAFF_MARKS) if (!allowed.includes(what)) expect(await mark(what), what).to.equal('CONFLICT');
    };
    await refused('arrive', 'no-show', 'cancel');
    expect(await mark('no-show')).to.equal('TOO_SOON');
    expect(await mark('arrive')).to.equal('OK');
    await refused('complete', 'cancel', 'undo');
    expect(await mark('complete')).to.equal('OK');
    await refused('undo');
    expect(await mark('undo')).to.equal('OK');
    expect(booking.state).to.equal('arrived');
    expect(await mark('complete')).to.equal('OK');
    await clinic.book(at(10));
    expect(await mark('undo')).to.equal('SLOT_TAKEN');
    expect(booking.state).to.equal('completed');
  });

  it('BK-22: the code and the end of the phone open the booking, whatever was typed around them', async () => {
    const booked = await clinic.book(at(10));
    const { booking } = booked;
    const find = (code: string, phoneEnd: string) => clinic.customer().call('booking:find-own', { code, phoneEnd });
    const typed = ` ${booking.code.slice(0, 4).toLowerCase()}-${booking.code.slice(4)} `;
    expect(dataOf(await find(typed, '6789'))).to.deep.equal(booked);
    expect(codeOf(await find(booking.code, '6780'))).to.equal('NOT_FOUND');
    expect(codeOf(await find('AAAA2222', '6789'))).to.equal('NOT_FOUND');
  });
});

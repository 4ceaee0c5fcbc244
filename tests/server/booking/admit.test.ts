/** Who has arrived for a visit stands in the queue of the branch: once for a booking, with the time that was booked. */
import { expect } from 'chai';
import type { BookingDto } from '@frontdesk/protocol/booking-fields';
import { createIdempotencyKey, type CounterId, type ServiceId } from '@frontdesk/protocol/ids';
import type { StaffTicketDto } from '@frontdesk/protocol/queue-tickets';
import { at, codeOf, openClinic, type Clinic } from '../../support/booking.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';

const PHONE = '+60123456789';
const minuteMs = 60_000;
/** The tests live on tomorrow's morning, whatever time it is. */
const today = (hour: number): string => at(hour, { days: 1 });

describe('arriving for a visit', function arriving() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;
  let serviceId: ServiceId;
  let counterId: CounterId;
  const aheadMs = Date.parse(today(10)) - Date.now();

  before(async () => {
    test = await startTestServer({ clock: { now: () => Date.now() + aheadMs } });
  });
  after(() => test.close());
  beforeEach(async () => {
    clinic = await openClinic(test, { service: { intervalMinutes: 5 } });
    const { locationId } = clinic;
    const series = { prefix: 'A', width: 3, first: 1, last: 999 };
    const asks = { askName: 'optional', askPhone: 'optional' } as const;
    const visits = { locationId, names: { en: 'Visits' }, series, ...asks };
    ({ id: serviceId } = await clinic.must('service:create', visits));
    ({ id: counterId } = await clinic.must('counter:create', { locationId, label: 'Room 1', serviceIds: [serviceId] }));
  });

  const book = (start: string, phone: string | null = PHONE): Promise<BookingDto> =>
    clinic.must('booking:create', {
      serviceId: clinic.service.id,
      staffId: null,
      start,
      customer: { name: 'Mei Tan', phone, email: null },
      answers: {},
    });
  const admit = ({ id, version }: Pick<BookingDto, 'id' | 'version'>, key?: string, queueServiceId = serviceId) =>
    clinic.ask('booking:admit', { bookingId: id, version, queueServiceId }, key);
  const readLine = async (): Promise<readonly StaffTicketDto[]> =>
    (await clinic.must('counter:read', { counterId })).line;
  const takeNumber = (phone: string | null, name = 'Somebody') =>
    clinic.must('ticket:issue-at-desk', {
      locationId: clinic.locationId,
      serviceId,
      language: 'en',
      classKey: null,
      name,
      phone,
      note: '',
      overridesLimits: true,
      bookedFor: null,
    });

  it('QK-14: the visitor is marked as arrived and waits with the time of the visit', async () => {
    const booking = await book(today(10.5));
    const { booking: arrived, ticket, url } = dataOf(await admit(booking));
    expect(arrived.state).to.equal('arrived');
    expect(arrived.history.at(-1)).to.include({ by: 'staff', from: 'confirmed', to: 'arrived' });
    expect(ticket).to.include({ state: 'waiting', source: 'appointment' });
    expect(url).to.match(/\/t#\w/);
    expect((await readLine()).map(({ id }) => id)).to.deep.equal([ticket.id]);
  });

  it('QK-14: whoever comes long before their time is let in, and is not called before those who wait', async () => {
    const early = dataOf(await admit(await book(today(16))));
    const number = await takeNumber(null);
    const { ticket } = dataOf(await clinic.ask('counter:open', { counterId })) && (await takeNumber(null, 'Another'));
    expect((await readLine()).map(({ id }) => id)).to.deep.equal([number.ticket.id, ticket.id, early.ticket.id]);
  });

  it('BK-7: the same key twenty times, several people and several tries make one ticket', async () => {
    const booking = await book(today(11), null);
    const key = createIdempotencyKey();
    const answers = await Promise.all(Array.from({ length: 20 }, () => admit(booking, key)));
    const tickets = new Set(answers.map((answer) => dataOf(answer).ticket.id));
    expect(tickets.size).to.equal(1);
    const { booking: arrived } = dataOf(await admit(booking, key));
    const colleague = await clinic.as('agent');
    const again = { bookingId: booking.id, version: arrived.version, queueServiceId: serviceId };
    expect(tickets.has(dataOf(await colleague('booking:admit', again)).ticket.id)).to.equal(true);
    expect(await readLine()).to.have.length(1);
  });

  it('BK-31: of two who say so at once with keys of their own one is told what is there, and there is one ticket', async () => {
    const booking = await book(today(11), null);
    const codes = (await Promise.all([admit(booking), admit(booking), admit(booking)])).map(codeOf).sort();
    expect(codes).to.deep.equal(['CONFLICT', 'CONFLICT', 'OK']);
    expect(await readLine()).to.have.length(1);
    expect(codeOf(await admit(booking, undefined, serviceId))).to.equal('CONFLICT');
  });

  it('QK-14: who took a number with the same phone keeps it, and stands there once', async () => {
    const { ticket: own } = await takeNumber(PHONE, 'Mei Tan');
    const { ticket, url, booking } = dataOf(await admit(await book(today(11))));
    expect(ticket.id).to.equal(own.id);
    expect(url).to.equal(null);
    expect(booking.state).to.equal('arrived');
    expect(await readLine()).to.have.length(1);
  });

  it('BK-31: a visit of another day, one that has ended, and an unknown service are refused and leave it as it is', async () => {
    const tomorrow = await book(at(11, { days: 2 }));
    expect(codeOf(await admit(tomorrow))).to.equal('OUTSIDE_WINDOW');
    const visit = await book(today(12));
    expect(codeOf(await admit(visit, undefined, 'f'.repeat(24) as ServiceId))).to.equal('NOT_FOUND');
    const { id: bookingId, version } = visit;
    const cancelled = await clinic.must('booking:mark', { bookingId, version, mark: 'cancel', reason: 'Ill' });
    expect(codeOf(await admit(cancelled))).to.equal('CONFLICT');
    expect(codeOf(await admit({ ...visit, version: 0 }))).to.equal('VALIDATION');
    expect(await readLine()).to.have.length(0);
  });

  it('BK-40: a viewer, a stranger and another business send nobody into the queue', async () => {
    const booking = await book(today(12));
    const input = { bookingId: booking.id, version: booking.version, queueServiceId: serviceId };
    expect(codeOf(await (await clinic.as('viewer'))('booking:admit', input))).to.equal('FORBIDDEN');
    expect(codeOf(await callHttp(test.url, 'booking:admit', input, { audience: 'staff' }))).to.equal('UNAUTHENTICATED');
    const other = await openClinic(test);
    expect(codeOf(await other.ask('booking:admit', input))).to.equal('NOT_FOUND');
    const theirs = await other.must('booking:create', {
      serviceId: other.service.id,
      staffId: null,
      start: today(12),
      customer: { name: 'Ravi', phone: null, email: null },
      answers: {},
    });
    const mixed = { bookingId: theirs.id, version: theirs.version, queueServiceId: serviceId };
    expect(codeOf(await other.ask('booking:admit', mixed))).to.equal('NOT_FOUND');
    expect(await readLine()).to.have.length(0);
  });

  it('QK-14: somebody who comes late takes their place among those who walked in', async () => {
    const number = await takeNumber(null);
    const late = dataOf(await admit(await book(new Date(Date.parse(today(10)) - 60 * minuteMs).toISOString())));
    expect((await readLine()).map(({ id }) => id)).to.deep.equal([number.ticket.id, late.ticket.id]);
  });

  it('QK-14: whom staff booked for is spoken to in the language of the branch', async () => {
    const malay = await openClinic(test, { service: { intervalMinutes: 5 }, location: { languages: ['ms', 'en'] } });
    const { locationId } = malay;
    const series = { prefix: 'A', width: 3, first: 1, last: 999 };
    const visits = { locationId, names: { en: 'Visits' }, series, askName: 'optional', askPhone: 'optional' } as const;
    const { id: queueServiceId } = await malay.must('service:create', visits);
    const { id: bookingId, version } = await malay.must('booking:create', {
      serviceId: malay.service.id,
      staffId: null,
      start: today(11),
      customer: { name: 'Mei Tan', phone: null, email: null },
      answers: {},
    });
    const { ticket } = dataOf(await malay.ask('booking:admit', { bookingId, version, queueServiceId }));
    expect(ticket.language).to.equal('ms');
  });
});

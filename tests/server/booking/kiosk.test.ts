/** Who has a booking says at the kiosk that they have arrived: by code and phone number, or by the link (QK-14). */
import { expect } from 'chai';
import type { BookingDto } from '@frontdesk/protocol/booking-fields';
import { createDeviceToken, type CounterId, type LocationId, type ServiceId } from '@frontdesk/protocol/ids';
import type { StaffTicketDto } from '@frontdesk/protocol/queue-tickets';
import { at, openClinic, type Clinic } from '../../support/booking.js';
import { startTestDatabase, type TestDatabase } from '../../support/database.js';
import { codeOf, describeDevice, kioskWith, okOf, showCode, type PairedDevice } from '../../support/devices.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';

const PHONE = '+60123456789';
const JWT_SECRETS = `kiosk:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`;
/** The tests live on tomorrow's morning, whatever time it is. */
const today = (hour: number): string => at(hour, { days: 1 });

describe('checking in at a kiosk with a booking code', function checkingIn() {
  this.timeout(60_000);
  let database: TestDatabase;
  let test: TestServer;
  /** Counts as an owner's server does. */
  let strict: TestServer;
  let clinic: Clinic;
  let kiosk: PairedDevice;
  let serviceId: ServiceId;
  let counterId: CounterId;
  let aheadMs = Date.parse(today(10)) - Date.now();

  before(async () => {
    database = await startTestDatabase();
    const env = { MONGODB_URI: database.uri, JWT_SECRETS };
    const clock = { now: () => Date.now() + aheadMs };
    test = await startTestServer({ env, clock });
    strict = await startTestServer({ env: { ...env, RATE_LIMIT_MULTIPLIER: '1' }, clock });
  });
  after(async () => {
    await Promise.all([test.close(), strict.close()]);
    await database.close();
  });
  beforeEach(async () => {
    aheadMs = Date.parse(today(10)) - Date.now();
    clinic = await openClinic(test, { service: { intervalMinutes: 5 } });
    serviceId = await addLine('A', 'Visits');
    const { locationId } = clinic;
    ({ id: counterId } = await clinic.must('counter:create', { locationId, label: 'Room 1', serviceIds: [serviceId] }));
    kiosk = await pair('kiosk', locationId);
  });

  async function addLine(prefix: string, name: string, locationId = clinic.locationId): Promise<ServiceId> {
    const series = { prefix, width: 3, first: 1, last: 999 };
    const asks = { askName: 'optional', askPhone: 'optional' } as const;
    const line = { locationId, names: { en: name }, series, ...asks };
    return (await clinic.must('service:create', line)).id;
  }
  async function pair(kind: 'kiosk' | 'display', locationId: LocationId): Promise<PairedDevice> {
    const token = createDeviceToken();
    const code = await showCode(test.url, token, kind);
    return describeDevice(test.url, token, await clinic.must('device:pair', { code, name: 'At the door', locationId }));
  }
  const book = (start: string, phone: string | null = PHONE): Promise<BookingDto> =>
    clinic.must('booking:create', {
      serviceId: clinic.service.id,
      staffId: null,
      start,
      customer: { name: 'Mei Tan', phone, email: phone === null ? 'mei@example.test' : null },
      answers: {},
    });
  const arrive = (code: string, phoneEnd: string | null = '6789', queueServiceId: ServiceId | null = null) =>
    kiosk.ask('booking:check-in', { code, phoneEnd, queueServiceId, language: 'ms' });
  const readLine = async (): Promise<readonly StaffTicketDto[]> =>
    (await clinic.must('counter:read', { counterId })).line;
  async function readBooking({ id }: BookingDto): Promise<BookingDto> {
    const day = { locationId: clinic.locationId, from: today(10).slice(0, 10), days: 1 };
    const found = (await clinic.must('agenda:read', day)).bookings.find((one) => one.id === id);
    if (!found) throw new Error('The booking is not there.');
    return found;
  }

  it('QK-14 BK-31: the code as people type it and four digits: arrived, and one appointment’s ticket however often', async () => {
    const booking = await book(today(10.5));
    const typed = ` ${booking.code.slice(0, 4).toLowerCase()}-${booking.code.slice(4).toLowerCase()} `;
    const answers = await Promise.all([arrive(typed), arrive(booking.code), arrive(booking.code)]);
    const tickets = answers.map(okOf);
    expect(new Set(tickets.map(({ ticketId }) => ticketId)).size).to.equal(1);
    expect(tickets[0]?.url).to.match(/\/t#[\w-]{43}$/);
    const now = await readBooking(booking);
    expect(now.state).to.equal('arrived');
    expect(now.history.filter(({ to }) => to === 'arrived').map(({ by }) => by)).to.deep.equal(['customer']);
    const [ticket] = await readLine();
    expect(ticket).to.include({ source: 'appointment', state: 'waiting', language: 'ms', id: tickets[0]?.ticketId });
    expect(await readLine()).to.have.length(1);
  });

  it('QK-14 BK-21: the link of the booking opens it without digits; a changed one does not', async () => {
    aheadMs = Date.parse(at(0.1, { days: 1 })) - Date.now();
    const { booking, manageToken } = await clinic.book(today(11));
    aheadMs = Date.parse(today(10)) - Date.now();
    const link = `https://desk.example/booking?site=pk_x#${manageToken}`;
    const flipped = `${link.slice(0, -2)}${link.endsWith('A') ? 'B' : 'A'}A`;
    expect(codeOf(await arrive(flipped, null))).to.equal('NOT_FOUND');
    expect(codeOf(await arrive(booking.code, null)), 'a code alone is nobody’s').to.equal('NOT_FOUND');
    expect(okOf(await arrive(link, null)).label).to.match(/^A\d+/);
  });

  it('QK-14: a wrong code, other digits, no phone, another branch and another business are one answer', async () => {
    const booking = await book(today(10.5));
    const byMail = await book(today(11), null);
    const elsewhere = await openClinic(test, { service: { intervalMinutes: 5 } });
    const foreign = await elsewhere.must('booking:create', {
      serviceId: elsewhere.service.id,
      staffId: null,
      start: today(11),
      customer: { name: 'Somebody', phone: PHONE, email: null },
      answers: {},
    });
    const other = await clinic.must('location:create', { name: 'Other branch', timeZone: 'Asia/Kuala_Lumpur' });
    await addLine('X', 'Visits', other.id);
    const there = await pair('kiosk', other.id);
    for (const [code, digits] of [
      ['ZZZZZZZZ', '6789'],
      [booking.code, '0000'],
      [byMail.code, '6789'],
      [foreign.code, '6789'],
    ] as const) {
      expect(codeOf(await arrive(code, digits)), code).to.equal('NOT_FOUND');
    }
    const input = { code: booking.code, phoneEnd: '6789', queueServiceId: null, language: 'en' } as const;
    expect(codeOf(await there.ask('booking:check-in', input))).to.equal('NOT_FOUND');
    expect((await readBooking(booking)).state).to.equal('confirmed');
    for (const bad of [{ phoneEnd: '67' }, { code: '' }, { language: 'xx' }, { queueServiceId: 'x' }]) {
      expect(codeOf(await kiosk.ask('booking:check-in', { ...input, ...bad } as never))).to.equal('VALIDATION');
    }
    const display = await pair('display', clinic.locationId);
    expect(codeOf(await display.ask('booking:check-in', input))).to.equal('FORBIDDEN');
    const nobody = await callHttp(test.url, 'booking:check-in', input, { audience: 'device' });
    expect(nobody.result.ok ? 'OK' : nobody.result.error.code).to.equal('UNAUTHENTICATED');
  });

  it('QK-14: another day, a visit that is off, and a kiosk without check-in are told apart', async () => {
    const tomorrow = await book(at(10, { days: 2 }));
    expect(codeOf(await arrive(tomorrow.code))).to.equal('OUTSIDE_WINDOW');
    const off = await book(today(12));
    await clinic.must('booking:mark', { bookingId: off.id, version: off.version, mark: 'cancel', reason: '' });
    expect(codeOf(await arrive(off.code))).to.equal('CONFLICT');
    expect(await readLine()).to.have.length(0);
    const settings = kioskWith(kiosk, { isCheckInOn: false });
    await clinic.must('device:update', { deviceId: kiosk.id, kiosk: settings });
    expect(codeOf(await arrive((await book(today(13))).code))).to.equal('FORBIDDEN');
  });

  it('QK-14: where there are several lines, the one with the name of the service, or the one that is chosen', async () => {
    const second = await addLine('B', 'Pharmacy');
    const booking = await book(today(10.5));
    const asked = await arrive(booking.code);
    expect(asked.ok ? {} : asked.error.fields).to.have.property('queueServiceId');
    expect((await readBooking(booking)).state, 'nobody has arrived before they are in a line').to.equal('confirmed');
    expect(codeOf(await arrive(booking.code, '6789', clinic.service.id as string as ServiceId))).to.equal('NOT_FOUND');
    expect(okOf(await arrive(booking.code, '6789', second)).label).to.match(/^B/);
    await addLine('C', 'Consultation');
    expect(okOf(await arrive((await book(today(11), '+60199999999')).code, '9999')).label).to.match(/^C/);
  });

  it('QK-14: a visit after midnight belongs to the evening before, as the queue does', async () => {
    await clinic.must('location:update', {
      locationId: clinic.locationId,
      dayStart: '04:00',
      hours: {
        weekly: Array.from({ length: 7 }, () => [{ from: '18:00', to: '02:00' }]),
        specialDays: [],
        holidays: [],
      },
    });
    const late = await book(at(24.5, { days: 1 }));
    const nextEvening = await book(at(42.5, { days: 1 }), '+60188888888');
    aheadMs = Date.parse(at(23.5, { days: 1 })) - Date.now();
    expect(codeOf(await arrive(nextEvening.code, '8888'))).to.equal('OUTSIDE_WINDOW');
    expect(codeOf(await arrive(late.code))).to.equal('OK');
  });

  it('BK-34 QK-14: five tries at a code in ten minutes at one kiosk, through any server; other codes are not counted', async () => {
    const booking = await book(today(10.5));
    const other = await book(today(11), '+60177777777');
    for (let guess = 0; guess < 5; guess += 1)
      expect(codeOf(await arrive(booking.code, `100${guess}`))).to.equal('NOT_FOUND');
    const there = describeDevice(strict.url, kiosk.token, kiosk.dto);
    const input = { code: booking.code, phoneEnd: '6789', queueServiceId: null, language: 'en' } as const;
    const refused = await there.ask('booking:check-in', input);
    expect(codeOf(refused)).to.equal('RATE_LIMITED');
    expect(refused.ok ? 0 : (refused.error.retryAfterMs ?? 0)).to.be.greaterThan(60_000);
    expect(codeOf(await there.ask('booking:check-in', { ...input, code: other.code, phoneEnd: '7777' }))).to.equal(
      'OK',
    );
    expect(dataOf({ result: await arrive(booking.code) }).label, 'this one lets more through').to.match(/^A/);
  });
});

/** Free starts as staff are offered them: bound by hours and by what is taken, and by nothing else. */
import { expect } from 'chai';
import type { BookableId, BookingId, BookingServiceId } from '@frontdesk/protocol/ids';
import { slotAlternatives } from '@frontdesk/protocol/booking-visitor';
import { at, codeOf, dateOf, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { callHttp, startTestServer, type TestServer } from '../../support/server.js';

describe('free starts for staff', function starts() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;

  before(async () => {
    test = await startTestServer();
    clinic = await openClinic(test, { service: { minNoticeMinutes: 4 * 24 * 60, horizonDays: 5, maxPerDay: 1 } });
  });
  after(() => test.close());

  const ask = async (
    more: { staffId?: BookableId | null; moving?: BookingId | null; from?: string } = {},
  ): Promise<string[]> => {
    const question = {
      serviceId: clinic.service.id,
      staffId: null,
      from: dateOf(at(9)),
      days: 1,
      moving: null,
      ...more,
    };
    return (await clinic.must('agenda:list-starts', question)).starts;
  };
  const book = (hour: number) =>
    clinic.must('booking:create', {
      serviceId: clinic.service.id,
      staffId: null,
      start: at(hour),
      customer: MEI,
      answers: {},
    });

  it('BK-16: notice, horizon and limits bind customers and not staff; hours and what is taken bind both', async () => {
    expect(await clinic.starts(dateOf(at(9)))).to.deep.equal([]);
    await book(10);
    const starts = await ask();
    expect(starts).to.include(at(9)).and.include(at(11));
    expect(starts).to.not.include(at(10));
    expect(starts).to.not.include(at(17));
    const far = await ask({ from: dateOf(at(9, { days: 60 })) });
    expect(far).to.include(at(9, { days: 60 }));
  });

  it('BK-22: a booking that moves is not in its own way, and another one is', async () => {
    const booking = await book(13);
    expect(await ask()).to.not.include(at(13));
    expect(await ask({ moving: booking.id })).to.include(at(13));
    expect(await ask({ moving: booking.id })).to.not.include(at(10));
  });

  it('BK-1: a refused move offers staff what staff may book', async () => {
    const booking = await book(15);
    const answer = await clinic.ask('booking:move', {
      bookingId: booking.id,
      version: booking.version,
      start: at(10),
      staffId: null,
    });
    expect(codeOf(answer)).to.equal('SLOT_TAKEN');
    const current = answer.result.ok ? null : answer.result.error.current;
    expect(slotAlternatives.parse(current).alternatives).to.include(at(9, { days: 2 }).replace('T01:00', 'T01:30'));
  });

  it('BK-40: without a session, at another business and for what is unknown there is no answer', async () => {
    const other = await openClinic(test);
    const question = { serviceId: clinic.service.id, staffId: null, from: dateOf(at(9)), days: 1, moving: null };
    expect(codeOf(await other.ask('agenda:list-starts', question))).to.equal('NOT_FOUND');
    const foreign = { ...question, serviceId: other.service.id, staffId: clinic.staff[0]?.id ?? null };
    expect(codeOf(await other.ask('agenda:list-starts', foreign))).to.equal('NOT_FOUND');
    const unknown = { ...question, serviceId: 'f'.repeat(24) as BookingServiceId };
    expect(codeOf(await clinic.ask('agenda:list-starts', unknown))).to.equal('NOT_FOUND');
    const nobody = await callHttp(test.url, 'agenda:list-starts', question, { audience: 'staff' });
    expect(codeOf(nobody)).to.equal('UNAUTHENTICATED');
    expect(codeOf(await clinic.ask('agenda:list-starts', { ...question, days: 15 }))).to.equal('VALIDATION');
  });

  it('BK-33: a number that staff type is read in the country of the branch', async () => {
    const visit = { serviceId: clinic.service.id, staffId: null, answers: {} };
    const home = { name: 'Ravi', phone: '012-345 6789', email: null };
    const { customer } = await clinic.must('booking:create', { ...visit, start: at(16), customer: home });
    expect(customer.phone).to.equal('+60123456789');
    const wrong = { ...visit, start: at(12), customer: { ...home, phone: 'ask him' } };
    expect(codeOf(await clinic.ask('booking:create', wrong))).to.equal('VALIDATION');
  });
});

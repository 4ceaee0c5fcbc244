/** What customers are told by mail: each change once, in their language, with the visit for their calendar. */
import { expect } from 'chai';
import type { Question } from '@frontdesk/protocol/booking-fields';
import type { BookedDto } from '@frontdesk/protocol/booking-visitor';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { LOCALES } from '@frontdesk/protocol/locales';
import { VALIDATION_MS } from '@frontdesk/server/booking/outbox';
import { at, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { attachedFile, calendarOf, invitationsOf } from '../../support/calendar-reader.js';
import { startMailServer, type MailServer, type ReceivedMail } from '../../support/mail-server.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

describe('mails about a booking', function mails() {
  this.timeout(60_000);
  let test: TestServer;
  let mail: MailServer;
  let clinic: Clinic;
  let made = 0;
  let email = '';
  let aheadMs = 0;

  before(async () => {
    mail = await startMailServer();
    test = await startTestServer({ env: mail.env, clock: { now: () => Date.now() + aheadMs } });
  });
  after(async () => {
    await test.close();
    await mail.close();
  });
  beforeEach(async () => {
    email = `mei-${(made += 1)}@example.test`;
    clinic = await openClinic(test, { location: { address: '5 Jalan Damai, Kuala Lumpur' } });
  });

  const book = (start: string, more: object = {}): Promise<BookedDto> =>
    clinic.book(start, { more: { customer: { ...MEI, email }, ...more } });
  async function last(count: number): Promise<ReceivedMail> {
    aheadMs += VALIDATION_MS;
    await test.server.booking.drainMessages();
    return (await mail.waitFor(email, count)).at(-1)!;
  }
  const findBooking = async () => {
    const { bookings } = await clinic.must('agenda:read', {
      locationId: clinic.locationId,
      from: new Date().toISOString().slice(0, 10),
      days: 7,
    });
    return bookings.find(({ customer }) => customer.email === email)!;
  };

  it('BK-25: a booking is confirmed with an invitation that mail programs show, and the link that changes it', async () => {
    const booked = await book(at(10));
    const first = await last(1);
    expect(first.from?.name).to.match(/^Shop/);
    expect(first.from?.address).to.equal('desk@frontdesk.test');
    expect(first.subject).to.match(/^Booked: Consultation, /);
    expect(first.text).to.contain(booked.booking.code).and.contain('5 Jalan Damai, Kuala Lumpur');
    const link = `/booking?site=${clinic.shop.site.publicKey}#${booked.manageToken}`;
    expect(first.text).to.contain(test.url + link);
    expect(first.html).to.contain(link);
    // One alternative to the text, which mail programs show, and one file, which others can open.
    expect(first.source).to.match(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/i);
    expect(invitationsOf(first).map(({ method }) => method)).to.include('REQUEST');
    const { method, events } = calendarOf(first);
    expect(method).to.equal('REQUEST');
    expect(events).to.have.length(1);
    expect(events[0]).to.deep.include({ status: 'CONFIRMED', start: new Date(at(10)), end: new Date(at(10.5)) });
    expect(events[0]?.attendees).to.deep.equal([`mailto:${email}`]);
    expect(events[0]?.location).to.equal('Main branch, 5 Jalan Damai, Kuala Lumpur');
  });

  it('BK-25: a move raises the sequence under the same UID; a cancellation takes the visit out of the calendar', async () => {
    const booked = await book(at(10));
    const first = calendarOf(await last(1));
    const { manageToken, booking } = booked;
    const who = clinic.customer();
    const moved = dataOf(
      await who.call('booking:reschedule-own', { manageToken, version: booking.version, start: at(11) }),
    );
    const movedMail = await last(2);
    expect(movedMail.text).to.contain(moved.manageToken).and.not.contain(manageToken);
    const second = calendarOf(movedMail);
    dataOf(
      await who.call('booking:cancel-own', {
        manageToken: moved.manageToken,
        version: moved.booking.version,
        reason: 'The leg is well again',
      }),
    );
    const cancelled = await last(3);
    expect(cancelled.text).not.to.contain('/booking?').and.not.to.contain('leg');
    const third = calendarOf(cancelled);
    expect([first.method, second.method, third.method]).to.deep.equal(['REQUEST', 'REQUEST', 'CANCEL']);
    const events = [first, second, third].map(({ events: [event] }) => event!);
    expect(new Set(events.map(({ uid }) => uid)).size).to.equal(1);
    const [one = 0, two = 0, three = 0] = events.map(({ sequence }) => sequence);
    expect(two).to.be.greaterThan(one);
    expect(three).to.be.greaterThan(two);
    expect(events[1]?.start).to.deep.equal(new Date(at(11)));
    expect(events[2]?.status).to.equal('CANCELLED');
  });

  it('BK-25: a request is tentative, approved it is booked, declined it is gone', async () => {
    const service = await clinic.addService({ confirmation: 'approve' });
    await clinic.must('resource:update', { resourceId: clinic.staff[0]!.id, serviceIds: [service.id] });
    for (const [mark, subject, status] of [
      ['approve', /^Booked: /, 'CONFIRMED'],
      ['decline', /^Not possible: /, 'CANCELLED'],
    ] as const) {
      email = `${mark}-${email}`;
      const who = clinic.customer();
      const { id: holdId } = await clinic.hold(at(14), { customer: who, serviceId: service.id });
      dataOf(
        await who.call('booking:confirm', {
          holdId,
          customer: { ...MEI, email },
          answers: {},
          consents: [],
          locale: 'en',
        }),
      );
      const asked = await last(1);
      expect(asked.subject).to.match(/^Request received: /);
      expect(calendarOf(asked).events[0]?.status).to.equal('TENTATIVE');
      const { id: bookingId, version } = await findBooking();
      await clinic.must('booking:mark', { bookingId, version, mark, reason: '' });
      const decided = await last(2);
      expect(decided.subject).to.match(subject);
      expect(calendarOf(decided).events[0]?.status).to.equal(status);
      if (mark === 'approve') {
        await clinic.must('booking:mark', { bookingId, version: version + 1, mark: 'cancel', reason: 'flood' });
        await last(3);
      }
    }
  });

  it('BK-22: what staff book, move and cancel the customer hears of, and not why', async () => {
    const created = await clinic.must('booking:create', {
      serviceId: clinic.service.id,
      staffId: null,
      start: at(9),
      customer: { ...MEI, email },
      answers: {},
    });
    expect((await last(1)).subject).to.match(/^Booked: /);
    const moved = await clinic.must('booking:move', {
      bookingId: created.id,
      version: created.version,
      start: at(15),
      staffId: null,
    });
    expect((await last(2)).subject).to.match(/^New time: .*3:00/);
    const input = { bookingId: created.id, version: moved.version, reason: 'Doctor is ill' };
    await clinic.must('booking:mark', { ...input, mark: 'cancel' });
    const cancelled = await last(3);
    expect(cancelled.text).to.contain('had to cancel').and.not.to.contain('ill');
    expect(calendarOf(cancelled).method).to.equal('CANCEL');
  });

  it('BK-7: twenty tries of one booking are one mail; who gave no address gets none', async () => {
    const who = clinic.customer();
    const { id: holdId } = await clinic.hold(at(13), { customer: who });
    const key = createIdempotencyKey();
    const input = { holdId, customer: { ...MEI, email }, answers: {}, consents: [], locale: 'en' as const };
    await Promise.all(Array.from({ length: 20 }, () => who.call('booking:confirm', input, key)));
    await clinic.book(at(14), { more: { customer: { ...MEI, email: null } } });
    await last(1);
    await test.server.booking.drainMessages();
    expect(mail.to(email)).to.have.length(1);
    expect(mail.to('')).to.have.length(0);
  });

  it('SES-04: the customers of a suspended business are told nothing, and its calendars are gone', async () => {
    const booked = await book(at(15));
    const { tenantId } = clinic.shop.site;
    await test.server.tenancy.provision.setSuspended({ tenantId }, true);
    aheadMs += VALIDATION_MS;
    await test.server.booking.drainMessages();
    expect(mail.to(email)).to.have.length(0);
    expect((await fetch(booked.calendarUrl)).status).to.equal(404);
  });

  it('the message that is due is found by an index, however many bookings there are', async () => {
    await book(at(15));
    const due = { 'outbox.dueAt': { $lte: new Date() }, state: { $ne: 'held' } };
    const allocations = test.server.core.connection.collection('allocations');
    const plan = await allocations.find(due).sort({ 'outbox.dueAt': 1 }).explain();
    expect(JSON.stringify(plan)).to.contain('IXSCAN').and.not.to.contain('COLLSCAN');
    await last(1);
  });

  it('BK-17: in person the mail names the hour at the branch, with its zone for who is elsewhere; online the customer’s own', async () => {
    await book(at(10), { timeZone: 'Asia/Kuala_Lumpur' });
    expect((await last(1)).text)
      .to.match(/10:00/)
      .and.not.to.contain('(Malaysia');
    await book(at(11), { timeZone: 'Europe/London' });
    expect((await last(2)).text).to.match(/11:00.*\(Malaysia Time\)/);
    await clinic.must('booking-service:update', { serviceId: clinic.service.id, isOnline: true });
    await book(at(12), { timeZone: 'Asia/Kolkata' });
    const online = await last(3);
    expect(online.text)
      .to.match(/9:30.*\(India Standard Time\)/)
      .and.to.contain('Where: Online');
    expect(calendarOf(online).events[0]?.start).to.deep.equal(new Date(at(12)));
  });

  it('BK-25, BK-36: every language arrives whole, text and calendar', async () => {
    await clinic.must('booking-service:update', {
      serviceId: clinic.service.id,
      names: {
        en: 'Check-up 🦷; "all", \\ of it',
        ms: 'Pemeriksaan',
        zh: '全身检查与咨询',
        ta: 'உடல் பரிசோதனை 🩺',
        hi: 'जाँच',
        ar: 'فحص',
      },
    });
    const subjects = new Set<string>();
    for (const [index, locale] of LOCALES.entries()) {
      await book(at(9 + index / 2), { locale });
      const received = await last(index + 1);
      subjects.add(received.subject?.split(/[::]/)[0] ?? '');
      const name = (await clinic.must('booking:read-setup', { locationId: clinic.locationId })).services[0]!.names[
        locale
      ];
      expect(received.text).to.contain(name);
      const file = attachedFile(received);
      expect(file.split('\r\n').length).to.equal(file.split('\n').length);
      for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).to.be.at.most(75);
      expect(calendarOf(received).events[0]?.summary)
        .to.match(/ · Shop \d+$/)
        .and.to.contain(name);
      expect(received.html).to.contain(`lang="${locale}"`);
      expect(received.html?.includes('dir="rtl"')).to.equal(locale === 'ar');
    }
    expect(subjects.size).to.equal(LOCALES.length);
  });

  it('BK-25: what somebody answered is in no mail and no calendar, said in confidence or not', async () => {
    const buildQuestion = (key: string, isSensitive: boolean): Question => ({
      key,
      type: 'text',
      labels: { en: key },
      options: [],
      isRequired: true,
      isSensitive,
      onlyIf: null,
    });
    await clinic.must('booking-service:update', {
      serviceId: clinic.service.id,
      questions: [buildQuestion('complaint', true), buildQuestion('plate', false)],
    });
    await book(at(16), { answers: { complaint: 'unspeakable-ache', plate: 'unspeakable-plate' } });
    const received = await last(1);
    const parts = [received.text ?? '', received.html ?? '', ...invitationsOf(received).map(({ text }) => text)];
    for (const part of parts) expect(part).not.to.contain('unspeakable');
  });
});

/** Calendars at addresses of their own: one visit for who booked it, an agenda for who works it (BK-25, BK-26). */
import { expect } from 'chai';
import type { BookedDto } from '@frontdesk/protocol/booking-visitor';
import { createIdempotencyKey, type BookableId } from '@frontdesk/protocol/ids';
import { at, codeOf, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { readCalendar, type ReadCalendar } from '../../support/calendar-reader.js';
import { openClassroom } from '../../support/classroom.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const QUESTIONS = [true, false].map((isSensitive) => ({
  key: isSensitive ? 'complaint' : 'plate',
  type: 'text',
  labels: { en: 'Tell us' },
  options: [],
  isRequired: true,
  isSensitive,
  onlyIf: null,
}));

describe('calendars', function calendars() {
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
    clinic = await openClinic(test, { service: { questions: QUESTIONS }, location: { address: '5 Jalan Damai' } });
  });

  const book = (start: string): Promise<BookedDto> =>
    clinic.book(start, { more: { answers: { complaint: 'unspeakable-ache', plate: 'unspeakable-plate' } } });
  async function read(url: string): Promise<ReadCalendar> {
    const response = await fetch(url);
    expect(response.status).to.equal(200);
    return readCalendar(await response.text());
  }
  const statusOf = async (url: string, headers: Record<string, string> = {}): Promise<number> =>
    (await fetch(url, { headers })).status;

  describe('of one visit', () => {
    it('BK-25: the file of a booking reads as it was booked, in another’s program, with a safe name and nobody’s details', async () => {
      const booked = await book(at(10));
      const response = await fetch(booked.calendarUrl);
      expect(response.headers.get('content-type')).to.equal('text/calendar; charset=utf-8; method=PUBLISH');
      const name = `appointment-${booked.booking.code}.ics`;
      expect(response.headers.get('content-disposition')).to.equal(`attachment; filename="${name}"`);
      const text = await response.text();
      expect(text)
        .to.contain('\r\n')
        .and.to.match(/^BEGIN:VCALENDAR\r\n/);
      for (const secret of ['unspeakable', MEI.email, MEI.phone, booked.manageToken])
        expect(text).not.to.contain(secret);
      const { events } = readCalendar(text);
      expect(events).to.have.length(1);
      const { start, end, location, status } = events[0]!;
      expect({ start, end, location, status }).to.deep.equal({
        start: new Date(at(10)),
        end: new Date(at(10.5)),
        location: 'Main branch, 5 Jalan Damai',
        status: 'CONFIRMED',
      });
    });

    it('BK-21, BK-25: reading it changes nothing; unchanged it is not sent again; moved and cancelled it says so under one UID', async () => {
      const booked = await book(at(10));
      const first = await fetch(booked.calendarUrl);
      const etag = first.headers.get('etag')!;
      expect(await statusOf(booked.calendarUrl, { 'If-None-Match': etag })).to.equal(304);
      const who = clinic.customer();
      const { manageToken } = booked;
      expect(dataOf(await who.call('booking:read-own', { manageToken }))).to.deep.equal(booked);
      const moved = dataOf(
        await who.call('booking:reschedule-own', { manageToken, version: booked.booking.version, start: at(12) }),
      );
      // The old address went with the old link.
      expect(await statusOf(booked.calendarUrl)).to.equal(404);
      const second = await read(moved.calendarUrl);
      const cancelled = dataOf(
        await who.call('booking:cancel-own', {
          manageToken: moved.manageToken,
          version: moved.booking.version,
          reason: '',
        }),
      );
      const third = await read(cancelled.calendarUrl);
      const one = readCalendar(await first.text()).events[0]!;
      const [two, three] = [second.events[0]!, third.events[0]!];
      expect([two.uid, three.uid]).to.deep.equal([one.uid, one.uid]);
      expect(two.sequence).to.be.greaterThan(one.sequence);
      expect(three.sequence).to.be.greaterThan(two.sequence);
      expect(two.start).to.deep.equal(new Date(at(12)));
      expect([third.method, three.status]).to.deep.equal(['CANCEL', 'CANCELLED']);
    });

    it('BK-21, BK-40: no other token opens it, neither its manage link nor another business’s site, and it ends with the visit', async () => {
      const booked = await book(at(10));
      const { calendarUrl, manageToken } = booked;
      const [base, token = ''] = calendarUrl.split(/\/([\w-]+)\.ics$/);
      expect(await statusOf(`${base}/${manageToken}.ics`)).to.equal(404);
      const flipped = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
      for (const bad of [flipped, token.slice(1), `${token}A`, 'x'.repeat(40)]) {
        expect(await statusOf(`${base}/${bad}.ics`), bad).to.equal(404);
      }
      const other = await openClinic(test);
      expect(await statusOf(calendarUrl.replace(/pk_\w+/, other.shop.site.publicKey))).to.equal(404);
      expect(codeOf(await clinic.customer().call('booking:read-own', { manageToken: token }))).to.equal('NOT_FOUND');
      aheadMs = 5 * dayMs;
      expect(await statusOf(calendarUrl)).to.equal(404);
    });
  });

  describe('of an agenda', () => {
    const doctorOf = (): BookableId => clinic.staff[0]!.id;
    const rotate = async (resourceId = doctorOf(), key?: string): Promise<string> =>
      dataOf(await clinic.ask('feed:rotate', { resourceId }, key)).url;

    it('BK-26: an address is made when somebody asks, shows what is booked, and has no answer, number or address in it', async () => {
      const resourceId = doctorOf();
      expect(await clinic.must('feed:read', { resourceId })).to.deep.equal({ url: null });
      const booked = await book(at(10));
      const gone = await book(at(11));
      dataOf(
        await clinic.customer().call('booking:cancel-own', {
          manageToken: gone.manageToken,
          version: gone.booking.version,
          reason: '',
        }),
      );
      await clinic.hold(at(12));
      const url = await rotate();
      expect(await clinic.must('feed:read', { resourceId })).to.deep.equal({ url });
      const text = await (await fetch(url)).text();
      for (const secret of ['unspeakable', MEI.email, MEI.phone, booked.manageToken])
        expect(text).not.to.contain(secret);
      const { events } = readCalendar(text);
      expect(events.map(({ summary, start }) => ({ summary, start }))).to.deep.equal([
        { summary: 'Consultation · Mei Tan', start: new Date(at(10)) },
      ]);
    });

    it('BK-26: an agenda speaks the language of its branch', async () => {
      const names = { en: 'Consultation', ms: 'Rundingan' };
      const malay = await openClinic(test, { service: { names }, location: { languages: ['ms', 'en'] } });
      await malay.book(at(10));
      const { url } = await malay.must('feed:rotate', { resourceId: malay.staff[0]!.id });
      const { events } = await read(url);
      expect(events.map(({ summary }) => summary)).to.deep.equal(['Rundingan · Mei Tan']);
    });

    it('BK-26: who teaches a class has it in their calendar, once, and its pupils not', async () => {
      const classroom = await openClassroom(test);
      const session = await classroom.addSession(10);
      await classroom.enrol(classroom.pupil('Aina Zulkifli'), session.id);
      const url = dataOf(await classroom.ask('feed:rotate', { resourceId: classroom.staff[0]!.id })).url;
      const { events } = await read(url);
      expect(events.map(({ summary, start }) => ({ summary, start }))).to.deep.equal([
        { summary: 'Mathematics', start: new Date(at(10)) },
      ]);
      expect(await (await fetch(url)).text()).not.to.contain('Aina');
    });

    it('BK-26: unchanged it is not sent again; a new booking changes it; nobody else’s is in it', async () => {
      const colleague = await clinic.addStaff('Doctor 2');
      const [mine, theirs] = [await rotate(), await rotate(colleague.id)];
      const etag = (await fetch(mine)).headers.get('etag')!;
      expect(await statusOf(mine, { 'If-None-Match': etag })).to.equal(304);
      await clinic.must('booking:create', {
        serviceId: clinic.service.id,
        staffId: doctorOf(),
        start: at(9),
        customer: MEI,
        answers: {},
      });
      expect(await statusOf(mine, { 'If-None-Match': etag })).to.equal(200);
      expect((await read(theirs)).events).to.have.length(0);
    });

    it('BK-26: a new address ends the old one; twenty tries of one command make one; a late one does not bring the old back', async () => {
      const key = createIdempotencyKey();
      const urls = await Promise.all(Array.from({ length: 20 }, () => rotate(doctorOf(), key)));
      expect(new Set(urls).size).to.equal(1);
      const [first = ''] = urls;
      const second = await rotate();
      expect(second).not.to.equal(first);
      expect(await rotate(doctorOf(), key)).to.equal(second);
      expect(await statusOf(first)).to.equal(404);
      expect(await statusOf(second)).to.equal(200);
      const colleague = await clinic.addStaff('Doctor 2');
      expect(codeOf(await clinic.ask('feed:rotate', { resourceId: colleague.id }, key))).to.equal(
        'IDEMPOTENCY_MISMATCH',
      );
      const [, token = ''] = /\/([\w-]+)\.ics$/.exec(second) ?? [];
      for (const bad of [`${token}A`, token.slice(1), `${token.slice(0, -2)}AA`, 'x'.repeat(59)]) {
        expect(await statusOf(second.replace(token, bad)), bad).to.equal(404);
      }
    });

    it('BK-26: members have their own calendar, managers everybody’s; it ends with the person, and is none of another business', async () => {
      const agent = await clinic.as('agent');
      const url = await rotate();
      for (const name of ['feed:read', 'feed:rotate'] as const) {
        expect(codeOf(await agent(name, { resourceId: doctorOf() })), name).to.equal('FORBIDDEN');
      }
      const other = await openClinic(test);
      for (const name of ['feed:read', 'feed:rotate'] as const) {
        expect(codeOf(await other.ask(name, { resourceId: doctorOf() })), name).to.equal('NOT_FOUND');
      }
      const { members } = await clinic.must('member:list', {});
      const { id: memberId } = members.find(({ role }) => role === 'agent')!;
      await clinic.must('resource:update', { resourceId: doctorOf(), memberId });
      expect(codeOf(await agent('feed:read', { resourceId: doctorOf() }))).to.equal('OK');
      expect(await statusOf(url)).to.equal(200);
      await clinic.must('resource:update', { resourceId: doctorOf(), isArchived: true });
      expect(await statusOf(url)).to.equal(404);
    });
  });
});

/** BK-28, BK-30: what people in a class are told by mail, each for themselves, and what nobody is told. */
import { expect } from 'chai';
import { OFFER_MINUTES } from '@frontdesk/domain/booking/seating';
import type { SeatAnswer } from '@frontdesk/protocol/booking-class';
import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import type { EnrolmentId } from '@frontdesk/protocol/ids';
import { LOCALES } from '@frontdesk/protocol/locales';
import type { AttendanceMark } from '@frontdesk/protocol/vocabulary';
import { ABSENCE_DELAY_MS } from '@frontdesk/server/booking/seat-outbox';
import { at } from '../../support/booking.js';
import { calendarOf } from '../../support/calendar-reader.js';
import { openClassroom, type Classroom, type Pupil } from '../../support/classroom.js';
import { startMailServer, type MailServer, type ReceivedMail } from '../../support/mail-server.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

const minuteMs = 60_000;
const addressOf = ({ name }: Pupil): string => `${name.toLowerCase().replaceAll(' ', '.')}@example.test`;

describe('mails about a class', function mails() {
  this.timeout(60_000);
  let test: TestServer;
  let mail: MailServer;
  let room: Classroom;
  let made = 0;
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
    aheadMs = 0;
    made += 1;
    room = await openClassroom(test, { staff: 2 });
  });

  const pupil = (name: string): Pupil => room.pupil(`${name} ${made}`);
  async function mailsTo(who: Pupil): Promise<ReceivedMail[]> {
    await test.server.booking.drainMessages();
    return mail.to(addressOf(who));
  }
  /** Subjects up to where the class is named. */
  const told = async (who: Pupil): Promise<string[]> =>
    (await mailsTo(who)).map(({ subject = '' }) => subject.replace(/( until .*)?: .*$/u, ''));
  const giveUp = async ({ seatToken }: SeatAnswer) =>
    dataOf(await room.customer().call('seat:cancel-own', { seatToken, reason: '' }));
  const heard = (news: string): Promise<void> =>
    new Promise((resolve) => {
      const end = test.server.core.bus.subscribe('seat:changed', (one) => {
        if (one.news !== news) return;
        end();
        resolve();
      });
    });

  it('BK-28: the first waiter that fits is told alone that a seat is free, until when and where to answer; when that runs out, the next', async () => {
    const { id } = await room.addSession(10, { capacity: 2 });
    const mei = pupil('Mei');
    const taken = await room.enrol(mei, id);
    await room.enrol(pupil('Ravi'), id);
    const [family, aina, omar] = ['Family', 'Aina', 'Omar'].map(pupil) as [Pupil, Pupil, Pupil];
    await room.wait(family, id, 2);
    const first = await room.wait(aina, id);
    await room.wait(omar, id);
    await test.server.booking.drainMessages();
    await giveUp(taken);
    expect(await told(mei)).to.deep.equal(['You have a seat', 'Seat given up']);
    expect([await told(family), await told(aina), await told(omar)]).to.deep.equal([
      ['On the waitlist'],
      ['On the waitlist', 'A seat is free'],
      ['On the waitlist'],
    ]);
    const offer = (await mailsTo(aina)).at(-1)!;
    expect(offer.text).to.contain(`/booking?site=${room.shop.site.publicKey}#${first.seatToken}`);
    expect(offer.text)
      .to.match(/kept for you until .*\d\d/)
      .and.contain('Accept or decline');
    expect(offer.attachments).to.deep.equal([]);

    const lapsed = heard('lapsed');
    aheadMs = OFFER_MINUTES * minuteMs + 1_000;
    await lapsed;
    expect([await told(family), await told(aina), await told(omar)]).to.deep.equal([
      ['On the waitlist'],
      ['On the waitlist', 'A seat is free', 'Offer ended'],
      ['On the waitlist', 'A seat is free'],
    ]);
  });

  it('BK-28: an offer whose mail could not leave before it was answered is not made any more', async () => {
    const { id } = await room.addSession(10, { capacity: 1 });
    const [mei, aina] = ['Mei', 'Aina'].map(pupil) as [Pupil, Pupil];
    const taken = await room.enrol(mei, id);
    const waiting = await room.wait(aina, id);
    await told(aina);
    mail.mood = 'later';
    await giveUp(taken);
    await test.server.booking.drainMessages();
    mail.mood = 'take';
    dataOf(await room.customer().call('seat:accept-own', { seatToken: waiting.seatToken }));
    aheadMs = 10 * minuteMs;
    expect(await told(aina)).to.deep.equal(['On the waitlist', 'You have a seat']);
  });

  it('BK-25: a seat is in the calendar, follows the class when it moves, and leaves it when the class is called off', async () => {
    const session = await room.addSession(10, { capacity: 2 });
    const mei = pupil('Mei');
    const { seatToken } = await room.enrol(mei, session.id, 2);
    const wait = pupil('Lee');
    await room.wait(wait, session.id);
    const [first] = await mailsTo(mei);
    expect(first?.text)
      .to.contain(`#${seatToken}`)
      .and.match(/Seats:?\s+2/);
    const seen = await room.must('class-session:read', { sessionId: session.id });
    const input = { sessionId: session.id, version: seen.session.version };
    const start = at(14, { days: 2 });
    const moved = await room.must('class-session:move', { ...input, start, staffId: null });
    expect(await told(mei)).to.deep.equal(['You have a seat', 'Class changed']);
    await room.must('class-session:cancel', { ...input, version: moved.session.version, reason: 'The roof leaks' });
    expect(await told(mei)).to.deep.equal(['You have a seat', 'Class changed', 'Class cancelled']);
    expect(await told(wait)).to.deep.equal(['On the waitlist', 'Class changed', 'Class cancelled']);
    const all = await mailsTo(mei);
    expect(all.at(-1)?.text).not.to.contain('/booking?').and.not.to.contain('roof');
    const calendars = all.map(calendarOf);
    expect(calendars.map(({ method }) => method)).to.deep.equal(['REQUEST', 'REQUEST', 'CANCEL']);
    const events = calendars.map(({ events: [event] }) => event!);
    expect(new Set(events.map(({ uid }) => uid)).size).to.equal(1);
    const [one = 0, two = 0, three = 0] = events.map(({ sequence }) => sequence);
    expect(two).to.be.greaterThan(one);
    expect(three).to.be.greaterThan(two);
    expect(events.map((event) => event.start.toISOString())).to.deep.equal([session.start, start, start]);
    for (const { attachments } of await mailsTo(wait)) expect(attachments).to.deep.equal([]);
  });

  it('BK-23: who has a seat is reminded a day and two hours before, of the date as it is now; who gave it up is not', async () => {
    const session = await room.addSession(15, { days: 3 });
    const [mei, ravi] = ['Mei', 'Ravi'].map(pupil) as [Pupil, Pupil];
    await room.enrol(mei, session.id);
    await giveUp(await room.enrol(ravi, session.id));
    const seen = await room.must('class-session:read', { sessionId: session.id });
    const start = at(16, { days: 3 });
    const input = { sessionId: session.id, version: seen.session.version };
    await room.must('class-session:move', { ...input, start, staffId: null });
    const before = await told(mei);
    for (const hours of [25, 24, 3, 2]) {
      aheadMs = Date.parse(start) - hours * 60 * minuteMs - Date.now() + 1_000;
      await test.server.booking.drainMessages();
    }
    expect((await told(mei)).slice(before.length)).to.deep.equal(['Reminder', 'Soon']);
    expect(await told(ravi)).not.to.include('Reminder');
  });

  it('BK-28: every language of the house says it in its own words', async () => {
    const { id } = await room.addSession(10, { capacity: 1 });
    const subjects = new Set<string>();
    const pupils = LOCALES.map((locale) => ({ locale, who: pupil(`In ${locale}`) }));
    await room.enrol(pupil('Mei'), id);
    for (const { locale, who } of pupils)
      dataOf(await who.call('seat:wait', { sessionId: id, seats: 1, ...room.details(who), locale }));
    for (const { who } of pupils)
      for (const { subject = '' } of await mailsTo(who)) subjects.add(subject.split(/[:：]/)[0]!);
    expect(subjects.size).to.equal(LOCALES.length);
  });

  describe('attendance', () => {
    let session: ClassSessionDto;
    let mei: Pupil;
    let enrolmentId: EnrolmentId;

    beforeEach(async () => {
      session = await room.addSession(10);
      mei = pupil('Mei');
      await room.enrol(mei, session.id);
      const { enrolments } = await room.must('class-session:read', { sessionId: session.id });
      enrolmentId = enrolments[0]!.id;
      await told(mei);
      aheadMs = Date.parse(session.start) - Date.now() + minuteMs;
    });

    async function mark(made: AttendanceMark | null): Promise<void> {
      aheadMs += 1_000;
      const now = new Date(Date.now() + aheadMs).toISOString();
      const marks = [{ enrolmentId, person: 0, mark: made, at: now }];
      await room.must('attendance:mark', { sessionId: session.id, marks });
    }
    const absences = async (): Promise<number> => (await told(mei)).filter((subject) => subject === 'Absent').length;

    it('BK-30: the guardian of an absent pupil is told once, however often the mark is made', async () => {
      await mark('absent');
      expect(await absences()).to.equal(0);
      await mark('present');
      await mark('absent');
      aheadMs += ABSENCE_DELAY_MS;
      expect(await absences()).to.equal(1);
      expect((await mailsTo(mei)).at(-1)?.text).to.contain(mei.name);
      await mark('present');
      await mark('absent');
      aheadMs += 2 * ABSENCE_DELAY_MS;
      expect(await absences()).to.equal(1);
    });

    it('BK-30: a mark that was put right in time tells nobody, and neither does an excuse', async () => {
      await mark('absent');
      await mark('late');
      await mark('excused');
      aheadMs += 2 * ABSENCE_DELAY_MS;
      expect(await absences()).to.equal(0);
    });
  });
});

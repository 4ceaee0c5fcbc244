/** BK-23: who comes is reminded once, at a decent hour, and only of what is still true. */
import { expect } from 'chai';
import type { BookedDto } from '@frontdesk/protocol/booking-visitor';
import type { Allocation } from '@frontdesk/server/booking/index';
import { judge, planMessages, skipQuietHours } from '@frontdesk/server/booking/outbox';
import { at, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { startMailServer, type MailServer } from '../../support/mail-server.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe('when customers are reminded', () => {
  const visit = {
    state: 'confirmed',
    start: new Date('2027-03-02T02:00:00Z'),
    end: new Date('2027-03-02T02:30:00Z'),
    zone: 'Asia/Kuala_Lumpur',
    customerZone: null,
    customer: MEI,
  } as Allocation;
  const plan = (change: Partial<Allocation>, now: string): string[] =>
    planMessages({ ...visit, ...change }, null, Date.parse(now)).map(
      ({ kind, dueAt }) => `${kind} ${dueAt.toISOString().slice(0, 16)}`,
    );

  it('BK-23: a day and two hours before', () => {
    expect(plan({}, '2027-02-20T00:00:00Z')).to.deep.equal([
      'reminder-day 2027-03-01T02:00',
      'reminder-hours 2027-03-02T00:00',
    ]);
  });

  it('BK-23: never in the past, and nobody who is not expected', () => {
    expect(plan({}, '2027-03-01T02:00:00Z')).to.deep.equal(['reminder-hours 2027-03-02T00:00']);
    expect(plan({}, '2027-03-02T00:00:00Z')).to.deep.equal([]);
    for (const state of ['requested', 'arrived', 'cancelled-by-customer', 'no-show'] as const) {
      expect(plan({ state }, '2027-02-20T00:00:00Z'), state).to.deep.equal([]);
    }
    expect(plan({ customer: { ...MEI, email: null } }, '2027-02-20T00:00:00Z')).to.deep.equal([]);
  });

  it('BK-23: not in the customer’s night, else not in the branch’s, over a change of the clock too', () => {
    // A day before it is nine in the evening in New York, two hours before it is seven.
    expect(plan({ customerZone: 'America/New_York' }, '2027-02-20T00:00:00Z')).to.deep.equal([
      'reminder-day 2027-03-01T13:00',
      'reminder-hours 2027-03-02T00:00',
    ]);
    const early = { start: new Date('2027-03-01T23:30:00Z') };
    // Half past seven and half past five at the branch; at eight the visit has begun.
    expect(plan(early, '2027-02-20T00:00:00Z')).to.deep.equal(['reminder-day 2027-03-01T00:00']);
    // The night of 13 to 14 March 2027 is an hour shorter in New York.
    const asleepMs = Date.parse('2027-03-14T02:30:00Z');
    const awake = skipQuietHours({ customerZone: 'America/New_York', zone: 'Asia/Kuala_Lumpur' }, asleepMs);
    expect(new Date(awake).toISOString()).to.equal('2027-03-14T12:00:00.000Z');
  });

  it('BK-23: what comes more than two hours late is not said, nor what may have been said', () => {
    const [day] = planMessages(visit, null, Date.parse('2027-02-20T00:00:00Z'));
    const plannedMs = day!.plannedAt.getTime();
    expect(judge(visit, day!, plannedMs + 2 * hourMs)).to.equal('send');
    expect(judge(visit, day!, plannedMs + 2 * hourMs + 1)).to.equal('drop');
    expect(judge(visit, { ...day!, isOpen: true }, plannedMs)).to.equal('drop');
    const [news] = planMessages(visit, 'confirmed', plannedMs);
    expect(judge(visit, { ...news!, isOpen: true }, plannedMs + 5 * hourMs)).to.equal('send');
    expect(judge(visit, news!, visit.end.getTime())).to.equal('drop');
    const lateShop = { ...visit, start: new Date('2027-03-02T14:50:00Z'), end: new Date('2027-03-02T15:20:00Z') };
    const hours = planMessages(lateShop, null, plannedMs).at(-1)!;
    // 20:50 was right; at 21:30 the customer has gone to bed.
    expect(hours.plannedAt.toISOString()).to.equal('2027-03-02T12:50:00.000Z');
    expect(judge(lateShop, hours, Date.parse('2027-03-02T13:30:00Z'))).to.be.an.instanceof(Date);
  });
});

describe('reminders of a running server', function reminders() {
  this.timeout(60_000);
  let test: TestServer;
  let mail: MailServer;
  let clinic: Clinic;
  let nowMs = Date.now();
  let made = 0;
  let email = '';

  before(async () => {
    mail = await startMailServer();
    test = await startTestServer({ env: mail.env, clock: { now: () => nowMs } });
  });
  after(async () => {
    await test.close();
    await mail.close();
  });
  beforeEach(async () => {
    nowMs = Date.now();
    mail.mood = 'take';
    email = `reminded-${(made += 1)}@example.test`;
    clinic = await openClinic(test);
  });

  const book = (start: string): Promise<BookedDto> => clinic.book(start, { more: { customer: { ...MEI, email } } });
  /** What arrived by then, oldest first; subjects up to their colon. */
  async function subjectsBy(atMs: number): Promise<(string | undefined)[]> {
    nowMs = atMs;
    await test.server.booking.drainMessages();
    return mail.to(email).map(({ subject }) => subject?.split(':')[0]);
  }

  it('BK-23: each once, however often anybody looks', async () => {
    const start = at(12, { days: 4 });
    const startMs = Date.parse(start);
    await book(start);
    expect(await subjectsBy(startMs - 25 * hourMs)).to.deep.equal(['Booked']);
    expect(await subjectsBy(startMs - 24 * hourMs)).to.deep.equal(['Booked', 'Reminder']);
    expect(await subjectsBy(startMs - 24 * hourMs + minuteMs)).to.deep.equal(['Booked', 'Reminder']);
    expect(await subjectsBy(startMs - 2 * hourMs)).to.deep.equal(['Booked', 'Reminder', 'Soon']);
    expect(await subjectsBy(startMs + hourMs)).to.deep.equal(['Booked', 'Reminder', 'Soon']);
  });

  it('BK-23: of a visit that moved by its new time alone, of one that was cancelled never', async () => {
    const oldMs = Date.parse(at(12, { days: 4 }));
    const newMs = Date.parse(at(12, { days: 6 }));
    const booked = await book(new Date(oldMs).toISOString());
    const who = clinic.customer();
    const moved = dataOf(
      await who.call('booking:reschedule-own', {
        manageToken: booked.manageToken,
        version: booked.booking.version,
        start: new Date(newMs).toISOString(),
      }),
    );
    expect(await subjectsBy(oldMs - 24 * hourMs)).to.deep.equal(['New time']);
    expect(await subjectsBy(newMs - 24 * hourMs)).to.deep.equal(['New time', 'Reminder']);
    const { manageToken, booking } = moved;
    dataOf(await who.call('booking:cancel-own', { manageToken, version: booking.version, reason: '' }));
    expect(await subjectsBy(newMs - 2 * hourMs)).to.deep.equal(['New time', 'Reminder', 'Cancelled']);
  });

  it('BK-23: who is there already is not told to come', async () => {
    const startMs = Date.parse(at(12));
    const { id: bookingId, version } = await clinic.must('booking:create', {
      serviceId: clinic.service.id,
      staffId: null,
      start: new Date(startMs).toISOString(),
      customer: { ...MEI, email },
      answers: {},
    });
    await mail.waitFor(email, 1);
    await clinic.must('booking:mark', { bookingId, version, mark: 'arrive', reason: '' });
    expect(await subjectsBy(startMs - 2 * hourMs)).to.deep.equal(['Booked']);
  });

  it('BK-23: after three tries it is given up, and a mailbox that does not exist is tried once', async () => {
    for (const [mood, tries] of [
      ['later', 3],
      ['never', 1],
    ] as const) {
      const startMs = Date.parse(at(12, { days: 4 }));
      email = `${mood}-${email}`;
      await clinic.must('booking:create', {
        serviceId: clinic.service.id,
        staffId: null,
        start: new Date(startMs + (mood === 'later' ? 0 : hourMs)).toISOString(),
        customer: { ...MEI, email },
        answers: {},
      });
      await mail.waitFor(email, 1);
      mail.mood = mood;
      const before = mail.tries;
      for (let minute = 0; minute < 60; minute += 5) {
        await subjectsBy(startMs - 24 * hourMs + hourMs + minute * minuteMs);
      }
      expect(mail.tries - before, mood).to.equal(tries);
      mail.mood = 'take';
      nowMs = Date.now();
    }
  });
});

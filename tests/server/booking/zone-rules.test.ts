/** booking.md 5.2, rule 5: the rules of a zone change after visits were booked, and every visit keeps its time on the wall. */
import { expect } from 'chai';
import { getZone } from '@frontdesk/domain/hours/zone';
import { dueStart, type ZoneRules } from '@frontdesk/server/booking/zone-shift';
import type { BookingDto } from '@frontdesk/protocol/booking-fields';
import { ZONE_RULES_REASON, ZONE_TAKEN_REASON } from '@frontdesk/protocol/vocabulary';
import { at as atHour, dateOf, findOverlaps, ZONE } from '../../support/booking.js';
import { calendarOf } from '../../support/calendar-reader.js';
import { openClassroom, type Classroom } from '../../support/classroom.js';
import { startTestDatabase, type TestDatabase } from '../../support/database.js';
import { startMailServer, type MailServer } from '../../support/mail-server.js';
import { startTestServer, type TestServer } from '../../support/server.js';

const hourMs = 3_600_000;
/** Far enough ahead for nobody to be reminded yet. */
const at = (hour: number, days = 6): string => atHour(hour, { days });
const JWT_SECRETS = `zones:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`;

describe('rules of a zone that change', function zones() {
  this.timeout(60_000);
  let database: TestDatabase;
  let mail: MailServer;
  let test: TestServer;
  let twin: TestServer;
  let old: TestServer;
  let room: Classroom;
  let isChanged = false;
  let aheadMs = 0;

  /** From one day to the next the branch keeps the time of Bangkok, an hour behind. */
  const rules: ZoneRules = {
    version: '2099a',
    zoneOf: (name) => getZone(isChanged && name === ZONE ? 'Asia/Bangkok' : name),
  };

  before(async () => {
    database = await startTestDatabase();
    mail = await startMailServer();
    const env = { ...mail.env, MONGODB_URI: database.uri, JWT_SECRETS };
    const clock = { now: () => Date.now() + aheadMs };
    test = await startTestServer({ env, clock, zoneRules: rules });
    twin = await startTestServer({ env, clock, zoneRules: rules });
    old = await startTestServer({ env, clock, zoneRules: { version: '2001a', zoneOf: getZone } });
    room = await openClassroom(test);
  });
  after(async () => {
    await Promise.all([test.close(), twin.close(), old.close()]);
    await mail.close();
    await database.close();
  });

  const agenda = async (): Promise<BookingDto[]> => {
    const day = { locationId: room.locationId, from: dateOf(at(9)), days: 1 };
    return (await room.must('agenda:read', day)).bookings;
  };
  const sessions = async () => {
    const day = { locationId: room.locationId, from: dateOf(at(9, 7)), days: 1 };
    return (await room.must('class-session:agenda', day)).sessions;
  };
  const laterBy = (instant: string, hours: number): string =>
    new Date(Date.parse(instant) + hours * hourMs).toISOString();
  const bookFor = (name: string, hour: number): Promise<unknown> => {
    const customer = { name, phone: null, email: `${name}@example.test` };
    return room.book(at(hour), { more: { customer } });
  };
  const called = (list: BookingDto[], name: string): BookingDto => {
    const found = list.find(({ customer }) => customer.name === name);
    if (!found) throw new Error(`${name} is not in the agenda`);
    return found;
  };

  it('BK-14: visits and classes keep their time on the wall, once, whoever looks; what is taken stays and is flagged', async () => {
    for (const [index, name] of ['ann', 'bob', 'cas', 'dan', 'hal', 'ivy'].entries())
      await bookFor(name, 10 + index / 2);
    await bookFor('eve', 14);
    await bookFor('fay', 15);
    const pupil = room.pupil('Gus');
    const session = await room.addSession(10, { days: 7 });
    await room.enrol(pupil, session.id);
    await test.server.booking.drainMessages();
    const unchanged = await agenda();
    await test.server.booking.zones.check();
    expect(await agenda(), 'nothing has changed yet').to.deep.equal(unchanged);
    // Who booked under the new rules already has the time that eve's clock will show.
    const allocations = test.server.core.connection.collection('allocations');
    await allocations.updateOne({ 'customer.name': 'fay' }, { $set: { wallStart: `${dateOf(at(9))}T14:00` } });
    const before = await agenda();

    isChanged = true;
    aheadMs += 24 * hourMs + 1;
    await Promise.all([test.server.booking.zones.check(), twin.server.booking.zones.check()]);
    const after = await agenda();
    for (const name of ['ann', 'bob', 'cas', 'dan', 'hal', 'ivy']) {
      const [was, is] = [called(before, name), called(after, name)];
      expect(is.start, name).to.equal(laterBy(was.start, 1));
      expect(is.segments[0]?.start).to.equal(is.start);
      expect(is.wallStart).to.equal(was.wallStart);
      expect(is.zoneChange).to.deep.equal({ from: was.start, to: is.start, isMoved: true });
      expect(is.history.slice(was.history.length).map(({ by, reason }) => [by, reason])).to.deep.equal([
        ['system', ZONE_RULES_REASON],
      ]);
    }
    const eve = called(after, 'eve');
    expect(eve.start).to.equal(called(before, 'eve').start);
    expect(eve.zoneChange).to.deep.equal({ from: eve.start, to: called(after, 'fay').start, isMoved: false });
    expect(eve.history.at(-1)).to.include({ by: 'system', reason: ZONE_TAKEN_REASON });
    expect(called(after, 'fay')).to.deep.equal(called(before, 'fay'));
    expect(await findOverlaps(test)).to.deep.equal([]);
    const [moved] = await sessions();
    expect(moved?.start).to.equal(laterBy(session.start, 1));
    expect(moved?.zoneChange?.isMoved).to.equal(true);
  });

  it('BK-25: the calendar of whoever was moved gets the same visit with a higher sequence at the right instant', async () => {
    await test.server.booking.drainMessages();
    const [booked, still] = mail.to('ann@example.test').map((one) => calendarOf(one).events[0]);
    const ann = called(await agenda(), 'ann');
    expect(still?.uid).to.equal(booked?.uid);
    expect(Number(still?.sequence)).to.be.greaterThan(Number(booked?.sequence));
    expect(still?.start.toISOString()).to.equal(ann.start);
    const subjects = mail.to('ann@example.test').map(({ subject }) => subject);
    expect(subjects.at(-1)).to.match(/^Your time stays: /u);
    expect(mail.to('eve@example.test')).to.have.length(1);
    expect(mail.to('gus@example.test').map(({ subject }) => subject)).to.have.length(2);
  });

  it('BK-14: older rules turn nothing back, the next day changes nothing, and a time that becomes free is taken then', async () => {
    const before = await agenda();
    aheadMs += 1;
    await old.server.booking.zones.check();
    await test.server.booking.zones.check();
    expect(await agenda()).to.deep.equal(before);
    const { id: bookingId, version } = called(before, 'fay');
    await room.must('booking:mark', { bookingId, version, mark: 'cancel', reason: '' });
    await test.server.booking.zones.check();
    expect(called(await agenda(), 'eve').zoneChange?.isMoved, 'looked at once a day').to.equal(false);
    aheadMs += 24 * hourMs;
    await Promise.all([old.server.booking.zones.check(), test.server.booking.zones.check()]);
    const eve = called(await agenda(), 'eve');
    expect(eve.zoneChange?.isMoved).to.equal(true);
    const ann = called(await agenda(), 'ann');
    expect(ann).to.deep.equal(called(before, 'ann'));
    // Staff who move it have seen to it.
    const move = { bookingId: ann.id, version: ann.version, start: at(9), staffId: null };
    expect(await room.must('booking:move', move)).to.not.have.property('zoneChange');
  });

  it('BK-14: a time that the clock shows twice is right at either; in a gap the visit begins where the clock goes on', () => {
    const zoneOf = getZone;
    const autumn = { zone: 'Europe/Berlin', wallStart: '2026-10-25T02:30' };
    const twice = getZone('Europe/Berlin').toInstants('2026-10-25', 150);
    expect(twice).to.have.length(2);
    for (const start of twice)
      expect(dueStart({ ...autumn, start: new Date(start) }, { version: '', zoneOf })).to.equal(null);
    const spring = { zone: 'Europe/Berlin', wallStart: '2027-03-28T02:30', start: new Date('2027-03-28T00:30:00Z') };
    const due = dueStart(spring, { version: '', zoneOf });
    expect(due?.toISOString()).to.equal('2027-03-28T01:30:00.000Z');
    expect(due && dueStart({ ...spring, start: due }, { version: '', zoneOf })).to.equal(null);
  });
});

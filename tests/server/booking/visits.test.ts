/** Visits of several services: booked whole or not at all (BK-9). */
import { expect } from 'chai';
import type { BookingServiceDto } from '@frontdesk/protocol/booking-fields';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import {
  at,
  codeOf,
  confirmation,
  dateOf,
  findOverlaps,
  MEI,
  openClinic,
  readLive,
  type Clinic,
} from '../../support/booking.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

describe('visits of several services', function visits() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;
  let services: readonly [BookingServiceDto, BookingServiceDto, BookingServiceDto];

  before(async () => {
    test = await startTestServer();
  });
  after(() => test.close());

  /** Wash and cut by either of two, colour by the second alone; all in the one room. */
  beforeEach(async () => {
    clinic = await openClinic(test, { staff: 0 });
    const room = await clinic.addPool('Room', 1);
    const segments = [{ minutes: 30, needsStaff: true, poolIds: [room.id] }];
    const make = (en: string, more: object = {}) => clinic.addService({ names: { en }, segments, ...more });
    services = [await make('Wash'), await make('Cut'), await make('Colour')];
    const [wash, cut, colour] = services.map(({ id }) => id);
    await clinic.addStaff('Ann', { serviceIds: [wash, cut] });
    await clinic.addStaff('Ben', { serviceIds: [wash, cut, colour], priority: 0 });
  });

  const following = () => services.slice(1).map(({ id: serviceId }) => ({ serviceId, staffId: null }));
  const visit = (start: string) => ({ serviceId: services[0].id, staffId: null, start, followedBy: following() });
  const names = (ids: readonly { serviceNames: { en: string }; staffName: string | null }[]) =>
    ids.map(({ serviceNames, staffName }) => [serviceNames.en, staffName]);

  it('BK-9: three services with two people and one room are listed, held, booked and shown as one', async () => {
    const who = clinic.customer();
    const question = { serviceId: services[0].id, staffId: null, from: dateOf(at(9)), days: 1 };
    const single = dataOf(await who.call('slot:list', question));
    const whole = dataOf(await who.call('slot:list', { ...question, followedBy: following() }));
    expect(single.days[0]).to.not.deep.equal(whole.days[0]);
    const held = dataOf(await who.call('hold:create', visit(at(9))));
    expect([held.start, held.end]).to.deep.equal([at(9), at(10.5)]);
    expect(held.followedBy?.map(({ staffName, start }) => [staffName, start])).to.deep.equal([
      ['Ann', at(9.5)],
      ['Ben', at(10)],
    ]);
    const { booking } = dataOf(await who.call('booking:confirm', confirmation(held.id)));
    expect([booking.serviceNames.en, booking.staffName]).to.deep.equal(['Wash', 'Ann']);
    expect(names(booking.followedBy)).to.deep.equal([
      ['Cut', 'Ann'],
      ['Colour', 'Ben'],
    ]);
    const { bookings } = await clinic.must('agenda:read', {
      locationId: clinic.locationId,
      from: dateOf(at(9)),
      days: 1,
    });
    expect(bookings.map(({ segments }) => segments.map(({ serviceId }) => serviceId))).to.deep.equal([
      services.map(({ id }) => id),
    ]);
    const free = await clinic.starts(dateOf(at(9)), { serviceId: services[2].id });
    expect(free).to.include('10:30').and.not.include('10:00');
  });

  it('BK-9: when one part is taken nothing of the visit is, and other starts are named', async () => {
    await clinic.must('booking:create', {
      serviceId: services[2].id,
      staffId: null,
      start: at(10),
      customer: MEI,
      answers: {},
    });
    const before = (await readLive(test)).length;
    const refused = await clinic.customer().call('hold:create', visit(at(9)));
    expect(codeOf(refused)).to.equal('SLOT_TAKEN');
    expect(await readLive(test)).to.have.length(before);
    const { alternatives } = (refused.result as never as { error: { current: { alternatives: string[] } } }).error
      .current;
    expect(alternatives[0]).to.equal(at(10.5));
    const closing = await clinic.customer().call('hold:create', visit(at(16)));
    expect(codeOf(closing)).to.equal('SLOT_CLOSED');
  });

  it('BK-9: of forty visits and single services at once, those that are booked are whole and overlap nowhere', async () => {
    const wishes = Array.from({ length: 40 }, (_, index) => {
      const start = at(9 + (index % 6) / 2);
      return index % 2 === 0 ? visit(start) : { serviceId: services[2].id, staffId: null, start };
    });
    const answers = await Promise.all(wishes.map((wish) => clinic.customer().call('hold:create', wish)));
    expect(answers.map(codeOf).filter((code) => code !== 'OK' && code !== 'SLOT_TAKEN')).to.deep.equal([]);
    expect(answers.map(codeOf)).to.include('OK');
    expect(await findOverlaps(test)).to.deep.equal([]);
    for (const [index, answer] of answers.entries()) {
      if (!answer.result.ok) continue;
      const { start, end } = answer.result.data;
      expect(Date.parse(end) - Date.parse(start)).to.equal((index % 2 === 0 ? 90 : 30) * 60_000);
    }
  });

  it('BK-9: the visit is moved whole or stays whole, and its rules are those of all its services', async () => {
    await clinic.must('booking-service:update', {
      serviceId: services[1].id,
      confirmation: 'approve',
      maxReschedules: 1,
    });
    const who = clinic.customer();
    const { id } = dataOf(await who.call('hold:create', visit(at(9))));
    const booked = dataOf(await who.call('booking:confirm', confirmation(id)));
    expect(booked.booking.state).to.equal('requested');
    await clinic.must('booking:create', {
      serviceId: services[0].id,
      staffId: null,
      start: at(13),
      customer: MEI,
      answers: {},
    });
    const move = { manageToken: booked.manageToken, version: booked.booking.version };
    expect(codeOf(await who.call('booking:reschedule-own', { ...move, start: at(12) }))).to.equal('SLOT_TAKEN');
    const moved = dataOf(await who.call('booking:reschedule-own', { ...move, start: at(9.5) }));
    expect([moved.booking.start, moved.booking.end]).to.deep.equal([at(9.5), at(11)]);
    expect(names(moved.booking.followedBy)).to.deep.equal(names(booked.booking.followedBy));
    const again = { manageToken: moved.manageToken, version: moved.booking.version, start: at(14) };
    expect(codeOf(await who.call('booking:reschedule-own', again))).to.equal('CAP_REACHED');
  });

  it('BK-9: twins and lost answers book once; foreign, closed and too many services are refused', async () => {
    const who = clinic.customer();
    const key = createIdempotencyKey();
    const twins = await Promise.all([1, 2, 3].map(() => who.call('hold:create', visit(at(9)), key)));
    expect(new Set(twins.map((twin) => dataOf(twin).id)).size).to.equal(1);
    const other = { ...visit(at(9)), followedBy: following().slice(1) };
    expect(codeOf(await who.call('hold:create', other, key))).to.equal('IDEMPOTENCY_MISMATCH');
    const stranger = await openClinic(test);
    const [foreign, colour] = [stranger.service.id, services[2].id];
    const ask = async (followedBy: object[]) =>
      codeOf(await who.call('hold:create', { ...visit(at(12)), followedBy: followedBy as never }));
    expect(await ask([{ serviceId: foreign, staffId: null }])).to.equal('NOT_FOUND');
    expect(await ask([{ serviceId: colour, staffId: stranger.staff[0]?.id }])).to.equal('NOT_FOUND');
    expect(await ask(Array.from({ length: 5 }, () => ({ serviceId: colour, staffId: null })))).to.equal('VALIDATION');
    await clinic.must('booking-service:update', { serviceId: colour, isArchived: true });
    expect(await ask([{ serviceId: colour, staffId: null }])).to.equal('NOT_FOUND');
  });

  it('BK-9: each part says when it begins, also one with processing time that is given twice', async () => {
    const segments = [
      { minutes: 15, needsStaff: true, poolIds: [] },
      { minutes: 20, needsStaff: false, poolIds: [] },
    ];
    const dye = await clinic.addService({ names: { en: 'Dye' }, segments });
    await clinic.addStaff('Cem', { serviceIds: [dye.id] });
    const twice = { serviceId: dye.id, staffId: null };
    const who = clinic.customer();
    const wash = { serviceId: services[0].id, staffId: null };
    const held = dataOf(await who.call('hold:create', { ...twice, start: at(9), followedBy: [twice, wash] }));
    const starts = [at(9 + 35 / 60), at(9 + 70 / 60)];
    expect(held.followedBy?.map(({ start }) => start)).to.deep.equal(starts);
    const { booking } = dataOf(await who.call('booking:confirm', confirmation(held.id)));
    expect(booking.followedBy.map(({ start }) => start)).to.deep.equal(starts);
  });

  it('BK-9: staff book a visit for somebody who calls', async () => {
    const input = { ...visit(at(9)), customer: MEI, answers: {} };
    const key = createIdempotencyKey();
    const booked = dataOf(await clinic.ask('booking:create', input, key));
    expect(booked.segments).to.have.length(3);
    expect(dataOf(await clinic.ask('booking:create', input, key))).to.deep.equal(booked);
    const { id: bookingId, version } = booked;
    const moved = await clinic.must('booking:move', { bookingId, version, start: at(9.5), staffId: null });
    expect(moved.segments.map(({ start }) => start)).to.deep.equal([at(9.5), at(10), at(10.5)]);
  });

  it('BK-32: what each of the services asks is asked once, and how often a person may have each is counted', async () => {
    const note = { type: 'text', isRequired: true, isSensitive: false, onlyIf: null } as const;
    const questions = (key: string) => [{ ...note, key, labels: { en: key }, options: [] }];
    const [, cut, colour] = services;
    await clinic.must('booking-service:update', { serviceId: cut.id, questions: questions('length') });
    await clinic.must('booking-service:update', {
      serviceId: colour.id,
      questions: [...questions('length'), ...questions('tone')],
      maxPerCustomerPerDay: 1,
    });
    const who = clinic.customer();
    const { id } = dataOf(await who.call('hold:create', visit(at(9))));
    const confirm = async (answers: Record<string, string>) => {
      const { result } = await who.call('booking:confirm', { ...confirmation(id), answers });
      return result.ok ? 'OK' : Object.keys(result.error.fields ?? {});
    };
    expect(await confirm({})).to.deep.equal(['answers.length', 'answers.tone']);
    expect(await confirm({ length: 'short', tone: 'red' })).to.equal('OK');
    const second = clinic.customer();
    const held = dataOf(await second.call('hold:create', { serviceId: colour.id, staffId: null, start: at(14) }));
    const answers = { length: 'short', tone: 'red' };
    expect(codeOf(await second.call('booking:confirm', { ...confirmation(held.id), answers }))).to.equal('CAP_REACHED');
  });
});

/** Lists of free times: what is offered when, and how those who look at one hear that it changed. */
import { decodeSlotChange } from '@frontdesk/domain/booking/slot-change';
import { decodeSlots } from '@frontdesk/domain/booking/slot-codec';
import { expect } from 'chai';
import type { SlotList } from '@frontdesk/protocol/booking-visitor';
import { createVisitorToken } from '@frontdesk/protocol/ids';
import type { VisitorFacts } from '@frontdesk/protocol/visitor';
import { at, codeOf, confirmation, dateOf, openClinic, type Clinic } from '../../support/booking.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';
import type { VisitorSocket } from '../../support/sockets.js';

type Change = VisitorFacts['slots:changed'];
/** How a revision ends. */
const endOf = (rev: string): string => rev.split('.').at(-1) ?? '';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const minutesOf = (instant: string): number => Date.parse(instant) / minuteMs;

describe('free times', function slots() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;
  let aheadMs = 0;
  const sockets: VisitorSocket[] = [];

  before(async () => {
    test = await startTestServer({ clock: { now: () => Date.now() + aheadMs } });
  });
  after(() => test.close());
  beforeEach(async () => {
    aheadMs = 0;
    clinic = await openClinic(test);
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.close();
  });

  const question = () => ({ serviceId: clinic.service.id, staffId: null, from: dateOf(at(9)), days: 1 });
  async function openSocket(): Promise<VisitorSocket> {
    const socket = clinic.shop.visitor({ token: createVisitorToken() });
    sockets.push(socket);
    await socket.ready();
    return socket;
  }
  const watch = async (socket: VisitorSocket): Promise<SlotList> =>
    dataOf({ result: await socket.call('slot:watch', question()) });

  it('BK-16: notice and horizon bind what is shown, what is held and what is booked', async () => {
    const { id: serviceId } = clinic.service;
    aheadMs = Date.parse(at(9.5)) - Date.now() - minuteMs;
    expect((await clinic.starts(dateOf(at(9))))[0]).to.equal('10:30');
    const hold = (start: string, who = clinic.customer()) =>
      who.call('hold:create', { serviceId, staffId: null, start });
    expect(codeOf(await hold(at(10)))).to.equal('SLOT_CLOSED');
    await clinic.must('booking-service:update', { serviceId, horizonDays: 2 });
    const tomorrow = at(10, { days: 3 });
    const later = at(10, { days: 4 });
    expect(await clinic.starts(dateOf(tomorrow))).to.include('10:00');
    expect(await clinic.starts(dateOf(later))).to.deep.equal([]);
    expect(codeOf(await hold(later))).to.equal('SLOT_CLOSED');
    const who = clinic.customer();
    const held = dataOf(await hold(tomorrow, who));
    await clinic.must('booking-service:update', { serviceId, horizonDays: 1 });
    expect(codeOf(await who.call('booking:confirm', confirmation(held.id)))).to.equal('SLOT_CLOSED');
    await clinic.must('booking-service:update', { serviceId, horizonDays: 2, minNoticeMinutes: 60 * 48 });
    expect(codeOf(await who.call('booking:confirm', confirmation(held.id)))).to.equal('SLOT_CLOSED');
    await clinic.must('booking-service:update', { serviceId, minNoticeMinutes: 60 });
    expect(codeOf(await who.call('booking:confirm', confirmation(held.id)))).to.equal('OK');
  });

  it('BK-16: typing does not use up the notice that was kept when the time was held', async () => {
    aheadMs = Date.parse(at(9)) - Date.now() - minuteMs;
    const who = clinic.customer();
    const { id } = await clinic.hold(at(10), { customer: who });
    aheadMs += 3 * minuteMs;
    expect(codeOf(await who.call('booking:confirm', confirmation(id)))).to.equal('OK');
  });

  it('BK-16: staff are bound by neither, but by hours and taken time', async () => {
    aheadMs = Date.parse(at(9.5)) - Date.now();
    const create = (start: string) =>
      clinic.ask('booking:create', {
        serviceId: clinic.service.id,
        staffId: null,
        start,
        customer: { name: 'Walk-in', phone: null, email: null },
        answers: {},
      });
    expect(codeOf(await create(at(9.5)))).to.equal('OK');
    expect(codeOf(await create(at(9.5)))).to.equal('SLOT_TAKEN');
    expect(codeOf(await create(at(10, { days: 300 })))).to.equal('OK');
    expect(codeOf(await create(at(20)))).to.equal('SLOT_CLOSED');
  });

  it('BK-18: another viewer loses a held start and has it back after the release, without asking', async () => {
    const [socket, other] = await Promise.all([openSocket(), openSocket()]);
    const list = await watch(socket);
    const who = clinic.customer();
    const held = await clinic.hold(at(10), { customer: who });
    const read = (change: Change) => decodeSlotChange(change, question().from);
    const fact = await socket.fact<Change>('slots:changed');
    expect(JSON.stringify(fact).length, 'bytes').to.be.at.most(28);
    const lost = read(fact);
    expect(lost).to.deep.include({ prev: endOf(list.rev), added: [], removed: [minutesOf(at(10))] });
    const late = await watch(other);
    expect(endOf(late.rev)).to.equal(lost.rev);
    expect(decodeSlots(late).flat()).to.not.include(minutesOf(at(10)));
    dataOf(await who.call('hold:release', { holdId: held.id }));
    const back = read(await socket.fact<Change>('slots:changed', (one) => read(one).added.length > 0));
    expect(back).to.deep.include({ prev: lost.rev, added: [minutesOf(at(10))], removed: [] });
    expect((await other.fact<Change>('slots:changed'))[1]).to.equal(back.rev);
    // Whoever was away asks again and is right.
    expect(endOf((await watch(other)).rev)).to.equal(back.rev);
    expect(decodeSlots(await watch(socket)).flat()).to.include(minutesOf(at(10)));
  });

  it('BK-6 BK-18: a viewer hears that a hold ran out, within a second, and nobody asked', async () => {
    const held = await clinic.hold(at(10));
    const socket = await openSocket();
    await watch(socket);
    aheadMs = Date.parse(held.expiresAt) - Date.now() - 1_500;
    expect(socket.heard.filter(({ name }) => name === 'slots:changed')).to.deep.equal([]);
    const change = await socket.fact<Change>('slots:changed');
    expect(decodeSlotChange(change, question().from).added).to.deep.equal([minutesOf(at(10))]);
    expect(Math.abs(Date.now() + aheadMs - Date.parse(held.expiresAt))).to.be.below(1_000);
  });

  it('BK-18: a burst of changes comes as at most four a second, and the list is right in the end', async () => {
    clinic = await openClinic(test, {
      service: { intervalMinutes: 30, segments: [{ minutes: 30, needsStaff: true, poolIds: [] }] },
    });
    const socket = await openSocket();
    const list = await watch(socket);
    const startedMs = Date.now();
    const hours = Array.from({ length: 16 }, (_, index) => 9 + index / 2);
    // One after the other, so that each would be a push of its own.
    for (const hour of hours) await clinic.hold(at(hour));
    const free = new Set(decodeSlots(list).flat());
    const read = () => {
      for (const { name, fact } of socket.heard.splice(0)) {
        if (name !== 'slots:changed') continue;
        for (const start of decodeSlotChange(fact as Change, question().from).removed) free.delete(start);
        pushes += 1;
      }
      return free.size === 0;
    };
    let pushes = 0;
    await socket.until('the day to be full', read);
    expect(pushes).to.be.at.most(1 + Math.ceil((Date.now() - startedMs) / 250));
  });

  it('BK-18: who stopped watching, or watches another list, hears nothing of this one', async () => {
    const [gone, elsewhere, witness] = await Promise.all([openSocket(), openSocket(), openSocket()]);
    for (const socket of [gone, elsewhere, witness]) await watch(socket);
    dataOf({ result: await gone.call('slot:unwatch', {}) });
    dataOf({ result: await elsewhere.call('slot:watch', { ...question(), from: dateOf(at(9, { days: 5 })) }) });
    await clinic.hold(at(10));
    await witness.fact('slots:changed');
    for (const socket of [gone, elsewhere]) {
      expect(socket.heard.map(({ name }) => name)).to.not.include('slots:changed');
    }
  });

  it('BK-19: revisions only grow, so that a client can tell which of two lists is older', async () => {
    const order = ({ rev }: SlotList): number[] => rev.split('.').slice(0, 2).map(Number);
    const ask = async (): Promise<SlotList> => dataOf(await clinic.customer().call('slot:list', question()));
    const lists = [await ask()];
    await clinic.hold(at(10));
    lists.push(await ask());
    await clinic.must('booking-service:update', { serviceId: clinic.service.id, horizonDays: 50 });
    lists.push(await ask());
    await clinic.book(at(11));
    lists.push(await ask());
    for (const [index, list] of lists.entries()) {
      const before = lists[index - 1];
      if (!before) continue;
      const [setup = 0, agenda = 0] = order(list);
      const [setupBefore = 0, agendaBefore = 0] = order(before);
      expect(setup).to.be.at.least(setupBefore);
      expect(agenda).to.be.at.least(agendaBefore);
      expect(setup + agenda).to.be.greaterThan(setupBefore + agendaBefore);
    }
    expect((await ask()).rev).to.equal(lists.at(-1)?.rev);
  });

  it('5.4: time off closes times at once, tells of visits in it, and opens them again', async () => {
    const [doctor] = clinic.staff;
    if (!doctor) throw new Error('The clinic has no doctor.');
    const booked = await clinic.book(at(10));
    const who = clinic.customer();
    const held = await clinic.hold(at(11), { customer: who });
    const { block, overlapping } = await clinic.must('block:create', {
      resourceId: doctor.id,
      start: at(10),
      end: at(12),
      reason: 'Conference',
    });
    expect(overlapping.map(({ code }) => code)).to.deep.equal([booked.booking.code]);
    expect(await clinic.starts(dateOf(at(9))))
      .to.include('09:30')
      .and.not.include.members(['10:30']);
    expect(codeOf(await who.call('booking:confirm', confirmation(held.id)))).to.equal('SLOT_CLOSED');
    const { blocks } = await clinic.must('agenda:read', {
      locationId: clinic.locationId,
      from: dateOf(at(9)),
      days: 1,
    });
    expect(blocks).to.deep.equal([block]);
    await clinic.must('block:delete', { blockId: block.id });
    expect(await clinic.starts(dateOf(at(9)))).to.include('10:30');
  });

  it('5.1: numbers of resources are never given again, and two processes give out none twice', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, (_, index) => clinic.addStaff(`Nurse ${index}`)));
    await clinic.must('resource:update', { resourceId: made[0]!.id, isArchived: true });
    await clinic.addStaff('Late');
    const rows = await test.server.core.connection
      .collection('booking_resources')
      .find({ tenantId: { $exists: true } })
      .toArray();
    const ours = rows.filter(({ tenantId }) => String(tenantId) === clinic.shop.owner.tenantId);
    const numbers = ours.map(({ rseq }) => Number(rseq)).sort((one, two) => one - two);
    expect(numbers).to.deep.equal(Array.from({ length: 10 }, (_, index) => index + 1));
  });

  it('MC-12: hours of the branch that change are in the next list', async () => {
    const hours = {
      weekly: Array.from({ length: 7 }, () => [{ from: '13:00', to: '14:00' }]),
      specialDays: [],
      holidays: [],
    };
    await clinic.must('location:update', { locationId: clinic.locationId, hours });
    expect(await clinic.starts(dateOf(at(9)))).to.deep.equal(['13:00', '13:30']);
  });

  it('5.1: a day that is full for its service offers nothing more', async () => {
    await clinic.must('booking-service:update', { serviceId: clinic.service.id, maxPerDay: 2 });
    await clinic.book(at(10));
    await clinic.hold(at(11));
    expect(await clinic.starts(dateOf(at(9)))).to.deep.equal([]);
    const another = { serviceId: clinic.service.id, staffId: null, start: at(12) };
    expect(codeOf(await clinic.customer().call('hold:create', another))).to.equal('SLOT_TAKEN');
    aheadMs = hourMs;
    expect(await clinic.starts(dateOf(at(9)))).to.include('12:00');
  });
});

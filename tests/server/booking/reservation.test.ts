/** Holding, booking, and what becomes of a time that two want. */
import { expect } from 'chai';
import { createIdempotencyKey, type BookingId } from '@frontdesk/protocol/ids';
import type { SlotAlternatives } from '@frontdesk/protocol/booking-visitor';
import type { AllocationRecord } from '@frontdesk/server/booking/allocation.model';
import { createAllocationStore } from '@frontdesk/server/booking/allocation.store';
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

const minuteMs = 60_000;

describe('reservation', function reservation() {
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
    clinic = await openClinic(test);
  });

  it('BK-20: browse, look, hold, book, read, move and cancel over HTTP', async () => {
    const who = clinic.customer();
    const { services, staff } = dataOf(await who.call('booking:browse', { locationId: null }));
    expect(services.map(({ minutes }) => minutes)).to.deep.equal([30]);
    expect(staff).to.have.length(1);
    const date = dateOf(at(9));
    expect(await clinic.starts(date)).to.include.members(['09:00', '16:30']);
    const held = await clinic.hold(at(10), { customer: who });
    expect(held).to.include({ staffName: 'Doctor 1', canExtend: true, start: at(10), end: at(10.5) });
    const booked = dataOf(await who.call('booking:confirm', confirmation(held.id)));
    const { booking, manageToken } = booked;
    expect(booking).to.include({
      state: 'confirmed',
      start: at(10),
      timeZone: 'Asia/Kuala_Lumpur',
      locationName: 'Main branch',
    });
    expect(await clinic.starts(date)).to.not.include('10:00');
    const own = dataOf(await clinic.customer().call('booking:read-own', { manageToken }));
    expect(own).to.deep.equal(booked);
    const moved = dataOf(
      await who.call('booking:reschedule-own', { manageToken, version: booking.version, start: at(11) }),
    );
    expect(moved.booking).to.include({ start: at(11), state: 'confirmed', version: booking.version + 1 });
    expect(await clinic.starts(date))
      .to.include('10:00')
      .and.not.include('11:00');
    const cancelled = dataOf(
      await who.call('booking:cancel-own', {
        manageToken: moved.manageToken,
        version: moved.booking.version,
        reason: '',
      }),
    );
    expect(cancelled.booking.state).to.equal('cancelled-by-customer');
    expect(await clinic.starts(date)).to.include('11:00');
  });

  it('BK-1: who comes second is told SLOT_TAKEN with up to six other starts', async () => {
    await clinic.hold(at(10));
    const answer = await clinic
      .customer()
      .call('hold:create', { serviceId: clinic.service.id, staffId: null, start: at(10) });
    expect(codeOf(answer)).to.equal('SLOT_TAKEN');
    const { alternatives } = (answer.result as unknown as { error: { current: SlotAlternatives } }).error.current;
    expect(alternatives)
      .to.have.length(6)
      .and.include.members([at(9.5), at(10.5)])
      .and.not.include(at(10));
  });

  it('BK-3: of a hundred who want anybody at one time, as many succeed as there are people, each with another', async () => {
    clinic = await openClinic(test, { staff: 4 });
    const asked = Array.from({ length: 100 }, () =>
      clinic.customer().call('hold:create', { serviceId: clinic.service.id, staffId: null, start: at(10) }),
    );
    const answers = await Promise.all(asked);
    const held = answers.filter(({ result }) => result.ok).map((answer) => dataOf(answer).staffId);
    expect(held).to.have.length(4);
    expect(new Set(held).size).to.equal(4);
    expect(answers.filter((answer) => codeOf(answer) === 'SLOT_TAKEN')).to.have.length(96);
    expect(await findOverlaps(test)).to.deep.equal([]);
  });

  it('BK-5: a request that waits for approval keeps its time until it is declined', async () => {
    clinic = await openClinic(test, { service: { confirmation: 'approve' } });
    const { booking } = await clinic.book(at(10));
    expect(booking.state).to.equal('requested');
    aheadMs = 20 * minuteMs;
    const again = { serviceId: clinic.service.id, staffId: null, start: at(10) };
    expect(codeOf(await clinic.customer().call('hold:create', again))).to.equal('SLOT_TAKEN');
    const { bookings } = await clinic.must('agenda:read', {
      locationId: clinic.locationId,
      from: dateOf(at(9)),
      days: 1,
    });
    const [request] = bookings;
    if (!request) throw new Error('The request is not in the agenda.');
    const declined = await clinic.must('booking:mark', {
      bookingId: request.id,
      version: request.version,
      mark: 'decline',
      reason: 'Away',
    });
    expect(declined.state).to.equal('declined');
    expect(declined.history.at(-1)).to.include({ by: 'staff', from: 'requested', to: 'declined', reason: 'Away' });
    expect(codeOf(await clinic.customer().call('hold:create', again))).to.equal('OK');
  });

  it('BK-6: a hold runs out for others at its time, though the sweeper has not come', async () => {
    const held = await clinic.hold(at(10));
    const leftMs = Date.parse(held.expiresAt) - Date.now();
    aheadMs = leftMs - 1_000;
    expect(await clinic.starts(dateOf(at(9)))).to.not.include('10:00');
    aheadMs = leftMs + 1;
    expect(await clinic.starts(dateOf(at(9)))).to.include('10:00');
    expect(await readLive(test)).to.satisfy((rows: { state: string }[]) => rows.some(({ state }) => state === 'held'));
    const other = await clinic.hold(at(10));
    expect(other.id).to.not.equal(held.id);
  });

  it('BK-6: who typed too long is told so, and cannot book', async () => {
    const who = clinic.customer();
    const held = await clinic.hold(at(10), { customer: who });
    aheadMs = 5 * minuteMs + 1_000;
    expect(codeOf(await who.call('booking:confirm', confirmation(held.id)))).to.equal('HOLD_EXPIRED');
    expect(codeOf(await who.call('hold:extend', { holdId: held.id }))).to.equal('HOLD_EXPIRED');
  });

  it('BK-6: a hold is extended once, by five minutes', async () => {
    const who = clinic.customer();
    const held = await clinic.hold(at(10), { customer: who });
    const key = createIdempotencyKey();
    const extended = dataOf(await who.call('hold:extend', { holdId: held.id }, key));
    expect(Date.parse(extended.expiresAt) - Date.parse(held.expiresAt)).to.equal(5 * minuteMs);
    expect(extended.canExtend).to.equal(false);
    expect(dataOf(await who.call('hold:extend', { holdId: held.id }, key))).to.deep.equal(extended);
    expect(codeOf(await who.call('hold:extend', { holdId: held.id }))).to.equal('CONFLICT');
    aheadMs = 9 * minuteMs;
    expect(codeOf(await who.call('booking:confirm', confirmation(held.id)))).to.equal('OK');
  });

  it('BK-7: the same confirmation twenty times at once is one booking with twenty identical answers', async () => {
    const who = clinic.customer();
    const held = await clinic.hold(at(10), { customer: who });
    const key = createIdempotencyKey();
    const tries = Array.from({ length: 20 }, () => who.call('booking:confirm', confirmation(held.id), key));
    const answers = (await Promise.all(tries)).map((answer) => dataOf(answer));
    for (const answer of answers) expect(answer).to.deep.equal(answers[0]);
    expect(
      await test.server.core.connection.collection('allocations').countDocuments({ code: answers[0]?.booking.code }),
    ).to.equal(1);
    const other = { ...confirmation(held.id), customer: { ...MEI, name: 'Somebody else' } };
    const mismatch = await who.call('booking:confirm', other, key);
    expect(mismatch.status).to.equal(422);
    expect(codeOf(mismatch)).to.equal('IDEMPOTENCY_MISMATCH');
  });

  it('BK-7: the same hold twenty times at once is one hold', async () => {
    clinic = await openClinic(test, { staff: 3 });
    const who = clinic.customer();
    const key = createIdempotencyKey();
    const input = { serviceId: clinic.service.id, staffId: null, start: at(10) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => who.call('hold:create', input, key)));
    expect(new Set(answers.map((answer) => dataOf(answer).id)).size).to.equal(1);
    expect(codeOf(await who.call('hold:create', { ...input, start: at(11) }, key))).to.equal('IDEMPOTENCY_MISMATCH');
  });

  it('BK-7: a booking that was taken back before anybody heard of it is no answer to a second try', async () => {
    const who = clinic.customer();
    const { id: holdId } = await clinic.hold(at(10), { customer: who });
    const input = { ...confirmation(holdId), proof: await who.prove(), website: '' };
    const key = createIdempotencyKey();
    const { booking } = dataOf(await who.call('booking:confirm', input, key));
    const { connection } = test.server.core;
    const allocations = createAllocationStore(connection.model<AllocationRecord>('BookingAllocation'));
    const id = holdId as string as BookingId;
    await allocations.undoConfirm(clinic.shop.site, id, booking.version, new Date(Date.now() - minuteMs));
    expect(codeOf(await who.call('booking:confirm', input, key))).to.equal('HOLD_EXPIRED');
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { decideCall, decideCallNext } from '@frontdesk/domain/queue/decide-call';
import { decideCheckIn } from '@frontdesk/domain/queue/decide-issue';
import { decideDefer, decideTransfer } from '@frontdesk/domain/queue/decide-serve';
import { findCounter } from '@frontdesk/domain/queue/floor';
import { orderLine, select, servicesOfPool } from '@frontdesk/domain/queue/select';
import type { TicketId } from '@frontdesk/protocol/ids';
import {
  createSetup,
  doctor,
  expectRefusal,
  minuteMs,
  one,
  payments,
  Place,
  priorityClass,
  reception,
  two,
} from '../support/place.js';

const elder = { classKey: 'elder', isClassConfirmed: true };
const vip = { classKey: 'vip', isClassConfirmed: true };

function createPlace(policy: Parameters<typeof createSetup>[0] = {}): Place {
  const place = new Place(createSetup(policy));
  place.open(one, two);
  return place;
}

const lineOf = (place: Place, includesAbsent = false, counterId: typeof one | null = one): TicketId[] => {
  const serviceIds = new Set([reception, payments]);
  return orderLine(place.floor, place.setup, { serviceIds, nowMs: place.nowMs, counterId, includesAbsent }).map(
    ({ ticket }) => ticket.id,
  );
};

const labels = (place: Place, ids: readonly TicketId[]) => ids.map((id) => place.ticket(id).label);

describe('who is next', () => {
  it('QC-2: first come, first served over the services of a counter', () => {
    const place = createPlace();
    const ids = [reception, payments, reception, payments].flatMap((serviceId) => place.issueMany(1, { serviceId }));
    expect(labels(place, lineOf(place))).to.deep.equal(['A001', 'B001', 'A002', 'B002']);
    expect(place.drain()).to.deep.equal(ids);
  });

  it('QA-6: a statutory class goes first; after so many in a row at a counter, one of the others', () => {
    const place = createPlace();
    const others = place.issueMany(3);
    const elders = place.issueMany(5, elder);
    const expected = [elders[0], elders[1], others[0], elders[2], elders[3], others[1], elders[4], others[2]];
    expect(lineOf(place)).to.deep.equal(expected);
    const rules = orderLine(place.floor, place.setup, {
      serviceIds: new Set([reception]),
      nowMs: place.nowMs,
      counterId: one,
      includesAbsent: false,
    }).map(({ reason }) => reason.rule);
    expect(rules.slice(0, 4)).to.deep.equal(['statutory', 'statutory', 'alternation', 'statutory']);
    expect(place.drain()).to.deep.equal(expected);
  });

  it('QA-6: the row of statutory tickets survives a call that is taken back, and one that was chosen', () => {
    const place = createPlace();
    const others = place.issueMany(2);
    place.issueMany(4, elder);
    const run = () => findCounter(place.floor, one).statutoryRun;
    place.callNext();
    expect(run()).to.equal(1);
    place.undo();
    expect(run()).to.equal(0);
    for (let count = 0; count < 2; count += 1) [place.callNext(), place.complete()];
    expect(run()).to.equal(2);
    expect(place.callNext()).to.equal(others[0]);
    expect(run()).to.equal(0);
    place.undo();
    expect(run()).to.equal(2);
    expect(place.callNext()).to.equal(others[0]);
    place.complete();
    const [chosen] = lineOf(place);
    if (!chosen) throw new Error('somebody waits');
    place.must(decideCall(place.situation, { counterId: one, ticketId: chosen, note: 'asked' }));
    expect(run()).to.equal(1);
  });

  it('QA-6: a soft class earns its place faster, never against the guard, and the guard never stops a statutory one', () => {
    const place = createPlace({ policy: { maxWaitMinutes: 30 } });
    const [first] = place.issueMany(1);
    place.wait(13 * minuteMs);
    const [favoured] = place.issueMany(1, vip);
    const order = () => lineOf(place);
    // 10 minutes at double rate and 5 minutes of head start: 25 against 24.
    place.wait(10 * minuteMs);
    expect(order()).to.deep.equal([favoured, first]);
    expect(select(place.floor, place.setup, one, place.nowMs)?.reason).to.deep.include({
      rule: 'credit',
      classKey: 'vip',
    });
    place.wait(7 * minuteMs);
    expect(order()).to.deep.equal([first, favoured]);
    const [old] = place.issueMany(1, elder);
    expect(order()).to.deep.equal([old, first, favoured]);
  });

  it('QA-6: without a guard the credit decides to the end', () => {
    const place = createPlace();
    const [first] = place.issueMany(1);
    place.wait(14 * minuteMs);
    const [favoured] = place.issueMany(1, vip);
    place.wait(60 * minuteMs);
    expect(lineOf(place)).to.deep.equal([favoured, first]);
  });

  it('QK-14: an appointment is called from its lead time on, before those who just came', () => {
    const place = createPlace();
    const walkIns = place.issueMany(2);
    const booked = place.issue({ bookedForMs: place.nowMs + 30 * minuteMs });
    expect(
      expectRefusal(decideCheckIn({ ...place.situation, nowMs: place.nowMs - 31 * minuteMs }, booked), 'OUTSIDE_WINDOW')
        .retryAfterMs,
    ).to.equal(minuteMs);
    place.must(decideCheckIn(place.situation, booked));
    expect(lineOf(place)).to.deep.equal(walkIns);
    expect(lineOf(place, true)).to.deep.equal([...walkIns, booked]);
    place.wait(20 * minuteMs);
    expect(lineOf(place)).to.deep.equal([booked, ...walkIns]);
    expect(select(place.floor, place.setup, one, place.nowMs)?.reason.rule).to.equal('appointment');
  });

  it('QK-14: of two appointments the later of time and arrival counts; a late one queues as a walk-in', () => {
    const place = createPlace();
    const [noon, soon, missed] = [20, 5, 1].map((minutes) =>
      place.issue({ bookedForMs: place.nowMs + minutes * minuteMs }),
    ) as [TicketId, TicketId, TicketId];
    const [walkIn] = place.issueMany(1);
    place.must(decideCheckIn(place.situation, noon));
    place.must(decideCheckIn(place.situation, soon));
    place.wait(17 * minuteMs);
    place.must(decideCheckIn(place.situation, missed));
    expect(place.ticket(missed)).to.include({ bookedForMs: null, queuedAtMs: place.nowMs });
    expect(lineOf(place)).to.deep.equal([soon, noon, walkIn, missed]);
  });

  it('QK-14: sent on, an appointment has no advantage over the next line', () => {
    const place = createPlace();
    const booked = place.issue({ bookedForMs: place.nowMs });
    place.must(decideCheckIn(place.situation, booked));
    const [waiting] = place.issueMany(1, { serviceId: doctor });
    place.callNext();
    place.wait(minuteMs);
    const request = { counterId: one, ticketId: booked, serviceId: doctor, mode: 'back', toCounterId: null } as const;
    place.must(decideTransfer(place.situation, request));
    expect(place.drain(two)).to.deep.equal([waiting, booked]);
  });

  it('QP-5: who joined from afar keeps the place but is not called before arriving; a counter may still choose', () => {
    const place = createPlace();
    const remote = place.issue({ presence: 'remote', source: 'web' });
    const here = place.issueMany(2);
    expect(lineOf(place)).to.deep.equal(here);
    expect(lineOf(place, true)).to.deep.equal([remote, ...here]);
    expect(decideCall(place.situation, { counterId: one, ticketId: remote, note: 'stands here' }).ok).to.equal(true);
    place.must(decideCheckIn(place.situation, remote));
    expect(place.must(decideCheckIn(place.situation, remote))).to.have.length(0);
    expect(place.callNext()).to.equal(remote);
  });

  it('QP-5: who was chosen without having arrived is here from then on, also in the next line', () => {
    const place = createPlace();
    const remote = place.issue({ presence: 'remote' });
    place.must(decideCall(place.situation, { counterId: one, ticketId: remote, note: 'stands here' }));
    place.start();
    const request = { counterId: one, ticketId: remote, serviceId: doctor, mode: 'sorted', toCounterId: null } as const;
    place.must(decideTransfer(place.situation, request));
    expect(place.callNext(two)).to.equal(remote);
  });

  it('QP-5: letting others pass is bounded', () => {
    const place = createPlace();
    const id = place.issue();
    for (let times = 0; times < 5; times += 1) place.must(decideDefer(place.situation, id, 20));
    expectRefusal(decideDefer(place.situation, id, 1), 'CONFLICT');
  });

  it('QA-2: tickets of an archived service are served to the end', () => {
    const place = createPlace();
    const id = place.issue();
    const service = place.setup.services.get(reception);
    if (!service) throw new Error('it is there');
    place.setup = {
      ...place.setup,
      services: new Map([...place.setup.services, [reception, { ...service, isArchived: true }]]),
    };
    expect(place.callNext()).to.equal(id);
  });

  it('QC-5: a call says why: the rule, the class and the wait', () => {
    const place = createPlace({ policy: { maxWaitMinutes: 60 } });
    const reasonOf = (change: Parameters<Place['issue']>[0], waitMinutes: number) => {
      const id = place.issue(change);
      place.wait(waitMinutes * minuteMs);
      place.must(decideCallNext(place.situation, one));
      const { callReason } = place.ticket(id);
      place.complete();
      return callReason;
    };
    const reason = (rule: string, classKey: string | null, minutes: number) => ({
      rule,
      classKey,
      waitedMs: minutes * minuteMs,
      note: null,
    });
    expect(reasonOf({}, 7)).to.deep.equal(reason('longest-wait', null, 7));
    expect(reasonOf(vip, 8)).to.deep.equal(reason('credit', 'vip', 8));
    expect(reasonOf(vip, 61)).to.deep.equal(reason('longest-wait', 'vip', 61));
    expect(reasonOf(elder, 2)).to.deep.equal(reason('statutory', 'elder', 2));
    const sent = place.issue({ serviceId: doctor });
    place.callNext(two);
    const request = { counterId: two, ticketId: sent, serviceId: payments, mode: 'front', toCounterId: null } as const;
    place.must(decideTransfer(place.situation, request));
    expect(place.callNext()).to.equal(sent);
    expect(place.ticket(sent).callReason?.rule).to.equal('pinned');
  });

  it('QC-2: services of a pool are found by their name', () => {
    expect([...servicesOfPool(createSetup(), 'front')]).to.deep.equal([reception, payments]);
  });
});

/** Somebody at the place `at` of a line of several services and classes lets `places` pass; calls are taken back now and then. */
const deferral = fc.record({
  line: fc.array(fc.record({ isPayment: fc.boolean(), isElder: fc.boolean(), isRemote: fc.boolean() }), {
    minLength: 6,
    maxLength: 14,
  }),
  at: fc.nat(5),
  places: fc.integer({ min: 1, max: 6 }),
  undone: fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
});

describe('letting others pass', () => {
  it('QP-5: exactly that many of those behind go first, whatever their service and class, also over calls taken back', () => {
    fc.assert(
      fc.property(deferral, ({ line, at, places, undone }) => {
        const place = createPlace({ policy: { classes: [priorityClass('elder', { kind: 'statutory' })] } });
        for (const { isPayment, isElder, isRemote } of line) {
          place.wait(1_000);
          const classKey = isElder ? 'elder' : null;
          const presence = isRemote ? 'remote' : 'onsite';
          place.issue({ serviceId: isPayment ? payments : reception, classKey, presence });
        }
        const natural = lineOf(place);
        const mover = natural[at];
        if (!mover) return;
        const behind = natural.slice(at + 1);
        place.must(decideDefer(place.situation, mover, places));
        const expected = [...natural.filter((id) => id !== mover)];
        expected.splice(Math.min(at + places, expected.length), 0, mover);
        expect(lineOf(place)).to.deep.equal(expected);
        const called: TicketId[] = [];
        for (let turn = 0; !called.includes(mover); turn += 1) {
          const id = place.callNext();
          if (undone[turn % undone.length]) {
            place.undo();
            expect(place.callNext()).to.equal(id);
          }
          called.push(id);
          place.complete();
        }
        expect(called.filter((id) => behind.includes(id))).to.have.length(Math.min(places, behind.length));
      }),
      { numRuns: 300 },
    );
  });

  it('QP-5: who is not here yet owes no more places than others took meanwhile', () => {
    const place = createPlace();
    const remote = place.issue({ presence: 'remote' });
    const others = place.issueMany(4);
    place.must(decideDefer(place.situation, remote, 2));
    expect(lineOf(place, true)).to.deep.equal([others[0], others[1], remote, others[2], others[3]]);
    place.callNext();
    place.complete();
    expect(place.ticket(remote).placesBehind).to.equal(1);
    place.must(decideCheckIn(place.situation, remote));
    expect(place.drain()).to.deep.equal([others[1], remote, others[2], others[3]]);
  });

  it('QP-5: a counter that does not serve them takes nobody past them', () => {
    const place = createPlace();
    const id = place.issue();
    place.issueMany(2, { serviceId: doctor });
    place.must(decideDefer(place.situation, id, 2));
    place.callNext(two);
    expect(place.ticket(id).placesBehind).to.equal(2);
  });
});

import { expect } from 'chai';
import {
  decideCall,
  decideCallHeld,
  decideCallNext,
  decideRecall,
  decideUndoCall,
  undoMs,
} from '@frontdesk/domain/queue/decide-call';
import {
  decideCloseCounter,
  decideOpenCounter,
  decidePauseCounter,
  decideResumeCounter,
} from '@frontdesk/domain/queue/decide-location';
import {
  decideHold,
  decideNoShow,
  decideReturn,
  decideTransfer,
  decideWalkIn,
} from '@frontdesk/domain/queue/decide-serve';
import { findCounter } from '@frontdesk/domain/queue/floor';
import type { HoldScope, TransferMode } from '@frontdesk/protocol/vocabulary';
import type { CounterId, ServiceId } from '@frontdesk/protocol/ids';
import {
  counterId,
  createSetup,
  doctor,
  expectRefusal,
  laboratory,
  memberId,
  minuteMs,
  one,
  payments,
  Place,
  reception,
  three,
  two,
} from '../support/place.js';

function openPlace(...counters: CounterId[]): Place {
  const place = new Place();
  place.open(...(counters.length > 0 ? counters : [one]));
  return place;
}

const holdFor = (place: Place, scope: HoldScope, counter = one) =>
  place.must(
    decideHold(place.situation, {
      counterId: counter,
      ticketId: place.at(counter),
      memberId: memberId(`member-${counter}`),
      scope,
      minutes: 10,
    }),
  );

const send = (place: Place, serviceId: ServiceId, mode: TransferMode, toCounterId: CounterId | null = null) => {
  const id = place.at();
  place.must(decideTransfer(place.situation, { counterId: one, ticketId: id, serviceId, mode, toCounterId }));
  return id;
};

describe('calls and what follows them', () => {
  it('QC-4: a recall waits five seconds, comes five times at most, and grows the call sequence', () => {
    const place = openPlace();
    place.issue();
    const id = place.callNext();
    const recall = () => decideRecall(place.situation, { counterId: one, ticketId: id });
    place.wait(4_000);
    expect(expectRefusal(recall(), 'TOO_SOON').retryAfterMs).to.equal(1_000);
    for (let times = 1; times <= 5; times += 1) {
      place.wait(5_000);
      place.must(recall());
      expect(place.floor.callSequence).to.equal(times + 1);
    }
    place.wait(60_000);
    expectRefusal(recall(), 'CONFLICT');
    expect(place.ticket(id).recalledAtMs).to.have.length(5);
  });

  it('QC-4: a no-show waits for the shortest call, a call is taken back for 15 seconds', () => {
    const place = openPlace();
    place.issue();
    const id = place.callNext();
    place.wait(undoMs);
    const late = decideUndoCall({ ...place.situation, nowMs: place.nowMs + 1 }, { counterId: one, ticketId: id });
    expectRefusal(late, 'CONFLICT');
    const missed = decideNoShow(place.situation, { counterId: one, ticketId: id });
    expect(expectRefusal(missed, 'TOO_SOON').retryAfterMs).to.equal(15_000);
    place.undo();
    expect(place.ticket(id)).to.include({ state: 'waiting', counterId: null, calledAtMs: null });
    expect(findCounter(place.floor, one).ticketId).to.equal(null);
  });

  it('QC-4: a call taken back leaves the ticket as it was, but for what was changed meanwhile', () => {
    const place = openPlace();
    const [id] = place.issueMany(1) as [ReturnType<Place['issue']>];
    const { rev: _, callSequence: __, ...before } = place.ticket(id);
    place.callNext();
    place.write([{ type: 'ticket-language-set', ticketId: id, language: 'ta' }]);
    place.undo();
    const { rev: ___, callSequence: ____, ...after } = place.ticket(id);
    expect(after).to.deep.equal({ ...before, language: 'ta' });
  });

  it('QC-7: a held ticket is called by whom it is held for; taken back, it is held again', () => {
    const place = openPlace(one, two);
    place.issue();
    const id = place.callNext();
    place.start();
    holdFor(place, 'counter');
    const { hold } = place.ticket(id);
    expect(hold).to.deep.include({ scope: 'counter', counterId: one, dueAtMs: place.nowMs + 10 * minuteMs });
    const callHeld = (counter: CounterId, member: string) =>
      decideCallHeld(place.situation, { counterId: counter, ticketId: id, memberId: memberId(member) });
    expectRefusal(callHeld(two, 'member-two'), 'NOT_YOUR_TICKET');
    place.must(callHeld(one, 'anybody'));
    expect(place.ticket(id)).to.deep.include({ state: 'called', hold: null });
    place.undo();
    expect(place.ticket(id)).to.deep.include({ state: 'held', hold });
    place.must(callHeld(one, 'anybody'));
    place.start();
    holdFor(place, 'staff');
    expectRefusal(callHeld(one, 'somebody-else'), 'NOT_YOUR_TICKET');
    place.must(callHeld(two, 'member-one'));
    place.start(two);
    holdFor(place, 'location', two);
    place.must(callHeld(one, 'anybody'));
    expect(place.ticket(id).legs).to.have.length(1);
  });

  it('QC-7: called from a hold and not there, it comes back into the line, and may be called and taken back', () => {
    const place = openPlace();
    place.issue();
    const id = place.callNext();
    place.start();
    holdFor(place, 'location');
    place.must(decideCallHeld(place.situation, { counterId: one, ticketId: id, memberId: memberId('m') }));
    place.wait(30_000);
    place.must(decideNoShow(place.situation, { counterId: one, ticketId: id }));
    place.must(decideReturn(place.situation, id, false));
    place.callNext();
    place.undo();
    expect(place.ticket(id)).to.deep.include({ state: 'waiting', hold: null });
  });

  it('QC-4: called from a hold, it is sent on as any other', () => {
    const place = openPlace(one, three);
    place.issue();
    const id = place.callNext();
    place.start();
    holdFor(place, 'counter');
    place.must(decideCallHeld(place.situation, { counterId: one, ticketId: id, memberId: memberId('m') }));
    send(place, laboratory, 'sorted');
    expect(place.ticket(id)).to.deep.include({ state: 'waiting', hold: null, serviceId: laboratory });
    expect(place.callNext(three)).to.equal(id);
    place.undo(three);
    expect(place.ticket(id)).to.include({ state: 'waiting', serviceId: laboratory });
  });

  it('QC-4: the wait ends with the first call, also when the ticket was held or missed after it', () => {
    const place = openPlace();
    const id = place.issue();
    place.wait(7 * minuteMs);
    place.callNext();
    const firstMs = place.nowMs;
    place.start();
    holdFor(place, 'counter');
    place.wait(20 * minuteMs);
    place.must(decideCallHeld(place.situation, { counterId: one, ticketId: id, memberId: memberId('m') }));
    place.start();
    place.complete();
    expect(place.ticket(id).legs).to.have.length(1);
    expect(place.ticket(id).legs[0]).to.include({ calledAtMs: firstMs, startedAtMs: firstMs, endedAtMs: place.nowMs });
  });

  it('QC-4: a ticket that is completed from its call counts as served since the call', () => {
    const place = openPlace();
    place.issue();
    const id = place.callNext();
    const calledMs = place.nowMs;
    place.wait(3 * minuteMs);
    place.complete();
    expect(place.ticket(id)).to.include({ state: 'completed', startedAtMs: calledMs, endedAtMs: place.nowMs });
  });

  it('QC-8: another ticket than the next is called with a reason that stays in the log', () => {
    const place = openPlace();
    const [, second] = place.issueMany(2);
    if (!second) throw new Error('two were issued');
    const call = (note: string) => decideCall(place.situation, { counterId: one, ticketId: second, note });
    expectRefusal(call(' '), 'VALIDATION');
    place.must(call('in pain'));
    expect(place.ticket(second).callReason).to.deep.include({ rule: 'chosen', note: 'in pain', waitedMs: 0 });
    expect(JSON.stringify(place.log.at(-1))).to.include('in pain');
  });

  it('QC-8: it has to be what the counter serves', () => {
    const place = openPlace();
    const id = place.issue({ serviceId: doctor });
    expectRefusal(decideCall(place.situation, { counterId: one, ticketId: id, note: 'x' }), 'CONFLICT');
  });

  it('QC-4: a closed, paused, unknown or archived counter calls nobody', () => {
    const place = openPlace();
    place.issue();
    expectRefusal(decideCallNext(place.situation, two), 'CONFLICT');
    expectRefusal(decideCallNext(place.situation, counterId('four')), 'NOT_FOUND');
    place.must(decidePauseCounter(place.situation, { counterId: one, reason: 'tea', resumeAfterMinutes: null }));
    expectRefusal(decideCallNext(place.situation, one), 'CONFLICT');
    place.must(decideResumeCounter(place.situation, one));
    place.setup = {
      ...place.setup,
      counters: new Map([[one, { id: one, serviceIds: [reception], isArchived: true }]]),
    };
    expectRefusal(decideCallNext(place.situation, one), 'NOT_FOUND');
  });

  it('QC-2: nobody waiting is said only when nobody can be called, and a busy counter is busy', () => {
    const place = openPlace();
    expectRefusal(decideCallNext(place.situation, one), 'QUEUE_EMPTY');
    place.issue({ presence: 'remote' });
    expectRefusal(decideCallNext(place.situation, one), 'QUEUE_EMPTY');
    place.issue();
    place.callNext();
    expectRefusal(decideCallNext(place.situation, one), 'COUNTER_BUSY');
  });

  it('QC-17: a transfer keeps the number; in front, by the first arrival, or at the back', () => {
    for (const [mode, expected] of [
      ['front', 0],
      ['sorted', 1],
      ['back', 2],
    ] as const) {
      const place = openPlace(one, two);
      const [early] = place.issueMany(1, { serviceId: doctor });
      const [id] = place.issueMany(1);
      const [late] = place.issueMany(1, { serviceId: doctor });
      if (!early || !id || !late) throw new Error('three were issued');
      const { label } = place.ticket(id);
      place.callNext();
      place.start();
      place.wait(minuteMs);
      send(place, doctor, mode);
      expect(place.ticket(id)).to.include({ label, serviceId: doctor, transferCount: 1, counterId: null });
      expect(place.ticket(id).legs.map(({ serviceId }) => serviceId)).to.deep.equal([reception, doctor]);
      expect(place.drain(two).indexOf(id), mode).to.equal(expected);
    }
  });

  it('QC-17: the first that was sent to the front is the first', () => {
    const place = openPlace(one, two);
    place.issueMany(1, { serviceId: doctor });
    const sent = place.issueMany(2).map(() => {
      place.callNext();
      place.wait(1_000);
      return send(place, doctor, 'front');
    });
    expect(place.drain(two).slice(0, 2)).to.deep.equal(sent);
  });

  it('QC-17: a ticket meant for a counter waits for it as long as somebody sits there', () => {
    const place = openPlace(one, two, three);
    place.issue();
    place.callNext();
    const id = send(place, doctor, 'sorted', three);
    expectRefusal(decideCallNext(place.situation, two), 'QUEUE_EMPTY');
    place.must(decidePauseCounter(place.situation, { counterId: three, reason: 'tea', resumeAfterMinutes: 5 }));
    expectRefusal(decideCallNext(place.situation, two), 'QUEUE_EMPTY');
    place.must(decideCloseCounter(place.situation, three));
    expect(place.callNext(two)).to.equal(id);
  });

  it('QC-17: kept tickets come first at their counter, or by their score', () => {
    for (const isPinnedFirst of [true, false]) {
      const place = new Place(createSetup({ policy: { isPinnedFirst } }));
      place.open(one, three);
      const [early] = place.issueMany(1, { serviceId: doctor });
      place.issueMany(1);
      place.callNext();
      const id = send(place, doctor, 'sorted', three);
      expect(place.callNext(three)).to.equal(isPinnedFirst ? id : early);
    }
  });

  it('QC-4: a transfer is refused to a closed service, a counter that cannot serve it, or where nobody sits', () => {
    const place = openPlace();
    place.issue();
    const id = place.callNext();
    const transfer = (serviceId: ServiceId, toCounterId: CounterId | null) =>
      decideTransfer(place.situation, { counterId: one, ticketId: id, serviceId, mode: 'sorted', toCounterId });
    expectRefusal(transfer('nothing' as ServiceId, null), 'NOT_FOUND');
    expectRefusal(transfer(doctor, one), 'CONFLICT');
    expectRefusal(transfer(doctor, three), 'CONFLICT');
    place.write([{ type: 'service-closed', serviceId: doctor, message: 'No doctor today.' }]);
    expectRefusal(transfer(doctor, null), 'QUEUE_CLOSED');
    expect(transfer(payments, null).ok).to.equal(true);
  });

  it('QC-15: a walk-up is issued, called and started in one event, past hours and caps', () => {
    const place = openPlace();
    place.setup = { ...place.setup, hours: { ...place.setup.hours, weekly: Array.from({ length: 7 }, () => []) } };
    const before = place.log.length;
    const request = place.request({ source: 'staff' });
    place.must(decideWalkIn(place.situation, one, request));
    expect(place.log).to.have.length(before + 1);
    expect(place.ticket(request.ticketId)).to.include({ state: 'serving', counterId: one, label: 'A001' });
    expect(place.floor.issuedCount.get(reception)).to.equal(1);
    expectRefusal(decideWalkIn(place.situation, one, place.request()), 'COUNTER_BUSY');
  });

  it('QC-3: a counter that serves is not taken over; an idle one is', () => {
    const place = openPlace();
    place.issue();
    place.callNext();
    const sit = (counter: CounterId, member: string) =>
      decideOpenCounter(place.situation, { counterId: counter, memberId: memberId(member), memberName: member });
    expectRefusal(sit(one, 'other'), 'COUNTER_BUSY');
    expectRefusal(sit(two, 'member-one'), 'CONFLICT');
    expectRefusal(decideCloseCounter(place.situation, one), 'CONFLICT');
    place.complete();
    place.must(sit(one, 'other'));
    expect(findCounter(place.floor, one)).to.include({ status: 'open', memberId: 'other' });
  });

  it('QC-16: whoever sits down elsewhere leaves the counter where they sat', () => {
    const place = openPlace();
    const request = { counterId: two, memberId: memberId('member-one'), memberName: 'one' };
    place.must(decideOpenCounter(place.situation, request));
    expect(findCounter(place.floor, one)).to.include({ status: 'closed', memberId: null });
    expect(findCounter(place.floor, two)).to.include({ status: 'open', memberId: 'member-one' });
    expect(place.must(decideOpenCounter(place.situation, request))).to.have.length(0);
  });

  it('QC-6: a no-show keeps its arrival, lets three pass, and comes back twice at most by itself', () => {
    const place = openPlace();
    const [id] = place.issueMany(8);
    if (!id) throw new Error('some were issued');
    const { queuedAtMs } = place.ticket(id);
    for (let times = 1; times <= 3; times += 1) {
      if (times > 1) for (let passed = 0; passed < 3; passed += 1) [place.callNext(), place.complete()];
      expect(place.callNext()).to.equal(id);
      place.wait(30_000);
      place.must(decideNoShow(place.situation, { counterId: one, ticketId: id }));
      if (times === 3) break;
      place.must(decideReturn(place.situation, id, false));
      expect(place.ticket(id)).to.include({ queuedAtMs, placesBehind: 3, returnCount: times });
      place.issueMany(3);
    }
    expectRefusal(decideReturn(place.situation, id, false), 'CONFLICT');
    expect(decideReturn(place.situation, id, true).ok).to.equal(true);
  });

  it('QC-6: the holder comes back before the stop time only', () => {
    const place = openPlace();
    place.issue();
    const id = place.callNext();
    place.wait(30_000);
    place.must(decideNoShow(place.situation, { counterId: one, ticketId: id }));
    place.wait(9 * 60 * minuteMs);
    expectRefusal(decideReturn(place.situation, id, false), 'QUEUE_CLOSED');
    expect(decideReturn(place.situation, id, true).ok).to.equal(true);
  });
});

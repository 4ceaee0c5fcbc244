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
import { decideNoShow, decideReturn, decideWalkIn } from '@frontdesk/domain/queue/decide-serve';
import { findCounter } from '@frontdesk/domain/queue/floor';
import type { CounterId } from '@frontdesk/protocol/ids';
import {
  basePolicy,
  counterId,
  createSetup,
  doctor,
  expectRefusal,
  holdFor,
  memberId,
  minuteMs,
  one,
  openPlace,
  type Place,
  reception,
  two,
} from '../support/place.js';

describe('calls and what follows them', () => {
  it('QC-4: a recall waits five seconds, comes five times at most, and grows the call sequence', () => {
    const place = openPlace(one);
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
    const place = openPlace(one);
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
    const place = openPlace(one);
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
    const place = openPlace(one);
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

  it('QC-4: the wait ends with the first call, also when the ticket was held or missed after it', () => {
    const place = openPlace(one);
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
    const place = openPlace(one);
    place.issue();
    const id = place.callNext();
    const calledMs = place.nowMs;
    place.wait(3 * minuteMs);
    place.complete();
    expect(place.ticket(id)).to.include({ state: 'completed', startedAtMs: calledMs, endedAtMs: place.nowMs });
  });

  it('QC-8: another ticket than the next is called with a reason that stays in the log', () => {
    const place = openPlace(one);
    const [, second] = place.issueMany(2);
    if (!second) throw new Error('two were issued');
    const call = (note: string) => decideCall(place.situation, { counterId: one, ticketId: second, note });
    expectRefusal(call(' '), 'VALIDATION');
    place.must(call('in pain'));
    expect(place.ticket(second).callReason).to.deep.include({ rule: 'chosen', note: 'in pain', waitedMs: 0 });
    expect(JSON.stringify(place.log.at(-1))).to.include('in pain');
  });

  it('QC-8: it has to be what the counter serves', () => {
    const place = openPlace(one);
    const id = place.issue({ serviceId: doctor });
    expectRefusal(decideCall(place.situation, { counterId: one, ticketId: id, note: 'x' }), 'CONFLICT');
  });

  it('QC-4: a closed, paused, unknown or archived counter calls nobody', () => {
    const place = openPlace(one);
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
    const place = openPlace(one);
    expectRefusal(decideCallNext(place.situation, one), 'QUEUE_EMPTY');
    place.issue({ presence: 'remote' });
    expectRefusal(decideCallNext(place.situation, one), 'QUEUE_EMPTY');
    place.issue();
    place.callNext();
    expectRefusal(decideCallNext(place.situation, one), 'COUNTER_BUSY');
  });

  it('QC-15: a walk-up is issued, called and started in one event, past hours and caps', () => {
    const place = openPlace(one);
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
    const place = openPlace(one);
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
    const place = openPlace(one);
    const request = { counterId: two, memberId: memberId('member-one'), memberName: 'one' };
    place.must(decideOpenCounter(place.situation, request));
    expect(findCounter(place.floor, one)).to.include({ status: 'closed', memberId: null });
    expect(findCounter(place.floor, two)).to.include({ status: 'open', memberId: 'member-one' });
    expect(place.must(decideOpenCounter(place.situation, request))).to.have.length(0);
  });

  it('QC-6: a no-show keeps its arrival, lets three pass, and comes back twice at most by itself', () => {
    const place = openPlace(one);
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

  it('QC-6: staff take a no-show back more often than the policy lets holders come back, and it counts as theirs', () => {
    const place = openPlace(one);
    place.setup = createSetup({ policy: { noShow: { ...basePolicy.noShow, maxReturns: 1 } } });
    place.issue();
    for (let times = 1; times <= 3; times += 1) {
      const id = place.callNext();
      place.wait(30_000);
      place.must(decideNoShow(place.situation, { counterId: one, ticketId: id }));
      place.must(decideReturn(place.situation, id, true));
      expect(place.ticket(id)).to.include({ state: 'waiting', returnCount: times });
    }
    const id = place.callNext();
    place.wait(30_000);
    place.must(decideNoShow(place.situation, { counterId: one, ticketId: id }));
    expectRefusal(decideReturn(place.situation, id, false), 'CONFLICT');
  });

  it('QC-6: the holder comes back before the stop time only', () => {
    const place = openPlace(one);
    place.issue();
    const id = place.callNext();
    place.wait(30_000);
    place.must(decideNoShow(place.situation, { counterId: one, ticketId: id }));
    place.wait(9 * 60 * minuteMs);
    expectRefusal(decideReturn(place.situation, id, false), 'QUEUE_CLOSED');
    expect(decideReturn(place.situation, id, true).ok).to.equal(true);
  });
});

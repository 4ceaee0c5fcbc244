import { expect } from 'chai';
import {
  autoNoShowAtMs,
  decideDay,
  decideDue,
  decidePauseCounter,
  decideResumeCounter,
  nextDueAtMs,
} from '@frontdesk/domain/queue/decide-location';
import { decideRecall, decideUndoCall } from '@frontdesk/domain/queue/decide-call';
import { createFloor } from '@frontdesk/domain/queue/apply-event';
import { findCounter } from '@frontdesk/domain/queue/floor';
import type { QueueSetup } from '@frontdesk/domain/queue/setup';
import { alwaysOpen, createSetup, expectRefusal, foldFromDay, minuteMs, one, Place, two } from '../support/place.js';

const hourMs = 60 * minuteMs;
const noShow = { minCallSeconds: 30, autoAfterSeconds: 60, penaltyPlaces: 3, maxReturns: 2 };

function calledAt(policy: Parameters<typeof createSetup>[0]): Place {
  const place = new Place(createSetup(policy));
  place.open(one);
  place.issue();
  place.callNext();
  return place;
}

describe('what the clock does', () => {
  it('QC-6: a call that nobody starts becomes a no-show, counted from the last recall', () => {
    const place = calledAt({ policy: { noShow } });
    const id = place.at();
    place.wait(30_000);
    place.must(decideRecall(place.situation, { counterId: one, ticketId: id }));
    expect(autoNoShowAtMs(place.situation, place.ticket(id))).to.equal(place.nowMs + 60_000);
    expect(nextDueAtMs(place.situation)).to.equal(place.nowMs + 60_000);
    place.wait(59_999);
    expect(decideDue(place.situation)).to.have.length(0);
    place.wait(1);
    place.write(decideDue(place.situation));
    expect(place.ticket(id).state).to.equal('no-show');
    expect(findCounter(place.floor, one).ticketId).to.equal(null);
  });

  it('QC-6: of start and no-show the earlier one happens, however late the clock is read', () => {
    for (const [autoStartSeconds, state] of [
      [59, 'serving'],
      [60, 'serving'],
      [61, 'no-show'],
    ] as const) {
      const place = calledAt({ policy: { noShow, autoStartSeconds } });
      const id = place.at();
      place.wait(hourMs);
      place.write(decideDue(place.situation));
      expect(place.ticket(id).state, `start after ${autoStartSeconds} s`).to.equal(state);
    }
  });

  it('QC-6: left to staff, nothing is due before the day ends', () => {
    const place = calledAt({});
    place.start();
    expect(nextDueAtMs(place.situation)).to.equal(Date.UTC(2026, 4, 13, 20));
    expect(autoNoShowAtMs(place.situation, place.ticket(place.at()))).to.equal(null);
  });

  it('QC-9: a pause has a reason and ends by itself when it was given a length', () => {
    const place = new Place();
    place.open(one, two);
    place.must(decidePauseCounter(place.situation, { counterId: one, reason: 'prayer', resumeAfterMinutes: 10 }));
    place.must(decidePauseCounter(place.situation, { counterId: two, reason: 'lunch', resumeAfterMinutes: null }));
    expect(findCounter(place.floor, one)).to.include({ status: 'paused', pauseReason: 'prayer' });
    expectRefusal(
      decidePauseCounter(place.situation, { counterId: one, reason: 'x', resumeAfterMinutes: 1 }),
      'CONFLICT',
    );
    place.wait(10 * minuteMs);
    expect(nextDueAtMs(place.situation)).to.equal(place.nowMs);
    place.write(decideDue(place.situation));
    expect(findCounter(place.floor, one)).to.include({ status: 'open', pauseReason: null, resumeAtMs: null });
    expect(findCounter(place.floor, two).status).to.equal('paused');
    expectRefusal(decideResumeCounter(place.situation, one), 'CONFLICT');
  });

  it('QA-1: a new day expires what waited, goes on with what is served, and is the same when it is read again', () => {
    const place = new Place(createSetup({ policy: { noShow } }));
    place.open(one, two);
    const [served, called, waiting] = place.issueMany(3);
    if (!served || !called || !waiting) throw new Error('three were issued');
    place.write([{ type: 'notice-set', notice: 'Welcome.' }]);
    place.callNext();
    place.start();
    place.wait(18 * hourMs + 59 * minuteMs);
    place.write([
      {
        type: 'ticket-called',
        ticketId: called,
        counterId: two,
        callSequence: 2,
        reason: { rule: 'chosen', classKey: null, waitedMs: 0, note: '' },
        passedIds: [],
        statutoryRun: 0,
      },
    ]);
    // The no-show would be due in the same moment: the day begins alone, and the rest follows.
    place.wait(minuteMs);
    const changes = decideDue(place.situation);
    expect(changes.map(({ type }) => type)).to.deep.equal(['ticket-expired', 'day-began']);
    place.write(changes);
    expect(place.floor.serviceDay).to.equal('2026-05-14');
    expect([...place.floor.tickets.keys()]).to.deep.equal([served, called]);
    expect(place.floor).to.deep.include({ notice: 'Welcome.', callSequence: 2 });
    expect(place.floor.waiting.size + place.floor.lastNumbers.size + place.floor.issuedCount.size).to.equal(0);
    place.write(decideDue(place.situation));
    expect(place.ticket(called).state).to.equal('no-show');
    expect(findCounter(place.floor, one).ticketId).to.equal(served);
    expect(foldFromDay(place.log)).to.deep.equal(place.floor);
    place.complete();
    expect(place.ticket(served).state).to.equal('completed');
  });

  it('QA-1: a call of the last seconds may be taken back on the new day', () => {
    const place = new Place(createSetup({ hours: alwaysOpen }));
    place.open(one);
    place.wait(18 * hourMs + 59 * minuteMs + 55_000);
    place.issue();
    const id = place.callNext();
    place.wait(10_000);
    place.write(decideDue(place.situation));
    expect(place.floor.serviceDay).to.equal('2026-05-14');
    place.must(decideUndoCall(place.situation, { counterId: one, ticketId: id }));
    expect(place.callNext()).to.equal(id);
    expect(foldFromDay(place.log)).to.deep.equal(place.floor);
  });

  it('QA-1: a day is not begun twice, and the first one at once', () => {
    const place = new Place();
    expect(decideDay(place.situation)).to.have.length(0);
    const fresh = { ...place.situation, floor: createFloor() };
    expect(decideDay(fresh)).to.have.length(1);
    expect(nextDueAtMs(fresh)).to.be.below(place.nowMs);
  });
});

describe('a zone that changes', () => {
  const begin = (timeZone: string, nowMs: number): Place =>
    new Place(createSetup({ timeZone, hours: alwaysOpen }), nowMs);
  const move = (place: Place, timeZone: string): QueueSetup => ({ ...place.setup, timeZone });

  it('QA-1: the running day keeps its zone and its hours; the next one has the new', () => {
    const place = begin('UTC', Date.UTC(2026, 4, 13, 9));
    place.setup = move(place, 'Asia/Kuala_Lumpur');
    expect(decideDay(place.situation)).to.have.length(0);
    expect(place.floor.timeZone).to.equal('UTC');
    expect(nextDueAtMs(place.situation)).to.equal(Date.UTC(2026, 4, 14, 4));
    place.nowMs = Date.UTC(2026, 4, 14, 4);
    place.write(decideDue(place.situation));
    expect(place.floor).to.include({ serviceDay: '2026-05-14', timeZone: 'Asia/Kuala_Lumpur' });
    expect(nextDueAtMs(place.situation)).to.equal(Date.UTC(2026, 4, 14, 20));
  });

  it('QA-1: moved west, the day lasts until the next one begins there, and no day comes twice', () => {
    const place = begin('Asia/Kuala_Lumpur', Date.UTC(2026, 4, 13, 9));
    place.setup = move(place, 'America/New_York');
    expect(nextDueAtMs(place.situation)).to.equal(Date.UTC(2026, 4, 14, 8));
    expect(decideDay({ ...place.situation, nowMs: Date.UTC(2026, 4, 13, 20) })).to.have.length(0);
    place.nowMs = Date.UTC(2026, 4, 14, 8);
    place.write(decideDue(place.situation));
    expect(place.floor).to.include({ serviceDay: '2026-05-14', timeZone: 'America/New_York' });
  });
});

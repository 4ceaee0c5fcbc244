import { expect } from 'chai';
import { readAvailability } from '@frontdesk/domain/queue/availability';
import { decideIssue } from '@frontdesk/domain/queue/decide-issue';
import { decideCloseService, decideFinishLine, decideNotice } from '@frontdesk/domain/queue/decide-location';
import { decideCancel, decideSetClass } from '@frontdesk/domain/queue/decide-serve';
import { checkStopRule, wouldEndAfterClosing } from '@frontdesk/domain/queue/stop-rule';
import type { QueueSetup } from '@frontdesk/domain/queue/setup';
import type { ErrorCode } from '@frontdesk/protocol/result';
import type { ClosedReason } from '@frontdesk/protocol/vocabulary';
import type { ServiceId } from '@frontdesk/protocol/ids';
import {
  alwaysOpen,
  createSetup,
  expectRefusal,
  minuteMs,
  morningMs,
  one,
  payments,
  Place,
  priorityClass,
  reception,
  withService,
} from '../support/place.js';

const hourMs = 60 * minuteMs;
/** Midnight in Kuala Lumpur before {@link morningMs}. */
const midnightMs = morningMs - 9 * hourMs;

function expectClosed(place: Place, reason: ClosedReason, code: ErrorCode = 'QUEUE_CLOSED'): number | null {
  const state = readAvailability(place.floor, place.setup, reception, place.nowMs);
  if (state.kind === 'open') throw new Error(`expected ${reason}`);
  expect(state.reason).to.equal(reason);
  const { tickets } = place.floor;
  const before = tickets.size;
  expect(expectRefusal(decideIssue(place.situation, place.request()), code).current).to.deep.equal({ reason });
  expect(tickets.size).to.equal(before);
  return state.opensAtMs;
}

function placeAt(hour: number, setup: QueueSetup = createSetup()): Place {
  return new Place(setup, midnightMs + hour * hourMs);
}

const service = (change: Parameters<typeof withService>[2], setup = createSetup()) =>
  withService(setup, reception, change);

const splitDay = createSetup({
  hours: {
    weekly: Array.from({ length: 7 }, () => [
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ]),
    specialDays: [],
    holidays: [{ date: '2026-05-14', label: 'Founding day' }],
  },
});

describe('whether a service takes tickets', () => {
  it('QK-12: before hours and after closing it says when it opens', () => {
    expect(expectClosed(placeAt(6), 'before-hours')).to.equal(midnightMs + 8 * hourMs);
    expect(expectClosed(placeAt(17), 'closed')).to.equal(midnightMs + 32 * hourMs);
    expect(readAvailability(placeAt(9).floor, createSetup(), reception, morningMs)).to.deep.equal({
      kind: 'open',
      closesAtMs: midnightMs + 17 * hourMs,
    });
  });

  it('QK-12: a break is part of the wait; a holiday is passed over', () => {
    const place = placeAt(12.5, splitDay);
    expect(readAvailability(place.floor, place.setup, reception, place.nowMs)).to.deep.include({ kind: 'open' });
    expect(expectClosed(placeAt(18, splitDay), 'closed')).to.equal(midnightMs + 56 * hourMs);
  });

  it('QK-12: after its stop time it says the next opening, not the end of the break', () => {
    const setup = service({ stopAt: '11:30' }, splitDay);
    placeAt(11.4, setup).issue();
    expect(expectClosed(placeAt(11.5, setup), 'after-stop')).to.equal(midnightMs + 56 * hourMs);
  });

  it('QA-2: a stop time after midnight belongs to the night before', () => {
    const bar = createSetup({
      hours: {
        weekly: Array.from({ length: 7 }, () => [{ from: '18:00', to: '03:00' }]),
        specialDays: [],
        holidays: [],
      },
      dayStart: '06:00',
    });
    const setup = service({ stopAt: '02:00' }, bar);
    placeAt(20, setup).issue();
    placeAt(25.9, setup).issue();
    expect(expectClosed(placeAt(26, setup), 'after-stop')).to.equal(midnightMs + 42 * hourMs);
  });

  it('QK-12: a place that never closes has no closing, and opens after a stop time with its next day', () => {
    const open = createSetup({ hours: alwaysOpen });
    const place = placeAt(9, open);
    expect(readAvailability(place.floor, open, reception, place.nowMs)).to.deep.equal({
      kind: 'open',
      closesAtMs: null,
    });
    const setup = service({ stopAt: '22:00' }, open);
    expect(expectClosed(placeAt(23, setup), 'after-stop')).to.equal(midnightMs + 28 * hourMs);
  });

  it('QK-12: without hours it is closed and says no opening', () => {
    const hours = { weekly: Array.from({ length: 7 }, () => []), specialDays: [], holidays: [] };
    expect(expectClosed(placeAt(9, createSetup({ hours })), 'closed')).to.equal(null);
  });

  it('QA-2: the cap of a day counts what was issued, also what was cancelled', () => {
    const place = placeAt(9, service({ capPerDay: 2 }));
    const id = place.issue();
    place.issue({ serviceId: payments });
    place.issue();
    place.must(decideCancel(place.situation, id, null));
    expectClosed(place, 'day-full', 'CAP_REACHED');
    place.issue({ overridesLimits: true });
  });

  it('QA-2: a full line takes tickets again when it moved', () => {
    const place = placeAt(9, service({ maxWaiting: 2 }));
    place.open(one);
    place.issueMany(2);
    expectClosed(place, 'line-full', 'CAP_REACHED');
    place.callNext();
    place.issue();
  });

  it('QA-16: a closed service says what staff wrote; it is opened by hand', () => {
    const place = placeAt(9);
    const close = (message: string | null) => decideCloseService(place.situation, reception, message);
    place.must(close('Fire drill.'));
    expect(place.must(close('Fire drill.'))).to.have.length(0);
    expectClosed(place, 'emergency');
    expect(expectRefusal(decideIssue(place.situation, place.request()), 'QUEUE_CLOSED').message).to.equal(
      'Fire drill.',
    );
    place.must(close(null));
    expect(place.must(close(null))).to.have.length(0);
    place.issue();
    expectRefusal(decideCloseService(place.situation, 'nothing' as ServiceId, 'x'), 'NOT_FOUND');
    place.must(decideNotice('Lift is broken.'));
    expect(place.floor.notice).to.equal('Lift is broken.');
  });

  it('QC-18: finishing the line takes no new tickets and lets it shrink to nothing', () => {
    const place = placeAt(9);
    place.open(one);
    place.issueMany(3);
    const finish = (isFinishing: boolean) => decideFinishLine(place.situation, [reception], isFinishing);
    place.must(finish(true));
    expect(place.must(finish(true))).to.have.length(0);
    expectClosed(place, 'finishing');
    expect(place.drain()).to.have.length(3);
    expect(place.floor.waiting.size).to.equal(0);
    place.must(finish(false));
    place.issue();
    expectRefusal(decideFinishLine(place.situation, ['nothing' as ServiceId], true), 'NOT_FOUND');
  });

  it('QA-2: an archived service takes no tickets', () => {
    const place = placeAt(9, service({ isArchived: true }));
    expect(readAvailability(place.floor, place.setup, reception, place.nowMs).kind).to.equal('closed');
    expectRefusal(decideIssue(place.situation, place.request({ overridesLimits: true })), 'NOT_FOUND');
  });
});

describe('the stop rule', () => {
  const closesAtMs = midnightMs + 17 * hourMs;

  it('QK-13: a wait is too long when eight of ten would end after closing and its grace', () => {
    const graceMs = 15 * minuteMs;
    expect(wouldEndAfterClosing(closesAtMs + graceMs, closesAtMs, graceMs)).to.equal(false);
    expect(wouldEndAfterClosing(closesAtMs + graceMs + 1, closesAtMs, graceMs)).to.equal(true);
    expect(wouldEndAfterClosing(null, closesAtMs, 0)).to.equal(false);
    expect(wouldEndAfterClosing(closesAtMs, null, 0)).to.equal(false);
    for (const stopRule of ['off', 'warn', 'refuse'] as const) {
      const policy = { stopRule, graceMinutes: 15 };
      expect(checkStopRule(policy, closesAtMs + graceMs, closesAtMs)).to.equal('take');
      const expected = stopRule === 'off' ? 'take' : stopRule;
      expect(checkStopRule(policy, closesAtMs + graceMs + 1, closesAtMs)).to.equal(expected);
    }
  });

  it('QK-13: a location that refuses gives no ticket, unless staff do', () => {
    for (const stopRule of ['off', 'warn', 'refuse'] as const) {
      const place = placeAt(16, createSetup({ policy: { stopRule, graceMinutes: 0 } }));
      const request = { ...place.request(), p80FinishMs: closesAtMs + 1 };
      const decision = decideIssue(place.situation, request);
      if (stopRule !== 'refuse') expect(decision.ok).to.equal(true);
      else expect(expectRefusal(decision, 'QUEUE_CLOSED').current).to.deep.equal({ reason: 'after-stop' });
      expect(decideIssue(place.situation, { ...request, overridesLimits: true }).ok).to.equal(true);
      expect(decideIssue(place.situation, { ...request, p80FinishMs: closesAtMs }).ok).to.equal(true);
    }
  });
});

describe('who may have a ticket', () => {
  it('QK-19: a phone number waits for a service once', () => {
    const place = placeAt(9);
    expectRefusal(decideIssue(place.situation, place.request({ hasOpenTicket: true })), 'CONFLICT');
  });

  it('QK-15: a class is declared where the location lets it; staff confirm or correct it', () => {
    const place = placeAt(9);
    const declare = (classKey: string, isClassConfirmed = false) =>
      decideIssue(place.situation, place.request({ classKey, isClassConfirmed }));
    expectRefusal(declare('vip'), 'VALIDATION');
    expectRefusal(declare('nobody', true), 'VALIDATION');
    expect(declare('vip', true).ok).to.equal(true);
    const id = place.issue({ classKey: 'elder' });
    expect(place.ticket(id)).to.include({ classKey: 'elder', isClassConfirmed: false });
    place.must(decideSetClass(place.situation, id, 'elder'));
    expect(place.ticket(id)).to.include({ classKey: 'elder', isClassConfirmed: true });
    place.must(decideSetClass(place.situation, id, null));
    expect(place.ticket(id).classKey).to.equal(null);
    expectRefusal(decideSetClass(place.situation, id, 'nobody'), 'VALIDATION');
  });

  it('QA-6: the quota of a class counts the tickets of the day, given and corrected; confirming takes none', () => {
    const classes = [priorityClass('member', { quota: 2 })];
    const place = placeAt(9, createSetup({ policy: { classes } }));
    const [first, second] = [place.issue({ classKey: 'member' }), place.issue({ classKey: 'member' })];
    const other = place.issue();
    expectRefusal(decideIssue(place.situation, place.request({ classKey: 'member' })), 'CAP_REACHED');
    expectRefusal(decideSetClass(place.situation, other, 'member'), 'CAP_REACHED');
    place.must(decideSetClass(place.situation, first, 'member'));
    place.must(decideSetClass(place.situation, second, null));
    place.must(decideSetClass(place.situation, other, 'member'));
  });

  it('QK-14: a ticket is given for an appointment of today; it waits outside the line until it checks in', () => {
    const place = placeAt(9);
    const id = place.issue({ bookedForMs: place.nowMs + hourMs });
    expect(place.ticket(id)).to.include({ state: 'booked', presence: 'remote', arrivedAtMs: null });
    expect(place.floor.waiting.size).to.equal(0);
    const tomorrow = place.request({ bookedForMs: place.nowMs + 24 * hourMs });
    expectRefusal(decideIssue(place.situation, tomorrow), 'VALIDATION');
  });
});

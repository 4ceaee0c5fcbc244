import { expect } from 'chai';
import {
  bookableSpan,
  changeDeadlines,
  refuseChange,
  refuseStart,
  type ChangeableBooking,
} from '@frontdesk/domain/booking/change-rules';
import { getZone } from '@frontdesk/domain/hours/zone';
import { BOOKING_STATES } from '@frontdesk/protocol/vocabulary';
import { at, minuteMs, today } from '../support/salon.js';

const hourMs = 60 * minuteMs;
const startMs = at(today, '15:00') * minuteMs;
const policy = { rescheduleUntilMinutes: 120, cancelUntilMinutes: 60, maxReschedules: 2 };
const booking: ChangeableBooking = { state: 'confirmed', startMs, reschedules: 0, policy };
const reschedule = { change: 'reschedule', by: 'customer', nowMs: startMs - 2 * hourMs } as const;
const cancel = { change: 'cancel', by: 'customer', nowMs: startMs - hourMs } as const;

describe('rules of changes', () => {
  it('BK-16: notice counts from this very moment, the horizon ends with a local date', () => {
    const zone = getZone('America/New_York');
    const nowMs = zone.toInstant('2026-03-07', 600) + 1;
    const rules = { minNoticeMinutes: 90, horizonDays: 2 };
    const { from, to } = bookableSpan(rules, zone, nowMs);
    expect(from).to.equal(zone.toInstant('2026-03-07', 691) / minuteMs);
    // The clock is set forward on the 8th, which is the last date.
    expect(to).to.equal(zone.toInstant('2026-03-09', 0) / minuteMs);
    const now = zone.toInstant('2026-03-07', 600) / minuteMs;
    expect(to - now).to.equal((14 + 23) * 60);
    expect(refuseStart(rules, zone, from - 1, nowMs)).to.equal('too-soon');
    expect(refuseStart(rules, zone, from, nowMs)).to.equal(null);
    expect(refuseStart(rules, zone, to - 1, nowMs)).to.equal(null);
    expect(refuseStart(rules, zone, to, nowMs)).to.equal('too-far');
  });

  it('BK-22: customers may change until the deadline, the deadline included', () => {
    expect(refuseChange(booking, reschedule)).to.equal(null);
    expect(refuseChange(booking, { ...reschedule, nowMs: reschedule.nowMs + 1 })).to.equal('too-late');
    expect(refuseChange(booking, cancel)).to.equal(null);
    expect(refuseChange(booking, { ...cancel, nowMs: cancel.nowMs + 1 })).to.equal('too-late');
    expect(changeDeadlines(booking)).to.deep.equal({
      rescheduleUntilMs: startMs - 2 * hourMs,
      cancelUntilMs: startMs - hourMs,
    });
  });

  it('BK-22: never is never, and only so often', () => {
    const never = { ...booking, policy: { rescheduleUntilMinutes: null, cancelUntilMinutes: null, maxReschedules: 2 } };
    expect(refuseChange(never, reschedule)).to.equal('not-allowed');
    expect(refuseChange(never, cancel)).to.equal('not-allowed');
    expect(changeDeadlines(never)).to.deep.equal({ rescheduleUntilMs: null, cancelUntilMs: null });
    const often = { ...booking, reschedules: 2 };
    expect(refuseChange({ ...booking, reschedules: 1 }, reschedule)).to.equal(null);
    expect(refuseChange(often, reschedule)).to.equal('too-often');
    expect(refuseChange(often, cancel)).to.equal(null);
    expect(changeDeadlines(often)).to.deep.equal({ rescheduleUntilMs: null, cancelUntilMs: startMs - hourMs });
  });

  it('BK-22: staff are bound by the state alone', () => {
    const strict = { ...booking, reschedules: 9, policy: { ...policy, cancelUntilMinutes: null } };
    for (const change of ['reschedule', 'cancel'] as const) {
      const request = { change, by: 'staff', nowMs: startMs + hourMs } as const;
      expect(refuseChange(strict, request)).to.equal(null);
      expect(refuseChange({ ...strict, state: 'completed' }, request)).to.equal('state');
    }
  });

  it('BK-22: what is over, or only held, cannot be changed', () => {
    for (const state of BOOKING_STATES) {
      const isOpen = state === 'requested' || state === 'confirmed';
      expect(refuseChange({ ...booking, state }, cancel), state).to.equal(isOpen ? null : 'state');
      expect(changeDeadlines({ ...booking, state }).cancelUntilMs === null, state).to.equal(!isOpen);
    }
  });
});

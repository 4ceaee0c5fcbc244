import { expect } from 'chai';
import fc from 'fast-check';
import {
  closedMsBetween,
  findClosing,
  findNextOpening,
  findOpenWindow,
  labelOfDate,
  openWindows,
  openWindowsBetween,
  windowsOnDate,
} from '@frontdesk/domain/hours/opening-hours';
import { addDays, getZone, parseWallTime } from '@frontdesk/domain/hours/zone';
import type { OpeningHours, TimeWindow } from '@frontdesk/protocol/hours';
import { ZONES } from '../support/zones.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const window = (from: string, to: string): TimeWindow => ({ from, to });
const plan = (windows: readonly TimeWindow[], change: Partial<OpeningHours> = {}): OpeningHours => ({
  weekly: Array.from({ length: 7 }, () => [...windows]),
  specialDays: [],
  holidays: [],
  ...change,
});

const zone = getZone('Asia/Kuala_Lumpur');
const berlin = getZone('Europe/Berlin');
const at = (date: string, time: string, where = zone) => where.toInstant(date, parseWallTime(time));

/** Wednesday. */
const today = '2026-05-13';
const office = plan([window('08:00', '12:00'), window('13:00', '17:00')]);
const bar = plan([window('18:00', '02:00')]);
const always = plan([window('00:00', '24:00')]);

describe('opening hours', () => {
  it('QA-1: the weekly plan begins with Monday', () => {
    const weekly = Array.from({ length: 7 }, (_, day) => [window(`0${day}:00`, '20:00')]);
    const hours = { weekly, specialDays: [], holidays: [] };
    expect(windowsOnDate(hours, '2026-05-11')).to.deep.equal([window('00:00', '20:00')]);
    expect(windowsOnDate(hours, today)).to.deep.equal([window('02:00', '20:00')]);
    expect(windowsOnDate(hours, '2026-05-17')).to.deep.equal([window('06:00', '20:00')]);
  });

  it('QA-1: a holiday closes, a special day replaces the plan and wins over a holiday', () => {
    const hours = plan([window('08:00', '17:00')], {
      specialDays: [
        { date: '2026-05-14', windows: [window('10:00', '12:00')], label: 'Short day' },
        { date: '2026-05-15', windows: [window('09:00', '10:00')], label: null },
        { date: '2026-05-16', windows: [], label: 'Moving' },
      ],
      holidays: [
        { date: today, label: 'Founding day' },
        { date: '2026-05-14', label: 'Feast' },
      ],
    });
    expect(windowsOnDate(hours, today)).to.deep.equal([]);
    expect(labelOfDate(hours, today)).to.equal('Founding day');
    expect(windowsOnDate(hours, '2026-05-14')).to.deep.equal([window('10:00', '12:00')]);
    expect(labelOfDate(hours, '2026-05-14')).to.equal('Short day');
    expect(labelOfDate(hours, '2026-05-15')).to.equal(null);
    expect(labelOfDate(hours, '2026-05-17')).to.equal(null);
    expect(findNextOpening(hours, zone, at(today, '09:00'))).to.equal(at('2026-05-14', '10:00'));
    expect(findNextOpening(hours, zone, at('2026-05-15', '10:00'))).to.equal(at('2026-05-17', '08:00'));
  });

  it('QA-1: windows are half open', () => {
    expect(findOpenWindow(office, zone, at(today, '07:59'))).to.equal(undefined);
    expect(findOpenWindow(office, zone, at(today, '08:00'))).to.deep.equal({
      fromMs: at(today, '08:00'),
      toMs: at(today, '12:00'),
    });
    expect(findOpenWindow(office, zone, at(today, '12:00') - 1)).to.not.equal(undefined);
    expect(findOpenWindow(office, zone, at(today, '12:00'))).to.equal(undefined);
  });

  it('QA-1: a window whose end is not after its start ends on the next day', () => {
    expect(findOpenWindow(bar, zone, at(today, '01:30'))).to.deep.equal({
      fromMs: at('2026-05-12', '18:00'),
      toMs: at(today, '02:00'),
    });
    expect(findOpenWindow(bar, zone, at(today, '02:00'))).to.equal(undefined);
    const [day] = openWindows(plan([window('06:00', '06:00')]), zone, today, today);
    expect(day).to.deep.equal({ fromMs: at(today, '06:00'), toMs: at('2026-05-14', '06:00') });
  });

  it('QA-1: a night that began before a holiday is open to its end', () => {
    const hours = plan([window('18:00', '02:00')], { holidays: [{ date: today, label: 'Feast' }] });
    expect(findOpenWindow(hours, zone, at(today, '01:00'))).to.not.equal(undefined);
    expect(findOpenWindow(hours, zone, at(today, '19:00'))).to.equal(undefined);
  });

  it('QA-1, BK-13: a special day may end the night before it at midnight, and no other night', () => {
    const cut = { date: today, windows: [], label: null, cutsNightBefore: true };
    const hours = plan([window('18:00', '02:00')], { specialDays: [cut] });
    expect(openWindows(hours, zone, '2026-05-11', '2026-05-14').map(({ toMs }) => toMs)).to.deep.equal([
      at('2026-05-12', '02:00'),
      at(today, '00:00'),
      at('2026-05-15', '02:00'),
    ]);
    expect(findOpenWindow(hours, zone, at(today, '00:30'))).to.equal(undefined);
    const day = plan([window('08:00', '17:00')], { specialDays: [cut] });
    expect(findClosing(day, zone, at('2026-05-12', '09:00'), at(today, '04:00'))).to.equal(at('2026-05-12', '17:00'));
  });

  it('QA-1: windows that touch or overlap are one, over midnight too', () => {
    const hours = plan([window('10:00', '12:00'), window('08:00', '10:00'), window('11:00', '13:00')]);
    expect(openWindows(hours, zone, today, today)).to.deep.equal([
      { fromMs: at(today, '08:00'), toMs: at(today, '13:00') },
    ]);
    expect(openWindows(always, zone, today, '2026-05-15')).to.deep.equal([
      { fromMs: at(today, '00:00'), toMs: at('2026-05-15', '24:00') },
    ]);
  });

  it('QA-1: the next opening is now when it is open, and none when nothing is planned within two months', () => {
    expect(findNextOpening(office, zone, at(today, '10:00'))).to.equal(at(today, '10:00'));
    expect(findNextOpening(office, zone, at(today, '12:30'))).to.equal(at(today, '13:00'));
    expect(findNextOpening(office, zone, at(today, '17:00'))).to.equal(at('2026-05-14', '08:00'));
    expect(findNextOpening(bar, zone, at(today, '01:00'))).to.equal(at(today, '01:00'));
    const far = (days: number) =>
      plan([], { specialDays: [{ date: addDays(today, days), windows: [window('10:00', '11:00')], label: null }] });
    expect(findNextOpening(far(60), zone, at(today, '10:00'))).to.equal(at(addDays(today, 60), '10:00'));
    expect(findNextOpening(far(61), zone, at(today, '10:00'))).to.equal(undefined);
  });

  it('QA-1: it closes for the day after the last window, not for a break, and never when it is always open', () => {
    const dayEndMs = at('2026-05-14', '04:00');
    expect(findClosing(office, zone, at(today, '09:00'), dayEndMs)).to.equal(at(today, '17:00'));
    expect(findClosing(office, zone, at(today, '12:30'), dayEndMs)).to.equal(at(today, '17:00'));
    expect(findClosing(office, zone, at(today, '17:00'), dayEndMs)).to.equal(undefined);
    expect(findClosing(bar, zone, at(today, '20:00'), dayEndMs)).to.equal(at('2026-05-14', '02:00'));
    expect(findClosing(always, zone, at(today, '20:00'), dayEndMs)).to.equal(undefined);
    const bakery = plan([window('03:00', '15:00')]);
    expect(findClosing(bakery, zone, at(today, '10:00'), dayEndMs)).to.equal(at(today, '15:00'));
  });

  it('QA-1: closed minutes are breaks and nights', () => {
    const closedMinutes = (from: string, toDate: string, to: string) =>
      closedMsBetween(office, zone, at(today, from), at(toDate, to)) / minuteMs;
    expect(closedMinutes('09:00', today, '11:00')).to.equal(0);
    expect(closedMinutes('11:30', today, '13:30')).to.equal(60);
    expect(closedMinutes('16:00', '2026-05-14', '09:00')).to.equal(15 * 60);
    expect(closedMinutes('12:15', today, '12:45')).to.equal(30);
    expect(closedMinutes('11:00', today, '10:00')).to.equal(0);
  });

  it('QA-1: an hour is missing or twice where the clock changes', () => {
    const night = plan([window('22:00', '06:00')]);
    const lengthOf = (date: string) => {
      const [open] = openWindows(night, berlin, date, date);
      return open ? (open.toMs - open.fromMs) / hourMs : 0;
    };
    expect([lengthOf('2026-03-27'), lengthOf('2026-03-28'), lengthOf('2026-10-24')]).to.deep.equal([8, 7, 9]);
    // 02:30 is not there that night: it opens where the gap ends.
    expect(openWindows(plan([window('02:30', '05:00')]), berlin, '2026-03-29', '2026-03-29')).to.deep.equal([
      { fromMs: Date.UTC(2026, 2, 29, 1), toMs: Date.UTC(2026, 2, 29, 3) },
    ]);
    expect(openWindows(plan([window('02:45', '03:30')]), berlin, '2026-03-29', '2026-03-29')).to.deep.equal([
      { fromMs: Date.UTC(2026, 2, 29, 1), toMs: Date.UTC(2026, 2, 29, 1, 30) },
    ]);
    // A window of which the gap leaves nothing is none.
    expect(openWindows(plan([window('02:15', '02:45')]), berlin, '2026-03-29', '2026-03-29')).to.deep.equal([]);
    expect(findNextOpening(plan([window('02:15', '02:45')]), berlin, at('2026-03-29', '00:00', berlin))).to.equal(
      at('2026-03-30', '02:15', berlin),
    );
    // 02:30 comes twice: the second one closes, the first one opens.
    expect(openWindows(plan([window('01:00', '02:30')]), berlin, '2026-10-25', '2026-10-25')[0]?.toMs).to.equal(
      Date.UTC(2026, 9, 25, 1, 30),
    );
    expect(openWindows(plan([window('02:30', '04:00')]), berlin, '2026-10-25', '2026-10-25')[0]?.fromMs).to.equal(
      Date.UTC(2026, 9, 25, 0, 30),
    );
  });

  it('QA-1: in any zone and plan, open and closed add up, and the next opening is the first open moment', () => {
    const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
      const [hour, minute] = [Math.floor(quarter / 4), (quarter % 4) * 15];
      return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    });
    const windows = fc.array(fc.record({ from: time, to: time }), { maxLength: 3 });
    const hours = fc.record({
      weekly: fc.array(windows, { minLength: 7, maxLength: 7 }),
      specialDays: fc.constant<OpeningHours['specialDays']>([]),
      holidays: fc.constant<OpeningHours['holidays']>([]),
    });
    const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    const run = (name: string, plan: OpeningHours, nowMs: number, quarters: number) => {
      const where = getZone(name);
      const endMs = nowMs + quarters * 15 * minuteMs;
      const between = openWindowsBetween(plan, where, nowMs, endMs);
      const openMs = between.reduce(
        (sum, { fromMs, toMs }) => sum + Math.min(toMs, endMs) - Math.max(fromMs, nowMs),
        0,
      );
      expect(openMs + closedMsBetween(plan, where, nowMs, endMs)).to.equal(endMs - nowMs);
      for (const [index, { fromMs, toMs }] of between.entries()) {
        expect(fromMs).to.be.below(toMs);
        const next = between[index + 1];
        if (next) expect(toMs).to.be.below(next.fromMs);
      }
      const nextMs = findNextOpening(plan, where, nowMs);
      if (nextMs === undefined) return;
      expect(findOpenWindow(plan, where, nextMs)).to.not.equal(undefined);
      if (nextMs > nowMs) expect(closedMsBetween(plan, where, nowMs, nextMs)).to.equal(nextMs - nowMs);
    };
    fc.assert(fc.property(fc.constantFrom(...ZONES), hours, moment, fc.integer({ min: 1, max: 300 }), run), {
      numRuns: 500,
    });
  }).timeout(30_000);
});

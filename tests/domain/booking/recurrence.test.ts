import { expect } from 'chai';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { listOccurrences } from '@frontdesk/domain/booking/recurrence';
import { ZONES } from '../support/zones.js';
import { minuteMs } from '../support/salon.js';

const lesson = {
  unit: 'week',
  every: 1,
  count: 4,
  date: '2026-03-01',
  time: '17:00',
  timeZone: 'America/New_York',
} as const;
const wallOf = (start: number | null, timeZone: string) =>
  start === null
    ? null
    : Temporal.Instant.fromEpochMilliseconds(start * minuteMs)
        .toZonedDateTimeISO(timeZone)
        .toPlainDateTime()
        .toString();

describe('repeated visits', () => {
  it('BK-29: a weekly lesson keeps its wall time when the clock changes', () => {
    const all = listOccurrences(lesson);
    expect(all.map(({ start }) => wallOf(start, lesson.timeZone))).to.deep.equal([
      '2026-03-01T17:00:00',
      '2026-03-08T17:00:00',
      '2026-03-15T17:00:00',
      '2026-03-22T17:00:00',
    ]);
    expect((all[1]?.start ?? 0) - (all[0]?.start ?? 0)).to.equal(7 * 1_440 - 60);
    expect(listOccurrences({ ...lesson, every: 2, count: 2 })[1]?.date).to.equal('2026-03-15');
  });

  it('BK-29: a time that the clock skips is left out, of two the earlier is taken', () => {
    const night = listOccurrences({ ...lesson, time: '02:30', count: 3 });
    expect(night.map(({ start }) => start === null)).to.deep.equal([false, true, false]);
    const twice = listOccurrences({ ...lesson, date: '2026-11-01', time: '01:30', count: 1 });
    expect(twice[0]?.start).to.equal(Date.UTC(2026, 10, 1, 5, 30) / minuteMs);
  });

  it('BK-29: months without the day and years without 29 February are left out and said', () => {
    const monthly = listOccurrences({ ...lesson, unit: 'month', date: '2026-12-31', count: 4 });
    expect(monthly.map(({ date }) => date)).to.deep.equal(['2026-12-31', '2027-01-31', '2027-02', '2027-03-31']);
    expect(monthly.map(({ start }) => start === null)).to.deep.equal([false, false, true, false]);
    const yearly = listOccurrences({ ...lesson, unit: 'year', date: '2028-02-29', count: 5 });
    expect(yearly.map(({ date }) => date)).to.deep.equal(['2028-02-29', '2029-02', '2030-02', '2031-02', '2032-02-29']);
    const quarterly = listOccurrences({ ...lesson, unit: 'month', every: 3, date: '2026-11-30', count: 3 });
    expect(quarterly.map(({ date }) => date)).to.deep.equal(['2026-11-30', '2027-02', '2027-05-30']);
  });

  it('BK-29: in any zone a lesson has its wall time or is left out', () => {
    const dates = fc
      .integer({ min: 0, max: 3_000 })
      .map((day) => Temporal.PlainDate.from('2020-01-01').add({ days: day }));
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), dates, fc.nat(1_439), (timeZone, first, minutes) => {
        const time = Temporal.PlainTime.from('00:00').add({ minutes }).toString().slice(0, 5);
        const rule = { unit: 'week', every: 1, count: 30, date: first.toString(), time, timeZone } as const;
        for (const [index, { date, start }] of listOccurrences(rule).entries()) {
          expect(date).to.equal(first.add({ weeks: index }).toString());
          const wall = `${date}T${time}:00`;
          const zoned = Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone, { disambiguation: 'earlier' });
          const isReal = zoned.toPlainDateTime().toString() === wall;
          expect(start).to.equal(isReal ? zoned.epochMilliseconds / minuteMs : null);
        }
      }),
      { numRuns: 100 },
    );
  }).timeout(30_000);
});

import { expect } from 'chai';
import fc from 'fast-check';
import { serviceDayBounds, serviceDayOf } from '@frontdesk/domain/hours/service-day';
import { addDays, getZone } from '@frontdesk/domain/hours/zone';
import { ZONES } from '../support/zones.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const berlin = getZone('Europe/Berlin');

describe('service days', () => {
  it('QA-1: a place that is open past midnight keeps one day until its start', () => {
    const zone = getZone('Asia/Kuala_Lumpur');
    const day = (hour: number, minute = 0) => serviceDayOf(zone, '04:00', Date.UTC(2026, 4, 12, 16 + hour, minute));
    expect([day(0), day(3, 59), day(4), day(23, 59), day(27, 59), day(28)]).to.deep.equal([
      '2026-05-12',
      '2026-05-12',
      '2026-05-13',
      '2026-05-13',
      '2026-05-13',
      '2026-05-14',
    ]);
  });

  it('QA-1: a day may begin at midnight', () => {
    const zone = getZone('Asia/Kuala_Lumpur');
    expect(serviceDayOf(zone, '00:00', Date.UTC(2026, 4, 12, 16))).to.equal('2026-05-13');
    expect(serviceDayOf(zone, '00:00', Date.UTC(2026, 4, 12, 16) - 1)).to.equal('2026-05-12');
  });

  it('QA-1: a day has 23 or 25 hours where the clock changes', () => {
    const lengthOf = (day: string, dayStart = '04:00') => {
      const { startMs, endMs } = serviceDayBounds(berlin, dayStart, day);
      return (endMs - startMs) / hourMs;
    };
    expect([lengthOf('2026-03-28'), lengthOf('2026-03-29'), lengthOf('2026-10-24')]).to.deep.equal([23, 24, 25]);
    expect([lengthOf('2026-03-29', '00:00'), lengthOf('2026-10-25', '00:00')]).to.deep.equal([23, 25]);
  });

  it('QA-1: no day comes again where the clock is set back over its start, none is left out where it is set forward', () => {
    const firstMs = Date.UTC(2026, 9, 24, 23, 30);
    // 02:30 comes at 00:30 and at 01:30 UTC; the day begins with the first.
    const days = Array.from({ length: 24 }, (_, quarter) =>
      serviceDayOf(berlin, '02:30', firstMs + quarter * 15 * minuteMs),
    );
    expect(days).to.deep.equal(days.toSorted());
    expect(days.indexOf('2026-10-25')).to.equal(4);
    // 02:30 does not come: the day begins when the clock shows 03:30.
    const start = Date.UTC(2026, 2, 29, 1, 30);
    expect(serviceDayBounds(berlin, '02:30', '2026-03-29').startMs).to.equal(start);
    expect(serviceDayOf(berlin, '02:30', start - 1)).to.equal('2026-03-28');
    expect(serviceDayOf(berlin, '02:30', start)).to.equal('2026-03-29');
  });

  it('QA-1: a date that a zone left out has no service day', () => {
    const apia = getZone('Pacific/Apia');
    const { startMs, endMs } = serviceDayBounds(apia, '04:00', '2011-12-30');
    expect(endMs - startMs).to.equal(0);
    expect(serviceDayOf(apia, '04:00', endMs - 1)).to.equal('2011-12-29');
    expect(serviceDayOf(apia, '04:00', endMs)).to.equal('2011-12-31');
  });

  it('QA-1: in any zone every moment lies inside its day, and days follow each other without a gap', () => {
    const moments = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2037, 11, 31) });
    const starts = fc.constantFrom('00:00', '00:30', '01:30', '02:00', '02:30', '03:00', '04:00', '12:00', '23:30');
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), starts, moments, (name, dayStart, nowMs) => {
        const zone = getZone(name);
        const day = serviceDayOf(zone, dayStart, nowMs);
        const { startMs, endMs } = serviceDayBounds(zone, dayStart, day);
        expect(startMs).to.be.at.most(nowMs);
        expect(endMs).to.be.greaterThan(nowMs);
        expect(serviceDayBounds(zone, dayStart, addDays(day, 1)).startMs).to.equal(endMs);
        expect(serviceDayOf(zone, dayStart, endMs) > day).to.equal(true);
      }),
      { numRuns: 3_000 },
    );
  }).timeout(30_000);
});

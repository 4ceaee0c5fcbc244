import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { collectBusy } from '@frontdesk/domain/booking/branch';
import { decodeSlots, encodeSlots } from '@frontdesk/domain/booking/slot-codec';
import { findSlots, type SlotDays } from '@frontdesk/domain/booking/slots';
import { addDays } from '@frontdesk/domain/hours/zone';
import { slotList } from '@frontdesk/protocol/booking-visitor';
import {
  at,
  bookableId,
  buildBookable,
  buildSalon,
  buildService,
  minuteMs,
  situationOf,
  today,
} from '../support/salon.js';

const header = { rev: 'm5x2k1a', timeZone: 'Asia/Kuala_Lumpur', from: today };
const encode = (days: SlotDays) => encodeSlots(days, header);

/** Starts of some days: steps of a few quanta, days that are empty, days that begin before the one before them. */
const someDays = fc
  .array(
    fc.record({
      shift: fc.integer({ min: -40, max: 300 }),
      steps: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 40 }),
    }),
    {
      maxLength: 12,
    },
  )
  .map((days) => {
    let base = at(today, '09:00');
    return days.map(({ shift, steps }) => {
      base += shift * 5;
      let start = base;
      return steps.map((step) => (start += step * 5));
    });
  });

describe('slots on the wire', () => {
  it('BK-19: what is decoded is what was encoded, and the contract holds', () => {
    fc.assert(
      fc.property(someDays, (days) => {
        const list = encode(days);
        expect(slotList.safeParse(list).success).to.equal(true);
        expect(decodeSlots(structuredClone(list))).to.deep.equal(days);
      }),
      { numRuns: 1_000 },
    );
  });

  it('BK-19: equal steps are counted, not repeated; a date begins from the one before', () => {
    const nine = at(today, '09:00');
    const hourly = Array.from({ length: 8 }, (_, hour) => nine + hour * 60);
    const days = [[], hourly, [], [nine + 1_440, nine + 1_500]];
    expect(encode(days)).to.deep.equal({ ...header, base: nine, days: [[], [0, 12, -6], [], [288, 12]] });
    expect(encode([[], []]).days).to.deep.equal([[], []]);
  });

  it('BK-18: a month of ten people, half booked, is at most a fifteenth of its ISO objects, zipped a quarter', () => {
    const names = Array.from({ length: 10 }, (_, index) => `person-${index}`);
    const spans = names.flatMap((name, person) =>
      Array.from({ length: 30 * 8 }, (_, index) => {
        const from = at(addDays(today, index % 30), '09:00') + ((index * 7 + person * 3) % 30) * 15;
        return { resourceId: bookableId(name), from, to: from + 30 };
      }),
    );
    const salon = buildSalon({
      resources: names.map((name, index) => buildBookable(name, index)),
      service: buildService({ intervalMinutes: 15 }),
      busy: collectBusy(spans),
    });
    for (const staffId of [null, bookableId('person-1')]) {
      const days = findSlots(situationOf(salon), { staffId, from: today, days: 30 });
      const iso = JSON.stringify(
        Object.fromEntries(
          days.map((day, index) => [
            addDays(today, index),
            day.map((start) => ({ start: new Date(start * minuteMs).toISOString() })),
          ]),
        ),
      );
      const wire = JSON.stringify(encode(days));
      const [raw, zipped] = [iso.length / wire.length, gzipSync(iso).length / gzipSync(wire).length];
      console.log(
        `      ${days.flat().length} starts: ${iso.length} → ${wire.length} bytes, 1/${raw.toFixed(1)}; zipped 1/${zipped.toFixed(1)}`,
      );
      expect(days.flat().length).to.be.greaterThan(200);
      expect(raw).to.be.at.least(15);
      expect(zipped).to.be.at.least(4);
    }
  });
});

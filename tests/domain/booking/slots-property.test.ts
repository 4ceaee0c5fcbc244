import { expect } from 'chai';
import fc from 'fast-check';
import { collectBusy } from '@frontdesk/domain/booking/branch';
import { findSlots } from '@frontdesk/domain/booking/slots';
import { addDays, getZone } from '@frontdesk/domain/hours/zone';
import type { OpeningHours } from '@frontdesk/protocol/hours';
import {
  bookableId,
  buildBookable,
  buildPool,
  buildSalon,
  buildService,
  minuteMs,
  open,
  poolId,
  situationOf,
  type Salon,
} from '../support/salon.js';
import { listSlots } from '../support/slot-oracle.js';

/** A zone, and a date with something odd on it or next to it. */
const places = [
  ['Asia/Kuala_Lumpur', '2026-05-13'],
  ['Asia/Kathmandu', '2026-05-13'],
  ['Asia/Kolkata', '2028-02-29'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['America/Havana', '2026-03-08'],
  ['America/Havana', '2026-11-01'],
  ['America/Sao_Paulo', '2018-02-18'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['America/Nuuk', '2026-03-28'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Pacific/Chatham', '2026-04-05'],
  ['Pacific/Chatham', '2026-09-27'],
  ['Pacific/Apia', '2011-12-30'],
  ['Africa/Cairo', '2026-04-24'],
  ['Africa/Cairo', '2026-10-30'],
  ['Antarctica/Troll', '2026-03-29'],
] as const;

const wallTime = fc
  .oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 1_439 }) },
  )
  .map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`);
const windows = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ from: wallTime, to: wallTime }) },
    { weight: 1, arbitrary: fc.record({ from: wallTime, to: fc.constant('24:00') }) },
    { weight: 1, arbitrary: fc.constant(open('00:00', '24:00')) },
  ),
  { maxLength: 2 },
);
const hoursAround = (date: string): fc.Arbitrary<OpeningHours> =>
  fc.record({
    weekly: fc.array(windows, { minLength: 7, maxLength: 7 }),
    specialDays: fc.array(
      fc.record({
        date: fc.constantFrom(date, addDays(date, 1)),
        windows,
        label: fc.constant(null),
        cutsNightBefore: fc.boolean(),
      }),
      { maxLength: 1 },
    ),
    holidays: fc.array(fc.record({ date: fc.constantFrom(addDays(date, -1), date), label: fc.constant('') }), {
      maxLength: 1,
    }),
  });

const poolIds = fc.subarray([poolId('rooms'), poolId('things')]);
const segment = fc.record({
  minutes: fc.constantFrom(5, 15, 20, 30, 45, 60, 90),
  needsStaff: fc.boolean(),
  poolIds,
});
const buffer = fc.constantFrom(0, 0, 5, 15);
const service = fc
  .record({
    segments: fc.array(segment, { minLength: 1, maxLength: 3 }),
    bufferBeforeMinutes: buffer,
    bufferAfterMinutes: buffer,
    buffersMayLeaveHours: fc.boolean(),
    intervalMinutes: fc.constantFrom(5, 15, 25, 30, 50, 60, 90),
    alignment: fc.constantFrom('open' as const, 'clock' as const),
    packing: fc.constantFrom('grid' as const, 'tight' as const),
    minNoticeMinutes: fc.constantFrom(0, 61, 600),
    horizonDays: fc.constantFrom(2, 3, 30),
  })
  .filter(({ segments }) => segments.some((one) => one.needsStaff || one.poolIds.length > 0));

const names = ['ann', 'ben', 'one', 'two', 'odd'] as const;

function salonAt(zone: string, date: string): fc.Arbitrary<Salon> {
  const midnight = getZone(zone).toInstant(date, 0) / minuteMs;
  const span = fc
    .record({
      resource: fc.constantFrom(...names),
      after: fc.integer({ min: -1_440, max: 3 * 1_440 }),
      minutes: fc.integer({ min: 1, max: 400 }),
    })
    .map(({ resource, after, minutes }) => {
      const from = midnight + after;
      return { resourceId: bookableId(resource), from, to: from + minutes };
    });
  return fc
    .record({
      hours: hoursAround(date),
      own: fc.option(hoursAround(date)),
      ofRoom: fc.option(hoursAround(date)),
      service,
      spans: fc.array(span, { maxLength: 12 }),
      nowAfter: fc.integer({ min: -2_000, max: 600 }),
      isShared: fc.boolean(),
    })
    .map(({ hours, own, ofRoom, service: change, spans, nowAfter, isShared }) =>
      buildSalon({
        zone,
        hours,
        service: buildService(change),
        resources: [
          buildBookable('ann', 1, { hours: own }),
          buildBookable('ben', 2),
          buildBookable('one', 3, { kind: 'room', serviceIds: [], hours: ofRoom }),
          buildBookable('two', 4, { kind: 'room', serviceIds: [] }),
          buildBookable('odd', 5, { kind: 'equipment', serviceIds: [] }),
        ],
        pools: [
          buildPool('rooms', isShared ? ['one', 'two', 'ben'] : ['one', 'two']),
          buildPool('things', isShared ? ['two', 'odd'] : ['odd']),
        ],
        busy: collectBusy(spans),
        nowMs: (midnight + nowAfter) * minuteMs,
      }),
    );
}

const cases = fc.constantFrom(...places).chain(([zone, date]) => fc.tuple(salonAt(zone, date), fc.constant(date)));

describe('slots against a calendar', () => {
  it('BK-12 BK-13 BK-14: any plan, service and bookings on odd days of any zone: what the minute-by-minute reading says', () => {
    let found = 0;
    fc.assert(
      fc.property(cases, fc.constantFrom(null, bookableId('ann')), ([salon, date], staffId) => {
        const from = addDays(date, -1);
        const slots = findSlots(situationOf(salon), { staffId, from, days: 3 });
        expect(slots, `${salon.zone} ${date}`).to.deep.equal(listSlots(salon, staffId, from, 3));
        found += slots.flat().length;
      }),
      { numRuns: 250 },
    );
    // Not a proof about empty lists.
    expect(found).to.be.greaterThan(1_000);
  }).timeout(60_000);
});

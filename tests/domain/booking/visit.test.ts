/** Visits of several services (BK-9), against an oracle that looks at every minute. */
import { expect } from 'chai';
import fc from 'fast-check';
import { collectBusy, type BusySpan } from '@frontdesk/domain/booking/branch';
import { findVisitSlots, planVisit, type VisitParts } from '@frontdesk/domain/booking/visit';
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import {
  at,
  bookableId,
  buildBookable,
  buildPool,
  buildRoom,
  buildSalon,
  buildService,
  everyDay,
  open,
  poolId,
  situationOf,
  today,
} from '../support/salon.js';

const day = at(today, '00:00');
const WINDOWS = [
  [9 * 60, 12 * 60],
  [13 * 60, 17 * 60],
] as const;
const PEOPLE = ['ann', 'ben'];
const ROOMS = ['room'];

interface Wanted {
  readonly minutes: number;
  readonly isInRoom: boolean;
  /** Who can give it. */
  readonly people: readonly string[];
  readonly staffId: string | null;
}

const wanted: fc.Arbitrary<Wanted> = fc.record({
  minutes: fc.constantFrom(15, 30, 60),
  isInRoom: fc.boolean(),
  people: fc.constantFrom(['ann'], ['ben'], PEOPLE),
  staffId: fc.constantFrom(null, null, 'ann'),
});
const busySpan: fc.Arbitrary<BusySpan> = fc
  .tuple(fc.constantFrom(...PEOPLE, ...ROOMS), fc.integer({ min: 108, max: 204 }), fc.integer({ min: 1, max: 12 }))
  .map(([name, quantum, length]) => ({
    resourceId: bookableId(name),
    from: day + quantum * 5,
    to: day + (quantum + length) * 5,
  }));

const idOf = (index: number) => `service-${index}` as BookingServiceId;

function buildParts(visit: readonly Wanted[], spans: readonly BusySpan[], more: object = {}): VisitParts {
  const people = PEOPLE.map((name, index) =>
    buildBookable(name, index + 1, {
      serviceIds: visit.flatMap((part, at) => (part.people.includes(name) ? [idOf(at)] : [])),
    }),
  );
  const parts = visit.map(({ minutes, isInRoom, staffId }, index) => ({
    staffId: staffId === null ? null : bookableId(staffId),
    loads: new Map(),
    situation: situationOf(
      buildSalon({
        hours: everyDay([open('09:00', '12:00'), open('13:00', '17:00')]),
        resources: [...people, buildRoom('room', 9)],
        pools: [buildPool('rooms', ROOMS)],
        busy: collectBusy(spans),
        service: buildService({
          id: idOf(index),
          intervalMinutes: 15,
          segments: [{ minutes, needsStaff: true, poolIds: isInRoom ? [poolId('rooms')] : [] }],
          ...more,
        }),
      }),
    ),
  }));
  return parts as unknown as VisitParts;
}

function isFree(name: string, from: number, to: number, spans: readonly BusySpan[]): boolean {
  for (let minute = from; minute < to; minute += 1) {
    if (!WINDOWS.some(([opens, closes]) => minute >= opens && minute < closes)) return false;
    const isTaken = spans.some(
      (span) => span.resourceId === bookableId(name) && day + minute >= span.from && day + minute < span.to,
    );
    if (isTaken) return false;
  }
  return true;
}

const sameWindow = (from: number, to: number): boolean =>
  WINDOWS.some(([opens, closes]) => from >= opens && to <= closes);

function fits(visit: readonly Wanted[], start: number, spans: readonly BusySpan[]): boolean {
  let from = start;
  return visit.every(({ minutes, isInRoom, people, staffId }) => {
    const to = from + minutes;
    const who = people.filter((name) => staffId === null || name === staffId);
    const isPossible =
      sameWindow(from, to) &&
      who.some((name) => isFree(name, from, to, spans)) &&
      (!isInRoom || isFree('room', from, to, spans));
    from = to;
    return isPossible;
  });
}

describe('visits of several services', () => {
  it('BK-9: are offered exactly where every part has somebody and a room at its own time', () => {
    fc.assert(
      fc.property(
        fc.array(wanted, { minLength: 1, maxLength: 4 }),
        fc.array(busySpan, { maxLength: 12 }),
        (visit, spans) => {
          const parts = buildParts(visit, spans);
          const found = findVisitSlots(parts, { from: today, days: 1 })[0]?.map((start) => start - day);
          const grid = WINDOWS.flatMap(([opens, closes]) =>
            Array.from({ length: (closes - opens) / 15 }, (_, index) => opens + index * 15),
          );
          expect(found).to.deep.equal(grid.filter((start) => fits(visit, start, spans)));
          for (const start of grid) {
            const { ok } = planVisit(parts, { start: day + start, by: 'customer' });
            expect(ok, String(start)).to.equal(found?.includes(start));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('BK-9: plans follow one another, and whoever began goes on where they can', () => {
    const part = (staffId: string | null): Wanted => ({ minutes: 30, isInRoom: true, people: PEOPLE, staffId });
    const plans = (visit: readonly Wanted[], spans: readonly BusySpan[] = []) => {
      const answer = planVisit(buildParts(visit, spans), { start: day + 540, by: 'customer' });
      return answer.ok
        ? answer.plans.map(({ start, end, staffId }) => [start - day, end - day, staffId])
        : answer.reason;
    };
    expect(plans([part(null), part(null), part('ben')])).to.deep.equal([
      [540, 570, 'ann'],
      [570, 600, 'ann'],
      [600, 630, 'ben'],
    ]);
    expect(plans([part('ben'), part(null)])).to.deep.equal([
      [540, 570, 'ben'],
      [570, 600, 'ben'],
    ]);
    const away = { resourceId: bookableId('ann'), from: day + 570, to: day + 600 };
    expect(plans([part('ann'), part(null)], [away])).to.deep.equal([
      [540, 570, 'ann'],
      [570, 600, 'ben'],
    ]);
    expect(plans([part('ann'), part('ann')], [away])).to.equal('taken');
    expect(plans([part('ann'), { ...part('ann'), minutes: 300 }])).to.equal('closed');
  });

  it('BK-16: notice and horizon hold for every part, and so does a limit of the day', () => {
    const visit: Wanted[] = [1, 2].map(() => ({ minutes: 30, isInRoom: false, people: PEOPLE, staffId: null }));
    const [first, second] = buildParts(visit, []);
    if (!second) throw new Error('A visit of two has two parts.');
    const ask = (change: Partial<typeof second.situation>) =>
      findVisitSlots([first, { ...second, situation: { ...second.situation, ...change } }], { from: today, days: 1 })
        .flat()
        .map((start) => start - day);
    const { service } = second.situation;
    expect(ask({})[0]).to.equal(540);
    const minNoticeMinutes = day + 660 - second.situation.nowMs / 60_000;
    expect(ask({ service: { ...service, minNoticeMinutes } })[0]).to.equal(630);
    expect(ask({ fullDates: new Set([today]) })).to.deep.equal([]);
  });
});

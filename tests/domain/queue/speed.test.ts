import { expect } from 'chai';
import { decideIssue } from '@frontdesk/domain/queue/decide-issue';
import { orderLine, select } from '@frontdesk/domain/queue/select';
import { alwaysOpen, createSetup, one, payments, Place, reception, withService } from '../support/place.js';

/** Limits are loose, because a busy machine is not a slow rule; the printed number is the one to read. */
const cases = [
  { waiting: 500, goalMs: 2 },
  { waiting: 10_000, goalMs: 25 },
] as const;

function createLine(waiting: number): Place {
  const long = { width: 5, first: 1, last: 99_999 };
  const wide = withService(createSetup({ hours: alwaysOpen }), reception, { series: { prefix: 'A', ...long } });
  const place = new Place(withService(wide, payments, { series: { prefix: 'B', ...long } }));
  place.open(one);
  for (let number = 0; number < waiting; number += 1) {
    place.wait(500);
    const classKey = number % 7 === 0 ? 'elder' : number % 5 === 0 ? 'vip' : null;
    const presence = number % 11 === 0 ? 'remote' : 'onsite';
    const serviceId = number % 3 === 0 ? payments : reception;
    const ticketId = place.issue({ classKey, presence, serviceId, isClassConfirmed: true, overridesLimits: true });
    if (number % 40 === 0) place.write([{ type: 'ticket-deferred', ticketId, places: 1 + (number % 20) }]);
  }
  return place;
}

function measure(run: () => unknown): number {
  const times = Array.from({ length: 15 }, () => {
    const startedMs = performance.now();
    run();
    return performance.now() - startedMs;
  });
  return times.toSorted((one, other) => one - other)[7] ?? Infinity;
}

describe('speed of the cores', () => {
  for (const { waiting, goalMs } of cases) {
    it(`QC-1: the line of ${waiting.toLocaleString('en')} waiting is ordered within ${goalMs} ms`, () => {
      const place = createLine(waiting);
      const serviceIds = new Set([reception, payments]);
      const query = { serviceIds, nowMs: place.nowMs, counterId: one, includesAbsent: true };
      const orderMs = measure(() => orderLine(place.floor, place.setup, query));
      const selectMs = measure(() => select(place.floor, place.setup, one, place.nowMs));
      const issueMs = measure(() => decideIssue(place.situation, place.request()));
      console.log(
        `      ${waiting} waiting: order ${orderMs.toFixed(2)} ms, select ${selectMs.toFixed(2)} ms, issue ${issueMs.toFixed(2)} ms`,
      );
      expect(orderLine(place.floor, place.setup, query)).to.have.length(waiting);
      expect(orderMs).to.be.below(4 * goalMs);
      expect(selectMs).to.be.below(4 * goalMs);
      expect(issueMs).to.be.below(4 * goalMs);
    }).timeout(30_000);
  }
});

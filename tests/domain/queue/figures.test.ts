/** QA-9: figures of a report, against the same figures counted ticket by ticket from the raw events. */
import { expect } from 'chai';
import fc from 'fast-check';
import { decideDue } from '@frontdesk/domain/queue/decide-location';
import { decideIssue } from '@frontdesk/domain/queue/decide-issue';
import {
  decideCancel,
  decideHold,
  decideNoShow,
  decideReturn,
  decideTransfer,
  decideWalkIn,
} from '@frontdesk/domain/queue/decide-serve';
import { createFigures, type FiguresReport } from '@frontdesk/domain/queue/figures';
import type { QueueEvent } from '@frontdesk/domain/queue/events';
import {
  createSetup,
  doctor,
  minuteMs,
  one,
  openPlace,
  payments,
  Place,
  reception,
  three,
  two,
} from '../support/place.js';
import { decide, step } from '../support/random-steps.js';
import { recount } from '../support/recount.js';

const setup = createSetup();

function figuresOf(log: readonly QueueEvent[]): FiguresReport {
  const figures = createFigures(setup.services);
  for (const event of log) figures.observe(event);
  return figures.summarize();
}

/** The next morning. */
function passNight(place: Place): void {
  place.wait(20 * 60 * minuteMs);
  place.write(decideDue(place.situation));
}

describe('figures of a queue', () => {
  it('QA-9: equal what the raw events say, whatever happened and over however many days', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 40, maxLength: 160 }), (steps) => {
        const place = openPlace(one, two, three);
        for (const next of steps) {
          place.wait(next.waitSeconds * 1_000);
          const decision = decide(place, next);
          if (decision.ok) place.write(decision.changes);
        }
        const report = figuresOf(place.log);
        const raw = recount(place.log, setup);
        expect(report.total).to.deep.equal(raw.total);
        for (const { serviceId, figures } of report.byService) {
          expect(figures, serviceId).to.deep.equal(raw.of((visit) => visit.serviceId === serviceId));
        }
        for (const { source, figures } of report.bySource) {
          expect(figures, source).to.deep.equal(raw.of((visit) => visit.source === source));
        }
        for (const { memberId, figures } of report.byStaff) {
          expect({ ...figures, issued: 0 }, memberId).to.deep.equal({
            ...raw.of((visit) => visit.memberId === memberId),
            issued: 0,
          });
        }
        const sum = (pick: (figures: FiguresReport['total']) => number) =>
          report.byService.reduce((total, { figures }) => total + pick(figures), 0);
        expect(sum(({ issued }) => issued)).to.equal(report.total.issued);
        expect(report.heatmap.reduce((total, { issued }) => total + issued, 0)).to.equal(report.total.issued);
      }),
      { numRuns: 300 },
    );
  });

  it('QA-9: mean, median and P90 of waits and services, and the share within the target', () => {
    const place = openPlace(one);
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 40];
    for (const minutes of waits) {
      place.issue();
      place.wait(minutes * minuteMs);
      place.callNext();
      place.start();
      place.wait(2 * minuteMs);
      place.complete();
    }
    const { total } = figuresOf(place.log);
    expect(total.wait).to.deep.equal({ mean: 510, median: 300, p90: 540 });
    expect(total.service).to.deep.equal({ mean: 120, median: 120, p90: 120 });
    expect(total.onTarget).to.equal(0.9);
    expect(total).to.include({ issued: 10, served: 10, noShows: 0, cancelled: 0, transfers: 0 });
  });

  it('QA-9: a transfer is another visit, with its own wait and its own people', () => {
    const place = openPlace(one, two);
    const id = place.issue();
    place.wait(10 * minuteMs);
    place.callNext();
    place.start();
    place.wait(4 * minuteMs);
    place.must(
      decideTransfer(place.situation, {
        counterId: one,
        ticketId: id,
        serviceId: doctor,
        mode: 'sorted',
        toCounterId: null,
      }),
    );
    place.wait(6 * minuteMs);
    place.callNext(two);
    place.start(two);
    place.wait(8 * minuteMs);
    place.complete(two);
    const report = figuresOf(place.log);
    expect(report.total).to.include({ issued: 1, served: 2, transfers: 1 });
    const of = (serviceId: string) => report.byService.find((row) => row.serviceId === serviceId)?.figures;
    expect(of(reception)).to.deep.include({ issued: 1, served: 1, transfers: 1 });
    expect(of(reception)?.wait.mean).to.equal(600);
    expect(of(doctor)).to.deep.include({ issued: 0, served: 1, transfers: 0 });
    expect(of(doctor)?.wait.mean).to.equal(360);
    expect(report.byStaff.map(({ figures }) => figures.served)).to.deep.equal([0, 1, 1]);
  });

  it('QA-9 QC-15: people served without a ticket are counted, and do not flatter the wait', () => {
    const place = openPlace(one);
    place.issue();
    place.wait(10 * minuteMs);
    place.callNext();
    place.start();
    place.complete();
    const request = place.request({ source: 'staff' });
    place.must(decideWalkIn(place.situation, one, request));
    place.wait(minuteMs);
    place.complete();
    const { total } = figuresOf(place.log);
    expect(total).to.include({ issued: 2, served: 2, onTarget: 1 });
    expect(total.wait.mean).to.equal(600);
  });

  it('QA-9: who is served over the change of day counts once, on the day in which it ends', () => {
    const place = openPlace(one);
    place.issue();
    place.wait(10 * minuteMs);
    place.callNext();
    place.start();
    passNight(place);
    place.complete();
    const { total } = figuresOf(place.log);
    expect(total).to.include({ issued: 1, served: 1 });
    const began = place.log.findLastIndex(({ changes }) => changes.some(({ type }) => type === 'day-began'));
    const [first, second] = [figuresOf(place.log.slice(0, began)), figuresOf(place.log.slice(began))];
    expect(first.total).to.include({ issued: 1, served: 0 });
    expect(first.total.wait.mean).to.equal(600);
    expect(second.total).to.include({ issued: 0, served: 1 });
    expect(second.total.wait.mean).to.equal(null);
  });

  it('QA-9: a missed call that is made good is no no-show; one that is not stays one when the day is over', () => {
    const place = openPlace(one);
    const [back, gone, left] = place.issueMany(3);
    for (const ticketId of [back, gone]) {
      place.callNext();
      place.wait(minuteMs);
      place.must(decideNoShow(place.situation, { counterId: one, ticketId: ticketId ?? place.at() }));
    }
    if (!back || !left) throw new Error('no tickets');
    place.must(decideReturn(place.situation, back, true));
    place.must(decideCancel(place.situation, left, 'left'));
    place.callNext();
    place.start();
    const hold = { counterId: one, ticketId: back, memberId: null as never, scope: 'location' as const, minutes: 5 };
    place.must(decideHold(place.situation, hold));
    passNight(place);
    expect(figuresOf(place.log).total).to.include({ issued: 3, served: 0, noShows: 1, cancelled: 1 });
  });

  it('QA-9: the heatmap is in the hours of the wall clock, also on days on which it changes', () => {
    const berlin = createSetup({ timeZone: 'Europe/Berlin', dayStart: '00:00', hours: setup.hours });
    const clocks: readonly (readonly [string, number, number])[] = [
      // Sunday 29 March 2026: 01:59 is followed by 03:00.
      ['2026-03-29T00:30:00Z', 6, 1],
      ['2026-03-29T01:30:00Z', 6, 3],
      // Sunday 25 October 2026: 02:00 to 03:00 comes twice.
      ['2026-10-25T00:30:00Z', 6, 2],
      ['2026-10-25T01:30:00Z', 6, 2],
    ];
    const seen = clocks.map(([at]) => {
      const place = new Place(berlin, Date.parse(at));
      const request = place.request({ serviceId: payments, overridesLimits: true });
      place.must(decideIssue(place.situation, request));
      return figuresOf(place.log).heatmap.map(({ weekday, hour, issued }) => [weekday, hour, issued]);
    });
    expect(seen).to.deep.equal(clocks.map(([, weekday, hour]) => [[weekday, hour, 1]]));
  });
});

import { expect } from 'chai';
import { decideBlock, decideIssue, decideOfflineIssue } from '@frontdesk/domain/queue/decide-issue';
import { decideDue } from '@frontdesk/domain/queue/decide-location';
import { decideCancel } from '@frontdesk/domain/queue/decide-serve';
import { formatLabel, labelsOfBlock } from '@frontdesk/domain/queue/numbering';
import type { Series } from '@frontdesk/protocol/queue-setup';
import type { ServiceId } from '@frontdesk/protocol/ids';
import {
  createSetup,
  deviceId,
  expectRefusal,
  minuteMs,
  one,
  payments,
  Place,
  reception,
  two,
  withService,
} from '../support/place.js';

const dayMs = 24 * 60 * minuteMs;
const kiosk = deviceId('kiosk-1');

function placeWithSeries(series: Partial<Series>): Place {
  const place = new Place();
  const known = place.setup.services.get(reception);
  if (!known) throw new Error('it is there');
  place.setup = withService(place.setup, reception, { series: { ...known.series, ...series } });
  return place;
}

const labelOf = (place: Place, id: Parameters<Place['ticket']>[0]) => place.ticket(id).label;

function reserve(place: Place, device = kiosk, serviceId: ServiceId = reception, count = 3) {
  const [change] = place.must(decideBlock(place.situation, { deviceId: device, serviceId, count }));
  if (change?.type !== 'block-reserved') throw new Error('nothing was reserved');
  return change;
}

function issueOffline(place: Place, label: string, change: Partial<Parameters<typeof decideOfflineIssue>[1]> = {}) {
  return decideOfflineIssue(place.situation, {
    request: place.request(),
    deviceId: kiosk,
    label,
    serviceDay: place.floor.serviceDay,
    ageMs: 0,
    lastContactMs: place.nowMs - 60 * minuteMs,
    ...change,
  });
}

describe('numbers', () => {
  it('QA-3: a label is prefix and number in the width of the series, longer when it has to be', () => {
    expect(formatLabel('A', 7, 3)).to.equal('A007');
    expect(formatLabel('', 1234, 3)).to.equal('1234');
  });

  it('QA-3: a series begins with its first number; a cancelled ticket gives none back', () => {
    const place = placeWithSeries({ first: 100, last: 200 });
    const id = place.issue();
    expect(labelOf(place, id)).to.equal('A100');
    place.must(decideCancel(place.situation, id, null));
    expect(labelOf(place, place.issue())).to.equal('A101');
  });

  it('QA-3: after the last number comes the first, past those whose ticket is open; when all are, there is none', () => {
    const place = placeWithSeries({ first: 1, last: 4 });
    place.open(one);
    place.issueMany(4);
    expectRefusal(decideIssue(place.situation, place.request()), 'CAP_REACHED');
    place.callNext();
    place.start();
    expectRefusal(decideIssue(place.situation, place.request()), 'CAP_REACHED');
    place.complete();
    expect(labelOf(place, place.issue())).to.equal('A001');
    const held = place.callNext();
    place.complete();
    place.callNext();
    place.complete();
    // A002 and A003 are done, A004 waits: the next ones are those two.
    expect(labelOf(place, held)).to.equal('A002');
    expect(labelOf(place, place.issue())).to.equal('A002');
    expect(labelOf(place, place.issue())).to.equal('A003');
    expectRefusal(decideIssue(place.situation, place.request()), 'CAP_REACHED');
  });

  it('QA-3: a day begins with the first number again, but not with one that is still being served', () => {
    const place = new Place();
    place.open(one);
    place.issueMany(2);
    place.callNext();
    place.start();
    place.wait(dayMs);
    place.write(decideDue(place.situation));
    expect(labelOf(place, place.issue())).to.equal('A002');
    place.complete();
    expect(labelOf(place, place.issue())).to.equal('A003');
  });

  it('QA-2: a series that was moved goes on inside its new bounds', () => {
    const place = new Place();
    place.issueMany(3);
    const move = (first: number, last: number) => {
      place.setup = withService(place.setup, reception, { series: { prefix: 'A', width: 3, first, last } });
      return labelOf(place, place.issue());
    };
    expect(move(50, 99)).to.equal('A050');
    expect(move(1, 99)).to.equal('A051');
    expect(move(1, 20)).to.equal('A004');
  });
});

describe('blocks of a kiosk', () => {
  it('QK-10: a device gets a sub-series of its own for each service, and goes on in it', () => {
    const place = new Place();
    expect(labelsOfBlock(reserve(place), 3)).to.deep.equal(['AK001', 'AK002', 'AK003']);
    expect(labelsOfBlock(reserve(place), 3)).to.deep.equal(['AK004', 'AK005', 'AK006']);
    expect(reserve(place, deviceId('kiosk-2')).prefix).to.equal('AL');
    expect(reserve(place, kiosk, payments).prefix).to.equal('BK');
    expect(reserve(place).from).to.equal(7);
    expect(labelOf(place, place.issue())).to.equal('A001');
  });

  it('QK-10: no sub-series reads like the series of another service, whichever was there first', () => {
    const place = new Place(
      withService(createSetup(), payments, { series: { prefix: 'AK', width: 3, first: 1, last: 99 } }),
    );
    expect(reserve(place).prefix).to.equal('AL');
    place.setup = withService(place.setup, payments, { series: { prefix: 'AL', width: 3, first: 1, last: 99 } });
    expect(labelOf(place, place.issue({ serviceId: payments }))).to.equal('AL004');
    expect(reserve(place).prefix).to.equal('AK');
  });

  it('QK-10: when every letter is taken, one more kiosk gets no numbers', () => {
    const place = new Place();
    for (let number = 0; number < 15; number += 1) reserve(place, deviceId(`kiosk-${number}`));
    const request = { deviceId: deviceId('one-more'), serviceId: reception, count: 1 };
    expectRefusal(decideBlock(place.situation, request), 'CAP_REACHED');
  });

  it('QK-10: what is on paper is valid, also past hours, caps and an archived service; each number once', () => {
    const place = new Place();
    reserve(place);
    place.issue();
    place.setup = withService(place.setup, reception, { isArchived: true, capPerDay: 1 });
    place.must(issueOffline(place, 'AK001'));
    expectRefusal(issueOffline(place, 'AK001'), 'CONFLICT');
    expectRefusal(issueOffline(place, 'AK004'), 'VALIDATION');
    expectRefusal(issueOffline(place, 'A001'), 'VALIDATION');
    expectRefusal(issueOffline(place, 'AK 02'), 'VALIDATION');
    expectRefusal(issueOffline(place, 'AK002', { deviceId: deviceId('other') }), 'VALIDATION');
    expectRefusal(issueOffline(place, 'AK002', { serviceDay: '2026-05-12' }), 'CONFLICT');
    expect(place.floor.issuedCount.get(reception)).to.equal(2);
    expect(place.floor.lastNumbers.get('A')).to.equal(1);
    expect(place.floor.lastNumbers.has('AK')).to.equal(false);
  });

  it('QK-10: a label is known after the width of the series was changed, and not twice', () => {
    const place = new Place();
    reserve(place);
    place.setup = withService(place.setup, reception, { series: { prefix: 'A', width: 2, first: 1, last: 99 } });
    place.must(issueOffline(place, 'AK002'));
    expectRefusal(issueOffline(place, 'AK02'), 'CONFLICT');
  });

  it('QK-10: a class that may not be declared is left out of what was printed', () => {
    const place = new Place();
    reserve(place);
    const request = place.request({ classKey: 'vip' });
    place.must(issueOffline(place, 'AK001', { request }));
    expect(place.ticket(request.ticketId).classKey).to.equal(null);
  });

  it('QK-11: tickets of a kiosk with a wrong clock queue by their age, no earlier than its last contact, no later than now', () => {
    const place = new Place();
    place.open(one, two);
    reserve(place, kiosk, reception, 20);
    const lastContactMs = place.nowMs;
    place.wait(60 * minuteMs);
    const queuedAt = (label: string, ageMs: number) => {
      const request = place.request();
      place.must(issueOffline(place, label, { request, ageMs, lastContactMs }));
      return place.ticket(request.ticketId).queuedAtMs;
    };
    const online = place.issue();
    expect(queuedAt('AK001', 20 * minuteMs)).to.equal(place.nowMs - 20 * minuteMs);
    expect(queuedAt('AK002', 120 * minuteMs)).to.equal(lastContactMs);
    expect(queuedAt('AK003', 10 * minuteMs)).to.equal(place.nowMs - 10 * minuteMs);
    expect(queuedAt('AK004', -120 * minuteMs)).to.equal(place.nowMs);
    expect(place.drain().map((id) => labelOf(place, id))).to.deep.equal([
      'AK002',
      'AK001',
      'AK003',
      labelOf(place, online),
      'AK004',
    ]);
  });
});

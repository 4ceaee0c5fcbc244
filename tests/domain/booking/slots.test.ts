import { expect } from 'chai';
import { collectBusy } from '@frontdesk/domain/booking/branch';
import { nearestStarts } from '@frontdesk/domain/booking/slots';
import {
  at,
  bookableId,
  buildBookable,
  buildPool,
  buildRoom,
  buildSalon,
  buildService,
  everyDay,
  minuteMs,
  open,
  poolId,
  today,
  wallSlots,
} from '../support/salon.js';

const taken = (resource: string, from: string, to: string, date = today) => ({
  resourceId: bookableId(resource),
  from: at(date, from),
  to: at(date, to),
});

describe('slots', () => {
  it('BK-12: several windows, each with a grid of its own, and nothing that ends after closing', () => {
    expect(wallSlots(buildSalon())).to.deep.equal([['09:00', '10:00', '11:00', '13:00', '14:00', '15:00', '16:00']]);
    const service = buildService({ segments: [{ minutes: 90, needsStaff: true, poolIds: [] }], intervalMinutes: 60 });
    expect(wallSlots(buildSalon({ service }))).to.deep.equal([['09:00', '10:00', '13:00', '14:00', '15:00']]);
  });

  it('BK-12: a special day replaces the plan, a holiday closes, the branch closes for those with own hours too', () => {
    const hours = everyDay([open('09:00', '12:00')], {
      specialDays: [{ date: '2026-05-14', windows: [open('10:00', '12:00')], label: 'Half a day' }],
      holidays: [{ date: '2026-05-15', label: 'Feast' }],
    });
    const own = everyDay([open('08:00', '11:00'), open('11:30', '20:00')], {
      specialDays: [{ date: '2026-05-16', windows: [], label: null }],
    });
    const days = { days: 4 };
    expect(wallSlots(buildSalon({ hours }), days)).to.deep.equal([
      ['09:00', '10:00', '11:00'],
      ['10:00', '11:00'],
      [],
      ['09:00', '10:00', '11:00'],
    ]);
    const resources = [buildBookable('ann', 1, { hours: own })];
    expect(wallSlots(buildSalon({ hours, resources }), days)).to.deep.equal([['09:00', '10:00'], ['10:00'], [], []]);
  });

  it('BK-12: who has own hours is offered from when they come', () => {
    const resources = [buildBookable('ann', 1, { hours: everyDay([open('09:30', '12:00')]) }), buildBookable('ben', 2)];
    const salon = buildSalon({ resources, hours: everyDay([open('09:00', '12:00')]) });
    expect(wallSlots(salon)).to.deep.equal([['09:00', '09:30', '10:00', '10:30', '11:00']]);
    expect(wallSlots(salon, { staffId: bookableId('ann') })).to.deep.equal([['09:30', '10:30']]);
  });

  it('BK-12: what is taken, time off and people who do something else are not offered', () => {
    const busy = collectBusy([taken('ann', '09:30', '10:10'), taken('ann', '15:00', '16:00')]);
    expect(wallSlots(buildSalon({ busy }))).to.deep.equal([['11:00', '13:00', '14:00', '16:00']]);
    const others = [
      buildBookable('ann', 1, { serviceIds: [] }),
      buildBookable('ben', 2, { isArchived: true }),
      // Rooms give no service, whatever they say.
      buildBookable('room', 3, { kind: 'room' }),
    ];
    expect(wallSlots(buildSalon({ resources: others }))).to.deep.equal([[]]);
    expect(wallSlots(buildSalon(), { staffId: bookableId('zoe') })).to.deep.equal([[]]);
  });

  it('BK-13: after midnight belongs to the evening, and a closed next day cuts only if it says so', () => {
    const hours = everyDay([open('18:00', '02:00')]);
    const evening = ['18:00', '19:00', '20:00', '21:00', '22:00', '23:00', '00:00', '01:00'];
    expect(wallSlots(buildSalon({ hours }), { days: 2 })).to.deep.equal([evening, evening]);
    const closed = { date: '2026-05-14', windows: [], label: 'Closed' };
    const spills = buildSalon({ hours: { ...hours, specialDays: [closed] } });
    expect(wallSlots(spills, { days: 2 })).to.deep.equal([evening, []]);
    const cuts = buildSalon({ hours: { ...hours, specialDays: [{ ...closed, cutsNightBefore: true }] } });
    expect(wallSlots(cuts, { days: 2 })).to.deep.equal([evening.slice(0, 6), []]);
  });

  it('BK-13: a place that never closes takes visits over midnight, each start under its own date', () => {
    const service = buildService({ segments: [{ minutes: 120, needsStaff: true, poolIds: [] }], intervalMinutes: 240 });
    const salon = buildSalon({ hours: everyDay([open('00:00', '24:00')]), service, nowMs: Date.UTC(2026, 4, 1) });
    const all = ['00:00', '04:00', '08:00', '12:00', '16:00', '20:00'];
    expect(wallSlots(salon, { days: 2 })).to.deep.equal([all, all]);
    const busy = collectBusy([taken('ann', '01:30', '01:40', '2026-05-14')]);
    expect(wallSlots({ ...salon, busy }, { days: 2 })).to.deep.equal([all, all.slice(1)]);
  });

  it('BK-15: an hourly service from 07:30 to 12:00 in Kolkata starts on the full hour by the clock, on :30 by the opening', () => {
    const hours = everyDay([open('07:30', '12:00')]);
    const byClock = buildSalon({ zone: 'Asia/Kolkata', hours, service: buildService({ alignment: 'clock' }) });
    expect(wallSlots(byClock)).to.deep.equal([['08:00', '09:00', '10:00', '11:00']]);
    const byOpening = buildSalon({ zone: 'Asia/Kolkata', hours });
    expect(wallSlots(byOpening)).to.deep.equal([['07:30', '08:30', '09:30', '10:30']]);
  });

  it('BK-15: a grid that does not divide the day begins again at midnight by the clock, and goes on from the opening', () => {
    const change = { intervalMinutes: 50, segments: [{ minutes: 50, needsStaff: true, poolIds: [] }] };
    const hours = everyDay([open('22:00', '02:00')]);
    const byClock = buildSalon({ hours, service: buildService({ ...change, alignment: 'clock' }) });
    expect(wallSlots(byClock)).to.deep.equal([['22:30', '23:20', '00:00', '00:50']]);
    const byOpening = buildSalon({ hours, service: buildService(change) });
    expect(wallSlots(byOpening)).to.deep.equal([['22:00', '22:50', '23:40', '00:30']]);
  });

  it('BK-11: between neighbours lie the buffer after the one and before the other', () => {
    // The visit from 10:00 to 11:00 holds its own buffers: 15 minutes before and 10 after.
    const busy = collectBusy([taken('ann', '09:45', '11:10')]);
    const service = buildService({
      segments: [{ minutes: 30, needsStaff: true, poolIds: [] }],
      bufferBeforeMinutes: 15,
      bufferAfterMinutes: 10,
      intervalMinutes: 5,
    });
    const [day = []] = wallSlots(buildSalon({ busy, service, hours: everyDay([open('09:00', '12:30')]) }));
    expect([day[0], day.filter((time) => time < '10:00').at(-1)]).to.deep.equal(['09:00', '09:05']);
    expect([day.find((time) => time > '10:00'), day.at(-1)]).to.deep.equal(['11:25', '12:00']);
  });

  it('BK-11: the first of a window needs no buffer before it and the last none after it, unless buffers stay inside', () => {
    const change = { bufferBeforeMinutes: 15, bufferAfterMinutes: 15, intervalMinutes: 15 };
    const hours = everyDay([open('09:00', '11:00')]);
    const outside = buildSalon({ hours, service: buildService(change) });
    expect(wallSlots(outside)).to.deep.equal([['09:00', '09:15', '09:30', '09:45', '10:00']]);
    const inside = buildSalon({ hours, service: buildService({ ...change, buffersMayLeaveHours: false }) });
    expect(wallSlots(inside)).to.deep.equal([['09:15', '09:30', '09:45']]);
  });

  it('BK-10: another visit fits while the colour works; the chair stays taken', () => {
    const chair = [poolId('chairs')];
    const colour = buildService({
      intervalMinutes: 15,
      segments: [
        { minutes: 30, needsStaff: true, poolIds: chair },
        { minutes: 30, needsStaff: false, poolIds: chair },
        { minutes: 30, needsStaff: true, poolIds: chair },
      ],
    });
    const setup = {
      hours: everyDay([open('09:00', '10:30')]),
      resources: [buildBookable('ann', 1), buildRoom('one', 2)],
      pools: [buildPool('chairs', ['one'])],
    };
    // Colour at 09:00: Ann until 09:30 and from 10:00, the chair all along.
    const busy = collectBusy([
      taken('ann', '09:00', '09:30'),
      taken('ann', '10:00', '10:30'),
      taken('one', '09:00', '10:30'),
    ]);
    const cut = (poolIds: typeof chair) =>
      buildService({ intervalMinutes: 15, segments: [{ minutes: 30, needsStaff: true, poolIds }] });
    expect(wallSlots(buildSalon({ ...setup, busy, service: cut([]) }))).to.deep.equal([['09:30']]);
    expect(wallSlots(buildSalon({ ...setup, busy, service: cut(chair) }))).to.deep.equal([[]]);
    // And colour fits round a cut in the middle that needs Ann alone.
    const middle = collectBusy([taken('ann', '09:30', '10:00')]);
    expect(wallSlots(buildSalon({ ...setup, busy: middle, service: colour }))).to.deep.equal([['09:00']]);
  });

  it('BK-3: anybody is offered while somebody is free, pools while one member is free throughout', () => {
    const resources = [buildBookable('ann', 1), buildBookable('ben', 2), buildRoom('one', 3), buildRoom('two', 4)];
    const pools = [buildPool('rooms', ['one', 'two'])];
    const service = buildService({ segments: [{ minutes: 60, needsStaff: true, poolIds: [poolId('rooms')] }] });
    const salon = buildSalon({ resources, pools, service, hours: everyDay([open('09:00', '12:00')]) });
    const slots = (...spans: ReturnType<typeof taken>[]) => wallSlots({ ...salon, busy: collectBusy(spans) })[0];
    expect(slots(taken('ann', '09:00', '10:00'))).to.deep.equal(['09:00', '10:00', '11:00']);
    expect(slots(taken('ann', '09:00', '10:00'), taken('ben', '09:00', '09:05'))).to.deep.equal(['10:00', '11:00']);
    expect(slots(taken('one', '09:00', '12:00'))).to.deep.equal(['09:00', '10:00', '11:00']);
    // At each moment of 10:00 to 11:00 one room is free, but neither is for the whole hour.
    expect(slots(taken('one', '10:00', '10:30'), taken('two', '10:30', '11:00'))).to.deep.equal(['09:00', '11:00']);
  });

  it('BK-9: who is in two pools is not counted twice', () => {
    const resources = [buildBookable('ann', 1), buildRoom('one', 2), buildRoom('two', 3)];
    const pools = [buildPool('rooms', ['one', 'two']), buildPool('quiet', ['one'])];
    const poolIds = [poolId('rooms'), poolId('quiet')];
    const service = buildService({ segments: [{ minutes: 60, needsStaff: true, poolIds }] });
    const salon = buildSalon({ resources, pools, service, hours: everyDay([open('09:00', '11:00')]) });
    expect(wallSlots(salon)).to.deep.equal([['09:00', '10:00']]);
    const busy = collectBusy([taken('two', '09:00', '09:30')]);
    expect(wallSlots({ ...salon, busy })).to.deep.equal([['10:00']]);
  });

  it('BK-9: a room alone can be booked', () => {
    const resources = [buildRoom('one', 1)];
    const pools = [buildPool('courts', ['one'])];
    const service = buildService({ segments: [{ minutes: 60, needsStaff: false, poolIds: [poolId('courts')] }] });
    const salon = buildSalon({ resources, pools, service, busy: collectBusy([taken('one', '10:00', '14:00')]) });
    expect(wallSlots(salon)).to.deep.equal([['09:00', '14:00', '15:00', '16:00']]);
    expect(wallSlots(salon, { staffId: bookableId('one') })).to.deep.equal([[]]);
  });

  it('BK-11: tight packing also offers the moment after something else, its buffers kept', () => {
    const service = buildService({ packing: 'tight', bufferBeforeMinutes: 5 });
    const busy = collectBusy([taken('ann', '09:00', '09:33'), taken('ann', '13:10', '14:10')]);
    expect(wallSlots(buildSalon({ service, busy }))).to.deep.equal([
      ['09:40', '10:00', '11:00', '14:15', '15:00', '16:00'],
    ]);
  });

  it('BK-16: notice is elapsed minutes, the horizon local dates with today', () => {
    const service = buildService({ minNoticeMinutes: 90, horizonDays: 2 });
    const hours = everyDay([open('09:00', '12:00')]);
    const now = (time: string) => buildSalon({ hours, service, nowMs: at(today, time) * minuteMs });
    expect(wallSlots(now('08:30'), { days: 3 })).to.deep.equal([['10:00', '11:00'], ['09:00', '10:00', '11:00'], []]);
    const late = now('08:30');
    expect(wallSlots({ ...late, nowMs: late.nowMs + 1 })).to.deep.equal([['11:00']]);
  });

  it('BK-16: a date on which the service reached its limit has no slots', () => {
    const fullDates = new Set(['2026-05-14']);
    expect(wallSlots(buildSalon({ fullDates }), { days: 3 }).map((day) => day.length)).to.deep.equal([7, 0, 7]);
  });

  it('BK-1: who was too late is shown the nearest other starts', () => {
    const days = [[100, 160, 220], [1_540, 1_600], []];
    expect(nearestStarts(days, 160, 3)).to.deep.equal([100, 220, 1_540]);
    expect(nearestStarts(days, 160, 1)).to.deep.equal([100]);
    expect(nearestStarts(days, 161, 1)).to.deep.equal([160]);
    expect(nearestStarts([[10, 170]], 160, 1)).to.deep.equal([170]);
    expect(nearestStarts([], 160, 3)).to.deep.equal([]);
  });
});

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { findSlots } from '@frontdesk/domain/booking/slots';
import { createZoneTable, earliestInstant, latestInstant, wallMinuteOf } from '@frontdesk/domain/hours/zone-table';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { TimeWindow } from '@frontdesk/protocol/hours';
import type { BookingServiceDto } from '@frontdesk/protocol/booking-fields';
import { buildSalon, buildService, everyDay, minuteMs, open, situationOf } from '../support/salon.js';

/** Starts on one date as UTC times, `HH:MM`, and how long they are from the first to the last. */
function utcSlots(
  zone: string,
  date: string,
  windows: readonly TimeWindow[],
  change: Partial<BookingServiceDto> = {},
): string[] {
  const segments = [{ minutes: 30, needsStaff: true, poolIds: [] }];
  const salon = buildSalon({
    zone,
    hours: everyDay(windows),
    service: buildService({ segments, intervalMinutes: 30, ...change }),
    nowMs: Date.parse(`${date}T00:00Z`) - 4 * 86_400_000,
  });
  const [day = []] = findSlots(situationOf(salon), { staffId: null, from: date, days: 1 });
  return day.map((start) => new Date(start * minuteMs).toISOString().slice(11, 16));
}

const newYork = 'America/New_York';
const spring = '2026-03-08';
const autumn = '2026-11-01';

describe('slots where the clock changes', () => {
  it('BK-14: grid points that the clock skips are not offered, and none is moved', () => {
    // 02:00 to 03:00 is not there: 01:30 EST is followed by 03:00 EDT.
    expect(utcSlots(newYork, spring, [open('01:00', '04:00')])).to.deep.equal(['06:00', '06:30', '07:00', '07:30']);
    expect(utcSlots(newYork, spring, [open('01:15', '04:00')])).to.deep.equal(['06:15', '06:45', '07:15']);
  });

  it('BK-14: a grid that does not divide the hour goes on by the wall after a change, not by the minutes that passed', () => {
    // 01:00, 01:45, 02:30 which is not there, 03:15.
    const change = { intervalMinutes: 45 };
    expect(utcSlots(newYork, spring, [open('01:00', '04:00')], change)).to.deep.equal(['06:00', '06:45', '07:15']);
  });

  it('BK-14: grid points that the clock shows twice are two starts', () => {
    expect(utcSlots(newYork, autumn, [open('00:30', '02:30')])).to.deep.equal([
      '04:30',
      '05:00',
      '05:30',
      '06:00',
      '06:30',
      '07:00',
    ]);
  });

  it('BK-14: an opening that is skipped is the end of the gap, one that comes twice the earlier', () => {
    expect(utcSlots(newYork, spring, [open('02:15', '04:00')], { alignment: 'clock' })).to.deep.equal([
      '07:00',
      '07:30',
    ]);
    // By its opening the grid is :15 and :45, of which 02:15 and 02:45 do not come.
    expect(utcSlots(newYork, spring, [open('02:15', '04:00')])).to.deep.equal(['07:15']);
    expect(utcSlots(newYork, autumn, [open('01:30', '02:30')])).to.deep.equal(['05:30', '06:00', '06:30', '07:00']);
  });

  it('BK-14: a closing that is skipped is the end of the gap, one that comes twice the later', () => {
    expect(utcSlots(newYork, spring, [open('01:00', '02:30')])).to.deep.equal(['06:00', '06:30']);
    expect(utcSlots(newYork, autumn, [open('00:30', '01:30')])).to.deep.equal(['04:30', '05:00', '05:30', '06:00']);
  });

  it('BK-14: visits and buffers are elapsed minutes over a change', () => {
    const long = [{ minutes: 120, needsStaff: true, poolIds: [] }];
    const hours = [open('00:00', '05:00')];
    expect(utcSlots(newYork, spring, hours, { segments: long, intervalMinutes: 60 })).to.deep.equal([
      '05:00',
      '06:00',
      '07:00',
    ]);
    expect(utcSlots(newYork, autumn, hours, { segments: long, intervalMinutes: 60 })).to.have.length(5);
  });

  it('BK-14: a day ends where the next one begins, also where midnight is skipped or comes twice', () => {
    const evening = [open('22:30', '24:00')];
    // Havana: 00:00 to 01:00 is skipped on 8 March and comes twice on 1 November.
    expect(utcSlots('America/Havana', '2026-03-07', evening)).to.deep.equal(['03:30', '04:00', '04:30']);
    expect(utcSlots('America/Havana', '2026-10-31', evening)).to.deep.equal(['02:30', '03:00', '03:30']);
    expect(utcSlots('America/Havana', '2026-11-01', [open('00:00', '00:30')])).to.deep.equal([
      '04:00',
      '04:30',
      '05:00',
    ]);
    // São Paulo: 23:00 to 24:00 came twice on 17 February 2018.
    expect(utcSlots('America/Sao_Paulo', '2018-02-17', evening)).to.have.length(5);
  });

  it('BK-14: half hours, quarters, and a change of half an hour', () => {
    const morning = [open('09:00', '10:00')];
    expect(utcSlots('Asia/Kathmandu', '2026-05-13', morning)).to.deep.equal(['03:15', '03:45']);
    expect(utcSlots('Pacific/Chatham', '2026-05-13', morning)).to.deep.equal(['20:15', '20:45']);
    // Lord Howe: 01:30 to 02:00 comes twice on 5 April, 02:00 to 02:30 is skipped on 4 October.
    const night = [open('01:00', '03:00')];
    expect(utcSlots('Australia/Lord_Howe', '2026-04-05', night)).to.deep.equal([
      '14:00',
      '14:30',
      '15:00',
      '15:30',
      '16:00',
    ]);
    expect(utcSlots('Australia/Lord_Howe', '2026-10-04', night)).to.deep.equal(['14:30', '15:00', '15:30']);
  });

  it('BK-14: a date that a zone left out has no slots, a night into it ends, leap days have theirs', () => {
    expect(utcSlots('Pacific/Apia', '2011-12-30', [open('09:00', '12:00'), open('20:00', '02:00')])).to.deep.equal([]);
    expect(utcSlots('Pacific/Apia', '2011-12-29', [open('22:00', '02:00')])).to.deep.equal([
      '08:00',
      '08:30',
      '09:00',
      '09:30',
    ]);
    expect(utcSlots('Asia/Kolkata', '2028-02-29', [open('09:00', '10:00')])).to.deep.equal(['03:30', '04:00']);
  });

  it('BK-14: a zone table answers for both sides of a change', () => {
    const table = createZoneTable(getZone(newYork), Date.UTC(2026, 9, 1), Date.UTC(2026, 11, 1));
    const one = wallMinuteOf(autumn) + 90;
    expect(latestInstant(table, one) - earliestInstant(table, one)).to.equal(60);
    expect(latestInstant(table, one + 60)).to.equal(earliestInstant(table, one + 60));
  });

  it('BK-14: the zone of the process makes no difference', () => {
    const script = fileURLToPath(new URL('../support/slot-digest.js', import.meta.url));
    const outputs = ['UTC', 'Asia/Kuala_Lumpur', 'America/New_York', 'Pacific/Chatham'].map((TZ) =>
      execFileSync(process.execPath, [script], { env: { ...process.env, TZ }, encoding: 'utf8' })
        .trim()
        .split(' '),
    );
    // The processes do live in four zones.
    expect(new Set(outputs.map(([, offset]) => offset)).size).to.equal(4);
    expect(new Set(outputs.map(([digest]) => digest)).size).to.equal(1);
  }).timeout(30_000);
});

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { describeDays, writeWhen, type CardTime } from '@frontdesk/domain/cards/when';
import { describeOpening, type Opening } from '@frontdesk/domain/hours/opening';
import { listOpeningDays, OPENING_DAYS_KEPT } from '@frontdesk/domain/hours/opening-days';
import { addDays, getZone, parseWallTime, type Zone } from '@frontdesk/domain/hours/zone';
import type { OpeningHours } from '@frontdesk/protocol/hours';
import { findDisagreement, minuteMs, NIGHTS, plan } from '../support/opening-oracle.js';

const hourMs = 60 * minuteMs;
const OFFICE = plan([
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '17:00' },
]);
const BAR = plan([{ from: '18:00', to: '02:00' }]);
const ALWAYS = plan([{ from: '00:00', to: '24:00' }]);
const NEVER = plan([]);
const KUALA_LUMPUR = getZone('Asia/Kuala_Lumpur');
const at = (zone: Zone, date: string, time: string): number => zone.toInstant(date, parseWallTime(time));
/** Wednesday. */
const TODAY = '2026-05-13';
const dayMs = 24 * hourMs;

const timeOf = (hours: OpeningHours, nowMs: number): CardTime => ({
  days: listOpeningDays(hours, KUALA_LUMPUR, nowMs),
  nowMs,
  timeZone: KUALA_LUMPUR.name,
  languageTag: 'en-GB',
});

/** What is said of days that were listed at this very moment. */
function sayNow(hours: OpeningHours, zone: Zone, nowMs: number): Opening {
  const opening = describeOpening(listOpeningDays(hours, zone, nowMs), nowMs);
  if (!opening) throw new Error('The day is not listed.');
  return opening;
}

/**
 * A second opinion that knows no instants: does the clock on the wall stand within a window of its day, or within one that ran over
 * from the day before?
 */
function isOpenOnTheWall({ weekly }: OpeningHours, zone: Zone, nowMs: number): boolean {
  const { date, minutes, weekday } = zone.toWall(nowMs);
  const spans = (day: number, shift: number): boolean =>
    (weekly[(day + 6) % 7] ?? []).some(({ from, to }) => {
      const [start, end] = [parseWallTime(from), parseWallTime(to)];
      const reached = minutes + shift;
      return reached >= start && reached < (end <= start ? end + 1_440 : end);
    });
  return date !== '' && (spans(weekday, 0) || spans(weekday - 1 === 0 ? 7 : weekday - 1, 1_440));
}

describe('what to say about opening', () => {
  for (const name of ['Asia/Kuala_Lumpur', 'Asia/Kolkata', 'America/New_York', 'Pacific/Chatham', 'Europe/Berlin']) {
    it(`CC-2: is right at each minute of a week in ${name}`, () => {
      const zone = getZone(name);
      const startMs = at(zone, TODAY, '00:00');
      for (const hours of [OFFICE, BAR]) {
        // Listed once, as for a page that stays open for a week.
        const days = listOpeningDays(hours, zone, startMs);
        for (let minute = 0; minute < OPENING_DAYS_KEPT * 1_440; minute += 1) {
          const nowMs = startMs + minute * minuteMs;
          const isOpen = describeOpening(days, nowMs)?.kind === 'open';
          if (isOpen !== isOpenOnTheWall(hours, zone, nowMs)) expect.fail(`minute ${minute}`);
        }
      }
    });
  }

  it('CC-2: names the closing before a break, after midnight and on the day that the clock changes', () => {
    expect(sayNow(OFFICE, KUALA_LUMPUR, at(KUALA_LUMPUR, TODAY, '11:59'))).to.include({
      kind: 'open',
      closesAtMs: at(KUALA_LUMPUR, TODAY, '12:00'),
    });
    expect(sayNow(BAR, KUALA_LUMPUR, at(KUALA_LUMPUR, TODAY, '00:30'))).to.include({
      kind: 'open',
      closesAtMs: at(KUALA_LUMPUR, TODAY, '02:00'),
    });
    const newYork = getZone('America/New_York');
    // The night in which 02:00 comes right after 01:59 and an hour is left out.
    const opening = sayNow(plan([{ from: '22:00', to: '05:00' }]), newYork, at(newYork, '2027-03-13', '23:00'));
    expect(opening).to.include({ kind: 'open', closesAtMs: at(newYork, '2027-03-13', '23:00') + 5 * hourMs });
  });

  for (const [name, date] of NIGHTS) {
    it(`CC-2: card and booking read the hours alike round ${date} in ${name}, each minute as the clock on the wall has it`, () => {
      expect(findDisagreement(name, date)).to.equal(undefined);
    }).timeout(20_000);
  }

  it('CC-2: the zone of the visitor makes no difference', () => {
    const script = fileURLToPath(new URL('../support/opening-digest.js', import.meta.url));
    const zones = ['UTC', 'Asia/Kuala_Lumpur', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham'];
    const outputs = zones.map((TZ) =>
      execFileSync(process.execPath, [script], { env: { ...process.env, TZ }, encoding: 'utf8' })
        .trim()
        .split(' '),
    );
    expect(new Set(outputs.map(([, offset]) => offset)).size).to.equal(zones.length);
    expect(new Set(outputs.map(([digest]) => digest)).size).to.equal(1);
  }).timeout(60_000);

  it('CC-2: a holiday closes, a special day replaces the plan', () => {
    const hours = plan([{ from: '08:00', to: '17:00' }], {
      specialDays: [{ date: '2026-05-15', windows: [{ from: '10:00', to: '11:00' }], label: null }],
      holidays: [{ date: '2026-05-14', label: 'Feast' }],
    });
    const opening = sayNow(hours, KUALA_LUMPUR, at(KUALA_LUMPUR, TODAY, '17:00'));
    expect(opening).to.include({ kind: 'closed', opensAtMs: at(KUALA_LUMPUR, '2026-05-15', '10:00') });
  });

  it('CC-2: around the clock never closes', () => {
    for (const hours of [ALWAYS, plan([{ from: '00:00', to: '00:00' }])]) {
      const opening = sayNow(hours, KUALA_LUMPUR, at(KUALA_LUMPUR, TODAY, '23:59'));
      expect(opening).to.include({ kind: 'open', closesAtMs: null });
    }
  });

  it('CC-3: the answer holds until the instant that it names, and is another one then or at midnight', () => {
    for (const hours of [OFFICE, BAR, NEVER, ALWAYS]) {
      let nowMs = at(KUALA_LUMPUR, TODAY, '00:00');
      for (let step = 0; step < 40; step += 1) {
        const { changesAtMs, ...said } = sayNow(hours, KUALA_LUMPUR, nowMs);
        expect(changesAtMs)
          .to.be.above(nowMs)
          .and.at.most(nowMs + 24 * hourMs);
        const { changesAtMs: same, ...justBefore } = sayNow(hours, KUALA_LUMPUR, changesAtMs - 1);
        expect(same).to.equal(changesAtMs);
        expect(justBefore).to.deep.equal(said);
        const { changesAtMs: _next, ...after } = sayNow(hours, KUALA_LUMPUR, changesAtMs);
        const isMidnight = KUALA_LUMPUR.toWall(changesAtMs).minutes === 0;
        if (!isMidnight) expect(after).not.to.deep.equal(said);
        nowMs = changesAtMs;
      }
    }
  });

  it('CC-4: names an opening up to 14 days ahead, and beyond says that it is closed until further notice', () => {
    const nowMs = at(KUALA_LUMPUR, TODAY, '10:00');
    const opensOn = (days: number): OpeningHours =>
      plan([], {
        specialDays: [{ date: addDays(TODAY, days), windows: [{ from: '09:00', to: '10:00' }], label: null }],
      });
    expect(sayNow(opensOn(14), KUALA_LUMPUR, nowMs)).to.include({
      kind: 'closed',
      opensAtMs: at(KUALA_LUMPUR, addDays(TODAY, 14), '09:00'),
    });
    expect(sayNow(opensOn(15), KUALA_LUMPUR, nowMs).kind).to.equal('closed-until-further-notice');
    expect(sayNow(NEVER, KUALA_LUMPUR, nowMs).kind).to.equal('closed-until-further-notice');
  });

  it('CC-4: writes the time today, the weekday within a week and the date beyond, by the clock of the place', () => {
    const nowMs = at(KUALA_LUMPUR, TODAY, '10:00');
    const write = (days: number): string =>
      writeWhen(at(KUALA_LUMPUR, addDays(TODAY, days), '09:00'), timeOf(OFFICE, nowMs));
    expect(write(0)).to.match(/^0?9:00$/);
    expect(write(5)).to.match(/^Mon,? 0?9:00$/);
    expect(write(8)).to.match(/^Thu,? 21 May(?:,| at)? 0?9:00$/);
  });

  it('CC-4: days that were listed a week ago say the same, and beyond them nothing is said', () => {
    const listedMs = at(KUALA_LUMPUR, TODAY, '10:00');
    for (const hours of [OFFICE, BAR, NEVER, ALWAYS]) {
      const days = listOpeningDays(hours, KUALA_LUMPUR, listedMs);
      const laterMs = listedMs + OPENING_DAYS_KEPT * dayMs;
      expect(describeOpening(days, laterMs)).to.deep.equal(sayNow(hours, KUALA_LUMPUR, laterMs));
      for (const nowMs of [listedMs - 3 * dayMs, listedMs + 60 * dayMs])
        expect(describeOpening(days, nowMs)).to.equal(null);
    }
  });

  it('CC-2: a date that the zone left out is no day', () => {
    const apia = getZone('Pacific/Apia');
    const nowMs = at(apia, '2011-12-29', '23:00');
    const days = listOpeningDays(OFFICE, apia, nowMs);
    const time = { days, nowMs, timeZone: apia.name, languageTag: 'en' };
    expect(describeDays(time).map(({ weekday }) => weekday)).to.deep.equal([
      'Thursday',
      'Saturday',
      'Sunday',
      'Monday',
      'Tuesday',
      'Wednesday',
      'Thursday',
    ]);
    expect(writeWhen(at(apia, '2011-12-31', '08:00'), time)).to.match(/^Sat,? 8:00\sAM$/);
  });

  it('CC-13: by a clock that is wrong by weeks the week begins with the day on which it was listed', () => {
    const listedMs = at(KUALA_LUMPUR, TODAY, '10:00');
    const time = timeOf(OFFICE, listedMs);
    for (const nowMs of [listedMs - 30 * dayMs, listedMs + 30 * dayMs]) {
      expect(describeDays({ ...time, nowMs })).to.deep.equal(describeDays(time));
    }
  });

  it('CC-13: lists the coming week with special days as they are', () => {
    const hours = plan([{ from: '08:00', to: '17:00' }], {
      specialDays: [{ date: '2026-05-15', windows: [], label: 'Moving' }],
    });
    const days = describeDays(timeOf(hours, at(KUALA_LUMPUR, TODAY, '10:00')));
    expect(days).to.have.length(7);
    expect(days[0]).to.deep.equal({
      weekday: 'Wednesday',
      spans: ['8:00 – 17:00'],
      isAllDay: false,
      label: null,
    });
    expect(describeDays(timeOf(ALWAYS, at(KUALA_LUMPUR, TODAY, '10:00')))[0]?.isAllDay).to.equal(true);
    expect(days[2]).to.deep.equal({
      weekday: 'Friday',
      spans: [],
      isAllDay: false,
      label: 'Moving',
    });
  });
});

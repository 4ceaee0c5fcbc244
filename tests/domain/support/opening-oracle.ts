/**
 * When a place is open, found by walking along the minutes with nothing but a clock on the wall: a second opinion on hours that knows no
 * offsets and no transitions (booking.md 5.2, rule 1).
 */
import { createCalendar, dayOf } from '@frontdesk/domain/booking/calendar';
import { describeOpening } from '@frontdesk/domain/hours/opening';
import { listOpeningDays } from '@frontdesk/domain/hours/opening-days';
import { addDays, getZone, parseDate, parseWallTime, type Zone } from '@frontdesk/domain/hours/zone';
import type { OpeningHours, TimeWindow } from '@frontdesk/protocol/hours';

export const minuteMs = 60_000;
const dayMinutes = 1_440;

export const plan = (windows: readonly TimeWindow[], change: Partial<OpeningHours> = {}): OpeningHours => ({
  weekly: Array.from({ length: 7 }, () => [...windows]),
  specialDays: [],
  holidays: [],
  ...change,
});

/** Places on days whose clocks do what clocks seldom do, and an ordinary one. */
export const NIGHTS = [
  ['Asia/Kuala_Lumpur', '2026-05-13'],
  ['America/New_York', '2027-03-14'],
  ['America/New_York', '2026-11-01'],
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['Pacific/Chatham', '2026-04-05'],
  ['Pacific/Chatham', '2026-09-27'],
  // Half an hour.
  ['Australia/Lord_Howe', '2026-04-05'],
  // The midnight itself is skipped, and shown twice.
  ['Asia/Beirut', '2026-03-29'],
  ['America/Sao_Paulo', '2018-02-18'],
  // A date that was left out.
  ['Pacific/Apia', '2011-12-30'],
] as const;

/** Hours with a break, over midnight, with edges where clocks change, around the clock; with days off around `date`. */
export function plansAround(date: string): readonly OpeningHours[] {
  const on = (days: number): string => addDays(date, days);
  return [
    plan([
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ]),
    plan([{ from: '18:00', to: '02:00' }]),
    plan([{ from: '01:30', to: '02:30' }]),
    plan([{ from: '02:15', to: '02:45' }]),
    plan([{ from: '00:00', to: '24:00' }]),
    plan([{ from: '23:30', to: '00:30' }], { holidays: [{ date: on(0), label: 'Feast' }] }),
    plan([{ from: '18:00', to: '03:30' }], {
      specialDays: [{ date: on(0), windows: [{ from: '02:00', to: '03:00' }], label: null, cutsNightBefore: true }],
    }),
  ];
}

/** Minutes from `fromMs` on, of which each is true where it is open. */
export function walkTheWall(hours: OpeningHours, zone: Zone, date: string): { fromMs: number; isOpen: boolean[] } {
  const fromMs = parseDate(addDays(date, -2));
  const length = 5 * dayMinutes;
  const walls = Array.from({ length }, (_, at) => {
    const wall = zone.toWall(fromMs + at * minuteMs);
    return parseDate(wall.date) / minuteMs + wall.minutes;
  });
  const isOpen = Array.from({ length }, () => false);
  for (let days = -3; days <= 3; days += 1) {
    const day = addDays(date, days);
    const midnight = parseDate(day) / minuteMs;
    if (!walls.some((wall) => wall >= midnight && wall < midnight + dayMinutes)) continue;
    for (const { from, to } of planOf(hours, day)) {
      const start = midnight + parseWallTime(from);
      const crosses = parseWallTime(to) <= parseWallTime(from);
      const isCut = crosses && hours.specialDays.some((one) => one.date === addDays(day, 1) && one.cutsNightBefore);
      const end = midnight + (isCut ? dayMinutes : parseWallTime(to) + (crosses ? dayMinutes : 0));
      const opens = walls.findIndex((wall) => wall >= start);
      const first = walls.findIndex((wall) => wall >= end);
      // A day ends where the next one begins, however often its midnight is shown; any other closing that is shown twice is the second.
      const closes = end === midnight + dayMinutes ? first : Math.max(first, walls.lastIndexOf(end));
      if (opens >= 0) isOpen.fill(true, opens, Math.max(opens, closes < 0 ? length : closes));
    }
  }
  return { fromMs, isOpen };
}

function planOf(hours: OpeningHours, date: string): readonly TimeWindow[] {
  const special = hours.specialDays.find((day) => day.date === date);
  if (special) return special.windows;
  if (hours.holidays.some((day) => day.date === date)) return [];
  return hours.weekly[(new Date(parseDate(date)).getUTCDay() + 6) % 7] ?? [];
}

/** The same minutes as the card says it, and as the slot engine has it. */
export function askTheProduct(hours: OpeningHours, zone: Zone, date: string) {
  const { fromMs, isOpen } = walkTheWall(hours, zone, date);
  const calendar = createCalendar(zone, hours);
  const windows = Array.from({ length: 9 }, (_, at) => calendar.windowsOn(dayOf(addDays(date, at - 4)))).flat();
  // As the element does: it is given the days once, and what was said holds until the instant that it named itself.
  const days = listOpeningDays(hours, zone, fromMs);
  let said = describeOpening(days, fromMs);
  const ofCard = isOpen.map((_, at) => {
    const nowMs = fromMs + at * minuteMs;
    if (said && nowMs >= said.changesAtMs) said = describeOpening(days, nowMs);
    return said?.kind === 'open';
  });
  const ofBooking = isOpen.map((_, at) => {
    const minute = fromMs / minuteMs + at;
    return windows.some(({ from, to }) => from <= minute && minute < to);
  });
  return { isOpen, ofCard, ofBooking };
}

/** The first minute about which the three do not agree; undefined when they do. */
export function findDisagreement(zoneName: string, date: string): string | undefined {
  const zone = getZone(zoneName);
  for (const [index, hours] of plansAround(date).entries()) {
    const { isOpen, ofCard, ofBooking } = askTheProduct(hours, zone, date);
    // The first and last day lack their neighbours on the wall.
    const at = isOpen.findIndex(
      (open, minute) =>
        minute >= dayMinutes && minute < 4 * dayMinutes && (ofCard[minute] !== open || ofBooking[minute] !== open),
    );
    if (at >= 0) return `${zoneName} ${date} plan ${index} minute ${at}: ${isOpen[at]} ${ofCard[at]} ${ofBooking[at]}`;
  }
  return undefined;
}

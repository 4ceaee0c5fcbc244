/**
 * Slots as anybody would work them out with a calendar and a lot of time: minute by minute, with Temporal, from the rules of booking.md
 * 5.2 and nothing of the engine. Slow, short, and easy to check by reading.
 */
import { Temporal } from 'temporal-polyfill';
import type { Bookable, BusyTimes } from '@frontdesk/domain/booking/branch';
import type { OpeningHours, TimeWindow } from '@frontdesk/protocol/hours';
import type { BookableId } from '@frontdesk/protocol/ids';
import { minuteMs, type Salon } from './salon.js';

interface OracleWindow {
  readonly date: Temporal.PlainDate;
  /** Minutes after the midnight of the date. */
  readonly opening: number;
  readonly from: number;
  readonly to: number;
}

const minuteOf = (zoned: Temporal.ZonedDateTime) => zoned.epochMilliseconds / minuteMs;
const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

function instantOf(date: Temporal.PlainDate, minutes: number, zone: string, side: 'earlier' | 'later'): number {
  const plain = date.toPlainDateTime().add({ minutes });
  const read = plain.toZonedDateTime(zone, { disambiguation: side });
  if (read.toPlainDateTime().equals(plain)) return minuteOf(read);
  const before = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const change = before.getTimeZoneTransition('next');
  return change ? minuteOf(change) : Number.NaN;
}

function startOfDay(date: Temporal.PlainDate, zone: string): number {
  return minuteOf(date.toZonedDateTime({ timeZone: zone }));
}

function planOf(hours: OpeningHours, date: Temporal.PlainDate): readonly TimeWindow[] {
  const text = date.toString();
  const special = hours.specialDays.find((day) => day.date === text);
  if (special) return special.windows;
  return hours.holidays.some((day) => day.date === text) ? [] : (hours.weekly[date.dayOfWeek - 1] ?? []);
}

function windowsOf(hours: OpeningHours, date: Temporal.PlainDate, zone: string): OracleWindow[] {
  const tomorrow = date.add({ days: 1 });
  if (startOfDay(date, zone) === startOfDay(tomorrow, zone)) return [];
  return planOf(hours, date).map((window) => {
    const opening = minutesOf(window.from);
    const closing = minutesOf(window.to);
    const cuts = hours.specialDays.some((day) => day.date === tomorrow.toString() && day.cutsNightBefore);
    const [on, minutes] = closing > opening ? [date, closing] : [tomorrow, cuts ? 0 : closing];
    const from = instantOf(date, opening, zone, 'earlier');
    if (minutes === 1_440 || (minutes === 0 && on === tomorrow)) {
      return { date, opening, from, to: startOfDay(tomorrow, zone) };
    }
    return { date, opening, from, to: instantOf(on, minutes, zone, 'later') };
  });
}

/** The plan of one resource, and whether it is there and free at each minute. */
interface Presence {
  readonly windows: readonly OracleWindow[];
  isOpen(minute: number): boolean;
  isFree(minute: number): boolean;
}

function listDates(from: string, before: number, after: number): Temporal.PlainDate[] {
  const first = Temporal.PlainDate.from(from).subtract({ days: before });
  return Array.from({ length: before + after }, (_, day) => first.add({ days: day }));
}

function createPresence(
  salon: Salon,
  resource: Bookable | null,
  busy: BusyTimes,
  dates: Temporal.PlainDate[],
): Presence {
  const { hours, zone } = salon;
  const ofBranch = dates.flatMap((date) => windowsOf(hours, date, zone));
  const ofOwn = resource?.hours ? dates.flatMap((date) => windowsOf(resource.hours ?? hours, date, zone)) : ofBranch;
  const isOwn = Boolean(resource?.hours);
  const windows = isOwn
    ? ofBranch.flatMap((branch) =>
        ofOwn.map((own) => {
          const later = own.from > branch.from ? own : branch;
          const shift = later.date.since(branch.date, { largestUnit: 'day' }).days * 1_440;
          const [from, to] = [Math.max(branch.from, own.from), Math.min(branch.to, own.to)];
          return { date: branch.date, opening: later.opening + shift, from, to };
        }),
      )
    : ofBranch;
  const real = windows.filter(({ from, to }) => from < to);
  const openMinutes = new Set<number>();
  for (const { from, to } of real) for (let minute = from; minute < to; minute += 1) openMinutes.add(minute);
  const spans = (resource && busy.get(resource.id)) ?? [];
  const busyMinutes = new Set<number>();
  for (let at = 0; at < spans.length; at += 2) {
    for (let minute = spans[at] ?? 0; minute < (spans[at + 1] ?? 0); minute += 1) busyMinutes.add(minute);
  }
  return {
    windows: real,
    isOpen: (minute) => openMinutes.has(minute),
    isFree: (minute) => openMinutes.has(minute) && !busyMinutes.has(minute),
  };
}

/** Whether somebody or something can do the parts of a visit for which `isUsed` says so. */
function canDo(salon: Salon, presence: Presence, start: number, isUsed: (segment: number) => boolean): boolean {
  const { segments, bufferBeforeMinutes, bufferAfterMinutes, buffersMayLeaveHours } = salon.service;
  let from = start;
  const isFreeOutwards = (first: number, step: number, minutes: number) => {
    for (let count = 0, minute = first; count < minutes; count += 1, minute += step) {
      if (!presence.isOpen(minute)) return buffersMayLeaveHours;
      if (!presence.isFree(minute)) return false;
    }
    return true;
  };
  for (const [at, { minutes }] of segments.entries()) {
    const to = from + minutes;
    if (isUsed(at)) {
      for (let minute = from; minute < to; minute += 1) if (!presence.isFree(minute)) return false;
      if (at === 0 && !isFreeOutwards(from - 1, -1, bufferBeforeMinutes)) return false;
      if (at === segments.length - 1 && !isFreeOutwards(to, 1, bufferAfterMinutes)) return false;
    }
    from = to;
  }
  return true;
}

/** Whether each list has one of its own. */
function canChoose(lists: readonly (readonly BookableId[])[], taken: readonly BookableId[]): boolean {
  const [first, ...rest] = lists;
  return !first || first.some((id) => !taken.includes(id) && canChoose(rest, [...taken, id]));
}

function isOnGrid(salon: Salon, window: OracleWindow, minute: number): boolean {
  const { alignment, intervalMinutes } = salon.service;
  const wall = Temporal.Instant.fromEpochMilliseconds(minute * minuteMs).toZonedDateTimeISO(salon.zone);
  const ofDay = wall.hour * 60 + wall.minute;
  if (alignment === 'clock') return ofDay % intervalMinutes === 0;
  const days = wall.toPlainDate().since(window.date, { largestUnit: 'day' }).days;
  return (days * 1_440 + ofDay - Math.ceil(window.opening / 5) * 5) % intervalMinutes === 0;
}

/** Whether a visit may follow right after something that one of these is busy with: whoever does its first part, or one of a pool. */
function isTight(salon: Salon, person: Bookable | null, minute: number): boolean {
  const { segments, bufferBeforeMinutes, packing } = salon.service;
  if (packing === 'grid') return false;
  const follows = (ids: readonly BookableId[], isUsed: (segment: number) => boolean) => {
    const first = segments.findIndex((_, at) => isUsed(at));
    const from = segments.slice(0, first).reduce((sum, { minutes }) => sum + minutes, 0);
    const shift = (first === 0 ? bufferBeforeMinutes : 0) - from;
    return ids.some((id) =>
      (salon.busy.get(id) ?? []).some((end, at) => at % 2 === 1 && Math.ceil(end / 5) * 5 + shift === minute),
    );
  };
  if (person) return follows([person.id], (at) => segments[at]?.needsStaff ?? false);
  return salon.pools.some(({ id, resourceIds }) => {
    const isUsed = (at: number) => segments[at]?.poolIds.includes(id) ?? false;
    return segments.some((_, at) => isUsed(at)) && follows(resourceIds, isUsed);
  });
}

/** Starts by date, in epoch minutes. */
export function listSlots(salon: Salon, staffId: BookableId | null, from: string, days: number): number[][] {
  const { service, zone, nowMs, resources, pools } = salon;
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone);
  const lastDate = now.toPlainDate().add({ days: service.horizonDays - 1 });
  const length = service.segments.reduce((sum, { minutes }) => sum + minutes, 0);
  const dates = listDates(from, 2, days + 3 + Math.ceil(length / 1_440));
  const presences = new Map(
    resources.map((resource) => [resource.id, createPresence(salon, resource, salon.busy, dates)]),
  );
  const branch = createPresence(salon, null, salon.busy, dates);
  const poolIds = [...new Set(service.segments.flatMap((segment) => segment.poolIds))];
  const needsStaff = service.segments.some((segment) => segment.needsStaff);
  const staff = resources.filter(
    ({ id, kind, serviceIds, isArchived }) =>
      kind === 'staff' && serviceIds.includes(service.id) && !isArchived && (staffId === null || id === staffId),
  );
  const membersAt = (start: number) =>
    poolIds.map((id) => {
      const members = pools.find((pool) => pool.id === id)?.resourceIds ?? [];
      return members.filter((member) => {
        const presence = presences.get(member);
        return presence && canDo(salon, presence, start, (at) => service.segments[at]?.poolIds.includes(id) ?? false);
      });
    });
  const isOffered = (window: OracleWindow, person: Bookable | null, start: number) => {
    const zoned = Temporal.Instant.fromEpochMilliseconds(start * minuteMs).toZonedDateTimeISO(zone);
    if (start * minuteMs < nowMs + service.minNoticeMinutes * minuteMs) return false;
    if (Temporal.PlainDate.compare(zoned.toPlainDate(), lastDate) > 0) return false;
    if (!isOnGrid(salon, window, start) && !isTight(salon, person, start)) return false;
    const presence = person && presences.get(person.id);
    if (presence && !canDo(salon, presence, start, (at) => service.segments[at]?.needsStaff ?? false)) return false;
    return canChoose(membersAt(start), person ? [person.id] : []);
  };
  const seen = new Set<number>();
  return Array.from({ length: days }, (_, day) => {
    const date = Temporal.PlainDate.from(from).add({ days: day });
    const found = new Set<number>();
    for (const person of needsStaff ? staff : staffId === null ? [null] : []) {
      const { windows } = (person && presences.get(person.id)) ?? branch;
      for (const window of windows.filter((one) => one.date.equals(date))) {
        for (let start = Math.ceil(window.from / 5) * 5; start < window.to; start += 5) {
          if (!seen.has(start) && !found.has(start) && isOffered(window, person, start)) found.add(start);
        }
      }
    }
    for (const start of found) seen.add(start);
    return [...found].sort((one, other) => one - other);
  });
}

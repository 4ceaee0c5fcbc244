/** Time zones: IANA names by way of `Intl`, and offsets such as `+02:00`. */
import { fail } from '../../errors.js';

export interface TimeZone {
  readonly isUtc: boolean;
  /** Milliseconds to add to UTC at this instant. */
  readonly offsetAt: (instant: number) => number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

function fixedZone(offset: number, isUtc = false): TimeZone {
  return { isUtc, offsetAt: () => offset };
}

export const utc = fixedZone(0, true);

/** `+HH`, `+HHMM` or `+HH:MM`. */
const offsetPattern = /^([+-])(\d{2})(?::?(\d{2}))?$/;

export function parseOffset(text: string): number | undefined {
  const match = offsetPattern.exec(text);
  if (!match) return undefined;
  const [, sign, hours, minutes = '0'] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMs;
}

/** Clocks change on quarters of an hour, and never there and back within a week. */
const quarterMs = 15 * minuteMs;
const weekMs = 7 * dayMs;
const maxRemembered = 10_000;

function namedZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const lookUp = (instant: number): number => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const field = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
    const year = parts.get('era')?.startsWith('B') ? 1 - field('year') : field('year');
    const local = utcOf(year, field('month') - 1, field('day'), field('hour'), field('minute'), field('second'), 0);
    return local - Math.floor(instant / 1000) * 1000;
  };
  const remember = remembering(lookUp);
  return {
    isUtc: false,
    offsetAt: (instant) => {
      // Before there were standard times the clocks changed at odd seconds.
      if (instant < 0) return lookUp(instant);
      const week = Math.floor(instant / weekMs) * weekMs;
      const offset = remember(week);
      return offset === remember(week + weekMs) ? offset : remember(Math.floor(instant / quarterMs) * quarterMs);
    },
  };
}

function remembering(lookUp: (instant: number) => number): (instant: number) => number {
  const remembered = new Map<number, number>();
  return (instant) => {
    let offset = remembered.get(instant);
    if (offset === undefined) {
      if (remembered.size >= maxRemembered) remembered.clear();
      offset = lookUp(instant);
      remembered.set(instant, offset);
    }
    return offset;
  };
}

const zones = new Map<string, TimeZone>([['UTC', utc]]);
const maxZones = 1000;

/** Error 40485 for a name that is not known. */
export function findTimeZone(name: string): TimeZone {
  const known = zones.get(name);
  if (known) return known;
  const offset = parseOffset(name);
  if (offset !== undefined) return fixedZone(offset, offset === 0);
  // Intl takes names in any case; MongoDB does not.
  if (!/^[A-Z]/.test(name)) return fail('Location40485', `unrecognized time zone identifier: "${name}"`);
  try {
    const zone = namedZone(name);
    if (zones.size < maxZones) zones.set(name, zone);
    return zone;
  } catch {
    return fail('Location40485', `unrecognized time zone identifier: "${name}"`);
  }
}

/** Like `Date.UTC`, without its special meaning of the years 0 to 99. Fields beyond their range carry over. */
export function utcOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(hour, minute, second, millisecond);
  return date.getTime();
}

/** A date whose UTC fields are the clock's in the zone. */
export function toLocal(instant: number, zone: TimeZone): Date {
  return new Date(instant + zone.offsetAt(instant));
}

/** The instant at which the clock shows this; the first of two, and past the gap for a time that was left out. */
export function fromLocal(local: number, zone: TimeZone): number {
  const before = zone.offsetAt(local - dayMs);
  const after = zone.offsetAt(local + dayMs);
  if (zone.offsetAt(local - before) === before) return local - before;
  return zone.offsetAt(local - after) === after ? local - after : local - before;
}

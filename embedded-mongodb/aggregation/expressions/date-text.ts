/** Dates as text: the format of `$dateToString`, and what `$dateFromString` and `$toDate` read. */
import { fail } from '../../errors.js';
import { dayOfIsoWeek, dayOfWeek, dayOfYear, isoWeek, weekOfYear } from './calendar.js';
import { fromLocal, parseOffset, toLocal, utc, utcOf, type TimeZone } from './time-zone.js';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const minuteMs = 60_000;
const pad = (value: number, width: number): string => String(value).padStart(width, '0');

function formatOffset(offset: number): string {
  const minutes = Math.abs(Math.trunc(offset / minuteMs));
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
}

function formatYear(year: number): string {
  if (year < 0 || year > 9999)
    fail('Location18537', `Could not convert date to string: date component was outside the supported range: ${year}`);
  return pad(year, 4);
}

type Specifier = (local: Date, offset: number) => string;

const specifiers: Readonly<Record<string, Specifier>> = {
  '%': () => '%',
  b: (local) => (months[local.getUTCMonth()] as string).slice(0, 3),
  B: (local) => months[local.getUTCMonth()] as string,
  d: (local) => pad(local.getUTCDate(), 2),
  G: (local) => formatYear(isoWeek(local).year),
  H: (local) => pad(local.getUTCHours(), 2),
  j: (local) => pad(dayOfYear(local), 3),
  L: (local) => pad(local.getUTCMilliseconds(), 3),
  m: (local) => pad(local.getUTCMonth() + 1, 2),
  M: (local) => pad(local.getUTCMinutes(), 2),
  S: (local) => pad(local.getUTCSeconds(), 2),
  u: (local) => String(isoWeek(local).day),
  U: (local) => pad(weekOfYear(local), 2),
  V: (local) => pad(isoWeek(local).week, 2),
  w: (local) => String(dayOfWeek(local)),
  Y: (local) => formatYear(local.getUTCFullYear()),
  z: (_, offset) => formatOffset(offset),
  Z: (_, offset) => `${offset < 0 ? '-' : '+'}${Math.abs(Math.trunc(offset / minuteMs))}`,
};

/** The letters after each `%`, and the text between them. */
function splitFormat(format: string, isKnown: (letter: string) => boolean): (string | { readonly letter: string })[] {
  const parts: (string | { readonly letter: string })[] = [];
  for (let at = 0; at < format.length; at++) {
    if (format[at] !== '%') {
      parts.push(format[at] as string);
      continue;
    }
    const letter = format[++at];
    if (letter === undefined) return fail('Location18535', "Unmatched '%' at end of format string");
    if (!isKnown(letter)) fail('Location18536', `Invalid format character '%${letter}' in format string`);
    parts.push({ letter });
  }
  return parts;
}

const isSpecifier = (letter: string): boolean => Object.hasOwn(specifiers, letter);

export const checkFormat = (format: string): void => void splitFormat(format, isSpecifier);

export function formatDate(date: Date, format: string, zone: TimeZone): string {
  const local = toLocal(date.getTime(), zone);
  const offset = zone.offsetAt(date.getTime());
  return splitFormat(format, isSpecifier)
    .map((part) => (typeof part === 'string' ? part : (specifiers[part.letter] as Specifier)(local, offset)))
    .join('');
}

const unreadable = (text: string): never => fail('ConversionFailure', `Error parsing date string '${text}'`);

interface Fields {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  isoYear?: number;
  isoWeek?: number;
  isoDay?: number;
  hour?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
  offset?: number;
}

function localDay(text: string, fields: Fields): number {
  const { year, month, day } = fields;
  if (fields.isoYear !== undefined) return dayOfIsoWeek(fields.isoYear, fields.isoWeek ?? 1, fields.isoDay ?? 1);
  if (year === undefined) return unreadable(text);
  if (fields.dayOfYear !== undefined) {
    const local = new Date(utcOf(year, 0, fields.dayOfYear, 0, 0, 0, 0));
    return local.getUTCFullYear() === year && fields.dayOfYear > 0 ? local.getTime() / 86_400_000 : unreadable(text);
  }
  if (month === undefined || day === undefined) return unreadable(text);
  const local = new Date(utcOf(year, month - 1, day, 0, 0, 0, 0));
  if (local.getUTCMonth() !== month - 1 || local.getUTCDate() !== day) unreadable(text);
  return local.getTime() / 86_400_000;
}

/** An hour of 24 is the next midnight; other fields beyond their range are refused. */
function instantOf(text: string, fields: Fields, zone: TimeZone): Date {
  const { hour, minute, second, millisecond = 0, offset } = fields;
  const isTimeless = hour === undefined && minute === undefined && second === undefined;
  if (!isTimeless && (hour === undefined || minute === undefined)) unreadable(text);
  const [hours, minutes, seconds] = [hour ?? 0, minute ?? 0, second ?? 0];
  if (hours > 24 || minutes > 59 || seconds > 59 || (hours === 24 && minutes + seconds > 0)) unreadable(text);
  const local = localDay(text, fields) * 86_400_000 + ((hours * 60 + minutes) * 60 + seconds) * 1000 + millisecond;
  if (offset === undefined) return new Date(fromLocal(local, zone));
  if (!zone.isUtc)
    fail(
      'ConversionFailure',
      'you cannot pass in a date/time string with GMT offset together with a timezone argument',
    );
  return new Date(local - offset);
}

const isoPattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Words that MongoDB's reader of dates makes something of. Without one, and without digits, a text is no date. */
const dateWords =
  /\d|now|today|noon|midnight|yesterday|tomorrow|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|next|last|first|this|previous|ago/i;

/** ISO 8601. What MongoDB may read in another way is refused rather than guessed; what it cannot read is error 241. */
export function parseDate(text: string, zone: TimeZone = utc): Date {
  const match = isoPattern.exec(text);
  if (!match) {
    if (dateWords.test(text))
      fail('NotImplemented', `only ISO 8601 dates are read by this store without a format, not '${text}'`);
    return unreadable(text);
  }
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const number = (digits: string | undefined): number | undefined =>
    digits === undefined ? undefined : Number(digits);
  const fields: Fields = {};
  Object.assign(fields, { year: number(year), month: number(month), day: number(day) });
  if (hour !== undefined)
    Object.assign(fields, { hour: number(hour), minute: number(minute), second: number(second) ?? 0 });
  if (fraction !== undefined) fields.millisecond = Math.trunc(Number(`0.${fraction}`) * 1000 + 1e-6);
  if (offset !== undefined) fields.offset = offset.toUpperCase() === 'Z' ? 0 : (parseOffset(offset) ?? 0);
  return instantOf(text, fields, zone);
}

interface Reader {
  readonly pattern: string;
  readonly note: (fields: Fields, text: string) => void;
}

const reader = (pattern: string, note: (fields: Fields, value: number) => void): Reader => ({
  pattern,
  note: (fields, text) => note(fields, Number(text)),
});

const monthOf = (text: string): number =>
  months.findIndex((month) => month.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase()) + 1;

const readers: Readonly<Record<string, Reader>> = {
  b: { pattern: months.map((month) => month.slice(0, 3)).join('|'), note: (to, text) => (to.month = monthOf(text)) },
  B: { pattern: months.join('|'), note: (fields, text) => (fields.month = monthOf(text)) },
  d: reader('\\d{1,2}', (fields, value) => (fields.day = value)),
  G: reader('\\d{4}', (fields, value) => (fields.isoYear = value)),
  H: reader('\\d{1,2}', (fields, value) => (fields.hour = value)),
  j: reader('\\d{1,3}', (fields, value) => (fields.dayOfYear = value)),
  L: reader('\\d{1,3}', (fields, value) => (fields.millisecond = value)),
  m: reader('\\d{1,2}', (fields, value) => (fields.month = value)),
  M: reader('\\d{1,2}', (fields, value) => (fields.minute = value)),
  S: reader('\\d{1,2}', (fields, value) => (fields.second = value)),
  u: reader('[1-7]', (fields, value) => (fields.isoDay = value)),
  V: reader('\\d{1,2}', (fields, value) => (fields.isoWeek = value)),
  Y: reader('\\d{4}', (fields, value) => (fields.year = value)),
  z: {
    pattern: '[+-]\\d{2}:?\\d{2}|Z',
    note: (fields, text) => (fields.offset = parseOffset(text) ?? 0),
  },
  Z: reader('[+-]\\d{1,4}', (fields, value) => (fields.offset = value * minuteMs)),
};

const isReader = (letter: string): boolean => letter === '%' || Object.hasOwn(readers, letter);

export const checkReadFormat = (format: string): void => void splitFormat(format, isReader);

export function parseFormatted(text: string, format: string, zone: TimeZone): Date {
  const parts = splitFormat(format, isReader);
  const letters: string[] = [];
  const source = parts.map((part) => {
    if (typeof part === 'string') return part.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
    if (part.letter === '%') return '%';
    letters.push(part.letter);
    return `(${(readers[part.letter] as Reader).pattern})`;
  });
  const match = new RegExp(`^${source.join('')}$`, 'i').exec(text);
  if (!match) return unreadable(text);
  const fields: Fields = {};
  letters.forEach((letter, at) => (readers[letter] as Reader).note(fields, match[at + 1] as string));
  return instantOf(text, fields, zone);
}

/** `$dateAdd`, `$dateSubtract`, `$dateDiff` and `$dateTrunc`. Days and longer follow the clock of the zone, hours and shorter do not. */
import { Long } from 'bson';
import { isNullish, toNumber, typeName } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { dateOf } from './arithmetic.js';
import { dayNumber, daysInMonth } from './calendar.js';
import { asDate, isDateLike } from './conversion.js';
import { isWhole, readStartOfWeek, readUnit, readZone, type TimeUnit } from './date-operands.js';
import { compileNamed, type ExpressionFactory, type NamedRules } from './operator.js';
import { fromLocal, toLocal, utcOf, type TimeZone } from './time-zone.js';

const fixedUnits: Partial<Record<TimeUnit, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
};
const dayMs = 86_400_000;
const monthsOf: Partial<Record<TimeUnit, number>> = { month: 1, quarter: 3, year: 12 };
const daysOf: Partial<Record<TimeUnit, number>> = { day: 1, week: 7 };

/** The same day of a later month, or its last one when the month is too short. */
function addMonths(local: Date, count: number): number {
  const months = local.getUTCFullYear() * 12 + local.getUTCMonth() + count;
  const year = Math.floor(months / 12);
  const month = months - year * 12;
  const day = Math.min(local.getUTCDate(), daysInMonth(year, month));
  return utcOf(year, month, day, 0, 0, 0, 0) + (local.getTime() - dayNumber(local) * dayMs);
}

function addToDate(date: Date, unit: TimeUnit, amount: number, zone: TimeZone): Date {
  const fixed = fixedUnits[unit];
  if (fixed !== undefined) return dateOf(date.getTime() + amount * fixed);
  const local = toLocal(date.getTime(), zone);
  const months = monthsOf[unit];
  const moved =
    months === undefined ? local.getTime() + amount * (daysOf[unit] ?? 1) * dayMs : addMonths(local, amount * months);
  return dateOf(fromLocal(moved, zone));
}

const additionRules: NamedRules = {
  notAnObject: 'Location5166400',
  unknown: 'Location5166401',
  required: { startDate: 'Location5166402', unit: 'Location5166402', amount: 'Location5166402' },
  optional: ['timezone'],
};

function addition(sign: 1 | -1): ExpressionFactory {
  return (operand, context) => {
    const named = compileNamed(operand, context, additionRules);
    return (frame) => {
      const start = named.get('startDate')?.(frame);
      if (isNullish(start)) return null;
      const unit = readUnit(context.name, named.get('unit')?.(frame));
      const amount = named.get('amount')?.(frame);
      if (unit === null || isNullish(amount)) return null;
      const zone = readZone(named, frame);
      if (!zone) return null;
      if (!isDateLike(start)) fail('Location5166403', `${context.name} requires startDate to be convertible to a date`);
      if (!isWhole(amount)) fail('Location5166405', `${context.name} expects integer amount of time units`);
      return addToDate(asDate(start), unit, sign * toNumber(amount), zone);
    };
  };
}

/** Boundaries of the unit between two local dates. */
function countBetween(start: Date, end: Date, unit: TimeUnit, startOfWeek: number): number {
  const months = end.getUTCFullYear() * 12 + end.getUTCMonth() - (start.getUTCFullYear() * 12 + start.getUTCMonth());
  const dayOf = (date: Date): number => (date.getUTCDay() - startOfWeek + 7) % 7;
  switch (unit) {
    case 'year':
      return end.getUTCFullYear() - start.getUTCFullYear();
    case 'quarter':
      return (
        (end.getUTCFullYear() - start.getUTCFullYear()) * 4 +
        Math.floor(end.getUTCMonth() / 3) -
        Math.floor(start.getUTCMonth() / 3)
      );
    case 'month':
      return months;
    case 'week':
      return (dayNumber(end) - dayNumber(start) + dayOf(start) - dayOf(end)) / 7;
    default:
      return dayNumber(end) - dayNumber(start);
  }
}

/** Hours and shorter count their boundaries on the clock, less what the clock was changed by in between. */
function difference(start: number, end: number, unit: TimeUnit, zone: TimeZone, startOfWeek: number): number {
  const fixed = fixedUnits[unit];
  if (fixed === undefined) return countBetween(toLocal(start, zone), toLocal(end, zone), unit, startOfWeek);
  if (unit === 'millisecond') return end - start;
  const onClock = (instant: number): number => Math.floor((instant + zone.offsetAt(instant)) / fixed);
  const correction = Math.trunc((zone.offsetAt(start) - zone.offsetAt(end)) / fixed);
  return onClock(end) - onClock(start) + correction;
}

function readDate(name: string, parameter: string, value: unknown): Date {
  if (!isDateLike(value))
    fail('Location5166307', `${name} requires '${parameter}' to be a date, but got ${typeName(value)}`);
  return asDate(value);
}

const dateDifference: ExpressionFactory = (operand, context) => {
  const named = compileNamed(operand, context, {
    notAnObject: 'Location5166301',
    unknown: 'Location5166302',
    required: { startDate: 'Location5166303', endDate: 'Location5166304', unit: 'Location5166305' },
    optional: ['timezone', 'startOfWeek'],
  });
  return (frame) => {
    const start = named.get('startDate')?.(frame);
    const end = named.get('endDate')?.(frame);
    if (isNullish(start) || isNullish(end)) return null;
    const unit = readUnit('$dateDiff', named.get('unit')?.(frame));
    if (unit === null) return null;
    const startOfWeek = unit === 'week' ? readStartOfWeek('$dateDiff', named, frame) : 0;
    const zone = readZone(named, frame);
    if (startOfWeek === null || !zone) return null;
    const from = readDate('$dateDiff', 'startDate', start).getTime();
    const to = readDate('$dateDiff', 'endDate', end).getTime();
    return Long.fromNumber(difference(from, to, unit, zone, startOfWeek));
  };
};

/** Bins are counted from the start of 2000 in the zone; bins of weeks from the first start of a week in it. */
function truncate(date: Date, unit: TimeUnit, binSize: number, zone: TimeZone, startOfWeek: number): Date {
  const firstSaturday = 6;
  const daysToWeek = unit === 'week' ? (startOfWeek - firstSaturday + 7) % 7 : 0;
  const localReference = new Date(utcOf(2000, 0, 1 + daysToWeek, 0, 0, 0, 0));
  const reference = localReference.getTime() - zone.offsetAt(utcOf(2000, 0, 1, 0, 0, 0, 0));
  const fixed = fixedUnits[unit];
  const floorTo = (value: number, size: number): number => Math.floor(value / size) * size;
  if (fixed !== undefined) return dateOf(reference + floorTo(date.getTime() - reference, fixed * binSize));
  const distance = countBetween(localReference, toLocal(date.getTime(), zone), unit, startOfWeek);
  return addToDate(new Date(reference), unit, floorTo(distance, binSize), zone);
}

function readBinSize(value: unknown): number {
  if (!isWhole(value)) fail('Location5439017', `$dateTrunc requires 'binSize' to be a 64-bit integer`);
  const size = toNumber(value);
  if (size <= 0) fail('Location5439018', `$dateTrunc requires 'binSize' to be greater than 0, but got value ${size}`);
  return size <= 100_000_000_000 ? size : fail('Location5439006', 'dateTrunc unsupported binSize value');
}

const dateTruncation: ExpressionFactory = (operand, context) => {
  const named = compileNamed(operand, context, {
    notAnObject: 'Location5439007',
    unknown: 'Location5439008',
    required: { date: 'Location5439009', unit: 'Location5439010' },
    optional: ['binSize', 'timezone', 'startOfWeek'],
  });
  return (frame) => {
    const value = named.get('date')?.(frame);
    const size = named.has('binSize') ? named.get('binSize')?.(frame) : 1;
    if (isNullish(value) || isNullish(size)) return null;
    const binSize = readBinSize(size);
    const unit = readUnit('$dateTrunc', named.get('unit')?.(frame));
    if (unit === null) return null;
    const startOfWeek = unit === 'week' ? readStartOfWeek('$dateTrunc', named, frame) : 0;
    const zone = readZone(named, frame);
    if (startOfWeek === null || !zone) return null;
    return truncate(readDate('$dateTrunc', 'date', value), unit, binSize, zone, startOfWeek);
  };
};

export const dateArithmeticExpressions: Record<string, ExpressionFactory> = {
  $dateAdd: addition(1),
  $dateSubtract: addition(-1),
  $dateDiff: dateDifference,
  $dateTrunc: dateTruncation,
};

/** Dates: their parts, their text, and dates made of either. */
import { Long } from 'bson';
import { isDocument, isNullish, toNumber, typeName } from '../../bson/values.js';
import { fail, StoreError } from '../../errors.js';
import { dateOf } from './arithmetic.js';
import { dayOfIsoWeek, dayOfWeek, dayOfYear, isoDayOfWeek, isoWeek, weekOfYear } from './calendar.js';
import { asDate } from './conversion.js';
import { isWhole, readZone } from './date-operands.js';
import { checkFormat, checkReadFormat, formatDate, parseDate, parseFormatted } from './date-text.js';
import {
  compileFixed,
  compileNamed,
  isArray,
  type ExpressionContext,
  type ExpressionFactory,
  type NamedExpressions,
} from './operator.js';
import type { Expression, Frame } from './scope.js';
import { fromLocal, toLocal, utcOf } from './time-zone.js';

/** The date alone, or `{date, timezone}`. */
function compileDate(operand: unknown, context: ExpressionContext): NamedExpressions {
  if (isDocument(operand) && !Object.keys(operand)[0]?.startsWith('$'))
    return compileNamed(operand, context, {
      notAnObject: 'Location40535',
      unknown: 'Location40535',
      required: { date: 'Location40539' },
      optional: ['timezone'],
    });
  if (isArray(operand) && operand.length !== 1)
    fail(
      'Location40536',
      `${context.name} accepts exactly one argument if given an array, but was given ${operand.length}`,
    );
  return new Map([['date', (compileFixed(operand, context, 1) as [Expression])[0]]]);
}

function part(read: (local: Date) => unknown): ExpressionFactory {
  return (operand, context) => {
    const named = compileDate(operand, context);
    return (frame) => {
      const value = named.get('date')?.(frame);
      if (isNullish(value)) return null;
      const date = asDate(value);
      const zone = readZone(named, frame);
      return zone ? read(toLocal(date.getTime(), zone)) : null;
    };
  };
}

const timeOf = (local: Date): Record<string, number> => ({
  hour: local.getUTCHours(),
  minute: local.getUTCMinutes(),
  second: local.getUTCSeconds(),
  millisecond: local.getUTCMilliseconds(),
});

const toParts: ExpressionFactory = (operand, context) => {
  const named = compileNamed(operand, context, {
    notAnObject: 'Location40524',
    unknown: 'Location40520',
    required: { date: 'Location40522' },
    optional: ['timezone', 'iso8601'],
  });
  return (frame) => {
    const value = named.get('date')?.(frame);
    const zone = readZone(named, frame);
    const isIso = named.has('iso8601') ? named.get('iso8601')?.(frame) : false;
    if (!zone || isNullish(isIso)) return null;
    if (typeof isIso !== 'boolean')
      return fail('Location40521', `iso8601 must evaluate to a bool, found ${typeName(isIso)}`);
    if (isNullish(value)) return null;
    const local = toLocal(asDate(value).getTime(), zone);
    if (!isIso)
      return {
        year: local.getUTCFullYear(),
        month: local.getUTCMonth() + 1,
        day: local.getUTCDate(),
        ...timeOf(local),
      };
    const { year, week, day } = isoWeek(local);
    return { isoWeekYear: year, isoWeek: week, isoDayOfWeek: day, ...timeOf(local) };
  };
};

const largestPart = 0x7fff;

/** Null when the part is; the fallback when it is not given. */
function readPart(
  named: NamedExpressions,
  frame: Frame,
  name: string,
  fallback: number,
  isBounded: boolean,
): number | null {
  const expression = named.get(name);
  if (!expression) return fallback;
  const value = expression(frame);
  if (isNullish(value)) return null;
  if (!isWhole(value)) fail('Location40515', `'${name}' must evaluate to an integer, found ${typeName(value)}`);
  const number = toNumber(value);
  if (isBounded && (number > largestPart || number < -largestPart - 1))
    fail('Location31034', `'${name}' must evaluate to a value in the range [-32768, 32767]; value ${number} is not`);
  return number;
}

const clockParts = ['hour', 'minute', 'second', 'millisecond'] as const;
const calendarParts = ['month', 'day'] as const;
const isoParts = ['isoWeek', 'isoDayOfWeek'] as const;

function readYear(named: NamedExpressions, frame: Frame, name: string): number | null {
  const year = readPart(named, frame, name, 1970, false);
  if (year !== null && (year < 1 || year > 9999))
    fail(
      name === 'year' ? 'Location40523' : 'Location31095',
      `'${name}' must evaluate to an integer in the range 1 to 9999, found ${year}`,
    );
  return year;
}

const fromParts: ExpressionFactory = (operand, context) => {
  const named = compileNamed(operand, context, {
    notAnObject: 'Location40519',
    unknown: 'Location40518',
    required: {},
    optional: ['year', 'isoWeekYear', 'timezone', ...calendarParts, ...isoParts, ...clockParts],
  });
  const isIso = named.has('isoWeekYear');
  if (!isIso && !named.has('year'))
    fail('Location40516', "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  if (named.has('year') && (isIso || isoParts.some((name) => named.has(name))))
    fail('Location40489', '$dateFromParts does not allow mixing natural dates with ISO dates');
  if (isIso && calendarParts.some((name) => named.has(name)))
    fail('Location40525', '$dateFromParts does not allow mixing ISO dates with natural dates');
  return (frame) => {
    const clock = clockParts.map((name, at) => readPart(named, frame, name, 0, at < 2));
    const zone = readZone(named, frame);
    const day = (isIso ? isoParts : calendarParts).map((name) => readPart(named, frame, name, 1, true));
    const year = readYear(named, frame, isIso ? 'isoWeekYear' : 'year');
    if (!zone || year === null || [...clock, ...day].includes(null)) return null;
    const [first, second] = day as [number, number];
    const date = isIso ? [1970, 0, dayOfIsoWeek(year, first, second) + 1] : [year, first - 1, second];
    const local = utcOf(...(date as [number, number, number]), ...(clock as [number, number, number, number]));
    return dateOf(fromLocal(local, zone));
  };
};

const toText: ExpressionFactory = (operand, context) => {
  const named = compileNamed(operand, context, {
    notAnObject: 'Location18629',
    unknown: 'Location18534',
    required: { date: 'Location18628' },
    optional: ['format', 'timezone', 'onNull'],
  });
  return (frame) => {
    const value = named.get('date')?.(frame);
    const format = named.get('format')?.(frame);
    if (typeof format === 'string') checkFormat(format);
    else if (!isNullish(format))
      fail('Location18533', `$dateToString requires that 'format' be a string, found: ${typeName(format)}`);
    const zone = readZone(named, frame);
    if (isNullish(value)) return named.has('onNull') ? named.get('onNull')?.(frame) : null;
    if (!zone || (named.has('format') && isNullish(format))) return null;
    const plain = zone.isUtc ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L';
    return formatDate(asDate(value), typeof format === 'string' ? format : plain, zone);
  };
};

const fromText: ExpressionFactory = (operand, context) => {
  const named = compileNamed(operand, context, {
    notAnObject: 'Location40540',
    unknown: 'Location40541',
    required: { dateString: 'Location40542' },
    optional: ['format', 'timezone', 'onNull', 'onError'],
  });
  return (frame) => {
    const text = named.get('dateString')?.(frame);
    const format = named.get('format')?.(frame);
    if (typeof format === 'string') checkReadFormat(format);
    else if (!isNullish(format))
      fail('Location40684', `$dateFromString requires that 'format' be a string, found: ${typeName(format)}`);
    const zone = readZone(named, frame);
    if (isNullish(text)) return named.has('onNull') ? named.get('onNull')?.(frame) : null;
    try {
      if (typeof text !== 'string')
        return fail(
          'ConversionFailure',
          `$dateFromString requires that 'dateString' be a string, found: ${typeName(text)}`,
        );
      if (!zone || (named.has('format') && isNullish(format))) return null;
      return typeof format === 'string' ? parseFormatted(text, format, zone) : parseDate(text, zone);
    } catch (error) {
      const onError = named.get('onError');
      if (onError && error instanceof StoreError && error.codeName === 'ConversionFailure') return onError(frame);
      throw error;
    }
  };
};

export const dateExpressions: Record<string, ExpressionFactory> = {
  $year: part((local) => local.getUTCFullYear()),
  $month: part((local) => local.getUTCMonth() + 1),
  $dayOfMonth: part((local) => local.getUTCDate()),
  $dayOfWeek: part(dayOfWeek),
  $dayOfYear: part(dayOfYear),
  $week: part(weekOfYear),
  $isoDayOfWeek: part(isoDayOfWeek),
  $isoWeek: part((local) => isoWeek(local).week),
  $isoWeekYear: part((local) => Long.fromNumber(isoWeek(local).year)),
  $hour: part((local) => local.getUTCHours()),
  $minute: part((local) => local.getUTCMinutes()),
  $second: part((local) => local.getUTCSeconds()),
  $millisecond: part((local) => local.getUTCMilliseconds()),
  $dateToParts: toParts,
  $dateFromParts: fromParts,
  $dateToString: toText,
  $dateFromString: fromText,
};

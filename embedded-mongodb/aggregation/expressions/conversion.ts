/** Types: `$type`, `$isNumber`, `$convert` and its short forms, and the texts and dates other operators make of values. */
import { Decimal128, Double, Int32, Long, ObjectId, type Timestamp } from 'bson';
import { decimalOf, integerOf, toBigInt } from '../../bson/arithmetic.js';
import { exactOf, quantizeExact } from '../../bson/decimal.js';
import {
  bsonTypes,
  isNullish,
  isNumeric,
  isTruthy,
  toNumber,
  typeName,
  typeOf,
  type BsonTypeName,
} from '../../bson/values.js';
import { fail, StoreError } from '../../errors.js';
import { dateOf } from './arithmetic.js';
import { compileNamed, compileOperands, isIntegral, unary, type ExpressionFactory } from './operator.js';
import { parseDate } from './date-text.js';

const significantDigits = 16;

/** As C's `%.16g`. */
function formatDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', power = ''] = value.toExponential(significantDigits - 1).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < significantDigits)
    return trimZeros(value.toFixed(Math.min(100, significantDigits - 1 - exponent)));
  const sign = exponent < 0 ? '-' : '+';
  return `${trimZeros(digits)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

const trimZeros = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits);

/** As the string operators read any value: null and missing are empty. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (isNullish(value)) return '';
  switch (typeOf(value)) {
    case bsonTypes.double:
      return formatDouble(toNumber(value));
    case bsonTypes.int:
    case bsonTypes.long:
    case bsonTypes.decimal:
    case bsonTypes.symbol:
      return String(value);
    case bsonTypes.date:
      return (value as Date).toISOString();
    default:
      return fail('Location16007', `can't convert from BSON type ${typeName(value)} to String`);
  }
}

/** As the date operators read any value. */
export function asDate(value: unknown): Date {
  switch (typeOf(value)) {
    case bsonTypes.date:
      return value as Date;
    case bsonTypes.objectId:
      return (value as ObjectId).getTimestamp();
    case bsonTypes.timestamp:
      return new Date((value as Timestamp).getHighBitsUnsigned() * 1000);
    default:
      return fail('Location16006', `can't convert from BSON type ${typeName(value)} to Date`);
  }
}

export const isDateLike = (value: unknown): boolean =>
  ([bsonTypes.date, bsonTypes.objectId, bsonTypes.timestamp] as number[]).includes(typeOf(value));

const failConversion = (message: string): never =>
  fail('ConversionFailure', `${message} in $convert with no onError value`);

function parseInteger(text: string, isLong: boolean): Int32 | Long {
  if (!/^[+-]?\d+$/.test(text)) failConversion(`Failed to parse number '${text}'`);
  const value = BigInt(text.replace('+', ''));
  const parsed = integerOf(value, isLong);
  if (!parsed || (!isLong && typeOf(parsed) === bsonTypes.long))
    return failConversion(`Failed to parse number '${text}': Overflow`);
  return parsed;
}

const decimalText = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;

function parseDouble(text: string): Double {
  if (!decimalText.test(text)) failConversion(`Failed to parse number '${text}'`);
  if (/n$/i.test(text)) return new Double(Number.NaN);
  const value = /inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
  if (!Number.isFinite(value) && !/inf/i.test(text)) failConversion(`Failed to parse number '${text}': Out of range`);
  return new Double(value);
}

function parseDecimal(text: string): Decimal128 {
  if (!decimalText.test(text)) failConversion(`Failed to parse number '${text}'`);
  return Decimal128.fromStringWithRounding(text);
}

/** Truncates towards zero; what does not fit is a failure. */
function toInteger(value: unknown, isLong: boolean): Int32 | Long {
  const type = typeOf(value);
  let integer: bigint;
  if (type === bsonTypes.double || type === bsonTypes.decimal) {
    const exact = exactOf(value);
    if (!exact) return failConversion('Attempt to convert NaN or infinity value to integer type');
    integer = quantizeExact(exact, 0, 'truncate').coefficient;
  } else {
    integer = toBigInt(value);
  }
  const result = integerOf(integer, isLong);
  if (!result || (!isLong && typeOf(result) === bsonTypes.long))
    return failConversion(`Conversion would overflow target type`);
  return result;
}

function toDouble(value: unknown): Double {
  const number = toNumber(value);
  if (typeOf(value) === bsonTypes.decimal && !Number.isFinite(number) && exactOf(value))
    failConversion('Conversion would overflow target type');
  return new Double(number);
}

type Conversion = (value: unknown) => unknown;

const identity: Conversion = (value) => value;
const truth: Conversion = () => true;
const fromNumbers = (conversion: Conversion): Partial<Record<BsonTypeName, Conversion>> => ({
  int: conversion,
  long: conversion,
  double: conversion,
  decimal: conversion,
});
const milliseconds = (value: unknown): number => (value as Date).getTime();
const dateFromNumber: Conversion = (value) => dateOf(Number(toInteger(value, true).toString()));

/** What can become what: by target, then by the type of the value. */
const conversions: Partial<Record<BsonTypeName, Partial<Record<BsonTypeName, Conversion>>>> = {
  double: {
    ...fromNumbers(toDouble),
    string: (value) => parseDouble(value as string),
    bool: (value) => new Double(value ? 1 : 0),
    date: (value) => new Double(milliseconds(value)),
  },
  string: {
    ...fromNumbers(asText),
    string: identity,
    bool: String,
    date: asText,
    objectId: (value) => (value as ObjectId).toHexString(),
  },
  objectId: {
    objectId: identity,
    string: (value) =>
      /^[0-9a-f]{24}$/i.test(value as string)
        ? new ObjectId(value as string)
        : failConversion(`Failed to parse objectId '${String(value)}'`),
  },
  bool: fromNumbers(isTruthy),
  date: {
    date: identity,
    long: dateFromNumber,
    double: dateFromNumber,
    decimal: dateFromNumber,
    objectId: asDate,
    timestamp: asDate,
    string: (value) => parseDate(value as string),
  },
  int: {
    ...fromNumbers((value) => toInteger(value, false)),
    string: (value) => parseInteger(value as string, false),
    bool: (value) => new Int32(value ? 1 : 0),
  },
  long: {
    ...fromNumbers((value) => toInteger(value, true)),
    string: (value) => parseInteger(value as string, true),
    bool: (value) => Long.fromNumber(value ? 1 : 0),
    date: (value) => Long.fromNumber(milliseconds(value)),
  },
  decimal: {
    ...fromNumbers(decimalOf),
    string: (value) => parseDecimal(value as string),
    bool: (value) => decimalOf(value ? 1 : 0),
    date: (value) => decimalOf(Long.fromNumber(milliseconds(value))),
  },
};

function convert(value: unknown, target: BsonTypeName): unknown {
  const from = typeName(value);
  if (target === 'bool' && !isNumeric(value)) return from === 'bool' ? value : truth(value);
  const conversion = conversions[target]?.[from];
  return conversion ? conversion(value) : failConversion(`Unsupported conversion from ${from} to ${target}`);
}

function targetOf(to: unknown): BsonTypeName {
  if (typeof to === 'string') {
    if (to === 'missing' || Object.hasOwn(bsonTypes, to)) return to as BsonTypeName;
    return fail('BadValue', `Unknown type name: ${to}`);
  }
  if (!isNumeric(to)) fail('FailedToParse', `$convert's 'to' argument must be a string or number`);
  if (!isIntegral(to)) fail('FailedToParse', `In $convert, numeric 'to' argument is not an integer`);
  const number = toNumber(to);
  const found = Object.entries(bsonTypes).find(([, type]) => type === number);
  return (found?.[0] ?? fail('FailedToParse', `In $convert, no BSON type has the number ${number}`)) as BsonTypeName;
}

const convertExpression: ExpressionFactory = (operand, context) => {
  const named = compileNamed(operand, context, {
    notAnObject: 'FailedToParse',
    unknown: 'FailedToParse',
    required: { input: 'FailedToParse', to: 'FailedToParse' },
    optional: ['onError', 'onNull'],
  });
  return (frame) => {
    const to = named.get('to')?.(frame);
    const value = named.get('input')?.(frame);
    const target = isNullish(to) ? undefined : targetOf(to);
    if (isNullish(value)) return named.has('onNull') ? named.get('onNull')?.(frame) : null;
    if (!target) return null;
    try {
      return convert(value, target);
    } catch (error) {
      const onError = named.get('onError');
      if (onError && error instanceof StoreError && error.codeName === 'ConversionFailure') return onError(frame);
      throw error;
    }
  };
};

function shortForm(target: BsonTypeName): ExpressionFactory {
  return (operand, context) => {
    const [member, ...more] = compileOperands(operand, context);
    if (!member || more.length > 0)
      return fail('Location50723', `${context.name} requires a single argument, got ${more.length + (member ? 1 : 0)}`);
    return (frame) => {
      const value = member(frame);
      return isNullish(value) ? null : convert(value, target);
    };
  };
}

export const conversionExpressions: Record<string, ExpressionFactory> = {
  $convert: convertExpression,
  $toString: shortForm('string'),
  $toObjectId: shortForm('objectId'),
  $toDate: shortForm('date'),
  $toDouble: shortForm('double'),
  $toInt: shortForm('int'),
  $toLong: shortForm('long'),
  $toDecimal: shortForm('decimal'),
  $toBool: shortForm('bool'),
  $type: unary(typeName),
  $isNumber: unary((value) => isNumeric(value)),
};

/** Rounding, powers and roots. */
import { Double, Int32, Long, type Decimal128 } from 'bson';
import { divide, integerOf, toBigInt } from '../../bson/arithmetic.js';
import {
  digitsOf,
  exactFromDouble,
  exactOf,
  exactOperand,
  quantizeExact,
  squareRootExact,
  toDecimal128,
  type Exact,
  type Rounding,
} from '../../bson/decimal.js';
import { bsonTypes, isNullish, isNumeric, toNumber, typeName, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { binary, isIntegral, ranged, unary, type ExpressionFactory } from './operator.js';

const maxDigits = 34;

/** An operator on one number: null stays null, what is no number is error 28765. */
function numeric(name: string, evaluate: (value: unknown) => unknown): ExpressionFactory {
  return unary((value) => {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) fail('Location28765', `${name} only supports numeric types, not ${typeName(value)}`);
    return evaluate(value);
  });
}

const isInteger = (value: unknown): boolean => typeOf(value) === bsonTypes.int || typeOf(value) === bsonTypes.long;

const doubleOf = ({ coefficient, exponent }: Exact): number => Number(`${coefficient}e${exponent}`);

/** To the place: 2 is hundredths, -2 is hundreds. Of the type it came in, or a long where an int grew. */
function roundNumber(value: unknown, place: number, rounding: Rounding): unknown {
  if (isInteger(value)) {
    if (place >= 0) return value;
    const { coefficient, exponent } = quantizeExact({ coefficient: toBigInt(value), exponent: 0 }, -place, rounding);
    const rounded = integerOf(coefficient * 10n ** BigInt(exponent), typeOf(value) === bsonTypes.long);
    return rounded ?? fail('Location51080', 'the rounded value does not fit a 64-bit integer');
  }
  if (typeOf(value) === bsonTypes.decimal) {
    const exact = exactOf(value);
    const rounded = exact && quantizeExact(exact, -place, rounding);
    return rounded && digitsOf(rounded) <= maxDigits ? toDecimal128(rounded) : value;
  }
  const number = toNumber(value);
  if (!Number.isFinite(number)) return value;
  const rounded = doubleOf(quantizeExact(exactFromDouble(number), -place, rounding));
  return new Double(rounded === 0 && number < 0 ? -0 : rounded);
}

function toPlace(name: string, rounding: Rounding): ExpressionFactory {
  return ranged(1, 2, (...values) => {
    const [value, place] = values;
    if (isNullish(value)) return null;
    if (!isNumeric(value)) fail('Location51081', `${name} only supports numeric types, not ${typeName(value)}`);
    if (values.length === 1) return roundNumber(value, 0, rounding);
    if (isNullish(place)) return null;
    if (!isIntegral(place)) fail('Location51082', `precision argument to ${name} must be a integral value`);
    const places = toNumber(place);
    if (places < -20 || places > 100)
      fail('Location51083', `cannot apply ${name} with precision value ${places} value must be in [-20, 100]`);
    return roundNumber(value, places, rounding);
  });
}

function absolute(value: unknown): unknown {
  if (typeOf(value) === bsonTypes.double) return new Double(Math.abs(toNumber(value)));
  if (typeOf(value) === bsonTypes.decimal) {
    const exact = exactOf(value);
    if (!exact) return toNumber(value) < 0 ? toDecimalInfinity() : value;
    return exact.coefficient < 0n ? toDecimal128({ ...exact, coefficient: -exact.coefficient }) : value;
  }
  const integer = toBigInt(value);
  const result = integerOf(integer < 0n ? -integer : integer, typeOf(value) === bsonTypes.long);
  return result ?? fail('Location28680', "can't take $abs of long long min");
}

/** 10^6145 is beyond what a decimal holds. */
const toDecimalInfinity = (): Decimal128 => toDecimal128({ coefficient: 1n, exponent: 7000 });

function squareRoot(value: unknown): unknown {
  if (toNumber(value) < 0) fail('Location28714', "$sqrt's argument must be greater than or equal to 0");
  if (typeOf(value) !== bsonTypes.decimal) return new Double(Math.sqrt(toNumber(value)));
  const exact = exactOf(value);
  return exact ? toDecimal128(squareRootExact(exact)) : value;
}

/** Whole exponents beyond this make decimals with more digits than are worth the time. */
const maxDecimalExponent = 10_000;

function decimalPower(base: unknown, exponent: unknown): unknown {
  const exact = exactOperand(base);
  const times = toNumber(exponent);
  if (!exact || !Number.isInteger(times) || Math.abs(times) > maxDecimalExponent)
    return fail('NotImplemented', '$pow of a decimal with a fractional exponent is not supported by this store');
  const count = Math.abs(times);
  const power = toDecimal128({
    coefficient: exact.coefficient ** BigInt(count),
    exponent: exact.exponent * count,
  });
  return times < 0 ? divide(toDecimal128({ coefficient: 1n, exponent: 0 }), power) : power;
}

function power(base: unknown, exponent: unknown): unknown {
  if (isNullish(base) || isNullish(exponent)) return null;
  if (!isNumeric(base)) fail('Location28762', `$pow's base must be numeric, not ${typeName(base)}`);
  if (!isNumeric(exponent)) fail('Location28763', `$pow's exponent must be numeric, not ${typeName(exponent)}`);
  const [left, right] = [toNumber(base), toNumber(exponent)];
  if (left === 0 && right < 0) fail('Location28764', '$pow cannot take a base of 0 and a negative exponent');
  const types = [typeOf(base), typeOf(exponent)];
  if (types.includes(bsonTypes.decimal)) return decimalPower(base, exponent);
  if (types.includes(bsonTypes.double)) return new Double(Math.pow(left, right));
  const isLong = types.includes(bsonTypes.long);
  if (Math.abs(left) <= 1) {
    const result = right === 0 || left === 1 || (left === -1 && right % 2 === 0) ? 1 : left;
    return isLong ? Long.fromNumber(result) : new Int32(result);
  }
  const whole = right >= 0 && right <= 63 ? integerOf(toBigInt(base) ** BigInt(right), isLong) : undefined;
  return whole ?? new Double(Math.pow(left, right));
}

export const roundingExpressions: Record<string, ExpressionFactory> = {
  $abs: numeric('$abs', absolute),
  $ceil: numeric('$ceil', (value) => roundNumber(value, 0, 'ceiling')),
  $floor: numeric('$floor', (value) => roundNumber(value, 0, 'floor')),
  $round: toPlace('$round', 'halfEven'),
  $trunc: toPlace('$trunc', 'truncate'),
  $sqrt: numeric('$sqrt', squareRoot),
  $pow: binary(power),
};

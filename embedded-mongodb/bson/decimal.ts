/** Exact rational arithmetic on the numbers BSON has: what a double cannot hold is kept as an integer over a power of ten. */
import { Decimal128, type Long } from 'bson';
import { bsonTypes, toNumber, typeOf } from './values.js';

/** coefficient × 10^exponent */
export interface Exact {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** The exact value of a finite double: mantissa × 2^e, written over a power of ten. */
export function exactFromDouble(value: number): Exact {
  if (Number.isSafeInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const raw = bits.getBigUint64(0);
  const biased = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & 0xfffffffffffffn;
  const mantissa = (raw >> 63n ? -1n : 1n) * (biased === 0 ? fraction : fraction | 0x10000000000000n);
  const power = (biased === 0 ? 1 : biased) - 1075;
  if (power >= 0) return { coefficient: mantissa << BigInt(power), exponent: 0 };
  return { coefficient: mantissa * 5n ** BigInt(-power), exponent: power };
}

/** Undefined for NaN and the infinities. */
export function exactOf(value: unknown): Exact | undefined {
  const type = typeOf(value);
  if (type === bsonTypes.long) {
    return { coefficient: typeof value === 'bigint' ? value : (value as Long).toBigInt(), exponent: 0 };
  }
  if (type === bsonTypes.decimal) return exactFromDecimal(value as Decimal128);
  const number = toNumber(value);
  return Number.isFinite(number) ? exactFromDouble(number) : undefined;
}

function exactFromDecimal(value: Decimal128): Exact | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(value.toString());
  if (!match) return undefined;
  const [, sign, whole = '0', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction);
  return { coefficient: sign ? -digits : digits, exponent: Number(exponent) - fraction.length };
}

function align(a: Exact, b: Exact): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [
    a.coefficient * 10n ** BigInt(a.exponent - exponent),
    b.coefficient * 10n ** BigInt(b.exponent - exponent),
    exponent,
  ];
}

export function addExact(a: Exact, b: Exact): Exact {
  const [left, right, exponent] = align(a, b);
  return { coefficient: left + right, exponent };
}

export function subtractExact(a: Exact, b: Exact): Exact {
  return addExact(a, { coefficient: -b.coefficient, exponent: b.exponent });
}

export function multiplyExact(a: Exact, b: Exact): Exact {
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}

const decimalDigits = 34;
const smallestExponent = -6176;
const largestExponent = 6111;

export type Rounding = 'halfEven' | 'truncate' | 'ceiling' | 'floor';

function roundsAway(rounding: Rounding, isNegative: boolean, twice: bigint, divisor: bigint, isOdd: boolean): boolean {
  switch (rounding) {
    case 'halfEven':
      return twice > divisor || (twice === divisor && isOdd);
    case 'ceiling':
      return !isNegative && twice > 0n;
    case 'floor':
      return isNegative && twice > 0n;
    case 'truncate':
      return false;
  }
}

/** The nearest value whose last digit stands at `exponent`; digits are added when it has fewer. */
export function quantizeExact({ coefficient, exponent }: Exact, to: number, rounding: Rounding): Exact {
  if (exponent >= to) return { coefficient: coefficient * 10n ** BigInt(exponent - to), exponent: to };
  const isNegative = coefficient < 0n;
  const magnitude = isNegative ? -coefficient : coefficient;
  // Far more places than there are digits leave nothing but the direction.
  const divisor = 10n ** BigInt(Math.min(to - exponent, magnitude.toString().length + 1));
  let quotient = magnitude / divisor;
  const twice = (magnitude % divisor) * 2n;
  if (roundsAway(rounding, isNegative, twice, divisor, quotient % 2n === 1n)) quotient += 1n;
  return { coefficient: isNegative ? -quotient : quotient, exponent: to };
}

export const digitsOf = ({ coefficient }: Exact): number => coefficient.toString().replace('-', '').length;

/** Rounds half to even to the 34 digits a Decimal128 holds; what is beyond its exponents becomes infinite or zero. */
export function toDecimal128(value: Exact): Decimal128 {
  let rounded = value;
  // Rounding up can carry into one more digit.
  for (let surplus = digitsOf(rounded) - decimalDigits; surplus > 0; surplus = digitsOf(rounded) - decimalDigits)
    rounded = quantizeExact(rounded, rounded.exponent + surplus, 'halfEven');
  if (rounded.exponent < smallestExponent) rounded = quantizeExact(rounded, smallestExponent, 'halfEven');
  if (rounded.exponent > largestExponent) {
    if (rounded.coefficient === 0n) rounded = { coefficient: 0n, exponent: largestExponent };
    else if (rounded.exponent - largestExponent + digitsOf(rounded) > decimalDigits)
      return Decimal128.fromString(rounded.coefficient < 0n ? '-Infinity' : 'Infinity');
    else rounded = quantizeExact(rounded, largestExponent, 'halfEven');
  }
  return Decimal128.fromString(`${rounded.coefficient}E${rounded.exponent}`);
}

const doublePrecision = 15;

/** A number as decimal arithmetic takes it: doubles count with 15 significant digits. Undefined when it is not finite. */
export function exactOperand(value: unknown): Exact | undefined {
  if (typeOf(value) !== bsonTypes.double) return exactOf(value);
  const number = toNumber(value);
  if (!Number.isFinite(number)) return undefined;
  if (number === 0) return { coefficient: 0n, exponent: 0 };
  const [digits = '', exponent] = number.toExponential(doublePrecision - 1).split('e');
  return { coefficient: BigInt(digits.replace('.', '')), exponent: Number(exponent) - doublePrecision + 1 };
}

/** The quotient with more digits than a Decimal128 holds; an exact one keeps the exponent a division prefers. */
export function divideExact(a: Exact, b: Exact): Exact {
  const preferred = a.exponent - b.exponent;
  if (a.coefficient === 0n) return { coefficient: 0n, exponent: preferred };
  const shift = Math.max(0, decimalDigits + 2 + digitsOf(b) - digitsOf(a));
  const numerator = a.coefficient * 10n ** BigInt(shift);
  const coefficient = numerator / b.coefficient;
  const exponent = preferred - shift;
  if (numerator % b.coefficient !== 0n) {
    // A digit that stands for the rest, so that a later rounding is never taken for a tie.
    const sign = numerator < 0n === b.coefficient < 0n ? 1n : -1n;
    return { coefficient: coefficient * 10n + sign, exponent: exponent - 1 };
  }
  return trimTo({ coefficient, exponent }, preferred);
}

/** What is left of a division, with the sign of the dividend. */
export function remainderExact(a: Exact, b: Exact): Exact {
  const [left, right, exponent] = align(a, b);
  return { coefficient: left % right, exponent };
}

/** The square root of a value that is not negative. */
export function squareRootExact(value: Exact): Exact {
  if (value.coefficient === 0n) return { coefficient: 0n, exponent: Math.floor(value.exponent / 2) };
  const places = Math.max(0, 2 * (decimalDigits + 2) - digitsOf(value));
  const shift = places + (Math.abs(places + value.exponent) % 2);
  const radicand = value.coefficient * 10n ** BigInt(shift);
  let root = BigInt(Math.floor(Math.sqrt(Number(radicand))));
  for (
    let next = (root + radicand / root) / 2n;
    next !== root && next !== root + 1n;
    next = (root + radicand / root) / 2n
  )
    root = next;
  while (root * root > radicand) root -= 1n;
  while ((root + 1n) * (root + 1n) <= radicand) root += 1n;
  const exponent = (value.exponent - shift) / 2;
  if (root * root !== radicand) return { coefficient: root * 10n + 1n, exponent: exponent - 1 };
  const preferred = Math.floor(value.exponent / 2);
  return exponent < preferred ? trimTo({ coefficient: root, exponent }, preferred) : { coefficient: root, exponent };
}

function trimTo(value: Exact, preferred: number): Exact {
  let { coefficient, exponent } = value;
  while (exponent < preferred && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent++;
  }
  return { coefficient, exponent };
}

/** Arithmetic with MongoDB's result types: int → long on overflow, double and decimal are contagious. */
import { Decimal128, Double, Int32, Long } from 'bson';
import {
  addExact,
  divideExact,
  exactOperand,
  multiplyExact,
  remainderExact,
  subtractExact,
  toDecimal128,
  type Exact,
} from './decimal.js';
import { bsonTypes, toNumber, typeOf } from './values.js';

export type ArithmeticOperation = 'add' | 'subtract' | 'multiply';

type BsonNumber = Int32 | Long | Double | Decimal128;

const smallestInt = -0x80000000;
const largestInt = 0x7fffffff;
const smallestLong = -(1n << 63n);
const largestLong = (1n << 63n) - 1n;

const onDoubles = {
  add: (a: number, b: number) => a + b,
  subtract: (a: number, b: number) => a - b,
  multiply: (a: number, b: number) => a * b,
  divide: (a: number, b: number) => a / b,
  remainder: (a: number, b: number) => a % b,
} as const;

const onIntegers = {
  add: (a: bigint, b: bigint) => a + b,
  subtract: (a: bigint, b: bigint) => a - b,
  multiply: (a: bigint, b: bigint) => a * b,
} as const;

const onDecimals = {
  add: addExact,
  subtract: subtractExact,
  multiply: multiplyExact,
  divide: divideExact,
  remainder: remainderExact,
} as const;

/** The integer of an int or a long, or of a double that holds one. */
export function toBigInt(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  return typeOf(value) === bsonTypes.long ? (value as Long).toBigInt() : BigInt(toNumber(value));
}

/** Undefined when it does not fit a long. */
export function integerOf(value: bigint, isLong: boolean): Int32 | Long | undefined {
  if (!isLong && value >= smallestInt && value <= largestInt) return new Int32(Number(value));
  return value < smallestLong || value > largestLong ? undefined : Long.fromBigInt(value);
}

const includesType = (type: number, a: unknown, b: unknown): boolean => typeOf(a) === type || typeOf(b) === type;

/** Undefined when the result does not fit a long. */
export function calculate(operation: ArithmeticOperation, a: unknown, b: unknown): BsonNumber | undefined {
  if (typeOf(a) === bsonTypes.int && typeOf(b) === bsonTypes.int) {
    // Most of all numbers: doubles hold their sums and all but the largest of their products.
    const result = onDoubles[operation](toNumber(a), toNumber(b));
    if (result >= smallestInt && result <= largestInt) return new Int32(result);
    if (Number.isSafeInteger(result)) return Long.fromNumber(result);
  }
  if (includesType(bsonTypes.decimal, a, b)) return calculateDecimal(operation, a, b);
  if (includesType(bsonTypes.double, a, b)) return new Double(onDoubles[operation](toNumber(a), toNumber(b)));
  return integerOf(onIntegers[operation](toBigInt(a), toBigInt(b)), includesType(bsonTypes.long, a, b));
}

/** As expressions calculate: an integer beyond a long becomes a double. */
export function calculateWide(operation: ArithmeticOperation, a: unknown, b: unknown): BsonNumber {
  return calculate(operation, a, b) ?? new Double(onDoubles[operation](toNumber(a), toNumber(b)));
}

/** A double, or a decimal when either is one. The divisor is not zero. */
export function divide(a: unknown, b: unknown): Double | Decimal128 {
  return includesType(bsonTypes.decimal, a, b)
    ? calculateDecimal('divide', a, b)
    : new Double(toNumber(a) / toNumber(b));
}

/** With the sign of the dividend. The divisor is not zero. */
export function remainder(a: unknown, b: unknown): BsonNumber {
  if (includesType(bsonTypes.decimal, a, b)) return calculateDecimal('remainder', a, b);
  if (includesType(bsonTypes.double, a, b)) return new Double(toNumber(a) % toNumber(b));
  const rest = toBigInt(a) % toBigInt(b);
  return includesType(bsonTypes.long, a, b) ? Long.fromBigInt(rest) : new Int32(Number(rest));
}

function calculateDecimal(operation: keyof typeof onDecimals, a: unknown, b: unknown): Decimal128 {
  const left = exactOperand(a);
  const right = exactOperand(b);
  if (left && right) return toDecimal128(onDecimals[operation](left, right));
  // With an infinity or NaN only the sign of the other side counts, except for what a remainder leaves as it is.
  if (operation === 'remainder' && left && !Number.isNaN(toNumber(b))) return toDecimal128(left);
  return specialDecimal(onDoubles[operation](signOf(a, left), signOf(b, right)));
}

function signOf(value: unknown, exact: Exact | undefined): number {
  if (!exact) return toNumber(value);
  return exact.coefficient === 0n ? 0 : exact.coefficient < 0n ? -1 : 1;
}

function specialDecimal(value: number): Decimal128 {
  return Decimal128.fromString(String(value));
}

/** The Decimal128 that equals the number, a double with 15 significant digits. */
export function decimalOf(value: unknown): Decimal128 {
  if (typeOf(value) === bsonTypes.decimal) return value as Decimal128;
  const exact = exactOperand(value);
  return exact ? toDecimal128(exact) : specialDecimal(toNumber(value));
}

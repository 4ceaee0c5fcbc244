/** Addition and multiplication with MongoDB's result types: int → long on overflow, double and decimal are contagious. */
import { Double, Int32, Long, type Decimal128 } from 'bson';
import { addExact, exactOf, multiplyExact, toDecimal128 } from './decimal.js';
import { bsonTypes, toNumber, typeOf } from './values.js';

export type ArithmeticOperation = 'add' | 'multiply';

const smallestInt = -0x80000000;
const largestInt = 0x7fffffff;
const smallestLong = -(1n << 63n);
const largestLong = (1n << 63n) - 1n;

function toBigInt(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  return typeOf(value) === bsonTypes.long ? (value as Long).toBigInt() : BigInt(toNumber(value));
}

/** Undefined when the result does not fit a long. */
export function calculate(
  operation: ArithmeticOperation,
  a: unknown,
  b: unknown,
): Int32 | Long | Double | Decimal128 | undefined {
  const types = [typeOf(a), typeOf(b)];
  if (types.includes(bsonTypes.decimal)) {
    const left = exactOf(a);
    const right = exactOf(b);
    if (left && right) return toDecimal128(operation === 'add' ? addExact(left, right) : multiplyExact(left, right));
  }
  if (types.includes(bsonTypes.double) || types.includes(bsonTypes.decimal)) {
    const left = toNumber(a);
    const right = toNumber(b);
    return new Double(operation === 'add' ? left + right : left * right);
  }
  const exact = operation === 'add' ? toBigInt(a) + toBigInt(b) : toBigInt(a) * toBigInt(b);
  if (types.includes(bsonTypes.long) || exact < smallestInt || exact > largestInt) {
    return exact < smallestLong || exact > largestLong ? undefined : Long.fromBigInt(exact);
  }
  return new Int32(Number(exact));
}

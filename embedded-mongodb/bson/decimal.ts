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

/** Rounds half to even to the 34 digits a Decimal128 holds. */
export function toDecimal128(value: Exact): Decimal128 {
  let { coefficient, exponent } = value;
  const sign = coefficient < 0n ? '-' : '';
  if (coefficient < 0n) coefficient = -coefficient;
  const surplus = coefficient.toString().length - decimalDigits;
  if (surplus > 0) {
    const divisor = 10n ** BigInt(surplus);
    const remainder = coefficient % divisor;
    coefficient /= divisor;
    const twice = remainder * 2n;
    if (twice > divisor || (twice === divisor && coefficient % 2n === 1n)) coefficient += 1n;
    exponent += surplus;
  }
  return Decimal128.fromString(`${sign}${coefficient}E${exponent}`);
}

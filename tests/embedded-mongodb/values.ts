/** Values and random generators that several suites of the store share. */
import { Binary, BSONRegExp, Code, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';

/** A small deterministic generator, so that a printed seed repeats a run. */
export interface Random {
  next(): number;
  integer(below: number): number;
  pick<T>(from: readonly T[]): T;
  chance(probability: number): boolean;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  return {
    next,
    integer,
    pick: (from) => from[integer(from.length)] as (typeof from)[number],
    chance: (probability) => next() < probability,
  };
}

const decimal = (text: string): Decimal128 => Decimal128.fromString(text);
const long = (text: string): Long => Long.fromString(text);

/** Every step is greater than the one before it; values within one step are equal. */
export const ladder: readonly (readonly unknown[])[] = [
  [new MinKey()],
  [null],
  [Number.NaN, decimal('NaN')],
  [-Infinity, decimal('-Infinity')],
  [decimal('-1E+6000')],
  [-Number.MAX_VALUE],
  [long('-9223372036854775808'), -9223372036854775808],
  [long('-9223372036854775807')],
  [long('-9007199254740993')],
  [-9007199254740992, long('-9007199254740992')],
  [new Int32(-2147483648)],
  [decimal('-1.5'), new Double(-1.5)],
  [decimal('-1.1')],
  [-1, new Double(-1), long('-1'), decimal('-1.000')],
  [-Number.MIN_VALUE],
  [decimal('-1E-6000')],
  [0, -0, new Double(-0), Long.ZERO, decimal('0'), decimal('-0E+3')],
  [decimal('1E-6000')],
  [Number.MIN_VALUE],
  [decimal('0.1')],
  [0.1],
  [decimal('0.10000000000000001')],
  [0.5, decimal('0.50')],
  [1, new Double(1), long('1'), decimal('1.0')],
  [decimal('1.000000000000000000000000000000001')],
  [1.0000000000000002],
  [2147483647, long('2147483647')],
  [9007199254740991],
  [9007199254740992, long('9007199254740992'), decimal('9007199254740992')],
  [long('9007199254740993'), decimal('9007199254740993')],
  [decimal('9007199254740993.5')],
  [9007199254740994],
  [long('9223372036854775806')],
  [long('9223372036854775807')],
  [9223372036854775808, decimal('9223372036854775808')],
  [Number.MAX_VALUE],
  [decimal('1E+6000')],
  [Infinity, decimal('Infinity')],
  [''],
  ['\u0000'],
  ['\u0000\u0000'],
  ['\u0000a'],
  ['\u0001'],
  ['a'],
  ['a\u0000'],
  ['a\u0000b'],
  ['a\u0001'],
  ['ab'],
  ['b'],
  ['\u00e9'],
  ['\uffff'],
  ['\u{1f600}'],
  [{}],
  [{ a: 1 }, { a: new Double(1) }],
  [{ a: 1, b: 1 }],
  [{ a: 2 }],
  [{ b: 1 }],
  [{ a: 'x' }],
  [{ a: 'x', b: null }],
  [{ a: {} }],
  [[]],
  [[null]],
  [[1]],
  [[1, 2]],
  [[2]],
  [['a']],
  [[[1]]],
  [new Binary(Buffer.alloc(0))],
  [new Binary(Buffer.from([0]))],
  [new Binary(Buffer.from([255]))],
  [new Binary(Buffer.from([0]), 4)],
  [new Binary(Buffer.from([0, 0]))],
  [new ObjectId('000000000000000000000000')],
  [new ObjectId('0000000000000000000000ff')],
  [new ObjectId('ffffffffffffffffffffffff')],
  [false],
  [true],
  [new Date(-1)],
  [new Date(0)],
  [new Date(1)],
  [new Date('2026-01-01')],
  [new Timestamp({ t: 0, i: 1 })],
  [new Timestamp({ t: 1, i: 0 })],
  [new Timestamp({ t: 4294967295, i: 1 })],
  [new BSONRegExp('a', '')],
  [new BSONRegExp('a', 'i')],
  [new BSONRegExp('b', '')],
  [new Code('a')],
  [new Code('b')],
  [new Code('a', { x: 1 })],
  [new MaxKey()],
];

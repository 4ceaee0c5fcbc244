/** The accumulators of `$group` over the values `v` of documents, and what MongoDB documents about them. */
import { Decimal128, Double, Long, type Document } from 'bson';
import { missing, refusal } from './expression-cases.js';

export type AccumulatorCase = readonly [values: readonly unknown[], accumulator: Document, expected: unknown];

const decimal = (text: string): Decimal128 => Decimal128.fromString(text);
const long = (text: string): Long => Long.fromString(text);

/** `missing` among the values is a document without the field. */
export const accumulatorCases: readonly AccumulatorCase[] = [
  [[1, 2, 3], { $sum: '$v' }, 6],
  [[2147483647, 1], { $sum: '$v' }, long('2147483648')],
  [[long('9223372036854775807'), 1], { $sum: '$v' }, new Double(9223372036854775808)],
  [[1, 'x', null, missing, 2.5], { $sum: '$v' }, new Double(3.5)],
  [[0.1, 0.2, 0.3], { $sum: '$v' }, new Double(0.6)],
  [[1e16, 1, -1e16], { $sum: '$v' }, new Double(1)],
  [[decimal('0.1'), 2], { $sum: '$v' }, decimal('2.1')],
  [['x'], { $sum: '$v' }, 0],
  [[1, 1, 1], { $sum: 1 }, 3],
  [[1, 2], { $avg: '$v' }, new Double(1.5)],
  [[decimal('1'), decimal('2'), 3], { $avg: '$v' }, decimal('2')],
  [[decimal('1'), 1, 0], { $avg: '$v' }, decimal('0.6666666666666666666666666666666667')],
  [['x', null], { $avg: '$v' }, null],
  [[3, null, missing, '1'], { $min: '$v' }, 3],
  [[3, null, missing, '1'], { $max: '$v' }, '1'],
  [[missing, null], { $max: '$v' }, null],
  [[missing, 2], { $first: '$v' }, null],
  [[1, 2], { $last: '$v' }, 2],
  [[1, missing, null, [2]], { $push: '$v' }, [1, null, [2]]],
  [[1, 2], { $push: { v: '$v', w: '$w' } }, [{ v: 1 }, { v: 2 }]],
  [[1, new Double(1), 2, missing], { $addToSet: '$v' }, [1, 2]],
  [[{ a: 1, b: 1 }, null, { b: 2 }], { $mergeObjects: '$v' }, { a: 1, b: 2 }],
  [[1], { $mergeObjects: '$v' }, refusal(40400)],
  [[1, 2, missing], { $count: {} }, 3],
  [[1], { $count: 1 }, refusal(14)],
  [[1], { $sum: ['$v', 1] }, refusal(40237)],
  [[1], { $stdDevPop: '$v' }, refusal(15952)],
];

import { bsonTypes, isNumeric, isTruthy, toNumber, typeOf, type BsonTypeName } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { typeInterval } from '../bounds.js';
import { exactOf, quantizeExact } from '../../bson/decimal.js';
import { typeBytes } from '../../bson/key-encoding.js';
import type { LeafTest, OperatorFactory } from '../operator.js';

const numberTypes: number[] = [bsonTypes.int, bsonTypes.long, bsonTypes.double, bsonTypes.decimal];

function typeNumbers(operand: unknown): number[] {
  if (typeof operand === 'string') {
    if (operand === 'number') return numberTypes;
    if (operand !== 'missing' && Object.hasOwn(bsonTypes, operand)) return [bsonTypes[operand as BsonTypeName]];
    return fail('BadValue', `Unknown type name alias: ${operand}`);
  }
  if (isNumeric(operand)) {
    const number = toNumber(operand);
    if (number !== 0 && Object.values(bsonTypes).includes(number as never)) return [number];
    return fail('BadValue', `Invalid numerical type code: ${number}`);
  }
  return fail('TypeMismatch', 'type must be represented as a number or a string');
}

/** Types with a place of their own in the order, so that an index can find them. */
const intervalsByType = new Map<number, number>([
  [bsonTypes.string, typeBytes.string],
  [bsonTypes.date, typeBytes.date],
  [bsonTypes.objectId, typeBytes.objectId],
  [bsonTypes.bool, typeBytes.bool],
  [bsonTypes.binData, typeBytes.binData],
  [bsonTypes.int, typeBytes.number],
  [bsonTypes.long, typeBytes.number],
  [bsonTypes.double, typeBytes.number],
  [bsonTypes.decimal, typeBytes.number],
]);

/** Without its fraction; a bigint where a double would not hold it, undefined where no 64-bit integer can. */
export function wholeNumber(value: unknown): number | bigint | undefined {
  if (!isNumeric(value)) return undefined;
  const number = toNumber(value);
  if (!Number.isFinite(number) || Math.abs(number) > 2 ** 63) return undefined;
  if (Number.isSafeInteger(Math.trunc(number))) return Math.trunc(number);
  const exact = exactOf(value);
  return exact && quantizeExact(exact, 0, 'truncate').coefficient;
}

export const elementOperators: Record<string, OperatorFactory> = {
  $exists: (operand): LeafTest => {
    const wanted = isTruthy(operand);
    return { expandLeaf: false, test: (value) => value !== undefined, negated: !wanted, impliesExistence: wanted };
  },
  $type: (operand): LeafTest => {
    const list = typeOf(operand) === bsonTypes.array ? (operand as unknown[]) : [operand];
    if (list.length === 0) fail('FailedToParse', '$type must match at least one type');
    const types = new Set(list.flatMap(typeNumbers));
    const bytes = [...types].map((type) => intervalsByType.get(type));
    return {
      expandLeaf: true,
      test: (value) => value !== undefined && types.has(typeOf(value)),
      intervals: bytes.includes(undefined) ? undefined : [...new Set(bytes as number[])].map(typeInterval),
      impliesExistence: true,
    };
  },
  $mod: (operand): LeafTest => {
    if (typeOf(operand) !== bsonTypes.array) fail('BadValue', 'malformed mod, needs to be an array');
    const [divisor, remainder, ...more] = operand as unknown[];
    if (remainder === undefined) fail('BadValue', 'malformed mod, not enough elements');
    if (more.length > 0) fail('BadValue', 'malformed mod, too many elements');
    if (!isNumeric(divisor)) fail('BadValue', 'malformed mod, divisor not a number');
    if (!isNumeric(remainder)) fail('BadValue', 'malformed mod, remainder not a number');
    const by = Math.trunc(toNumber(divisor));
    const rest = Math.trunc(toNumber(remainder));
    if (!Number.isFinite(by) || !Number.isFinite(rest))
      fail('BadValue', 'malformed mod, divisor and remainder must be finite');
    if (by === 0) fail('BadValue', 'divisor cannot be 0');
    return {
      expandLeaf: true,
      test: (value) => {
        const integer = wholeNumber(value);
        if (integer === undefined) return false;
        return typeof integer === 'number' ? integer % by === rest : integer % BigInt(by) === BigInt(rest);
      },
      intervals: [typeInterval(typeBytes.number)],
      impliesExistence: true,
    };
  },
};

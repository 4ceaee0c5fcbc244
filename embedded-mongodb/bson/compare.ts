/** Comparison of two values. The fast paths agree with the encoded order; everything else is compared encoded. */
import type { ObjectId } from 'bson';
import { encodeKey, orderTypeOf, typeBytes } from './key-encoding.js';
import { bsonTypes, typeOf } from './values.js';

function plainNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const type = typeOf(value);
  return type === bsonTypes.int || type === bsonTypes.double ? (value as { value: number }).value : undefined;
}

export function compare(a: unknown, b: unknown): number {
  const left = orderTypeOf(a);
  const right = orderTypeOf(b);
  if (left !== right) return left - right;
  switch (left) {
    case typeBytes.null:
    case typeBytes.minKey:
    case typeBytes.maxKey:
      return 0;
    case typeBytes.number: {
      const x = plainNumber(a);
      const y = plainNumber(b);
      if (x !== undefined && y !== undefined && x === x && y === y) return x < y ? -1 : x > y ? 1 : 0;
      break;
    }
    case typeBytes.string:
      if (a === b) return 0;
      break;
    case typeBytes.date:
      return (a as Date).getTime() - (b as Date).getTime();
    case typeBytes.bool:
      return Number(a) - Number(b);
    case typeBytes.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    default:
  }
  return Buffer.compare(encodeKey(a), encodeKey(b));
}

export function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  return compare(a, b) === 0;
}

/** Equal value and equal BSON type all the way down: int 1 and double 1 are not identical. */
export function isIdentical(a: unknown, b: unknown): boolean {
  if (typeOf(a) !== typeOf(b) || !isEqual(a, b)) return false;
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return true;
  const type = typeOf(a);
  if (type !== bsonTypes.object && type !== bsonTypes.array) return true;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return Object.keys(left).every((key) => isIdentical(left[key], right[key]));
}

/** How values compare; a collation has one of its own. `identify` is equal exactly for values that compare as equal. */
export interface Order {
  readonly compare: (a: unknown, b: unknown) => number;
  readonly identify: (value: unknown) => string;
}

export const binaryOrder: Order = { compare, identify: (value) => encodeKey(value).toString('latin1') };

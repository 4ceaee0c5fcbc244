/** Intervals of one index component, in ascending encoded bytes. They may be too wide, never too narrow: results are re-filtered. */
import { encodeKey, orderTypeOf, typeBytes } from '../bson/key-encoding.js';

/** From `low` (or from after everything that begins with it) up to, not including, `high` (or including what begins with it). */
export interface Interval {
  readonly low: Buffer;
  readonly lowAfter: boolean;
  readonly high: Buffer;
  readonly highAfter: boolean;
  readonly isPoint: boolean;
}

export function pointInterval(value: unknown): Interval {
  const bytes = encodeKey(value);
  return { low: bytes, lowAfter: false, high: bytes, highAfter: true, isPoint: true };
}

export function typeInterval(typeByte: number): Interval {
  return { low: Buffer.of(typeByte), lowAfter: false, high: Buffer.of(typeByte + 1), highAfter: false, isPoint: false };
}

/** Arrays are indexed by their elements and the ends of the order compare across types, so these operands give no bounds. */
function isBoundable(value: unknown): boolean {
  const type = orderTypeOf(value);
  return type !== typeBytes.array && type !== typeBytes.minKey && type !== typeBytes.maxKey;
}

export function equalityIntervals(value: unknown): Interval[] | undefined {
  return isBoundable(value) ? [pointInterval(value)] : undefined;
}

export function rangeIntervals(operator: '$gt' | '$gte' | '$lt' | '$lte', value: unknown): Interval[] | undefined {
  if (!isBoundable(value)) return undefined;
  const type = typeInterval(orderTypeOf(value));
  const bytes = encodeKey(value);
  const isLower = operator === '$gt' || operator === '$gte';
  return [
    isLower
      ? { ...type, low: bytes, lowAfter: operator === '$gt' }
      : { ...type, high: bytes, highAfter: operator === '$lte' },
  ];
}

/** Strings that begin with the prefix. */
export function prefixInterval(prefix: string): Interval {
  const bytes = encodeKey(prefix).subarray(0, -1);
  return { low: bytes, lowAfter: false, high: bytes, highAfter: true, isPoint: false };
}

/** MongoDB's order once more, by plain comparison of values and without any code of the store, to check the store with. */
import { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp, type Document } from 'bson';

/** The order of two values, for what the random generators make: no regular expressions, no code, no infinities. */
export function referenceOrder(a: unknown, b: unknown): number {
  const rank = referenceRank(a) - referenceRank(b);
  if (rank !== 0) return Math.sign(rank);
  if (typeof a === 'string') return Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b as string)));
  if (typeof a === 'boolean') return Number(a) - Number(b);
  if (a === null || a === undefined) return 0;
  if (a instanceof Date) return Math.sign(a.getTime() - (b as Date).getTime());
  if (a instanceof ObjectId)
    return a.toHexString() < (b as ObjectId).toHexString() ? -1 : a.equals(b as ObjectId) ? 0 : 1;
  if (a instanceof Timestamp)
    return a.toBigInt() < (b as Timestamp).toBigInt() ? -1 : a.toBigInt() > (b as Timestamp).toBigInt() ? 1 : 0;
  if (a instanceof Binary) {
    const other = b as Binary;
    return Math.sign(
      a.length() - other.length() || a.sub_type - other.sub_type || Buffer.compare(a.value(), other.value()),
    );
  }
  if (Array.isArray(a)) return referenceList(a, b as unknown[]);
  if (isNumberLike(a)) return referenceNumber(a, b);
  return referenceObject(a as Record<string, unknown>, b as Record<string, unknown>);
}

function referenceList(a: readonly unknown[], b: readonly unknown[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = referenceOrder(a[at], b[at]);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

function referenceObject(a: Record<string, unknown>, b: Record<string, unknown>): number {
  const left = Object.entries(a);
  const right = Object.entries(b);
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [nameA, valueA] = left[at] as [string, unknown];
    const [nameB, valueB] = right[at] as [string, unknown];
    const order =
      referenceRank(valueA) - referenceRank(valueB) ||
      Buffer.compare(Buffer.from(nameA), Buffer.from(nameB)) ||
      referenceOrder(valueA, valueB);
    if (order !== 0) return Math.sign(order);
  }
  return Math.sign(left.length - right.length);
}

const isNumberLike = (value: unknown): boolean =>
  typeof value === 'number' ||
  value instanceof Int32 ||
  value instanceof Double ||
  (value instanceof Long && !(value instanceof Timestamp)) ||
  value instanceof Decimal128;

/** A fraction of integers, so that no precision is lost. */
function toFraction(value: unknown): { top: bigint; bottom: bigint } {
  if (value instanceof Long) return { top: value.toBigInt(), bottom: 1n };
  if (value instanceof Decimal128) {
    const [, digits = '0', fraction = '', exponent = '0'] =
      /^(-?\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(value.toString()) ?? [];
    const shift = Number(exponent) - fraction.length;
    const top = BigInt(digits + fraction);
    return shift >= 0 ? { top: top * 10n ** BigInt(shift), bottom: 1n } : { top, bottom: 10n ** BigInt(-shift) };
  }
  let number = typeof value === 'number' ? value : (value as Int32 | Double).value;
  let bottom = 1n;
  while (!Number.isInteger(number)) {
    number *= 2;
    bottom *= 2n;
  }
  return { top: BigInt(number), bottom };
}

function referenceNumber(a: unknown, b: unknown): number {
  if (Number.isNaN(Number(a)) || Number.isNaN(Number(b)))
    return Number(Number.isNaN(Number(b))) - Number(Number.isNaN(Number(a)));
  const left = toFraction(a);
  const right = toFraction(b);
  const difference = left.top * right.bottom - right.top * left.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function referenceRank(value: unknown): number {
  if (value === null || value === undefined) return 1;
  if (isNumberLike(value)) return 2;
  if (typeof value === 'string') return 3;
  if (Array.isArray(value)) return 5;
  if (value instanceof Binary) return 6;
  if (value instanceof ObjectId) return 7;
  if (typeof value === 'boolean') return 8;
  if (value instanceof Date) return 9;
  if (value instanceof Timestamp) return 10;
  return 4;
}

/** Below everything but nothing: the place of an empty array among sort keys. */
const emptyArray = Symbol('empty array');

function orderOfKeys(a: unknown, b: unknown): number {
  if (a === emptyArray || b === emptyArray) return Number(b === emptyArray) - Number(a === emptyArray);
  return referenceOrder(a, b);
}

function valuesAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (name === undefined) {
    if (!Array.isArray(value)) return [value];
    return value.length > 0 ? value : [emptyArray];
  }
  if (Array.isArray(value))
    return value.length > 0 ? value.flatMap((element) => valuesAt(element, [name, ...rest])) : [undefined];
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return valuesAt(isPlain ? (value as Document)[name] : undefined, rest);
}

/** Compares two documents as a sort of one level of arrays does: an array counts as its least or greatest element. */
export function referenceSort(sort: Readonly<Record<string, number>>): (a: Document, b: Document) => number {
  const keyOf = (document: Document, path: string, direction: number): unknown =>
    valuesAt(document, path.split('.')).reduce((best, next) => (orderOfKeys(next, best) * direction < 0 ? next : best));
  return (a, b) => {
    for (const [path, direction] of Object.entries(sort)) {
      const order = orderOfKeys(keyOf(a, path, direction), keyOf(b, path, direction)) * direction;
      if (order !== 0) return order;
    }
    return 0;
  };
}

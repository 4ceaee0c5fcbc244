/** Sort specifications and sort keys. A document's sort key is the least of the keys an index of the same shape would hold. */
import type { Document } from 'bson';
import { binaryOrder, type Order } from '../bson/compare.js';
import { isDocument, isNumeric, toNumber } from '../bson/values.js';
import { fail, StoreError } from '../errors.js';
import { splitPath } from '../query/paths.js';
import { extractIndexKeys, type IndexField, type IndexKey } from '../storage/index-keys.js';

const maxSortFields = 32;

export function compileSort(specification: unknown): IndexField[] {
  if (specification === undefined || specification === null) return [];
  if (!isDocument(specification)) return fail('TypeMismatch', 'Expected field sort to be of type object');
  const paths = Object.keys(specification);
  if (paths.length > maxSortFields) fail('BadValue', `too many fields in the sort pattern, at most ${maxSortFields}`);
  return paths.map((path) => {
    const direction: unknown = specification[path];
    if (isDocument(direction))
      fail('NotImplemented', `sorting by ${Object.keys(direction)[0] ?? 'an object'} is not supported by this store`);
    if (!isNumeric(direction))
      fail('Location15974', `Illegal key in $sort specification: ${path}: ${String(direction)}`);
    const number = toNumber(direction);
    if (number !== 1 && number !== -1)
      fail('Location15975', '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (path.startsWith('$'))
      fail('Location16410', `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
    assertPath(path);
    return { path, parts: splitPath(path), descending: number < 0 };
  });
}

function assertPath(path: string): void {
  if (path === '') fail('Location40352', 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) fail('Location40353', "FieldPath must not end with a '.'.");
  if (splitPath(path).includes('')) fail('Location15998', 'FieldPath field names may not be empty strings.');
}

/** The keys that documents are sorted by, and their order. */
export interface Sorter<Key = unknown> {
  readonly keyOf: (document: Document) => Key;
  readonly compare: (a: Key, b: Key) => number;
}

/** Keys are bytes in the binary order; a collation has none for its text, so there they are the values. */
export function createSorter(fields: readonly IndexField[], order: Order = binaryOrder): Sorter {
  if (order === binaryOrder) {
    const sorter: Sorter<Buffer> = { keyOf: (document) => sortKeyOf(document, fields), compare: Buffer.compare };
    return sorter as Sorter;
  }
  const compare = (a: readonly unknown[], b: readonly unknown[]): number => {
    for (const [at, { descending }] of fields.entries()) {
      const verdict = order.compare(a[at], b[at]);
      if (verdict !== 0) return descending ? -verdict : verdict;
    }
    return 0;
  };
  const sorter: Sorter<readonly unknown[]> = {
    keyOf: (document) =>
      leastKey(document, fields, (a, b) => compare(a.values, b.values))?.values ?? fields.map(() => undefined),
    compare,
  };
  return sorter as Sorter;
}

function sortKeyOf(document: Document, fields: readonly IndexField[]): Buffer {
  return leastKey(document, fields, (a, b) => Buffer.compare(a.bytes, b.bytes))?.bytes ?? Buffer.alloc(0);
}

function leastKey(
  document: Document,
  fields: readonly IndexField[],
  compare: (a: IndexKey, b: IndexKey) => number,
): IndexKey | undefined {
  try {
    const { keys } = extractIndexKeys(document, fields);
    let least = keys[0];
    for (const key of keys) if (least && compare(key, least) < 0) least = key;
    return least;
  } catch (error) {
    if (error instanceof StoreError && error.codeName === 'CannotIndexParallelArrays') {
      fail('BadValue', 'cannot sort with keys that are parallel arrays');
    }
    throw error;
  }
}

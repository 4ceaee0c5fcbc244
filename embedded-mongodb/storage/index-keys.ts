/** From a document to the keys one index holds for it. */
import type { Document } from 'bson';
import { emptyArrayKey, writeComponent } from '../bson/key-encoding.js';
import { KeyWriter } from '../bson/key-writer.js';
import { bsonTypes, isDocument, ownField, typeOf } from '../bson/values.js';
import { fail } from '../errors.js';

export interface IndexField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly descending: boolean;
}

export interface IndexKey {
  readonly bytes: Buffer;
  readonly values: readonly unknown[];
}

export interface IndexKeys {
  readonly keys: readonly IndexKey[];
  /** Per field: whether an array was met on its path. */
  readonly multikey: readonly boolean[];
  /** Whether at least one indexed field exists; a sparse index skips the others. */
  readonly isPresent: boolean;
}

interface Position {
  readonly value: unknown;
  readonly rest: readonly string[];
}

const scratch = new KeyWriter();

export function extractIndexKeys(document: Document, fields: readonly IndexField[]): IndexKeys {
  const multikey = fields.map(() => false);
  const tuples: unknown[][] = [];
  expand(
    fields.map((field) => ({ value: document, rest: field.parts })),
    multikey,
    tuples,
  );
  const seen = new Set<string>();
  const keys: IndexKey[] = [];
  let isPresent = false;
  for (const values of tuples) {
    isPresent ||= values.some((value) => value !== undefined);
    const bytes = encodeTuple(values, fields);
    const identity = tuples.length > 1 ? bytes.toString('latin1') : '';
    if (seen.has(identity)) continue;
    seen.add(identity);
    keys.push({ bytes, values });
  }
  return { keys, multikey, isPresent };
}

export function encodeTuple(values: readonly unknown[], fields: readonly IndexField[]): Buffer {
  scratch.reset();
  values.forEach((value, index) => writeComponent(scratch, value, fields[index]?.descending ?? false));
  return scratch.take();
}

/** Follows objects as far as they go. */
function advance({ value, rest }: Position): Position {
  let current = value;
  let at = 0;
  while (at < rest.length && isDocument(current)) current = ownField(current, rest[at++] as string);
  if (at < rest.length && typeOf(current) !== bsonTypes.array) return { value: undefined, rest: [] };
  return { value: current, rest: rest.slice(at) };
}

function expand(
  positions: readonly Position[],
  multikey: boolean[],
  tuples: unknown[][],
  settled?: readonly boolean[],
): void {
  const reached = positions.map((position, index) => (settled?.[index] ? position : advance(position)));
  let array: unknown[] | undefined;
  const inArray = reached.map(({ value }, index) => {
    if (settled?.[index] || typeOf(value) !== bsonTypes.array) return false;
    array ??= value as unknown[];
    if (array !== value) fail('CannotIndexParallelArrays', 'cannot index parallel arrays');
    multikey[index] = true;
    return true;
  });
  if (!array) {
    tuples.push(reached.map(({ value }) => value));
    return;
  }
  const nowSettled = reached.map(
    ({ rest }, index) => (settled?.[index] ?? false) || (inArray[index] === true && rest.length === 0),
  );
  const elements = array.length === 0 ? [undefined] : array;
  for (const element of elements) {
    const next = reached.map((position, index): Position => {
      if (!inArray[index]) return position;
      if (position.rest.length === 0) return { value: array?.length === 0 ? emptyArrayKey : element, rest: [] };
      return isDocument(element) ? { value: element, rest: position.rest } : { value: undefined, rest: [] };
    });
    expand(next, multikey, tuples, nowSettled);
  }
}

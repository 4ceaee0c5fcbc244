/** `$slice` and the positional `$`: what narrows the arrays of a document before it is projected. */
import type { Document } from 'bson';
import { bsonTypes, isDocument, ownField, setField, typeOf } from '../bson/values.js';
import { fail, StoreError } from '../errors.js';
import type { FilterNode } from '../query/matcher.js';
import { resolvePositions } from '../update/positional.js';

/** Gets what earlier steps made of the document, and the document; changes neither. */
export type ProjectionStep = (narrowed: Document, source: Document) => Document;

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;

function withField(document: Document, field: string, change: (value: unknown) => unknown): Document {
  if (!Object.hasOwn(document, field)) return document;
  const copy: Document = { ...document };
  setField(copy, field, change(ownField(document, field)));
  return copy;
}

/** Through arrays on the way, as inclusion goes. */
function changeAt(value: unknown, parts: readonly string[], change: (value: unknown) => unknown): unknown {
  const [first, ...rest] = parts;
  if (first === undefined) return change(value);
  if (isArray(value)) return value.map((element) => changeAt(element, parts, change));
  return isDocument(value) ? withField(value, first, (inner) => changeAt(inner, rest, change)) : value;
}

/** Of arrays at the path: the first ones or, when `first` is negative, the last; with a limit, that many from there. */
export function sliceStep(parts: readonly string[], first: number, limit: number | undefined): ProjectionStep {
  const slice = (value: unknown): unknown => {
    if (!isArray(value)) return value;
    if (limit === undefined) return first >= 0 ? value.slice(0, first) : value.slice(first);
    const start = first >= 0 ? first : Math.max(0, value.length + first);
    return value.slice(start, start + limit);
  };
  return (narrowed) => changeAt(narrowed, parts, slice) as Document;
}

/** Of the first array on the path, the element that the filter met. Error 51246 when it met none. */
export function positionStep(parts: readonly string[], filter: FilterNode): ProjectionStep {
  const change = (narrowed: unknown, source: Document, at: number): unknown => {
    const part = parts[at];
    if (part === undefined || !isDocument(narrowed)) return narrowed;
    return withField(narrowed, part, (value) => {
      if (!isArray(value)) return change(value, source, at + 1);
      return value.slice(...matched(source, parts.slice(0, at + 1), filter));
    });
  };
  return (narrowed, source) => change(narrowed, source, 0) as Document;
}

function matched(source: Document, array: readonly string[], filter: FilterNode): [start: number, end: number] {
  try {
    const context = { arrayFilters: new Map(), filter, matched: source };
    const [resolved] = resolvePositions(source, [...array, '$'], context);
    const position = Number(resolved?.at(-1));
    return [position, position + 1];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return fail('Location51246', "positional operator '.$' couldn't find a matching element in the array");
  }
}

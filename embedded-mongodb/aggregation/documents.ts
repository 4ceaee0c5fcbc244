/** Field paths of stages, and copies of documents with one path changed. */
import type { Document } from 'bson';
import { isDocument, ownField, setField } from '../bson/values.js';
import { fail } from '../errors.js';
import { isReferenceField } from '../query/operator.js';
import { splitPath } from '../query/paths.js';

/** The parts of a path that a stage names without `$`. */
export function fieldPath(path: string): string[] {
  if (path === '') fail('Location40352', 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) fail('Location40353', "FieldPath must not end with a '.'.");
  const parts = splitPath(path);
  if (parts.includes('')) fail('Location15998', 'FieldPath field names may not be empty strings.');
  if (path.includes('\0')) fail('Location16411', 'FieldPath field names may not contain null bytes.');
  if (parts.some((part) => part.startsWith('$') && !isReferenceField(part)))
    fail('Location16410', "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
  return parts;
}

/** A copy with the value at the path; whatever is on the way and is no object becomes one. */
export function withPath(document: Document, parts: readonly string[], value: unknown): Document {
  const [first, ...rest] = parts as [string, ...string[]];
  const inner: unknown = ownField(document, first);
  const copy: Document = { ...document };
  setField(copy, first, rest.length === 0 ? value : withPath(isDocument(inner) ? inner : {}, rest, value));
  return copy;
}

/** A copy without the field at the path. */
export function withoutPath(document: Document, parts: readonly string[]): Document {
  const [first, ...rest] = parts as [string, ...string[]];
  const inner: unknown = ownField(document, first);
  const copy: Document = { ...document };
  if (rest.length === 0) delete copy[first];
  else if (isDocument(inner)) setField(copy, first, withoutPath(inner, rest));
  return copy;
}

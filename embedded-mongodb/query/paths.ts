/**
 * Walking dotted paths the way MongoDB does, for filters. The keys of indexes take a walk of their own (storage/index-keys.ts),
 * because fields below one array belong together there; random queries hold the two against each other.
 */
import { bsonTypes, isDocument, ownField, typeOf } from '../bson/values.js';

export function splitPath(path: string): string[] {
  return path.split('.');
}

export function isIndexComponent(component: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(component);
}

/** Return true to stop. */
export type Visitor = (value: unknown) => boolean;

/**
 * Visits the values at the path. Arrays on the way are entered through their objects (and through a numeric component);
 * an array at the end is visited element by element and then as a whole when `expandLeaf` is set.
 */
export function visitPath(root: unknown, parts: readonly string[], expandLeaf: boolean, visit: Visitor): boolean {
  return walk(root, parts, 0, expandLeaf, visit);
}

function walk(value: unknown, parts: readonly string[], at: number, expandLeaf: boolean, visit: Visitor): boolean {
  if (at === parts.length) return visitLeaf(value, expandLeaf, visit);
  const part = parts[at] as string;
  if (isDocument(value)) return walk(ownField(value, part), parts, at + 1, expandLeaf, visit);
  if (typeOf(value) !== bsonTypes.array) return visit(undefined);
  const array = value as unknown[];
  const position = isIndexComponent(part) ? Number(part) : -1;
  for (let index = 0; index < array.length; index++) {
    const element = array[index];
    if (isDocument(element) && walk(element, parts, at, expandLeaf, visit)) return true;
    if (index !== position) continue;
    if (at + 1 === parts.length) {
      if (visit(element)) return true;
    } else if (typeof element === 'object' && walkElement(element, parts, at + 1, expandLeaf, visit)) {
      return true;
    }
  }
  return false;
}

function walkElement(
  element: unknown,
  parts: readonly string[],
  at: number,
  expandLeaf: boolean,
  visit: Visitor,
): boolean {
  return isDocument(element) || typeOf(element) === bsonTypes.array
    ? walk(element, parts, at, expandLeaf, visit)
    : false;
}

function visitLeaf(value: unknown, expandLeaf: boolean, visit: Visitor): boolean {
  if (expandLeaf && typeOf(value) === bsonTypes.array) {
    for (const element of value as unknown[]) if (visit(element)) return true;
  }
  return visit(value);
}

/** The value at a path through objects only; undefined when an array or scalar is in the way. */
export function plainPathValue(root: unknown, parts: readonly string[]): unknown {
  let value = root;
  for (const part of parts) {
    if (!isDocument(value)) return undefined;
    value = ownField(value, part);
  }
  return value;
}

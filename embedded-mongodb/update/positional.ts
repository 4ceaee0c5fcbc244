/** Turns `$`, `$[]` and `$[name]` in update paths into array positions of one document. */
import type { Document } from 'bson';
import type { Scope } from '../aggregation/expressions/scope.js';
import { bsonTypes, isDocument, typeOf } from '../bson/values.js';
import { fail } from '../errors.js';
import type { FilterNode } from '../query/matcher.js';
import { compileFilter, type Predicate } from '../query/matcher.js';
import { plainPathValue, splitPath, visitPath } from '../query/paths.js';
import { readTarget } from './target.js';

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;

/** `$`, `$[]` or `$[name]`. Any other part is the name of a field, also when it begins with a dollar. */
export const isPositionalPart = (part: string): boolean => part === '$' || /^\$\[.*\]$/.test(part);

export type ArrayFilters = ReadonlyMap<string, (element: unknown) => boolean>;

export function compileArrayFilters(
  filters: readonly unknown[],
  scope: Scope,
): Map<string, (element: unknown) => boolean> {
  const compiled = new Map<string, (element: unknown) => boolean>();
  for (const filter of filters) {
    if (!isDocument(filter)) fail('TypeMismatch', 'Each array filter must be an object');
    const matches: Predicate = compileFilter(filter, { scope, expressions: 'banned' }).matches;
    const names = new Set<string>();
    collectNames(filter, names);
    const [name, ...more] = names;
    if (name === undefined)
      return fail('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters');
    if (more.length > 0)
      fail(
        'FailedToParse',
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${more[0] ?? ''}'`,
      );
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      fail(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (compiled.has(name))
      fail('FailedToParse', `Found multiple array filters with the same top-level field name ${name}`);
    compiled.set(name, (element) => matches({ [name]: element }));
  }
  return compiled;
}

function collectNames(filter: Document, names: Set<string>): void {
  for (const [key, condition] of Object.entries(filter)) {
    if (!key.startsWith('$')) names.add(splitPath(key)[0] as string);
    else if (isArray(condition)) for (const part of condition) if (isDocument(part)) collectNames(part, names);
  }
}

export interface PositionalContext {
  readonly arrayFilters: ArrayFilters;
  readonly filter: FilterNode;
  /** The document as the filter matched it. */
  readonly matched: Document | undefined;
}

/** The concrete paths in this document; none when no element qualifies. */
export function resolvePositions(document: Document, parts: readonly string[], context: PositionalContext): string[][] {
  const at = parts.findIndex(isPositionalPart);
  if (at < 0) return [[...parts]];
  const before = parts.slice(0, at);
  const rest = parts.slice(at + 1);
  const marker = parts[at] as string;
  const indexes =
    marker === '$' ? [matchedPosition(before, context)] : selectedPositions(document, before, marker, context);
  return indexes.flatMap((index) => resolvePositions(document, [...before, String(index), ...rest], context));
}

function selectedPositions(
  document: Document,
  before: readonly string[],
  marker: string,
  { arrayFilters }: PositionalContext,
): number[] {
  const array = readTarget(document, before);
  const path = before.join('.');
  if (array === undefined)
    fail('BadValue', `The path '${path}' must exist in the document in order to apply array updates.`);
  if (!isArray(array)) return fail('BadValue', `Cannot apply array updates to non-array element ${path}`);
  const name = marker.slice(2, -1);
  const test = name === '' ? () => true : arrayFilters.get(name);
  if (!test) return fail('BadValue', `No array filter found for identifier '${name}' in path '${path}.${marker}'`);
  return array.flatMap((element, index) => (test(element) ? [index] : []));
}

/** Where the filter met the array. As on a server, the last condition on the array decides. */
function matchedPosition(before: readonly string[], { filter, matched }: PositionalContext): number {
  let position = -1;
  const array = matched && plainPathOrIndexed(matched, before);
  const visit = (node: FilterNode): void => {
    if (node.kind === 'and' || node.kind === 'or') node.children.forEach(visit);
    if (node.kind !== 'leaf' || node.leaf.negated || !isArray(array)) return;
    if (!before.every((part, at) => node.parts[at] === part)) return;
    const rest = node.parts.slice(before.length);
    const { leaf } = node;
    const found = array.findIndex((element) => {
      if (rest.length > 0) return isDocument(element) && visitPath(element, rest, leaf.expandLeaf, leaf.test);
      return leaf.testElement ? leaf.testElement(element) : leaf.expandLeaf && leaf.test(element);
    });
    if (found >= 0) position = found;
  };
  visit(filter);
  return position >= 0
    ? position
    : fail('BadValue', 'The positional operator did not find the match needed from the query.');
}

function plainPathOrIndexed(document: Document, parts: readonly string[]): unknown {
  return plainPathValue(document, parts) ?? readTarget(document, parts);
}

/** find's projection: inclusion, exclusion, computed fields, `$slice`, `$elemMatch` and the positional `$`. */
import type { Document } from 'bson';
import { frameOf } from '../aggregation/expressions/scope.js';
import { applyTree } from '../aggregation/field-tree.js';
import { isDocument } from '../bson/values.js';
import { fail } from '../errors.js';
import type { FilterNode, FilterOptions } from '../query/matcher.js';
import { ProjectionParser } from './parser.js';

export type Projector = (document: Document) => Document;

/** Undefined when everything is asked for. The filter tells the positional `$` which element it met. */
export function compileProjection(
  specification: unknown,
  filter: FilterNode,
  options: FilterOptions = {},
): Projector | undefined {
  if (specification === undefined || specification === null) return undefined;
  if (!isDocument(specification)) return fail('TypeMismatch', 'Expected field projection to be of type object');
  const paths = Object.keys(specification);
  if (paths.length === 0) return undefined;
  const parser = new ProjectionParser(filter, options);
  for (const path of paths) parser.add(path, specification[path]);
  const { tree, mode, steps } = parser.parsed();
  return (document) => {
    let narrowed = document;
    for (const step of steps) narrowed = step(narrowed, document);
    // Computed fields see the document as it was.
    return applyTree(tree, mode, narrowed, frameOf(document));
  };
}

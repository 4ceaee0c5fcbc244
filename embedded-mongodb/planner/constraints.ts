/** What a filter says about each path, as far as an index can use it, and what it proves about a partial index. */
import type { Document } from 'bson';
import { isDocument, isNullish } from '../bson/values.js';
import type { IndexEntry } from '../storage/catalogue.js';
import { compileFilter, type FilterNode } from '../query/matcher.js';
import { isOperatorDocument, type LeafTest } from '../query/operator.js';

export interface Constraint {
  readonly path: string;
  readonly leaf: LeafTest;
}

export interface Constraints {
  readonly leaves: readonly Constraint[];
  readonly disjunctions: readonly (readonly FilterNode[])[];
}

export function collectConstraints(node: FilterNode): Constraints {
  const leaves: Constraint[] = [];
  const disjunctions: (readonly FilterNode[])[] = [];
  const visit = (current: FilterNode): void => {
    if (current.kind === 'and') current.children.forEach(visit);
    else if (current.kind === 'or') {
      if (current.children.length === 1) current.children.forEach(visit);
      else disjunctions.push(current.children);
    } else if (current.kind === 'leaf' && !current.leaf.negated)
      leaves.push({ path: current.path, leaf: current.leaf });
  };
  visit(node);
  return { leaves, disjunctions };
}

/** A document that lacks all indexed fields is not in a sparse index, so the filter must exclude such documents. */
export function impliesPresence(constraints: Constraints, index: IndexEntry): boolean {
  return index.fields.some(({ path }) =>
    constraints.leaves.some((leaf) => leaf.path === path && leaf.leaf.impliesExistence),
  );
}

/** Whether every document that the filter matches is in the partial index. False when in doubt. */
export function impliesPartial(constraints: Constraints, partial: Document): boolean {
  return Object.entries(partial).every(([key, condition]) => {
    if (key === '$and') return (condition as Document[]).every((part) => impliesPartial(constraints, part));
    if (key === '$or') return (condition as Document[]).some((part) => impliesPartial(constraints, part));
    if (key.startsWith('$')) return false;
    const operators: Document = isOperatorDocument(condition) ? condition : { $eq: condition };
    return Object.entries(operators).every(([operator, operand]) =>
      impliesOperator(constraints, key, operator, operand),
    );
  });
}

function impliesOperator(constraints: Constraints, path: string, operator: string, operand: unknown): boolean {
  const onPath = constraints.leaves.filter((leaf) => leaf.path === path).map((leaf) => leaf.leaf);
  if (operator === '$exists') return operand !== false && onPath.some((leaf) => leaf.impliesExistence);
  if (isDocument(operand) || !['$eq', '$gt', '$gte', '$lt', '$lte', '$in', '$type'].includes(operator)) return false;
  const { root } = compileFilter({ [path]: { [operator]: operand } });
  if (root.kind !== 'leaf' || root.leaf.negated) return false;
  const required = root.leaf;
  return onPath.some((leaf) => {
    // Equality that no index can find (text under a collation) accepts more than its operands.
    if (leaf.accepts && leaf.intervals)
      return leaf.accepts.length > 0 && leaf.accepts.every((value) => acceptsValue(required, value));
    return isNarrower(leaf, required);
  });
}

/** An array operand can match through an element or as a whole, and null through absence, so neither proves anything. */
function acceptsValue(required: LeafTest, value: unknown): boolean {
  return !isNullish(value) && !Array.isArray(value) && required.test(value);
}

/** Whether the one interval of a range lies within the one interval of another on the same type. */
function isNarrower(leaf: LeafTest, required: LeafTest): boolean {
  const [inner, ...moreInner] = leaf.intervals ?? [];
  const [outer, ...moreOuter] = required.intervals ?? [];
  if (
    !inner ||
    !outer ||
    moreInner.length > 0 ||
    moreOuter.length > 0 ||
    required.accepts ||
    inner.low[0] !== outer.low[0]
  )
    return false;
  const low = Buffer.compare(inner.low, outer.low) || Number(inner.lowAfter) - Number(outer.lowAfter);
  const high = Buffer.compare(inner.high, outer.high) || Number(inner.highAfter) - Number(outer.highAfter);
  return low >= 0 && high <= 0;
}

/** The document an equality-only filter describes; used by upserts. Later equalities on a path must agree. */
export function equalityDocument(node: FilterNode, set: (path: string, value: unknown) => void): void {
  if (node.kind === 'and') node.children.forEach((child) => equalityDocument(child, set));
  else if (node.kind === 'or' && node.children.length === 1)
    node.children.forEach((child) => equalityDocument(child, set));
  else if (node.kind === 'leaf' && !node.leaf.negated && node.leaf.accepts?.length === 1)
    set(node.path, node.leaf.accepts[0]);
}

/**
 * Compiles a filter into a tree and a predicate. The planner reads the tree; every candidate document, from whichever
 * plan, passes the predicate before it is returned.
 */
import type { Document } from 'bson';
import { compileExpression } from '../aggregation/expressions/expression.js';
import { frameOf, type Scope } from '../aggregation/expressions/scope.js';
import { binaryOrder, type Order } from '../bson/compare.js';
import { bsonTypes, isDocument, isTruthy, typeOf } from '../bson/values.js';
import { fail } from '../errors.js';
import { isOperatorDocument, isReferenceField, testValue, type LeafTest, type OperatorContext } from './operator.js';
import { equalityLeaf } from './operators/comparison.js';
import { queryOperators } from './operators/index.js';
import { isRegex, regexLeaf } from './operators/regex.js';
import { splitPath, visitPath } from './paths.js';

export type Predicate = (document: Document) => boolean;

export type FilterNode =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly children: readonly FilterNode[] }
  | { readonly kind: 'leaf'; readonly path: string; readonly parts: readonly string[]; readonly leaf: LeafTest }
  | { readonly kind: 'not'; readonly path: string; readonly child: FilterNode }
  /** `$expr`: no index helps it. */
  | { readonly kind: 'expression'; readonly matches: Predicate }
  | { readonly kind: 'constant'; readonly value: boolean };

export interface CompiledFilter {
  readonly root: FilterNode;
  readonly matches: Predicate;
}

export interface FilterOptions {
  /** How values compare, and the variables `$expr` may name. */
  readonly scope?: Scope | undefined;
  /** Where `$expr` has no place: array filters and `$pull` (`banned`), upserts, inside `$elemMatch` (`nested`). */
  readonly expressions?: 'banned' | 'nested' | 'upsert' | undefined;
}

export function compileFilter(filter: Document, options: FilterOptions = {}): CompiledFilter {
  const root = parseFilter(filter, options);
  return { root, matches: compileNode(root) };
}

const junctions: Readonly<Record<string, 'and' | 'or' | 'nor'>> = { $and: 'and', $or: 'or', $nor: 'nor' };

function parseFilter(filter: Document, options: FilterOptions): FilterNode {
  const children = Object.keys(filter).map((key) => {
    const condition: unknown = filter[key];
    if (key === '$comment') return { kind: 'constant', value: true } as const;
    if (isReferenceField(key)) return parseReferenceField(key, condition, options);
    if (key.startsWith('$')) return parseTopLevel(key, condition, options);
    return parseField(key, condition, options);
  });
  return children.length === 1 ? (children[0] as FilterNode) : { kind: 'and', children };
}

/** The value is compared as it is, whatever it looks like; only ids follow a collation. */
function parseReferenceField(name: string, value: unknown, options: FilterOptions): FilterNode {
  return toNode(name, [equalityLeaf(value, name === '$id' ? orderOf(options) : binaryOrder)]);
}

function parseTopLevel(key: string, condition: unknown, options: FilterOptions): FilterNode {
  if (key === '$expr') return parseExpression(condition, options);
  const kind = Object.hasOwn(junctions, key) ? junctions[key] : undefined;
  if (!kind) {
    if (key === '$where' || key === '$text' || key === '$jsonSchema' || key === '$sampleRate') {
      fail('NotImplemented', `${key} is not supported by this store`);
    }
    fail(
      'BadValue',
      `unknown top level operator: ${key}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
    );
  }
  if (typeOf(condition) !== bsonTypes.array) fail('BadValue', `${key} must be an array`);
  const branches = condition as unknown[];
  if (branches.length === 0) fail('BadValue', `${key} argument must be a non-empty array`);
  const children = branches.map((branch) =>
    isDocument(branch) ? parseFilter(branch, options) : fail('BadValue', `${key} argument's entries must be objects`),
  );
  return { kind, children };
}

function parseExpression(condition: unknown, { scope, expressions }: FilterOptions): FilterNode {
  if (expressions === 'nested') fail('BadValue', '$expr can only be applied to the top-level document');
  if (expressions === 'upsert')
    fail('QueryFeatureNotAllowed', '$expr is not allowed in the query predicate for an upsert');
  if (expressions === 'banned') fail('QueryFeatureNotAllowed', '$expr is not allowed in this context');
  const expression = compileExpression(condition, scope);
  return { kind: 'expression', matches: (document) => isTruthy(expression(frameOf(document))) };
}

function parseField(path: string, condition: unknown, options: FilterOptions): FilterNode {
  const children = isOperatorDocument(condition)
    ? Object.keys(condition).map((name) => parseOperator(path, name, condition, options))
    : [toNode(path, [plainLeaf(condition, orderOf(options))])];
  return children.length === 1 ? (children[0] as FilterNode) : { kind: 'and', children };
}

const orderOf = ({ scope }: FilterOptions): Order => scope?.order ?? binaryOrder;

function plainLeaf(condition: unknown, order: Order): LeafTest {
  return isRegex(condition) ? regexLeaf(condition) : equalityLeaf(condition, order);
}

function toNode(path: string, leaves: readonly LeafTest[]): FilterNode {
  const parts = splitPath(path);
  const nodes = leaves.map((leaf): FilterNode => ({ kind: 'leaf', path, parts, leaf }));
  return nodes.length === 1 ? (nodes[0] as FilterNode) : { kind: 'and', children: nodes };
}

function parseOperator(path: string, name: string, siblings: Document, options: FilterOptions): FilterNode {
  if (name === '$not') return parseNot(path, siblings.$not, options);
  return toNode(path, buildLeaves(path, name, siblings, options));
}

function buildLeaves(path: string, name: string, siblings: Document, options: FilterOptions): LeafTest[] {
  const factory = queryOperators.get(name) ?? fail('BadValue', `unknown operator: ${name}`);
  const leaves = factory(siblings[name], contextFor(path, siblings, options));
  return Array.isArray(leaves) ? leaves : [leaves];
}

function contextFor(path: string, siblings: Document, options: FilterOptions): OperatorContext {
  const nested: FilterOptions = { ...options, expressions: 'nested' };
  return {
    siblings,
    path,
    order: orderOf(options),
    compileFilter: (filter) => compileFilter(filter, nested).matches,
    compileLeaf: (inner, condition) => compileLeafConditions(inner, condition, nested),
  };
}

/** The leaves of a condition on an element of an array as it is: arrays in arrays are not entered. */
function compileLeafConditions(path: string, condition: unknown, options: FilterOptions = {}): LeafTest[] {
  if (!isOperatorDocument(condition)) return [plainLeaf(condition, orderOf(options))];
  return Object.keys(condition).flatMap((name) => {
    if (name !== '$not') return buildLeaves(path, name, condition, options);
    const inner = compileLeafConditions(path, checkNotOperand(condition.$not), options);
    return [{ expandLeaf: false, test: (value: unknown) => !inner.every((leaf) => testValue(leaf, value)) }];
  });
}

function checkNotOperand(operand: unknown): unknown {
  if (isRegex(operand)) return operand;
  if (!isDocument(operand)) return fail('BadValue', '$not needs a regex or a document');
  if (Object.keys(operand).length === 0) return fail('BadValue', '$not cannot be empty');
  const stranger = Object.keys(operand).find((name) => !name.startsWith('$'));
  if (stranger !== undefined) return fail('BadValue', `unknown operator: ${stranger}`);
  return operand;
}

function parseNot(path: string, operand: unknown, options: FilterOptions): FilterNode {
  return { kind: 'not', path, child: parseField(path, checkNotOperand(operand), options) };
}

function compileNode(node: FilterNode): Predicate {
  switch (node.kind) {
    case 'constant':
      return () => node.value;
    case 'expression':
      return node.matches;
    case 'leaf':
      return compileLeafNode(node.parts, node.leaf);
    case 'not': {
      const inner = compileNode(node.child);
      return (document) => !inner(document);
    }
    default: {
      const tests = node.children.map(compileNode);
      if (node.kind === 'and') return (document) => tests.every((test) => test(document));
      if (node.kind === 'or') return (document) => tests.some((test) => test(document));
      return (document) => !tests.some((test) => test(document));
    }
  }
}

function compileLeafNode(parts: readonly string[], leaf: LeafTest): Predicate {
  const { test, expandLeaf } = leaf;
  if (leaf.negated) return (document) => !visitPath(document, parts, expandLeaf, test);
  return (document) => visitPath(document, parts, expandLeaf, test);
}

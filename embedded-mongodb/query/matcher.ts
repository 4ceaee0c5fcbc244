/**
 * Compiles a filter into a tree and a predicate. The planner reads the tree; every candidate document, from whichever
 * plan, passes the predicate before it is returned.
 */
import type { Document } from 'bson';
import { bsonTypes, isDocument, typeOf } from '../bson/values.js';
import { fail } from '../errors.js';
import type { LeafTest, OperatorContext } from './operator.js';
import { testLeafValue } from './operator.js';
import { equalityLeaf } from './operators/comparison.js';
import { queryOperators } from './operators/index.js';
import { isRegex, regexLeaf } from './operators/regex.js';
import { splitPath, visitPath } from './paths.js';

export type Predicate = (document: Document) => boolean;

export type FilterNode =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly children: readonly FilterNode[] }
  | { readonly kind: 'leaf'; readonly path: string; readonly parts: readonly string[]; readonly leaf: LeafTest }
  | { readonly kind: 'not'; readonly path: string; readonly child: FilterNode }
  | { readonly kind: 'constant'; readonly value: boolean };

export interface CompiledFilter {
  readonly root: FilterNode;
  readonly matches: Predicate;
}

export function compileFilter(filter: Document): CompiledFilter {
  const root = parseFilter(filter);
  return { root, matches: compileNode(root) };
}

const junctions: Readonly<Record<string, 'and' | 'or' | 'nor'>> = { $and: 'and', $or: 'or', $nor: 'nor' };

function parseFilter(filter: Document): FilterNode {
  const children = Object.keys(filter).map((key) => {
    const condition: unknown = filter[key];
    if (key === '$comment') return { kind: 'constant', value: true } as const;
    if (key.startsWith('$')) return parseTopLevel(key, condition);
    return parseField(key, condition);
  });
  return children.length === 1 ? (children[0] as FilterNode) : { kind: 'and', children };
}

function parseTopLevel(key: string, condition: unknown): FilterNode {
  const kind = Object.hasOwn(junctions, key) ? junctions[key] : undefined;
  if (!kind) {
    if (key === '$where' || key === '$text' || key === '$expr' || key === '$jsonSchema' || key === '$sampleRate') {
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
    isDocument(branch) ? parseFilter(branch) : fail('BadValue', `${key} argument's entries must be objects`),
  );
  return { kind, children };
}

export function isOperatorDocument(value: unknown): value is Document {
  return isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true && !isDBRefShape(value);
}

function isDBRefShape(value: Document): boolean {
  const first = Object.keys(value)[0];
  return first === '$ref' || first === '$id' || first === '$db';
}

function parseField(path: string, condition: unknown): FilterNode {
  const children = isOperatorDocument(condition)
    ? Object.keys(condition).map((name) => parseOperator(path, name, condition))
    : [toNode(path, [plainLeaf(condition)])];
  return children.length === 1 ? (children[0] as FilterNode) : { kind: 'and', children };
}

function plainLeaf(condition: unknown): LeafTest {
  return isRegex(condition) ? regexLeaf(condition) : equalityLeaf(condition);
}

function toNode(path: string, leaves: readonly LeafTest[]): FilterNode {
  const parts = splitPath(path);
  const nodes = leaves.map((leaf): FilterNode => ({ kind: 'leaf', path, parts, leaf }));
  return nodes.length === 1 ? (nodes[0] as FilterNode) : { kind: 'and', children: nodes };
}

function parseOperator(path: string, name: string, siblings: Document): FilterNode {
  if (name === '$not') return parseNot(path, siblings.$not);
  return toNode(path, buildLeaves(path, name, siblings));
}

function buildLeaves(path: string, name: string, siblings: Document): LeafTest[] {
  const factory = queryOperators.get(name) ?? fail('BadValue', `unknown operator: ${name}`);
  const leaves = factory(siblings[name], contextFor(path, siblings));
  return Array.isArray(leaves) ? leaves : [leaves];
}

function contextFor(path: string, siblings: Document): OperatorContext {
  return {
    siblings,
    path,
    compileFilter: (filter) => compileFilter(filter).matches,
    compileLeaf: compileLeafConditions,
  };
}

/** The leaves of a condition on a value that has no path of its own (an array element). */
export function compileLeafConditions(path: string, condition: unknown): LeafTest[] {
  if (!isOperatorDocument(condition)) return [plainLeaf(condition)];
  return Object.keys(condition).flatMap((name) => {
    if (name !== '$not') return buildLeaves(path, name, condition);
    const inner = compileLeafConditions(path, checkNotOperand(condition.$not));
    return [{ expandLeaf: false, test: (value: unknown) => !inner.every((leaf) => testLeafValue(leaf, value)) }];
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

function parseNot(path: string, operand: unknown): FilterNode {
  return { kind: 'not', path, child: parseField(path, checkNotOperand(operand)) };
}

function compileNode(node: FilterNode): Predicate {
  switch (node.kind) {
    case 'constant':
      return () => node.value;
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

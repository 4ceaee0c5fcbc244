/** find's projection: inclusion or exclusion, `$slice`, `$elemMatch` and the positional `$`. */
import type { Document } from 'bson';
import { bsonTypes, isDocument, isNumeric, isTruthy, setField, toNumber, typeOf } from '../bson/values.js';
import { fail } from '../errors.js';
import type { FilterNode, FilterOptions } from '../query/matcher.js';
import { compileElementCondition } from '../query/element-condition.js';
import { splitPath } from '../query/paths.js';
import { resolvePositions } from '../update/positional.js';

export type Projector = (document: Document) => Document;

/** A node of the projected tree; leaves say what happens to the field. */
export interface ProjectionTree {
  readonly children: Map<string, ProjectionTree | ProjectionLeaf>;
}
export type ProjectionLeaf = 'include' | 'exclude' | ((value: unknown, document: Document) => unknown);

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;
const isTree = (node: ProjectionTree | ProjectionLeaf): node is ProjectionTree => typeof node === 'object';

export function addToTree(tree: ProjectionTree, path: string, leaf: ProjectionLeaf): void {
  let node = tree;
  const parts = splitPath(path);
  if (parts.includes('')) fail('Location40353', `FieldPath must not end with a '.' or contain empty names: '${path}'`);
  parts.forEach((part, at) => {
    const existing = node.children.get(part);
    if (at === parts.length - 1) {
      if (existing !== undefined) fail('Location31250', `Path collision at ${path}`);
      node.children.set(part, leaf);
    } else {
      if (existing !== undefined && !isTree(existing))
        fail('Location31249', `Path collision at ${path} remaining portion ${parts.slice(at + 1).join('.')}`);
      const next = existing ?? { children: new Map() };
      node.children.set(part, next);
      node = next;
    }
  });
}

/** Whether fields that the tree does not name are kept. */
export type ProjectionMode = 'inclusion' | 'exclusion';

export function applyTree(tree: ProjectionTree, mode: ProjectionMode, source: Document, root: Document): Document {
  const out: Document = {};
  for (const key of Object.keys(source)) {
    const node = tree.children.get(key);
    const value = applyNode(node, mode, source[key], root);
    if (value !== undefined) setField(out, key, value);
  }
  return out;
}

function applyNode(
  node: ProjectionTree | ProjectionLeaf | undefined,
  mode: ProjectionMode,
  value: unknown,
  root: Document,
): unknown {
  if (node === undefined) return mode === 'exclusion' ? value : undefined;
  if (node === 'include') return value;
  if (node === 'exclude') return undefined;
  if (typeof node === 'function') return node(value, root);
  if (isDocument(value)) return applyTree(node, mode, value, root);
  if (isArray(value)) return applyToArray(node, mode, value, root);
  return mode === 'exclusion' ? value : undefined;
}

function applyToArray(
  node: ProjectionTree,
  mode: ProjectionMode,
  array: readonly unknown[],
  root: Document,
): unknown[] {
  const out: unknown[] = [];
  for (const element of array) {
    if (isDocument(element)) out.push(applyTree(node, mode, element, root));
    else if (isArray(element)) out.push(applyToArray(node, mode, element, root));
    else if (mode === 'exclusion') out.push(element);
  }
  return out;
}

export function compileProjection(
  specification: unknown,
  filter: FilterNode,
  options: FilterOptions = {},
): Projector | undefined {
  if (specification === undefined || specification === null) return undefined;
  if (!isDocument(specification)) return fail('TypeMismatch', 'Expected field projection to be of type object');
  const paths = Object.keys(specification);
  if (paths.length === 0) return undefined;
  const tree: ProjectionTree = { children: new Map() };
  let mode: ProjectionMode | undefined;
  let hasElemMatchOrPosition = false;
  let idChoice: boolean | undefined;
  const settle = (path: string, wanted: ProjectionMode): void => {
    if (mode !== undefined && mode !== wanted) {
      if (wanted === 'inclusion') fail('Location31253', `Cannot do inclusion on field ${path} in exclusion projection`);
      fail('Location31254', `Cannot do exclusion on field ${path} in inclusion projection`);
    }
    mode = wanted;
  };
  for (const path of paths) {
    const rule: unknown = specification[path];
    if (path.startsWith('$'))
      fail('Location16410', `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
    if (isDocument(rule)) {
      const leaf = compileRule(path, rule, options);
      if (leaf.kind === 'elemMatch') {
        hasElemMatchOrPosition = true;
        settle(path, 'inclusion');
      }
      addToTree(tree, path, leaf.apply);
    } else if (!isNumeric(rule) && typeof rule !== 'boolean') {
      fail('NotImplemented', `a computed projection (${path}) is not supported by this store; project with 0 or 1`);
    } else if (path.endsWith('.$')) {
      hasElemMatchOrPosition = true;
      settle(path, 'inclusion');
      addToTree(tree, path.slice(0, -2), positional(path, filter));
    } else if (path === '_id') {
      idChoice = isTruthy(rule);
    } else {
      settle(path, isTruthy(rule) ? 'inclusion' : 'exclusion');
      addToTree(tree, path, isTruthy(rule) ? 'include' : 'exclude');
    }
  }
  const settled: ProjectionMode = mode ?? (idChoice === true && !hasElemMatchOrPosition ? 'inclusion' : 'exclusion');
  if (!tree.children.has('_id') && (settled === 'inclusion' ? idChoice !== false : idChoice === false)) {
    tree.children.set('_id', settled === 'inclusion' ? 'include' : 'exclude');
  }
  return (document) => applyTree(tree, settled, document, document);
}

function compileRule(
  path: string,
  rule: Document,
  options: FilterOptions,
): { kind: 'slice' | 'elemMatch'; apply: (value: unknown) => unknown } {
  const [operator, ...more] = Object.keys(rule);
  if (more.length === 0 && operator === '$slice') return { kind: 'slice', apply: compileSlice(rule.$slice) };
  if (more.length === 0 && operator === '$elemMatch') {
    if (path.includes('.')) fail('Location31275', 'Cannot use $elemMatch projection on a nested field.');
    if (!isDocument(rule.$elemMatch)) fail('Location31274', 'elemMatch: Invalid argument, object required.');
    const test = compileElementCondition(rule.$elemMatch, { ...options, expressions: 'nested' });
    return {
      kind: 'elemMatch',
      apply: (value) => {
        const found = isArray(value) ? value.find(test) : undefined;
        return found === undefined ? undefined : [found];
      },
    };
  }
  return fail('NotImplemented', `the projection ${operator ?? '{}'} of ${path} is not supported by this store`);
}

function compileSlice(argument: unknown): (value: unknown) => unknown {
  const numbers = isArray(argument) ? argument : [argument];
  if (!numbers.every(isNumeric) || numbers.length === 0 || numbers.length > 2)
    fail('Location28667', 'Invalid $slice syntax: use a number or [skip, limit]');
  const [first = 0, second] = numbers.map((number) => Math.trunc(toNumber(number)));
  if (isArray(argument) && second === undefined)
    fail('Location28667', 'Invalid $slice syntax: [skip, limit] needs both numbers');
  if (second !== undefined && second <= 0)
    fail('Location28724', `Third argument to $slice must be positive: ${second}`);
  return (value) => {
    if (!isArray(value)) return value;
    if (second === undefined) return first >= 0 ? value.slice(0, first) : value.slice(first);
    const start = first >= 0 ? first : Math.max(0, value.length + first);
    return value.slice(start, start + second);
  };
}

function positional(path: string, filter: FilterNode): (value: unknown, document: Document) => unknown {
  const parts = splitPath(path);
  return (value, document) => {
    if (!isArray(value)) return value;
    const [resolved] = resolvePositions(document, parts, { arrayFilters: new Map(), filter, matched: document });
    return [value[Number(resolved?.at(-1))]];
  };
}

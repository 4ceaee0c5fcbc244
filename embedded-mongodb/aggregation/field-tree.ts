/** The fields that `$project`, `$addFields` and `$unset` name, as a tree, and a document seen through it. */
import type { Document } from 'bson';
import { bsonTypes, isDocument, setField, typeOf } from '../bson/values.js';
import type { Expression, Frame } from './expressions/scope.js';

export type FieldRule = 'include' | 'exclude' | Expression | FieldTree;

export interface FieldTree {
  readonly children: Map<string, FieldRule>;
  /** Whether an expression stands anywhere below. */
  hasComputed: boolean;
}

export const createTree = (): FieldTree => ({ children: new Map(), hasComputed: false });
const isTree = (rule: FieldRule): rule is FieldTree => typeof rule === 'object';

/** Why a path does not fit the tree: the same path, or a part of it, is there already. */
export type Collision = { readonly remaining: readonly string[] } | undefined;

export function addRule(tree: FieldTree, parts: readonly string[], rule: FieldRule): Collision {
  let node = tree;
  for (const [at, part] of parts.entries()) {
    if (typeof rule === 'function') node.hasComputed = true;
    const existing = node.children.get(part);
    if (at === parts.length - 1) {
      if (existing !== undefined) return { remaining: [] };
      node.children.set(part, rule);
    } else {
      if (existing !== undefined && !isTree(existing)) return { remaining: parts.slice(at + 1) };
      const next = existing ?? createTree();
      node.children.set(part, next);
      node = next;
    }
  }
  return undefined;
}

/** Fields the tree does not name are kept by all but an inclusion. */
export type TreeMode = 'inclusion' | 'exclusion' | 'addition';

export function applyTree(tree: FieldTree, mode: TreeMode, source: Document, frame: Frame): Document {
  const out: Document = {};
  for (const key of Object.keys(source)) {
    const value: unknown = source[key];
    const rule = tree.children.get(key);
    const isKept = rule === undefined || typeof rule === 'function' ? mode !== 'inclusion' : rule === 'include';
    const seen =
      rule !== undefined && isTree(rule) ? applyToValue(rule, mode, value, frame) : isKept ? value : undefined;
    if (seen !== undefined) setField(out, key, seen);
  }
  if (tree.hasComputed) compute(tree, mode, source, frame, out);
  return out;
}

function compute(tree: FieldTree, mode: TreeMode, source: Document, frame: Frame, out: Document): void {
  for (const [key, rule] of tree.children) {
    if (typeof rule === 'function') {
      const value = rule(frame);
      if (value === undefined) delete out[key];
      else setField(out, key, value);
    } else if (isTree(rule) && rule.hasComputed && !Object.hasOwn(source, key)) {
      setField(out, key, applyToValue(rule, mode, undefined, frame));
    }
  }
}

function applyToValue(tree: FieldTree, mode: TreeMode, value: unknown, frame: Frame): unknown {
  if (isDocument(value)) return applyTree(tree, mode, value, frame);
  if (typeOf(value) === bsonTypes.array)
    return (value as unknown[])
      .map((element) => applyToValue(tree, mode, element, frame))
      .filter((element) => element !== undefined);
  // What is in the way of a computed field gives way to it.
  if (tree.hasComputed) return applyTree(tree, mode, {}, frame);
  return mode === 'inclusion' ? undefined : value;
}

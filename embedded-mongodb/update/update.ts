/** Compiles an update and applies it to decoded documents. */
import type { Document } from 'bson';
import { createScope, type Scope } from '../aggregation/expressions/scope.js';
import { decode, encode } from '../bson/codec.js';
import { isEqual } from '../bson/compare.js';
import { bsonTypes, isDocument, typeOf } from '../bson/values.js';
import { fail } from '../errors.js';
import type { FilterNode } from '../query/matcher.js';
import { splitPath } from '../query/paths.js';
import { updateOperators } from './operators/index.js';
import type { UpdateAction } from './operator.js';
import { compilePipelineUpdate } from './pipeline.js';
import { compileArrayFilters, isPositionalPart, resolvePositions, type PositionalContext } from './positional.js';
import { assertReachable, readTarget, removeTarget, writeTarget } from './target.js';

interface CompiledAction {
  readonly path: string;
  readonly parts: readonly string[];
  readonly action: UpdateAction;
  readonly isPositional: boolean;
}

export interface CompiledUpdate {
  readonly isReplacement: boolean;
  /** Changes the document in place, or returns the document that replaces it. */
  readonly apply: (document: Document, isInsert: boolean) => Document;
}

export interface UpdateSource {
  readonly update: unknown;
  readonly arrayFilters?: readonly unknown[] | undefined;
  readonly filter: FilterNode;
  readonly scope?: Scope | undefined;
  /** Variables of a pipeline: values, not expressions. */
  readonly constants?: Document | undefined;
}

export function compileUpdate({
  update,
  arrayFilters,
  filter,
  scope = createScope(),
  constants = {},
}: UpdateSource): CompiledUpdate {
  if (typeOf(update) === bsonTypes.array) {
    if (arrayFilters && arrayFilters.length > 0)
      fail('FailedToParse', 'arrayFilters may not be specified for pipeline-style updates');
    const variables = new Map([...scope.constants, ...Object.entries(constants)]);
    return compilePipeline(update as unknown[], { ...scope, constants: variables });
  }
  if (!isDocument(update)) return fail('FailedToParse', 'Update argument must be either an object or an array');
  const keys = Object.keys(update);
  if (!keys[0]?.startsWith('$')) {
    if (arrayFilters && arrayFilters.length > 0)
      fail('FailedToParse', 'Cannot specify arrayFilters and a replacement document');
    return compileReplacement(update);
  }
  const filters = compileArrayFilters(arrayFilters ?? [], scope);
  const actions = keys.flatMap((name) => compileOperator(name, update[name], scope));
  assertNoConflicts(actions.map(({ path }) => path));
  assertFiltersUsed(actions, [...filters.keys()]);
  actions.sort((a, b) => comparePaths(a.parts, b.parts));
  return {
    isReplacement: false,
    apply: (document, isInsert) => {
      const context: PositionalContext = { arrayFilters: filters, filter, matched: isInsert ? undefined : document };
      return applyActions(document, actions, context, isInsert);
    },
  };
}

/** An update of a document that exists gives no top-level field a name with a dollar (Dollar-Prefixed Field Names, since 5.0). */
function assertFieldName(name: string): void {
  if (name.startsWith('$'))
    fail(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
}

/** The new content under the `_id` that the document has, which comes first. */
function replaceDocument(document: Document, replacement: Document): Document {
  const hasId = Object.hasOwn(replacement, '_id');
  if (hasId && document._id !== undefined && !isEqual(replacement._id, document._id)) {
    fail('ImmutableField', "After applying the update, the (immutable) field '_id' was found to have been altered");
  }
  const { _id: _ignored, ...rest } = replacement;
  const id: unknown = hasId ? replacement._id : document._id;
  return id === undefined ? rest : { _id: id, ...rest };
}

export function compileReplacement(replacement: Document): CompiledUpdate {
  return {
    isReplacement: true,
    apply: (document, isInsert) => {
      if (!isInsert) Object.keys(replacement).forEach(assertFieldName);
      return replaceDocument(document, replacement);
    },
  };
}

export function compilePipeline(stages: readonly unknown[], scope: Scope): CompiledUpdate {
  const transform = compilePipelineUpdate(stages, scope);
  return { isReplacement: false, apply: (document) => replaceDocument(document, transform(document)) };
}

function compileOperator(name: string, operand: unknown, scope: Scope): CompiledAction[] {
  const factory = updateOperators.get(name);
  if (!factory) {
    return fail(
      'FailedToParse',
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDocument(operand))
    return fail(
      'FailedToParse',
      `Modifiers operate on fields but we found type ${typeof operand} instead. For example: {$mod: {<field>: ...}} not {${name}: ${String(operand)}}`,
    );
  return Object.keys(operand).flatMap((path) => {
    assertPath(path);
    const action = factory(operand[path], path, scope);
    const own = toAction(path, action);
    if (action.moveTo === undefined) return [own];
    assertPath(action.moveTo);
    // The target takes part in conflict detection; the value itself is moved by the source's action.
    return [own, toAction(action.moveTo, reserved)];
  });
}

function toAction(path: string, action: UpdateAction): CompiledAction {
  const parts = splitPath(path);
  return { path, parts, action, isPositional: parts.some(isPositionalPart) };
}

const reserved: UpdateAction = { createsPath: false, ignoresUnreachable: true, apply: () => 'keep' };

export function assertPath(path: string): void {
  if (path === '') fail('EmptyFieldName', 'An empty update path is not valid.');
  const parts = splitPath(path);
  if (parts.includes(''))
    fail('EmptyFieldName', `The update path '${path}' contains an empty field name, which is not allowed.`);
  if (parts.includes('__proto__'))
    fail('BadValue', `The update path '${path}' contains the field name '__proto__', which this store refuses`);
  if (isPositionalPart(parts[0] as string))
    fail('BadValue', `Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
  if (parts.filter((part) => part === '$').length > 1)
    fail('BadValue', `Too many positional (i.e. '$') elements found in path '${path}'`);
}

/** Text in text order, array positions in number order, as a server does since 5.0. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const x = a[at] as string;
    const y = b[at] as string;
    if (x === y) continue;
    if (/^\d+$/.test(x) && /^\d+$/.test(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

/** No path may be another one, or a part of it. */
function assertNoConflicts(paths: readonly string[]): void {
  const seen = new Set<string>();
  const refuse = (path: string, other: string): never =>
    fail('ConflictingUpdateOperators', `Updating the path '${path}' would create a conflict at '${other}'`);
  for (const path of paths) {
    if (seen.has(path)) refuse(path, path);
    seen.add(path);
  }
  for (const path of paths) {
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      const parent = path.slice(0, dot);
      if (seen.has(parent)) refuse(path, parent);
    }
  }
}

function assertFiltersUsed(actions: readonly CompiledAction[], names: readonly string[]): void {
  const unused = names.find((name) => !actions.some(({ parts }) => parts.includes(`$[${name}]`)));
  if (unused !== undefined)
    fail('FailedToParse', `The array filter for identifier '${unused}' was not used in the update`);
}

/** Updates work in place, so what must not change is kept apart. */
function copyOf(id: unknown): unknown {
  return isDocument(id) ? decode(encode(id)) : id;
}

function applyActions(
  document: Document,
  actions: readonly CompiledAction[],
  positions: PositionalContext,
  isInsert: boolean,
): Document {
  const id = copyOf(document._id);
  const steps = actions.flatMap(({ parts, action }) =>
    resolvePositions(document, parts, positions).map((target) => ({ target, action })),
  );
  // Positions can lead two paths to the same place.
  if (steps.length > 1 && actions.some(({ isPositional }) => isPositional))
    assertNoConflicts(steps.map(({ target }) => target.join('.')));
  for (const { target, action } of steps) applyAction(document, target, action, isInsert);
  if (id !== undefined && !isEqual(id, document._id)) {
    fail('ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  return document;
}

function applyAction(document: Document, target: readonly string[], action: UpdateAction, isInsert: boolean): void {
  const current = readTarget(document, target);
  if (current === undefined && !action.createsPath) {
    if (!action.ignoresUnreachable) assertReachable(document, target);
    return;
  }
  const change = action.apply(current, { document, path: target.join('.'), isInsert });
  if (change === 'keep') return;
  if (change !== 'remove') {
    if (!isInsert) assertFieldName(target[0] as string);
    writeTarget(document, target, change.set);
  } else if (action.moveTo === undefined) {
    removeTarget(document, target);
  } else {
    const to = splitPath(action.moveTo);
    if (!isInsert) assertFieldName(to[0] as string);
    moveValue(document, target, to, current);
  }
}

function moveValue(document: Document, from: readonly string[], to: readonly string[], value: unknown): void {
  for (const path of [from, to]) {
    for (let length = 1; length < path.length; length++) {
      if (typeOf(readTarget(document, path.slice(0, length))) === bsonTypes.array) {
        fail(
          'BadValue',
          `The ${path === from ? 'source' : 'destination'} field cannot be an array element, '${path.join('.')}' in doc with _id: ${String(document._id)}`,
        );
      }
    }
  }
  removeTarget(document, from);
  writeTarget(document, to, value);
}

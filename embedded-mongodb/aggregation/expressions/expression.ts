/** Aggregation expressions: field paths, variables, literals, objects and arrays of them, and the operators of the table. */
import type { Document } from 'bson';
import { bsonTypes, isDocument, ownField, setField, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { isReferenceField } from '../../query/operator.js';
import { splitPath } from '../../query/paths.js';
import { expressionOperators } from './index.js';
import { assertVariableName, createScope, frameOf, type Expression, type Scope } from './scope.js';

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;

/** Compiles once, for evaluation on many documents; `$$NOW` and `let` come with the scope. */
export function compileExpression(source: unknown, scope: Scope = createScope()): Expression {
  if (typeof source === 'string' && source.startsWith('$')) return compileReference(source, scope);
  if (isArray(source)) {
    const members = source.map((member) => compileExpression(member, scope));
    return (frame) => members.map((member) => member(frame) ?? null);
  }
  if (isDocument(source)) return compileObject(source, scope);
  return () => source;
}

/**
 * The variables a command's `let` defines, as a scope. Later ones may name earlier ones, never a document's fields.
 * A missing value stays missing.
 */
export function compileLet(variables: Document | undefined, scope: Scope = createScope()): Scope {
  if (variables === undefined || Object.keys(variables).length === 0) return scope;
  const constants = new Map(scope.constants);
  const settled = { ...scope, constants };
  for (const name of Object.keys(variables)) {
    assertVariableName(name);
    if (name === 'CURRENT') fail('FailedToParse', `'CURRENT' cannot be defined by 'let'`);
    constants.set(name, compileExpression(variables[name], { ...settled, hasNoDocument: true })(frameOf({})));
  }
  return settled;
}

function compileReference(source: string, scope: Scope): Expression {
  if (!source.startsWith('$$')) {
    const parts = checkPath(source.slice(1));
    const slot = scope.slots.get('CURRENT');
    if (slot !== undefined) return ({ locals }) => readPath(locals[slot], parts, 0);
    assertDocument(scope);
    return ({ root }) => readPath(root, parts, 0);
  }
  const [name = '', ...rest] = splitPath(source.slice(2));
  const variable = compileVariable(name, scope);
  if (rest.length === 0) return variable;
  const parts = checkPath(rest.join('.'));
  return (frame) => readPath(variable(frame), parts, 0);
}

function assertDocument({ hasNoDocument }: Scope): void {
  if (hasNoDocument)
    fail(
      'Location4890500',
      'Command let Expression tried to access a field, but this is not allowed because Command let Expressions run before the query examines any documents.',
    );
}

function compileVariable(name: string, scope: Scope): Expression {
  const slot = scope.slots.get(name);
  if (slot !== undefined) return ({ locals }) => locals[slot];
  if (scope.constants.has(name)) {
    const value = scope.constants.get(name);
    return () => value;
  }
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      assertDocument(scope);
      return ({ root }) => root;
    case 'REMOVE':
      return () => undefined;
    case 'NOW':
      return () => scope.now;
    default:
      return fail('Location17276', `Use of undefined variable: ${name}`);
  }
}

function checkPath(path: string): string[] {
  const parts = splitPath(path);
  if (path === '') fail('Location16872', "'$' by itself is not a valid FieldPath");
  if (path.endsWith('.')) fail('Location40353', "FieldPath must not end with a '.'.");
  if (parts.includes('')) fail('Location15998', 'FieldPath field names may not be empty strings.');
  if (path.includes('\0')) fail('Location16411', 'FieldPath field names may not contain null bytes.');
  if (parts.some((part) => part.startsWith('$') && !isReferenceField(part)))
    fail('Location16410', "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
  return parts;
}

/** Through an array, a path gives the array of what its objects have; arrays right in arrays are not entered. */
function readPath(value: unknown, parts: readonly string[], at: number): unknown {
  if (at === parts.length) return value;
  if (isDocument(value)) return readPath(ownField(value, parts[at] as string), parts, at + 1);
  if (!isArray(value)) return undefined;
  const out: unknown[] = [];
  for (const element of value) {
    const found = isDocument(element) ? readPath(element, parts, at) : undefined;
    if (found !== undefined) out.push(found);
  }
  return out;
}

function compileObject(source: Document, scope: Scope): Expression {
  const keys = Object.keys(source);
  const first = keys[0];
  if (first?.startsWith('$')) {
    if (keys.length !== 1) fail('Location15983', `an object representing an expression must have exactly one field`);
    const factory =
      expressionOperators.get(first) ?? fail('InvalidPipelineOperator', `Unrecognized expression '${first}'`);
    return factory(source[first], { name: first, scope, compile: compileExpression });
  }
  const members = keys.map((key) => {
    if (key.startsWith('$')) fail('Location16410', `FieldPath field names may not start with '$'.`);
    if (key.includes('.')) fail('Location16412', `FieldPath field names may not contain '.'.`);
    return [key, compileExpression(source[key], scope)] as const;
  });
  return (frame) => {
    const out: Document = {};
    for (const [key, member] of members) {
      const value = member(frame);
      if (value !== undefined) setField(out, key, value);
    }
    return out;
  };
}

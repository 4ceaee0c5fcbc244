/** Aggregation expressions: field paths, variables, literals, objects and arrays of them, and the operators of the table. */
import type { Document } from 'bson';
import { bsonTypes, isDocument, ownField, setField, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { splitPath } from '../../query/paths.js';
import { expressionOperators } from './operators.js';

/** Undefined stands for a missing value. */
export type Expression = (root: Document) => unknown;

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;

export function compileExpression(source: unknown): Expression {
  if (typeof source === 'string' && source.startsWith('$')) return compileReference(source);
  if (isArray(source)) {
    const members = source.map(compileExpression);
    return (root) => members.map((member) => member(root) ?? null);
  }
  if (isDocument(source)) return compileObject(source);
  return () => source;
}

function compileReference(source: string): Expression {
  if (!source.startsWith('$$')) return compilePath(source.slice(1));
  const [name = '', ...rest] = splitPath(source.slice(2));
  const tail = rest.length > 0 ? compilePath(rest.join('.')) : undefined;
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return tail ?? ((root) => root);
    case 'REMOVE':
      return () => undefined;
    case 'NOW': {
      const now = new Date();
      return () => now;
    }
    default:
      return fail('Location17276', `Use of undefined variable: ${name}`);
  }
}

function compilePath(path: string): Expression {
  const parts = splitPath(path);
  if (path === '') fail('Location16872', "'$' by itself is not a valid FieldPath");
  if (parts.includes('')) fail('Location15998', 'FieldPath field names may not be empty strings.');
  if (parts.some((part) => part.startsWith('$')))
    fail('Location16410', "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
  return (root) => readPath(root, parts, 0);
}

/** Through arrays, a path gives the array of what its elements have. */
export function readPath(value: unknown, parts: readonly string[], at: number): unknown {
  if (at === parts.length) return value;
  if (isDocument(value)) return readPath(ownField(value, parts[at] as string), parts, at + 1);
  if (!isArray(value)) return undefined;
  return value.map((element) => readPath(element, parts, at)).filter((element) => element !== undefined);
}

function compileObject(source: Document): Expression {
  const keys = Object.keys(source);
  const first = keys[0];
  if (first?.startsWith('$')) {
    if (keys.length !== 1) fail('Location15983', `an object representing an expression must have exactly one field`);
    if (first === '$literal') {
      const literal: unknown = source.$literal;
      return () => literal;
    }
    const factory =
      expressionOperators.get(first) ?? fail('InvalidPipelineOperator', `Unrecognized expression '${first}'`);
    return factory(source[first], compileExpression);
  }
  const members = keys.map((key) => {
    if (key.startsWith('$')) fail('Location16410', `FieldPath field names may not start with '$'.`);
    return [key, compileExpression(source[key])] as const;
  });
  return (root) => {
    const out: Document = {};
    for (const [key, member] of members) {
      const value = member(root);
      if (value !== undefined) setField(out, key, value);
    }
    return out;
  };
}

/**
 * What an `$expr` says that an index can use: `{$eq: ['$path', value]}` with a value that is settled before the first
 * document. The filter that is derived matches at least what the expression holds for, so both together change no
 * result. A path through arrays equals an array for an expression and its elements for a filter: arrays are left alone.
 */
import type { Document } from 'bson';
import { bsonTypes, isDocument, typeOf } from '../bson/values.js';
import { compileExpression } from './expressions/expression.js';
import { frameOf, type Scope } from './expressions/scope.js';

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;
const isPath = (source: unknown): source is string =>
  typeof source === 'string' && source.startsWith('$') && !source.startsWith('$$');

/** The value of a variable of the scope, or of a text, number or other scalar; undefined when it is something else. */
function settledValue(source: unknown, scope: Scope): unknown {
  if (isArray(source) || isDocument(source) || isPath(source)) return undefined;
  if (typeof source !== 'string' || !source.startsWith('$$')) return source;
  const [name = ''] = source.slice(2).split('.');
  return scope.constants.has(name) ? compileExpression(source, scope)(frameOf({})) : undefined;
}

function equality(operands: unknown, scope: Scope): Document[] {
  if (!isArray(operands) || operands.length !== 2) return [];
  const [path, other] = isPath(operands[0]) ? operands : [operands[1], operands[0]];
  if (!isPath(path)) return [];
  const value = settledValue(other, scope);
  return value === undefined || isArray(value) ? [] : [{ [path.slice(1)]: { $eq: value } }];
}

function fromExpression(expression: unknown, scope: Scope): Document[] {
  if (!isDocument(expression)) return [];
  if (isArray(expression.$and)) return expression.$and.flatMap((part) => fromExpression(part, scope));
  return equality(expression.$eq, scope);
}

/** The filter, with the equalities of its `$expr` beside it. */
export function withEqualities(filter: Document, scope: Scope): Document {
  const derived = Object.hasOwn(filter, '$expr') ? fromExpression(filter.$expr, scope) : [];
  return derived.length > 0 ? { $and: [...derived, filter] } : filter;
}

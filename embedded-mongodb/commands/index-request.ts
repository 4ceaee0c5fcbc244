/** Reads one index of `createIndexes`, and refuses what the store's indexes cannot be. */
import type { Document } from 'bson';
import { isDocument, isNumeric, isTruthy, toNumber, typeName } from '../bson/values.js';
import { fail } from '../errors.js';
import { compileFilter } from '../query/matcher.js';
import { isReferenceField } from '../query/operator.js';
import { isIndexComponent, splitPath } from '../query/paths.js';
import { Arguments } from './command.js';

const knownOptions = [
  'key',
  'name',
  'ns',
  'v',
  'unique',
  'sparse',
  'hidden',
  'background',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
];
const partialOperators = ['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in'];
const maxIndexFields = 32;
/** The greatest time to live, in seconds, on a server. */
export const maxExpireAfterSeconds = 0x7fffffff;

function readKey(key: unknown): Document {
  if (key === undefined)
    return fail('FailedToParse', "The 'key' field is a required property of an index specification");
  if (!isDocument(key)) return fail('TypeMismatch', "The field 'key' must be an object");
  if (Object.keys(key).length === 0) return fail('CannotCreateIndex', 'Index keys cannot be an empty object');
  const entries = Object.entries(key);
  if (entries.length > maxIndexFields) fail('CannotCreateIndex', `too many compound keys, at most ${maxIndexFields}`);
  for (const [path, direction] of entries) {
    if (typeof direction === 'string')
      fail(
        'CannotCreateIndex',
        `Unknown index plugin '${direction}': this store has ascending and descending indexes only`,
      );
    if (!isNumeric(direction) || toNumber(direction) === 0 || Number.isNaN(toNumber(direction))) {
      fail(
        'CannotCreateIndex',
        `Values in v:2 index key pattern cannot be of type ${typeName(direction)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
      );
    }
    const parts = splitPath(path);
    if (parts.includes('')) fail('CannotCreateIndex', 'Index keys cannot contain an empty field.');
    if (parts.some((part, at) => part.startsWith('$') && (at === 0 || !isReferenceField(part))))
      fail('CannotCreateIndex', `Index key contains an illegal field name: field name starts with '$': ${path}`);
    if (parts.some(isIndexComponent))
      fail('CannotCreateIndex', `an index on an array position (${path}) is not supported by this store`);
  }
  return key;
}

function assertPartial(expression: Document): void {
  for (const [key, condition] of Object.entries(expression)) {
    if (key === '$and' || key === '$or') {
      // What is no list of filters is refused when it is compiled.
      if (Array.isArray(condition)) condition.filter(isDocument).forEach(assertPartial);
    } else if (key.startsWith('$')) {
      fail('CannotCreateIndex', `unsupported expression in partial index: ${key}`);
    } else if (isDocument(condition) && Object.keys(condition)[0]?.startsWith('$')) {
      for (const [operator, operand] of Object.entries(condition)) {
        if (!partialOperators.includes(operator) || (operator === '$exists' && !isTruthy(operand))) {
          fail('CannotCreateIndex', `Expression not supported in partial index: ${operator} on ${key}`);
        }
      }
    }
  }
}

/** An index that was asked for, checked for all that the store has. */
export interface IndexRequest {
  readonly name: string;
  readonly key: Document;
  readonly options: Document;
}

export function parseRequest(specification: Document): IndexRequest {
  const args = new Arguments(specification, 'createIndexes.indexes');
  const key = readKey(args.raw('key'));
  const stranger = Object.keys(specification).find((option) => !knownOptions.includes(option));
  if (stranger !== undefined)
    fail('InvalidIndexSpecificationOption', `The field '${stranger}' is not valid for an index specification.`);
  assertIdKey(key, specification);
  if (args.has('v') && args.integer('v') !== 2)
    fail('CannotCreateIndex', `this store has indexes of version 2 only, not v: ${String(args.integer('v'))}`);
  const collation = args.document('collation');
  if (collation && collation.locale !== 'simple')
    fail('CannotCreateIndex', 'collation on an index is not supported by this store');
  const options: Document = {};
  for (const flag of ['unique', 'sparse', 'hidden']) if (args.boolean(flag, false)) options[flag] = true;
  const partial = args.document('partialFilterExpression');
  if (partial) {
    if (options.sparse) fail('CannotCreateIndex', "cannot mix 'partialFilterExpression' and 'sparse' options");
    assertPartial(partial);
    compileFilter(partial);
    options.partialFilterExpression = partial;
  }
  const seconds: unknown = args.raw('expireAfterSeconds');
  if (seconds !== undefined) {
    if (!isNumeric(seconds))
      fail(
        'CannotCreateIndex',
        `TTL index 'expireAfterSeconds' option must be numeric, but received a type of '${typeName(seconds)}'`,
      );
    if (!(toNumber(seconds) >= 0 && toNumber(seconds) <= maxExpireAfterSeconds))
      fail('CannotCreateIndex', "TTL index 'expireAfterSeconds' option must be within an acceptable range");
    if (Object.keys(key).length > 1)
      fail('CannotCreateIndex', 'TTL indexes are single-field indexes, compound indexes do not support TTL');
    options.expireAfterSeconds = seconds;
  }
  return { key, options, name: readName(args) };
}

function readName(args: Arguments): string {
  if (!args.has('name'))
    return fail('FailedToParse', "The 'name' field is a required property of an index specification");
  const name = args.text('name');
  if (name === '') fail('CannotCreateIndex', 'index name cannot be empty');
  if (name === '*' || name.includes('\0')) fail('BadValue', `The index name '${name}' is not valid.`);
  return name;
}

/** The index on `_id` exists in every collection and has no options. */
function assertIdKey(key: Document, specification: Document): void {
  if (Object.keys(key).length !== 1 || !Object.hasOwn(key, '_id')) return;
  if (toNumber(key._id) !== 1) fail('BadValue', `The field 'key' for an _id index must be {_id: 1}`);
  const option = Object.keys(specification).find((name) => !['key', 'name', 'ns', 'v', 'collation'].includes(name));
  if (option !== undefined)
    fail('InvalidIndexSpecificationOption', `The field '${option}' is not valid for an _id index specification.`);
}

export const isIdKey = (key: Document): boolean =>
  Object.keys(key).length === 1 && Object.hasOwn(key, '_id') && toNumber(key._id) === 1;

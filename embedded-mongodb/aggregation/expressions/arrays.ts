/** Arrays: reading elements, joining, searching. */
import type { Document } from 'bson';
import { isDocument, isNullish, isNumeric, ownField, setField, toNumber, typeName } from '../../bson/values.js';
import { fail, type ErrorName } from '../../errors.js';
import { compareValues } from './comparison.js';
import {
  binary,
  compileFixed,
  compileOperands,
  isArray,
  isIntegral,
  ranged,
  readNamed,
  unary,
  variadic,
  type ExpressionFactory,
} from './operator.js';
import type { Expression } from './scope.js';

function elementAt(name: string, array: unknown, index: unknown): unknown {
  if (isNullish(array) || isNullish(index)) return null;
  if (!isArray(array)) return fail('Location28689', `${name}'s argument must be an array, but is ${typeName(array)}`);
  if (!isNumeric(index))
    fail('Location28690', `${name}'s second argument must be a numeric value, but is ${typeName(index)}`);
  if (!isIntegral(index))
    fail('Location28691', `${name}'s second argument must be representable as a 32-bit integer: ${toNumber(index)}`);
  return array.at(toNumber(index));
}

const isIn: ExpressionFactory = (operand, context) => {
  const [wanted, list] = compileFixed(operand, context, 2) as [Expression, Expression];
  const { order } = context.scope;
  return (frame) => {
    const value = wanted(frame);
    const array = list(frame);
    if (!isArray(array))
      return fail('Location40081', `$in requires an array as a second argument, found: ${typeName(array)}`);
    return array.some((element) => compareValues(order, element, value) === 0);
  };
};

/** Shared with the searches in strings. */
export function readPosition(name: string, what: string, value: unknown): number {
  if (!isIntegral(value))
    fail('Location40096', `${name} requires an integral ${what}, found a value of type: ${typeName(value)}`);
  const number = toNumber(value);
  if (number < 0) fail('Location40097', `${name} requires a nonnegative ${what}, found: ${number}`);
  return number;
}

const indexOfArray: ExpressionFactory = (operand, context) => {
  const { order } = context.scope;
  const search = ranged(2, 4, (...values) => {
    const [array, wanted, start, end] = values;
    if (isNullish(array)) return null;
    if (!isArray(array))
      return fail('Location40090', `$indexOfArray requires an array as a first argument, found: ${typeName(array)}`);
    const from = values.length > 2 ? readPosition('$indexOfArray', 'starting index', start) : 0;
    const to = values.length > 3 ? readPosition('$indexOfArray', 'ending index', end) : array.length;
    for (let at = from; at < Math.min(to, array.length); at++)
      if (compareValues(order, array[at], wanted) === 0) return at;
    return -1;
  });
  return search(operand, context);
};

const concatArrays = variadic((values) => {
  const out: unknown[] = [];
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isArray(value)) return fail('Location28664', `$concatArrays only supports arrays, not ${typeName(value)}`);
    for (const element of value) out.push(element);
  }
  return out;
});

function readRange(value: unknown, what: string, notNumeric: ErrorName, notIntegral: ErrorName): number {
  if (!isNumeric(value)) fail(notNumeric, `$range requires a numeric ${what}, found value of type: ${typeName(value)}`);
  if (!isIntegral(value)) fail(notIntegral, `$range requires a ${what} that can be represented as a 32-bit integer`);
  return toNumber(value);
}

/** More elements than this would not fit a document. */
const maxRange = 16 * 1024 * 1024;

const range = ranged(2, 3, (...values) => {
  const start = readRange(values[0], 'starting value', 'Location34443', 'Location34444');
  const end = readRange(values[1], 'ending value', 'Location34445', 'Location34446');
  const step = values.length > 2 ? readRange(values[2], 'step value', 'Location34447', 'Location34448') : 1;
  if (step === 0) fail('Location34449', '$range requires a non-zero step value');
  const length = Math.max(0, Math.ceil((end - start) / step));
  if (length > maxRange) fail('QueryExceededMemoryLimitNoDiskUseAllowed', '$range would use too much memory');
  return Array.from({ length }, (_, at) => start + at * step);
});

const slice = ranged(2, 3, (...values) => {
  const [array, second, third] = values;
  if (isNullish(array) || isNullish(second)) return null;
  if (!isArray(array))
    return fail('Location28724', `First argument to $slice must be an array, but is of type: ${typeName(array)}`);
  if (!isNumeric(second))
    fail('Location28725', `Second argument to $slice must be a numeric value, but is of type: ${typeName(second)}`);
  if (!isIntegral(second)) fail('Location28726', `Second argument to $slice can't be represented as a 32-bit integer`);
  const from = toNumber(second);
  if (values.length === 2) return from >= 0 ? array.slice(0, from) : array.slice(from);
  if (isNullish(third)) return null;
  if (!isNumeric(third))
    fail('Location28727', `Third argument to $slice must be numeric, but is of type: ${typeName(third)}`);
  if (!isIntegral(third)) fail('Location28728', `Third argument to $slice can't be represented as a 32-bit integer`);
  const count = toNumber(third);
  if (count <= 0) fail('Location28729', `Third argument to $slice must be positive: ${count}`);
  const start = from < 0 ? Math.max(0, array.length + from) : from;
  return array.slice(start, start + count);
});

function readPair(pair: unknown, asArrays: boolean): [key: unknown, value: unknown] {
  if (asArrays) {
    if (!isArray(pair)) return fail('Location40396', `$arrayToObject requires a consistent input format`);
    if (pair.length !== 2)
      fail('Location40397', `$arrayToObject requires an array of size 2 arrays, found array of size: ${pair.length}`);
    if (typeof pair[0] !== 'string') fail('Location40395', `$arrayToObject: the key must be of type string`);
    return [pair[0], pair[1]];
  }
  if (!isDocument(pair)) return fail('Location40391', `$arrayToObject requires a consistent input format`);
  if (Object.keys(pair).length !== 2)
    fail('Location40392', `$arrayToObject requires an object with keys 'k' and 'v'. Found incorrect number of keys`);
  if (!Object.hasOwn(pair, 'k') || !Object.hasOwn(pair, 'v'))
    fail('Location40393', `$arrayToObject requires an object with keys 'k' and 'v'. Missing either or both keys`);
  if (typeof pair.k !== 'string') fail('Location40394', `$arrayToObject: the value of 'k' must be of type string`);
  return [pair.k, ownField(pair, 'v')];
}

function arrayToObject(value: unknown): unknown {
  if (isNullish(value)) return null;
  if (!isArray(value))
    return fail('Location40386', `$arrayToObject requires an array input, found: ${typeName(value)}`);
  const [first] = value;
  if (first !== undefined && !isArray(first) && !isDocument(first))
    fail('Location40398', `Unrecognised input type format for $arrayToObject: ${typeName(first)}`);
  const out: Document = {};
  for (const element of value) {
    const [key, member] = readPair(element, isArray(first));
    if (String(key).includes('\0')) fail('Location4940400', 'Key field cannot contain an embedded null byte');
    setField(out, String(key), member);
  }
  return out;
}

function objectToArray(value: unknown): unknown {
  if (isNullish(value)) return null;
  if (!isDocument(value))
    return fail('Location40390', `$objectToArray requires a document input, found: ${typeName(value)}`);
  return Object.keys(value).map((k) => ({ k, v: value[k] as unknown }));
}

const zip: ExpressionFactory = (operand, context) => {
  const named = readNamed(operand, '$zip', {
    notAnObject: 'Location34460',
    unknown: 'Location34464',
    required: { inputs: 'Location34465' },
    optional: ['defaults', 'useLongestLength'],
  });
  const isLongest = named.get('useLongestLength') ?? false;
  if (!isArray(named.get('inputs'))) fail('Location34461', 'inputs must be an array of expressions');
  if (named.has('defaults') && !isArray(named.get('defaults')))
    fail('Location34462', 'defaults must be an array of expressions');
  if (typeof isLongest !== 'boolean') fail('Location34463', 'useLongestLength must be a bool');
  const inputs = compileOperands(named.get('inputs'), context);
  const defaults = named.has('defaults') ? compileOperands(named.get('defaults'), context) : [];
  if (inputs.length === 0) fail('Location34465', '$zip requires at least one input array');
  if (defaults.length > 0 && !isLongest)
    fail('Location34466', 'cannot specify defaults unless useLongestLength is true');
  if (defaults.length > 0 && defaults.length !== inputs.length)
    fail('Location34467', 'defaults and inputs must have the same length');
  return (frame) => {
    const arrays: unknown[][] = [];
    for (const input of inputs) {
      const value = input(frame);
      if (isNullish(value)) return null;
      arrays.push(isArray(value) ? value : fail('Location34468', '$zip found a non-array expression in input'));
    }
    const lengths = arrays.map((array) => array.length);
    const length = isLongest ? Math.max(...lengths) : Math.min(...lengths);
    const fillers = arrays.map((_, column) => defaults[column]?.(frame) ?? null);
    return Array.from({ length }, (_, row) =>
      arrays.map((array, column) => (row < array.length ? array[row] : fillers[column])),
    );
  };
};

export const arrayExpressions: Record<string, ExpressionFactory> = {
  $arrayElemAt: binary((array, index) => elementAt('$arrayElemAt', array, index)),
  $first: unary((array) => elementAt('$first', array, 0)),
  $last: unary((array) => elementAt('$last', array, -1)),
  $arrayToObject: unary(arrayToObject),
  $objectToArray: unary(objectToArray),
  $concatArrays: concatArrays,
  $in: isIn,
  $indexOfArray: indexOfArray,
  $isArray: unary(isArray),
  $range: range,
  $reverseArray: unary((array) => {
    if (isNullish(array)) return null;
    if (isArray(array)) return [...array].reverse();
    return fail('Location34435', `The argument to $reverseArray must be an array, but was of type: ${typeName(array)}`);
  }),
  $size: unary((array) =>
    isArray(array)
      ? array.length
      : fail('Location17124', `The argument to $size must be an array, but was of type: ${typeName(array)}`),
  ),
  $slice: slice,
  $zip: zip,
};

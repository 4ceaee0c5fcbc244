/** Strings. Positions count code points or UTF-8 bytes; upper and lower case are ASCII's, as MongoDB documents. */
import { isNullish, isNumeric, toNumber, typeName } from '../../bson/values.js';
import { fail, type ErrorName } from '../../errors.js';
import { readPosition } from './arrays.js';
import { asText } from './conversion.js';
import {
  binary,
  compileNamed,
  isIntegral,
  ranged,
  unary,
  variadic,
  type ExpressionFactory,
  type NamedRules,
} from './operator.js';

const lowerAscii = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());
const upperAscii = (text: string): string => text.replace(/[a-z]+/g, (part) => part.toUpperCase());

function textOf(value: unknown, error: ErrorName, what: string): string {
  return typeof value === 'string' ? value : fail(error, `${what} requires a string, found: ${typeName(value)}`);
}

const concat = variadic((values) => {
  let out = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string') fail('Location16702', `$concat only supports strings, not ${typeName(value)}`);
    out += value;
  }
  return out;
});

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

const substrBytes = ranged(3, 3, (value, from, count) => {
  const bytes = Buffer.from(asText(value));
  if (!isNumeric(from)) fail('Location16034', `$substrBytes: starting index must be a numeric type`);
  if (!isNumeric(count)) fail('Location16035', `$substrBytes: length must be a numeric type`);
  const start = Math.trunc(toNumber(from));
  if (start < 0) fail('Location50752', `$substrBytes: starting index must be non-negative (got: ${start})`);
  const length = Math.trunc(toNumber(count));
  const end = length < 0 ? bytes.length : start + length;
  if (isContinuation(bytes[start]))
    fail('Location28656', `$substrBytes: Invalid range, starting index is a UTF-8 continuation byte.`);
  if (isContinuation(bytes[end]))
    fail('Location28657', `$substrBytes: Invalid range, ending index is in the middle of a UTF-8 character.`);
  return bytes.subarray(start, end).toString('utf8');
});

const substrCodePoints = ranged(3, 3, (value, from, count) => {
  const points = [...asText(value)];
  if (!isNumeric(from)) fail('Location34450', `$substrCP: starting index must be a numeric type`);
  if (!isIntegral(from)) fail('Location34451', `$substrCP: starting index cannot be represented as a 32-bit integer`);
  if (!isNumeric(count)) fail('Location34452', `$substrCP: length must be a numeric type`);
  if (!isIntegral(count)) fail('Location34453', `$substrCP: length cannot be represented as a 32-bit integer`);
  const [start, length] = [toNumber(from), toNumber(count)];
  if (length < 0) fail('Location34454', `$substrCP: length must be a nonnegative integer.`);
  if (start < 0) fail('Location34455', `$substrCP: the starting index must be nonnegative integer.`);
  return points.slice(start, start + length).join('');
});

interface Units {
  readonly notText: ErrorName;
  readonly notToken: ErrorName;
  readonly split: (text: string) => readonly unknown[];
}

/** Where the token begins, between the positions; -1 when it does not occur. */
function indexOf(name: string, { notText, notToken, split }: Units): ExpressionFactory {
  return ranged(2, 4, (...values) => {
    const [value, token, start, end] = values;
    if (isNullish(value)) return null;
    const units = split(textOf(value, notText, name));
    const wanted = split(textOf(token, notToken, name));
    const from = values.length > 2 ? readPosition(name, 'starting index', start) : 0;
    const to = Math.min(units.length, values.length > 3 ? readPosition(name, 'ending index', end) : units.length);
    for (let at = from; at + wanted.length <= to; at++)
      if (wanted.every((unit, offset) => unit === units[at + offset])) return at;
    return -1;
  });
}

const split = binary((value, separator) => {
  if (isNullish(value) || isNullish(separator)) return null;
  const text = textOf(value, 'Location40085', '$split');
  const by = textOf(separator, 'Location40086', '$split');
  return by === '' ? fail('Location40087', '$split requires a non-empty separator') : text.split(by);
});

/** What `$trim` removes when it is not told what to remove. */
const whitespace = '\0 \t\n\u000b\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

function trim(left: boolean, right: boolean): ExpressionFactory {
  return (operand, context) => {
    const named = compileNamed(operand, context, {
      notAnObject: 'Location50696',
      unknown: 'Location50694',
      required: { input: 'Location50695' },
      optional: ['chars'],
    });
    return (frame) => {
      const value = named.get('input')?.(frame);
      if (isNullish(value)) return null;
      const points = [...textOf(value, 'Location50699', context.name)];
      const characters = named.has('chars') ? named.get('chars')?.(frame) : whitespace;
      if (isNullish(characters)) return null;
      const removed = new Set(textOf(characters, 'Location50700', context.name));
      let [start, end] = [0, points.length];
      while (left && start < end && removed.has(points[start] as string)) start++;
      while (right && end > start && removed.has(points[end - 1] as string)) end--;
      return points.slice(start, end).join('');
    };
  };
}

const replaceRules: NamedRules = {
  notAnObject: 'Location51751',
  unknown: 'Location51750',
  required: { input: 'Location51749', find: 'Location51748', replacement: 'Location51747' },
};

function replace(apply: (text: string, find: string, replacement: string) => string): ExpressionFactory {
  return (operand, context) => {
    const named = compileNamed(operand, context, replaceRules);
    return (frame) => {
      const [input, find, replacement] = ['input', 'find', 'replacement'].map((key) => named.get(key)?.(frame));
      const texts = [
        isNullish(input) ? '' : textOf(input, 'Location51746', context.name),
        isNullish(find) ? '' : textOf(find, 'Location51745', context.name),
        isNullish(replacement) ? '' : textOf(replacement, 'Location51744', context.name),
      ] as [string, string, string];
      return isNullish(input) || isNullish(find) || isNullish(replacement) ? null : apply(...texts);
    };
  };
}

const compareIgnoringCase = binary((left, right) => {
  const [a, b] = [left, right].map((value) => Buffer.from(upperAscii(asText(value))));
  return Buffer.compare(a as Buffer, b as Buffer);
});

export const stringExpressions: Record<string, ExpressionFactory> = {
  $concat: concat,
  $toLower: unary((value) => lowerAscii(asText(value))),
  $toUpper: unary((value) => upperAscii(asText(value))),
  $substr: substrBytes,
  $substrBytes: substrBytes,
  $substrCP: substrCodePoints,
  $strLenBytes: unary((value) => Buffer.byteLength(textOf(value, 'Location34473', '$strLenBytes'))),
  $strLenCP: unary((value) => [...textOf(value, 'Location34471', '$strLenCP')].length),
  $indexOfBytes: indexOf('$indexOfBytes', {
    notText: 'Location40091',
    notToken: 'Location40092',
    split: (text) => [...Buffer.from(text)],
  }),
  $indexOfCP: indexOf('$indexOfCP', {
    notText: 'Location40093',
    notToken: 'Location40094',
    split: (text) => [...text],
  }),
  $split: split,
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $strcasecmp: compareIgnoringCase,
  $replaceOne: replace((text, find, replacement) => text.replace(find, () => replacement)),
  $replaceAll: replace((text, find, replacement) => text.replaceAll(find, () => replacement)),
};

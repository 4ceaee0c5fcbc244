import { BSONRegExp, type BSONSymbol } from 'bson';
import { compare } from '../../bson/compare.js';
import { bsonTypes, typeOf } from '../../bson/values.js';
import { fail, messageOf, type ErrorName } from '../../errors.js';
import { pointInterval, prefixInterval } from '../bounds.js';
import type { LeafTest, OperatorFactory } from '../operator.js';
import { translatePattern } from '../pattern.js';

export function isRegex(value: unknown): value is BSONRegExp | RegExp {
  return typeOf(value) === bsonTypes.regex;
}

export function normaliseRegex(value: BSONRegExp | RegExp): BSONRegExp {
  return value instanceof RegExp ? new BSONRegExp(value.source, value.flags.replace(/[^imsx]/g, '')) : value;
}

/** MongoDB's limit on a pattern. */
const maxPatternLength = 32764;

/** `extraFlags` are JavaScript's own, for a caller that searches on. */
export function compilePattern(
  pattern: string,
  options: string,
  invalid: ErrorName = 'Location51091',
  extraFlags = '',
): RegExp {
  if (pattern.length > maxPatternLength) fail(invalid, 'Regular expression is invalid: pattern is too long');
  if (pattern.includes('\0')) fail('BadValue', 'Regular expression cannot contain an embedded null byte');
  for (const flag of options) {
    if (!'imsux'.includes(flag)) fail('Location51108', `invalid flag in regex options: ${flag}`);
    if (flag === 'x') fail('NotImplemented', 'the regular expression option x is not supported by this store');
  }
  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  const flags = options + (inline?.[1] ?? '');
  const ignoreCase = flags.includes('i');
  const source = translatePattern(
    pattern.slice(inline?.[0].length ?? 0),
    { ignoreCase, multiline: flags.includes('m'), dotAll: flags.includes('s') },
    invalid,
  );
  try {
    return new RegExp(source, `${ignoreCase ? 'i' : ''}${extraFlags}u`);
  } catch (error) {
    return fail(invalid, `Regular expression is invalid: ${messageOf(error)}`);
  }
}

/** The literal text that every match must begin with, or undefined. */
function literalPrefix(pattern: string, options: string): string | undefined {
  if (!pattern.startsWith('^') || /[imx]/.test(options) || pattern.includes('|')) return undefined;
  let prefix = '';
  for (let at = 1; at < pattern.length; at++) {
    const character = pattern[at] as string;
    const escaped = character === '\\' ? pattern[at + 1] : undefined;
    if (escaped !== undefined && /[A-Za-z0-9]/.test(escaped)) break;
    if (escaped === undefined && /[\\^$.*+?()[\]{}|]/.test(character)) {
      // A quantifier that allows zero repetitions takes the character before it back.
      if (/[*?{]/.test(character)) prefix = [...prefix].slice(0, -1).join('');
      break;
    }
    prefix += escaped ?? character;
    if (escaped !== undefined) at++;
  }
  // A lone surrogate at the end is not valid text.
  return prefix.length > 0 && !/[\uD800-\uDBFF]$/.test(prefix) ? prefix : undefined;
}

export function regexLeaf(value: BSONRegExp | RegExp): LeafTest {
  const regex = normaliseRegex(value);
  const expression = compilePattern(regex.pattern, regex.options);
  const prefix = literalPrefix(regex.pattern, regex.options);
  return {
    expandLeaf: true,
    test: (candidate) => {
      if (typeof candidate === 'string') return expression.test(candidate);
      const type = typeOf(candidate);
      if (type === bsonTypes.symbol) return expression.test((candidate as BSONSymbol).value);
      return type === bsonTypes.regex && compare(candidate, regex) === 0;
    },
    intervals: prefix === undefined ? undefined : [prefixInterval(prefix), pointInterval(regex)],
    impliesExistence: true,
  };
}

export const regexOperators: Record<string, OperatorFactory> = {
  $regex: (operand, { siblings }) => {
    const options: unknown = siblings.$options;
    if (options !== undefined && typeof options !== 'string') fail('BadValue', '$options has to be a string');
    if (isRegex(operand)) {
      const regex = normaliseRegex(operand);
      if (options !== undefined && regex.options !== '')
        fail('Location51075', 'options set in both $regex and $options');
      return regexLeaf(new BSONRegExp(regex.pattern, options ?? regex.options));
    }
    if (typeof operand !== 'string') fail('BadValue', '$regex has to be a string');
    for (const flag of options ?? '')
      if (!'imsux'.includes(flag)) fail('Location51108', `invalid flag in regex options: ${flag}`);
    return regexLeaf(new BSONRegExp(operand, options?.replace('u', '') ?? ''));
  },
  $options: (_operand, { siblings }) => {
    if (siblings.$regex === undefined) fail('BadValue', '$options needs a $regex');
    return [];
  },
};

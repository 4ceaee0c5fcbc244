/** `$regexMatch`, `$regexFind` and `$regexFindAll`. */
import { BSONRegExp } from 'bson';
import { isNullish } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { compilePattern, isRegex, normaliseRegex } from '../../query/operators/regex.js';
import { compileNamed, type ExpressionFactory, type NamedRules } from './operator.js';

const rules: NamedRules = {
  notAnObject: 'Location51103',
  unknown: 'Location31024',
  required: { input: 'Location31022', regex: 'Location31023' },
  optional: ['options'],
};

/** Undefined when there is no pattern. */
function readPattern(name: string, regex: unknown, givenOptions: unknown): BSONRegExp | undefined {
  const options = givenOptions ?? '';
  if (typeof options !== 'string') return fail('Location51106', `${name} needs 'options' to be of type string`);
  if (isRegex(regex)) {
    const own = normaliseRegex(regex);
    if (!isNullish(givenOptions) && own.options !== '')
      fail('Location51107', `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
    return new BSONRegExp(own.pattern, own.options + options);
  }
  if (isNullish(regex)) return undefined;
  if (typeof regex !== 'string') return fail('Location51105', `${name} needs 'regex' to be of type string or regex`);
  if (regex.includes('\0')) fail('Location51109', `${name}: regular expression cannot contain an embedded null byte`);
  if (/[^imsux]/.test(options)) fail('Location51108', `${name}: invalid flag in regex options: ${options}`);
  return new BSONRegExp(regex, options);
}

/** `find` gets undefined for an input or a pattern that is null. */
function pattern(find: (text: string | undefined, expression: RegExp | undefined) => unknown): ExpressionFactory {
  return (operand, context) => {
    const named = compileNamed(operand, context, rules);
    // The same pattern is asked for again and again: the last one stays compiled.
    let last: { key: string; expression: RegExp } | undefined;
    return (frame) => {
      const input = named.get('input')?.(frame) ?? undefined;
      if (input !== undefined && typeof input !== 'string')
        return fail('Location51104', `${context.name} needs 'input' to be of type string`);
      const regex = readPattern(context.name, named.get('regex')?.(frame), named.get('options')?.(frame));
      if (!regex) return find(undefined, undefined);
      const key = `${regex.options}/${regex.pattern}`;
      if (last?.key !== key)
        last = { key, expression: compilePattern(regex.pattern, regex.options, 'Location51111', 'g') };
      return find(input, last.expression);
    };
  };
}

interface Found {
  readonly match: string;
  /** In code points. */
  readonly idx: number;
  readonly captures: readonly (string | null)[];
}

function describe(text: string, match: RegExpExecArray): Found {
  return {
    match: match[0],
    idx: [...text.slice(0, match.index)].length,
    captures: [...match].slice(1).map((capture: string | undefined) => capture ?? null),
  };
}

export const patternExpressions: Record<string, ExpressionFactory> = {
  $regexMatch: pattern(
    (text, expression) => text !== undefined && expression !== undefined && text.search(expression) >= 0,
  ),
  $regexFind: pattern((text, expression) => {
    const [first] = text === undefined || !expression ? [] : text.matchAll(expression);
    return first ? describe(text as string, first) : null;
  }),
  $regexFindAll: pattern((text, expression) =>
    text === undefined || !expression ? [] : Array.from(text.matchAll(expression), (match) => describe(text, match)),
  ),
};

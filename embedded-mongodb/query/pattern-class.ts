/** The escapes and classes of PCRE that stand for sets of characters, as ranges of a JavaScript class in Unicode mode. */

/** Without Unicode properties, as a server compiles patterns: letters, digits and spaces are those of ASCII. */
const space = '\\t-\\r ';

/** What a backslash and a letter mean, in and outside of brackets. */
export const setEscapes: ReadonlyMap<string, string> = new Map([
  ['d', '0-9'],
  ['D', '\\0-/:-\\u{10ffff}'],
  ['w', '0-9A-Z_a-z'],
  ['W', '\\0-/:-@\\[-\\^`\\{-\\u{10ffff}'],
  ['s', space],
  ['S', '\\0-\\x08\\x0e-\\x1f!-\\u{10ffff}'],
  ['h', '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000'],
  ['v', '\\n-\\r\\x85\\u2028\\u2029'],
]);

/** `\W` without the two characters that are `k` and `s` when case does not matter. */
export const nonWordIgnoringCase = '\\0-/:-@\\[-\\^`\\{-\\u017e\\u0180-\\u2129\\u212b-\\u{10ffff}';

/** `[:name:]` between brackets. */
export const posixClasses: ReadonlyMap<string, string> = new Map([
  ['alnum', '0-9A-Za-z'],
  ['alpha', 'A-Za-z'],
  ['ascii', '\\0-\\x7f'],
  ['blank', '\\t '],
  ['cntrl', '\\0-\\x1f\\x7f'],
  ['digit', '0-9'],
  ['graph', '!-~'],
  ['lower', 'a-z'],
  ['print', ' -~'],
  ['punct', '!-/:-@\\[-`\\{-~'],
  ['space', space],
  ['upper', 'A-Z'],
  ['word', '0-9A-Z_a-z'],
  ['xdigit', '0-9A-Fa-f'],
]);

/** Escapes of one character. */
export const characterEscapes: ReadonlyMap<string, number> = new Map([
  ['a', 0x07],
  ['e', 0x1b],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
]);

/** A character as it is written anywhere in a pattern. */
export function characterSource(code: number): string {
  const text = String.fromCodePoint(code);
  return /^[\w ]$/.test(text) ? text : `\\u{${code.toString(16)}}`;
}

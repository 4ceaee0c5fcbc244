/**
 * Patterns of PCRE, which a server uses, as patterns of JavaScript in Unicode mode. What the two read differently is translated
 * where that is exact and short; what only PCRE knows is refused, and so is what PCRE does not accept.
 */
import { fail, type ErrorName } from '../errors.js';
import { characterEscapes, characterSource, nonWordIgnoringCase, posixClasses, setEscapes } from './pattern-class.js';

export interface PatternOptions {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}

/** Letters that PCRE accepts after a backslash and JavaScript has nothing for, or something else. */
const refusedEscapes = 'CGHKNRVXgko';
const atEnd = '(?=\\n?$)';
const assertions: ReadonlyMap<string, string> = new Map([
  ['A', '^'],
  ['Z', atEnd],
  ['z', '$'],
  ['b', '\\b'],
  ['B', '\\B'],
]);
/** General categories, which have the same names in both. */
const category = /^(?:[CLMNPSZ]|C[cfnos]|L[lmotu]|M[cen]|N[dlo]|P[cdefios]|S[ckmo]|Z[lps])$/;

class PatternTranslator {
  readonly #source: string;
  readonly #options: PatternOptions;
  readonly #invalid: ErrorName;
  #at = 0;

  constructor(source: string, options: PatternOptions, invalid: ErrorName) {
    this.#source = source;
    this.#options = options;
    this.#invalid = invalid;
  }

  translate(): string {
    let out = '';
    while (this.#at < this.#source.length) out += this.#next();
    return out;
  }

  #refuse(what: string): never {
    return fail('NotImplemented', `${what} in a regular expression is not supported by this store`);
  }

  #reject(why: string): never {
    return fail(this.#invalid, `Regular expression is invalid: ${why}`);
  }

  /** The match of a sticky expression here, which is then behind. */
  #take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.#source);
    if (match) this.#at += match[0].length;
    return match ?? undefined;
  }

  #takeCharacter(): string {
    const character = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    this.#at += character.length;
    return character;
  }

  #next(): string {
    const quantifier = this.#take(/(?:[*+?]|\{\d+(?:,\d*)?\})/y)?.[0];
    if (quantifier !== undefined) return quantifier + this.#afterQuantifier();
    if (this.#take(/\{,\d+\}/y)) this.#refuse('a repetition without a minimum');
    const character = this.#takeCharacter();
    switch (character) {
      case '\\':
        return this.#escape();
      case '[':
        return this.#class();
      case '(':
        return this.#group();
      case '.':
        return this.#options.dotAll ? '[^]' : '[^\\n]';
      case '^':
        // After a line break, but not after one that ends the text.
        return this.#options.multiline ? '(?<![^\\n])(?<!\\n$)' : '^';
      case '$':
        return this.#options.multiline ? '(?=\\n|$)' : atEnd;
      case ')':
      case '|':
        return character;
      default:
        return characterSource(character.codePointAt(0) ?? 0);
    }
  }

  #afterQuantifier(): string {
    if (this.#take(/\+/y)) this.#refuse('a possessive repetition');
    return this.#take(/\?/y)?.[0] ?? '';
  }

  #group(): string {
    if (this.#take(/\*/y)) this.#refuse('a verb');
    if (this.#take(/\?#[^)]*\)/y)) return '';
    if (this.#take(/\?(?=#)/y)) this.#reject('missing ) after (?# comment');
    const plain = this.#take(/\?[:=!]|\?<[=!](?=[^()*+?{}\\]*\))/y)?.[0];
    if (plain !== undefined) return `(${plain}`;
    const name = this.#take(/\?P?<([A-Za-z_]\w*)>/y)?.[1];
    if (name !== undefined) return `(?<${name}>`;
    if (this.#take(/\?/y)) this.#refuse(`a group that begins with (?${this.#source[this.#at] ?? ''}`);
    return '(';
  }

  #escape(): string {
    const quoted = this.#take(/Q([^]*?)(?:\\E|$)/y)?.[1];
    if (quoted !== undefined) return [...quoted].map((letter) => characterSource(letter.codePointAt(0) ?? 0)).join('');
    if (this.#take(/E/y)) return '';
    if (this.#take(/[1-9]/y)) this.#refuse('a reference to a group');
    const assertion = assertions.get(this.#source[this.#at] ?? '');
    if (assertion === undefined) {
      const atom = this.#atom();
      return typeof atom === 'number' ? characterSource(atom) : `[${atom}]`;
    }
    this.#at++;
    return assertion;
  }

  /** After a backslash: a character, or the ranges of a set. */
  #atom(): number | string {
    if (this.#at >= this.#source.length) this.#reject('\\ at end of pattern');
    const property = this.#take(/([pP])(?:\{(\w+)\}|([A-Z]))/y);
    if (property) return this.#property(property);
    const hex = this.#take(/x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/y);
    if (hex) return this.#codePoint(Number.parseInt(hex[1] ?? hex[2] ?? '', 16));
    const octal = this.#take(/0[0-7]{0,2}/y)?.[0];
    if (octal !== undefined) return Number.parseInt(octal, 8);
    const control = this.#take(/c([A-Za-z])/y)?.[1];
    if (control !== undefined) return control.toUpperCase().charCodeAt(0) ^ 0x40;
    const character = this.#takeCharacter();
    if (character === 'W' && this.#options.ignoreCase) return nonWordIgnoringCase;
    const known = setEscapes.get(character) ?? characterEscapes.get(character);
    if (known !== undefined) return known;
    if (`${refusedEscapes}cpPx123456789`.includes(character)) this.#refuse(`\\${character}`);
    if (/[A-Za-z]/.test(character)) this.#reject(`unrecognized character follows \\: ${character}`);
    return character.codePointAt(0) ?? 0;
  }

  #codePoint(code: number): number {
    return code <= 0x10ffff ? code : this.#reject('character code point value in \\x{} or \\o{} is too large');
  }

  #property([all, sign, long, short]: RegExpExecArray): string {
    const name = long ?? short ?? '';
    if (!category.test(name) || (this.#options.ignoreCase && /^L[ltu]$/.test(name))) this.#refuse(`\\${all}`);
    return `\\${sign ?? 'p'}{${name}}`;
  }

  #class(): string {
    if (this.#take(/([:.=])[^\][]*\1\]/y)) this.#reject('POSIX named classes are supported only within a class');
    let out = this.#take(/\^/y) ? '[^' : '[';
    let isFirst = true;
    for (; isFirst || !this.#take(/\]/y); isFirst = false) out += this.#classItem();
    return `${out}]`;
  }

  #classItem(): string {
    const low = this.#member();
    if (!this.#take(/-(?!\])/y)) return typeof low === 'number' ? characterSource(low) : low;
    const high = this.#member();
    if (typeof low !== 'number' || typeof high !== 'number') this.#reject('invalid range in character class');
    if (high < low) this.#reject('range out of order in character class');
    return `${characterSource(low)}-${characterSource(high)}`;
  }

  /** Between brackets: a character, or the ranges of a set. */
  #member(): number | string {
    if (this.#at >= this.#source.length) this.#reject('missing terminating ] for character class');
    const posix = this.#take(/\[:(\^?)(\w+):\]/y);
    if (posix?.[1]) this.#refuse(posix[0]);
    if (posix) return posixClasses.get(posix[2] ?? '') ?? this.#reject('unknown POSIX class name');
    if (this.#take(/\[([.=])[^\]]*\1\]/y)) this.#reject('POSIX collating elements are not supported');
    const character = this.#takeCharacter();
    if (character !== '\\') return character.codePointAt(0) ?? 0;
    if (this.#take(/b/y)) return 0x08;
    if (this.#take(/[QE1-9]/y)) this.#refuse('\\Q, \\E or a digit after a backslash between brackets');
    return this.#atom();
  }
}

/**
 * For a regular expression with the flag `u`, with `i` when case does not matter, and without `m` and `s`. Fails with `invalid` when
 * PCRE has no such pattern, and with NotImplemented when only PCRE has it.
 */
export function translatePattern(source: string, options: PatternOptions, invalid: ErrorName): string {
  return new PatternTranslator(source, options, invalid).translate();
}

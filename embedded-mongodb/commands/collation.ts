/**
 * The collation of a command. The rules of languages are ICU's, as on a server, and come with Node: what
 * `Intl.Collator` cannot be told is refused. It always normalises, so texts whose combining marks stand in no canonical
 * order are equal here where a server's `normalization: false` may keep them apart.
 */
import type { Document } from 'bson';
import { createCollation } from '../bson/collation.js';
import type { Order } from '../bson/compare.js';
import { typeName } from '../bson/values.js';
import { fail } from '../errors.js';
import { renderKeyValue } from '../storage/render-key.js';
import { Arguments } from './command.js';

const fields = [
  'locale',
  'strength',
  'caseLevel',
  'caseFirst',
  'numericOrdering',
  'alternate',
  'maxVariable',
  'normalization',
  'backwards',
  'version',
];

/** As MongoDB's documentation lists them, without the variants that `@collation=` selects. */
const locales = new Set(
  (
    'af am ar as az be bg bn bo bs bs_Cyrl ca chr cs cy da de de_AT dsb dz ee el en en_US en_US_POSIX eo es et fa fa_AF ' +
    'fi fil fo fr fr_CA ga gl gu ha haw he hi hr hsb hu hy id ig is it ja ka kk kl km kn ko kok ky lb lkt ln lo lt lv ' +
    'mk ml mn mr ms mt my nb ne nl nn om or pa pl ps pt ro ru se si sk sl smn sq sr sr_Latn sv sw ta te th to tr ug uk ' +
    'ur vi wae yi yo zh zh_Hant zu'
  ).split(' '),
);
/** Where accents are compared from the end of the text. */
const backwardsLocale = 'fr_CA';

interface Options {
  readonly locale: string;
  readonly strength: number;
  readonly caseLevel: boolean | undefined;
  readonly caseFirst: string | undefined;
  readonly numericOrdering: boolean | undefined;
  readonly alternate: string | undefined;
  readonly maxVariable: string | undefined;
  readonly backwards: boolean;
  readonly version: string | undefined;
}

/** Undefined when there is none, or the simple one. */
export function readCollation(args: Arguments): Order | undefined {
  const specification = args.document('collation');
  if (!specification || Object.keys(specification).length === 0) return undefined;
  const options = readOptions(specification);
  if (options.locale === 'simple') return undefined;
  assertLocale(options.locale, specification);
  const collator = buildCollator(options, specification);
  return createCollation(collator.compare);
}

function readOptions(specification: Document): Options {
  const stranger = Object.keys(specification).find((field) => !fields.includes(field));
  if (stranger !== undefined) fail('Location40415', `BSON field 'collation.${stranger}' is an unknown field.`);
  const args = new Arguments(specification, 'collation');
  if (!args.has('locale')) fail('Location40414', "BSON field 'collation.locale' is missing but a required field");
  const locale = args.text('locale');
  readFlag(args, 'normalization');
  return {
    locale,
    strength: readStrength(args),
    caseLevel: readFlag(args, 'caseLevel'),
    caseFirst: readChoice(args, 'caseFirst', ['upper', 'lower', 'off']),
    numericOrdering: readFlag(args, 'numericOrdering'),
    alternate: readChoice(args, 'alternate', ['non-ignorable', 'shifted']),
    maxVariable: readChoice(args, 'maxVariable', ['punct', 'space']),
    backwards: readFlag(args, 'backwards') ?? locale === backwardsLocale,
    version: args.has('version') ? args.text('version') : undefined,
  };
}

/** These flags take no numbers, unlike most. */
function readFlag(args: Arguments, name: string): boolean | undefined {
  const value = args.raw(name);
  if (value === undefined || typeof value === 'boolean') return value;
  return fail(
    'TypeMismatch',
    `BSON field 'collation.${name}' is the wrong type '${typeName(value)}', expected type 'bool'`,
  );
}

function readChoice(args: Arguments, name: string, choices: readonly string[]): string | undefined {
  if (!args.has(name)) return undefined;
  const value = args.text(name);
  if (!choices.includes(value))
    fail('BadValue', `Enumeration value '${value}' for field 'collation.${name}' is not a valid value.`);
  return value;
}

function readStrength(args: Arguments): number {
  const strength = args.integer('strength') ?? 3;
  if (strength < 0) fail('Location51024', `BSON field 'strength' value must be >= 0, actual value '${strength}'`);
  if (strength > 5) fail('Location51024', `BSON field 'strength' value must be <= 5, actual value '${strength}'`);
  if (strength === 0) fail('BadValue', "Enumeration value '0' for field 'collation.strength' is not a valid value.");
  return strength;
}

function assertLocale(locale: string, specification: Document): void {
  if (locales.has(locale)) return;
  const [base = '', variant] = locale.split('@');
  if (variant !== undefined && locales.has(base)) unsupported(`the variant ${variant} of the locale ${base}`);
  const complaint = locale === '' ? 'cannot be the empty string' : 'is invalid';
  fail('BadValue', `Field 'locale' ${complaint} in: ${renderKeyValue(specification)}`);
}

const unsupported = (what: string): never =>
  fail('NotImplemented', `collation: ${what} is not supported by this store`);

function buildCollator(options: Options, specification: Document): Intl.Collator {
  const { locale, strength, caseLevel, backwards, caseFirst, numericOrdering, alternate } = options;
  if (backwards && strength === 1)
    fail('BadValue', `'backwards' is invalid with 'strength' of 1 in: ${renderKeyValue(specification)}`);
  if (strength > 3) unsupported(`strength ${strength}`);
  if (caseLevel && strength !== 1) unsupported(`caseLevel with strength ${strength}`);
  if (backwards !== (locale === backwardsLocale)) unsupported(`backwards: ${backwards} for the locale ${locale}`);
  if (options.maxVariable === 'space') unsupported("maxVariable 'space'");
  if (options.version !== undefined) unsupported('version');
  const wanted = {
    sensitivity: strength === 3 ? 'variant' : strength === 2 ? 'accent' : caseLevel ? 'case' : 'base',
    ...(numericOrdering === undefined ? {} : { numeric: numericOrdering }),
    ...(caseFirst === undefined ? {} : { caseFirst: caseFirst === 'off' ? 'false' : caseFirst }),
    ...(alternate === undefined ? {} : { ignorePunctuation: alternate === 'shifted' }),
  };
  const tag = locale.replaceAll('_', '-');
  const collator = new Intl.Collator(tag, wanted as Intl.CollatorOptions);
  const settled = collator.resolvedOptions();
  // A locale's own default counts as well: Danish sorts capitals first unless it is told not to.
  if (settled.caseFirst !== 'false' && strength < 3 && !caseLevel) {
    fail(
      'BadValue',
      `'caseFirst' is invalid unless 'caseLevel' is on or 'strength' is greater than 2 in: ${renderKeyValue(specification)}`,
    );
  }
  // What the runtime has no data for it replaces without a word.
  for (const [name, value] of Object.entries({ locale: tag, ...wanted }))
    if (settled[name as keyof Intl.ResolvedCollatorOptions] !== value) unsupported(`${name} ${value} for ${locale}`);
  return collator;
}

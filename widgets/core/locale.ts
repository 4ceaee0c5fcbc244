/**
 * Languages: which one to speak, where its table comes from, how its numbers and times look. English is the source of
 * the keys and travels with the code; every other table is one small file that is fetched when it is needed.
 */
import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import { LOCALES, type Locale } from '@frontdesk/protocol/locales';
import { directionOf, resolveLocale, type Direction, type ResolvedLocale } from './resolve-locale.js';

export * from './resolve-locale.js';

/** Words by CLDR plural category; `other` always exists. The number is in `{count}`. */
export type PluralForms = { readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>;
export type Message = string | PluralForms;
export type MessageTable<Key extends string> = Readonly<Record<Key, Message>>;
export type MessageValues = Readonly<Record<string, string | number>>;

const formatters = new Map<string, unknown>();

/** Names of options, which are mostly the same objects again: a calendar writes forty dates at a time. */
const PLAIN = {};
const optionKeys = new WeakMap<object, string>();

function keyOf(options: object): string {
  let key = optionKeys.get(options);
  if (key === undefined) optionKeys.set(options, (key = JSON.stringify(options)));
  return key;
}

/** Intl objects cost up to a millisecond to make, so each is made once per page. */
function cached<Formatter>(key: string, create: () => Formatter): Formatter {
  let formatter = formatters.get(key) as Formatter | undefined;
  if (!formatter) formatters.set(key, (formatter = create()));
  return formatter;
}

const DAY_MS = 86_400_000;
const RELATIVE_UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['week', 7 * DAY_MS],
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

export type Instant = Date | string | number;
const toDate = (instant: Instant): Date => (instant instanceof Date ? instant : new Date(instant));

/** Calendar days from `earlier` to `later` in the reader's zone; a day of 23 or 25 hours counts as one. */
export function daysBetween(earlier: Instant, later: Instant): number {
  const midnight = (instant: Instant): number => new Date(toDate(instant)).setHours(0, 0, 0, 0);
  return Math.round((midnight(later) - midnight(earlier)) / DAY_MS);
}

/** Speaks one language: messages by key, numbers and times as its readers write them. */
export class Translator<Key extends string> {
  readonly locale: Locale;
  readonly tag: string;
  readonly direction: Direction;
  readonly #table: Partial<MessageTable<Key>>;
  readonly #fallback: MessageTable<Key>;

  constructor(resolved: ResolvedLocale, table: Partial<MessageTable<Key>>, fallback: MessageTable<Key>) {
    this.locale = resolved.locale;
    this.tag = resolved.tag;
    this.direction = directionOf(resolved.locale);
    this.#table = table;
    this.#fallback = fallback;
  }

  /** The message with its `{name}` places filled; numbers are written in the reader's digits. */
  readonly t = (key: Key, values: MessageValues = {}): string => {
    const message = this.#table[key] ?? this.#fallback[key] ?? '';
    const { count } = values;
    const text = typeof message === 'string' ? message : (message[this.plural(Number(count))] ?? message.other);
    return text.replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? this.number(value) : (value ?? place);
    });
  };

  plural(count: number): Intl.LDMLPluralRule {
    return cached(`plural ${this.tag}`, () => new Intl.PluralRules(this.tag)).select(count);
  }

  number(value: number, options: Intl.NumberFormatOptions = PLAIN): string {
    const key = `number ${this.tag} ${keyOf(options)}`;
    return cached(key, () => new Intl.NumberFormat(this.tag, options)).format(value);
  }

  date(instant: Instant, options: Intl.DateTimeFormatOptions): string {
    const key = `date ${this.tag} ${keyOf(options)}`;
    return cached(key, () => new Intl.DateTimeFormat(this.tag, options)).format(toDate(instant));
  }

  /** Clock time: `14:05`, `2:05 PM`. */
  time(instant: Instant): string {
    return this.date(instant, { hour: 'numeric', minute: '2-digit' });
  }

  /** Day and clock time in full, for titles and screen readers. */
  dateTime(instant: Instant): string {
    return this.date(instant, { dateStyle: 'medium', timeStyle: 'short' });
  }

  /** `today`, `yesterday`, a weekday within the last week, then the date. */
  day(instant: Instant, now: Instant = Date.now()): string {
    const age = daysBetween(instant, now);
    if (age === 0 || age === 1) {
      const format = cached(
        `relative auto ${this.tag}`,
        () => new Intl.RelativeTimeFormat(this.tag, { numeric: 'auto' }),
      );
      return capitalize(format.format(-age, 'day'), this.tag);
    }
    if (age > 1 && age < 7) return capitalize(this.date(instant, { weekday: 'long' }), this.tag);
    const sameYear = toDate(instant).getFullYear() === toDate(now).getFullYear();
    return this.date(instant, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
  }

  /** `5 min. ago`, `now` below one minute. */
  relative(instant: Instant, now: Instant = Date.now()): string {
    const elapsedMs = toDate(now).getTime() - toDate(instant).getTime();
    const options = { numeric: 'auto', style: 'short' } as const;
    const format = cached(`relative short ${this.tag}`, () => new Intl.RelativeTimeFormat(this.tag, options));
    for (const [unit, unitMs] of RELATIVE_UNITS) {
      if (Math.abs(elapsedMs) >= unitMs) return format.format(-Math.trunc(elapsedMs / unitMs), unit);
    }
    return format.format(0, 'second');
  }

  list(items: readonly string[]): string {
    return cached(`list ${this.tag}`, () => new Intl.ListFormat(this.tag)).format(items);
  }
}

function capitalize(text: string, tag: string): string {
  return text.slice(0, 1).toLocaleUpperCase(tag) + text.slice(1);
}

/** A set of tables: English inline, the others behind an import each. One that is too long for that has English behind an import too. */
export interface Catalogue<Key extends string> {
  readonly fallback: MessageTable<Key>;
  readonly loaders: Partial<Readonly<Record<Locale, () => Promise<MessageTable<Key>>>>>;
}

export function supportedLocales(catalogue: Catalogue<string>): readonly Locale[] {
  return LOCALES.filter((locale) => locale === 'en' || locale in catalogue.loaders);
}

export function createEnglishTranslator<Key extends string>({ fallback }: Catalogue<Key>): Translator<Key> {
  return new Translator({ locale: 'en', tag: 'en' }, fallback, fallback);
}

/**
 * Loads one table; a file that cannot be fetched leaves the reader with English instead of nothing. Rejects where English is a file too
 * and cannot be fetched either.
 */
export async function loadTranslator<Key extends string>(
  catalogue: Catalogue<Key>,
  resolved: ResolvedLocale,
): Promise<Translator<Key>> {
  const { fallback, loaders } = catalogue;
  const load = loaders[resolved.locale];
  const isEnglish = resolved.locale === 'en';
  if (load) {
    try {
      return new Translator(resolved, await load(), fallback);
    } catch (error) {
      if (isEnglish) throw error;
    }
  }
  if (!isEnglish) return loadTranslator(catalogue, { locale: 'en', tag: 'en' });
  return new Translator(resolved, fallback, fallback);
}

/**
 * Keeps a host in the language of its surroundings. `asked` is read at each connect and at {@link refresh}; the host
 * re-renders when the table has arrived and shows English until then.
 */
export class LocaleController<Key extends string> implements ReactiveController {
  translator: Translator<Key>;
  /** Settles when the table of the current language is in place. */
  ready: Promise<void> = Promise.resolve();
  readonly #host: ReactiveControllerHost & Element;
  #catalogue: Catalogue<Key>;
  readonly #asked: () => string | null | undefined;
  #wanted = 'en';

  constructor(
    host: ReactiveControllerHost & Element,
    catalogue: Catalogue<Key>,
    asked: () => string | null | undefined,
  ) {
    this.#host = host;
    this.#catalogue = catalogue;
    this.#asked = asked;
    this.translator = createEnglishTranslator(catalogue);
    if (catalogue.loaders.en) this.#wanted = '';
    host.addController(this);
  }

  hostConnected(): void {
    this.refresh();
  }

  /** Call it when the asked language may have changed. */
  refresh(): void {
    const resolved = resolveLocale(this.#host, this.#asked(), supportedLocales(this.#catalogue));
    if (resolved.tag === this.#wanted && resolved.tag === this.translator.tag) return;
    this.#load(resolved).catch(() => {});
  }

  /** Speaks from a larger set of tables from now on; settles when it can. */
  use(catalogue: Catalogue<Key>): Promise<void> {
    this.#catalogue = catalogue;
    return this.#load(resolveLocale(this.#host, this.#asked(), supportedLocales(catalogue)));
  }

  #load(resolved: ResolvedLocale): Promise<void> {
    const catalogue = this.#catalogue;
    this.#wanted = resolved.tag;
    this.ready = loadTranslator(catalogue, resolved).then((translator) => {
      if (this.#wanted !== resolved.tag || this.#catalogue !== catalogue) return;
      this.translator = translator;
      this.#host.requestUpdate();
    });
    return this.ready;
  }
}

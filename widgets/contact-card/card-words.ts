/** A card in words. Times are those of the branch, wherever the reader is. */
import { writeWhen, type CardTime } from '@frontdesk/domain/cards/when';
import type { CardAction } from '@frontdesk/protocol/cards';
import type { Locale } from '@frontdesk/protocol/locales';
import { directionOf, type Direction, type ResolvedLocale } from '../core/resolve-locale.js';
import { CARD_TABLES, type CardKey, type WordTables } from '../locales/card.js';
import type { CardState } from './card-session.js';

/** Speaks one language. */
export interface Words<Key extends string> {
  readonly locale: Locale;
  /** Full tag (`ar-EG`), which decides how times are written. */
  readonly tag: string;
  readonly direction: Direction;
  t(key: Key, values?: Readonly<Record<string, string>>): string;
}

export type CardWords = Words<CardKey>;

/** Rejects where neither this language nor English can be fetched. */
export async function loadWords<Key extends string>(
  tables: WordTables<Key>,
  { locale, tag }: ResolvedLocale,
): Promise<Words<Key>> {
  try {
    const { table } = await tables[locale]();
    const t: Words<Key>['t'] = (key, values = {}) =>
      table[key].replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
    return { locale, tag, direction: directionOf(locale), t };
  } catch (error) {
    if (locale === 'en') throw error;
    return loadWords(tables, { locale: 'en', tag: 'en' });
  }
}

export const loadCardWords = (resolved: ResolvedLocale): Promise<CardWords> => loadWords(CARD_TABLES, resolved);

export interface OpeningWords {
  readonly isOpen: boolean;
  /** `Open now` */
  readonly state: string;
  /** `until 9:00 PM`; null where nothing more is known. */
  readonly more: string | null;
}

/** What days and times are written from; null where hours are not shown. */
export function timeOf({ tag }: CardWords, { view, nowMs }: CardState): CardTime | null {
  return view?.days ? { days: view.days, nowMs, timeZone: view.timeZone, languageTag: tag } : null;
}

/** null where hours are not shown, or not known for the day that it is by the reader's clock. */
export function describeOpeningWords(words: CardWords, state: CardState): OpeningWords | null {
  const { opening } = state;
  const time = timeOf(words, state);
  if (!opening || !time) return null;
  const at = (instantMs: number): { time: string } => ({ time: writeWhen(instantMs, time) });
  switch (opening.kind) {
    case 'open': {
      const { closesAtMs } = opening;
      const more = closesAtMs === null ? words.t('card.always') : words.t('card.until', at(closesAtMs));
      return { isOpen: true, state: words.t('card.open'), more };
    }
    case 'closed':
      return { isOpen: false, state: words.t('card.closed'), more: words.t('card.opens', at(opening.opensAtMs)) };
    case 'closed-until-further-notice':
      return { isOpen: false, state: words.t('card.closedForNow'), more: null };
  }
}

/** Names of products, the same in every language. */
const MAP_NAMES = { google: 'Google Maps', apple: 'Apple Maps', waze: 'Waze' } as const;

export function nameMap(words: CardWords, { map }: CardAction): string {
  return map === null || map === 'geo' ? words.t('card.maps') : MAP_NAMES[map];
}

/** First letters of the first two words, as readers of the script count letters. */
export function initialsOf(name: string): string {
  const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const words = name.split(/[\s.,;]+/u).filter((word) => /^\p{L}/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...letters.segment(word)][0]?.segment ?? '')
    .join('');
}

/** A card in words. Times are those of the branch, wherever the reader is. */
import { writeWhen } from '@frontdesk/domain/cards/when';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { CardAction } from '@frontdesk/protocol/cards';
import type { Translator } from '../core/locale.js';
import type { CardKey } from '../locales/card.js';
import type { CardState } from './card-session.js';

export type CardWords = Translator<CardKey>;

export interface OpeningWords {
  readonly isOpen: boolean;
  /** `Open now` */
  readonly state: string;
  /** `until 9:00 PM`; null where nothing more is known. */
  readonly more: string | null;
}

/** null where hours are not shown. */
export function describeOpeningWords(words: CardWords, { view, opening, nowMs }: CardState): OpeningWords | null {
  if (!view || !opening) return null;
  const at = (instantMs: number): string => writeWhen(instantMs, nowMs, getZone(view.timeZone), words.tag);
  switch (opening.kind) {
    case 'open': {
      const { closesAtMs } = opening;
      const more = closesAtMs === null ? words.t('card.always') : words.t('card.until', { time: at(closesAtMs) });
      return { isOpen: true, state: words.t('card.open'), more };
    }
    case 'closed':
      return {
        isOpen: false,
        state: words.t('card.closed'),
        more: words.t('card.opens', { time: at(opening.opensAtMs) }),
      };
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

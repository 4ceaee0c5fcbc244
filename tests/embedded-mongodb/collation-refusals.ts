/** Collations, and the code of the refusal: the server's where it refuses too, 238 for what `Intl.Collator` cannot do. */
import type { Document } from 'bson';

export const refusedCollations: readonly (readonly [collation: unknown, code: number])[] = [
  [{ strength: 2 }, 40414],
  [{ locale: 'en', nonsense: 1 }, 40415],
  [{ locale: 5 }, 14],
  [{ locale: 'en', strength: 'two' }, 14],
  [{ locale: 'en', caseLevel: 1 }, 14],
  [{ locale: 'en', caseFirst: true }, 14],
  [{ locale: 'en', strength: -1 }, 51024],
  [{ locale: 'en', strength: 6 }, 51024],
  [{ locale: 'en', strength: 0 }, 2],
  [{ locale: 'en', caseFirst: 'sometimes' }, 2],
  [{ locale: 'en', alternate: 'shiftless' }, 2],
  [{ locale: 'en', maxVariable: 'symbols' }, 2],
  [{ locale: 'xx' }, 2],
  [{ locale: 'en_nonsense' }, 2],
  [{ locale: 'en-US' }, 2],
  [{ locale: '' }, 2],
  [{ locale: 'en', strength: 2, caseFirst: 'upper' }, 2],
  [{ locale: 'da', strength: 2 }, 2],
  [{ locale: 'en', strength: 1, backwards: true }, 2],
  [{ locale: 'fr_CA', strength: 1 }, 2],
  [{ locale: 'en', strength: 4 }, 238],
  [{ locale: 'en', strength: 5 }, 238],
  [{ locale: 'en', strength: 2, caseLevel: true }, 238],
  [{ locale: 'en', backwards: true }, 238],
  [{ locale: 'fr_CA', backwards: false }, 238],
  [{ locale: 'en', alternate: 'shifted', maxVariable: 'space' }, 238],
  [{ locale: 'de@collation=phonebook' }, 238],
  [{ locale: 'en_US_POSIX' }, 238],
  [{ locale: 'en', version: '57.1' }, 238],
  ['en', 14],
];

/** Where a collation is a default or an index would have one. */
export const refusedPlaces: readonly (readonly [command: Document, code: number])[] = [
  [{ create: 'collated', collation: { locale: 'en' } }, 72],
  [{ createIndexes: 'things', indexes: [{ key: { z: 1 }, name: 'z_1', collation: { locale: 'en' } }] }, 67],
];

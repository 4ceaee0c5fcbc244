/**
 * A name as a waiting room may see it: `Muhammad Aiman` becomes `Muh*** A.` (QD-14). Works on what a reader calls letters, so
 * that a Tamil or Hindi syllable is never cut.
 */
const SHOWN_LETTERS = 3;

function letters(text: string): string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);
}

export function maskName(name: string): string {
  const [first = '', ...others] = name.trim().split(/\s+/);
  if (first === '') return '';
  const all = letters(first);
  // Of a short name less is shown, so that something is always hidden.
  const shown = all.slice(0, Math.max(1, Math.min(SHOWN_LETTERS, all.length - 1))).join('');
  const initial = letters(others.at(-1) ?? '')[0];
  return initial === undefined ? `${shown}***` : `${shown}*** ${initial}.`;
}

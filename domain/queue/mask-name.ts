/**
 * A name as a waiting room may see it: `Muhammad Aiman` becomes `Muh*** A.` (QD-14). Works on what a reader calls letters, so
 * that a Tamil or Hindi syllable is never cut. Only letters, marks and digits are left: a name can bring no markup, no picture and
 * no mark that turns the direction of the text around it. Empty when there is no letter.
 */
const shownLetters = 3;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

function lettersOf(word: string): string[] {
  return Array.from(graphemes.segment(word), ({ segment }) => segment);
}

export function maskName(name: string): string {
  const words = name
    .normalize('NFC')
    .split(/\s+/u)
    // Joiners shape Indic and Arabic letters.
    .map((word) => word.replaceAll(/[^\p{L}\p{M}\p{N}'’\-\u200c\u200d]/gu, '').replace(/^[^\p{L}]+/u, ''))
    .filter((word) => word !== '');
  const [first, ...others] = words;
  if (first === undefined) return '';
  const letters = lettersOf(first);
  // Of a short name less is shown, so that something is hidden of all but a single letter.
  const shown = letters.slice(0, Math.max(1, Math.min(shownLetters, letters.length - 1))).join('');
  const initial = lettersOf(others.at(-1) ?? '')[0];
  return initial === undefined ? `${shown}***` : `${shown}*** ${initial}.`;
}

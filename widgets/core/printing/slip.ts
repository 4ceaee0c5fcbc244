/** A ticket on paper, as text: what both ways of printing draw from. A class of priority is nowhere in it (QK-15). */
import type { Direction } from '../resolve-locale.js';

export type PaperMillimeters = 58 | 80;

export interface Slip {
  /** BCP 47, for fonts and hyphens. */
  readonly tag: string;
  readonly direction: Direction;
  readonly business: string;
  readonly caption: string;
  readonly label: string;
  readonly service: string;
  /** People ahead, range, time; each a line of its own. */
  readonly lines: readonly string[];
  /** What the code is good for; null where there is none. */
  readonly qr: { readonly url: string; readonly hint: string } | null;
}

/** Dots across what a print head of 203 dpi prints on this paper. */
export const PRINT_DOTS: Readonly<Record<PaperMillimeters, number>> = { 58: 384, 80: 576 };
/** Characters of the printer's own font A (12 dots wide) in a line. */
export const PRINT_COLUMNS: Readonly<Record<PaperMillimeters, number>> = { 58: 32, 80: 48 };

/** Printers of all makes know these characters by themselves; everything else is drawn. */
export const isPrinterText = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Dashes and quotes of good typography in the characters that printers know. */
export function toPrinterText(text: string): string {
  return text
    .replace(/[‐-―−]/g, '-')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/…/g, '...')
    .replace(/·/g, '-')
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/[\u200e\u200f\u2066-\u2069]/g, '');
}

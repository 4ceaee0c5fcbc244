/** Colours that are read across a room: 7:1 where the rest of Frontdesk needs 4.5:1 (QD-4). */
import { contrast, hexToOklch, normalizeHex, oklchToHex } from '../core/color.js';
import { DEFAULT_ACCENT } from '../core/theme.js';

const FAR_CONTRAST = 7;
const INK = '#0c0d12';
const STEP = 0.01;

export interface EmphasisColors {
  readonly background: string;
  readonly text: string;
}

/** The accent as the ground of the newest call: as it is under dark ink, or darkened until white can be read from afar. */
export function createEmphasisColors(accent: string | null): EmphasisColors {
  const hex = normalizeHex(accent) ?? DEFAULT_ACCENT;
  if (contrast(hex, INK) >= FAR_CONTRAST) return { background: hex, text: INK };
  let color = hexToOklch(hex);
  while (contrast(oklchToHex(color), '#ffffff') < FAR_CONTRAST && color.lightness > STEP) {
    color = { ...color, lightness: color.lightness - STEP };
  }
  return { background: oklchToHex(color), text: '#ffffff' };
}

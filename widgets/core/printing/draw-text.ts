/**
 * Text as dots, for scripts that receipt printers cannot write: their fonts have no Tamil, Devanagari or Arabic, join no letters,
 * and know Chinese in one old encoding if at all. The browser shapes it, the printer gets a picture (QK-5).
 */
import type { Direction } from '../resolve-locale.js';

const FONTS =
  '"Noto Sans","Noto Sans SC","Noto Sans Tamil","Noto Sans Devanagari","Noto Sans Arabic",system-ui,"Segoe UI","PingFang SC","Microsoft YaHei",Nirmala UI,sans-serif';
/** Tall enough for vowel signs above and below. */
const LINE_HEIGHT = 1.5;
/** Grey edges of letters become black or white here; thin strokes must stay. */
const BLACK_BELOW = 160;

export interface TextStyle {
  readonly widthDots: number;
  readonly sizeDots: number;
  readonly isBold: boolean;
  readonly direction: Direction;
  readonly tag: string;
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

function createContext(width: number, height: number): Context {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser draws nothing.');
  return context;
}

function setUp(context: Context, { sizeDots, isBold, direction }: TextStyle): void {
  context.font = `${isBold ? 700 : 500} ${sizeDots}px ${FONTS}`;
  context.direction = direction;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = '#000';
}

/** Pieces between which a line may break: words where the script has spaces, single characters where it has none. */
function splitPieces(text: string, tag: string): string[] {
  if (typeof Intl.Segmenter !== 'function') return text.split(/(?<=\s)/);
  return [...new Intl.Segmenter(tag, { granularity: 'word' }).segment(text)].map(({ segment }) => segment);
}

function wrap(context: Context, text: string, { widthDots, tag }: TextStyle): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of splitPieces(text, tag)) {
    const isTooWide = line !== '' && context.measureText((line + piece).trimEnd()).width > widthDots;
    // Closing punctuation stays with its word.
    if (isTooWide && !/^\p{Po}+$/u.test(piece)) {
      lines.push(line.trim());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line.trim()].filter((one) => one !== '');
}

function toBlackAndWhite(image: ImageData): ImageData {
  const { data } = image;
  for (let at = 0; at < data.length; at += 4) {
    const level = (data[at] ?? 255) < BLACK_BELOW ? 0 : 255;
    data.set([level, level, level, 255], at);
  }
  return image;
}

/** Centred lines, wrapped to the width; the height is a multiple of eight, as printers take pictures in rows of bytes. */
export function drawText(text: string, style: TextStyle): ImageData {
  const measuring = createContext(1, 1);
  setUp(measuring, style);
  const lines = wrap(measuring, text, style);
  const lineHeight = Math.ceil(style.sizeDots * LINE_HEIGHT);
  const height = Math.ceil((Math.max(lines.length, 1) * lineHeight) / 8) * 8;
  const context = createContext(style.widthDots, height);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, style.widthDots, height);
  setUp(context, style);
  for (const [index, line] of lines.entries()) {
    context.fillText(line, style.widthDots / 2, (index + 0.5) * lineHeight, style.widthDots);
  }
  return toBlackAndWhite(context.getImageData(0, 0, style.widthDots, height));
}

/**
 * Reads QR codes from pictures of a screen, as a phone in front of it would. Written from ISO/IEC 18004 and not with the library that
 * draws them, so that both would have to be wrong in the same way. Codes are upright and whole: byte mode, correction L, versions 1 to 9.
 */
import type { Locator } from 'playwright-core';

type Rows = readonly (readonly boolean[])[];

/** Blocks of a version with correction L, and the data codewords of each (table 9). */
const BLOCKS = [
  [1, 19],
  [1, 34],
  [1, 55],
  [1, 80],
  [1, 108],
  [2, 68],
  [2, 78],
  [2, 97],
  [2, 116],
] as const;

/** Which modules are inverted (table 10); `x` is the column. */
const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

const FORMAT_MASK = 0x5412;
const CORRECTION_L = 1;
const BYTE_MODE = 4;

const versionOf = (rows: Rows): number => (rows.length - 17) / 4;

/** The mask of the code; throws unless its correction is L. */
function readMask(rows: Rows): (x: number, y: number) => boolean {
  const places = [0, 1, 2, 3, 4, 5, 7, 8].map((x) => [x, 8]).concat([7, 5, 4, 3, 2, 1, 0].map((y) => [8, y]));
  const format = places.reduce((bits, [x = 0, y = 0]) => (bits << 1) | Number(rows[y]?.[x] ?? false), 0) ^ FORMAT_MASK;
  const mask = MASKS[(format >> 10) & 7];
  if (format >> 13 !== CORRECTION_L || !mask) throw new Error(`A code of another kind: format ${format}`);
  return mask;
}

/** Finders with their format bits, timing, alignment and version patterns carry no data. */
function isFunction(x: number, y: number, size: number, version: number): boolean {
  if (x === 6 || y === 6) return true;
  if ((x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8)) return true;
  if (version >= 7 && ((x >= size - 11 && y < 6) || (y >= size - 11 && x < 6))) return true;
  const centres = version === 1 ? [] : [6, ...(version >= 7 ? [2 * version + 8] : []), size - 7];
  return centres.some((a) => centres.some((b) => !isFinder(a, b, size) && isNear(a, x) && isNear(b, y)));
}

const isNear = (centre: number, place: number): boolean => Math.abs(centre - place) <= 2;
/** Where a finder stands there is no alignment pattern. */
const isFinder = (a: number, b: number, size: number): boolean =>
  Math.min(a, b) === 6 && (Math.max(a, b) === 6 || Math.max(a, b) === size - 7);

/** Two columns at a time, from the right, up and down. */
function* walk(size: number): Iterable<readonly [number, number]> {
  let isUpward = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const y = isUpward ? size - 1 - step : step;
      yield [right, y];
      yield [right - 1, y];
    }
    isUpward = !isUpward;
  }
}

function readCodewords(rows: Rows): number[] {
  const isInverted = readMask(rows);
  const bits: boolean[] = [];
  for (const [x, y] of walk(rows.length)) {
    if (isFunction(x, y, rows.length, versionOf(rows))) continue;
    bits.push((rows[y]?.[x] ?? false) !== isInverted(x, y));
  }
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, index) =>
    bits.slice(index * 8, index * 8 + 8).reduce((byte, bit) => byte * 2 + Number(bit), 0),
  );
}

/** The text of a code, from its modules without the quiet zone. */
export function decodeQr(rows: Rows): string {
  const [blocks, length] = BLOCKS[versionOf(rows) - 1] ?? [0, 0];
  const codewords = readCodewords(rows);
  const data = Array.from({ length: blocks * length }, (_, index) => {
    const [block, place] = [Math.floor(index / length), index % length];
    return codewords[place * blocks + block] ?? 0;
  });
  const nibbles = data.flatMap((byte) => [byte >> 4, byte & 15]);
  const [mode, high = 0, low = 0] = nibbles;
  if (mode !== BYTE_MODE) throw new Error(`Not bytes, but mode ${mode}`);
  const bytes = Array.from({ length: high * 16 + low }, (_, index) => {
    const at = 3 + index * 2;
    return (nibbles[at] ?? 0) * 16 + (nibbles[at + 1] ?? 0);
  });
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

export interface SeenQr {
  readonly text: string;
  /** Pixels of the screen for each module. */
  readonly modulePixels: number;
}

/** What a picture of an element shows; the picture holds a code and nothing else that is dark. */
export async function readQr(shown: Locator): Promise<SeenQr> {
  const picture = (await shown.screenshot({ animations: 'disabled' })).toString('base64');
  const seen = await shown.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { width, height } = image;
    const canvas = new OffscreenCanvas(width, height).getContext('2d');
    canvas?.drawImage(image, 0, 0);
    const { data } = canvas?.getImageData(0, 0, width, height) ?? { data: [] };
    return Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (__, x) => (data[(y * width + x) * 4] ?? 255) < 128),
    );
  }, picture);
  return readPixels(seen);
}

/** The first dark run of the first dark line is the side of a finder: seven modules. */
function readPixels(pixels: Rows): SeenQr {
  const top = pixels.findIndex((line) => line.includes(true));
  const first = pixels[top] ?? [];
  const left = first.indexOf(true);
  const span = first.lastIndexOf(true) + 1 - left;
  const finder = first.indexOf(false, left) - left;
  const version = Math.round(((span / finder) * 7 - 17) / 4);
  const size = 17 + 4 * version;
  const modulePixels = span / size;
  const at = (start: number, module: number): number => Math.floor(start + (module + 0.5) * modulePixels);
  const rows = Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) => pixels[at(top, y)]?.[at(left, x)] ?? false),
  );
  return { text: decodeQr(rows), modulePixels };
}

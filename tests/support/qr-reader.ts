/**
 * Reads a QR code from pixels, by ISO/IEC 18004 alone and without the library that drew it: finds the symbol by its dark corners, samples
 * each module in its middle, takes format, mask and codewords from there. It repairs nothing, so one wrong module is an error.
 */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  isDark(x: number, y: number): boolean;
}

export interface ReadQr {
  readonly text: string;
  readonly version: number;
  /** Light modules around the symbol, on the narrowest side. */
  readonly quietModules: number;
  /** Pixels of the picture for each module. */
  readonly modulePixels: number;
}

type Grid = readonly (readonly boolean[])[];

/** Data codewords of each block, by level as the format bits name it, and by version (table 9). */
const BLOCKS: Readonly<Record<number, readonly (readonly number[])[]>> = {
  // M
  0: [
    [16],
    [28],
    [44],
    [32, 32],
    [43, 43],
    [27, 27, 27, 27],
    [31, 31, 31, 31],
    [38, 38, 39, 39],
    [36, 36, 36, 37, 37],
    [43, 43, 43, 43, 44],
  ],
  // L
  1: [[19], [34], [55], [80], [108], [68, 68], [78, 78], [97, 97], [116, 116], [68, 68, 69, 69]],
};
/** Centres of alignment patterns by version (annex E). */
const ALIGNMENT: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];
const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];
const FORMAT_MASK = 0b101010000010010;
const FINDER = [1, 1, 3, 1, 1];

function findBounds(pixels: Pixels): { left: number; top: number; side: number } {
  const dark = { left: pixels.width, right: -1, top: pixels.height, bottom: -1 };
  for (let y = 0; y < pixels.height; y += 1) {
    for (let x = 0; x < pixels.width; x += 1) {
      if (!pixels.isDark(x, y)) continue;
      dark.left = Math.min(dark.left, x);
      dark.right = Math.max(dark.right, x);
      dark.top = Math.min(dark.top, y);
      dark.bottom = Math.max(dark.bottom, y);
    }
  }
  return { left: dark.left, top: dark.top, side: Math.max(dark.right - dark.left, dark.bottom - dark.top) + 1 };
}

/** The top row of the symbol begins with the seven dark modules of a finder pattern; on a screen they are seldom whole pixels. */
function findSize(pixels: Pixels, { left, top, side }: ReturnType<typeof findBounds>): number {
  let run = 0;
  while (pixels.isDark(left + run, top)) run += 1;
  return 17 + 4 * Math.round((side / (run / 7) - 17) / 4);
}

function checkFinder(grid: Grid, row: number, column: number): void {
  const middle = grid[row + 3]?.slice(column, column + 7) ?? [];
  const runs: number[] = [];
  for (const [index, module] of middle.entries()) {
    if (index > 0 && module === middle[index - 1]) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
    else runs.push(1);
  }
  if (!middle[0] || runs.join() !== FINDER.join()) throw new Error('a corner has no finder pattern');
}

function readFormat(grid: Grid): { mask: number; level: number } {
  const positions = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => [8, column] as const);
  const further = [7, 5, 4, 3, 2, 1, 0].map((row) => [row, 8] as const);
  let bits = 0;
  for (const [row, column] of [...positions, ...further]) bits = bits * 2 + Number(grid[row]?.[column]);
  const format = (bits ^ FORMAT_MASK) >> 10;
  return { mask: format & 7, level: format >> 3 };
}

function isFunction(row: number, column: number, size: number, version: number): boolean {
  const nearTop = row <= 8;
  const nearStart = column <= 8;
  if ((nearTop && (nearStart || column >= size - 8)) || (nearStart && row >= size - 8)) return true;
  if (row === 6 || column === 6) return true;
  if (version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11))) return true;
  const centres = ALIGNMENT[version - 1] ?? [];
  const last = centres.at(-1) ?? 0;
  return centres.some((y) =>
    centres.some((x) => {
      const isCorner = (y === 6 && x === 6) || (y === 6 && x === last) || (y === last && x === 6);
      return !isCorner && Math.abs(row - y) <= 2 && Math.abs(column - x) <= 2;
    }),
  );
}

function readCodewords(grid: Grid, version: number, mask: number): number[] {
  const size = grid.length;
  const bits: boolean[] = [];
  let isUpward = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    for (let step = 0; step < size; step += 1) {
      const row = isUpward ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (isFunction(row, column, size, version)) continue;
        bits.push(Boolean(grid[row]?.[column]) !== Boolean(MASKS[mask]?.(row, column)));
      }
    }
    isUpward = !isUpward;
  }
  const words: number[] = [];
  for (let at = 0; at + 8 <= bits.length; at += 8) {
    words.push(bits.slice(at, at + 8).reduce((word, bit) => word * 2 + Number(bit), 0));
  }
  return words;
}

function takeData(words: readonly number[], version: number, level: number): number[] {
  const sizes = BLOCKS[level]?.[version - 1];
  if (!sizes) throw new Error(`version ${version} of level ${level} is not read here`);
  const blocks = sizes.map((): number[] => []);
  let at = 0;
  for (let index = 0; index < Math.max(...sizes); index += 1) {
    for (const [block, length] of sizes.entries()) {
      if (index < length) blocks[block]?.push(words[at++] ?? 0);
    }
  }
  return blocks.flat();
}

function readText(data: readonly number[], version: number): string {
  const bits = data.map((word) => word.toString(2).padStart(8, '0')).join('');
  let at = 0;
  const take = (count: number): number => Number.parseInt(bits.slice(at, (at += count)), 2);
  const bytes: number[] = [];
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
  for (let mode = take(4); mode > 0; mode = at + 4 <= bits.length ? take(4) : 0) {
    if (mode === 4) for (let left = take(version < 10 ? 8 : 16); left > 0; left -= 1) bytes.push(take(8));
    else if (mode === 2) {
      for (let left = take(version < 10 ? 9 : 11); left > 0; left -= 2) {
        const pair = take(left > 1 ? 11 : 6);
        const characters = left > 1 ? [Math.floor(pair / 45), pair % 45] : [pair];
        bytes.push(...characters.map((index) => alphabet.charCodeAt(index)));
      }
    } else throw new Error(`mode ${mode} is not read here`);
  }
  return Buffer.from(bytes).toString('utf8');
}

export function readQr(pixels: Pixels): ReadQr {
  const bounds = findBounds(pixels);
  const size = findSize(pixels, bounds);
  const version = (size - 17) / 4;
  const module = bounds.side / size;
  const sample = (origin: number, index: number): number => Math.floor(origin + (index + 0.5) * module);
  const grid = Array.from({ length: size }, (_row, row) =>
    Array.from({ length: size }, (_column, column) =>
      pixels.isDark(sample(bounds.left, column), sample(bounds.top, row)),
    ),
  );
  for (const [row, column] of [[0, 0] as const, [0, size - 7] as const, [size - 7, 0] as const])
    checkFinder(grid, row, column);
  const { mask, level } = readFormat(grid);
  const text = readText(takeData(readCodewords(grid, version, mask), version, level), version);
  const margins = [
    bounds.left,
    bounds.top,
    pixels.width - bounds.left - bounds.side,
    pixels.height - bounds.top - bounds.side,
  ];
  return { text, version, quietModules: Math.min(...margins) / module, modulePixels: module };
}

/** Draws our SVG of unit-high dark rectangles (`M x y h w v 1`) at `side` pixels, each pixel as the point in its middle. */
export function rasterizeSvg(svg: string, side: number): Pixels {
  const box = Number(/viewBox="0 0 (\d+) \d+"/.exec(svg)?.[1]);
  const rects = [...svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)].map(([, x, y, width]) => [
    Number(x),
    Number(y),
    Number(width),
  ]);
  const dark = new Set<number>();
  for (const [x = 0, y = 0, width = 0] of rects)
    for (let step = 0; step < width; step += 1) dark.add(y * box + x + step);
  const unit = (pixel: number): number => Math.floor(((pixel + 0.5) / side) * box);
  return { width: side, height: side, isDark: (x, y) => dark.has(unit(y) * box + unit(x)) };
}

/**
 * How calls share a screen. All lengths are hundredths of the screen's height, so that 720p, 4K and a screen on its side are
 * the same sum; the styles multiply them by the real height.
 */
import type { Size } from '../core/measure.js';

const GAP = 1.6;
const MIN_ROW_HEIGHT = 11.6;
/** The dots that say which page it is. */
const PAGES_HEIGHT = 2;
/** Letters of a label that is not the newest: at least 8 % of the height (QD-4). */
const MIN_LABEL_SIZE = 8;
const ROW_LABEL_SIZE = 9.2;
const MAX_LABEL_SIZE = 38;
const MIN_HERO_HEIGHT = 24;
/** A label against the height of the row it stands in. */
const LABEL_SHARE = 0.76;
/** With the newest call apart, this many pages at most; else it stands among the others. */
const MAX_PAGES_WITH_HERO = 4;
/** Everybody who is called is on the screen within this time (QD-3). */
export const CYCLE_MS = 10_000;
const MAX_PAGE_MS = 5_000;
const MIN_PAGE_MS = 1_000;
/** Widths of a bold digit or capital, and of a letter of a counter's name, against the size of the type; those of wide fonts. */
const LABEL_ADVANCE = 0.7;
const TEXT_ADVANCE = 0.62;
/** Names that are longer take a second line. */
const COUNTER_LINE_LENGTH = 12;
const MEDIA_SHARE = 0.4;

/** Bands around the calls; a screen on its side has height to spare and no width. */
const LANDSCAPE = { header: 9, recent: 14, footer: 8, notice: 7.5, media: 0, padding: 2.5 } as const;
const PORTRAIT = { header: 5, recent: 12.5, footer: 6, notice: 5, media: 24, padding: 1.4 } as const;
const MIN_COUNTER_SIZE = 2.4;
const COUNTER_SIZE = 4.6;
/** The arrow before a counter and the space around it, against the size of the counter's type. */
const ARROW_ADVANCE = 1.6;
/** Labels that are longer stand above their counters on a screen on its side. */
const MAX_LABEL_BESIDE_COUNTER = 5;
const STACKED_ROW_HEIGHT = 14.5;

/**
 * Side of the code to join with, below the calls: at 1080p four pixels and more for each of the 53 modules, quiet zone included, that a
 * link of 154 signs needs.
 */
const BAND_CODE_SIZE = { landscape: 19.8, portrait: 13 } as const;
/** Of the screen's width, on one on its side. */
const MAX_BAND_CODE_SHARE = 0.24;
/** Width against height: on a screen that is squarer, six recent calls have no room for a code beside them. */
const MIN_BAND_CODE_RATIO = 1.55;
/** Of the room for calls while nobody is called. */
const FREE_CODE_HEIGHT = 0.46;
const FREE_CODE_WIDTH = 0.6;
/** A code that is smaller, in pixels, is read by no phone. */
const MIN_CODE_PIXELS = 100;

export interface LayoutInput {
  readonly size: Size;
  readonly callCount: number;
  /** Characters of the longest label and of the longest counter name among the calls. */
  readonly labelLength: number;
  readonly counterLength: number;
  readonly heroLabelLength: number;
  readonly heroCounterLength: number;
  readonly hasMedia: boolean;
  readonly hasRecent: boolean;
  readonly hasNotice: boolean;
  readonly hasJoinCode: boolean;
}

/** - `calls`: in the room of the calls while there is none. - `bands`: at the end of the bands below them. */
export interface CodeLayout {
  readonly place: 'calls' | 'bands';
  readonly size: number;
}

export interface BoardLayout {
  readonly isPortrait: boolean;
  readonly bands: Readonly<Record<'header' | 'recent' | 'footer' | 'notice' | 'media' | 'padding', number>>;
  /** The code to join with; null where there is none, or no room for it. */
  readonly code: CodeLayout | null;
  readonly hasHero: boolean;
  /** Counters stand below their labels instead of beside them. */
  readonly isHeroStacked: boolean;
  readonly areRowsStacked: boolean;
  readonly heroLabelSize: number;
  readonly heroCounterSize: number;
  readonly labelSize: number;
  readonly counterSize: number;
  readonly rowHeight: number;
  readonly columns: number;
  readonly rows: number;
  readonly pages: number;
  readonly pageMs: number;
}

interface Area {
  readonly width: number;
  readonly height: number;
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/** Side of the code in the bands; 0 where it stands elsewhere or nowhere. */
function fitBandCode({ size: { width, height }, callCount, hasJoinCode }: LayoutInput): number {
  if (!hasJoinCode || callCount === 0) return 0;
  const ratio = width / height;
  if (ratio < 1) return Math.min(BAND_CODE_SIZE.portrait, 100 * ratio * MAX_BAND_CODE_SHARE);
  return ratio < MIN_BAND_CODE_RATIO ? 0 : BAND_CODE_SIZE.landscape;
}

function fitCode(input: LayoutInput, area: Area, bandCode: number): CodeLayout | null {
  const { size, callCount, hasJoinCode } = input;
  if (!hasJoinCode) return null;
  const free = Math.min(area.height * FREE_CODE_HEIGHT, area.width * FREE_CODE_WIDTH);
  const code =
    callCount === 0 ? ({ place: 'calls', size: free } as const) : ({ place: 'bands', size: bandCode } as const);
  return (code.size * size.height) / 100 < MIN_CODE_PIXELS ? null : code;
}

function measureArea({ size, hasMedia, hasRecent, hasNotice }: LayoutInput, isPortrait: boolean): Area {
  const bands = isPortrait ? PORTRAIT : LANDSCAPE;
  const screenWidth = (100 * size.width) / size.height;
  // Media take a part of the width beside the calls; on a screen on its side, a band of its height.
  const share = hasMedia && !isPortrait ? 1 - MEDIA_SHARE : 1;
  const taken = (hasRecent ? bands.recent : 0) + (hasNotice ? bands.notice : 0) + (hasMedia ? bands.media : 0);
  return {
    width: screenWidth * share - 2 * bands.padding,
    height: 100 - bands.header - bands.footer - taken - GAP,
  };
}

const rowsIn = (height: number, rowHeight: number): number =>
  Math.max(1, Math.floor((height + GAP) / (rowHeight + GAP)));

/** Label and counter as large as the width and the height allow. */
function fitHero({ width, height }: Area, { heroLabelLength, heroCounterLength }: LayoutInput, isStacked: boolean) {
  const labelWidth = LABEL_ADVANCE * Math.max(3, heroLabelLength) + 0.5;
  const counterWidth = TEXT_ADVANCE * clamp(heroCounterLength, 4, COUNTER_LINE_LENGTH) + ARROW_ADVANCE;
  if (isStacked) {
    const heroLabelSize = Math.min(width / labelWidth, MAX_LABEL_SIZE, height * 0.56);
    return { heroLabelSize, heroCounterSize: Math.min(heroLabelSize * 0.44, (width * 0.9) / counterWidth) };
  }
  const labelSize = width / (labelWidth + 0.38 * counterWidth + 0.4);
  const heroLabelSize = clamp(labelSize, MIN_LABEL_SIZE, Math.min(MAX_LABEL_SIZE, height * LABEL_SHARE));
  return { heroLabelSize, heroCounterSize: clamp(heroLabelSize * 0.38, MIN_COUNTER_SIZE, 13) };
}

/** As many columns as labels and counters need; in what is left of the width the counters grow and shrink. */
function fitRow({ width }: Area, input: LayoutInput, isPortrait: boolean) {
  const { padding } = isPortrait ? PORTRAIT : LANDSCAPE;
  const labelWidth = LABEL_ADVANCE * Math.max(3, input.labelLength);
  const counterWidth = TEXT_ADVANCE * clamp(input.counterLength, 2, COUNTER_LINE_LENGTH) + ARROW_ADVANCE;
  const extras = 2 * padding;
  const needed = ROW_LABEL_SIZE * labelWidth + (isPortrait ? 3 : COUNTER_SIZE) * counterWidth + extras;
  const columns = clamp(Math.floor((width + GAP) / (needed + GAP)), 1, 3);
  const inner = (width - GAP * (columns - 1)) / columns - extras;
  const isStacked = isPortrait && input.labelLength > MAX_LABEL_BESIDE_COUNTER;
  // A label is kept whole before it is kept large.
  const labelSize = isStacked
    ? Math.min(MIN_LABEL_SIZE, inner / labelWidth)
    : Math.max(MIN_LABEL_SIZE, (inner - MIN_COUNTER_SIZE * counterWidth) / labelWidth);
  const fitCounter = (size: number): number =>
    clamp(((isStacked ? inner : inner - size * labelWidth) * 0.98) / counterWidth, MIN_COUNTER_SIZE, size * 0.56);
  return { columns, labelSize, isStacked, fitCounter };
}

/** Rows below the newest call, or rows alone when those would need too many pages. */
function fitPages(callCount: number, columns: number, minRowHeight: number, height: number) {
  const others = Math.max(0, callCount - 1);
  const wanted = Math.ceil(others / columns);
  const below = Math.min(wanted, rowsIn(height - MIN_HERO_HEIGHT - GAP, minRowHeight));
  const pagesBelow = Math.max(1, Math.ceil(others / Math.max(1, below * columns)));
  if (pagesBelow <= MAX_PAGES_WITH_HERO) return { hasHero: true, rows: below, pages: pagesBelow };
  const rows = rowsIn(height - PAGES_HEIGHT, minRowHeight);
  return { hasHero: false, rows, pages: Math.ceil(callCount / (rows * columns)) };
}

export function computeLayout(input: LayoutInput): BoardLayout {
  const { size, callCount } = input;
  const isPortrait = size.height > size.width;
  const bandCode = fitBandCode(input);
  // A code takes the band of the recent calls also before there are any, and never more of the calls than those do.
  const area = measureArea({ ...input, hasRecent: input.hasRecent || bandCode > 0 }, isPortrait);
  const row = fitRow(area, input, isPortrait);
  const { columns } = row;
  const minRowHeight = row.isStacked ? STACKED_ROW_HEIGHT : MIN_ROW_HEIGHT;
  const { hasHero, rows, pages } = fitPages(callCount, columns, minRowHeight, area.height);
  const dots = pages > 1 ? PAGES_HEIGHT : 0;
  const rowHeight = hasHero ? minRowHeight : (area.height - dots - GAP * (rows - 1)) / rows;
  const heroHeight = area.height - dots - (hasHero ? rows * (minRowHeight + GAP) : 0);
  const labelSize = row.isStacked ? row.labelSize : clamp(rowHeight * LABEL_SHARE, MIN_LABEL_SIZE, row.labelSize);
  const counterSize = Math.min(row.fitCounter(labelSize), row.isStacked ? 3.2 : 7);
  return {
    isPortrait,
    bands: isPortrait ? PORTRAIT : LANDSCAPE,
    code: fitCode(input, area, bandCode),
    hasHero,
    isHeroStacked: isPortrait,
    areRowsStacked: row.isStacked,
    ...fitHero({ width: area.width, height: heroHeight }, input, isPortrait),
    labelSize,
    counterSize,
    rowHeight,
    columns,
    rows,
    pages,
    pageMs: clamp(CYCLE_MS / pages, MIN_PAGE_MS, MAX_PAGE_MS),
  };
}

/** The part of a list that page number `page` shows. */
export function pageOf<Item>(items: readonly Item[], { rows, columns, pages }: BoardLayout, page: number): Item[] {
  const perPage = rows * columns;
  const first = (page % pages) * perPage;
  return items.slice(first, first + perPage);
}

/** Pieces of a text that a band shows one after the other, cut between words. */
export function splitTicker(text: string, maxLength: number): string[] {
  const pieces: string[] = [];
  let line = '';
  for (const word of text.trim().split(/\s+/)) {
    if (line !== '' && line.length + word.length + 1 > maxLength) {
      pieces.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? pieces : [...pieces, line];
}

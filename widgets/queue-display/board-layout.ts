/**
 * How calls share a screen. All lengths are hundredths of the screen's height, so that 720p, 4K and a screen on its side are
 * the same sum; the styles multiply them by the real height.
 */
import type { Size } from '../core/measure.js';

/** Heights of the bands around the calls. */
export const BANDS = { header: 9, recent: 15, footer: 8.5, padding: 2.5 } as const;
const ROW_HEIGHT = 12;
const GAP = 1.6;
/** Letters of a label that is not the newest: at least 8 % of the height (QD-4). */
export const ROW_LABEL_SIZE = 9.2;
const COUNTER_SIZE = 4.8;
const MIN_HERO_HEIGHT = 24;
/** With the newest call apart, this many pages at most; else it stands among the others. */
const MAX_PAGES_WITH_HERO = 4;
/** Everybody who is called is on the screen within this time (QD-3). */
export const CYCLE_MS = 10_000;
const MAX_PAGE_MS = 5_000;
const MIN_PAGE_MS = 1_000;
/** Widths of a bold digit or capital, and of a letter of a counter's name, against the size of the type. */
const LABEL_ADVANCE = 0.66;
const TEXT_ADVANCE = 0.56;
/** Names that are longer take a second line. */
const COUNTER_LINE_LENGTH = 12;
/** Arrow, badge and space between label and counter. */
const ROW_EXTRAS = 13;
const MEDIA_SHARE = 0.4;
const MAX_LABEL_SIZE = 34;

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
}

export interface BoardLayout {
  readonly isPortrait: boolean;
  readonly hasHero: boolean;
  readonly heroHeight: number;
  readonly heroLabelSize: number;
  readonly heroCounterSize: number;
  readonly labelSize: number;
  readonly columns: number;
  readonly rows: number;
  readonly pages: number;
  readonly pageMs: number;
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

function measureArea({ size, hasMedia, hasRecent, hasNotice }: LayoutInput, isPortrait: boolean) {
  const screenWidth = (100 * size.width) / size.height;
  const sharesWidth = hasMedia && !isPortrait;
  // On its side, media take a band of the height; beside the calls, a part of the width.
  const mediaHeight = hasMedia && isPortrait ? 24 : 0;
  const width = screenWidth * (sharesWidth ? 1 - MEDIA_SHARE : 1) - 2 * BANDS.padding;
  const recent = hasRecent ? BANDS.recent : 0;
  const notice = hasNotice ? 7 : 0;
  const height = 100 - BANDS.header - recent - BANDS.footer - notice - mediaHeight - 2 * GAP;
  return { width, height };
}

function fitRows(count: number, height: number, columns: number) {
  const rows = Math.max(1, Math.floor((height + GAP) / (ROW_HEIGHT + GAP)));
  return { rows, pages: Math.max(1, Math.ceil(count / (rows * columns))) };
}

/** Label and counter beside each other, as large as the width and the height allow. */
function fitHero(width: number, height: number, { heroLabelLength, heroCounterLength }: LayoutInput) {
  const labelLetters = Math.max(3, heroLabelLength);
  const counterLetters = clamp(heroCounterLength, 4, COUNTER_LINE_LENGTH);
  const perUnit = LABEL_ADVANCE * labelLetters + 0.42 * TEXT_ADVANCE * counterLetters + 1.1;
  const labelSize = clamp(width / perUnit, ROW_LABEL_SIZE, Math.min(MAX_LABEL_SIZE, height * 0.72));
  return { labelSize, counterSize: clamp(labelSize * 0.42, COUNTER_SIZE, 13) };
}

export function computeLayout(input: LayoutInput): BoardLayout {
  const { size, callCount, labelLength, counterLength } = input;
  const isPortrait = size.height > size.width;
  const { width, height } = measureArea(input, isPortrait);
  const counterWidth = TEXT_ADVANCE * COUNTER_SIZE * clamp(counterLength, 2, COUNTER_LINE_LENGTH);
  const rowWidth = LABEL_ADVANCE * ROW_LABEL_SIZE * Math.max(3, labelLength) + counterWidth + ROW_EXTRAS;
  const columns = clamp(Math.floor(width / rowWidth), 1, 3);
  // A narrow screen with long labels keeps them whole before it keeps them large.
  const labelSize = Math.min(ROW_LABEL_SIZE, (width - counterWidth - ROW_EXTRAS) / (LABEL_ADVANCE * labelLength || 1));
  const others = Math.max(0, callCount - 1);
  const wantedRows = Math.ceil(others / columns);
  const heroHeight = Math.max(MIN_HERO_HEIGHT, height - wantedRows * (ROW_HEIGHT + GAP));
  const beside = fitRows(others, height - heroHeight - GAP, columns);
  const hasHero = beside.pages <= MAX_PAGES_WITH_HERO;
  const alone = fitRows(callCount, height, columns);
  const { rows, pages } = hasHero ? beside : alone;
  const hero = fitHero(width, heroHeight, input);
  return {
    isPortrait,
    hasHero,
    heroHeight,
    heroLabelSize: hero.labelSize,
    heroCounterSize: hero.counterSize,
    labelSize: Math.max(labelSize, 8),
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

/** The code that phones join with: what is drawn, where it stands, and when it is there. */
import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { LOCALES, type Locale } from '@frontdesk/protocol/locales';
import { loadTranslator } from '@frontdesk/widgets/core/locale';
import { QUIET_MODULES } from '@frontdesk/domain/qr-path';
import { createQr } from '@frontdesk/widgets/core/qr/qr';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';
import { displayCatalogue } from '@frontdesk/widgets/locales/display';
import '@frontdesk/widgets/queue-display/define';
import type { BoardView } from '@frontdesk/widgets/queue-display/board-view';
import { DISPLAY_STATES } from '@frontdesk/widgets/queue-display/display-states';
import type { FrontdeskQueueBoard } from '@frontdesk/widgets/queue-display/queue-board';
import { buildBoard, buildCalls, closeDisplays, openDisplay, type DisplayFixture } from './display-fixture.js';

const SIZES = {
  '720p': [1280, 720],
  '1080p': [1920, 1080],
  portrait: [1080, 1920],
  tablet: [1280, 800],
  square: [1024, 768],
  phone: [390, 844],
  narrow: [320, 568],
} as const;
const LARGE = ['1080p', 'portrait'] as const;
const MIN_MODULE_PIXELS = 4;
const JOIN_STATES = DISPLAY_STATES.filter(({ view }) => view.joinUrl !== null);
const HOUR_MS = 60 * 60_000;

const viewOf = (id: string): BoardView => {
  const example = DISPLAY_STATES.find((one) => one.id === id);
  if (!example) throw new Error(`No state ${id}`);
  return example.view;
};

interface Choices {
  readonly size: keyof typeof SIZES;
  readonly locale?: Locale;
  readonly scheme?: ColorSchemeChoice;
}

async function openBoard(view: BoardView, { size, locale = 'en', scheme = 'light' }: Choices) {
  const [width, height] = SIZES[size];
  await setViewport({ width, height });
  const holder = await fixture<HTMLElement>(html`<div></div>`);
  const root = holder.attachShadow({ mode: 'open' });
  applyTheme(root, null, scheme);
  Object.assign(holder.style, { position: 'fixed', inset: '0' });
  const board = document.createElement('frontdesk-queue-board') as FrontdeskQueueBoard;
  board.words = await loadTranslator(displayCatalogue, { locale, tag: locale });
  board.view = view;
  root.append(board);
  await board.updateComplete;
  return board;
}

const joinOf = (board: FrontdeskQueueBoard) => board.shadowRoot?.querySelector('frontdesk-queue-join') ?? null;

function partOf<Kind extends Element>(board: FrontdeskQueueBoard, selector: string): Kind {
  const found = joinOf(board)?.shadowRoot?.querySelector<Kind>(selector);
  if (!found) throw new Error(`No ${selector} of a code.`);
  return found;
}

/** The modules as they are drawn, with the light zone around them. */
function readModules(board: FrontdeskQueueBoard): boolean[][] {
  const svg = partOf<SVGSVGElement>(board, 'svg');
  const dark = partOf<SVGPathElement>(board, 'path');
  const side = svg.viewBox.baseVal.width;
  return Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (__, x) => dark.isPointInFill(new DOMPoint(x + 0.5, y + 0.5))),
  );
}

function surround(rows: readonly (readonly boolean[])[]): boolean[][] {
  const light = (count: number): boolean[] => Array.from({ length: count }, () => false);
  const band = Array.from({ length: QUIET_MODULES }, () => light(rows.length + 2 * QUIET_MODULES));
  return [...band, ...rows.map((row) => [...light(QUIET_MODULES), ...row, ...light(QUIET_MODULES)]), ...band];
}

const boxesOf = (board: FrontdeskQueueBoard, selector: string): DOMRect[] =>
  [...(board.shadowRoot?.querySelectorAll(selector) ?? [])].map((element) => element.getBoundingClientRect());

const areApart = (one: DOMRect, other: DOMRect): boolean =>
  one.right <= other.left + 1 ||
  other.right <= one.left + 1 ||
  one.bottom <= other.top + 1 ||
  other.bottom <= one.top + 1;

/** What the code and its caption lie on, or where they leave the screen. */
function findClashes(board: FrontdeskQueueBoard): string[] {
  const parts = [partOf(board, 'svg'), partOf(board, 'p')];
  const [code, caption] = parts.map((part) => part.getBoundingClientRect());
  if (!code || !caption) return ['nothing is drawn'];
  const texts = '[data-call], .past, .header, .notice, .media, .waiting, .ticker, .ask, .none > p';
  const clashes = boxesOf(board, texts).filter((box) => !areApart(box, code) || !areApart(box, caption));
  const isOutside = ({ left, right, top, bottom }: DOMRect): boolean =>
    left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
  const [, words] = parts;
  return [
    ...clashes.map(({ x, y }) => `on something at ${x}, ${y}`),
    ...(areApart(code, caption) ? [] : ['the caption is on the code']),
    ...([code, caption].some(isOutside) ? ['outside of the screen'] : []),
    ...(words && words.scrollWidth > words.clientWidth + 1 ? ['the caption is wider than its place'] : []),
  ];
}

describe('the code to join with', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  afterEach(closeDisplays);
  after(async () => {
    await setViewport({ width: 800, height: 600 });
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  for (const { id, view } of JOIN_STATES) {
    it(`QP-6 ${id}: the modules of the link, large enough to be read from across the room`, async () => {
      const expected = surround(createQr(view.joinUrl ?? '', 'L').rows);
      for (const size of LARGE) {
        const board = await openBoard(view, { size });
        expect(readModules(board), size).to.deep.equal(expected);
        const { width, height } = partOf(board, 'svg').getBoundingClientRect();
        expect(Math.min(width, height) / expected.length, size).to.be.at.least(MIN_MODULE_PIXELS);
      }
    });

    it(`QP-6 ${id}: nothing lies on the code or its caption, on any screen and in any language`, async () => {
      for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
        for (const locale of LOCALES) {
          const board = await openBoard(view, { size, locale });
          if (joinOf(board) !== null) expect(findClashes(board), `${size} ${locale}`).to.deep.equal([]);
        }
      }
    });
  }

  it('QP-6 is dark on light in every theme', async () => {
    const board = await openBoard(viewOf('join'), { size: '1080p', scheme: 'dark' });
    await emulateMedia({ forcedColors: 'active' });
    expect(getComputedStyle(partOf(board, 'path')).fill).to.equal('rgb(0, 0, 0)');
    expect(getComputedStyle(partOf(board, 'rect')).fill).to.equal('rgb(255, 255, 255)');
    await emulateMedia({ forcedColors: 'none' });
  });

  it('QP-6 takes nothing from the calls', async () => {
    const read = async (view: BoardView, size: Choices['size']): Promise<number[][]> =>
      boxesOf(await openBoard(view, { size }), '[data-call]').map(({ x, y, width, height }) =>
        [x, y, width, height].map(Math.round),
      );
    for (const size of ['720p', '1080p', 'portrait'] as const) {
      const view = viewOf('join-crowded');
      expect(await read(view, size), size).to.deep.equal(await read({ ...view, joinUrl: null }, size));
    }
  });

  it('QP-6 has a name, and says it once', async () => {
    const board = await openBoard(viewOf('join'), { size: '1080p' });
    expect(partOf(board, 'svg').getAttribute('aria-label')).to.equal('Join from your phone');
    expect(partOf(board, 'p').getAttribute('aria-hidden')).to.equal('true');
    await expect(board).to.be.accessible();
  });

  it('QP-6 is left out where no phone could read it, or six calls would lose their times', async () => {
    // A failing comparison of elements would print the whole page.
    for (const size of ['narrow', 'square'] as const) {
      expect(joinOf(await openBoard(viewOf('join'), { size })) === null, size).to.equal(true);
    }
  });

  describe('on a display', () => {
    const linkOf = (day: string): string => `https://desk.example/join?site=pk_clinic&location=bangsar#${day}`;
    const push = async (display: DisplayFixture, change: Parameters<typeof buildBoard>[1]): Promise<void> => {
      const { board } = display.server;
      await display.server.push(buildBoard(board.calls, { rev: board.rev + 1, ...change }));
      await display.advance(0);
    };
    /** The link of the code that is drawn; null where none is. */
    const shownLink = (display: DisplayFixture): string | null => {
      const join = joinOf(display.board());
      if (join === null) return null;
      const drawn = JSON.stringify(readModules(display.board()));
      const links = [linkOf('monday'), linkOf('tuesday')];
      return links.find((link) => drawn === JSON.stringify(surround(createQr(link, 'L').rows))) ?? 'another';
    };

    it('QP-6 changes with the day, and is gone when nobody joins by phone', async () => {
      const display = await openDisplay();
      expect(shownLink(display)).to.equal(null);
      await push(display, { joinUrl: linkOf('monday') });
      expect(shownLink(display)).to.equal(linkOf('monday'));
      await push(display, { joinUrl: linkOf('tuesday') });
      expect(shownLink(display)).to.equal(linkOf('tuesday'));
      await push(display, { joinUrl: linkOf('tuesday'), calls: buildCalls(display.clock, 1) });
      expect(shownLink(display)).to.equal(linkOf('tuesday'));
      await push(display, { joinUrl: null });
      expect(shownLink(display)).to.equal(null);
    });

    it('QP-6 leads nobody to a closed door', async () => {
      const display = await openDisplay();
      const calls = buildCalls(display.clock, 1);
      await push(display, { joinUrl: linkOf('monday'), isOpen: false, calls });
      expect(display.labels()).to.deep.equal(['A001']);
      expect(shownLink(display)).to.equal(null);
    });

    it('QP-6 is taken down after an hour without a word: it may be of yesterday', async () => {
      const display = await openDisplay();
      await push(display, { joinUrl: linkOf('monday') });
      await display.server.goOffline();
      await display.advance(HOUR_MS - 60_000);
      expect(shownLink(display)).to.equal(linkOf('monday'));
      await display.advance(120_000);
      expect(shownLink(display)).to.equal(null);
      await display.server.goOnline();
      await display.advance(100);
      expect(shownLink(display)).to.equal(linkOf('monday'));
    });
  });
});

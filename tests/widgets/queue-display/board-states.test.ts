import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { contrast } from '@frontdesk/widgets/core/color';
import { loadTranslator } from '@frontdesk/widgets/core/locale';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';
import { displayCatalogue } from '@frontdesk/widgets/locales/display';
import '@frontdesk/widgets/queue-display/define';
import { computeLayout } from '@frontdesk/widgets/queue-display/board-layout';
import { shiftOf, type BoardView } from '@frontdesk/widgets/queue-display/board-view';
import { createEmphasisColors } from '@frontdesk/widgets/queue-display/display-colors';
import { DISPLAY_STATES, type DisplayExample } from '@frontdesk/widgets/queue-display/display-states';
import type { FrontdeskQueueBoard } from '@frontdesk/widgets/queue-display/queue-board';

const SIZES = {
  '720p': { width: 1280, height: 720 },
  '1080p': { width: 1920, height: 1080 },
  portrait: { width: 1080, height: 1920 },
  '4k': { width: 3840, height: 2160 },
} as const;
/** A screen in the page of a business, as in the demo. */
const VIEWPORTS = { ...SIZES, embedded: { width: 705, height: 396 } } as const;

const find = (id: string): DisplayExample => {
  const example = DISPLAY_STATES.find((one) => one.id === id);
  if (!example) throw new Error(`No state ${id}`);
  return example;
};

async function openBoard(
  example: DisplayExample,
  size: keyof typeof VIEWPORTS = '720p',
  scheme: ColorSchemeChoice = 'light',
): Promise<FrontdeskQueueBoard> {
  await setViewport(VIEWPORTS[size]);
  const holder = await fixture<HTMLElement>(html`<div></div>`);
  const root = holder.attachShadow({ mode: 'open' });
  applyTheme(root, example.accent, scheme);
  Object.assign(holder.style, { position: 'fixed', inset: '0' });
  const board = document.createElement('frontdesk-queue-board') as FrontdeskQueueBoard;
  board.words = await loadTranslator(displayCatalogue, { locale: example.locale, tag: example.locale });
  board.view = example.view;
  board.accent = example.accent;
  root.append(board);
  await board.updateComplete;
  return board;
}

const query = (board: FrontdeskQueueBoard, selector: string): HTMLElement[] => [
  ...(board.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];

const toHex = (color: string): string => {
  const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return `#${[r, g, b].map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
};

/** The first ground that is painted behind an element. */
function groundOf(element: Element): string {
  for (let current: Element | null = element; current; current = current.parentElement) {
    const { backgroundColor } = getComputedStyle(current);
    if (!/^rgba\(.*, 0\)$/.test(backgroundColor)) return toHex(backgroundColor);
  }
  return '#ffffff';
}

/** Boxes that stick out of the screen, or lie on each other inside a call. */
function findCollisions(board: FrontdeskQueueBoard): string[] {
  const outside = query(board, '.label, .counter, .clock, .past b, .past time, .badge, .ask').filter((element) => {
    const box = element.getBoundingClientRect();
    return box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1;
  });
  const crossed = query(board, '[data-call]').filter((row) => {
    const label = row.querySelector('.label')?.getBoundingClientRect();
    const where = row.querySelector('.where')?.getBoundingClientRect();
    if (!label || !where) return true;
    const isBeside = where.left >= label.right - 1 || where.right <= label.left + 1;
    return !isBeside && where.top < label.bottom - 1;
  });
  return [...outside, ...crossed].map(({ className, textContent }) => `${className} ${textContent?.trim()}`);
}

describe('states of the board', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => {
    await setViewport({ width: 800, height: 600 });
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('have unique ids', () => {
    expect(new Set(DISPLAY_STATES.map(({ id }) => id)).size).to.equal(DISPLAY_STATES.length);
  });

  for (const example of DISPLAY_STATES) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`QD-4 ${example.id} passes axe in ${scheme}`, async () => {
        await expect(await openBoard(example, '720p', scheme)).to.be.accessible();
      });
    }

    it(`QD-4 ${example.id}: labels of 8 % of the height and 7:1 on every screen, and nothing lies on anything`, async () => {
      for (const [name, { height }] of Object.entries(SIZES)) {
        const board = await openBoard(example, name as keyof typeof SIZES);
        // Ten signs do not fit the width of a screen on its side at that height; they are as large as it allows.
        const isNarrow = name === 'portrait' && example.id === 'long';
        for (const label of query(board, '.label')) {
          const size = Number.parseFloat(getComputedStyle(label).fontSize);
          expect(size, `${name} ${label.textContent}`).to.be.at.least(isNarrow ? height * 0.06 : height * 0.08);
        }
        for (const text of query(board, '.label, .counter, .past b, .past span, .notice p, .clock, .badge')) {
          const ground = groundOf(text);
          const ink = toHex(getComputedStyle(text).color);
          expect(contrast(ink, ground), `${name} ${text.className} ${ink} on ${ground}`).to.be.at.least(7);
        }
        expect(findCollisions(board), name).to.deep.equal([]);
      }
    });
  }

  it('QD-4 whatever the accent, the newest call is read from afar', () => {
    for (const accent of ['#ffffff', '#000000', '#facc15', '#ff0000', '#00ff00', '#808080', '#1f6f5c', null]) {
      const { background, text } = createEmphasisColors(accent);
      expect(contrast(background, text), String(accent)).to.be.at.least(7);
    }
  });

  it('QD-2 shows all who are called, and the last six before with their time', async () => {
    const board = await openBoard(find('four'));
    expect(query(board, '[data-call]')).to.have.length(4);
    const past = query(board, '.past').map((one) => one.textContent?.replace(/\s+/g, ' ').trim() ?? '');
    expect(past).to.have.length(6);
    expect(past[0]).to.match(/^B080 10:38\sAM Counter 5$/);
  });

  it('QD-2 moves nothing under reduced motion, and only opacity and transform otherwise', async () => {
    const board = await openBoard(find('notice'));
    const running = (): Animation[] => board.shadowRoot?.getAnimations() ?? [];
    expect(running()).to.have.length(0);
    await emulateMedia({ reducedMotion: 'no-preference' });
    const moving = await openBoard(find('notice'));
    const frames = (moving.shadowRoot?.getAnimations() ?? []).flatMap(({ effect }) =>
      (effect as KeyframeEffect).getKeyframes(),
    );
    expect(frames).to.not.have.length(0);
    const allowed = new Set(['opacity', 'transform', 'offset', 'easing', 'composite', 'computedOffset']);
    expect(frames.flatMap((frame) => Object.keys(frame)).filter((name) => !allowed.has(name))).to.deep.equal([]);
    await emulateMedia({ reducedMotion: 'reduce' });
  });

  it('QD-3 twenty calls are all on the screen within ten seconds, on every screen', async () => {
    const example = find('twenty');
    for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
      const board = await openBoard(example, size);
      const seen = new Set<string>();
      for (let second = 0; second < 10; second += 1) {
        board.view = { ...example.view, nowMs: example.view.nowMs + 3_217 + second * 1_000 };
        await board.updateComplete;
        for (const label of query(board, '[data-call] .label')) seen.add(label.textContent ?? '');
      }
      expect(seen.size, size).to.equal(20);
    }
  });

  it('QD-3 the layout holds for one to eighty calls', () => {
    for (const { width, height } of Object.values(SIZES)) {
      for (let callCount = 1; callCount <= 80; callCount += 1) {
        for (const hasMedia of [false, true]) {
          const layout = computeLayout({
            size: { width, height },
            callCount,
            labelLength: 4,
            counterLength: 10,
            heroLabelLength: 4,
            heroCounterLength: 10,
            hasMedia,
            hasRecent: true,
            hasNotice: true,
            hasJoinCode: false,
          });
          const places = layout.pages * layout.rows * layout.columns + (layout.hasHero ? 1 : 0);
          expect(places).to.be.at.least(callCount);
          expect(layout.labelSize).to.be.at.least(8);
          if (callCount <= 20) expect(layout.pages * layout.pageMs).to.be.at.most(10_000);
        }
      }
    }
  });

  it('QD-14 names are masked text and nothing else: markup in them is inert, and no service stands beside one', async () => {
    const example = find('names');
    const [call] = example.view.calls;
    if (!call) throw new Error('no call');
    const maskedName = '<img src=x onerror=alert(1)>';
    const view: BoardView = { ...example.view, calls: [{ ...call, maskedName, counterLabel: '<b>1</b>' }] };
    const board = await openBoard({ ...example, view });
    expect(query(board, '.name')[0]?.textContent).to.equal(maskedName);
    expect(query(board, '.name img, .counter b')).to.have.length(0);
    const calls = query(board, '[data-call]').map(({ textContent }) => textContent ?? '');
    for (const { names } of example.view.waiting) for (const text of calls) expect(text).to.not.include(names.en);
  });

  it('QD-18 the board walks in steps of at least 8 px', async () => {
    for (let step = 0; step < 8; step += 1) {
      const [one, other] = [shiftOf(step), shiftOf(step + 1)];
      expect(Math.hypot(one.x - other.x, one.y - other.y)).to.be.at.least(8);
    }
    const example = find('four');
    const still = (await openBoard(example)).shadowRoot?.querySelector('.clock')?.getBoundingClientRect();
    const moved = await openBoard({ ...example, view: { ...example.view, shift: 1 } });
    const after = moved.shadowRoot?.querySelector('.clock')?.getBoundingClientRect();
    expect(Math.abs((after?.left ?? 0) - (still?.left ?? 0))).to.be.at.least(8);
  });

  it('QD-18 wherever it walks, a board inside a page loses nothing at its edges', async () => {
    const example = find('sound');
    for (let shift = 0; shift < 4; shift += 1) {
      const board = await openBoard({ ...example, view: { ...example.view, shift } }, 'embedded');
      expect(findCollisions(board), `step ${shift}`).to.deep.equal([]);
    }
  });

  it('QD-4 keeps emphasis visible in forced colours', async () => {
    await emulateMedia({ forcedColors: 'active' });
    const board = await openBoard(find('four'));
    const [newest, other] = query(board, '[data-call]');
    if (!newest || !other) throw new Error('no calls');
    expect(getComputedStyle(newest).backgroundColor).to.not.equal(getComputedStyle(other).backgroundColor);
    await emulateMedia({ forcedColors: 'none' });
  });
});

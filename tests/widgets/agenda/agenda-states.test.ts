import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { AGENDA_STATES } from '@frontdesk/widgets/agenda/agenda-states';
import { AGENDA_CATALOGUE } from '@frontdesk/widgets/agenda/agenda-words';
import { loadTranslator } from '@frontdesk/widgets/core/locale';
import { findDeep, findState, openDesk, pierce, readText } from './agenda-fixture.js';

/** Elements that stick out of the desk sideways, through all shadow roots. */
function findOverflow(element: Element, limit: DOMRect): string[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])].flatMap((child) => {
    const inner = findOverflow(child, limit);
    const box = child.getBoundingClientRect();
    const isHidden = child.closest('.visually-hidden') !== null || box.width <= 1;
    const isOutside = !isHidden && (box.left < limit.left - 1 || box.right > limit.right + 1);
    // The board scrolls sideways by itself; dialogs stand in the window and not in the desk.
    return isOutside && !child.closest('dialog, [popover], .board')
      ? [`${child.tagName}.${child.className}`, ...inner]
      : inner;
  });
}

describe('agenda states', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => emulateMedia({ reducedMotion: 'no-preference' }));

  for (const [name, state] of Object.entries(AGENDA_STATES)) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`BK-35 agenda ${name} passes axe in ${scheme}`, async () => {
        const { desk } = await openDesk(state, { scheme });
        await expect(desk).to.be.accessible();
      });
    }

    it(`BK-36 agenda ${name} fits 320 px from either side`, async () => {
      for (const direction of ['ltr', 'rtl'] as const) {
        const { desk } = await openDesk(state, { widthPx: 320, direction });
        expect(findOverflow(desk, desk.getBoundingClientRect()), direction).to.deep.equal([]);
      }
    });
  }

  it('BK-35 the agenda of a phone passes axe', async () => {
    for (const name of ['day', 'week', 'list', 'details', 'moved']) {
      const { desk } = await openDesk(findState(name), { widthPx: 390 });
      await expect(desk).to.be.accessible();
    }
  });

  it('BK-31 a viewer sees the agenda and no button that acts', async () => {
    const { desk } = await openDesk(findState('details'), { role: 'viewer' });
    expect(readText(desk)).to.include('Your role lets you look');
    expect(findDeep(desk, '[data-mark]')).to.equal(null);
    expect(readText(desk)).to.not.include('confidential');
    await expect(desk).to.be.accessible();
  });

  it('BK-36 speaks Malay, and names services in the reader’s language', async () => {
    const words = await loadTranslator(AGENDA_CATALOGUE, { locale: 'ms', tag: 'ms' });
    const { desk } = await openDesk(findState('details'), { words });
    const text = readText(desk);
    expect(text).to.include('Konsultasi');
    expect(text).to.include('Hari ini');
    expect(text).to.not.match(/\b(Booked|Today|History|Move)\b/);
  });

  it('BK-36 one column at a time on a phone', async () => {
    const { desk } = await openDesk(findState('day'), { widthPx: 390 });
    const board = pierce(desk, 'frontdesk-agenda-board');
    expect(board.shadowRoot?.querySelectorAll('.column').length).to.equal(1);
    expect(pierce(desk, '.who')).to.be.instanceOf(HTMLSelectElement);
  });
});

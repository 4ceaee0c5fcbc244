import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { COUNTER_STATES } from '@frontdesk/widgets/counter/counter-states';
import { COUNTER_CATALOGUE } from '@frontdesk/widgets/counter/counter-words';
import { loadTranslator } from '@frontdesk/widgets/core/locale';
import { findState, openDesk, pierce, readText } from './desk-fixture.js';

/** Elements that stick out of the desk sideways, through all shadow roots. */
function findOverflow(element: Element, limit: DOMRect): string[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])].flatMap((child) => {
    const inner = findOverflow(child, limit);
    const box = child.getBoundingClientRect();
    const isHidden = child.closest('.visually-hidden, .count--long') !== null || box.width <= 1;
    const isOutside = !isHidden && (box.left < limit.left - 1 || box.right > limit.right + 1);
    // Tabs scroll sideways by themselves; dialogs stand in the window and not in the desk.
    return isOutside && !child.closest('dialog, [popover], [role=tablist]')
      ? [`${child.tagName}.${child.className}`, ...inner]
      : inner;
  });
}

describe('counter states', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => emulateMedia({ reducedMotion: 'no-preference' }));

  for (const [name, state] of Object.entries(COUNTER_STATES)) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`QC-19 ${name} passes axe in ${scheme}`, async () => {
        const { desk } = await openDesk(state, { scheme });
        await expect(desk).to.be.accessible();
      });
    }

    it(`QC-19 ${name} fits 320 px from either side`, async () => {
      for (const direction of ['ltr', 'rtl'] as const) {
        const { desk } = await openDesk(state, { widthPx: 320, direction });
        expect(findOverflow(desk, desk.getBoundingClientRect()), direction).to.deep.equal([]);
      }
    });
  }

  it('QC-19 the narrow console passes axe', async () => {
    for (const name of ['idle', 'called', 'serving', 'held']) {
      const { desk } = await openDesk(findState(name), { widthPx: 320 });
      await expect(desk).to.be.accessible();
    }
  });

  it('QC-19 the next press stays at the same place from state to state', async () => {
    const distances = [];
    for (const name of ['idle', 'called', 'serving', 'paused']) {
      const { desk } = await openDesk(findState(name));
      distances.push(pierce(desk, '.big').getBoundingClientRect().bottom - desk.getBoundingClientRect().top);
    }
    expect(Math.max(...distances) - Math.min(...distances)).to.be.at.most(1);
  });

  it('QC-20 a viewer sees the console and no button that acts', async () => {
    const { desk } = await openDesk(findState('called'), { role: 'viewer' });
    expect(readText(desk)).to.include('Your role lets you watch');
    expect(pierce(desk, '[data-action=start]').getAttribute('aria-disabled')).to.equal('true');
    expect(pierce(desk, 'frontdesk-counter-lists').shadowRoot?.querySelectorAll('.row button').length).to.equal(0);
    await expect(desk).to.be.accessible();
  });

  it('speaks Malay, and names services in the reader’s language', async () => {
    const words = await loadTranslator(COUNTER_CATALOGUE, { locale: 'ms', tag: 'ms' });
    const { desk } = await openDesk(findState('idle'), { words });
    const text = readText(desk);
    expect(text).to.include('Panggil seterusnya');
    expect(text).to.include('Konsultasi am');
    expect(text).to.not.include('Call');
  });
});

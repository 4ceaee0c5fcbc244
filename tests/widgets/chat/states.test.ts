import { expect } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { CHAT_STATES } from '@frontdesk/widgets/chat/states';
import { openPanel } from './panel-fixture.js';

const PHONE = { width: 390, height: 844 };
/** What is left of a 390 px phone at 200 % zoom. */
const ZOOMED = { width: 195, height: 422 };
const DESKTOP = { width: 1280, height: 800 };

function findOverflow(root: ShadowRoot): string[] {
  return [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    const inner = element.shadowRoot ? findOverflow(element.shadowRoot) : [];
    const box = element.getBoundingClientRect();
    const isOutside = box.width > 1 && (box.left < -1 || box.right > innerWidth + 1);
    // What scrolls inside a code block may be wider than the screen.
    const isScrolled = element.closest('pre') !== null;
    return isOutside && !isScrolled ? [`${element.tagName}.${element.className}`, ...inner] : inner;
  });
}

describe('chat states', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => {
    await setViewport({ width: 800, height: 600 });
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('have unique ids', () => {
    expect(new Set(CHAT_STATES.map(({ id }) => id)).size).to.equal(CHAT_STATES.length);
  });

  for (const example of CHAT_STATES) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`CH-24 ${example.id} passes axe in ${scheme}`, async () => {
        await setViewport(DESKTOP);
        const { panel } = await openPanel(example, { scheme });
        await expect(panel).to.be.accessible();
      });
    }

    it(`CH-24 ${example.id} fits a phone, also at 200 %`, async () => {
      for (const viewport of [PHONE, ZOOMED]) {
        await setViewport(viewport);
        const { panel } = await openPanel(example);
        expect(panel.shadowRoot && findOverflow(panel.shadowRoot)).to.deep.equal([]);
        panel.remove();
      }
    });
  }

  for (const accent of ['#ffeb3b', '#ffffff', '#000000']) {
    it(`CH-24 a conversation passes axe with the accent ${accent}`, async () => {
      await setViewport(DESKTOP);
      const example = CHAT_STATES.find(({ id }) => id === 'unread') ?? {};
      const { panel } = await openPanel(example, { accent, scheme: 'dark' });
      await expect(panel).to.be.accessible();
    });
  }

  it('CH-26 is mirrored where the language is read from right to left', async () => {
    await setViewport(PHONE);
    const { panel, thread } = await openPanel(CHAT_STATES.find(({ id }) => id === 'arabic') ?? {});
    expect(panel.shadowRoot?.querySelector('.root')?.getAttribute('dir')).to.equal('rtl');
    const mine = thread.shadowRoot?.querySelector('.group--mine .bubble')?.getBoundingClientRect();
    const theirs = thread.shadowRoot?.querySelector('.group:not(.group--mine) .bubble')?.getBoundingClientRect();
    expect(mine?.left).to.be.below(40);
    expect(theirs?.right).to.be.above(PHONE.width - 80);
  });
});

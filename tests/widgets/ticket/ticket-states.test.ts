/** Every state: readable for everybody, on every phone. */
import { expect } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { LOCALES } from '@frontdesk/protocol/locales';
import { JOIN_STATES, TICKET_STATES } from '@frontdesk/widgets/ticket/states';
import { findExample, showJoin, showTicket } from './ticket-fixture.js';

const PHONE = { width: 360, height: 740 };
const NARROW = { width: 320, height: 568 };
/** What is left of a 390 px phone at 200 % zoom. */
const ZOOMED = { width: 195, height: 422 };

function findOverflow(root: ShadowRoot): string[] {
  return [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    const box = element.getBoundingClientRect();
    const isOutside = box.width > 1 && (box.left < -1 || box.right > innerWidth + 1);
    const isCut = element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === 'hidden';
    return isOutside || (isCut && !element.classList.contains('visually-hidden'))
      ? [`${element.tagName}.${element.className}`]
      : [];
  });
}

describe('ticket states', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => {
    await setViewport({ width: 800, height: 600 });
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('have unique ids', () => {
    const ids = [...TICKET_STATES, ...JOIN_STATES].map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  for (const example of TICKET_STATES) {
    it(`QP-14: ${example.id} passes axe, light and dark`, async () => {
      await setViewport(PHONE);
      for (const scheme of ['light', 'dark'] as const) {
        const { view } = await showTicket(example, { scheme });
        await expect(view).to.be.accessible();
        view.remove();
      }
    });

    it(`QP-14: ${example.id} fits a narrow phone, also at 200 %`, async () => {
      for (const viewport of [NARROW, ZOOMED]) {
        await setViewport(viewport);
        const { root, view } = await showTicket(example);
        expect(findOverflow(root)).to.deep.equal([]);
        view.remove();
      }
    });
  }

  for (const example of JOIN_STATES) {
    it(`QP-6: ${example.id} passes axe and fits a narrow phone`, async () => {
      await setViewport(NARROW);
      for (const scheme of ['light', 'dark'] as const) {
        const { root, view } = await showJoin(example, { scheme });
        await expect(view).to.be.accessible();
        expect(findOverflow(root)).to.deep.equal([]);
        view.remove();
      }
    });
  }

  for (const locale of LOCALES) {
    it(`QP-14: a ticket and a call fit 320 px in ${locale}`, async () => {
      await setViewport(NARROW);
      for (const id of ['risen', 'remote', 'called', 'rate', 'missed']) {
        const { root, view } = await showTicket(findExample(id), { locale });
        expect(findOverflow(root), id).to.deep.equal([]);
        view.remove();
      }
    });
  }

  for (const accent of ['#ffeb3b', '#ffffff', '#000000']) {
    it(`QP-14: a call passes axe with the accent ${accent}`, async () => {
      for (const scheme of ['light', 'dark'] as const) {
        const { view } = await showTicket(findExample('called'), { accent, scheme });
        await expect(view).to.be.accessible();
        view.remove();
      }
    });
  }

  it('QP-14: buttons can be hit with a thumb', async () => {
    await setViewport(PHONE);
    for (const id of ['waiting', 'ring-on', 'remote', 'called', 'rate', 'failed']) {
      const { root, view } = await showTicket(findExample(id));
      for (const target of root.querySelectorAll('button, .star')) {
        const { width, height } = target.getBoundingClientRect();
        if (width > 0) expect(Math.min(width, height), `${id} ${target.textContent}`).to.be.at.least(44);
      }
      view.remove();
    }
  });

  it('QP-14: is mirrored where the language is read from right to left', async () => {
    await setViewport(PHONE);
    const { root } = await showTicket({ ...findExample('ring-on'), locale: 'ar' });
    const bell = root.querySelector('.armed > .icon')?.getBoundingClientRect();
    expect(bell?.left).to.be.above(PHONE.width / 2);
    expect(root.querySelector('.root')?.getAttribute('dir')).to.equal('rtl');
  });

  it('QP-3: nothing moves for whoever asked for less motion', async () => {
    const { root } = await showTicket(findExample('called'));
    const counter = root.querySelector('dialog .call__counter');
    expect(counter && getComputedStyle(counter).animationName).to.equal('none');
  });
});

/** Every state: readable for everybody, on every phone. */
import { expect } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { LOCALES } from '@frontdesk/protocol/locales';
import { CARD_STATES, FORM_STATES } from '@frontdesk/widgets/contact-card/states';
import { findCard, findForm, showCard, showForm } from './card-fixture.js';

const PHONE = { width: 360, height: 740 };
const NARROW = { width: 320, height: 568 };

function findOverflow(root: ShadowRoot): string[] {
  return [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    if (element.closest('.visually-hidden')) return [];
    const box = element.getBoundingClientRect();
    return box.width > 1 && (box.left < -1 || box.right > innerWidth + 1)
      ? [`${element.tagName}.${element.getAttribute('class')}`]
      : [];
  });
}

function openHours(root: ShadowRoot): void {
  root.querySelector('details')?.setAttribute('open', '');
}

describe('states of a card', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => {
    await setViewport({ width: 800, height: 600 });
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  for (const example of CARD_STATES) {
    it(`CC-18: ${example.id} passes axe, light and dark, and fits 320 px`, async () => {
      await setViewport(NARROW);
      for (const scheme of ['light', 'dark'] as const) {
        const { element, root } = await showCard(example, { scheme });
        openHours(root);
        await expect(element).to.be.accessible();
        expect(findOverflow(root)).to.deep.equal([]);
        element.remove();
      }
    });
  }

  for (const example of FORM_STATES) {
    it(`CC-18: ${example.id} passes axe, light and dark, and fits 320 px`, async () => {
      await setViewport(NARROW);
      for (const scheme of ['light', 'dark'] as const) {
        const { element, root } = await showForm(example, { scheme });
        await expect(element).to.be.accessible();
        expect(findOverflow(root)).to.deep.equal([]);
        element.remove();
      }
    });
  }

  for (const locale of LOCALES) {
    it(`CC-18: speaks ${locale} without a gap, and fits`, async () => {
      await setViewport(NARROW);
      for (const id of ['open', 'closed-until-monday', 'hidden']) {
        const { element, root } = await showCard(findCard(id), { locale });
        openHours(root);
        expect(findOverflow(root), id).to.deep.equal([]);
        expect(root.textContent).not.to.match(/card\.\w|form\.\w|\{\w+\}/);
        if (locale !== 'en') expect(root.querySelector('.write')?.textContent).not.to.include('Write us');
        element.remove();
      }
      const { element, root } = await showForm(findForm('form-offline'), { locale });
      expect(findOverflow(root)).to.deep.equal([]);
      element.remove();
    });
  }

  for (const accent of ['#ffeb3b', '#ffffff', '#000000']) {
    it(`CC-18: passes axe with the accent ${accent}`, async () => {
      for (const scheme of ['light', 'dark'] as const) {
        const { element } = await showCard(findCard('open'), { accent, scheme });
        await expect(element).to.be.accessible();
        element.remove();
      }
    });
  }

  it('CC-18: buttons can be hit with a thumb, and each has a name', async () => {
    await setViewport(PHONE);
    const { root } = await showCard(findCard('open'));
    for (const target of root.querySelectorAll<HTMLElement>('a, button, summary')) {
      const { height } = target.getBoundingClientRect();
      const least = target.classList.contains('chip') && !matchMedia('(pointer: coarse)').matches ? 32 : 44;
      expect(height, target.textContent).to.be.at.least(least);
      expect(target.textContent.trim()).not.to.equal('');
    }
  });

  it('CC-18: is mirrored where the language is read from right to left; numbers stay as they are', async () => {
    await setViewport(PHONE);
    const { root } = await showCard(findCard('arabic'));
    expect(root.querySelector('.root')?.getAttribute('dir')).to.equal('rtl');
    const icon = root.querySelector('.row .icon')?.getBoundingClientRect();
    expect(icon?.left).to.be.above(PHONE.width / 2);
    expect(root.querySelector('.row bdi')?.getAttribute('dir')).to.equal('ltr');
  });

  it('CC-1: a bare record has no empty part', async () => {
    const { root } = await showCard(findCard('bare'));
    expect(root.querySelectorAll('.row')).to.have.length(1);
    for (const selector of ['.state', '.about', '.main', '.place', '.hours', '.links', '.write']) {
      expect(root.querySelector(selector), selector).to.equal(null);
    }
  });

  it('CC-4: says what is next in words', async () => {
    const said = async (id: string): Promise<string> => {
      const { root } = await showCard(findCard(id));
      return root.querySelector('.state')?.textContent.replaceAll(/\s+/g, ' ').trim() ?? '';
    };
    expect(await said('open')).to.match(/^Open now until 12:15 PM$/);
    expect(await said('closed')).to.match(/^Closed now opens 2:45 PM$/);
    expect(await said('closed-until-monday')).to.match(/^Closed now opens Mon,? 8:30 AM$/);
    expect(await said('closed-for-now')).to.equal('Closed until further notice');
    expect(await said('always')).to.equal('Open now around the clock');
  });
});

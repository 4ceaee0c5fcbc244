import { expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { openPanel, query, type PanelFixture } from './panel-fixture.js';

const fieldOf = ({ composer }: PanelFixture): HTMLTextAreaElement => {
  const field = query(composer, 'textarea');
  if (!(field instanceof HTMLTextAreaElement)) throw new Error('The field is a textarea.');
  return field;
};

async function type(fixture: PanelFixture, text: string): Promise<void> {
  fixture.composer.focus();
  await sendKeys({ type: text });
  await fixture.composer.updateComplete;
}

describe('chat composer', () => {
  it('CH-23 Enter sends, Shift and Enter starts a new line', async () => {
    const fixture = await openPanel({});
    await type(fixture, 'One');
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Shift' });
    await type(fixture, 'two');
    expect(fixture.asked('send')).to.have.length(0);
    await sendKeys({ press: 'Enter' });
    await fixture.composer.updateComplete;
    expect(fixture.asked('send')).to.deep.equal([{ body: 'One\ntwo' }]);
    expect(fieldOf(fixture).value).to.equal('');
  });

  it('CH-26 Enter that ends a word of an input method does not send', async () => {
    const fixture = await openPanel({});
    await type(fixture, 'ni hao');
    const enter = { key: 'Enter', bubbles: true, cancelable: true, composed: true };
    fieldOf(fixture).dispatchEvent(new KeyboardEvent('keydown', { ...enter, isComposing: true }));
    fieldOf(fixture).dispatchEvent(new KeyboardEvent('keydown', { ...enter, keyCode: 229 }));
    expect(fixture.asked('send')).to.have.length(0);
    fieldOf(fixture).dispatchEvent(new KeyboardEvent('keydown', enter));
    expect(fixture.asked('send')).to.have.length(1);
  });

  it('does not send nothing', async () => {
    const fixture = await openPanel({});
    await type(fixture, '   ');
    await sendKeys({ press: 'Enter' });
    query(fixture.composer, '.send').click();
    expect(fixture.asked('send')).to.have.length(0);
    expect(query(fixture.composer, '.send').getAttribute('aria-disabled')).to.equal('true');
  });

  it('CH-12 reports what is typed as a draft, shows a kept one, and is not disturbed by its own echo', async () => {
    const fixture = await openPanel({});
    await fixture.set({ draft: 'kept' });
    expect(fieldOf(fixture).value).to.equal('kept');
    await type(fixture, ' and more');
    expect(fixture.asked('draft').at(-1)).to.deep.equal({ text: 'kept and more' });
    await fixture.set({ draft: 'kept and' });
    expect(fieldOf(fixture).value, 'the last keystrokes stay').to.equal('kept and more');
  });

  it('CH-12 gives the text back when it could not be kept', async () => {
    const fixture = await openPanel({});
    await type(fixture, 'Hello');
    await sendKeys({ press: 'Enter' });
    await fixture.composer.updateComplete;
    await fixture.set({ draft: 'Hello' });
    expect(fieldOf(fixture).value).to.equal('Hello');
  });

  it('counts characters as the server does and stops at the limit', async () => {
    const fixture = await openPanel({});
    await fixture.set({ draft: 'x'.repeat(3_900) });
    expect(fixture.composer.shadowRoot?.querySelector('.limit')?.textContent).to.equal('100 characters left');
    await fixture.set({ draft: '😀'.repeat(4_000) });
    expect(fixture.composer.shadowRoot?.querySelector('.limit')?.textContent).to.equal('0 characters left');
    expect(query(fixture.composer, '.send').getAttribute('aria-disabled')).to.equal('false');
    await fixture.set({ draft: '😀'.repeat(4_001) });
    expect(fixture.composer.shadowRoot?.querySelector('.limit')?.textContent).to.equal('1 character too many');
    expect(fieldOf(fixture).getAttribute('aria-invalid')).to.equal('true');
    query(fixture.composer, '.send').click();
    expect(fixture.asked('send')).to.have.length(0);
  });

  it('CH-25 grows to five lines and no further, in letters that no phone zooms into', async () => {
    await setViewport({ width: 390, height: 844 });
    const fixture = await openPanel({});
    const field = fieldOf(fixture);
    const one = field.offsetHeight;
    await fixture.set({ draft: 'a\nb\nc' });
    expect(field.offsetHeight).to.equal(one + 48);
    await fixture.set({ draft: 'a\n'.repeat(40) });
    expect(field.offsetHeight).to.be.at.most(one + 96);
    expect(field.scrollHeight).to.be.above(field.offsetHeight);
    expect(Number.parseFloat(getComputedStyle(field).fontSize)).to.be.at.least(16);
    await setViewport({ width: 800, height: 600 });
  });
});

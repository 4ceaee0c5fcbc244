import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import {
  Announcer,
  deepActiveElement,
  hasFocusWithin,
  isComposing,
  nextRovingIndex,
} from '@frontdesk/widgets/core/a11y';
import { StoreController } from '@frontdesk/widgets/core/store-controller';

class TestStoreHost extends LitElement {
  renders = 0;
  binding = new StoreController<{ a: number; b: number }, number>(this, undefined, ({ a }) => a);
  override render() {
    return html`${this.binding.value}`;
  }
  override updated() {
    this.renders += 1;
  }
}
customElements.define('test-store-host', TestStoreHost);

function createTestStore(initial: { a: number; b: number }) {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set(next: { a: number; b: number }) {
      state = next;
      for (const listener of listeners) listener();
    },
    get listenerCount() {
      return listeners.size;
    },
  };
}

describe('a11y helpers', () => {
  it('says the same news once, and equal words of other news again', () => {
    const announcer = new Announcer();
    announcer.announce('Hello', '1');
    const first = announcer.element.firstElementChild;
    announcer.announce('Hello', '1');
    expect(announcer.element.firstElementChild === first).to.equal(true);
    announcer.announce('Hello', '2');
    expect(announcer.element.firstElementChild === first).to.equal(false);
    expect(announcer.element.children).to.have.length(1);
    expect(announcer.element.getAttribute('aria-live')).to.equal('polite');
  });

  it('finds the focus through shadow roots', async () => {
    const host = await fixture<HTMLElement>(html`<div></div>`);
    const input = document.createElement('input');
    host.attachShadow({ mode: 'open' }).append(input);
    input.focus();
    expect(deepActiveElement() === input).to.equal(true);
    expect(hasFocusWithin(host)).to.equal(true);
    input.blur();
    expect(hasFocusWithin(host)).to.equal(false);
  });

  it('knows the key that ends an input method’s word', () => {
    expect(isComposing(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true }))).to.equal(true);
    expect(isComposing(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229 }))).to.equal(true);
    expect(isComposing(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13 }))).to.equal(false);
  });

  it('moves a roving focus and stops at the ends', () => {
    expect(nextRovingIndex('ArrowDown', 0, 3)).to.equal(1);
    expect(nextRovingIndex('ArrowDown', 2, 3)).to.equal(2);
    expect(nextRovingIndex('Home', 2, 3)).to.equal(0);
    expect(nextRovingIndex('a', 2, 3)).to.equal(undefined);
  });
});

describe('StoreController', () => {
  it('renders for the selected part alone, and lets go when the host leaves', async () => {
    const host = await fixture<TestStoreHost>(html`<test-store-host></test-store-host>`);
    const store = createTestStore({ a: 1, b: 1 });
    host.binding.setStore(store);
    await host.updateComplete;
    const { renders } = host;
    store.set({ a: 1, b: 2 });
    await host.updateComplete;
    expect(host.renders).to.equal(renders);
    store.set({ a: 2, b: 2 });
    await host.updateComplete;
    expect(host.shadowRoot?.textContent).to.equal('2');
    host.remove();
    expect(store.listenerCount).to.equal(0);
  });
});

/** The dialog that a form opens in. The browser keeps the focus inside, gives it back, and closes it by Escape or a phone's back button. */
import { dialogStyles } from './dialog.styles.js';
import type { FrontdeskBookingFlow } from './booking-flow.js';

export class FormDialog {
  readonly element = document.createElement('dialog');
  readonly #shadow: ShadowRoot;
  #isPressOutside = false;
  readonly #close = (): void => this.element.close();

  constructor(shadow: ShadowRoot, handleClosed: () => void) {
    this.#shadow = shadow;
    const { styleSheet } = dialogStyles;
    if (styleSheet) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, styleSheet];
    this.element.setAttribute('part', 'dialog');
    this.element.addEventListener('close', handleClosed);
    // Whoever selects text and lets go outside has not pressed there.
    this.element.addEventListener('pointerdown', ({ target }) => (this.#isPressOutside = target === this.element));
    this.element.addEventListener('click', ({ target }) => {
      if (this.#isPressOutside && target === this.element) this.#close();
    });
  }

  async show(flow: FrontdeskBookingFlow, label: string, isOpen: boolean): Promise<void> {
    this.element.setAttribute('aria-label', label);
    flow.dismiss = this.#close;
    if (flow.parentNode !== this.element) this.element.replaceChildren(flow);
    if (!this.element.isConnected) this.#shadow.append(this.element);
    if (!isOpen) return this.#close();
    if (this.element.open) return;
    this.element.showModal();
    await flow.updateComplete;
    flow.focusTitle();
  }
}

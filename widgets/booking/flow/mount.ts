/** Places the form of `<frontdesk-booking>`: into the page, or into a dialog that its button opens. Fetched at the first sign of interest. */
import './define.js';
import type { FrontdeskBookingFlow } from './booking-flow.js';
import type { FormDialog } from './dialog.js';

const PARTS = 'base, card, calendar, day, day-free, slot, field, submit, button';
/** About the host itself. */
const OWN = /^(?:class|dir|exportparts|hidden|id|open|part|side|slot|style|view)$/;

export interface FormHost extends HTMLElement {
  readonly view: string;
  readonly isOpen: boolean;
  /** Names the dialog. */
  readonly label: string;
  close(): void;
}

export class MountedForm {
  readonly #host: FormHost;
  readonly #shadow: ShadowRoot;
  #flow: FrontdeskBookingFlow | undefined;
  #dialog: FormDialog | undefined;

  constructor(host: FormHost, shadow: ShadowRoot) {
    this.#host = host;
    this.#shadow = shadow;
    // Gone with the host: an observer lives as long as what it observes.
    new MutationObserver(() => void this.update()).observe(host, { attributes: true });
  }

  get updateComplete(): Promise<unknown> {
    return this.#flow?.updateComplete ?? Promise.resolve();
  }

  /** Follows the host's attributes. Rejects when the code of the dialog does not arrive. */
  async update(): Promise<void> {
    const { view, isOpen } = this.#host;
    const flow = (this.#flow ??= this.#createFlow());
    for (const { name, value } of this.#host.attributes) {
      if (flow.getAttribute(name) !== value && !OWN.test(name)) flow.setAttribute(name, value);
    }
    for (const name of flow.getAttributeNames()) {
      if (name !== 'exportparts' && !this.#host.hasAttribute(name)) flow.removeAttribute(name);
    }
    flow.isShown = view === 'inline' || isOpen;
    if (view !== 'inline') return this.#showInDialog();
    flow.dismiss = null;
    this.#dialog?.element.remove();
    if (flow.parentNode !== this.#shadow) this.#shadow.append(flow);
  }

  async #showInDialog(): Promise<void> {
    if (!this.#dialog) {
      const { FormDialog: Dialog } = await import('./dialog.js');
      this.#dialog ??= new Dialog(this.#shadow, () => this.#handleClosed());
    }
    const { view, isOpen, isConnected, label } = this.#host;
    if (view === 'inline' || !this.#flow) return;
    await this.#dialog.show(this.#flow, label, isOpen && isConnected);
  }

  #handleClosed(): void {
    this.#host.close();
    if (!this.#flow?.isDone) return;
    // Whoever opens it after a booking wants another one.
    this.#flow.remove();
    this.#flow = undefined;
  }

  #createFlow(): FrontdeskBookingFlow {
    const flow = document.createElement('frontdesk-booking-flow');
    flow.setAttribute('exportparts', PARTS);
    const names = ['', 'header', 'consent', 'success'];
    if (this.#host.querySelector('[slot="empty"]')) names.push('empty');
    flow.append(...names.map(createSlot));
    return flow;
  }
}

function createSlot(name: string): HTMLSlotElement {
  const slot = document.createElement('slot');
  if (name !== '') slot.name = slot.slot = name;
  return slot;
}

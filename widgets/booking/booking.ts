import { createLauncherColors } from '../chat/launcher-colors.js';
import { drawIcon } from '../core/draw-icon.js';
import { directionOf, resolveLocale } from '../core/resolve-locale.js';
import { BUTTON_CSS } from './booking-button.styles.js';
import { BUTTON_LABELS } from './booking-labels.js';
import type { MountedForm } from './flow/mount.js';

const RETRY_MS = 3_000;
const CALENDAR_ICON = 'M8 2v4M16 2v4M5 4h14a2 2 0 0 1 2 2v13a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM3 10h18';
/** Everything that wants the corner of the screen. */
const FLOATING = 'frontdesk-chat,frontdesk-booking[view=floating]';

let sheet: CSSStyleSheet | undefined;

// The element draws the button alone and fetches the form at the first sign of interest, so it does without Lit, as the closed chat does.

/** A server that renders the page may import the class; it only never makes one. */
const ElementBase = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/**
 * Books an appointment: which service, with whom, when, and for whom; in the page, or behind a button. What stands between its tags (a
 * link, a phone number) is shown where scripts do not run and while the server cannot be reached.
 *
 * @tag frontdesk-booking
 * @tagname frontdesk-booking
 * @attr {string} site - Public key of the site.
 * @attr {"inline" | "popup" | "floating"} view - `inline` (the default) is the form itself; `popup` a button in the text, `floating` one in a corner of the screen, both with the form in a dialog.
 * @attr {"end" | "start"} side - Corner of the floating button, in reading direction; above a chat that stands there too.
 * @attr {boolean} open - The dialog is open.
 * @attr {string} location - Id of the branch; by default all of them.
 * @attr {string} service - Id of the service that is booked, or of several for one visit, in their order; by default it is asked.
 * @attr {string} staff - Id of who gives it; by default it is asked.
 * @attr {string} date - `YYYY-MM-DD`: the day that is looked at first.
 * @attr {string} name - The customer's name, where the page knows it.
 * @attr {string} email - The customer's e-mail address, where the page knows it.
 * @attr {string} phone - The customer's phone number, where the page knows it.
 * @attr {string} notes - Answers the question whose key is `notes`.
 * @attr {string} prefill - What the website's server signed about the customer: filled in, not to be changed, and in place of a code by mail.
 * @attr {string} locked - Which of `service staff name email phone notes` the visitor cannot change; one without a value stays open.
 * @attr {"business" | "visitor"} zone-mode - Whose clock is shown first; by default the business's in person and the visitor's online.
 * @attr {"on" | "off"} hold - `off` books without keeping the time while the customer types.
 * @attr {"on" | "off"} add-services - `off` books one service a visit; by default visitors may add others.
 * @attr {"auto" | "light" | "dark"} theme - The same as `color-scheme`.
 * @attr {string} manage-url - Page that shows a booking from its link; by default ours. The link puts the booking's secret behind a `#`.
 * @attr {string} server - Origin of the Frontdesk server; by default the one that the loader came from.
 * @attr {string} accent - `#rrggbb`; corrected until text on it is readable.
 * @attr {"auto" | "light" | "dark"} color-scheme - Follows the reader's system by default.
 * @attr {string} locale - Language tag; by default the language of the page around the element.
 * @slot - Shown instead of the form as long as nothing can be booked here: a link or a phone number.
 * @slot trigger - What the button says.
 * @slot header - Above the form.
 * @slot empty - Said instead of our words in a month without free times.
 * @slot consent - Beside the texts to agree to.
 * @slot success - Below the confirmation.
 * @fires frontdesk-booking-ready - It is known what can be booked.
 * @fires frontdesk-booking-service-select - A service was chosen, or added to the visit; `service` is its id.
 * @fires frontdesk-booking-slot-select - A time was chosen; `service`, `start`.
 * @fires frontdesk-booking-hold - The time is kept for the visitor; `start`, `expiresAt`.
 * @fires frontdesk-booking-hold-expired - It is no longer kept.
 * @fires frontdesk-booking-before-submit - The form is complete; cancel it to keep it here.
 * @fires frontdesk-booking-booked - It is booked; `ref`, `service`, `start`, `zone`, `status`.
 * @fires frontdesk-booking-waitlisted - Somebody joined the line of a class; `service`, `start`, `zone`.
 * @fires frontdesk-booking-error - Something did not work; `code` says what.
 * @csspart trigger - The button that opens the dialog.
 * @csspart dialog - The dialog.
 * @csspart base - The outermost box of the form.
 * @csspart card - A service or a person to choose.
 * @csspart calendar - The month.
 * @csspart day - A day; one with free times is `day-free` too.
 * @csspart slot - A time to choose.
 * @csspart field - A field of the form.
 * @csspart button - A button that is not one of these.
 * @csspart submit - The button that books.
 */
export class FrontdeskBooking extends ElementBase {
  /** The form looks after the others. */
  static readonly observedAttributes = ['view', 'side', 'open', 'locale', 'accent'];

  readonly #shadow = this.attachShadow({ mode: 'open' });
  readonly #root = document.createElement('div');
  readonly #button = document.createElement('button');
  readonly #label = document.createElement('slot');
  /** What the page says itself, for as long as there is no form. */
  readonly #fallback = document.createElement('slot');
  #form: MountedForm | undefined;
  #loading: Promise<void> | undefined;
  #update: Promise<void> | undefined;

  readonly #handleChat = (): void => this.#requestUpdate();

  constructor() {
    super();
    this.#draw();
  }

  /** `inline`, `popup` or `floating`. */
  get view(): string {
    const view = this.getAttribute('view') ?? '';
    return ['popup', 'floating'].includes(view) ? view : 'inline';
  }

  /** What the button says where the page does not say it; also names the dialog. */
  get label(): string {
    return BUTTON_LABELS[resolveLocale(this, this.getAttribute('locale')).locale];
  }

  /** The dialog is open. */
  get isOpen(): boolean {
    return this.hasAttribute('open');
  }

  /** Settles when the latest changes are on the screen. */
  get updateComplete(): Promise<unknown> {
    return Promise.resolve(this.#update).then(() => this.#loading?.then(() => this.#form?.updateComplete));
  }

  connectedCallback(): void {
    // A chat may come later, and its launcher stands in the corner.
    document.addEventListener('frontdesk-ready', this.#handleChat);
    this.#requestUpdate();
  }

  disconnectedCallback(): void {
    document.removeEventListener('frontdesk-ready', this.#handleChat);
    this.close();
  }

  attributeChangedCallback(): void {
    this.#requestUpdate();
  }

  /** Opens the dialog and moves the focus into it. */
  open(): void {
    this.toggleAttribute('open', true);
  }

  /** Closes the dialog; the focus returns to where it was, and what was typed is still there when it opens again. */
  close(): void {
    this.toggleAttribute('open', false);
  }

  #draw(): void {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(BUTTON_CSS);
    }
    this.#shadow.adoptedStyleSheets = [sheet];
    this.#button.className = 'trigger';
    this.#button.part.add('trigger');
    this.#button.ariaHasPopup = 'dialog';
    this.#label.name = 'trigger';
    const box = document.createElement('span');
    box.append(this.#label);
    this.#button.append(drawIcon(CALENDAR_ICON), box);
    this.#root.append(this.#button);
    this.#button.onclick = () => this.open();
    this.#button.onpointerenter = this.#button.onfocus = () => void this.#load();
  }

  /** Several changes in a row are shown together. */
  #requestUpdate(): void {
    this.#update ??= Promise.resolve().then(() => {
      this.#update = undefined;
      if (this.isConnected) this.#show();
    });
  }

  #show(): void {
    if (this.view === 'inline') {
      this.#root.remove();
      if (!this.#form) this.#shadow.append(this.#fallback);
      void this.#load();
    } else this.#showButton();
    if (this.isOpen) void this.#load();
    void this.#form?.update();
  }

  #showButton(): void {
    const { locale, tag } = resolveLocale(this, this.getAttribute('locale'));
    const { accent, on } = createLauncherColors(this.getAttribute('accent'));
    this.#root.lang = tag;
    this.#root.dir = directionOf(locale);
    this.#root.style.setProperty('--_accent', accent);
    this.#root.style.setProperty('--_on', on);
    this.#label.textContent = this.label;
    if (!this.#root.parentNode) this.#shadow.prepend(this.#root);
    this.#root.popover = this.view === 'floating' ? 'manual' : null;
    if (this.#root.popover) this.#place();
  }

  /** In the corner, above the chat's launcher and every floating button before this one. */
  #place(): void {
    const others = [...document.querySelectorAll(FLOATING)];
    const isChat = (other: Element): boolean => other.localName === 'frontdesk-chat';
    const before = others.filter((other) => !isChat(other)).indexOf(this);
    this.#root.dataset['side'] = this.getAttribute('side') ?? '';
    this.#root.style.setProperty('--_level', `${before + Number(others.some(isChat))}`);
    // What is in the top layer leaves it when it is taken out of the document.
    if (!this.#root.matches(':popover-open')) this.#root.showPopover?.();
  }

  #load(): Promise<void> {
    this.#loading ??= this.#mount();
    return this.#loading;
  }

  /** Until its code is there the page's own words stand in the page; the next press, or some seconds, try again. */
  async #mount(): Promise<void> {
    this.#button.ariaBusy = 'true';
    try {
      const { MountedForm: Form } = await import('./flow/mount.js');
      this.#form ??= new Form(this, this.#shadow);
      this.#fallback.remove();
      await this.#form.update();
    } catch (error) {
      this.#loading = undefined;
      this.close();
      this.#shadow.append(this.#fallback);
      const failure = new Event('frontdesk-booking-error', { bubbles: true, composed: true });
      this.dispatchEvent(Object.assign(failure, { code: 'LOAD_FAILED', error }));
      if (this.view === 'inline') setTimeout(() => this.isConnected && this.#requestUpdate(), RETRY_MS);
    } finally {
      this.#button.ariaBusy = null;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-booking': FrontdeskBooking;
  }
}

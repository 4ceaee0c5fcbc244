import { OBJECT_ID_PATTERN, SITE_KEY_PATTERN, type CardId } from '@frontdesk/protocol/ids';
import { baseStyles } from '../core/base-styles.js';
import { draw, DrawnElement } from '../core/drawn-element.js';
import { resolveServerUrl } from '../core/loader-registry.js';
import { resolveLocale } from '../core/resolve-locale.js';
import { applyTheme, parseColorScheme } from '../core/theme.js';
import { cardEnvironment } from './card-environment.js';
import { createCardReader } from './card-reader.js';
import { createCardSession, type CardSession } from './card-session.js';
import { drawRoot, type FrontdeskCardView } from './card-view.js';
import { loadCardWords, type CardWords } from './card-words.js';
import { FrontdeskCardActionEvent, type CardActionKind } from './contact-card-events.js';
import { openOnPage } from './page-elements.js';
import { publishStructuredData } from './structured-data.js';

/** Property → attribute: pages without a framework set the one, frameworks the other. */
const ATTRIBUTES = {
  site: 'site',
  card: 'card',
  server: 'server',
  accent: 'accent',
  colorScheme: 'color-scheme',
  locale: 'locale',
} as const;

/**
 * A contact card of a branch or a person: whether it is open now, who it is, and every way to reach them. What stands between its tags
 * (a link to the card's page) is shown where scripts do not run and while there is no card.
 *
 * @tag frontdesk-contact-card
 * @tagname frontdesk-contact-card
 * @attr {string} site - Public key of the site.
 * @attr {string} card - Id of the card.
 * @attr {string} server - Origin of the Frontdesk server; by default the one that the loader came from.
 * @attr {string} accent - `#rrggbb`; corrected until text on it is readable.
 * @attr {"auto" | "light" | "dark"} color-scheme - Follows the reader's system by default.
 * @attr {string} locale - Language tag; by default the language of the page around the element.
 * @slot - Shown instead of the card as long as there is none: a link or a phone number.
 * @fires frontdesk-card-action - A button was pressed; `kind` says which, and nothing says by whom. Cancel it to do something else.
 * @fires frontdesk-message-sent - The business has the message that was written in the form.
 * @csspart base - The outermost box.
 * @csspart button - Every link and button of the card.
 * @cssproperty [--frontdesk-accent] - The one accent colour; prefer the `accent` attribute, which corrects contrast.
 */
export class FrontdeskContactCard extends DrawnElement {
  static readonly observedAttributes = Object.values(ATTRIBUTES);

  /** Public key of the site. */
  declare site: string | null;
  /** Id of the card. */
  declare card: string | null;
  /** Origin of the Frontdesk server. */
  declare server: string | null;
  /** `#rrggbb` */
  declare accent: string | null;
  /** `light`, `dark` or `auto`. */
  declare colorScheme: string | null;
  /** Language tag. */
  declare locale: string | null;

  #session: CardSession | undefined;
  /** What the session is of: server, site and card. */
  #followed = '';
  #words: CardWords | undefined;
  /** Tag of the language whose words are here or on their way. */
  #spoken = '';
  #structuredData: string | undefined;
  #withdraw: (() => void) | undefined;

  static {
    for (const [property, attribute] of Object.entries(ATTRIBUTES)) {
      Object.defineProperty(this.prototype, property, {
        get(this: HTMLElement) {
          return this.getAttribute(attribute);
        },
        set(this: HTMLElement, value: string | null | undefined) {
          if (value === null || value === undefined) this.removeAttribute(attribute);
          else this.setAttribute(attribute, value);
        },
      });
    }
  }

  constructor() {
    super();
    this.adopt(baseStyles);
  }

  override connectedCallback(): void {
    // What was set before this code arrived hides what the class has under the same name.
    for (const property of Object.keys(ATTRIBUTES) as (keyof typeof ATTRIBUTES)[]) {
      if (!Object.hasOwn(this, property)) continue;
      const value = this[property];
      delete (this as Partial<Record<keyof typeof ATTRIBUTES, unknown>>)[property];
      this[property] = value;
    }
    super.connectedCallback();
  }

  disconnectedCallback(): void {
    this.#end();
  }

  attributeChangedCallback(): void {
    this.requestUpdate();
  }

  get #serverUrl(): string {
    return resolveServerUrl(this.server);
  }

  /** One session for one card, for as long as the element is in the page. */
  #follow(): void {
    const { locale } = this.#speak();
    const { site, card } = this;
    const isNamed = SITE_KEY_PATTERN.test(site ?? '') && OBJECT_ID_PATTERN.test(card ?? '');
    const followed = isNamed ? `${this.#serverUrl} ${site} ${card}` : '';
    if (followed === this.#followed) return this.#session?.speak(locale);
    this.#end();
    if (!isNamed) return;
    const request = createCardReader(cardEnvironment, this.#serverUrl, site ?? '');
    this.#session = createCardSession({ environment: cardEnvironment, request, cardId: card as CardId, locale });
    this.#followed = followed;
    this.#session.subscribe(() => this.requestUpdate());
    this.#session.start();
  }

  /** The language of the surroundings; its words are shown as soon as they are there. */
  #speak(): ReturnType<typeof resolveLocale> {
    const resolved = resolveLocale(this, this.locale);
    if (resolved.tag === this.#spoken) return resolved;
    this.#spoken = resolved.tag;
    loadCardWords(resolved)
      .then((words) => {
        if (this.#spoken === resolved.tag) this.#words = words;
        this.requestUpdate();
      })
      // The next change tries again; until then the page's own words stand there.
      .catch(() => (this.#spoken = ''));
    return resolved;
  }

  #end(): void {
    this.#session?.stop();
    this.#session = undefined;
    this.#followed = '';
    this.#publish(undefined);
  }

  #publish(data: string | undefined): void {
    if (data === this.#structuredData) return;
    // First the new, so that the element in the head stays where it is.
    const withdraw = data === undefined ? undefined : publishStructuredData(data);
    this.#withdraw?.();
    this.#withdraw = withdraw;
    this.#structuredData = data;
  }

  /** True when nothing else shall happen. */
  #act(kind: CardActionKind): boolean {
    if (!this.dispatchEvent(new FrontdeskCardActionEvent(kind))) return true;
    if (kind === 'reveal') void this.#session?.reveal();
    const view = this.#session?.getState().view;
    return view ? openOnPage(kind, view.book) : false;
  }

  protected override update(): void {
    applyTheme(this.root, this.accent, parseColorScheme(this.colorScheme));
    this.#follow();
    const words = this.#words;
    const state = this.#session?.getState();
    this.#publish(state?.view?.structuredData);
    if (!words || !state || state.phase === 'unavailable') return this.show(draw('slot'));
    if (!state.view) {
      const loading = draw('p', { role: 'status' }, words.t('card.loading'));
      return this.show(drawRoot(words, draw('slot', {}, loading)));
    }
    this.show(drawRoot(words, draw('frontdesk-card-view', { exportparts: 'button' })));
    const shown = this.root.querySelector<FrontdeskCardView>('frontdesk-card-view');
    if (!shown) return;
    const act = (kind: CardActionKind): boolean => this.#act(kind);
    shown.look = { words, state, serverUrl: this.#serverUrl, site: this.site ?? '', act };
  }
}

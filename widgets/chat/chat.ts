import type { SiteTheme } from '@frontdesk/protocol/tenancy';
import { drawIcon } from '../core/draw-icon.js';
import { directionOf, resolveLocale, type ResolvedLocale } from '../core/resolve-locale.js';
import { FrontdeskCloseEvent, FrontdeskErrorEvent, FrontdeskOpenEvent, FrontdeskReadyEvent } from './chat-events.js';
import { CHAT_CSS } from './chat.styles.js';
import { hasConversation, wasOpen } from './history-peek.js';
import { createLauncherColors } from './launcher-colors.js';
import { CLOSE_ICON, OPEN_ICON } from './launcher-icons.js';
import { LAUNCHER_LABELS } from './launcher-labels.js';
import { readLoaderRegistry } from '../core/loader-registry.js';
import type { MountedPanel, MountPanel, PanelOptions, PanelOwner } from './panel-contract.js';
import { claimPage, releasePage } from './single-chat.js';

/** More unread messages than this are "99+": the badge stays a badge. */
const BADGE_MAX = 99;

let sheet: CSSStyleSheet | undefined;

/** A server that renders the page may import the class; it only never makes one. */
const ElementBase = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/**
 * Live chat for the visitors of a website: a round button that opens the conversation with the business.
 *
 * This class draws the button alone and fetches the rest at the first sign of interest. It is the one element of ours
 * without Lit: the untouched chat, loader included, has a budget of 7 kB, and Lit's base class alone takes a third.
 *
 * @tag frontdesk-chat
 * @tagname frontdesk-chat
 * @attr {string} site - Public site key (`pk_…`) from the settings.
 * @attr {string} server - Origin of the Frontdesk server; by default the one that the loader came from.
 * @attr {string} accent - Accent colour as `#rrggbb`; corrected until text on it is readable.
 * @attr {"auto" | "light" | "dark"} color-scheme - Follows the visitor's system by default.
 * @attr {"end" | "start"} side - Corner of the launcher, in reading direction.
 * @attr {string} locale - Language tag; by default the language of the page.
 * @attr {boolean} open - The panel is open.
 * @fires {FrontdeskReadyEvent} frontdesk-ready - The launcher can be used.
 * @fires {FrontdeskOpenEvent} frontdesk-open - The panel was opened.
 * @fires {FrontdeskCloseEvent} frontdesk-close - The panel was closed.
 * @fires {FrontdeskMessageEvent} frontdesk-message - A message appeared in the thread.
 * @fires {FrontdeskUnreadChangedEvent} frontdesk-unread-changed - The number of unseen messages changed.
 * @fires {FrontdeskConversationStartedEvent} frontdesk-conversation-started - The first message made a conversation.
 * @fires {FrontdeskErrorEvent} frontdesk-error - Something the page's developer should know.
 * @csspart base - The root in the top layer.
 * @csspart launcher - The round button.
 * @csspart badge - The number of unread messages.
 * @csspart panel - The card of the open chat, or the whole screen on a phone.
 * @csspart header - Name of the business and whether someone is there.
 * @csspart thread - The list of messages.
 * @csspart composer - The field and the send button.
 * @cssproperty [--frontdesk-font=system-ui] - Font stack.
 * @cssproperty [--frontdesk-radius-card=12px] - Corner of the panel.
 * @cssproperty [--frontdesk-radius-bubble=20px] - Corner of the bubbles.
 */
export class FrontdeskChat extends ElementBase {
  static readonly observedAttributes = ['site', 'server', 'accent', 'color-scheme', 'side', 'locale', 'open'];

  readonly #root = document.createElement('div');
  readonly #button = document.createElement('button');
  readonly #badge = document.createElement('span');
  readonly #failure = document.createElement('p');
  #language: ResolvedLocale = { locale: 'en', tag: 'en' };
  #siteTheme: SiteTheme | undefined;
  #panel: MountedPanel | undefined;
  #panelLoading: Promise<MountedPanel | undefined> | undefined;
  #failedLoads = 0;
  #identityToken: string | null = null;
  #unreadCount = 0;
  #update: Promise<void> | undefined;
  #isActive = false;
  #isReady = false;
  #isShownOpen = false;
  /** A page that opens the chat by itself, or a visitor who comes back to it, keeps the focus where it is. */
  #shouldFocus = false;

  constructor() {
    super();
    this.#draw();
  }

  /** JWT of the website's own back end that vouches for the signed-in visitor; never an attribute. */
  get identityToken(): string | null {
    return this.#identityToken;
  }
  set identityToken(token: string | null) {
    this.#identityToken = token;
    this.#requestUpdate();
  }

  /** The panel is open. */
  get isOpen(): boolean {
    return this.hasAttribute('open');
  }

  /** Messages of the business that the visitor has not seen. */
  get unreadCount(): number {
    return this.#unreadCount;
  }

  /** Settles when the latest changes are on the screen. */
  get updateComplete(): Promise<void> {
    return this.#update ?? Promise.resolve();
  }

  connectedCallback(): void {
    // A framework may have set the property before this class was there to receive it.
    if (Object.hasOwn(this, 'identityToken')) {
      const { identityToken } = this;
      Reflect.deleteProperty(this, 'identityToken');
      this.identityToken = identityToken;
    }
    if (claimPage(this)) this.handleTurn();
    else this.#root.hidden = true;
  }

  disconnectedCallback(): void {
    this.#isActive = false;
    releasePage(this);
  }

  attributeChangedCallback(): void {
    this.#requestUpdate();
  }

  /** It is this element's turn to be the page's one chat. @internal */
  handleTurn(): void {
    this.#isActive = true;
    this.#root.hidden = false;
    // What is in the top layer leaves it when it is taken out of the document.
    if (this.#root.popover && !this.#root.matches(':popover-open')) this.#root.showPopover();
    this.#requestUpdate();
  }

  /** Opens the panel and moves the focus into it. */
  open(): void {
    this.#shouldFocus = true;
    this.toggleAttribute('open', true);
  }

  /** Closes the panel; the focus returns to the launcher if it was inside. */
  close(): void {
    this.toggleAttribute('open', false);
  }

  /** Opens the panel, or closes it. */
  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  /** Sends a message as the visitor. True when it is kept and on its way. */
  async send(body: string): Promise<boolean> {
    return (await this.#loadPanel())?.send(body) ?? false;
  }

  /** Speaks another language from now on; the same as setting the attribute. */
  setLocale(tag: string): void {
    this.setAttribute('locale', tag);
  }

  /** Signs the visitor out: the conversation, the drafts and everything stored in this browser are gone. */
  async reset(): Promise<void> {
    this.identityToken = null;
    this.close();
    await (await this.#loadPanel())?.reset();
  }

  #draw(): void {
    const shadow = this.attachShadow({ mode: 'open' });
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(CHAT_CSS);
    }
    shadow.adoptedStyleSheets = [sheet];
    describe(this.#root, 'root', { part: 'base', popover: 'manual' });
    describe(this.#button, 'launcher', { part: 'launcher', type: 'button', 'aria-haspopup': 'dialog' });
    describe(this.#badge, 'badge', { part: 'badge', 'aria-hidden': 'true' });
    describe(this.#failure, 'failure', { role: 'alert', hidden: '' });
    this.#button.append(drawIcon(OPEN_ICON, 'icon--open'), drawIcon(CLOSE_ICON, 'icon--close'), this.#badge);
    this.#root.append(this.#button, this.#failure);
    shadow.append(this.#root);
    this.#button.addEventListener('click', () => this.toggle());
    for (const intent of ['pointerenter', 'focus']) {
      this.#button.addEventListener(intent, () => void this.#loadPanel(), { once: true });
    }
  }

  /** Several changes in a row are shown together. */
  #requestUpdate(): void {
    this.#update ??= Promise.resolve().then(() => {
      this.#update = undefined;
      if (this.#isActive) this.#show();
    });
  }

  #show(): void {
    this.#language = resolveLocale(this, this.getAttribute('locale'));
    if (!this.#isReady) this.#start();
    this.#showLauncher();
    this.#panel?.configure(this.#panelOptions());
    if (this.isOpen !== this.#isShownOpen) this.#showPanel();
  }

  #showLauncher(): void {
    const labels = LAUNCHER_LABELS[this.#language.locale];
    const { accent, side } = this.#panelOptions();
    const colors = createLauncherColors(accent);
    const count = this.#unreadCount;
    const shown = count > BADGE_MAX ? `${BADGE_MAX}+` : `${count}`;
    const hasNews = count > 0 && !this.isOpen;
    const name = this.isOpen ? labels.close : labels.open;
    this.#root.style.setProperty('--_accent', colors.accent);
    this.#root.style.setProperty('--_on', colors.on);
    this.#root.lang = this.#language.tag;
    this.#root.dir = directionOf(this.#language.locale);
    this.#root.dataset['side'] = side;
    this.#root.toggleAttribute('data-open', this.isOpen);
    this.#button.setAttribute('aria-expanded', `${this.isOpen}`);
    this.#button.setAttribute('aria-label', hasNews ? `${name}. ${labels.unread} ${shown}` : name);
    this.#badge.textContent = shown;
    this.#badge.hidden = !hasNews;
  }

  /** The first time on the page: open again what was open, and look for answers when nothing else is to be done. */
  #start(): void {
    this.#isReady = true;
    const { site } = this.#panelOptions();
    if (wasOpen(site)) this.toggleAttribute('open', true);
    else if (hasConversation(site)) whenIdle(() => void this.#loadPanel());
    this.dispatchEvent(new FrontdeskReadyEvent());
  }

  #showPanel(): void {
    this.#isShownOpen = this.isOpen;
    if (this.isOpen) {
      void this.#loadPanel().then((panel) => {
        if (this.isOpen) panel?.show({ shouldFocus: this.#shouldFocus });
        this.#shouldFocus = false;
      });
      this.dispatchEvent(new FrontdeskOpenEvent());
    } else {
      const hadFocus = this.shadowRoot?.activeElement;
      this.#panel?.hide();
      if (hadFocus) this.#button.focus();
      this.dispatchEvent(new FrontdeskCloseEvent());
    }
  }

  #panelOptions(): PanelOptions {
    const theme = this.#siteTheme;
    return {
      serverUrl: this.getAttribute('server') ?? readLoaderRegistry()?.serverUrl ?? location.origin,
      site: this.getAttribute('site') ?? '',
      identityToken: this.#identityToken,
      language: this.#language,
      accent: this.getAttribute('accent') ?? theme?.accent ?? null,
      colorScheme: this.getAttribute('color-scheme') ?? theme?.colorScheme ?? null,
      side: (this.getAttribute('side') ?? theme?.launcherSide) === 'start' ? 'start' : 'end',
    };
  }

  #loadPanel(): Promise<MountedPanel | undefined> {
    this.#panelLoading ??= this.#mountPanel();
    return this.#panelLoading;
  }

  async #mountPanel(): Promise<MountedPanel | undefined> {
    this.#button.setAttribute('aria-busy', 'true');
    this.#failure.hidden = true;
    try {
      const { mountPanel } = await loadPanelModule(this.#failedLoads);
      this.#panel = await mountPanel(this.#root, this.#createOwner(), this.#panelOptions());
      return this.#panel;
    } catch (error) {
      // The next press tries again: an interrupted download is the usual reason.
      this.#panelLoading = undefined;
      this.#failedLoads += 1;
      this.#failure.textContent = LAUNCHER_LABELS[this.#language.locale].failed;
      this.#failure.hidden = !this.isOpen;
      this.close();
      this.dispatchEvent(new FrontdeskErrorEvent('LOAD_FAILED', `${error}`));
      return undefined;
    } finally {
      this.#button.removeAttribute('aria-busy');
    }
  }

  #createOwner(): PanelOwner {
    return {
      handleUnread: (count) => {
        this.#unreadCount = count;
        this.#requestUpdate();
      },
      handleClose: () => this.close(),
      handleTheme: (theme) => {
        this.#siteTheme = theme;
        this.#requestUpdate();
      },
      announce: (event) => void this.dispatchEvent(event),
    };
  }
}

/**
 * A browser never asks again for a module that it failed to load, and a newer release no longer has the file that this
 * page was built with. So a further try goes through the server's `retry-…` folders: the files of today, under
 * addresses that the browser has not given up on.
 */
function loadPanelModule(failedLoads: number): Promise<{ readonly mountPanel: MountPanel }> {
  if (failedLoads === 0) return import('./panel/mount.js');
  const here = import.meta.url; // By itself, because the bundler takes the usual spelling for a file of its own.
  return import(/* @vite-ignore */ new URL(`retry-${failedLoads}/panel.js`, here).href);
}

function describe(element: HTMLElement, className: string, attributes: Readonly<Record<string, string>>): void {
  element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 5_000 });
  else setTimeout(run, 1_000);
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-chat': FrontdeskChat;
  }
}

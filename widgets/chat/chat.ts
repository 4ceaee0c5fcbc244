import { ReactiveElement, type PropertyDeclarations, type PropertyValues } from '@lit/reactive-element';
import type { SiteTheme } from '@frontdesk/protocol/tenancy';
import { drawIcon } from '../core/draw-icon.js';
import { messageCircleIcon, xIcon } from '../core/icons.js';
import { directionOf, resolveLocale, type ResolvedLocale } from '../core/locale.js';
import { applyTheme, parseColorScheme } from '../core/theme.js';
import { FrontdeskCloseEvent, FrontdeskErrorEvent, FrontdeskOpenEvent, FrontdeskReadyEvent } from './chat-events.js';
import { chatStyles } from './chat.styles.js';
import { hasConversation, wasOpen } from './history-peek.js';
import { LAUNCHER_LABELS } from './launcher-labels.js';
import { readLoaderRegistry } from './loader-registry.js';
import type { MountedPanel, PanelOptions } from './panel-contract.js';
import { claimPage, releasePage } from './single-chat.js';

/** More unread messages than this are "99+": the badge stays a badge. */
const BADGE_MAX = 99;

/**
 * Live chat for the visitors of a website: a round button that opens the conversation with the business.
 *
 * This class draws the button alone, with DOM calls and a constructed style sheet, and fetches the rest at the first
 * sign of interest. Properties are declared without decorators for the same reason: the untouched chat has a budget
 * of 7 kB.
 *
 * @tag frontdesk-chat
 * @attr {string} site - Public site key (`pk_…`) from the settings.
 * @attr {string} server - Origin of the Frontdesk server; by default the one that the loader came from.
 * @attr {string} accent - Accent colour as `#rrggbb`; corrected until text on it is readable.
 * @attr {"auto" | "light" | "dark"} color-scheme - Follows the visitor's system by default.
 * @attr {"end" | "start"} side - Corner of the launcher, in reading direction.
 * @attr {string} locale - Language tag; by default the language of the page.
 * @attr {boolean} open - The panel is open.
 * @prop {string | null} identityToken - JWT that vouches for the signed-in visitor; never an attribute.
 * @fires frontdesk-ready - The launcher can be used.
 * @fires frontdesk-open - The panel was opened.
 * @fires frontdesk-close - The panel was closed.
 * @fires frontdesk-message - A message appeared in the thread.
 * @fires frontdesk-unread-changed - The number of unseen messages changed.
 * @fires frontdesk-conversation-started - The first message made a conversation.
 * @fires frontdesk-error - Something the page's developer should know.
 * @csspart base - The root in the top layer.
 * @csspart launcher - The round button.
 * @csspart badge - The number of unread messages.
 * @csspart panel - The panel (exported from the inner element, as are the next ones).
 * @csspart header - Its header.
 * @csspart thread - The list of messages.
 * @csspart composer - The field and the send button.
 * @cssproperty [--frontdesk-font=system-ui] - Font stack.
 * @cssproperty [--frontdesk-radius-card=12px] - Corner of the panel.
 * @cssproperty [--frontdesk-radius-bubble=20px] - Corner of the bubbles.
 */
export class FrontdeskChat extends ReactiveElement {
  static override styles = [chatStyles];
  static override properties: PropertyDeclarations = {
    site: {},
    server: {},
    accent: {},
    colorScheme: { attribute: 'color-scheme' },
    side: {},
    locale: {},
    isOpen: { type: Boolean, attribute: 'open', reflect: true },
    identityToken: { attribute: false },
  };

  declare site: string | null;
  declare server: string | null;
  declare accent: string | null;
  declare colorScheme: string | null;
  declare side: string | null;
  declare locale: string | null;
  declare isOpen: boolean;
  declare identityToken: string | null;

  readonly #root = document.createElement('div');
  readonly #button = document.createElement('button');
  readonly #badge = document.createElement('span');
  readonly #failure = document.createElement('p');
  #language: ResolvedLocale = { locale: 'en', tag: 'en' };
  #siteTheme: SiteTheme | undefined;
  #panel: MountedPanel | undefined;
  #panelLoading: Promise<MountedPanel | undefined> | undefined;
  #unreadCount = 0;
  #isActive = false;
  #isReady = false;
  /** A page that opens the chat by itself, or a visitor who comes back to it, keeps the focus where it is. */
  #shouldFocus = false;

  constructor() {
    super();
    this.isOpen = false;
    this.identityToken = null;
    this.#draw();
  }

  /** Messages of the business that the visitor has not seen. */
  get unreadCount(): number {
    return this.#unreadCount;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (claimPage(this)) this.handleTurn();
    else this.#root.hidden = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#isActive = false;
    releasePage(this);
  }

  /** It is this element's turn to be the page's one chat. @internal */
  handleTurn(): void {
    this.#isActive = true;
    this.#root.hidden = false;
    // What is in the top layer leaves it when it is taken out of the document.
    if (this.#root.popover && !this.#root.matches(':popover-open')) this.#root.showPopover();
    this.requestUpdate('isOpen', false);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.append(this.#root);
    return root;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.#isReady || changed.has('locale')) this.#language = resolveLocale(this, this.locale);
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    if (this.shadowRoot) {
      const accent = this.accent ?? this.#siteTheme?.accent;
      applyTheme(this.shadowRoot, accent, parseColorScheme(this.colorScheme ?? this.#siteTheme?.colorScheme));
    }
    this.#showLauncher();
    if (!this.#isActive) return;
    this.#panel?.configure(this.#panelOptions());
    if (!this.#isReady) this.#start();
    if (changed.has('isOpen')) this.#showPanel(changed.get('isOpen') as boolean | undefined);
  }

  /** Opens the panel and moves the focus into it. */
  open(): void {
    this.#shouldFocus = true;
    this.isOpen = true;
  }

  /** Closes the panel; the focus returns to the launcher if it was inside. */
  close(): void {
    this.isOpen = false;
  }

  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  /** Sends a message as the visitor. True when it is kept and on its way. */
  async send(body: string): Promise<boolean> {
    const panel = await this.#loadPanel();
    return panel ? panel.send(body) : false;
  }

  setLocale(tag: string): void {
    this.locale = tag;
  }

  /** Signs the visitor out: the conversation, the drafts and everything stored in this browser are gone. */
  async reset(): Promise<void> {
    this.identityToken = null;
    this.close();
    const panel = await this.#loadPanel();
    await panel?.reset();
  }

  #draw(): void {
    this.#root.className = 'root';
    this.#root.setAttribute('part', 'base');
    if ('popover' in this.#root) this.#root.popover = 'manual';
    this.#button.type = 'button';
    this.#button.className = 'launcher';
    this.#button.setAttribute('part', 'launcher');
    this.#button.setAttribute('aria-haspopup', 'dialog');
    this.#badge.className = 'badge';
    this.#badge.setAttribute('part', 'badge');
    this.#badge.setAttribute('aria-hidden', 'true');
    this.#failure.className = 'failure';
    this.#failure.setAttribute('role', 'alert');
    this.#failure.hidden = true;
    this.#button.append(drawIcon(messageCircleIcon, 'icon--open'), drawIcon(xIcon, 'icon--close'), this.#badge);
    this.#root.append(this.#button, this.#failure);
    this.#button.addEventListener('click', () => this.toggle());
    for (const intent of ['pointerenter', 'focus']) {
      this.#button.addEventListener(intent, () => void this.#loadPanel(), { once: true });
    }
  }

  #showLauncher(): void {
    const labels = LAUNCHER_LABELS[this.#language.locale];
    const count = this.#unreadCount;
    const shown = count > BADGE_MAX ? `${BADGE_MAX}+` : String(count);
    const name = this.isOpen ? labels.close : labels.open;
    this.#root.lang = this.#language.tag;
    this.#root.dir = directionOf(this.#language.locale);
    this.#root.dataset['side'] = this.#side;
    this.#root.toggleAttribute('data-open', this.isOpen);
    this.#button.setAttribute('aria-expanded', String(this.isOpen));
    this.#button.setAttribute('aria-label', count > 0 && !this.isOpen ? `${name}. ${labels.unread} ${shown}` : name);
    this.#badge.textContent = shown;
    this.#badge.hidden = count === 0 || this.isOpen;
  }

  /** The first time on the page: open again what was open, and look for answers when nothing else is to be done. */
  #start(): void {
    this.#isReady = true;
    const { site } = this.#panelOptions();
    if (site && wasOpen(site)) this.isOpen = true;
    else if (site && hasConversation(site)) whenIdle(() => void this.#loadPanel());
    this.dispatchEvent(new FrontdeskReadyEvent());
  }

  #showPanel(wasOpenBefore: boolean | undefined): void {
    if (this.isOpen) {
      void this.#loadPanel().then((panel) => {
        if (this.isOpen) panel?.show({ shouldFocus: this.#shouldFocus });
        this.#shouldFocus = false;
      });
      this.dispatchEvent(new FrontdeskOpenEvent());
    } else if (wasOpenBefore) {
      const hadFocus = this.shadowRoot?.activeElement;
      this.#panel?.hide();
      if (hadFocus) this.#button.focus();
      this.dispatchEvent(new FrontdeskCloseEvent());
    }
  }

  get #side(): string {
    return (this.side ?? this.#siteTheme?.launcherSide) === 'start' ? 'start' : 'end';
  }

  #panelOptions(): PanelOptions {
    const loader = readLoaderRegistry();
    return {
      serverUrl: this.server ?? loader.serverUrl ?? location.origin,
      site: this.site ?? loader.site ?? '',
      identityToken: this.identityToken,
      language: this.#language,
      side: this.#side,
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
      const { mountPanel } = await import('./panel/mount.js');
      this.#panel = mountPanel(this.#root, this.#createOwner(), this.#panelOptions());
      return this.#panel;
    } catch (error) {
      // The next press tries again: an interrupted download is the usual reason.
      this.#panelLoading = undefined;
      this.#failure.textContent = LAUNCHER_LABELS[this.#language.locale].failed;
      this.#failure.hidden = !this.isOpen;
      this.isOpen = false;
      this.dispatchEvent(new FrontdeskErrorEvent('LOAD_FAILED', String(error)));
      return undefined;
    } finally {
      this.#button.removeAttribute('aria-busy');
    }
  }

  #createOwner() {
    return {
      handleUnread: (count: number) => {
        this.#unreadCount = count;
        this.requestUpdate();
      },
      handleClose: () => this.close(),
      handleTheme: (theme: SiteTheme) => {
        this.#siteTheme = theme;
        this.requestUpdate();
      },
      announce: (event: Event) => void this.dispatchEvent(event),
    };
  }
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

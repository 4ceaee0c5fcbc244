import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { Announcer } from '../../core/a11y.js';
import type { ChatState } from '../../core/client/session-types.js';
import { volume2Icon, volumeXIcon, wifiOffIcon, circleAlertIcon, infoIcon, xIcon } from '../../core/icons.js';
import type { Translator } from '../../core/locale.js';
import { renderIcon } from '../../core/render-icon.js';
import { toPlainText } from '../../core/rich-text.js';
import { baseStyles } from '../../core/base-styles.js';
import { buttonStyles } from '../../core/button-styles.js';
import { surfaceStyles } from '../../core/surface-styles.js';
import type { CustomerKey } from '../../locales/en.js';
import type { FrontdeskChatComposer } from './chat-composer.js';
import { chatPanelStyles } from './chat-panel.styles.js';
import type { FrontdeskChatThread } from './chat-thread.js';
import { ChatRequestEvent } from './requests.js';
import { initialOf } from './thread-model.js';

/** Short losses of the connection pass unseen: a notice that comes and goes is worse than none. */
export const OFFLINE_NOTICE_AFTER_MS = 3_000;
/** More arrivals at once are counted instead of read out. */
const MAX_READ_OUT = 3;

/**
 * The open chat. It draws a {@link ChatState} and asks, by request events, for what the visitor wants; it knows no
 * connection and no storage.
 *
 * @csspart panel - The card, or the whole screen on a phone.
 * @csspart header - Name of the business and whether someone is there.
 * @csspart thread - The list of messages.
 * @csspart composer - The field and the send button.
 */
export class FrontdeskChatPanel extends LitElement {
  static override styles = [baseStyles, buttonStyles, surfaceStyles, chatPanelStyles];

  @query('frontdesk-chat-composer')
  private readonly composer!: FrontdeskChatComposer | null;

  @query('frontdesk-chat-thread')
  private readonly thread!: FrontdeskChatThread | null;

  @state()
  private isOfflineShown = false;

  /** Frozen when the panel opens, so that the divider does not run away from the reader. */
  @state()
  private unreadAfter: number | null = null;

  @property({ attribute: false })
  state!: ChatState; // Set before the first render.

  @property({ attribute: false })
  translator!: Translator<CustomerKey>; // Set before the first render.

  @property({ type: Boolean, attribute: false })
  isOpen = false;

  @property({ type: Boolean, attribute: false })
  isMuted = false;

  /** The page has not said yet who the visitor is, and the business asks for that. */
  @property({ type: Boolean, attribute: false })
  needsSignIn = false;

  @property({ type: Number, attribute: false })
  offlineNoticeAfterMs = OFFLINE_NOTICE_AFTER_MS;

  readonly #announcer = new Announcer();
  #announcedSeq: number | undefined;
  #offlineTimer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    window.visualViewport?.addEventListener('resize', this.#handleViewport, { passive: true });
    window.visualViewport?.addEventListener('scroll', this.#handleViewport, { passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#offlineTimer);
    this.#offlineTimer = undefined;
    window.visualViewport?.removeEventListener('resize', this.#handleViewport);
    window.visualViewport?.removeEventListener('scroll', this.#handleViewport);
  }

  /** Moves the focus to where the visitor goes on: the field, or else the first thing that can be pressed. */
  focusComposer(): void {
    if (this.composer) this.composer.focus();
    else this.renderRoot.querySelector<HTMLElement>('button')?.focus();
  }

  /** The newest message is in sight. */
  get isAtNewest(): boolean {
    return this.thread?.isAtNewest ?? true;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('isOpen')) {
      const { unreadCount, conversation } = this.state;
      this.unreadAfter = this.isOpen && unreadCount > 0 ? (conversation?.readUpTo ?? 0) : null;
    }
    if (changed.has('state')) this.#watchConnection();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('state')) this.#announceNew();
    if (changed.has('isOpen') && this.isOpen) {
      this.#handleViewport();
      void this.thread?.scrollToNewest();
    }
  }

  /** On a phone the keyboard covers the page; only the visual viewport knows what is left of it. */
  readonly #handleViewport = (): void => {
    const viewport = window.visualViewport;
    if (!this.isOpen || !viewport) return;
    // While the reader has zoomed in, the panel keeps its size and moves like the rest of the page.
    const isZoomed = viewport.scale > 1.01;
    this.style.setProperty('--_viewport-height', isZoomed ? '100%' : `${viewport.height}px`);
    this.style.setProperty('--_viewport-top', isZoomed ? '0px' : `${viewport.offsetTop}px`);
  };

  #handleKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation(); // Handled: a dialog of the page behind must not close too.
    this.#ask('close');
  }

  #ask(name: 'close' | 'reload'): void {
    this.dispatchEvent(new ChatRequestEvent(name, undefined));
  }

  #watchConnection(): void {
    const { phase, isReachable } = this.state.connection;
    // Where sockets are blocked, messages still go through; that is not the visitor's concern.
    const isOffline = phase === 'offline' && !isReachable;
    if (!isOffline) {
      clearTimeout(this.#offlineTimer);
      this.#offlineTimer = undefined;
      this.isOfflineShown = false;
    } else if (!this.isOfflineShown && this.#offlineTimer === undefined) {
      this.#offlineTimer = setTimeout(() => {
        this.#offlineTimer = undefined;
        this.isOfflineShown = true;
      }, this.offlineNoticeAfterMs);
    }
  }

  /**
   * A browser hides from the page why a server cannot be reached. One that never answered, while the device is online,
   * is one that this website may not use or that is down: "you are offline" would send the visitor looking for cables.
   */
  get #offlineKey(): CustomerKey {
    return this.state.site === null && navigator.onLine ? 'chat.unavailable' : 'chat.offline';
  }

  /** Reads out what others wrote since the last time: once, and never the history. */
  #announceNew(): void {
    if (this.state.phase !== 'ready') return;
    const incoming = this.state.messages.filter(({ isMine, seq }) => !isMine && seq !== null);
    const newest = Math.max(0, ...incoming.map(({ seq }) => seq ?? 0));
    const fresh = incoming.filter(({ seq }) => (seq ?? 0) > (this.#announcedSeq ?? Number.POSITIVE_INFINITY));
    this.#announcedSeq = Math.max(newest, this.#announcedSeq ?? 0);
    if (fresh.length === 0) return;
    const { t } = this.translator;
    const text =
      fresh.length > MAX_READ_OUT
        ? t('chat.newMessages', { count: fresh.length })
        : fresh
            .map(({ authorName, authorKind, body }) => {
              const name = authorKind === 'ai' ? t('chat.assistant') : (authorName ?? t('chat.team'));
              return t('chat.announce', { name, text: toPlainText(body) });
            })
            .join('. ');
    this.#announcer.announce(text, `${this.#announcedSeq}`);
  }

  private renderHeader(): unknown {
    const { t } = this.translator;
    const { site, isStaffOnline } = this.state;
    const name = site?.name ?? t('chat.title');
    const soundLabel = t(this.isMuted ? 'chat.unmute' : 'chat.mute');
    return html`<header class="header" part="header">
      <span class="avatar avatar--large" aria-hidden="true">${initialOf(name)}</span>
      <div class="header__text">
        <h2 class="header__name"><bdi>${name}</bdi></h2>
        ${
          isStaffOnline === null || this.isOfflineShown
            ? nothing
            : html`<p class="header__presence ${isStaffOnline ? 'header__presence--online' : ''}">
                ${t(isStaffOnline ? 'chat.online' : 'chat.away')}
              </p>`
        }
      </div>
      <button
        class="icon-button"
        type="button"
        aria-label=${soundLabel}
        title=${soundLabel}
        @click=${() => this.dispatchEvent(new ChatRequestEvent('sound', { isOn: this.isMuted }))}
      >
        ${renderIcon(this.isMuted ? volumeXIcon : volume2Icon)}
      </button>
      <button
        class="icon-button"
        type="button"
        aria-label=${t('chat.close')}
        title=${t('chat.close')}
        @click=${() => this.#ask('close')}
      >
        ${renderIcon(xIcon)}
      </button>
    </header>`;
  }

  /** Why nothing can be sent, or null when it can. */
  get #obstacle(): CustomerKey | null {
    const { connection } = this.state;
    if (connection.phase === 'refused') {
      const code = connection.reason?.code;
      if (code === 'INCOMPATIBLE_PROTOCOL') return 'chat.outdated';
      return code === 'UNAUTHENTICATED' || code === 'TOKEN_EXPIRED' ? 'chat.signInFirst' : 'chat.unavailable';
    }
    return this.needsSignIn ? 'chat.signInFirst' : null;
  }

  private renderNotices(): unknown {
    const { t } = this.translator;
    const { phase, isPersistent } = this.state;
    const obstacle = this.#obstacle;
    return html`<div class="notices" role="status">
      ${
        obstacle
          ? html`<p class="notice notice--warning">${renderIcon(circleAlertIcon)} <span>${t(obstacle)}</span></p>`
          : nothing
      }
      ${
        this.isOfflineShown
          ? html`<p class="notice notice--warning">${renderIcon(wifiOffIcon)} <span>${t(this.#offlineKey)}</span></p>`
          : nothing
      }
      ${
        phase === 'failed' && !obstacle
          ? html`<div class="notice notice--danger">
              ${renderIcon(circleAlertIcon)} <span>${t('chat.failedToLoad')}</span>
              <button class="button button--small" type="button" @click=${() => this.#ask('reload')}>
                ${t('chat.retry')}
              </button>
            </div>`
          : nothing
      }
      ${isPersistent ? nothing : html`<p class="notice">${renderIcon(infoIcon)} <span>${t('chat.notKept')}</span></p>`}
    </div>`;
  }

  private renderEmpty(): unknown {
    const { t } = this.translator;
    const { site, phase, messages } = this.state;
    if (messages.length > 0 || this.#obstacle) return nothing;
    if (phase === 'loading') {
      return html`<div class="loading">
        <p class="visually-hidden">${t('chat.loading')}</p>
        <i class="loading__line"></i><i class="loading__line loading__line--mine"></i><i class="loading__line"></i>
      </div>`;
    }
    if (phase === 'failed') return nothing;
    return html`<div class="greeting">
      <p class="greeting__text"><bdi>${site?.greeting || t('chat.greeting')}</bdi></p>
      <p class="greeting__hint">${t('chat.greetingHint')}</p>
    </div>`;
  }

  protected override render(): unknown {
    const { translator } = this;
    const { t } = translator;
    const { site, messages, hasOlder, typingName, conversation, draft } = this.state;
    return html`<div class="root" lang=${translator.tag} dir=${translator.direction}>
      ${this.#announcer.element}
      <div
        class="panel"
        part="panel"
        role="dialog"
        aria-label=${site?.name ?? t('chat.title')}
        ?hidden=${!this.isOpen}
        @keydown=${this.#handleKeydown}
      >
        ${this.renderHeader()} ${this.renderNotices()}
        <frontdesk-chat-thread
          part="thread"
          .messages=${messages}
          .translator=${translator}
          .unreadAfter=${this.unreadAfter}
          .hasOlder=${hasOlder}
          .typingName=${typingName}
          >${this.renderEmpty()}</frontdesk-chat-thread
        >
        ${conversation?.status === 'resolved' ? html`<p class="resolved">${t('chat.resolved')}</p>` : nothing}
        ${
          this.#obstacle && draft === ''
            ? nothing
            : html`<frontdesk-chat-composer
                part="composer"
                .translator=${translator}
                .draft=${draft}
                .isBlocked=${this.#obstacle !== null}
              ></frontdesk-chat-composer>`
        }
      </div>
    </div>`;
  }
}

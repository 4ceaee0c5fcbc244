import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatMessage } from '../../core/client/session-types.js';
import {
  arrowDownIcon,
  botIcon,
  checkCheckIcon,
  checkIcon,
  circleAlertIcon,
  clockIcon,
  copyIcon,
  eyeIcon,
  rotateCcwIcon,
  trash2Icon,
} from '../../core/icons.js';
import type { Translator } from '../../core/locale.js';
import { renderIcon } from '../../core/render-icon.js';
import { renderRichText, richTextStyles } from '../../core/render-rich-text.js';
import { baseStyles } from '../../core/base-styles.js';
import { buttonStyles } from '../../core/button-styles.js';
import { surfaceStyles } from '../../core/surface-styles.js';
import type { CustomerKey } from '../../locales/en.js';
import { chatThreadStyles } from './chat-thread.styles.js';
import { reasonKey } from './reasons.js';
import { ChatRequestEvent } from './requests.js';
import { buildThread, initialOf, type MessageGroup, type ThreadItem } from './thread-model.js';

const STATE_ICONS = {
  queued: clockIcon,
  sending: clockIcon,
  sent: checkIcon,
  delivered: checkCheckIcon,
  read: eyeIcon,
  failed: circleAlertIcon,
} as const;

const COPIED_SHOWN_MS = 2_000;

/** The list of messages: scrolls, groups, says what state the visitor's own are in. */
export class FrontdeskChatThread extends LitElement {
  static override styles = [baseStyles, buttonStyles, surfaceStyles, richTextStyles, chatThreadStyles];

  @query('.scroller')
  private readonly scroller!: HTMLElement; // The template always draws it.

  @query('.end')
  private readonly end!: HTMLElement; // So is this one.

  @state()
  private isAtEnd = true;

  /** Messages that arrived while the reader was further up. */
  @state()
  private newBelow = 0;

  @state()
  private copiedId: string | null = null;

  /** The group whose time was asked for by a tap. */
  @state()
  private shownGroupId: string | null = null;

  @property({ attribute: false })
  messages: readonly ChatMessage[] = [];

  @property({ attribute: false })
  translator!: Translator<CustomerKey>; // The panel sets it before the first render.

  /** Where the "new" divider stands; null for none. */
  @property({ attribute: false })
  unreadAfter: number | null = null;

  @property({ type: Boolean })
  hasOlder = false;

  @property({ attribute: false })
  typingName: string | null = null;

  readonly #intersections = new IntersectionObserver(
    (entries) => {
      this.isAtEnd = entries.at(-1)?.isIntersecting ?? true;
      if (this.isAtEnd) this.#handleEndReached();
    },
    // A line or two above the end still counts as reading the end.
    { rootMargin: '0px 0px 64px 0px' },
  );
  readonly #resizes = new ResizeObserver(() => {
    if (this.isAtEnd) this.#scrollToEnd();
  });
  #heightBefore = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#observe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#intersections.disconnect();
    this.#resizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('messages')) return;
    this.#heightBefore = this.hasUpdated ? this.scroller.scrollHeight : 0;
    const before = changed.get('messages') ?? [];
    const lastBefore = before.at(-1)?.id;
    const added = this.messages.slice(this.messages.findIndex(({ id }) => id === lastBefore) + 1);
    if (before.length > 0 && !this.isAtEnd) this.newBelow += added.filter(({ isMine }) => !isMine).length;
  }

  protected override firstUpdated(): void {
    this.#observe();
    this.#scrollToEnd();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('messages')) {
      if (changed.has('typingName') && this.isAtEnd) this.#scrollToEnd();
      return;
    }
    const before = changed.get('messages') ?? [];
    const isOwnNew = this.messages.at(-1)?.isMine === true && this.messages.at(-1)?.id !== before.at(-1)?.id;
    const isPrepended = before.length > 0 && before[0]?.id !== this.messages[0]?.id;
    if (this.isAtEnd || isOwnNew) this.#scrollToEnd();
    else if (isPrepended) this.scroller.scrollTop += this.scroller.scrollHeight - this.#heightBefore;
  }

  /** Shows the newest message and says that it was seen. */
  async scrollToNewest(): Promise<void> {
    await this.updateComplete;
    this.isAtEnd = true;
    this.#scrollToEnd();
    this.#handleEndReached();
  }

  /** The newest message is in sight. */
  get isAtNewest(): boolean {
    return this.isAtEnd;
  }

  #handleEndReached(): void {
    this.newBelow = 0;
    this.dispatchEvent(new ChatRequestEvent('read', undefined));
  }

  #handleTap(event: Event, group: MessageGroup): void {
    if (event.composedPath().some((node) => node instanceof HTMLAnchorElement || node instanceof HTMLButtonElement))
      return;
    this.shownGroupId = this.shownGroupId === group.id ? null : group.id;
  }

  async #handleCopy(message: ChatMessage): Promise<void> {
    try {
      await navigator.clipboard.writeText(message.body);
    } catch {
      this.#selectText(message.id); // Without the permission, the text is at least marked for copying.
      return;
    }
    this.copiedId = message.id;
    setTimeout(() => {
      if (this.copiedId === message.id) this.copiedId = null;
    }, COPIED_SHOWN_MS);
  }

  #selectText(id: string): void {
    const bubble = this.renderRoot.querySelector(`[data-id="${CSS.escape(id)}"] .bubble`);
    if (bubble) getSelection()?.selectAllChildren(bubble);
  }

  #observe(): void {
    this.#intersections.observe(this.end);
    this.#resizes.observe(this.scroller);
  }

  #scrollToEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  private renderState(message: ChatMessage): unknown {
    if (!message.state) return nothing;
    return html`<span class="state">
      ${renderIcon(STATE_ICONS[message.state], 'icon--small')} ${this.translator.t(`chat.state.${message.state}`)}
    </span>`;
  }

  private renderFailure(message: ChatMessage): unknown {
    const { t } = this.translator;
    const { key } = message;
    if (message.state !== 'failed' || !key) return nothing;
    const ask = (name: 'retry' | 'remove') => () => this.dispatchEvent(new ChatRequestEvent(name, { key }));
    const isCopied = this.copiedId === message.id;
    return html`<div class="failure">
      <p class="failure__reason">
        ${renderIcon(circleAlertIcon, 'icon--small')}
        <span><strong>${t('chat.state.failed')}.</strong> ${t(reasonKey(message.error?.code))}</span>
      </p>
      <div class="failure__actions">
        <button class="button button--small" type="button" @click=${ask('retry')}>
          ${renderIcon(rotateCcwIcon, 'icon--small')} ${t('chat.retry')}
        </button>
        <button class="button button--small" type="button" @click=${() => this.#handleCopy(message)}>
          ${renderIcon(isCopied ? checkIcon : copyIcon, 'icon--small')} ${t(isCopied ? 'chat.copied' : 'chat.copy')}
        </button>
        <button
          class="icon-button icon-button--small"
          type="button"
          aria-label=${t('chat.remove')}
          title=${t('chat.remove')}
          @click=${ask('remove')}
        >
          ${renderIcon(trash2Icon, 'icon--small')}
        </button>
      </div>
    </div>`;
  }

  private renderMessage(message: ChatMessage): unknown {
    return html`<div class="message" data-id=${message.id} data-state=${message.state ?? nothing}>
      <div class="bubble rich-text">${renderRichText(message.body)}</div>
      ${this.renderFailure(message)}
    </div>`;
  }

  private nameOf(group: MessageGroup): string {
    const { t } = this.translator;
    if (group.isMine) return t('chat.you');
    return group.authorKind === 'ai' ? t('chat.assistant') : (group.authorName ?? t('chat.team'));
  }

  /** The state is worth a line where it changes: at the newest own message and at the last one that was read. */
  private renderGroup(group: MessageGroup, nextOwn: MessageGroup | undefined): unknown {
    const { translator } = this;
    const name = this.nameOf(group);
    const last = group.messages.at(-1);
    if (!last) return nothing;
    const isStateNews = group.isMine && last.state !== nextOwn?.messages.at(-1)?.state;
    const isShown = isStateNews || this.shownGroupId === group.id;
    return html`<div
      class="group ${group.isMine ? 'group--mine' : ''}"
      role="group"
      aria-label="${name}, ${translator.time(last.at)}"
      @click=${(event: Event) => this.#handleTap(event, group)}
    >
      ${!group.isMine && group.isNewSpeaker ? html`<p class="name" aria-hidden="true"><bdi>${name}</bdi></p>` : nothing}
      ${
        group.isMine
          ? nothing
          : html`<span class="avatar avatar--small" aria-hidden="true">
              ${group.authorKind === 'ai' ? renderIcon(botIcon, 'icon--small') : initialOf(name)}
            </span>`
      }
      <div class="messages">
        ${repeat(
          group.messages,
          ({ id }) => id,
          (message) => this.renderMessage(message),
        )}
      </div>
      <p class="meta ${isShown ? 'meta--shown' : ''}">
        <time class="tabular" datetime=${last.at} title=${translator.dateTime(last.at)}
          >${translator.time(last.at)}</time
        >
        ${last.state === 'failed' ? nothing : this.renderState(last)}
      </p>
    </div>`;
  }

  private renderItem(item: ThreadItem, index: number, items: readonly ThreadItem[]): unknown {
    const { translator } = this;
    if (item.kind === 'day') {
      return html`<p class="day"><span>${translator.day(item.at)}</span></p>`;
    }
    if (item.kind === 'unread')
      return html`<p class="day day--unread"><span>${translator.t('chat.newDivider')}</span></p>`;
    const nextOwn = items.slice(index + 1).find((other) => other.kind === 'group' && other.isMine);
    return this.renderGroup(item, nextOwn?.kind === 'group' ? nextOwn : undefined);
  }

  private renderTyping(): unknown {
    const { t } = this.translator;
    if (this.typingName === null) return nothing;
    return html`<div class="typing">
      <span class="typing__dots" aria-hidden="true"><i></i><i></i><i></i></span>
      <span>${t('chat.typing', { name: this.typingName || t('chat.team') })}</span>
    </div>`;
  }

  private renderJump(): unknown {
    const { t } = this.translator;
    if (this.isAtEnd) return nothing;
    const text = this.newBelow > 0 ? t('chat.newMessages', { count: this.newBelow }) : '';
    return html`<button
      class="jump ${text ? 'jump--new' : ''}"
      type="button"
      aria-label=${text || t('chat.toNewest')}
      @click=${() => this.scrollToNewest()}
    >
      ${renderIcon(arrowDownIcon, 'icon--small')} ${text}
    </button>`;
  }

  protected override render(): unknown {
    const { t } = this.translator;
    const items = buildThread(this.messages, this.unreadAfter);
    return html`<div class="scroller" role="log" aria-live="off" aria-label=${t('chat.thread')} tabindex="0">
        ${
          this.hasOlder
            ? html`<button
                class="button button--quiet button--small older"
                type="button"
                @click=${() => this.dispatchEvent(new ChatRequestEvent('older', undefined))}
              >
                ${t('chat.older')}
              </button>`
            : nothing
        }
        <slot></slot>
        ${repeat(
          items,
          ({ id }) => id,
          (item, index) => this.renderItem(item, index, items),
        )}
        ${this.renderTyping()}
        <div class="end"></div>
      </div>
      ${this.renderJump()}`;
  }
}

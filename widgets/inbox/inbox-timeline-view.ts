import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ThreadItem } from '../core/client/staff-types.js';
import { baseStyles, buttonStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon, type IconName } from '../staff/staff-icons.js';
import { scrollStyles } from '../staff/staff-styles.js';
import { InboxRequestEvent } from './inbox-events.js';
import { buildTimeline, type TimelineItem } from './inbox-timeline.js';
import { describeEvent } from './inbox-words.js';

/** Nearer to the end than this counts as being there: rounding and zoom never add up exactly. */
const AT_END_PX = 48;
/** Older entries are asked for when the top is this near. */
const LOAD_OLDER_PX = 240;

const EVENT_ICONS: Readonly<Record<NonNullable<ThreadItem['event']>['type'], IconName>> = {
  started: 'chat',
  status: 'done',
  handler: 'bot',
  assignee: 'assign',
  team: 'users',
  labels: 'tag',
  priority: 'flag',
};

/** The scrolling log of a thread. Stays at the end while the reader is there, and stays put while they read above. */
export class FrontdeskInboxTimeline extends StaffElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    scrollStyles,
    css`
      :host {
        position: relative;
        min-block-size: 0;
      }
      .root {
        position: relative;
        block-size: 100%;
      }
      .scroll {
        block-size: 100%;
        overflow-anchor: none;
      }
      .scroll:focus-visible {
        outline-offset: -2px;
      }
      .log {
        display: flex;
        flex-direction: column;
        justify-content: flex-end;
        min-block-size: 100%;
        max-inline-size: 860px;
        margin-inline: auto;
        padding: 16px 20px;
      }
      .line {
        display: flex;
        gap: 12px;
        align-items: center;
        margin-block: 20px 4px;
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-12);
      }
      .line::before,
      .line::after {
        content: '';
        flex: 1;
        border-block-start: 1px solid var(--frontdesk-line);
      }
      .line--unread {
        color: var(--frontdesk-accent-strong);
        font-weight: 600;
      }
      .line--unread::before,
      .line--unread::after {
        border-color: var(--frontdesk-accent-strong);
      }
      .event {
        display: flex;
        gap: 8px;
        align-items: center;
        justify-content: center;
        padding-block: 8px 0;
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
        text-align: center;
      }
      .event .icon {
        flex: none;
        inline-size: 14px;
        block-size: 14px;
      }
      .event time {
        flex: none;
      }
      .older {
        align-self: center;
        margin-block-end: 8px;
      }
      .start {
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
        text-align: center;
      }
      .jump {
        position: absolute;
        inset-block-end: 12px;
        inset-inline: 0;
        inline-size: fit-content;
        margin-inline: auto;
        border-color: var(--frontdesk-line);
        border-radius: var(--frontdesk-radius-full);
        background: var(--frontdesk-surface-raised);
        box-shadow: var(--frontdesk-shadow-1);
      }
    `,
  ];

  @query('.scroll') private scroller?: HTMLElement;

  @state() private isAtEnd = true;
  private lastSeq = 0;
  private firstSeq = 0;
  private heightBefore = 0;
  private lastScrollTop = 0;
  private hasAskedOlder = false;
  private resizeObserver: ResizeObserver | null = null;

  @property({ attribute: false }) items: readonly ThreadItem[] = [];
  @property({ attribute: false }) unreadAfter: number | null = null;
  @property({ type: Boolean }) hasOlder = false;
  @property() contactName = '';
  /** Changes with the thread; a new one starts at its end. */
  @property() threadId = '';
  @state() private newBelow = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizeObserver?.disconnect();
    this.resizeObserver = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('threadId')) {
      this.isAtEnd = true;
      this.newBelow = 0;
      this.lastSeq = 0;
      this.firstSeq = 0;
    }
    if (!changed.has('items')) return;
    this.heightBefore = this.scroller?.scrollHeight ?? 0;
    const last = this.items.findLast(({ seq }) => seq !== null)?.seq ?? 0;
    if (this.isAtEnd || this.lastSeq === 0) this.newBelow = 0;
    else this.newBelow += this.items.filter(({ seq, isMine }) => (seq ?? 0) > this.lastSeq && !isMine).length;
    this.lastSeq = Math.max(last, this.lastSeq);
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.observeSize();
    if (!this.scroller || (!changed.has('items') && !changed.has('threadId'))) return;
    const first = this.items[0]?.seq ?? 0;
    const hasPrepended = this.firstSeq !== 0 && first !== 0 && first < this.firstSeq;
    this.firstSeq = first;
    if (hasPrepended) {
      this.hasAskedOlder = false;
      if (!this.isAtEnd) this.scroller.scrollTop += this.scroller.scrollHeight - this.heightBefore;
    }
    const isOwnNew = this.items.at(-1)?.isMine === true && this.items.at(-1)?.seq === null;
    if (this.isAtEnd || isOwnNew) this.scrollToEnd();
    this.reportSeen();
  }

  private handleScroll(): void {
    const { scroller } = this;
    if (!scroller) return;
    const isNearEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < AT_END_PX;
    // Only a move upwards is the reader's wish to leave the end; content that grew below is not.
    const isMovingUp = scroller.scrollTop < this.lastScrollTop - 1;
    this.lastScrollTop = scroller.scrollTop;
    if (isNearEnd) this.isAtEnd = true;
    else if (isMovingUp) this.isAtEnd = false;
    else if (this.isAtEnd) this.scrollToEnd();
    if (isNearEnd) {
      this.newBelow = 0;
      this.reportSeen();
    }
    if (scroller.scrollTop < LOAD_OLDER_PX) this.askOlder();
  }

  private handleJump(): void {
    this.isAtEnd = true;
    this.newBelow = 0;
    this.scrollToEnd();
    this.reportSeen();
    // The button goes away; the focus must not go with it.
    this.scroller?.focus();
  }

  private askOlder(): void {
    if (!this.hasOlder || this.hasAskedOlder) return;
    this.hasAskedOlder = true;
    this.dispatchEvent(new InboxRequestEvent({ type: 'load-older' }));
  }

  /** The newest entries are on screen, in a page that somebody can see. */
  private reportSeen(): void {
    if (this.isAtEnd && this.items.length > 0 && !document.hidden) {
      this.dispatchEvent(new InboxRequestEvent({ type: 'seen' }));
    }
  }

  private observeSize(): void {
    if (this.resizeObserver !== null || !this.scroller) return;
    // A composer that grows or a keyboard that opens must not hide the newest entry.
    this.resizeObserver = new ResizeObserver(() => {
      if (this.isAtEnd) this.scrollToEnd();
    });
    this.resizeObserver.observe(this.scroller);
    const log = this.scroller.firstElementChild;
    if (log) this.resizeObserver.observe(log);
  }

  private scrollToEnd(): void {
    if (!this.scroller) return;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.lastScrollTop = this.scroller.scrollTop;
  }

  private renderItem(item: TimelineItem): TemplateResult {
    const { words } = this;
    switch (item.kind) {
      case 'day':
        return html`<li class="line"><time datetime=${item.at}>${words.day(item.at)}</time></li>`;
      case 'unread':
        return html`<li class="line line--unread">${words.t('threadUnread')}</li>`;
      case 'event': {
        const { event, at } = item.item;
        return html`<li class="event">
          ${event === null ? nothing : icon(EVENT_ICONS[event.type])}
          <span dir="auto">${describeEvent(words, item.item)}</span>
          <time class="tabular" datetime=${at} title=${words.dateTime(at)}>${words.time(at)}</time>
        </li>`;
      }
      case 'entry':
        return html`<li>
          <frontdesk-inbox-entry
            .words=${words}
            .item=${item.item}
            .contactName=${this.contactName}
            .startsGroup=${item.startsGroup}
            .endsGroup=${item.endsGroup}
          ></frontdesk-inbox-entry>
        </li>`;
    }
  }

  private renderStart(): TemplateResult {
    if (!this.hasOlder) return html`<p class="start">${this.words.t('threadStart')}</p>`;
    return html`<button class="button button--small older" type="button" @click=${() => this.askOlder()}>
      ${this.words.t('threadOlder')}
    </button>`;
  }

  private renderJump(): TemplateResult | typeof nothing {
    if (this.isAtEnd) return nothing;
    const label = this.newBelow > 0 ? this.words.t('threadNew', { count: this.newBelow }) : this.words.t('threadJump');
    return html`<button class="button button--small jump" type="button" @click=${this.handleJump}>
      ${icon('arrowDown', 'small')} ${label}
    </button>`;
  }

  protected override render(): TemplateResult {
    const timeline = buildTimeline({ items: this.items, unreadAfter: this.unreadAfter });
    return html`<div class="root">
      <div
        class="scroll"
        role="region"
        tabindex="0"
        aria-label=${this.words.t('threadLabel', { name: this.contactName })}
        @scroll=${{ handleEvent: () => this.handleScroll(), passive: true }}
      >
        <div class="log">
          ${this.renderStart()}
          <ol>
            ${repeat(
              timeline,
              ({ id }) => id,
              (item) => this.renderItem(item),
            )}
          </ol>
        </div>
      </div>
      ${this.renderJump()}
    </div>`;
  }
}

import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ThreadItem } from '../core/client/staff-types.js';
import { renderRichText, richTextStyles } from '../core/render-rich-text.js';
import { baseStyles, buttonStyles, surfaceStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon, type IconName } from '../staff/staff-icons.js';
import { noteGround } from '../staff/staff-styles.js';
import { describeError, type StaffMessageKey } from '../staff/words.js';
import { InboxRequestEvent } from './inbox-events.js';
import { initialsOf, nameAuthor } from './inbox-words.js';

type Shown = NonNullable<ThreadItem['state']>;

const STATE_WORDS: Readonly<Record<Shown, readonly [message: StaffMessageKey, icon: IconName]>> = {
  queued: ['deliveryQueued', 'clock'],
  sending: ['deliverySending', 'clock'],
  sent: ['deliverySent', 'check'],
  delivered: ['deliveryDelivered', 'checkCheck'],
  read: ['deliveryRead', 'checkCheck'],
  failed: ['deliveryFailed', 'failed'],
};

function isOtherItem(next: ThreadItem | null, previous: ThreadItem | null | undefined): boolean {
  if (!next || !previous) return next !== previous;
  return (Object.keys(next) as (keyof ThreadItem)[]).some((key) => !Object.is(next[key], previous[key]));
}

/** A message or a private note. Notes never look like messages: another ground, a border, a lock and the words. */
export class FrontdeskInboxEntry extends StaffElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    surfaceStyles,
    richTextStyles,
    css`
      .root {
        display: grid;
        grid-template-columns: 32px minmax(0, 1fr);
        gap: 0 8px;
        padding-block-start: 2px;
      }
      .root--start {
        padding-block-start: 12px;
      }
      .root--own {
        grid-template-columns: minmax(0, 1fr);
        justify-items: end;
      }
      .head {
        grid-column: 2;
        grid-row: 1;
        display: flex;
        gap: 8px;
        align-items: baseline;
        margin-block-end: 4px;
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
      }
      .root--own .head {
        grid-column: 1;
      }
      .author {
        color: var(--frontdesk-text);
        font-weight: 600;
      }
      .avatar {
        grid-column: 1;
        grid-row: 2;
        align-self: end;
        background: var(--frontdesk-surface-hover);
        color: var(--frontdesk-text-muted);
      }
      .bubble {
        grid-column: 2;
        grid-row: 2;
        justify-self: start;
        max-inline-size: min(100%, 620px);
        padding: 8px 14px;
        border: 1px solid transparent;
        border-radius: var(--frontdesk-radius-bubble);
        background: var(--frontdesk-surface-hover);
      }
      .root--own .bubble {
        grid-column: 1;
        justify-self: end;
        background: var(--frontdesk-accent-soft);
      }
      .root:not(.root--own) .bubble--tail {
        border-end-start-radius: 4px;
      }
      .root--own .bubble--tail {
        border-end-end-radius: 4px;
      }
      .root--note .bubble {
        border: 1px dashed var(--frontdesk-warning);
        border-radius: var(--frontdesk-radius-card);
        background: ${noteGround};
      }
      .note {
        display: flex;
        gap: 6px;
        align-items: center;
        margin-block-end: 2px;
        color: var(--frontdesk-warning);
        font-size: var(--frontdesk-size-12);
        font-weight: 600;
      }
      .note .icon {
        inline-size: 14px;
        block-size: 14px;
      }
      .foot {
        grid-column: 2;
        grid-row: 3;
        display: flex;
        flex-wrap: wrap;
        gap: 4px 8px;
        align-items: center;
        margin-block-start: 4px;
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-12);
      }
      .root--own .foot {
        grid-column: 1;
        justify-content: flex-end;
      }
      .foot .icon {
        inline-size: 14px;
        block-size: 14px;
      }
      .state {
        display: inline-flex;
        gap: 4px;
        align-items: center;
      }
      .state--read {
        color: var(--frontdesk-accent-strong);
      }
      .state--failed {
        color: var(--frontdesk-danger);
      }
      .root--pending .bubble {
        opacity: 0.75;
      }
      .root--failed .bubble {
        border: 1px solid var(--frontdesk-danger);
      }
      @media (forced-colors: active) {
        .bubble {
          border-color: CanvasText;
        }
      }
    `,
  ];

  /** Compared field by field: a thread of hundreds is made anew with every entry, and only one of them differs. */
  @property({ attribute: false, hasChanged: isOtherItem }) item: ThreadItem | null = null;
  @property() contactName = '';
  @property({ type: Boolean }) startsGroup = true;
  @property({ type: Boolean }) endsGroup = true;

  private handleRetry(): void {
    if (this.item?.key) this.dispatchEvent(new InboxRequestEvent({ type: 'retry-entry', key: this.item.key }));
  }

  private handleRemove(): void {
    if (this.item?.key) this.dispatchEvent(new InboxRequestEvent({ type: 'remove-entry', key: this.item.key }));
  }

  private renderState(item: ThreadItem): TemplateResult | typeof nothing {
    if (item.state === null || (!this.endsGroup && item.state !== 'failed')) return nothing;
    // A note is on nobody's phone; once it is stored there is nothing more to report.
    if (item.kind === 'note' && ['sent', 'delivered', 'read'].includes(item.state)) return nothing;
    const [message, iconName] = STATE_WORDS[item.state];
    return html`<span class="state state--${item.state}">${icon(iconName)} ${this.words.t(message)}</span>`;
  }

  private renderFailure(item: ThreadItem): TemplateResult | typeof nothing {
    if (item.state !== 'failed') return nothing;
    return html`<span>${item.error === null ? nothing : describeError(this.words, item.error)}</span>
      <button class="button button--small" type="button" @click=${this.handleRetry}>${this.words.t('tryAgain')}</button>
      <button class="button button--small button--quiet" type="button" @click=${this.handleRemove}>
        ${this.words.t('deliveryTakeBack')}
      </button>`;
  }

  private renderHead(item: ThreadItem, name: string): TemplateResult | typeof nothing {
    if (!this.startsGroup) return html`<span class="visually-hidden">${name}</span>`;
    return html`<div class="head">
      <span class="author" dir="auto">${name}</span>
      <time class="tabular" datetime=${item.at} title=${this.words.dateTime(item.at)}>${this.words.time(item.at)}</time>
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { item, words } = this;
    if (item === null) return nothing;
    const name = nameAuthor(words, item, this.contactName);
    const isOwnSide = item.authorKind !== 'contact';
    const isPending = item.state === 'queued' || item.state === 'sending';
    const classes = [
      'root',
      this.startsGroup ? 'root--start' : '',
      isOwnSide ? 'root--own' : '',
      item.kind === 'note' ? 'root--note' : '',
      isPending ? 'root--pending' : '',
      item.state === 'failed' ? 'root--failed' : '',
    ];
    return html`<article class=${classes.filter(Boolean).join(' ')}>
      ${this.renderHead(item, name)}
      ${
        !isOwnSide && this.endsGroup
          ? html`<span class="avatar" aria-hidden="true">${initialsOf(this.contactName)}</span>`
          : nothing
      }
      <div class=${this.endsGroup ? 'bubble bubble--tail' : 'bubble'} part=${item.kind}>
        ${
          item.kind === 'note'
            ? html`<div class="note">${icon('lock')} ${words.t('noteLabel')}</div>`
            : item.authorKind === 'ai'
              ? html`<div class="note">${icon('bot')} ${words.t('assistant')}</div>`
              : nothing
        }
        <div class="rich-text">${renderRichText(item.body)}</div>
      </div>
      ${item.state === null ? nothing : html`<div class="foot">${this.renderState(item)} ${this.renderFailure(item)}</div>`}
    </article>`;
  }
}

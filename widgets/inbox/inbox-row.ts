import type { StaffConversationDto } from '@frontdesk/protocol/chat';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles, surfaceStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import { formatAge } from '../staff/words.js';
import { isUnread, type Density } from './inbox-store.js';
import {
  CHANNEL_ICONS,
  CHANNEL_MESSAGES,
  initialsOf,
  nameContact,
  previewLine,
  PRIORITY_MESSAGES,
  STATUS_MESSAGES,
} from './inbox-words.js';

/** Labels beyond these would push the rest of the line away. */
const LABELS_SHOWN = 2;
/** Beside a priority there is room for one that can still be read. */
const LABELS_SHOWN_BESIDE = 1;

/** One conversation of the list: who, what last, how long ago, through which channel, in which state. */
export class FrontdeskInboxRow extends StaffElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    css`
      :host {
        block-size: 100%;
        cursor: pointer;
      }
      .root {
        position: relative;
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr);
        gap: 0 12px;
        align-items: center;
        block-size: 100%;
        padding: 8px 12px 8px 16px;
        padding-inline: 16px 12px;
        border-block-end: 1px solid var(--frontdesk-line);
        cursor: pointer;
      }
      .root:hover {
        background: var(--frontdesk-surface-hover);
      }
      .root--selected,
      .root--selected:hover {
        background: var(--frontdesk-accent-soft);
      }
      .root--selected::before {
        content: '';
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        inline-size: 3px;
        background: var(--frontdesk-accent);
      }
      .avatar {
        inline-size: 36px;
        block-size: 36px;
        background: var(--frontdesk-surface-hover);
        color: var(--frontdesk-text-muted);
      }
      .root:hover .avatar {
        background: var(--frontdesk-neutral-5);
        color: var(--frontdesk-text);
      }
      .root--selected .avatar {
        background: var(--frontdesk-surface);
        color: var(--frontdesk-accent-strong);
      }
      .lines {
        display: grid;
        gap: 2px;
        min-inline-size: 0;
        line-height: 1.35;
      }
      .line {
        display: flex;
        align-items: center;
        gap: 6px;
        min-inline-size: 0;
      }
      .name,
      .preview {
        flex: 1;
        min-inline-size: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .preview,
      .age,
      .facts {
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
      }
      .root--selected :is(.preview, .age, .facts) {
        color: var(--frontdesk-text);
      }
      .age,
      .facts {
        font-size: var(--frontdesk-size-12);
      }
      .root--unread .name {
        font-weight: 650;
      }
      .root--unread .preview {
        color: var(--frontdesk-text);
      }
      .dot {
        flex: none;
        inline-size: 8px;
        block-size: 8px;
        border-radius: var(--frontdesk-radius-full);
        background: var(--frontdesk-accent-strong);
      }
      .facts {
        overflow: hidden;
        white-space: nowrap;
      }
      .facts .icon {
        inline-size: 14px;
        block-size: 14px;
      }
      .label {
        max-inline-size: 96px;
        overflow: hidden;
        padding: 0 6px;
        border: 1px solid var(--frontdesk-line);
        border-radius: var(--frontdesk-radius-full);
        text-overflow: ellipsis;
      }
      .priority {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        font-weight: 500;
      }
      .priority--high {
        color: var(--frontdesk-warning);
      }
      .priority--urgent {
        color: var(--frontdesk-danger);
      }
      .root .unsent {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        color: var(--frontdesk-danger);
        font-weight: 500;
      }
      .spacer {
        flex: 1;
      }
      .assignee {
        min-inline-size: 64px;
        text-align: end;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .root--compact .facts {
        display: none;
      }
      .root--compact .avatar {
        inline-size: 32px;
        block-size: 32px;
      }
      @media (forced-colors: active) {
        .dot {
          background: Highlight;
        }
        .root--selected {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }
    `,
  ];

  @property({ attribute: false }) conversation: StaffConversationDto | null = null;
  @property({ type: Boolean }) selected = false;
  @property() density: Density = 'comfortable';
  @property({ attribute: false }) assigneeName: string | null = null;
  /** Holds a text of the reader's that was not sent. */
  @property({ type: Boolean }) unsent = false;
  /** Changes when ages must be written anew. */
  @property({ attribute: false }) nowMs = 0;

  private renderPriority(conversation: StaffConversationDto): TemplateResult | typeof nothing {
    const { priority } = conversation;
    if (priority !== 'high' && priority !== 'urgent') return nothing;
    return html`<span class="priority priority--${priority}"
      >${icon('flag', 'small')} ${this.words.t(PRIORITY_MESSAGES[priority])}</span
    >`;
  }

  private renderFacts(conversation: StaffConversationDto): TemplateResult {
    const { words } = this;
    // With nothing else to say, the channel's name keeps its icon company.
    const isPlain = conversation.labels.length === 0 && conversation.status === 'open';
    const priority = this.renderPriority(conversation);
    const shown = priority === nothing ? LABELS_SHOWN : LABELS_SHOWN_BESIDE;
    return html`<div class="line facts">
      ${icon(CHANNEL_ICONS[conversation.channel], 'small')}
      <span class=${isPlain ? '' : 'visually-hidden'}>${words.t(CHANNEL_MESSAGES[conversation.channel])}</span>
      ${priority}
      ${conversation.status === 'open' ? nothing : html`<span>${words.t(STATUS_MESSAGES[conversation.status])}</span>`}
      ${conversation.labels.slice(0, shown).map((label) => html`<span class="label" dir="auto">${label}</span>`)}
      ${
        conversation.labels.length > shown
          ? html`<span class="tabular">+${words.number(conversation.labels.length - shown)}</span>`
          : nothing
      }
      <span class="spacer"></span>
      ${this.assigneeName === null ? nothing : html`<span class="assignee" dir="auto">${this.assigneeName}</span>`}
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { conversation, words } = this;
    if (conversation === null) return nothing;
    const name = nameContact(words, conversation.contact);
    const unread = isUnread(conversation);
    const classes = [
      'root',
      this.selected ? 'root--selected' : '',
      unread ? 'root--unread' : '',
      this.density === 'compact' ? 'root--compact' : '',
    ];
    return html`<div class=${classes.join(' ')}>
      <span class="avatar" aria-hidden="true"
        >${conversation.contact.name === null ? icon('user', 'small') : initialsOf(name)}</span
      >
      <div class="lines">
        <div class="line">
          <span class="name" dir="auto">${name}</span>
          <span class="age tabular" title=${words.dateTime(conversation.lastActivityAt)}
            >${formatAge(words, conversation.lastActivityAt, this.nowMs)}</span
          >
        </div>
        <div class="line">
          ${
            this.unsent
              ? html`<span class="preview unsent">${icon('failed', 'small')} ${words.t('deliveryFailed')}</span>`
              : html`<span class="preview" dir="auto">${previewLine(words, conversation)}</span>`
          }
          ${this.density === 'compact' ? this.renderPriorityFlag(conversation) : nothing}
          ${
            unread
              ? html`<span class="dot"></span><span class="visually-hidden">${words.t('rowUnread')}</span>`
              : nothing
          }
        </div>
        ${this.density === 'compact' ? nothing : this.renderFacts(conversation)}
      </div>
    </div>`;
  }

  private renderPriorityFlag(conversation: StaffConversationDto): TemplateResult | typeof nothing {
    const { priority } = conversation;
    if (priority !== 'high' && priority !== 'urgent') return nothing;
    return html`<span class="priority priority--${priority}"
      >${icon('flag', 'small')}<span class="visually-hidden">${this.words.t(PRIORITY_MESSAGES[priority])}</span></span
    >`;
  }
}

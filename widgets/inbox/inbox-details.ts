import type { StaffConversationDto } from '@frontdesk/protocol/chat';
import type { InboxDto } from '@frontdesk/protocol/tenancy';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { isComposing } from '../core/a11y.js';
import { baseStyles, buttonStyles, inputStyles, surfaceStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import { scrollStyles } from '../staff/staff-styles.js';
import { InboxRequestEvent } from './inbox-events.js';
import { CHANNEL_MESSAGES, HANDLER_MESSAGES, initialsOf, nameContact } from './inbox-words.js';

const LABEL_MAX_LENGTH = 40;

/** Who wrote, from which page, since when; and the labels. Addresses of pages are text here, never links. */
export class FrontdeskInboxDetails extends StaffElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    inputStyles,
    surfaceStyles,
    scrollStyles,
    css`
      :host {
        min-block-size: 0;
        block-size: 100%;
      }
      .root {
        block-size: 100%;
        background: var(--frontdesk-surface-sunken);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-block-size: 64px;
        padding: 8px 12px 8px 20px;
        padding-inline: 20px 12px;
        border-block-end: 1px solid var(--frontdesk-line);
        font-weight: 600;
      }
      .close {
        display: none;
      }
      :host([closable]) .close {
        display: inline-flex;
      }
      .part {
        padding: 20px;
        border-block-end: 1px solid var(--frontdesk-line);
      }
      .part:last-child {
        border: 0;
      }
      h3 {
        margin-block-end: 12px;
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-12);
        font-weight: 600;
      }
      .person {
        display: flex;
        gap: 12px;
        align-items: center;
        margin-block-end: 16px;
        font-size: var(--frontdesk-size-16);
        font-weight: 600;
      }
      .person .avatar {
        inline-size: 44px;
        block-size: 44px;
        font-size: var(--frontdesk-size-16);
      }
      .verified {
        display: flex;
        gap: 4px;
        align-items: center;
        color: var(--frontdesk-success);
        font-size: var(--frontdesk-size-12);
        font-weight: 500;
      }
      .verified .icon {
        inline-size: 14px;
        block-size: 14px;
      }
      dl {
        display: grid;
        gap: 10px;
      }
      dt {
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-12);
      }
      dd {
        overflow-wrap: anywhere;
      }
      .labels {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin-block-end: 10px;
      }
      .label {
        display: inline-flex;
        align-items: center;
        max-inline-size: 100%;
        padding-inline-start: 10px;
        border: 1px solid var(--frontdesk-line-strong);
        border-radius: var(--frontdesk-radius-full);
        background: var(--frontdesk-surface);
        font-size: var(--frontdesk-size-13);
        line-height: 26px;
      }
      .label--plain {
        padding-inline-end: 10px;
      }
      .remove {
        appearance: none;
        display: inline-grid;
        place-items: center;
        inline-size: 26px;
        block-size: 26px;
        margin-inline-start: 2px;
        padding: 0;
        border: 0;
        border-radius: var(--frontdesk-radius-full);
        background: none;
        color: var(--frontdesk-text-muted);
        cursor: pointer;
      }
      .remove:hover {
        color: var(--frontdesk-text);
      }
      .remove .icon {
        inline-size: 14px;
        block-size: 14px;
      }
      .input {
        min-block-size: 36px;
        padding: 6px 10px;
      }
      @media (pointer: fine) {
        .input {
          font-size: var(--frontdesk-size-14);
        }
      }
    `,
  ];

  @property({ attribute: false }) conversation: StaffConversationDto | null = null;
  @property({ attribute: false }) inboxes: readonly InboxDto[] = [];
  @property({ type: Boolean }) readOnly = false;
  /** The pane covers something: offer to close it. */
  @property({ type: Boolean, reflect: true }) closable = false;

  private handleLabelKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || isComposing(event)) return;
    event.preventDefault();
    const field = event.target as HTMLInputElement;
    const label = field.value.trim();
    const labels = this.conversation?.labels ?? [];
    field.value = '';
    if (label !== '' && !labels.includes(label)) this.setLabels([...labels, label]);
  }

  private setLabels(labels: string[]): void {
    this.dispatchEvent(new InboxRequestEvent({ type: 'change', set: { labels } }));
  }

  private renderFact(label: string, value: string | null): TemplateResult {
    return html`<div>
      <dt>${label}</dt>
      <dd dir="auto" class=${value === null ? 'muted' : ''}>${value ?? this.words.t('detailsUnknown')}</dd>
    </div>`;
  }

  private renderContact(conversation: StaffConversationDto): TemplateResult {
    const { words } = this;
    const { contact } = conversation;
    const name = nameContact(words, contact);
    const language = new Intl.DisplayNames([words.tag], { type: 'language' }).of(contact.locale) ?? contact.locale;
    const page = [contact.page.title, contact.page.url].filter((part) => part !== null).join('\n');
    return html`<section class="part" aria-labelledby="contact">
      <h3 id="contact">${words.t('detailsContact')}</h3>
      <div class="person">
        <span class="avatar" aria-hidden="true">${initialsOf(name)}</span>
        <div>
          <span dir="auto">${name}</span>
          ${contact.verified ? html`<span class="verified">${icon('verified')} ${words.t('verified')}</span>` : nothing}
        </div>
      </div>
      <dl>
        ${this.renderFact(words.t('detailsEmail'), contact.email)}
        ${this.renderFact(words.t('detailsPhone'), contact.phone)}
        ${this.renderFact(words.t('detailsLanguage'), language)}
        ${this.renderFact(words.t('detailsPage'), page === '' ? null : page)}
      </dl>
    </section>`;
  }

  private renderLabels(conversation: StaffConversationDto): TemplateResult {
    const { words, readOnly } = this;
    const { labels } = conversation;
    return html`<section class="part" aria-labelledby="labels">
      <h3 id="labels">${words.t('labelsLabel')}</h3>
      ${
        labels.length === 0
          ? readOnly
            ? html`<p class="muted">${words.t('labelsNone')}</p>`
            : nothing
          : html`<ul class="labels">
              ${labels.map(
                (label) =>
                  html`<li class=${readOnly ? 'label label--plain' : 'label'}>
                    <span dir="auto">${label}</span>
                    ${
                      readOnly
                        ? nothing
                        : html`<button
                            class="remove"
                            type="button"
                            aria-label=${words.t('labelRemove', { label })}
                            @click=${() => this.setLabels(labels.filter((other) => other !== label))}
                          >
                            ${icon('close')}
                          </button>`
                    }
                  </li>`,
              )}
            </ul>`
      }
      ${
        readOnly
          ? nothing
          : html`<input
              class="input"
              type="text"
              maxlength=${LABEL_MAX_LENGTH}
              autocomplete="off"
              aria-label=${words.t('labelAdd')}
              placeholder=${words.t('labelAdd')}
              @keydown=${this.handleLabelKey}
            />`
      }
    </section>`;
  }

  private renderConversation(conversation: StaffConversationDto): TemplateResult {
    const { words } = this;
    const inbox = this.inboxes.find(({ id }) => id === conversation.inboxId);
    return html`<section class="part" aria-labelledby="conversation">
      <h3 id="conversation">${words.t('detailsConversation')}</h3>
      <dl>
        ${this.renderFact(words.t('detailsChannel'), words.t(CHANNEL_MESSAGES[conversation.channel]))}
        ${inbox === undefined ? nothing : this.renderFact(words.t('detailsInbox'), inbox.name)}
        ${this.renderFact(words.t('detailsAnswers'), words.t(HANDLER_MESSAGES[conversation.handler]))}
        ${this.renderFact(words.t('detailsStarted'), words.dateTime(conversation.createdAt))}
        ${this.renderFact(words.t('detailsLast'), words.dateTime(conversation.lastActivityAt))}
      </dl>
    </section>`;
  }

  /** Moves the focus to the title, so that a screen reader says that this is another place. */
  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { conversation, words } = this;
    if (conversation === null) return nothing;
    return html`<section class="root scroll" aria-label=${words.t('detailsLabel')}>
      <div class="head">
        <h2 tabindex="-1">${words.t('detailsLabel')}</h2>
        <button
          class="icon-button icon-button--small close"
          type="button"
          aria-label=${words.t('hideDetails')}
          @click=${() => this.dispatchEvent(new InboxRequestEvent({ type: 'show-pane', pane: 'thread' }))}
        >
          ${icon('close', 'small')}
        </button>
      </div>
      ${this.renderContact(conversation)} ${this.renderLabels(conversation)} ${this.renderConversation(conversation)}
    </section>`;
  }
}

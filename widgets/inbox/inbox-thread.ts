import type { ConversationId } from '@frontdesk/protocol/ids';
import type { MemberDto, TeamDto } from '@frontdesk/protocol/tenancy';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { StaffThreadState } from '../core/client/staff-types.js';
import { baseStyles, buttonStyles, surfaceStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import { emptyStyles } from '../staff/staff-styles.js';
import { describeError } from '../staff/words.js';
import type { FrontdeskInboxComposer } from './inbox-composer.js';
import { describeConflict } from './inbox-conflict.js';
import { InboxRequestEvent } from './inbox-events.js';
import { EMPTY_COMPOSER, type ComposerModel, type ConflictModel } from './inbox-store.js';
import type { FrontdeskInboxThreadHeader } from './inbox-thread-header.js';
import { nameContact } from './inbox-words.js';

/** One conversation: header, log, who else is here, composer. Renders its empty, loading and failed states. */
export class FrontdeskInboxThread extends StaffElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    surfaceStyles,
    emptyStyles,
    css`
      :host {
        min-block-size: 0;
        block-size: 100%;
      }
      .root {
        display: flex;
        flex-direction: column;
        block-size: 100%;
        background: var(--frontdesk-surface);
      }
      .empty,
      .loading,
      frontdesk-inbox-timeline {
        flex: 1;
        min-block-size: 0;
      }
      .loading {
        display: grid;
        gap: 16px;
        align-content: end;
        padding: 24px 20px;
      }
      .loading .skeleton {
        inline-size: min(60%, 340px);
        block-size: 44px;
        border-radius: var(--frontdesk-radius-bubble);
      }
      .loading .skeleton:nth-child(even) {
        justify-self: end;
        inline-size: min(45%, 260px);
      }
      .presence {
        max-inline-size: 860px;
        min-block-size: 24px;
        inline-size: 100%;
        margin-inline: auto;
        padding: 0 24px 4px;
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-12);
      }
      .presence > span + span::before {
        content: ' · ';
      }
      .viewing .icon {
        display: inline-block;
        inline-size: 14px;
        block-size: 14px;
        margin-inline-end: 4px;
        vertical-align: -2px;
      }
      .typing--note {
        color: var(--frontdesk-warning);
      }
      .conflict {
        margin: 8px 16px 0;
        align-items: center;
        flex-wrap: wrap;
      }
      .conflict > div {
        flex: 1 1 200px;
      }
      .conflict__actions {
        display: flex;
        flex: none;
        gap: 8px;
      }
    `,
  ];

  @query('frontdesk-inbox-composer') private composerElement?: FrontdeskInboxComposer;
  @query('frontdesk-inbox-thread-header') private header?: FrontdeskInboxThreadHeader;

  @property({ attribute: false }) conversationId: ConversationId | null = null;
  @property({ attribute: false }) thread: StaffThreadState | null = null;
  @property({ attribute: false }) composer: ComposerModel = EMPTY_COMPOSER;
  @property({ attribute: false }) conflict: ConflictModel | null = null;
  @property({ attribute: false }) unreadAfter: number | null = null;
  @property({ attribute: false }) members: readonly MemberDto[] = [];
  @property({ attribute: false }) teams: readonly TeamDto[] = [];
  @property({ type: Boolean }) readOnly = false;
  @property({ type: Boolean }) narrow = false;
  @property({ type: Boolean }) detailsHidden = false;

  private request(request: InboxRequestEvent['request']): void {
    this.dispatchEvent(new InboxRequestEvent(request));
  }

  focusComposer(): void {
    this.composerElement?.focusField();
  }

  focusHeading(): void {
    this.header?.focusHeading();
  }

  openAssign(): void {
    this.header?.openAssign();
  }

  private renderEmpty(): TemplateResult {
    return html`<div class="root">
      <div class="empty">
        ${icon('chat')}
        <h2>${this.words.t('threadEmptyTitle')}</h2>
        <p>${this.words.t('threadEmptyBody')}</p>
      </div>
    </div>`;
  }

  private renderLog(thread: StaffThreadState, contactName: string): TemplateResult {
    const { words } = this;
    if (thread.phase === 'failed' && thread.items.length === 0) {
      return html`<div class="empty" role="alert">
        ${icon('offline')}
        <h2>${words.t('threadFailedTitle')}</h2>
        ${thread.error === null ? nothing : html`<p>${describeError(words, thread.error)}</p>`}
        <button class="button button--small" type="button" @click=${() => this.request({ type: 'reload-thread' })}>
          ${words.t('tryAgain')}
        </button>
      </div>`;
    }
    if (thread.phase === 'loading' && thread.items.length === 0) {
      return html`<div class="loading" role="status">
        <span class="visually-hidden">${words.t('loading')}</span>
        <span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>
      </div>`;
    }
    // The held reply is shown in the composer's banner, not twice.
    const items = thread.moved === null ? thread.items : thread.items.filter(({ key }) => key !== thread.moved?.key);
    return html`<frontdesk-inbox-timeline
      .words=${words}
      .items=${items}
      .unreadAfter=${this.unreadAfter}
      .hasOlder=${thread.hasOlder}
      .contactName=${contactName}
      .threadId=${this.conversationId ?? ''}
    ></frontdesk-inbox-timeline>`;
  }

  private renderPresence(thread: StaffThreadState): TemplateResult {
    const { words } = this;
    const viewers = thread.viewers.map(({ name }) => name);
    return html`<div class="presence">
      ${
        viewers.length === 0
          ? nothing
          : html`<span class="viewing"
              >${icon('eye')}${words.t('viewing', { count: viewers.length, names: words.list(viewers) })}</span
            >`
      }
      ${thread.typing.map(({ kind, mode, name }) => {
        const key = kind === 'contact' ? 'typingContact' : mode === 'note' ? 'typingNote' : 'typingReply';
        return html`<span class=${kind === 'staff' && mode === 'note' ? 'typing--note' : ''}
          >${words.t(key, { name: name || words.t('visitor') })}</span
        >`;
      })}
    </div>`;
  }

  private renderConflict(conflict: ConflictModel): TemplateResult {
    const { words } = this;
    const { title, body } = describeConflict(words, conflict, this);
    return html`<div class="notice notice--warning conflict" role="alert">
      ${icon('alert')}
      <div><strong>${title}</strong><br />${body}</div>
      <span class="conflict__actions">
        <button class="button button--small" type="button" @click=${() => this.request({ type: 'dismiss-conflict' })}>
          ${words.t('conflictKeep')}
        </button>
        <button class="button button--small" type="button" @click=${() => this.request({ type: 'change-again' })}>
          ${words.t('conflictAgain')}
        </button>
      </span>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { thread, words } = this;
    if (thread === null) return this.renderEmpty();
    const { conversation } = thread;
    const contactName = conversation === null ? words.t('visitor') : nameContact(words, conversation.contact);
    const blocked = this.readOnly ? 'read-only' : conversation?.status === 'spam' ? 'spam' : '';
    return html`<div class="root">
      <frontdesk-inbox-thread-header
        .words=${words}
        .conversation=${conversation}
        .members=${this.members}
        .teams=${this.teams}
        .readOnly=${this.readOnly}
        .narrow=${this.narrow}
        .detailsHidden=${this.detailsHidden}
      ></frontdesk-inbox-thread-header>
      ${this.conflict === null ? nothing : this.renderConflict(this.conflict)} ${this.renderLog(thread, contactName)}
      ${this.renderPresence(thread)}
      <frontdesk-inbox-composer
        .words=${words}
        .composer=${this.composer}
        .moved=${thread.moved}
        .contactName=${contactName}
        .blocked=${blocked}
      ></frontdesk-inbox-composer>
    </div>`;
  }
}

import { MESSAGE_MAX_CODE_POINTS } from '@frontdesk/protocol/limits';
import type { TypingMode } from '@frontdesk/protocol/vocabulary';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { isComposing } from '../core/a11y.js';
import type { MovedReply } from '../core/client/staff-types.js';
import { baseStyles, buttonStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import { composerStyles } from './inbox-composer.styles.js';
import { InboxRequestEvent } from './inbox-events.js';
import { EMPTY_COMPOSER, type ComposerModel } from './inbox-store.js';

/** The counter appears when this few characters are left. */
const COUNTER_FROM = 200;
const TYPING_STOPS_AFTER_MS = 4_000;

/**
 * Where staff write. Reply and private note differ in ground, border, icon, words and button, so that nobody needs to
 * remember a mode: a note that went out as a reply cannot be taken back.
 */
export class FrontdeskInboxComposer extends StaffElement {
  static override styles = [baseStyles, buttonStyles, composerStyles];

  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private isTyping = false;

  @query('textarea') private field?: HTMLTextAreaElement;

  @property({ attribute: false }) composer: ComposerModel = EMPTY_COMPOSER;
  @property({ attribute: false }) moved: MovedReply | null = null;
  @property() contactName = '';
  /** Why nothing can be written here, if so. */
  @property() blocked: '' | 'spam' | 'read-only' = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTyping();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const previous = changed.get('moved');
    if (this.moved !== null && (previous === null || previous === undefined)) {
      // The decision stands where the eyes are; focus goes to the careful choice, not to sending.
      this.renderRoot.querySelector<HTMLElement>('.moved')?.focus();
    }
  }

  private get text(): string {
    return this.composer[this.composer.mode];
  }

  private handleInput(event: Event): void {
    const text = (event.target as HTMLTextAreaElement).value;
    this.request({ type: 'type-draft', text });
    if (text.trim() === '') this.stopTyping();
    else this.noteTyping();
  }

  private handleKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || isComposing(event)) return;
    event.preventDefault();
    this.send();
  }

  private handleMode(mode: TypingMode): void {
    this.stopTyping();
    this.request({ type: 'choose-mode', mode });
    this.field?.focus();
  }

  private handleModeKeydown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const mode = this.composer.mode === 'reply' ? 'note' : 'reply';
    this.request({ type: 'choose-mode', mode });
    this.renderRoot.querySelector<HTMLElement>(`[data-mode="${mode}"]`)?.focus();
  }

  private noteTyping(): void {
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => this.stopTyping(), TYPING_STOPS_AFTER_MS);
    this.isTyping = true;
    this.request({ type: 'set-typing', on: true, mode: this.composer.mode });
  }

  private stopTyping(): void {
    clearTimeout(this.typingTimer);
    if (!this.isTyping) return;
    this.isTyping = false;
    this.request({ type: 'set-typing', on: false, mode: this.composer.mode });
  }

  private send(): void {
    const { text } = this;
    if (text.trim() === '' || charactersLeft(text) < 0) return;
    this.stopTyping();
    this.request({ type: 'send', mode: this.composer.mode, text });
  }

  private request(request: InboxRequestEvent['request']): void {
    this.dispatchEvent(new InboxRequestEvent(request));
  }

  /** Moves the focus into the text. */
  focusField(): void {
    this.field?.focus();
  }

  private renderMode(mode: TypingMode): TemplateResult {
    const isCurrent = this.composer.mode === mode;
    return html`<button
      class="mode mode--${mode}"
      type="button"
      role="radio"
      data-mode=${mode}
      aria-checked=${String(isCurrent)}
      tabindex=${isCurrent ? 0 : -1}
      @click=${() => this.handleMode(mode)}
      @keydown=${this.handleModeKeydown}
    >
      ${icon(mode === 'note' ? 'lock' : 'reply', 'small')} ${this.words.t(mode === 'note' ? 'modeNote' : 'modeReply')}
    </button>`;
  }

  private renderMoved(moved: MovedReply): TemplateResult {
    const { words } = this;
    return html`<section class="moved" role="alertdialog" tabindex="-1" aria-labelledby="moved-title">
      <h3 class="moved__title" id="moved-title">
        ${icon('alert')} ${words.t('movedTitle', { count: Math.max(1, moved.entries.length) })}
      </h3>
      <ul class="moved__entries">
        ${moved.entries.map(
          ({ author, body, kind }) =>
            html`<li dir="auto">
              <strong>${author.kind === 'contact' ? this.contactName : (author.name ?? words.t('someone'))}</strong>
              ${kind === 'note' ? html`<span class="moved__note">${words.t('noteLabel')}</span>` : nothing}
              <span>${body}</span>
            </li>`,
        )}
      </ul>
      <p>${words.t('movedBody')}</p>
      <blockquote class="moved__reply" dir="auto">${moved.body}</blockquote>
      <div class="moved__actions">
        <button class="button button--small" type="button" @click=${() => this.request({ type: 'take-back' })}>
          ${words.t('movedEdit')}
        </button>
        <button
          class="button button--small button--primary"
          type="button"
          @click=${() => this.request({ type: 'send-anyway' })}
        >
          ${words.t('movedSend')}
        </button>
      </div>
    </section>`;
  }

  private renderCounter(left: number): TemplateResult {
    if (left < 0) {
      return html`<span class="over" role="status">${this.words.t('composerTooLong', { count: -left })}</span>`;
    }
    if (left <= COUNTER_FROM) return html`<span>${this.words.t('composerLeft', { count: left })}</span>`;
    return html`<span class="hint">${this.words.t('sendHint')}</span>`;
  }

  private renderWriter(): TemplateResult {
    const { words, text } = this;
    const isNote = this.composer.mode === 'note';
    const left = charactersLeft(text);
    const values = { name: this.contactName };
    return html`<div class="box box--${this.composer.mode}">
      <div class="top">
        <div class="modes" role="radiogroup" aria-label=${words.t('composerLabel')}>
          ${this.renderMode('reply')} ${this.renderMode('note')}
        </div>
        <span class="audience">${isNote ? words.t('modeNoteHint') : words.t('modeReplyHint', values)}</span>
      </div>
      <div class="grow" data-text=${`${text}\u200b`}>
        <textarea
          rows="1"
          dir="auto"
          aria-label=${isNote ? words.t('modeNote') : words.t('modeReply')}
          aria-invalid=${left < 0 ? 'true' : nothing}
          placeholder=${isNote ? words.t('modeNotePlaceholder') : words.t('modeReplyPlaceholder', values)}
          .value=${text}
          @input=${this.handleInput}
          @keydown=${this.handleKeydown}
        ></textarea>
      </div>
      <div class="bottom">
        ${this.renderCounter(left)}
        <button
          class="button button--small send"
          type="button"
          aria-disabled=${String(text.trim() === '' || left < 0)}
          @click=${() => this.send()}
        >
          ${isNote ? html`${icon('lock', 'small')} ${words.t('sendNote')}` : html`${words.t('sendReply')} ${icon('send', 'small')}`}
        </button>
      </div>
    </div>`;
  }

  protected override render(): TemplateResult {
    if (this.blocked !== '') {
      const message = this.blocked === 'spam' ? 'composerSpam' : 'composerReadOnly';
      return html`<div class="root"><p class="blocked">${icon('lock', 'small')} ${this.words.t(message)}</p></div>`;
    }
    return html`<div class="root">${this.moved === null ? this.renderWriter() : this.renderMoved(this.moved)}</div>`;
  }
}

/** Counted as the server counts: code points after NFC. */
function charactersLeft(text: string): number {
  // Cheap first: a text can only be too long if its UTF-16 length is near the limit.
  if (text.length < MESSAGE_MAX_CODE_POINTS - COUNTER_FROM) return MESSAGE_MAX_CODE_POINTS;
  return MESSAGE_MAX_CODE_POINTS - [...text.normalize('NFC')].length;
}

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { MESSAGE_MAX_CODE_POINTS } from '@frontdesk/protocol/limits';
import { isComposing } from '../../core/a11y.js';
import { sendHorizontalIcon } from '../../core/icons.js';
import type { Translator } from '../../core/locale.js';
import { renderIcon } from '../../core/render-icon.js';
import { baseStyles } from '../../core/base-styles.js';
import type { CustomerKey } from '../../locales/en.js';
import { chatComposerStyles } from './chat-composer.styles.js';
import { ChatRequestEvent } from './requests.js';

/** The limit is worth mentioning only when it comes into sight. */
const LIMIT_SHOWN_BELOW = 200;

/** The field for a message and the button that sends it. */
export class FrontdeskChatComposer extends LitElement {
  static override styles = [baseStyles, chatComposerStyles];

  @query('textarea')
  private readonly field!: HTMLTextAreaElement; // The template always draws it.

  @state()
  private text = '';

  @property({ attribute: false })
  translator!: Translator<CustomerKey>; // The panel sets it before the first render.

  /** What the visitor typed before, kept by the store. What is being typed here wins over it. */
  @property({ attribute: false })
  draft = '';

  /** Typing stays possible, so that nothing is lost; sending does not. */
  @property({ type: Boolean })
  isBlocked = false;

  /** Moves the focus to the field; the caret stands behind the text. */
  override focus(options?: FocusOptions): void {
    this.field.focus(options);
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('draft') || this.draft === this.text) return;
    // The store's echo of what was typed a moment ago must not undo the last keystrokes.
    const isTyping =
      this.hasUpdated && this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement === this.field;
    if (!isTyping || this.text === '') this.text = this.draft;
  }

  protected override updated(): void {
    if (this.field.value !== this.text) this.field.value = this.text;
    this.#fitHeight();
  }

  get #left(): number {
    // Counting code points is linear; below this length no text can be near the limit.
    if (this.text.length < MESSAGE_MAX_CODE_POINTS - LIMIT_SHOWN_BELOW) return MESSAGE_MAX_CODE_POINTS;
    return MESSAGE_MAX_CODE_POINTS - [...this.text.normalize('NFC')].length;
  }

  get #canSend(): boolean {
    return !this.isBlocked && this.text.trim() !== '' && this.#left >= 0;
  }

  #handleInput(): void {
    this.text = this.field.value;
    this.dispatchEvent(new ChatRequestEvent('draft', { text: this.text }));
  }

  #handleKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || isComposing(event)) return;
    event.preventDefault();
    this.#send();
  }

  #handleSubmit(event: Event): void {
    event.preventDefault();
    this.#send();
    this.field.focus();
  }

  #send(): void {
    if (!this.#canSend) return;
    const body = this.text;
    this.text = '';
    this.dispatchEvent(new ChatRequestEvent('send', { body }));
  }

  /** Where the browser cannot size a field by its content. */
  #fitHeight(): void {
    if (CSS.supports('field-sizing', 'content')) return;
    this.field.style.blockSize = 'auto';
    this.field.style.blockSize = `${this.field.scrollHeight}px`;
  }

  private renderLimit(): unknown {
    const left = this.#left;
    if (left >= LIMIT_SHOWN_BELOW) return nothing;
    const { t } = this.translator;
    const text = left < 0 ? t('chat.charactersOver', { count: -left }) : t('chat.charactersLeft', { count: left });
    return html`<p class="limit ${left < 0 ? 'limit--over' : ''} tabular" id="limit">${text}</p>`;
  }

  protected override render(): unknown {
    const { t } = this.translator;
    const isOver = this.#left < 0;
    return html`<form class="composer" @submit=${this.#handleSubmit}>
      <div class="box ${isOver ? 'box--over' : ''}">
        <textarea
          rows="1"
          dir=${this.text === '' ? nothing : 'auto'}
          enterkeyhint="send"
          autocomplete="off"
          aria-label=${t('chat.composer')}
          aria-describedby="hint ${isOver ? 'limit' : ''}"
          aria-invalid=${isOver ? 'true' : 'false'}
          placeholder=${t('chat.placeholder')}
          @input=${this.#handleInput}
          @keydown=${this.#handleKeydown}
        ></textarea>
        <button
          class="send"
          type="submit"
          aria-label=${t('chat.send')}
          title=${t('chat.send')}
          aria-disabled=${this.#canSend ? 'false' : 'true'}
        >
          ${renderIcon(sendHorizontalIcon, 'icon--directional')}
        </button>
      </div>
      ${this.renderLimit()}
      <p class="visually-hidden" id="hint">${t('chat.sendHint')}</p>
    </form>`;
  }
}

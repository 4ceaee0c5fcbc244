import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { baseStyles } from '../core/base-styles.js';
import { isComposing } from '../core/a11y.js';
import { deleteIcon } from '../core/icons.js';
import { renderIcon } from '../core/render-icon.js';
import { entryStyles } from './kiosk-entry.styles.js';
import type { KioskWords } from './kiosk-format.js';

export type KeyboardKind = 'digits' | 'phone' | 'letters' | 'code';

const ROWS: Readonly<Record<KeyboardKind, readonly string[]>> = {
  digits: ['123', '456', '789', '0'],
  phone: ['123', '456', '789', '+0'],
  letters: ['QWERTYUIOP', "ASDFGHJKL'", 'ZXCVBNM-'],
  code: ['1234567890', 'QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM+'],
};

/** Text was given with Enter or the button beside the keys. */
export class KioskEntryEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('frontdesk-kiosk-entry', { bubbles: true, composed: true });
    this.text = text;
  }
}

/**
 * A line of text with keys of its own, because kiosks have no keyboard and those of operating systems cover the screen. A keyboard
 * that is there works as well, and so does a reader that types what it reads.
 */
export class FrontdeskKioskEntry extends LitElement {
  static override styles = [baseStyles, entryStyles];

  @query('input') private readonly input!: HTMLInputElement;
  @state() private text = '';

  @property({ attribute: false }) words!: KioskWords;
  @property() keyboard: KeyboardKind = 'digits';
  @property() label = '';
  @property() error = '';
  @property() action = '';
  /** Dots instead of digits. */
  @property({ type: Boolean }) secret = false;
  @property({ type: Number }) maxLength = 80;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('error') && this.error !== '' && this.secret) this.text = '';
  }

  override focus(options?: FocusOptions): void {
    this.input.focus(options);
  }

  private handleInput(): void {
    this.text = this.input.value;
  }

  private handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || isComposing(event)) return;
    event.preventDefault();
    this.submit();
  }

  private type(key: string): void {
    // Names begin with a capital and go on small, as people write them.
    const isInside = this.keyboard === 'letters' && /[\p{L}'-]$/u.test(this.text);
    if (this.text.length < this.maxLength) this.text += isInside ? key.toLowerCase() : key;
  }

  private erase(): void {
    this.text = [...this.text].slice(0, -1).join('');
  }

  private submit(): void {
    if (this.text.trim() !== '') this.dispatchEvent(new KioskEntryEvent(this.text.trim()));
  }

  private renderKey(key: string): TemplateResult {
    return html`<button type="button" class="key" data-repeat @click=${() => this.type(key)}>${key}</button>`;
  }

  private renderRow(keys: string, isLast: boolean): TemplateResult {
    const { t } = this.words;
    const hasSpace = isLast && this.keyboard === 'letters';
    return html`<div class="row">
      ${[...keys].map((key) => this.renderKey(key))}
      ${
        hasSpace
          ? html`<button type="button" class="key key--wide" data-repeat @click=${() => this.type(' ')}>
              ${t('kiosk.space')}
            </button>`
          : nothing
      }
      ${
        isLast
          ? html`<button
              type="button"
              class="key key--wide"
              data-repeat
              aria-label=${t('kiosk.delete')}
              @click=${() => this.erase()}
            >
              ${renderIcon(deleteIcon, 'icon--directional')}
            </button>`
          : nothing
      }
    </div>`;
  }

  protected override render(): TemplateResult {
    const rows = ROWS[this.keyboard];
    return html`<div class="entry" @keydown=${this.handleKeyDown}>
      <input
        class="text"
        type=${this.secret ? 'password' : 'text'}
        inputmode="none"
        autocomplete="off"
        spellcheck="false"
        dir=${this.keyboard === 'letters' ? 'auto' : 'ltr'}
        maxlength=${this.maxLength}
        aria-label=${this.label}
        aria-invalid=${this.error === '' ? 'false' : 'true'}
        aria-describedby="error"
        .value=${this.text}
        @input=${this.handleInput}
      />
      <p class="error" id="error" role="alert">${this.error}</p>
      <div class="keys keys--${this.keyboard}" dir="ltr">
        ${rows.map((row, index) => this.renderRow(row, index === rows.length - 1))}
      </div>
      <div class="side">
        <button type="button" class="submit" aria-disabled=${this.text.trim() === ''} @click=${() => this.submit()}>
          ${this.action}
        </button>
        <slot></slot>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-kiosk-entry': FrontdeskKioskEntry;
  }
  interface HTMLElementEventMap {
    'frontdesk-kiosk-entry': KioskEntryEvent;
  }
}

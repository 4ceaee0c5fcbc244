import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { baseStyles, buttonStyles } from '../../core/styles.js';
import { icon } from '../../staff/staff-icons.js';
import { formStyles } from '../settings-form.styles.js';
import type { SetupWords } from './setup-words.js';

const COPIED_FOR_MS = 2_500;

/** A text that is pasted elsewhere, and the button that copies it. */
export class FrontdeskSetupCopy extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    formStyles,
    css`
      .root {
        display: grid;
        gap: 6px;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
        justify-content: space-between;
      }
      pre {
        margin: 0;
        padding: 10px 14px;
        overflow-x: auto;
        border: 1px solid var(--frontdesk-line);
        border-radius: var(--frontdesk-radius-control);
        background: var(--frontdesk-surface-sunken);
        font: 400 var(--frontdesk-size-13) / 1.6 var(--frontdesk-font-mono);
        white-space: pre;
      }
    `,
  ];

  @query('pre') private shown?: HTMLElement;
  @state() private isCopied = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  @property({ attribute: false }) words!: SetupWords;
  @property() label = '';
  @property() text = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private async handleCopy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
    } catch {
      // Without permission to write, at least the text is selected and one key press away.
      if (this.shown) getSelection()?.selectAllChildren(this.shown);
      return;
    }
    this.isCopied = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.isCopied = false), COPIED_FOR_MS);
  }

  protected override render(): TemplateResult {
    const { words, label } = this;
    return html`<div class="root">
      <div class="head">
        <span>${label}</span>
        <button
          class="button button--small"
          type="button"
          aria-label=${words.t('copyWhat', { what: label })}
          @click=${this.handleCopy}
        >
          ${icon(this.isCopied ? 'check' : 'copy', 'small')}
          <span role="status">${words.t(this.isCopied ? 'copied' : 'copy')}</span>
        </button>
      </div>
      <pre tabindex="0" dir="ltr" role="group" aria-label=${label}><code>${this.text}</code></pre>
    </div>`;
  }
}

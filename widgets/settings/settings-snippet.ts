import { css, html, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { baseStyles, buttonStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import { formStyles } from './settings-form.styles.js';
import { buildSnippet } from './settings-origins.js';

const COPIED_FOR_MS = 2_500;

/** The two lines to paste, and the button that copies them. */
export class FrontdeskSettingsSnippet extends StaffElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    formStyles,
    css`
      .root {
        display: grid;
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
        padding: 14px 16px;
        overflow-x: auto;
        border: 1px solid var(--frontdesk-line);
        border-radius: var(--frontdesk-radius-control);
        background: var(--frontdesk-surface-sunken);
        font: 400 var(--frontdesk-size-13) / 1.7 var(--frontdesk-font-mono);
        white-space: pre;
      }
    `,
  ];

  @query('pre') private code?: HTMLElement;
  @state() private isCopied = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  @property() serverUrl = '';
  @property() publicKey = '';
  @property() accent = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private async handleCopy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.snippet);
    } catch {
      // Without permission to write, at least the text is selected and one key press away.
      if (this.code) getSelection()?.selectAllChildren(this.code);
      return;
    }
    this.isCopied = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.isCopied = false), COPIED_FOR_MS);
  }

  private get snippet(): string {
    return buildSnippet(this.serverUrl, this.publicKey, this.accent);
  }

  protected override render(): TemplateResult {
    const { words } = this;
    return html`<section class="root block" aria-labelledby="title">
      <div class="head">
        <h2 id="title">${words.t('siteSnippet')}</h2>
        <button class="button button--small" type="button" @click=${this.handleCopy}>
          ${icon(this.isCopied ? 'check' : 'copy', 'small')}
          <span role="status">${words.t(this.isCopied ? 'copied' : 'siteSnippetCopy')}</span>
        </button>
      </div>
      <p class="lead">${words.t('siteSnippetHint')}</p>
      <pre tabindex="0" dir="ltr" aria-label=${words.t('siteSnippet')}><code>${this.snippet}</code></pre>
    </section>`;
  }
}

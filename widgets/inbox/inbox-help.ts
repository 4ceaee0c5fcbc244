import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { baseStyles, buttonStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import { InboxRequestEvent } from './inbox-events.js';
import { SHORTCUTS } from './inbox-keys.js';

/** The sheet of shortcuts, and the switch that turns them off (WCAG 2.2, 2.1.4). */
export class FrontdeskInboxHelp extends StaffElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      dialog {
        inline-size: min(440px, calc(100vw - 32px));
        max-block-size: calc(100vh - 32px);
        padding: 0;
        overflow: auto;
        border: 1px solid var(--frontdesk-line);
        border-radius: var(--frontdesk-radius-card);
        background: var(--frontdesk-surface-raised);
        color: var(--frontdesk-text);
        box-shadow: var(--frontdesk-shadow-2);
      }
      dialog::backdrop {
        background: #0006;
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding: 12px 12px 0 20px;
        padding-inline: 20px 12px;
        font-size: var(--frontdesk-size-16);
      }
      .lead,
      .switch {
        padding: 0 20px;
        color: var(--frontdesk-text-muted);
      }
      dl {
        padding: 12px 20px;
      }
      dl > div {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding-block: 6px;
        border-block-end: 1px solid var(--frontdesk-line);
      }
      kbd {
        display: inline-block;
        min-inline-size: 26px;
        padding: 2px 8px;
        border: 1px solid var(--frontdesk-line-strong);
        border-radius: var(--frontdesk-radius-control);
        background: var(--frontdesk-surface-sunken);
        font: 500 var(--frontdesk-size-13) / 1.4 var(--frontdesk-font);
        text-align: center;
      }
      .switch {
        display: flex;
        gap: 10px;
        align-items: center;
        min-block-size: 44px;
        padding-block-end: 16px;
        color: var(--frontdesk-text);
      }
      .switch input {
        inline-size: 18px;
        block-size: 18px;
        accent-color: var(--frontdesk-accent-strong);
      }
    `,
  ];

  @query('dialog') private dialog?: HTMLDialogElement;

  @property({ type: Boolean }) open = false;
  @property({ type: Boolean }) shortcutsOn = true;

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open') || !this.dialog) return;
    if (this.open && !this.dialog.open) this.dialog.showModal();
    else if (!this.open && this.dialog.open) this.dialog.close();
  }

  /** `close` comes a task later than Escape hides the sheet; `cancel` comes at once, so the next key already counts. */
  private handleClose(): void {
    if (this.open) this.dispatchEvent(new InboxRequestEvent({ type: 'toggle-help', open: false }));
  }

  private handleBackdrop(event: MouseEvent): void {
    if (event.target === this.dialog) this.dialog.close();
  }

  private handleSwitch(event: Event): void {
    const on = (event.target as HTMLInputElement).checked;
    this.dispatchEvent(new InboxRequestEvent({ type: 'switch-shortcuts', on }));
  }

  private renderKey(key: string): TemplateResult {
    return html`<kbd>${key === 'Escape' ? this.words.t('keyEscape') : key.toUpperCase()}</kbd>`;
  }

  protected override render(): TemplateResult {
    const { words } = this;
    return html`<div class="root">
      <dialog
        aria-labelledby="title"
        @cancel=${this.handleClose}
        @close=${this.handleClose}
        @click=${this.handleBackdrop}
      >
        <div class="head">
          <h2 id="title">${words.t('helpTitle')}</h2>
          <button
            class="icon-button icon-button--small"
            type="button"
            aria-label=${words.t('close')}
            @click=${() => this.dialog?.close()}
          >
            ${icon('close', 'small')}
          </button>
        </div>
        <p class="lead">${words.t('helpLead')}</p>
        <dl>
          ${SHORTCUTS.map(
            ({ key, message }) =>
              html`<div>
                <dt>${words.t(message)}</dt>
                <dd>${this.renderKey(key)}</dd>
              </div>`,
          )}
          <div>
            <dt>${words.t('shortcutSend')}</dt>
            <dd><kbd>${words.t('keyEnter')}</kbd></dd>
          </div>
        </dl>
        <label class="switch">
          <input type="checkbox" .checked=${this.shortcutsOn} @change=${this.handleSwitch} />
          ${words.t('helpSwitch')}
        </label>
      </dialog>
    </div>`;
  }
}

/** Base of the pages: how a page asks, and how it tells how a form is doing. */
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { baseStyles, buttonStyles, inputStyles, surfaceStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import { emptyStyles } from '../staff/staff-styles.js';
import { describeError, type StaffMessageKey } from '../staff/words.js';
import { SettingsRequestEvent, type SettingsRequest } from './settings-events.js';
import { formStyles } from './settings-form.styles.js';
import { formOf, INITIAL_SETTINGS, type FormName, type Loaded, type SettingsState } from './settings-store.js';

export const pageStyles = [baseStyles, buttonStyles, inputStyles, surfaceStyles, emptyStyles, formStyles];

export class SettingsPageElement extends StaffElement {
  static override styles = [...pageStyles];

  @property({ attribute: false }) state: SettingsState = INITIAL_SETTINGS;
  @property() memberRole: Role = 'viewer';

  protected request(request: SettingsRequest): void {
    this.dispatchEvent(new SettingsRequestEvent(request));
  }

  /** What is being fetched or could not be; nothing when the data is there. */
  protected renderPending(loaded: Loaded<unknown>): TemplateResult | null {
    const { words } = this;
    if (loaded.phase === 'ready') return null;
    if (loaded.phase === 'failed') {
      return html`<div class="empty" role="alert">
        ${icon('offline')}
        <h2>${words.t('settingsFailedTitle')}</h2>
        <p>${loaded.error === null ? nothing : describeError(words, loaded.error)}</p>
        <button class="button button--small" type="button" @click=${() => this.request({ type: 'reload' })}>
          ${words.t('tryAgain')}
        </button>
      </div>`;
    }
    return html`<div class="block" role="status">
      <span class="visually-hidden">${words.t('loading')}</span>
      <span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>
    </div>`;
  }

  /** "Saved", or what went wrong. */
  protected renderStatus(form: FormName, saved: StaffMessageKey = 'saved'): TemplateResult {
    const { words } = this;
    const { phase, error, subject } = formOf(this.state, form);
    if (phase === 'saved') {
      return html`<span class="status status--saved" role="status"
        >${icon('check', 'small')} ${words.t(saved, { email: subject ?? '' })}</span
      >`;
    }
    if (phase === 'failed' && error !== null) {
      return html`<span class="status status--failed" role="alert"
        >${icon('failed', 'small')} ${describeError(words, error)}</span
      >`;
    }
    return html`<span class="status" role="status"></span>`;
  }

  protected isBusy(form: FormName): boolean {
    return formOf(this.state, form).phase === 'busy';
  }
}

import type { SessionSummaryDto } from '@frontdesk/protocol/auth';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { validateField } from '../staff/access-panels.js';
import { icon } from '../staff/staff-icons.js';
import type { StaffMessageKey } from '../staff/words.js';
import { pageStyles, SettingsPageElement } from './settings-page.js';
import { formOf } from './settings-store.js';

type PasswordField = 'currentPassword' | 'newPassword';

/** My password and my signed-in browsers. */
export class FrontdeskSettingsAccount extends SettingsPageElement {
  static override styles = [
    ...pageStyles,
    css`
      h1 {
        margin-block-end: 4px;
        font-size: var(--frontdesk-size-20);
      }
    `,
  ];

  @state() private values: Readonly<Record<PasswordField, string>> = { currentPassword: '', newPassword: '' };
  @state() private problems: Partial<Record<PasswordField, StaffMessageKey>> = {};

  @property() userName = '';
  @property() email = '';
  @property({ type: Boolean }) hasPassword = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const previous = changed.get('state');
    if (previous === undefined) return;
    const { phase, error } = formOf(this.state, 'password');
    if (phase === formOf(previous, 'password').phase) return;
    if (phase === 'saved') this.values = { currentPassword: '', newPassword: '' };
    if (phase !== 'failed') return;
    // A wrong current password is an error of one field, not of the page.
    if (error?.code === 'UNAUTHENTICATED' || error?.code === 'FORBIDDEN' || error?.code === 'REAUTH_REQUIRED') {
      this.problems = { currentPassword: 'accountPasswordWrong' };
    } else if (error?.fields?.['newPassword'] !== undefined) {
      this.problems = { newPassword: 'invalidPassword' };
    }
  }

  private handleSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const { currentPassword, newPassword } = this.values;
    const newProblem = validateField('newPassword', newPassword);
    this.problems = {
      ...(currentPassword === '' ? { currentPassword: 'invalidRequired' as const } : {}),
      ...(newProblem === null ? {} : { newPassword: newProblem }),
    };
    if (Object.keys(this.problems).length > 0) {
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    if (!this.isBusy('password')) this.request({ type: 'change-password', currentPassword, newPassword });
  }

  private handleInput(field: PasswordField, event: Event): void {
    this.values = { ...this.values, [field]: (event.target as HTMLInputElement).value };
    this.problems = { ...this.problems, [field]: undefined };
  }

  private renderField(field: PasswordField, label: StaffMessageKey, hint?: StaffMessageKey): TemplateResult {
    const { words } = this;
    const problem = this.problems[field];
    return html`<div class="field">
      <label class="field__label" for=${field}>${words.t(label)}</label>
      <input
        class="input"
        id=${field}
        type="password"
        autocomplete=${field === 'newPassword' ? 'new-password' : 'current-password'}
        aria-invalid=${problem === undefined ? nothing : 'true'}
        .value=${this.values[field]}
        @input=${(event: Event) => this.handleInput(field, event)}
      />
      ${hint === undefined ? nothing : html`<span class="field__hint">${words.t(hint)}</span>`}
      ${problem === undefined ? nothing : html`<span class="field__error" role="alert">${words.t(problem)}</span>`}
    </div>`;
  }

  private renderPassword(): TemplateResult | typeof nothing {
    if (!this.hasPassword) return nothing;
    const { words } = this;
    const isFieldError = Object.values(this.problems).some((problem) => problem !== undefined);
    return html`<form class="block" novalidate @submit=${this.handleSubmit}>
      <h2>${words.t('accountPassword')}</h2>
      <div class="form">
        <input type="text" autocomplete="username" .value=${this.email} hidden aria-hidden="true" />
        ${this.renderField('currentPassword', 'fieldCurrentPassword')}
        ${this.renderField('newPassword', 'fieldNewPassword', 'fieldPasswordHint')}
      </div>
      <p class="field__hint">${words.t('accountPasswordHint')}</p>
      <div class="actions">
        <button class="button button--primary" type="submit" aria-disabled=${String(this.isBusy('password'))}>
          ${words.t('accountPasswordSave')}
        </button>
        ${isFieldError ? nothing : this.renderStatus('password', 'accountPasswordSaved')}
      </div>
    </form>`;
  }

  private renderSession(session: SessionSummaryDto): TemplateResult {
    const { words } = this;
    return html`<li class="row">
      <span class="row__main">
        <span class="row__title" dir="auto"
          >${session.device}
          ${session.current ? html`<span class="tag">${words.t('sessionCurrent')}</span>` : nothing}</span
        >
        <span class="row__sub">${words.t('sessionUsed', { when: words.relative(session.lastUsedAt) })}</span>
      </span>
      ${
        session.current
          ? nothing
          : html`<button
              class="button button--small"
              type="button"
              aria-label="${words.t('sessionRevoke')}: ${session.device}"
              @click=${() => this.request({ type: 'revoke-session', sessionId: session.id })}
            >
              ${words.t('sessionRevoke')}
            </button>`
      }
    </li>`;
  }

  private renderSessions(): TemplateResult {
    const { sessions } = this.state;
    const pending = sessions.data.length === 0 ? this.renderPending(sessions) : null;
    return (
      pending ??
      html`<section class="block block--flush" aria-labelledby="sessions">
        <h2 id="sessions">${this.words.t('accountSessions')}</h2>
        <ul>
          ${sessions.data.map((session) => this.renderSession(session))}
        </ul>
      </section>`
    );
  }

  protected override render(): TemplateResult {
    const { words } = this;
    return html`<div class="root page">
      <div>
        <h1>${words.t('pageAccount')}</h1>
        <p class="lead"><bdi>${this.userName}</bdi> · <bdi>${this.email}</bdi></p>
      </div>
      ${this.renderPassword()} ${this.renderSessions()}
      <div>
        <button class="button" type="button" @click=${() => this.request({ type: 'sign-out' })}>
          ${icon('signOut', 'small')} ${words.t('signOut')}
        </button>
      </div>
    </div>`;
  }
}

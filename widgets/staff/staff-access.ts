import type { Role } from '@frontdesk/protocol/vocabulary';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import { baseStyles, buttonStyles, inputStyles, surfaceStyles } from '../core/styles.js';
import { ACCESS_PANELS, validateField, type AccessView, type FieldName } from './access-panels.js';
import { accessStyles } from './staff-access.styles.js';
import type { MailedLink } from './mailed-link.js';
import { ROLE_MESSAGES } from './roles.js';
import { StaffElement } from './staff-element.js';
import { icon } from './staff-icons.js';
import type { StaffSession } from './staff-session.js';
import { describeError, type StaffMessageKey } from './words.js';

interface Invitation {
  readonly businessName: string;
  readonly email: string;
  readonly role: Role;
  readonly hasAccount: boolean;
}

export interface GoogleStart {
  readonly clientId: string;
  readonly nonce: string;
}

/**
 * The page should show Google's sign-in. No third-party script is loaded by this element: the page loads Google's
 * own, and hands the credential to `signInWithGoogle()` of the staff element.
 */
export class FrontdeskGoogleRequestedEvent extends Event {
  static readonly type = 'frontdesk-google-requested';
  readonly clientId: string;
  readonly nonce: string;

  constructor({ clientId, nonce }: GoogleStart) {
    super(FrontdeskGoogleRequestedEvent.type, { bubbles: true, composed: true });
    this.clientId = clientId;
    this.nonce = nonce;
  }
}

/**
 * Sign-in and everything around it: sign-up, forgotten password, and the three links that come by mail.
 *
 * @fires link-settled - The mailed link was used, or its reader went elsewhere.
 * @fires frontdesk-google-requested - The reader wants to sign in with Google.
 * @csspart panel - The card.
 */
export class FrontdeskStaffAccess extends StaffElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, surfaceStyles, accessStyles];

  @state() private view: AccessView = 'sign-in';
  @state() private values: Partial<Record<FieldName, string>> = {};
  @state() private fieldErrors: Partial<Record<FieldName, StaffMessageKey>> = {};
  @state() private error: ErrorBody | null = null;
  @state() private isBusy = false;
  /** Address of the mail that was asked for. */
  @state() private mailedTo: string | null = null;
  @state() private invitation: Invitation | null = null;
  @state() private google: GoogleStart | null = null;

  @property({ attribute: false }) session: StaffSession | null = null;
  @property({ attribute: false }) link: MailedLink | null = null;
  /** A session ended by itself: say so, and that nothing typed is lost. */
  @property({ type: Boolean }) ended = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('link') || this.link === null) return;
    this.view = this.link.kind;
    this.error = null;
    this.fieldErrors = {};
    this.mailedTo = null;
    this.invitation = null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { session, link } = this;
    if (session === null) return;
    if (link !== null && (changed.has('session') || changed.has('link'))) void this.readLink(session, link);
    if (changed.has('session')) void this.prepareGoogle(session);
  }

  private async readLink(session: StaffSession, { kind, token }: MailedLink): Promise<void> {
    if (kind === 'verify') await this.verify(session, token);
    else if (kind === 'invite') await this.describeInvitation(session, token);
  }

  private async prepareGoogle(session: StaffSession): Promise<void> {
    const answer = await session.call('session:start-google', {});
    if (answer.ok && answer.data.clientId !== null) {
      this.google = { clientId: answer.data.clientId, nonce: answer.data.nonce };
    }
  }

  private async verify(session: StaffSession, token: string): Promise<void> {
    this.isBusy = true;
    const answer = await session.signIn('account:verify-email', { token });
    this.isBusy = false;
    if (answer.ok) this.settleLink();
    else this.error = answer.error;
  }

  /** The mailed link has done its work, or its reader turned away from it. */
  private settleLink(): void {
    if (this.link !== null) this.dispatchEvent(new Event('link-settled'));
  }

  private async describeInvitation(session: StaffSession, token: string): Promise<void> {
    this.isBusy = true;
    const answer = await session.call('invitation:describe', { token });
    this.isBusy = false;
    if (answer.ok) this.invitation = answer.data;
    else this.error = answer.error;
  }

  private handleInput(field: FieldName, event: Event): void {
    this.values = { ...this.values, [field]: (event.target as HTMLInputElement).value };
    if (this.fieldErrors[field] !== undefined) this.fieldErrors = { ...this.fieldErrors, [field]: undefined };
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.session === null || this.isBusy || !this.validate()) return;
    this.isBusy = true;
    this.error = null;
    const answer = await this.submit(this.session);
    this.isBusy = false;
    if (answer.ok) {
      // A password has no business in memory once it was used.
      this.values = { ...this.values, password: '', newPassword: '' };
      if (this.view === 'reset' || this.view === 'invite') this.settleLink();
      return;
    }
    this.error = answer.error;
    this.fieldErrors = mapFieldErrors(answer.error, this.fields);
    await this.updateComplete;
    this.focusFirstProblem();
  }

  private async submit(session: StaffSession): Promise<Result<unknown>> {
    const { email = '', password = '', newPassword = '', name = '', businessName = '' } = this.values;
    const token = this.link?.token ?? '';
    switch (this.view) {
      case 'sign-in':
        return session.signIn('session:sign-in', { email, password });
      case 'sign-up':
        return this.withMail(
          email,
          session.call('account:sign-up', {
            email,
            password: newPassword,
            name,
            businessName,
            locale: this.words.locale,
          }),
        );
      case 'forgot':
        return this.withMail(email, session.call('password:forgot', { email }));
      case 'reset':
        return session.signIn('password:reset', { token, password: newPassword });
      case 'invite':
        return session.signIn(
          'invitation:accept',
          this.invitation?.hasAccount === true ? { token, password } : { token, name, password: newPassword },
        );
      case 'verify':
        return session.signIn('account:verify-email', { token });
    }
  }

  private async withMail(email: string, answer: Promise<Result<unknown>>): Promise<Result<unknown>> {
    const result = await answer;
    if (result.ok) this.mailedTo = email;
    return result;
  }

  private get fields(): readonly FieldName[] {
    if (this.view === 'invite' && this.invitation?.hasAccount === true) return ['password'];
    return ACCESS_PANELS[this.view].fields;
  }

  private validate(): boolean {
    const errors: Partial<Record<FieldName, StaffMessageKey>> = {};
    for (const field of this.fields) {
      const problem = validateField(field, this.values[field] ?? '');
      if (problem !== null) errors[field] = problem;
    }
    this.fieldErrors = errors;
    if (Object.keys(errors).length === 0) return true;
    void this.updateComplete.then(() => this.focusFirstProblem());
    return false;
  }

  private focusFirstProblem(): void {
    const field = this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]');
    (field ?? this.renderRoot.querySelector<HTMLElement>('.failure'))?.focus();
  }

  /** Shows another panel. */
  show(view: AccessView): void {
    this.view = view;
    this.error = null;
    this.fieldErrors = {};
    this.mailedTo = null;
    this.settleLink();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('h1')?.focus());
  }

  private renderField(field: FieldName): TemplateResult {
    const { words } = this;
    const { label, type, autocomplete, hint } = FIELD_LOOKS[field];
    const problem = this.fieldErrors[field];
    const describedBy = [hint ? `${field}-hint` : '', problem ? `${field}-error` : ''].filter(Boolean).join(' ');
    return html`<div class="field">
      <label class="field__label" for=${field}>${words.t(label)}</label>
      <input
        class="input"
        id=${field}
        name=${field}
        type=${type}
        autocomplete=${autocomplete}
        autocapitalize="none"
        ?disabled=${this.isBusy}
        aria-invalid=${problem ? 'true' : nothing}
        aria-describedby=${describedBy || nothing}
        .value=${this.values[field] ?? ''}
        @input=${(event: Event) => this.handleInput(field, event)}
      />
      ${hint ? html`<span class="field__hint" id="${field}-hint">${words.t(hint)}</span>` : nothing}
      ${problem ? html`<span class="field__error" id="${field}-error">${words.t(problem)}</span>` : nothing}
    </div>`;
  }

  private renderFailure(): TemplateResult | typeof nothing {
    const { error, words } = this;
    if (error === null || (error.code === 'VALIDATION' && Object.keys(this.fieldErrors).length > 0)) return nothing;
    const isWrongPassword = error.code === 'UNAUTHENTICATED' && this.view !== 'verify';
    return html`<p class="notice notice--danger failure" role="alert" tabindex="-1">
      ${icon('failed', 'small')}
      <span>${isWrongPassword ? words.t('signInFailed') : describeError(words, error)}</span>
    </p>`;
  }

  private renderGoogle(): TemplateResult | typeof nothing {
    const { google, words } = this;
    if (google === null || (this.view !== 'sign-in' && this.view !== 'sign-up')) return nothing;
    return html`<p class="or">${words.t('signInOr')}</p>
      <button
        class="button"
        type="button"
        @click=${() => this.dispatchEvent(new FrontdeskGoogleRequestedEvent(google))}
      >
        ${words.t('signInGoogle')}
      </button>`;
  }

  /** A used link to a new password: its reader wants another one, not the way back. */
  private get isDeadReset(): boolean {
    return this.view === 'reset' && this.error?.code === 'RESET_REQUIRED';
  }

  private renderLinks(): TemplateResult {
    const { words } = this;
    const link = (view: AccessView, message: StaffMessageKey): TemplateResult =>
      html`<button class="button button--quiet button--small" type="button" @click=${() => this.show(view)}>
        ${words.t(message)}
      </button>`;
    return html`<div class="links">
      ${
        this.view === 'sign-in'
          ? html`${link('forgot', 'forgotLink')} ${link('sign-up', 'signUpLink')}`
          : html`${this.isDeadReset ? link('forgot', 'forgotTitle') : nothing} ${link('sign-in', 'signInLink')}`
      }
    </div>`;
  }

  private renderMailSent(mailedTo: string): TemplateResult {
    const { words } = this;
    return html`<div class="sent" role="status">
      ${icon('mail')}
      <h1 tabindex="-1">${words.t('mailSentTitle')}</h1>
      <p>${words.t('mailSentBody', { email: mailedTo })}</p>
      ${this.renderLinks()}
    </div>`;
  }

  private renderPanel(): TemplateResult {
    const { words, view, invitation } = this;
    const panel = ACCESS_PANELS[view];
    const values = {
      business: invitation?.businessName ?? '…',
      email: invitation?.email ?? '…',
      role: invitation === null ? '…' : words.t(ROLE_MESSAGES[invitation.role]),
    };
    const lead = view === 'invite' && invitation?.hasAccount === true ? 'inviteLeadAccount' : panel.lead;
    // A link that does not work any more has nothing left to fill in.
    const isDead = this.error?.code === 'RESET_REQUIRED';
    const hasForm = panel.fields.length > 0 && !isDead && (view !== 'invite' || invitation !== null);
    return html`<h1 tabindex="-1">${isDead ? words.t('linkDeadTitle') : words.t(panel.title, values)}</h1>
      <p class="lead">${isDead ? nothing : words.t(lead, values)}</p>
      ${
        this.ended && view === 'sign-in'
          ? html`<p class="notice notice--warning" role="status">
              ${icon('alert', 'small')} ${words.t('sessionEnded')}
            </p>`
          : nothing
      }
      ${this.renderFailure()}
      ${
        hasForm
          ? html`<form novalidate @submit=${this.handleSubmit}>
              ${this.fields.map((field) => this.renderField(field))}
              <button class="button button--primary" type="submit" aria-disabled=${String(this.isBusy)}>
                ${words.t(panel.action)}
              </button>
            </form>`
          : nothing
      }
      ${this.renderGoogle()} ${this.renderLinks()}`;
  }

  protected override render(): TemplateResult {
    return html`<div class="root">
      <div class="card panel" part="panel">
        ${this.mailedTo === null ? this.renderPanel() : this.renderMailSent(this.mailedTo)}
      </div>
    </div>`;
  }
}

interface FieldLook {
  readonly label: StaffMessageKey;
  readonly type: 'text' | 'email' | 'password';
  readonly autocomplete: 'email' | 'username' | 'current-password' | 'new-password' | 'name' | 'organization';
  readonly hint?: StaffMessageKey;
}

const FIELD_LOOKS: Readonly<Record<FieldName, FieldLook>> = {
  email: { label: 'fieldEmail', type: 'email', autocomplete: 'username' },
  password: { label: 'fieldPassword', type: 'password', autocomplete: 'current-password' },
  newPassword: {
    label: 'fieldNewPassword',
    type: 'password',
    autocomplete: 'new-password',
    hint: 'fieldPasswordHint',
  },
  name: { label: 'fieldName', type: 'text', autocomplete: 'name' },
  businessName: { label: 'fieldBusiness', type: 'text', autocomplete: 'organization' },
};

/** The server's field paths, as the fields of this form. */
function mapFieldErrors(error: ErrorBody, fields: readonly FieldName[]): Partial<Record<FieldName, StaffMessageKey>> {
  const mapped: Partial<Record<FieldName, StaffMessageKey>> = {};
  for (const path of Object.keys(error.fields ?? {})) {
    const field = fields.find((name) => name === path || (path === 'password' && name === 'newPassword'));
    if (field === 'email') mapped.email = 'invalidEmail';
    else if (field === 'password' || field === 'newPassword') mapped[field] = 'invalidPassword';
    else if (field !== undefined) mapped[field] = 'invalidRequired';
  }
  return mapped;
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-staff-access': FrontdeskStaffAccess;
  }
}

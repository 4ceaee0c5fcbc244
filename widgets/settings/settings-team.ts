import type { InvitationDto, MemberDto } from '@frontdesk/protocol/tenancy';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { initialsOf } from '../inbox/inbox-words.js';
import { ROLE_HINTS, ROLE_MESSAGES } from '../staff/roles.js';
import { icon } from '../staff/staff-icons.js';
import type { MenuChosenEvent, MenuItem } from '../staff/staff-menu.js';
import { validateField } from '../staff/access-panels.js';
import { pageStyles, SettingsPageElement } from './settings-page.js';
import { assignableRoles, canChangeMember, canManage, formOf } from './settings-store.js';

/** The people of the business: who they are, what they may do, who is invited. */
export class FrontdeskSettingsTeam extends SettingsPageElement {
  static override styles = [
    ...pageStyles,
    css`
      h1 {
        margin-block-end: 4px;
        font-size: var(--frontdesk-size-20);
      }
      .row--disabled .avatar {
        background: var(--frontdesk-surface-hover);
        color: var(--frontdesk-text-muted);
      }
      .row--disabled .row__title {
        color: var(--frontdesk-text-muted);
      }
      .role {
        min-inline-size: 72px;
        color: var(--frontdesk-text-muted);
        text-align: end;
      }
      .invite {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(120px, 180px);
        gap: 12px;
      }
      .invite .actions {
        grid-column: 1 / -1;
      }
      @media (max-width: 520px) {
        .invite {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      dialog {
        inline-size: min(400px, calc(100vw - 32px));
        padding: 24px;
        border: 1px solid var(--frontdesk-line);
        border-radius: var(--frontdesk-radius-card);
        background: var(--frontdesk-surface-raised);
        color: var(--frontdesk-text);
        box-shadow: var(--frontdesk-shadow-2);
      }
      dialog::backdrop {
        background: #0006;
      }
      dialog h2 {
        margin-block-end: 8px;
        font-size: var(--frontdesk-size-16);
      }
      dialog .actions {
        justify-content: flex-end;
        margin-block-start: 20px;
      }
    `,
  ];

  @query('#email') private emailField?: HTMLInputElement;
  @query('#role') private roleField?: HTMLSelectElement;
  @query('dialog') private dialog?: HTMLDialogElement;

  @state() private isEmailWrong = false;
  @state() private leaving: MemberDto | null = null;

  protected override updated(changed: PropertyValues<this>): void {
    const previous = changed.get('state');
    const isSent = formOf(this.state, 'invite').phase === 'saved';
    if (previous !== undefined && isSent && formOf(previous, 'invite').phase !== 'saved' && this.emailField) {
      this.emailField.value = '';
    }
  }

  private handleInvite(event: SubmitEvent): void {
    event.preventDefault();
    const email = this.emailField?.value.trim() ?? '';
    this.isEmailWrong = validateField('email', email) !== null;
    if (this.isEmailWrong) {
      this.emailField?.focus();
      return;
    }
    if (!this.isBusy('invite')) {
      this.request({ type: 'invite', email, role: (this.roleField?.value ?? 'agent') as Role });
    }
  }

  private async handleAction(member: MemberDto, event: MenuChosenEvent): Promise<void> {
    if (event.value === 'remove') {
      this.leaving = member;
      await this.updateComplete;
      this.dialog?.showModal();
      return;
    }
    this.request({ type: 'update-member', memberId: member.id, change: { disabled: event.value === 'disable' } });
  }

  private handleRemove(): void {
    if (this.leaving !== null) this.request({ type: 'remove-member', memberId: this.leaving.id });
    this.dialog?.close();
  }

  private renderRole(member: MemberDto): TemplateResult {
    const { words } = this;
    if (!canChangeMember(this.memberRole, member)) {
      return html`<span class="role">${words.t(ROLE_MESSAGES[member.role])}</span>`;
    }
    return html`<frontdesk-staff-menu
      align="end"
      .words=${words}
      .label=${words.t('memberRole', { name: member.name })}
      .items=${assignableRoles(this.memberRole).map((role) => ({
        value: role,
        label: words.t(ROLE_MESSAGES[role]),
        checked: role === member.role,
      }))}
      @menu-chosen=${(event: MenuChosenEvent) =>
        this.request({ type: 'update-member', memberId: member.id, change: { role: event.value as Role } })}
      >${words.t(ROLE_MESSAGES[member.role])} ${icon('down', 'small')}</frontdesk-staff-menu
    >`;
  }

  private renderActions(member: MemberDto): TemplateResult | typeof nothing {
    if (!canChangeMember(this.memberRole, member)) return nothing;
    const { words } = this;
    const items: readonly MenuItem[] = [
      member.disabled
        ? { value: 'enable', label: words.t('memberEnable') }
        : { value: 'disable', label: words.t('memberDisable') },
      { value: 'remove', label: words.t('memberRemove'), icon: 'trash', danger: true },
    ];
    return html`<frontdesk-staff-menu
      align="end"
      .words=${words}
      .label=${words.t('memberActions', { name: member.name })}
      .look=${'icon-button icon-button--small'}
      .items=${items}
      @menu-chosen=${(event: MenuChosenEvent) => this.handleAction(member, event)}
      >${icon('more', 'small')}</frontdesk-staff-menu
    >`;
  }

  private renderMember(member: MemberDto): TemplateResult {
    const { words } = this;
    return html`<li class=${member.disabled ? 'row row--disabled' : 'row'}>
      <span class="avatar" aria-hidden="true">${initialsOf(member.name)}</span>
      <span class="row__main">
        <span class="row__title"
          ><bdi>${member.name}</bdi>
          ${member.self ? html`<span class="muted">(${words.t('memberYou')})</span>` : nothing}
          ${member.disabled ? html`<span class="tag">${words.t('memberDisabled')}</span>` : nothing}</span
        >
        ${member.email === null ? nothing : html`<span class="row__sub" dir="ltr">${member.email}</span>`}
      </span>
      <span class="row__end">${this.renderRole(member)} ${this.renderActions(member)}</span>
    </li>`;
  }

  private renderInvite(): TemplateResult {
    const { words } = this;
    return html`<form class="block" novalidate @submit=${this.handleInvite}>
      <h2>${words.t('teamInvite')}</h2>
      <div class="invite">
        <div class="field">
          <label class="field__label" for="email">${words.t('inviteEmail')}</label>
          <input
            class="input"
            id="email"
            type="email"
            autocomplete="off"
            aria-invalid=${this.isEmailWrong ? 'true' : nothing}
          />
          ${
            this.isEmailWrong
              ? html`<span class="field__error" role="alert">${words.t('invalidEmail')}</span>`
              : nothing
          }
        </div>
        <div class="field">
          <label class="field__label" for="role">${words.t('inviteRole')}</label>
          <select class="input" id="role">
            ${assignableRoles(this.memberRole).map(
              (role) =>
                html`<option value=${role} title=${words.t(ROLE_HINTS[role])} ?selected=${role === 'agent'}>
                  ${words.t(ROLE_MESSAGES[role])}
                </option>`,
            )}
          </select>
        </div>
        <div class="actions">
          <button class="button button--primary" type="submit" aria-disabled=${String(this.isBusy('invite'))}>
            ${words.t('inviteSend')}
          </button>
          ${this.renderStatus('invite', 'inviteSent')}
        </div>
      </div>
    </form>`;
  }

  private renderInvitation(invitation: InvitationDto): TemplateResult {
    const { words } = this;
    const date = words.date(invitation.expiresAt, { day: 'numeric', month: 'long' });
    return html`<li class="row">
      <span class="row__main">
        <span class="row__title" dir="ltr">${invitation.email}</span>
        <span class="row__sub"
          >${words.t(ROLE_MESSAGES[invitation.role])} · ${words.t('invitationExpires', { date })}</span
        >
      </span>
      <button
        class="button button--small"
        type="button"
        aria-label="${words.t('invitationRevoke')}: ${invitation.email}"
        @click=${() => this.request({ type: 'revoke-invitation', invitationId: invitation.id })}
      >
        ${words.t('invitationRevoke')}
      </button>
    </li>`;
  }

  private renderInvitations(): TemplateResult | typeof nothing {
    const { data } = this.state.invitations;
    if (data.length === 0) return nothing;
    return html`<section class="block block--flush" aria-labelledby="invitations">
      <h2 id="invitations">${this.words.t('invitationsTitle')}</h2>
      <ul>
        ${data.map((invitation) => this.renderInvitation(invitation))}
      </ul>
    </section>`;
  }

  private renderDialog(): TemplateResult {
    const { words, leaving } = this;
    return html`<dialog aria-labelledby="leaving" @close=${() => (this.leaving = null)}>
      <h2 id="leaving">${words.t('memberRemoveTitle', { name: leaving?.name ?? '' })}</h2>
      <p>${words.t('memberRemoveBody')}</p>
      <div class="actions">
        <button class="button" type="button" @click=${() => this.dialog?.close()}>${words.t('cancel')}</button>
        <button class="button button--danger" type="button" @click=${this.handleRemove}>
          ${words.t('memberRemove')}
        </button>
      </div>
    </dialog>`;
  }

  protected override render(): TemplateResult {
    const { state, words } = this;
    const pending = state.members.data.length === 0 ? this.renderPending(state.members) : null;
    const isManager = canManage(this.memberRole);
    return html`<div class="root page">
      <div>
        <h1>${words.t('pageTeam')}</h1>
        <p class="lead">${words.t(isManager ? 'teamLead' : 'readOnly')}</p>
      </div>
      ${
        pending ??
        html`<div class="block block--flush">
          <ul>
            ${state.members.data.map((member) => this.renderMember(member))}
          </ul>
        </div>`
      }
      ${formOf(state, 'member').phase === 'failed' ? this.renderStatus('member') : nothing}
      ${isManager ? html`${this.renderInvite()} ${this.renderInvitations()}` : nothing} ${this.renderDialog()}
    </div>`;
  }
}

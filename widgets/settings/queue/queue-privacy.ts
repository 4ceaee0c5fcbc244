import type { QueuePolicy } from '@frontdesk/protocol/queue-setup';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { QueueForm, type Problems } from './queue-page.js';

interface Draft {
  readonly phone: string;
  readonly reason: string;
  readonly retentionHours: number;
}

/** How long a person's details stay, and erasing them on request (QA-12). */
export class FrontdeskQueuePrivacy extends QueueForm<Draft> {
  @query('dialog') private dialog?: HTMLDialogElement;

  private policy: QueuePolicy | null = null;

  @state() private form: 'retention' | 'erase' = 'erase';
  @state() private erased = 0;

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { data } = this.data.setup;
    const isNew = this.policy === null && data !== null;
    if (data !== null) this.policy = data.policy;
    if (isNew || this.draft === null) {
      const { phone = '', reason = '' } = this.draft ?? {};
      this.draft = { phone, reason, retentionHours: data?.policy.retentionHours ?? 2 };
    }
  }

  protected override check({ phone, reason, retentionHours }: Draft): Problems {
    if (this.form === 'retention') {
      return retentionHours >= 0 && retentionHours <= 24 ? {} : { retentionHours: 'retentionWrong' };
    }
    return {
      ...(/^\+[1-9]\d{6,14}$/.test(plain(phone)) ? {} : { phone: 'phoneWrong' as const }),
      ...(reason.trim() === '' ? { reason: 'invalidRequired' as const } : {}),
    };
  }

  private async handleRetention(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { draft, policy } = this;
    const { locationId } = this.data;
    if (draft === null || policy === null || locationId === null) return;
    this.form = 'retention';
    const { retentionHours } = draft;
    const saved = await this.send('queue:update-policy', { locationId, policy: { ...policy, retentionHours } });
    if (saved !== null) await this.desk.loadSetup();
  }

  private handleErase(event: SubmitEvent): void {
    event.preventDefault();
    if (this.draft === null) return;
    this.form = 'erase';
    this.phase = 'idle';
    this.problems = this.check(this.draft);
    if (Object.keys(this.problems).length === 0) this.dialog?.showModal();
  }

  private async erase(): Promise<void> {
    this.dialog?.close();
    const { draft } = this;
    if (draft === null) return;
    const answer = await this.send('queue:erase-person', { phone: plain(draft.phone), reason: draft.reason.trim() });
    if (answer === null) return;
    this.erased = answer.erased;
    this.draft = { ...draft, phone: '', reason: '' };
  }

  private renderRetention({ retentionHours }: Draft): TemplateResult | typeof nothing {
    const { words } = this;
    if (this.policy === null) return nothing;
    return html`<form class="block" novalidate @submit=${this.handleRetention}>
      <h2>${words.t('retentionTitle')}</h2>
      ${this.renderNumber(
        'retentionHours',
        words.t('retentionHours'),
        retentionHours,
        (value) => this.change({ retentionHours: value ?? Number.NaN }),
        { hint: 'retentionHint', max: 24, class: '' },
      )}
      <div class="actions">
        <button class="button button--primary" type="submit" aria-disabled=${String(this.phase === 'busy')}>
          ${words.t('save')}
        </button>
        ${this.form === 'retention' ? this.renderStatus() : nothing}
      </div>
    </form>`;
  }

  private renderErase({ phone, reason }: Draft): TemplateResult {
    const { words } = this;
    const isDone = this.form === 'erase' && this.phase === 'saved';
    return html`<form class="block" novalidate @submit=${this.handleErase}>
        <h2>${words.t('eraseTitle')}</h2>
        <p class="lead">${words.t('eraseLead')}</p>
        <div class="form">
          ${this.renderText('phone', words.t('erasePhone'), phone, (value) => this.change({ phone: value }), {
            type: 'tel',
            dir: 'ltr',
            maxLength: 30,
            placeholder: '+60123456789',
            hint: 'erasePhoneHint',
          })}
          ${this.renderText('reason', words.t('eraseReason'), reason, (value) => this.change({ reason: value }), {
            maxLength: 200,
            hint: 'eraseReasonHint',
          })}
        </div>
        <div class="actions">
          <button class="button button--danger" type="submit" aria-disabled=${String(this.phase === 'busy')}>
            ${words.t('eraseNow')}
          </button>
          ${
            isDone
              ? html`<span class="status status--saved" role="status"
                  >${words.t('eraseDone', { count: this.erased })}</span
                >`
              : this.form === 'erase'
                ? this.renderStatus()
                : nothing
          }
        </div>
      </form>
      <dialog aria-labelledby="erase">
        <h2 id="erase">${words.t('eraseConfirm')}</h2>
        <p>${words.t('eraseConfirmBody', { phone: plain(phone) })}</p>
        <div class="actions">
          <button class="button" type="button" @click=${() => this.dialog?.close()}>${words.t('cancel')}</button>
          <button class="button button--danger" type="button" @click=${this.erase}>${words.t('eraseNow')}</button>
        </div>
      </dialog>`;
  }

  protected override render(): TemplateResult {
    const { draft } = this;
    return html`<div class="root page">
      ${this.renderHead('pagePrivacy', 'privacyLead')}
      ${draft === null ? nothing : html`${this.renderRetention(draft)} ${this.renderErase(draft)}`}
    </div>`;
  }
}

/** Without the spaces and hyphens that people write numbers with. */
function plain(phone: string): string {
  return phone.replaceAll(/[\s().-]/g, '');
}

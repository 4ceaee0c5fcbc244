import type { ServiceId } from '@frontdesk/protocol/ids';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { renderQr } from '../core/qr/render-qr.js';
import { baseStyles, buttonStyles, inputStyles, surfaceStyles } from '../core/styles.js';
import { readForm } from './counter-answers.js';
import { CounterElement } from './counter-element.js';
import { renderFields, type FormContext } from './counter-forms.js';
import { icon } from './counter-icons.js';
import { keyOf, SHORTCUTS } from './counter-keys.js';
import { sheetStyles } from './counter-sheet.styles.js';
import { findService, findTicket, type Sheet } from './counter-store.js';
import { describeFailure, nameIn, type CounterMessageKey } from './counter-words.js';

type Wording = readonly [title: CounterMessageKey, lead: CounterMessageKey | null, action: CounterMessageKey];

const WORDING: Readonly<Record<Exclude<Sheet['kind'], 'number' | 'help'>, Wording>> = {
  pause: ['counterPause', 'counterPauseLead', 'counterPause'],
  hold: ['counterHold', 'counterHoldLead', 'counterHold'],
  transfer: ['counterTransfer', 'counterTransferLead', 'counterTransfer'],
  'walk-in': ['counterWalkIn', 'counterWalkInLead', 'counterWalkIn'],
  call: ['counterCallTitle', 'counterCallLead', 'counterCall'],
  cancel: ['counterCancelTitle', 'counterCancelLead', 'counterCancelAction'],
  class: ['counterClassTitle', 'counterClassLead', 'save'],
  issue: ['counterIssue', null, 'counterIssueAction'],
  notice: ['counterNoticeTitle', 'counterNoticeLead', 'counterNoticeShow'],
  'close-service': ['counterCloseServiceTitle', 'counterCloseServiceLead', 'counterCloseServiceAction'],
};

/** One question at a time over the console, in the top layer, so that nothing of the page covers it. */
export class FrontdeskCounterSheet extends CounterElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, surfaceStyles, sheetStyles];

  @query('dialog') private dialog?: HTMLDialogElement;

  @state() private serviceId: ServiceId | null = null;
  /** Codes are drawn by a part that is fetched with the first number. */
  @state() private drawCode: typeof renderQr | null = null;
  @state() private isCopied = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { sheet } = this.state;
    if (!changed.has('state') || changed.get('state')?.sheet === sheet) return;
    this.serviceId = null;
    this.isCopied = false;
    if (sheet?.kind === 'number' && sheet.url !== null) void this.learnToDraw();
  }

  protected override updated(): void {
    const { dialog } = this;
    if (!dialog) return;
    if (this.state.sheet !== null && !dialog.open) {
      dialog.showModal();
      // The question, and not the way out, is what the person came for.
      dialog.querySelector<HTMLElement>('.body :is(input:checked, input, select, textarea, button)')?.focus();
    } else if (this.state.sheet === null && dialog.open) dialog.close();
  }

  private async learnToDraw(): Promise<void> {
    this.drawCode ??= (await import('../core/qr/render-qr.js')).renderQr;
  }

  /** `close` comes a task later than Escape hides the sheet; `cancel` comes at once, so the next key already counts. */
  private handleClose(): void {
    if (this.state.sheet !== null) this.request({ type: 'show-sheet', sheet: null });
  }

  private handleBackdrop(event: MouseEvent): void {
    if (event.target === this.dialog) this.handleClose();
  }

  private handleSubmit(event: SubmitEvent, sheet: Sheet): void {
    event.preventDefault();
    if (this.isBlocked) return;
    const request = readForm(sheet, new FormData(event.target as HTMLFormElement), this.state);
    if (request !== null) this.request(request);
  }

  private async handleCopy(url: string): Promise<void> {
    await navigator.clipboard.writeText(url);
    this.isCopied = true;
  }

  private get context(): FormContext {
    return {
      words: this.words,
      state: this.state,
      serviceId: this.serviceId,
      chooseService: (id) => (this.serviceId = id),
    };
  }

  private describeTitle(sheet: Sheet): string {
    const { words } = this;
    if (sheet.kind === 'help') return words.t('helpTitle');
    if (sheet.kind === 'number') return words.t(sheet.url === null ? 'counterNumberAgain' : 'counterNumberNew');
    const ticket = 'ticketId' in sheet && this.state.view ? findTicket(this.state.view, sheet.ticketId) : undefined;
    return words.t(WORDING[sheet.kind][0], { label: ticket?.label ?? '' });
  }

  private renderContent(sheet: Sheet): unknown {
    switch (sheet.kind) {
      case 'help':
        return this.renderHelp();
      case 'number':
        return this.renderNumber(sheet);
      case 'walk-in':
        return this.renderWalkIn();
      default:
        return this.renderForm(sheet);
    }
  }

  private renderForm(sheet: Exclude<Sheet, { kind: 'number' | 'help' | 'walk-in' }>): TemplateResult {
    const { words } = this;
    const [, lead, action] = WORDING[sheet.kind as keyof typeof WORDING];
    const look = sheet.kind === 'cancel' || sheet.kind === 'close-service' ? 'button--danger' : 'button--primary';
    return html`<form class="body" @submit=${(event: SubmitEvent) => this.handleSubmit(event, sheet)}>
      ${lead === null ? nothing : html`<p class="lead">${words.t(lead)}</p>`} ${this.renderRefusal()}
      ${sheet.kind === 'close-service' ? this.renderClosures() : nothing} ${renderFields(this.context, sheet)}
      <div class="foot">
        ${sheet.kind === 'notice' ? this.renderTakeDown() : nothing}
        <button class="button" type="button" @click=${this.handleClose}>
          ${words.t(sheet.kind === 'cancel' ? 'counterKeep' : 'cancel')}
        </button>
        <button class="button ${look}" type="submit" aria-disabled=${String(this.isBlocked)}>${words.t(action)}</button>
      </div>
    </form>`;
  }

  /** A refusal is said where it was asked, because the sheet covers the console. */
  private renderRefusal(): TemplateResult | typeof nothing {
    const { failure } = this.state;
    if (failure === null) return nothing;
    return html`<p class="notice notice--danger" role="alert">
      ${icon('failed', 'small')} <span>${describeFailure(this.words, failure)}</span>
    </p>`;
  }

  private renderTakeDown(): TemplateResult {
    return html`<button
      class="button button--quiet"
      type="button"
      @click=${() => this.isBlocked || this.request({ type: 'broadcast', notice: null })}
    >
      ${this.words.t('counterNoticeRemove')}
    </button>`;
  }

  private renderClosures(): unknown {
    const { words } = this;
    const closed =
      this.state.setup?.services.filter(({ closure, isArchived }) => closure !== null && !isArchived) ?? [];
    return closed.map(
      ({ id, names, closure }) =>
        html`<div class="row">
          <span dir="auto"
            ><strong>${nameIn(words, names)}</strong><br />${words.t('counterServiceClosed', {
              message: closure?.message ?? '',
            })}</span
          >
          <button
            class="button button--small"
            type="button"
            @click=${() => this.isBlocked || this.request({ type: 'close-service', serviceId: id, message: null })}
          >
            ${words.t('counterReopenService')}
          </button>
        </div>`,
    );
  }

  private renderWalkIn(): TemplateResult {
    const { words, state } = this;
    return html`<div class="body">
      <p class="lead">${words.t('counterWalkInLead')}</p>
      ${this.renderRefusal()}
      <div class="list">
        ${state.view?.counter.serviceIds.map((serviceId) => {
          const service = findService(state, serviceId);
          return html`<button
            class="button"
            type="button"
            aria-disabled=${String(this.isBlocked)}
            @click=${() => this.move({ name: 'ticket:serve-walk-in', input: { serviceId } })}
          >
            <span dir="auto">${service ? nameIn(words, service.names) : ''}</span>
          </button>`;
        })}
      </div>
    </div>`;
  }

  private renderNumber({ ticket, url }: Extract<Sheet, { kind: 'number' }>): TemplateResult {
    const { words } = this;
    const service = findService(this.state, ticket.serviceId);
    return html`<div class="body number">
      <bdi class="number__label tabular">${ticket.label}</bdi>
      <p dir="auto">${service ? nameIn(words, service.names) : ''}</p>
      ${url === null ? nothing : this.drawCode?.(url, words.t('counterNumberCode', { label: ticket.label }))}
      <p class="lead">${words.t(url === null ? 'counterNumberAgainLead' : 'counterNumberLead')}</p>
      <div class="foot">
        ${
          url === null
            ? nothing
            : html`<button class="button" type="button" @click=${() => this.handleCopy(url)}>
                ${words.t(this.isCopied ? 'copied' : 'counterCopyLink')}
              </button>`
        }
        <button class="button button--primary" type="button" @click=${this.handleClose}>${words.t('close')}</button>
      </div>
    </div>`;
  }

  private renderHelp(): TemplateResult {
    const { words, state } = this;
    const handleSwitch = (event: Event): void =>
      this.request({ type: 'switch-shortcuts', on: (event.target as HTMLInputElement).checked });
    return html`<div class="body">
      <p class="lead">${words.t('helpLead')}</p>
      <dl>
        ${SHORTCUTS.map(
          ({ action, message }) =>
            html`<div>
              <dt>${words.t(message)}</dt>
              <dd><kbd>${keyOf(action)}</kbd></dd>
            </div>`,
        )}
      </dl>
      <label class="check"
        ><input type="checkbox" .checked=${state.shortcutsOn} @change=${handleSwitch} />${words.t('helpSwitch')}</label
      >
    </div>`;
  }

  protected override render(): TemplateResult {
    const { sheet } = this.state;
    const subject = sheet === null ? '' : JSON.stringify({ ...sheet, url: null });
    return html`<div class="root">
      <dialog
        aria-labelledby="title"
        @cancel=${this.handleClose}
        @close=${this.handleClose}
        @click=${this.handleBackdrop}
      >
        ${
          sheet === null
            ? nothing
            : keyed(
                subject,
                html`<div class="head">
                    <h2 id="title">${this.describeTitle(sheet)}</h2>
                    <button
                      class="icon-button icon-button--small"
                      type="button"
                      aria-label=${this.words.t('close')}
                      @click=${this.handleClose}
                    >
                      ${icon('close', 'small')}
                    </button>
                  </div>
                  ${this.renderContent(sheet)}`,
              )
        }
      </dialog>
    </div>`;
  }
}

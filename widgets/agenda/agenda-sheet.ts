import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { renderQr } from '../core/qr/render-qr.js';
import { baseStyles, buttonStyles, inputStyles, surfaceStyles } from '../core/styles.js';
import { readForm } from './agenda-answers.js';
import { visitSheetOf } from './agenda-class.js';
import { AgendaElement } from './agenda-element.js';
import { movingOf, renderFields, type Draft, type FormContext } from './agenda-forms.js';
import { icon } from './agenda-icons.js';
import { serviceIdOf, servicesOf, staffFor, staffIdOf } from './agenda-layout.js';
import { sheetStyles } from './agenda-sheet.styles.js';
import { findBooking, findResource, type VisitSheet } from './agenda-store.js';
import { dateAt, getZone } from './agenda-time.js';
import { describeFailure, formatWhen, type AgendaMessageKey } from './agenda-words.js';

const ACTIONS: Readonly<Record<VisitSheet['kind'], AgendaMessageKey>> = {
  book: 'agendaBookAction',
  move: 'agendaMoveAction',
  reason: 'agendaMarkCancel',
  block: 'agendaBlockAction',
  'show-block': 'agendaUnblock',
  admit: 'agendaAdmitAction',
  number: 'close',
  'sign-out': 'signOut',
};
const EMPTY: Draft = { serviceId: null, staffId: null, date: '', start: null };

/** One question at a time over the agenda, in the top layer, so that nothing of the page covers it. */
export class FrontdeskAgendaSheet extends AgendaElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, surfaceStyles, sheetStyles];

  @query('dialog') private dialog?: HTMLDialogElement;

  @state() private draft: Draft = EMPTY;
  @state() private isWrong = false;
  /** Codes are drawn by a part that is fetched with the first number. */
  @state() private drawCode: typeof renderQr | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const sheet = visitSheetOf(this.state);
    if (!changed.has('state') || changed.get('state')?.sheet === this.state.sheet) return;
    this.isWrong = false;
    this.draft = sheet === null ? EMPTY : this.beginDraft(sheet);
    if (sheet?.kind === 'number' && sheet.url !== null) void this.learnToDraw();
  }

  protected override updated(): void {
    const { dialog, state: shown } = this;
    if (!dialog) return;
    const sheet = visitSheetOf(shown);
    if (sheet !== null && !dialog.open) {
      dialog.showModal();
      // The question, and not the way out, is what the person came for.
      dialog.querySelector<HTMLElement>('.body :is(input:checked, select, input, textarea, button)')?.focus();
    } else if (sheet === null && dialog.open) dialog.close();
    this.askStarts();
  }

  private async learnToDraw(): Promise<void> {
    this.drawCode ??= (await import('../core/qr/render-qr.js')).renderQr;
  }

  private beginDraft(sheet: VisitSheet): Draft {
    if (sheet.kind === 'book') {
      const { resourceId, date, start } = sheet;
      const resource = findResource(this.state, resourceId);
      const offered = servicesOf(this.state);
      const service =
        offered.find(({ id }) => resource?.kind !== 'staff' || resource.serviceIds.includes(id)) ?? offered[0];
      const isGiven = staffFor(this.state, service?.id).some(({ id }) => id === resourceId);
      return { serviceId: service?.id ?? null, staffId: isGiven ? resourceId : null, date, start };
    }
    const booking = sheet.kind === 'move' ? findBooking(this.state, sheet.bookingId) : undefined;
    if (!booking) return { ...EMPTY, date: sheet.kind === 'block' ? sheet.date : '' };
    return {
      serviceId: serviceIdOf(booking) ?? null,
      staffId: staffIdOf(booking),
      date: dateAt(getZone(this.timeZone), Date.parse(booking.start)),
      start: new Date(booking.start).toISOString(),
    };
  }

  private askStarts(): void {
    const sheet = visitSheetOf(this.state);
    const { serviceId, staffId, date } = this.draft;
    if (sheet === null || (sheet.kind !== 'book' && sheet.kind !== 'move') || serviceId === null || date === '') return;
    const moving = movingOf(sheet);
    if (this.state.starts?.key === `${serviceId} ${staffId} ${date} ${moving}`) return;
    this.request({ type: 'list-starts', question: { serviceId, staffId, date, moving } });
  }

  /** `close` comes a task later than Escape hides the sheet; `cancel` comes at once, so the next key already counts. */
  private handleClose(): void {
    if (visitSheetOf(this.state) !== null) this.request({ type: 'show-sheet', sheet: null });
  }

  private handleBackdrop(event: MouseEvent): void {
    if (event.target === this.dialog) this.handleClose();
  }

  private handleSubmit(event: SubmitEvent, sheet: VisitSheet): void {
    event.preventDefault();
    if (this.isBlockedFor(sheet)) return;
    const request = readForm(sheet, new FormData(event.target as HTMLFormElement), this.state);
    this.isWrong = request === null || (request.type === 'block' && request.block.end <= request.block.start);
    if (request !== null && !this.isWrong) this.request(request);
  }

  private get context(): FormContext {
    return {
      words: this.words,
      state: this.state,
      timeZone: this.timeZone,
      draft: this.draft,
      change: (patch) => (this.draft = { ...this.draft, ...patch }),
    };
  }

  /** Whoever wants to go may go without a network, too. */
  private isBlockedFor(sheet: VisitSheet): boolean {
    return this.isBlocked && sheet.kind !== 'sign-out';
  }

  private describeTitle(sheet: VisitSheet): string {
    const { words, state: shown } = this;
    const name = 'bookingId' in sheet ? (findBooking(shown, sheet.bookingId)?.customer.name ?? '') : '';
    switch (sheet.kind) {
      case 'sign-out':
        return words.t('agendaSignOutTitle');
      case 'book':
        return words.t('agendaBookTitle');
      case 'move':
        return words.t('agendaMoveTitle', { name });
      case 'reason':
        return words.t(sheet.mark === 'decline' ? 'agendaDeclineTitle' : 'agendaCancelTitle', { name });
      case 'admit':
        return words.t('agendaAdmitTitle', { name });
      case 'number':
        return words.t('agendaNumberTitle', { name });
      default:
        return words.t('agendaBlockTitle');
    }
  }

  private describeLead(sheet: VisitSheet): string {
    const { words, state: shown, timeZone } = this;
    switch (sheet.kind) {
      case 'move': {
        const booking = findBooking(shown, sheet.bookingId);
        return booking ? words.t('agendaMoveLead', { when: formatWhen(words, booking.start, timeZone) }) : '';
      }
      case 'reason':
        return words.t('agendaCancelLead');
      case 'block':
        return words.t('agendaBlockLead');
      case 'show-block': {
        const block = shown.agenda?.blocks.find(({ id }) => id === sheet.blockId);
        if (!block) return words.t('agendaErrorGone');
        const span = `${formatWhen(words, block.start, timeZone)} – ${formatWhen(words, block.end, timeZone)}`;
        return [findResource(shown, block.resourceId)?.name, span, block.reason].filter(Boolean).join(' · ');
      }
      case 'admit':
        return words.t('agendaAdmitLead');
      case 'number':
        return words.t(sheet.url === null ? 'agendaNumberKnown' : 'agendaNumberLead');
      case 'sign-out':
        return words.t('agendaSignOutLead', { count: shown.unsent.length });
      case 'book':
        return '';
    }
  }

  /** A refusal is said where it was asked, because the sheet covers the agenda. */
  private renderRefusal(sheet: VisitSheet): unknown {
    const { failure } = this.state;
    if (failure === null && !this.isWrong) return nothing;
    const wrong = sheet.kind === 'block' ? 'agendaEndBeforeStart' : 'errorVALIDATION';
    const text = failure === null ? this.words.t(wrong) : describeFailure(this.words, this.state, failure);
    return html`<p class="notice notice--danger" role="alert">${icon('failed', 'small')} <span>${text}</span></p>`;
  }

  private renderForm(sheet: VisitSheet): TemplateResult {
    const { words } = this;
    const lead = this.describeLead(sheet);
    const isFinal = sheet.kind === 'reason';
    const action = isFinal && sheet.mark === 'decline' ? 'agendaMarkDecline' : ACTIONS[sheet.kind];
    const canAct = sheet.kind === 'block' || sheet.kind === 'show-block' ? this.canManage : this.canWrite;
    return html`<form class="body" @submit=${(event: SubmitEvent) => this.handleSubmit(event, sheet)}>
      ${lead === '' ? nothing : html`<p class="lead" dir="auto">${lead}</p>`} ${renderFields(this.context, sheet)}
      ${this.renderRefusal(sheet)}
      <div class="foot">
        <button class="button" type="button" @click=${this.handleClose}>
          ${words.t(isFinal ? 'agendaKeep' : sheet.kind === 'show-block' ? 'close' : 'cancel')}
        </button>
        ${
          canAct
            ? html`<button
                class="button ${isFinal ? 'button--danger' : 'button--primary'}"
                type="submit"
                aria-disabled=${String(this.isBlockedFor(sheet))}
              >
                ${words.t(action)}
              </button>`
            : nothing
        }
      </div>
    </form>`;
  }

  private renderNumber(sheet: Extract<VisitSheet, { kind: 'number' }>): TemplateResult {
    const { label, url } = sheet;
    return html`<div class="body number">
      <bdi class="number__label tabular">${label}</bdi>
      ${url === null ? nothing : this.drawCode?.(url, this.words.t('agendaNumberCode', { label }))}
      <p class="lead">${this.describeLead(sheet)}</p>
      <button class="button button--primary" type="button" @click=${this.handleClose}>${this.words.t('close')}</button>
    </div>`;
  }

  protected override render(): TemplateResult {
    const sheet = visitSheetOf(this.state);
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
                JSON.stringify(sheet),
                html`<div class="head">
                    <h2 id="title" dir="auto">${this.describeTitle(sheet)}</h2>
                    <button
                      class="icon-button icon-button--small"
                      type="button"
                      aria-label=${this.words.t('close')}
                      @click=${this.handleClose}
                    >
                      ${icon('close', 'small')}
                    </button>
                  </div>
                  ${sheet.kind === 'number' ? this.renderNumber(sheet) : this.renderForm(sheet)}`,
              )
        }
      </dialog>
    </div>`;
  }
}

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles, buttonStyles, inputStyles, surfaceStyles } from '../core/styles.js';
import { nameIn } from './agenda-words.js';
import { classesOf, classSheetOf, keyOfDates, type ClassSheet } from './agenda-class.js';
import {
  beginDraft,
  EMPTY_DRAFT,
  errorsOf,
  questionOf,
  readClassForm,
  type ClassDraft,
  type ClassForm,
} from './agenda-class-answers.js';
import { describeClassLead, renderClassFields } from './agenda-class-forms.js';
import { classSheetStyles } from './agenda-class-sheet.styles.js';
import { AgendaElement } from './agenda-element.js';
import { icon } from './agenda-icons.js';
import { sheetStyles } from './agenda-sheet.styles.js';
import { findSession, findService } from './agenda-store.js';
import { findEnrolment, seatsLeft } from './agenda-class.js';
import { describeFailure, type AgendaMessageKey } from './agenda-words.js';

const ACTIONS: Readonly<Record<ClassSheet['kind'], AgendaMessageKey>> = {
  'class-create': 'agendaClassNewAction',
  'class-move': 'agendaMoveAction',
  'class-resize': 'agendaClassResizeAction',
  'class-cancel': 'agendaClassCancel',
  'class-enrol': 'agendaClassEnrolAction',
  'class-remove': 'agendaClassRemove',
};
const FINAL: readonly ClassSheet['kind'][] = ['class-cancel', 'class-remove'];
const MANAGED: readonly ClassSheet['kind'][] = ['class-create', 'class-move', 'class-resize', 'class-cancel'];

/** One question about a class, over the agenda: its dates, its seats, or somebody in it. */
export class FrontdeskAgendaClassSheet extends AgendaElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, surfaceStyles, sheetStyles, classSheetStyles];

  @query('dialog') private dialog?: HTMLDialogElement;

  @state() private draft: ClassDraft = EMPTY_DRAFT;
  @state() private isWrong = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const sheet = classSheetOf(this.state);
    if (!changed.has('state') || changed.get('state')?.sheet === this.state.sheet) return;
    this.isWrong = false;
    this.draft = sheet === null ? EMPTY_DRAFT : beginDraft(this.state, sheet, this.timeZone);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { dialog } = this;
    const sheet = classSheetOf(this.state);
    if (!dialog) return;
    if (sheet !== null && !dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>('.body :is(select, input, textarea, button)')?.focus();
    } else if (sheet === null && dialog.open) dialog.close();
    this.askDates(sheet);
    this.askCourse(sheet);
    const { failure } = this.state;
    // What has to be put right is where the next key goes.
    if (failure !== null && failure !== changed.get('state')?.failure)
      void this.updateComplete.then(() => dialog.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  }

  private askDates(sheet: ClassSheet | null): void {
    const question = sheet && questionOf(this.state, sheet, this.draft);
    if (question && this.state.dates?.key !== keyOfDates(question)) this.request({ type: 'foresee-dates', question });
  }

  private askCourse(sheet: ClassSheet | null): void {
    const courseId = sheet?.kind === 'class-enrol' && findSession(this.state, sheet.sessionId)?.courseId;
    if (courseId && this.state.course?.courseId !== courseId) this.request({ type: 'list-course', courseId });
  }

  private handleClose(): void {
    if (classSheetOf(this.state) !== null) this.request({ type: 'show-sheet', sheet: null });
  }

  private handleBackdrop(event: MouseEvent): void {
    if (event.target === this.dialog) this.handleClose();
  }

  private handleSubmit(event: SubmitEvent, sheet: ClassSheet): void {
    event.preventDefault();
    if (this.isBlocked) return;
    const act = readClassForm(this.state, sheet, this.draft, new FormData(event.target as HTMLFormElement));
    this.isWrong = act === null;
    if (act !== null) this.request({ type: 'class', act });
  }

  private get form(): ClassForm {
    return {
      words: this.words,
      state: this.state,
      timeZone: this.timeZone,
      draft: this.draft,
      errors: errorsOf(this.words, this.state),
      change: (patch) => (this.draft = { ...this.draft, ...patch }),
    };
  }

  private describeTitle(sheet: ClassSheet): string {
    const { words, state: shown } = this;
    if (sheet.kind === 'class-create') return words.t('agendaClassNewTitle');
    if (sheet.kind === 'class-enrol') return words.t('agendaClassEnrolTitle');
    if (sheet.kind === 'class-remove') {
      const name = findEnrolment(shown.roster, sheet.enrolmentId)?.customer.name ?? '';
      return words.t('agendaClassRemoveTitle', { name });
    }
    const service = findService(shown, findSession(shown, sheet.sessionId)?.serviceId);
    const name = service ? nameIn(words, service.names) : '';
    switch (sheet.kind) {
      case 'class-move':
        return words.t('agendaMoveTitle', { name });
      case 'class-resize':
        return words.t('agendaClassResizeTitle', { name });
      case 'class-cancel':
        return words.t('agendaClassCancelTitle', { name });
    }
  }

  private describeAction(sheet: ClassSheet): string {
    const session = sheet.kind === 'class-enrol' ? findSession(this.state, sheet.sessionId) : undefined;
    const isWaiting = session && this.draft.orWaits && !this.draft.isWhole && this.draft.seats > seatsLeft(session);
    return this.words.t(isWaiting ? 'agendaClassQueueAction' : ACTIONS[sheet.kind]);
  }

  /** A refusal that is nobody's field. */
  private renderRefusal(): unknown {
    const { failure } = this.state;
    if (Object.keys(this.form.errors).length > 0 || (failure === null && !this.isWrong)) return nothing;
    const text = failure ? describeFailure(this.words, this.state, failure) : this.words.t('errorVALIDATION');
    return html`<p class="notice notice--danger" role="alert">${icon('failed', 'small')} <span>${text}</span></p>`;
  }

  private renderForm(sheet: ClassSheet): TemplateResult {
    const { words } = this;
    const lead = describeClassLead(this.form, sheet);
    const isFinal = FINAL.includes(sheet.kind);
    const canAct = MANAGED.includes(sheet.kind) ? this.canManage : this.canWrite;
    return html`<form class="body" @submit=${(event: SubmitEvent) => this.handleSubmit(event, sheet)}>
      ${lead === '' ? nothing : html`<p class="lead" dir="auto">${lead}</p>`} ${renderClassFields(this.form, sheet)}
      ${this.renderRefusal()}
      <div class="foot">
        <button class="button" type="button" @click=${this.handleClose}>
          ${words.t(isFinal ? 'agendaKeep' : 'cancel')}
        </button>
        ${
          canAct
            ? html`<button
                class="button ${isFinal ? 'button--danger' : 'button--primary'}"
                type="submit"
                aria-disabled=${String(this.isBlocked)}
              >
                ${this.describeAction(sheet)}
              </button>`
            : nothing
        }
      </div>
    </form>`;
  }

  protected override render(): TemplateResult {
    const sheet = classSheetOf(this.state);
    const isOpen = sheet !== null && (sheet.kind !== 'class-create' || classesOf(this.state).length > 0);
    return html`<div class="root">
      <dialog
        aria-labelledby="title"
        @cancel=${this.handleClose}
        @close=${this.handleClose}
        @click=${this.handleBackdrop}
      >
        ${
          isOpen
            ? keyed(
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
                  ${this.renderForm(sheet)}`,
              )
            : nothing
        }
      </dialog>
    </div>`;
  }
}

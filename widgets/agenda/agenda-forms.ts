/** The forms of the sheets: what is asked. Pure; `agenda-answers.ts` reads what was answered. */
import type { Question, ResourceDto } from '@frontdesk/protocol/booking-fields';
import type { BookableId, BookingId, BookingServiceId } from '@frontdesk/protocol/ids';
import { html, nothing, type TemplateResult } from 'lit';
import { listResources, servicesOf, staffFor } from './agenda-layout.js';
import { findService, type AgendaState, type VisitSheet } from './agenda-store.js';
import { formatTime, nameIn, type AgendaWords } from './agenda-words.js';

/** What the times in a form depend on. */
export interface Draft {
  readonly serviceId: BookingServiceId | null;
  readonly staffId: BookableId | null;
  readonly date: string;
  readonly start: string | null;
}

export interface FormContext {
  readonly words: AgendaWords;
  readonly state: AgendaState;
  readonly timeZone: string;
  readonly draft: Draft;
  change(patch: Partial<Draft>): void;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

function renderInput(
  name: string,
  label: string,
  options: {
    readonly type?: string;
    readonly value?: string;
    readonly max?: number;
    readonly step?: number;
    readonly isRequired?: boolean;
    readonly hint?: string;
    readonly handleChange?: (value: string) => void;
  } = {},
): TemplateResult {
  const { type = 'text', value = '', max, step, isRequired = false, hint, handleChange } = options;
  return html`<label class="field"
    ><span class="field__label"
      >${label}${hint === undefined ? nothing : html` <span class="muted">(${hint})</span>`}</span
    ><input
      class="input"
      name=${name}
      type=${type}
      maxlength=${max ?? nothing}
      step=${step ?? nothing}
      .value=${value}
      autocomplete="off"
      ?required=${isRequired}
      @change=${(event: Event) => handleChange?.((event.target as HTMLInputElement).value)}
  /></label>`;
}

export function renderSelect(
  name: string,
  label: string,
  choices: readonly Choice[],
  chosen: string,
  handleChange?: (value: string) => void,
): TemplateResult {
  return html`<label class="field"
    ><span class="field__label">${label}</span
    ><select
      class="input"
      name=${name}
      @change=${(event: Event) => handleChange?.((event.target as HTMLSelectElement).value)}
    >
      ${choices.map(({ value, label: text }) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
    </select></label
  >`;
}

export function renderArea(name: string, label: string, isRequired: boolean, hint?: string): TemplateResult {
  return html`<label class="field"
    ><span class="field__label"
      >${label}${hint === undefined ? nothing : html` <span class="muted">(${hint})</span>`}</span
    ><textarea class="input" name=${name} maxlength="200" rows="3" ?required=${isRequired}></textarea>
  </label>`;
}

const toChoices = (resources: readonly ResourceDto[]): Choice[] =>
  resources.map(({ id, name }) => ({ value: id, label: name }));

/** Free times of the day as buttons, and a field for one that is on no grid. */
function renderStarts({ words, state, timeZone, draft }: FormContext): TemplateResult {
  const { starts } = state;
  const renderList = (): unknown => {
    if (starts === null || starts.starts === null) return html`<p class="muted">${words.t('loading')}</p>`;
    if (starts.error !== null) return html`<p class="field__error" role="alert">${words.t('agendaStartsFailed')}</p>`;
    if (starts.starts.length === 0) return html`<p class="muted">${words.t('agendaNoStarts')}</p>`;
    return html`<div class="choices choices--times">
      ${starts.starts.map(
        (start) =>
          html`<label class="choice tabular"
            ><input type="radio" name="start" .value=${start} ?checked=${start === draft.start} />${formatTime(
              words,
              start,
              timeZone,
            )}</label
          >`,
      )}
    </div>`;
  };
  return html`<fieldset aria-busy=${String(starts?.starts === null)}>
      <legend>${words.t('agendaTime')}</legend>
      ${renderList()}
    </fieldset>
    ${renderInput('other', words.t('agendaOtherTime'), { type: 'time', step: 300, hint: words.t('optional') })}`;
}

function renderPlace(context: FormContext): TemplateResult {
  const { words, state, draft, change } = context;
  const people = staffFor(state, draft.serviceId ?? undefined);
  const staff = [{ value: '', label: words.t('agendaAnybody') }, ...toChoices(people)];
  return html`<div class="pair">
      ${
        people.length === 0
          ? nothing
          : renderSelect('staffId', words.t('agendaStaff'), staff, draft.staffId ?? '', (value) =>
              change({ staffId: (value || null) as BookableId | null }),
            )
      }
      ${renderInput('date', words.t('agendaDay'), {
        type: 'date',
        value: draft.date,
        isRequired: true,
        handleChange: (date) => change({ date }),
      })}
    </div>
    ${renderStarts(context)}`;
}

export function renderQuestion(words: AgendaWords, question: Question): TemplateResult | typeof nothing {
  const { key, type, labels, options } = question;
  const name = `answer:${key}`;
  const label = nameIn(words, labels);
  const choices = options.map((option) => ({ value: option.key, label: nameIn(words, option.labels) }));
  switch (type) {
    case 'choice':
      return renderSelect(name, label, [{ value: '', label: '–' }, ...choices], '');
    case 'choices':
      return html`<fieldset>
        <legend dir="auto">${label}</legend>
        ${choices.map(
          (choice) =>
            html`<label class="check" dir="auto"
              ><input type="checkbox" name=${name} .value=${choice.value} />${choice.label}</label
            >`,
        )}
      </fieldset>`;
    case 'checkbox':
      return html`<label class="check" dir="auto"
        ><input type="checkbox" name=${name} .value=${'true'} />${label}</label
      >`;
    case 'file':
      // Nobody sends a file over the telephone.
      return nothing;
    case 'number':
      return renderInput(name, label, { max: 20, hint: words.t('optional') });
    case 'date':
      return renderInput(name, label, { type: 'date', hint: words.t('optional') });
    default:
      return renderInput(name, label, { max: 2_000, hint: words.t('optional') });
  }
}

function renderBook(context: FormContext): TemplateResult {
  const { words, state, draft, change } = context;
  const services = servicesOf(state).map(({ id, names }) => ({ value: id, label: nameIn(words, names) }));
  const questions = findService(state, draft.serviceId ?? undefined)?.questions ?? [];
  return html`${renderSelect('serviceId', words.t('agendaService'), services, draft.serviceId ?? '', (value) =>
      change({ serviceId: value as BookingServiceId, staffId: null }),
    )}
    ${renderPlace(context)} ${renderInput('name', words.t('agendaName'), { max: 120, isRequired: true })}
    <div class="pair">
      ${renderInput('phone', words.t('agendaPhone'), { type: 'tel', max: 32, hint: words.t('optional') })}
      ${renderInput('email', words.t('agendaEmail'), { type: 'email', max: 254, hint: words.t('optional') })}
    </div>
    ${questions.map((question) => renderQuestion(words, question))}`;
}

function renderBlock({ words, state, draft }: FormContext, chosen: BookableId | null): TemplateResult {
  const resources = toChoices(listResources(state));
  return html`${renderSelect('resourceId', words.t('agendaBlockWho'), resources, chosen ?? '')}
    <div class="pair">
      ${renderInput('fromDate', words.t('agendaFrom'), { type: 'date', value: draft.date, isRequired: true })}
      ${renderInput('fromTime', words.t('agendaTime'), { type: 'time', value: '12:00', step: 300, isRequired: true })}
      ${renderInput('toDate', words.t('agendaTo'), { type: 'date', value: draft.date, isRequired: true })}
      ${renderInput('toTime', words.t('agendaTime'), { type: 'time', value: '13:00', step: 300, isRequired: true })}
    </div>
    ${renderInput('reason', words.t('agendaReason'), { max: 200, hint: words.t('optional') })}`;
}

function renderQueue({ words, state }: FormContext): TemplateResult {
  return html`<fieldset>
    <legend>${words.t('agendaQueueService')}</legend>
    <div class="choices">
      ${state.queueServices.map(
        ({ id, names }, index) =>
          html`<label class="choice" dir="auto"
            ><input
              type="radio"
              name="queueServiceId"
              .value=${id}
              ?checked=${index === 0}
            />${nameIn(words, names)}</label
          >`,
      )}
    </div>
  </fieldset>`;
}

export function renderFields(context: FormContext, sheet: VisitSheet): unknown {
  const { words } = context;
  switch (sheet.kind) {
    case 'book':
      return renderBook(context);
    case 'move':
      return renderPlace(context);
    case 'reason':
      return renderArea('reason', words.t('agendaReason'), true, words.t('agendaReasonHint'));
    case 'block':
      return renderBlock(context, sheet.resourceId);
    case 'admit':
      return renderQueue(context);
    case 'show-block':
    case 'sign-out':
    case 'number':
      return nothing;
  }
}

/** Whose free times a form asks for; null while it asks for none. */
export function movingOf(sheet: VisitSheet): BookingId | null {
  return sheet.kind === 'move' ? sheet.bookingId : null;
}

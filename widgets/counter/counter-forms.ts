/** The forms of the sheets: what is asked. Pure; `counter-answers.ts` reads what was answered. */
import type { ServiceId, TicketId } from '@frontdesk/protocol/ids';
import { LOCALES } from '@frontdesk/protocol/locales';
import type { CounterDto, ServiceDto } from '@frontdesk/protocol/queue-setup';
import {
  HOLD_SCOPES,
  TRANSFER_MODES,
  type AskRule,
  type HoldScope,
  type TransferMode,
} from '@frontdesk/protocol/vocabulary';
import { html, nothing, type TemplateResult } from 'lit';
import { countPassed, findTicket, type CounterState, type Sheet } from './counter-store.js';
import { formatDuration, formatLanguage, nameIn, type CounterMessageKey, type CounterWords } from './counter-words.js';

export interface FormContext {
  readonly words: CounterWords;
  readonly state: CounterState;
  /** Service that a transfer is meant for, as far as it was chosen. */
  readonly serviceId: ServiceId | null;
  chooseService(id: ServiceId): void;
}

const MINUTE_MS = 60_000;
const MINUTES = [5, 10, 15, 30, 60];
const PAUSE_REASONS = ['counterPauseBreak', 'counterPauseLunch', 'counterPausePaperwork'] as const;
const SCOPE_WORDS: Readonly<Record<HoldScope, CounterMessageKey>> = {
  counter: 'counterHoldScopeCounter',
  staff: 'counterHoldScopeMe',
  location: 'counterHoldScopeAnybody',
};
const MODE_WORDS: Readonly<Record<TransferMode, CounterMessageKey>> = {
  front: 'counterModeFront',
  sorted: 'counterModeSorted',
  back: 'counterModeBack',
};

interface Choice {
  readonly value: string;
  readonly label: string;
}

function renderChoices(name: string, legend: string, choices: readonly Choice[], chosen: string): TemplateResult {
  return html`<fieldset>
    <legend>${legend}</legend>
    <div class="choices">
      ${choices.map(
        ({ value, label }) =>
          html`<label class="choice" dir="auto"
            ><input type="radio" name=${name} .value=${value} ?checked=${value === chosen} />${label}</label
          >`,
      )}
    </div>
  </fieldset>`;
}

function renderText(
  name: string,
  label: string,
  options: { readonly max: number; readonly isRequired?: boolean; readonly type?: string; readonly hint?: string },
): TemplateResult {
  const { max, isRequired = false, type = 'text', hint } = options;
  return html`<label class="field"
    ><span class="field__label"
      >${label}${hint === undefined ? nothing : html` <span class="muted">(${hint})</span>`}</span
    ><input class="input" name=${name} type=${type} maxlength=${max} autocomplete="off" ?required=${isRequired}
  /></label>`;
}

function renderArea(name: string, label: string, max: number, isRequired = false): TemplateResult {
  return html`<label class="field"
    ><span class="field__label">${label}</span
    ><textarea class="input" name=${name} maxlength=${max} rows="3" ?required=${isRequired}></textarea>
  </label>`;
}

function renderSelect(
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

const isServed = ({ isArchived }: ServiceDto): boolean => !isArchived;

function listServices({ words, state }: FormContext): Choice[] {
  return (state.setup?.services ?? [])
    .filter(isServed)
    .map(({ id, names }) => ({ value: id, label: nameIn(words, names) }));
}

function listMinutes(words: CounterWords, none: CounterMessageKey): Choice[] {
  return [
    { value: '', label: words.t(none) },
    ...MINUTES.map((minutes) => ({
      value: String(minutes),
      label: words.t('counterAfterMinutes', { time: formatDuration(words, minutes * MINUTE_MS) }),
    })),
  ];
}

function renderPause({ words }: FormContext): TemplateResult {
  const reasons = PAUSE_REASONS.map((key) => ({ value: words.t(key), label: words.t(key) }));
  const choices = [...reasons, { value: 'other', label: words.t('counterPauseOther') }];
  return html`${renderChoices('choice', words.t('counterPauseReason'), choices, choices[0]?.value ?? '')}
    <div class="other">${renderText('reason', words.t('counterPauseOther'), { max: 80 })}</div>
    ${renderChoices('minutes', words.t('counterPauseUntil'), listMinutes(words, 'counterPauseByHand'), '')}`;
}

function renderHold({ words }: FormContext): TemplateResult {
  const scopes = HOLD_SCOPES.map((scope) => ({ value: scope, label: words.t(SCOPE_WORDS[scope]) }));
  return html`${renderChoices('scope', words.t('counterHoldScope'), scopes, 'counter')}
  ${renderChoices('minutes', words.t('counterHoldMinutes'), listMinutes(words, 'counterHoldNever'), '10')}`;
}

/** Counters that could take it now: somebody sits there, and it is not this one. */
function listTargets({ state }: FormContext, serviceId: string): CounterDto[] {
  return (state.setup?.counters ?? []).filter(
    ({ id, status, isArchived, serviceIds }) =>
      !isArchived && status !== 'closed' && id !== state.counterId && serviceIds.includes(serviceId as ServiceId),
  );
}

function renderTransfer(context: FormContext): TemplateResult {
  const { words, state } = context;
  const serviceId = context.serviceId ?? state.view?.current?.ticket.serviceId ?? '';
  const targets = listTargets(context, serviceId).map(({ id, label, staff }) => ({
    value: id as string,
    label: staff === null ? label : `${label} · ${staff.name}`,
  }));
  const modes = TRANSFER_MODES.map((mode) => ({ value: mode, label: words.t(MODE_WORDS[mode]) }));
  return html`${renderSelect('serviceId', words.t('counterService'), listServices(context), serviceId, (value) =>
    context.chooseService(value as ServiceId),
  )}
  ${renderSelect('toCounterId', words.t('counterToCounter'), [{ value: '', label: words.t('counterToAny') }, ...targets], '')}
  ${renderChoices('mode', words.t('counterTransferMode'), modes, 'sorted')}
  ${renderArea('note', words.t('counterNoteForNext'), 500)}`;
}

function renderCall({ words, state }: FormContext, ticketId: TicketId): TemplateResult {
  const passed = state.view === null ? 0 : countPassed(state.view, ticketId);
  const effect = passed === 0 ? words.t('counterPassesNone') : words.t('counterPasses', { count: passed });
  return html`<p class="notice notice--warning">${effect}</p>
    ${renderText('reason', words.t('counterReason'), { max: 200, isRequired: true })}`;
}

/** The classes of the branch, and none. */
function listClasses({ words, state }: FormContext): Choice[] {
  const classes = state.setup?.policy.classes ?? [];
  return [
    { value: '', label: words.t('counterClassNone') },
    ...classes.map(({ key, names }) => ({ value: key, label: nameIn(words, names) })),
  ];
}

function renderClass(context: FormContext, ticketId: TicketId): TemplateResult {
  const { words, state } = context;
  const ticket = state.view === null ? undefined : findTicket(state.view, ticketId);
  return renderChoices('classKey', words.t('counterIssueClass'), listClasses(context), ticket?.classKey ?? '');
}

/** Only what the service asks for is kept, so only that is asked (QK-8). */
function renderPersonFields({ words }: FormContext, service: ServiceDto | undefined): TemplateResult {
  const ask = (name: 'name' | 'phone', rule: AskRule, max: number, type: string): TemplateResult | typeof nothing => {
    if (rule === 'no') return nothing;
    const label = words.t(name === 'name' ? 'counterIssueName' : 'counterIssuePhone');
    const isRequired = rule === 'required';
    return renderText(name, label, { max, type, isRequired, ...(isRequired ? {} : { hint: words.t('optional') }) });
  };
  return html`<div class="pair">
    ${ask('name', service?.askName ?? 'no', 80, 'text')} ${ask('phone', service?.askPhone ?? 'no', 30, 'tel')}
  </div>`;
}

function renderIssue(context: FormContext): TemplateResult {
  const { words, state } = context;
  const location = state.locations?.find(({ id }) => id === state.locationId);
  const languages = (location?.languages ?? LOCALES).map((value) => ({ value, label: formatLanguage(words, value) }));
  const classes = listClasses(context);
  const serviceId = context.serviceId ?? state.view?.counter.serviceIds[0];
  const service = state.setup?.services.find(({ id }) => id === serviceId);
  return html`${renderSelect('serviceId', words.t('counterService'), listServices(context), serviceId ?? '', (value) =>
      context.chooseService(value as ServiceId),
    )}
    <div class="pair">
      ${renderSelect('language', words.t('counterIssueLanguage'), languages, languages[0]?.value ?? 'en')}
      ${classes.length === 1 ? nothing : renderSelect('classKey', words.t('counterIssueClass'), classes, '')}
    </div>
    ${renderPersonFields(context, service)} ${renderArea('note', words.t('counterIssueNote'), 500)}
    <label class="check"
      ><input type="checkbox" name="overridesLimits" value="yes" />${words.t('counterIssueOverride')}</label
    >`;
}

function renderCloseService(context: FormContext): TemplateResult {
  const { words, state } = context;
  const open = (state.setup?.services ?? []).filter((service) => isServed(service) && service.closure === null);
  const choices = open.map(({ id, names }) => ({ value: id, label: nameIn(words, names) }));
  return html`${renderSelect('serviceId', words.t('counterService'), choices, '')}
  ${renderArea('message', words.t('counterCloseServiceText'), 200, true)}`;
}

/** The fields of a sheet; nothing for those that are no forms. */
export function renderFields(context: FormContext, sheet: Sheet): TemplateResult | null {
  const { words } = context;
  switch (sheet.kind) {
    case 'pause':
      return renderPause(context);
    case 'hold':
      return renderHold(context);
    case 'transfer':
      return renderTransfer(context);
    case 'call':
      return renderCall(context, sheet.ticketId);
    case 'cancel':
      return renderText('reason', words.t('counterReason'), { max: 200, isRequired: true });
    case 'class':
      return renderClass(context, sheet.ticketId);
    case 'issue':
      return renderIssue(context);
    case 'notice':
      return renderArea('notice', words.t('counterNoticeText'), 200, true);
    case 'close-service':
      return renderCloseService(context);
    default:
      return null;
  }
}

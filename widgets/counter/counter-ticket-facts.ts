/** What is known about the ticket at the counter: its screens, its customer, what sets it apart. */
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { StaffTicketDto } from '@frontdesk/protocol/queue-tickets';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './counter-icons.js';
import { findClass, readReceipt, type CounterState } from './counter-store.js';
import { formatLanguage, nameIn, type CounterWords } from './counter-words.js';

export type Current = NonNullable<CounterView['current']>;
type Rendered = TemplateResult | typeof nothing;

/** Whether the screens show the call (QC-12). */
export function renderReceipt(words: CounterWords, current: Current, nowMs: number): Rendered {
  const { expected, shown } = current.receipt;
  switch (readReceipt(current, nowMs)) {
    case 'none':
      return nothing;
    case 'waiting':
      return html`<span class="receipt">${icon('screen', 'small')} ${words.t('counterShowing')}</span>`;
    case 'shown':
      return html`<span class="receipt receipt--shown"
        >${icon('check', 'small')} ${words.t('counterShownAll', { count: expected })}</span
      >`;
    case 'missing':
      return html`<span class="receipt receipt--missing" role="alert"
        >${icon('alert', 'small')} ${words.t('counterNotShown', { shown, expected })}</span
      >`;
  }
}

/** Name, phone and note, for as long as the ticket is here (QC-10). */
export function renderPerson(words: CounterWords, { person }: StaffTicketDto): Rendered {
  if (person === null || (person.name === '' && person.phone === null && person.note === '')) return nothing;
  return html`<section class="person" aria-label=${words.t('counterPerson')}>
    <div class="person__line">
      <span class="person__name" dir="auto">${person.name}</span>
      ${person.phone === null ? nothing : html`<a href=${`tel:${person.phone}`} dir="ltr">${person.phone}</a>`}
    </div>
    ${person.note === '' ? nothing : html`<p class="person__note" dir="auto">${person.note}</p>`}
  </section>`;
}

export function renderClassTag(
  words: CounterWords,
  state: Pick<CounterState, 'setup'>,
  { classKey, isClassConfirmed }: StaffTicketDto,
): Rendered {
  const priority = findClass(state, classKey);
  if (priority === undefined) return nothing;
  const name = nameIn(words, priority.names);
  return isClassConfirmed
    ? html`<span class="tag">${name}</span>`
    : html`<span class="tag tag--open">${name} · ${words.t('counterUnconfirmed')}</span>`;
}

export function renderTags(words: CounterWords, state: Pick<CounterState, 'setup'>, ticket: StaffTicketDto): Rendered {
  const { language, returnCount, recallCount } = ticket;
  const speaks = words.t('counterLanguage', { language: formatLanguage(words, language) });
  return html`${renderClassTag(words, state, ticket)}
  ${language === words.locale ? nothing : html`<span class="tag">${speaks}</span>`}
  ${returnCount === 0 ? nothing : html`<span class="tag">${words.t('counterReturned', { count: returnCount })}</span>`}
  ${recallCount === 0 ? nothing : html`<span class="muted">${words.t('counterRecalled', { count: recallCount })}</span>`}`;
}

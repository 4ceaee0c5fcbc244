/** The forms of the sheets about classes: what is asked. Pure; `agenda-class-answers.ts` reads what was answered. */
import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import type { SeriesVisit } from '@frontdesk/protocol/booking-series';
import type { BookableId, BookingServiceId } from '@frontdesk/protocol/ids';
import type { VisitOutlook } from '@frontdesk/protocol/vocabulary';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import {
  classesOf,
  countConcerned,
  findEnrolment,
  lastOf,
  MAX_WEEKS,
  seatsLeft,
  weeksUntil,
  type ClassSheet,
} from './agenda-class.js';
import { courseOf, datesOf, isInTheWay, type ClassForm, type FieldErrors } from './agenda-class-answers.js';
import { renderArea, renderQuestion, renderSelect } from './agenda-forms.js';
import { icon } from './agenda-icons.js';
import { staffFor } from './agenda-layout.js';
import { findService, findSession } from './agenda-store.js';
import { dateAt, getZone, toClock } from './agenda-time.js';
import { formatDay, formatTime, formatWhen, nameIn, type AgendaMessageKey } from './agenda-words.js';

const OUTLOOK_WORDS: Readonly<Record<VisitOutlook, AgendaMessageKey>> = {
  free: 'agendaClassFree',
  taken: 'agendaClassTaken',
  closed: 'agendaClassClosed',
  past: 'agendaClassPast',
  skipped: 'agendaClassSkipped',
};

interface FieldOptions {
  readonly type: string;
  readonly value?: string;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly step?: number;
  readonly length?: number;
  readonly isRequired?: boolean;
  readonly hint?: string;
  readonly handleChange?: (value: string) => void;
}

/** A field with its error below, which the field names. */
function renderField(
  { errors }: Pick<ClassForm, 'errors'>,
  name: string,
  label: string,
  { type, value = '', min, max, step, length, isRequired = false, hint, handleChange }: FieldOptions,
): TemplateResult {
  const error = errors[name as keyof FieldErrors];
  return html`<div class="field">
    <label class="field__label" for=${name}
      >${label}${hint === undefined ? nothing : html` <span class="muted">(${hint})</span>`}</label
    >
    <input
      class="input"
      id=${name}
      name=${name}
      type=${type}
      min=${min ?? nothing}
      max=${max ?? nothing}
      step=${step ?? nothing}
      maxlength=${length ?? nothing}
      .value=${value}
      autocomplete="off"
      ?required=${isRequired}
      aria-invalid=${error === undefined ? nothing : 'true'}
      aria-describedby=${error === undefined ? nothing : `${name}-error`}
      @change=${(event: Event) => handleChange?.((event.target as HTMLInputElement).value)}
    />
    ${error === undefined ? nothing : html`<p class="field__error" id=${`${name}-error`} role="alert">${error}</p>`}
  </div>`;
}

function renderStaff({ words, state, draft, change }: ClassForm): unknown {
  const people = staffFor(state, draft.serviceId ?? undefined).map(({ id, name }) => ({ value: id, label: name }));
  const choices = [{ value: '', label: words.t('agendaAnybody') }, ...people];
  if (people.length === 0) return nothing;
  return renderSelect('staffId', words.t('agendaStaff'), choices, draft.staffId ?? '', (value) =>
    change({ staffId: (value || null) as BookableId | null }),
  );
}

function renderWhen(form: ClassForm): TemplateResult {
  const { words, draft, change } = form;
  return html`<div class="pair">
    ${renderField(form, 'date', words.t('agendaDay'), {
      type: 'date',
      value: draft.date,
      isRequired: true,
      handleChange: (date) => change({ date, without: [] }),
    })}
    ${renderField(form, 'time', words.t('agendaTime'), {
      type: 'time',
      step: 300,
      value: draft.time,
      isRequired: true,
      handleChange: (time) => change({ time }),
    })}
  </div>`;
}

function renderOften(form: ClassForm): TemplateResult {
  const { words, draft, change } = form;
  const { weeks, date } = draft;
  const choices = [
    { value: 'once', label: words.t('agendaClassOnce') },
    { value: 'weekly', label: words.t('agendaClassWeekly') },
  ];
  return html`${renderSelect(
    'often',
    words.t('agendaClassOften'),
    choices,
    weeks === null ? 'once' : 'weekly',
    (value) => change({ weeks: value === 'weekly' ? 8 : null, without: [] }),
  )}
  ${
    weeks === null || date === ''
      ? nothing
      : html`<div class="pair">
          ${renderField(form, 'weeks', words.t('agendaClassTimes'), {
            ...{ type: 'number', min: 2, max: MAX_WEEKS, value: String(weeks), isRequired: true },
            handleChange: (value) =>
              change({ weeks: Math.min(MAX_WEEKS, Math.max(2, Math.round(Number(value)) || 2)) }),
          })}
          ${renderField(form, 'until', words.t('agendaClassUntil'), {
            ...{ type: 'date', min: lastOf(date, 2), max: lastOf(date, MAX_WEEKS), value: lastOf(date, weeks) },
            handleChange: (until) => until !== '' && change({ weeks: weeksUntil(date, until) }),
          })}
        </div>`
  }`;
}

/** Other times of the same day, each a press away. */
function renderOthers({ words, timeZone, change }: ClassForm, { alternatives }: SeriesVisit): unknown {
  if (alternatives.length === 0) return nothing;
  const zone = getZone(timeZone);
  const choose = (start: string): void => {
    const startMs = Date.parse(start);
    change({ date: dateAt(zone, startMs), time: toClock(zone.toWall(startMs).minutes) });
  };
  return html`<p class="others">
    <span class="muted">${words.t('agendaErrorTry')}</span>
    ${alternatives
      .slice(0, 4)
      .map(
        (start) =>
          html`<button class="button button--small" type="button" @click=${() => choose(start)}>
            ${formatWhen(words, start, timeZone)}
          </button>`,
      )}
  </p>`;
}

function renderDate(form: ClassForm, one: SeriesVisit): TemplateResult {
  const { words, timeZone, draft, change } = form;
  const isBlocked = isInTheWay(one);
  const isIn = !isBlocked && !draft.without.includes(one.date);
  const others = draft.without.filter((date) => date !== one.date);
  const times = one.alternatives.slice(0, 3).map((start) => formatTime(words, start, timeZone));
  return html`<li>
    <label class="date ${isBlocked ? 'date--blocked' : ''}"
      ><input
        type="checkbox"
        .checked=${isIn}
        ?disabled=${isBlocked}
        @change=${(event: Event) =>
          change({ without: (event.target as HTMLInputElement).checked ? others : [...others, one.date] })}
      /><span class="date__text"
        ><span class="date__day">${formatDay(words, one.date)}</span> ${
          isBlocked
            ? html`<span class="date__why"
                >${words.t(OUTLOOK_WORDS[one.outlook])}${
                  times.length === 0 ? nothing : html` · ${words.t('agendaClassFreeAt', { times: words.list(times) })}`
                }</span
              >`
            : nothing
        }</span
      ></label
    >
  </li>`;
}

/** What is in the way of each date, before any of them is set. */
function renderDates(form: ClassForm, sheet: ClassSheet): unknown {
  const { words, draft } = form;
  const foreseen = datesOf(form, sheet);
  if (!foreseen) return nothing;
  if (foreseen.error) return html`<p class="field__error" role="alert">${words.t('agendaStartsFailed')}</p>`;
  const { dates } = foreseen;
  if (dates === null) return html`<p class="muted" role="status">${words.t('agendaClassLooking')}</p>`;
  const [first] = dates;
  if (dates.length === 1 && first) {
    const isFree = !isInTheWay(first);
    return html`<p class="outlook ${isFree ? 'outlook--free' : 'field__error'}" role="status">
        ${icon(isFree ? 'confirmed' : 'failed', 'small')} ${words.t(OUTLOOK_WORDS[first.outlook])}
      </p>
      ${renderOthers(form, first)}`;
  }
  const count = dates.filter((one) => !isInTheWay(one) && !draft.without.includes(one.date)).length;
  return html`<fieldset>
    <legend aria-live="polite">${words.t('agendaClassDates', { count, all: dates.length })}</legend>
    <ul class="dates">
      ${repeat(
        dates,
        ({ date }) => date,
        (one) => renderDate(form, one),
      )}
    </ul>
  </fieldset>`;
}

function renderCreate(form: ClassForm, sheet: ClassSheet): TemplateResult {
  const { words, state, draft, change } = form;
  const services = classesOf(state).map(({ id, names }) => ({ value: id, label: nameIn(words, names) }));
  const usual = findService(state, draft.serviceId ?? undefined)?.capacity?.max ?? 1;
  return html`<div class="pair">
      ${renderSelect('serviceId', words.t('agendaClass'), services, draft.serviceId ?? '', (value) =>
        change({ serviceId: value as BookingServiceId, staffId: null }),
      )}
      ${renderStaff(form)}
    </div>
    ${renderWhen(form)} ${renderOften(form)} ${renderDates(form, sheet)}
    ${
      draft.weeks === null
        ? nothing
        : html`<label class="check"
            ><input
              type="checkbox"
              name="isCourse"
              .checked=${draft.isCourse}
              @change=${(event: Event) => change({ isCourse: (event.target as HTMLInputElement).checked })}
            />${words.t('agendaCourseOffer')}</label
          >`
    }
    ${renderField(form, 'capacity', words.t('agendaClassSeats'), {
      ...{ type: 'number', min: 1, max: 300 },
      hint: words.t('agendaClassSeatsHint', { count: usual }),
    })}`;
}

/** The whole course, where the date is one of several; what has too few seats is named and left out. */
function renderWhole({ words, state, timeZone, draft, change }: ClassForm, session: ClassSessionDto): unknown {
  const course = courseOf(state, { kind: 'class-enrol', sessionId: session.id });
  if (!course) return nothing;
  const full = course.sessions.filter((one) => seatsLeft(one) < draft.seats);
  const count = course.sessions.length - full.length;
  const dates = words.list(full.map(({ start }) => formatWhen(words, start, timeZone)));
  return html`<label class="check"
      ><input
        type="checkbox"
        name="whole"
        .checked=${draft.isWhole}
        @change=${(event: Event) => change({ isWhole: (event.target as HTMLInputElement).checked })}
      />${words.t('agendaCourseWhole', { count })}</label
    >
    ${
      draft.isWhole && full.length > 0
        ? html`<p class="muted" role="status">${words.t('agendaCourseWithout', { dates })}</p>`
        : nothing
    }`;
}

function renderEnrol(form: ClassForm, session: ClassSessionDto): TemplateResult {
  const { words, state, draft, change } = form;
  const left = seatsLeft(session);
  const questions = findService(state, session.serviceId)?.questions ?? [];
  const optional = words.t('optional');
  return html`${renderField(form, 'name', words.t('agendaName'), { type: 'text', length: 120, isRequired: true })}
    <div class="pair">
      ${renderField(form, 'phone', words.t('agendaPhone'), { type: 'tel', length: 32, hint: optional })}
      ${renderField(form, 'email', words.t('agendaEmail'), { type: 'email', length: 254, hint: optional })}
    </div>
    ${renderField(form, 'seats', words.t('agendaClassParty'), {
      ...{ type: 'number', min: 1, max: Math.min(10, session.capacity), value: String(draft.seats), isRequired: true },
      handleChange: (value) => change({ seats: Math.max(1, Math.round(Number(value)) || 1) }),
    })}
    ${renderWhole(form, session)}
    ${
      draft.seats > left && !draft.isWhole
        ? html`<label class="check"
            ><input
              type="checkbox"
              .checked=${draft.orWaits}
              @change=${(event: Event) => change({ orWaits: (event.target as HTMLInputElement).checked })}
            />${words.t('agendaClassOrWaits')}</label
          >`
        : nothing
    }
    ${questions.map((question) => renderQuestion(words, question))}`;
}

export function describeClassLead({ words, state, timeZone }: ClassForm, sheet: ClassSheet): string {
  if (sheet.kind === 'class-create') return words.t('agendaClassNewLead');
  const session = findSession(state, sheet.sessionId);
  if (!session) return words.t('agendaErrorGone');
  switch (sheet.kind) {
    case 'class-move':
      return words.t('agendaClassMoveLead', { when: formatWhen(words, session.start, timeZone) });
    case 'class-resize':
      return words.t('agendaClassResizeLead', { count: session.enrolled + session.kept });
    case 'class-enrol': {
      const when = formatWhen(words, session.start, timeZone);
      const count = seatsLeft(session);
      return `${when}. ${count === 0 ? words.t('agendaClassFull') : words.t('agendaClassLeft', { count })}`;
    }
    case 'class-cancel': {
      if (!state.roster) return '';
      const { people, mails } = countConcerned(state.roster);
      if (people === 0) return words.t('agendaClassCancelNobody');
      const told =
        mails === 0 ? words.t('agendaClassCancelUntold') : words.t('agendaClassCancelTold', { count: mails });
      return `${words.t('agendaClassCancelPeople', { count: people })} ${told}`;
    }
    case 'class-remove': {
      const email = findEnrolment(state.roster, sheet.enrolmentId)?.customer.email ?? null;
      return `${words.t('agendaClassRemoveLead')} ${words.t(email === null ? 'agendaClassNotTold' : 'agendaClassTold')}`;
    }
  }
}

export function renderClassFields(form: ClassForm, sheet: ClassSheet): unknown {
  const { words, state } = form;
  if (sheet.kind === 'class-create') return renderCreate(form, sheet);
  const session = findSession(state, sheet.sessionId);
  if (!session) return nothing;
  switch (sheet.kind) {
    case 'class-move':
      return html`${renderStaff(form)} ${renderWhen(form)} ${renderDates(form, sheet)}`;
    case 'class-resize':
      return renderField(form, 'capacity', words.t('agendaClassSeats'), {
        ...{ type: 'number', min: 1, max: 300, value: String(session.capacity), isRequired: true },
      });
    case 'class-enrol':
      return renderEnrol(form, session);
    case 'class-cancel':
      return renderArea('reason', words.t('agendaReason'), true);
    case 'class-remove':
      return renderArea('reason', words.t('agendaReason'), false, words.t('optional'));
  }
}

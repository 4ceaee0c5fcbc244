import { ATTENDANCE_MARKS, type AttendanceMark } from '@frontdesk/protocol/vocabulary';
import type { ClassSessionDto, RosterDto } from '@frontdesk/protocol/booking-class-staff';
import type { EnrolmentId } from '@frontdesk/protocol/ids';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { baseStyles, buttonStyles } from '../core/styles.js';
import { scrollStyles } from '../staff/staff-styles.js';
import { canMark, listPeople, type Person } from './agenda-attendance.js';
import { renderZoneNote, serviceName } from './agenda-card.js';
import { canChangeSession, type ClassSheet } from './agenda-class.js';
import { AgendaElement } from './agenda-element.js';
import { icon } from './agenda-icons.js';
import { panelStyles } from './agenda-panel.styles.js';
import { rosterStyles } from './agenda-roster.styles.js';
import { findResource, findService } from './agenda-store.js';
import { dateAt, getZone } from './agenda-time.js';
import { formatDay, formatRange, formatWhen, type AgendaMessageKey } from './agenda-words.js';

const MARK_WORDS: Readonly<Record<AttendanceMark, AgendaMessageKey>> = {
  present: 'agendaPresent',
  late: 'agendaLate',
  absent: 'agendaAbsent',
  excused: 'agendaExcused',
};

/** The second half of a double press must not take away what the first half marked. */
const DOUBLE_PRESS_MS = 500;

/** Who is in a class, and who came: a press for each, one for all, with or without a network. */
export class FrontdeskAgendaRoster extends AgendaElement {
  static override styles = [baseStyles, buttonStyles, scrollStyles, panelStyles, rosterStyles];

  private pressed = '';
  private pressedAtMs = -Infinity;

  @query('h2') private heading?: HTMLElement;

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('state')) return;
    const before = changed.get('state');
    // A sheet gives the focus back to what opened it, unless that is gone.
    if (before?.sheet && this.state.sheet === null) setTimeout(() => this.keepFocus());
    if (before?.openSessionId !== this.state.openSessionId || before?.roster === null) this.heading?.focus();
  }

  private keepFocus(): void {
    const isLost = this.ownerDocument.activeElement === this.ownerDocument.body;
    if (this.isConnected && isLost) this.heading?.focus();
  }

  private open(sheet: ClassSheet): void {
    if (!this.isBlocked) this.request({ type: 'show-sheet', sheet });
  }

  private renderAction(
    kind: 'class-move' | 'class-resize' | 'class-cancel' | 'class-enrol',
    label: string,
    look: string,
  ) {
    const { openSessionId: sessionId } = this.state;
    return html`<button
      class="button ${look}"
      type="button"
      data-class=${kind}
      aria-disabled=${String(this.isBlocked)}
      @click=${() => sessionId && this.open({ kind, sessionId })}
    >
      ${label}
    </button>`;
  }

  /** Staff enrol; dates are planned by owners and admins. */
  private renderActions({ session }: RosterDto): unknown {
    const { words } = this;
    if (!this.canWrite || !canChangeSession(session, this.nowMs)) return nothing;
    return html`<div class="actions">
      ${this.renderAction('class-enrol', words.t('agendaClassEnrol'), 'button--primary')}
      ${
        this.canManage
          ? html`${this.renderAction('class-move', words.t('agendaMove'), '')}
            ${this.renderAction('class-resize', words.t('agendaClassResize'), '')}
            ${this.renderAction('class-cancel', words.t('agendaClassCancel'), 'button--quiet danger')}`
          : nothing
      }
    </div>`;
  }

  private renderRemove(session: ClassSessionDto, enrolmentId: EnrolmentId, name: string): unknown {
    if (!this.canWrite || !canChangeSession(session, this.nowMs)) return nothing;
    return html`<button
      class="icon-button icon-button--small"
      type="button"
      data-remove
      aria-label=${this.words.t('agendaClassRemoveName', { name })}
      title=${this.words.t('agendaClassRemove')}
      aria-disabled=${String(this.isBlocked)}
      @click=${() => this.open({ kind: 'class-remove', sessionId: session.id, enrolmentId })}
    >
      ${icon('close', 'small')}
    </button>`;
  }

  private handleMark({ enrolmentId, person, mark: before }: Person, mark: AttendanceMark): void {
    const press = `${enrolmentId} ${person} ${mark}`;
    const isDouble = press === this.pressed && performance.now() - this.pressedAtMs < DOUBLE_PRESS_MS;
    if (isDouble) return;
    [this.pressed, this.pressedAtMs] = [press, performance.now()];
    // The same press again takes the mark away.
    this.request({ type: 'attend', people: [{ enrolmentId, person }], mark: mark === before ? null : mark });
  }

  /** Its button is gone afterwards; the focus stays with the class. */
  private handleAll(people: readonly Person[]): void {
    this.request({ type: 'attend', people, mark: 'present' });
    this.heading?.focus();
  }

  private renderPerson({ session }: RosterDto, person: Person, isOpen: boolean): TemplateResult {
    const { words } = this;
    const { enrolmentId, name, seats, person: index, mark, isUnsent } = person;
    const label = seats > 1 ? words.t('agendaPersonOf', { name, count: index + 1, seats }) : name;
    return html`<li>
      <span class="person"
        ><span class="name" dir="auto"
          >${label}
          ${
            isUnsent
              ? html`<span class="waits" title=${words.t('agendaUnsent')}>${icon('clock', 'small')}</span>`
              : nothing
          }</span
        >${index === 0 ? this.renderRemove(session, enrolmentId, name) : nothing}</span
      >
      <span class="marks" role="group" aria-label=${label}>
        ${ATTENDANCE_MARKS.map(
          (one) =>
            html`<button
              class="mark mark--${one}"
              type="button"
              aria-pressed=${String(mark === one)}
              ?disabled=${!isOpen}
              @click=${() => this.handleMark(person, one)}
            >
              ${words.t(MARK_WORDS[one])}
            </button>`,
        )}
      </span>
    </li>`;
  }

  private renderPeople(roster: RosterDto): TemplateResult {
    const { words, state } = this;
    const isOpen = this.canWrite && canMark(roster.session, this.nowMs);
    const unsent = state.unsent.filter(({ sessionId }) => sessionId === roster.session.id);
    const people = listPeople(roster, unsent);
    const unmarked = people.filter(({ mark }) => mark === null);
    return html`${canMark(roster.session, this.nowMs) || roster.session.isCancelled ? nothing : html`<p class="muted">${words.t('agendaTooEarly')}</p>`}
      ${
        isOpen && unmarked.length > 0
          ? html`<button class="button" type="button" data-all @click=${() => this.handleAll(unmarked)}>
              ${icon('done', 'small')} ${words.t('agendaAllPresent', { count: unmarked.length })}
            </button>`
          : nothing
      }
      ${unsent.length === 0 ? nothing : html`<p class="muted" role="status">${words.t('agendaUnsentMany', { count: unsent.length })}</p>`}
      ${people.length === 0 ? html`<p class="muted">${words.t('agendaNobodyEnrolled')}</p>` : nothing}
      <ul class="people">
        ${repeat(
          people,
          ({ enrolmentId, person }) => `${enrolmentId} ${person}`,
          (person) => this.renderPerson(roster, person, isOpen),
        )}
      </ul>
      ${this.renderWaiting(roster)}`;
  }

  private renderWaiting({ session, enrolments }: RosterDto): unknown {
    const { words, timeZone } = this;
    const waiting = enrolments.filter(({ state }) => state === 'waiting' || state === 'offered');
    if (waiting.length === 0) return nothing;
    return html`<h3>${words.t('agendaWaiting')}</h3>
      <ol class="line">
        ${repeat(
          waiting,
          ({ id }) => id,
          ({ id, customer, seats, offerUntil }) =>
            html`<li>
              <span class="person"
                ><span class="name" dir="auto"
                  >${customer.name}${seats > 1 ? html` <span class="muted">× ${seats}</span>` : nothing}</span
                >${this.renderRemove(session, id, customer.name)}</span
              >
              ${
                offerUntil === null
                  ? nothing
                  : html`<span class="muted"
                      >${words.t('agendaClassOffered', { when: formatWhen(words, offerUntil, timeZone) })}</span
                    >`
              }
            </li>`,
        )}
      </ol>`;
  }

  protected override render(): TemplateResult {
    const { words, state, timeZone } = this;
    const session = state.roster?.session ?? state.sessions.find(({ id }) => id === state.openSessionId);
    if (!session) return html`<div class="root"></div>`;
    const { start, end, enrolled, capacity, staffId, isCancelled } = session;
    const day = formatDay(words, dateAt(getZone(timeZone), Date.parse(start)));
    const when = `${day}, ${formatRange(words, start, end, timeZone)}`;
    const staff = findResource(state, staffId)?.name;
    return html`<div class="root scroll">
      <div class="top">
        <h2 tabindex="-1" dir="auto">${serviceName(words, findService(state, session.serviceId))}</h2>
        <button
          class="icon-button"
          type="button"
          aria-label=${words.t('close')}
          @click=${() => this.request({ type: 'open-session', sessionId: null })}
        >
          ${icon('close')}
        </button>
      </div>
      <div class="body">
        <p class="muted tabular">${when}</p>
        <p class="what">
          ${
            isCancelled
              ? html`<span class="chip chip--cancelled-by-business"
                  >${icon('ended', 'small')} ${words.t('agendaClassOff')}</span
                >`
              : html`<span class="chip"
                  >${icon('people', 'small')} ${words.t('agendaSeats', { count: enrolled, capacity })}</span
                >`
          }
          ${staff === undefined ? nothing : html`<span dir="auto">${words.t('agendaWith', { name: staff })}</span>`}
        </p>
        ${renderZoneNote(words, session)}
        ${
          state.roster
            ? html`${this.renderActions(state.roster)} ${this.renderPeople(state.roster)}`
            : html`<p class="muted" role="status">${words.t('loading')}</p>`
        }
      </div>
    </div>`;
  }
}

import type { BookingDto, Question } from '@frontdesk/protocol/booking-fields';
import { ZONE_RULES_REASON, ZONE_TAKEN_REASON, type StaffMark } from '@frontdesk/protocol/vocabulary';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { baseStyles, buttonStyles } from '../core/styles.js';
import { scrollStyles } from '../staff/staff-styles.js';
import { renderState, renderZoneNote, serviceName } from './agenda-card.js';
import { AgendaElement } from './agenda-element.js';
import { icon, type AgendaIcon } from './agenda-icons.js';
import { staffIdOf } from './agenda-layout.js';
import { bookedPartsOf, questionsOf, renderParts } from './agenda-parts.js';
import { panelStyles } from './agenda-panel.styles.js';
import { canAdmit, canMove, findBooking, findResource, findService, legalMarks } from './agenda-store.js';
import { formatDay, formatRange, formatWhen, MARK_WORDS, nameIn, STATE_WORDS, writeSize } from './agenda-words.js';
import { dateAt, getZone } from './agenda-time.js';

/** Marks that need a word first: the customer may ask why. */
const WITH_REASON: readonly StaffMark[] = ['cancel', 'decline'];
/** A press so soon after a mark is the second half of a double one; another button may stand there by then. */
const DOUBLE_PRESS_MS = 500;
const isOfZone = (reason: string): boolean => reason === ZONE_RULES_REASON || reason === ZONE_TAKEN_REASON;
const PRIMARY: readonly StaffMark[] = ['approve', 'arrive', 'complete'];

/** One booking: who, when, what was answered, what became of it, and what may be done with it now. */
export class FrontdeskAgendaPanel extends AgendaElement {
  static override styles = [baseStyles, buttonStyles, scrollStyles, panelStyles];

  private changedAtMs = -Infinity;

  @query('h2') private heading?: HTMLElement;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    if (!before) return;
    const was = findBooking(before, this.state.selectedId);
    const is = findBooking(this.state, this.state.selectedId);
    if (was && is && was.version !== is.version) this.changedAtMs = performance.now();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    if (changed.has('state') && before?.selectedId !== this.state.selectedId) this.heading?.focus();
  }

  private handleMark({ id }: BookingDto, mark: StaffMark): void {
    if (this.isBlocked) return;
    if (WITH_REASON.includes(mark)) {
      return this.request({ type: 'show-sheet', sheet: { kind: 'reason', bookingId: id, mark } });
    }
    if (performance.now() - this.changedAtMs < DOUBLE_PRESS_MS) return;
    this.request({ type: 'mark', bookingId: id, mark, reason: '' });
  }

  private renderMark(booking: BookingDto, mark: StaffMark): TemplateResult {
    const look = PRIMARY.includes(mark) ? 'button button--primary' : 'button';
    return html`<button
      class=${mark === 'cancel' ? 'button button--quiet danger' : look}
      type="button"
      data-mark=${mark}
      aria-disabled=${String(this.isBlocked)}
      @click=${() => this.handleMark(booking, mark)}
    >
      ${this.words.t(MARK_WORDS[mark])}
    </button>`;
  }

  private renderActions(booking: BookingDto): unknown {
    if (!this.canWrite) return nothing;
    const marks = legalMarks(booking, this.nowMs);
    if (marks.length === 0 && !canMove(booking)) return nothing;
    const ordered = [...marks].sort((one, other) => Number(PRIMARY.includes(other)) - Number(PRIMARY.includes(one)));
    const open = (): void =>
      this.isBlocked ? undefined : this.request({ type: 'show-sheet', sheet: { kind: 'move', bookingId: booking.id } });
    const renderMarks = (isLast: boolean) =>
      ordered.filter((mark) => (mark === 'cancel') === isLast).map((mark) => this.renderMark(booking, mark));
    return html`<div class="actions">
      ${renderMarks(false)}
      ${
        canMove(booking)
          ? html`<button
              class="button"
              type="button"
              data-mark="move"
              aria-disabled=${String(this.isBlocked)}
              @click=${open}
            >
              ${this.words.t('agendaMove')}
            </button>`
          : nothing
      }
      ${canAdmit(this.state, booking, this.nowMs) ? this.renderAdmit(booking) : nothing} ${renderMarks(true)}
    </div>`;
  }

  private renderAdmit({ id, state }: BookingDto): TemplateResult {
    const open = (): void =>
      this.isBlocked ? undefined : this.request({ type: 'show-sheet', sheet: { kind: 'admit', bookingId: id } });
    return html`<button
      class="button"
      type="button"
      data-mark="admit"
      aria-disabled=${String(this.isBlocked)}
      @click=${open}
    >
      ${this.words.t(state === 'arrived' ? 'agendaAdmit' : 'agendaArriveAndAdmit')}
    </button>`;
  }

  private renderFact(name: AgendaIcon, label: string, value: unknown): TemplateResult {
    return html`<div class="fact">
      <dt>${icon(name, 'small')}<span class="visually-hidden">${label}</span></dt>
      <dd>${value}</dd>
    </div>`;
  }

  private renderFacts(booking: BookingDto): TemplateResult {
    const { words, state, timeZone } = this;
    const { start, end, customer, segments, code } = booking;
    const rooms = [...new Set(segments.flatMap(({ resourceIds }) => resourceIds))];
    const isOne = bookedPartsOf(booking).length === 1;
    const staff = isOne ? findResource(state, staffIdOf(booking))?.name : undefined;
    const { phone, email } = customer;
    const day = formatDay(words, dateAt(getZone(timeZone), Date.parse(start)));
    return html`<dl class="facts">
      ${this.renderFact(
        'clock',
        words.t('agendaTime'),
        html`${day}<br /><span class="tabular">${formatRange(words, start, end, timeZone)}</span
          >${renderParts(words, state, booking, timeZone)}`,
      )}
      ${staff === undefined ? nothing : this.renderFact('user', words.t('agendaStaff'), html`<bdi>${staff}</bdi>`)}
      ${
        rooms.length === 0
          ? nothing
          : this.renderFact(
              'room',
              words.t('agendaRooms'),
              html`<bdi>${words.list(rooms.map((id) => findResource(state, id)?.name ?? ''))}</bdi>`,
            )
      }
      ${
        phone === null
          ? nothing
          : this.renderFact('phone', words.t('agendaPhone'), html`<a href="tel:${phone}"><bdi>${phone}</bdi></a>`)
      }
      ${
        email === null
          ? nothing
          : this.renderFact('mail', words.t('agendaEmail'), html`<a href="mailto:${email}"><bdi>${email}</bdi></a>`)
      }
      ${this.renderFact('calendar', words.t('agendaLabel'), words.t('agendaCode', { code }))}
    </dl>`;
  }

  private describeAnswer({ type, options }: Question, answer: string | readonly string[]): string {
    const { words } = this;
    const nameOf = (key: string): string => {
      const option = options.find((one) => one.key === key);
      return option ? nameIn(words, option.labels) : key;
    };
    if (typeof answer !== 'string') return words.list(answer.map(nameOf));
    if (type === 'checkbox') return answer === 'true' ? words.t('agendaYes') : '–';
    return type === 'choice' ? nameOf(answer) : answer;
  }

  private renderFiles(question: Question): TemplateResult {
    const { words, state } = this;
    const files = state.answers?.files.filter(({ questionKey }) => questionKey === question.key) ?? [];
    return html`<ul class="files">
      ${files.map(
        ({ id, name, size }) =>
          html`<li>
            <button
              class="button button--small"
              type="button"
              aria-label=${words.t('agendaFileSave', { name })}
              @click=${() => this.request({ type: 'open-file', fileId: id })}
            >
              ${icon('save', 'small')} <bdi>${name}</bdi>
            </button>
            <span class="muted tabular">${writeSize(words, size)}</span>
          </li>`,
      )}
    </ul>`;
  }

  private renderAnswers(booking: BookingDto): unknown {
    const { words, state } = this;
    const questions = questionsOf(state, booking);
    const isAll = state.answers?.bookingId === booking.id;
    const answers = isAll ? (state.answers?.answers ?? {}) : booking.answers;
    const given = questions.flatMap((question) => {
      const answer = answers[question.key];
      return answer === undefined ? [] : [{ question, answer }];
    });
    const mayAsk = this.canWrite && !isAll && questions.some(({ isSensitive, type }) => isSensitive || type === 'file');
    if (questions.length === 0) return nothing;
    return html`<h3>${words.t('agendaAnswers')}</h3>
      ${given.length === 0 && !mayAsk ? html`<p class="muted">${words.t('agendaNoAnswers')}</p>` : nothing}
      <dl class="answers">
        ${given.map(
          ({ question, answer }) =>
            html`<div>
              <dt dir="auto">${nameIn(words, question.labels)}</dt>
              <dd dir="auto">
                ${question.type === 'file' ? this.renderFiles(question) : this.describeAnswer(question, answer)}
              </dd>
            </div>`,
        )}
      </dl>
      ${
        mayAsk
          ? html`<button
              class="button button--small"
              type="button"
              @click=${() => this.request({ type: 'read-answers', bookingId: booking.id })}
            >
              ${icon('lock', 'small')} ${words.t('agendaReadAnswers')}
            </button>`
          : nothing
      }`;
  }

  private describeActor({ by, memberId }: BookingDto['history'][number]): string {
    const { words, session, state } = this;
    if (by !== 'staff') return words.t(by === 'customer' ? 'agendaByCustomer' : 'agendaBySystem');
    if (memberId !== null && memberId === session?.membership.id) {
      return words.t('agendaBy', { name: session.user.name });
    }
    const known = memberId === null ? undefined : state.setup?.resources.find((one) => one.memberId === memberId);
    return known ? words.t('agendaBy', { name: known.name }) : words.t('agendaByStaff');
  }

  private renderHistory({ history }: BookingDto): TemplateResult {
    const { words, timeZone } = this;
    const describe = ({ from, to, reason }: BookingDto['history'][number]): string => {
      if (isOfZone(reason)) return words.t('agendaZoneFlag');
      if (from === to) return words.t('agendaHistoryMoved');
      const state = words.t(STATE_WORDS[to]);
      return from === null || from === 'held' ? words.t('agendaHistoryMade', { state }) : state;
    };
    return html`<h3>${words.t('agendaHistory')}</h3>
      <ol class="history">
        ${[...history].reverse().map(
          (change) =>
            html`<li>
              <span>${describe(change)} <span class="muted">${this.describeActor(change)}</span></span>
              <span class="muted tabular">${formatWhen(words, change.at, timeZone)}</span>
              ${change.reason === '' || isOfZone(change.reason) ? nothing : html`<q dir="auto">${change.reason}</q>`}
            </li>`,
        )}
      </ol>`;
  }

  protected override render(): TemplateResult {
    const { words, state } = this;
    const booking = findBooking(state, state.selectedId);
    if (!booking) return html`<div class="root"></div>`;
    const names = bookedPartsOf(booking).map(({ serviceId }) => serviceName(words, findService(state, serviceId)));
    return html`<div class="root scroll">
      <div class="top">
        <h2 tabindex="-1" dir="auto">${booking.customer.name}</h2>
        <button
          class="icon-button"
          type="button"
          aria-label=${words.t('close')}
          @click=${() => this.request({ type: 'select', bookingId: null })}
        >
          ${icon('close')}
        </button>
      </div>
      <div class="body">
        <p class="what">${renderState(words, booking.state)} <span dir="auto">${words.list(names)}</span></p>
        ${renderZoneNote(words, booking)} ${this.renderActions(booking)} ${this.renderFacts(booking)}
        ${this.renderAnswers(booking)} ${this.renderHistory(booking)}
      </div>
    </div>`;
  }
}

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { addDays, weekdayOf } from '@frontdesk/domain/hours/zone';
import { baseStyles } from '../../core/base-styles.js';
import { buttonStyles } from '../../core/button-styles.js';
import { chevronRightIcon } from '../booking-icons.js';
import { chevronLeftIcon } from '../visit-icons.js';
import { renderIcon } from '../../core/render-icon.js';
import { calendarStyles } from './booking-calendar.styles.js';
import { BookingRequestEvent, type BookingRequest } from '../booking-events.js';
import { addMonthsToDate, firstOf, firstWeekdayOf, layOutMonth, monthOf, type StartsByDate } from '../booking-time.js';
import { writeDayNumber, writeLongDate, writeMonth, writeWeekday } from '../calendar-words.js';
import type { BookingWords } from '../booking-words.js';
import { nextMonth, previousMonth, type SlotsState } from '../slots-store.js';

/**
 * A month as a grid (ARIA Authoring Practices, date picker): one day at a time is in the tab order, arrow keys move in the direction of
 * writing, Page Up and Page Down turn the month.
 */
export class FrontdeskBookingCalendar extends LitElement {
  static override styles = [baseStyles, buttonStyles, calendarStyles];

  /** The day that the keyboard is on; null until a key moved it. */
  @state()
  private current: string | null = null;

  private isFocusDue = false;

  @property({ attribute: false })
  words!: BookingWords;

  @property({ attribute: false })
  slots!: SlotsState;

  @property({ attribute: false })
  startsByDate: StartsByDate = new Map();

  @query('td[tabindex="0"]')
  private tabStop!: HTMLElement | null;

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.isFocusDue) return;
    // The month that was turned to is drawn a moment later; until then the day is not there.
    if (this.current !== null && monthOf(this.current) !== this.slots.month) return;
    this.isFocusDue = false;
    this.tabStop?.focus();
  }

  private ask(request: BookingRequest): void {
    this.dispatchEvent(new BookingRequestEvent(request));
  }

  /** Where Tab enters: the day under the keyboard, the chosen one, the first with times, today, the first. */
  private get entry(): string {
    const { month, date, today } = this.slots;
    const inMonth = (one: string | null): one is string => one !== null && monthOf(one) === month;
    const free = [...this.startsByDate.keys()].filter(inMonth).sort()[0] ?? null;
    return [this.current, date, free, today].find(inMonth) ?? firstOf(month);
  }

  private handleKey(event: KeyboardEvent): void {
    const date = this.entry;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.choose(date);
      return;
    }
    const next = this.findNext(event.key, date);
    if (next === null) return;
    event.preventDefault();
    const { today, lastDate, month } = this.slots;
    const target = next < today ? today : next > lastDate ? lastDate : next;
    this.current = target;
    this.isFocusDue = true;
    if (monthOf(target) !== month) this.ask({ name: 'month', detail: { month: monthOf(target) } });
  }

  private findNext(key: string, date: string): string | null {
    const forward = this.words.direction === 'rtl' ? -1 : 1;
    const column = (weekdayOf(date) - firstWeekdayOf(this.words.tag) + 7) % 7;
    switch (key) {
      case 'ArrowRight':
        return addDays(date, forward);
      case 'ArrowLeft':
        return addDays(date, -forward);
      case 'ArrowDown':
        return addDays(date, 7);
      case 'ArrowUp':
        return addDays(date, -7);
      case 'Home':
        return addDays(date, -column);
      case 'End':
        return addDays(date, 6 - column);
      case 'PageDown':
        return addMonthsToDate(date, 1);
      case 'PageUp':
        return addMonthsToDate(date, -1);
      default:
        return null;
    }
  }

  private choose(date: string): void {
    this.current = date;
    if (this.startsByDate.has(date)) this.ask({ name: 'date', detail: { date } });
  }

  private turn(month: string | null): void {
    if (month !== null) this.ask({ name: 'month', detail: { month } });
  }

  private renderTurn(month: string | null, name: 'booking.previousMonth' | 'booking.nextMonth'): TemplateResult {
    const icon = name === 'booking.nextMonth' ? chevronRightIcon : chevronLeftIcon;
    return html`<button
      class="icon-button"
      type="button"
      part="button"
      aria-label=${this.words.t(name)}
      aria-disabled=${month === null}
      @click=${() => this.turn(month)}
    >
      ${renderIcon(icon, 'icon--directional')}
    </button>`;
  }

  private renderDay(date: string | null, entry: string): TemplateResult {
    if (date === null) return html`<td></td>`;
    const { words } = this;
    const { today, lastDate, slots } = this.slots;
    const count = this.startsByDate.get(date)?.length ?? 0;
    const isPast = date < today || date > lastDate;
    const name = writeLongDate(words, date);
    const times = count === 0 ? words.t('booking.noTimes') : words.t('booking.times', { count });
    return html`<td
      class=${count > 0 ? 'free' : isPast ? 'past' : ''}
      part=${count > 0 ? 'day day-free' : 'day'}
      tabindex=${date === entry ? 0 : -1}
      data-date=${date}
      aria-label=${slots ? `${name}, ${times}` : name}
      aria-selected=${date === this.slots.date}
      aria-disabled=${count === 0}
      aria-current=${date === today ? 'date' : nothing}
      @click=${() => this.choose(date)}
    >
      <span class="day">${writeDayNumber(words, date)}</span>
    </td>`;
  }

  private renderHint(): unknown {
    const { words } = this;
    const { slots, slotsPhase, month } = this.slots;
    if (!slots) return slotsPhase === 'failed' ? nothing : words.t('booking.looking');
    const isEmpty = ![...this.startsByDate.keys()].some((date) => monthOf(date) === month);
    return isEmpty ? words.t('booking.emptyMonth', { month: writeMonth(words, month) }) : nothing;
  }

  protected override render(): TemplateResult {
    const { words, slots, entry } = this;
    const weeks = layOutMonth(slots.month, firstWeekdayOf(words.tag));
    // The second week is always whole.
    const weekdays = (weeks[1] ?? []).flatMap((date) => date ?? []);
    return html`<div class="root" lang=${words.tag} dir=${words.direction}>
      <header>
        ${this.renderTurn(previousMonth(slots), 'booking.previousMonth')}
        <h3 id="month" aria-live="polite">${writeMonth(words, slots.month)}</h3>
        ${this.renderTurn(nextMonth(slots), 'booking.nextMonth')}
      </header>
      <table
        role="grid"
        aria-labelledby="month"
        aria-busy=${slots.slots === null}
        part="calendar"
        @keydown=${this.handleKey}
      >
        <thead>
          <tr>
            ${weekdays.map(
              (date) =>
                html`<th scope="col" abbr=${writeWeekday(words, date, 'long')}>
                  ${writeWeekday(words, date, 'short')}
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${weeks.map(
            (week) =>
              html`<tr>
                ${week.map((date) => this.renderDay(date, entry))}
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="hint" role="status">${this.renderHint()}</p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-booking-calendar': FrontdeskBookingCalendar;
  }
}

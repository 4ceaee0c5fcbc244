import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import type { BookingDto } from '@frontdesk/protocol/booking-fields';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { baseStyles } from '../core/styles.js';
import { emptyStyles, scrollStyles } from '../staff/staff-styles.js';
import { renderState, renderZoneFlag, serviceName } from './agenda-card.js';
import { AgendaElement } from './agenda-element.js';
import { icon } from './agenda-icons.js';
import { serviceIdOf, shownBookings, shownSessions, staffIdOf, uses, usesSession } from './agenda-layout.js';
import { listStyles } from './agenda-list.styles.js';
import { findResource, findService } from './agenda-store.js';
import { formatDay, formatTime } from './agenda-words.js';

/** A day as a list, for a thumb: who comes when, to whom, and what became of it. */
export class FrontdeskAgendaList extends AgendaElement {
  static override styles = [baseStyles, emptyStyles, scrollStyles, listStyles];

  /** Puts the focus on a booking's row. */
  focusBooking(id: string): void {
    this.renderRoot.querySelector<HTMLElement>(`.row[data-id="${CSS.escape(id)}"]`)?.focus();
  }

  private renderRow(booking: BookingDto): TemplateResult {
    const { words, timeZone, state } = this;
    const { id, start, end, customer } = booking;
    const service = findService(state, serviceIdOf(booking));
    const staff = findResource(state, staffIdOf(booking))?.name;
    return html`<li>
      <button
        class="row row--${booking.state}"
        type="button"
        data-id=${id}
        aria-current=${state.selectedId === id ? 'true' : nothing}
        @click=${() => this.request({ type: 'select', bookingId: id })}
      >
        <span class="row__time tabular"
          ><strong>${formatTime(words, start, timeZone)}</strong>
          <span class="muted">${formatTime(words, end, timeZone)}</span></span
        >
        <span class="row__what">
          <strong dir="auto">${customer.name}</strong>
          <span class="muted" dir="auto">${[serviceName(words, service), staff].filter(Boolean).join(' · ')}</span>
        </span>
        ${renderZoneFlag(words, booking)} ${renderState(words, booking.state)}
      </button>
    </li>`;
  }

  private renderSession(session: ClassSessionDto): TemplateResult {
    const { words, timeZone, state } = this;
    const { id, start, end, enrolled, capacity, staffId } = session;
    const seats = words.t('agendaSeats', { count: enrolled, capacity });
    return html`<li>
      <button
        class="row"
        type="button"
        data-id=${id}
        aria-current=${state.openSessionId === id ? 'true' : nothing}
        @click=${() => this.request({ type: 'open-session', sessionId: id })}
      >
        <span class="row__time tabular"
          ><strong>${formatTime(words, start, timeZone)}</strong>
          <span class="muted">${formatTime(words, end, timeZone)}</span></span
        >
        <span class="row__what">
          <strong dir="auto">${serviceName(words, findService(state, session.serviceId))}</strong>
          <span class="muted" dir="auto">${findResource(state, staffId)?.name}</span>
        </span>
        <span class="chip">${icon('people', 'small')} ${seats}</span>
      </button>
    </li>`;
  }

  private renderBlocks(): unknown {
    const { words, state, timeZone } = this;
    return (state.agenda?.blocks ?? [])
      .filter(({ resourceId }) => state.resourceId === null || resourceId === state.resourceId)
      .map(({ id, start, end, reason, resourceId }) => {
        const times = `${formatTime(words, start, timeZone)} – ${formatTime(words, end, timeZone)}`;
        const what = reason === '' ? words.t('agendaTimeOff') : words.t('agendaTimeOffFor', { reason });
        return html`<li>
          <button
            class="row row--block"
            type="button"
            @click=${() => this.request({ type: 'show-sheet', sheet: { kind: 'show-block', blockId: id } })}
          >
            ${icon('clock', 'small')}
            <span class="row__what">
              <strong dir="auto">${findResource(state, resourceId)?.name}</strong>
              <span class="muted" dir="auto">${what} · ${times}</span>
            </span>
          </button>
        </li>`;
      });
  }

  protected override render(): TemplateResult {
    const { state, words } = this;
    const own = shownBookings(state).filter((booking) => state.resourceId === null || uses(booking, state.resourceId));
    const sessions = shownSessions(state).filter((session) => usesSession(session, state.resourceId));
    return html`<div class="root scroll" tabindex="-1">
      <ul aria-label=${words.t('agendaBoard', { date: formatDay(words, state.date) })}>
        ${this.renderBlocks()} ${sessions.map((session) => this.renderSession(session))}
        ${repeat(
          own,
          ({ id }) => id,
          (booking) => this.renderRow(booking),
        )}
      </ul>
      ${
        own.length + sessions.length > 0
          ? nothing
          : html`<div class="empty">
              ${icon('calendar')}
              <p>${words.t('agendaEmptyDay')}</p>
            </div>`
      }
    </div>`;
  }
}

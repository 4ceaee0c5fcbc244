import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import type { BookingDto, TimeBlockDto } from '@frontdesk/protocol/booking-fields';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { baseStyles } from '../core/styles.js';
import { MinuteClock } from '../staff/minute-clock.js';
import { scrollStyles } from '../staff/staff-styles.js';
import { boardStyles } from './agenda-board.styles.js';
import { canChangeSession } from './agenda-class.js';
import { DragController, movableClass, movableVisit, PIXELS_PER_MINUTE, type Movable } from './agenda-drag.js';
import { AgendaElement } from './agenda-element.js';
import { icon } from './agenda-icons.js';
import {
  buildBoard,
  locationOf,
  serviceIdOf,
  type BoardLayout,
  type Card,
  type Column,
  type SessionCard,
} from './agenda-layout.js';
import { canMove, findService, type Target } from './agenda-store.js';
import { dateAt, instantOf, listHours, minuteOf, type Span } from './agenda-time.js';
import { findNeighbour } from './agenda-keys.js';
import { renderZoneFlag, serviceName, STATE_ICONS } from './agenda-card.js';
import { formatDay, formatRange, formatTime, STATE_WORDS } from './agenda-words.js';

const px = (minutes: number): string => `${minutes * PIXELS_PER_MINUTE}px`;
/** For the property `style`, which a strict content security policy lets pass and which needs no directive. */
const placeAt = (from: number, minutes: number): string => `inset-block-start:${px(from)};block-size:${px(minutes)}`;
/** Shorter than this, time and name share a line. */
const SHORT_MINUTES = 30;

/** Columns of time: people and rooms of one day, or the days of a week. */
export class FrontdeskAgendaBoard extends AgendaElement {
  static override styles = [baseStyles, scrollStyles, boardStyles];

  private readonly clock = new MinuteClock(this);
  private readonly dragging = new DragController(this, {
    axis: () => this.layout?.axis ?? null,
    columns: () => this.layout?.columns ?? [],
    serviceOf: ({ serviceId }) => findService(this.state, serviceId),
    hours: () => locationOf(this.state)?.hours ?? null,
    scroller: () => this.scroller ?? null,
    tracks: () => this.listTracks(),
    drop: (moved, target) => this.handleDrop(moved, target),
  });
  private layout: BoardLayout | null = null;
  private scrolledTo = '';

  @query('.board') private scroller?: HTMLElement;

  /** The card that Tab comes to. */
  @state() private focusId: string | null = null;

  /** One column fills the width: a phone. */
  @property({ type: Boolean }) single = false;

  protected override willUpdate(): void {
    this.layout = buildBoard(this.state);
    if (this.layout === null || !this.single || this.state.view === 'week') return;
    const { columns } = this.layout;
    const own = columns.find(({ resource }) => resource?.id === this.state.resourceId) ?? columns[0];
    this.layout = { ...this.layout, columns: own ? [own] : [] };
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.scrollToNow();
  }

  /** Opens a day where something is to be seen: an hour before now, or before the first visit. */
  private scrollToNow(): void {
    const { layout, scroller, state: shown } = this;
    const key = `${shown.locationId} ${shown.view} ${shown.date} ${this.single}`;
    if (layout === null || !scroller || key === this.scrolledTo) return;
    this.scrolledTo = key;
    const now = this.nowMinute(layout, layout.columns.find(({ date }) => date === this.today)?.date ?? '');
    const first = Math.min(...layout.columns.flatMap(({ cards }) => cards.map(({ from }) => from)));
    const wanted = (now ?? (Number.isFinite(first) ? first : layout.axis.from)) - 60;
    // Only a phone hides columns; it begins with the day that was asked for.
    scroller.querySelector(`[data-date="${shown.date}"]`)?.scrollIntoView({ inline: 'start', block: 'nearest' });
    scroller.scrollTop = Math.max(0, wanted - layout.axis.from) * PIXELS_PER_MINUTE;
  }

  private get today(): string {
    return this.layout === null ? '' : dateAt(this.layout.axis.zone, this.clock.nowMs + this.state.clockOffsetMs);
  }

  private nowMinute({ axis }: BoardLayout, date: string): number | null {
    if (date === '' || date !== this.today) return null;
    const minute = minuteOf(axis, date, this.clock.nowMs + this.state.clockOffsetMs);
    return minute >= axis.from && minute <= axis.to ? minute : null;
  }

  private listTracks(): Map<string, HTMLElement> {
    const tracks = this.renderRoot.querySelectorAll<HTMLElement>('.track');
    return new Map([...tracks].map((track) => [track.dataset['key'] ?? '', track]));
  }

  private handleDrop({ what }: Movable, target: Target): void {
    if (this.isBlocked) return;
    if ('booking' in what) this.request({ type: 'move', bookingId: what.booking.id, target, isUndo: false });
    else this.request({ type: 'class', act: { do: 'move', sessionId: what.session.id, target, isUndo: false } });
  }

  private handlePress(event: PointerEvent, booking: BookingDto, column: Column): void {
    if (!this.isBlocked && canMove(booking)) this.dragging.press(event, { moved: movableVisit(booking), column });
  }

  /** Dates of classes are planned by owners and admins. */
  private canMoveSession(session: ClassSessionDto): boolean {
    return this.canManage && !this.isBlocked && canChangeSession(session, this.nowMs);
  }

  private handleSessionPress(event: PointerEvent, session: ClassSessionDto, column: Column): void {
    if (this.canMoveSession(session)) this.dragging.press(event, { moved: movableClass(session), column });
  }

  private handleOpen({ id }: BookingDto): void {
    if (this.dragging.takeClick()) return;
    this.request({ type: 'select', bookingId: id });
  }

  private handleOpenSession({ id }: ClassSessionDto): void {
    if (this.dragging.takeClick()) return;
    this.request({ type: 'open-session', sessionId: id });
  }

  /** An empty place is a time to book. */
  private handleTrack(event: MouseEvent, column: Column): void {
    if (this.dragging.takeClick() || event.target !== event.currentTarget || this.layout === null) return;
    if (this.isBlocked) return;
    const { axis } = this.layout;
    const { top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const minute = axis.from + Math.floor((event.clientY - top) / PIXELS_PER_MINUTE / 15) * 15;
    const start = new Date(instantOf(axis, column.date, minute)).toISOString();
    const sheet = { kind: 'book', resourceId: column.resource?.id ?? null, date: column.date, start } as const;
    this.request({ type: 'show-sheet', sheet });
  }

  private handleKeydown(event: KeyboardEvent): void {
    const cards = [...this.renderRoot.querySelectorAll<HTMLElement>('.card')];
    const current = cards.find((card) => card === event.target);
    if (!current || event.altKey || event.ctrlKey || event.metaKey) return;
    const booking = this.state.agenda?.bookings.find(({ id }) => id === current.dataset['id']);
    if (event.key.toLowerCase() === 'm' && booking && canMove(booking) && !this.isBlocked) {
      event.preventDefault();
      return this.request({ type: 'show-sheet', sheet: { kind: 'move', bookingId: booking.id } });
    }
    const session = this.state.sessions.find(({ id }) => id === current.dataset['id']);
    if (event.key.toLowerCase() === 'm' && session && this.canMoveSession(session)) {
      event.preventDefault();
      return this.request({ type: 'show-sheet', sheet: { kind: 'class-move', sessionId: session.id } });
    }
    const next = findNeighbour(event.key, current, cards, this.matches(':dir(rtl)'));
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  /** Puts the focus on a booking's card, for instance when its details are closed. */
  focusBooking(id: string): void {
    this.renderRoot.querySelector<HTMLElement>(`.card[data-id="${CSS.escape(id)}"]`)?.focus();
  }

  private renderSpan(look: string, { from, to }: Span, content: unknown = nothing): TemplateResult {
    const { from: top } = this.layout?.axis ?? { from: 0 };
    return html`<div class=${look} .style=${placeAt(from - top, to - from)}>${content}</div>`;
  }

  private renderBlock(block: TimeBlockDto, span: Span): TemplateResult {
    const { words } = this;
    const text = block.reason === '' ? words.t('agendaTimeOff') : words.t('agendaTimeOffFor', { reason: block.reason });
    const from = span.from - (this.layout?.axis.from ?? 0);
    return html`<button
      class="block"
      type="button"
      .style=${placeAt(from, span.to - span.from)}
      @click=${() => this.request({ type: 'show-sheet', sheet: { kind: 'show-block', blockId: block.id } })}
    >
      <span dir="auto">${text}</span>
    </button>`;
  }

  private renderCard({ booking, from, to, lane, lanes }: Card, column: Column, tabStop: string | null): TemplateResult {
    const { words, state: shown } = this;
    const { id, customer, start, end, state: became } = booking;
    const service = findService(shown, serviceIdOf(booking));
    const looks = {
      short: to - from < SHORT_MINUTES,
      movable: canMove(booking) && !this.isBlocked,
      lifted: this.dragging.drag?.moved.id === id,
      pending: shown.pending?.bookingId === id,
      [became]: true,
    };
    const classes = Object.entries(looks).flatMap(([look, isOn]) => (isOn ? [`card--${look}`] : []));
    const place = placeAt(from - (this.layout?.axis.from ?? 0), to - from);
    const lanePlace = `inset-inline-start:${(lane / lanes) * 100}%;inline-size:calc(${100 / lanes}% - 4px)`;
    return html`<button
      class="card ${classes.join(' ')}"
      type="button"
      .style=${`${place};${lanePlace}`}
      data-id=${id}
      tabindex=${tabStop === id ? 0 : -1}
      aria-current=${shown.selectedId === id ? 'true' : nothing}
      @pointerdown=${(event: PointerEvent) => this.handlePress(event, booking, column)}
      @click=${() => this.handleOpen(booking)}
      @focus=${() => (this.focusId = id)}
    >
      <span class="card__line"
        ><span class="card__name" dir="auto">${customer.name}</span>
        <span class="card__state">${renderZoneFlag(words, booking)}${icon(STATE_ICONS[became], 'small')}</span></span
      >
      <span class="card__line"
        ><span class="card__time tabular"
          >${
            to - from < SHORT_MINUTES
              ? formatTime(words, start, this.timeZone)
              : formatRange(words, start, end, this.timeZone)
          }</span
        >
        <span class="card__service" dir="auto">${serviceName(words, service)}</span></span
      >
      <span class="visually-hidden">${words.t(STATE_WORDS[became])}</span>
    </button>`;
  }

  private renderSession({ session, from, to, lane, lanes }: SessionCard, column: Column, tabStop: string | null) {
    const { words, state: shown } = this;
    const { id, enrolled, capacity, isCancelled } = session;
    const looks = {
      movable: this.canMoveSession(session),
      lifted: this.dragging.drag?.moved.id === id,
      pending: shown.droppedSession?.sessionId === id,
      'cancelled-by-business': isCancelled,
    };
    const classes = Object.entries(looks).flatMap(([look, isOn]) => (isOn ? [`card--${look}`] : []));
    const place = placeAt(from - (this.layout?.axis.from ?? 0), to - from);
    const lanePlace = `inset-inline-start:${(lane / lanes) * 100}%;inline-size:calc(${100 / lanes}% - 4px)`;
    return html`<button
      class="card card--session ${classes.join(' ')}"
      type="button"
      .style=${`${place};${lanePlace}`}
      data-id=${id}
      tabindex=${tabStop === id ? 0 : -1}
      aria-current=${shown.openSessionId === id ? 'true' : nothing}
      @pointerdown=${(event: PointerEvent) => this.handleSessionPress(event, session, column)}
      @click=${() => this.handleOpenSession(session)}
      @focus=${() => (this.focusId = id)}
    >
      <span class="card__line"
        ><span class="card__name" dir="auto">${serviceName(words, findService(shown, session.serviceId))}</span>
        <span class="card__state">${renderZoneFlag(words, session)}${icon('people', 'small')}</span></span
      >
      <span class="card__line tabular">${formatRange(words, session.start, session.end, this.timeZone)}</span>
      <span class="card__line tabular"
        >${isCancelled ? words.t('agendaClassOff') : words.t('agendaSeats', { count: enrolled, capacity })}</span
      >
    </button>`;
  }

  private renderGhost({ key }: Column): unknown {
    const { drag } = this.dragging;
    if (drag === null || drag.columnKey !== key || this.layout === null) return nothing;
    const { axis } = this.layout;
    const { what, start, end, serviceId } = drag.moved;
    const lengthMs = Date.parse(end) - Date.parse(start);
    const startMs = instantOf(axis, key.slice(0, 10), drag.from);
    const name =
      'booking' in what ? what.booking.customer.name : serviceName(this.words, findService(this.state, serviceId));
    const text = html`<strong dir="auto">${name}</strong>
      <span class="tabular">${formatRange(this.words, startMs, startMs + lengthMs, this.timeZone)}</span>`;
    return this.renderSpan(drag.target === null ? 'ghost ghost--refused' : 'ghost', drag, text);
  }

  private renderNow(layout: BoardLayout, { date }: Column): unknown {
    const minute = this.nowMinute(layout, date);
    if (minute === null) return nothing;
    const time = formatTime(this.words, this.clock.nowMs + this.state.clockOffsetMs, this.timeZone);
    return this.renderSpan(
      'now',
      { from: minute, to: minute },
      html`<span class="visually-hidden">${this.words.t('agendaNow', { time })}</span>`,
    );
  }

  private renderColumn(layout: BoardLayout, column: Column, tabStop: string | null): TemplateResult {
    const { axis } = layout;
    const { key, date, resource, cards, sessions, blocks, closed } = column;
    const isWeek = this.state.view === 'week';
    const title = isWeek ? formatDay(this.words, date, 'short') : (resource?.name ?? '');
    const count = new Set(cards.map(({ booking }) => booking.id)).size + sessions.length;
    const label = this.words.t('agendaColumn', { name: title, count });
    return html`<section class="column" data-date=${date} aria-label=${label}>
      <h2 class=${isWeek && date === this.today ? 'head head--today' : 'head'} aria-hidden="true" dir="auto">
        ${resource !== null && !isWeek ? icon(resource.kind === 'staff' ? 'user' : 'room', 'small') : nothing}
        <span>${title}</span>
      </h2>
      <div
        class="track"
        data-key=${key}
        .style=${`block-size:${px(axis.to - axis.from)}`}
        @click=${(event: MouseEvent) => this.handleTrack(event, column)}
      >
        ${closed.map((span) => this.renderSpan('closed', span))}
        ${blocks.map(({ block, ...span }) => this.renderBlock(block, span))}
        ${repeat(
          cards,
          ({ booking, from }) => `${booking.id} ${from}`,
          (card) => this.renderCard(card, column, tabStop),
        )}
        ${repeat(
          sessions,
          ({ session }) => session.id,
          (card) => this.renderSession(card, column, tabStop),
        )}
        ${this.renderGhost(column)} ${this.renderNow(layout, column)}
      </div>
    </section>`;
  }

  private renderHours({ axis }: BoardLayout, date: string): TemplateResult {
    return html`<div class="hours" aria-hidden="true">
      <div class="head"></div>
      <div class="scale" .style=${`block-size:${px(axis.to - axis.from)}`}>
        ${listHours(axis, date).map(({ minute, atMs }) =>
          this.renderSpan(
            'hour tabular',
            { from: minute, to: minute },
            this.words.date(atMs, { hour: 'numeric', timeZone: this.timeZone }),
          ),
        )}
      </div>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { layout } = this;
    if (layout === null) return html`<div class="root"></div>`;
    const ids = layout.columns.flatMap(({ cards, sessions }) => [
      ...cards.map(({ booking }): string => booking.id),
      ...sessions.map(({ session }): string => session.id),
    ]);
    const wanted = [this.focusId, this.state.selectedId, this.state.openSessionId].find(
      (id) => id !== null && ids.includes(id),
    );
    const tabStop = wanted ?? ids[0] ?? null;
    const [first] = layout.columns;
    return html`<div class="root">
      <div
        class=${['board scroll', this.single ? 'board--single' : '', this.dragging.drag ? 'board--dragging' : ''].join(' ')}
        role="group"
        tabindex=${ids.length === 0 ? 0 : nothing}
        aria-label=${this.words.t('agendaBoard', { date: formatDay(this.words, this.state.date) })}
        aria-describedby="help"
        @keydown=${this.handleKeydown}
      >
        ${first ? this.renderHours(layout, first.date) : nothing}
        ${repeat(
          layout.columns,
          ({ key }) => key,
          (column) => this.renderColumn(layout, column, tabStop),
        )}
      </div>
      <p id="help" class="visually-hidden">${this.words.t('agendaHelp')}</p>
    </div>`;
  }
}

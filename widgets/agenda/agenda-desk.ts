import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { Announcer } from '../core/a11y.js';
import { baseStyles, buttonStyles, inputStyles, selectStyles } from '../core/styles.js';
import type { MenuChosenEvent, MenuItem } from '../staff/staff-menu.js';
import { emptyStyles, scrollStyles } from '../staff/staff-styles.js';
import { describeError } from '../staff/words.js';
import type { FrontdeskAgendaBoard } from './agenda-board.js';
import { classesOf } from './agenda-class.js';
import { deskStyles } from './agenda-desk.styles.js';
import { AgendaElement } from './agenda-element.js';
import { icon } from './agenda-icons.js';
import { locationOf, listResources, rangeOf, servicesOf, zoneOf } from './agenda-layout.js';
import type { FrontdeskAgendaList } from './agenda-list.js';
import { findBooking, findResource, VIEWS, type View } from './agenda-store.js';
import { addDays, dateAt, noonOf } from './agenda-time.js';
import { describeFailure, describeNotice, formatDay, type AgendaMessageKey } from './agenda-words.js';

const VIEW_WORDS: Readonly<Record<View, AgendaMessageKey>> = {
  day: 'agendaViewDay',
  week: 'agendaViewWeek',
  list: 'agendaViewList',
};
/** Below this one column fills the width; from the other on the details stand beside the board. */
const NARROW_PX = 720;
const WIDE_PX = 1_040;

/** The whole agenda as a picture of its state: bar, strips, board or list, details, sheet. It asks; the agenda decides. */
export class FrontdeskAgendaDesk extends AgendaElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, selectStyles, emptyStyles, scrollStyles, deskStyles];

  private readonly announcer = new Announcer();
  private readonly observer = new ResizeObserver(([entry]) => {
    if (entry) this.widthPx = entry.contentRect.width;
  });

  @query('frontdesk-agenda-board, frontdesk-agenda-list') private content?: FrontdeskAgendaBoard | FrontdeskAgendaList;

  @state() private widthPx = 1_280;

  /** Addresses of the other desks, for the menu. */
  @property({ attribute: false }) inboxHref: string | null = null;
  @property({ attribute: false }) counterHref: string | null = null;
  @property({ attribute: false }) settingsHref: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    if (before === undefined) return;
    const { notice, failure, selectedId, openSessionId } = this.state;
    if (notice !== null && notice !== before.notice) {
      this.announcer.announce(describeNotice(this.words, this.state, notice));
    } else if (failure !== null && failure !== before.failure) {
      this.announcer.announce(describeFailure(this.words, this.state, failure));
    }
    const closed = before.selectedId ?? before.openSessionId;
    if ((selectedId ?? openSessionId) === null && closed !== null) this.content?.focusBooking(closed);
  }

  private get isNarrow(): boolean {
    return this.widthPx < NARROW_PX;
  }

  private get today(): string {
    const location = locationOf(this.state);
    return location ? dateAt(zoneOf(location), this.nowMs) : '';
  }

  private show(date: string, view: View = this.state.view): void {
    if (date !== '') this.request({ type: 'show', view, date });
  }

  private step(direction: 1 | -1): void {
    const { days } = rangeOf(this.state);
    this.show(addDays(this.state.date, direction * days));
  }

  private openBooking(): void {
    const { resourceId, date } = this.state;
    if (this.isBlocked) return;
    this.request({ type: 'show-sheet', sheet: { kind: 'book', resourceId, date, start: null } });
  }

  private handleMenu({ value }: MenuChosenEvent): void {
    const { resourceId, date, showsEnded } = this.state;
    if (value === 'sign-out') return this.request({ type: 'sign-out' });
    if (value === 'ended') return this.request({ type: 'show-ended', on: !showsEnded });
    if (value === 'block') {
      if (!this.isBlocked) this.request({ type: 'show-sheet', sheet: { kind: 'block', resourceId, date } });
      return;
    }
    if (value === 'class') {
      const staffId = findResource(this.state, resourceId)?.kind === 'staff' ? resourceId : null;
      if (!this.isBlocked)
        this.request({ type: 'show-sheet', sheet: { kind: 'class-create', date, staffId, time: '', weeks: null } });
      return;
    }
    const location = this.state.locations?.find(({ id }) => id === value);
    if (location) this.request({ type: 'choose-location', locationId: location.id });
  }

  private handleEscape(event: KeyboardEvent): void {
    const { selectedId, openSessionId } = this.state;
    if (event.key !== 'Escape' || event.defaultPrevented || (selectedId ?? openSessionId) === null) return;
    event.stopPropagation();
    if (openSessionId === null) this.request({ type: 'select', bookingId: null });
    else this.request({ type: 'open-session', sessionId: null });
  }

  private listMenu(): MenuItem[] {
    const { words, state: shown } = this;
    const items: MenuItem[] = [];
    if (this.canManage && classesOf(shown).length > 0)
      items.push({ value: 'class', label: words.t('agendaClassNew'), icon: 'plus' });
    if (this.canManage && shown.setup) items.push({ value: 'block', label: words.t('agendaBlock'), icon: 'clock' });
    items.push({ value: 'ended', label: words.t('agendaShowEnded'), checked: shown.showsEnded });
    const locations = shown.locations ?? [];
    if (locations.length > 1) {
      items.push(
        ...locations.map(({ id, name }, index) => ({
          value: id,
          label: name,
          checked: id === shown.locationId,
          separated: index === 0,
        })),
      );
    }
    if (this.inboxHref)
      items.push({ value: 'inbox', label: words.t('inboxLabel'), icon: 'inbox', href: this.inboxHref });
    if (this.counterHref) items.push({ value: 'counter', label: words.t('agendaCounter'), href: this.counterHref });
    if (this.settingsHref) {
      items.push({ value: 'settings', label: words.t('settingsLabel'), icon: 'settings', href: this.settingsHref });
    }
    return [...items, { value: 'sign-out', label: words.t('signOut'), icon: 'signOut', separated: true }];
  }

  private describeRange(): string {
    const { from, days } = rangeOf(this.state);
    if (days === 1) return formatDay(this.words, from, this.isNarrow ? 'short' : 'long');
    const format = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
    const last = addDays(from, days - 1);
    return `${this.words.date(noonOf(from), format)} – ${this.words.date(noonOf(last), format)}`;
  }

  private renderStep(direction: 1 | -1): TemplateResult {
    return html`<button
      class="icon-button"
      type="button"
      aria-label=${this.words.t(direction === 1 ? 'agendaLater' : 'agendaEarlier')}
      @click=${() => this.step(direction)}
    >
      ${icon(direction === 1 ? 'later' : 'back')}
    </button>`;
  }

  private renderDate(): TemplateResult {
    const { words, state: shown, today } = this;
    return html`<div class="dates">
      ${this.renderStep(-1)} ${this.renderStep(1)}
      <button
        class="button button--small"
        type="button"
        aria-disabled=${String(shown.date === today)}
        @click=${() => this.show(today)}
      >
        ${words.t('agendaToday')}
      </button>
      <input
        class="input date"
        type="date"
        aria-label=${words.t('agendaDate')}
        .value=${shown.date}
        @change=${(event: Event) => this.show((event.target as HTMLInputElement).value)}
      />
    </div>`;
  }

  private renderViews(): TemplateResult {
    const { words, state: shown } = this;
    return html`<div class="views" role="group" aria-label=${words.t('agendaViews')}>
      ${VIEWS.map(
        (view) =>
          html`<button
            type="button"
            aria-pressed=${String(shown.view === view)}
            @click=${() => this.show(shown.date, view)}
          >
            ${words.t(VIEW_WORDS[view])}
          </button>`,
      )}
    </div>`;
  }

  /** One person's week or list; on a phone also the column that fits. */
  private renderWho(): unknown {
    const { words, state: shown } = this;
    const isColumn = shown.view === 'day';
    if (shown.setup === null || (isColumn && !this.isNarrow)) return nothing;
    const resources = listResources(shown, shown.agenda?.bookings);
    const chosen = resources.find(({ id }) => id === shown.resourceId) ?? (isColumn ? resources[0] : undefined);
    return html`<select
      class="input who"
      aria-label=${words.t('agendaWho')}
      @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        const resource = resources.find(({ id }) => id === value);
        this.request({ type: 'choose-resource', resourceId: resource?.id ?? null });
      }}
    >
      ${isColumn ? nothing : html`<option value="" ?selected=${!chosen}>${words.t('agendaEverybody')}</option>`}
      ${resources.map(({ id, name }) => html`<option value=${id} ?selected=${id === chosen?.id}>${name}</option>`)}
    </select>`;
  }

  private renderBar(): TemplateResult {
    const { words, state: shown } = this;
    const location = locationOf(shown);
    const isReady = shown.date !== '';
    return html`<div class="bar">
      <div class="title">
        <h1>${isReady ? this.describeRange() : words.t('agendaLabel')}</h1>
        ${location ? html`<p class="muted" dir="auto">${location.name}</p>` : nothing}
      </div>
      ${isReady ? html`${this.renderDate()} ${this.renderViews()} ${this.renderWho()}` : nothing}
      <div class="do">
        ${
          this.canWrite && shown.setup && servicesOf(shown).length > 0
            ? html`<button
                class="button button--primary"
                type="button"
                aria-disabled=${String(this.isBlocked)}
                @click=${this.openBooking}
              >
                ${icon('book', 'small')} ${words.t('agendaBook')}
              </button>`
            : nothing
        }
        <frontdesk-staff-menu
          align="end"
          .words=${words}
          .label=${words.t('agendaMenu')}
          .look=${'icon-button'}
          .items=${this.listMenu()}
          @menu-chosen=${this.handleMenu}
          >${icon('more')}</frontdesk-staff-menu
        >
      </div>
    </div>`;
  }

  private renderEmpty(title: string, body: unknown): TemplateResult {
    return html`<div class="empty">
      ${icon('calendar')}
      <h2>${title}</h2>
      ${body}
    </div>`;
  }

  private renderPicker(): TemplateResult {
    const { words, state: shown } = this;
    if (shown.locations?.length === 0) {
      return this.renderEmpty(words.t('agendaNoLocations'), html`<p>${words.t('agendaNoLocationsBody')}</p>`);
    }
    return this.renderEmpty(
      words.t('agendaPickLocation'),
      (shown.locations ?? []).map(
        ({ id, name }) =>
          html`<button
            class="button"
            type="button"
            dir="auto"
            @click=${() => this.request({ type: 'choose-location', locationId: id })}
          >
            ${name}
          </button>`,
      ),
    );
  }

  private renderContent(): TemplateResult {
    const { words, state: shown, session } = this;
    if (shown.loadError !== null && (shown.agenda === null || shown.setup === null)) {
      return this.renderEmpty(
        words.t('agendaFailed'),
        html`<p>${describeError(words, shown.loadError)}</p>
          <button class="button" type="button" @click=${() => this.request({ type: 'reload' })}>
            ${words.t('tryAgain')}
          </button>`,
      );
    }
    if (shown.locations !== null && shown.locationId === null) return this.renderPicker();
    if (shown.agenda === null || shown.setup === null) {
      return html`<div class="loading" role="status">
        <span class="visually-hidden">${words.t('loading')}</span>
        ${[0, 1, 2].map(() => html`<span class="skeleton"></span>`)}
      </div>`;
    }
    if (listResources(shown, shown.agenda.bookings).length === 0) {
      return this.renderEmpty(words.t('agendaNobody'), html`<p>${words.t('agendaNobodyBody')}</p>`);
    }
    if (shown.view === 'list') {
      return html`<frontdesk-agenda-list .words=${words} .state=${shown} .session=${session}></frontdesk-agenda-list>`;
    }
    return html`<frontdesk-agenda-board
      .words=${words}
      .state=${shown}
      .session=${session}
      .single=${this.isNarrow}
    ></frontdesk-agenda-board>`;
  }

  protected override render(): TemplateResult {
    const { state: shown, words, session } = this;
    const isClass = shown.openSessionId !== null;
    const isOpen = isClass || findBooking(shown, shown.selectedId) !== undefined;
    const isCovered = isOpen && this.isNarrow;
    const width = this.widthPx >= WIDE_PX ? 'wide' : 'small';
    return html`<div class="root ${width}" @keydown=${this.handleEscape}>
      <div class="main" ?inert=${isCovered}>
        ${this.renderBar()}
        <frontdesk-agenda-strips .words=${words} .state=${shown} .session=${session}></frontdesk-agenda-strips>
        <div class="content">${this.renderContent()}</div>
      </div>
      ${
        isOpen
          ? html`<section class="details" aria-label=${words.t('agendaDetails')}>
              ${
                isClass
                  ? html`<frontdesk-agenda-roster
                      .words=${words}
                      .state=${shown}
                      .session=${session}
                    ></frontdesk-agenda-roster>`
                  : html`<frontdesk-agenda-panel
                      .words=${words}
                      .state=${shown}
                      .session=${session}
                    ></frontdesk-agenda-panel>`
              }
            </section>`
          : nothing
      }
      <frontdesk-agenda-sheet .words=${words} .state=${shown} .session=${session}></frontdesk-agenda-sheet>
      <frontdesk-agenda-class-sheet .words=${words} .state=${shown} .session=${session}></frontdesk-agenda-class-sheet>
      ${this.announcer.element}
    </div>`;
  }
}

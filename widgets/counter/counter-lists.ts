import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { StaffTicketDto } from '@frontdesk/protocol/queue-tickets';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { nextRovingIndex } from '../core/a11y.js';
import { baseStyles, buttonStyles, inputStyles } from '../core/styles.js';
import { MinuteClock } from '../staff/minute-clock.js';
import type { MenuChosenEvent } from '../staff/staff-menu.js';
import { scrollStyles } from '../staff/staff-styles.js';
import { CounterElement } from './counter-element.js';
import { icon } from './counter-icons.js';
import { listsStyles } from './counter-lists.styles.js';
import { findService, listDue, mayCallHeld, TABS, type Tab } from './counter-store.js';
import { renderClassTag } from './counter-ticket-facts.js';
import { formatDuration, formatTime, nameIn, type CounterMessageKey } from './counter-words.js';

const TAB_WORDS: Readonly<Record<Tab, readonly [title: CounterMessageKey, empty: CounterMessageKey]>> = {
  line: ['counterTabLine', 'counterEmptyLine'],
  held: ['counterTabHeld', 'counterEmptyHeld'],
  'no-shows': ['counterTabNoShows', 'counterEmptyNoShows'],
  print: ['counterTabPrint', 'counterEmptyPrint'],
};

/** A line shorter than this is read faster than a number is typed. */
const FIND_FROM = 6;

function ticketsOf(view: CounterView, tab: Tab): readonly StaffTicketDto[] {
  switch (tab) {
    case 'line':
      return view.line;
    case 'held':
      return view.held;
    case 'no-shows':
      return view.noShows;
    case 'print':
      return view.printFailures;
  }
}

/** The line, what is set aside, who was missed, what was not printed. */
export class FrontdeskCounterLists extends CounterElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, scrollStyles, listsStyles];

  @state() private wanted = '';

  constructor() {
    super();
    new MinuteClock(this);
  }

  private handleTabKey(event: KeyboardEvent): void {
    const tabs = this.tabs;
    const index = nextRovingIndex(event.key, tabs.indexOf(this.state.tab), tabs.length, false);
    const tab = index === undefined ? undefined : tabs[index];
    if (tab === undefined) return;
    event.preventDefault();
    this.request({ type: 'show-tab', tab });
    this.shadowRoot?.querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
  }

  private handleMenu(event: MenuChosenEvent, ticket: StaffTicketDto): void {
    if (this.isBlocked) return;
    const kind = event.value === 'class' ? 'class' : 'cancel';
    this.request({ type: 'show-sheet', sheet: { kind, ticketId: ticket.id } });
  }

  private handleAction(ticket: StaffTicketDto): void {
    const input = { ticketId: ticket.id };
    if (this.isBlocked) return;
    switch (this.state.tab) {
      case 'line':
        return this.request({ type: 'show-sheet', sheet: { kind: 'call', ticketId: ticket.id } });
      case 'held':
        return this.move({ name: 'ticket:call-held', input });
      case 'no-shows':
        return this.move({ name: 'ticket:return', input });
      case 'print':
        return this.request({ type: 'reprint', ticketId: ticket.id });
    }
  }

  /** Places without printers need no tab about paper. */
  private get tabs(): readonly Tab[] {
    const hasFailures = (this.state.view?.printFailures.length ?? 0) > 0;
    return TABS.filter((tab) => tab !== 'print' || hasFailures || this.state.tab === 'print');
  }

  private canAct(view: CounterView, ticket: StaffTicketDto): boolean {
    if (this.isBlocked) return false;
    const isIdle = view.current === null && view.counter.status === 'open';
    if (this.state.tab === 'line') return isIdle;
    if (this.state.tab === 'held') return isIdle && mayCallHeld(ticket, view.counter.id, this.memberId);
    return true;
  }

  private describeHold(view: CounterView, { hold }: StaffTicketDto): TemplateResult | typeof nothing {
    if (hold === null) return nothing;
    const { words } = this;
    const isDue = hold.dueAt !== null && Date.parse(hold.dueAt) <= this.nowMs;
    const other = this.state.setup?.counters.find(({ id }) => id === hold.counterId)?.label ?? '';
    const whose =
      hold.scope === 'location'
        ? words.t('counterHeldAnybody')
        : hold.scope === 'staff'
          ? words.t(hold.memberId === this.memberId ? 'counterHeldMe' : 'counterHeldOther')
          : hold.counterId === view.counter.id
            ? words.t('counterHeldCounter')
            : words.t('counterHeldOtherCounter', { label: other });
    return html`<span>${whose}</span> ${
        hold.dueAt === null
          ? nothing
          : isDue
            ? html`<span class="due">${words.t('counterDueNow')}</span>`
            : html`<span>${words.t('counterDueAt', { time: formatTime(words, hold.dueAt, view.timeZone) })}</span>`
      }`;
  }

  private describe(view: CounterView, ticket: StaffTicketDto): TemplateResult {
    const { words, state } = this;
    const waited = formatDuration(words, this.nowMs - Date.parse(ticket.queuedAt));
    const isAway = ticket.presence === 'remote' && ticket.state === 'waiting';
    return html`<span class="tabular">${words.t('counterWaited', { time: waited })}</span> ${
        ticket.bookedFor === null
          ? nothing
          : html`<span
              >${words.t('counterBookedFor', { time: formatTime(words, ticket.bookedFor, view.timeZone) })}</span
            >`
      }
      ${isAway ? html`<span>${words.t('counterRemote')}</span>` : nothing} ${renderClassTag(words, state, ticket)}
      ${this.describeHold(view, ticket)}`;
  }

  private renderRow(view: CounterView, ticket: StaffTicketDto): TemplateResult {
    const { words, state } = this;
    const service = findService(state, ticket.serviceId);
    const actions = {
      line: 'counterCall',
      held: 'counterCall',
      'no-shows': 'counterReturn',
      print: 'counterReprint',
    } as const;
    const isDisabled = !this.canAct(view, ticket);
    return html`<li class="row">
      <bdi class="row__label tabular">${ticket.label}</bdi>
      <div class="row__main">
        <span class="row__service" dir="auto">${service ? nameIn(words, service.names) : ''}</span>
        <span class="row__facts">${this.describe(view, ticket)}</span>
      </div>
      ${
        this.canServe
          ? html`<button
                class="button button--small"
                type="button"
                aria-disabled=${String(isDisabled)}
                aria-label=${`${words.t(actions[state.tab])} ${ticket.label}`}
                @click=${() => isDisabled || this.handleAction(ticket)}
              >
                ${words.t(actions[state.tab])}
              </button>
              <frontdesk-staff-menu
                align="end"
                .words=${words}
                .label=${words.t('counterActionsFor', { label: ticket.label })}
                .look=${'icon-button icon-button--small'}
                .disabled=${this.isBlocked}
                .items=${[
                  { value: 'class', label: words.t('counterSetClass') },
                  { value: 'cancel', label: words.t('counterCancelTicket'), danger: true },
                ]}
                @menu-chosen=${(event: MenuChosenEvent) => this.handleMenu(event, ticket)}
                >${icon('more', 'small')}</frontdesk-staff-menu
              >`
          : nothing
      }
    </li>`;
  }

  private renderTab(view: CounterView, tab: Tab): TemplateResult {
    const isSelected = tab === this.state.tab;
    const due = tab === 'held' ? listDue(view, this.memberId, this.nowMs).length : 0;
    const count = ticketsOf(view, tab).length;
    return html`<button
      id="tab-${tab}"
      role="tab"
      type="button"
      aria-selected=${String(isSelected)}
      aria-controls="panel"
      tabindex=${isSelected ? '0' : '-1'}
      @click=${() => this.request({ type: 'show-tab', tab })}
      @keydown=${this.handleTabKey}
    >
      ${this.words.t(TAB_WORDS[tab][0])}
      ${count === 0 ? nothing : html`<span class=${due > 0 ? 'amount amount--due' : 'amount'}>${this.words.number(due || count)}</span>`}
    </button>`;
  }

  private renderPanel(view: CounterView): TemplateResult {
    const { words } = this;
    const tickets = ticketsOf(view, this.state.tab);
    if (tickets.length === 0) return html`<p class="empty">${words.t(TAB_WORDS[this.state.tab][1])}</p>`;
    const wanted = tickets.length < FIND_FROM ? '' : this.wanted.trim().toUpperCase();
    const found = tickets.filter(({ label }) => label.includes(wanted));
    if (found.length === 0) return html`<p class="empty">${words.t('counterFindNone')}</p>`;
    return html`<ul>
      ${repeat(
        found,
        ({ id }) => id,
        (ticket) => this.renderRow(view, ticket),
      )}
    </ul>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view, tab } = this.state;
    const { words } = this;
    if (view === null) return nothing;
    const hasFind = ticketsOf(view, tab).length >= FIND_FROM;
    return html`<section class="root" aria-label=${words.t('counterTabsLabel')}>
      <div role="tablist" aria-label=${words.t('counterTabsLabel')}>
        ${this.tabs.map((each) => this.renderTab(view, each))}
      </div>
      ${
        hasFind
          ? html`<div class="find">
              <input
                class="input"
                type="search"
                autocomplete="off"
                aria-label=${words.t('counterFind')}
                placeholder=${words.t('counterFind')}
                .value=${this.wanted}
                @input=${(event: Event) => (this.wanted = (event.target as HTMLInputElement).value)}
              />
            </div>`
          : nothing
      }
      <div class="scroll" id="panel" role="tabpanel" aria-labelledby="tab-${tab}" tabindex="0">
        ${this.renderPanel(view)}
      </div>
    </section>`;
  }
}

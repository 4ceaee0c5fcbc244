import type { CounterView } from '@frontdesk/protocol/queue-counter';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { Announcer, hasFocusWithin } from '../core/a11y.js';
import { baseStyles, buttonStyles } from '../core/styles.js';
import type { MenuChosenEvent, MenuItem } from '../staff/staff-menu.js';
import { scrollStyles } from '../staff/staff-styles.js';
import { deskStyles } from './counter-desk.styles.js';
import { CounterElement, SecondClock } from './counter-element.js';
import { icon } from './counter-icons.js';
import { readShortcut } from './counter-keys.js';
import { listDue } from './counter-store.js';
import type { FrontdeskCounterTicket } from './counter-ticket.js';
import { describeFailure } from './counter-words.js';

/** The whole console as a picture of its state: frame, keys, live region. It asks; the counter decides. */
export class FrontdeskCounterDesk extends CounterElement {
  static override styles = [baseStyles, buttonStyles, scrollStyles, deskStyles];

  private readonly announcer = new Announcer();
  private announcedDue = '';

  @query('frontdesk-counter-ticket') private ticketElement?: FrontdeskCounterTicket;

  /** Addresses of the other desks, for the menu. */
  @property({ attribute: false }) inboxHref: string | null = null;
  @property({ attribute: false }) settingsHref: string | null = null;

  constructor() {
    super();
    new SecondClock(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.handleShortcut);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.handleShortcut);
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.announceDue();
    const before = changed.get('state')?.view;
    const { view } = this.state;
    if (!before || !view || before.counter.id !== view.counter.id) return;
    const [was, is] = [before.current?.ticket, view.current?.ticket];
    if (was?.id === is?.id && was?.state === is?.state) return;
    if (is === undefined) this.announcer.announce(this.words.t('sayFree'));
    else
      this.announcer.announce(this.words.t(is.state === 'serving' ? 'sayServing' : 'sayCalled', { label: is.label }));
  }

  private announceDue(): void {
    const due = this.due.map(({ label }) => label).join(' ');
    if (due === this.announcedDue) return;
    this.announcedDue = due;
    if (due !== '') this.announcer.announce(this.words.t('counterDueBanner', { label: due }));
  }

  private readonly handleShortcut = (event: KeyboardEvent): void => {
    const action = readShortcut(event);
    if (action === undefined || !this.state.shortcutsOn || this.state.sheet !== null || !this.state.view) return;
    // Keys belong to the page unless the focus is here or nowhere.
    const isOurs = hasFocusWithin(this) || document.activeElement === document.body || document.activeElement === null;
    if (!isOurs) return;
    event.preventDefault();
    if (action === 'help') this.request({ type: 'show-sheet', sheet: { kind: 'help' } });
    else if (action === 'issue') this.handleIssue();
    else this.ticketElement?.press(action);
  };

  private handleIssue(): void {
    if (!this.isBlocked) this.request({ type: 'show-sheet', sheet: { kind: 'issue' } });
  }

  private handleMenu({ value }: MenuChosenEvent): void {
    switch (value) {
      case 'change':
        return this.request({ type: 'change-counter' });
      case 'close':
        return this.move({ name: 'counter:close', input: {} });
      case 'finish':
        return this.request({ type: 'finish-line', isFinishing: this.state.view?.isFinishing !== true });
      case 'issue':
        return this.handleIssue();
      case 'notice':
      case 'close-service':
      case 'help':
        return this.request({ type: 'show-sheet', sheet: { kind: value } });
      case 'sign-out':
        return this.request({ type: 'sign-out' });
    }
  }

  private get due() {
    const { view } = this.state;
    return view === null ? [] : listDue(view, this.memberId, this.nowMs);
  }

  private get canManage(): boolean {
    const role = this.session?.membership.role;
    return role === 'owner' || role === 'admin';
  }

  private listMenu(view: CounterView | null): MenuItem[] {
    const { words } = this;
    const atCounter: MenuItem[] = [];
    if (view !== null) {
      atCounter.push({ value: 'change', label: words.t('counterChange') });
      if (this.canServe) {
        atCounter.push({ value: 'issue', label: words.t('counterIssue') });
        atCounter.push({ value: 'finish', label: words.t(view.isFinishing ? 'counterFinishEnd' : 'counterFinish') });
        if (view.counter.status !== 'closed') atCounter.push({ value: 'close', label: words.t('counterClose') });
      }
      if (this.canManage) {
        atCounter.push({ value: 'notice', label: words.t('counterNotice'), separated: true });
        atCounter.push({ value: 'close-service', label: words.t('counterCloseService') });
      }
      atCounter.push({ value: 'help', label: words.t('helpTitle'), icon: 'help', separated: true });
    }
    const links: MenuItem[] = [];
    if (this.inboxHref)
      links.push({ value: 'inbox', label: words.t('inboxLabel'), icon: 'inbox', href: this.inboxHref });
    if (this.settingsHref) {
      links.push({ value: 'settings', label: words.t('settingsLabel'), icon: 'settings', href: this.settingsHref });
    }
    return [...atCounter, ...links, { value: 'sign-out', label: words.t('signOut'), icon: 'signOut' }];
  }

  private renderBar(): TemplateResult {
    const { words, session } = this;
    const { view, locations, locationId } = this.state;
    const location = locations?.find(({ id }) => id === locationId);
    return html`<div class="bar">
      <h1 dir="auto">${view === null ? words.t('counterLabel') : view.counter.label}</h1>
      <span class="bar__who" dir="auto"
        >${[location?.name, session?.user.name].filter((part) => part !== undefined).join(' · ')}</span
      >
      <span class="spacer"></span>
      ${
        view !== null && this.canServe
          ? html`<button
              class="button button--small bar__issue"
              type="button"
              aria-disabled=${String(this.isBlocked)}
              @click=${this.handleIssue}
            >
              ${icon('issue', 'small')} ${words.t('counterIssue')}
            </button>`
          : nothing
      }
      <frontdesk-staff-menu
        align="end"
        .words=${words}
        .label=${words.t('counterMenu')}
        .look=${'icon-button'}
        .items=${this.listMenu(view)}
        @menu-chosen=${this.handleMenu}
        >${icon('more')}</frontdesk-staff-menu
      >
    </div>`;
  }

  private renderStrips(view: CounterView | null): unknown {
    const { words, state } = this;
    const { link } = state;
    const taken =
      view !== null && view.counter.staff !== null && view.counter.staff.id !== this.memberId && this.canServe;
    const isLost = link === 'lost' || link === 'refused';
    return html`${isLost ? this.renderStrip('', 'offline', words.t('counterLost'), 'alert') : nothing}
    ${this.canServe ? nothing : this.renderStrip('strip--info', 'lock', words.t('counterReadOnly'))}
    ${
      taken && view.counter.status !== 'closed'
        ? this.renderStrip(
            'strip--info',
            'user',
            words.t('counterTaken', { name: view.counter.staff?.name ?? '' }),
            'status',
            html`<button
              class="button button--small"
              type="button"
              aria-disabled=${String(this.isBlocked)}
              @click=${() => this.move({ name: 'counter:open', input: {} })}
            >
              ${words.t('counterSit')}
            </button>`,
          )
        : nothing
    }
    ${view?.isFinishing ? this.renderStrip('strip--info', 'clock', this.describeFinishing(view)) : nothing}
    ${this.renderDue()} ${this.renderFailure()}`;
  }

  private describeFinishing({ line }: CounterView): string {
    return line.length === 0
      ? this.words.t('counterFinished')
      : this.words.t('counterFinishing', { count: line.length });
  }

  private renderStrip(
    look: string,
    name: Parameters<typeof icon>[0],
    text: string,
    role: 'status' | 'alert' = 'status',
    action: unknown = nothing,
  ): TemplateResult {
    return html`<div class="strip ${look}" role=${role}>${icon(name, 'small')} <span>${text}</span> ${action}</div>`;
  }

  private renderDue(): unknown {
    const { words, due } = this;
    const [first] = due;
    if (first === undefined) return nothing;
    const text =
      due.length === 1
        ? words.t('counterDueBanner', { label: first.label })
        : words.t('counterDueMany', { count: due.length });
    const canCall = due.length === 1 && this.state.view?.current === null;
    const call = (): void => this.move({ name: 'ticket:call-held', input: { ticketId: first.id } });
    const show = (): void => this.request({ type: 'show-tab', tab: 'held' });
    return html`<div class="strip">
      ${icon('hold', 'small')} <span>${text}</span>
      <button class="button button--small" type="button" @click=${canCall ? call : show}>
        ${words.t(canCall ? 'counterCall' : 'counterTabHeld')}
      </button>
    </div>`;
  }

  private renderFailure(): unknown {
    const { failure } = this.state;
    if (failure === null) return nothing;
    const close = html`<button
      class="icon-button icon-button--small"
      type="button"
      aria-label=${this.words.t('close')}
      @click=${() => this.request({ type: 'dismiss-failure' })}
    >
      ${icon('close', 'small')}
    </button>`;
    return this.renderStrip('strip--danger', 'failed', describeFailure(this.words, failure), 'alert', close);
  }

  private renderConsole(): TemplateResult {
    const { words, state, session } = this;
    return html`<div class="columns">
      <div class="column scroll">
        <frontdesk-counter-ticket
          .words=${words}
          .state=${state}
          .session=${session}
          .showsKeys=${state.shortcutsOn}
        ></frontdesk-counter-ticket>
        <frontdesk-counter-overview .words=${words} .state=${state} .session=${session}></frontdesk-counter-overview>
      </div>
      <div class="column column--lists">
        <frontdesk-counter-lists .words=${words} .state=${state} .session=${session}></frontdesk-counter-lists>
      </div>
    </div>`;
  }

  private renderPicker(): TemplateResult {
    return html`<div class="pick scroll">
      <frontdesk-counter-picker
        .words=${this.words}
        .state=${this.state}
        .session=${this.session}
      ></frontdesk-counter-picker>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { state, words, session } = this;
    return html`<div class="root">
      ${this.renderBar()} ${this.renderStrips(state.view)}
      ${state.counterId === null ? this.renderPicker() : this.renderConsole()}
      <frontdesk-counter-sheet .words=${words} .state=${state} .session=${session}></frontdesk-counter-sheet>
      ${this.announcer.element}
    </div>`;
  }
}

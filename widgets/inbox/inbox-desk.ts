import type { SessionDto } from '@frontdesk/protocol/auth';
import type { ConversationId } from '@frontdesk/protocol/ids';
import type { Availability } from '@frontdesk/protocol/vocabulary';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { Announcer, hasFocusWithin } from '../core/a11y.js';
import { baseStyles, buttonStyles, surfaceStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import type { MenuChosenEvent } from '../staff/staff-menu.js';
import { describeError } from '../staff/words.js';
import type { FrontdeskInboxDetails } from './inbox-details.js';
import { deskStyles } from './inbox-desk.styles.js';
import { InboxRequestEvent } from './inbox-events.js';
import { isEditing, readShortcut, type ShortcutAction } from './inbox-keys.js';
import { layoutFor, type Layout } from './inbox-layout.js';
import type { FrontdeskInboxList } from './inbox-list.js';
import { composerOf, countArrivals, INITIAL_INBOX, neighbourOf, type InboxState } from './inbox-store.js';
import type { FrontdeskInboxThread } from './inbox-thread.js';
import { initialsOf, PRESENCE_MESSAGES, VIEW_MESSAGES } from './inbox-words.js';

/** News is said at most this often, as one sum. */
const ANNOUNCE_AFTER_MS = 1_500;

export type DeskSession = Pick<SessionDto, 'user' | 'membership' | 'tenant'>;

/** The whole inbox as a picture of its state: layout, keyboard, live region. It asks; the inbox decides. */
export class FrontdeskInboxDesk extends StaffElement {
  static override styles = [baseStyles, buttonStyles, surfaceStyles, deskStyles];

  private readonly announcer = new Announcer();
  private announceTimer: ReturnType<typeof setTimeout> | undefined;
  private arrivals = 0;
  private resizeObserver: ResizeObserver | null = null;

  @query('frontdesk-inbox-list') private listElement?: FrontdeskInboxList;
  @query('frontdesk-inbox-details') private detailsElement?: FrontdeskInboxDetails;
  @query('frontdesk-inbox-thread') private threadElement?: FrontdeskInboxThread;

  @state() private layout: Layout = layoutFor(1280);

  @property({ attribute: false }) state: InboxState = INITIAL_INBOX;
  @property({ attribute: false }) session: DeskSession | null = null;
  /** Address of the settings. */
  @property({ attribute: false }) settingsHref: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.handleShortcut);
    this.resizeObserver = new ResizeObserver(([entry]) => {
      const layout = layoutFor(entry?.contentRect.width ?? 0);
      if (layout.name !== this.layout.name) this.layout = layout;
    });
    this.resizeObserver.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.handleShortcut);
    clearTimeout(this.announceTimer);
    this.resizeObserver?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const previous = changed.get('state');
    if (previous === undefined || previous.list === this.state.list) return;
    this.arrivals += countArrivals(previous.list, this.state.list);
    if (this.arrivals > 0 && this.announceTimer === undefined) {
      this.announceTimer = setTimeout(() => this.announceArrivals(), ANNOUNCE_AFTER_MS);
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    const previous = changed.get('state');
    if (previous === undefined || previous.pane === this.state.pane) return;
    const { pane } = this.state;
    const { panes } = this.layout;
    // Where one pane covers another, the old place of the focus is gone; a screen reader must hear where it is now.
    const isCovered = panes === 1 || (panes === 2 && (pane === 'details' || previous.pane === 'details'));
    if (!isCovered) return;
    if (pane === 'details') void this.detailsElement?.updateComplete.then(() => this.detailsElement?.focusHeading());
    if (pane === 'thread') void this.threadElement?.updateComplete.then(() => this.threadElement?.focusHeading());
    if (pane === 'list') void this.listElement?.updateComplete.then(() => this.listElement?.focusRows());
  }

  private readonly handleShortcut = (event: KeyboardEvent): void => {
    const action = readShortcut(event);
    if (action === undefined) return;
    // Keys belong to the page unless the focus is here or nowhere.
    const isOurs = hasFocusWithin(this) || document.activeElement === document.body || document.activeElement === null;
    if (!isOurs || this.state.helpOpen || (!this.state.shortcutsOn && action !== 'back')) return;
    if (this.runShortcut(action, event)) event.preventDefault();
  };

  private runShortcut(action: ShortcutAction, event: KeyboardEvent): boolean {
    const { state } = this;
    switch (action) {
      case 'next':
      case 'previous': {
        const id = neighbourOf(state, action === 'next' ? 1 : -1);
        if (id !== null) this.request({ type: 'open', conversationId: id });
        return id !== null;
      }
      case 'filter':
        this.listElement?.focusFilter();
        return true;
      case 'help':
        this.request({ type: 'toggle-help', open: true });
        return true;
      case 'back':
        return this.goBack(event);
      default:
        return this.runThreadShortcut(action);
    }
  }

  private runThreadShortcut(action: 'reply' | 'note' | 'resolve' | 'assign'): boolean {
    const conversation = this.state.thread?.conversation ?? null;
    if (conversation === null || this.isReadOnly) return false;
    if (action === 'reply' || action === 'note') {
      this.request({ type: 'choose-mode', mode: action });
      void this.updateComplete.then(() => this.threadElement?.focusComposer());
    } else if (action === 'assign') {
      // One key takes it; pressed again on one's own, it asks whom to give it to.
      const myId = this.session?.membership.id;
      if (myId === undefined || conversation.assigneeId === myId) this.threadElement?.openAssign();
      else this.request({ type: 'change', set: { assigneeId: myId } });
    } else {
      const isOpen = conversation.status === 'open' || conversation.status === 'snoozed';
      this.request({ type: 'change', set: { status: isOpen ? 'resolved' : 'open' } });
    }
    return true;
  }

  /** One step out: a field, then the details, then the thread. */
  private goBack(event: KeyboardEvent): boolean {
    const origin = event.composedPath()[0];
    if (isEditing(origin)) {
      (origin as HTMLElement).blur();
      return true;
    }
    if (this.state.pane === 'details' && this.layout.panes < 3) {
      this.request({ type: 'show-pane', pane: 'thread' });
      return true;
    }
    if (this.state.selectedId === null) return false;
    this.request({ type: 'open', conversationId: null });
    return true;
  }

  private get isReadOnly(): boolean {
    return this.session?.membership.role === 'viewer';
  }

  /** Without a website nobody can write, so an owner's empty inbox leads there. */
  private get firstSiteHref(): string | null {
    const { members, inboxes } = this.state;
    const role = this.session?.membership.role;
    const canAdd = role === 'owner' || role === 'admin';
    // The team is never empty: once it is known, so are the inboxes.
    return canAdd && members.length > 0 && inboxes.length === 0 ? this.settingsHref : null;
  }

  private get availability(): Availability {
    return this.state.members.find(({ self }) => self)?.availability ?? 'online';
  }

  private handleAccount(event: MenuChosenEvent): void {
    const { value } = event;
    if (value === 'online' || value === 'away') this.request({ type: 'set-presence', availability: value });
    else if (value === 'help') this.request({ type: 'toggle-help', open: true });
    else if (value === 'sign-out') this.request({ type: 'sign-out' });
  }

  private announceArrivals(): void {
    this.announceTimer = undefined;
    if (this.arrivals > 0) this.announcer.announce(this.words.t('listNew', { count: this.arrivals }));
    this.arrivals = 0;
  }

  private request(request: InboxRequestEvent['request']): void {
    this.dispatchEvent(new InboxRequestEvent(request));
  }

  private renderAccount(wide: boolean): TemplateResult | typeof nothing {
    const { session, words, availability } = this;
    if (session === null) return nothing;
    const isOnline = availability === 'online';
    return html`<frontdesk-staff-menu
      align=${wide ? 'start' : 'end'}
      ?wide=${wide}
      .words=${words}
      .label=${`${words.t('menuAccount')}: ${words.t(PRESENCE_MESSAGES[availability])}`}
      .look=${wide ? 'button button--quiet button--account' : 'icon-button'}
      .items=${[
        { value: 'online', label: words.t('presenceOnline'), checked: isOnline },
        { value: 'away', label: words.t('presenceAway'), checked: !isOnline },
        { value: 'help', label: words.t('helpTitle'), icon: 'help' as const, separated: true },
        ...(this.settingsHref === null
          ? []
          : [
              {
                value: 'settings',
                label: words.t('settingsLabel'),
                icon: 'settings' as const,
                href: this.settingsHref,
              },
            ]),
        { value: 'sign-out', label: words.t('signOut'), icon: 'signOut' as const },
      ]}
      @menu-chosen=${this.handleAccount}
    >
      <span class="avatar me" aria-hidden="true"
        >${initialsOf(session.user.name)}<span class=${isOnline ? 'lamp lamp--on' : 'lamp'}></span
      ></span>
      ${
        wide
          ? html`<span class="me__text"
              ><span class="me__name" dir="auto">${session.user.name}</span
              ><span class="muted">${words.t(PRESENCE_MESSAGES[availability])}</span></span
            >`
          : nothing
      }
    </frontdesk-staff-menu>`;
  }

  private renderViews(layout: 'rail' | 'menu'): TemplateResult {
    const { list } = this.state;
    return html`<frontdesk-inbox-views
      .words=${this.words}
      .layout=${layout}
      .view=${list.view}
      .counts=${list.counts}
    ></frontdesk-inbox-views>`;
  }

  private renderRail(): TemplateResult {
    return html`<div class="pane rail">
      <div class="rail__head" dir="auto">${this.session?.tenant.name}</div>
      <div class="rail__views">${this.renderViews('rail')}</div>
      <div class="rail__me">${this.renderAccount(true)}</div>
    </div>`;
  }

  private renderListPane(): TemplateResult {
    const { state, words } = this;
    return html`<div class="pane list">
      <div class="list__head">${this.renderListTitle()}</div>
      <frontdesk-inbox-list
        .words=${words}
        .list=${state.list}
        .filter=${state.filter}
        .density=${state.density}
        .selectedId=${state.selectedId}
        .unsent=${state.unsent}
        .firstSiteHref=${this.firstSiteHref}
        .members=${state.members}
      ></frontdesk-inbox-list>
    </div>`;
  }

  private renderListTitle(): TemplateResult {
    if (this.layout.hasRail) {
      return html`<h1 class="list__title">${this.words.t(VIEW_MESSAGES[this.state.list.view])}</h1>`;
    }
    return html`${this.renderViews('menu')}<span class="spacer"></span>${this.renderAccount(false)}`;
  }

  private renderThreadPane(): TemplateResult {
    const { state, words, layout } = this;
    return html`<div class="pane thread">
      <frontdesk-inbox-thread
        .words=${words}
        .conversationId=${state.selectedId}
        .thread=${state.thread}
        .composer=${composerOf(state, state.selectedId ?? ('' as ConversationId))}
        .conflict=${state.conflict}
        .unreadAfter=${state.unreadAfter}
        .members=${state.members}
        .teams=${state.teams}
        .readOnly=${this.isReadOnly}
        .narrow=${layout.panes === 1}
        .detailsHidden=${layout.panes < 3}
      ></frontdesk-inbox-thread>
    </div>`;
  }

  private renderDetailsPane(): TemplateResult | typeof nothing {
    const { state, layout, words } = this;
    const conversation = state.thread?.conversation ?? null;
    if (conversation === null || (layout.panes < 3 && state.pane !== 'details')) return nothing;
    return html`<div class="pane details">
      <frontdesk-inbox-details
        .words=${words}
        .conversation=${conversation}
        .inboxes=${state.inboxes}
        .readOnly=${this.isReadOnly}
        .closable=${layout.panes < 3}
      ></frontdesk-inbox-details>
    </div>`;
  }

  private renderStrip(): TemplateResult | typeof nothing {
    const { connection } = this.state;
    if (connection !== 'offline' && connection !== 'refused') return nothing;
    return html`<div class="strip" role="status">
      ${icon('offline', 'small')} ${this.words.t('connectionOffline')}
    </div>`;
  }

  private renderFailure(): TemplateResult | typeof nothing {
    const { failure } = this.state;
    if (failure === null) return nothing;
    return html`<div class="notice notice--danger toast" role="alert">
      ${icon('failed', 'small')} <span>${describeError(this.words, failure)}</span>
      <button
        class="icon-button icon-button--small"
        type="button"
        aria-label=${this.words.t('close')}
        @click=${() => this.request({ type: 'dismiss-failure' })}
      >
        ${icon('close', 'small')}
      </button>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { state, layout, words } = this;
    return html`<div class="root" data-layout=${layout.name} data-pane=${state.pane}>
      ${this.renderStrip()}
      <div class="panes">
        ${layout.hasRail ? this.renderRail() : nothing} ${this.renderListPane()} ${this.renderThreadPane()}
        ${this.renderDetailsPane()}
      </div>
      ${this.renderFailure()}
      <frontdesk-inbox-help
        .words=${words}
        .open=${state.helpOpen}
        .shortcutsOn=${state.shortcutsOn}
      ></frontdesk-inbox-help>
      ${this.announcer.element}
    </div>`;
  }
}

import type { SessionDto } from '@frontdesk/protocol/auth';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state as internal } from 'lit/decorators.js';
import { baseStyles, buttonStyles } from '../core/styles.js';
import { emptyStyles } from '../staff/staff-styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon, type IconName } from '../staff/staff-icons.js';
import type { StaffMessageKey } from '../staff/words.js';
import { SettingsRequestEvent } from './settings-events.js';
import type { SetupLink } from './setup/setup-link.js';
import {
  INITIAL_SETTINGS,
  groupOf,
  pagesFor,
  type PageGroup,
  type SettingsPage,
  type SettingsState,
} from './settings-store.js';

export type SettingsSession = Pick<SessionDto, 'user' | 'membership' | 'tenant'>;

const PAGES: Readonly<Record<SettingsPage, readonly [message: StaffMessageKey, icon: IconName]>> = {
  sites: ['pageSites', 'globe'],
  team: ['pageTeam', 'users'],
  account: ['pageAccount', 'account'],
  business: ['pageBusiness', 'business'],
  today: ['pageToday', 'clock'],
  locations: ['pageLocations', 'flag'],
  services: ['pageServices', 'tag'],
  counters: ['pageCounters', 'user'],
  rules: ['pageRules', 'assign'],
  devices: ['pageDevices', 'panel'],
  reports: ['pageReports', 'rows'],
  audit: ['pageAudit', 'search'],
  privacy: ['pagePrivacy', 'lock'],
  appointments: ['pageAppointments', 'tag'],
  people: ['pagePeople', 'users'],
  rooms: ['pageRooms', 'flag'],
  tags: ['pageTags', 'globe'],
  retention: ['pageRetention', 'lock'],
  cards: ['pageCards', 'account'],
};

const GROUPS: readonly (readonly [group: PageGroup, message: StaffMessageKey])[] = [
  ['queue', 'pagesQueue'],
  ['booking', 'pagesBooking'],
  ['cards', 'pagesCards'],
];
const fetchGroup: Readonly<Record<PageGroup, () => Promise<unknown>>> = {
  queue: () => import('./queue/define.js'),
  booking: () => import('./booking/define.js'),
  cards: () => import('./cards/define.js'),
};

/** The settings as a picture of their state: navigation and the open page. */
export class FrontdeskSettingsDesk extends StaffElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    emptyStyles,
    css`
      :host {
        block-size: 100%;
        min-block-size: 0;
      }
      /* Positioned, so that what is hidden for the eye scrolls with it and does not lengthen the page around. */
      .root {
        position: relative;
        block-size: 100%;
        overflow: auto;
        background: var(--frontdesk-surface-sunken);
        /* The browser's own pickers inside follow the theme. */
        color-scheme: inherit;
        container-type: inline-size;
        scrollbar-width: thin;
      }
      .columns {
        display: grid;
        grid-template-columns: 200px minmax(0, 760px);
        gap: 40px;
        justify-content: center;
        padding: 32px 32px 48px;
      }
      nav {
        display: grid;
        gap: 2px;
        align-content: start;
        position: sticky;
        inset-block-start: 32px;
        align-self: start;
      }
      .business {
        padding: 0 12px 12px;
        font-weight: 600;
      }
      .group {
        padding-block: 20px 4px;
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
      }
      .link {
        appearance: none;
        display: flex;
        gap: 12px;
        align-items: center;
        min-block-size: 40px;
        padding: 6px 12px;
        border: 0;
        border-radius: var(--frontdesk-radius-control);
        background: none;
        color: var(--frontdesk-text-muted);
        text-align: start;
        text-decoration: none;
        white-space: nowrap;
        cursor: pointer;
      }
      .link:hover {
        background: var(--frontdesk-surface-hover);
        color: var(--frontdesk-text);
      }
      .link[aria-current='page'] {
        background: var(--frontdesk-neutral-4);
        color: var(--frontdesk-text);
        font-weight: 600;
      }
      .link .icon {
        inline-size: 18px;
        block-size: 18px;
      }
      @container (inline-size < 800px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
          gap: 20px;
          padding: 16px 16px 40px;
        }
        nav {
          position: static;
          display: flex;
          overflow-x: auto;
          scrollbar-width: none;
        }
        .link {
          min-block-size: 44px;
        }
        .business {
          display: none;
        }
      }
      @container (inline-size < 520px) {
        .link {
          padding-inline: 10px;
        }
        .link .icon {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) state: SettingsState = INITIAL_SETTINGS;
  @property({ attribute: false }) session: SettingsSession | null = null;
  @property() serverUrl = '';
  /** The server as the pages ask it on which the business is set up. */
  @property({ attribute: false }) setupLink: SetupLink | null = null;
  /** Address of the inbox. */
  @property({ attribute: false }) inboxHref: string | null = null;

  /** Groups of pages are fetched when the first of each is opened; nobody else pays for them. */
  @internal() private code: Readonly<Partial<Record<PageGroup, 'coming' | 'here' | 'failed'>>> = {};

  protected override willUpdate(changed: PropertyValues<this>): void {
    const group = groupOf(this.state.page);
    if (changed.has('state') && group !== null && this.code[group] === undefined) void this.fetchCode(group);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('state') || changed.get('state')?.page === this.state.page) return;
    // On a phone the pages stand in a line that is longer than the screen.
    this.renderRoot.querySelector('[aria-current=page]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }

  private async fetchCode(group: PageGroup): Promise<void> {
    this.code = { ...this.code, [group]: 'coming' };
    try {
      await fetchGroup[group]();
      this.code = { ...this.code, [group]: 'here' };
    } catch {
      this.code = { ...this.code, [group]: 'failed' };
    }
  }

  private renderGroup(group: PageGroup, page: SettingsPage, session: SettingsSession): TemplateResult {
    const { words, setupLink: link } = this;
    const { role } = session.membership;
    if (this.code[group] === 'failed') {
      return html`<div class="empty" role="alert">
        ${icon('offline')}
        <h2>${words.t('settingsFailedTitle')}</h2>
        <button class="button button--small" type="button" @click=${() => this.fetchCode(group)}>
          ${words.t('tryAgain')}
        </button>
      </div>`;
    }
    if (this.code[group] !== 'here') {
      return html`<div role="status"><span class="visually-hidden">${words.t('loading')}</span></div>`;
    }
    switch (group) {
      case 'queue':
        return html`<frontdesk-settings-queue
          .link=${link}
          .page=${page}
          .memberRole=${role}
          .locale=${words.locale}
        ></frontdesk-settings-queue>`;
      case 'cards':
        return html`<frontdesk-settings-cards
          .link=${link}
          .page=${page}
          .memberRole=${role}
          .locale=${words.locale}
          .serverUrl=${this.serverUrl}
        ></frontdesk-settings-cards>`;
      case 'booking':
        return html`<frontdesk-settings-booking
          .link=${link}
          .page=${page}
          .memberRole=${role}
          .locale=${words.locale}
          .serverUrl=${this.serverUrl}
        ></frontdesk-settings-booking>`;
    }
  }

  private renderLink(page: SettingsPage, current: SettingsPage): TemplateResult {
    const [message, iconName] = PAGES[page];
    return html`<button
      class="link"
      type="button"
      aria-current=${page === current ? 'page' : nothing}
      @click=${() => this.dispatchEvent(new SettingsRequestEvent({ type: 'show-page', page }))}
    >
      ${icon(iconName)} ${this.words.t(message)}
    </button>`;
  }

  private renderPage(page: SettingsPage, session: SettingsSession): TemplateResult {
    const { words, state } = this;
    const { role } = session.membership;
    const group = groupOf(page);
    if (group !== null) return this.renderGroup(group, page, session);
    switch (page) {
      case 'sites':
        return html`<frontdesk-settings-sites
          .words=${words}
          .state=${state}
          .memberRole=${role}
          .serverUrl=${this.serverUrl}
        ></frontdesk-settings-sites>`;
      case 'team':
        return html`<frontdesk-settings-team
          .words=${words}
          .state=${state}
          .memberRole=${role}
        ></frontdesk-settings-team>`;
      case 'account':
        return html`<frontdesk-settings-account
          .words=${words}
          .state=${state}
          .memberRole=${role}
          .userName=${session.user.name}
          .email=${session.user.email}
          .hasPassword=${session.user.hasPassword}
        ></frontdesk-settings-account>`;
      default:
        return html`<frontdesk-settings-business
          .words=${words}
          .state=${state}
          .memberRole=${role}
        ></frontdesk-settings-business>`;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, state } = this;
    if (session === null) return nothing;
    const pages = pagesFor(session.membership.role);
    const page = pages.includes(state.page) ? state.page : (pages[0] ?? 'account');
    return html`<div class="root">
      <div class="columns">
        <nav aria-label=${this.words.t('settingsLabel')}>
          <div class="business" dir="auto">${state.tenant.data?.name ?? session.tenant.name}</div>
          ${
            this.inboxHref === null
              ? nothing
              : html`<a class="link" href=${this.inboxHref}>${icon('inbox')} ${this.words.t('inboxLabel')}</a>`
          }
          ${pages.filter((each) => groupOf(each) === null).map((each) => this.renderLink(each, page))}
          ${GROUPS.map(
            ([group, message]) =>
              html`<div class="business group">${this.words.t(message)}</div>
                ${pages.filter((each) => groupOf(each) === group).map((each) => this.renderLink(each, page))}`,
          )}
        </nav>
        <div>${this.renderPage(page, session)}</div>
      </div>
    </div>`;
  }
}

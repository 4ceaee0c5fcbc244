import type { StaffConversationDto } from '@frontdesk/protocol/chat';
import type { MemberDto, TeamDto } from '@frontdesk/protocol/tenancy';
import { PRIORITIES, type Priority } from '@frontdesk/protocol/vocabulary';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { baseStyles, buttonStyles, surfaceStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import type { FrontdeskStaffMenu, MenuChosenEvent, MenuItem } from '../staff/staff-menu.js';
import { InboxRequestEvent } from './inbox-events.js';
import type { ConversationChange } from './inbox-store.js';
import {
  initialsOf,
  nameContact,
  nameMember,
  PRESENCE_MESSAGES,
  PRIORITY_MESSAGES,
  STATUS_MESSAGES,
} from './inbox-words.js';

const NOBODY = 'nobody';
const TEAM_PREFIX = 'team:';
const PRIORITY_PREFIX = 'priority:';
const DETAILS = 'details';

/** Who it is, and what can be done with the conversation. */
export class FrontdeskInboxThreadHeader extends StaffElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    surfaceStyles,
    css`
      .root {
        display: flex;
        gap: 8px 12px;
        align-items: center;
        min-block-size: 64px;
        padding: 8px 16px;
        border-block-end: 1px solid var(--frontdesk-line);
        background: var(--frontdesk-surface);
        container-type: inline-size;
      }
      .who {
        display: grid;
        flex: 1;
        min-inline-size: 0;
        line-height: 1.3;
      }
      h2 {
        overflow: hidden;
        font-size: var(--frontdesk-size-16);
        text-overflow: ellipsis;
        white-space: nowrap;
        outline: none;
      }
      .sub {
        display: flex;
        gap: 6px;
        align-items: center;
        overflow: hidden;
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
        white-space: nowrap;
      }
      .sub > span {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .sub > .verified {
        display: inline-flex;
        flex: none;
        color: var(--frontdesk-success);
      }
      .actions {
        display: flex;
        flex: none;
        gap: 6px;
        align-items: center;
      }
      .assignee {
        overflow: hidden;
        max-inline-size: 120px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .button {
        white-space: nowrap;
      }
      .back {
        display: none;
        margin-inline-start: -12px;
      }
      :host([narrow]) .back {
        display: inline-flex;
      }
      :host([narrow]) .root {
        padding-inline: 16px 8px;
      }
      :host([narrow]) .avatar {
        display: none;
      }
      .details {
        display: none;
      }
      :host([details-hidden]:not([narrow])) .details,
      :host([details-hidden]) .details--alone {
        display: inline-flex;
      }
      .flag {
        display: inline-flex;
      }
      .flag--high {
        color: var(--frontdesk-warning);
      }
      .flag--urgent {
        color: var(--frontdesk-danger);
      }
      @container (inline-size < 520px) {
        .word {
          display: none;
        }
        .assignee {
          position: absolute;
          inline-size: 1px;
          block-size: 1px;
          clip-path: inset(50%);
        }
      }
    `,
  ];

  @query('#assign') private assignMenu?: FrontdeskStaffMenu;
  @query('h2') private heading?: HTMLElement;

  @property({ attribute: false }) conversation: StaffConversationDto | null = null;
  @property({ attribute: false }) members: readonly MemberDto[] = [];
  @property({ attribute: false }) teams: readonly TeamDto[] = [];
  @property({ type: Boolean }) readOnly = false;
  /** The list is on another screen: offer the way back. */
  @property({ type: Boolean, reflect: true }) narrow = false;
  /** The details pane is not beside the thread: offer to show it. */
  @property({ type: Boolean, reflect: true, attribute: 'details-hidden' }) detailsHidden = false;

  private handleAssign(event: MenuChosenEvent): void {
    this.change({ assigneeId: event.value === NOBODY ? null : event.value });
  }

  private handlePriority(event: MenuChosenEvent): void {
    this.change({ priority: event.value as Priority });
  }

  private handleMore(event: MenuChosenEvent): void {
    const { value } = event;
    if (value === DETAILS) this.dispatchEvent(new InboxRequestEvent({ type: 'show-pane', pane: 'details' }));
    else if (value === 'spam') this.change({ status: 'spam' });
    else if (value.startsWith(PRIORITY_PREFIX)) {
      this.change({ priority: value.slice(PRIORITY_PREFIX.length) as Priority });
    } else if (value === TEAM_PREFIX) this.change({ teamId: null });
    else if (value.startsWith(TEAM_PREFIX)) this.change({ teamId: value.slice(TEAM_PREFIX.length) });
  }

  private change(set: ConversationChange): void {
    this.dispatchEvent(new InboxRequestEvent({ type: 'change', set }));
  }

  /** Opens the menu of people to assign to. */
  openAssign(): void {
    this.assignMenu?.open();
  }

  /** Moves the focus to the name, so that a screen reader says which thread this is. */
  focusHeading(): void {
    this.heading?.focus();
  }

  private assignItems(conversation: StaffConversationDto): MenuItem[] {
    const { words } = this;
    const members = [...this.members]
      .filter(({ disabled, role }) => !disabled && role !== 'viewer')
      .sort((a, b) => Number(b.self) - Number(a.self) || a.name.localeCompare(b.name));
    return [
      ...members.map((member) => ({
        value: member.id,
        label: member.self ? words.t('assignMe') : member.name,
        checked: member.id === conversation.assigneeId,
        ...(member.availability === 'online' ? {} : { note: words.t(PRESENCE_MESSAGES[member.availability]) }),
      })),
      { value: NOBODY, label: words.t('assignNobody'), checked: conversation.assigneeId === null, separated: true },
    ];
  }

  private moreItems(conversation: StaffConversationDto): MenuItem[] {
    const { words } = this;
    const groups: MenuItem[][] = [[], [], [], []];
    const [details = [], priorities = [], teams = [], spam = []] = groups;
    if (this.narrow) {
      // A phone has room for three actions; the rest stand in here.
      details.push({ value: DETAILS, label: words.t('showDetails'), icon: 'panel' });
      for (const { value, label, checked } of this.priorityItems(conversation)) {
        priorities.push({ value: PRIORITY_PREFIX + value, label, icon: 'flag', checked: checked === true });
      }
    }
    if (this.teams.length > 0) {
      const choices = [...this.teams, { id: null, name: words.t('teamNone') }];
      for (const { id, name } of choices) {
        teams.push({
          value: TEAM_PREFIX + (id ?? ''),
          label: name,
          icon: 'users',
          checked: id === conversation.teamId,
        });
      }
    }
    if (conversation.status !== 'spam') {
      spam.push({ value: 'spam', label: words.t('markSpam'), icon: 'spam', danger: true });
    }
    return groups
      .filter((group) => group.length > 0)
      .flatMap((group, index) => group.map((item, place) => ({ ...item, separated: index > 0 && place === 0 })));
  }

  private priorityItems(conversation: StaffConversationDto): MenuItem[] {
    return PRIORITIES.map((value) => ({
      value,
      label: this.words.t(PRIORITY_MESSAGES[value]),
      checked: value === conversation.priority,
    }));
  }

  private renderAssign(conversation: StaffConversationDto): TemplateResult {
    const { words } = this;
    const name = nameMember(words, this.members, conversation.assigneeId);
    return html`<frontdesk-staff-menu
      id="assign"
      align="end"
      .words=${words}
      .label=${words.t('assignLabel')}
      .leadIn=${name === null ? '' : words.t('assignedTo')}
      .look=${'button button--small'}
      .items=${this.assignItems(conversation)}
      @menu-chosen=${this.handleAssign}
    >
      ${icon(name === null ? 'userPlus' : 'assign', 'small')}
      <span class="assignee" dir="auto">${name ?? words.t('assignLabel')}</span>
    </frontdesk-staff-menu>`;
  }

  private renderStatus(conversation: StaffConversationDto): TemplateResult {
    const { words } = this;
    const isOpen = conversation.status === 'open' || conversation.status === 'snoozed';
    const label = isOpen ? words.t('resolve') : conversation.status === 'spam' ? words.t('notSpam') : words.t('reopen');
    return html`<button
      class=${isOpen ? 'button button--small button--primary' : 'button button--small'}
      type="button"
      aria-label=${label}
      title=${label}
      @click=${() => this.change({ status: isOpen ? 'resolved' : 'open' })}
    >
      ${icon(isOpen ? 'check' : 'reopen', 'small')} <span class="word">${label}</span>
    </button>`;
  }

  private renderPriority(conversation: StaffConversationDto): TemplateResult {
    const { words } = this;
    return html`<frontdesk-staff-menu
      align="end"
      .words=${words}
      .label=${`${words.t('priorityLabel')}: ${words.t(PRIORITY_MESSAGES[conversation.priority])}`}
      .look=${'icon-button icon-button--small'}
      .items=${this.priorityItems(conversation)}
      @menu-chosen=${this.handlePriority}
      ><span class="flag flag--${conversation.priority}">${icon('flag', 'small')}</span></frontdesk-staff-menu
    >`;
  }

  private renderMore(conversation: StaffConversationDto): TemplateResult | typeof nothing {
    const items = this.moreItems(conversation);
    if (items.length === 0) return nothing;
    return html`<frontdesk-staff-menu
      align="end"
      .words=${this.words}
      .label=${this.words.t('moreActions')}
      .look=${'icon-button icon-button--small'}
      .items=${items}
      @menu-chosen=${this.handleMore}
      >${icon('more', 'small')}</frontdesk-staff-menu
    >`;
  }

  private renderActions(conversation: StaffConversationDto): TemplateResult {
    return html`${this.renderAssign(conversation)} ${this.narrow ? nothing : this.renderPriority(conversation)}
    ${this.renderMore(conversation)} ${this.renderStatus(conversation)}`;
  }

  private renderSub(conversation: StaffConversationDto): TemplateResult {
    const { words } = this;
    const { contact } = conversation;
    const parts = [
      contact.name === null ? null : contact.email,
      conversation.status === 'open' ? null : words.t(STATUS_MESSAGES[conversation.status]),
      contact.page.title ?? contact.page.url,
    ].filter((part) => part !== null);
    return html`<div class="sub">
      ${
        contact.verified
          ? html`<span class="verified" role="img" aria-label=${words.t('verified')} title=${words.t('verified')}
              >${icon('verified', 'small')}</span
            >`
          : nothing
      }
      <span dir="auto">${parts.join(' · ')}</span>
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { conversation, words } = this;
    if (conversation === null) return nothing;
    const name = nameContact(words, conversation.contact);
    return html`<header class="root">
      <button
        class="icon-button back"
        type="button"
        aria-label=${words.t('backToList')}
        @click=${() => this.dispatchEvent(new InboxRequestEvent({ type: 'open', conversationId: null }))}
      >
        ${icon('back')}
      </button>
      <span class="avatar" aria-hidden="true">${initialsOf(name)}</span>
      <div class="who">
        <h2 tabindex="-1" dir="auto">${name}</h2>
        ${this.renderSub(conversation)}
      </div>
      <div class="actions" role="group" aria-label=${words.t('actionsLabel')}>
        ${this.readOnly ? nothing : this.renderActions(conversation)}
        <button
          class=${this.readOnly ? 'icon-button icon-button--small details--alone details' : 'icon-button icon-button--small details'}
          type="button"
          aria-label=${words.t('showDetails')}
          title=${words.t('showDetails')}
          @click=${() => this.dispatchEvent(new InboxRequestEvent({ type: 'show-pane', pane: 'details' }))}
        >
          ${icon('panel', 'small')}
        </button>
      </div>
    </header>`;
  }
}

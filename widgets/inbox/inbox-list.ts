import type { StaffConversationDto } from '@frontdesk/protocol/chat';
import type { ConversationId } from '@frontdesk/protocol/ids';
import type { MemberDto } from '@frontdesk/protocol/tenancy';
import type { ListView } from '@frontdesk/protocol/vocabulary';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { StaffListState } from '../core/client/staff-types.js';
import { nextRovingIndex } from '../core/a11y.js';
import { baseStyles, buttonStyles, inputStyles } from '../core/styles.js';
import { MinuteClock } from '../staff/minute-clock.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import { styleProperties } from '../staff/style-properties.js';
import { emptyStyles, scrollStyles } from '../staff/staff-styles.js';
import type { StaffMessageKey } from '../staff/words.js';
import { InboxRequestEvent } from './inbox-events.js';
import { listStyles } from './inbox-list.styles.js';
import { EMPTY_LIST, selectRows, type Density } from './inbox-store.js';
import { computeWindow, ROW_HEIGHTS_PX, scrollToReveal, type ListViewport } from './inbox-window.js';
import { nameMember, VIEW_ICONS, VIEW_MESSAGES } from './inbox-words.js';

/** The next page is asked for when fewer rows than this are left below the window. */
const PREFETCH_ROWS = 15;
const SKELETON_ROWS = 6;

const EMPTY_MESSAGES: Readonly<Record<ListView, readonly [title: StaffMessageKey, body: StaffMessageKey]>> = {
  'all-open': ['emptyAllOpenTitle', 'emptyAllOpenBody'],
  mine: ['emptyMineTitle', 'emptyMineBody'],
  unassigned: ['emptyUnassignedTitle', 'emptyUnassignedBody'],
  snoozed: ['emptySnoozedTitle', 'emptySnoozedBody'],
  resolved: ['emptyResolvedTitle', 'emptyResolvedBody'],
  spam: ['emptySpamTitle', 'emptySpamBody'],
};

/** The list of a view. Only the rows around the visible ones are in the document, however long the list is. */
export class FrontdeskInboxList extends StaffElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, emptyStyles, scrollStyles, listStyles];

  private readonly clock = new MinuteClock(this);
  private resizeObserver: ResizeObserver | null = null;

  @query('.scroll') private scroller?: HTMLElement;
  @query('.filter__input') private filterInput?: HTMLInputElement;

  @state() private scrollTopPx = 0;
  @state() private heightPx = 600;
  /** The row that arrow keys stand on; follows the selection. */
  @state() private activeId: ConversationId | null = null;

  @property({ attribute: false }) list: StaffListState = EMPTY_LIST;
  @property() filter = '';
  @property() density: Density = 'comfortable';
  @property({ attribute: false }) selectedId: ConversationId | null = null;
  /** Where the first website is added, while there is none and the reader may add it. */
  @property({ attribute: false }) firstSiteHref: string | null = null;
  @property({ attribute: false }) unsent: readonly ConversationId[] = [];
  @property({ attribute: false }) members: readonly MemberDto[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizeObserver?.disconnect();
    this.resizeObserver = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('selectedId')) this.activeId = this.selectedId;
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.observeHeight();
    if (changed.has('selectedId') || changed.has('density')) this.reveal(this.selectedId);
    const previous = changed.get('list');
    if (previous !== undefined && previous.view !== this.list.view) this.scroller?.scrollTo({ top: 0 });
    this.prefetch();
  }

  private handleScroll(): void {
    this.scrollTopPx = this.scroller?.scrollTop ?? 0;
  }

  private handleKeydown(event: KeyboardEvent): void {
    const rows = this.rows;
    const index = rows.findIndex(({ id }) => id === this.activeId);
    const next = nextRovingIndex(event.key, index, rows.length);
    if (next !== undefined) {
      event.preventDefault();
      this.activeId = rows[next]?.id ?? null;
      this.reveal(this.activeId);
    } else if ((event.key === 'Enter' || event.key === ' ') && this.activeId !== null) {
      event.preventDefault();
      this.request({ type: 'open', conversationId: this.activeId });
    }
  }

  private handleFilter(event: Event): void {
    this.request({ type: 'filter', text: (event.target as HTMLInputElement).value });
  }

  private get rows(): readonly StaffConversationDto[] {
    return selectRows(this);
  }

  private get viewport(): ListViewport {
    return {
      count: this.rows.length,
      rowHeightPx: ROW_HEIGHTS_PX[this.density],
      scrollTopPx: this.scrollTopPx,
      heightPx: this.heightPx,
    };
  }

  private request(request: InboxRequestEvent['request']): void {
    this.dispatchEvent(new InboxRequestEvent(request));
  }

  private observeHeight(): void {
    if (this.resizeObserver !== null || !this.scroller) return;
    this.resizeObserver = new ResizeObserver(() => {
      this.heightPx = this.scroller?.clientHeight ?? this.heightPx;
    });
    this.resizeObserver.observe(this.scroller);
  }

  private reveal(id: ConversationId | null): void {
    const index = this.rows.findIndex((row) => row.id === id);
    if (index === -1 || !this.scroller) return;
    const top = scrollToReveal(index, { ...this.viewport, scrollTopPx: this.scroller.scrollTop });
    if (top !== undefined) this.scroller.scrollTop = top;
  }

  private prefetch(): void {
    const { list } = this;
    if (list.phase !== 'ready' || !list.hasMore || list.isLoadingMore) return;
    const { end } = computeWindow(this.viewport);
    if (end + PREFETCH_ROWS >= this.rows.length) this.request({ type: 'load-more' });
  }

  /** Moves the focus to the filter. */
  focusFilter(): void {
    this.filterInput?.focus();
    this.filterInput?.select();
  }

  /** Moves the focus to the rows. */
  focusRows(): void {
    this.scroller?.focus();
  }

  private renderRow(row: StaffConversationDto, index: number): TemplateResult {
    return html`<div
      class=${row.id === this.activeId ? 'option option--active' : 'option'}
      role="option"
      id="row-${row.id}"
      aria-selected=${String(row.id === this.selectedId)}
      aria-setsize=${this.list.hasMore ? -1 : this.rows.length}
      aria-posinset=${index + 1}
      @click=${() => this.request({ type: 'open', conversationId: row.id })}
    >
      <frontdesk-inbox-row
        .words=${this.words}
        .conversation=${row}
        .density=${this.density}
        ?selected=${row.id === this.selectedId}
        .assigneeName=${nameMember(this.words, this.members, row.assigneeId)}
        .unsent=${this.unsent.includes(row.id)}
        .nowMs=${this.clock.nowMs}
      ></frontdesk-inbox-row>
    </div>`;
  }

  private renderRows(): TemplateResult {
    const { rows, viewport } = this;
    const { start, end, beforePx, afterPx } = computeWindow(viewport);
    const hasActive = rows.slice(start, end).some(({ id }) => id === this.activeId);
    return html`<div
      class="scroll rows rows--${this.density}"
      role="listbox"
      tabindex="0"
      aria-label=${this.words.t('listLabel', { view: this.words.t(VIEW_MESSAGES[this.list.view]) })}
      aria-activedescendant=${hasActive ? `row-${this.activeId}` : nothing}
      aria-busy=${String(this.list.isLoadingMore)}
      @scroll=${{ handleEvent: () => this.handleScroll(), passive: true }}
      @keydown=${this.handleKeydown}
    >
      <div role="presentation" ${styleProperties({ 'padding-block': `${beforePx}px ${afterPx}px` })}>
        ${repeat(
          rows.slice(start, end),
          ({ id }) => id,
          (row, index) => this.renderRow(row, start + index),
        )}
      </div>
    </div>`;
  }

  private renderBody(): TemplateResult {
    const { list, words } = this;
    if (list.phase === 'failed' && list.conversations.length === 0) {
      return html`<div class="empty" role="alert">
        ${icon('offline')}
        <h2>${words.t('listFailedTitle')}</h2>
        <p>${words.t('listFailedBody')}</p>
        <button class="button button--small" type="button" @click=${() => this.request({ type: 'reload-list' })}>
          ${words.t('tryAgain')}
        </button>
      </div>`;
    }
    if (list.phase === 'loading' && list.conversations.length === 0) return this.renderLoading();
    if (this.rows.length > 0) return this.renderRows();
    if (this.filter !== '') {
      return html`<div class="empty">
        ${icon('search')}
        <h2>${words.t('emptyFilterTitle')}</h2>
        <p>${words.t('emptyFilterBody')}</p>
        <button class="button button--small" type="button" @click=${() => this.request({ type: 'filter', text: '' })}>
          ${words.t('emptyFilterAction')}
        </button>
      </div>`;
    }
    if (this.firstSiteHref !== null) {
      return html`<div class="empty">
        ${icon('globe')}
        <h2>${words.t('emptyFirstTitle')}</h2>
        <p>${words.t('emptyFirstBody')}</p>
        <a class="button button--primary" href=${this.firstSiteHref}>${words.t('siteAdd')}</a>
      </div>`;
    }
    const [title, body] = EMPTY_MESSAGES[list.view];
    return html`<div class="empty">
      ${icon(VIEW_ICONS[list.view])}
      <h2>${words.t(title)}</h2>
      <p>${words.t(body)}</p>
    </div>`;
  }

  private renderLoading(): TemplateResult {
    return html`<div class="loading" aria-busy="true">
      <p class="visually-hidden">${this.words.t('loading')}</p>
      ${Array.from(
        { length: SKELETON_ROWS },
        () =>
          html`<div class="loading__row" aria-hidden="true">
            <span class="skeleton loading__avatar"></span>
            <span class="loading__lines"><span class="skeleton"></span><span class="skeleton"></span></span>
          </div>`,
      )}
    </div>`;
  }

  private renderTools(): TemplateResult {
    const { words } = this;
    const other = this.density === 'compact' ? 'comfortable' : 'compact';
    const densityLabel = words.t(other === 'compact' ? 'densityCompact' : 'densityComfortable');
    return html`<div class="tools">
      <label class="filter">
        <span class="visually-hidden">${words.t('filterLabel')}</span>
        ${icon('search', 'small')}
        <input
          class="filter__input"
          type="search"
          autocomplete="off"
          placeholder=${words.t('filterLabel')}
          .value=${this.filter}
          @input=${this.handleFilter}
        />
      </label>
      <button
        class="icon-button icon-button--small"
        type="button"
        aria-label=${densityLabel}
        title=${densityLabel}
        @click=${() => this.request({ type: 'choose-density', density: other })}
      >
        ${icon('rows', 'small')}
      </button>
    </div>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="root">${this.renderTools()} ${this.renderBody()}</div>`;
  }
}

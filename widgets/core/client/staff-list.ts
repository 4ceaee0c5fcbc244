/**
 * The inbox list: a snapshot of one view, patched live and fetched again after every reconnect. Patches that a view
 * does not know (a conversation that was never on a loaded page) also make it fetch, so that counts stay right.
 */
import type { StaffConversationDto } from '@frontdesk/protocol/chat';
import type { ListView } from '@frontdesk/protocol/vocabulary';
import { LIST_VIEWS } from '@frontdesk/protocol/vocabulary';
import { computeBackoffMs, createNamedTimers } from './clock.js';
import { createDeliveryReports } from './delivery-reports.js';
import { isRetryable } from './outcome.js';
import type { StaffClient } from './staff-client.js';
import type { StaffIdentity, StaffList, StaffListState } from './staff-types.js';
import { compareActivity, isInView, mergeStaffConversation } from './staff-view.js';
import { createStore } from './store.js';

/** Many changes in a row are answered by one fetch. */
const REFRESH_DELAY_MS = 1_000;

export interface StaffListOptions extends StaffIdentity {
  readonly client: StaffClient;
  readonly view?: ListView;
}

export function createStaffList(options: StaffListOptions): StaffList {
  const list = new List(options);
  return {
    getState: list.store.getState,
    subscribe: list.store.subscribe,
    start: () => list.start(),
    stop: () => list.stop(),
    setView: (view) => list.setView(view),
    loadMore: () => list.loadMore(),
    refresh: () => list.refresh(),
  };
}

class List {
  readonly store;
  readonly #options: StaffListOptions;
  readonly #timers;
  readonly #deliveryReports;
  /** Newest view of every conversation that was heard of, whichever list it belongs to. */
  readonly #known = new Map<string, StaffConversationDto>();
  /** Heard of since the last snapshot was asked for, so possibly newer than it. */
  readonly #touched = new Set<string>();
  #cursor: string | null = null;
  #stopListening: (() => void)[] = [];
  /** Rises with every snapshot that is asked for; an answer to an older question is dropped. */
  #call = 0;
  #failures = 0;

  constructor(options: StaffListOptions) {
    this.#options = options;
    this.#timers = createNamedTimers<'refresh' | 'retry'>(options.client.environment.clock);
    const { clock } = options.client.environment;
    this.#deliveryReports = createDeliveryReports({
      clock,
      report: (conversationId, deliveredUpTo) =>
        void options.client.connection.request('conversation:mark', { conversationId, deliveredUpTo }),
    });
    this.store = createStore<StaffListState>({
      view: options.view ?? 'all-open',
      phase: 'loading',
      error: null,
      conversations: [],
      hasMore: false,
      isLoadingMore: false,
      counts: {},
    });
  }

  start(): void {
    if (this.#stopListening.length > 0) return;
    const { connection } = this.#options.client;
    let phase = connection.getState().phase;
    this.#stopListening = [
      connection.acquire(),
      connection.subscribe((state) => {
        if (state.phase === phase) return;
        phase = state.phase;
        if (phase === 'online') void this.refresh();
      }),
      connection.on('conversation:changed', ({ conversation }) => this.#handleChanged(conversation)),
    ];
    void this.refresh();
  }

  stop(): void {
    this.#call += 1;
    for (const stop of this.#stopListening) stop();
    this.#stopListening = [];
    this.#timers.stopAll();
    this.#deliveryReports.stop();
  }

  setView(view: ListView): void {
    if (view === this.store.getState().view) return;
    this.#cursor = null;
    this.store.patch({ view, phase: 'loading', error: null, conversations: [], hasMore: false, isLoadingMore: false });
    void this.refresh();
  }

  /** Fetches as many pages as are shown, so that a refresh never shortens the list under somebody's eyes. */
  async refresh(): Promise<void> {
    this.#timers.stop('refresh');
    this.#timers.stop('retry');
    const call = ++this.#call;
    this.#touched.clear();
    const { view, conversations: shown } = this.store.getState();
    const rows: StaffConversationDto[] = [];
    let cursor: string | null = null;
    do {
      const result = await this.#fetchPage(view, cursor);
      if (call !== this.#call) return;
      if (!result.ok) return this.#handleFailure(result.error);
      rows.push(...result.data.conversations);
      cursor = result.data.cursor;
      this.store.patch({ counts: result.data.counts });
    } while (cursor !== null && rows.length < shown.length);
    this.#failures = 0;
    this.#cursor = cursor;
    const overtaken = [...this.#touched].map((id) => this.#known.get(id)).filter((row) => row !== undefined);
    this.#show([...rows, ...overtaken], {
      phase: 'ready',
      error: null,
      hasMore: cursor !== null,
      isLoadingMore: false,
    });
  }

  async loadMore(): Promise<void> {
    const { view, isLoadingMore, conversations } = this.store.getState();
    if (this.#cursor === null || isLoadingMore) return;
    const call = this.#call;
    this.store.patch({ isLoadingMore: true });
    const result = await this.#fetchPage(view, this.#cursor);
    // A refresh that began meanwhile covers this page or resets the cursor.
    if (call !== this.#call) return;
    if (!result.ok) return this.store.patch({ isLoadingMore: false, error: result.error });
    this.#cursor = result.data.cursor;
    const rows = [...conversations, ...result.data.conversations];
    this.#show(rows, { hasMore: this.#cursor !== null, isLoadingMore: false, counts: result.data.counts });
  }

  #fetchPage(view: ListView, cursor: string | null) {
    const input = cursor === null ? { view } : { view, cursor };
    return this.#options.client.connection.request('conversation:list', input);
  }

  #handleFailure(error: NonNullable<StaffListState['error']>): void {
    if (!isRetryable(error)) return this.store.patch({ phase: 'failed', error });
    if (this.#stopListening.length === 0) return;
    this.#failures += 1;
    const delayMs = computeBackoffMs(this.#failures, this.#options.client.environment.clock);
    this.#timers.start('retry', Math.max(delayMs, error.retryAfterMs ?? 0), () => void this.refresh());
  }

  #handleChanged(incoming: StaffConversationDto): void {
    const before = this.#known.get(incoming.id);
    const after = before === undefined ? incoming : mergeStaffConversation(before, incoming);
    this.#known.set(after.id, after);
    this.#touched.add(after.id);
    const { conversations, counts } = this.store.getState();
    this.#show([...conversations, after], {});
    if (before === undefined) {
      // Where it was counted before is not known here; the server counts again.
      if (!this.#timers.has('refresh')) this.#timers.start('refresh', REFRESH_DELAY_MS, () => void this.refresh());
      return;
    }
    this.store.patch({ counts: this.#recount(counts, before, after) });
  }

  #recount(
    counts: StaffListState['counts'],
    before: StaffConversationDto,
    after: StaffConversationDto,
  ): StaffListState['counts'] {
    const { memberId } = this.#options;
    const next = { ...counts };
    for (const view of LIST_VIEWS) {
      const change = Number(isInView(after, view, memberId)) - Number(isInView(before, view, memberId));
      const count = counts[view];
      if (change !== 0 && count !== undefined) next[view] = Math.max(count + change, 0);
    }
    return next;
  }

  /** Newest version of each row, those that belong to the view, newest activity first. */
  #show(rows: readonly StaffConversationDto[], change: Partial<StaffListState>): void {
    const { view } = this.store.getState();
    const shown = new Map<string, StaffConversationDto>();
    for (const row of rows) {
      const known = this.#known.get(row.id);
      const newest = known === undefined ? row : mergeStaffConversation(known, row);
      this.#known.set(row.id, newest);
      this.#deliveryReports.observe(newest);
      if (isInView(newest, view, this.#options.memberId)) shown.set(row.id, newest);
    }
    this.store.patch({ ...change, conversations: [...shown.values()].sort(compareActivity) });
  }
}

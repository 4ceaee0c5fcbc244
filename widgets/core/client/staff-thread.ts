/**
 * One open thread on the staff side: log, replies on their way, viewers and typing behind one observable state. The
 * outbox lives in memory: a staff page keeps drafts on the server's side of the fence, not in the browser.
 */
import type { StaffConversationDto, StaffEntryDto } from '@frontdesk/protocol/chat';
import { createIdempotencyKey, type ConversationId } from '@frontdesk/protocol/ids';
import { VIEWER_INTERVAL_MS } from '@frontdesk/protocol/limits';
import type { Result } from '@frontdesk/protocol/result';
import type { TypingMode } from '@frontdesk/protocol/vocabulary';
import { computeBackoffMs, createNamedTimers } from './clock.js';
import { hasOlder } from './conversation-log.js';
import { createLogSync } from './log-sync.js';
import { createMarkers, type Markers } from './markers.js';
import type { OutboxItem } from './outbox-item.js';
import { createOutbox, type Delivery } from './outbox.js';
import { isRetryable } from './outcome.js';
import type { StaffClient } from './staff-client.js';
import type {
  ConversationChange,
  StaffIdentity,
  StaffThread,
  StaffThreadState,
  TypingPerson,
  UnsentText,
} from './staff-types.js';
import { buildThreadItems, EMPTY_THREAD, findMoved, mergeStaffConversation } from './staff-view.js';
import { createMemoryOutboxStore } from './storage.js';
import { createStore } from './store.js';
import { createTypingSignal, createTypingWatch } from './typing.js';

/** A reply of this page normally arrives as a fact too; only when it has not after this is it fetched. */
const ACK_GRACE_MS = 250;

export interface StaffThreadOptions extends StaffIdentity {
  readonly client: StaffClient;
  readonly conversationId: ConversationId;
}

/** Merging with changes of other fields is tried this often; a thread that moves faster than that is for a person to read. */
const MERGE_TRIES = 3;

/** True when nobody changed the fields that we are about to set. */
function isUntouched(set: ConversationChange, base: StaffConversationDto, current: StaffConversationDto): boolean {
  return (Object.keys(set) as (keyof ConversationChange)[]).every(
    (field) => JSON.stringify(base[field]) === JSON.stringify(current[field]),
  );
}

export function createStaffThread(options: StaffThreadOptions): StaffThread {
  const thread = new Thread(options);
  return {
    getState: thread.store.getState,
    subscribe: thread.store.subscribe,
    start: () => thread.start(),
    stop: () => thread.stop(),
    listUnsent: () => thread.listUnsent(),
    send: (body, mode) => thread.send(body, mode),
    sendAnyway: () => thread.sendAnyway(),
    takeBackMoved: () => thread.takeBackMoved(),
    retryMessage: (key) => thread.outbox.retry(key),
    removeMessage: (key) => thread.outbox.remove(key),
    setTyping: (isTyping, mode) => thread.typingSignal.set(isTyping, mode),
    markRead: () => thread.markRead(),
    update: (set) => thread.update(set),
    loadOlder: () => thread.log.loadOlder(),
    retry: () => thread.retry(),
  };
}

class Thread {
  readonly store = createStore<StaffThreadState>(EMPTY_THREAD);
  readonly outbox;
  readonly log;
  readonly typingSignal;
  readonly #options: StaffThreadOptions;
  readonly #timers;
  readonly #typingWatch;
  #markers: Markers | null = null;
  #stopListening: (() => void)[] = [];
  #readFailures = 0;
  #isStarted = false;

  constructor(options: StaffThreadOptions) {
    this.#options = options;
    const { client, conversationId } = options;
    const { connection, environment } = client;
    const { clock } = environment;
    this.#timers = createNamedTimers<'view' | 'grace' | 'read'>(clock);
    this.#typingWatch = createTypingWatch<TypingPerson>(clock, (typing) => this.store.patch({ typing }));
    this.typingSignal = createTypingSignal<TypingMode>(clock, (on, mode) => {
      void connection.request('typing:set', { conversationId, on, mode }, { via: 'socket' });
    });
    this.log = createLogSync<StaffEntryDto>({
      clock,
      fetchPage: (request, signal) =>
        connection.request('conversation:sync', { conversationId, ...request }, { signal }),
      handleChange: () => this.#handleLogChange(),
      isWanted: () => this.#isStarted,
    });
    this.outbox = createOutbox({
      environment,
      sharedAs: null,
      openStore: async () => createMemoryOutboxStore(),
      deliver: (item, { keepalive }) => this.#deliver(item, keepalive),
      handleDelivered: (_item, { epoch, seq }) =>
        this.#timers.start('grace', ACK_GRACE_MS, () => this.log.receive({ type: 'head', epoch, seq })),
    });
    this.outbox.setConversation(conversationId);
    this.outbox.subscribe(() => this.#render());
  }

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    const { client, conversationId } = this.#options;
    client.watched.add(conversationId);
    this.#stopListening = this.#listen();
    void this.#read();
    void this.log.sync();
    this.#view();
  }

  stop(): void {
    if (!this.#isStarted) return;
    this.#isStarted = false;
    const { client, conversationId } = this.#options;
    client.watched.delete(conversationId);
    for (const stop of this.#stopListening) stop();
    this.#stopListening = [];
    this.#timers.stopAll();
    this.#typingWatch.clear();
    void client.connection.request('conversation:view', { conversationId: null }, { via: 'socket' });
    // Replies that are still on their way keep the connection until they are there.
    const release = client.connection.acquire();
    void this.outbox.whenDrained().finally(release);
  }

  listUnsent(): UnsentText[] {
    return this.outbox
      .getState()
      .items.filter(({ state }) => state !== 'acked')
      .map(({ body, kind, state }) => ({
        body,
        mode: kind === 'note' ? 'note' : 'reply',
        needsPerson: state === 'failed',
      }));
  }

  async send(body: string, mode: TypingMode): Promise<boolean> {
    const text = body.trim();
    if (text === '') return false;
    await this.outbox.add({
      conversationId: this.#options.conversationId,
      body: text,
      kind: mode === 'note' ? 'note' : 'message',
      seenSeq: this.log.getState().cursor,
    });
    this.typingSignal.set(false, mode);
    return true;
  }

  async sendAnyway(): Promise<void> {
    const { moved } = this.store.getState();
    if (moved !== null) await this.outbox.retry(moved.key, { force: true });
  }

  async takeBackMoved(): Promise<string> {
    const { moved } = this.store.getState();
    if (moved === null) return '';
    await this.outbox.remove(moved.key);
    return moved.body;
  }

  markRead(): void {
    const { conversation } = this.store.getState();
    const { cursor } = this.log.getState();
    if (conversation === null || cursor <= conversation.staffReadUpTo) return;
    this.#markers?.raise({ readUpTo: cursor });
    this.store.patch({ conversation: { ...conversation, staffReadUpTo: cursor } });
  }

  /**
   * Changes fields unless somebody else changed one of the same fields first. A reply raises the revision too (a person
   * now answers), so a change that raced with other fields only is asked again on top of what is there.
   */
  async update(set: ConversationChange): Promise<Result<{ conversation: StaffConversationDto }>> {
    const base = this.store.getState().conversation;
    let result = await this.#requestUpdate(set, base?.rev ?? 0);
    for (let tries = 0; tries < MERGE_TRIES && !result.ok && result.error.code === 'CONFLICT'; tries += 1) {
      await this.#read();
      const current = this.store.getState().conversation;
      if (base === null || current === null || !isUntouched(set, base, current)) return result;
      result = await this.#requestUpdate(set, current.rev);
    }
    if (result.ok) this.#adopt(result.data.conversation);
    return result;
  }

  async #requestUpdate(set: ConversationChange, ifRev: number) {
    const { client, conversationId } = this.#options;
    const idempotencyKey = createIdempotencyKey(client.environment.clock.now());
    const input = { conversationId, ifRev, set };
    const result = await client.connection.request('conversation:update', input, { idempotencyKey });
    // One lost acknowledgement is not worth troubling a person with; the key makes the second try safe.
    if (result.ok || !isRetryable(result.error)) return result;
    return client.connection.request('conversation:update', input, { idempotencyKey });
  }

  retry(): void {
    this.#readFailures = 0;
    void this.#read();
    void this.log.sync();
    this.outbox.kick();
  }

  #listen(): (() => void)[] {
    const { client, conversationId, memberId } = this.#options;
    const { connection, environment } = client;
    const isMine = (fact: { conversationId: string }): boolean => fact.conversationId === conversationId;
    let phase = connection.getState().phase;
    return [
      connection.acquire(),
      connection.subscribe((state) => {
        if (state.phase === phase) return;
        phase = state.phase;
        if (phase === 'online') this.#handleOnline();
        else this.#typingWatch.clear();
      }),
      connection.on('entry:appended', (fact) => {
        if (!isMine(fact)) return;
        if (fact.entry.author.id !== null) this.#typingWatch.set(fact.entry.author.id, null);
        this.log.receive({ type: 'entry', epoch: fact.epoch, head: fact.head, entry: fact.entry });
      }),
      connection.on('heads:reported', ({ heads }) => {
        const head = heads.find(isMine);
        if (head !== undefined) this.log.receive({ type: 'head', epoch: head.epoch, seq: head.seq });
      }),
      connection.on('conversation:changed', ({ conversation }) => {
        if (conversation.id === conversationId) this.#adopt(conversation);
      }),
      connection.on('typing:changed', (fact) => {
        const { id, kind, name } = fact.author;
        if (isMine(fact) && id !== memberId)
          this.#typingWatch.set(id, fact.on ? { id, kind, name, mode: fact.mode } : null);
      }),
      connection.on('viewers:changed', (fact) => {
        if (isMine(fact)) this.store.patch({ viewers: fact.viewers.filter((viewer) => viewer.memberId !== memberId) });
      }),
      environment.lifecycle.on('wake', () => this.outbox.kick()),
    ];
  }

  #handleOnline(): void {
    void this.#read();
    void this.log.sync();
    this.#markers?.kick();
    this.outbox.kick();
    this.#view();
  }

  /** Renews "I am looking at this thread" while the page is visible. */
  #view(): void {
    const { client, conversationId } = this.#options;
    const { connection, environment } = client;
    if (environment.lifecycle.isVisible() && connection.getState().phase === 'online') {
      void connection.request('conversation:view', { conversationId }, { via: 'socket' });
    }
    this.#timers.start('view', VIEWER_INTERVAL_MS, () => this.#view());
  }

  async #read(): Promise<void> {
    const { client, conversationId, memberId } = this.#options;
    const result = await client.connection.request('conversation:read', { conversationId });
    if (result.ok) {
      this.#readFailures = 0;
      this.#adopt(result.data.conversation);
      this.store.patch({ viewers: result.data.viewers.filter((viewer) => viewer.memberId !== memberId) });
    } else if (!isRetryable(result.error)) {
      this.store.patch({ phase: 'failed', error: result.error });
    } else if (this.#isStarted) {
      this.#readFailures += 1;
      const delayMs = computeBackoffMs(this.#readFailures, client.environment.clock);
      this.#timers.start('read', Math.max(delayMs, result.error.retryAfterMs ?? 0), () => void this.#read());
    }
  }

  #adopt(incoming: StaffConversationDto): void {
    const known = this.store.getState().conversation;
    const conversation = known === null ? incoming : mergeStaffConversation(known, incoming);
    this.store.patch({ conversation });
    this.#markers ??= this.#createMarkers(conversation);
    this.log.receive({ type: 'head', epoch: conversation.epoch, seq: conversation.head });
    this.#render();
  }

  #createMarkers({ id, staffReadUpTo, staffDeliveredUpTo }: StaffConversationDto): Markers {
    const { connection, environment } = this.#options.client;
    return createMarkers(
      environment,
      { readUpTo: staffReadUpTo, deliveredUpTo: staffDeliveredUpTo },
      (positions, how) => connection.request('conversation:mark', { conversationId: id, ...positions }, how),
    );
  }

  #handleLogChange(): void {
    const { cursor, entries, isLoaded } = this.log.getState();
    const error = this.log.getError();
    const keys = new Set(entries.map((entry) => entry.key));
    const lastFromContact = entries.reduce((last, entry) => (entry.author.kind === 'contact' ? entry.seq : last), 0);
    this.#markers?.raise({ deliveredUpTo: lastFromContact });
    this.outbox.settle((item) => keys.has(item.key) || (item.seq !== null && item.seq <= cursor));
    if (isLoaded) this.store.patch({ phase: 'ready', error });
    else if (error !== null) this.store.patch({ phase: 'failed', error });
    this.#render();
  }

  #render(): void {
    const { conversation } = this.store.getState();
    const log = this.log.getState();
    const { items } = this.outbox.getState();
    this.store.patch({
      items: buildThreadItems(log.entries, items, conversation, this.#options.memberId),
      hasOlder: hasOlder(log),
      moved: findMoved(log.entries, items, this.#options.memberId),
    });
  }

  async #deliver(item: OutboxItem, keepalive: boolean): Promise<Result<Delivery>> {
    const { client, conversationId } = this.#options;
    const { body, kind, seenSeq, force, key } = item;
    const options = { idempotencyKey: key, keepalive };
    const result =
      kind === 'note'
        ? await client.connection.request('note:add', { conversationId, body }, options)
        : await client.connection.request(
            'message:send',
            { conversationId, body, seenSeq: seenSeq ?? 0, ...(force ? { force } : {}) },
            options,
          );
    if (!result.ok) {
      // Show what moved the thread before the person decides.
      if (result.error.code === 'THREAD_MOVED') await this.log.sync();
      return result;
    }
    return { ok: true, data: { ...result.data, conversationId } };
  }
}

/**
 * A visitor's chat: connection, log, outbox and markers tied together behind one observable state. Elements render the
 * state and call the actions; everything that can go wrong between a browser and a server is dealt with in here.
 */
import type { VisitorConversationDto, VisitorEntryDto } from '@frontdesk/protocol/chat';
import type { IdempotencyKey } from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import { computeBackoffMs, createDebounced, createNamedTimers } from './clock.js';
import { hasOlder } from './conversation-log.js';
import { createLogSync, type LogSync } from './log-sync.js';
import { createMarkers, type Markers } from './markers.js';
import type { OutboxItem } from './outbox-item.js';
import { createOutbox, type Delivery, type Outbox } from './outbox.js';
import { isRetryable } from './outcome.js';
import { listenToVisitorFacts } from './session-facts.js';
import type { ChatState, ConversationSession, StartDetails } from './session-types.js';
import {
  buildMessages,
  countUnread,
  createChatState,
  findLastForeignSeq,
  mergeVisitorConversation,
  pickConversation,
} from './session-view.js';
import { createStore } from './store.js';
import { createTypingSignal, createTypingWatch } from './typing.js';
import type { VisitorClient } from './visitor-client.js';
import { buildStart, deliverVisitorItem, type Started } from './visitor-delivery.js';

export type * from './session-types.js';

/** Keystrokes are kept together for this long before they are written. */
const DRAFT_DELAY_MS = 400;
/** An own message normally arrives as a fact too; only when it has not after this is it fetched. */
const ACK_GRACE_MS = 250;

export function createConversationSession(client: VisitorClient): ConversationSession {
  const session = new Session(client);
  return {
    getState: session.store.getState,
    subscribe: session.store.subscribe,
    start: () => session.start(),
    stop: () => session.stop(),
    open: () => session.open(),
    send: (body) => session.send(body),
    retryMessage: (key) => session.retryMessage(key),
    removeMessage: (key) => session.outbox.remove(key),
    setDraft: (text) => session.setDraft(text),
    setTyping: (isTyping) => session.typingSignal.set(isTyping, null),
    markRead: () => session.markRead(),
    setStartDetails: (details) => session.setStartDetails(details),
    identify: (identityToken) => session.identify(identityToken),
    loadOlder: async () => session.log?.loadOlder(),
    retry: () => session.retry(),
    forget: () => session.forget(true),
  };
}

const sessions = new WeakMap<VisitorClient, ConversationSession>();

/** The page's one session of this client; elements on the same page show the same conversation. */
export function getConversationSession(client: VisitorClient): ConversationSession {
  const session = sessions.get(client) ?? createConversationSession(client);
  sessions.set(client, session);
  return session;
}

class Session {
  readonly store;
  readonly typingSignal;
  outbox: Outbox;
  log: LogSync<VisitorEntryDto> | null = null;
  readonly #client: VisitorClient;
  readonly #timers;
  readonly #typingWatch;
  readonly #saveDraft;
  #markers: Markers | null = null;
  #users = 0;
  #isOpened = false;
  #stopListening: (() => void)[] = [];
  #release: (() => void) | null = null;
  #startDetails: StartDetails = {};
  #loading: Promise<void> | null = null;
  #loadFailures = 0;
  /** Rises when the visitor is forgotten; answers to older questions are then no longer of interest. */
  #generation = 0;

  constructor(client: VisitorClient) {
    this.#client = client;
    const { clock } = client.environment;
    this.#timers = createNamedTimers<'load' | 'grace' | 'describe'>(clock);
    this.#saveDraft = createDebounced(clock, DRAFT_DELAY_MS, () => this.#writeDraft());
    this.#typingWatch = createTypingWatch<string>(clock, (names) => this.store.patch({ typingName: names[0] ?? null }));
    this.typingSignal = createTypingSignal<null>(clock, (on) => this.#sendTyping(on));
    this.outbox = this.#createOutbox();
    this.store = createStore<ChatState>(createChatState(client.connection.getState()));
  }

  start(): void {
    this.#users += 1;
    if (this.#users > 1) return;
    this.#listen();
    this.store.patch({ draft: this.#client.storage.readDraft(), connection: this.#client.connection.getState() });
    // Facts were not listened to while no element showed the chat.
    void this.log?.sync();
    if (this.#client.isKnown()) this.#resume();
    else this.outbox.setConversation(null);
  }

  stop(): void {
    this.#users = Math.max(this.#users - 1, 0);
    if (this.#users > 0) return;
    this.#saveDraft.flush();
    for (const stop of this.#stopListening) stop();
    this.#stopListening = [];
    this.#timers.stopAll();
    this.#release?.();
    this.#release = null;
    this.#isOpened = false;
  }

  open(): void {
    if (this.#isOpened) return;
    this.#isOpened = true;
    // An empty chat needs no live connection, and so not the quarter of the code that makes one.
    if (this.#client.isKnown()) this.#goLive();
    void this.#describe();
  }

  async send(body: string): Promise<boolean> {
    const text = body.trim();
    if (text === '') return false;
    if (this.store.getState().phase === 'idle' && this.#client.isKnown()) {
      // Another tab began a conversation since; this message belongs into it.
      this.outbox.setConversation(undefined);
      this.#resume();
    }
    this.#client.keepToken();
    const conversation = this.store.getState().conversation;
    await this.outbox.add({
      conversationId: conversation?.id ?? null,
      body: text,
      start: conversation === null ? buildStart(this.#startDetails) : null,
    });
    this.setDraft('');
    this.#saveDraft.flush();
    this.typingSignal.set(false, null);
    this.#goLive();
    return true;
  }

  async retryMessage(key: IdempotencyKey): Promise<void> {
    const failed = this.outbox.getState().items.find((item) => item.key === key);
    if (failed?.error?.code === 'NOT_FOUND') await this.#load();
    await this.outbox.retry(key);
  }

  /** Somebody who writes is about to send: the connection is there by then. */
  setDraft(text: string): void {
    if (text === this.store.getState().draft) return;
    if (text !== '' && this.#isOpened) this.#goLive();
    this.store.patch({ draft: text });
    this.#saveDraft();
  }

  setStartDetails(details: StartDetails): void {
    this.#startDetails = { ...this.#startDetails, ...details };
  }

  markRead(): void {
    const { conversation } = this.store.getState();
    if (conversation === null || this.log === null) return;
    const { cursor } = this.log.getState();
    if (cursor <= conversation.readUpTo) return;
    this.#markers?.raise({ readUpTo: cursor });
    this.store.patch({ conversation: { ...conversation, readUpTo: cursor } });
    this.#render();
  }

  async identify(identityToken: string): Promise<Result<{ verifiedUntil: string; name: string | null }>> {
    const result = await this.#client.connection.request('visitor:identify', { identityToken });
    if (result.ok) await this.#load();
    return result;
  }

  retry(): void {
    if (this.#client.connection.getState().phase === 'refused') this.#client.connection.reconnect();
    this.#loadFailures = 0;
    void this.#load();
    this.outbox.kick();
  }

  /** `isOurWish` is false when the server told us that the visitor was forgotten elsewhere. */
  async forget(isOurWish: boolean): Promise<void> {
    this.#generation += 1;
    this.#saveDraft.cancel();
    this.#timers.stopAll();
    this.outbox.stop();
    this.#dropLog();
    await this.#client.forget(isOurWish);
    this.outbox = this.#createOutbox();
    this.outbox.setConversation(null);
    const { site, isStaffOnline, connection } = this.store.getState();
    this.store.patch({ ...createChatState(connection), site, isStaffOnline });
  }

  #createOutbox(): Outbox {
    const client = this.#client;
    const outbox = createOutbox({
      environment: client.environment,
      sharedAs: `frontdesk-outbox:${client.site}`,
      openStore: () => client.storage.openOutbox(),
      deliver: (item, { keepalive }) =>
        deliverVisitorItem(client, item, keepalive, (started) => this.#handleStarted(started)),
      handleDelivered: (item, delivery) => this.#handleDelivered(item, delivery),
    });
    outbox.subscribe(() => this.#render());
    return outbox;
  }

  #listen(): void {
    const { connection, environment, storage } = this.#client;
    const { lifecycle } = environment;
    this.#stopListening = [
      connection.subscribe((state) => this.#handleConnection(state)),
      ...listenToVisitorFacts(connection, {
        getConversation: () => this.store.getState().conversation,
        adopt: (conversation) => this.#adopt(conversation),
        load: () => void this.#load(),
        receive: (action) => this.log?.receive(action),
        setTyping: (name) => this.#typingWatch.set('staff', name),
        setPresence: (isStaffOnline) => this.store.patch({ isStaffOnline }),
      }),
      lifecycle.on('hide', () => this.#saveDraft.flush()),
      lifecycle.on('suspend', () => this.#saveDraft.flush()),
      // Another tab may have sent the first message meanwhile.
      lifecycle.on('wake', () => {
        if (this.store.getState().phase === 'idle' && this.#client.isKnown()) this.#resume();
        else this.outbox.kick();
      }),
    ];
    this.store.patch({ isPersistent: storage.isPersistent() });
  }

  #handleConnection(connection: ChatState['connection']): void {
    const wasOnline = this.store.getState().connection.phase === 'online';
    this.store.patch({ connection });
    if (connection.phase === 'online' && !wasOnline) {
      // The rooms are joined by now, so what is fetched from here on and what is pushed leave no gap between them.
      if (this.#client.isKnown()) void this.#load();
      void this.log?.sync();
      this.#markers?.kick();
      this.outbox.kick();
      if (this.#isOpened && this.store.getState().site === null) void this.#describe();
    } else if (connection.revocation === 'forgotten') {
      void this.forget(false);
    } else if (connection.phase !== 'online') {
      this.#typingWatch.clear();
    }
  }

  #goLive(): void {
    this.#release ??= this.#client.connection.acquire();
  }

  #resume(): void {
    this.store.patch({ phase: 'loading' });
    this.#client.keepToken(); // A connection older than another tab's first message speaks for a stranger.
    void this.outbox.open();
    this.#goLive();
    void this.#load();
  }

  /** Finds the conversation to go on with. Coalesced, and repeated until the server answered. */
  #load(): Promise<void> {
    this.#loading ??= this.#runLoad().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #runLoad(): Promise<void> {
    this.#timers.stop('load');
    const generation = this.#generation;
    const result = await this.#client.connection.request('conversation:list', {});
    if (generation !== this.#generation) return;
    if (!result.ok) {
      if (!isRetryable(result.error)) return this.store.patch({ phase: 'failed', error: result.error });
      this.#loadFailures += 1;
      const delayMs = Math.max(
        computeBackoffMs(this.#loadFailures, this.#client.environment.clock),
        result.error.retryAfterMs ?? 0,
      );
      if (this.#users > 0) this.#timers.start('load', delayMs, () => void this.#load());
      return;
    }
    this.#loadFailures = 0;
    const picked = pickConversation(result.data.conversations);
    if (picked !== null) {
      this.#client.keepToken();
      this.#adopt(picked);
    } else if (this.store.getState().conversation === null) {
      this.outbox.setConversation(null);
      this.store.patch({ phase: 'idle', error: null });
    }
  }

  /** Takes news about the conversation; another conversation than before begins a new log. */
  #adopt(incoming: VisitorConversationDto): void {
    const known = this.store.getState().conversation;
    if (known !== null && known.id !== incoming.id && known.createdAt > incoming.createdAt) return;
    const conversation = mergeVisitorConversation(known, incoming);
    this.store.patch({ conversation, error: null });
    if (known?.id !== conversation.id) this.#beginLog(conversation);
    this.log?.receive({ type: 'head', epoch: conversation.epoch, seq: conversation.head });
    this.outbox.setConversation(conversation.id);
    this.#render();
  }

  #beginLog({ id, readUpTo }: VisitorConversationDto): void {
    this.#dropLog();
    const { connection, environment } = this.#client;
    this.#markers = createMarkers(environment, { readUpTo, deliveredUpTo: readUpTo }, (positions, how) =>
      connection.request('conversation:mark', { conversationId: id, ...positions }, how),
    );
    this.log = createLogSync<VisitorEntryDto>({
      clock: environment.clock,
      fetchPage: (request, signal) =>
        connection.request('conversation:sync', { conversationId: id, ...request }, { signal }),
      handleChange: () => this.#handleLogChange(),
      isWanted: () => this.#users > 0,
    });
    this.#goLive();
    void this.log.sync();
  }

  #dropLog(): void {
    this.log?.stop();
    this.log = null;
    this.#markers?.stop();
    this.#markers = null;
    this.#typingWatch.clear();
  }

  #handleLogChange(): void {
    if (this.log === null) return;
    const state = this.log.getState();
    const error = this.log.getError();
    this.#markers?.raise({ deliveredUpTo: findLastForeignSeq(state.entries) });
    const keys = new Set(state.entries.map((entry) => entry.key));
    this.outbox.settle((item) => keys.has(item.key) || (item.seq !== null && item.seq <= state.cursor));
    this.#render(); // Before the phase: what is there when it turns to `ready` is history, and no news.
    if (state.isLoaded) this.store.patch({ phase: 'ready', error });
    else if (error !== null) this.store.patch({ phase: 'failed', error });
  }

  #render(): void {
    const { conversation } = this.store.getState();
    const log = this.log?.getState();
    const entries = log?.entries ?? [];
    const outbox = this.outbox.getState();
    this.store.patch({
      messages: buildMessages(entries, outbox.items, conversation),
      hasOlder: log !== undefined && hasOlder(log),
      unreadCount: countUnread(entries, conversation?.readUpTo ?? 0),
      isPersistent: outbox.isPersistent && this.#client.storage.isPersistent(),
    });
  }

  #handleStarted({ conversation, entry }: Started): void {
    this.#adopt(conversation);
    this.log?.receive({ type: 'entry', epoch: conversation.epoch, head: conversation.head, entry });
  }

  #handleDelivered(item: OutboxItem, { conversationId, epoch, seq }: Delivery): void {
    const { conversation } = this.store.getState();
    // Another tab started the conversation.
    if (conversation?.id !== conversationId) return void this.#load();
    if (item.opens) return;
    this.#timers.start('grace', ACK_GRACE_MS, () => this.log?.receive({ type: 'head', epoch, seq }));
  }

  async #describe(): Promise<void> {
    const result = await this.#client.connection.request('site:describe', {}, { via: 'http' });
    if (result.ok) this.store.patch({ site: result.data, isStaffOnline: result.data.online });
    else if (!isRetryable(result.error)) this.store.patch({ phase: 'failed', error: result.error });
    else if (this.#users > 0)
      this.#timers.start('describe', computeBackoffMs(3, this.#client.environment.clock), () => void this.#describe());
  }

  #writeDraft(): void {
    this.#client.storage.writeDraft(this.store.getState().draft);
    this.store.patch({ isPersistent: this.#client.storage.isPersistent() });
  }

  #sendTyping(on: boolean): void {
    const conversationId = this.store.getState().conversation?.id;
    if (conversationId) void this.#client.connection.request('typing:set', { conversationId, on }, { via: 'socket' });
  }
}

/**
 * Messages on their way: durable before they are shown, sent in order, one at a time, until the server says yes or a
 * final no. Nothing but the person removes a text; a lost connection never does.
 *
 * One tab flushes for all tabs of the origin (Web Lock). Where there are no locks every tab flushes, which is
 * harmless: the key of an item is its idempotency key. A tab asks for the lock only while something waits.
 */
import { createIdempotencyKey, type ConversationId, type IdempotencyKey } from '@frontdesk/protocol/ids';
import { OUTBOX_TTL_MS } from '@frontdesk/protocol/limits';
import type { Result } from '@frontdesk/protocol/result';
import { computeBackoffMs } from './clock.js';
import type { ClientEnvironment } from './environment.js';
import { createOutboxChannel, type OutboxNews } from './outbox-channel.js';
import type { OutboxItem, OutboxStore } from './outbox-item.js';
import { createUnknownOutcome, isRetryable } from './outcome.js';
import { createPause } from './pause.js';
import { createStore, type ReadableStore } from './store.js';

/** What the server answered to a delivered item. */
export interface Delivery {
  readonly conversationId: ConversationId;
  readonly epoch: string;
  readonly seq: number;
  readonly at: string;
}

export interface OutboxOptions {
  readonly environment: Pick<ClientEnvironment, 'clock' | 'lifecycle' | 'locks' | 'createChannel'>;
  /** Name that tabs share their outbox under; null for an outbox of this page alone. */
  readonly sharedAs: string | null;
  openStore(): Promise<OutboxStore>;
  /** Sends one item; the item's key is the idempotency key of every try. */
  deliver(item: OutboxItem, how: { keepalive: boolean }): Promise<Result<Delivery>>;
  /** An item reached the server, from this tab or from another one. */
  handleDelivered?(item: OutboxItem, delivery: Delivery): void;
}

export interface OutboxState {
  /** Acknowledged items that the log has not shown yet, then the others in local order. */
  readonly items: readonly OutboxItem[];
  readonly isPersistent: boolean;
}

export interface OutboxDraft {
  readonly conversationId: ConversationId | null;
  readonly body: string;
  readonly kind?: OutboxItem['kind'];
  readonly start?: OutboxItem['start'];
  readonly seenSeq?: number;
}

export interface Outbox extends ReadableStore<OutboxState> {
  /** Reads what an earlier page left behind and begins to send it. */
  open(): Promise<void>;
  /** Resolves when the item is kept and in the state. */
  add(draft: OutboxDraft): Promise<OutboxItem>;
  /** Puts a failed item back in line; the change says what to do differently. */
  retry(key: IdempotencyKey, change?: Partial<Pick<OutboxItem, 'force' | 'seenSeq'>>): Promise<void>;
  /** False when it is being sent or the server has it. */
  remove(key: IdempotencyKey): Promise<boolean>;
  /** Where items without a conversation go: `null` starts one, `undefined` makes them wait until it is known. */
  setConversation(id: ConversationId | null | undefined): void;
  /** The network may be back: try now instead of at the end of the back-off. */
  kick(): void;
  /** Lets go of acknowledged items that the log shows. */
  settle(isShown: (item: OutboxItem) => boolean): void;
  /** Resolves when nothing is queued. */
  whenDrained(): Promise<void>;
  stop(): void;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const engine = new OutboxEngine(options);
  return {
    getState: engine.store.getState,
    subscribe: engine.store.subscribe,
    open: () => engine.open(),
    add: (draft) => engine.add(draft),
    retry: (key, change = {}) => engine.retry(key, change),
    remove: (key) => engine.remove(key),
    setConversation: (id) => engine.setConversation(id),
    kick: () => engine.kick(),
    settle: (isShown) => engine.settle(isShown),
    whenDrained: () => engine.whenDrained(),
    stop: () => engine.stop(),
  };
}

class OutboxEngine {
  readonly store = createStore<OutboxState>({ items: [], isPersistent: true });
  readonly #options: OutboxOptions;
  readonly #pause;
  readonly #channel;
  readonly #stopListening: (() => void)[];
  #disk: Promise<OutboxStore> | null = null;
  #stored: readonly OutboxItem[] = [];
  readonly #acked = new Map<IdempotencyKey, OutboxItem>();
  /** Order → what an item is by now (null: removed), as far as the disk refused to learn it. */
  readonly #unwritten = new Map<number, OutboxItem | null>();
  #sendingKey: IdempotencyKey | null = null;
  #conversationId: ConversationId | null | undefined = undefined;
  #flushing: Promise<void> | null = null;
  #halt = new AbortController();
  #failedTries = 0;
  #notBefore = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    const { clock, lifecycle, createChannel } = options.environment;
    this.#pause = createPause(clock);
    this.#channel = createOutboxChannel(
      options.sharedAs === null ? null : createChannel,
      options.sharedAs ?? '',
      (news) => this.#handleNews(news),
    );
    this.#stopListening = [
      lifecycle.on('suspend', () => this.#handleSuspend()),
      lifecycle.on('resume', () => this.#handleResume()),
    ];
  }

  async open(): Promise<void> {
    this.#channel.open();
    await this.#reload();
    const oldest = this.#options.environment.clock.now() - OUTBOX_TTL_MS;
    const expired = this.#stored.filter((item) => item.createdAt < oldest).map((item) => item.key);
    if (expired.length > 0) await this.#commit({ remove: expired });
    this.#flush();
  }

  async add(draft: OutboxDraft): Promise<OutboxItem> {
    this.#channel.open();
    const disk = await this.#openDisk();
    const now = this.#options.environment.clock.now();
    const item = await disk.add({
      key: createIdempotencyKey(now),
      conversationId: draft.conversationId,
      opens: false,
      start: draft.start ?? null,
      kind: draft.kind ?? 'message',
      body: draft.body,
      state: 'queued',
      error: null,
      attempts: 0,
      createdAt: now,
      seq: null,
      at: null,
      seenSeq: draft.seenSeq ?? null,
      force: false,
    });
    await this.#reload();
    this.#channel.post({ type: 'changed' });
    this.#flush();
    return item;
  }

  async retry(key: IdempotencyKey, change: Partial<Pick<OutboxItem, 'force' | 'seenSeq'>>): Promise<void> {
    const item = this.#stored.find((candidate) => candidate.key === key);
    if (item?.state !== 'failed') return;
    const again: OutboxItem = { ...item, ...change, state: 'queued', error: null, attempts: 0, opens: false };
    if (item.error?.code === 'NOT_FOUND' || item.error?.code === 'IDEMPOTENCY_MISMATCH') {
      // The conversation is gone, or the key means something else by now: only a new request can succeed.
      const replaced = { ...again, key: createIdempotencyKey(this.#options.environment.clock.now()) };
      await this.#commit({
        replace: [item.error.code === 'NOT_FOUND' ? { ...replaced, conversationId: null } : replaced],
      });
    } else {
      await this.#commit({ replace: [again] });
    }
    this.#notBefore = 0;
    this.kick();
  }

  async remove(key: IdempotencyKey): Promise<boolean> {
    const item = this.#stored.find((candidate) => candidate.key === key);
    if (item === undefined || this.#acked.has(key) || this.#sendingKey === key) return false;
    await this.#commit({ remove: [key] });
    return true;
  }

  setConversation(id: ConversationId | null | undefined): void {
    if (this.#conversationId === id) return;
    this.#conversationId = id;
    this.#pause.wake();
    this.#flush();
  }

  kick(): void {
    if (this.#options.environment.clock.now() >= this.#notBefore) this.#pause.wake();
    this.#flush();
  }

  settle(isShown: (item: OutboxItem) => boolean): void {
    const before = this.#acked.size;
    for (const item of [...this.#acked.values()]) if (isShown(item)) this.#acked.delete(item.key);
    if (this.#acked.size !== before) this.#publish();
  }

  async whenDrained(): Promise<void> {
    while (this.#flushing !== null) await this.#flushing;
  }

  stop(): void {
    this.#halt.abort();
    this.#pause.wake();
    this.#channel.close();
    for (const stop of this.#stopListening) stop();
  }

  #openDisk(): Promise<OutboxStore> {
    this.#disk ??= this.#options.openStore();
    return this.#disk;
  }

  async #reload(): Promise<void> {
    const disk = await this.#openDisk();
    // When it cannot be read, what is in memory stays; the disk is asked again before the next send.
    const listed = await disk.list().catch(() => this.#stored);
    this.#stored = listed.flatMap((item) => {
      const current = this.#unwritten.get(item.order);
      return current === undefined ? item : (current ?? []);
    });
    this.#publish(disk.kind !== 'memory');
  }

  /** A disk that refuses leaves the memory right: what was acknowledged or failed is never sent again by this page. */
  async #commit(change: Parameters<OutboxStore['commit']>[0]): Promise<void> {
    const disk = await this.#openDisk();
    const { replace = [], remove = [] } = change;
    const removed = this.#stored.filter((item) => remove.includes(item.key));
    try {
      await disk.commit(change);
      for (const { order } of [...replace, ...removed]) this.#unwritten.delete(order);
    } catch {
      for (const item of replace) this.#unwritten.set(item.order, item);
      for (const { order } of removed) this.#unwritten.set(order, null);
    }
    await this.#reload();
    this.#channel.post({ type: 'changed' });
  }

  #publish(isPersistent = this.store.getState().isPersistent): void {
    const waiting = this.#stored
      .filter((item) => !this.#acked.has(item.key))
      .map((item) => (item.key === this.#sendingKey ? { ...item, state: 'sending' as const } : item));
    const items = [...this.#acked.values(), ...waiting];
    this.store.patch({ items, isPersistent });
  }

  #findNext(): OutboxItem | undefined {
    return this.#stored.find((item) => item.state === 'queued' && !this.#acked.has(item.key));
  }

  #flush(): void {
    if (this.#flushing !== null || this.#halt.signal.aborted || this.#findNext() === undefined) return;
    this.#flushing = this.#flushAsOnlyTab()
      .catch(() => {})
      .then(() => {
        this.#flushing = null;
        this.#flush();
      });
  }

  async #flushAsOnlyTab(): Promise<void> {
    const { locks } = this.#options.environment;
    const { sharedAs } = this.#options;
    const { signal } = this.#halt;
    if (locks === null || sharedAs === null) return this.#flushAll(signal);
    let isHeld = false;
    try {
      await locks.request(sharedAs, { signal }, () => {
        isHeld = true;
        return this.#flushAll(signal);
      });
    } catch {
      // Some embedded contexts refuse locks; then flushing without one is right.
      if (!isHeld && !signal.aborted) await this.#flushAll(signal);
    }
  }

  async #flushAll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#reload();
      const next = this.#findNext();
      if (next === undefined || signal.aborted) return;
      const ready = await this.#address(next);
      if (ready === null) await this.#pause.wait();
      else await this.#sendOne(ready);
    }
  }

  /** Decides where an item goes and writes that down before the first try; null while that is not known. */
  async #address(item: OutboxItem): Promise<OutboxItem | null> {
    if (item.conversationId !== null || item.opens) return item;
    if (this.#conversationId === undefined) return null;
    const change = this.#conversationId === null ? { opens: true } : { conversationId: this.#conversationId };
    const addressed = { ...item, ...change };
    await this.#commit({ replace: [addressed] });
    return addressed;
  }

  async #sendOne(item: OutboxItem): Promise<void> {
    this.#sendingKey = item.key;
    this.#publish();
    const result = await this.#options
      .deliver(item, { keepalive: false })
      .catch(() => createUnknownOutcome('The message could not be handed over.'));
    this.#sendingKey = null;
    if (result.ok) return this.#handleAcknowledged(item, result.data);
    if (!isRetryable(result.error)) {
      return this.#commit({
        replace: [{ ...item, state: 'failed', error: result.error, attempts: item.attempts + 1 }],
      });
    }
    this.#failedTries += 1;
    const { clock } = this.#options.environment;
    const retryAfterMs = result.error.retryAfterMs ?? 0;
    this.#notBefore = clock.now() + retryAfterMs;
    this.#publish();
    await this.#pause.wait(Math.max(computeBackoffMs(this.#failedTries, clock), retryAfterMs));
  }

  /** The rest of the line learns its conversation in the same step that lets go of the item that started it. */
  async #handleAcknowledged(item: OutboxItem, delivery: Delivery): Promise<void> {
    this.#failedTries = 0;
    this.#notBefore = 0;
    this.#conversationId = delivery.conversationId;
    const done: OutboxItem = {
      ...item,
      conversationId: delivery.conversationId,
      seq: delivery.seq,
      at: delivery.at,
      state: 'acked',
    };
    this.#acked.set(item.key, done);
    this.#publish();
    this.#options.handleDelivered?.(done, delivery);
    const replace = this.#stored
      .filter((other) => item.opens && other.conversationId === null && !other.opens && other.key !== item.key)
      .map((other) => ({ ...other, conversationId: delivery.conversationId }));
    await this.#commit({ replace, remove: [item.key] });
    this.#channel.post({ type: 'acked', item: done, delivery });
  }

  #handleNews(news: OutboxNews): void {
    if (news.type === 'acked') {
      this.#acked.set(news.item.key, news.item);
      this.#options.handleDelivered?.(news.item, news.delivery);
    }
    void this.#reload().then(() => this.#flush());
  }

  /** Last chance before the page goes: the head of the line travels by itself; a double is dropped by its key. */
  #handleSuspend(): void {
    const next = this.#findNext();
    if (next !== undefined && (next.conversationId !== null || next.opens) && this.#flushing !== null) {
      void this.#options.deliver(next, { keepalive: true });
    }
    this.#halt.abort();
    this.#pause.wake();
    this.#channel.close();
  }

  #handleResume(): void {
    if (!this.#halt.signal.aborted) return;
    this.#halt = new AbortController();
    this.#channel.open();
    void this.#reload().then(() => this.#flush());
  }
}

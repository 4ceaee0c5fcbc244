/** What waits in an outbox, and how it is kept. */
import type { ConversationId, IdempotencyKey } from '@frontdesk/protocol/ids';
import type { ErrorBody } from '@frontdesk/protocol/result';

/**
 * - `queued`: kept, waiting for its turn.
 * - `sending`: a try is under way (only ever seen in memory; on disk it is still `queued`).
 * - `acked`: the server has it under `seq`; shown until the log brings the entry itself.
 * - `failed`: the server refused it for good; kept until the person retries or removes it.
 */
export type OutboxItemState = 'queued' | 'sending' | 'acked' | 'failed';

export interface OutboxItem {
  /** Idempotency key, made before the first try and the same on every try. */
  readonly key: IdempotencyKey;
  /** null: belongs to the conversation that is still to be started. */
  readonly conversationId: ConversationId | null;
  /** True once it was tried as `conversation:start`; it must stay that, because its key means that from then on. */
  readonly opens: boolean;
  /** What `conversation:start` tells about the person; kept with the item because a retry must repeat it exactly. */
  readonly start: Readonly<Record<string, unknown>> | null;
  readonly kind: 'message' | 'note';
  readonly body: string;
  readonly state: OutboxItemState;
  /** Why it failed; null while there is hope. */
  readonly error: ErrorBody | null;
  readonly attempts: number;
  readonly createdAt: number;
  /** Local order, given by the store. */
  readonly order: number;
  /** Set when `acked`. */
  readonly seq: number | null;
  readonly at: string | null;
  /** Staff only: newest entry that the writer had seen. */
  readonly seenSeq: number | null;
  /** Staff only: send although the thread moved on. */
  readonly force: boolean;
}

export type NewOutboxItem = Omit<OutboxItem, 'order'>;

/** Where unsent items live. Every promise resolves when the change is as durable as this store can make it. */
export interface OutboxStore {
  readonly kind: 'indexeddb' | 'localstorage' | 'memory';
  add(item: NewOutboxItem): Promise<OutboxItem>;
  /** Replaces items and deletes others in one step. Items that are no longer there are not brought back. */
  commit(change: { replace?: readonly OutboxItem[]; remove?: readonly IdempotencyKey[] }): Promise<void>;
  /** In local order. */
  list(): Promise<readonly OutboxItem[]>;
  clear(): Promise<void>;
}

/** State and actions of a visitor's chat, as elements see them. */
import type { SiteDescriptionDto, VisitorConversationDto } from '@frontdesk/protocol/chat';
import type { ConversationId, IdempotencyKey } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import type { AuthorKind } from '@frontdesk/protocol/vocabulary';
import type { ConnectionState } from './connection-types.js';
import type { ReadableStore } from './store.js';

/** `queued` and `sending` are ours alone; `sent`, `delivered` and `read` are what the business's side reported. */
export type MessageState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** One bubble. Ready to render: no further look-up is needed. */
export interface ChatMessage {
  /** Stable from the moment of pressing send until the end; use it as the list key. */
  readonly id: string;
  readonly isMine: boolean;
  readonly authorKind: AuthorKind;
  readonly authorName: string | null;
  readonly body: string;
  /** ISO instant: the server's once it has one, before that this browser's. */
  readonly at: string;
  /** null on messages of others and before the log gave it a number. */
  readonly seq: number | null;
  /** null on messages of others. */
  readonly state: MessageState | null;
  readonly error: ErrorBody | null;
  /** Key for retry and remove; null on messages of others. */
  readonly key: IdempotencyKey | null;
}

export interface ChatState {
  /**
   * - `idle`: not started, or a new visitor who has sent nothing yet.
   * - `loading`: the conversation is being fetched for the first time.
   * - `ready`: `messages` shows the log up to what is known.
   * - `failed`: it could not be fetched; `error` says why. `retry()` or a reconnect starts again.
   */
  readonly phase: 'idle' | 'loading' | 'ready' | 'failed';
  readonly error: ErrorBody | null;
  readonly connection: ConnectionState;
  readonly site: SiteDescriptionDto | null;
  /** Somebody of the business is there; null when not known. */
  readonly isStaffOnline: boolean | null;
  readonly conversation: VisitorConversationDto | null;
  readonly messages: readonly ChatMessage[];
  /** Earlier messages exist that are not loaded. */
  readonly hasOlder: boolean;
  readonly unreadCount: number;
  /** Name of whoever is writing, null when nobody is. */
  readonly typingName: string | null;
  readonly draft: string;
  /** False: unsent text cannot survive this page; tell the visitor. */
  readonly isPersistent: boolean;
}

/** What `conversation:start` may tell about the person; used only while there is no conversation. */
export interface StartDetails {
  readonly locale?: Locale;
  readonly name?: string;
  readonly email?: string;
}

export interface ConversationSession extends ReadableStore<ChatState> {
  /**
   * Begins. A visitor who wrote before gets the history and a live connection; for a new one nothing is fetched or
   * stored. Reference-counted through `stop()`.
   */
  start(): void;
  stop(): void;
  /** The chat was opened: describes the site and goes live, also for a new visitor. Stores nothing. */
  open(): void;
  /** Resolves when the message is kept and shown; false when the text is blank. Clears the draft. */
  send(body: string): Promise<boolean>;
  /** Tries a failed message again. */
  retryMessage(key: IdempotencyKey): Promise<void>;
  /** Removes a message that is not on the server; false when it is just being sent. */
  removeMessage(key: IdempotencyKey): Promise<boolean>;
  setDraft(text: string): void;
  /** The visitor is typing; throttled, never stored. `false` when the text is empty again. */
  setTyping(isTyping: boolean): void;
  /** Everything shown has been seen. */
  markRead(): void;
  setStartDetails(details: StartDetails): void;
  identify(identityToken: string): Promise<Result<{ verifiedUntil: string; name: string | null }>>;
  loadOlder(): Promise<void>;
  retry(): void;
  /** Signs out, wipes the browser's storage and begins anew. */
  forget(): Promise<void>;
}

/** Conversation that a session continues: the newest that is not closed as spam, or null. */
export type PickedConversation = { readonly id: ConversationId; readonly epoch: string } | null;

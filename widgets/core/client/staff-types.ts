/** State and actions of the staff side, as elements see them. */
import type { StaffConversationDto, StaffEntryDto, ViewerDto } from '@frontdesk/protocol/chat';
import type { IdempotencyKey, MembershipId } from '@frontdesk/protocol/ids';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import type { StaffCommands } from '@frontdesk/protocol/staff';
import type { AuthorKind, EntryKind, ListView, TypingMode } from '@frontdesk/protocol/vocabulary';
import type { MessageState } from './session-types.js';
import type { ReadableStore } from './store.js';

/** One line of a thread: an entry of the log, or something of mine on its way there. */
export interface ThreadItem {
  /** Stable from the moment of pressing send until the end; use it as the list key. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly isMine: boolean;
  readonly authorKind: AuthorKind;
  readonly authorId: string | null;
  readonly authorName: string | null;
  readonly body: string;
  readonly at: string;
  readonly seq: number | null;
  /** Set on replies (`read`: the customer read it) and on whatever of mine is still on its way. */
  readonly state: MessageState | null;
  readonly error: ErrorBody | null;
  readonly key: IdempotencyKey | null;
  readonly event: StaffEntryDto['event'];
}

/** A reply that was held back because the thread moved on while it was written. */
export interface MovedReply {
  readonly key: IdempotencyKey;
  readonly body: string;
  /** What arrived meanwhile. */
  readonly entries: readonly StaffEntryDto[];
}

export interface TypingPerson {
  readonly id: string;
  readonly kind: 'contact' | 'staff';
  readonly name: string;
  readonly mode: TypingMode;
}

export interface StaffThreadState {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly error: ErrorBody | null;
  readonly conversation: StaffConversationDto | null;
  readonly items: readonly ThreadItem[];
  readonly hasOlder: boolean;
  /** Other members who look at this thread. */
  readonly viewers: readonly ViewerDto[];
  readonly typing: readonly TypingPerson[];
  readonly moved: MovedReply | null;
}

/** A text of mine that the server does not have: still on its way, or waiting for a person to decide. */
export interface UnsentText {
  readonly body: string;
  readonly mode: TypingMode;
  readonly needsPerson: boolean;
}

export type ConversationChange = StaffCommands['conversation:update']['input']['set'];

export interface StaffThread extends ReadableStore<StaffThreadState> {
  start(): void;
  /** Stops listening; unsent replies go on being sent. It can be started again, and then still has them. */
  stop(): void;
  /** In the order of writing. The outbox lives in memory, so whoever lets go of a thread asks this first. */
  listUnsent(): readonly UnsentText[];
  /** Resolves when the text is shown; false when it is blank. */
  send(body: string, mode: TypingMode): Promise<boolean>;
  /** Sends the reply in `moved` although the thread moved on. */
  sendAnyway(): Promise<void>;
  /** Gives up the reply in `moved`; the text is returned for the composer. */
  takeBackMoved(): Promise<string>;
  retryMessage(key: IdempotencyKey): Promise<void>;
  removeMessage(key: IdempotencyKey): Promise<boolean>;
  setTyping(isTyping: boolean, mode: TypingMode): void;
  markRead(): void;
  /** On CONFLICT the state already shows what won. */
  update(set: ConversationChange): Promise<Result<{ conversation: StaffConversationDto }>>;
  loadOlder(): Promise<void>;
  retry(): void;
}

export interface StaffListState {
  readonly view: ListView;
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly error: ErrorBody | null;
  /** Newest activity first. */
  readonly conversations: readonly StaffConversationDto[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly counts: Readonly<Partial<Record<ListView, number>>>;
}

export interface StaffList extends ReadableStore<StaffListState> {
  start(): void;
  stop(): void;
  setView(view: ListView): void;
  loadMore(): Promise<void>;
  refresh(): Promise<void>;
}

/** Who is looking: needed for the view `mine` and to leave oneself out of viewers and typing. */
export interface StaffIdentity {
  readonly memberId: MembershipId;
}

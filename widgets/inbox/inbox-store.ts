/**
 * What the inbox knows, and how each thing that happens changes it. Pure: no element, socket or clock in here.
 *
 * The list and the thread arrive as whole states from the client, which owns cursors, gaps and the outbox. What this
 * file decides is everything around them: which view and thread are open, which pane a narrow screen shows, the draft
 * and mode of every composer, and what to say when a change lost a race.
 */
import type { StaffConversationDto } from '@frontdesk/protocol/chat';
import type { ConversationId, MembershipId } from '@frontdesk/protocol/ids';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { InboxDto, MemberDto, TeamDto } from '@frontdesk/protocol/tenancy';
import type { Availability, TypingMode } from '@frontdesk/protocol/vocabulary';
import type { ConnectionPhase } from '../core/client/connection-types.js';
import type { ConversationChange, StaffListState, StaffThreadState } from '../core/client/staff-types.js';
import { EMPTY_THREAD } from '../core/client/staff-view.js';

export type { ConversationChange } from '../core/client/staff-types.js';

export type Pane = 'list' | 'thread' | 'details';
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

/** One composer per thread: its mode and both texts outlive a switch to another thread. */
export interface ComposerModel {
  readonly mode: TypingMode;
  readonly reply: string;
  readonly note: string;
}

/** A change that lost against someone else's, and what the conversation is now. */
export interface ConflictModel {
  readonly conversationId: ConversationId;
  readonly wanted: ConversationChange;
  readonly current: StaffConversationDto;
}

export interface InboxState {
  readonly connection: ConnectionPhase;
  readonly list: StaffListState;
  readonly filter: string;
  readonly density: Density;
  readonly pane: Pane;
  readonly selectedId: ConversationId | null;
  readonly thread: StaffThreadState | null;
  /** Where the unread line stands: the team's read marker at the moment the thread was opened. */
  readonly unreadAfter: number | null;
  readonly composers: Readonly<Record<string, ComposerModel>>;
  readonly conflict: ConflictModel | null;
  /** Threads that are not open and hold a text that was not sent and needs a decision. */
  readonly unsent: readonly ConversationId[];
  readonly members: readonly MemberDto[];
  readonly teams: readonly TeamDto[];
  readonly inboxes: readonly InboxDto[];
  readonly helpOpen: boolean;
  readonly shortcutsOn: boolean;
  /** The last thing that did not work and has no better place to say so. */
  readonly failure: ErrorBody | null;
}

export type InboxAction =
  | { readonly type: 'connection-changed'; readonly connection: ConnectionPhase }
  | { readonly type: 'list-changed'; readonly list: StaffListState }
  | { readonly type: 'filter-typed'; readonly text: string }
  | { readonly type: 'density-chosen'; readonly density: Density }
  | { readonly type: 'pane-shown'; readonly pane: Pane }
  | { readonly type: 'thread-chosen'; readonly conversationId: ConversationId | null }
  | { readonly type: 'thread-changed'; readonly conversationId: ConversationId; readonly thread: StaffThreadState }
  | { readonly type: 'mode-chosen'; readonly conversationId: ConversationId; readonly mode: TypingMode }
  | { readonly type: 'draft-typed'; readonly conversationId: ConversationId; readonly text: string }
  | { readonly type: 'draft-sent'; readonly conversationId: ConversationId; readonly mode: TypingMode }
  | {
      readonly type: 'draft-returned';
      readonly conversationId: ConversationId;
      readonly mode: TypingMode;
      readonly text: string;
    }
  | { readonly type: 'unsent-changed'; readonly unsent: readonly ConversationId[] }
  | { readonly type: 'conflict-found'; readonly conflict: ConflictModel }
  | { readonly type: 'conflict-dismissed' }
  | {
      readonly type: 'workspace-loaded';
      readonly members?: readonly MemberDto[];
      readonly teams?: readonly TeamDto[];
      readonly inboxes?: readonly InboxDto[];
    }
  | { readonly type: 'presence-changed'; readonly memberId: MembershipId; readonly availability: Availability }
  | { readonly type: 'help-toggled'; readonly open: boolean }
  | { readonly type: 'shortcuts-switched'; readonly on: boolean }
  | { readonly type: 'failure-shown'; readonly error: ErrorBody | null }
  | { readonly type: 'signed-out' };

export const EMPTY_LIST: StaffListState = {
  view: 'all-open',
  phase: 'loading',
  error: null,
  conversations: [],
  hasMore: false,
  isLoadingMore: false,
  counts: {},
};

export const EMPTY_COMPOSER: ComposerModel = { mode: 'reply', reply: '', note: '' };

export const INITIAL_INBOX: InboxState = {
  connection: 'idle',
  list: EMPTY_LIST,
  filter: '',
  density: 'comfortable',
  pane: 'list',
  selectedId: null,
  thread: null,
  unreadAfter: null,
  composers: {},
  conflict: null,
  unsent: [],
  members: [],
  teams: [],
  inboxes: [],
  helpOpen: false,
  shortcutsOn: true,
  failure: null,
};

export function reduceInbox(state: InboxState, action: InboxAction): InboxState {
  switch (action.type) {
    case 'connection-changed':
      return { ...state, connection: action.connection };
    case 'list-changed':
      return { ...state, list: action.list, filter: action.list.view === state.list.view ? state.filter : '' };
    case 'filter-typed':
      return { ...state, filter: action.text };
    case 'density-chosen':
      return { ...state, density: action.density };
    case 'pane-shown':
      return { ...state, pane: action.pane };
    case 'thread-chosen':
      return chooseThread(state, action.conversationId);
    case 'thread-changed':
      return changeThread(state, action.conversationId, action.thread);
    case 'workspace-loaded':
      return {
        ...state,
        members: action.members ?? state.members,
        teams: action.teams ?? state.teams,
        inboxes: action.inboxes ?? state.inboxes,
      };
    case 'presence-changed':
      return { ...state, members: state.members.map((member) => withAvailability(member, action)) };
    case 'help-toggled':
      return { ...state, helpOpen: action.open };
    case 'shortcuts-switched':
      return { ...state, shortcutsOn: action.on };
    case 'failure-shown':
      return { ...state, failure: action.error };
    case 'conflict-found':
      return action.conflict.conversationId === state.selectedId ? { ...state, conflict: action.conflict } : state;
    case 'conflict-dismissed':
      return { ...state, conflict: null };
    case 'unsent-changed':
      return { ...state, unsent: action.unsent };
    case 'signed-out':
      // Drafts and the open thread stay: a session that ends must not cost anyone their words or their place.
      return {
        ...INITIAL_INBOX,
        composers: state.composers,
        density: state.density,
        shortcutsOn: state.shortcutsOn,
        selectedId: state.selectedId,
        pane: state.pane,
      };
    default:
      return reduceComposer(state, action);
  }
}

type ComposerAction = Extract<InboxAction, { type: 'mode-chosen' | 'draft-typed' | 'draft-sent' | 'draft-returned' }>;

function reduceComposer(state: InboxState, action: ComposerAction): InboxState {
  const composer = composerOf(state, action.conversationId);
  const change = (patch: Partial<ComposerModel>): InboxState => ({
    ...state,
    composers: { ...state.composers, [action.conversationId]: { ...composer, ...patch } },
  });
  switch (action.type) {
    case 'mode-chosen':
      return change({ mode: action.mode });
    case 'draft-typed':
      return change({ [composer.mode]: action.text });
    case 'draft-sent':
      return change({ [action.mode]: '' });
    case 'draft-returned': {
      // What was typed since the text left stands below it; nothing is thrown away.
      const typedSince = composer[action.mode];
      const text = typedSince === '' ? action.text : `${action.text}\n${typedSince}`;
      return change({ [action.mode]: text, mode: action.mode });
    }
  }
}

function chooseThread(state: InboxState, conversationId: ConversationId | null): InboxState {
  if (conversationId === null) {
    return { ...state, selectedId: null, thread: null, pane: 'list', conflict: null, unreadAfter: null };
  }
  if (conversationId === state.selectedId && state.thread !== null) return { ...state, pane: 'thread' };
  const conversation = state.list.conversations.find(({ id }) => id === conversationId) ?? null;
  return {
    ...state,
    selectedId: conversationId,
    thread: { ...EMPTY_THREAD, conversation },
    pane: 'thread',
    conflict: null,
    unreadAfter: conversation === null ? null : unreadLineOf(conversation),
  };
}

function changeThread(state: InboxState, conversationId: ConversationId, thread: StaffThreadState): InboxState {
  // A late answer for a thread that is no longer open must not paint over the open one.
  if (conversationId !== state.selectedId) return state;
  const known = state.thread?.conversation ?? null;
  // The client may know less than the list's row for a moment; the header keeps what it shows.
  const conversation = thread.conversation ?? known;
  const isFirst = known === null && conversation !== null;
  return {
    ...state,
    thread: { ...thread, conversation },
    unreadAfter: isFirst ? unreadLineOf(conversation) : state.unreadAfter,
  };
}

function unreadLineOf(conversation: StaffConversationDto): number | null {
  return isUnread(conversation) ? conversation.staffReadUpTo : null;
}

function withAvailability(
  member: MemberDto,
  change: { readonly memberId: MembershipId; readonly availability: Availability },
): MemberDto {
  return member.id === change.memberId ? { ...member, availability: change.availability } : member;
}

export function composerOf(state: Pick<InboxState, 'composers'>, conversationId: ConversationId): ComposerModel {
  return state.composers[conversationId] ?? EMPTY_COMPOSER;
}

export function isUnread(conversation: StaffConversationDto): boolean {
  return conversation.lastContactSeq > conversation.staffReadUpTo;
}

/** Rows that contain every typed word in name, address, last line or labels. Only loaded rows are searched. */
export function selectRows(state: Pick<InboxState, 'list' | 'filter'>): readonly StaffConversationDto[] {
  const words = state.filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return state.list.conversations;
  return state.list.conversations.filter(({ contact, lastMessage, labels }) => {
    const text = [contact.name, contact.email, lastMessage?.preview, ...labels].join('\n').toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The row `step` places after the selected one; null beyond either end. */
export function neighbourOf(state: InboxState, step: 1 | -1): ConversationId | null {
  const rows = selectRows(state);
  const index = rows.findIndex((row) => row.id === state.selectedId);
  if (index === -1) return rows[0]?.id ?? null;
  return rows[index + step]?.id ?? null;
}

/** How many messages by contacts the newer list has that the older one had not. */
export function countArrivals(before: StaffListState, after: StaffListState): number {
  if (before.view !== after.view || before.phase !== 'ready') return 0;
  const known = new Map(before.conversations.map((conversation) => [conversation.id, conversation.lastContactSeq]));
  const oldest = before.conversations.at(-1)?.lastActivityAt ?? '';
  return after.conversations.filter((conversation) => {
    const seq = known.get(conversation.id);
    // A row that appears at the bottom was loaded by scrolling; a row at the top is news.
    if (seq === undefined) return isUnread(conversation) && conversation.lastActivityAt > oldest;
    return conversation.lastContactSeq > seq;
  }).length;
}

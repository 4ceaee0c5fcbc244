/** What a visitor sees, derived from log, outbox and markers. Pure. */
import type { VisitorConversationDto, VisitorEntryDto } from '@frontdesk/protocol/chat';
import type { ConnectionState } from './connection-types.js';
import { mergeDisplay } from './display.js';
import type { OutboxItem } from './outbox-item.js';
import type { ChatMessage, ChatState, MessageState } from './session-types.js';

type Markers = Pick<VisitorConversationDto, 'staffReadUpTo' | 'staffDeliveredUpTo'>;

export function buildMessages(
  entries: readonly VisitorEntryDto[],
  items: readonly OutboxItem[],
  markers: Markers | null,
): ChatMessage[] {
  return mergeDisplay(entries, items).map((display) =>
    display.type === 'entry' ? buildEntry(display.id, display.entry, markers) : buildPending(display.item, markers),
  );
}

export function createChatState(connection: ConnectionState): ChatState {
  return {
    phase: 'idle',
    error: null,
    connection,
    site: null,
    isStaffOnline: null,
    conversation: null,
    messages: [],
    hasOlder: false,
    unreadCount: 0,
    typingName: null,
    draft: '',
    isPersistent: true,
  };
}

/** Entries of others after the visitor's read marker. */
export function countUnread(entries: readonly VisitorEntryDto[], readUpTo: number): number {
  return entries.filter((entry) => entry.seq > readUpTo && !isOwn(entry)).length;
}

/** Newest entry that somebody else wrote; 0 for none. */
export function findLastForeignSeq(entries: readonly VisitorEntryDto[]): number {
  return entries.reduce((last, entry) => (isOwn(entry) ? last : entry.seq), 0);
}

/** The newest conversation that the visitor can go on with. Spam is left behind; `conversation:list` is newest first. */
export function pickConversation(conversations: readonly VisitorConversationDto[]): VisitorConversationDto | null {
  return conversations.find((conversation) => conversation.status !== 'spam') ?? null;
}

/** Joins two views of one conversation, whichever came later: markers and head only grow within an epoch. */
export function mergeVisitorConversation(
  known: VisitorConversationDto | null,
  incoming: VisitorConversationDto,
): VisitorConversationDto {
  if (known === null || known.id !== incoming.id || known.epoch !== incoming.epoch) return incoming;
  return {
    ...incoming,
    head: Math.max(known.head, incoming.head),
    minSeq: Math.max(known.minSeq, incoming.minSeq),
    readUpTo: Math.max(known.readUpTo, incoming.readUpTo),
    staffReadUpTo: Math.max(known.staffReadUpTo, incoming.staffReadUpTo),
    staffDeliveredUpTo: Math.max(known.staffDeliveredUpTo, incoming.staffDeliveredUpTo),
  };
}

export function findMessageState(seq: number, readUpTo: number, deliveredUpTo: number): MessageState {
  if (seq <= readUpTo) return 'read';
  return seq <= deliveredUpTo ? 'delivered' : 'sent';
}

function isOwn(entry: VisitorEntryDto): boolean {
  return entry.key !== null || entry.author.kind === 'contact';
}

function buildEntry(id: string, entry: VisitorEntryDto, markers: Markers | null): ChatMessage {
  const isMine = isOwn(entry);
  return {
    id,
    isMine,
    authorKind: entry.author.kind,
    authorName: entry.author.name,
    body: entry.body,
    at: entry.at,
    seq: entry.seq,
    state: isMine ? findMessageState(entry.seq, markers?.staffReadUpTo ?? 0, markers?.staffDeliveredUpTo ?? 0) : null,
    error: null,
    key: entry.key,
  };
}

function buildPending(item: OutboxItem, markers: Markers | null): ChatMessage {
  const isAcked = item.state === 'acked' && item.seq !== null;
  return {
    id: item.key,
    isMine: true,
    authorKind: 'contact',
    authorName: null,
    body: item.body,
    at: item.at ?? new Date(item.createdAt).toISOString(),
    seq: item.seq,
    state: isAcked
      ? findMessageState(item.seq, markers?.staffReadUpTo ?? 0, markers?.staffDeliveredUpTo ?? 0)
      : (item.state as 'queued' | 'sending' | 'failed'),
    error: item.error,
    key: item.key,
  };
}

/** What staff see, derived from log, outbox and conversation. Pure. */
import type { StaffConversationDto, StaffEntryDto } from '@frontdesk/protocol/chat';
import type { MembershipId } from '@frontdesk/protocol/ids';
import type { ListView } from '@frontdesk/protocol/vocabulary';
import { mergeDisplay } from './display.js';
import type { OutboxItem } from './outbox-item.js';
import { findMessageState } from './session-view.js';
import type { MovedReply, StaffThreadState, ThreadItem } from './staff-types.js';

/** A thread of which nothing is known yet. */
export const EMPTY_THREAD: StaffThreadState = {
  phase: 'loading',
  error: null,
  conversation: null,
  items: [],
  hasOlder: false,
  viewers: [],
  typing: [],
  moved: null,
};

type VisitorMarkers = Pick<StaffConversationDto, 'visitorReadUpTo' | 'visitorDeliveredUpTo'>;

export function buildThreadItems(
  entries: readonly StaffEntryDto[],
  items: readonly OutboxItem[],
  markers: VisitorMarkers | null,
  memberId: MembershipId,
): ThreadItem[] {
  // A reply that waits for a second press is shown in its own place, not as failed.
  const shown = items.filter((item) => !isMoved(item));
  return mergeDisplay(entries, shown).map((display) =>
    display.type === 'entry'
      ? buildEntry(display.id, display.entry, markers, memberId)
      : buildPending(display.item, memberId),
  );
}

/** The held-back reply, with what its writer had not seen. */
export function findMoved(
  entries: readonly StaffEntryDto[],
  items: readonly OutboxItem[],
  memberId: MembershipId,
): MovedReply | null {
  const item = items.find(isMoved);
  if (item === undefined) return null;
  const { key, body, seenSeq } = item;
  // What its writer did meanwhile is no news to them.
  const isNews = ({ seq, author }: StaffEntryDto): boolean => seq > (seenSeq ?? 0) && author.id !== memberId;
  return { key, body, entries: entries.filter(isNews) };
}

/** Joins two views of one conversation, in whichever order they came: each group of fields from where it is newer. */
export function mergeStaffConversation(a: StaffConversationDto, b: StaffConversationDto): StaffConversationDto {
  if (a.id !== b.id || a.epoch !== b.epoch) return b;
  const settings = b.rev >= a.rev ? b : a;
  const log = b.head >= a.head ? b : a;
  return {
    ...settings,
    contact: log.contact,
    head: log.head,
    lastMessage: log.lastMessage,
    lastContactSeq: Math.max(a.lastContactSeq, b.lastContactSeq),
    lastActivityAt: a.lastActivityAt > b.lastActivityAt ? a.lastActivityAt : b.lastActivityAt,
    minSeq: Math.max(a.minSeq, b.minSeq),
    staffReadUpTo: Math.max(a.staffReadUpTo, b.staffReadUpTo),
    staffDeliveredUpTo: Math.max(a.staffDeliveredUpTo, b.staffDeliveredUpTo),
    visitorReadUpTo: Math.max(a.visitorReadUpTo, b.visitorReadUpTo),
    visitorDeliveredUpTo: Math.max(a.visitorDeliveredUpTo, b.visitorDeliveredUpTo),
  };
}

export function isInView(conversation: StaffConversationDto, view: ListView, memberId: MembershipId): boolean {
  switch (view) {
    case 'all-open':
      return conversation.status === 'open';
    case 'mine':
      return conversation.status === 'open' && conversation.assigneeId === memberId;
    case 'unassigned':
      return conversation.status === 'open' && conversation.assigneeId === null;
    case 'snoozed':
    case 'resolved':
    case 'spam':
      return conversation.status === view;
  }
}

/** Newest activity first; the id decides between equals, so that the order is the same everywhere. */
export function compareActivity(a: StaffConversationDto, b: StaffConversationDto): number {
  if (a.lastActivityAt !== b.lastActivityAt) return a.lastActivityAt < b.lastActivityAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

function isMoved(item: OutboxItem): boolean {
  return item.state === 'failed' && item.error?.code === 'THREAD_MOVED';
}

function buildEntry(
  id: string,
  entry: StaffEntryDto,
  markers: VisitorMarkers | null,
  memberId: MembershipId,
): ThreadItem {
  const isReply = entry.kind === 'message' && entry.author.kind !== 'contact';
  return {
    id,
    kind: entry.kind,
    isMine: entry.key !== null || (entry.author.kind === 'staff' && entry.author.id === memberId),
    authorKind: entry.author.kind,
    authorId: entry.author.id,
    authorName: entry.author.name,
    body: entry.body,
    at: entry.at,
    seq: entry.seq,
    state: isReply
      ? findMessageState(entry.visitorSeq, markers?.visitorReadUpTo ?? 0, markers?.visitorDeliveredUpTo ?? 0)
      : null,
    error: null,
    key: entry.key,
    event: entry.event,
  };
}

function buildPending(item: OutboxItem, memberId: MembershipId): ThreadItem {
  return {
    id: item.key,
    kind: item.kind,
    isMine: true,
    authorKind: 'staff',
    authorId: memberId,
    authorName: null,
    body: item.body,
    at: item.at ?? new Date(item.createdAt).toISOString(),
    seq: item.seq,
    state: item.state === 'acked' ? 'sent' : item.state,
    error: item.error,
    key: item.key,
    event: null,
  };
}

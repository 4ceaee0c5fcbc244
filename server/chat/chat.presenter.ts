/**
 * Record → wire, one allow-list per audience (TEN-07). Every field is named here; nothing is spread, so a new column of
 * a record reaches nobody by accident.
 */
import type {
  ContactDto,
  StaffConversationDto,
  StaffEntryDto,
  VisitorConversationDto,
  VisitorEntryDto,
} from '@frontdesk/protocol/chat';
import type { IdempotencyKey, MembershipId } from '@frontdesk/protocol/ids';
import type { Contact } from '../contacts/index.js';
import { CONTACT_AUTHOR_ID, isVisitorVisible, type Conversation, type Entry } from './chat.types.js';

/** First word of a name, the only one that customers see. */
export function toPublicName(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? '';
}

/** Throws for everything that a visitor may not see; a caller that filters wrongly must not get away with it (IN-12). */
export function presentVisitorEntry(entry: Entry): VisitorEntryDto {
  if (!isVisitorVisible(entry.kind)) throw new Error('An entry that is not for visitors was about to be shown to one.');
  const isOwn = entry.author.id === CONTACT_AUTHOR_ID;
  return {
    seq: entry.visitorSeq,
    kind: 'message',
    author: {
      kind: entry.author.kind,
      name: isOwn || entry.author.name === null ? null : toPublicName(entry.author.name),
    },
    key: isOwn ? (entry.key as IdempotencyKey) : null,
    body: entry.body,
    at: entry.at.toISOString(),
  };
}

export function presentVisitorConversation(
  conversation: Conversation,
  assigneeName: string | null,
): VisitorConversationDto {
  return {
    id: conversation.id,
    epoch: conversation.epoch,
    status: conversation.status,
    head: conversation.visitorHead,
    // Retention removes a prefix; in visitor numbering it begins after the visible entries of that prefix.
    minSeq: 1,
    readUpTo: conversation.visitorReadUpTo,
    staffReadUpTo: conversation.staffReadVisitorSeq,
    staffDeliveredUpTo: conversation.staffDeliveredVisitorSeq,
    assigneeName,
    createdAt: conversation.createdAt.toISOString(),
  };
}

/** `reader` gets the keys of what they wrote themselves; undefined is everyone else. */
export function presentStaffEntry(entry: Entry, contact: Contact | undefined, reader?: MembershipId): StaffEntryDto {
  const isContact = entry.author.id === CONTACT_AUTHOR_ID;
  return {
    seq: entry.seq,
    visitorSeq: entry.visitorSeq,
    kind: entry.kind,
    author: {
      kind: entry.author.kind,
      id: isContact ? (contact?.id ?? null) : entry.author.kind === 'staff' ? entry.author.id : null,
      name: isContact ? (contact?.name ?? null) : entry.author.name,
    },
    key:
      entry.kind !== 'event' && reader !== undefined && entry.author.id === reader
        ? (entry.key as IdempotencyKey)
        : null,
    body: entry.body,
    event: entry.event ? { type: entry.event.type, from: entry.event.from, to: entry.event.to } : null,
    at: entry.at.toISOString(),
  };
}

export function presentContact(contact: Contact): ContactDto {
  return {
    id: contact.id,
    name: contact.name,
    email: contact.email,
    phone: contact.phone,
    locale: contact.locale,
    verified: contact.verified,
    page: { url: contact.page.url, title: contact.page.title },
  };
}

export function presentStaffConversation(conversation: Conversation, contact: Contact): StaffConversationDto {
  const { lastMessage } = conversation;
  return {
    id: conversation.id,
    epoch: conversation.epoch,
    inboxId: conversation.inboxId,
    channel: conversation.channel,
    status: conversation.status,
    handler: conversation.handler,
    assigneeId: conversation.assigneeId,
    teamId: conversation.teamId,
    labels: [...conversation.labels],
    priority: conversation.priority,
    contact: presentContact(contact),
    head: conversation.head,
    minSeq: conversation.minSeq,
    rev: conversation.rev,
    lastMessage: lastMessage
      ? { preview: lastMessage.preview, authorKind: lastMessage.authorKind, at: lastMessage.at.toISOString() }
      : null,
    lastContactSeq: conversation.lastContactSeq,
    lastActivityAt: conversation.lastActivityAt.toISOString(),
    staffReadUpTo: conversation.staffReadUpTo,
    staffDeliveredUpTo: conversation.staffDeliveredUpTo,
    visitorReadUpTo: conversation.visitorReadUpTo,
    visitorDeliveredUpTo: conversation.visitorDeliveredUpTo,
    createdAt: conversation.createdAt.toISOString(),
  };
}

/** Domain events → facts for browsers. Each audience gets its own presenter; notes and events never leave for visitors. */
import { HEADS_INTERVAL_MS } from '@frontdesk/protocol/limits';
import type { ContactId, ConversationId, InboxId, MembershipId, TenantId } from '@frontdesk/protocol/ids';
import type { EventBus } from '../core/bus.js';
import type { FactPublisher } from '../core/facts.js';
import type { Logger } from '../core/logger.js';
import { rooms } from '../core/rooms.js';
import type { Contact } from '../contacts/index.js';
import {
  presentStaffConversation,
  presentStaffEntry,
  presentVisitorConversation,
  presentVisitorEntry,
} from './chat.presenter.js';
import { isVisitorVisible, type Conversation, type Entry } from './chat.types.js';
import type { Threads } from './threads.js';

export interface ChatListenersDeps {
  readonly bus: EventBus;
  readonly facts: FactPublisher;
  readonly threads: Threads;
  readonly log: Logger;
}

interface MovedHead {
  readonly tenantId: TenantId;
  readonly inboxId: InboxId;
  readonly epoch: string;
  seq: number;
  visitorSeq: number;
}

const REMEMBERED_CONTACTS = 5_000;

/** Heads per frame: well below the frame limit. */
const HEADS_PER_FACT = 200;

/** Remembers which heads moved and reports them every HEADS_INTERVAL_MS: a lost last entry is noticed (P5). */
function createHeadsReporter(facts: FactPublisher) {
  const moved = new Map<ConversationId, MovedHead>();

  function report(): void {
    const byRoom = new Map<string, { conversationId: ConversationId; epoch: string; seq: number }[]>();
    for (const [conversationId, head] of moved) {
      const { tenantId, epoch } = head;
      facts.toVisitors(rooms.visitorConversation(tenantId, conversationId), 'heads:reported', {
        heads: [{ conversationId, epoch, seq: head.visitorSeq }],
      });
      const room = rooms.inboxStaff(tenantId, head.inboxId);
      byRoom.set(room, [...(byRoom.get(room) ?? []), { conversationId, epoch, seq: head.seq }]);
    }
    moved.clear();
    for (const [room, heads] of byRoom) {
      for (let from = 0; from < heads.length; from += HEADS_PER_FACT) {
        facts.toStaff(room, 'heads:reported', { heads: heads.slice(from, from + HEADS_PER_FACT) });
      }
    }
  }

  const timer = setInterval(report, HEADS_INTERVAL_MS);
  timer.unref();
  return {
    note({ tenantId, inboxId, id, epoch }: Conversation, { seq, visitorSeq }: Entry): void {
      const known = moved.get(id);
      moved.set(id, {
        tenantId,
        inboxId,
        epoch,
        seq: Math.max(seq, known?.seq ?? 0),
        visitorSeq: Math.max(visitorSeq, known?.visitorSeq ?? 0),
      });
    },
    stop: () => clearInterval(timer),
  };
}

export function createChatListeners({ bus, facts, threads, log }: ChatListenersDeps): () => void {
  const heads = createHeadsReporter(facts);
  /** Contacts as they were when their conversation was last pushed. */
  const names = new Map<ContactId, Contact>();

  async function remember(conversation: Conversation): Promise<Contact> {
    const contact = await threads.findContact(conversation, conversation);
    names.delete(contact.id);
    names.set(contact.id, contact);
    if (names.size > REMEMBERED_CONTACTS) names.delete(names.keys().next().value!);
    return contact;
  }

  function pushToVisitors(conversation: Conversation, entry: Entry): void {
    const room = rooms.visitorConversation(conversation.tenantId, conversation.id);
    if (!isVisitorVisible(entry.kind) || !facts.hasSockets(room)) return;
    facts.toVisitors(room, 'entry:appended', {
      conversationId: conversation.id,
      epoch: conversation.epoch,
      head: entry.visitorSeq,
      entry: presentVisitorEntry(entry),
    });
  }

  /**
   * The writer's own tabs get the key, so that they know their message again; colleagues do not. A remembered contact
   * keeps this synchronous, so entries leave in the order of the log.
   */
  function pushToStaff(conversation: Conversation, entry: Entry): void {
    const { tenantId, id, epoch, inboxId } = conversation;
    const room = rooms.inboxStaff(tenantId, inboxId);
    if (!facts.hasSockets(room)) return;
    const contact = names.get(conversation.contactId);
    const fact = { conversationId: id, epoch, head: entry.seq };
    const own = entry.author.kind === 'staff' ? rooms.member(tenantId, entry.author.id as MembershipId) : undefined;
    if (own) {
      const mine = presentStaffEntry(entry, contact, entry.author.id as MembershipId);
      facts.toStaff(own, 'entry:appended', { ...fact, entry: mine });
    }
    facts.toStaff(
      room,
      'entry:appended',
      { ...fact, entry: presentStaffEntry(entry, contact) },
      own === undefined ? {} : { exceptRoom: own },
    );
  }

  async function pushChange(conversation: Conversation, isForVisitors: boolean): Promise<void> {
    const { tenantId, id, inboxId } = conversation;
    const visitorRoom = rooms.visitorConversation(tenantId, id);
    if (isForVisitors && facts.hasSockets(visitorRoom)) {
      const assigneeName = await threads.findAssigneeName({ tenantId }, conversation);
      facts.toVisitors(visitorRoom, 'conversation:changed', {
        conversation: presentVisitorConversation(conversation, assigneeName),
      });
    }
    const staffRoom = rooms.inboxStaff(tenantId, inboxId);
    if (!facts.hasSockets(staffRoom)) return;
    const contact = await remember(conversation);
    facts.toStaff(staffRoom, 'conversation:changed', { conversation: presentStaffConversation(conversation, contact) });
  }

  function pushMarkers(conversation: Conversation, party: 'visitor' | 'staff'): void {
    const { tenantId, id } = conversation;
    facts.toVisitors(rooms.visitorConversation(tenantId, id), 'conversation:marked', {
      conversationId: id,
      party,
      readUpTo: party === 'staff' ? conversation.staffReadVisitorSeq : conversation.visitorReadUpTo,
      deliveredUpTo: party === 'staff' ? conversation.staffDeliveredVisitorSeq : conversation.visitorDeliveredUpTo,
    });
  }

  const warn = (error: unknown): void => log.warn({ err: error }, 'a fact could not be pushed; clients will sync');
  const subscriptions = [
    bus.subscribe('entry:appended', ({ conversation, entry }) => {
      heads.note(conversation, entry);
      pushToVisitors(conversation, entry);
      if (names.has(conversation.contactId)) pushToStaff(conversation, entry);
      else remember(conversation).then(() => pushToStaff(conversation, entry), warn);
    }),
    bus.subscribe('entry:repeated', ({ conversation, entry }) => heads.note(conversation, entry)),
    bus.subscribe('conversation:changed', ({ conversation, isVisitorVisible: isForVisitors }) => {
      pushChange(conversation, isForVisitors).catch(warn);
    }),
    bus.subscribe('conversation:marked', ({ conversation, party }) => {
      pushMarkers(conversation, party);
      pushChange(conversation, false).catch(warn);
    }),
  ];
  return () => {
    heads.stop();
    for (const unsubscribe of subscriptions) unsubscribe();
  };
}

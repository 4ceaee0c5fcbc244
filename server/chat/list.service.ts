/** The inbox: views of conversations with their counts, and one conversation with who looks at it. */
import type { z } from 'zod';
import type { chatStaffCommands } from '@frontdesk/protocol/chat';
import type { ConversationId } from '@frontdesk/protocol/ids';
import { LIST_PAGE_SIZE } from '@frontdesk/protocol/limits';
import { LIST_VIEWS, type ListView } from '@frontdesk/protocol/vocabulary';
import type { StaffContext } from '../core/context.js';
import type { Contacts } from '../contacts/index.js';
import type { Presence } from '../presence/index.js';
import { presentStaffConversation } from './chat.presenter.js';
import type { ChatStore, ListFilter } from './chat.store.js';
import type { Conversation } from './chat.types.js';
import { readCursor, writeCursor } from './list-cursor.js';
import type { Head } from './sync.service.js';
import type { Threads } from './threads.js';

type ListInput = z.output<(typeof chatStaffCommands)['conversation:list']['input']>;

export interface ListServiceDeps {
  readonly conversations: ChatStore;
  readonly threads: Threads;
  readonly contacts: Contacts;
  readonly presence: Presence;
}

/** Heads that a connecting member hears; older conversations are checked when they are opened. */
const REPORTED_HEADS = 100;

function toFilter(view: ListView, context: StaffContext): ListFilter {
  const { inboxIds, membershipId } = context.actor;
  const views: Record<ListView, Omit<ListFilter, 'inboxIds'>> = {
    'all-open': { status: 'open' },
    mine: { status: 'open', assigneeId: membershipId },
    unassigned: { status: 'open', assigneeId: null },
    snoozed: { status: 'snoozed' },
    resolved: { status: 'resolved' },
    spam: { status: 'spam' },
  };
  return { ...views[view], inboxIds };
}

export function createListService(deps: ListServiceDeps) {
  const { conversations, threads, contacts, presence } = deps;

  async function present(context: StaffContext, found: readonly Conversation[]) {
    const people = await contacts.findContacts(
      context,
      found.map((conversation) => conversation.contactId),
    );
    return found.flatMap((conversation) => {
      const contact = people.get(conversation.contactId);
      return contact ? [presentStaffConversation(conversation, contact)] : [];
    });
  }

  async function list(context: StaffContext, input: ListInput) {
    const { view } = input;
    const after = input.cursor === undefined ? null : readCursor(context.tenantId, view, input.cursor);
    await threads.flush();
    const [rows, ...counts] = await Promise.all([
      conversations.listPage(context, toFilter(view, context), after, LIST_PAGE_SIZE + 1),
      ...LIST_VIEWS.map((name) => conversations.count(context, toFilter(name, context))),
    ]);
    const page = rows.slice(0, LIST_PAGE_SIZE);
    const last = page.at(-1);
    return {
      conversations: await present(context, page),
      cursor:
        last && rows.length > LIST_PAGE_SIZE
          ? writeCursor(context.tenantId, view, { at: last.lastActivityAt, id: last.id })
          : null,
      counts: Object.fromEntries(LIST_VIEWS.map((name, index) => [name, counts[index] ?? 0])) as Record<
        ListView,
        number
      >,
    };
  }

  async function read(context: StaffContext, input: { conversationId: ConversationId }) {
    await threads.flush();
    const conversation = await threads.loadForStaff(context, input.conversationId);
    const contact = await threads.findContact(context, conversation);
    return {
      conversation: presentStaffConversation(conversation, contact),
      viewers: presence.viewersOf(context.tenantId, conversation.id),
    };
  }

  async function listStaffHeads(context: StaffContext): Promise<Head[]> {
    await threads.flush();
    const open = await conversations.listPage(context, toFilter('all-open', context), null, REPORTED_HEADS);
    return open.map(({ id, epoch, head }) => ({ conversationId: id, epoch, seq: head }));
  }

  return { list, read, listStaffHeads };
}

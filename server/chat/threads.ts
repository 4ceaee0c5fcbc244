/** The way in for every use case: load a conversation for the one who asks, or NOT_FOUND; append to it and tell. */
import type { ConversationId } from '@frontdesk/protocol/ids';
import type { VisitorContext, StaffContext, TenantContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { EventBus } from '../core/bus.js';
import { hashSecret } from '../core/secrets.js';
import type { Contact, Contacts } from '../contacts/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import { canStaffSee, canVisitorSee } from './chat.policy.js';
import type { ChatStore } from './chat.store.js';
import type { Author, Conversation, EntryDraft, PendingEvent, Scoped } from './chat.types.js';
import { CONTACT_AUTHOR_ID } from './chat.types.js';
import type { Appended, EntryLog, UnseenGuard } from './entry-log.js';
import type { RowWriter } from './row-writer.js';

export interface ThreadsDeps {
  readonly conversations: ChatStore;
  readonly log: EntryLog;
  readonly rows: RowWriter;
  readonly contacts: Contacts;
  readonly directory: TenancyDirectory;
  readonly bus: EventBus;
}

export type Threads = ReturnType<typeof createThreads>;

export function contactAuthor(): Author {
  return { kind: 'contact', id: CONTACT_AUTHOR_ID, name: null };
}

export function staffAuthor(context: StaffContext): Author {
  return { kind: 'staff', id: context.actor.membershipId, name: context.actor.name };
}

export function draftText(kind: 'message' | 'note', author: Author, key: string, body: string): EntryDraft {
  return { kind, author, key, body, bodyHash: hashSecret(`${kind}\n${body}`), event: null };
}

function draftEvent(event: PendingEvent): EntryDraft {
  const { author, key, type, from, to } = event;
  // Never empty: the schema takes an empty string for a missing one.
  const bodyHash = hashSecret(`event\n${type}\n${from ?? ''}\n${to ?? ''}`);
  return { kind: 'event', author, key, body: '', bodyHash, event: { type, from, to } };
}

/** Present on every command that needs one; the executor saw to it. */
export function keyOf(context: TenantContext): string {
  if (context.idempotencyKey === undefined)
    throw new AppError('VALIDATION', { fields: { idempotencyKey: 'required' } });
  return context.idempotencyKey;
}

export function createThreads(deps: ThreadsDeps) {
  const { conversations, log, rows, contacts, bus } = deps;

  async function append(
    context: TenantContext,
    conversation: Conversation,
    draft: EntryDraft,
    guard?: UnseenGuard,
  ): Promise<Appended> {
    const { tenantId } = context;
    const appended = await log.append(context, conversation, draft, guard);
    const { entry, duplicate } = appended;
    rows.note(tenantId, entry);
    // The first try of a repeated entry may have ended without knowing that it was stored, and then told nobody.
    if (duplicate) bus.publish('entry:repeated', { tenantId, conversation, entry });
    else bus.publish('entry:appended', { tenantId, conversation, entry, socketId: context.socketId });
    return appended;
  }

  /** Events that a conditional write owes to the log. Their keys make a second attempt harmless. */
  async function logPending(context: TenantContext, conversation: Conversation): Promise<void> {
    if (conversation.pendingEvents.length === 0) return;
    for (const event of conversation.pendingEvents) await append(context, conversation, draftEvent(event));
    await conversations.dropPendingEvents(
      context,
      conversation.id,
      conversation.pendingEvents.map((event) => event.key),
    );
  }

  async function loadForStaff(context: StaffContext, id: ConversationId): Promise<Conversation> {
    const conversation = await conversations.find(context, id);
    if (!conversation || !canStaffSee(context.actor, conversation)) throw new AppError('NOT_FOUND');
    await logPending(context, conversation);
    return conversation;
  }

  async function loadForVisitor(context: VisitorContext, id: ConversationId): Promise<Conversation> {
    const conversation = await conversations.find(context, id);
    if (!conversation || !canVisitorSee(context.actor, conversation)) throw new AppError('NOT_FOUND');
    return conversation;
  }

  async function listForVisitor(context: VisitorContext): Promise<Conversation[]> {
    const { contactId, siteId, tokenHash, verified, requireIdentity } = context.actor;
    if (contactId === null || (requireIdentity && !verified)) return [];
    return conversations.listOfContact(context, { contactId, siteId, tokenHash: verified ? null : tokenHash });
  }

  async function findContact(context: Scoped, conversation: Conversation): Promise<Contact> {
    const contact = await contacts.findContact(context, conversation.contactId);
    if (!contact) throw new Error('A conversation without its contact.');
    return contact;
  }

  /** First name of whoever takes care of it, as the customer may know it. */
  async function findAssigneeName(context: Scoped, conversation: Conversation): Promise<string | null> {
    if (conversation.assigneeId === null) return null;
    return (await deps.directory.findMember(context, conversation.assigneeId))?.publicName ?? null;
  }

  function announce(context: TenantContext, conversation: Conversation): void {
    bus.publish('conversation:changed', { tenantId: context.tenantId, conversation, isVisitorVisible: true });
  }

  return {
    append,
    logPending,
    loadForStaff,
    loadForVisitor,
    listForVisitor,
    findContact,
    findAssigneeName,
    announce,
    flush: rows.flush,
  };
}

/** Messages and notes: what a visitor or a member of staff adds to a conversation (delivery-protocol 3.2). */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { chatStaffCommands, chatVisitorCommands } from '@frontdesk/protocol/chat';
import type { Clock } from '../core/clock.js';
import type { StaffContext, TenantContext, VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { FactPublisher } from '../core/facts.js';
import type { Limits } from '../core/limits.js';
import { rooms } from '../core/rooms.js';
import type { ContactDetails, Contacts } from '../contacts/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import { presentStaffEntry, presentVisitorConversation, presentVisitorEntry } from './chat.presenter.js';
import type { ChatStore } from './chat.store.js';
import type { Conversation, EntryDraft, PendingEvent } from './chat.types.js';
import type { Appended, EntryLog, UnseenGuard } from './entry-log.js';
import type { EntryStore } from './entry.store.js';
import { contactAuthor, draftText, keyOf, staffAuthor, type Threads } from './threads.js';

export interface SendServiceDeps {
  readonly conversations: ChatStore;
  readonly entries: EntryStore;
  readonly log: EntryLog;
  readonly threads: Threads;
  readonly contacts: Contacts;
  readonly directory: TenancyDirectory;
  readonly facts: FactPublisher;
  readonly limits: Limits;
  readonly clock: Clock;
}

type VisitorInput<Name extends keyof typeof chatVisitorCommands> = z.output<
  (typeof chatVisitorCommands)[Name]['input']
>;
type StaffInput<Name extends keyof typeof chatStaffCommands> = z.output<(typeof chatStaffCommands)[Name]['input']>;

/** A first message, and what its writer tells about themselves. */
export type NewConversation = ContactDetails & { readonly body: string };

/** Entries that a refused writer gets to see at once; more are a sync away. */
const UNSEEN_SHOWN = 20;

function toAnswer(conversation: Conversation, { entry, duplicate }: Appended) {
  return { seq: entry.seq, epoch: conversation.epoch, at: entry.at.toISOString(), duplicate };
}

export function createSendService(deps: SendServiceDeps) {
  const { conversations, entries, log, threads, contacts } = deps;

  /** Decides a change of our own making (not a person's `conversation:update`) and owes its event to the log. */
  async function change(
    context: TenantContext,
    conversation: Conversation,
    condition: Parameters<ChatStore['change']>[2],
    set: Parameters<ChatStore['change']>[3]['set'],
    event: PendingEvent,
  ): Promise<Conversation> {
    const changed = await conversations.change(context, conversation.id, condition, {
      set,
      revKey: event.key,
      events: [event],
    });
    // Somebody else made the same move first; then the event is theirs to log.
    if (!changed) return conversation;
    await threads.logPending(context, changed);
    threads.announce(context, changed);
    return changed;
  }

  /** A customer who writes opens what was put aside. Spam stays spam. */
  async function reopen(context: VisitorContext, conversation: Conversation, draft: EntryDraft): Promise<Conversation> {
    if (conversation.status !== 'resolved' && conversation.status !== 'snoozed') return conversation;
    // The retry of a message that was answered and resolved meanwhile must not open it again.
    if (await log.findEarlier(context, conversation, draft)) return conversation;
    return change(
      context,
      conversation,
      { statusIn: ['resolved', 'snoozed'] },
      { status: 'open' },
      {
        key: `${draft.key}:reopen`,
        type: 'status',
        from: conversation.status,
        to: 'open',
        author: contactAuthor(),
      },
    );
  }

  async function sendAsVisitor(context: VisitorContext, input: VisitorInput<'message:send'>) {
    const found = await threads.loadForVisitor(context, input.conversationId);
    const draft = draftText('message', contactAuthor(), keyOf(context), input.body);
    const conversation = await reopen(context, found, draft);
    const appended = await threads.append(context, conversation, draft);
    return { ...toAnswer(conversation, appended), seq: appended.entry.visitorSeq };
  }

  function createGuard(context: StaffContext, conversation: Conversation, seenSeq: number): UnseenGuard {
    return {
      seenSeq,
      async refuse() {
        const unseen = await entries.readAfter(context, conversation.id, seenSeq, UNSEEN_SHOWN);
        const head = (await entries.readHead(context, conversation.id))?.seq ?? seenSeq;
        const contact = await threads.findContact(context, conversation);
        throw new AppError('THREAD_MOVED', {
          current: {
            head,
            entries: unseen.map((entry) => presentStaffEntry(entry, contact, context.actor.membershipId)),
          },
        });
      },
    };
  }

  /** Marks that a person answers now, before the answer stands in the log, so that no automatic reply slips in between. */
  async function takeOver(
    context: StaffContext,
    conversation: Conversation,
    draft: EntryDraft,
    guard: UnseenGuard | undefined,
  ): Promise<Conversation> {
    if (conversation.handler === 'human') return conversation;
    if (await log.findEarlier(context, conversation, draft)) return conversation;
    if (guard && (await entries.hasOthersAfter(context, conversation.id, guard.seenSeq, draft.author.id))) {
      await guard.refuse();
    }
    return change(
      context,
      conversation,
      { handlerNot: 'human' },
      { handler: 'human' },
      {
        key: `${draft.key}:handler`,
        type: 'handler',
        from: conversation.handler,
        to: 'human',
        author: draft.author,
      },
    );
  }

  async function sendAsStaff(context: StaffContext, input: StaffInput<'message:send'>) {
    const found = await threads.loadForStaff(context, input.conversationId);
    const draft = draftText('message', staffAuthor(context), keyOf(context), input.body);
    const guard = input.force ? undefined : createGuard(context, found, input.seenSeq);
    const conversation = await takeOver(context, found, draft, guard);
    return toAnswer(conversation, await threads.append(context, conversation, draft, guard));
  }

  async function addNote(context: StaffContext, input: StaffInput<'note:add'>) {
    const conversation = await threads.loadForStaff(context, input.conversationId);
    const draft = draftText('note', staffAuthor(context), keyOf(context), input.body);
    return toAnswer(conversation, await threads.append(context, conversation, draft));
  }

  /**
   * Contact, session, conversation, entry: each step finds what an earlier try of the same key made, so a cut at any
   * point plus a retry gives one conversation (CH-8).
   */
  async function start(context: VisitorContext, input: NewConversation) {
    const { actor } = context;
    const key = keyOf(context);
    const startKey = `${actor.siteId}:${actor.tokenHash}:${key}`;
    const draft = draftText('message', contactAuthor(), key, input.body);
    const conversation =
      (await conversations.findByStartKey(context, startKey)) ?? (await create(context, startKey, input));
    // Joined first, so that the visitor's other tabs hear the entry.
    deps.facts.joinRoom(
      rooms.visitorToken(context.tenantId, actor.tokenHash),
      rooms.visitorConversation(context.tenantId, conversation.id),
    );
    const appended = await threads.append(context, conversation, draft);
    const { entry } = appended;
    // The stored row follows in a moment; whoever asks first must not see a conversation without its message.
    const stored: Conversation = {
      ...conversation,
      head: Math.max(conversation.head, entry.seq),
      visitorHead: Math.max(conversation.visitorHead, entry.visitorSeq),
      lastContactSeq: Math.max(conversation.lastContactSeq, entry.seq),
    };
    threads.announce(context, stored);
    return {
      conversation: presentVisitorConversation(stored, await threads.findAssigneeName(context, stored)),
      entry: presentVisitorEntry(entry),
      duplicate: appended.duplicate,
    };
  }

  async function create(context: VisitorContext, startKey: string, input: NewConversation): Promise<Conversation> {
    const { actor } = context;
    await deps.limits.consume('visitor-start-per-site', `${context.tenantId}:${actor.siteId}`);
    const site = await deps.directory.findSite(context, actor.siteId);
    if (!site) throw new AppError('NOT_FOUND');
    const { body: _body, ...details } = input;
    const contact = await contacts.ensureContact(context, details);
    return conversations.ensure(context, {
      siteId: actor.siteId,
      inboxId: site.inboxId,
      contactId: contact.id,
      tokenHash: actor.tokenHash,
      startKey,
      epoch: randomUUID(),
      at: new Date(deps.clock.now()),
    });
  }

  /**
   * A message that was written in a form and not in the chat: it goes on where this visitor last wrote, else begins a conversation.
   * A retry finds what its first try began, and there the entry of the same key (CC-15).
   */
  async function deliver(context: VisitorContext, input: NewConversation): Promise<void> {
    const { body, ...details } = input;
    const [latest] = await threads.listForVisitor(context);
    if (!latest) {
      await start(context, input);
      return;
    }
    await contacts.ensureContact(context, details);
    await sendAsVisitor(context, { conversationId: latest.id, body });
  }

  return { start, sendAsVisitor, sendAsStaff, addNote, deliver };
}

/** Reading the log: pages after a cursor, heads, lists (delivery-protocol 3.4). Visitors live in their own numbering. */
import type { z } from 'zod';
import type { chatStaffCommands, chatVisitorCommands } from '@frontdesk/protocol/chat';
import type { ConversationId } from '@frontdesk/protocol/ids';
import { SYNC_MAX_GAP, SYNC_PAGE_SIZE } from '@frontdesk/protocol/limits';
import type { StaffContext, VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import { canStaffSee } from './chat.policy.js';
import { presentStaffEntry, presentVisitorConversation, presentVisitorEntry } from './chat.presenter.js';
import type { ChatStore } from './chat.store.js';
import type { Conversation, Entry } from './chat.types.js';
import type { EntryStore } from './entry.store.js';
import type { Threads } from './threads.js';

export interface Head {
  readonly conversationId: ConversationId;
  readonly epoch: string;
  readonly seq: number;
}

export interface SyncServiceDeps {
  readonly conversations: ChatStore;
  readonly entries: EntryStore;
  readonly threads: Threads;
}

type SyncInput = z.output<(typeof chatVisitorCommands)['conversation:sync']['input']>;
type CheckInput = z.output<(typeof chatStaffCommands)['conversation:check']['input']>;

/** One numbering of one log. */
interface Numbering {
  readonly minSeq: number;
  seqOf(entry: Entry): number;
  readAfter(after: number, limit: number): Promise<Entry[]>;
  readTail(limit: number): Promise<Entry[]>;
  readHead(): Promise<number>;
}

interface Page {
  readonly entries: Entry[];
  readonly head: number;
  readonly more: boolean;
}

/** The cursor must lie in this log: same epoch, not past the head, not before what retention left, not absurdly old. */
async function readPage(numbering: Numbering, epoch: string, input: SyncInput): Promise<Page> {
  const limit = input.limit ?? SYNC_PAGE_SIZE;
  if (input.epoch !== null && input.epoch !== epoch) throw new AppError('RESET_REQUIRED');
  if (input.tail) {
    const entries = await numbering.readTail(limit);
    const last = entries.at(-1);
    return { entries, head: last ? numbering.seqOf(last) : numbering.minSeq - 1, more: false };
  }
  if (input.after < numbering.minSeq - 1) throw new AppError('RESET_REQUIRED');
  const rows = await numbering.readAfter(input.after, limit + 1);
  const entries = rows.slice(0, limit);
  const more = rows.length > limit;
  const last = entries.at(-1);
  const head = last && !more ? numbering.seqOf(last) : await numbering.readHead();
  if (input.after > head || head - input.after > SYNC_MAX_GAP) throw new AppError('RESET_REQUIRED');
  return { entries, head, more };
}

export function createSyncService(deps: SyncServiceDeps) {
  const { conversations, entries, threads } = deps;

  async function syncForVisitor(context: VisitorContext, input: SyncInput) {
    const { id, epoch } = await threads.loadForVisitor(context, input.conversationId);
    const numbering: Numbering = {
      minSeq: 1,
      seqOf: (entry) => entry.visitorSeq,
      readAfter: (after, limit) => entries.readVisitorAfter(context, id, after, limit),
      readTail: (limit) => entries.readVisitorTail(context, id, limit),
      readHead: () => entries.readVisitorHead(context, id),
    };
    const page = await readPage(numbering, epoch, input);
    return { ...page, entries: page.entries.map(presentVisitorEntry), minSeq: numbering.minSeq, epoch };
  }

  async function syncForStaff(context: StaffContext, input: SyncInput) {
    const conversation = await threads.loadForStaff(context, input.conversationId);
    const { id, epoch, minSeq } = conversation;
    const page = await readPage(
      {
        minSeq,
        seqOf: (entry) => entry.seq,
        readAfter: (after, limit) => entries.readAfter(context, id, after, limit),
        readTail: (limit) => entries.readTail(context, id, limit),
        readHead: async () => (await entries.readHead(context, id))?.seq ?? minSeq - 1,
      },
      epoch,
      input,
    );
    const contact = await threads.findContact(context, conversation);
    const reader = context.actor.membershipId;
    return { ...page, entries: page.entries.map((entry) => presentStaffEntry(entry, contact, reader)), minSeq, epoch };
  }

  /** Rows lag behind the log for a moment, so what is owed to them is written first. */
  async function listFresh(context: VisitorContext): Promise<Conversation[]> {
    await threads.flush();
    return threads.listForVisitor(context);
  }

  async function listForVisitor(context: VisitorContext) {
    const found = await listFresh(context);
    const names = await Promise.all(found.map((conversation) => threads.findAssigneeName(context, conversation)));
    return {
      conversations: found.map((conversation, index) => presentVisitorConversation(conversation, names[index] ?? null)),
    };
  }

  async function listVisitorHeads(context: VisitorContext): Promise<Head[]> {
    const found = await listFresh(context);
    return found.map(({ id, epoch, visitorHead }) => ({ conversationId: id, epoch, seq: visitorHead }));
  }

  async function checkForStaff(context: StaffContext, input: CheckInput): Promise<{ heads: Head[] }> {
    await threads.flush();
    const found = await conversations.findMany(context, input.conversationIds);
    const seen = found.filter((conversation) => canStaffSee(context.actor, conversation));
    return { heads: seen.map(({ id, epoch, head }) => ({ conversationId: id, epoch, seq: head })) };
  }

  return { syncForVisitor, syncForStaff, listForVisitor, listVisitorHeads, checkForStaff };
}

/**
 * Who takes care of a conversation and in what state it is. A change is one conditional write on `rev`: of two people
 * who press at once, one wins and the other sees what won (IN-8). Each changed field is an event in the log (IN-9).
 */
import type { z } from 'zod';
import type { chatStaffCommands } from '@frontdesk/protocol/chat';
import type { StaffContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { EventType } from '@frontdesk/protocol/vocabulary';
import type { TenancyDirectory } from '../tenancy/index.js';
import { canBeAssigned } from './chat.policy.js';
import { presentStaffConversation } from './chat.presenter.js';
import type { ChatStore, ConversationSet } from './chat.store.js';
import type { Conversation, PendingEvent } from './chat.types.js';
import { keyOf, staffAuthor, type Threads } from './threads.js';

type UpdateInput = z.output<(typeof chatStaffCommands)['conversation:update']['input']>;

export interface UpdateServiceDeps {
  readonly conversations: ChatStore;
  readonly threads: Threads;
  readonly directory: TenancyDirectory;
}

interface FieldChange {
  readonly type: EventType;
  readonly from: string | null;
  readonly to: string | null;
}

function joinLabels(labels: readonly string[]): string | null {
  return labels.length === 0 ? null : labels.join(', ');
}

/** Labels are a set: sorted, each once, whatever their capitals. */
function normaliseLabels(labels: readonly string[]): string[] {
  const byFolded = new Map(labels.map((label) => [label.toLocaleLowerCase('en'), label]));
  return [...byFolded.values()].sort((a, b) => a.localeCompare(b, 'en'));
}

export function createUpdateService(deps: UpdateServiceDeps) {
  const { conversations, threads, directory } = deps;

  async function present(context: StaffContext, conversation: Conversation) {
    return presentStaffConversation(conversation, await threads.findContact(context, conversation));
  }

  /** Whoever the change points to must be ours; otherwise nothing is written (TEN-05). */
  async function checkReferences(context: StaffContext, found: Conversation, set: ConversationSet): Promise<void> {
    if (set.assigneeId) {
      const member = await directory.findMember(context, set.assigneeId);
      if (!canBeAssigned(member, found)) throw new AppError('NOT_FOUND');
    }
    if (set.teamId && !(await directory.findTeam(context, set.teamId))) throw new AppError('NOT_FOUND');
  }

  /** Values before and after as people read them. */
  async function describe(context: StaffContext, from: Conversation, set: ConversationSet): Promise<FieldChange[]> {
    const memberName = async (id: Conversation['assigneeId']) =>
      id === null ? null : ((await directory.findMember(context, id))?.name ?? null);
    const teamName = async (id: Conversation['teamId']) =>
      id === null ? null : ((await directory.findTeam(context, id))?.name ?? null);
    const changes: FieldChange[] = [];
    for (const type of ['status', 'handler', 'priority'] as const) {
      if (set[type] !== undefined) changes.push({ type, from: from[type], to: set[type] });
    }
    if (set.assigneeId !== undefined) {
      changes.push({
        type: 'assignee',
        from: await memberName(from.assigneeId),
        to: await memberName(set.assigneeId),
      });
    }
    if (set.teamId !== undefined) {
      changes.push({ type: 'team', from: await teamName(from.teamId), to: await teamName(set.teamId) });
    }
    if (set.labels !== undefined) {
      changes.push({ type: 'labels', from: joinLabels(from.labels), to: joinLabels(set.labels) });
    }
    return changes;
  }

  /** Only what differs; a field set to what it is changes nothing and is not logged. */
  function pickDifferences(found: Conversation, set: UpdateInput['set']): ConversationSet {
    const wanted: ConversationSet = { ...set, ...(set.labels ? { labels: normaliseLabels(set.labels) } : {}) };
    return Object.fromEntries(
      Object.entries(wanted).filter(
        ([field, value]) =>
          value !== undefined && JSON.stringify(value) !== JSON.stringify(found[field as keyof ConversationSet]),
      ),
    );
  }

  async function refuse(context: StaffContext, id: Conversation['id']): Promise<never> {
    const winner = await threads.loadForStaff(context, id);
    throw new AppError('CONFLICT', { current: await present(context, winner) });
  }

  async function update(context: StaffContext, input: UpdateInput) {
    const revKey = keyOf(context);
    const found = await threads.loadForStaff(context, input.conversationId);
    // This very command won before and its answer was lost; what it owed the log was paid by loading.
    if (found.revKey === revKey) return { conversation: await present(context, found) };
    if (found.rev !== input.ifRev) return refuse(context, found.id);
    const set = pickDifferences(found, input.set);
    if (Object.keys(set).length === 0) return { conversation: await present(context, found) };
    await checkReferences(context, found, set);
    const changes = await describe(context, found, set);
    const events: PendingEvent[] = changes.map((change) => ({
      ...change,
      key: `${revKey}:${change.type}`,
      author: staffAuthor(context),
    }));
    const changed = await conversations.change(context, found.id, { rev: input.ifRev }, { set, revKey, events });
    if (!changed) return refuse(context, found.id);
    await threads.logPending(context, changed);
    await threads.flush();
    const current = (await conversations.find(context, changed.id)) ?? changed;
    threads.announce(context, current);
    return { conversation: await present(context, current) };
  }

  return { update };
}

/** Read and delivered markers: `$max`, clamped to the head; so idempotent, in any order, never backwards (MSG-05). */
import type { z } from 'zod';
import type { chatVisitorCommands } from '@frontdesk/protocol/chat';
import type { EventBus } from '../core/bus.js';
import type { StaffContext, TenantContext, VisitorContext } from '../core/context.js';
import type { ChatStore, Markers } from './chat.store.js';
import type { Conversation } from './chat.types.js';
import type { EntryStore } from './entry.store.js';
import type { Threads } from './threads.js';

type MarkInput = z.output<(typeof chatVisitorCommands)['conversation:mark']['input']>;

export interface MarkersServiceDeps {
  readonly conversations: ChatStore;
  readonly entries: EntryStore;
  readonly threads: Threads;
  readonly bus: EventBus;
}

const ACCEPTED = { accepted: true } as const;

/** Whoever read an entry has also received it. */
function clamp(input: MarkInput, head: number): { read: number; delivered: number } {
  const read = Math.min(input.readUpTo ?? 0, head);
  return { read, delivered: Math.max(read, Math.min(input.deliveredUpTo ?? 0, head)) };
}

export function createMarkersService(deps: MarkersServiceDeps) {
  const { conversations, entries, threads, bus } = deps;

  async function advance(
    context: TenantContext,
    found: Conversation,
    markers: Markers,
    party: 'visitor' | 'staff',
  ): Promise<typeof ACCEPTED> {
    const moves = (Object.keys(markers) as (keyof Markers)[]).some((name) => (markers[name] ?? 0) > found[name]);
    if (!moves) return ACCEPTED;
    const conversation = await conversations.advanceMarkers(context, found.id, markers);
    if (conversation) bus.publish('conversation:marked', { tenantId: context.tenantId, conversation, party });
    return ACCEPTED;
  }

  async function markAsVisitor(context: VisitorContext, input: MarkInput) {
    const found = await threads.loadForVisitor(context, input.conversationId);
    const { read, delivered } = clamp(input, await entries.readVisitorHead(context, found.id));
    return advance(context, found, { visitorReadUpTo: read, visitorDeliveredUpTo: delivered }, 'visitor');
  }

  async function markAsStaff(context: StaffContext, input: MarkInput) {
    const found = await threads.loadForStaff(context, input.conversationId);
    const head = (await entries.readHead(context, found.id))?.seq ?? 0;
    const { read, delivered } = clamp(input, head);
    const markers = {
      staffReadUpTo: read,
      staffDeliveredUpTo: delivered,
      staffReadVisitorSeq: await entries.countVisible(context, found.id, read),
      staffDeliveredVisitorSeq: await entries.countVisible(context, found.id, delivered),
    };
    return advance(context, found, markers, 'staff');
  }

  return { markAsVisitor, markAsStaff };
}

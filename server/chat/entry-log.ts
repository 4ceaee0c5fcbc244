/**
 * The append (delivery-protocol 3.2): gap-free without multi-document transactions. Position `n + 1` is inserted only
 * after `n` was read, the unique index U1 allows one holder per position, and rows are never removed from the middle; so
 * the positions are always exactly minSeq..head, whoever dies when.
 *
 * A queue per conversation keeps writers of this process from fighting over a position, and remembers the head, so that
 * the usual message is one durable insert. Neither is needed for safety: another process that took the position makes
 * U1 refuse, and the head is read again.
 */
import type { Clock } from '../core/clock.js';
import { AppError, duplicateKeyFields } from '../core/errors.js';
import type { Conversation, Entry, EntryDraft, Head, Scoped } from './chat.types.js';
import { isVisitorVisible } from './chat.types.js';
import type { EntryStore } from './entry.store.js';

const MAX_TRIES = 16;
const RETRY_BASE_MS = 2;
const RETRY_MAX_MS = 200;
/** More waiting writers than this in one conversation means that the store is not keeping up. */
const MAX_WAITING = 1_000;
/** Remembered heads of idle conversations; 100 bytes each. */
const MAX_IDLE_LANES = 10_000;

/** Refuses an append when others wrote after `seenSeq` (IN-6). */
export interface UnseenGuard {
  readonly seenSeq: number;
  /** Throws what the writer gets to see. */
  refuse(): Promise<never>;
}

export interface Appended {
  readonly entry: Entry;
  /** True when this key already stood in the log: the first answer again. */
  readonly duplicate: boolean;
}

export interface EntryLog {
  append(context: Scoped, conversation: Conversation, draft: EntryDraft, guard?: UnseenGuard): Promise<Appended>;
  /** The entry that an earlier try of this draft made; throws IDEMPOTENCY_MISMATCH when the key carried another body. */
  findEarlier(
    context: Scoped,
    conversation: Conversation,
    draft: Pick<EntryDraft, 'author' | 'key' | 'bodyHash'>,
  ): Promise<Entry | undefined>;
}

interface Lane {
  head: Head | undefined;
  tail: Promise<unknown>;
  waiting: number;
}

function pause(attempt: number): Promise<void> {
  const delayMs = Math.random() * Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

export function createEntryLog(deps: { readonly store: EntryStore; readonly clock: Clock }): EntryLog {
  const { store, clock } = deps;
  const lanes = new Map<string, Lane>();

  function openLane(id: string): Lane {
    const known = lanes.get(id);
    const lane = known ?? { head: undefined, tail: Promise.resolve(), waiting: 0 };
    // Most recently used last, so that the first idle one is the one to forget.
    lanes.delete(id);
    lanes.set(id, lane);
    if (lanes.size > MAX_IDLE_LANES) {
      for (const [key, idle] of lanes) {
        if (idle.waiting > 0 || idle === lane) continue;
        lanes.delete(key);
        break;
      }
    }
    return lane;
  }

  const findEarlier: EntryLog['findEarlier'] = async (context, conversation, draft) => {
    const earlier = await store.findByKey(context, conversation.id, draft.author.id, draft.key);
    if (earlier && earlier.bodyHash !== draft.bodyHash) throw new AppError('IDEMPOTENCY_MISMATCH');
    return earlier;
  };

  /** A retry of what is stored must get its first answer, so the guard looks for that before it refuses. */
  async function checkGuard(
    context: Scoped,
    conversation: Conversation,
    draft: EntryDraft,
    guard: UnseenGuard,
  ): Promise<Entry | undefined> {
    const earlier = await findEarlier(context, conversation, draft);
    if (earlier) return earlier;
    if (await store.hasOthersAfter(context, conversation.id, guard.seenSeq, draft.author.id)) await guard.refuse();
    return undefined;
  }

  async function place(
    lane: Lane,
    context: Scoped,
    conversation: Conversation,
    draft: EntryDraft,
    guard: UnseenGuard | undefined,
  ): Promise<Appended> {
    const empty: Head = { seq: conversation.minSeq - 1, visitorSeq: 0 };
    for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
      const head: Head = lane.head ?? (await store.readHead(context, conversation.id)) ?? empty;
      if (guard && head.seq > guard.seenSeq) {
        const earlier = await checkGuard(context, conversation, draft, guard);
        if (earlier) return { entry: earlier, duplicate: true };
      }
      const next: Head = { seq: head.seq + 1, visitorSeq: head.visitorSeq + (isVisitorVisible(draft.kind) ? 1 : 0) };
      const entry: Entry = { ...draft, ...next, conversationId: conversation.id, at: new Date(clock.now()) };
      // Whatever goes wrong from here, nobody knows what the head is until it is read again.
      lane.head = undefined;
      try {
        await store.insert(context, entry);
        lane.head = next;
        return { entry, duplicate: false };
      } catch (error) {
        const fields = duplicateKeyFields(error);
        if (!fields) throw error;
        const earlier = fields.includes('key') ? await findEarlier(context, conversation, draft) : undefined;
        if (earlier) {
          // The key was refused, not the position, so the head that was tried is still as good as before.
          lane.head = head;
          return { entry: earlier, duplicate: true };
        }
      }
      await pause(attempt);
    }
    throw new AppError('BUSY', { retryAfterMs: 500 });
  }

  return {
    findEarlier,
    async append(context, conversation, draft, guard) {
      const lane = openLane(conversation.id);
      if (lane.waiting >= MAX_WAITING) throw new AppError('BUSY', { retryAfterMs: 500 });
      lane.waiting += 1;
      const run = lane.tail.then(() => place(lane, context, conversation, draft, guard));
      lane.tail = run.catch(() => undefined);
      try {
        return await run;
      } finally {
        lane.waiting -= 1;
      }
    },
  };
}

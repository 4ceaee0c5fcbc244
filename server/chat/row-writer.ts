/**
 * Keeps the list's columns (head, preview, activity) behind the log. Many messages make one write per conversation and
 * interval, so that acknowledging a message costs one durable insert; and because every column only grows, writers of
 * several processes may come in any order. What a process could not write before it died, `mend` finds at the next start.
 */
import type { ConversationId, TenantId } from '@frontdesk/protocol/ids';
import type { Logger } from '../core/logger.js';
import type { ChatStore, ListRow } from './chat.store.js';
import type { Conversation, Entry } from './chat.types.js';
import { CONTACT_AUTHOR_ID, isVisitorVisible } from './chat.types.js';
import type { EntryStore } from './entry.store.js';

const FLUSH_INTERVAL_MS = 100;
const CONCURRENT_WRITES = 8;
const PREVIEW_MAX_LENGTH = 140;
/** Newest log rows that a start looks at; a process cannot have owed more than this when it died. */
const MEND_SCAN_ROWS = 20_000;
const MEND_TAIL_ROWS = 200;
/**
 * Conversations that one question of a start asks for: one by one they would keep the doors closed for seconds, and the
 * embedded store looks more than 400 members of an `$in` up by reading everything.
 */
const MEND_BATCH = 200;

interface Owed {
  readonly tenantId: TenantId;
  readonly id: ConversationId;
  row: ListRow;
}

export interface RowWriter {
  note(tenantId: TenantId, entry: Entry): void;
  /** Resolves when everything noted before the call is written; lists read after that are up to date. */
  flush(): Promise<void>;
  /** Finds rows that lag behind their log and brings them up to date; answers how many. */
  mend(): Promise<number>;
  stop(): Promise<void>;
}

function toRow(entry: Entry): ListRow {
  const isActivity = entry.kind !== 'event';
  const [...characters] = entry.body.replaceAll('\n', ' ');
  return {
    head: entry.seq,
    visitorHead: entry.visitorSeq,
    lastMessage: isVisitorVisible(entry.kind)
      ? {
          seq: entry.seq,
          at: entry.at,
          authorKind: entry.author.kind,
          preview: characters.slice(0, PREVIEW_MAX_LENGTH).join(''),
        }
      : null,
    lastContactSeq: entry.author.id === CONTACT_AUTHOR_ID && entry.kind === 'message' ? entry.seq : 0,
    lastActivityAt: isActivity ? entry.at : null,
  };
}

function later<T extends { valueOf(): number }>(left: T | null, right: T | null): T | null {
  if (!left || !right) return left ?? right;
  return left.valueOf() >= right.valueOf() ? left : right;
}

function merge(left: ListRow, right: ListRow): ListRow {
  const [older, newer] = (left.lastMessage?.seq ?? 0) <= (right.lastMessage?.seq ?? 0) ? [left, right] : [right, left];
  return {
    head: Math.max(left.head, right.head),
    visitorHead: Math.max(left.visitorHead, right.visitorHead),
    lastMessage: newer.lastMessage ?? older.lastMessage,
    lastContactSeq: Math.max(left.lastContactSeq, right.lastContactSeq),
    lastActivityAt: later(left.lastActivityAt, right.lastActivityAt),
  };
}

export function createRowWriter(deps: {
  readonly conversations: ChatStore;
  readonly entries: EntryStore;
  readonly log: Logger;
  /** Called with the row as it stands after each write. */
  readonly handleWritten: (conversation: Conversation) => void;
}): RowWriter {
  const { conversations, entries, log } = deps;
  const owed = new Map<ConversationId, Owed>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  function add(item: Owed): void {
    const known = owed.get(item.id);
    if (known) known.row = merge(known.row, item.row);
    else owed.set(item.id, item);
  }

  async function writeOne(item: Owed): Promise<void> {
    try {
      const conversation = await conversations.advanceRow(item, item.id, item.row);
      if (conversation) deps.handleWritten(conversation);
    } catch (error) {
      log.warn({ err: error, conversation: item.id }, 'a list row could not be written; it is tried again');
      add(item);
      schedule();
    }
  }

  async function writeAll(): Promise<void> {
    const items = [...owed.values()];
    owed.clear();
    const workers = Array.from({ length: Math.min(CONCURRENT_WRITES, items.length) }, async () => {
      for (let item = items.pop(); item; item = items.pop()) await writeOne(item);
    });
    await Promise.all(workers);
  }

  function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    if (owed.size > 0) writing = writing.then(writeAll);
    return writing;
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = null;
      void flush();
    }, FLUSH_INTERVAL_MS);
    timer.unref();
  }

  /** Conversations whose row knows less than the newest part of the log. */
  async function findLagging(): Promise<Conversation[]> {
    const tenants = new Map<TenantId, Map<ConversationId, number>>();
    for (const { tenantId, conversationId, seq } of await entries.listRecentHeads(MEND_SCAN_ROWS)) {
      const heads = tenants.get(tenantId) ?? new Map<ConversationId, number>();
      tenants.set(tenantId, heads.set(conversationId, seq));
    }
    const lagging: Conversation[] = [];
    for (const [tenantId, heads] of tenants) {
      const ids = [...heads.keys()];
      for (let from = 0; from < ids.length; from += MEND_BATCH) {
        const found = await conversations.findMany({ tenantId }, ids.slice(from, from + MEND_BATCH));
        lagging.push(...found.filter(({ id, head }) => head < (heads.get(id) ?? 0)));
      }
    }
    return lagging;
  }

  return {
    flush,
    note(tenantId, entry) {
      add({ tenantId, id: entry.conversationId, row: toRow(entry) });
      schedule();
    },
    async mend() {
      const lagging = await findLagging();
      for (const { tenantId, id } of lagging) {
        for (const entry of await entries.readTail({ tenantId }, id, MEND_TAIL_ROWS)) {
          add({ tenantId, id, row: toRow(entry) });
        }
      }
      await flush();
      return lagging.length;
    },
    async stop() {
      await flush();
      if (timer) clearTimeout(timer);
    },
  };
}

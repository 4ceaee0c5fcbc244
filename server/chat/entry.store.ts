/** Repository of the log. Rows are only ever added; nothing here changes or removes one. */
import { trusted, Types } from 'mongoose';
import type { ConversationId, TenantId } from '@frontdesk/protocol/ids';
import { scope } from '../core/store/scope.js';
import type { ChatModels, EntryRecord } from './chat.model.js';
import type { Entry, Head, Scoped } from './chat.types.js';

export interface EntryStore {
  /** Throws the duplicate-key error of U1 (seq taken) or U2 (author and key known). */
  insert(context: Scoped, entry: Entry): Promise<void>;
  /** The last row of the log; undefined for an empty one. */
  readHead(context: Scoped, id: ConversationId): Promise<Head | undefined>;
  readVisitorHead(context: Scoped, id: ConversationId): Promise<number>;
  findByKey(context: Scoped, id: ConversationId, authorId: string, key: string): Promise<Entry | undefined>;
  /** True when someone else wrote after `after`. */
  hasOthersAfter(context: Scoped, id: ConversationId, after: number, authorId: string): Promise<boolean>;
  readAfter(context: Scoped, id: ConversationId, after: number, limit: number): Promise<Entry[]>;
  /** The newest `limit` rows, oldest first. */
  readTail(context: Scoped, id: ConversationId, limit: number): Promise<Entry[]>;
  readVisitorAfter(context: Scoped, id: ConversationId, after: number, limit: number): Promise<Entry[]>;
  readVisitorTail(context: Scoped, id: ConversationId, limit: number): Promise<Entry[]>;
  /** Visitor-visible rows up to and including `seq`. */
  countVisible(context: Scoped, id: ConversationId, seq: number): Promise<number>;
  /** Highest seq of each conversation among the newest rows of all tenants; for mending caches after a crash. */
  listRecentHeads(limit: number): Promise<{ tenantId: TenantId; conversationId: ConversationId; seq: number }[]>;
}

function toEntry(record: EntryRecord): Entry {
  const { _id, tenantId: _tenantId, conversationId, ...rest } = record;
  return { ...rest, conversationId: conversationId.toHexString() as ConversationId };
}

/**
 * On a replica set, what is answered to a client must survive a fail-over: a cursor that passed a position which is
 * rolled back and given away again would never be noticed. Heads may be read locally, the unique index decides there.
 */
const DURABLE = 'majority';

export function createEntryStore({ Entry }: Pick<ChatModels, 'Entry'>): EntryStore {
  const inLog = (context: Scoped, id: ConversationId) => ({
    ...scope(context),
    conversationId: new Types.ObjectId(id),
  });
  const visible = (context: Scoped, id: ConversationId) => ({ ...inLog(context, id), kind: 'message' as const });

  return {
    async insert(context, entry) {
      const { conversationId, ...rest } = entry;
      await Entry.create({ ...inLog(context, conversationId), ...rest });
    },
    async readHead(context, id) {
      const last = await Entry.findOne(inLog(context, id))
        .sort({ seq: -1 })
        .select({ _id: 0, seq: 1, visitorSeq: 1 })
        .lean<Head>();
      return last ? { seq: last.seq, visitorSeq: last.visitorSeq } : undefined;
    },
    async readVisitorHead(context, id) {
      const last = await Entry.findOne(visible(context, id))
        .sort({ visitorSeq: -1 })
        .select({ visitorSeq: 1 })
        .lean<Pick<EntryRecord, 'visitorSeq'>>();
      return last?.visitorSeq ?? 0;
    },
    async findByKey(context, id, authorId, key) {
      const found = await Entry.findOne({ ...inLog(context, id), 'author.id': authorId, key })
        .readConcern(DURABLE)
        .lean<EntryRecord>();
      return found ? toEntry(found) : undefined;
    },
    async hasOthersAfter(context, id, after, authorId) {
      const found = await Entry.findOne({
        ...inLog(context, id),
        seq: trusted({ $gt: after }),
        'author.id': trusted({ $ne: authorId }),
      })
        .select({ _id: 1 })
        .lean();
      return found !== null;
    },
    async readAfter(context, id, after, limit) {
      const rows = await Entry.find({ ...inLog(context, id), seq: trusted({ $gt: after }) })
        .sort({ seq: 1 })
        .limit(limit)
        .readConcern(DURABLE)
        .lean<EntryRecord[]>();
      return rows.map(toEntry);
    },
    async readTail(context, id, limit) {
      const rows = await Entry.find(inLog(context, id))
        .sort({ seq: -1 })
        .limit(limit)
        .readConcern(DURABLE)
        .lean<EntryRecord[]>();
      return rows.map(toEntry).reverse();
    },
    async readVisitorAfter(context, id, after, limit) {
      const rows = await Entry.find({ ...visible(context, id), visitorSeq: trusted({ $gt: after }) })
        .sort({ visitorSeq: 1 })
        .limit(limit)
        .readConcern(DURABLE)
        .lean<EntryRecord[]>();
      return rows.map(toEntry);
    },
    async readVisitorTail(context, id, limit) {
      const rows = await Entry.find(visible(context, id))
        .sort({ visitorSeq: -1 })
        .limit(limit)
        .readConcern(DURABLE)
        .lean<EntryRecord[]>();
      return rows.map(toEntry).reverse();
    },
    async countVisible(context, id, seq) {
      const last = await Entry.findOne({ ...inLog(context, id), seq: trusted({ $lte: seq }) })
        .sort({ seq: -1 })
        .select({ visitorSeq: 1 })
        .lean<Pick<EntryRecord, 'visitorSeq'>>();
      return last?.visitorSeq ?? 0;
    },
    async listRecentHeads(limit) {
      const rows = await Entry.find({})
        .setOptions({ crossTenant: 'a restart mends the caches of every tenant' })
        .sort({ _id: -1 })
        .limit(limit)
        .select({ tenantId: 1, conversationId: 1, seq: 1 })
        .lean<Pick<EntryRecord, 'tenantId' | 'conversationId' | 'seq'>[]>();
      const heads = new Map<string, { tenantId: TenantId; conversationId: ConversationId; seq: number }>();
      for (const row of rows) {
        const conversationId = row.conversationId.toHexString() as ConversationId;
        const known = heads.get(conversationId);
        if (known && known.seq >= row.seq) continue;
        heads.set(conversationId, { tenantId: row.tenantId.toHexString() as TenantId, conversationId, seq: row.seq });
      }
      return [...heads.values()];
    },
  };
}

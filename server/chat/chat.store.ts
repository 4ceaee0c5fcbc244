/** Repository of conversations: conditional writes, no policy. */
import { trusted, Types } from 'mongoose';
import type {
  ContactId,
  ConversationId,
  InboxId,
  MembershipId,
  SiteId,
  TeamId,
  TenantId,
} from '@frontdesk/protocol/ids';
import type { ConversationStatus, Handler, Priority } from '@frontdesk/protocol/vocabulary';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import type { ChatModels, ConversationRecord, LastMessage, PendingEvent } from './chat.model.js';
import type { Conversation, Scoped } from './chat.types.js';

export interface NewConversation {
  readonly siteId: SiteId;
  readonly inboxId: InboxId;
  readonly contactId: ContactId;
  readonly tokenHash: string;
  readonly startKey: string;
  readonly epoch: string;
  readonly at: Date;
}

/** The columns of the list that follow the log; each only grows. */
export interface ListRow {
  head: number;
  visitorHead: number;
  lastMessage: LastMessage | null;
  lastContactSeq: number;
  lastActivityAt: Date | null;
}

export type Markers = Partial<
  Pick<
    ConversationRecord,
    | 'staffReadUpTo'
    | 'staffDeliveredUpTo'
    | 'staffReadVisitorSeq'
    | 'staffDeliveredVisitorSeq'
    | 'visitorReadUpTo'
    | 'visitorDeliveredUpTo'
  >
>;

export interface ConversationSet {
  status?: ConversationStatus;
  handler?: Handler;
  assigneeId?: MembershipId | null;
  teamId?: TeamId | null;
  labels?: string[];
  priority?: Priority;
}

/** What must still be true when the write happens. */
export interface ChangeCondition {
  readonly rev?: number;
  readonly statusIn?: readonly ConversationStatus[];
  readonly handlerNot?: Handler;
}

export interface ListFilter {
  readonly status: ConversationStatus;
  /** A member, null for nobody, undefined for anyone. */
  readonly assigneeId?: MembershipId | null | undefined;
  /** null: every inbox. */
  readonly inboxIds: readonly InboxId[] | null;
}

export interface Position {
  readonly at: Date;
  readonly id: ConversationId;
}

/** Counting stops here; nobody reads an exact number above it. */
const COUNT_LIMIT = 10_000;
/** Rows that one visitor can have; older ones stay in the staff's inbox. */
const VISITOR_LIST_LIMIT = 50;

function toConversation(record: ConversationRecord): Conversation {
  const { _id, tenantId, siteId, inboxId, contactId, assigneeId, teamId, ...rest } = record;
  return {
    ...rest,
    id: _id.toHexString() as ConversationId,
    tenantId: tenantId.toHexString() as TenantId,
    siteId: siteId.toHexString() as SiteId,
    inboxId: inboxId.toHexString() as InboxId,
    contactId: contactId.toHexString() as ContactId,
    assigneeId: assigneeId ? (assigneeId.toHexString() as MembershipId) : null,
    teamId: teamId ? (teamId.toHexString() as TeamId) : null,
  };
}

const toObjectId = (id: string): Types.ObjectId => new Types.ObjectId(id);
const toObjectIdOrNull = (id: string | null): Types.ObjectId | null => (id === null ? null : toObjectId(id));

function toListQuery(context: Scoped, filter: ListFilter): Record<string, unknown> {
  return {
    ...scope(context),
    status: filter.status,
    ...(filter.assigneeId === undefined ? {} : { assigneeId: toObjectIdOrNull(filter.assigneeId) }),
    ...(filter.inboxIds === null ? {} : { inboxId: trusted({ $in: filter.inboxIds.map(toObjectId) }) }),
  };
}

function toStoredSet(set: ConversationSet): Record<string, unknown> {
  const { assigneeId, teamId, ...rest } = set;
  return {
    ...rest,
    ...(assigneeId === undefined ? {} : { assigneeId: toObjectIdOrNull(assigneeId) }),
    ...(teamId === undefined ? {} : { teamId: toObjectIdOrNull(teamId) }),
  };
}

export type ChatStore = ReturnType<typeof createChatStore>;

export function createChatStore({ Conversation }: Pick<ChatModels, 'Conversation'>) {
  const one = (context: Scoped, id: ConversationId) => ({ ...scope(context), _id: toObjectId(id) });

  async function find(context: Scoped, id: ConversationId): Promise<Conversation | undefined> {
    const record = await Conversation.findOne(one(context, id)).lean<ConversationRecord>();
    return record ? toConversation(record) : undefined;
  }

  async function findByStartKey(context: Scoped, startKey: string): Promise<Conversation | undefined> {
    const record = await Conversation.findOne({ ...scope(context), startKey }).lean<ConversationRecord>();
    return record ? toConversation(record) : undefined;
  }

  async function update(
    filter: { tenantId: Types.ObjectId },
    change: Record<string, unknown>,
  ): Promise<Conversation | undefined> {
    const record = await Conversation.findOneAndUpdate(filter, change, {
      returnDocument: 'after',
    }).lean<ConversationRecord>();
    return record ? toConversation(record) : undefined;
  }

  return {
    find,
    findByStartKey,
    /** The conversation of this start key, made if it is not there yet (CH-8). */
    async ensure(context: Scoped, fresh: NewConversation): Promise<Conversation> {
      const { siteId, inboxId, contactId, at, ...rest } = fresh;
      try {
        const created = await Conversation.create({
          ...scope(context),
          ...rest,
          siteId: toObjectId(siteId),
          inboxId: toObjectId(inboxId),
          contactId: toObjectId(contactId),
          channel: 'web',
          minSeq: 1,
          status: 'open',
          handler: 'none',
          priority: 'none',
          lastActivityAt: at,
          createdAt: at,
        });
        return toConversation(created.toObject<ConversationRecord>());
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
        return (await findByStartKey(context, fresh.startKey))!;
      }
    },
    async findMany(context: Scoped, ids: readonly ConversationId[]): Promise<Conversation[]> {
      const records = await Conversation.find({
        ...scope(context),
        _id: trusted({ $in: ids.map(toObjectId) }),
      }).lean<ConversationRecord[]>();
      return records.map(toConversation);
    },
    /** Newest first. With `tokenHash`, only what that token began. */
    async listOfContact(
      context: Scoped,
      owner: { contactId: ContactId; siteId: SiteId; tokenHash: string | null },
    ): Promise<Conversation[]> {
      const records = await Conversation.find({
        ...scope(context),
        contactId: toObjectId(owner.contactId),
        siteId: toObjectId(owner.siteId),
        ...(owner.tokenHash === null ? {} : { tokenHash: owner.tokenHash }),
      })
        .sort({ lastActivityAt: -1 })
        .limit(VISITOR_LIST_LIMIT)
        .lean<ConversationRecord[]>();
      return records.map(toConversation);
    },
    async listPage(
      context: Scoped,
      filter: ListFilter,
      after: Position | null,
      limit: number,
    ): Promise<Conversation[]> {
      const query = toListQuery(context, filter);
      if (after) {
        // The plain bound lets the index start in the right place; the pair decides between rows of one millisecond.
        query['lastActivityAt'] = trusted({ $lte: after.at });
        query['$or'] = [
          { lastActivityAt: trusted({ $lt: after.at }) },
          { _id: trusted({ $lt: toObjectId(after.id) }) },
        ];
      }
      const records = await Conversation.find(query)
        .sort({ lastActivityAt: -1, _id: -1 })
        .limit(limit)
        .lean<ConversationRecord[]>();
      return records.map(toConversation);
    },
    async count(context: Scoped, filter: ListFilter): Promise<number> {
      return Conversation.countDocuments(toListQuery(context, filter)).limit(COUNT_LIMIT);
    },
    /** Moves the list's columns forward, never back; answers the row as it stands. */
    async advanceRow(context: Scoped, id: ConversationId, row: ListRow): Promise<Conversation | undefined> {
      const { lastMessage, lastActivityAt, ...counters } = row;
      return update(one(context, id), {
        $max: {
          ...counters,
          ...(lastMessage ? { lastMessage } : {}),
          ...(lastActivityAt ? { lastActivityAt } : {}),
        },
      });
    },
    async advanceMarkers(context: Scoped, id: ConversationId, markers: Markers): Promise<Conversation | undefined> {
      return update(one(context, id), { $max: markers });
    },
    /** One conditional write: the new values, the next `rev`, and the events that the log owes. undefined: it lost. */
    async change(
      context: Scoped,
      id: ConversationId,
      condition: ChangeCondition,
      change: { set: ConversationSet; revKey: string; events: readonly PendingEvent[] },
    ): Promise<Conversation | undefined> {
      return update(
        {
          ...one(context, id),
          ...(condition.rev === undefined ? {} : { rev: condition.rev }),
          ...(condition.statusIn === undefined ? {} : { status: trusted({ $in: [...condition.statusIn] }) }),
          ...(condition.handlerNot === undefined ? {} : { handler: trusted({ $ne: condition.handlerNot }) }),
        },
        {
          $set: { ...toStoredSet(change.set), revKey: change.revKey },
          $inc: { rev: 1, ...(change.set.handler === undefined ? {} : { handlerVersion: 1 }) },
          $push: { pendingEvents: { $each: [...change.events] } },
        },
      );
    },
    async dropPendingEvents(context: Scoped, id: ConversationId, keys: readonly string[]): Promise<void> {
      await Conversation.updateOne(one(context, id), {
        $pull: { pendingEvents: { key: trusted({ $in: [...keys] }) } },
      });
    },
    async moveToContact(context: Scoped, from: ContactId, to: ContactId): Promise<void> {
      await Conversation.updateMany(
        { ...scope(context), contactId: toObjectId(from) },
        { $set: { contactId: toObjectId(to) } },
      );
    },
  };
}

/** Stored form of a conversation and of its append-only log (delivery-protocol 3.1). */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type {
  AuthorKind,
  Channel,
  ConversationStatus,
  EntryKind,
  EventType,
  Handler,
  Priority,
} from '@frontdesk/protocol/vocabulary';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface EntryRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  conversationId: Types.ObjectId;
  /** Gap-free from the conversation's `minSeq` to its head. */
  seq: number;
  /** Number of visitor-visible entries up to and including this one. */
  visitorSeq: number;
  kind: EntryKind;
  /**
   * `id` is a membership id, the word `contact`, or `system`. A conversation has one contact, and its id changes when an
   * anonymous visitor proves who they are; the word does not, so the retry of a message is still recognised then.
   */
  author: { kind: AuthorKind; id: string; name: string | null };
  /** Idempotency key of what was sent; events carry one derived from their command. */
  key: string;
  bodyHash: string;
  body: string;
  event: { type: EventType; from: string | null; to: string | null } | null;
  at: Date;
}

/** An event that a conditional write decided and that must yet appear in the log. */
export interface PendingEvent {
  key: string;
  type: EventType;
  from: string | null;
  to: string | null;
  author: { kind: AuthorKind; id: string; name: string | null };
}

export interface LastMessage {
  /** First field on purpose: `$max` compares documents field by field. */
  seq: number;
  at: Date;
  authorKind: AuthorKind;
  preview: string;
}

/**
 * `head`, `visitorHead`, `lastMessage`, `lastContactSeq` and `lastActivityAt` are a cache of the log: written behind it,
 * with `$max`, and mended after a crash. Markers only grow. `rev` counts what `conversation:update` sets.
 */
export interface ConversationRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  siteId: Types.ObjectId;
  inboxId: Types.ObjectId;
  channel: Channel;
  contactId: Types.ObjectId;
  /** Hash of the visitor token that began it; an unverified visitor sees only what their own token began. */
  tokenHash: string;
  /** Site, token and idempotency key of the first message: the same try always finds the same conversation. */
  startKey: string;
  epoch: string;
  minSeq: number;
  status: ConversationStatus;
  handler: Handler;
  handlerVersion: number;
  assigneeId: Types.ObjectId | null;
  teamId: Types.ObjectId | null;
  labels: string[];
  priority: Priority;
  rev: number;
  /** The command whose write made `rev`, so that its retry is recognised. */
  revKey: string | null;
  pendingEvents: PendingEvent[];
  head: number;
  visitorHead: number;
  lastMessage: LastMessage | null;
  lastContactSeq: number;
  lastActivityAt: Date;
  staffReadUpTo: number;
  staffDeliveredUpTo: number;
  /** The two markers above in visitor numbering. */
  staffReadVisitorSeq: number;
  staffDeliveredVisitorSeq: number;
  visitorReadUpTo: number;
  visitorDeliveredUpTo: number;
  createdAt: Date;
}

const options = { strict: 'throw', versionKey: false } as const;
const required = { required: true } as const;
const counter = { type: Number, required: true, default: 0 } as const;
const ref = { type: Schema.Types.ObjectId, default: null } as const;
const text = { type: String, default: null } as const;

const authorSchema = new Schema(
  { kind: { type: String, ...required }, id: { type: String, ...required }, name: text },
  { _id: false, strict: 'throw' },
);
const eventFields = { type: { type: String, ...required }, from: text, to: text } as const;

const entrySchema = new Schema<EntryRecord>(
  {
    conversationId: { type: Schema.Types.ObjectId, ...required, immutable: true },
    seq: { type: Number, ...required, immutable: true },
    visitorSeq: { type: Number, ...required, immutable: true },
    kind: { type: String, ...required },
    author: { type: authorSchema, ...required },
    key: { type: String, ...required },
    bodyHash: { type: String, ...required },
    body: { type: String, default: '' },
    event: { type: new Schema(eventFields, { _id: false, strict: 'throw' }), default: null },
    at: { type: Date, ...required },
  },
  { ...options, collection: 'entries' },
);
entrySchema.plugin(tenantScope);
/** U1: one holder per position. */
entrySchema.index({ tenantId: 1, conversationId: 1, seq: 1 }, { unique: true });
/** U2: one entry per author and key, for the life of the conversation. */
entrySchema.index({ tenantId: 1, conversationId: 1, 'author.id': 1, key: 1 }, { unique: true });
/** The log as a visitor reads it. */
entrySchema.index({ tenantId: 1, conversationId: 1, kind: 1, visitorSeq: 1 });

const conversationSchema = new Schema<ConversationRecord>(
  {
    siteId: { type: Schema.Types.ObjectId, ...required, immutable: true },
    inboxId: { type: Schema.Types.ObjectId, ...required },
    channel: { type: String, ...required },
    contactId: { type: Schema.Types.ObjectId, ...required },
    tokenHash: { type: String, ...required, immutable: true },
    startKey: { type: String, ...required, immutable: true },
    epoch: { type: String, ...required },
    minSeq: { type: Number, ...required },
    status: { type: String, ...required },
    handler: { type: String, ...required },
    handlerVersion: counter,
    assigneeId: ref,
    teamId: ref,
    labels: { type: [String], default: [] },
    priority: { type: String, ...required },
    rev: counter,
    revKey: text,
    pendingEvents: {
      type: [
        new Schema(
          { key: { type: String, ...required }, ...eventFields, author: { type: authorSchema, ...required } },
          { _id: false, strict: 'throw' },
        ),
      ],
      default: [],
    },
    head: counter,
    visitorHead: counter,
    // Mixed keeps the order of the fields, which is what `$max` compares by.
    lastMessage: { type: Schema.Types.Mixed, default: null },
    lastContactSeq: counter,
    lastActivityAt: { type: Date, ...required },
    staffReadUpTo: counter,
    staffDeliveredUpTo: counter,
    staffReadVisitorSeq: counter,
    staffDeliveredVisitorSeq: counter,
    visitorReadUpTo: counter,
    visitorDeliveredUpTo: counter,
    createdAt: { type: Date, ...required },
  },
  { ...options, collection: 'conversations' },
);
conversationSchema.plugin(tenantScope);
conversationSchema.index({ tenantId: 1, startKey: 1 }, { unique: true });
conversationSchema.index({ tenantId: 1, contactId: 1, lastActivityAt: -1 });
/** Inbox lists: a view is a status, optionally an assignee, newest activity first. */
conversationSchema.index({ tenantId: 1, status: 1, lastActivityAt: -1, _id: -1 });
conversationSchema.index({ tenantId: 1, status: 1, assigneeId: 1, lastActivityAt: -1, _id: -1 });

export interface ChatModels {
  readonly Conversation: Model<ConversationRecord>;
  readonly Entry: Model<EntryRecord>;
}

export function createChatModels(connection: Connection): ChatModels {
  return {
    Conversation: connection.model<ConversationRecord>('Conversation', conversationSchema),
    Entry: connection.model<EntryRecord>('Entry', entrySchema),
  };
}

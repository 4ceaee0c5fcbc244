/**
 * Conversations: the append-only log, its two audiences, and what each may do.
 *
 * A log has one gap-free `seq` for staff. What a visitor may see (messages, no notes, no events) is numbered again,
 * gap-free, as `visitorSeq`; on the visitor's wire that number is simply called `seq`, so a private note leaves no
 * trace there, not even a hole.
 */
import { z } from 'zod';
import { accepted } from './auth.js';
import { defineCommand } from './command.js';
import { email, id, instant, line, locale, messageBody, nothing, seq } from './fields.js';
import type { ContactId, ConversationId, IdempotencyKey, InboxId, MembershipId, TeamId } from './ids.js';
import { SYNC_PAGE_SIZE } from './limits.js';
import { accentColor, siteTheme } from './tenancy.js';
import {
  AUTHOR_KINDS,
  AVAILABILITIES,
  CHANNELS,
  CONVERSATION_STATUSES,
  ENTRY_KINDS,
  EVENT_TYPES,
  HANDLERS,
  LIST_VIEWS,
  PRIORITIES,
  TYPING_MODES,
} from './vocabulary.js';

export { accentColor };

/** Random per conversation; changes when a backup is restored, which makes every cursor into it worthless. */
export const epoch = z.string().min(8).max(36);

const label = line(40);

// What a visitor sees.

export const visitorEntryDto = z.strictObject({
  seq,
  kind: z.literal('message'),
  author: z.strictObject({
    kind: z.enum(AUTHOR_KINDS),
    /** First name that the business shows; null for the visitor's own messages. */
    name: z.string().nullable(),
  }),
  /** The idempotency key of the visitor's own message, null for everyone else's. */
  key: z.string().nullable() as unknown as z.ZodType<IdempotencyKey | null>,
  body: z.string(),
  at: instant,
});
export type VisitorEntryDto = z.output<typeof visitorEntryDto>;

export const visitorConversationDto = z.strictObject({
  id: id<ConversationId>(),
  epoch,
  status: z.enum(CONVERSATION_STATUSES),
  head: seq,
  minSeq: seq,
  /** How far this visitor has read, in visitor numbering. */
  readUpTo: seq,
  staffReadUpTo: seq,
  staffDeliveredUpTo: seq,
  assigneeName: z.string().nullable(),
  createdAt: instant,
});
export type VisitorConversationDto = z.output<typeof visitorConversationDto>;

export const siteDescriptionDto = z.strictObject({
  name: z.string(),
  theme: siteTheme,
  greeting: z.string(),
  locale,
  online: z.boolean(),
  requireIdentity: z.boolean(),
});
export type SiteDescriptionDto = z.output<typeof siteDescriptionDto>;

const syncInput = z.strictObject({
  conversationId: id<ConversationId>(),
  /** null on first contact; the answer brings it. */
  epoch: epoch.nullable(),
  /** Last applied seq; 0 for none. */
  after: seq,
  limit: z.number().int().min(1).max(SYNC_PAGE_SIZE).optional(),
  /** Start with the newest page instead of `after`. */
  tail: z.boolean().optional(),
});

function syncOutput<Entry extends z.ZodType>(entry: Entry) {
  return z.strictObject({ entries: z.array(entry), head: seq, minSeq: seq, epoch, more: z.boolean() });
}

const markInput = z.strictObject({
  conversationId: id<ConversationId>(),
  /** Clamped to the head; never moves backwards. */
  readUpTo: seq.optional(),
  deliveredUpTo: seq.optional(),
});

const headsOutput = z.strictObject({
  heads: z.array(z.strictObject({ conversationId: id<ConversationId>(), epoch, seq })),
});

/** What the page tells about itself. Text only: it is shown to staff as text, never as a link target. */
const pageContext = z.strictObject({ url: z.string().max(2_048).optional(), title: z.string().max(300).optional() });

export const chatVisitorCommands = {
  'site:describe': defineCommand({
    name: 'site:describe',
    audience: 'visitor',
    summary: 'How the business looks and whether anyone is there. Stores nothing.',
    idempotency: 'read',
    input: nothing,
    output: siteDescriptionDto,
  }),
  'visitor:identify': defineCommand({
    name: 'visitor:identify',
    audience: 'visitor',
    summary:
      "Prove who the visitor is with a JWT signed by the website's own back end (HS256, `kid`, `aud` = site key, `sub`, `exp` ≤ 1 h).",
    idempotency: 'natural',
    input: z.strictObject({ identityToken: z.string().min(1).max(4_096) }),
    output: z.strictObject({ verifiedUntil: instant, name: z.string().nullable() }),
  }),
  'visitor:forget': defineCommand({
    name: 'visitor:forget',
    audience: 'visitor',
    summary: 'Sign this browser out: its token opens nothing any more.',
    idempotency: 'natural',
    input: nothing,
    output: accepted,
  }),
  'conversation:list': defineCommand({
    name: 'conversation:list',
    audience: 'visitor',
    summary: "The visitor's own conversations, newest first.",
    idempotency: 'read',
    input: nothing,
    output: z.strictObject({ conversations: z.array(visitorConversationDto) }),
  }),
  'conversation:start': defineCommand({
    name: 'conversation:start',
    audience: 'visitor',
    summary:
      'First message: makes contact, conversation and entry together. The same key answers the same conversation.',
    idempotency: 'key',
    input: z.strictObject({
      body: messageBody,
      locale: locale.optional(),
      name: line(80).optional(),
      email: email.optional(),
      page: pageContext.optional(),
    }),
    output: z.strictObject({ conversation: visitorConversationDto, entry: visitorEntryDto, duplicate: z.boolean() }),
  }),
  'message:send': defineCommand({
    name: 'message:send',
    audience: 'visitor',
    summary: 'Append a message. Acknowledged only when it is durable.',
    idempotency: 'key',
    input: z.strictObject({ conversationId: id<ConversationId>(), body: messageBody }),
    output: z.strictObject({ seq, epoch, at: instant, duplicate: z.boolean() }),
  }),
  'conversation:sync': defineCommand({
    name: 'conversation:sync',
    audience: 'visitor',
    summary: 'Entries after a cursor.',
    idempotency: 'read',
    input: syncInput,
    output: syncOutput(visitorEntryDto),
    errors: ['RESET_REQUIRED'],
  }),
  'conversation:check': defineCommand({
    name: 'conversation:check',
    audience: 'visitor',
    summary: 'Heads of my conversations, to notice a lost last message.',
    idempotency: 'read',
    input: nothing,
    output: headsOutput,
  }),
  'conversation:mark': defineCommand({
    name: 'conversation:mark',
    audience: 'visitor',
    summary: 'Move my read or delivered marker forward.',
    idempotency: 'natural',
    input: markInput,
    output: accepted,
  }),
  'typing:set': defineCommand({
    name: 'typing:set',
    audience: 'visitor',
    summary: 'I am writing, or no longer. Never stored.',
    idempotency: 'natural',
    input: z.strictObject({ conversationId: id<ConversationId>(), on: z.boolean() }),
    output: accepted,
  }),
} as const;

// What staff see.

export const entryEventDto = z.strictObject({
  type: z.enum(EVENT_TYPES),
  /** Values before and after, as people read them (a name, a status, labels joined by a comma); null for none. */
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type EntryEventDto = z.output<typeof entryEventDto>;

export const staffEntryDto = z.strictObject({
  seq,
  /** Number of visitor-visible entries up to and including this one. */
  visitorSeq: seq,
  kind: z.enum(ENTRY_KINDS),
  author: z.strictObject({ kind: z.enum(AUTHOR_KINDS), id: z.string().nullable(), name: z.string().nullable() }),
  /** The idempotency key when the reader wrote it, otherwise null. */
  key: z.string().nullable() as unknown as z.ZodType<IdempotencyKey | null>,
  body: z.string(),
  event: entryEventDto.nullable(),
  at: instant,
});
export type StaffEntryDto = z.output<typeof staffEntryDto>;

export const contactDto = z.strictObject({
  id: id<ContactId>(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  /** E.164. */
  phone: z.string().nullable(),
  locale,
  /** True when the website's back end vouched for the person. */
  verified: z.boolean(),
  page: z.strictObject({ url: z.string().nullable(), title: z.string().nullable() }),
});
export type ContactDto = z.output<typeof contactDto>;

export const staffConversationDto = z.strictObject({
  id: id<ConversationId>(),
  epoch,
  inboxId: id<InboxId>(),
  channel: z.enum(CHANNELS),
  status: z.enum(CONVERSATION_STATUSES),
  handler: z.enum(HANDLERS),
  assigneeId: id<MembershipId>().nullable(),
  teamId: id<TeamId>().nullable(),
  labels: z.array(z.string()),
  priority: z.enum(PRIORITIES),
  contact: contactDto,
  head: seq,
  minSeq: seq,
  /** Counts every change of the fields that `conversation:update` sets; send it back as `ifRev`. */
  rev: seq,
  lastMessage: z.strictObject({ preview: z.string(), authorKind: z.enum(AUTHOR_KINDS), at: instant }).nullable(),
  /** seq of the newest entry that the contact wrote; the conversation is unread while staffReadUpTo is below it. */
  lastContactSeq: seq,
  lastActivityAt: instant,
  staffReadUpTo: seq,
  staffDeliveredUpTo: seq,
  /** In visitor numbering; compare with an entry's `visitorSeq`. */
  visitorReadUpTo: seq,
  visitorDeliveredUpTo: seq,
  createdAt: instant,
});
export type StaffConversationDto = z.output<typeof staffConversationDto>;

export const viewerDto = z.strictObject({ memberId: id<MembershipId>(), name: z.string() });
export type ViewerDto = z.output<typeof viewerDto>;

const staffSend = z.strictObject({
  conversationId: id<ConversationId>(),
  body: messageBody,
});

export const chatStaffCommands = {
  'conversation:list': defineCommand({
    name: 'conversation:list',
    audience: 'staff',
    summary: 'A page of a view, newest activity first, with the counts of every view.',
    idempotency: 'read',
    input: z.strictObject({ view: z.enum(LIST_VIEWS), cursor: z.string().max(200).optional() }),
    output: z.strictObject({
      conversations: z.array(staffConversationDto),
      /** Opaque; null on the last page. */
      cursor: z.string().nullable(),
      counts: z.record(z.enum(LIST_VIEWS), z.number().int()),
    }),
  }),
  'conversation:read': defineCommand({
    name: 'conversation:read',
    audience: 'staff',
    summary: 'One conversation.',
    idempotency: 'read',
    input: z.strictObject({ conversationId: id<ConversationId>() }),
    output: z.strictObject({ conversation: staffConversationDto, viewers: z.array(viewerDto) }),
  }),
  'conversation:sync': defineCommand({
    name: 'conversation:sync',
    audience: 'staff',
    summary: 'Entries after a cursor.',
    idempotency: 'read',
    input: syncInput,
    output: syncOutput(staffEntryDto),
    errors: ['RESET_REQUIRED'],
  }),
  'conversation:check': defineCommand({
    name: 'conversation:check',
    audience: 'staff',
    summary: 'Heads of the given conversations, to notice a lost last message.',
    idempotency: 'read',
    input: z.strictObject({ conversationIds: z.array(id<ConversationId>()).max(100) }),
    output: headsOutput,
  }),
  'conversation:mark': defineCommand({
    name: 'conversation:mark',
    audience: 'staff',
    summary: "Move the team's read or delivered marker forward.",
    idempotency: 'natural',
    input: markInput,
    output: accepted,
  }),
  'conversation:update': defineCommand({
    name: 'conversation:update',
    audience: 'staff',
    summary:
      'Change status, handler, assignee, team, labels or priority if nobody did since `ifRev`; each change is logged.',
    idempotency: 'key',
    input: z.strictObject({
      conversationId: id<ConversationId>(),
      ifRev: seq,
      set: z
        .strictObject({
          status: z.enum(CONVERSATION_STATUSES).optional(),
          handler: z.enum(['none', 'human']).optional(),
          assigneeId: id<MembershipId>().nullable().optional(),
          teamId: id<TeamId>().nullable().optional(),
          labels: z.array(label).max(20).optional(),
          priority: z.enum(PRIORITIES).optional(),
        })
        .refine((set) => Object.keys(set).length > 0, 'must change something'),
    }),
    output: z.strictObject({ conversation: staffConversationDto }),
    errors: ['CONFLICT'],
  }),
  'message:send': defineCommand({
    name: 'message:send',
    audience: 'staff',
    summary: 'Reply to the customer. Refused with THREAD_MOVED when entries arrived after `seenSeq`, until `force`.',
    idempotency: 'key',
    input: z.strictObject({ ...staffSend.shape, seenSeq: seq, force: z.boolean().optional() }),
    output: z.strictObject({ seq, epoch, at: instant, duplicate: z.boolean() }),
    errors: ['THREAD_MOVED'],
  }),
  'note:add': defineCommand({
    name: 'note:add',
    audience: 'staff',
    summary: 'Private note; no customer ever sees it.',
    idempotency: 'key',
    input: staffSend,
    output: z.strictObject({ seq, epoch, at: instant, duplicate: z.boolean() }),
  }),
  'typing:set': defineCommand({
    name: 'typing:set',
    audience: 'staff',
    summary: 'I am writing a reply or a note, or no longer. Notes are never shown to the customer, not even as typing.',
    idempotency: 'natural',
    input: z.strictObject({ conversationId: id<ConversationId>(), on: z.boolean(), mode: z.enum(TYPING_MODES) }),
    output: accepted,
  }),
  'conversation:view': defineCommand({
    name: 'conversation:view',
    audience: 'staff',
    summary: 'I am looking at this thread (null: at none). Renewed every 15 s, gone after 45 s.',
    transports: ['socket'],
    idempotency: 'natural',
    input: z.strictObject({ conversationId: id<ConversationId>().nullable() }),
    output: accepted,
  }),
  'presence:set': defineCommand({
    name: 'presence:set',
    audience: 'staff',
    summary: 'I am available, or away.',
    idempotency: 'natural',
    input: z.strictObject({ availability: z.enum(AVAILABILITIES).exclude(['offline']) }),
    output: accepted,
  }),
} as const;

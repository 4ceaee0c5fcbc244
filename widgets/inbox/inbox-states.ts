/**
 * Every state of the inbox worth looking at, with made-up people. Screenshot pages and tests draw from this list; the
 * product never imports it.
 */
import type { StaffConversationDto, StaffEntryDto } from '@frontdesk/protocol/chat';
import type {
  ContactId,
  ConversationId,
  IdempotencyKey,
  InboxId,
  MembershipId,
  TeamId,
  TenantId,
  UserId,
} from '@frontdesk/protocol/ids';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { MemberDto } from '@frontdesk/protocol/tenancy';
import type { StaffThreadState, ThreadItem } from '../core/client/staff-types.js';
import type { DeskSession } from './inbox-desk.js';
import { EMPTY_THREAD } from '../core/client/staff-view.js';
import { EMPTY_LIST, INITIAL_INBOX, type InboxState } from './inbox-store.js';

const MINUTE_MS = 60_000;

const idOf = (group: string, index: number): string => `${group}${index.toString(16).padStart(23, '0')}`;
export const conversationIdOf = (index: number): ConversationId => idOf('c', index) as ConversationId;
export const memberIdOf = (index: number): MembershipId => idOf('e', index) as MembershipId;
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

export const DEMO_SESSION: DeskSession = {
  user: {
    id: idOf('a', 1) as UserId,
    email: 'aina@klinikmawar.example',
    name: 'Aina Rahman',
    hasPassword: true,
    hasGoogle: false,
  },
  membership: { id: memberIdOf(1), role: 'owner' },
  tenant: { id: idOf('b', 1) as TenantId, name: 'Klinik Mawar', locale: 'en' },
};

const buildMember = (index: number, name: string, patch: Partial<MemberDto> = {}): MemberDto => ({
  id: memberIdOf(index),
  name,
  email: `${name.split(' ')[0]?.toLowerCase()}@klinikmawar.example`,
  role: 'agent',
  disabled: false,
  inboxIds: null,
  availability: 'online',
  self: index === 1,
  ...patch,
});

export const DEMO_MEMBERS: readonly MemberDto[] = [
  buildMember(1, 'Aina Rahman', { role: 'owner' }),
  buildMember(2, 'Mei Ling Tan', { role: 'admin' }),
  buildMember(3, 'Kavitha Raj', { availability: 'away' }),
  buildMember(4, 'Daniel Wong', { role: 'viewer' }),
];

type Row = readonly [name: string | null, preview: string, minutes: number, patch?: Partial<StaffConversationDto>];

const ROWS: readonly Row[] = [
  [
    'Siti Nurhaliza',
    'Do you have time for a check-up on Friday morning?',
    2,
    { lastContactSeq: 9, staffReadUpTo: 6, assigneeId: memberIdOf(1), labels: ['appointment'], head: 9 },
  ],
  [null, 'Hi, is the clinic open on Deepavali?', 6, { lastContactSeq: 2, staffReadUpTo: 0 }],
  [
    'Rajesh Kumar',
    'My tooth hurts badly since last night, please call me',
    11,
    { priority: 'urgent', lastContactSeq: 3, staffReadUpTo: 2, assigneeId: memberIdOf(3) },
  ],
  [
    '陈美玲',
    '请问看牙要多少钱？',
    24,
    { lastMessage: { preview: '请问看牙要多少钱？', authorKind: 'contact', at: minutesAgo(24) } },
  ],
  [
    'Thomas Müller',
    'Thank you, see you on Tuesday then.',
    47,
    {
      lastMessage: { preview: 'Perfect, see you on Tuesday at ten.', authorKind: 'staff', at: minutesAgo(47) },
      assigneeId: memberIdOf(2),
    },
  ],
  [
    'Nur Aisyah binti Mohd Faizal',
    'Boleh saya tukar temujanji ke hari Isnin?',
    95,
    { channel: 'whatsapp', labels: ['appointment', 'reschedule', 'follow-up'] },
  ],
  ['கவிதா', 'நாளை மருத்துவர் இருப்பாரா?', 180, { priority: 'high' }],
  [null, 'How much is a cleaning?', 320],
  [
    'Farid Hassan',
    'The invoice has the wrong name on it, could you send a new one?',
    1_300,
    { channel: 'email', labels: ['billing'], assigneeId: memberIdOf(2) },
  ],
  ['Grace Lim', 'ok thanks!', 2_900],
  ['Ahmad Zulkifli', 'Can I bring my son as well?', 4_600, { status: 'open' }],
  ['Priya Nair', 'I will think about it', 7_300],
  ['José García', '¿Hablan español?', 16_000],
];

export function buildConversation(index: number, [name, preview, minutes, patch = {}]: Row): StaffConversationDto {
  const at = minutesAgo(minutes);
  return {
    id: conversationIdOf(index),
    epoch: 'epoch-0001',
    inboxId: idOf('f', 1) as InboxId,
    channel: 'web',
    status: 'open',
    handler: 'human',
    assigneeId: null,
    teamId: null,
    labels: [],
    priority: 'none',
    contact: {
      id: `5${index.toString(16).padStart(19, '0')}${(0x3f1a + index * 77).toString(16)}` as ContactId,
      name,
      email: name === null ? null : index === 0 ? 'siti@example.com' : `person-${index}@example.com`,
      phone: index === 0 ? '+60123456789' : null,
      locale: 'en',
      verified: index === 0,
      page: { url: 'https://klinikmawar.example/services/check-up', title: 'Check-up · Klinik Mawar' },
    },
    head: 4,
    minSeq: 1,
    rev: 3,
    lastMessage: { preview, authorKind: 'contact', at },
    lastContactSeq: 4,
    lastActivityAt: at,
    staffReadUpTo: 4,
    staffDeliveredUpTo: 4,
    visitorReadUpTo: 4,
    visitorDeliveredUpTo: 4,
    createdAt: minutesAgo(minutes + 60),
    ...patch,
  };
}

export const DEMO_CONVERSATIONS = ROWS.map((row, index) => buildConversation(index, row));

export function buildItem(seq: number, patch: Partial<ThreadItem>): ThreadItem {
  return {
    id: `item-${seq}`,
    kind: 'message',
    isMine: false,
    authorKind: 'contact',
    authorId: null,
    authorName: null,
    body: '',
    at: minutesAgo(60 - seq),
    seq,
    state: null,
    error: null,
    key: null,
    event: null,
    ...patch,
  };
}

const AINA = { isMine: true, authorKind: 'staff', authorId: memberIdOf(1), authorName: 'Aina Rahman' } as const;
const MEI = { authorKind: 'staff', authorId: memberIdOf(2), authorName: 'Mei Ling Tan' } as const;

export const DEMO_ITEMS: readonly ThreadItem[] = [
  buildItem(1, {
    kind: 'event',
    authorKind: 'system',
    at: minutesAgo(1_500),
    event: { type: 'started', from: null, to: null },
  }),
  buildItem(2, {
    body: 'Hello! I would like to book a check-up for my daughter. She is seven.',
    at: minutesAgo(1_499),
  }),
  buildItem(3, {
    ...MEI,
    kind: 'event',
    at: minutesAgo(1_496),
    event: { type: 'assignee', from: null, to: 'Aina Rahman' },
  }),
  buildItem(4, {
    ...AINA,
    state: 'read',
    at: minutesAgo(1_490),
    body: 'Hi Siti, happy to help. For children we keep the mornings:\n\n- Thursday 9:30\n- Friday 10:00\n\nWhich one suits you?',
  }),
  buildItem(5, {
    ...MEI,
    kind: 'note',
    at: minutesAgo(1_480),
    body: 'Dr. Lee is away on Thursday. Offer Friday only.',
  }),
  buildItem(6, {
    ...AINA,
    state: 'read',
    at: minutesAgo(1_478),
    body: 'Friday would be better, Dr. Lee is in all morning.',
  }),
  buildItem(7, { body: 'Thank you', at: minutesAgo(4) }),
  buildItem(8, { body: 'Friday is fine for us.', at: minutesAgo(3) }),
  buildItem(9, {
    body: 'Do you have time for a check-up on Friday morning? More at https://klinikmawar.example/prices',
    at: minutesAgo(2),
  }),
];

export const DEMO_THREAD: StaffThreadState = {
  ...EMPTY_THREAD,
  phase: 'ready',
  conversation: DEMO_CONVERSATIONS[0] ?? null,
  items: DEMO_ITEMS,
};

const LIST = {
  ...EMPTY_LIST,
  phase: 'ready',
  conversations: DEMO_CONVERSATIONS,
  counts: { 'all-open': 13, mine: 1, unassigned: 9, snoozed: 2, resolved: 148 },
} as const;

const READY: InboxState = {
  ...INITIAL_INBOX,
  connection: 'online',
  list: LIST,
  members: DEMO_MEMBERS,
  teams: [
    { id: idOf('d', 1) as TeamId, name: 'Front desk' },
    { id: idOf('d', 2) as TeamId, name: 'Billing' },
  ],
  inboxes: [{ id: idOf('f', 1) as InboxId, kind: 'web', name: 'klinikmawar.example', siteId: null }],
};

const OPEN: InboxState = {
  ...READY,
  pane: 'thread',
  selectedId: conversationIdOf(0),
  thread: DEMO_THREAD,
  unreadAfter: 6,
};

const NETWORK: ErrorBody = { code: 'STORE_UNAVAILABLE', message: '', requestId: 'local' };
const DRAFT = 'Friday at ten it is. Please bring her vaccination card.';

const NEW_ENTRY: StaffEntryDto = {
  seq: 10,
  visitorSeq: 7,
  kind: 'message',
  author: { kind: 'contact', id: null, name: null },
  key: null,
  body: 'Oh wait, could it be in the afternoon instead?',
  event: null,
  at: minutesAgo(0),
};

function withThread(patch: Partial<StaffThreadState>, state: InboxState = OPEN): InboxState {
  return { ...state, thread: { ...DEMO_THREAD, ...patch } };
}

function withConversation(patch: Partial<StaffConversationDto>): InboxState {
  const conversation = { ...(DEMO_CONVERSATIONS[0] as StaffConversationDto), ...patch };
  return withThread({ conversation });
}

const pendingOf = (seq: number, patch: Partial<ThreadItem>): ThreadItem =>
  buildItem(seq, { ...AINA, seq: null, at: minutesAgo(0), key: `key-${seq}` as IdempotencyKey, ...patch });

/** Name → state. */
export const INBOX_STATES: Readonly<Record<string, InboxState>> = {
  'list-loading': { ...INITIAL_INBOX, connection: 'connecting' },
  'list-failed': { ...READY, list: { ...EMPTY_LIST, phase: 'failed', error: NETWORK } },
  'list-empty': { ...READY, list: { ...LIST, conversations: [], counts: {} } },
  'list-empty-mine': { ...READY, list: { ...LIST, view: 'mine', conversations: [], counts: { 'all-open': 13 } } },
  'list-no-match': { ...READY, filter: 'zzz' },
  list: READY,
  'list-compact': { ...OPEN, density: 'compact' },
  thread: OPEN,
  'thread-list-pane': { ...OPEN, pane: 'list' },
  'thread-details': { ...OPEN, pane: 'details' },
  'thread-loading': withThread({ phase: 'loading', items: [] }),
  'thread-failed': withThread({ phase: 'failed', items: [], error: NETWORK }),
  'thread-note': {
    ...OPEN,
    composers: { [conversationIdOf(0)]: { mode: 'note', reply: '', note: 'Her brother is a patient of ours too.' } },
  },
  'thread-draft': { ...OPEN, composers: { [conversationIdOf(0)]: { mode: 'reply', reply: DRAFT, note: '' } } },
  'thread-company': withThread({
    viewers: [{ memberId: memberIdOf(2), name: 'Mei Ling Tan' }],
    typing: [{ id: 'x', kind: 'staff', name: 'Mei Ling Tan', mode: 'note' }],
  }),
  'thread-moved': withThread({
    items: [...DEMO_ITEMS, buildItem(10, { body: NEW_ENTRY.body, at: minutesAgo(0) })],
    moved: { key: 'moved-key' as IdempotencyKey, body: DRAFT, entries: [NEW_ENTRY] },
  }),
  'thread-conflict': {
    ...withThread({
      conversation: { ...(DEMO_CONVERSATIONS[0] as StaffConversationDto), assigneeId: memberIdOf(2) },
      items: [
        ...DEMO_ITEMS,
        buildItem(10, {
          ...MEI,
          kind: 'event',
          at: minutesAgo(0),
          event: { type: 'assignee', from: 'Aina Rahman', to: 'Mei Ling Tan' },
        }),
      ],
    }),
    conflict: {
      conversationId: conversationIdOf(0),
      wanted: { assigneeId: memberIdOf(1) },
      current: { ...(DEMO_CONVERSATIONS[0] as StaffConversationDto), assigneeId: memberIdOf(2) },
    },
  },
  'thread-unsent': withThread({
    items: [
      ...DEMO_ITEMS,
      pendingOf(10, {
        state: 'failed',
        body: 'Yes, at ten.',
        error: { code: 'RATE_LIMITED', message: '', requestId: '1' },
      }),
      pendingOf(11, { state: 'sending', body: 'See you then!' }),
    ],
  }),
  'thread-resolved': withConversation({ status: 'resolved' }),
  'thread-spam': withConversation({ status: 'spam' }),
  offline: { ...OPEN, connection: 'offline' },
  failure: { ...OPEN, failure: { code: 'FORBIDDEN', message: '', requestId: '1' } },
  help: { ...OPEN, helpOpen: true },
};

/** A long list, to see that only its visible part is in the document (IN-3). */
export function buildLongList(count: number): StaffConversationDto[] {
  return Array.from({ length: count }, (_, index) =>
    buildConversation(index, [`Person ${index + 1}`, `Message number ${index + 1}`, index]),
  );
}

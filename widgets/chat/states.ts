/**
 * Every state that the open chat can be in, as data. The tests run over this list and the documentation shows it, so a
 * state that is not here is a state that nobody has looked at.
 */
import type { IdempotencyKey, ConversationId } from '@frontdesk/protocol/ids';
import type { ErrorCode } from '@frontdesk/protocol/result';
import { ERROR_CATALOGUE } from '@frontdesk/protocol/result';
import type { ChatMessage, ChatState } from '../core/client/session-types.js';

export interface ChatExample {
  /** Kebab-case, unique; the anchor of its screenshot. */
  readonly id: string;
  readonly title: string;
  /** Language of the content; `ar` for the one that is written from right to left. */
  readonly locale: 'en' | 'ar';
  readonly state: ChatState;
  readonly isMuted?: boolean;
  readonly needsSignIn?: boolean;
}

/** A Tuesday morning; every example happens then, so that pictures do not change with the day. */
const START = new Date(2025, 2, 4, 9, 41).getTime();
const MINUTE_MS = 60_000;

let lastNumber = 0;

type Sketch = Partial<ChatMessage> & { readonly minute?: number };

function buildMessage(body: string, sketch: Sketch): ChatMessage {
  lastNumber += 1;
  const { minute = 0, ...rest } = sketch;
  const isMine = rest.isMine ?? false;
  return {
    id: `example-${lastNumber}`,
    isMine,
    authorKind: isMine ? 'contact' : 'staff',
    authorName: isMine ? null : 'Aisha',
    body,
    at: new Date(START + minute * MINUTE_MS).toISOString(),
    seq: lastNumber,
    state: isMine ? 'read' : null,
    error: null,
    key: isMine ? (`example-${lastNumber}` as IdempotencyKey) : null,
    ...rest,
  };
}

export function buildMine(body: string, sketch: Sketch = {}): ChatMessage {
  return buildMessage(body, { ...sketch, isMine: true });
}

export function buildTheirs(body: string, sketch: Sketch = {}): ChatMessage {
  return buildMessage(body, { ...sketch, isMine: false });
}

function buildError(code: ErrorCode) {
  return { code, message: ERROR_CATALOGUE[code].message, requestId: 'example' };
}

const ONLINE = {
  phase: 'online',
  reason: null,
  revocation: null,
  instance: 'example',
  isReachable: false,
  clockOffsetMs: 0,
} as const;

export function buildChatState(change: Partial<ChatState> = {}): ChatState {
  return {
    phase: 'ready',
    error: null,
    connection: ONLINE,
    site: {
      name: 'Bright Smile Dental',
      theme: { accent: '#2f5bd7', colorScheme: 'auto', launcherSide: 'end' },
      greeting: 'Hello! How can we help you today?',
      locale: 'en',
      online: true,
      requireIdentity: false,
    },
    isStaffOnline: true,
    conversation: {
      id: '64b7f0c2a1d3e4f5a6b7c8d9' as ConversationId,
      epoch: 'example-epoch',
      status: 'open',
      head: 40,
      minSeq: 1,
      readUpTo: 40,
      staffReadUpTo: 40,
      staffDeliveredUpTo: 40,
      assigneeName: 'Aisha',
      createdAt: new Date(START).toISOString(),
    },
    messages: [],
    hasOlder: false,
    unreadCount: 0,
    typingName: null,
    draft: '',
    isPersistent: true,
    ...change,
  };
}

function withReadUpTo(state: ChatState, readUpTo: number): ChatState {
  return { ...state, conversation: state.conversation && { ...state.conversation, readUpTo } };
}

const CONVERSATION: readonly ChatMessage[] = [
  buildMine('Hi! Do you have anything free on Thursday afternoon for a cleaning?', { minute: 0 }),
  buildTheirs('Good morning! Let me look.', { minute: 2 }),
  buildTheirs('We have **2:30** and **4:15** on Thursday. Which one suits you?', { minute: 2 }),
  buildMine('4:15 please', { minute: 4 }),
  buildMine('And is parking free?', { minute: 4 }),
  buildTheirs(
    'Booked for you: Thursday, 4:15 with Dr. Lim.\n\nParking is free for two hours, here is the map: https://brightsmile.example/parking',
    {
      minute: 6,
    },
  ),
];

const UNREAD = [
  ...CONVERSATION,
  buildTheirs('One more thing: please bring your insurance card.', { minute: 31 }),
  buildTheirs('See you on Thursday!', { minute: 31 }),
];

const LONG: readonly ChatMessage[] = Array.from({ length: 14 }, (_, index) => [
  buildMine(`Question ${index + 1}: is this included in the price?`, { minute: index * 4 }),
  buildTheirs('Yes, it is. There is nothing to pay on top.', { minute: index * 4 + 1 }),
]).flat();

const ARABIC: readonly ChatMessage[] = [
  buildMine('مرحبًا! هل لديكم موعد متاح يوم الخميس بعد الظهر؟', { minute: 0 }),
  buildTheirs('صباح الخير! لحظة من فضلك.', { minute: 2, authorName: 'عائشة' }),
  buildTheirs('لدينا موعدان: **2:30** و **4:15**. أيهما يناسبك؟', { minute: 2, authorName: 'عائشة' }),
  buildMine('4:15 من فضلك، والموقع https://brightsmile.example/map صحيح؟', { minute: 4, state: 'delivered' }),
];

const example = (
  id: string,
  title: string,
  change: Partial<ChatState>,
  more: Partial<ChatExample> = {},
): ChatExample => ({
  id,
  title,
  locale: 'en',
  state: buildChatState(change),
  ...more,
});

const offline = { ...ONLINE, phase: 'offline', instance: null } as const;

export const CHAT_STATES: readonly ChatExample[] = [
  example('empty', 'Nobody has written yet', { phase: 'idle', conversation: null }),
  example('empty-away', 'Nobody has written yet, and nobody of the business is there', {
    phase: 'idle',
    conversation: null,
    isStaffOnline: false,
  }),
  example('connecting', 'Opened a moment ago: nothing is known about the business yet', {
    phase: 'idle',
    site: null,
    isStaffOnline: null,
    conversation: null,
    connection: { ...ONLINE, phase: 'connecting', instance: null },
  }),
  example('loading', 'A returning visitor: the history is on its way', { phase: 'loading' }),
  example('conversation', 'A conversation', { messages: CONVERSATION }),
  example('states', 'Each state of an own message', {
    messages: [
      buildMine('This one has been read.', { minute: 0, state: 'read' }),
      buildMine('This one has been delivered.', { minute: 1, state: 'delivered' }),
      buildMine('This one is on the server.', { minute: 2, state: 'sent' }),
      buildMine('This one is being sent.', { minute: 3, state: 'sending', seq: null }),
      buildMine('This one waits for its turn.', { minute: 4, state: 'queued', seq: null }),
    ],
  }),
  example('failed', 'A message that could not be sent', {
    messages: [
      ...CONVERSATION.slice(0, 3),
      buildMine('4:15 please', { minute: 4, state: 'failed', seq: null, error: buildError('FORBIDDEN') }),
    ],
  }),
  withUnread(),
  example('typing', 'Someone of the business is writing', { messages: CONVERSATION.slice(0, 5), typingName: 'Aisha' }),
  example('offline', 'Offline, with two messages kept', {
    connection: offline,
    messages: [
      ...CONVERSATION.slice(0, 3),
      buildMine('4:15 please', { minute: 9, state: 'queued', seq: null }),
      buildMine('And is parking free?', { minute: 9, state: 'queued', seq: null }),
    ],
  }),
  example('unreachable', 'The server never answered', {
    phase: 'idle',
    site: null,
    isStaffOnline: null,
    conversation: null,
    connection: offline,
  }),
  example('not-kept', 'The browser keeps nothing', { messages: CONVERSATION.slice(0, 3), isPersistent: false }),
  example('failed-to-load', 'The history could not be fetched', {
    phase: 'failed',
    error: buildError('INTERNAL'),
  }),
  example('refused', 'The website is not allowed to embed the chat', {
    phase: 'idle',
    site: null,
    isStaffOnline: null,
    conversation: null,
    connection: { ...ONLINE, phase: 'refused', reason: buildError('ORIGIN_NOT_ALLOWED') },
  }),
  example(
    'sign-in',
    'The business wants to know who writes',
    { phase: 'idle', conversation: null },
    { needsSignIn: true },
  ),
  example('resolved', 'The business closed the conversation', {
    messages: CONVERSATION,
    conversation: { ...buildResolved() },
  }),
  example('assistant', 'An answer by the assistant', {
    messages: [
      buildMine('When are you open on Saturday?', { minute: 0 }),
      buildTheirs(
        'On Saturday we are open from **9:00** to **13:00**.\n\n- Check-ups until 12:30\n- Emergencies all day',
        {
          minute: 0,
          authorKind: 'ai',
          authorName: null,
        },
      ),
      buildTheirs('Type `HUMAN` to talk to a person.', { minute: 0, authorKind: 'ai', authorName: null }),
    ],
  }),
  example(
    'draft',
    'A long draft and the sound off',
    { messages: CONVERSATION, draft: buildDraft() },
    { isMuted: true },
  ),
  example('too-long', 'More than fits into one message', {
    messages: CONVERSATION.slice(0, 2),
    draft: 'a'.repeat(4_012),
  }),
  example('long', 'A long conversation with earlier messages', { messages: LONG, hasOlder: true }),
  example('hostile', 'Long words, control characters, and things that look like code', {
    messages: [
      buildMine('Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft', { minute: 0 }),
      buildTheirs('<img src=x onerror=alert(1)> and \u202etxt.exe\u202c and https://аpple.com/login', { minute: 1 }),
      buildMine('```\nconst answer = "<script>alert(1)</script>";\n```', { minute: 2 }),
    ],
  }),
  example('arabic', 'From right to left', { messages: ARABIC, site: buildArabicSite() }, { locale: 'ar' }),
  example(
    'arabic-empty',
    'From right to left, nothing written yet',
    { phase: 'idle', conversation: null, site: buildArabicSite() },
    { locale: 'ar' },
  ),
];

function withUnread(): ChatExample {
  const last = CONVERSATION.at(-1)?.seq ?? 0;
  const unread = example('unread', 'Two new messages since the last visit', { messages: UNREAD, unreadCount: 2 });
  return { ...unread, state: withReadUpTo(unread.state, last) };
}

function buildResolved() {
  const { conversation } = buildChatState();
  if (!conversation) throw new Error('The example state has a conversation.');
  return { ...conversation, status: 'resolved' as const };
}

function buildDraft(): string {
  return [
    'Hello again,',
    '',
    'could I bring my daughter as well?',
    'She is six and has never',
    'been to a dentist.',
    'Thank you!',
  ].join('\n');
}

function buildArabicSite() {
  const { site } = buildChatState();
  if (!site) throw new Error('The example state has a site.');
  return { ...site, name: 'عيادة الابتسامة', greeting: 'أهلًا بك! كيف يمكننا مساعدتك اليوم؟', locale: 'ar' as const };
}

/**
 * Every state of the display worth looking at, with made-up calls. Screenshots and tests draw from this list; the product never
 * imports it.
 */
import type { CounterId, ServiceId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { BoardCall } from '@frontdesk/protocol/queue-device';
import { EMPTY_VIEW, type BoardView } from './board-view.js';

export interface DisplayExample {
  /** Kebab-case, unique; the name of its screenshot. */
  readonly id: string;
  readonly title: string;
  readonly locale: Locale;
  readonly accent: string;
  readonly view: BoardView;
}

/** A Tuesday morning in Kuala Lumpur; every example happens then, so that pictures do not change with the day. */
const NOW = Date.UTC(2025, 2, 4, 2, 41, 0);
const MINUTE_MS = 60_000;

export function buildCall(
  index: number,
  change: Partial<BoardCall> & { readonly agoMinutes?: number } = {},
): BoardCall {
  const { agoMinutes = 0, ...rest } = change;
  const counter = (index % 12) + 1;
  return {
    id: `call-${index}`,
    sequence: 1_000 - index,
    label: `${'ABC'[index % 3]}${String(120 - index).padStart(3, '0')}`,
    counterId: `counter-${counter}` as CounterId,
    counterLabel: `Counter ${counter}`,
    counterGroup: '',
    serviceId: 'service' as ServiceId,
    languages: ['en'],
    calledAt: new Date(NOW - agoMinutes * MINUTE_MS).toISOString(),
    recalledAt: null,
    maskedName: null,
    state: 'called',
    ...rest,
  };
}

const buildCalls = (count: number, change: Partial<BoardCall> = {}): BoardCall[] =>
  Array.from({ length: count }, (_, index) => buildCall(index, { ...change, agoMinutes: index }));

const RECENT = Array.from({ length: 8 }, (_, index) =>
  buildCall(40 + index, { state: 'gone', agoMinutes: 3 + index * 4 }),
);

const WAITING = [
  { serviceId: 's1' as ServiceId, names: { en: 'Consultation', ms: 'Perundingan', ar: 'استشارة' }, count: 14 },
  { serviceId: 's2' as ServiceId, names: { en: 'Pharmacy', ms: 'Farmasi', ar: 'الصيدلية' }, count: 3 },
  { serviceId: 's3' as ServiceId, names: { en: 'Blood test', ms: 'Ujian darah', ar: 'فحص الدم' }, count: 1 },
];

/** A picture that needs no network: a calm landscape in three tones. */
export const PICTURE =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"%3E%3Crect width="400" height="300" fill="%23cfe3ee"/%3E%3Ccircle cx="300" cy="80" r="36" fill="%23f6d38b"/%3E%3Cpath d="M0 220l110-90 90 70 80-60 120 90v70H0z" fill="%234d8a74"/%3E%3Cpath d="M0 250l140-50 120 40 140-50v110H0z" fill="%232f6653"/%3E%3C/svg%3E';

const BASE: BoardView = {
  ...EMPTY_VIEW,
  placeName: 'Klinik Seri Damai · Bangsar',
  timeZone: 'Asia/Kuala_Lumpur',
  nowMs: NOW,
  recent: RECENT,
  waiting: WAITING,
  updatedAtMs: NOW,
  isSoundOn: true,
};

/** As long as the link of a real branch. */
const JOIN_URL =
  'https://desk.klinik-seri-damai.example/join?site=pk_3fT9xQ2LmZ8vR4bYc7Wd1KsN&location=674c3b21f0a9d85e62b7c410#d3JpdHRlbi1vbi1hLXNjcm';

const withNewest = (calls: readonly BoardCall[], count = 1): Partial<BoardView> => ({
  calls,
  emphasizedIds: new Set(calls.slice(0, count).map(({ id }) => id)),
});

const example = (
  id: string,
  title: string,
  view: Partial<BoardView>,
  rest: Partial<Pick<DisplayExample, 'locale' | 'accent'>> = {},
): DisplayExample => ({ id, title, locale: 'en', accent: '#1f6f5c', view: { ...BASE, ...view }, ...rest });

const ARABIC_CALLS = buildCalls(4).map((call, index) => ({ ...call, counterLabel: `شباك ${index + 1}` }));
const LONG_CALLS = [
  buildCall(0, { label: 'REG-00124', counterLabel: 'Registration and Payment 12' }),
  buildCall(1, { label: 'REG-00121', counterLabel: 'Blood Collection Room 3' }),
  buildCall(2, { label: 'VIP-000987', counterLabel: 'Specialist Outpatient Clinic' }),
  buildCall(3, { label: 'B7', counterLabel: '4' }),
];

export const DISPLAY_STATES: readonly DisplayExample[] = [
  example('one-new', 'One call, just made', withNewest(buildCalls(1))),
  example('one-calm', 'One call, ten seconds later', { calls: buildCalls(1) }),
  example('four', 'Four counters at work, the newest standing out', withNewest(buildCalls(4))),
  example('eight', 'Eight counters at work', withNewest(buildCalls(8), 2)),
  example('twenty', 'Twenty at once, in pages', withNewest(buildCalls(20), 20)),
  example('nobody', 'Nobody is called yet', { recent: [], waiting: WAITING.slice(0, 1) }),
  example('between', 'Nobody is called right now', {}),
  example('long', 'Long labels and names of counters', withNewest(LONG_CALLS)),
  example('names', 'Masked names beside the numbers', withNewest(buildCalls(4, { maskedName: 'Muh*** A.' }))),
  example('notice', 'A notice and a line of news', {
    ...withNewest(buildCalls(3)),
    notice: 'Counter 4 is closed for lunch. Please wait for your number; every ticket keeps its place.',
    ticker: 'Flu vaccination is available without an appointment until the end of the month.',
  }),
  example('media', 'With pictures beside the calls', {
    ...withNewest(buildCalls(5)),
    playlist: [{ kind: 'image', url: PICTURE, seconds: 30, alt: 'Hills' }],
    ticker: 'Please have your identity card ready.',
  }),
  example('join', 'Four counters at work, and phones may join', { ...withNewest(buildCalls(4)), joinUrl: JOIN_URL }),
  example('join-nobody', 'Nobody is called; the code has the room', { recent: [], joinUrl: JOIN_URL }),
  example('join-first', 'The first call of the day beside the code', {
    ...withNewest(buildCalls(1)),
    recent: [],
    joinUrl: JOIN_URL,
  }),
  example('join-crowded', 'The code with everything else', {
    ...withNewest(buildCalls(5)),
    joinUrl: JOIN_URL,
    notice: 'Counter 4 is closed for lunch. Please wait for your number; every ticket keeps its place.',
    playlist: [{ kind: 'image', url: PICTURE, seconds: 30, alt: 'Hills' }],
    ticker: 'Please have your identity card ready.',
  }),
  example(
    'join-tamil',
    'Nobody is called, in Tamil, with a notice and pictures',
    {
      joinUrl: JOIN_URL,
      notice: 'கவுண்டர் 4 மதிய உணவுக்காக மூடப்பட்டுள்ளது.',
      playlist: [{ kind: 'image', url: PICTURE, seconds: 30, alt: 'Hills' }],
    },
    { locale: 'ta' },
  ),
  example(
    'join-arabic',
    'The code from right to left',
    { ...withNewest(ARABIC_CALLS), joinUrl: JOIN_URL },
    { locale: 'ar' },
  ),
  example('join-sound', 'The code beside the offer of sound', {
    calls: buildCalls(3),
    asksForSound: true,
    joinUrl: JOIN_URL,
  }),
  example('stale', 'The connection is lost', {
    calls: buildCalls(4),
    freshness: 'stale',
    updatedAtMs: NOW - 3 * MINUTE_MS,
  }),
  example('kept', 'Started without a network', {
    calls: buildCalls(2),
    freshness: 'kept',
    updatedAtMs: NOW - 47 * MINUTE_MS,
  }),
  example('sound', 'The browser wants a touch before it sounds', { calls: buildCalls(3), asksForSound: true }),
  example('sound-crowded', 'The same beside many services with long names', {
    calls: buildCalls(3),
    asksForSound: true,
    waiting: [0, 1, 2, 3, 4].map((index) => ({
      serviceId: `long-${index}` as ServiceId,
      names: { en: 'Registration of newcomers and of changes of address' },
      count: index,
    })),
  }),
  example('full-screen', 'The offer of a full screen', { calls: buildCalls(3), asksForFullScreen: true }),
  example('night', 'Closed until the morning', { isNight: true, opensAtMs: NOW + 15 * 60 * MINUTE_MS, recent: [] }),
  example('arabic', 'From right to left', withNewest(ARABIC_CALLS), { locale: 'ar' }),
  example('yellow', 'A light accent', withNewest(buildCalls(2)), { accent: '#facc15' }),
  example('tamil', 'In Tamil', { recent: RECENT.slice(0, 3) }, { locale: 'ta' }),
];

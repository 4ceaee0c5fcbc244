/**
 * Every state of the console worth looking at, with made-up people. Screenshot pages and tests draw from this list; the
 * product never imports it.
 */
import type {
  CounterId,
  LocationId,
  MembershipId,
  ServiceId,
  TenantId,
  TicketId,
  UserId,
} from '@frontdesk/protocol/ids';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { CounterView, SelectionReason } from '@frontdesk/protocol/queue-counter';
import type { CounterDto, PriorityClass, QueuePolicy, ServiceDto } from '@frontdesk/protocol/queue-setup';
import type { StaffTicketDto } from '@frontdesk/protocol/queue-tickets';
import type { ErrorCode } from '@frontdesk/protocol/result';
import type { StaffCommandName } from '@frontdesk/protocol/staff';
import { INITIAL_COUNTER, type CounterState, type QueueSetup, type Sheet } from './counter-store.js';
import type { CounterSession } from './counter-words.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

const idOf = (group: string, index: number): string => `${group}${index.toString(16).padStart(23, '0')}`;
export const ticketIdOf = (index: number): TicketId => idOf('1', index) as TicketId;
export const counterIdOf = (index: number): CounterId => idOf('2', index) as CounterId;
export const serviceIdOf = (index: number): ServiceId => idOf('3', index) as ServiceId;
const memberIdOf = (index: number): MembershipId => idOf('e', index) as MembershipId;
const LOCATION_ID = idOf('4', 1) as LocationId;

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const ago = (minutes: number): string => inMs(-minutes * MINUTE_MS);

export const DEMO_SESSION: CounterSession = {
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

const LOCATION: LocationDto = {
  id: LOCATION_ID,
  name: 'Klinik Mawar, Bangsar',
  address: '12 Jalan Telawi, Kuala Lumpur',
  timeZone: 'Asia/Kuala_Lumpur',
  nextTimeZone: null,
  dayStart: '04:00',
  hours: { weekly: [[], [], [], [], [], [], []], specialDays: [], holidays: [] },
  languages: ['en', 'ms', 'zh', 'ta'],
  country: 'MY',
  geofence: null,
  phone: null,
  isArchived: false,
  createdAt: '2026-01-05T01:00:00.000Z',
};

const buildService = (index: number, en: string, ms: string, patch: Partial<ServiceDto> = {}): ServiceDto => ({
  id: serviceIdOf(index),
  locationId: LOCATION_ID,
  names: { en, ms },
  series: { prefix: 'ABC'[index - 1] ?? 'D', width: 3, first: 1, last: 999 },
  pool: 'general',
  typicalMinutes: 6,
  targetWaitMinutes: 20,
  capPerDay: null,
  maxWaiting: null,
  stopAt: null,
  askName: 'optional',
  askPhone: 'optional',
  consentText: '',
  isRemoteJoinAllowed: true,
  isArchived: false,
  closure: null,
  isFinishing: false,
  ...patch,
});

const buildCounter = (index: number, label: string, patch: Partial<CounterDto> = {}): CounterDto => ({
  id: counterIdOf(index),
  locationId: LOCATION_ID,
  label,
  group: 'Ground floor',
  serviceIds: [serviceIdOf(1), serviceIdOf(2)],
  status: 'closed',
  pauseReason: null,
  resumeAt: null,
  staff: null,
  isArchived: false,
  ...patch,
});

const buildClass = (key: string, en: string, kind: PriorityClass['kind']): PriorityClass => ({
  key,
  names: { en },
  kind,
  rate: 2,
  headStartMinutes: 0,
  maxConsecutive: null,
  declaration: null,
  quota: null,
});

const POLICY: QueuePolicy = {
  classes: [buildClass('senior', 'Senior', 'statutory'), buildClass('member', 'Member', 'soft')],
  appointment: { leadMinutes: 10, earlyMinutes: 30, lateMinutes: 10 },
  maxWaitMinutes: 45,
  isPinnedFirst: true,
  noShow: { minCallSeconds: 30, autoAfterSeconds: 120, penaltyPlaces: 3, maxReturns: 2 },
  autoStartSeconds: null,
  stopRule: 'warn',
  graceMinutes: 15,
  retentionHours: 2,
  isHitRatePublic: false,
  announcementLanguages: [],
};

const AINA = { id: memberIdOf(1), name: 'Aina Rahman' };
const MEI = { id: memberIdOf(2), name: 'Mei Ling Tan' };

const SETUP: QueueSetup = {
  services: [
    buildService(1, 'General consultation', 'Konsultasi am'),
    buildService(2, 'Collect medicine', 'Ambil ubat', { typicalMinutes: 3, targetWaitMinutes: 10 }),
    buildService(3, 'Vaccination', 'Vaksinasi', {
      closure: { message: 'The vaccine arrives tomorrow at nine.', since: ago(40) },
    }),
  ],
  counters: [
    buildCounter(1, 'Counter 1', { status: 'open', staff: MEI }),
    buildCounter(2, 'Counter 2', { status: 'open', staff: AINA }),
    buildCounter(3, 'Counter 3', {
      status: 'paused',
      pauseReason: 'Lunch',
      staff: { id: memberIdOf(3), name: 'Kavitha Raj' },
    }),
    buildCounter(4, 'Room 4', { group: 'First floor', serviceIds: [serviceIdOf(1)] }),
    buildCounter(5, 'Pharmacy', { group: 'First floor', serviceIds: [serviceIdOf(2)] }),
  ],
  policy: POLICY,
};

export function buildTicket(index: number, label: string, patch: Partial<StaffTicketDto> = {}): StaffTicketDto {
  return {
    id: ticketIdOf(index),
    label,
    serviceId: serviceIdOf(label.startsWith('B') ? 2 : 1),
    state: 'waiting',
    source: 'kiosk',
    presence: 'onsite',
    classKey: null,
    isClassConfirmed: true,
    language: 'en',
    rev: index,
    issuedAt: ago(30),
    queuedAt: ago(30),
    bookedFor: null,
    calledAt: null,
    startedAt: null,
    endedAt: null,
    recallCount: 0,
    returnCount: 0,
    counterId: null,
    hold: null,
    print: 'printed',
    person: null,
    ...patch,
  };
}

const LINE: readonly StaffTicketDto[] = [
  buildTicket(13, 'A013', { queuedAt: ago(24), classKey: 'senior', isClassConfirmed: false }),
  buildTicket(14, 'A014', { queuedAt: ago(22), language: 'ms' }),
  buildTicket(21, 'B007', { queuedAt: ago(13) }),
  buildTicket(15, 'A015', { queuedAt: ago(12), presence: 'remote', source: 'qr' }),
  buildTicket(16, 'A016', { queuedAt: ago(9), bookedFor: inMs(4 * MINUTE_MS), source: 'appointment' }),
  buildTicket(22, 'B008', { queuedAt: ago(4) }),
  buildTicket(17, 'A017', { queuedAt: ago(1) }),
];

const reasonOf = (rule: SelectionReason['rule'], patch: Partial<SelectionReason> = {}): SelectionReason => ({
  rule,
  classKey: null,
  waitedSeconds: 22 * 60,
  note: null,
  ...patch,
});

export const READY_VIEW: CounterView = {
  rev: 40,
  serverTime: inMs(0),
  timeZone: 'Asia/Kuala_Lumpur',
  counter: { ...buildCounter(2, 'Counter 2'), status: 'open', staff: AINA },
  current: null,
  next: [
    {
      ticket: LINE[0] ?? buildTicket(1, 'A001'),
      reason: reasonOf('statutory', { classKey: 'senior', waitedSeconds: 1_440 }),
    },
    { ticket: LINE[1] ?? buildTicket(2, 'A002'), reason: reasonOf('longest-wait') },
    { ticket: LINE[2] ?? buildTicket(3, 'A003'), reason: reasonOf('longest-wait', { waitedSeconds: 780 }) },
  ],
  waiting: [
    { serviceId: serviceIdOf(1), count: 5, longestSeconds: 24 * 60, breaches: 2 },
    { serviceId: serviceIdOf(2), count: 2, longestSeconds: 13 * 60, breaches: 0 },
  ],
  line: [...LINE],
  held: [
    buildTicket(8, 'A008', {
      state: 'held',
      hold: { scope: 'counter', counterId: counterIdOf(2), memberId: null, dueAt: inMs(6 * MINUTE_MS) },
    }),
  ],
  noShows: [
    buildTicket(9, 'A009', { state: 'no-show', returnCount: 1 }),
    buildTicket(19, 'B005', { state: 'no-show' }),
  ],
  printFailures: [],
  isFinishing: false,
};

type Current = NonNullable<CounterView['current']>;

const PERSON = { name: 'Siti Nurhaliza', phone: '+60123456789', note: 'Follow-up of last week. Uses a wheelchair.' };

export function buildCurrent(patch: Partial<Current> = {}, ticket: Partial<StaffTicketDto> = {}): Current {
  return {
    ticket: buildTicket(12, 'A012', {
      state: 'called',
      calledAt: inMs(-7 * SECOND_MS),
      counterId: counterIdOf(2),
      queuedAt: ago(26),
      person: PERSON,
      ...ticket,
    }),
    reason: reasonOf('longest-wait', { waitedSeconds: 26 * 60 }),
    receipt: { expected: 2, shown: 2 },
    undoUntil: inMs(8 * SECOND_MS),
    noShowFrom: inMs(23 * SECOND_MS),
    autoNoShowAt: inMs(113 * SECOND_MS),
    recallFrom: inMs(-2 * SECOND_MS),
    isLong: false,
    ...patch,
  };
}

const SERVING = buildCurrent(
  { undoUntil: null, noShowFrom: null, autoNoShowAt: null, recallFrom: null },
  { state: 'serving', startedAt: ago(4) },
);

export const READY: CounterState = {
  ...INITIAL_COUNTER,
  link: 'live',
  locations: [LOCATION],
  locationId: LOCATION_ID,
  setup: SETUP,
  counterId: counterIdOf(2),
  view: READY_VIEW,
};

function withView(patch: Partial<CounterView>, state: Partial<CounterState> = {}): CounterState {
  return { ...READY, view: { ...READY_VIEW, ...patch }, ...state };
}

const withCurrent = (current: Current, state: Partial<CounterState> = {}): CounterState => withView({ current }, state);

const withSheet = (sheet: Sheet, base: CounterState = READY): CounterState => ({ ...base, sheet });

function withFailure(command: StaffCommandName, code: ErrorCode, more: object = {}): Partial<CounterState> {
  return { failure: { command, error: { code, message: '', requestId: '1', ...more }, label: 'A012' } };
}

const DUE = buildTicket(8, 'A008', {
  state: 'held',
  hold: { scope: 'staff', counterId: counterIdOf(2), memberId: memberIdOf(1), dueAt: ago(1) },
});
const HELD_ELSEWHERE = buildTicket(7, 'A007', {
  state: 'held',
  hold: { scope: 'counter', counterId: counterIdOf(1), memberId: null, dueAt: null },
});
const UNPRINTED = buildTicket(17, 'A017', { print: 'failed', queuedAt: ago(1) });
const PICKING: CounterState = { ...READY, counterId: null, view: null };
const OTHER_LOCATION: LocationDto = {
  ...LOCATION,
  id: idOf('4', 2) as LocationId,
  name: 'Klinik Mawar, Ampang',
  address: '8 Jalan Ampang, Kuala Lumpur',
};
const EMPTY_LINE = {
  next: [],
  line: [],
  waiting: READY_VIEW.waiting.map((row) => ({ ...row, count: 0, longestSeconds: 0, breaches: 0 })),
};

/** Name → state. */
export const COUNTER_STATES: Readonly<Record<string, CounterState>> = {
  loading: { ...INITIAL_COUNTER },
  'setup-failed': {
    ...INITIAL_COUNTER,
    link: 'lost',
    setupError: { code: 'STORE_UNAVAILABLE', message: '', requestId: 'local' },
  },
  'pick-location': { ...PICKING, locations: [LOCATION, OTHER_LOCATION], locationId: null, setup: null },
  'pick-counter': { ...PICKING, locations: [LOCATION, OTHER_LOCATION] },
  'pick-none': { ...PICKING, setup: { ...SETUP, counters: [] } },
  idle: READY,
  'idle-empty': withView({ ...EMPTY_LINE, held: [], noShows: [] }),
  pending: withView({}, { pending: { command: 'ticket:call-next', ticketId: null } }),
  called: withCurrent(buildCurrent()),
  'called-showing': withCurrent(
    buildCurrent(
      { receipt: { expected: 2, shown: 0 }, recallFrom: inMs(4 * SECOND_MS) },
      { calledAt: inMs(-SECOND_MS) },
    ),
  ),
  'called-not-shown': withCurrent(buildCurrent({ receipt: { expected: 2, shown: 1 } })),
  'called-late': withCurrent(
    buildCurrent(
      { undoUntil: inMs(-30 * SECOND_MS), noShowFrom: inMs(-15 * SECOND_MS), autoNoShowAt: inMs(75 * SECOND_MS) },
      { calledAt: inMs(-45 * SECOND_MS), recallCount: 2 },
    ),
  ),
  'called-chosen': withCurrent(
    buildCurrent(
      { reason: reasonOf('chosen', { note: 'Feels faint' }) },
      { classKey: 'senior', isClassConfirmed: false, language: 'ta', returnCount: 1 },
    ),
  ),
  serving: withCurrent(SERVING),
  'serving-long': withCurrent({ ...SERVING, isLong: true, ticket: { ...SERVING.ticket, startedAt: ago(31) } }),
  paused: withView({
    counter: { ...READY_VIEW.counter, status: 'paused', pauseReason: 'Lunch', resumeAt: inMs(23 * MINUTE_MS) },
  }),
  closed: withView({ counter: { ...READY_VIEW.counter, status: 'closed', staff: null } }),
  taken: withView({ counter: { ...READY_VIEW.counter, staff: MEI } }),
  finishing: withView({ isFinishing: true }),
  held: withView({ held: [DUE, HELD_ELSEWHERE, ...READY_VIEW.held] }, { tab: 'held' }),
  'no-shows': { ...READY, tab: 'no-shows' },
  print: withView({ printFailures: [UNPRINTED] }, { tab: 'print' }),
  lost: withCurrent(buildCurrent(), { link: 'lost' }),
  empty: withView(EMPTY_LINE, withFailure('ticket:call-next', 'QUEUE_EMPTY')),
  conflict: withCurrent(SERVING, withFailure('ticket:start', 'CONFLICT', { current: { state: 'serving', rev: 41 } })),
  'sheet-pause': withSheet({ kind: 'pause' }),
  'sheet-hold': withSheet({ kind: 'hold' }, withCurrent(SERVING)),
  'sheet-transfer': withSheet({ kind: 'transfer' }, withCurrent(SERVING)),
  'sheet-walk-in': withSheet({ kind: 'walk-in' }),
  'sheet-call': withSheet({ kind: 'call', ticketId: ticketIdOf(15) }),
  'sheet-cancel': withSheet({ kind: 'cancel', ticketId: ticketIdOf(15) }),
  'sheet-class': withSheet({ kind: 'class', ticketId: ticketIdOf(13) }),
  'sheet-issue': withSheet({ kind: 'issue' }),
  'sheet-number': withSheet({
    kind: 'number',
    ticket: buildTicket(18, 'A018'),
    url: 'https://desk.example/t#Zm9yIHRoZSBzdGF0ZXMgb25seSwgb3BlbnMgbm90aGluZw',
  }),
  'sheet-notice': withSheet({ kind: 'notice' }),
  'sheet-close-service': withSheet({ kind: 'close-service' }),
  'sheet-help': withSheet({ kind: 'help' }),
};

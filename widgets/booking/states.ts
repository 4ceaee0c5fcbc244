/** Every state of booking worth looking at, with made-up people, for screenshot pages and tests; the product never imports it. */
import { encodeSlots } from '@frontdesk/domain/booking/slot-codec';
import { addDays } from '@frontdesk/domain/hours/zone';
import type { BookingSummary } from '@frontdesk/protocol/booking-fields';
import type {
  BookedDto,
  BookingCatalogue,
  HoldDto,
  OfferedService,
  SlotList,
} from '@frontdesk/protocol/booking-visitor';
import type { BookableId, BookingServiceId, HoldId, LocationId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import {
  EMPTY_DRAFT,
  createBookingState,
  type BookingEvent,
  type BookingState,
  type PageChoices,
} from './start-store.js';
import type { Draft } from './booking-form.js';
import { reduceBooking } from './booking-store.js';
import { firstOf, toStart } from './booking-time.js';
import { slotRangeOf } from './slots-store.js';
import { FRESH_VERIFICATION, type Verification, type VerificationState } from './verify/verification.js';

/** Tuesday, 10:42 in Kuala Lumpur. */
export const EXAMPLE_NOW_MS = Date.parse('2027-03-02T02:42:00.000Z');
export const EXAMPLE_ZONE = 'Asia/Kuala_Lumpur';
const OFFSET_MINUTES = 480;

const id = <Id extends string>(digit: string): Id => digit.repeat(24) as Id;
export const EXAMPLE_SERVICE = id<BookingServiceId>('a');
export const SECOND_SERVICE = id<BookingServiceId>('b');
const ONLINE_SERVICE = id<BookingServiceId>('c');
const LOCATION = id<LocationId>('1');
export const EXAMPLE_STAFF = [
  { id: id<BookableId>('5'), name: 'Dr Aisyah Rahman' },
  { id: id<BookableId>('6'), name: 'Dr Lim Wei Jie' },
  { id: id<BookableId>('7'), name: 'Dr Kavitha Nair' },
];

export function buildService(patch: Partial<OfferedService> = {}): OfferedService {
  return {
    id: EXAMPLE_SERVICE,
    locationId: LOCATION,
    names: {
      en: 'General consultation',
      ms: 'Konsultasi am',
      zh: '普通门诊',
      ta: 'பொது மருத்துவ ஆலோசனை',
      hi: 'सामान्य परामर्श',
      ar: 'استشارة عامة',
    },
    descriptions: {
      en: 'Twenty minutes with a family doctor. Bring your medicines, or a photo of them.',
      ar: 'عشرون دقيقة مع طبيب الأسرة. أحضر أدويتك أو صورة لها.',
    },
    minutes: 20,
    priceText: 'RM 45',
    confirmation: 'auto',
    verification: 'none',
    isOnline: false,
    horizonDays: 90,
    isClass: false,
    questions: [],
    consents: [],
    staffIds: EXAMPLE_STAFF.map((person) => person.id),
    ...patch,
  };
}

export const EXAMPLE_SERVICES = [
  buildService(),
  buildService({
    id: SECOND_SERVICE,
    names: { en: 'Vaccination', ms: 'Pemvaksinan', zh: '疫苗接种', ta: 'தடுப்பூசி', hi: 'टीकाकरण', ar: 'التطعيم' },
    descriptions: null,
    minutes: 15,
    priceText: 'RM 70',
    staffIds: [],
  }),
  buildService({
    id: ONLINE_SERVICE,
    names: { en: 'Video consultation', ar: 'استشارة بالفيديو' },
    descriptions: { en: 'For questions about results and repeat prescriptions.' },
    minutes: 75,
    priceText: '',
    isOnline: true,
    confirmation: 'approve',
    staffIds: [],
  }),
];

export function buildCatalogue(services: readonly OfferedService[] = EXAMPLE_SERVICES): BookingCatalogue {
  return {
    businessName: 'Klinik Seri Damai',
    locations: [
      {
        id: LOCATION,
        name: 'Petaling Jaya',
        address: '12 Jalan Kenanga, 46000 Petaling Jaya',
        timeZone: EXAMPLE_ZONE,
        phone: '+60355500123',
      },
    ],
    services: [...services],
    staff: EXAMPLE_STAFF,
  };
}

/** Epoch minutes of a wall time in Kuala Lumpur. */
export const at = (date: string, hour: number, minute = 0): number =>
  Date.parse(`${date}T00:00:00Z`) / 60_000 - OFFSET_MINUTES + hour * 60 + minute;

/** Tuesday to Saturday, fewer from week to week, none on the 10th. */
export function buildStarts(month: string): number[] {
  const starts: number[] = [];
  for (let date = firstOf(month); date.startsWith(month); date = addDays(date, 1)) {
    const day = Number(date.slice(8));
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    if (weekday < 2 || day < 2 || day === 10) continue;
    const hours = day % 3 === 0 ? [9, 10, 11] : day % 3 === 1 ? [9, 10, 14, 15, 16, 18, 19] : [10, 15, 19];
    for (const hour of hours) starts.push(at(date, hour), at(date, hour, 40));
  }
  return starts.filter((start) => start > EXAMPLE_NOW_MS / 60_000 + 60);
}

export function buildList(from: string, days: number, starts: readonly number[], rev = '1'): SlotList {
  const byDay = Array.from({ length: days }, (_, index) => {
    const date = addDays(from, index);
    return starts.filter((start) => start >= at(date, 0) && start < at(date, 24));
  });
  return encodeSlots(byDay, { rev, timeZone: EXAMPLE_ZONE, from });
}

export function buildHold(start: number, patch: Partial<HoldDto> = {}): HoldDto {
  return {
    id: id<HoldId>('9'),
    serviceId: EXAMPLE_SERVICE,
    staffId: EXAMPLE_STAFF[0]?.id ?? null,
    staffName: EXAMPLE_STAFF[0]?.name ?? null,
    start: new Date(start * 60_000).toISOString(),
    end: new Date((start + 20) * 60_000).toISOString(),
    expiresAt: new Date(EXAMPLE_NOW_MS + 300_000).toISOString(),
    canExtend: true,
    ...patch,
  };
}

export function buildSummary(patch: Partial<BookingSummary> = {}): BookingSummary {
  const start = at('2027-03-04', 9, 40);
  return {
    code: 'K7MP3XQ9',
    version: 1,
    state: 'confirmed',
    locationName: 'Petaling Jaya',
    address: '12 Jalan Kenanga, 46000 Petaling Jaya',
    serviceId: EXAMPLE_SERVICE,
    serviceNames: buildService().names,
    staffId: EXAMPLE_STAFF[0]?.id ?? null,
    staffName: EXAMPLE_STAFF[0]?.name ?? null,
    followedBy: [],
    start: new Date(start * 60_000).toISOString(),
    end: new Date((start + 20) * 60_000).toISOString(),
    timeZone: EXAMPLE_ZONE,
    isOnline: false,
    rescheduleUntil: new Date((start - 120) * 60_000).toISOString(),
    cancelUntil: new Date((start - 120) * 60_000).toISOString(),
    ...patch,
  };
}

export const buildBooked = (patch: Partial<BookingSummary> = {}): BookedDto => ({
  booking: buildSummary(patch),
  manageToken: 'm'.repeat(64),
  calendarUrl: 'https://desk.example/calendar/site/token.ics',
});

/** A state by the events that lead to it; a question for slots is answered when `starts` are given. */
export function play(
  events: readonly BookingEvent[],
  options: {
    readonly catalogue?: BookingCatalogue;
    readonly starts?: readonly number[];
    readonly visitorZone?: string;
    readonly draft?: Draft;
    readonly choices?: PageChoices;
  } = {},
): BookingState {
  const { catalogue = buildCatalogue(), visitorZone = EXAMPLE_ZONE } = options;
  const fresh = createBookingState(EXAMPLE_NOW_MS, visitorZone, options.draft, options.choices);
  let state = reduceBooking(fresh, { type: 'visit-loaded' });
  const preset = { serviceId: null, staffId: null, date: null };
  for (const event of [{ type: 'catalogue-arrived', catalogue, preset } as const, ...events]) {
    state = reduceBooking(state, event);
    if (state.slots === null && state.step === 'time') {
      const { from, days } = slotRangeOf(state);
      const list = buildList(from, days, options.starts ?? buildStarts(state.month));
      state = reduceBooking(state, { type: 'slots-asked', ask: 1 });
      state = reduceBooking(state, { type: 'slots-arrived', ask: 1, list });
    }
  }
  return state;
}

const SERVICE: BookingEvent = { type: 'service-chosen', serviceId: EXAMPLE_SERVICE };
const ANYONE: BookingEvent = { type: 'staff-chosen', staffId: null };
const DAY: BookingEvent = { type: 'date-chosen', date: '2027-03-04' };
const START = at('2027-03-04', 9, 40);
const ENDS_AT_MS = EXAMPLE_NOW_MS + 274_000;
export const HELD: BookingEvent = { type: 'held', held: { hold: buildHold(START), endsAtMs: ENDS_AT_MS } };

export const ASKING_SERVICE = buildService({
  questions: [
    {
      key: 'first-visit',
      type: 'choice',
      labels: { en: 'Have you been here before?', ar: 'هل زرتنا من قبل؟' },
      options: [
        { key: 'no', labels: { en: 'No, this is my first visit', ar: 'لا، هذه زيارتي الأولى' } },
        { key: 'yes', labels: { en: 'Yes', ar: 'نعم' } },
      ],
      isRequired: true,
      isSensitive: false,
      onlyIf: null,
    },
    {
      key: 'allergies',
      type: 'choices',
      labels: { en: 'Are you allergic to any of these?', ar: 'هل لديك حساسية من أي مما يلي؟' },
      options: [
        { key: 'penicillin', labels: { en: 'Penicillin', ar: 'البنسلين' } },
        { key: 'latex', labels: { en: 'Latex', ar: 'اللاتكس' } },
      ],
      isRequired: false,
      isSensitive: true,
      onlyIf: { key: 'first-visit', equals: 'no' },
    },
    {
      key: 'notes',
      type: 'long-text',
      labels: { en: 'Anything we should know?', ar: 'هل هناك ما يجب أن نعرفه؟' },
      options: [],
      isRequired: false,
      isSensitive: true,
      onlyIf: null,
    },
  ],
  consents: [
    {
      key: 'privacy',
      version: 2,
      texts: {
        en: 'I agree that the clinic uses what I wrote to prepare my visit.',
        ar: 'أوافق على أن تستخدم العيادة ما كتبته للتحضير لزيارتي.',
      },
      isRequired: true,
    },
  ],
});
const ASKING = { catalogue: buildCatalogue([ASKING_SERVICE]) };
const FILLED: Draft = {
  ...EMPTY_DRAFT,
  name: 'Nurul Huda binti Osman',
  phone: '012-345 6789',
  answers: { 'first-visit': 'no' },
};

/** A code that was sent, as somebody sees it who does nothing. */
export function buildVerification(patch: Partial<VerificationState> = {}): Verification {
  const state = { sent: 1, triesLeft: 5, nowMs: EXAMPLE_NOW_MS, resendAtMs: EXAMPLE_NOW_MS + 42_000, ...patch };
  const nothing = (): void => undefined;
  return {
    address: 'nurul.huda.osman@example.com',
    getState: () => ({ ...FRESH_VERIFICATION, ...state }),
    subscribe: () => nothing,
    ...{ start: nothing, stop: nothing, type: nothing, resend: nothing, check: nothing },
  };
}

const PROVING = { catalogue: buildCatalogue([buildService({ verification: 'email', staffIds: [] })]) };
const SIGNED: BookingEvent = {
  type: 'prefilled',
  prefill: { token: 't', fields: { name: 'Nurul Huda', email: 'nurul@example.com' } },
};
const code = (patch: Partial<VerificationState> = {}): BookingState =>
  play([DAY, HELD, { type: 'verifying', verification: buildVerification(patch) }], { ...PROVING, draft: FILLED });

export interface BookingExample {
  readonly id: string;
  readonly state: BookingState;
  readonly locale?: Locale;
}

export const example = (name: string, state: BookingState, locale?: Locale): BookingExample => ({
  id: name,
  state,
  ...(locale && { locale }),
});
const details = (...events: BookingEvent[]): BookingEvent[] => [SERVICE, ANYONE, DAY, HELD, ...events];
const TAKEN: BookingEvent = { type: 'refused', code: 'SLOT_TAKEN', alternatives: [] };

export const BOOKING_STATES: readonly BookingExample[] = [
  example('loading', createBookingState(EXAMPLE_NOW_MS, EXAMPLE_ZONE)),
  example('services', play([])),
  example('staff', play([SERVICE])),
  example('calendar', play([SERVICE, ANYONE])),
  example('times', play([SERVICE, ANYONE, DAY])),
  example(
    'holding',
    play([
      SERVICE,
      ANYONE,
      DAY,
      { type: 'start-chosen', start: START },
      { type: 'gone-back', to: 'time' },
      { type: 'started', what: 'holding' },
    ]),
  ),
  example('taken', {
    ...play([SERVICE, ANYONE, DAY]),
    start: START,
    notice: {
      kind: 'taken',
      alternatives: [at('2027-03-04', 10), at('2027-03-04', 14), at('2027-03-05', 10), at('2027-03-05', 15, 40)],
    },
  }),
  example('empty-month', play([SERVICE, ANYONE], { starts: [] })),
  example('nothing-free', play([SERVICE, ANYONE, { type: 'month-shown', month: '2027-05' }], { starts: [] })),
  example('slots-failed', { ...play([SERVICE, ANYONE]), slots: null, slotsPhase: 'failed' }),
  example('day-gone', play([SERVICE, ANYONE, { type: 'date-chosen', date: '2027-03-10' }])),
  example('other-zone', play([SERVICE, ANYONE, DAY], { visitorZone: 'Europe/Berlin' })),
  example(
    'online',
    play([{ type: 'service-chosen', serviceId: ONLINE_SERVICE }, DAY], { visitorZone: 'Asia/Kolkata' }),
  ),
  example('details', play(details())),
  example('questions', play([DAY, HELD], { ...ASKING, draft: FILLED })),
  example(
    'errors',
    play(
      [
        DAY,
        HELD,
        {
          type: 'checked',
          errors: {
            name: 'missing',
            phone: 'phone',
            email: 'email',
            'answer:first-visit': 'missing',
            'consent:privacy': 'agree',
          },
        },
      ],
      { ...ASKING, draft: { ...EMPTY_DRAFT, phone: '12', email: 'nurul@' } },
    ),
  ),
  example('ending', play(details({ type: 'ticked', nowMs: ENDS_AT_MS - 52_000 }), { draft: FILLED })),
  example('expired', play(details({ type: 'hold-expired' }), { draft: FILLED })),
  example('taken-late', play(details(TAKEN), { draft: FILLED })),
  example('confirming', play(details({ type: 'started', what: 'confirming' }), { draft: FILLED })),
  example('failed', play(details({ type: 'refused', code: 'INTERNAL', alternatives: [] }), { draft: FILLED })),
  example('booked', play(details({ type: 'booked', booked: buildBooked() }))),
  example('requested', play(details({ type: 'booked', booked: buildBooked({ state: 'requested' }) }))),
  example('code', code()),
  example('code-wrong', code({ problem: 'wrong', triesLeft: 2, resendAtMs: 0 })),
  example('code-exhausted', code({ problem: 'exhausted', triesLeft: 0 })),
  example('signed', play([DAY, HELD, SIGNED], { ...PROVING, draft: FILLED })),
  example(
    'signed-refused',
    play([DAY, HELD, SIGNED, { type: 'refused', code: 'PREFILL_REFUSED', alternatives: [] }], PROVING),
  ),
  example('unavailable', { ...createBookingState(EXAMPLE_NOW_MS, EXAMPLE_ZONE), step: 'unavailable' }),
  example('times-arabic', play([SERVICE, ANYONE, DAY]), 'ar'),
  example('details-arabic', play([DAY, HELD], { ...ASKING, draft: FILLED }), 'ar'),
  example('code-arabic', code({ problem: 'wrong', triesLeft: 3 }), 'ar'),
  example('times-tamil', play([SERVICE, ANYONE, DAY]), 'ta'),
  example('times-chinese', play([SERVICE, ANYONE, DAY]), 'zh'),
  example('times-hindi', play([SERVICE, ANYONE, DAY]), 'hi'),
  example('times-malay', play([SERVICE, ANYONE, DAY]), 'ms'),
];

export const EXAMPLE_START = toStart(buildSummary().start);

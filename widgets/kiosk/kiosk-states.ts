/**
 * Every state of the kiosk worth looking at, in a clinic that does not exist. Screenshot pages and tests draw from this list; the product
 * never imports it.
 */
import type { DeviceSelf } from '@frontdesk/protocol/devices';
import type { DeviceId, ServiceId } from '@frontdesk/protocol/ids';
import type { QueueOffer, ServiceOffer } from '@frontdesk/protocol/queue-device';
import type { ErrorBody } from '@frontdesk/protocol/result';
import {
  INITIAL_KIOSK,
  NEW_SESSION,
  type Failure,
  type KioskState,
  type Session,
  type ShownTicket,
} from './kiosk-store.js';

/** Half past ten in Kuala Lumpur. */
export const DEMO_NOW_MS = Date.parse('2026-11-20T02:30:00Z');
const at = (minutes: number): string => new Date(DEMO_NOW_MS + minutes * 60_000).toISOString();
export const serviceIdOf = (index: number): ServiceId => `5${index.toString(16).padStart(23, '0')}` as ServiceId;

export const DEMO_SELF: DeviceSelf = {
  id: `d${'0'.repeat(23)}` as DeviceId,
  kind: 'kiosk',
  name: 'Entrance',
  businessName: 'Klinik Seri Damai',
  locationName: 'Bangsar',
  timeZone: 'Asia/Kuala_Lumpur',
  languages: ['en', 'ms', 'zh', 'ta', 'hi', 'ar'],
  country: 'MY',
  display: null,
  kiosk: {
    serviceIds: [],
    printer: 'none',
    paperMillimeters: 80,
    idleSeconds: 30,
    accent: '#2f5bd7',
    isCheckInOn: true,
  },
};

const buildService = (index: number, patch: Partial<ServiceOffer>): ServiceOffer => ({
  id: serviceIdOf(index),
  names: { en: `Service ${index}` },
  prefix: 'ABCDEF'[index] ?? 'X',
  state: { kind: 'open', closesAt: at(420), warnsOfClosing: false },
  waiting: 0,
  estimate: { kind: 'position-only' },
  askName: 'no',
  askPhone: 'no',
  consentText: '',
  ...patch,
});

export const DEMO_SERVICE = buildService(0, {
  names: {
    en: 'See a doctor',
    ms: 'Jumpa doktor',
    zh: '看医生',
    ta: 'மருத்துவரைப் பார்க்க',
    hi: 'डॉक्टर से मिलना',
    ar: 'مقابلة الطبيب',
  },
  waiting: 12,
  estimate: { kind: 'range', p50Seconds: 22 * 60, p80Seconds: 34 * 60, reason: null },
});

const SERVICES: readonly ServiceOffer[] = [
  DEMO_SERVICE,
  buildService(1, {
    names: {
      en: 'Blood test and laboratory',
      ms: 'Ujian darah dan makmal',
      zh: '抽血与化验',
      ta: 'இரத்தப் பரிசோதனை மற்றும் ஆய்வகம்',
      hi: 'ख़ून की जाँच और लैब',
      ar: 'فحص الدم والمختبر',
    },
    waiting: 3,
    estimate: { kind: 'range', p50Seconds: 200, p80Seconds: 280, reason: null },
  }),
  buildService(2, {
    names: { en: 'Pharmacy', ms: 'Farmasi', zh: '药房', ta: 'மருந்தகம்', hi: 'दवाख़ाना', ar: 'الصيدلية' },
  }),
  buildService(3, {
    names: { en: 'X-ray', ms: 'X-ray', zh: 'X光', ta: 'எக்ஸ்-ரே', hi: 'एक्स-रे', ar: 'الأشعة' },
    state: { kind: 'closed', reason: 'before-hours', opensAt: at(60), message: null },
  }),
  buildService(4, {
    names: { en: 'Payments', ms: 'Bayaran', zh: '付款', ta: 'பணம் செலுத்த', hi: 'भुगतान', ar: 'الدفع' },
    state: { kind: 'closed', reason: 'day-full', opensAt: null, message: null },
  }),
];

const DECLARATIONS: QueueOffer['declarations'] = [
  {
    key: 'senior',
    names: {
      en: 'Aged 60 or more',
      ms: 'Berumur 60 tahun ke atas',
      zh: '60 岁或以上',
      ta: '60 வயதுக்கு மேல்',
      hi: '60 वर्ष या अधिक',
      ar: '60 سنة أو أكثر',
    },
    text: { en: 'By law, people aged 60 and over are served first.' },
  },
  {
    key: 'disability',
    names: {
      en: 'With a disability',
      ms: 'Orang kurang upaya',
      zh: '残障人士',
      ta: 'மாற்றுத்திறனாளி',
      hi: 'दिव्यांग',
      ar: 'من ذوي الإعاقة',
    },
    text: { en: 'By law, people with a disability and one companion are served first.' },
  },
  {
    key: 'pregnant',
    names: { en: 'Pregnant', ms: 'Hamil', zh: '孕妇', ta: 'கர்ப்பிணி', hi: 'गर्भवती', ar: 'حامل' },
    text: { en: 'By law, pregnant women are served first.' },
  },
];

export const DEMO_OFFER: QueueOffer = {
  serverTime: at(0),
  locationName: 'Bangsar',
  timeZone: 'Asia/Kuala_Lumpur',
  languages: ['en', 'ms', 'zh', 'ta', 'hi', 'ar'],
  country: 'MY',
  services: [...SERVICES],
  declarations: [],
  hitRatePercent: null,
};

export const DEMO_TICKET: ShownTicket = {
  label: 'A012',
  serviceNames: DEMO_SERVICE.names,
  issuedAt: at(0),
  place: {
    ahead: 12,
    orderRev: 1,
    estimate: { kind: 'range', p50Seconds: 22 * 60, p80Seconds: 34 * 60, reason: null },
  },
  url: 'https://desk.example/t#kX0wq3cQ2rVtL9mZb7nYp5sD1fGhJ8kR4uE6iO0aWyM',
  warnsOfClosing: false,
  isCheckIn: false,
};

const READY: KioskState = { ...INITIAL_KIOSK, self: DEMO_SELF, offer: DEMO_OFFER, isOnline: true };

const offering = (...services: ServiceOffer[]): Partial<KioskState> => ({ offer: { ...DEMO_OFFER, services } });
const during = (session: Partial<Session>, rest: Partial<KioskState> = {}): KioskState => ({
  ...READY,
  ...rest,
  session: { ...NEW_SESSION, ...session },
});
const withPrinter = (printer: 'browser' | 'escpos'): DeviceSelf => ({
  ...DEMO_SELF,
  kiosk: DEMO_SELF.kiosk && { ...DEMO_SELF.kiosk, printer },
});
const failedWith = (
  error: Partial<ErrorBody> & Pick<ErrorBody, 'code'>,
  kind: Failure['during'] = 'issue',
): KioskState =>
  during({
    screen: 'failed',
    answers: { serviceId: serviceIdOf(4) },
    failure: {
      during: kind,
      code: error.code,
      error: { message: '', requestId: 'demo', ...error },
      atMs: DEMO_NOW_MS,
    },
  });

const chosen = { serviceId: DEMO_SERVICE.id };
const asking = offering({ ...DEMO_SERVICE, askName: 'optional', askPhone: 'required' });
const closing = offering({ ...DEMO_SERVICE, state: { kind: 'open', closesAt: at(45), warnsOfClosing: true } });
const closed = (service: ServiceOffer): ServiceOffer => ({
  ...service,
  state: { kind: 'closed', reason: 'closed', opensAt: at(22 * 60), message: null },
});

const DEMO_ARRIVAL = { code: 'K7M4PQ23', isLink: false, phoneEnd: null, queueServiceId: null } as const;

export const KIOSK_STATES: Readonly<Record<string, KioskState>> = {
  attract: READY,
  'attract-one-service': during({}, offering(DEMO_SERVICE)),
  'attract-offline': { ...READY, isOnline: false },
  'attract-closed': during({}, offering(...SERVICES.map(closed))),
  'attract-closed-one': during({}, offering(closed(DEMO_SERVICE))),
  services: during({ screen: 'services' }),
  'services-many': during(
    { screen: 'services' },
    offering(...Array.from({ length: 12 }, (_, index) => ({ ...DEMO_SERVICE, id: serviceIdOf(index + 20) }))),
  ),
  declare: during(
    { screen: 'declare', answers: chosen },
    { offer: { ...DEMO_OFFER, declarations: [...DECLARATIONS] } },
  ),
  name: during({ screen: 'name', answers: chosen }, asking),
  phone: during({ screen: 'phone', answers: { ...chosen, name: 'Aminah' } }, asking),
  'phone-wrong': during(
    {
      screen: 'phone',
      answers: { ...chosen, name: 'Aminah' },
      failure: {
        during: 'issue',
        code: 'VALIDATION',
        error: { code: 'VALIDATION', message: '', requestId: 'demo', fields: { phone: 'must be a phone number' } },
        atMs: DEMO_NOW_MS,
      },
    },
    asking,
  ),
  warn: during({ screen: 'warn', answers: chosen }, closing),
  issuing: during({ screen: 'issuing', answers: chosen }),
  ticket: during({ screen: 'ticket', ticket: DEMO_TICKET }),
  'ticket-printing': during(
    { screen: 'ticket', ticket: DEMO_TICKET, print: 'printing' },
    { self: withPrinter('escpos') },
  ),
  'ticket-printed': during(
    { screen: 'ticket', ticket: DEMO_TICKET, print: 'printed' },
    { self: withPrinter('escpos') },
  ),
  'ticket-print-failed': during(
    { screen: 'ticket', ticket: DEMO_TICKET, print: 'failed' },
    { self: withPrinter('escpos'), printer: 'paper-out' },
  ),
  'ticket-next': during({
    screen: 'ticket',
    ticket: { ...DEMO_TICKET, label: 'A001', place: { ahead: 0, orderRev: 1, estimate: { kind: 'next' } } },
  }),
  'ticket-offline': during(
    { screen: 'ticket', ticket: { ...DEMO_TICKET, label: 'KA107', place: null } },
    { isOnline: false, heldBack: 7 },
  ),
  'ticket-warned': during({ screen: 'ticket', ticket: { ...DEMO_TICKET, warnsOfClosing: true } }),
  'check-in': during({ screen: 'check-in' }),
  'phone-end': during({ screen: 'phone-end', arrival: DEMO_ARRIVAL }),
  'booking-line': during({ screen: 'line', arrival: { ...DEMO_ARRIVAL, phoneEnd: '6789' } }),
  'checking-in': during({ screen: 'checking-in' }),
  'checked-in': during({ screen: 'ticket', ticket: { ...DEMO_TICKET, url: null, isCheckIn: true } }),
  'failed-full': failedWith({ code: 'CAP_REACHED', current: { reason: 'day-full' } }),
  'failed-early': failedWith({ code: 'OUTSIDE_WINDOW', retryAfterMs: 40 * 60_000 }, 'check-in'),
  'failed-unknown-code': failedWith({ code: 'NOT_FOUND' }, 'check-in'),
  'failed-booking': failedWith({ code: 'NOT_FOUND' }, 'booking'),
  'failed-other-day': failedWith({ code: 'OUTSIDE_WINDOW' }, 'booking'),
  'failed-busy': failedWith({ code: 'RATE_LIMITED', retryAfterMs: 7_000 }),
  'failed-twice': failedWith({ code: 'CONFLICT' }),
  'failed-offline': during({
    screen: 'failed',
    failure: { during: 'issue', code: 'offline', error: null, atMs: DEMO_NOW_MS },
  }),
  idle: during({ screen: 'services', secondsLeft: 17 }),
  'high-contrast': during({ screen: 'services', isHighContrast: true }),
  'large-text': during({ screen: 'services', isLargeText: true }),
  'large-ticket': during({ screen: 'ticket', ticket: DEMO_TICKET, isLargeText: true }),
  'large-attract': during({ isLargeText: true }),
  'large-check-in': during({ screen: 'check-in', isLargeText: true }),
  'staff-pin': { ...READY, staff: { kind: 'pin', problem: null } },
  'staff-pin-wrong': { ...READY, staff: { kind: 'pin', problem: 'wrong' } },
  staff: {
    ...READY,
    self: withPrinter('escpos'),
    printer: 'paper-low',
    heldBack: 3,
    refusedLabels: ['KA101'],
    staff: { kind: 'open' },
  },
};

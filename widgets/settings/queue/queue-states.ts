/** A queue with made-up services and screens. Screenshots and tests draw from this; the product never imports it. */
import type { DeviceDto } from '@frontdesk/protocol/devices';
import type { CounterId, DeviceId, LocationId, MembershipId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { AuditRow, HonestyWeek, QueueFigures, QueueReport } from '@frontdesk/protocol/queue-reports';
import type { CounterDto, QueuePolicy, ServiceDto } from '@frontdesk/protocol/queue-setup';
import { agoMinutes, BRANCH_ID, buildLocation, good, idOf, type Answers } from '../setup/setup-states.js';

export function buildService(index: number, change: Partial<ServiceDto> = {}): ServiceDto {
  return {
    id: idOf('2', index) as ServiceId,
    locationId: BRANCH_ID,
    names: { en: 'Consultation', ms: 'Perundingan' },
    series: { prefix: 'A', width: 3, first: 1, last: 999 },
    pool: 'main',
    typicalMinutes: 10,
    targetWaitMinutes: 20,
    capPerDay: null,
    maxWaiting: null,
    stopAt: null,
    askName: 'optional',
    askPhone: 'no',
    consentText: 'We use your name to call you and erase it two hours after your visit.',
    isRemoteJoinAllowed: true,
    isArchived: false,
    closure: null,
    isFinishing: false,
    ...change,
  };
}

export function buildCounter(index: number, change: Partial<CounterDto> = {}): CounterDto {
  return {
    id: idOf('3', index) as CounterId,
    locationId: BRANCH_ID,
    label: `Counter ${index}`,
    group: 'Ground floor',
    serviceIds: [idOf('2', 1) as ServiceId],
    status: 'open',
    pauseReason: null,
    resumeAt: null,
    staff: { id: idOf('e', index) as MembershipId, name: 'Mei Ling Tan' },
    isArchived: false,
    ...change,
  };
}

export const SAMPLE_POLICY: QueuePolicy = {
  classes: [
    {
      key: 'senior',
      names: { en: 'Seniors', ms: 'Warga emas' },
      kind: 'soft',
      rate: 2,
      headStartMinutes: 5,
      maxConsecutive: null,
      declaration: { en: 'I am 60 years old or older.' },
      quota: null,
    },
  ],
  appointment: { leadMinutes: 5, earlyMinutes: 60, lateMinutes: 15 },
  maxWaitMinutes: 45,
  isPinnedFirst: true,
  noShow: { minCallSeconds: 30, autoAfterSeconds: null, penaltyPlaces: 3, maxReturns: 2 },
  autoStartSeconds: null,
  stopRule: 'warn',
  graceMinutes: 15,
  retentionHours: 2,
  isHitRatePublic: false,
  announcementLanguages: ['ms', 'en'],
};

export function buildDisplay(index: number, change: Partial<DeviceDto> = {}): DeviceDto {
  return {
    id: idOf('4', index) as DeviceId,
    kind: 'display',
    name: 'Waiting room',
    locationId: BRANCH_ID,
    display: {
      serviceIds: [],
      counterGroups: [],
      accent: '#0b6e4f',
      scheme: 'light',
      playlist: [],
      ticker: 'Flu vaccination until Friday.',
      showNames: false,
      showJoinCode: true,
      isSoundOn: true,
      repeat: 1,
    },
    kiosk: null,
    pairedAt: agoMinutes(9_000),
    lastSeenAt: agoMinutes(0),
    isOnline: true,
    health: {
      appVersion: '0.1.0',
      wakeLock: 'held',
      sound: 'on',
      voice: 'clips',
      printer: 'none',
      latencyMs: 84,
      waitingOffline: 0,
      lastTicketAt: null,
    },
    ...change,
  };
}

const KIOSK = buildDisplay(2, {
  kind: 'kiosk',
  name: 'Entrance',
  display: null,
  kiosk: {
    serviceIds: [],
    printer: 'escpos',
    paperMillimeters: 80,
    idleSeconds: 30,
    accent: '#0b6e4f',
    isCheckInOn: true,
    exitPin: '482913',
  },
  isOnline: false,
  lastSeenAt: agoMinutes(42),
  health: {
    appVersion: '0.1.0',
    wakeLock: 'missing',
    sound: 'on',
    voice: 'clips',
    printer: 'paper-out',
    latencyMs: 210,
    waitingOffline: 3,
    lastTicketAt: agoMinutes(44),
  },
});

const FIGURES: QueueFigures = {
  issued: 412,
  served: 371,
  noShows: 24,
  cancelled: 17,
  transfers: 38,
  wait: { mean: 845, median: 690, p90: 1_920 },
  service: { mean: 402, median: 360, p90: 780 },
  onTarget: 0.81,
};

export const SAMPLE_REPORT: QueueReport = {
  from: '2026-11-14',
  to: '2026-11-20',
  total: FIGURES,
  byService: [{ serviceId: idOf('2', 1) as ServiceId, figures: FIGURES }],
  byStaff: [{ memberId: idOf('e', 1) as MembershipId, name: 'Mei Ling Tan', figures: FIGURES }],
  bySource: [
    { source: 'kiosk', figures: FIGURES },
    { source: 'web', figures: { ...FIGURES, onTarget: null } },
  ],
  heatmap: [0, 1, 2, 3, 4].flatMap((weekday) =>
    [8, 9, 10, 11, 14, 15, 16, 17].map((hour) => ({
      weekday,
      hour,
      issued: (weekday * 7 + hour * 3) % 13,
      meanWaitSeconds: 600,
    })),
  ),
};

const WEEKS: readonly HonestyWeek[] = [
  { weekStart: '2026-11-09', promises: 380, coverage80: 0.82, lateShare: 0.13, meanAbsoluteErrorSeconds: 390 },
  { weekStart: '2026-11-16', promises: 412, coverage80: 0.79, lateShare: 0.16, meanAbsoluteErrorSeconds: 412 },
];

export function buildAuditRow(rev: number, change: Partial<AuditRow> = {}): AuditRow {
  return {
    rev,
    at: agoMinutes(200 - rev),
    type: 'ticket-called',
    ticketId: idOf('5', rev) as TicketId,
    label: `A${String(rev).padStart(3, '0')}`,
    from: 'waiting',
    to: 'called',
    counterId: idOf('3', 1) as CounterId,
    counterLabel: 'Counter 1',
    actor: 'Mei Ling Tan',
    reason: null,
    ...change,
  };
}

const SERVICES = [
  buildService(1),
  buildService(2, { names: { en: 'Pharmacy', ms: 'Farmasi' }, series: { prefix: 'P', width: 3, first: 1, last: 499 } }),
  buildService(3, {
    names: { en: 'Blood test' },
    series: { prefix: 'B', width: 2, first: 1, last: 99 },
    closure: { message: 'The power is out. Please come back tomorrow.', since: agoMinutes(12) },
  }),
];
const COUNTERS = [
  buildCounter(1),
  buildCounter(2, { status: 'paused', pauseReason: 'Lunch' }),
  buildCounter(3, { status: 'closed', staff: null, group: '' }),
];

const row = (index: number, name: string, waiting: number, offlineDevices: number) => ({
  locationId: idOf('1', index) as LocationId,
  name,
  waiting,
  longestWaitSeconds: waiting * 130,
  openCounters: 2,
  offlineDevices,
});

/** A clinic on an ordinary day; each test or picture replaces what it is about. */
export const SAMPLE_ANSWERS: Answers = {
  'location:list': () =>
    good({
      locations: [buildLocation(1), buildLocation(2, { name: 'Klinik Mawar Ampang', nextTimeZone: 'Asia/Jakarta' })],
    }),
  'queue:read-setup': () => good({ services: SERVICES, counters: COUNTERS, policy: SAMPLE_POLICY }),
  'device:list': () => good({ devices: [buildDisplay(1), KIOSK] }),
  'member:list': () => good({ members: [] }),
  'queue:overview': () =>
    good({ locations: [row(1, 'Klinik Mawar Bangsar', 14, 1), row(2, 'Klinik Mawar Ampang', 0, 0)] }),
  'queue:read-report': () => good(SAMPLE_REPORT),
  'queue:read-honesty': () => good({ weeks: [...WEEKS] }),
  'queue:audit': () =>
    good({
      rows: [buildAuditRow(12), buildAuditRow(11, { from: null, to: 'waiting', type: 'ticket-issued' })],
      hasMore: true,
    }),
  'queue:preview-policy': () =>
    good({
      outcomes: (['present', 'proposed', 'first-come'] as const).map((label, index) => ({
        label,
        priority: { meanSeconds: 504 + index * 180, p95Seconds: 1_752 },
        others: { meanSeconds: 966 - index * 40, p95Seconds: 3_576 },
        overtaken: 31 - index * 12,
      })),
    }),
};

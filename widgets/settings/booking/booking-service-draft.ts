/** What is typed about a service that can be booked, and what is wrong with it before the server is asked. */
import type { BookingServiceDto, ResourceDto, ServiceSegment } from '@frontdesk/protocol/booking-fields';
import { BOOKING_QUANTUM_MINUTES } from '@frontdesk/protocol/vocabulary';
import type { Problems } from './booking-page.js';
import { checkConsents, checkQuestions } from './booking-form-checks.js';

export type ServiceDraft = Pick<
  BookingServiceDto,
  | 'names'
  | 'descriptions'
  | 'priceText'
  | 'isOnline'
  | 'segments'
  | 'capacity'
  | 'bufferBeforeMinutes'
  | 'bufferAfterMinutes'
  | 'buffersMayLeaveHours'
  | 'intervalMinutes'
  | 'alignment'
  | 'packing'
  | 'minNoticeMinutes'
  | 'horizonDays'
  | 'maxPerDay'
  | 'maxPerCustomerPerDay'
  | 'confirmation'
  | 'verification'
  | 'rescheduleUntilMinutes'
  | 'cancelUntilMinutes'
  | 'maxReschedules'
  | 'questions'
  | 'consents'
>;

const DAY_MINUTES = 1_440;
const MAX_BUFFER_MINUTES = 240;
const MAX_INTERVAL_MINUTES = 480;
const MAX_HORIZON_DAYS = 400;
const MAX_RESCHEDULES = 20;
const MAX_SEATS = 300;
export const MAX_AHEAD_MINUTES = 90 * DAY_MINUTES;

export const NEW_SEGMENT: ServiceSegment = { minutes: 30, needsStaff: true, poolIds: [] };

/** As the server would fill it in. */
export const NEW_SERVICE: ServiceDraft = {
  names: { en: '' },
  descriptions: null,
  priceText: '',
  isOnline: false,
  segments: [NEW_SEGMENT],
  capacity: null,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  buffersMayLeaveHours: true,
  intervalMinutes: 15,
  alignment: 'open',
  packing: 'grid',
  minNoticeMinutes: 60,
  horizonDays: 60,
  maxPerDay: null,
  maxPerCustomerPerDay: null,
  confirmation: 'auto',
  verification: 'none',
  rescheduleUntilMinutes: 120,
  cancelUntilMinutes: 120,
  maxReschedules: 3,
  questions: [],
  consents: [],
};

export function toServiceDraft(service: BookingServiceDto): ServiceDraft {
  const names = Object.keys(NEW_SERVICE) as (keyof ServiceDraft)[];
  return Object.fromEntries(names.map((name) => [name, service[name]])) as unknown as ServiceDraft;
}

/** It needs somebody, and nobody who can be booked gives it. */
export function lacksPeople({ id, segments }: BookingServiceDto, resources: readonly ResourceDto[]): boolean {
  const isGiven = resources.some(
    ({ kind, isArchived, serviceIds }) => kind === 'staff' && !isArchived && serviceIds.includes(id),
  );
  return !isGiven && segments.some(({ needsStaff }) => needsStaff);
}

const isBetween = (value: number | null, least: number, most: number): boolean =>
  value === null || (Number.isInteger(value) && value >= least && value <= most);
const isQuanta = (minutes: number, least: number, most: number): boolean =>
  isBetween(minutes, least, most) && minutes % BOOKING_QUANTUM_MINUTES === 0;

function checkTimes(draft: ServiceDraft): Problems {
  const segments = draft.segments.flatMap(({ minutes }, at) =>
    isQuanta(minutes, BOOKING_QUANTUM_MINUTES, DAY_MINUTES)
      ? []
      : [[`segments.${at}.minutes`, 'offerFivesWrong'] as const],
  );
  const isEmpty = draft.segments.every(({ needsStaff, poolIds }) => !needsStaff && poolIds.length === 0);
  const buffers = (['bufferBeforeMinutes', 'bufferAfterMinutes'] as const)
    .filter((name) => !isQuanta(draft[name], 0, MAX_BUFFER_MINUTES))
    .map((name) => [name, 'offerFivesWrong'] as const);
  return {
    ...Object.fromEntries([...segments, ...buffers]),
    ...(isEmpty ? { segments: 'segmentsEmpty' as const } : {}),
    ...(isQuanta(draft.intervalMinutes, BOOKING_QUANTUM_MINUTES, MAX_INTERVAL_MINUTES)
      ? {}
      : { intervalMinutes: 'offerFivesWrong' as const }),
  };
}

function checkLimits(draft: ServiceDraft): Problems {
  const bounds = [
    ['minNoticeMinutes', 0, MAX_AHEAD_MINUTES],
    ['rescheduleUntilMinutes', 0, MAX_AHEAD_MINUTES],
    ['cancelUntilMinutes', 0, MAX_AHEAD_MINUTES],
    ['horizonDays', 1, MAX_HORIZON_DAYS],
    ['maxPerDay', 1, 1_000],
    ['maxPerCustomerPerDay', 1, 20],
    ['maxReschedules', 0, MAX_RESCHEDULES],
  ] as const;
  const wrong = bounds.filter(([name, least, most]) => !isBetween(draft[name], least, most));
  return Object.fromEntries(wrong.map(([name]) => [name, 'offerNumberWrong' as const]));
}

function checkClass({ capacity, confirmation }: ServiceDraft): Problems {
  if (capacity === null) return {};
  const { min, max } = capacity;
  return {
    ...(isBetween(max, 1, MAX_SEATS) ? {} : { 'capacity.max': 'offerNumberWrong' as const }),
    ...(isBetween(min, 1, MAX_SEATS) && min <= max ? {} : { 'capacity.min': 'seatsMinWrong' as const }),
    ...(confirmation === 'approve' ? { confirmation: 'classApprovalWrong' as const } : {}),
  };
}

export function checkService(draft: ServiceDraft): Problems {
  return {
    ...(draft.names.en.trim() === '' ? { 'names.en': 'invalidRequired' as const } : {}),
    ...(draft.descriptions !== null && draft.descriptions.en.trim() === ''
      ? { 'descriptions.en': 'offerEnglishMissing' as const }
      : {}),
    ...checkTimes(draft),
    ...checkClass(draft),
    ...checkLimits(draft),
    ...checkQuestions(draft.questions),
    ...checkConsents(draft.consents),
  };
}

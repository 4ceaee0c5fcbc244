/**
 * What all parts of booking share: how a service takes time, who and what can be booked, and what a booking looks like.
 *
 * Instants are ISO 8601 in UTC; wall times and dates are those of the location's zone. Durations, buffers and intervals are multiples
 * of the quantum, because time is claimed in quanta (booking.md 5.4).
 */
import { z } from 'zod';
import { id, instant, line, timeZone } from './fields.js';
import { calendarDate, openingHours } from './hours.js';
import { FILE_MAX_BYTES, MAX_FILES_PER_ANSWER } from './file-limits.js';
import type {
  BookableId,
  BookingId,
  BookingServiceId,
  LocationId,
  MembershipId,
  ResourcePoolId,
  SeriesId,
  TimeBlockId,
} from './ids.js';
import { localizedLine, phoneNumber } from './queue-fields.js';
import {
  BOOKING_QUANTUM_MINUTES,
  BOOKING_STATES,
  CHANGE_ACTORS,
  CONFIRMATION_RULES,
  FILE_TYPES,
  GRID_ALIGNMENTS,
  PACKINGS,
  QUESTION_TYPES,
  RESOURCE_KINDS,
  VERIFICATION_RULES,
} from './vocabulary.js';

const quanta = (least: number, most: number) =>
  z
    .number()
    .int()
    .min(least)
    .max(most)
    .refine((minutes) => minutes % BOOKING_QUANTUM_MINUTES === 0, `must be a multiple of ${BOOKING_QUANTUM_MINUTES}`);

/** A person, room or thing whose time can be booked. Staff may have hours of their own; others are there when the branch is open. */
export const resourceFields = {
  locationId: id<LocationId>(),
  kind: z.enum(RESOURCE_KINDS),
  name: line(80),
  /** The member whose agenda this is; null for rooms, things and people who do not sign in. */
  memberId: id<MembershipId>().nullable(),
  /** Services that this person gives; rooms and things belong to pools instead. */
  serviceIds: z.array(id<BookingServiceId>()).max(200),
  /** Wall times in the location's zone; null follows the location's hours. */
  hours: openingHours.nullable(),
  /** Among "any", higher goes first. */
  priority: z.number().int().min(0).max(100),
  /** Share of the work among equals: who has twice the weight gets twice as many. */
  weight: z.number().int().min(1).max(100),
};
export const resourceDto = z.strictObject({
  id: id<BookableId>(),
  ...z.strictObject(resourceFields).shape,
  isArchived: z.boolean(),
});
export type ResourceDto = z.output<typeof resourceDto>;

/** Things of which any one will do: "any treatment room". */
export const poolFields = {
  locationId: id<LocationId>(),
  name: line(60),
  resourceIds: z.array(id<BookableId>()).max(100),
};
export const poolDto = z.strictObject({ id: id<ResourcePoolId>(), ...z.strictObject(poolFields).shape });
export type PoolDto = z.output<typeof poolDto>;

/** Whether pools that share members have enough of them is asked of every subset of them. */
const MAX_POOLS_PER_SERVICE = 5;

/** A part of a service. Without staff it is processing time: the person is free, the pools stay taken. */
export const serviceSegment = z.strictObject({
  minutes: quanta(BOOKING_QUANTUM_MINUTES, 1_440),
  needsStaff: z.boolean(),
  poolIds: z.array(id<ResourcePoolId>()).max(MAX_POOLS_PER_SERVICE),
});
export type ServiceSegment = z.output<typeof serviceSegment>;

/** What may answer a question of the type `file`. */
export const fileLimits = z.strictObject({
  types: z.array(z.enum(FILE_TYPES)).min(1),
  maxBytes: z.number().int().min(1_024).max(FILE_MAX_BYTES),
  maxCount: z.number().int().min(1).max(MAX_FILES_PER_ANSWER),
});
export type FileLimits = z.output<typeof fileLimits>;

export const question = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and hyphens'),
  type: z.enum(QUESTION_TYPES),
  /** For `file`; without them pictures and PDF up to 5 MB, at most five (DEFAULT_FILE_LIMITS). */
  file: fileLimits.nullable().optional(),
  labels: localizedLine(200),
  /** For `choice` and `choices`. */
  options: z.array(z.strictObject({ key: z.string().min(1).max(32), labels: localizedLine(100) })).max(30),
  isRequired: z.boolean(),
  /** Encrypted where it is stored, and in no event, mail or calendar. */
  isSensitive: z.boolean(),
  /** Asked only when another question was answered so; null is always. */
  onlyIf: z.strictObject({ key: z.string().max(32), equals: z.string().max(100) }).nullable(),
});
export type Question = z.output<typeof question>;

/** What a customer has to agree to; the version that was agreed to is kept with the booking. */
export const consentText = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and hyphens'),
  version: z.number().int().min(1),
  texts: localizedLine(600),
  isRequired: z.boolean(),
});
export type ConsentText = z.output<typeof consentText>;

/** Seats of a class. Below `min` staff may call a session off; nothing does it by itself. */
export const classCapacity = z
  .strictObject({ min: z.number().int().min(1).max(300), max: z.number().int().min(1).max(300) })
  .refine(({ min, max }) => min <= max, 'must not need more than there are seats');
export type ClassCapacity = z.output<typeof classCapacity>;

export const bookingServiceFields = {
  locationId: id<LocationId>(),
  names: localizedLine(80),
  descriptions: localizedLine(400).nullable(),
  segments: z
    .array(serviceSegment)
    .min(1)
    .max(8)
    .refine(
      (segments) => segments.some(({ needsStaff, poolIds }) => needsStaff || poolIds.length > 0),
      'must need somebody or something',
    )
    .refine(
      (segments) => new Set(segments.flatMap(({ poolIds }) => poolIds)).size <= MAX_POOLS_PER_SERVICE,
      `must name at most ${MAX_POOLS_PER_SERVICE} pools`,
    ),
  bufferBeforeMinutes: quanta(0, 240),
  bufferAfterMinutes: quanta(0, 240),
  /** The first of the day needs no buffer before it, the last none after it. */
  buffersMayLeaveHours: z.boolean(),
  /** A class: several people share its time, on dates that staff set. null is an appointment, at a time that the customer chooses. */
  capacity: classCapacity.nullable(),
  intervalMinutes: quanta(BOOKING_QUANTUM_MINUTES, 480),
  /** Where the grid of starts is anchored: the window's opening, or the clock. */
  alignment: z.enum(GRID_ALIGNMENTS),
  /** `tight` also offers the moments at which something else ends. */
  packing: z.enum(PACKINGS),
  minNoticeMinutes: z
    .number()
    .int()
    .min(0)
    .max(90 * 1_440),
  /** Local dates from today on, today included. */
  horizonDays: z.number().int().min(1).max(400),
  maxPerDay: z.number().int().min(1).max(1_000).nullable(),
  maxPerCustomerPerDay: z.number().int().min(1).max(20).nullable(),
  /** What people read ("RM 80"); nothing is charged. */
  priceText: z.string().max(40),
  confirmation: z.enum(CONFIRMATION_RULES),
  /** What customers prove before they book; staff who book for somebody prove nothing. */
  verification: z.enum(VERIFICATION_RULES),
  /** Minutes before the start until which customers may change it themselves; null is never. */
  rescheduleUntilMinutes: z
    .number()
    .int()
    .min(0)
    .max(90 * 1_440)
    .nullable(),
  cancelUntilMinutes: z
    .number()
    .int()
    .min(0)
    .max(90 * 1_440)
    .nullable(),
  maxReschedules: z.number().int().min(0).max(20),
  questions: z.array(question).max(20),
  consents: z.array(consentText).max(6),
  /** In whose zone times are shown: in person the branch's, online the visitor's. */
  isOnline: z.boolean(),
};
export const bookingServiceDto = z.strictObject({
  id: id<BookingServiceId>(),
  ...z.strictObject(bookingServiceFields).shape,
  isArchived: z.boolean(),
});
export type BookingServiceDto = z.output<typeof bookingServiceDto>;

/** Time off, a meeting, a broken chair. It may overlap visits that were booked before. */
export const timeBlockDto = z.strictObject({
  id: id<TimeBlockId>(),
  resourceId: id<BookableId>(),
  start: instant,
  end: instant,
  reason: z.string().max(200),
});
export type TimeBlockDto = z.output<typeof timeBlockDto>;

export const customer = z.strictObject({
  name: line(120),
  phone: phoneNumber.nullable(),
  email: z.email().max(254).nullable(),
});
export type Customer = z.output<typeof customer>;

export const answers = z.record(
  z.string().max(32),
  z.union([z.string().max(2_000), z.array(z.string().max(32)).max(30)]),
);
export type Answers = z.output<typeof answers>;

/** Services of the same visit after its first, each right after the one before; null is anybody. */
export const followingServices = z
  .array(z.strictObject({ serviceId: id<BookingServiceId>(), staffId: id<BookableId>().nullable() }))
  .max(4);
export type FollowingService = z.output<typeof followingServices>[number];

export const givenConsent = z.strictObject({ key: z.string().max(32), version: z.number().int().min(1) });

/** A span of one segment with whom and what it takes. */
export const bookedSegment = z.strictObject({
  serviceId: id<BookingServiceId>(),
  start: instant,
  end: instant,
  staffId: id<BookableId>().nullable(),
  resourceIds: z.array(id<BookableId>()),
});

export const bookingChange = z.strictObject({
  at: instant,
  by: z.enum(CHANGE_ACTORS),
  memberId: id<MembershipId>().nullable(),
  from: z.enum(BOOKING_STATES).nullable(),
  to: z.enum(BOOKING_STATES),
  reason: z.string().max(200),
});

/** The rules of its zone were changed after it was booked, and its time on the wall means another instant since. */
export const zoneChange = z.strictObject({
  from: instant,
  to: instant,
  /** False when somebody else has the time, so that it still begins when it did until staff move it. */
  isMoved: z.boolean(),
});
export type ZoneChangeDto = z.output<typeof zoneChange>;

/** As staff see it; answers without the sensitive ones. */
export const bookingDto = z.strictObject({
  id: id<BookingId>(),
  /** What is said on the phone and typed at the counter: eight characters without look-alikes. */
  code: z.string(),
  version: z.number().int().min(1),
  state: z.enum(BOOKING_STATES),
  locationId: id<LocationId>(),
  start: instant,
  end: instant,
  timeZone,
  /** `YYYY-MM-DDTHH:MM` by the clock on the branch's wall when it was booked. */
  wallStart: z.string(),
  segments: z.array(bookedSegment),
  customer,
  answers,
  consents: z.array(givenConsent.extend({ at: instant })),
  reschedules: z.number().int(),
  history: z.array(bookingChange),
  /** Which visits it was booked together with; null is a visit alone. */
  seriesId: id<SeriesId>().nullable().optional(),
  /** Gone once somebody moves it. */
  zoneChange: zoneChange.optional(),
});
export type BookingDto = z.output<typeof bookingDto>;

/** One of the services that follow a visit's first. */
export const followingPart = z.strictObject({
  serviceId: id<BookingServiceId>(),
  serviceNames: localizedLine(80),
  staffId: id<BookableId>().nullable(),
  staffName: z.string().nullable(),
  start: instant,
});
export type FollowingPart = z.output<typeof followingPart>;

/** As the holder of its link sees it. */
export const bookingSummary = z.strictObject({
  code: z.string(),
  version: z.number().int().min(1),
  state: z.enum(BOOKING_STATES),
  locationName: z.string(),
  address: z.string(),
  serviceId: id<BookingServiceId>(),
  serviceNames: localizedLine(80),
  /** Whose free times it can be moved to; null where it needs nobody. */
  staffId: id<BookableId>().nullable(),
  staffName: z.string().nullable(),
  /** What else belongs to the visit, in its order. */
  followedBy: z.array(followingPart),
  start: instant,
  end: instant,
  timeZone,
  isOnline: z.boolean(),
  /** Until when the customer may change it; null when no longer, or never. */
  rescheduleUntil: instant.nullable(),
  cancelUntil: instant.nullable(),
});
export type BookingSummary = z.output<typeof bookingSummary>;

export const slotDate = calendarDate;

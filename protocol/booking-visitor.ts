/** What customers ask: what can be booked and when, holding a time while they type, booking it, and changing it by their link. */
import { z } from 'zod';
import { accepted } from './auth.js';
import {
  answers,
  bookingServiceFields,
  bookingSummary,
  customer,
  followingPart,
  followingServices,
  givenConsent,
  question,
  consentText,
  slotDate,
} from './booking-fields.js';
import { prefillToken } from './booking-verification.js';
import { defineCommand } from './command.js';
import { id, instant, locale, timeZone } from './fields.js';
import type { BookableId, BookingServiceId, HoldId, LocationId } from './ids.js';
import { proofOfWork } from './proof.js';

const { segments: _segments, ...offered } = bookingServiceFields;

/** A service as customers see it. */
export const offeredService = z.strictObject({
  id: id<BookingServiceId>(),
  locationId: offered.locationId,
  names: offered.names,
  descriptions: offered.descriptions,
  minutes: z.number().int(),
  priceText: offered.priceText,
  confirmation: offered.confirmation,
  verification: offered.verification,
  isOnline: offered.isOnline,
  horizonDays: offered.horizonDays,
  /** Has sessions instead of free times. */
  isClass: z.boolean(),
  questions: z.array(question),
  consents: z.array(consentText),
  staffIds: z.array(id<BookableId>()),
});
export type OfferedService = z.output<typeof offeredService>;

export const bookingCatalogue = z.strictObject({
  businessName: z.string(),
  locations: z.array(
    z.strictObject({
      id: id<LocationId>(),
      name: z.string(),
      address: z.string(),
      timeZone,
      phone: z.string().nullable(),
    }),
  ),
  services: z.array(offeredService),
  staff: z.array(z.strictObject({ id: id<BookableId>(), name: z.string() })),
});
export type BookingCatalogue = z.output<typeof bookingCatalogue>;

const slotQuestion = {
  serviceId: id<BookingServiceId>(),
  /** null is anybody. */
  staffId: id<BookableId>().nullable(),
  from: slotDate,
  days: z.number().int().min(1).max(42),
  /** Of a visit with several services: starts at which all of them fit. */
  followedBy: followingServices.optional(),
};

/**
 * Starts by date of the location's zone; what is offered after midnight stands under the date of its evening. `days[n]` belongs to
 * `from` plus n days. Its first number is quanta since the first start of the date before it that has any (since `base` for the first
 * of all), the others are quanta since the start before; a negative one repeats the difference before it so many times more.
 */
export const slotList = z.strictObject({
  /** Changes whenever the list may have changed. */
  rev: z.string().max(64),
  timeZone,
  from: slotDate,
  /** Epoch minutes. */
  base: z.number().int(),
  days: z.array(z.array(z.number().int())),
});
export type SlotList = z.output<typeof slotList>;

export const holdDto = z.strictObject({
  id: id<HoldId>(),
  serviceId: id<BookingServiceId>(),
  staffId: id<BookableId>().nullable(),
  staffName: z.string().nullable(),
  start: instant,
  end: instant,
  /** What else belongs to the visit, in its order; absent where nothing does. */
  followedBy: z.array(followingPart).optional(),
  expiresAt: instant,
  /** Whether it may be kept longer, once (WCAG 2.2.1). */
  canExtend: z.boolean(),
});
export type HoldDto = z.output<typeof holdDto>;

export const bookedDto = z.strictObject({
  booking: bookingSummary,
  /** In the link that changes the booking; whoever has it may. */
  manageToken: z.string().max(200),
  /** The visit as a file for the customer's calendar; whoever has the address can read it and nothing else. */
  calendarUrl: z.string(),
});
export type BookedDto = z.output<typeof bookedDto>;

/** `current` of SLOT_TAKEN and its kin. */
export const slotAlternatives = z.strictObject({ alternatives: z.array(instant).max(6) });
export type SlotAlternatives = z.output<typeof slotAlternatives>;

const holdId = id<HoldId>();
const manageToken = z.string().min(20).max(200);

export const bookingVisitorCommands = {
  'booking:browse': defineCommand({
    name: 'booking:browse',
    audience: 'visitor',
    summary: 'What can be booked at this business.',
    idempotency: 'read',
    input: z.strictObject({ locationId: id<LocationId>().nullable() }),
    output: bookingCatalogue,
  }),
  'slot:list': defineCommand({
    name: 'slot:list',
    audience: 'visitor',
    summary: 'Free starts of a service.',
    idempotency: 'read',
    input: z.strictObject(slotQuestion),
    output: slotList,
  }),
  'slot:watch': defineCommand({
    name: 'slot:watch',
    audience: 'visitor',
    summary: 'The same, and tell me when it changes; the last list that was asked for replaces the one before.',
    transports: ['socket'],
    idempotency: 'read',
    input: z.strictObject(slotQuestion),
    output: slotList,
  }),
  'slot:unwatch': defineCommand({
    name: 'slot:unwatch',
    audience: 'visitor',
    summary: 'Tell me no more.',
    transports: ['socket'],
    idempotency: 'natural',
    input: z.strictObject({}),
    output: accepted,
  }),
  'hold:create': defineCommand({
    name: 'hold:create',
    audience: 'visitor',
    summary: 'Keep a time for a few minutes; one that the same visitor has of the same service is let go.',
    idempotency: 'key',
    input: z.strictObject({
      serviceId: slotQuestion.serviceId,
      staffId: slotQuestion.staffId,
      start: instant,
      followedBy: slotQuestion.followedBy,
    }),
    output: holdDto,
    errors: ['SLOT_TAKEN', 'SLOT_CLOSED', 'CAP_REACHED'],
  }),
  'hold:extend': defineCommand({
    name: 'hold:extend',
    audience: 'visitor',
    summary: 'I need more time; once.',
    idempotency: 'key',
    input: z.strictObject({ holdId }),
    output: holdDto,
    errors: ['HOLD_EXPIRED', 'CONFLICT'],
  }),
  'hold:release': defineCommand({
    name: 'hold:release',
    audience: 'visitor',
    summary: 'Somebody else may have it.',
    idempotency: 'natural',
    input: z.strictObject({ holdId }),
    output: accepted,
  }),
  'booking:confirm': defineCommand({
    name: 'booking:confirm',
    audience: 'visitor',
    summary: 'Make a booking of a hold; where the business approves bookings, a request.',
    idempotency: 'key',
    input: z.strictObject({
      holdId,
      /** The phone number as typed; a national one is read in the country of the location. */
      customer: customer.extend({ phone: z.string().trim().max(32).nullable() }),
      answers,
      /** Of all services of the visit. */
      consents: z.array(givenConsent).max(30),
      locale,
      /** For the purpose `booking`. */
      proof: proofOfWork,
      /** A field that people do not see; only programs fill it in. */
      website: z.string().max(200),
      /** Where the customer's clock is: what is online is told by it, and nobody is reminded in their night. */
      timeZone: timeZone.nullable().optional(),
      prefill: prefillToken.optional(),
    }),
    output: bookedDto,
    errors: ['HOLD_EXPIRED', 'SLOT_CLOSED', 'CAP_REACHED', 'PROOF_REFUSED', 'VERIFICATION_REQUIRED', 'PREFILL_REFUSED'],
  }),
  'booking:read-own': defineCommand({
    name: 'booking:read-own',
    audience: 'visitor',
    summary: 'The booking behind a link.',
    idempotency: 'read',
    input: z.strictObject({ manageToken }),
    output: bookedDto,
  }),
  'booking:find-own': defineCommand({
    name: 'booking:find-own',
    audience: 'visitor',
    summary: 'The booking by its code and the last four digits of the phone.',
    idempotency: 'read',
    input: z.strictObject({ code: z.string().max(16), phoneEnd: z.string().regex(/^\d{4}$/, 'must be four digits') }),
    output: bookedDto,
  }),
  'booking:reschedule-own': defineCommand({
    name: 'booking:reschedule-own',
    audience: 'visitor',
    summary: 'Move a booking to another free start; its link is another one afterwards.',
    idempotency: 'key',
    input: z.strictObject({ manageToken, version: z.number().int().min(1), start: instant }),
    output: bookedDto,
    errors: ['SLOT_TAKEN', 'SLOT_CLOSED', 'TOO_LATE', 'CAP_REACHED', 'CONFLICT'],
  }),
  'booking:cancel-own': defineCommand({
    name: 'booking:cancel-own',
    audience: 'visitor',
    summary: 'Give a booking up.',
    idempotency: 'key',
    input: z.strictObject({ manageToken, version: z.number().int().min(1), reason: z.string().max(200) }),
    output: bookedDto,
    errors: ['TOO_LATE', 'CONFLICT'],
  }),
} as const;

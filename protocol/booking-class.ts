/**
 * Classes as customers see them: sessions at dates that staff set, seats in them, and a line when they are full (booking.md 5.1, 5.4).
 *
 * A session owns the time of its teacher and room as a booking does. Its seats are in the same document, so that one write decides who
 * has them. Whoever waits is offered what becomes free: the first whose party fits, alone, for a limited time.
 */
import { z } from 'zod';
import { accepted } from './auth.js';
import { answers, customer, givenConsent, slotDate } from './booking-fields.js';
import { prefillToken } from './booking-verification.js';
import { defineCommand } from './command.js';
import { id, instant, locale, timeZone } from './fields.js';
import type { BookingServiceId, ClassSessionId, CourseId, EnrolmentId } from './ids.js';
import { proofOfWork } from './proof.js';
import { localizedLine } from './queue-fields.js';
import { ENROLMENT_STATES } from './vocabulary.js';

const sessionId = id<ClassSessionId>();
const enrolmentId = id<EnrolmentId>();
const serviceId = id<BookingServiceId>();
const seats = z.number().int();
/** People who come together. */
export const party = z.number().int().min(1).max(10);
const seatToken = z.string().min(20).max(200);
const reason = z.string().max(200);

/** A session as customers see it in a list. */
export const offeredSession = z.strictObject({
  id: sessionId,
  start: instant,
  end: instant,
  staffName: z.string().nullable(),
  seatsLeft: seats,
  /** People in line; a number, never names. */
  waiting: seats,
  /** Of a date of a course that may be taken as a whole. */
  courseId: id<CourseId>().nullable(),
});
export type OfferedSession = z.output<typeof offeredSession>;

export const sessionList = z.strictObject({
  /** Changes whenever the list did. */
  rev: z.string().max(64),
  timeZone,
  sessions: z.array(offeredSession),
});
export type SessionList = z.output<typeof sessionList>;

const sessionQuestion = z.strictObject({
  serviceId,
  /** A date of the location's zone. */
  from: slotDate,
  days: z.number().int().min(1).max(62),
});

export const seatHold = z.strictObject({
  id: enrolmentId,
  sessionId,
  serviceId,
  start: instant,
  end: instant,
  seats: party,
  expiresAt: instant,
  canExtend: z.boolean(),
});
export type SeatHold = z.output<typeof seatHold>;

/** Seats, or a place in the line, as the holder of their link sees them. */
export const seatSummary = z.strictObject({
  state: z.enum(ENROLMENT_STATES),
  seats: party,
  /** Parties before this one in the line; null when it does not wait. */
  ahead: seats.nullable(),
  /** Until when an offer stands; null when there is none. */
  offerUntil: instant.nullable(),
  locationName: z.string(),
  address: z.string(),
  serviceId,
  serviceNames: localizedLine(80),
  staffName: z.string().nullable(),
  start: instant,
  end: instant,
  timeZone,
  isOnline: z.boolean(),
  /** Until when seats may be given up; null when no longer, or never. A place in the line may always. */
  cancelUntil: instant.nullable(),
  /** They were taken with others of a course, and may be given up with them. */
  isInCourse: z.boolean().optional(),
});
export type SeatSummary = z.output<typeof seatSummary>;

export const seatAnswer = z.strictObject({
  seat: seatSummary,
  /** In the link that accepts, declines and gives up; it begins with SEAT_TOKEN_PREFIX. */
  seatToken,
});
export type SeatAnswer = z.output<typeof seatAnswer>;

/** `current` of SLOT_TAKEN when a session has fewer seats than were asked for. */
export const seatsLeft = z.strictObject({ seatsLeft: seats });
export type SeatsLeft = z.output<typeof seatsLeft>;

/** What a customer gives to have seats. */
export const seatDetails = {
  /** The phone number as typed; a national one is read in the country of the location. */
  customer: customer.extend({ phone: z.string().trim().max(32).nullable() }),
  answers,
  consents: z.array(givenConsent).max(6),
  locale,
  /** For the purpose `booking`. */
  proof: proofOfWork,
  /** A field that people do not see; only programs fill it in. */
  website: z.string().max(200),
  /** Where the customer's clock is. */
  timeZone: timeZone.nullable().optional(),
  prefill: prefillToken.optional(),
};
/** Refusals that are about who asks. */
export const ofPerson = ['PROOF_REFUSED', 'VERIFICATION_REQUIRED', 'PREFILL_REFUSED'] as const;

export const classVisitorCommands = {
  'class-session:list': defineCommand({
    name: 'class-session:list',
    audience: 'visitor',
    summary: 'Sessions of a class that can be joined, with the seats that are left.',
    idempotency: 'read',
    input: sessionQuestion,
    output: sessionList,
  }),
  'class-session:watch': defineCommand({
    name: 'class-session:watch',
    audience: 'visitor',
    summary: 'The same, and tell me when it changes; the last list that was asked for replaces the one before.',
    transports: ['socket'],
    idempotency: 'read',
    input: sessionQuestion,
    output: sessionList,
  }),
  'class-session:unwatch': defineCommand({
    name: 'class-session:unwatch',
    audience: 'visitor',
    summary: 'Tell me no more.',
    transports: ['socket'],
    idempotency: 'natural',
    input: z.strictObject({}),
    output: accepted,
  }),
  'seat:hold': defineCommand({
    name: 'seat:hold',
    audience: 'visitor',
    summary: 'Keep seats for a few minutes; those that the same visitor held in the session are let go.',
    idempotency: 'key',
    input: z.strictObject({ sessionId, seats: party }),
    output: seatHold,
    errors: ['SLOT_TAKEN', 'SLOT_CLOSED', 'CAP_REACHED'],
  }),
  'seat:extend': defineCommand({
    name: 'seat:extend',
    audience: 'visitor',
    summary: 'I need more time; once.',
    idempotency: 'key',
    input: z.strictObject({ enrolmentId }),
    output: seatHold,
    errors: ['HOLD_EXPIRED', 'CONFLICT'],
  }),
  'seat:release': defineCommand({
    name: 'seat:release',
    audience: 'visitor',
    summary: 'Somebody else may have them.',
    idempotency: 'natural',
    input: z.strictObject({ enrolmentId }),
    output: accepted,
  }),
  'seat:confirm': defineCommand({
    name: 'seat:confirm',
    audience: 'visitor',
    summary: 'Take the seats that are held.',
    idempotency: 'key',
    input: z.strictObject({ enrolmentId, ...seatDetails }),
    output: seatAnswer,
    errors: ['HOLD_EXPIRED', 'SLOT_CLOSED', ...ofPerson],
  }),
  'seat:wait': defineCommand({
    name: 'seat:wait',
    audience: 'visitor',
    summary: 'Join the line of a session. Where seats are free for the party it has an offer at once.',
    idempotency: 'key',
    input: z.strictObject({ sessionId, seats: party, ...seatDetails }),
    output: seatAnswer,
    errors: ['SLOT_CLOSED', 'CAP_REACHED', ...ofPerson],
  }),
  'seat:read-own': defineCommand({
    name: 'seat:read-own',
    audience: 'visitor',
    summary: 'The seats, or the place in the line, behind a link.',
    idempotency: 'read',
    input: z.strictObject({ seatToken }),
    output: seatAnswer,
  }),
  'seat:accept-own': defineCommand({
    name: 'seat:accept-own',
    audience: 'visitor',
    summary: 'Take the seats that are offered.',
    idempotency: 'key',
    input: z.strictObject({ seatToken }),
    output: seatAnswer,
    errors: ['CONFLICT'],
  }),
  'seat:cancel-own': defineCommand({
    name: 'seat:cancel-own',
    audience: 'visitor',
    summary: 'Give seats up, leave the line, or decline an offer; the next in line is asked.',
    idempotency: 'key',
    input: z.strictObject({ seatToken, reason }),
    output: seatAnswer,
    errors: ['TOO_LATE', 'CONFLICT'],
  }),
} as const;

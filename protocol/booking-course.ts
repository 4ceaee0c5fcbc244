/**
 * Courses: dates of a class that belong together and may be taken as a whole (booking.md 5.1, "Enrolment whole course or single session").
 * A party gets its seats in all dates that are left, or in none; which are full is named, and it may go on without those.
 */
import { z } from 'zod';
import { accepted } from './auth.js';
import { ofPerson, party, seatDetails, seatSummary } from './booking-class.js';
import { classSessionDto } from './booking-class-staff.js';
import { answers, customer } from './booking-fields.js';
import { defineCommand } from './command.js';
import { id, instant, timeZone } from './fields.js';
import type { BookingServiceId, ClassSessionId, CourseId, EnrolmentId } from './ids.js';

const courseId = id<CourseId>();
const seatToken = z.string().min(20).max(200);
/** Names the seats in all dates: it is that of the last one. */
const enrolmentId = id<EnrolmentId>();
/** Dates that the party goes without. */
const without = z.array(id<ClassSessionId>()).max(60);

export const courseDate = z.strictObject({
  sessionId: id<ClassSessionId>(),
  start: instant,
  end: instant,
  staffName: z.string().nullable(),
  seatsLeft: z.number().int(),
});
export type CourseDate = z.output<typeof courseDate>;

export const courseView = z.strictObject({
  courseId,
  serviceId: id<BookingServiceId>(),
  timeZone,
  /** That are left, in their order. */
  dates: z.array(courseDate),
});
export type CourseView = z.output<typeof courseView>;

export const courseHold = z.strictObject({
  id: enrolmentId,
  courseId,
  seats: party,
  expiresAt: instant,
  dates: z.array(courseDate),
});
export type CourseHold = z.output<typeof courseHold>;

/** `current` of SLOT_TAKEN: the dates with fewer seats than were asked for. */
export const courseFull = z.strictObject({ full: z.array(courseDate) });
export type CourseFull = z.output<typeof courseFull>;

/** Seats in a course as the holder of a link to any of them sees it, each date with a link of its own. */
export const courseAnswer = z.strictObject({
  seatToken,
  dates: z.array(z.strictObject({ seatToken, seat: seatSummary })),
});
export type CourseAnswer = z.output<typeof courseAnswer>;

export const courseVisitorCommands = {
  'course:read': defineCommand({
    name: 'course:read',
    audience: 'visitor',
    summary: 'The dates of a course that are left, with their seats.',
    idempotency: 'read',
    input: z.strictObject({ courseId }),
    output: courseView,
  }),
  'course:hold': defineCommand({
    name: 'course:hold',
    audience: 'visitor',
    summary: 'Keep seats in every date of a course that is left, for a few minutes: in all of them or in none.',
    idempotency: 'key',
    input: z.strictObject({ courseId, seats: party, without }),
    output: courseHold,
    errors: ['SLOT_TAKEN', 'SLOT_CLOSED', 'CAP_REACHED'],
  }),
  'course:release': defineCommand({
    name: 'course:release',
    audience: 'visitor',
    summary: 'Somebody else may have them.',
    idempotency: 'natural',
    input: z.strictObject({ enrolmentId }),
    output: accepted,
  }),
  'course:confirm': defineCommand({
    name: 'course:confirm',
    audience: 'visitor',
    summary: 'Take the seats that are held, in all dates at once.',
    idempotency: 'key',
    input: z.strictObject({ enrolmentId, ...seatDetails }),
    output: courseAnswer,
    errors: ['HOLD_EXPIRED', 'SLOT_CLOSED', ...ofPerson],
  }),
  'course:read-own': defineCommand({
    name: 'course:read-own',
    audience: 'visitor',
    summary: 'All dates of a course behind the link to one of them; of a seat that is none of a course it alone.',
    idempotency: 'read',
    input: z.strictObject({ seatToken }),
    output: courseAnswer,
  }),
  'course:cancel-own': defineCommand({
    name: 'course:cancel-own',
    audience: 'visitor',
    summary: 'Give up every date of a course that may still be given up.',
    idempotency: 'key',
    input: z.strictObject({ seatToken, reason: z.string().max(200) }),
    output: courseAnswer,
    errors: ['TOO_LATE'],
  }),
} as const;

export const courseStaffCommands = {
  'course:list': defineCommand({
    name: 'course:list',
    audience: 'staff',
    summary: 'The dates of a course that are left.',
    idempotency: 'read',
    input: z.strictObject({ courseId }),
    output: z.strictObject({ sessions: z.array(classSessionDto) }),
  }),
  'course:enrol': defineCommand({
    name: 'course:enrol',
    audience: 'staff',
    summary: 'Enrol somebody in every date of a course that is left: in all of them or in none.',
    idempotency: 'key',
    input: z.strictObject({
      courseId,
      seats: party,
      without,
      /** The phone number as typed; a national one is read in the country of the location. */
      customer: customer.extend({ phone: z.string().trim().max(32).nullable() }),
      answers,
    }),
    output: z.strictObject({ enrolmentId, sessions: z.array(classSessionDto) }),
    errors: ['SLOT_TAKEN', 'SLOT_CLOSED'],
  }),
} as const;

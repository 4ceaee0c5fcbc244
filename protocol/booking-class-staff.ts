/** Classes as staff see them: setting dates, who is in a session, and who came (BK-30). */
import { z } from 'zod';
import { party } from './booking-class.js';
import { answers, customer, slotDate, zoneChange } from './booking-fields.js';
import { seriesVisit } from './booking-series.js';
import { defineCommand } from './command.js';
import { id, instant, timeZone } from './fields.js';
import { wallTime } from './hours.js';
import type {
  BookableId,
  BookingServiceId,
  ClassSessionId,
  CourseId,
  EnrolmentId,
  LocationId,
  MembershipId,
} from './ids.js';
import { ATTENDANCE_MARKS, ENROLMENT_STATES, SESSION_PROBLEMS } from './vocabulary.js';

const sessionId = id<ClassSessionId>();
const enrolmentId = id<EnrolmentId>();
const serviceId = id<BookingServiceId>();
const staffId = id<BookableId>().nullable();
const seats = z.number().int();
const capacity = z.number().int().min(1).max(300);
const reason = z.string().max(200);
const version = z.number().int().min(1);

/** The newest mark of one person of a party. */
export const attendance = z.strictObject({
  mark: z.enum(ATTENDANCE_MARKS),
  markedBy: id<MembershipId>(),
  /** When it was made on the device, which may have been offline; of two the later wins. */
  markedAt: instant,
});
export type Attendance = z.output<typeof attendance>;

export const enrolmentDto = z.strictObject({
  id: enrolmentId,
  state: z.enum(ENROLMENT_STATES),
  seats: party,
  customer,
  answers,
  /** Of each person of the party, in the order of `person` 0, 1, …; null is not marked. */
  attendance: z.array(attendance.nullable()),
  offerUntil: instant.nullable(),
  createdAt: instant,
});
export type EnrolmentDto = z.output<typeof enrolmentDto>;

/** A session as staff see it in the agenda. */
export const classSessionDto = z.strictObject({
  id: sessionId,
  /** Dates with the same one may be taken as a whole. */
  courseId: id<CourseId>().nullable(),
  /** How often staff changed it; a change names the one that they saw. Seats do not count. */
  version: z.number().int().min(1),
  isCancelled: z.boolean(),
  locationId: id<LocationId>(),
  serviceId,
  staffId,
  /** Rooms and things. */
  resourceIds: z.array(id<BookableId>()),
  start: instant,
  end: instant,
  timeZone,
  wallStart: z.string(),
  capacity: seats,
  /** Fewest people with whom it takes place. */
  minimum: seats,
  enrolled: seats,
  /** Held by people who type, and offered to people who waited. */
  kept: seats,
  waiting: seats,
  present: seats,
  absent: seats,
  zoneChange: zoneChange.optional(),
});
export type ClassSessionDto = z.output<typeof classSessionDto>;

/** With who is in it: those who have seats by the time they took them, those who wait in their order. */
export const rosterDto = z.strictObject({ session: classSessionDto, enrolments: z.array(enrolmentDto) });
export type RosterDto = z.output<typeof rosterDto>;

export const attendanceEntry = z.strictObject({
  enrolmentId,
  /** Which of the party, from 0. */
  person: z.number().int().min(0).max(9),
  /** null takes the mark away. */
  mark: z.enum(ATTENDANCE_MARKS).nullable(),
  /** By the device's clock. One that is ahead of the server's counts as now. */
  at: instant,
});
export type AttendanceEntry = z.output<typeof attendanceEntry>;

/** When a class is wanted: once, or every week by the clock on the wall. */
const dates = {
  serviceId,
  /** null is anybody who gives it. */
  staffId,
  date: slotDate,
  time: wallTime,
};
const weeks = z.number().int().min(2).max(60);

export const classStaffCommands = {
  'class-session:preview': defineCommand({
    name: 'class-session:preview',
    audience: 'staff',
    summary: 'What dates of a class would be, with what is in the way of each; sets none.',
    idempotency: 'read',
    input: z.strictObject({
      ...dates,
      weeks: weeks.nullable(),
      /** A session that moves is not in its own way. */
      moving: sessionId.nullable(),
    }),
    output: z.strictObject({ timeZone, dates: z.array(seriesVisit) }),
  }),
  'class-session:create': defineCommand({
    name: 'class-session:create',
    audience: 'staff',
    summary:
      'Set a date of a class, or one every week by the clock on the wall. What cannot take place is answered with its date, the others are made.',
    idempotency: 'key',
    input: z.strictObject({
      ...dates,
      /** How many weeks, and the dates that are left out. */
      weekly: z
        .strictObject({
          weeks,
          except: z.array(slotDate).max(60),
          /** The dates belong together, and may be taken as a whole. */
          isCourse: z.boolean().optional(),
        })
        .nullable(),
      /** null is as the service says. */
      capacity: capacity.nullable(),
    }),
    output: z.strictObject({
      sessions: z.array(classSessionDto),
      problems: z.array(z.strictObject({ date: slotDate, problem: z.enum(SESSION_PROBLEMS) })),
    }),
  }),
  'class-session:agenda': defineCommand({
    name: 'class-session:agenda',
    audience: 'staff',
    summary: 'Sessions of a location, by dates of its zone.',
    idempotency: 'read',
    input: z.strictObject({ locationId: id<LocationId>(), from: slotDate, days: z.number().int().min(1).max(62) }),
    output: z.strictObject({ sessions: z.array(classSessionDto) }),
  }),
  'class-session:read': defineCommand({
    name: 'class-session:read',
    audience: 'staff',
    summary: 'A session with everybody in it.',
    idempotency: 'read',
    input: z.strictObject({ sessionId }),
    output: rosterDto,
  }),
  'class-session:move': defineCommand({
    name: 'class-session:move',
    audience: 'staff',
    summary: 'Move a session in time or to another teacher, with everybody in it.',
    idempotency: 'key',
    input: z.strictObject({ sessionId, version, start: instant, staffId }),
    output: rosterDto,
    errors: ['SLOT_TAKEN', 'SLOT_CLOSED', 'CONFLICT'],
  }),
  'class-session:resize': defineCommand({
    name: 'class-session:resize',
    audience: 'staff',
    summary: 'Change the number of seats, not below those that are taken; who waits is asked.',
    idempotency: 'key',
    input: z.strictObject({ sessionId, version, capacity }),
    output: rosterDto,
    errors: ['CONFLICT'],
  }),
  'class-session:cancel': defineCommand({
    name: 'class-session:cancel',
    audience: 'staff',
    summary: 'Call a session off, with everybody in it.',
    idempotency: 'key',
    input: z.strictObject({ sessionId, version, reason }),
    output: rosterDto,
    errors: ['CONFLICT'],
  }),
  'seat:enrol': defineCommand({
    name: 'seat:enrol',
    audience: 'staff',
    summary: 'Enrol somebody who calls or stands here.',
    idempotency: 'key',
    input: z.strictObject({
      sessionId,
      seats: party,
      /** The phone number as typed; a national one is read in the country of the location. */
      customer: customer.extend({ phone: z.string().trim().max(32).nullable() }),
      answers,
      /** Joins the line where there are not enough seats. */
      orWaits: z.boolean().optional(),
    }),
    output: rosterDto,
    errors: ['SLOT_TAKEN', 'SLOT_CLOSED'],
  }),
  'seat:remove': defineCommand({
    name: 'seat:remove',
    audience: 'staff',
    summary: 'Take somebody out of a session or its line; the next in line is asked.',
    idempotency: 'key',
    input: z.strictObject({ sessionId, enrolmentId, reason }),
    output: rosterDto,
    errors: ['CONFLICT'],
  }),
  'seat:read-answers': defineCommand({
    name: 'seat:read-answers',
    audience: 'staff',
    summary: 'What somebody in a session answered, the sensitive answers included.',
    idempotency: 'read',
    input: z.strictObject({ sessionId, enrolmentId }),
    output: z.strictObject({ answers }),
  }),
  'attendance:mark': defineCommand({
    name: 'attendance:mark',
    audience: 'staff',
    summary:
      'Who came. Marks may be sent late and in any order: for each person the one that was made last counts. Those of people who are not enrolled are answered, the others count.',
    idempotency: 'key',
    input: z.strictObject({ sessionId, marks: z.array(attendanceEntry).min(1).max(300) }),
    output: z.strictObject({
      roster: rosterDto,
      ignored: z.array(z.strictObject({ enrolmentId, person: z.number().int() })),
    }),
    errors: ['TOO_SOON', 'CONFLICT'],
  }),
} as const;

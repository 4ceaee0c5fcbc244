/** The commands of classes: permission, limit and service call of each. */
import { classStaffCommands } from '@frontdesk/protocol/booking-class-staff';
import { classVisitorCommands } from '@frontdesk/protocol/booking-class';
import { courseStaffCommands, courseVisitorCommands } from '@frontdesk/protocol/booking-course';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { ClassListService } from './class-list.service.js';
import type { ClassOwnService } from './class-own.service.js';
import type { ClassPreviewService } from './class-preview.service.js';
import type { ClassRosterService } from './class-roster.service.js';
import type { ClassSeatsService } from './class-seats.service.js';
import type { ClassSessionsService } from './class-sessions.service.js';
import type { CourseStaffService } from './course-staff.service.js';
import type { CourseVisitorService } from './course-visitor.service.js';

const look = { limit: 'visitor-read', openToUnverified: false } as const;
/** What is written carries its key, so that no ledger keeps a link. */
const hold = { limit: 'visitor-hold', openToUnverified: false, storesKey: true } as const;
const take = { limit: 'visitor-booking', openToUnverified: false, storesKey: true } as const;

const read = { permission: 'booking:read', limit: 'staff-read' } as const;
const write = { permission: 'booking:write', limit: 'staff-write', storesKey: true } as const;
const plan = { permission: 'booking:manage', limit: 'staff-write', storesKey: true } as const;

export function bindCourseVisitorCommands(courses: CourseVisitorService): BoundCommand[] {
  return bindCommands(courseVisitorCommands, {
    'course:read': { ...look, handle: (context, input) => courses.read(context, input) },
    'course:hold': { ...hold, handle: (context, input) => courses.hold(context, input) },
    'course:release': { ...hold, handle: (context, input) => courses.release(context, input) },
    'course:confirm': { ...take, handle: (context, input) => courses.confirm(context, input) },
    'course:read-own': { ...look, handle: (context, input) => courses.readOwn(context, input) },
    'course:cancel-own': { ...take, handle: (context, input) => courses.cancelOwn(context, input) },
  });
}

export function bindCourseStaffCommands(courses: CourseStaffService): BoundCommand[] {
  return bindCommands(courseStaffCommands, {
    'course:list': { ...read, handle: (context, input) => courses.list(context, input) },
    'course:enrol': { ...write, handle: (context, input) => courses.enrol(context, input) },
  });
}

export function bindClassVisitorCommands(services: {
  readonly lists: ClassListService;
  readonly seats: ClassSeatsService;
  readonly own: ClassOwnService;
}): BoundCommand[] {
  const { lists, seats, own } = services;
  return bindCommands(classVisitorCommands, {
    'class-session:list': { ...look, handle: (context, question) => lists.list(context, question) },
    'class-session:watch': { ...look, handle: (context, question) => lists.watchList(context, question) },
    'class-session:unwatch': { ...look, handle: async (context) => lists.unwatchList(context) },
    'seat:hold': { ...hold, handle: (context, input) => seats.hold(context, input) },
    'seat:extend': { ...hold, handle: (context, input) => seats.extend(context, input) },
    'seat:release': { ...hold, handle: (context, input) => seats.release(context, input) },
    'seat:confirm': { ...take, handle: (context, input) => seats.confirm(context, input) },
    'seat:wait': { ...take, handle: (context, input) => seats.wait(context, input) },
    'seat:read-own': { ...look, handle: (context, input) => own.read(context, input) },
    'seat:accept-own': { ...take, handle: (context, input) => own.accept(context, input) },
    'seat:cancel-own': { ...take, handle: (context, input) => own.cancel(context, input) },
  });
}

export function bindClassStaffCommands(services: {
  readonly sessions: ClassSessionsService;
  readonly preview: ClassPreviewService;
  readonly roster: ClassRosterService;
}): BoundCommand[] {
  const { sessions, preview, roster } = services;
  return bindCommands(classStaffCommands, {
    'class-session:preview': {
      permission: 'booking:manage',
      limit: 'staff-read',
      handle: (context, input) => preview.preview(context, input),
    },
    // Of several documents.
    'class-session:create': { ...plan, storesKey: false, handle: (context, input) => sessions.create(context, input) },
    'class-session:agenda': { ...read, handle: (context, input) => sessions.agenda(context, input) },
    'class-session:read': { ...read, handle: (context, { sessionId }) => sessions.read(context, sessionId) },
    'class-session:move': { ...plan, handle: (context, input) => sessions.move(context, input) },
    'class-session:resize': { ...plan, handle: (context, input) => sessions.resize(context, input) },
    'class-session:cancel': { ...plan, handle: (context, input) => sessions.cancel(context, input) },
    'seat:enrol': { ...write, handle: (context, input) => roster.enrol(context, input) },
    'seat:remove': { ...write, handle: (context, input) => roster.remove(context, input) },
    'seat:read-answers': {
      permission: 'booking:write',
      limit: 'staff-read',
      handle: (context, input) => roster.readAnswers(context, input),
    },
    // Marks that come twice count once, and the answer names people, whom no ledger may remember.
    'attendance:mark': { ...write, handle: (context, input) => roster.mark(context, input) },
  });
}

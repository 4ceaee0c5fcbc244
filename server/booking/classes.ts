/** Classes, put together: sessions are allocations, seats are entries of them (ADR 0015). */
import type { LocationDirectory } from '../locations/index.js';
import type { AllocationStore } from './allocation.store.js';
import type { Announcer } from './announcer.js';
import type { Availability } from './availability.js';
import type { Claims } from './claim.js';
import { createClassListService } from './class-list.service.js';
import { createClassOwnService } from './class-own.service.js';
import { createClassPreviewService } from './class-preview.service.js';
import { createClassRosterService } from './class-roster.service.js';
import { createSeating } from './class-seating.js';
import { createClassSeatsService, type ClassSeatsDeps } from './class-seats.service.js';
import { createClassSessionsService } from './class-sessions.service.js';
import {
  bindClassStaffCommands,
  bindClassVisitorCommands,
  bindCourseStaffCommands,
  bindCourseVisitorCommands,
} from './class.commands.js';
import { createCourseSeats } from './course.service.js';
import { createCourseStaffService } from './course-staff.service.js';
import { createCourseVisitorService } from './course-visitor.service.js';
import type { WatchDeps } from './list-watch.js';
import type { ManageLinks } from './manage-links.js';
import type { Messenger } from './messenger.js';
import type { Schedules } from './schedules.js';
import type { AnswerSeal } from './sealed-answers.js';
import type { SessionStore } from './session.store.js';

export interface ClassesDeps
  extends WatchDeps, Pick<ClassSeatsDeps, 'guard' | 'customerProof' | 'files' | 'maxPerAddress' | 'nameAddress'> {
  readonly allocations: AllocationStore;
  readonly sessions: SessionStore;
  readonly schedules: Schedules;
  readonly availability: Availability;
  readonly claims: Claims;
  readonly announcer: Announcer;
  readonly messenger: Pick<Messenger, 'wake'>;
  readonly locations: Pick<LocationDirectory, 'find'>;
  readonly links: ManageLinks;
  readonly seal: AnswerSeal;
}

export function createClasses(deps: ClassesDeps) {
  const seating = createSeating(deps);
  const lists = createClassListService(deps);
  const own = createClassOwnService({ ...deps, seating });
  const seats = createClassSeatsService({ ...deps, seating, own });
  const sessions = createClassSessionsService({ ...deps, seating });
  const course = createCourseSeats({ ...deps, seating });
  const courses = createCourseVisitorService({ ...deps, seating, own, seats, course });
  const staffCourses = createCourseStaffService({ ...deps, seating, course });
  const preview = createClassPreviewService(deps);
  const roster = createClassRosterService({ ...deps, seating });
  return {
    seating,
    commands: [
      ...bindClassVisitorCommands({ lists, seats, own }),
      ...bindCourseVisitorCommands(courses),
      ...bindClassStaffCommands({ sessions, preview, roster }),
      ...bindCourseStaffCommands(staffCourses),
    ],
    start(): void {
      lists.watch.start();
      seating.start();
    },
    async stop(): Promise<void> {
      await Promise.all([lists.watch.stop(), seating.stop()]);
    },
  };
}

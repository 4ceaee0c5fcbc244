/** Whole courses as staff enrol in them: somebody who calls gets seats in all dates that are left, or in none. */
import type { Answers, Customer } from '@frontdesk/protocol/booking-fields';
import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import type { BookingId, ClassSessionId, CourseId, EnrolmentId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import { readPhoneNumber } from '../core/phone-numbers.js';
import { readStaffForm } from './booking-form.js';
import { findClass } from './class-list.service.js';
import { presentSession } from './class.presenter.js';
import type { Seating } from './class-seating.js';
import { findTogether, isWhole, type CourseSeats } from './course.service.js';
import { sessionIdOf } from './enrolments.js';
import { hasWritten, toWrite, writeFor } from './requests.js';
import type { Schedules } from './schedules.js';
import type { AnswerSeal } from './sealed-answers.js';
import type { SessionStore } from './session.store.js';

/** The form is filled in by then: they are only held until all of them are. */
const HOLD_MS = 60_000;

export interface CourseStaffDeps {
  readonly sessions: Pick<SessionStore, 'listCourse' | 'listTogether'>;
  readonly course: CourseSeats;
  readonly seating: Pick<Seating, 'settled'>;
  readonly schedules: Schedules;
  readonly seal: AnswerSeal;
  readonly clock: Clock;
}

interface CourseEnrolment {
  readonly courseId: CourseId;
  readonly seats: number;
  readonly without: readonly ClassSessionId[];
  readonly customer: Customer;
  readonly answers: Answers;
}

export type CourseStaffService = ReturnType<typeof createCourseStaffService>;

export function createCourseStaffService({ sessions, course, seating, schedules, seal, clock }: CourseStaffDeps) {
  async function listLeft(context: StaffContext, courseId: CourseId) {
    const left = await sessions.listCourse(context, courseId, new Date(clock.now()));
    if (left.length === 0) throw new AppError('NOT_FOUND');
    return left;
  }

  return {
    async list(
      context: StaffContext,
      { courseId }: { readonly courseId: CourseId },
    ): Promise<{ sessions: ClassSessionDto[] }> {
      return { sessions: (await listLeft(context, courseId)).map((one) => presentSession(seating.settled(one))) };
    },
    async enrol(
      context: StaffContext,
      input: CourseEnrolment,
    ): Promise<{ enrolmentId: EnrolmentId; sessions: ClassSessionDto[] }> {
      const write = toWrite(context, 'course:enrol', input);
      const without = new Set<string>(input.without);
      const left = (await listLeft(context, input.courseId)).filter(({ id }) => !without.has(id));
      const { schedule } = await schedules.read(context);
      const { courseId, seats } = input;
      const wish = {
        courseId,
        dates: left.map(sessionIdOf),
        write,
        seats,
        holder: null,
        address: null,
        holdMs: HOLD_MS,
      };
      const enrolmentId = course.nameSeats(wish);
      const present = (taken: Parameters<typeof presentSession>[0][]) => ({
        enrolmentId,
        sessions: taken.map((one) => presentSession(seating.settled(one))),
      });
      const service = findClass(schedule, left[0]?.serviceId ?? ('' as never));
      const { open, sensitive } = readStaffForm(service, input.answers);
      const country = schedule.locations.get(service.locationId)?.country ?? '';
      const customer = { ...input.customer, phone: readPhoneNumber(input.customer.phone, country) };
      // Of a try whose answer was lost: what is taken is taken.
      const known = await sessions.listTogether(context, enrolmentId);
      const isKnown = known.every((one) => {
        const entry = findTogether(one, enrolmentId);
        return entry && hasWritten(entry, writeFor(write, one.id));
      });
      // Of a write that broke off some are only held, or ran out.
      if (isKnown && isWhole(known, enrolmentId)) return present(known);
      await course.hold(context, schedule, wish, enrolmentId);
      const { membershipId: memberId } = context.actor;
      const taken = await course.enrol(context, enrolmentId, {
        write,
        details: ({ id }) => ({
          customer,
          answers: open,
          sealedAnswers: seal.seal({ tenantId: context.tenantId, id: id as string as BookingId }, sensitive),
        }),
        change: { at: new Date(clock.now()), by: 'staff', memberId, to: 'enrolled', reason: '' },
      });
      return present(taken);
    },
  };
}

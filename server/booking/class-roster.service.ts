/** Who is in a session, as staff write it: enrolling those who call, taking people out, and who came (BK-30). */
import { addMark, isMarkable, readAttendance, type MadeMark } from '@frontdesk/domain/booking/attendance';
import { countTaken } from '@frontdesk/domain/booking/seating';
import type { AttendanceEntry, RosterDto } from '@frontdesk/protocol/booking-class-staff';
import type { Answers, Customer } from '@frontdesk/protocol/booking-fields';
import type { BookingId, ClassSessionId, EnrolmentId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import { readPhoneNumber } from '../core/phone-numbers.js';
import { readStaffForm } from './booking-form.js';
import { findClass } from './class-list.service.js';
import type { Seating } from './class-seating.js';
import { presentRoster } from './class.presenter.js';
import type { Enrolment, EnrolmentChange, Session } from './class.types.js';
import { createEnrolment, findEntry, findWritten, replaceEntry } from './enrolments.js';
import { hasWritten, toWrite } from './requests.js';
import type { Schedules } from './schedules.js';
import type { AnswerSeal } from './sealed-answers.js';
import type { SessionStore } from './session.store.js';

export interface ClassRosterDeps {
  readonly sessions: Pick<SessionStore, 'find'>;
  readonly seating: Seating;
  readonly schedules: Schedules;
  readonly seal: AnswerSeal;
  readonly clock: Clock;
}

interface StaffEnrolment {
  readonly sessionId: ClassSessionId;
  readonly seats: number;
  readonly customer: Customer;
  readonly answers: Answers;
  readonly orWaits?: boolean | undefined;
}

interface MarkedRoster {
  readonly roster: RosterDto;
  readonly ignored: { readonly enrolmentId: EnrolmentId; readonly person: number }[];
}

const isAbsent = (made: MadeMark | null | undefined): boolean => made?.mark === 'absent';

/** Somebody of the party is absent who was not before. */
function hasNewAbsence(before: Enrolment, after: Enrolment): boolean {
  const known = readAttendance(before.marks, before.seats);
  return readAttendance(after.marks, after.seats).some((made, person) => isAbsent(made) && !isAbsent(known[person]));
}

export type ClassRosterService = ReturnType<typeof createClassRosterService>;

export function createClassRosterService({ sessions, seating, schedules, seal, clock }: ClassRosterDeps) {
  const byStaff = ({ actor }: StaffContext, to: Enrolment['state'], reason = ''): EnrolmentChange => ({
    at: new Date(clock.now()),
    by: 'staff',
    memberId: actor.membershipId,
    to,
    reason,
  });

  const isMarked = (session: Session, { enrolmentId, person }: AttendanceEntry): boolean => {
    const entry = findEntry(session, enrolmentId);
    return entry?.state === 'enrolled' && person < entry.seats;
  };

  async function find(context: StaffContext, id: ClassSessionId): Promise<Session> {
    const session = await sessions.find(context, id);
    if (!session) throw new AppError('NOT_FOUND');
    return session;
  }

  return {
    async enrol(context: StaffContext, input: StaffEnrolment): Promise<RosterDto> {
      const write = toWrite(context, 'seat:enrol', input);
      const session = await find(context, input.sessionId);
      const { schedule } = await schedules.read(context);
      const service = findClass(schedule, session.serviceId);
      const { open, sensitive } = readStaffForm(service, input.answers);
      const country = schedule.locations.get(service.locationId)?.country ?? '';
      const customer = { ...input.customer, phone: readPhoneNumber(input.customer.phone, country) };
      const nowMs = clock.now();
      const place = { state: 'enrolled', seats: input.seats, expiresAtMs: null, holder: null, address: null } as const;
      const blank = createEnrolment({ ...place, write, nowMs });
      const entry: Enrolment = {
        ...blank,
        customer,
        answers: open,
        sealedAnswers: seal.seal({ tenantId: context.tenantId, id: blank.id as string as BookingId }, sensitive),
        history: [byStaff(context, 'enrolled')],
      };
      const after = await seating.change(context, input.sessionId, (now) => {
        if (findWritten(now, write)) return null;
        const { entries, capacity } = now.session;
        if (!now.live || now.end.getTime() <= nowMs) throw new AppError('SLOT_CLOSED');
        const seatsLeft = Math.max(0, capacity - countTaken(entries));
        if (input.seats <= seatsLeft) return { entries: [...entries, entry] };
        if (!input.orWaits || input.seats > capacity) throw new AppError('SLOT_TAKEN', { current: { seatsLeft } });
        return { entries: [...entries, { ...entry, state: 'waiting', history: [byStaff(context, 'waiting')] }] };
      });
      return presentRoster(after);
    },
    async remove(
      context: StaffContext,
      input: { readonly sessionId: ClassSessionId; readonly enrolmentId: EnrolmentId; readonly reason: string },
    ): Promise<RosterDto> {
      const write = toWrite(context, 'seat:remove', input);
      const after = await seating.change(context, input.sessionId, (now) => {
        const entry = findEntry(now, input.enrolmentId);
        if (!entry?.customer) throw new AppError('NOT_FOUND');
        if (hasWritten(entry, write)) return null;
        const isIn = entry.state === 'enrolled' || entry.state === 'waiting' || entry.state === 'offered';
        if (!now.live || !isIn) throw new AppError('CONFLICT', { current: presentRoster(now) });
        const history = [...entry.history, byStaff(context, 'cancelled', input.reason)];
        const writes = [...entry.writes, write];
        return { entries: replaceEntry(now, entry.id, { state: 'cancelled', expiresAtMs: null, history, writes }) };
      });
      return presentRoster(after);
    },
    async readAnswers(
      context: StaffContext,
      { sessionId, enrolmentId }: { readonly sessionId: ClassSessionId; readonly enrolmentId: EnrolmentId },
    ): Promise<{ answers: Answers }> {
      const entry = findEntry(await find(context, sessionId), enrolmentId);
      if (!entry?.customer) throw new AppError('NOT_FOUND');
      const name = { tenantId: context.tenantId, id: entry.id as string as BookingId };
      return { answers: { ...entry.answers, ...seal.open(name, entry.sealedAnswers) } };
    },
    async mark(
      context: StaffContext,
      { sessionId, marks }: { readonly sessionId: ClassSessionId; readonly marks: readonly AttendanceEntry[] },
    ): Promise<MarkedRoster> {
      let ignored: AttendanceEntry[] = [];
      const { membershipId: markedBy } = context.actor;
      const after = await seating.change(context, sessionId, (now, nowMs) => {
        if (!now.live) throw new AppError('CONFLICT', { current: presentRoster(now) });
        if (!isMarkable(now.start.getTime(), nowMs)) throw new AppError('TOO_SOON');
        ignored = marks.filter((made) => !isMarked(now, made));
        const entries = now.session.entries.map((entry) => {
          const own = marks.filter((made) => made.enrolmentId === entry.id && isMarked(now, made));
          const added = own.reduce(
            (list, { person, mark, at }) =>
              addMark(list, { person, mark, markedBy, markedAtMs: Math.min(Date.parse(at), nowMs) }),
            entry.marks,
          );
          return added === entry.marks ? entry : { ...entry, marks: added };
        });
        const changed = entries.filter((entry, index) => entry !== now.session.entries[index]);
        if (changed.length === 0) return null;
        const absent = changed.filter((entry) => {
          const before = findEntry(now, entry.id);
          return before && hasNewAbsence(before, entry);
        });
        return { entries, news: absent.map(({ id }) => ({ id, news: 'absent' })), isForStaff: true };
      });
      return {
        roster: presentRoster(after),
        ignored: ignored.map(({ enrolmentId, person }) => ({ enrolmentId, person })),
      };
    },
  };
}

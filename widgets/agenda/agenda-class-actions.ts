/** Commands of classes: what is asked of the server, and what of its answers is shown. */
import type { ClassSessionDto, RosterDto } from '@frontdesk/protocol/booking-class-staff';
import type { ClassSessionId, CourseId } from '@frontdesk/protocol/ids';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import type { StaffClient } from '../core/client/staff-client.js';
import { findEnrolment, keyOfDates, type ClassAct, type ClassNotice, type DatesQuestion } from './agenda-class.js';
import { findSession, type AgendaAction, type AgendaState } from './agenda-store.js';

export interface ClassPort {
  state(): AgendaState;
  dispatch(action: AgendaAction): void;
  run<Name extends StaffCommandName>(
    command: Name,
    input: StaffCommands[Name]['input'],
    about: { readonly sessionId?: ClassSessionId; readonly staffId?: ClassSessionDto['staffId'] },
  ): Promise<StaffCommands[Name]['output'] | undefined>;
  /** What was read of the open class before this is older than it. */
  showRoster(roster: RosterDto): void;
  /** What is shown is older than what was done. */
  readAgain(): void;
}

type Act<Kind extends ClassAct['do']> = Extract<ClassAct, { do: Kind }>;

function finish({ dispatch }: ClassPort, notice: ClassNotice): void {
  dispatch({ type: 'sheet-shown', sheet: null });
  dispatch({ type: 'noticed', notice });
}

async function create(port: ClassPort, { dates }: Act<'create'>): Promise<void> {
  const made = await port.run('class-session:create', dates, {});
  if (!made) return;
  for (const session of made.sessions) port.dispatch({ type: 'session-arrived', session });
  finish(port, { kind: 'classes-set', ...made });
}

/** Shown at once where it was dropped; a refusal puts it back. */
async function move(port: ClassPort, { sessionId, target, isUndo }: Act<'move'>): Promise<void> {
  const before = findSession(port.state(), sessionId);
  if (!before) return;
  const back = { start: before.start, staffId: before.staffId };
  if (Date.parse(back.start) === Date.parse(target.start) && back.staffId === target.staffId) return;
  port.dispatch({ type: 'session-dropped', dropped: { sessionId, ...target } });
  const input = { sessionId, version: before.version, ...target };
  const roster = await port.run('class-session:move', input, { sessionId, staffId: target.staffId });
  if (!roster) return port.dispatch({ type: 'session-dropped', dropped: null });
  port.showRoster(roster);
  finish(port, { kind: 'class-moved', session: roster.session, back: isUndo ? null : back });
}

async function resize(port: ClassPort, { sessionId, capacity, isUndo }: Act<'resize'>): Promise<void> {
  const before = findSession(port.state(), sessionId);
  if (!before) return;
  const roster = await port.run(
    'class-session:resize',
    { sessionId, version: before.version, capacity },
    { sessionId },
  );
  if (!roster) return;
  port.showRoster(roster);
  finish(port, { kind: 'class-resized', session: roster.session, back: isUndo ? null : before.capacity });
}

async function cancel(port: ClassPort, { sessionId, reason }: Act<'cancel'>): Promise<void> {
  const version = findSession(port.state(), sessionId)?.version;
  if (version === undefined) return;
  const roster = await port.run('class-session:cancel', { sessionId, version, reason }, { sessionId });
  if (!roster) return;
  port.showRoster(roster);
  finish(port, { kind: 'class-cancelled', session: roster.session });
}

async function enrol(port: ClassPort, { enrolment }: Act<'enrol'>): Promise<void> {
  const { sessionId, customer } = enrolment;
  const known = new Set<string>(port.state().roster?.enrolments.map(({ id }) => id));
  const roster = await port.run('seat:enrol', enrolment, { sessionId });
  if (!roster) return;
  port.showRoster(roster);
  const own = roster.enrolments.findLast(({ id, customer: { name } }) => !known.has(id) && name === customer.name);
  finish(port, { kind: own && own.state !== 'enrolled' ? 'queued' : 'enrolled', name: customer.name });
}

async function enrolInCourse(port: ClassPort, { sessionId, enrolment }: Act<'enrol-in-course'>): Promise<void> {
  const enrolled = await port.run('course:enrol', enrolment, { sessionId });
  // Its dates are not as they were seen, and are asked for again.
  if (!enrolled) return port.dispatch({ type: 'course-listed', course: null });
  for (const session of enrolled.sessions) port.dispatch({ type: 'session-arrived', session });
  const { name } = enrolment.customer;
  finish(port, { kind: 'enrolled-in-course', name, count: enrolled.sessions.length });
  port.readAgain();
}

async function remove(port: ClassPort, { sessionId, enrolmentId, reason }: Act<'remove'>): Promise<void> {
  const name = findEnrolment(port.state().roster, enrolmentId)?.customer.name ?? '';
  const roster = await port.run('seat:remove', { sessionId, enrolmentId, reason }, { sessionId });
  if (!roster) return;
  port.showRoster(roster);
  finish(port, { kind: 'removed', name });
}

export function actOnClass(port: ClassPort, act: ClassAct): Promise<void> {
  switch (act.do) {
    case 'create':
      return create(port, act);
    case 'move':
      return move(port, act);
    case 'resize':
      return resize(port, act);
    case 'cancel':
      return cancel(port, act);
    case 'enrol':
      return enrol(port, act);
    case 'enrol-in-course':
      return enrolInCourse(port, act);
    case 'remove':
      return remove(port, act);
  }
}

/** The dates of a course that are left; an answer that is too late for its sheet is dropped. */
export async function listCourse(
  { connection }: Pick<StaffClient, 'connection'>,
  { state, dispatch }: ClassPort,
  courseId: CourseId,
): Promise<void> {
  if (state().course?.courseId === courseId) return;
  dispatch({ type: 'course-listed', course: { courseId, sessions: null } });
  const answer = await connection.request('course:list', { courseId });
  if (answer.ok && state().course?.courseId === courseId)
    dispatch({ type: 'course-listed', course: { courseId, sessions: answer.data.sessions } });
}

/** What dates would be. A question that was asked already is not asked again, and an answer to an older one is dropped. */
export async function foreseeDates(
  { connection }: Pick<StaffClient, 'connection'>,
  { state, dispatch }: ClassPort,
  question: DatesQuestion,
): Promise<void> {
  const key = keyOfDates(question);
  const known = state().dates;
  if (known?.key === key && known.error === null) return;
  dispatch({ type: 'dates-changed', dates: { key, dates: null, error: null } });
  const answer = await connection.request('class-session:preview', question);
  if (state().dates?.key !== key) return;
  const dates = answer.ok ? answer.data.dates : null;
  dispatch({ type: 'dates-changed', dates: { key, dates, error: answer.ok ? null : answer.error } });
}
